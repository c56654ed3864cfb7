"""Encoding the facts of bases for the reader, in the background: one thread, a few facts at a time, so that no answer waits long.

A question that comes before its facts are encoded has those encoded that it needs.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from bot.answers.reader.reader import shipped_reader
from bot.errors import BusyError, NoFactBaseError
from bot.service.session import Session
from bot.service.sessions import Lease, Sessions

_AT_ONCE = 4  # facts, some half a second
_IN_A_ROW = 10  # batches, before the session is given back and may be closed
log = logging.getLogger(__name__)


class Encoding:
    """Encodes the facts of each base that it is given, in a thread of its own. Whatever happens to one base stays with it."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="footnote-encoder")
        self._tasks: dict[int | None, asyncio.Task[None]] = {}
        self._stopping = threading.Event()
        self._warming = self._thread.submit(_warm_up)

    def start(self, server: int | None) -> None:
        """Begin to encode what is not yet encoded of a server's facts, where that is not under way."""
        running = self._tasks.get(server)
        if running is None or running.done():
            self._tasks[server] = asyncio.create_task(self._encode(server))

    async def warmed_up(self) -> None:
        """Wait until the reader is loaded, which begins at once."""
        await asyncio.shield(asyncio.wrap_future(self._warming))

    def stop(self) -> None:
        """Encode no further fact."""
        self._stopping.set()
        for task in self._tasks.values():
            task.cancel()

    def close(self) -> None:
        """Wait for the thread."""
        self._thread.shutdown(cancel_futures=True)

    async def _encode(self, server: int | None) -> None:
        loop = asyncio.get_running_loop()
        try:
            more = True
            while more:
                lease = await self._sessions.take(server, retain=False, make=False)
                work = loop.run_in_executor(self._thread, _encode_some, lease.session, self._stopping)
                work.add_done_callback(partial(_end, lease))
                more = await asyncio.shield(work)
        except (BusyError, NoFactBaseError):
            return  # the service stops, or the base was deleted meanwhile
        except Exception:
            log.exception("The facts of %s could not be encoded", server or "the library")
        finally:
            self._tasks.pop(server, None)


def _encode_some(session: Session, stopping: threading.Event) -> bool:
    """Encode some facts, a few at a time, until the service stops; return whether there may be more."""
    return all(not stopping.is_set() and session.encode(_AT_ONCE) for _ in range(_IN_A_ROW))


def _warm_up() -> None:
    """Load the reader, which takes longer than an answer, before anybody asks."""
    try:
        shipped_reader().question("when?")
    except Exception:
        log.exception("The reader could not be loaded")


def _end(lease: Lease, _: object) -> None:
    lease.end()
