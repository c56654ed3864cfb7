"""``footnote doctor`` and ``footnote servers``: what is wrong with an installation, and which servers' facts it has."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.console import SERVER_ID, WRONG, SuggestingGroup, at_a_terminal, config_option, json_option, servers_option, to_json
from bot.errors import FootnoteError, NotKnownError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.doctor import Check
    from bot.settings import Settings

_OUTCOMES = {
    "deleted": "Server {server} was deleted.",
    "served": "The bot has the base of server {server} open, and deletes it within a minute.",
    "open": "Another program has the base of server {server} open. The bot deletes it within a minute, or once it runs.",
    "unknown": "The base of server {server} is open, and Litestream does not say whether it alone has it. Try again in a minute.",
}
"""What to print after ``delete --now``, by what `delete_unless_open` returns."""

server_argument = click.argument("server", metavar="ID", type=SERVER_ID)


@click.command(short_help="Say what is wrong with an installation, and what to do.")
@servers_option
@json_option()
@click.option("--mend", is_flag=True, help="First rebuild indexes that are out of step, and remove unfinished files.")
@config_option
def doctor(servers: tuple[int, ...], as_json: bool, mend: bool, config: Path | None) -> None:
    """Look at the folder, the disk, every base, the clock, the settings, the replica and what Discord says.

    The bot may be running. Each fault comes with what to do about it. The exit code is 1 where something is wrong.
    """
    from bot.doctor.home import check_settings
    from bot.settings import default_home
    from bot.storage.bases import bases_of
    from bot.terminal import one_line

    settings, first = check_settings(default_home(), config)
    paths = tuple(map(settings.base_path, servers)) or bases_of(settings)
    if mend:
        for sentence in _mended(settings, paths):
            click.echo(sentence, err=as_json)
    checks = [first, *_checks(settings, paths)]
    if as_json:
        rows = [{"check": each.name, "state": each.state, "says": each.says, "mend": each.mend or None} for each in checks]
        click.echo(to_json({"checks": rows}))
    else:
        width = max(len(each.name) for each in checks)
        for each in checks:
            click.echo(f"{each.state:<11}  {each.name:<{width}}  {one_line(f'{each.says} {each.mend}')}")
        click.echo(_summary(checks))
    if any(each.state == "wrong" for each in checks):
        raise click.exceptions.Exit(WRONG)


@click.group(cls=SuggestingGroup)
def servers() -> None:
    """See which servers have a fact base, and delete one."""


@servers.command("list", short_help="List the servers that have a base.")
@json_option("Print JSON, one object a line.")
@config_option
def list_(as_json: bool, config: Path | None) -> None:
    """List the servers: id, size, facts, last change, and the day on which it is deleted."""
    from bot.settings import load_settings

    lines = [to_json(row) if as_json else _server_line(row) for row in _server_rows(load_settings(config))]
    if lines or not as_json:
        click.echo("\n".join(lines) or "No server has a fact base yet: one is made when a server first asks the bot.")


@servers.command(short_help="Delete all data of a server, after days of grace.")
@server_argument
@click.option("--now", is_flag=True, help="Delete it at once instead of after the days of grace.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@config_option
def delete(server: int, now: bool, yes: bool, config: Path | None) -> None:
    """Delete all data of a server; until the day comes, `footnote servers keep` takes it back."""
    from bot.settings import load_settings
    from bot.storage import deletion

    settings = load_settings(config)
    _require_base(settings, server)
    if not yes and not at_a_terminal():
        raise UsageError("Deleting cannot be undone. Look at footnote servers list, then say --yes.")
    if not yes and not click.confirm(f"Delete all facts, sources, suggestions and settings of server {server}?", default=False):
        click.echo("Nothing was deleted.")
        return
    planned = deletion.plan(settings, server, left=False, days=0 if now else None)
    if now:
        click.echo(_OUTCOMES[deletion.delete_unless_open(settings, server)].format(server=server))
    else:
        click.echo(
            f"Server {server} will be deleted on {planned.due.isoformat()}. To take that back: footnote servers keep {server}"
        )


@servers.command(short_help="Take the planned deletion of a server back.")
@server_argument
@config_option
def keep(server: int, config: Path | None) -> None:
    """Take the deletion of a server back, as long as it is only planned."""
    from bot.settings import load_settings
    from bot.storage import deletion

    settings = load_settings(config)
    _require_base(settings, server)
    cancelled = deletion.cancel(settings, server)
    click.echo(f"Server {server} is kept." if cancelled else f"Nothing was planned for server {server}.")


def _checks(settings: Settings, paths: Sequence[Path]) -> Iterator[Check]:
    """Yield the results of all checks; the slowest, which ask Discord, last."""
    from bot.doctor.bases import check_bases, check_replica
    from bot.doctor.discord_api import check_discord
    from bot.doctor.home import check_home

    yield from check_home(settings, paths)
    yield from check_bases(settings.home, paths)
    yield from check_replica(settings, paths)
    yield from check_discord(settings, paths)


def _mended(settings: Settings, paths: Sequence[Path]) -> Iterator[str]:
    """Mend what can be mended without a person, and yield a sentence for each."""
    from bot.doctor.bases import mend_indexes
    from bot.doctor.home import delete_unfinished

    for path in mend_indexes(paths):
        yield f"Mended: made the search index of {path} anew."
    for path in delete_unfinished(settings):
        yield f"Mended: cleared {path} away."


def _summary(checks: Sequence[Check]) -> str:
    from bot.presentation.wording import counted

    faults, warnings = (sum(each.state == state for each in checks) for state in ("wrong", "warning"))
    if not faults and not warnings:
        return "Nothing is wrong."
    return f"{counted(faults, 'fault', 'faults')}, {counted(warnings, 'warning', 'warnings')}."


def _require_base(settings: Settings, server: int) -> None:
    """Raise NotKnownError where a server has no base."""
    from bot.storage.bases import servers_of

    if server not in servers_of(settings):
        raise NotKnownError(f"Server {server} has no fact base here. To see which have one: footnote servers list")


def _server_rows(settings: Settings) -> Iterator[dict[str, object]]:
    """Yield the row of each server; where its base cannot be opened, ``fault`` says why."""
    from bot.facts.sqlite_errors import confine_errors
    from bot.storage import deletion
    from bot.storage.bases import open_base, servers_of

    for server in servers_of(settings):
        path = settings.base_path(server)
        row: dict[str, object] = dict.fromkeys(("server", "bytes", "facts", "changed", "deleted_on"))
        row["server"] = server
        try:
            with confine_errors(str(path)):
                row["bytes"] = deletion.size(settings, server)
                planned = deletion.planned(settings, server)
                row["deleted_on"] = planned and planned.due.isoformat()
                with open_base(settings, server, make=False) as base:
                    last = base.logbook.entries(limit=1)
                    if last:
                        datetime.fromisoformat(last[0].at)  # a damaged date is a fault of this base, and no error of the list
                    row |= {"facts": base.count(), "changed": last[0].at if last else None}
        except FootnoteError as error:
            row["fault"] = str(error)
        yield row


def _server_line(row: dict[str, object]) -> str:
    if "fault" in row:
        return f"{row['server']}  {row['fault']}"
    size = f"{int(str(row['bytes'])) / 1e6:.1f} MB"
    changed = str(row["changed"])[:16].replace("T", " ") if row["changed"] else "never"
    due = f"  is deleted on {row['deleted_on']}" if row["deleted_on"] else ""
    return f"{row['server']:<20} {size:>9} {row['facts']:>7} facts  changed {changed}{due}"
