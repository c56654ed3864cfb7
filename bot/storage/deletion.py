"""Deleted means gone: the deletion of a server's data, and of deleted text from the log beside a base.

A server's deletion is planned for a day, called off or carried out. The folder ``exports`` holds what is handed out to servers
that the bot has left.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Literal

from bot.errors import FactBaseError, FootnoteError, HeldError
from bot.facts.base import FactBase
from bot.facts.files import confine_errors, in_use, sync_folder, write_whole
from bot.facts.state.ownership import write_planned_deletion
from bot.settings import Settings
from bot.storage.bases import BRIEFLY, lock_base
from bot.storage.deletion_marks import (
    Deletion,
    copy_plan_into,
    last_term,
    mark_deleted,
    plain_file_errors,
    plan_file,
    read_plan,
    today,
)
from bot.storage.replica import Replica, replica_lag
from bot.storage.replica_deletion import delete_replica, release_base

log = logging.getLogger(__name__)


def plan(settings: Settings, server: int, *, left: bool, days: int | None = None) -> Deletion:
    """Plan the deletion of a server's base for ``days`` from now, by default the operator's days of grace.

    Of two plans the earlier day holds, and a request outweighs the bot's leaving. Where it ``left``, the sites of the server's
    stories are removed now. A base that cannot be written to, such as a damaged one, is deleted anyway. Raises FactBaseError
    where the plan file cannot be written.
    """
    path = settings.base_path(server)
    due = today() + timedelta(days=settings.grace_days if days is None else days)
    before = planned(settings, server)
    deletion = Deletion(due, left) if before is None else Deletion(min(due, before.due), left and before.left)
    if deletion != before:
        with plain_file_errors(plan_file(path)):
            write_whole(plan_file(path), json.dumps({"due": deletion.due.isoformat(), "left": deletion.left}))
    if left:  # nobody there could take a story off the web any more
        with plain_file_errors(path):
            _remove_sites(settings, server)
    try:
        with confine_errors(str(path)):
            copy_plan_into(path, path)
    except FactBaseError as error:
        log.warning("The deletion of server %d is noted on this machine alone: %s", server, error)
    return deletion


def planned(settings: Settings, server: int) -> Deletion | None:
    """Return the planned deletion of a server, None where there is none. Raises FactBaseError where its file cannot be read."""
    return read_plan(plan_file(settings.base_path(server)))


def cancel(settings: Settings, server: int) -> bool:
    """Cancel a planned deletion and delete what was exported for it. Return whether one was planned. Raises FactBaseError."""
    base = settings.base_path(server)
    plan = plan_file(base)
    was_planned = plan.exists()
    if was_planned and base.exists():
        write_planned_deletion(base, None)  # first, so that no other machine carries out the plan
    for path in (plan, *exports(settings, server)):
        path.unlink(missing_ok=True)
    return was_planned


def planned_servers(settings: Settings) -> tuple[int, ...]:
    """Return the servers whose deletion is planned."""
    names = (path.name.removesuffix(".leaving") for path in settings.servers_folder.glob("*.leaving"))
    return tuple(sorted(int(name) for name in names if name.isdecimal() and name.isascii()))


def due(settings: Settings) -> tuple[int, ...]:
    """Return the servers whose deletion is planned for today or earlier; a plan that cannot be read is logged."""
    servers = []
    for server in planned_servers(settings):
        try:
            with confine_errors(str(settings.base_path(server))):
                deletion = planned(settings, server)
        except FootnoteError as error:
            log.warning("%s", error)
            continue
        if deletion is not None and deletion.due <= today():
            servers.append(server)
    return tuple(servers)


def write_export(settings: Settings, server: int, stories: bytes) -> Path:
    """Write the stories of a server, a zip file, where the operator can hand them out; return the file. Raises FactBaseError."""
    path = _exports(settings) / f"{server}-{today().isoformat()}.zip"
    with plain_file_errors(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, stories)
    return path


def exports(settings: Settings, server: int) -> tuple[Path, ...]:
    """Return the files that were exported for a server."""
    return tuple(sorted(_exports(settings).glob(f"{server}-*.zip")))


def delete(settings: Settings, server: int) -> None:
    """Delete all data of a server; its base must be closed. After a crash, calling it again deletes the rest.

    Raises HeldError where another process serves it, FactBaseError where something cannot be deleted.
    """
    with lock_base(settings.base_path(server), BRIEFLY):
        _delete(settings, server)


def delete_unless_open(settings: Settings, server: int) -> Literal["deleted", "served", "open", "unknown"]:
    """Delete all data of a server, unless a process serves it or a program other than Litestream has its base open.

    Return what happened; ``unknown`` means that some program has it open, and Litestream does not say whether it is the one.
    Raises FactBaseError where something cannot be deleted.
    """
    path = settings.base_path(server)
    try:
        lock = lock_base(path, BRIEFLY)
    except HeldError:
        return "served"
    with lock:
        if path.exists() and in_use(path):
            try:
                # Litestream has what it replicates open, and follows a deletion.
                if replica_lag(settings, server) is None:
                    return "open"
            except FootnoteError as error:
                log.warning("Whether Litestream replicates %s is not known: %s", path, error)
                return "unknown"
        _delete(settings, server)
    return "deleted"


def _delete(settings: Settings, server: int) -> None:
    """Delete all data of a server; the caller holds the lock, so that no process opens the base and writes to a deleted file."""
    path = settings.base_path(server)
    with plain_file_errors(path):
        # The tombstone comes first: from here on nothing may bring the base back, even after a crash.
        mark_deleted(path, last_term(path))
        release_base(settings, server)
        _remove_sites(settings, server)
        for entry in _all_of(settings, server):
            if entry.is_dir():
                shutil.rmtree(entry)
            else:
                entry.unlink(missing_ok=True)
        sync_folder(path.parent)
        delete_replica(settings, server)
        plan_file(path).unlink(missing_ok=True)  # last, so that a deletion that was cut short is repeated


def _remove_sites(settings: Settings, server: int) -> None:
    """Take the stories of a server off the web; where it comes back, they are written again."""
    if (sites := settings.sites_of(server)) is not None and sites[0].is_dir():
        shutil.rmtree(sites[0])


def size(settings: Settings, server: int) -> int:
    """Return how many bytes the files of a server have."""
    return sum(path.stat().st_size for path in _all_of(settings, server) if path.is_file())


def checkpoint(settings: Settings, server: int | None, base: FactBase) -> bool:
    """Move the log of an open base into the base, which overwrites the deleted text still in it.

    Any reader of the base prevents this: another program for a moment, Litestream permanently, since it checkpoints the log
    itself and leaves the old bytes in it. So Litestream is paused meanwhile. Return whether it succeeded; if not, try again.
    """
    if base.try_to_checkpoint():
        return True
    path = settings.base_path(server)
    try:
        replica = Replica.of(settings)
        if replica is None or replica.lag(path) is None:
            return False
        with replica.paused(path):
            return base.try_to_checkpoint()
    except FootnoteError as error:
        log.warning("The log of %s, in which deleted text may stand, could not be emptied yet: %s", path, error)
        return False


def _all_of(settings: Settings, server: int) -> Iterator[Path]:
    """Yield the base, its log, copies of what was replaced, what a replicator keeps beside it, and exports.

    The file of its lock stays, since a lock on a deleted file excludes nobody.
    """
    yield from settings.servers_folder.glob(f"{server}.db*")
    yield from settings.servers_folder.glob(f".{server}.db-*")
    yield from exports(settings, server)


def _exports(settings: Settings) -> Path:
    return settings.home / "exports"
