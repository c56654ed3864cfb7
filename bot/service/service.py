"""The async edge: which server has which fact base, and the sync core run off the event loop with a deadline.

Commands of Discord and of the chat in a terminal come through this. What a person waits for is called by `run_with_deadline`,
what changes something by `run_to_end`; both take a method of `Session`, or a function of one. A server is its Discord id; None is
the library, which direct messages and the command line use.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from contextvars import ContextVar, copy_context
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar

from bot.allocator import give_back_memory, set_up_allocator
from bot.answers.models import Answer
from bot.cache_budget import BUDGET
from bot.checking.checker import CheckedText, CheckRequest
from bot.english.lexicon import Lexicon
from bot.errors import BusyError
from bot.facts.base import FactBase
from bot.messages import Message
from bot.presentation.languages import ENGLISH
from bot.resources import lexicon_file
from bot.service.encoding import Encoding
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
WORKERS = 4  # threads; answering is quick, so that more would only compete for the interpreter
TOO_LONG = Message("That took too long; ask again in a moment, or in fewer words.")
PATIENCE = 60.0
"""Seconds for which a question waits for its turn where many are asked at once; its own time is counted from then on."""

_background: ContextVar[Lease | None] = ContextVar("background", default=None)


class Service:
    """Answers for every server, each from its own fact base. Use as ``async with Service(settings) as service``."""

    def __init__(self, settings: Settings, bases: ServedBases | None = None) -> None:
        """Take what locks the bases against other processes; without it they are opened unlocked."""
        self.settings = settings
        self._bases = bases
        self._needing_checkpoint: set[int | None] = set()
        self._turns = Turns(WORKERS)

    async def __aenter__(self) -> Self:
        set_up_allocator()
        BUDGET.most = self.settings.cache_megabytes * 1_000_000
        self._lexicon = Lexicon(lexicon_file())
        self._threads = ThreadPoolExecutor(WORKERS, thread_name_prefix="footnote")
        self._sessions = SessionPool(
            self._open_session,
            self._threads,
            most=self.settings.open_bases,
            stamp=lambda server: stamp(self.settings.base_path(server)),
        )
        self._encoding = Encoding(self._sessions)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._encoding.stop()
        try:
            await self._sessions.stop()
            await asyncio.to_thread(self._threads.shutdown)
        finally:
            self._threads.shutdown()
            self._encoding.close()
            self._sessions.close()
            self._lexicon.close()

    async def warm_up(self) -> None:
        """Load what the first answer would have to wait for: the reader, the lexicon, the default stories."""
        await self._encoding.warmed_up()
        try:
            await self.run_in_thread(self._answer_one)
            await self.run_in_thread(give_back_memory)
        except Exception:
            log.exception("Not all that the first answer needs could be loaded")

    def _answer_one(self) -> None:
        """Answer a question from a base that is made as a new server's is, in memory."""
        with FactBase.memory() as base:
            for story in default_stories(self.settings):
                base.apply(story, by=MAKER)
            Session(base, self._lexicon, reply_days=self.settings.reply_days).ask("When?")

    async def run_with_deadline(
        self, server: int | None, work: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call a method or function with a server's session, off the event loop.

        Raises BusyError where it takes longer than the setting ``answer_deadline``; the thread then goes on in vain.
        """
        lease = await self._take(server)
        try:
            return await asyncio.wait_for(
                self._run(lease, lambda session: work(session, *args, **kwargs)), self.settings.answer_deadline
            )
        except TimeoutError:
            self._encoding.start(server)  # it may have waited for facts to be encoded
            raise BusyError(TOO_LONG) from None

    async def run_to_end(
        self, server: int | None, work: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call a method or function with a server's session, off the event loop and to its end: it is never given up.

        This is for changes, and for reads that no deadline suits. What it changed is encoded for the reader soon after.
        """
        loop = asyncio.get_running_loop()

        def watched(session: Session) -> T:
            version = session.base.version()
            result = work(session, *args, **kwargs)
            if session.base.version() != version:
                loop.call_soon_threadsafe(self._encoding.start, server)
            return result

        return await asyncio.shield(self._run(await self._take(server), watched))

    async def run_in_thread(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Call what needs no session, such as the functions of `bot.storage.deletion`, off the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(work, *args, **kwargs))

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
        """Answer a question; ``caution`` is how sure an answer has to be, left out: as the server has chosen.

        ``as_of`` is a day (yyyymmdd), or a date as people type it: the answer is what the sources had published by then.
        ``before`` are the facts (by number) of the answer that the question follows up: "what happened next"; ``after`` are the
        earlier questions of that conversation, oldest first.

        Raises EmptyQuestionError, NotKnownError (story), DateError, UsageError, BusyError (deadline, or no turn for long).
        """
        async with self._turns.turn(server):
            answer = await self.run_with_deadline(
                server, Session.ask, question, story=story, caution=caution, as_of=as_of, before=before, after=after
            )
        if answer.unread:
            self._encoding.start(server)
        return answer

    async def check(self, server: int | None, request: CheckRequest) -> CheckedText:
        """Check the quotations of a text. Raises UsageError (no words, too long), DateError, NotKnownError (story), BusyError."""
        return await self.run_with_deadline(
            server, lambda session: session.checks.check(request, seconds=self.settings.answer_deadline)
        )

    async def language(self, server: int | None) -> str:
        """Return the language that a server has chosen; that of direct messages is English."""
        return ENGLISH if server is None else (await self.run_to_end(server, Session.settings)).language

    async def store_reply(self, server: int | None, reply: Reply) -> str:
        """Store what a reply shows and return its key (short, for a button's custom id)."""
        return await self.run_with_deadline(server, lambda session: session.replies.store(reply))

    async def reply(self, server: int | None, key: str) -> Reply:
        """Return a stored reply with its facts as they are now. Raises NotKnownError where it is too old."""
        return await self.run_with_deadline(server, lambda session: session.replies.load(key))

    def opened(self) -> tuple[int | None, ...]:
        """Return the servers whose fact base is open, those that were asked last at the end."""
        return self._sessions.opened()

    async def changed(self) -> tuple[int, ...]:
        """Return the servers whose fact base may hold something new: it is open, or its file was changed since it was closed."""
        return await self.run_in_thread(lambda: tuple(each for each in self.servers() if not self._sessions.is_unchanged(each)))

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
        done = await self.run_to_end(server, lambda session: deletion.checkpoint(self.settings, server, session.base))
        if done:
            self._needing_checkpoint.discard(server)
        return done

    def needing_checkpoint(self) -> tuple[int | None, ...]:
        """Return the servers whose deleted text may not be gone from the log beside the base."""
        return tuple(each for each in self._needing_checkpoint if self.settings.base_path(each).exists())

    async def export(self, server: int) -> Path:
        """Write all stories of a server into a file for the operator to hand out, and return it. Raises FactBaseError."""
        return await self.run_to_end(server, lambda session: deletion.export(self.settings, server, session.base))

    async def delete(self, server: int) -> None:
        """Delete a server's data now. Raises FactBaseError."""
        await self._sessions.run_while_closed(server, partial(deletion.delete, self.settings, server))

    async def _take(self, server: int | None) -> Lease:
        lease = _background.get()
        if lease is not None and lease.server == server and not lease.ended:
            return self._sessions.take_again(lease)
        return await self._sessions.take(server, retain=lease is None, make=lease is None or lease.server != server)

    def _run(self, lease: Lease, work: Callable[[Session], T]) -> asyncio.Future[T]:
        """Start work in a thread. The lease ends when the thread is done, even where the request was cancelled."""
        loop = asyncio.get_running_loop()
        context = copy_context()  # the work speaks the asker's language
        running = self._threads.submit(context.run, work, lease.session)
        running.add_done_callback(lambda _: loop.call_soon_threadsafe(lease.end))
        return asyncio.wrap_future(running)

    def _open_session(self, server: int | None, make: bool) -> Session:
        base = self._bases.open(server, make=make) if self._bases else open_base(self.settings, server, make=make)
        try:
            session = Session(base, self._lexicon, reply_days=self.settings.reply_days)
        except BaseException:
            base.close()
            raise
        if base.needs_checkpoint:  # expired text was deleted on opening
            self._needing_checkpoint.add(server)
        return session


class Turns:
    """Gives turns to the servers in rotation, and within a server in the order in which they were asked for.

    So a flood of questions in one server is answered one after the other, a question of another server soon, and the work beside
    questions always finds a thread before long.
    """

    def __init__(self, most: int, patience: float = PATIENCE) -> None:
        """``most`` is how many turns there are at once, ``patience`` for how many seconds one is waited for."""
        self._free, self._patience = most, patience
        self._waiting: OrderedDict[int | None, deque[asyncio.Future[None]]] = OrderedDict()  # the next server first

    @asynccontextmanager
    async def turn(self, server: int | None) -> AsyncIterator[None]:
        """Wait for a turn and hold it. Raises BusyError where none comes for long."""
        if self._free:
            self._free -= 1
        else:
            turn = asyncio.get_running_loop().create_future()
            self._waiting.setdefault(server, deque()).append(turn)
            try:
                await asyncio.wait({turn}, timeout=self._patience)
            except asyncio.CancelledError:
                if not turn.cancel():
                    self._pass_on()  # it had come just before
                raise
            if turn.cancel():
                raise BusyError(TOO_LONG)
        try:
            yield
        finally:
            self._pass_on()

    def _pass_on(self) -> None:
        """Give a turn to whoever waits, whoever gave up left out, or keep it free."""
        while self._waiting:
            server, turns = self._waiting.popitem(last=False)
            turn = turns.popleft()
            if turns:
                self._waiting[server] = turns
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
