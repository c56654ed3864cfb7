"""Encoding the facts of bases for the reader, in the background: one thread, a few facts at a time, so that no answer waits long.

A question that comes before then has the facts encoded that it needs.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from concurrent.futures import ThreadPoolExecutor

from bot.answers.reader.reader import shipped_reader
from bot.errors import BusyError, NoFactBaseError
from bot.service.lanes import step_back
from bot.service.session import Session
from bot.service.session_pool import SessionPool

_BATCH = 4  # facts, some half a second
_NICENESS = 19  # the most there is: encoding takes minutes, and until then facts are found by their words
_BATCHES_A_LEASE = 10  # some five seconds, after which the session is given back and may be closed
log = logging.getLogger(__name__)


class Encoding:
    """Encodes the facts of bases in a thread of its own. A failure in one base does not affect the others."""

    def __init__(self, sessions: SessionPool) -> None:
        self._sessions = sessions
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="footnote-encoder", initializer=step_back, initargs=(_NICENESS,))
        self._tasks: dict[int | None, asyncio.Task[None]] = {}
        self._stopping = threading.Event()
        self._warming = self._thread.submit(_warm_up)

    def start(self, server: int | None) -> None:
        """Start encoding a server's facts that are not encoded yet, unless that is under way."""
        running = self._tasks.get(server)
        if running is None or running.done():
            self._tasks[server] = asyncio.create_task(self._encode(server))

    async def done(self, server: int | None) -> None:
        """Wait for the encoding of a server's facts, if it is under way."""
        if task := self._tasks.get(server):
            await asyncio.wait({task})

    async def warmed_up(self) -> None:
        """Wait until the reader is loaded; loading begins when this object is made."""
        await asyncio.shield(asyncio.wrap_future(self._warming))

    def stop(self) -> None:
        """Stop encoding after the batch under way."""
        self._stopping.set()
        for task in self._tasks.values():
            task.cancel()

    def close(self) -> None:
        """Wait for the thread."""
        self._thread.shutdown(cancel_futures=True)

    async def _encode(self, server: int | None) -> None:
        def encode_some(session: Session) -> bool:
            """Encode some facts, a few at a time, until the service stops; return whether there may be more."""
            return all(not self._stopping.is_set() and session.encode(most=_BATCH) for _ in range(_BATCHES_A_LEASE))

        try:
            more = True
            while more:
                lease = await self._sessions.take(server, retain=False, make=False)
                work = asyncio.get_running_loop().run_in_executor(self._thread, encode_some, lease.session)
                work.add_done_callback(lambda _, lease=lease: lease.end())  # type: ignore[misc]
                more = await asyncio.shield(work)
        except (BusyError, NoFactBaseError):
            return  # the service is stopping, or the base was deleted meanwhile
        except Exception:
            log.exception("The facts of %s could not be encoded", server or "the library")
        finally:
            self._tasks.pop(server, None)


def _warm_up() -> None:
    """Load the reader before the first question, since that takes longer than an answer."""
    try:
        shipped_reader().question("when?")
    except Exception:
        log.exception("The reader could not be loaded")
