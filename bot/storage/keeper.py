"""The bases that a process serves: each held against other processes, and brought from the replica where it is not up to date."""

from __future__ import annotations

import logging
import secrets
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot.errors import FootnoteError, HeldError, ReplicaError, SetupError
from bot.facts.base import FactBase
from bot.facts.files import copy_base, replaced_name, write_over
from bot.facts.sqlite_errors import confine_errors
from bot.facts.state.ownership import has_last_change_of, is_behind, read_ownership, take_over
from bot.settings import Settings
from bot.storage.deletion_marks import adopt_plan, deleted_term
from bot.storage.library import move_into_place, open_base, servers_of
from bot.storage.litestream import NOT_REACHED
from bot.storage.lock import hold
from bot.storage.replica import Replica
from bot.storage.shards import Shards

log = logging.getLogger(__name__)

ONLY_COPY = (
    "{path} is served by other shards, and the replica has nothing of it. Let footnote replicate run here without --shards once."
)
_FETCHING_AT_ONCE = 8  # bases; each is one Litestream process
_WAIT = 2.0  # seconds; `footnote replicate` holds a base for a moment when it starts
_SECONDS_BETWEEN_TRIES = 15.0  # to reach the replica; until then whoever asks is refused at once
_HOME_ID_FILE = "home.id"


class Keeper:
    """Opens bases for the one process that serves them; `open` may be called from several threads."""

    def __init__(self, settings: Settings, shards: Shards | None = None) -> None:
        """Take which shards this process has; None: all. Raises SetupError where the replica's configuration is faulty."""
        self._settings, self._shards = settings, shards
        self._replica = Replica.of(settings)
        self._asked_for: set[int | None] = set()
        self._not_before = 0.0

    def serves(self, server: int | None) -> bool:
        """Return whether this process serves a server, or direct messages (None)."""
        return self._shards is None or self._shards.serve(server)

    def open(self, server: int | None, *, make: bool = True) -> FactBase:
        """Open a base and lock it until it is closed; with ``make``, make one where there is none.

        The first time, what the replica has of it is brought here where it is newer or nothing is here. The library of a process
        that gets no direct messages is not held, and is its own: only what is sent to the wrong place by Discord comes to it.

        Raises HeldError where another process serves it, ReplicaError where the replica cannot be reached, and what `open_base`
        raises.
        """
        if not self.serves(server):
            return open_base(self._settings, server, look_elsewhere=False, make=make)
        held = hold(self._settings.base_path(server), _WAIT)
        try:
            self._bring_once(server)
            base = open_base(self._settings, server, look_elsewhere=False, make=make)
            base.call_when_closed(held.release)
        except BaseException:
            held.release()
            raise
        try:
            if self._replica:
                self._begin_term(server)
        except BaseException:
            base.close()
            raise
        return base

    def fetch(self, server: int, *, newer: bool = False) -> None:
        """Bring a base here that another process served before, if there is one. Raises what `open` raises.

        A base that is here is replaced only with ``newer``, since asking the replica takes a moment for each base.
        """
        if not self._replica or not self.serves(server) or server in self._asked_for:
            return
        if newer or not self._settings.base_path(server).exists():
            held = hold(self._settings.base_path(server))
            try:
                self._bring_once(server)
            finally:
                held.release()

    def _bring_once(self, server: int | None) -> None:
        """Bring a base from the replica once, where that has it or a newer one.

        Where the replica cannot be reached, a process without shards goes on with the base that it wrote itself: no other can
        have written since.
        """
        if self._replica is None or server in self._asked_for:
            return
        try:
            self._bring_or_not_yet(server)
        except ReplicaError:
            path = self._settings.base_path(server)
            if self._shards is not None or not path.exists() or read_ownership(path).home != self._home_id():
                raise
            log.warning("%s is used as it is: the replica could not be asked whether it has a newer one", path)
        else:
            self._asked_for.add(server)

    def _bring_or_not_yet(self, server: int | None) -> None:
        if time.monotonic() < self._not_before:
            raise ReplicaError(NOT_REACHED)
        try:
            self.bring(server)
        except ReplicaError:
            self._not_before = time.monotonic() + _SECONDS_BETWEEN_TRIES
            raise

    def bring(self, server: int | None) -> None:
        """Bring a base here from the replica where that is newer or nothing is here; it must be held. Raises ReplicaError."""
        path = self._settings.base_path(server)
        assert self._replica is not None
        began = time.monotonic()
        with self._replica.fetched(path) as fetched:
            if fetched is None:
                return
            theirs = read_ownership(fetched)
            if theirs.term <= deleted_term(path):
                return
            if not path.exists():
                adopt_plan(path, fetched)
                for left in _beside(path):
                    left.unlink(missing_ok=True)
                move_into_place(fetched, path)
                log.info("Restored %s from the replica in %.1f s", path, time.monotonic() - began)
            elif is_behind(read_ownership(path), theirs, self._home_id()):
                kept = _put_aside(path, fetched)
                adopt_plan(path, fetched)
                write_over(fetched, path)
                log.warning("Brought %s up to date from the replica: another process had served it since%s", path, kept)

    def prepare(self) -> tuple[Path, ...]:
        """Make the folder safe to be replicated: bring what is behind, take away what other processes serve.

        What a process holds already is left to that. Returns the bases that must not be replicated from here; among them are
        those that cannot be looked at, such as damaged ones, which the log names. Raises SetupError where this home has the only
        copy of a base that another process serves, ReplicaError where the replica cannot be reached.
        """
        self._settings.base_path(0).parent.mkdir(parents=True, exist_ok=True)  # Litestream wants it there
        servers = (*servers_of(self._settings), *((None,) if self._settings.library.exists() else ()))
        with ThreadPoolExecutor(_FETCHING_AT_ONCE) as threads:
            faults = dict(zip(servers, threads.map(self._fault_of, servers), strict=True))
        for server, fault in faults.items():
            if isinstance(fault, ReplicaError):
                self._replica_has(server)  # else it is not about this base
                faults[server] = self._fault_of(server)
        excluded = {self._settings.base_path(server): fault for server, fault in faults.items() if fault}
        for path, fault in excluded.items():
            log.error("%s is not replicated until footnote replicate is started again: %s", path, fault)
        return (*excluded, *(() if self.serves(None) else (self._settings.library,)))

    def _fault_of(self, server: int | None) -> FootnoteError | None:
        """Make one base safe to be replicated; return what stands in the way of that. Raises SetupError."""
        try:
            with confine_errors(str(self._settings.base_path(server))):
                self._prepare_one(server)
        except SetupError:
            raise
        except FootnoteError as error:
            return error
        return None

    def _replica_has(self, server: int | None) -> bool:
        assert self._replica is not None
        return self._replica.has(self._settings.base_path(server))

    def _prepare_one(self, server: int | None) -> None:
        if server is None and not self.serves(None):
            return
        path = self._settings.base_path(server)
        try:
            held = hold(path)
        except HeldError:
            return
        try:
            if self.serves(server):
                self.bring(server)
            else:
                self._take_away(path)
        finally:
            held.release()

    def _take_away(self, path: Path) -> None:
        """Take a base away that another process serves, so that what is left here of it does not get into the replica."""
        assert self._replica is not None
        with self._replica.fetched(path) as fetched:
            if fetched is None:
                raise SetupError(ONLY_COPY.format(path=path))
            kept = _put_aside(path, fetched)
        shutil.rmtree(path.with_name(f".{path.name}-litestream"), ignore_errors=True)  # its last changes are in there
        for each in (path, *_beside(path)):  # last, so that what is cut short is done again
            each.unlink(missing_ok=True)
        log.info("Took %s away: another process serves it%s", path, kept)

    def _begin_term(self, server: int | None) -> None:
        """Make this home the owner of a base, so that copies elsewhere are known to be old."""
        path = self._settings.base_path(server)
        above = deleted_term(path)
        ours = read_ownership(path)
        if ours.home != self._home_id() or ours.term <= above:
            take_over(path, self._home_id(), above=above)

    def _home_id(self) -> str:
        return home_id(self._settings.home)


def home_id(home: Path) -> str:
    """Return the random id of a home folder; the first process that needs it makes it."""
    file = home / _HOME_ID_FILE
    if not file.exists():
        new = file.with_name(f"{_HOME_ID_FILE}.{secrets.token_hex(4)}")
        new.write_text(secrets.token_hex(16), encoding="ascii")
        move_into_place(new, file)
        new.unlink(missing_ok=True)
    return file.read_text(encoding="ascii")


def _put_aside(path: Path, newer: Path) -> str:
    """Copy a base that is to be replaced, if it has changes that the newer one lacks; return what to say of that."""
    if has_last_change_of(newer, path):
        return ""
    aside = replaced_name(path)
    copy_base(path, aside)
    return f"; it had changes that never reached the replica, which are kept in {aside}"


def _beside(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm"))
