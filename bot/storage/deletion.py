"""What becomes of a server's data when it is to go: planned for a day, exported, deleted, with small files beside the base.

``7.leaving`` says on which day the base of server 7 is deleted, and why; ``7.deleted`` says that it was, and in which term, so
that nothing brings it back from a copy elsewhere. What is planned is noted in the base, too: where that is brought from the
replica, it is what holds, for another machine has planned or kept it. The folder ``exports`` holds what is handed out to servers
that the bot has left.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.errors import FactBaseError, HeldError
from bot.facts.base import FactBase
from bot.facts.files import in_use, sync_folder
from bot.facts.state.ownership import read_planned_deletion, write_planned_deletion
from bot.formats.export import bundle
from bot.settings import Settings
from bot.storage.lock import hold
from bot.storage.replica import delete_replica
from bot.storage.tombstone import last_term, tombstone

log = logging.getLogger(__name__)

_NOT_READ = "{} cannot be read. Delete it to keep the base, or plan the deletion anew."
_WAIT = 2.0  # seconds; `footnote replicate` holds a base for a moment when it starts


@dataclass(frozen=True, slots=True)
class Deletion:
    """A deletion that is planned: on which day (UTC), and whether because the bot has ``left`` the server, or was asked to."""

    due: date
    left: bool


def plan(settings: Settings, server: int, *, left: bool, days: int | None = None) -> Deletion:
    """Plan the deletion of a server's base after so many days, left out: the operator's days of grace.

    Where one is planned the earlier day holds, and what was asked for stays asked for. A base that cannot be written to, as where
    it is damaged, is deleted all the same. Raises FactBaseError where it cannot be noted beside the base.
    """
    due = today() + timedelta(days=settings.grace_days if days is None else days)
    before = planned(settings, server)
    made = Deletion(due, left) if before is None else Deletion(min(due, before.due), left and before.left)
    if made != before:
        _write(_mark(settings, server), json.dumps({"due": made.due.isoformat(), "left": made.left}))
    try:
        note_plan(settings.base_path(server), settings.base_path(server))
    except FactBaseError as error:
        log.warning("The deletion of server %d is noted on this machine alone: %s", server, error)
    return made


def note_plan(path: Path, copy: Path) -> None:
    """Note what is planned for a base in a copy of it, or in itself, if that is there. Raises FactBaseError."""
    mark = _mark_of(path)
    with _plainly(mark):
        said = mark.read_text(encoding="utf-8") if mark.exists() else None
    if copy.exists():
        write_planned_deletion(copy, said)


def bury(path: Path, term: int) -> None:
    """Note that a base was deleted on purpose, and in which term it was: nothing may bring it back. Raises FactBaseError."""
    _write(tombstone(path), json.dumps({"on": today().isoformat(), "term": term}))


def plan_once_restored(path: Path, copy: Path) -> Deletion | None:
    """Return what is planned for a base once a copy of it is there: what holds here, in a home that knows it; else the copy's.

    Raises FactBaseError where that cannot be read.
    """
    mark = _mark_of(path)
    if _is_known(path):
        return _read(mark)
    said = read_planned_deletion(copy)
    return None if said is None else _parsed(said, mark)


def restore_plan(path: Path, copy: Path) -> None:
    """Have a copy that is about to be put in place of a base agree with what `plan_once_restored` says. Raises FactBaseError."""
    if _is_known(path):
        note_plan(path, copy)
    else:
        adopt_plan(path, copy)


def adopt_plan(path: Path, copy: Path) -> None:
    """Plan for a base what is noted in a copy of it that comes from another machine. Raises FactBaseError."""
    mark, said = _mark_of(path), read_planned_deletion(copy)
    with _plainly(mark):
        if said is None:
            mark.unlink(missing_ok=True)
        else:
            _write(mark, said)


def planned(settings: Settings, server: int) -> Deletion | None:
    """Return what is planned for a server. Raises FactBaseError where the file that says so cannot be read."""
    return _read(_mark(settings, server))


def _read(path: Path) -> Deletion | None:
    try:
        return _parsed(path.read_text(encoding="utf-8"), path)
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        raise FactBaseError(_NOT_READ.format(path)) from None


def _parsed(text: str, path: Path) -> Deletion:
    try:
        said = json.loads(text)
        return Deletion(date.fromisoformat(said["due"]), bool(said["left"]))
    except (ValueError, KeyError, TypeError):
        raise FactBaseError(_NOT_READ.format(path)) from None


def _is_known(path: Path) -> bool:
    return path.exists() or _mark_of(path).exists()


def keep(settings: Settings, server: int) -> bool:
    """Give up a planned deletion, with what was exported for it; tell whether there was one. Raises FactBaseError."""
    was_planned, base = _mark(settings, server).exists(), settings.base_path(server)
    if was_planned and base.exists():
        write_planned_deletion(base, None)  # the first, so that another machine does not go on with it
    for path in (_mark(settings, server), *exports(settings, server)):
        path.unlink(missing_ok=True)
    return was_planned


def planned_servers(settings: Settings) -> tuple[int, ...]:
    """Return the servers whose deletion is planned."""
    names = (path.name.removesuffix(".leaving") for path in _folder(settings).glob("*.leaving"))
    return tuple(sorted(int(name) for name in names if name.isdecimal() and name.isascii()))


def due(settings: Settings) -> tuple[int, ...]:
    """Return the servers whose deletion is planned for today or earlier; where that cannot be read it is logged."""
    found = []
    for server in planned_servers(settings):
        try:
            deletion = planned(settings, server)
        except FactBaseError as error:
            log.warning("%s", error)
            continue
        if deletion is not None and deletion.due <= today():
            found.append(server)
    return tuple(found)


def today() -> date:
    """Return the day that it is, in UTC."""
    return datetime.now(UTC).date()


def export(settings: Settings, server: int, base: FactBase) -> Path:
    """Write all stories of a server into a file that the operator can hand out, and return it. Raises FactBaseError."""
    files = bundle(base)
    path = _exports(settings) / f"{server}-{today().isoformat()}.zip"
    with _plainly(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(path, files[0][1])
    return path


def exports(settings: Settings, server: int) -> tuple[Path, ...]:
    """Return what was exported for a server."""
    return tuple(sorted(_exports(settings).glob(f"{server}-*.zip")))


def delete(settings: Settings, server: int) -> None:
    """Delete all that there is of a server; its base must be closed. What a crash leaves over, doing it again deletes.

    Raises HeldError where another process serves it, FactBaseError where something cannot be deleted.
    """
    with hold(settings.base_path(server), _WAIT):
        _delete(settings, server)


def delete_unless_open(settings: Settings, server: int) -> bool:
    """Delete all that there is of a server unless another program has its base open; tell whether it was deleted.

    Raises FactBaseError where something cannot be deleted.
    """
    path = settings.base_path(server)
    try:
        held = hold(path, _WAIT)
    except HeldError:
        return False
    with held:
        if path.exists() and in_use(path):
            return False
        _delete(settings, server)
    return True


def _delete(settings: Settings, server: int) -> None:
    """Delete all that there is of a server whose base is held, so that nobody opens it meanwhile and writes to what is gone."""
    folder, mark, path = _folder(settings), _mark(settings, server), settings.base_path(server)
    with _plainly(path):
        # First of all: from here on nothing may bring the base back.
        bury(path, last_term(path))
        for each in _all_of(settings, server):
            if each.is_dir():
                shutil.rmtree(each)
            else:
                each.unlink(missing_ok=True)
        sync_folder(folder)
        delete_replica(settings, server)
        mark.unlink(missing_ok=True)  # the last, so that a deletion that was cut short is due still


def size(settings: Settings, server: int) -> int:
    """Return how many bytes the files of a server have."""
    return sum(path.stat().st_size for path in _all_of(settings, server) if path.is_file())


def _all_of(settings: Settings, server: int) -> Iterator[Path]:
    """Yield the base, its log, copies from before a migration, what a replicator keeps beside it, and exports.

    The file of its lock stays, for the lock of a file that is gone holds nobody off.
    """
    folder = _folder(settings)
    yield from folder.glob(f"{server}.db*")
    yield from folder.glob(f".{server}.db-*")
    yield from exports(settings, server)


def _folder(settings: Settings) -> Path:
    return settings.base_path(0).parent


def _exports(settings: Settings) -> Path:
    return settings.home / "exports"


def _mark(settings: Settings, server: int) -> Path:
    return _mark_of(settings.base_path(server))


def _mark_of(path: Path) -> Path:
    return path.with_suffix(".leaving")


def _write(path: Path, content: str | bytes) -> None:
    """Write a small file wholly or not at all, on the disk when this returns."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.new")
    with _plainly(path):
        try:
            with unfinished.open("wb") as file:
                os.chmod(unfinished, 0o600)
                file.write(content.encode() if isinstance(content, str) else content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        finally:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
        sync_folder(path.parent)


@contextmanager
def _plainly(path: Path) -> Iterator[None]:
    """Turn an error of the file system into a plain sentence."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FactBaseError(f"{path} cannot be changed: {reason}. Check its folder and the free space.") from error
