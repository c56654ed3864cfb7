"""The bases that a process serves: each locked against other processes, and fetched from the replica where it has a newer one."""

from __future__ import annotations

import logging
import secrets
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from bot.errors import FootnoteError, HeldError, ReplicaError, SetupError
from bot.facts.base import FactBase
from bot.facts.files import confine_errors, copy_base, replaced_name, write_over
from bot.facts.state.ownership import has_last_change_of, is_behind, read_ownership, take_over
from bot.settings import Settings
from bot.storage.bases import BRIEFLY, lock_base, move_into_place, open_base, servers_of
from bot.storage.deletion_marks import adopt_plan, deleted_term
from bot.storage.litestream import NOT_REACHED
from bot.storage.replica import Replica
from bot.storage.replica_deletion import delete_fragment
from bot.storage.shards import Shards

log = logging.getLogger(__name__)

_FETCHING_AT_ONCE = 8  # bases; each is one Litestream process
_SECONDS_BETWEEN_TRIES = 15.0  # to reach the replica; requests in between are refused at once
_HOME_ID_FILE = "home.id"


class ServedBases:
    """The bases that this process serves, and no other meanwhile; `open` may be called from several threads."""

    def __init__(self, settings: Settings, shards: Shards | None = None) -> None:
        """Take which shards this process has; None: all. Raises SetupError where the replica's configuration is faulty."""
        self._settings, self._shards = settings, shards
        self._replica = Replica.of(settings)
        self._fetched: set[int | None] = set()
        self._not_before = 0.0

    def serves(self, server: int | None) -> bool:
        """Return whether this process serves a server, or direct messages (None)."""
        return self._shards is None or self._shards.serve(server)

    def open(self, server: int | None, *, make: bool = True) -> FactBase:
        """Open a base and lock it until it is closed; with ``make``, make one where there is none.

        The first time, it is fetched from the replica where that has a newer one or none is here. A process that gets no direct
        messages uses a library of its own without a lock, for what Discord may send to the wrong process.

        Raises HeldError where another process serves it, ReplicaError where the replica cannot be reached, and what `open_base`
        raises.
        """
        path = self._settings.base_path(server)
        if not self.serves(server):
            return open_base(self._settings, server, look_elsewhere=False, make=make)
        lock = lock_base(path, BRIEFLY)
        try:
            self._fetch_once(server)
            is_new = not path.exists()
            base = open_base(self._settings, server, look_elsewhere=False, make=make)
            base.call_when_closed(lock.close)
        except BaseException:
            lock.close()
            raise
        try:
            if self._replica:  # from now on copies in other homes are known to be old
                owner, above = read_ownership(path), deleted_term(path)
                if owner.home != self._home_id() or owner.term <= above:
                    take_over(path, self._home_id(), above=above)
                if is_new:
                    self._replica.include(path)
        except BaseException:
            base.close()
            raise
        return base

    def fetch(self, server: int, *, newer: bool = False) -> None:
        """Fetch a base that another process served before from the replica, if that has it. Raises what `open` raises.

        A base that is here is replaced only with ``newer``, since asking the replica takes a moment for each base.
        """
        if not self._replica or not self.serves(server) or server in self._fetched:
            return
        if newer or not self._settings.base_path(server).exists():
            with lock_base(self._settings.base_path(server)):
                self._fetch_once(server)

    def _fetch_once(self, server: int | None) -> None:
        """Fetch a locked base where that has not been done yet.

        After a failure the replica is not asked again for some seconds. Where it cannot be reached, a process without shards uses
        the base that this home wrote last, since no other process can have written to it.
        """
        if self._replica is None or server in self._fetched:
            return
        waiting = time.monotonic() < self._not_before
        try:
            if waiting:
                raise ReplicaError(NOT_REACHED)
            self._fetch_newer(self._replica, server)
        except ReplicaError:
            if not waiting:
                self._not_before = time.monotonic() + _SECONDS_BETWEEN_TRIES
            path = self._settings.base_path(server)
            if self._shards is not None or not path.exists() or read_ownership(path).home != self._home_id():
                raise
            log.warning("%s is used as it is: the replica could not be asked whether it has a newer one", path)
        else:
            self._fetched.add(server)

    def _fetch_newer(self, replica: Replica, server: int | None) -> None:
        """Replace a locked base by the replica's where that is newer or none is here. Raises ReplicaError."""
        path = self._settings.base_path(server)
        began = time.monotonic()
        if delete_fragment(self._settings, path):
            return
        with replica.fetched(path) as fetched:
            if fetched is None:
                return
            owner = read_ownership(fetched)
            if owner.term <= deleted_term(path):
                return
            if not path.exists():
                adopt_plan(path, fetched)
                for leftover in _beside(path):
                    leftover.unlink(missing_ok=True)
                move_into_place(fetched, path)
                log.info("Restored %s from the replica in %.1f s", path, time.monotonic() - began)
            elif is_behind(read_ownership(path), owner, self._home_id()):
                set_aside = _set_aside(path, fetched)
                adopt_plan(path, fetched)
                write_over(fetched, path)
                log.warning("Brought %s up to date from the replica: another process had served it since%s", path, set_aside)

    def prepare_replication(self) -> tuple[Path, ...]:
        """Make the folder safe to replicate: fetch newer bases, and take away those that other processes serve.

        A base that a process has locked already is left to it. Returns the bases that must not be replicated from here; among
        them are those that cannot be read, such as damaged ones, which the log names. Raises SetupError where this home has the
        only copy of a base that another process serves, ReplicaError where the replica cannot be reached.
        """
        assert self._replica is not None
        self._settings.servers_folder.mkdir(parents=True, exist_ok=True)  # Litestream wants it there
        servers = (*servers_of(self._settings), *((None,) if self._settings.library.exists() else ()))
        with ThreadPoolExecutor(_FETCHING_AT_ONCE) as threads:
            faults = dict(zip(servers, threads.map(partial(self._fault_of, self._replica), servers), strict=True))
        for server, fault in faults.items():
            if isinstance(fault, ReplicaError):
                self._replica.has(self._settings.base_path(server))  # raises where the replica as a whole is out of reach
                faults[server] = self._fault_of(self._replica, server)
        excluded = {self._settings.base_path(server): fault for server, fault in faults.items() if fault}
        for path, fault in excluded.items():
            log.error("%s is not replicated until footnote replicate is started again: %s", path, fault)
        return (*excluded, *(() if self.serves(None) else (self._settings.library,)))

    def _fault_of(self, replica: Replica, server: int | None) -> FootnoteError | None:
        """Make one base safe to replicate; return what prevents that. Raises SetupError."""
        path = self._settings.base_path(server)
        if server is None and not self.serves(None):
            return None
        try:
            with confine_errors(str(path)), lock_base(path):
                if self.serves(server):
                    self._fetch_newer(replica, server)
                else:
                    _take_away(replica, path)
        except HeldError:  # the process that serves it looks after it
            return None
        except SetupError:
            raise
        except FootnoteError as error:
            return error
        return None

    def _home_id(self) -> str:
        return home_id(self._settings.home)


def home_id(home: Path) -> str:
    """Return the random id of a home folder, which the first process that needs it makes."""
    file = home / _HOME_ID_FILE
    if not file.exists():
        new = file.with_name(f"{_HOME_ID_FILE}.{secrets.token_hex(4)}")
        new.write_text(secrets.token_hex(16), encoding="ascii")
        move_into_place(new, file)
        new.unlink(missing_ok=True)
    return file.read_text(encoding="ascii")


def _take_away(replica: Replica, path: Path) -> None:
    """Delete a base that another process serves, so that the leftover here does not get into the replica."""
    with replica.fetched(path) as fetched:
        if fetched is None:
            raise SetupError(
                f"{path} is served by other shards, and the replica has nothing of it. "
                "Let footnote replicate run here without --shards once."
            )
        set_aside = _set_aside(path, fetched)
    shutil.rmtree(path.with_name(f".{path.name}-litestream"), ignore_errors=True)  # it holds the base's last changes, too
    for file in (path, *_beside(path)):  # after the folder, so that a crash in between leads to another try
        file.unlink(missing_ok=True)
    log.info("Took %s away: another process serves it%s", path, set_aside)


def _set_aside(path: Path, newer: Path) -> str:
    """Copy a base that is to be replaced, if it has changes that the newer one lacks; return the words for the log."""
    if has_last_change_of(newer, path):
        return ""
    copy = replaced_name(path)
    copy_base(path, copy)
    return f"; it had changes that never reached the replica, which are kept in {copy}"


def _beside(path: Path) -> tuple[Path, ...]:
    """Return the files that SQLite has beside an open base."""
    return tuple(path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm"))
