"""Check what an installation has on its disk: the folder and its files, the settings, stories, bases, backups and the replica."""

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
from bot.errors import BusyError, FactBaseVersionError, FootnoteError, ReadOnlyDiskError, ReplicaError, SetupError
from bot.facts.files import confine_errors, connect, connect_to_read, is_on_read_only_disk
from bot.facts.soundness import Soundness, look_for_faults, open_to_read, rebuild_index
from bot.settings import Settings, load_settings, settings_file
from bot.storage.backup import last_backups
from bot.storage.replica import Replica
from bot.stories.load import load_story

_MIN_FREE = 50_000_000  # bytes; with less, saving may soon fail
_UNFINISHED = re.compile(r"\.\d+\.new(-journal|-wal|-shm)?$")
_ABANDONED = 60 * 60  # seconds after which an unfinished file is taken to be abandoned
_REPLACED_LONG_AGO = timedelta(days=30)
_BACKUP_DAYS = timedelta(days=7)  # without a backup for so long, a nightly one must have failed several times
_WAIT = 5.0  # seconds for another program to let go of a base
_REMOUNT = "Back it up to another disk (footnote backup DIR) if it may be failing, then mount it so that it can be written to."
_REPLICATE = "Let footnote replicate run beside the bot."
_MAX_SKEW = timedelta(minutes=5)  # by which the last change may be in the future, since the clocks of machines differ
_LATE_SECONDS = 60.0  # by which the replica may be behind without a warning


def check_settings(home: Path, config: Path | None) -> tuple[Settings, Check]:
    """Read the settings; if they are faulty, return the defaults, so that the other checks can go on."""
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
    folders = [folder for folder in (_existing(settings.home), settings.servers_folder) if folder.exists()]
    refused = False
    for folder in folders:
        try:
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError:
            refused = True
            if is_on_read_only_disk(folder):
                yield wrong("folder", f"{folder} is on a disk that is read-only, so nothing can be saved.", _REMOUNT)
                continue
            mend = "Give it to the user that the bot runs as, or set FOOTNOTE_HOME."
            yield wrong("folder", f"{folder} may not be written to.", mend)
    if not refused:
        yield ok("folder", f"{settings.home} " + ("may be written to." if settings.home.exists() else "can be made when needed."))


def _owners(settings: Settings) -> Iterator[Check]:
    """Look for files of another user than the folder's, such as those that the superuser made."""
    if os.name == "nt" or not settings.home.exists():
        return
    owner = settings.home.stat().st_uid
    others = [path for path in _files(settings) if path.stat().st_uid != owner]
    if others:
        mend = f"Give them to the user that the bot runs as: chown -R {owner} {settings.home}."
        yield warning("owners", f"Of another user than the folder: {_listed(others)}.", mend)


def _existing(folder: Path) -> Path:
    """Return a folder, or the nearest one above it that exists."""
    return next(parent for parent in (folder, *folder.parents) if parent.exists())


def _disk(settings: Settings, paths: Sequence[Path]) -> Check:
    free = shutil.disk_usage(_existing(settings.home)).free
    size = sum(path.stat().st_size for path in paths if path.exists())
    figures = f"{free / 1e6:.0f} MB are free; the bases take {size / 1e6:.1f} MB."
    if free < _MIN_FREE:
        return wrong("disk", figures, "Make room: without it nothing can be saved.")
    if free < size:
        return warning("disk", figures, "Make room: footnote restore copies a base before it replaces it.")
    return ok("disk", figures)


def _leftovers(settings: Settings) -> Iterator[Check]:
    unfinished = list(_unfinished(settings))
    if unfinished:
        yield warning("leftovers", f"Left by a program that was killed: {_listed(unfinished)}.", "Run footnote doctor --mend.")
    logs = [path for path in _files(settings) if path.name.endswith(".db-wal") and not path.with_name(path.name[:-4]).exists()]
    if logs:
        yield warning("leftovers", f"Logs of bases that do not exist: {_listed(logs)}.", "Restore the bases from a backup.")
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
        return warning("backup", "No backup has ever been made.", mend)
    before = datetime.now(UTC) - _BACKUP_DAYS
    without = [path for path in paths if (times.get(path) or _began(path)) < before]
    last = f"the last one was made on {max(times.values()):%Y-%m-%d}."
    if without:
        return warning("backup", f"There is none of the last {_BACKUP_DAYS.days} days of {_listed(without)}; {last}", mend)
    return ok("backup", last.capitalize())


def _began(path: Path) -> datetime:
    """Return when the first fact of a base was added, that is, when the base was made: a new one need not have a backup yet."""
    try:
        with confine_errors(str(path)), closing(connect_to_read(path)) as database:
            at = database.execute("SELECT min(at) FROM revision").fetchone()[0]
            return datetime.fromisoformat(at).astimezone(UTC) if at else datetime.now(UTC)
    except FootnoteError:  # check_bases reports it
        return datetime.min.replace(tzinfo=UTC)


def check_bases(home: Path, paths: Sequence[Path]) -> Iterator[Check]:
    """Check every base, and the clock by the last change: each fault is a result of its own; sound bases share one."""
    sound = 0
    newest = datetime.min.replace(tzinfo=UTC)
    for path in paths:
        name = path.relative_to(home).as_posix()
        try:
            with confine_errors(str(path)), open_to_read(path, wait=_WAIT) as database:
                soundness = look_for_faults(database)
                if soundness.sound and (at := database.execute("SELECT max(at) FROM revision").fetchone()[0]):
                    newest = max(newest, datetime.fromisoformat(at).astimezone(UTC))
        except FootnoteError as error:
            problem, _, mend = str(error).rpartition(". ")
            restorable = path.exists() and not isinstance(error, FactBaseVersionError | BusyError | ReadOnlyDiskError)
            yield wrong(name, f"{problem}.", _restore(name) if restorable else mend)
            continue
        faults = tuple(_faults(name, path, soundness))
        yield from faults
        sound += not faults
    if sound:
        yield ok("bases", f"{'1 base is' if sound == 1 else f'{sound} bases are'} sound.")
    elif not paths:
        yield ok("bases", "There is none yet: each is made when it is first needed.")
    now = datetime.now(UTC)
    if newest > now + _MAX_SKEW:
        yield warning(
            "clock",
            f"It is {now:%Y-%m-%d %H:%M} UTC here, but the last change was made at {newest:%Y-%m-%d %H:%M} UTC.",
            "Set this machine's clock, or have it set over the network (NTP).",
        )
    else:
        yield ok("clock", f"It is {now:%Y-%m-%d %H:%M} UTC, after the last change.")


def _faults(name: str, path: Path, soundness: Soundness) -> Iterator[Check]:
    if soundness.damage:
        yield wrong(name, f"It is damaged: {soundness.damage[0]}.", _restore(name))
    if soundness.links:
        yield wrong(name, f"Its tables do not agree: {'; '.join(soundness.links)}.", _restore(name))
    if soundness.index:
        yield wrong(name, f"Its search index is out of step: {'; '.join(soundness.index)}.", "Run footnote doctor --mend.")
    if not os.access(path, os.W_OK) and not is_on_read_only_disk(path):  # a read-only disk is reported for the folder
        yield wrong(name, "It may not be written to.", "Give it to the user that the bot runs as.")


def _restore(name: str) -> str:
    server = name.removeprefix("servers/").removesuffix(".db")
    option = f"--server {server}" if server.isdigit() else "--library"
    return f"Stop the bot and restore it: footnote restore BACKUP {option}."


def mend_indexes(paths: Sequence[Path]) -> Iterator[Path]:
    """Rebuild the search indexes that are out of step where nothing else is wrong, and yield their bases.

    A base that cannot be mended is left as it is; `check_bases` reports it.
    """
    for path in paths:
        try:
            with confine_errors(str(path)), open_to_read(path, wait=_WAIT) as database:
                out_of_step = look_for_faults(database).index
            if not out_of_step:
                continue
            with confine_errors(str(path)), closing(connect(path, wait=_WAIT)) as database:
                rebuild_index(database)
        except FootnoteError:
            continue
        yield path


def check_replica(settings: Settings, paths: Sequence[Path]) -> Iterator[Check]:
    """Check the replica by the first of the bases: is it set up, can it be reached, and does Litestream write to it.

    Yield nothing where no replica is set up, or there is no base to replicate.
    """
    try:
        replica = Replica.of(settings)
        if replica is None or not paths:
            return
        if replica.has(paths[0]):
            yield from _replicating(replica, [path for path in paths if path != settings.library])
        else:
            yield warning("replica", f"It has nothing of {paths[0].name}.", _REPLICATE)
    except SetupError as error:
        yield wrong("replica", str(error), "See config/litestream.yml.")
    except ReplicaError:
        mend = "Mount its disk, or check its address and the keys; the log of footnote replicate says more."
        yield wrong("replica", "It cannot be reached.", mend)


def _replicating(replica: Replica, servers: Sequence[Path]) -> Iterator[Check]:
    """Check whether Litestream replicates the bases of the servers; not the library, which other shards may serve."""
    try:
        lags = replica.lags()
    except ReplicaError:
        mend = "Run footnote doctor again; if that stays so, start footnote replicate again."
        yield warning("replica", "Litestream runs, but does not answer.", mend)
        return
    if lags is None:
        yield warning("replica", "Litestream does not run.", _REPLICATE)
        return
    if not lags:
        yield warning(
            "replica", "Litestream has just been started, or replicates nothing.", "Run footnote doctor again in a minute."
        )
        return
    missing = [server.name for server in servers if str(server) not in lags]
    if missing:
        mend = "Restore what is damaged, then start footnote replicate again."
        yield warning("replica", f"Litestream does not replicate {', '.join(missing)}.", mend)
    lag = max(lags.values())
    if lag > _LATE_SECONDS:
        yield warning("replica", f"It is {lag:.0f} seconds behind.", "Look at the log of footnote replicate.")
    else:
        yield ok("replica", f"It can be reached, and is {lag:.0f} seconds behind.")
