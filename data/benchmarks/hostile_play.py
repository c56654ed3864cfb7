"""The honest server asks 60 questions a minute while the hostile one sends all that it may: who asked what, and what came of it.

In each minute each hostile member sends as many questions as one may, and some more, all at once; completions and presses come
one after the other, as many as one may and some more. Half of the members send every call in turn, the other half the dearest
alone. What is pressed is what the replies to all that offer. The moderator sends the moderators' calls, and each minute a file.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import Counter, deque
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain, count, cycle, islice, pairwise

from simcord import InteractionResult, MemberActor
from simcord.backend.errors import BackendError, SetupError

from bot.client.limits import RequestKind
from bot.settings import Settings
from data.benchmarks.hostile_bases import HONEST_STORY
from data.benchmarks.hostile_calls import Call, Sent, calls, said
from data.benchmarks.hostile_ranking import Control, allowed, controls_of, outcome_of, shown_by, submit
from data.benchmarks.hostile_servers import Servers
from data.benchmarks.new_questions import new_questions
from data.benchmarks.timing import Times

HONEST_A_MINUTE = 60
_PATIENCE = 75.0  # seconds for an answer: a question waits a minute for its turn
_OVER = 1.1  # what is sent of what is allowed, so that limits are met
_CONTROLS = 400  # that a member remembers
_WARMING = 5


@dataclass
class Played:
    """What happened: outcomes of honest questions and their milliseconds, of hostile calls by name, the bot's figures."""

    honest: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    hostile: Counter[tuple[str, RequestKind, str]] = field(default_factory=Counter)
    memory: tuple[float, float, float] = (0.0, 0.0, 0.0)
    latest: float = 0.0
    heartbeat: float = 0.0
    connections: int = 0
    processor: float = 0.0
    others: float = 0.0
    """Seconds that other programs took of the bot's core."""
    clock: float = 0.0

    @property
    def answered(self) -> Times:
        """The milliseconds on the clock after which honest questions were answered."""
        return Times(tuple(self.times))


@dataclass
class Play:
    """Lets both servers act for some minutes."""

    servers: Servers
    minutes: float
    settings: Settings
    only: Sequence[str] = ()
    """What the names of the hostile calls have in them, one of these; none: all are sent."""
    honest_alone: bool = False
    played: Played = field(default_factory=Played)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1_000_000))

    async def run(self) -> Played:
        """Play, and return what happened."""
        questions, bot = new_questions(HONEST_STORY), self.servers.bot
        for question in islice(questions, _WARMING):
            await self._ask(question, 0, warming=True)
        await bot.rest(60)
        memory = [bot.memory]
        async with bot.halved():
            began, seconds, core = time.monotonic(), bot.seconds, bot.core_seconds
            until = began + self.minutes * 60
            watching = asyncio.create_task(self._watch(memory))
            hostile = [asyncio.create_task(member.act(until)) for member in self._hostile()]
            asking = []
            for number, question in enumerate(islice(questions, round(self.minutes * HONEST_A_MINUTE))):
                await _sleep_until(began + number * 60 / HONEST_A_MINUTE)
                asking.append(asyncio.create_task(self._ask(question, number)))
            await asyncio.gather(*asking)
            self.played.latest = bot.latest(began)
            beats = [began, *(heartbeat for heartbeat in self.servers.discord.heartbeats if heartbeat > began), time.monotonic()]
            self.played.heartbeat = max(later - before for before, later in pairwise(beats))
            self.played.processor, self.played.clock = bot.seconds - seconds, time.monotonic() - began
            self.played.others = max(0.0, bot.core_seconds - core - self.played.processor)
            await asyncio.gather(*hostile)
            watching.cancel()
        self.played.memory = (memory[0], max(memory), bot.memory)
        self.played.connections = self.servers.discord.connections
        return self.played

    async def _watch(self, memory: list[float]) -> None:
        while True:
            memory.append(self.servers.bot.memory)
            await asyncio.sleep(0.5)

    async def _ask(self, question: str, number: int, *, warming: bool = False) -> None:
        """Let an honest member ask, by mention and by /ask in turn."""
        servers = self.servers
        who, began = servers.honest[number % len(servers.honest)], time.monotonic()
        sent: Sent
        if number % 2:
            sent = await who.slash(servers.honest_channel, "ask", question=question)
        else:
            sent = said(servers.honest_channel, who, f"<@{servers.discord.backend.bot_user.id}> {question}")
        outcome = await outcome_of(sent, servers.place, _PATIENCE)
        if not warming:
            self.played.honest[outcome] += 1
            self.played.times.append((time.monotonic() - began) * 1000)

    def _hostile(self) -> Iterator[Member]:
        if self.honest_alone:
            return
        known = calls(self.only)
        everybodys = [call for call in known if not call.moderator]
        for number, who in enumerate(self.servers.members):
            mine = ([call for call in everybodys if call.dear] if number % 2 else everybodys) or everybodys
            first = number % max(1, len(mine))
            yield Member(self, who, mine[first:] + mine[:first])
        yield Member(self, self.servers.moderator, [call for call in known if call.moderator])


@dataclass
class Member:
    """A hostile member, with the calls that they send in turn and the controls that they have seen."""

    play: Play
    who: MemberActor
    mine: Sequence[Call]
    controls: deque[Control] = field(default_factory=lambda: deque(maxlen=_CONTROLS))
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)

    async def act(self, until: float) -> None:
        """Send all that one may, minute by minute; then wait for what has no answer yet."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._questions(until))
            group.create_task(self._presses(until))
            for kind in (RequestKind.COMPLETION, RequestKind.UNASKED, RequestKind.FILE):
                group.create_task(self._one_by_one(kind, until))
        while self._under_way:
            await asyncio.wait(self._under_way)

    def _a_minute(self, kind: RequestKind) -> float:
        if kind is RequestKind.FILE:
            return 1.0
        return allowed(kind, self.play.settings) * _OVER

    async def _questions(self, until: float) -> None:
        asked = cycle([call for call in self.mine if call.kind is RequestKind.QUESTION])
        while time.monotonic() < until:
            next_minute = time.monotonic() + 60
            for call in islice(asked, math.ceil(self._a_minute(RequestKind.QUESTION))):
                self._start(call)
            await _sleep_until(min(next_minute, until))

    async def _one_by_one(self, kind: RequestKind, until: float) -> None:
        sent = [call for call in self.mine if call.kind is kind]
        for call in cycle(sent):
            if time.monotonic() >= until:
                return
            self._start(call)
            await asyncio.sleep(60 / self._a_minute(kind))

    async def _presses(self, until: float) -> None:
        while time.monotonic() < until:
            if self.controls:
                self.controls.rotate(-1)
                control = self.controls[-1]
                if pressing := control.use(self.who):
                    self._run(control.name, RequestKind.PRESS, pressing)
            await asyncio.sleep(60 / self._a_minute(RequestKind.PRESS))

    def _start(self, call: Call) -> None:
        self._run(call.name, call.kind, call.send(self.play.servers.place, self.who, next(self.play._numbers)))

    def _run(self, name: str, kind: RequestKind, sending: Awaitable[Sent]) -> None:
        task = asyncio.create_task(self._sent(name, kind, sending))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _sent(self, name: str, kind: RequestKind, sending: Awaitable[Sent]) -> None:
        """Send something, wait for its answer, count it, and remember what can be pressed in it."""
        place, hostile = self.play.servers.place, self.play.played.hostile
        try:
            sent: Sent = await sending
        except (SetupError, BackendError):
            return  # a message is gone, or looks otherwise by now
        hostile[name, kind, await outcome_of(sent, place, _PATIENCE)] += 1
        origin = name.partition(" > ")[0]
        for control in chain.from_iterable(map(controls_of, shown_by(sent, place))):
            if len(self.controls) < _CONTROLS:
                self.controls.append(replace(control, name=f"{origin} > {control.name}"))
        if isinstance(sent, InteractionResult) and sent.modal is not None:
            with suppress(SetupError, BackendError):
                form = f"{origin} > form {sent.modal['custom_id'].split(':')[1]}"
                await self._sent(form, RequestKind.PRESS, submit(self.who, sent, next(self.play._numbers)))


async def _sleep_until(when: float) -> None:
    await asyncio.sleep(max(0.0, when - time.monotonic()))
