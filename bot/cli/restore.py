"""``footnote restore``: the bases of a backup, put back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.backup import SERVERS, counted

if TYPE_CHECKING:
    from bot.storage.restore import Restored


@click.command("restore", short_help="Put the bases of a backup back.")
@click.argument("backup", type=click.Path(path_type=Path), metavar="BACKUP")
@SERVERS
@click.option("--library", is_flag=True, help="Only the library, and the servers that are named.")
@click.option("--dry-run", is_flag=True, help="Look at the backup and say what would be done.")
def command(backup: Path, servers: tuple[int, ...], library: bool, dry_run: bool) -> None:
    """Put the bases of BACKUP back into Footnote's folder: a folder that `footnote backup` made.

    The whole backup is looked at before anything is done, and nothing is done while the bot has one of the bases open. What is
    replaced is kept beside, with the time in its name.
    """
    from bot.settings import load_settings
    from bot.storage.restore import choose, restore

    settings = load_settings()
    manifest, planned = choose(backup, settings, library=library, servers=servers)
    click.echo(f"The backup of {manifest.made:%Y-%m-%d %H:%M:%S} UTC is whole.")
    for base, _ in manifest.left_out:
        click.echo(f"{base} was left out when it was made, and stays as it is.", err=True)
    if dry_run:
        for each in planned:
            click.echo(_would(each))
        return
    for each in restore(backup, settings, planned):
        click.echo(_did(each))


def _would(each: Restored) -> str:
    if each.deleted:
        return _deleted(each)
    what = "would be replaced, and kept beside" if each.replaces else "would be put there"
    return f"{each.path}: {what}: {counted(each.saved.facts, 'fact')}.{_due(each)}"


def _did(each: Restored) -> str:
    if each.deleted:
        return _deleted(each)
    kept = f" What was there is kept as {each.kept.name}." if each.kept else ""
    return f"{each.path}: restored, {counted(each.saved.facts, 'fact')}.{kept}{_due(each)}"


def _due(each: Restored) -> str:
    if each.due is None:
        return ""
    return f" It is planned to be deleted on {each.due.isoformat()}. To take that back: footnote servers keep {each.path.stem}"


def _deleted(each: Restored) -> str:
    return f"{each.path}: left alone, for its data was deleted on purpose. Name it with --server to restore it nevertheless."
