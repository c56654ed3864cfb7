"""Deleting from the replica what was deleted on purpose, along with anything that Litestream uploads late.

Litestream keeps its copy of a base that is gone, and an upload under way when the base is deleted still arrives. So it is told
to let go of the base first. What arrives nevertheless, where the replica is slow, is a fragment from which no base can be
restored.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bot.errors import FootnoteError, HeldError, ReplicaError
from bot.facts.files import confine_errors
from bot.facts.state.ownership import read_ownership
from bot.settings import Settings
from bot.storage.bases import BRIEFLY, lock_base
from bot.storage.deletion_marks import deleted_bases, deleted_term
from bot.storage.litestream import LitestreamConfig
from bot.storage.replica import Replica

log = logging.getLogger(__name__)

MAX_LOOKS = 20
"""How often, at most, Litestream is asked whether it has noticed that a base is gone."""

SECONDS_BETWEEN_LOOKS = 0.1


def release_base(settings: Settings, server: int) -> None:
    """Have Litestream end all uploads of a base that is about to be deleted; where it does not, the log says so."""
    path = settings.base_path(server)
    if not settings.replica or not path.exists():
        return
    try:
        replica = Replica.of(settings)
        if replica is not None:
            replica.release(path)
    except FootnoteError as error:
        log.warning("Litestream does not let go of %s, which is deleted: %s", path, error)


def delete_replica(settings: Settings, server: int) -> None:
    """Delete what the replica has of a server, where that is in files; of other storage, say in the log what is to be deleted.

    It is deleted repeatedly, for a few seconds at most, until Litestream has noticed that the base is gone. Failures are only
    logged, since the base itself is already gone.
    """
    if not settings.replica:
        return
    path = settings.base_path(server)
    try:
        folder = _folder_of(settings, path)
        if folder is None:
            place = _config(settings).place_of(path)
            log.warning("Server %d was deleted here, but not in the replica: delete all below %s there", server, place)
            return
        for look in range(MAX_LOOKS):
            noticed = _has_noticed(settings, path)  # asked before deleting: if so, nothing more arrives after the deletion
            _delete_folder(folder)
            if noticed:
                return
            if look < MAX_LOOKS - 1:
                time.sleep(SECONDS_BETWEEN_LOOKS)
        log.warning("Litestream may still be writing to %s, the replica of server %d, which was deleted", folder, server)
    except (FootnoteError, OSError) as error:
        log.warning("Server %d was deleted here, but not in the replica: %s", server, error)


def sweep_deleted(settings: Settings, serves: Callable[[int], bool]) -> tuple[int, ...]:
    """Delete what the replica still has of servers that were deleted here and that this process serves; return these servers.

    A base that another home has started anew stays, and so does one of which that is not known. Failures are logged.
    """
    swept = []
    for path, _ in deleted_bases(settings.home) if settings.replica else ():
        server = int(path.stem)
        try:
            folder = _folder_of(settings, path) if serves(server) else None
            if folder is None or not folder.exists():
                continue
            with confine_errors(str(path)), lock_base(path, BRIEFLY):
                if not path.exists() and is_left_over(settings, path):
                    _delete_folder(folder)
                    swept.append(server)
        except HeldError:
            continue
        except (FootnoteError, OSError) as error:
            log.warning("What the replica has of server %d, which was deleted, is not deleted: %s", server, error)
    return tuple(swept)


def delete_fragment(settings: Settings, path: Path) -> bool:
    """Delete what reached the replica while a base was being deleted here, if it is no whole base; return whether that was so.

    Raises ReplicaError where the replica does not say, SetupError.
    """
    replica = Replica.of(settings)
    if replica is None or path.exists() or deleted_term(path) < 0 or not replica.has(path) or replica.has_beginning(path):
        return False
    folder = _folder_of(settings, path)
    if folder is not None:
        _delete_folder(folder)
    return True


def is_left_over(settings: Settings, path: Path) -> bool:
    """Return whether all that the replica has of a base that is not here dates from before its deletion here.

    Raises ReplicaError where the replica does not say, SetupError.
    """
    replica, term = Replica.of(settings), deleted_term(path)
    if replica is None or term < 0:
        return False
    if not replica.has_beginning(path):
        return True
    with replica.fetched(path) as fetched:
        return fetched is not None and read_ownership(fetched).term <= term


def _has_noticed(settings: Settings, path: Path) -> bool:
    """Return whether Litestream says that it no longer has a base at this path."""
    replica = Replica.of(settings)
    try:
        return replica is None or str(path) not in replica.replicated()
    except ReplicaError:
        return False


def _config(settings: Settings) -> LitestreamConfig:
    return LitestreamConfig(Path(settings.replica or "").expanduser(), settings.home)


def _folder_of(settings: Settings, path: Path) -> Path | None:
    """Return the folder with the replica of a base, None where it is not in files. Raises SetupError, ReplicaError."""
    kind, _, place = _config(settings).place_of(path).partition("://")
    return Path(place) if kind == "file" else None


def _delete_folder(folder: Path) -> None:
    """Delete a folder into which a program may be writing; what arrives meanwhile is left to the next call."""
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)
