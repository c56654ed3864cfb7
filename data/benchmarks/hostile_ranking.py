"""What each hostile call costs when it is sent alone: seconds of the processor, and for how long it holds up the event loop.

Each call of `hostile_calls` is sent to a bot with nothing else to do; then everything that its reply offers is pressed, each form
filled in with as much as it takes, and what that shows is pressed too. A control is known by its route. A bot that does not come
to rest is started again, so that nothing counts twice; what it took until then is the least that the call takes.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeAlias

from simcord import InteractionResult, MemberActor, ResponseMessage
from simcord.backend.models import Message
from simcord.components import walk_components

from bot.client.custom_ids import FACT_CHOICE, REPLY_BUTTON
from bot.client.limits import COMPLETIONS, REFUSALS, RequestKind
from bot.service.lanes import TOO_LONG
from bot.settings import Settings
from data.benchmarks.bot_process import BotProcess
from data.benchmarks.hostile_calls import Call, Place, Sent, long_text
from tests.client.world import text
from tests.support.loopback import until

ANSWERED, REFUSED, GIVEN_UP, SILENT = "answered", "refused", "given up", "without an answer"
_BUTTON, _SELECT, _TEXT_INPUT, _LABEL = 2, 3, 4, 18
_LEFT_OUT = re.compile(r"do:(?:erase|privacy-delete|[a-z]+-cancel)|fn:d|pick:settings|do:settings")
_DEPTH = 3
Use: TypeAlias = Callable[[MemberActor, int], Awaitable[Sent] | None]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a call took: processor seconds, for how long it held up the loop, when it was answered, and whether it ever rested."""

    name: str
    kind: RequestKind
    moderator: bool
    outcome: str
    processor: float
    late: float
    clock: float
    rested: bool = True

    def a_minute(self, settings: Settings) -> float:
        """Return the seconds of the processor that one member may take in a minute by this call alone."""
        return self.processor * allowed(self.kind, settings)


def allowed(kind: RequestKind, settings: Settings) -> float:
    """Return how often a member may do something of a kind in a minute."""
    asked = settings.member_questions
    return {
        RequestKind.PRESS: asked * 3.0,
        RequestKind.COMPLETION: float(asked * COMPLETIONS),
        RequestKind.FILE: settings.member_files / 60,
    }.get(kind, float(asked))


@dataclass(frozen=True, slots=True)
class Control:
    """Something to press or to choose in a message."""

    name: str
    message: ResponseMessage
    part: dict[str, Any]
    value: str | None = None

    def _is_gone(self) -> bool:
        """Return whether its message was deleted, or no longer has it."""
        env = self.message._env
        stored = env.backend.messages.get(self.message.channel_id, {}).get(self.message.id)
        parts = walk_components(stored.components) if stored is not None else ()
        return all(part.get("custom_id") != self.part["custom_id"] or part.get("disabled") for part in parts)

    def use(self, who: MemberActor, _: int = 0) -> Awaitable[InteractionResult] | None:
        """Press it; None where its message is gone or looks otherwise by now."""
        return None if self._is_gone() else self._pressed(who)

    async def _pressed(self, who: MemberActor) -> InteractionResult:
        if self.value is None:
            return await who.click(self.message, custom_id=self.part["custom_id"])
        return await who.select(self.message, [self.value], custom_id=self.part["custom_id"])


@dataclass
class Ranking:
    """Sends calls one after the other and notes what each takes."""

    bot: BotProcess
    place: Place
    most_processor: float = 20.0
    most_clock: float = 150.0
    """Seconds that a call may take until it is taken for one that does not end."""
    _seen: set[str] = field(default_factory=set)
    _numbers: Iterator[int] = field(default_factory=count)

    async def rank(self, call: Call, who: MemberActor) -> AsyncIterator[Cost]:
        """Send a call, then use what it shows; yield what each took."""
        sent, cost = await self._measured(call, who, call.name, call.kind, call.send(self.place, who, self.number()))
        yield cost
        waiting = [*self._offered(call.name, sent, 0)]
        while waiting:
            depth, name, use = waiting.pop()
            pressing = use(who, self.number())
            if pressing is None:
                continue
            sent, cost = await self._measured(call, who, name, RequestKind.PRESS, pressing)
            yield cost
            waiting += self._offered(call.name, sent, depth)

    def _offered(self, name: str, sent: Sent, depth: int) -> Iterator[tuple[int, str, Use]]:
        """Yield what can be done with an answer that was not met before: a form to be sent, controls to be pressed."""
        if depth >= _DEPTH:
            return
        if isinstance(sent, InteractionResult) and sent.modal is not None:
            shown, named = sent, f"{name} > form {_route(sent.modal['custom_id'])}"
            if self._is_new(named):
                yield depth + 1, named, lambda who, number: submit(who, shown, number)
        for message in shown_by(sent, self.place):
            for control in controls_of(message):
                named = f"{name} > {control.name}"
                if self._is_new(named):
                    yield depth + 1, named, control.use

    def _is_new(self, name: str) -> bool:
        new = name not in self._seen
        self._seen.add(name)
        return new

    def number(self) -> int:
        """Return a number that was not used before."""
        return next(self._numbers)

    async def warm_up(self, who: MemberActor) -> None:
        """Have the bot at rest, with what it needs of each story loaded."""
        for channel in self.place.channels.values():
            for sending in (who.slash(channel, "ask", question="why?"), who.slash(channel, "check", text="never was it safe")):
                await outcome_of(await sending, self.place, self.most_clock)
                await self.bot.rest(self.most_clock)

    async def _measured(
        self, call: Call, who: MemberActor, name: str, kind: RequestKind, sending: Awaitable[Sent]
    ) -> tuple[Sent, Cost]:
        before, began = self.bot.seconds, time.monotonic()
        sent = await sending
        patience = self.most_clock if kind is not RequestKind.UNASKED else 3.0
        answering = asyncio.create_task(outcome_of(sent, self.place, patience))
        while not answering.done() and self.bot.seconds - before < self.most_processor:
            await asyncio.wait({answering}, timeout=0.1)
        outcome = answering.result() if answering.done() else SILENT
        answering.cancel()
        clock = time.monotonic() - began
        rested = await self.bot.rest(self.most_clock, self.most_processor - (self.bot.seconds - before))
        taken, late = self.bot.seconds - before, self.bot.latest(began)
        if not rested:
            await restarted(self.bot, self.place)
            await self.warm_up(who)
        return sent, Cost(name, kind, call.moderator, outcome, taken, late, clock, rested)


async def restarted(bot: BotProcess, place: Place) -> None:
    """Start the bot again, and wait until it is connected."""
    connections = place.discord.connections
    bot.restart()
    await until(lambda: place.discord.connections > connections, seconds=120)


def controls_of(message: ResponseMessage) -> Iterator[Control]:
    """Yield what can be pressed or chosen in a message."""
    for part in walk_components(message.components):
        custom_id = part.get("custom_id")
        if not custom_id or part.get("disabled") or _LEFT_OUT.match(custom_id):
            continue
        if part["type"] == _BUTTON:
            yield Control(_route(custom_id), message, part)
        elif part["type"] == _SELECT:
            for option in part["options"]:
                if not _LEFT_OUT.match(option["value"]) and not option.get("default"):
                    chosen = _route(option["value"]) if FACT_CHOICE.fullmatch(custom_id) else _route(custom_id)
                    yield Control(chosen, message, part, option["value"])


def _route(custom_id: str) -> str:
    """Return what a custom id does, without what it remembers."""
    if pressed := REPLY_BUTTON.fullmatch(custom_id):
        return f"reply-{pressed['action']}{pressed['kind']}"
    if custom_id.isdigit():
        return "open a fact"
    return ":".join(custom_id.split(":")[:2])


async def submit(who: MemberActor, shown: InteractionResult, number: int) -> InteractionResult:
    """Fill in a form with as much as it takes, and send it."""
    assert shown.modal is not None
    values: dict[str, Any] = {}
    for row in shown.modal["components"]:
        part = row.get("component") or row["components"][0]
        if part["type"] == _TEXT_INPUT:
            values[part["custom_id"]] = typed(part, number)
        elif options := part.get("options"):
            chosen = [option["value"] for option in options if option.get("default")] or [options[0]["value"]]
            values[part["custom_id"]] = chosen if part["type"] == _SELECT else chosen[0]
    return await who.submit_modal(shown, values)


def typed(part: dict[str, Any], number: int) -> str:
    """Return what is typed into a field: what stands there where it is read by rules, else as much as it takes."""
    name, most = part["custom_id"], part.get("max_length") or 4000
    if name in ("text", "quote", "reason", "context", "summary"):
        return long_text("the bridge was never safe and we said so ", most, number)
    if part.get("value"):
        return str(part["value"])
    return {"date": "1 January 2020", "cite": "paper #4", "link": "https://example.org/a", "published": "2020"}.get(
        name, long_text("bridge ", min(most, 60), number)
    )[:most]


def messages_of(result: InteractionResult) -> list[ResponseMessage]:
    """Return what an interaction was answered with."""
    return [*([result.response] if result.response is not None else []), *result.followups]


def replies_to(message: Message, place: Place) -> list[ResponseMessage]:
    """Return the bot's reply to a message, if there is one."""
    stored = place.discord.backend.messages[message.channel_id].get(place.discord.replies.get(message.id, 0))
    return [] if stored is None else [ResponseMessage(place.discord, stored)]


def shown_by(sent: Sent, place: Place) -> list[ResponseMessage]:
    """Return the messages that answer what was sent."""
    return messages_of(sent) if isinstance(sent, InteractionResult) else replies_to(sent, place)


def is_answered(sent: Sent, place: Place) -> bool:
    """Return whether what was sent has its answer."""
    if isinstance(sent, InteractionResult):
        return sent.acknowledged and not sent._interaction.loading
    return bool(replies_to(sent, place))


async def outcome_of(sent: Sent, place: Place, patience: float) -> str:
    """Wait for the answer, for so many seconds at most, and say what kind it is."""
    end = time.monotonic() + patience
    while not is_answered(sent, place):
        if time.monotonic() > end:
            return SILENT
        await asyncio.sleep(0.01)
    words = "\n".join(text(message) for message in shown_by(sent, place))
    if any(refusal in words for refusal in REFUSALS.values()):
        return REFUSED
    return GIVEN_UP if str(TOO_LONG) in words or "took too long" in words else ANSWERED
