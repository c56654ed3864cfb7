"""Backups of the bases of an installation, made while the bot writes to them; every copy is checked.

A backup is a folder with the time in its name, the bases below it as in the home folder, and a manifest, ``manifest.json``. It
gets its name once it is complete.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.errors import BackupError, DiskFullError, FactBaseError, FootnoteError, UsageError, reason_of
from bot.facts.files import confine_errors, connect, copy_base, log_of, sync_folder, write_whole
from bot.facts.soundness import check_content, check_header, look_for_faults, rebuild_index
from bot.settings import Settings
from bot.storage.bases import bases_of
from bot.storage.deletion_marks import deleted_bases

MANIFEST = "manifest.json"
"""The file that says what a backup holds; a folder without one is not a backup."""

LAST_BACKUP = "last-backup.json"
_FORMAT = 1  # of the manifest
_NAME = re.compile(r"\d{8}T\d{6}Z(-\d+)?")
_UNFINISHED = re.compile(r"\.\d{8}T\d{6}Z(-\d+)?\.\d+\.new")
_ABANDONED = timedelta(days=1)  # after which an unfinished backup is taken for one that was killed, and deleted


@dataclass(frozen=True, slots=True)
class Saved:
    """A base in a backup: its name below the home folder, its file, and its content."""

    base: str
    sha256: str
    size: int  # bytes
    facts: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """A backup: when it was begun, whether all bases of the home folder were asked for, what it holds and what it lacks."""

    made: datetime
    all_bases: bool
    bases: tuple[Saved, ...]
    left_out: tuple[tuple[str, str], ...] = ()  # the name of a base, and why it is not there
    deleted: tuple[tuple[str, int], ...] = ()  # the name of a base that was deleted on purpose, and its last term


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made: its folder, its manifest, and the older backups that were deleted for it."""

    folder: Path
    manifest: Manifest
    deleted: tuple[Path, ...] = ()


def back_up(settings: Settings, folder: Path, *, servers: Sequence[int] = (), keep: int | None = None) -> Backup:
    """Copy the bases of all servers and the library, or of some servers, to a new folder in ``folder``.

    A base that cannot be copied, or is not sound, is left out and named with the reason; an index that is out of step is
    rebuilt in the copy. With ``keep``, backups of the same bases are deleted once that many newer ones, with nothing left out,
    exist. Raises UsageError where there is no base, BackupError and DiskFullError where the folder cannot be written to; in
    either case no backup is made.
    """
    paths = tuple(map(settings.base_path, servers)) or bases_of(settings)
    if not paths:
        raise UsageError(f"There is no fact base in {settings.home} yet, and so nothing to back up.")
    made = datetime.now(UTC).replace(microsecond=0)
    unfinished = folder / f".{made:%Y%m%dT%H%M%SZ}.{os.getpid()}.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)  # the bases hold what readers asked
        size = sum(file.stat().st_size for path in paths for file in (path, log_of(path)) if file.exists())
        free = shutil.disk_usage(folder).free
        if size > free:
            raise BackupError(
                f"There is no room for the backup in {folder}: it takes {size / 1e6:.1f} MB, {free / 1e6:.1f} MB are free. "
                "Make room and try again."
            )
        manifest = _fill(unfinished, settings.home, paths, made, all_bases=not servers)
        named = _name(unfinished, folder, made)
    except OSError as error:
        raise BackupError(
            f"The backup could not be written to {folder} ({reason_of(error)}). Make room, or name another folder."
        ) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    _record_times(settings.home, manifest)
    _sweep(folder)
    return Backup(named, manifest, tuple(_prune(folder, keep, manifest)) if keep is not None else ())


def last_backups(home: Path) -> dict[Path, datetime]:
    """Return when the last backup of each base of a home folder was made; bases never backed up are left out."""
    try:
        content = json.loads((home / LAST_BACKUP).read_text(encoding="utf-8"))
        return {home / base: datetime.fromisoformat(time).astimezone(UTC) for base, time in content.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}  # the file only informs the doctor; a backup does not depend on it


def backups_in(folder: Path) -> tuple[Path, ...]:
    """Return the backups in a folder, the oldest first."""
    if not folder.is_dir():
        return ()
    backups = [path for path in folder.iterdir() if _NAME.fullmatch(path.name) and (path / MANIFEST).is_file()]
    return tuple(sorted(backups, key=lambda path: (path.name[:16], int(path.name[17:] or 0))))


def _fill(unfinished: Path, home: Path, paths: Iterable[Path], made: datetime, *, all_bases: bool) -> Manifest:
    saved, left_out = [], []
    for path in paths:
        if all_bases and not path.exists():
            continue  # its server was deleted meanwhile
        name = path.relative_to(home).as_posix()
        copy = unfinished / name
        copy.parent.mkdir(exist_ok=True)
        try:
            with confine_errors(str(path)):
                saved.append(_save(path, copy, name))
        except DiskFullError:
            raise
        except FootnoteError as error:
            copy.unlink(missing_ok=True)
            left_out.append((name, str(error)))
    if left_out and not saved:
        raise BackupError(f"None of the bases could be backed up. {left_out[0][1]}")
    deleted = tuple((path.relative_to(home).as_posix(), term) for path, term in deleted_bases(home)) if all_bases else ()
    manifest = Manifest(made, all_bases, tuple(saved), tuple(left_out), deleted)
    for folder in {(unfinished / record.base).parent for record in saved}:
        sync_folder(folder)
    write_manifest(unfinished, manifest)
    return manifest


def _save(path: Path, copy: Path, name: str) -> Saved:
    """Copy one base and check the copy; an index that is out of step is rebuilt there. Raises FactBaseError for other faults."""
    check_header(path, create=False)
    copy_base(path, copy)
    with closing(connect(copy)) as database:
        check_content(database, str(path))
        soundness = look_for_faults(database)
        if soundness.index and not soundness.links:
            rebuild_index(database)
            soundness = look_for_faults(database)
        if not soundness.sound:
            fault = (*soundness.damage, *soundness.links, *soundness.index)[0]
            raise FactBaseError(f"{path} is damaged ({fault}). Restore it from an earlier backup.")
        facts = database.execute("SELECT count(*) FROM fact WHERE retracted = 0").fetchone()[0]
    return Saved(name, sha256_of(copy), copy.stat().st_size, facts)


def _name(unfinished: Path, folder: Path, made: datetime) -> Path:
    """Give a complete backup its name; of two that were begun in the same second, the second gets a number behind it."""
    names = (f"{made:%Y%m%dT%H%M%SZ}{f'-{number}' if number else ''}" for number in range(1000))
    for name in names:
        try:
            unfinished.rename(folder / name)
        except OSError:
            if not (folder / name).exists():
                raise
        else:
            sync_folder(folder)
            return folder / name
    raise BackupError(f"There are too many backups of this moment in {folder}. Wait a second and try again.")


def _record_times(home: Path, manifest: Manifest) -> None:
    """Record in the home folder when its bases were backed up; a failure to do so does not fail the backup."""
    times = last_backups(home) | {home / record.base: manifest.made for record in manifest.bases}
    content = {base.relative_to(home).as_posix(): time.isoformat() for base, time in times.items()}
    with suppress(OSError):
        write_whole(home / LAST_BACKUP, json.dumps(content, indent=1))


def _prune(folder: Path, keep: int, newest: Manifest) -> Iterable[Path]:
    """Delete the backups of the same bases that are older than the last ``keep`` complete ones, and yield them.

    A backup that a wrong clock dated later than now is neither counted nor deleted; otherwise it would push out the newest.
    """
    complete = 0
    now = datetime.now(UTC)
    for path in reversed(backups_in(folder)):
        try:
            manifest = read_manifest(path)
        except BackupError:  # nobody knows what it holds, so it neither counts nor goes
            continue
        if _scope(manifest) != _scope(newest) or manifest.made > now:
            continue
        if complete >= keep:
            renamed = folder / f".{path.name}.{os.getpid()}.new"
            try:
                path.rename(renamed)  # first, so that a half-deleted backup does not look complete
            except OSError:  # another process was quicker, or the folder may not be changed
                continue
            shutil.rmtree(renamed, ignore_errors=True)
            yield path
        complete += not manifest.left_out


def _scope(manifest: Manifest) -> frozenset[str] | None:
    """Return the bases that a backup was asked for, None for all of its home folder."""
    named = [*(record.base for record in manifest.bases), *(base for base, _ in manifest.left_out)]
    return None if manifest.all_bases else frozenset(named)


def _sweep(folder: Path) -> None:
    """Delete the remains of backups that were killed, and of pruned ones that could not be deleted at the time."""
    before = (datetime.now(UTC) - _ABANDONED).timestamp()
    for path in folder.iterdir():
        with suppress(OSError):  # another backup may be at work in the folder
            if _UNFINISHED.fullmatch(path.name) and path.stat().st_mtime < before:
                shutil.rmtree(path, ignore_errors=True)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a folder and flush it to the disk. Raises OSError."""
    content = asdict(manifest) | {"format": _FORMAT, "made": manifest.made.isoformat(timespec="seconds")}
    content["left_out"] = [{"base": base, "why": why} for base, why in manifest.left_out]
    content["deleted"] = [{"base": base, "term": term} for base, term in manifest.deleted]
    write_whole(folder / MANIFEST, json.dumps(content, indent=1))


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a folder. Raises BackupError where there is none, or one that cannot be read."""
    path = folder / MANIFEST
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] > _FORMAT:
            raise BackupError(f"{folder} was made by a newer version of Footnote. Update Footnote to restore it.")
        saved = tuple(
            Saved(str(entry["base"]), str(entry["sha256"]), int(entry["size"]), int(entry["facts"])) for entry in content["bases"]
        )
        left_out = tuple((str(entry["base"]), str(entry["why"])) for entry in content["left_out"])
        deleted = tuple((str(entry["base"]), int(entry["term"])) for entry in content["deleted"])
        if not all(map(is_base_name, (*(record.base for record in saved), *(base for base, _ in deleted)))):
            raise ValueError(path)
        made = datetime.fromisoformat(content["made"]).astimezone(UTC)
        return Manifest(made, bool(content["all_bases"]), saved, left_out, deleted)
    except (FileNotFoundError, NotADirectoryError):
        raise BackupError(
            f"{folder} is no backup: there is no {MANIFEST} in it. Name a folder that `footnote backup` made."
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(f"{path} cannot be read, so {folder} cannot be relied on as a backup. Use another one.") from error


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_base_name(name: str) -> bool:
    """Return whether a name is that of a base below a home folder, and so leads nowhere else."""
    number = name.removeprefix("servers/").removesuffix(".db")
    return name == "library.db" or (name == f"servers/{number}.db" and number.isascii() and number.isdigit())
