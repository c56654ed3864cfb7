"""The async edge: which server has which fact base, and the sync core run off the event loop with a deadline.

Commands of Discord come through this. A `read` has a deadline, a `write` runs to its end, and `run_briefly` is for a few rows;
all take a method of `Session`, or a function of one. Each kind of work has a lane of threads, in which the servers take turns
(`bot.service.lanes`). A server is its Discord id; None is the library, which direct messages and the command line use.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar

from bot.allocator import give_back_memory, set_up_allocator
from bot.answers.models import Answer
from bot.cache_budget import BUDGET
from bot.cancellation import Cancellation
from bot.checking.checker import CheckedText, CheckRequest
from bot.english.lexicon import Lexicon
from bot.errors import BusyError
from bot.facts.base import FactBase
from bot.languages import ENGLISH
from bot.resources import lexicon_file
from bot.service.encoding import Encoding
from bot.service.lanes import NICENESS, TOO_LONG, Lane
from bot.service.replies import Reply
from bot.service.session import Session
from bot.service.session_pool import Lease, SessionPool
from bot.settings import Settings
from bot.storage import deletion
from bot.storage.bases import MAKER, default_stories, open_base, servers_of, stamp
from bot.storage.served_bases import ServedBases

log = logging.getLogger(__name__)
T = TypeVar("T")
P = ParamSpec("P")
WORKERS = 4  # threads of a lane; answering is quick, so more would only compete for the interpreter
SHARE = min(WORKERS - 1, max(2, os.cpu_count() or 1))
"""Threads for questions that one server may hold: no more than there are processors, and one is left to the others."""

SWITCH_SECONDS = 0.0005
"""Seconds after which a busy thread hands the interpreter to another, which waits for it after each write, read and lock.

Python's default is ten times as long, with which the event loop gets a tenth as much done beside busy threads.
"""

TYPISTS = 2  # threads that find choices while somebody types
_WAITING = 40  # requests other than questions that may wait in one server

_WARM_UP = "Which colour has the lighthouse keeper's second bicycle?"  # no fact answers it, so its language is looked at, too
_background: ContextVar[Lease | None] = ContextVar("background", default=None)
_unhurried: ContextVar[bool] = ContextVar("unhurried", default=False)


def nobody_waits() -> None:
    """Let everything that this task does from here on step back behind work that somebody waits for."""
    _unhurried.set(True)


class Service:
    """Answers for every server, each from its own fact base. Use as ``async with Service(settings) as service``."""

    def __init__(self, settings: Settings, bases: ServedBases | None = None) -> None:
        """``bases`` locks the bases against other processes; without it they are opened unlocked."""
        self.settings = settings
        self._bases = bases
        self._needing_checkpoint: set[int | None] = set()

    async def __aenter__(self) -> Self:
        set_up_allocator()
        sys.setswitchinterval(SWITCH_SECONDS)
        BUDGET.most = self.settings.cache_megabytes * 1_000_000
        self._lexicon = Lexicon(lexicon_file())
        self._answering = Lane("answering", WORKERS, share=SHARE)
        self._brief = Lane("brief", WORKERS, share=SHARE)
        self._working = Lane("working", WORKERS, share=1, depth=_WAITING)
        self._typing = Lane("typing", TYPISTS, share=1, depth=_WAITING)
        self._later = Lane("unhurried", 1, share=1, patience=None, niceness=NICENESS)
        self._lanes = (self._answering, self._brief, self._working, self._typing, self._later)
        self._files = ThreadPoolExecutor(WORKERS, thread_name_prefix="footnote-files")
        self._sessions = SessionPool(
            self._open_session,
            self._files,
            most=self.settings.open_bases,
            stamp=lambda server: stamp(self.settings.base_path(server)),
        )
        self._encoding = Encoding(self._sessions)
        self.encoded = self._encoding.done
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._encoding.stop()
        try:
            await self._sessions.stop()
            await asyncio.to_thread(self._shut_down_threads)
        finally:
            self._shut_down_threads()
            self._encoding.close()
            self._sessions.close()
            self._lexicon.close()

    def _shut_down_threads(self) -> None:
        for lane in self._lanes:
            lane.shutdown()
        self._files.shutdown()

    async def warm_up(self) -> None:
        """Load what the first answer would have to wait for: the reader, the lexicon, the default stories."""
        await self._encoding.warmed_up()
        try:
            await self.run_in_thread(self._answer_one)
            await self.run_in_thread(give_back_memory)
        except Exception:
            log.exception("Not all that the first answer needs could be loaded")

    def _answer_one(self) -> None:
        """Answer a question from a base in memory that is made like a new server's."""
        with FactBase.memory() as base:
            for story in default_stories(self.settings):
                base.apply(story, by=MAKER)
            Session(base, self._lexicon, reply_days=self.settings.reply_days).ask(_WARM_UP)

    async def read(
        self, server: int | None, work: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call a method or function that changes nothing, off the event loop, with a server's session when it is its turn.

        Raises BusyError where it takes longer than the setting ``answer_deadline``; the work is then told to end.
        """
        return await self._run_until_deadline(self._working, server, lambda session: work(session, *args, **kwargs))

    async def read_while_typing(
        self, server: int | None, work: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Read choices while somebody types, ahead of the server's expensive work. Raises BusyError as `read` does."""
        return await self._run_until_deadline(self._typing, server, lambda session: work(session, *args, **kwargs))

    async def read_until_cancelled(
        self, server: int | None, work: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Read what no deadline suits, such as a whole story; it is told to end if the task that waits for it is cancelled."""
        cancellation = Cancellation()
        try:
            return await (await self._start(self._working, server, lambda session: work(session, *args, **kwargs), cancellation))
        finally:
            cancellation.cancel()

    async def write(
        self, server: int | None, work: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call a method or function that changes something, off the event loop and to its end: it is never given up.

        The facts that it changed are encoded for the reader soon after. Raises BusyError where the server's turn
        does not come for long; nothing is begun then.
        """
        loop = asyncio.get_running_loop()

        def watched(session: Session) -> T:
            version = session.base.version()
            result = work(session, *args, **kwargs)
            if session.base.version() != version:
                loop.call_soon_threadsafe(self._encoding.start, server)
            return result

        return await asyncio.shield(await self._start(self._working, server, watched))

    async def run_briefly(
        self, server: int | None, work: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Read or write a few rows, or lay out what was read, off the event loop and beside all else.

        It never waits behind expensive work, and needs no deadline. Use `write` for what changes facts.
        """
        return await asyncio.shield(await self._start(self._brief, server, lambda session: work(session, *args, **kwargs)))

    async def run_apart(self, server: int | None, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Call work that needs the processor but no session, such as drawing, off the event loop, in a turn of the server."""
        await self._working.turns.take(server)
        return await asyncio.wrap_future(self._working.start(server, partial(work, *args, **kwargs), Cancellation()))

    async def run_in_thread(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Call work that needs no session, such as the functions of `bot.storage.deletion`, off the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._files, partial(work, *args, **kwargs))

    @asynccontextmanager
    async def background_access(self, server: int | None) -> AsyncIterator[None]:
        """Use a server's session for background work: one that was closed is closed again at the end.

        So all servers can be visited one by one without closing the sessions that people use. No base is made for that: raises
        NoFactBaseError where there is none, as where the server was deleted meanwhile.
        """
        lease = await self._sessions.take(server, retain=False, make=False)
        before = _background.set(lease)
        try:
            yield
        finally:
            _background.reset(before)
            lease.end()

    async def ask(
        self,
        server: int | None,
        question: str,
        *,
        story: str | None = None,
        caution: float | None = None,
        as_of: str | int | None = None,
        before: Sequence[int] = (),
        after: Sequence[str] = (),
    ) -> Answer:
        """Answer a question; ``caution`` is how sure an answer has to be, by default as the server has chosen.

        ``as_of`` is a day (yyyymmdd), or a date as people type it: the answer is what the sources had published by then.
        ``before`` are the facts (by number) of the answer that the question follows up: "what happened next"; ``after`` are the
        earlier questions of that conversation, oldest first.

        Raises EmptyQuestionError, NotKnownError (story), DateError, UsageError, BusyError (deadline, or no turn for long).
        """
        answer = await self._run_until_deadline(
            self._answering,
            server,
            lambda session: session.ask(question, story=story, caution=caution, as_of=as_of, before=before, after=after),
        )
        if answer.unread:
            self._encoding.start(server)
        return answer

    async def check(self, server: int | None, request: CheckRequest) -> CheckedText:
        """Check the quotations of a text, as many as the setting ``answer_deadline`` leaves processor time for.

        Raises UsageError (no words, too long, too much work), DateError, NotKnownError (story), BusyError.
        """
        seconds = self.settings.answer_deadline
        return await self.read_until_cancelled(server, lambda session: session.checks.check(request, seconds=seconds))

    async def language(self, server: int | None) -> str:
        """Return the language that a server has chosen; that of direct messages is English."""
        return ENGLISH if server is None else (await self.run_briefly(server, Session.settings)).language

    async def store_reply(self, server: int | None, reply: Reply) -> str:
        """Store what a reply shows and return its key (short, for a button's custom id)."""
        return await self.run_briefly(server, lambda session: session.replies.store(reply))

    async def reply(self, server: int | None, key: str) -> Reply:
        """Return a stored reply with its facts as they are now. Raises NotKnownError where it is too old."""
        return await self._run_until_deadline(self._answering, server, lambda session: session.replies.load(key))  # may ask again

    def opened(self) -> tuple[int | None, ...]:
        """Return the servers whose fact base is open, the most recently asked last."""
        return self._sessions.opened()

    async def changed(self, seen: dict[int, int]) -> tuple[int, ...]:
        """Return the servers whose fact base may hold something new since a job called this with the same ``seen``."""
        return await self.run_in_thread(lambda: self._sessions.changed(self.servers(), seen))

    def servers(self) -> tuple[int, ...]:
        """Return the servers that have a fact base."""
        return servers_of(self.settings)

    async def fetch(self, server: int, *, newer: bool = False) -> None:
        """Fetch a server's base from the replica where another process served it before, or serves a ``newer`` one.

        Raises FactBaseError, such as ReplicaError and HeldError.
        """
        if self._bases:
            await self.run_in_thread(self._bases.fetch, server, newer=newer)

    async def checkpoint(self, server: int | None) -> bool:
        """Remove deleted text from the log beside a base; return whether that succeeded.

        Where it did not, as while another program reads, `needing_checkpoint` names the server, and this is to be called again,
        in a `background_access`. Raises FactBaseError.
        """
        self._needing_checkpoint.add(server)
        done = await self.write(server, lambda session: deletion.checkpoint(self.settings, server, session.base))
        if done:
            self._needing_checkpoint.discard(server)
        return done

    def needing_checkpoint(self) -> tuple[int | None, ...]:
        """Return the servers whose deleted text may not be gone from the log beside the base."""
        return tuple(server for server in self._needing_checkpoint if self.settings.base_path(server).exists())

    async def export(self, server: int) -> Path:
        """Write all stories of a server into a file for the operator to hand out, and return it. Raises FactBaseError."""
        return await self.write(server, lambda session: session.files.export(self.settings, server))

    async def delete(self, server: int) -> None:
        """Delete a server's data now. Raises FactBaseError."""
        await self._sessions.run_while_closed(server, partial(deletion.delete, self.settings, server))

    async def _take(self, server: int | None) -> Lease:
        lease = _background.get()
        if lease is not None and lease.server == server and not lease.ended:
            return self._sessions.take_again(lease)
        return await self._sessions.take(server, retain=lease is None, make=lease is None or lease.server != server)

    async def _run_until_deadline(self, lane: Lane, server: int | None, work: Callable[[Session], T]) -> T:
        # Where nobody waits, processor time counts instead of the clock: behind everything else, a moment of work may take long.
        seconds, unhurried = self.settings.answer_deadline, _nobody_waits()
        cancellation = Cancellation(seconds if unhurried else None)
        running = await self._start(lane, server, work, cancellation)
        try:
            return await asyncio.wait_for(running, None if unhurried else seconds)
        except TimeoutError:
            self._encoding.start(server)  # it may have waited for facts to be encoded
            raise BusyError(TOO_LONG) from None
        finally:
            cancellation.cancel()

    async def _start(
        self, lane: Lane, server: int | None, work: Callable[[Session], T], cancellation: Cancellation | None = None
    ) -> asyncio.Future[T]:
        """Wait for a turn and start work in a thread. Turn and lease end when the thread is done, not the request."""
        if lane is not self._brief and _nobody_waits():
            lane = self._later
        # The lease comes before the turn: while it waits for a base to be fetched from a replica, or to be closed by those who
        # still use it (and may be waiting for a turn themselves), a turn held here would keep others waiting.
        lease = await self._take(server)
        try:
            await lane.turns.take(server)
        except BaseException:
            lease.end()
            raise
        return asyncio.wrap_future(lane.start(server, partial(work, lease.session), cancellation or Cancellation(), lease.end))

    def _open_session(self, server: int | None, make: bool) -> Session:
        base = self._bases.open(server, make=make) if self._bases else open_base(self.settings, server, make=make)
        try:
            sites = None if server is None else self.settings.sites_of(server)
            session = Session(base, self._lexicon, reply_days=self.settings.reply_days, sites=sites)
        except BaseException:
            base.close()
            raise
        if base.needs_checkpoint:  # expired text was deleted on opening
            self._needing_checkpoint.add(server)
        return session


def _nobody_waits() -> bool:
    return _unhurried.get() or _background.get() is not None
