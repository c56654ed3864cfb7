"""Restoring the bases of a backup: checked first, and what they replace is set aside, not deleted."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import FileIO
from pathlib import Path

from bot.errors import (
    BackupError,
    BusyError,
    DiskFullError,
    FactBaseError,
    FootnoteError,
    HeldError,
    ReplicaError,
    UsageError,
    reason_of,
)
from bot.facts.files import (
    confine_errors,
    copy_base,
    replaced_name,
    sync_folder,
    unfinished_name,
    write_over,
)
from bot.facts.soundness import look_for_faults, open_to_read
from bot.facts.state.ownership import read_ownership, take_over
from bot.settings import Settings
from bot.storage.backup import MANIFEST, Manifest, Saved, backups_in, read_manifest, sha256_of
from bot.storage.bases import BRIEFLY, lock_base
from bot.storage.deletion_marks import deleted_term, mark_deleted, plan_after_restore, set_plan_of_copy, tombstone
from bot.storage.replica import Replica
from bot.storage.served_bases import home_id


@dataclass(frozen=True, slots=True)
class Restored:
    """What restoring does to one base: whether it replaces one, and the file (``aside``) that the replaced one is moved to."""

    saved: Saved
    path: Path
    replaces: bool
    deleted: bool  # its server's data has been deleted since and nobody asked for this base by name, so it stays deleted
    aside: Path | None = None
    fault: str | None = None  # why it could not be put back; the base is as it was
    due: date | None = None  # when it is to be deleted, by the plan of this home or else by that in the backup


def choose(
    backup: Path, settings: Settings, *, library: bool = False, servers: Sequence[int] = ()
) -> tuple[Manifest, tuple[Restored, ...]]:
    """Check a backup and return what restoring it would do: all of it, or the bases that are named.

    Raises BackupError where it is no backup, is not what it was or is not sound; UsageError where it lacks a base that is named.
    """
    if not (backup / MANIFEST).exists() and (backups := backups_in(backup)):
        raise UsageError(f"{backup} is a folder of backups. Name one of them; the newest is {backups[-1]}.")
    manifest = read_manifest(backup)
    named = [settings.base_path(server) for server in servers] + ([settings.library] if library else [])
    wanted = {path.relative_to(settings.home).as_posix() for path in named}
    if lacking := sorted(wanted - {base.base for base in manifest.bases}):
        raise UsageError(f"{', '.join(lacking)}: not in {backup}. Leave it out, or use another backup.")
    chosen = [base for base in manifest.bases if not wanted or base.base in wanted]
    for saved in chosen:
        _check(backup / saved.base, saved)
    planned = []
    for saved in chosen:
        path = settings.home / saved.base
        deleted = not wanted and deleted_term(path) >= 0
        deletion = plan_after_restore(path, backup / saved.base)
        planned.append(Restored(saved, path, path.exists(), deleted, due=deletion.due if deletion else None))
    return manifest, tuple(planned)


def restore(backup: Path, settings: Settings, planned: Sequence[Restored]) -> Iterator[Restored]:
    """Put bases back one by one, and yield what became of each; one that cannot be put back does not stop the others.

    Raises, before anything is done, BusyError where the bot serves one of them, DiskFullError where there is no room, UsageError
    where the superuser would put files into the folder of another user. Raises ReplicaError where the bases are replicated and
    the replica cannot be reached: later it would put its newer ones back.
    """
    _check_possible(settings.home, [target for target in planned if not target.deleted])
    for base, term in read_manifest(backup).deleted:  # recorded here too, so that no older backup brings it back
        path = settings.home / base
        if not path.exists() and deleted_term(path) < term:
            mark_deleted(path, term)
    for target in planned:
        if target.deleted:
            yield target
            continue
        aside = replaced_name(target.path) if target.replaces else None
        try:
            with confine_errors(str(target.path)), _lock(target.path):
                _put_back(backup / target.saved.base, target.path, aside, settings)
                tombstone(target.path).unlink(missing_ok=True)
        except (DiskFullError, ReplicaError):
            raise  # the others would fail too
        except FootnoteError as error:
            yield replace(target, fault=str(error))
        else:
            yield replace(target, aside=aside)


def _check(copy: Path, saved: Saved) -> None:
    try:
        same = copy.stat().st_size == saved.size and sha256_of(copy) == saved.sha256
    except OSError as error:
        raise BackupError(f"{copy} cannot be read, so nothing was restored. Use another backup.") from error
    if not same:
        raise BackupError(f"{copy} is not what it was when it was backed up, so nothing was restored. Use another backup.")
    with confine_errors(str(copy)), open_to_read(copy) as database:
        soundness = look_for_faults(database)
    if not soundness.sound:
        raise BackupError(f"{copy} is damaged, so nothing was restored. Use another backup.")


def _check_possible(home: Path, wanted: Sequence[Restored]) -> None:
    """Raise what `restore` raises before it does anything."""
    # The bot runs as another user and could not open files that the superuser made.
    if hasattr(os, "geteuid") and os.geteuid() == 0 and home.exists() and (owner := home.stat().st_uid) != 0:
        raise UsageError(f"{home} belongs to another user (number {owner}). Restore as that user: sudo -u '#{owner}' ...")
    for target in wanted:
        try:
            _lock(target.path).close()
        except BusyError:
            raise
        except FootnoteError:
            pass  # it is this base's fault, and reported when its turn comes
    # The new bases lie beside those that they replace, and each is written once more before it is moved into place.
    size = sum(target.saved.size + (target.path.stat().st_size if target.replaces else 0) for target in wanted)
    size += max((target.saved.size for target in wanted), default=0)
    free = shutil.disk_usage(next(parent for parent in (home, *home.parents) if parent.exists())).free
    if size > free:
        raise DiskFullError(
            f"There is no room in {home}: restoring takes {size / 1e6:.1f} MB, {free / 1e6:.1f} MB are free. "
            "Make room and try again."
        )


def _lock(path: Path) -> FileIO:
    """Lock a base against the bot. Raises BusyError where the bot serves it."""
    try:
        return lock_base(path, BRIEFLY)
    except HeldError as error:
        raise BusyError(f"The bot serves {path}, so it was not restored. Stop the bot first.") from error


def _put_back(copy: Path, path: Path, aside: Path | None, settings: Settings) -> None:
    unfinished = unfinished_name(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        readable = aside is not None and _is_readable(path)
        copy_base(copy, unfinished)
        _begin_term(unfinished, path if readable else None, path, settings)
        set_plan_of_copy(path, unfinished)
        if aside is None or not readable or not _write_over(unfinished, path, aside):
            # The log first: left beside another base, SQLite would take it for that base's log.
            moved = aside or replaced_name(path)
            for ending in ("-wal", ""):
                file = path.with_name(path.name + ending)
                if file.exists():
                    file.replace(moved.with_name(moved.name + ending))
            path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
            unfinished.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise FactBaseError(f"{path} could not be restored ({reason_of(error)}). Make room, or allow writing there.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _write_over(new: Path, path: Path, aside: Path) -> bool:
    """Copy a base aside and give it the content of another, inside its file, so that a replica follows.

    Return False where damage, such as a header that forbids writing, prevents this: then the file itself is replaced.
    Raises BusyError, DiskFullError.
    """
    try:
        with confine_errors(str(path)):
            copy_base(path, aside)
            write_over(new, path)
    except (BusyError, DiskFullError):
        aside.unlink(missing_ok=True)  # nothing was replaced
        raise
    except FactBaseError:
        aside.unlink(missing_ok=True)  # the file itself gets this name
        return False
    return True


def _begin_term(new: Path, old: Path | None, path: Path, settings: Settings) -> None:
    """Give the restored base a higher term than the one it replaces and than the replica's, though its content is older."""
    terms = [read_ownership(old).term] if old is not None else []
    if (replica := Replica.of(settings)) is not None:
        with replica.fetched(path) as fetched:
            terms += [read_ownership(fetched).term] if fetched is not None else []
    if not any(terms):  # neither has ever had an owner
        return
    take_over(new, home_id(settings.home), above=max(terms))


def _is_readable(path: Path) -> bool:
    """Return whether SQLite can read a base; one that it cannot is replaced as a file."""
    try:
        with confine_errors(str(path)), open_to_read(path) as database:
            return not look_for_faults(database).damage
    except BusyError:
        raise
    except FactBaseError:
        return False
