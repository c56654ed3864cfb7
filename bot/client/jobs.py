"""The bot's work beside answers: single pieces of work in the background, and recurring jobs.

A failure stays with its server or its run, and shows in the log and the metrics.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Collection, Coroutine, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, TypeAlias

from discord.ext import tasks
from discord.utils import utcnow

from bot.errors import FootnoteError, NoFactBaseError
from bot.log import without_words
from bot.metrics import Metrics
from bot.service.service import nobody_waits

log = logging.getLogger(__name__)

_PATIENCE = 3.0
"""Seconds that work under way is given when the bot stops: one less than STOP_SECONDS, after which the process is cut off."""


_MAX_COMPLETED = 10
"""Messages of one server that are being completed at once."""


class Background:
    """Runs work beside everything else; its failures appear only in the log."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()
        self._locks: dict[tuple[str, int | None], asyncio.Lock] = {}

    def alone(self, work: str, server: int | None) -> asyncio.Lock:
        """Return the lock for work that runs only once at a time in a server, so that each run sees what the last one wrote."""
        return self._locks.setdefault((work, server), asyncio.Lock())

    def hold(self, task: asyncio.Task[Any] | None = None) -> None:
        """Count a task, or else the current one, such as an answer, as work under way until it is done."""
        task = task or asyncio.current_task()
        if task is not None:
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    def under_way(self) -> int:
        """Return how many pieces of work are under way."""
        return len(self._running)

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Begin some work, and return its task."""

        async def logged() -> None:
            nobody_waits()
            try:
                await work
            except Exception:
                log.exception("Work in the background failed")

        task = asyncio.get_running_loop().create_task(logged())
        self.hold(task)
        return task

    async def finish(self) -> None:
        """Wait for a moment until the work under way, and what it begins, has ended; then give up the rest."""
        loop, own = asyncio.get_running_loop(), {asyncio.current_task()}
        until = loop.time() + _PATIENCE
        while (running := self._running - own) and (left := until - loop.time()) > 0:
            await asyncio.wait(running, timeout=left)
        if left_over := self._running - own:
            log.warning("Work that was under way is given up: %d", len(left_over))
        for task in left_over:
            task.cancel()


_MAX_PUT_OFF = 60  # minutes


class PutOff:
    """What could not be done in some servers, and after how many minutes each thing is tried again: 1, then 2, then 4, up to 60.

    ``work`` is the kind of work, a thing is what it is done to, such as a reply. It is kept in memory alone, so everything is
    tried again when the bot starts. A minute is one run of the job that tries again.
    """

    def __init__(self) -> None:
        self._minute = 0
        self._things: dict[tuple[str, int | None], dict[int | str, tuple[int, int]]] = {}  # when each is due, and its last pause

    def pass_minute(self) -> None:
        """Count a minute."""
        self._minute += 1

    def due_in(self) -> tuple[int | None, ...]:
        """Return the servers in which something is to be tried now."""
        return tuple(dict.fromkeys(server for work, server in self._things if self.due(work, server)))

    def due(self, work: str, server: int | None) -> frozenset[int | str]:
        """Return the things that are to be tried now."""
        return frozenset(self._things.get((work, server), ())) - self.not_due(work, server)

    def not_due(self, work: str, server: int | None) -> frozenset[int | str]:
        """Return the things that are not to be tried yet."""
        things = self._things.get((work, server), {})
        return frozenset(thing for thing, (due, _) in things.items() if due > self._minute)

    def settle(self, work: str, server: int | None, waiting: Collection[int | str], failed: Collection[int | str]) -> None:
        """Note what ``failed`` of all that was tried; the rest of it is done, and dropped.

        Things that were not due when the tries began are ``waiting`` and stay so, even if they have come due since.
        """
        things = self._things.pop((work, server), {})
        left = {thing: when for thing, when in things.items() if thing in waiting}
        for thing in failed:
            pause = min(2 * things[thing][1], _MAX_PUT_OFF) if thing in things else 1
            left[thing] = self._minute + pause, pause
        if left:
            self._things[work, server] = left

    def make_due(self, work: str, server: int | None, thing: int | str) -> bool:
        """Have a thing that could not be done before tried now; return whether there is such a thing."""
        things = self._things.get((work, server), {})
        if thing in things:
            things[thing] = self._minute, things[thing][1]
        return thing in things


Work: TypeAlias = Callable[[], Coroutine[Any, Any, None]]


class Completions:
    """Adds to messages what could not be waited for, as long as nobody has used them: a used message is not changed."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._under_way: Counter[int | None] = Counter()

    def start(self, server: int | None, message: int, work: Work) -> None:
        """Begin to complete a message; if many of a server are being completed, it stays as it is, which is correct too."""
        if self._under_way[server] >= _MAX_COMPLETED:
            return
        task = self._tasks[message] = self._background.start(work())
        self._under_way[server] += 1

        def ended(_: object) -> None:
            self._under_way[server] -= 1
            if self._tasks.get(message) is task:
                del self._tasks[message]

        task.add_done_callback(ended)

    async def end(self, message: int) -> None:
        """Stop completing a message, after what is being sent now has been sent."""
        if task := self._tasks.get(message):
            task.cancel()
            await asyncio.wait({task})


_FIRST_PAUSE = 5.0
"""Seconds before a job that has died is started again, doubled each time that it dies without a good run in between."""
_MAX_PAUSE = 300.0


@contextmanager
def confine_to_server(metrics: Metrics, job: str, server: int | None) -> Iterator[None]:
    """Keep whatever goes wrong in one server (None: the library) from the others that a job visits.

    It is logged with the server and counted for the job. A base that was deleted meanwhile is no failure.
    """
    where = "the library" if server is None else f"server {server}"
    try:
        yield
    except NoFactBaseError:
        return
    except FootnoteError as error:
        log.warning("%s failed in %s: %s", job, where, without_words(error))
    except Exception:
        log.exception("%s failed in %s", job, where)
    else:
        return
    metrics.base_failures.labels(job).inc()


class Supervisor:
    """Runs jobs, each in a loop of its own; one that dies is started again, after a pause that grows while it goes on dying."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._loops: list[tasks.Loop[Work]] = []
        self._died: dict[str, int] = {}  # how often each job died since its last good run

    def start(self, name: str, work: Work, *, every: timedelta, prepare: Work | None = None) -> None:
        """Begin a job: ``work`` is called at once and after each period, ``prepare`` before it each time that the job starts.

        It dies by an error, or because something that it waits for was cancelled.
        """
        self._died[name] = 0
        prepared = prepare is None

        async def run() -> None:
            nonlocal prepared
            try:
                if prepare is not None and not prepared:
                    await prepare()
                prepared, begun = True, utcnow()
                await work()
                self._died[name], due = 0, begun + every
            except (Exception, asyncio.CancelledError) as error:
                task = asyncio.current_task()
                if task is None or task.cancelling():
                    raise  # it was stopped on purpose
                # The exponent is capped: a job may die thousands of times, and 2 to the power of that is no float.
                pause = min(_FIRST_PAUSE * 2 ** min(self._died[name], 10), _MAX_PAUSE)
                prepared, due = False, utcnow() + timedelta(seconds=pause)
                self._died[name] += 1
                self._metrics.job_deaths.labels(name).inc()
                log.error("%s died, and is started again in %.0f seconds", name, pause, exc_info=error)
            # The library counts from when the run was due; left alone, it would catch up on a long run with many short ones.
            late = due - (loop.next_iteration or due)
            loop.change_interval(seconds=max((loop.seconds or 0) + late.total_seconds(), 0))

        loop = tasks.loop(seconds=every.total_seconds(), reconnect=False, name=f"footnote job: {name}")(run)
        self._loops.append(loop)
        loop.start()

    def failing(self) -> tuple[str, ...]:
        """Return the names of the jobs that have died and had no good run since."""
        return tuple(name for name, died in self._died.items() if died)

    def measure(self) -> None:
        """Bring the metrics of the jobs up to date."""
        for name, died in self._died.items():
            self._metrics.job_up.labels(name).set(not died)

    def stop(self) -> None:
        """Cancel all jobs."""
        for loop in self._loops:
            loop.cancel()
