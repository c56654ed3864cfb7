"""``footnote backup``: copies of the bases, made while the bot runs."""

from __future__ import annotations

from pathlib import Path

import click

SERVERS = click.option(
    "--server",
    "servers",
    type=click.IntRange(1, 2**63 - 1),
    multiple=True,
    metavar="ID",
    help="Only this server; may be repeated.",
)
INCOMPLETE = 4  # exit code where a base had to be left out


@click.command("backup", short_help="Copy all bases to a new folder, and check each copy.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@SERVERS
@click.option(
    "--keep", type=click.IntRange(min=1), metavar="N", help="Then delete older backups of the same bases than the last N."
)
def command(folder: Path, servers: tuple[int, ...], keep: int | None) -> None:
    """Copy the bases of all servers and the library to a new folder in DIR, while the bot runs or not.

    Each base is copied as it is at one moment, then looked at: its file, the links between its tables, its search index. One
    that cannot be copied is left out and named, and the exit code is 4.
    """
    from bot.settings import Settings, default_home
    from bot.storage.backup import back_up
    from bot.terminal.safe import one_line

    # A slip in the settings file is no reason to have no backup: the folder alone matters.
    done = back_up(Settings(default_home()), folder, servers=servers, keep=keep)
    saved = done.manifest.bases
    facts, size = sum(each.facts for each in saved), sum(each.size for each in saved)
    click.echo(f"{done.folder}: {counted(len(saved), 'base')} with {counted(facts, 'fact')}, {size / 1e6:.1f} MB, each checked.")
    if done.deleted:
        click.echo(f"Deleted {counted(len(done.deleted), 'older backup')}.")
    for base, why in done.manifest.left_out:
        click.echo(f"Left out {base}: {one_line(why)}", err=True)
    if done.manifest.left_out:
        raise click.exceptions.Exit(INCOMPLETE)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
