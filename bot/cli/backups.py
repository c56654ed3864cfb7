"""``footnote backup`` and ``footnote restore``: copies of the bases, made while the bot runs, and put back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.console import servers_option

if TYPE_CHECKING:
    from bot.storage.restore import Restored

INCOMPLETE = 4  # exit code where a base could not be backed up or put back


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
    from bot.terminal import one_line

    # Faulty settings must not prevent a backup, which needs the folder alone.
    made = back_up(Settings(default_home()), folder, servers=servers, keep=keep)
    saved = made.manifest.bases
    bases, facts = counted(len(saved), "base", "bases"), counted(sum(each.facts for each in saved), "fact", "facts")
    click.echo(f"{made.folder}: {bases} with {facts}, {sum(each.size for each in saved) / 1e6:.1f} MB, each checked.")
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
    if dry_run:
        for each in planned:
            click.echo(_planned(each))
        return
    complete = True
    for each in restore(backup, settings, planned):
        click.echo(_done(each), err=each.fault is not None)
        complete = complete and each.fault is None
    if not complete:
        raise click.exceptions.Exit(INCOMPLETE)


def _planned(each: Restored) -> str:
    if each.deleted:
        return _left_alone(each)
    what = "would be replaced, and kept beside" if each.replaces else "would be put there"
    return f"{each.path}: {what}: {_facts(each)}.{_due(each)}"


def _done(each: Restored) -> str:
    from bot.terminal import one_line

    if each.deleted:
        return _left_alone(each)
    if each.fault is not None:
        return f"{each.path}: not restored. {one_line(each.fault)}"
    aside = f" What was there is kept as {each.aside.name}." if each.aside else ""
    return f"{each.path}: restored, {_facts(each)}.{aside}{_due(each)}"


def _facts(each: Restored) -> str:
    from bot.presentation.wording import counted

    return counted(each.saved.facts, "fact", "facts")


def _due(each: Restored) -> str:
    if each.due is None:
        return ""
    return f" It is planned to be deleted on {each.due.isoformat()}. To take that back: footnote servers keep {each.path.stem}"


def _left_alone(each: Restored) -> str:
    return f"{each.path}: left alone, for its data was deleted on purpose. Name it with --server to restore it nevertheless."
