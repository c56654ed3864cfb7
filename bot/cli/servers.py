"""``footnote servers``: which servers have a fact base, and the deletion of one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bot.cli.console import SERVER_ID, at_a_terminal, config_option, json_option, to_json
from bot.errors import FootnoteError, NotKnownError, UsageError
from bot.facts.files import confine_errors
from bot.settings import Settings, load_settings
from bot.storage import deletion
from bot.storage.bases import open_base, servers_of

_OUTCOMES = {
    "deleted": "Server {server} was deleted.",
    "served": "The bot has the base of server {server} open, and deletes it within a minute.",
    "open": "Another program has the base of server {server} open. The bot deletes it within a minute, or once it runs.",
    "unknown": "The base of server {server} is open, and Litestream does not say whether it alone has it. Try again in a minute.",
}
"""What to print after ``delete --now``, by what `delete_unless_open` returns."""

server_argument = click.argument("server", metavar="ID", type=SERVER_ID)


@click.command("list")
@json_option("Print JSON, one object a line.")
@config_option
def list_(as_json: bool, config: Path | None) -> None:
    """List the servers: id, size, facts, last change, and the day on which it is deleted."""
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


@click.command()
@server_argument
@click.option("--now", is_flag=True, help="Delete it at once instead of after the days of grace.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@config_option
def delete(server: int, now: bool, yes: bool, config: Path | None) -> None:
    """Delete all data of a server; until the day comes, `footnote servers keep` takes it back."""
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


@click.command()
@server_argument
@config_option
def keep(server: int, config: Path | None) -> None:
    """Take the deletion of a server back, as long as it is only planned."""
    settings = _settings_with(server, config)
    cancelled = deletion.cancel(settings, server)
    click.echo(f"Server {server} is kept." if cancelled else f"Nothing was planned for server {server}.")


def _settings_with(server: int, config: Path | None) -> Settings:
    """Load the settings of an installation. Raises NotKnownError where the server has no base in it."""
    settings = load_settings(config)
    if server not in servers_of(settings):
        raise NotKnownError(f"Server {server} has no fact base here. To see which have one: footnote servers list")
    return settings


def _server_rows(settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield the row of each server; if its base cannot be opened, ``fault`` says why."""
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
                        datetime.fromisoformat(last[0].at)  # raises here: a damaged date is a fault of this base, not of the list
                    row |= {"facts": base.count(), "changed": last[0].at if last else None}
        except FootnoteError as error:
            row["fault"] = str(error)
        yield row
