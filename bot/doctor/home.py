"""Check the folder of an installation: permissions, room, leftover files, settings, default stories and backups."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.doctor import Check, ok, warning, wrong
from bot.errors import FootnoteError, SetupError
from bot.facts.files import connect_to_read
from bot.facts.sqlite_errors import confine_errors
from bot.settings import Settings, load_settings, settings_file
from bot.storage.backup import last_backups
from bot.stories.load import load_story

_LEAST_FREE = 50_000_000  # bytes
_UNFINISHED = re.compile(r"\.\d+\.new(-journal|-wal|-shm)?$")
_ABANDONED = 60 * 60  # seconds after which an unfinished file is abandoned
_REPLACED_LONG_AGO = timedelta(days=30)
_BACKUP_DAYS = timedelta(days=7)  # after which a backup that runs every night must have failed several times


def check_settings(home: Path, config: Path | None) -> tuple[Settings, Check]:
    """Read the settings; return the defaults for the further checks where they are faulty."""
    try:
        settings = load_settings(config, home=home)
    except SetupError as error:
        return Settings(home), wrong("settings", str(error), "Correct the file; config/footnote.toml shows every setting.")
    path = settings_file(home, config)
    return settings, ok("settings", f"{path} has no faults." if path else "No settings file: all have their defaults.")


def check_home(settings: Settings, paths: Sequence[Path]) -> Iterator[Check]:
    """Check the folder, its disk, leftover files, the default stories and the last backup."""
    yield from _folders(settings)
    yield from _owners(settings)
    yield _disk(settings, paths)
    yield from _leftovers(settings)
    yield from _stories(settings)
    if paths:
        yield _backup(settings, paths)


def delete_unfinished(settings: Settings) -> Iterator[Path]:
    """Delete the unfinished files of programs that were killed, and yield them. Raises OSError."""
    for path in _unfinished(settings):
        path.unlink(missing_ok=True)
        yield path


def _folders(settings: Settings) -> Iterator[Check]:
    folders = [each for each in (_existing(settings.home), settings.servers_folder) if each.exists()]
    refused = [each for each in folders if not _may_write(each)]
    for each in refused:
        yield wrong("folder", f"{each} may not be written to.", "Give it to the user as whom the bot runs, or set FOOTNOTE_HOME.")
    if not refused:
        yield ok("folder", f"{settings.home} " + ("may be written to." if settings.home.exists() else "can be made when needed."))


def _owners(settings: Settings) -> Iterator[Check]:
    """Look for files of another user than the folder's, such as those that the superuser made."""
    if os.name == "nt" or not settings.home.exists():
        return
    owner = settings.home.stat().st_uid
    others = [path for path in _files(settings) if path.stat().st_uid != owner]
    if others:
        mend = f"Give them to the user as whom the bot runs: chown -R {owner} {settings.home}."
        yield warning("owners", f"Of another user than the folder: {_listed(others)}.", mend)


def _existing(folder: Path) -> Path:
    """Return a folder, or the nearest one above it that exists."""
    return next(each for each in (folder, *folder.parents) if each.exists())


def _may_write(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _disk(settings: Settings, paths: Sequence[Path]) -> Check:
    free = shutil.disk_usage(_existing(settings.home)).free
    size = sum(path.stat().st_size for path in paths if path.exists())
    figures = f"{free / 1e6:.0f} MB are free; the bases take {size / 1e6:.1f} MB."
    if free < _LEAST_FREE:
        return wrong("disk", figures, "Make room: without it nothing can be saved.")
    if free < size:
        return warning("disk", figures, "Make room: a new version of Footnote copies a base before it changes its tables.")
    return ok("disk", figures)


def _leftovers(settings: Settings) -> Iterator[Check]:
    unfinished = list(_unfinished(settings))
    if unfinished:
        yield warning("leftovers", f"Left by a program that was killed: {_listed(unfinished)}.", "Run footnote doctor --mend.")
    logs = [path for path in _files(settings) if path.name.endswith(".db-wal") and not path.with_name(path.name[:-4]).exists()]
    if logs:
        yield warning("leftovers", f"Logs of bases that are not there: {_listed(logs)}.", "Restore the bases from a backup.")
    before = (datetime.now(UTC) - _REPLACED_LONG_AGO).timestamp()
    copies = [path for path in _files(settings) if ".replaced-" in path.name and path.stat().st_mtime < before]
    if copies:
        size = sum(path.stat().st_size for path in copies) / 1e6
        yield warning("leftovers", f"Bases that were replaced long ago ({size:.1f} MB): {_listed(copies)}.", "Delete them.")


def _unfinished(settings: Settings) -> Iterator[Path]:
    before = time.time() - _ABANDONED
    return (path for path in _files(settings) if _UNFINISHED.search(path.name) and path.stat().st_mtime < before)


def _files(settings: Settings) -> Iterator[Path]:
    for folder in (settings.home, settings.servers_folder):
        if folder.is_dir() and os.access(folder, os.R_OK | os.X_OK):
            yield from sorted(path for path in folder.iterdir() if path.is_file())


def _listed(paths: Sequence[Path]) -> str:
    names = [path.name for path in paths[:3]]
    return ", ".join(names) + (f" and {len(paths) - 3} more" if len(paths) > 3 else "")


def _stories(settings: Settings) -> Iterator[Check]:
    faulty = False
    for path in settings.story_paths():
        try:
            load_story(path)
        except FootnoteError as error:
            faulty = True
            yield wrong("stories", str(error).splitlines()[0].rstrip(":") + ".", f"See footnote story check {path}.")
    if not faulty:
        yield ok("stories", "The default stories have no faults." if settings.stories else "There are no default stories.")


def _backup(settings: Settings, paths: Sequence[Path]) -> Check:
    mend = "Run footnote backup DIR every night, for instance by cron."
    times = last_backups(settings.home)
    if not times:
        return warning("backup", "No backup was ever made.", mend)
    before = datetime.now(UTC) - _BACKUP_DAYS
    without = [path for path in paths if (times.get(path) or _began(path)) < before]
    last = f"the last one was made on {max(times.values()):%Y-%m-%d}."
    if without:
        return warning("backup", f"There is none of the last {_BACKUP_DAYS.days} days of {_listed(without)}; {last}", mend)
    return ok("backup", last.capitalize())


def _began(path: Path) -> datetime:
    """Return when the first fact of a base was added, that is when it was made: a new base need not have a backup yet."""
    try:
        with confine_errors(str(path)), closing(connect_to_read(path)) as database:
            at = database.execute("SELECT min(at) FROM revision").fetchone()[0]
            return datetime.fromisoformat(at).astimezone(UTC) if at else datetime.now(UTC)
    except FootnoteError:  # check_bases reports it
        return datetime.min.replace(tzinfo=UTC)
