"""``footnote doctor``, ``backup`` and ``restore``: the care of an installation and of its bases."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.console import WRONG, config_option, json_option, servers_option, to_json
from bot.doctor.discord_api import check_discord
from bot.doctor.installation import check_bases, check_home, check_replica, check_settings, delete_unfinished, mend_indexes
from bot.presentation.wording import counted
from bot.settings import Settings, default_home, load_settings
from bot.storage import restore as restoring
from bot.storage.backup import back_up
from bot.storage.bases import bases_of
from bot.storage.restore import Restored
from bot.terminal.text import one_line

INCOMPLETE = 4  # exit code where a base could not be backed up or put back


@click.command()
@servers_option
@json_option()
@click.option("--mend", is_flag=True, help="First rebuild indexes that are out of step, and remove unfinished files.")
@config_option
def doctor(servers: tuple[int, ...], as_json: bool, mend: bool, config: Path | None) -> None:
    """Look at the folder, the disk, every base, the clock, the settings, the replica and what Discord says.

    The bot may be running. Each fault comes with what to do about it. The exit code is 1 where something is wrong.
    """
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


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@servers_option
@click.option("--keep", type=click.IntRange(min=1), metavar="N", help="Then delete all but the last N backups of the same bases.")
def backup(folder: Path, servers: tuple[int, ...], keep: int | None) -> None:
    """Copy the bases of all servers and the library to a new folder in DIR, while the bot runs or not.

    Each base is copied as it is at one moment, then looked at: its file, the links between its tables, its search index. One
    that cannot be copied is left out and named, and the exit code is 4.
    """
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


@click.command()
@click.argument("backup", type=click.Path(path_type=Path), metavar="BACKUP")
@servers_option
@click.option("--library", is_flag=True, help="Only the library, and the servers that are named.")
@click.option("--dry-run", is_flag=True, help="Look at the backup and say what would be done.")
def restore(backup: Path, servers: tuple[int, ...], library: bool, dry_run: bool) -> None:
    """Put the bases of BACKUP back into Footnote's folder: a folder that `footnote backup` made.

    The whole backup is looked at before anything is done, and nothing is done while the bot has one of the bases open. What is
    replaced is kept beside, with the time in its name. One that cannot be put back is named, and the exit code is 4.
    """
    settings = load_settings()
    manifest, planned = restoring.choose(backup, settings, library=library, servers=servers)
    click.echo(f"The backup of {manifest.made:%Y-%m-%d %H:%M:%S} UTC is whole.")
    for base, _ in manifest.left_out:
        click.echo(f"{base} was left out when it was made, and stays as it is.", err=True)
    faulty = False
    for result in planned if dry_run else restoring.restore(backup, settings, planned):
        click.echo(_restored_line(result, dry_run=dry_run), err=result.fault is not None)
        faulty = faulty or result.fault is not None
    if faulty:
        raise click.exceptions.Exit(INCOMPLETE)


def _restored_line(result: Restored, *, dry_run: bool) -> str:
    """Say what restoring did to a base, or would do."""
    if result.deleted:
        return f"{result.path}: left alone, because its data was deleted on purpose. Name it with --server to restore it anyway."
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
