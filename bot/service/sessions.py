"""The open sessions of a process: opened when first asked for, at most so many, closed when nobody has asked for a while.

All of this runs in the event loop but opening and closing, which are left to threads. A session that is at work is never closed:
more than there may be are then open for a moment.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from typing import TypeVar

from bot.errors import BusyError, NoFactBaseError
from bot.service.session import Session

T = TypeVar("T")
log = logging.getLogger(__name__)

STOPPING = "Footnote is stopping. Ask again when it is back."
IDLE_SECONDS = 600.0
"""After how many seconds without a question a session is closed."""

_LOOK_SECONDS = 60.0


class _Slot:
    """The place of a session that is open or being opened: how many use it, and when somebody last asked for it.

    ``makes`` says whether a base is made where there is none.
    """

    def __init__(self, opening: asyncio.Task[Session], *, makes: bool) -> None:
        self.opening, self.makes = opening, makes
        self.uses = 0
        self.kept = False
        self.asked = 0.0
        self.free = asyncio.Event()

    @property
    def failed(self) -> bool:
        """Whether it could not be opened."""
        return self.opening.done() and (self.opening.cancelled() or self.opening.exception() is not None)


class Lease:
    """The use of a server's session, which stays open until `end` is called, once."""

    def __init__(self, server: int | None, session: Session, slot: _Slot, end: Callable[[], None]) -> None:
        self.server, self.session, self.slot = server, session, slot
        self.ended = False
        self._end = end

    def end(self) -> None:
        """Let the session be closed."""
        self.ended = True
        self._end()


class Sessions:
    """Opens sessions, each once however many ask for it at a time, and closes those that were asked for least lately."""

    def __init__(
        self,
        open_session: Callable[[int | None, bool], Session],
        threads: Executor,
        *,
        most: int,
        stamp: Callable[[int | None], object],
    ) -> None:
        """Take what opens a session, and makes its base if it is to, how many may be open, and what tells of changed files."""
        self._open_session, self._threads, self._most, self._stamp = open_session, threads, most, stamp
        self._loop = asyncio.get_running_loop()
        self._slots: OrderedDict[int | None, _Slot] = OrderedDict()  # the least lately asked for first
        self._away: dict[int | None, asyncio.Task[None]] = {}
        self._left: dict[int | None, object] = {}
        self._open: set[Session] = set()
        self._stopped = False
        self._looking = asyncio.create_task(self._look())

    def opened(self) -> tuple[int | None, ...]:
        """Return the servers whose session is open."""
        return tuple(self._slots)

    def is_as_left(self, server: int | None) -> bool:
        """Tell whether a session is closed and its files are as they were when it was; looks at the files."""
        return server not in self._slots and server in self._left and self._left[server] == self._stamp(server)

    async def take(self, server: int | None, *, keep: bool = True, make: bool = True) -> Lease:
        """Return the use of a server's session. Who only looks in does not ``keep`` it: it is no more open after than before.

        Raises BusyError where this process is stopping, NoFactBaseError where there is no base and none is to be made, and what
        opening raises.
        """
        while server in self._away and not self._stopped:
            await asyncio.wait([self._away[server]])
        if self._stopped:
            raise BusyError(STOPPING)
        slot = self._slots.get(server)
        if slot is None or slot.failed:
            opening = asyncio.create_task(self._opened(server, make))
            slot = self._slots[server] = _Slot(opening, makes=make)
        slot.uses += 1
        slot.free.clear()
        if keep:
            slot.kept, slot.asked = True, time.monotonic()
            self._slots.move_to_end(server)
            self._make_room()
        try:
            session = await asyncio.shield(slot.opening)
            if self._stopped:
                raise BusyError(STOPPING)
        except BaseException as error:
            self._end(server, slot)
            if make and not slot.makes and isinstance(error, NoFactBaseError):
                return await self.take(server, keep=keep)  # it was being opened for somebody who only looked in
            raise
        return Lease(server, session, slot, partial(self._end, server, slot))

    def take_again(self, lease: Lease) -> Lease:
        """Return a second use of a session that is in use: at once, for who is to be let go first cannot be waited for.

        Raises BusyError where this process is stopping.
        """
        if self._stopped:
            raise BusyError(STOPPING)
        lease.slot.uses += 1
        return Lease(lease.server, lease.session, lease.slot, partial(self._end, lease.server, lease.slot))

    async def without(self, server: int | None, work: Callable[[], None]) -> None:
        """Do work in a thread while the server's session is closed; whoever asks for it meanwhile waits."""
        while server in self._away:
            await asyncio.wait([self._away[server]])
        await asyncio.shield(self._send_away(server, work))

    def close_idle(self, seconds: float = IDLE_SECONDS) -> None:
        """Close the sessions for which nobody has asked for so many seconds."""
        before = time.monotonic() - seconds
        for server, slot in tuple(self._slots.items()):
            if not slot.uses and slot.asked <= before:
                self._send_away(server)

    async def stop(self) -> None:
        """Open no more sessions, and wait for those that are being opened or closed."""
        self._stopped = True
        self._looking.cancel()
        under_way = [slot.opening for slot in self._slots.values()]
        await asyncio.gather(*under_way, *self._away.values(), return_exceptions=True)

    def close(self) -> None:
        """Close all sessions; nothing may be at work at them any more."""
        for session in tuple(self._open):
            session.close()
        self._open.clear()

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            self.close_idle()

    async def _opened(self, server: int | None, make: bool) -> Session:
        return await self._loop.run_in_executor(self._threads, self._open_one, server, make)

    def _open_one(self, server: int | None, make: bool) -> Session:
        """Open a session, noted here in the thread, so that it is closed in the end even where nobody waits for it any more."""
        try:
            session = self._open_session(server, make)
        except BaseException:
            self._left[server] = self._stamp(server)  # what cannot be opened is not tried again as long as it is as it is
            raise
        self._open.add(session)
        return session

    def _close_one(self, server: int | None, session: Session) -> None:
        try:
            session.close()
        finally:
            self._open.discard(session)
            self._left[server] = self._stamp(server)

    def _end(self, server: int | None, slot: _Slot) -> None:
        slot.uses -= 1
        if slot.uses:
            return
        slot.free.set()
        if self._slots.get(server) is not slot or self._stopped:
            return
        if slot.failed:
            del self._slots[server]
        elif not slot.kept and slot.opening.done():
            self._send_away(server)
        else:
            self._make_room()

    def _make_room(self) -> None:
        """Close sessions that are at rest until no more are open than may be."""
        excess = sum(slot.kept for slot in self._slots.values()) - self._most
        at_rest = [server for server, slot in self._slots.items() if slot.kept and not slot.uses and slot.opening.done()]
        for server in at_rest[: max(excess, 0)]:
            self._send_away(server)

    def _send_away(self, server: int | None, work: Callable[[], None] | None = None) -> asyncio.Task[None]:
        """Close a session as soon as nobody uses it, then do some work; whoever asks for the session waits for both."""
        going = self._away[server] = asyncio.create_task(self._go(server, self._slots.pop(server, None), work))
        going.add_done_callback(lambda done: self._gone(server, done))
        return going

    async def _go(self, server: int | None, slot: _Slot | None, work: Callable[[], None] | None) -> None:
        if slot is not None:
            if slot.uses:
                await slot.free.wait()
            session = await slot.opening
            await self._loop.run_in_executor(self._threads, self._close_one, server, session)
        if work is not None:
            await self._loop.run_in_executor(self._threads, work)

    def _gone(self, server: int | None, done: asyncio.Task[None]) -> None:
        del self._away[server]
        error = None if done.cancelled() else done.exception()
        if error is not None:
            log.warning("The fact base of %s could not be closed well: %s", server or "the library", error)
