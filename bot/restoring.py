"""Putting the bases of a backup back: looked at first, and what they replace is kept beside them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.backups import backups_in
from bot.errors import BackupError, BusyError, DiskFullError, FactBaseError, UsageError
from bot.facts.copies import copy_base, write_over
from bot.facts.files import connect_to_read, in_use, look_at_file, look_inside, sync_folder
from bot.facts.soundness import look_for_faults
from bot.facts.sqlite_errors import plain_errors
from bot.manifest import MANIFEST, Manifest, Saved, read_manifest, sha256_of
from bot.settings import Settings

_NO_ROOM = "There is no room in {home}: restoring takes {size:.1f} MB, {free:.1f} MB are free. Make room and try again."
_CHANGED = "{} is not what it was when it was backed up, so nothing was restored. Use another backup."


@dataclass(frozen=True, slots=True)
class Restored:
    """What becomes of one base: whether one is there that it replaces, and under which name that one is kept."""

    saved: Saved
    path: Path
    replaces: bool
    deleted: bool  # its server's data was deleted since, and nobody named it: it stays deleted
    kept: Path | None = None


def choose(
    backup: Path, settings: Settings, *, library: bool = False, servers: Sequence[int] = ()
) -> tuple[Manifest, tuple[Restored, ...]]:
    """Look at a backup and say what restoring it would do: all of it, or the bases that are named.

    Raises BackupError where it is none, is not what it was or is not sound; UsageError where it lacks a base that is named.
    """
    if not (backup / MANIFEST).exists() and (there := backups_in(backup)):
        raise UsageError(f"{backup} is a folder of backups. Name one of them; the newest is {there[-1]}.")
    manifest = read_manifest(backup)
    named = [settings.base_path(server) for server in servers] + ([settings.library] if library else [])
    wanted = {path.relative_to(settings.home).as_posix() for path in named}
    if lacking := sorted(wanted - {each.base for each in manifest.bases}):
        raise UsageError(f"{', '.join(lacking)}: not in {backup}. Leave it out, or use another backup.")
    chosen = [each for each in manifest.bases if not wanted or each.base in wanted]
    for saved in chosen:
        _check(backup / saved.base, saved)
    return manifest, tuple(_planned(settings.home / saved.base, saved, named=bool(wanted)) for saved in chosen)


def restore(backup: Path, settings: Settings, planned: Sequence[Restored]) -> Iterator[Restored]:
    """Put bases back one by one, and yield what became of each.

    Raises BusyError, before anything is done, where a program is at work in one of them; DiskFullError where there is no room.
    """
    wanted = [each for each in planned if not each.deleted]
    for each in wanted:
        _refuse_in_use(each.path)
    _check_room(settings.home, wanted)
    now = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    for each in planned:
        if each.deleted:
            yield each
            continue
        kept = each.path.with_name(f"{each.path.name}.replaced-{now}.bak") if each.replaces else None
        _put_back(backup / each.saved.base, each.path, kept)
        _tombstone(each.path).unlink(missing_ok=True)
        yield replace(each, kept=kept)


def _check(copy: Path, saved: Saved) -> None:
    try:
        same = copy.stat().st_size == saved.size and sha256_of(copy) == saved.sha256
    except OSError as error:
        raise BackupError(f"{copy} cannot be read, so nothing was restored. Use another backup.") from error
    if not same:
        raise BackupError(_CHANGED.format(copy))
    with plain_errors(str(copy)), closing(connect_to_read(copy)) as database:
        look_inside(database, str(copy))
        found = look_for_faults(database)
    if not found.sound:
        raise BackupError(f"{copy} is damaged, so nothing was restored. Use another backup.")


def _planned(path: Path, saved: Saved, *, named: bool) -> Restored:
    return Restored(saved, path, replaces=path.exists(), deleted=_tombstone(path).exists() and not named)


def _tombstone(path: Path) -> Path:
    """Return the file that says that a server's data was deleted on purpose."""
    return path.with_suffix(".deleted")


def _refuse_in_use(path: Path) -> None:
    """Raise BusyError where another program has a base open."""
    if not path.exists():
        return
    try:
        with plain_errors(str(path)):
            look_at_file(path, create=False)  # SQLite is not to touch what it cannot read
    except FactBaseError:
        return
    if in_use(path):
        raise BusyError(f"{path} is in use, so nothing was restored. Stop the bot and other programs first.")


def _check_room(home: Path, wanted: Sequence[Restored]) -> None:
    """Raise DiskFullError where a folder cannot hold the new bases beside those that they replace."""
    size = sum(each.saved.size + (each.path.stat().st_size if each.replaces else 0) for each in wanted)
    folder = next(each for each in (home, *home.parents) if each.exists())
    free = shutil.disk_usage(folder).free
    if size > free:
        raise DiskFullError(_NO_ROOM.format(home=home, size=size / 1e6, free=free / 1e6))


def _put_back(copy: Path, path: Path, kept: Path | None) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if kept is not None and _is_readable(path):
            copy_base(path, kept)
            sync_folder(path.parent)
            write_over(copy, path)  # inside the file, so that whoever follows its changes, such as a replica, sees this one too
            return
        _set_aside(path, kept)
        _place(copy, path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FactBaseError(f"{path} could not be restored ({reason}). Make room, or allow writing there.") from error


def _is_readable(path: Path) -> bool:
    """Tell whether SQLite can make anything of a base: one that it cannot is replaced as a file."""
    try:
        with plain_errors(str(path)):
            look_at_file(path, create=False)
            with closing(connect_to_read(path)) as database:
                look_inside(database, str(path))
                return not look_for_faults(database).damage
    except BusyError:
        raise
    except FactBaseError:
        return False


def _set_aside(path: Path, kept: Path | None) -> None:
    """Move away what lies in the place of a base. The log goes first: beside another base it would be taken for that one's."""
    aside = kept or path.with_name(f"{path.name}.replaced-without-base.bak")
    for ending in ("-wal", ""):
        left = path.with_name(path.name + ending)
        if left.exists():
            left.replace(aside.with_name(aside.name + ending))
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)


def _place(copy: Path, path: Path) -> None:
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        copy_base(copy, unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(path.parent)
