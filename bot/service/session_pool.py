"""The pool of open sessions: opened on first use, limited in number, and closed when idle.

All of this runs in the event loop, except for opening and closing, which run in threads. A session in use is never closed, so
for a moment more sessions than the limit may be open.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from contextlib import suppress
from functools import partial
from typing import TypeVar

from bot.allocator import give_back_memory
from bot.cache_budget import BUDGET
from bot.errors import BusyError, NoFactBaseError
from bot.messages import Message
from bot.service.session import Session

T = TypeVar("T")
log = logging.getLogger(__name__)

STOPPING = Message("Footnote is stopping. Ask again when it is back.")
IDLE_SECONDS = 600.0
"""Seconds without a request after which a session is closed."""

CACHE_SECONDS = 300.0
"""Seconds after which unused caches are released, whether the session that they were made for is open or not."""

_LEASES_BETWEEN = 100  # leases after which memory is given back, which takes some 10 ms; each sweep does so as well
_SWEEP_SECONDS = 60.0  # between two looks for idle sessions


class _Slot:
    """A session that is open or being opened.

    ``uses`` counts its leases, ``retained`` is whether it stays open after the last of them, ``asked`` the monotonic time of the
    last request, ``free`` is set while nothing uses it. ``makes`` is whether a missing base is made on opening.
    """

    def __init__(self, opening: asyncio.Future[Session], *, makes: bool) -> None:
        self.opening, self.makes = opening, makes
        self.uses = 0
        self.retained = False
        self.asked = 0.0
        self.free = asyncio.Event()

    @property
    def failed(self) -> bool:
        """Whether the session could not be opened."""
        return self.opening.done() and (self.opening.cancelled() or self.opening.exception() is not None)

    @property
    def is_outdated(self) -> bool:
        """Whether the base has to be opened again."""
        return self.opening.done() and not self.failed and self.opening.result().base.is_outdated()


class Lease:
    """The use of a server's session, which stays open until `end` is called, once."""

    def __init__(self, server: int | None, session: Session, slot: _Slot, end: Callable[[], None]) -> None:
        self.server, self.session, self.slot = server, session, slot
        self.ended = False
        self._end = end

    def end(self) -> None:
        """Give the session back, so that it may be closed."""
        self.ended = True
        self._end()


class SessionPool:
    """Opens each session once, however many requests wait for it, and closes the least recently used ones."""

    def __init__(
        self,
        open_session: Callable[[int | None, bool], Session],
        threads: Executor,
        *,
        most: int,
        stamp: Callable[[int | None], object],
    ) -> None:
        """Start the sweep for idle sessions.

        ``open_session`` takes a server and whether to make a missing base, ``most`` is how many sessions may be open, ``stamp``
        returns a value that changes when the files of a server's base change.
        """
        self._open_session, self._threads, self._most, self._stamp = open_session, threads, most, stamp
        self._loop = asyncio.get_running_loop()
        self._slots: OrderedDict[int | None, _Slot] = OrderedDict()  # least recently used first
        self._closing: dict[int | None, asyncio.Task[None]] = {}
        self._stamps: dict[int | None, object] = {}
        self._changes: Counter[int | None] = Counter()  # sessions that were closed with other facts than they were opened with
        self._open: dict[Session, int | None] = {}  # with the version of its base when it was opened
        self._stopped = False
        self._leases = 0  # since memory was given back
        self._sweeping = asyncio.create_task(self._sweep())

    def opened(self) -> tuple[int | None, ...]:
        """Return the servers whose session is open."""
        return tuple(self._slots)

    def changed(self, servers: Iterable[int], seen: dict[int, int]) -> tuple[int, ...]:
        """Return which servers may have other facts than when this was called with the same ``seen``; reads the files' state.

        A session is open, or was closed meanwhile with other facts than it was opened with, or its files have changed since.
        What ``seen`` holds is made here: a job begins with an empty one.
        """
        changes = {server: self._changes[server] for server in servers}
        changed = tuple(
            server for server, closed in changes.items() if seen.get(server, 0) != closed or self._may_have_changed(server)
        )
        seen.clear()
        seen.update(changes)
        return changed

    def _may_have_changed(self, server: int) -> bool:
        return server in self._slots or server not in self._stamps or self._stamps[server] != self._stamp(server)

    async def take(self, server: int | None, *, retain: bool = True, make: bool = True) -> Lease:
        """Lease a server's session. One only ever leased without ``retain`` is closed again after its last lease.

        Raises BusyError where this process is stopping, NoFactBaseError where there is no base and none is to be made, and what
        opening raises.
        """
        while server in self._closing and not self._stopped:
            await asyncio.wait([self._closing[server]])
        if self._stopped:
            raise BusyError(STOPPING)
        slot = self._slots.get(server)
        if slot is None or slot.failed:
            opening = self._loop.run_in_executor(self._threads, self._open_one, server, make)
            slot = self._slots[server] = _Slot(opening, makes=make)
        slot.uses += 1
        slot.free.clear()
        if retain:
            slot.retained, slot.asked = True, time.monotonic()
            self._slots.move_to_end(server)
            self._make_room()
        try:
            session = await asyncio.shield(slot.opening)
            if self._stopped:
                raise BusyError(STOPPING)
        except BaseException as error:
            self._end(server, slot)
            if make and not slot.makes and isinstance(error, NoFactBaseError):
                return await self.take(server, retain=retain)  # the failed opening was for a request that makes no base
            raise
        return Lease(server, session, slot, partial(self._end, server, slot))

    def take_again(self, lease: Lease) -> Lease:
        """Lease a session once more while it is in use, without waiting.

        A request to close it meanwhile would wait for the first lease, and the first lease for the second: a deadlock.
        Raises BusyError where this process is stopping.
        """
        if self._stopped:
            raise BusyError(STOPPING)
        lease.slot.uses += 1
        return Lease(lease.server, lease.session, lease.slot, partial(self._end, lease.server, lease.slot))

    async def run_while_closed(self, server: int | None, work: Callable[[], None]) -> None:
        """Run work in a thread while the server's session is closed; requests for it wait meanwhile."""
        while server in self._closing:
            await asyncio.wait([self._closing[server]])
        await asyncio.shield(self._start_closing(server, work))

    def close_idle(self, seconds: float = IDLE_SECONDS) -> None:
        """Close unused sessions that had no request for ``seconds``, and those whose base has to be opened again."""
        before = time.monotonic() - seconds
        for server, slot in tuple(self._slots.items()):
            if not slot.uses and (slot.asked <= before or slot.is_outdated):
                self._start_closing(server)

    async def stop(self) -> None:
        """Open no more sessions, and wait until none is being opened or closed."""
        self._stopped = True
        self._sweeping.cancel()
        under_way = [slot.opening for slot in self._slots.values()]
        await asyncio.gather(*under_way, *self._closing.values(), return_exceptions=True)

    def close(self) -> None:
        """Close and drop all sessions; none may be in use."""
        for session in tuple(self._open):
            session.close()
        self._open.clear()
        self._slots.clear()
        BUDGET.release_idle(0)  # everything cached for them

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            try:
                self.close_idle()
                BUDGET.release_idle(CACHE_SECONDS)
                if self._leases:
                    self._give_back_memory()
            except Exception:
                log.exception("Idle fact bases could not be closed")

    def _open_one(self, server: int | None, make: bool) -> Session:
        """Open a session and record it in this thread, so that `close` finds it even if its request was cancelled."""
        try:
            session = self._open_session(server, make)
        except BaseException:
            self._stamps[server] = self._stamp(server)  # not tried again until its files change
            raise
        self._open[session] = _version(session)
        return session

    def _close_one(self, server: int | None, session: Session) -> None:
        before = self._open.pop(session)
        try:
            self._changes[server] += _version(session) != before
            session.close()
        finally:
            self._stamps[server] = self._stamp(server)

    def _give_back_memory(self) -> None:
        self._leases = 0
        self._loop.run_in_executor(self._threads, give_back_memory)

    def _end(self, server: int | None, slot: _Slot) -> None:
        self._leases += 1
        if self._leases >= _LEASES_BETWEEN and not self._stopped:
            self._give_back_memory()
        slot.uses -= 1
        if slot.uses:
            return
        slot.free.set()
        if self._slots.get(server) is not slot or self._stopped:
            return
        if slot.failed:
            del self._slots[server]
        elif not slot.retained and slot.opening.done():
            self._start_closing(server)
        else:
            self._make_room()

    def _make_room(self) -> None:
        """Close unused sessions until the limit is met."""
        excess = sum(slot.retained for slot in self._slots.values()) - self._most
        unused = [server for server, slot in self._slots.items() if slot.retained and not slot.uses and slot.opening.done()]
        for server in unused[: max(excess, 0)]:
            self._start_closing(server)

    def _start_closing(self, server: int | None, work: Callable[[], None] | None = None) -> asyncio.Task[None]:
        """Close a session once it is unused, then run ``work``; requests for the session wait for both."""
        closing = self._closing[server] = asyncio.create_task(self._close_then(server, self._slots.pop(server, None), work))
        closing.add_done_callback(lambda done: self._after_closing(server, done))
        return closing

    async def _close_then(self, server: int | None, slot: _Slot | None, work: Callable[[], None] | None) -> None:
        if slot is not None:
            if slot.uses:
                await slot.free.wait()
            session = await slot.opening
            await self._loop.run_in_executor(self._threads, self._close_one, server, session)
        if work is not None:
            await self._loop.run_in_executor(self._threads, work)

    def _after_closing(self, server: int | None, done: asyncio.Task[None]) -> None:
        del self._closing[server]
        error = None if done.cancelled() else done.exception()
        if error is not None:
            log.warning("The fact base of %s could not be closed well: %s", server or "the library", error)


def _version(session: Session) -> int | None:
    """Return the version of a session's facts; None where its base does not tell, as one that is damaged."""
    with suppress(Exception):  # whatever it is, it keeps no session from being opened or closed
        return session.version()
    return None
