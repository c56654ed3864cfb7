"""``footnote servers``: which servers have a fact base here, and the deletion of one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.config import config_option

if TYPE_CHECKING:
    from bot.settings import Settings

SERVER = click.argument("server", metavar="ID", type=click.IntRange(1, 2**63 - 1))


@click.group("servers")
def command() -> None:
    """See which servers have a fact base, and delete one."""


@command.command("list", short_help="List the servers that have a base.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")
@config_option
def list_(as_json: bool, config: Path | None) -> None:
    """List the servers: id, size, facts, last change, and the day on which it is deleted."""
    import json

    from bot.settings import load_settings

    for row in _rows(load_settings(config)):
        click.echo(json.dumps(row) if as_json else _line(row))


@command.command(short_help="Delete all that there is of a server, after a grace.")
@SERVER
@click.option("--now", is_flag=True, help="Delete it at once instead of after the days of grace.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@config_option
def delete(server: int, now: bool, yes: bool, config: Path | None) -> None:
    """Delete all that there is of a server; until the day comes, `footnote servers keep` takes it back."""
    from bot.cli.facts_work import at_a_terminal
    from bot.errors import UsageError
    from bot.settings import load_settings
    from bot.storage import deletion

    settings = load_settings(config)
    _check(settings, server)
    if not yes and not at_a_terminal():
        raise UsageError("Deleting cannot be undone. Look at footnote servers list, then say --yes.")
    if not yes and not click.confirm(f"Delete all facts, sources, suggestions and settings of server {server}?", default=False):
        click.echo("Nothing was deleted.")
        return
    planned = deletion.plan(settings, server, left=False, days=0 if now else None)
    if now and deletion.delete_unless_open(settings, server):
        click.echo(f"Server {server} was deleted.")
    elif now:
        click.echo(f"The bot has the base of server {server} open, and deletes it within a minute.")
    else:
        click.echo(
            f"Server {server} will be deleted on {planned.due.isoformat()}. To take that back: footnote servers keep {server}"
        )


@command.command(short_help="Take the planned deletion of a server back.")
@SERVER
@config_option
def keep(server: int, config: Path | None) -> None:
    """Take the deletion of a server back, as long as it is only planned."""
    from bot.settings import load_settings
    from bot.storage import deletion

    settings = load_settings(config)
    _check(settings, server)
    kept = deletion.cancel(settings, server)
    click.echo(f"Server {server} is kept." if kept else f"Nothing was planned for server {server}.")


def _check(settings: Settings, server: int) -> None:
    from bot.errors import NotKnownError
    from bot.storage.library import servers_of

    if server not in servers_of(settings):
        raise NotKnownError(f"Server {server} has no fact base here. To see which have one: footnote servers list")


def _rows(settings: Settings) -> Iterator[dict[str, object]]:
    from bot.errors import FootnoteError
    from bot.facts.base import FactBase
    from bot.storage import deletion
    from bot.storage.library import servers_of

    for server in servers_of(settings):
        planned = deletion.planned(settings, server)
        row: dict[str, object] = {
            "server": server,
            "bytes": deletion.size(settings, server),
            "facts": None,
            "changed": None,
            "deleted_on": planned and planned.due.isoformat(),
        }
        try:
            with FactBase.open(settings.base_path(server), create=False) as base:
                last = base.logbook.entries(limit=1)
                row |= {"facts": base.count(), "changed": last[0].at if last else None}
        except FootnoteError as error:
            row["fault"] = str(error)
        yield row


def _line(row: dict[str, object]) -> str:
    if "fault" in row:
        return f"{row['server']}  {row['fault']}"
    size = f"{int(str(row['bytes'])) / 1e6:.1f} MB"
    changed = (
        datetime.fromisoformat(str(row["changed"])).astimezone(UTC).strftime("%Y-%m-%d %H:%M") if row["changed"] else "never"
    )
    due = f"  is deleted on {row['deleted_on']}" if row["deleted_on"] else ""
    return f"{row['server']:<20} {size:>9} {row['facts']:>7} facts  changed {changed}{due}"
