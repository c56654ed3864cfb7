"""``footnote doctor``, ``backup``, ``restore`` and ``servers``: the care of an installation and of its bases."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.console import SERVER_ID, WRONG, SuggestingGroup, at_a_terminal, config_option, json_option, servers_option, to_json
from bot.errors import FootnoteError, NotKnownError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings
    from bot.storage.restore import Restored

INCOMPLETE = 4  # exit code where a base could not be backed up or put back
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
    from bot.doctor.discord_api import check_discord
    from bot.doctor.installation import check_bases, check_home, check_replica, check_settings, delete_unfinished, mend_indexes
    from bot.presentation.wording import counted
    from bot.settings import default_home
    from bot.storage.bases import bases_of
    from bot.terminal.text import one_line

    settings, first = check_settings(default_home(), config)
    paths = tuple(map(settings.base_path, servers)) or bases_of(settings)
    if mend:
        for path in mend_indexes(paths):
            click.echo(f"Mended: made the search index of {path} anew.", err=as_json)
        for path in delete_unfinished(settings):
            click.echo(f"Mended: cleared {path} away.", err=as_json)
    checks = [first, *check_home(settings, paths), *check_bases(settings.home, paths), *check_replica(settings, paths)]
    checks += check_discord(settings, paths)
    faults, warnings = (sum(check.state == state for check in checks) for state in ("wrong", "warning"))
    if as_json:
        rows = [{"check": check.name, "state": check.state, "says": check.says, "mend": check.mend or None} for check in checks]
        click.echo(to_json({"checks": rows}))
    else:
        width = max(len(check.name) for check in checks)
        for check in checks:
            click.echo(f"{check.state:<11}  {check.name:<{width}}  {one_line(f'{check.says} {check.mend}')}")
        summary = f"{counted(faults, 'fault', 'faults')}, {counted(warnings, 'warning', 'warnings')}."
        click.echo(summary if faults or warnings else "Nothing is wrong.")
    if faults:
        raise click.exceptions.Exit(WRONG)


@click.command(short_help="Copy all bases to a new folder, and check each copy.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@servers_option
@click.option("--keep", type=click.IntRange(min=1), metavar="N", help="Then delete all but the last N backups of the same bases.")
def backup(folder: Path, servers: tuple[int, ...], keep: int | None) -> None:
    """Copy the bases of all servers and the library to a new folder in DIR, while the bot runs or not.

    Each base is copied as it is at one moment, then looked at: its file, the links between its tables, its search index. One
    that cannot be copied is left out and named, and the exit code is 4.
    """
    from bot.presentation.wording import counted
    from bot.settings import Settings, default_home
    from bot.storage.backup import back_up
    from bot.terminal.text import one_line

    # Faulty settings must not prevent a backup, which needs the folder alone.
    made = back_up(Settings(default_home()), folder, servers=servers, keep=keep)
    saved = made.manifest.bases
    bases, facts = counted(len(saved), "base", "bases"), counted(sum(copy.facts for copy in saved), "fact", "facts")
    click.echo(f"{made.folder}: {bases} with {facts}, {sum(copy.size for copy in saved) / 1e6:.1f} MB, each checked.")
    if made.deleted:
        click.echo(f"Deleted {counted(len(made.deleted), 'older backup', 'older backups')}.")
    for base, why in made.manifest.left_out:
        click.echo(f"Left out {base}: {one_line(why)}", err=True)
    if made.manifest.left_out:
        raise click.exceptions.Exit(INCOMPLETE)


@click.command(short_help="Put the bases of a backup back.")
@click.argument("backup", type=click.Path(path_type=Path), metavar="BACKUP")
@servers_option
@click.option("--library", is_flag=True, help="Only the library, and the servers that are named.")
@click.option("--dry-run", is_flag=True, help="Look at the backup and say what would be done.")
def restore(backup: Path, servers: tuple[int, ...], library: bool, dry_run: bool) -> None:
    """Put the bases of BACKUP back into Footnote's folder: a folder that `footnote backup` made.

    The whole backup is looked at before anything is done, and nothing is done while the bot has one of the bases open. What is
    replaced is kept beside, with the time in its name. One that cannot be put back is named, and the exit code is 4.
    """
    from bot.settings import load_settings
    from bot.storage.restore import choose, restore

    settings = load_settings()
    manifest, planned = choose(backup, settings, library=library, servers=servers)
    click.echo(f"The backup of {manifest.made:%Y-%m-%d %H:%M:%S} UTC is whole.")
    for base, _ in manifest.left_out:
        click.echo(f"{base} was left out when it was made, and stays as it is.", err=True)
    faulty = False
    for result in planned if dry_run else restore(backup, settings, planned):
        click.echo(_restored_line(result, dry_run=dry_run), err=result.fault is not None)
        faulty = faulty or result.fault is not None
    if faulty:
        raise click.exceptions.Exit(INCOMPLETE)


def _restored_line(result: Restored, *, dry_run: bool) -> str:
    """Say what restoring did to a base, or would do."""
    from bot.presentation.wording import counted
    from bot.terminal.text import one_line

    if result.deleted:
        return (
            f"{result.path}: left alone, for its data was deleted on purpose. Name it with --server to restore it nevertheless."
        )
    if result.fault is not None:
        return f"{result.path}: not restored. {one_line(result.fault)}"
    facts = counted(result.saved.facts, "fact", "facts")
    if dry_run:
        done = f"would be {'replaced, and kept beside' if result.replaces else 'put there'}: {facts}."
    else:
        done = f"restored, {facts}." + (f" What was there is kept as {result.aside.name}." if result.aside else "")
    if result.due is not None:
        done += f" It is planned to be deleted on {result.due.isoformat()}."
        done += f" To take that back: footnote servers keep {result.path.stem}"
    return f"{result.path}: {done}"


@click.group(cls=SuggestingGroup)
def servers() -> None:
    """See which servers have a fact base, and delete one."""


@servers.command("list", short_help="List the servers that have a base.")
@json_option("Print JSON, one object a line.")
@config_option
def list_(as_json: bool, config: Path | None) -> None:
    """List the servers: id, size, facts, last change, and the day on which it is deleted."""
    from bot.settings import load_settings

    rows = list(_server_rows(load_settings(config)))
    for row in rows:
        if as_json:
            line = to_json(row)
        elif "fault" in row:
            line = f"{row['server']}  {row['fault']}"
        else:
            changed = str(row["changed"])[:16].replace("T", " ") if row["changed"] else "never"
            due = f"  is deleted on {row['deleted_on']}" if row["deleted_on"] else ""
            line = f"{row['server']:<20} {row['bytes'] / 1e6:>6.1f} MB {row['facts']:>7} facts  changed {changed}{due}"
        click.echo(line)
    if not rows and not as_json:
        click.echo("No server has a fact base yet: one is made when a server first asks the bot.")


@servers.command(short_help="Delete all data of a server, after days of grace.")
@server_argument
@click.option("--now", is_flag=True, help="Delete it at once instead of after the days of grace.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@config_option
def delete(server: int, now: bool, yes: bool, config: Path | None) -> None:
    """Delete all data of a server; until the day comes, `footnote servers keep` takes it back."""
    from bot.storage import deletion

    settings = _settings_with(server, config)
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
    from bot.storage import deletion

    settings = _settings_with(server, config)
    cancelled = deletion.cancel(settings, server)
    click.echo(f"Server {server} is kept." if cancelled else f"Nothing was planned for server {server}.")


def _settings_with(server: int, config: Path | None) -> Settings:
    """Load the settings of an installation. Raises NotKnownError where the server has no base in it."""
    from bot.settings import load_settings
    from bot.storage.bases import servers_of

    settings = load_settings(config)
    if server not in servers_of(settings):
        raise NotKnownError(f"Server {server} has no fact base here. To see which have one: footnote servers list")
    return settings


def _server_rows(settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield the row of each server; where its base cannot be opened, ``fault`` says why."""
    from bot.facts.files import confine_errors
    from bot.storage import deletion
    from bot.storage.bases import open_base, servers_of

    for server in servers_of(settings):
        path = settings.base_path(server)
        row: dict[str, Any] = dict.fromkeys(("server", "bytes", "facts", "changed", "deleted_on"))
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
