"""A week of a busy server, simulated: chatter, questions, presses and changes, with nights in which its base is closed.

simcord's clock goes on by the hour, and with it all that the bot does by itself: each minute what was counted is written and
replies are corrected that show a changed fact, and once a day what is old is forgotten. At night the base is closed. The bot
dates what it keeps by the real clock, so what is in the base is set back by a day each night. What simcord remembers of Discord
is dropped each hour: it is no memory of the bot's.
"""

from __future__ import annotations

import gc
import os
import random
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path
from typing import Any

import discord
import simcord
from simcord import Env, MemberActor

from bot.client.bot import FootnoteBot
from bot.client.logbook import aftermath
from bot.client.start import make_bot
from bot.facts.edits import Edit
from bot.facts.files import connect, connect_to_read
from bot.facts.logbook import sign
from bot.facts.revisions import Applied
from bot.service.service import Service
from bot.service.session import Session
from bot.settings import Settings
from data.benchmarks.load_answers import recorded, unlimited
from data.benchmarks.load_chatter import copies, payloads
from data.benchmarks.new_questions import wordings
from data.benchmarks.resident import resident
from tests.client.world import World, closed, make_world

MEMBERS = 200
REPLY_DAYS = 2
"""For how many days buttons work: within a week as much is then forgotten as comes."""

_HOUR = 3600
_PRESSED = ("Yes", "No", "Sources")
_DATED = ("asked", "draft", "reply", "suggested")  # what is forgotten by its date


@dataclass(frozen=True, slots=True)
class Load:
    """How much happens in a day."""

    messages: int = 20_000
    questions: int = 2_000
    presses: int = 200
    changes: int = 50


@dataclass(frozen=True, slots=True)
class Day:
    """What the bot has at the end of a day: megabytes in memory and in the files of the base, and what it counts."""

    memory: float
    objects: int
    files: float
    replies: int
    grown: str
    """What has grown most among the objects of a kind since the day before."""


async def week(settings: Settings, days: int, load: Load, *, hours: int = 24, seed: int = 7) -> AsyncIterator[Day]:
    """Yield what the bot has at the end of each day, of so many hours. Its base is made in the settings' home."""
    settings = replace(unlimited(settings), reply_days=REPLY_DAYS)
    bot = make_bot(service := Service(settings), shard_count=1)
    async with service, simcord.run(bot, shard_count=1, settle_timeout=600) as env:
        simulated = _Week(make_world(env, service), bot, load, random.Random(seed))
        await simulated.begin()
        before: Counter[str] = Counter()
        for _ in range(days):
            await simulated.day(hours)
            set_back(settings.base_path(simulated.world.guild.id))
            now = counted()
            yield _seen(settings, simulated.world.guild.id, now, before)
            before = now


class _Week:
    """The server, its members and what they do."""

    def __init__(self, world: World, bot: FootnoteBot, load: Load, chance: random.Random) -> None:
        self.world, self.bot, self._load, self._chance = world, bot, load, chance

    async def begin(self) -> None:
        """Let members come, and see what they write."""
        env = self.world.env
        self._members = [self.world.guild.add_member(env.create_user(f"member{number}")) for number in range(MEMBERS)]
        self._chatter = cycle((await payloads(self.world)).values())
        self._questions = cycle(wordings(await recorded(self.world)))

    async def day(self, hours: int) -> None:
        """Let a day go by, the last third of it a night in which the base is closed."""
        awake = hours - hours // 3
        for hour in range(hours):
            if hour < awake:
                await self._hour(awake)
            else:
                await closed(self.world)
            await self.world.env.advance_time(_HOUR)
            forget_discord(self.world.env)
        await closed(self.world)

    async def _hour(self, hours: int) -> None:
        load, world = self._load, self.world
        parse = self.bot._connection.parsers["MESSAGE_CREATE"]
        for _ in range(_share(load.messages, hours, self._chance)):
            for data in copies(next(self._chatter), 1):
                parse(data)
        for number in range(_share(load.questions, hours, self._chance)):
            await self._ask(self._chance.choice(self._members), by_command=bool(number % 2))
        answers = [message for message in world.channel.history() if message.author == self.bot.user]
        for _ in range(_share(load.presses, hours, self._chance) if answers else 0):
            await self._press(self._chance.choice(self._members), self._chance.choice(answers))
        for _ in range(_share(load.changes, hours, self._chance)):
            await self._change()

    async def _ask(self, member: MemberActor, *, by_command: bool) -> None:
        question = next(self._questions)
        if by_command:
            await member.slash(self.world.channel, "ask", question=question)
        else:
            await member.send(self.world.channel, f"{self.world.mention} {question}")

    async def _press(self, member: MemberActor, answer: discord.Message) -> None:
        there = {label for label in _labels(answer) if label in _PRESSED}
        if there:
            await member.click(answer, label=self._chance.choice(sorted(there)))

    async def _change(self) -> None:
        """Correct a fact as a moderator does, with all that follows."""
        signature = sign(f"discord:{self.world.moderator.id}", "a better wording")
        applied = await self.world.service.write(self.world.guild.id, lambda session: self._changed(session, signature))
        aftermath.follow_change(self.bot, self.world.guild.id, applied)

    def _changed(self, session: Session, signature: Any) -> Applied:
        record = session.base.revisions.show(self._chance.randint(1, 60))
        text = record.fact.text.removesuffix(" (corrected)")
        fact = replace(record.fact, text=text if text != record.fact.text else f"{text} (corrected)")
        return session.base.revisions.apply(Edit(record.story.id, facts=(fact,)), signature, action="edit")


def set_back(base: Path) -> None:
    """Let what is kept for a time in a base be a day older."""
    with closing(connect(base, wait=10)) as connection:
        for table in _DATED:
            connection.execute(f"UPDATE {table} SET at = date(substr(at, 1, 10), '-1 day') || substr(at, 11)")
        connection.execute("UPDATE usage SET day = date(day, '-1 day')")


def forget_discord(env: Env) -> None:
    """Drop what simcord remembers of what was said and asked."""
    backend = env.backend
    for messages in backend.messages.values():
        messages.clear()
    for memory in (backend.transcript, backend.http_requests, backend.interactions, backend.interaction_tokens):
        memory.clear()
    backend._reserved_ids.clear()


def counted() -> Counter[str]:
    """Count the objects of each kind that are in memory."""
    gc.collect()
    return Counter(f"{type(instance).__module__}.{type(instance).__qualname__}" for instance in gc.get_objects())


def _seen(settings: Settings, server: int, now: Counter[str], before: Counter[str]) -> Day:
    path = settings.base_path(server)
    with closing(connect_to_read(path, wait=10)) as connection:
        (replies,) = connection.execute("SELECT count(*) FROM reply").fetchone()
    files = sum(os.path.getsize(file) for file in path.parent.glob(f"{path.name}*")) / 1e6
    grown = ", ".join(f"{kind} +{number}" for kind, number in (now - before).most_common(3)) if before else ""
    return Day(resident(), sum(now.values()), files, replies, grown)


def _share(number: int, hours: int, chance: random.Random) -> int:
    """Return how many of a day's happen in an hour; what is less than one, by chance."""
    return int(number / hours + chance.random())


def _labels(message: discord.Message) -> Iterator[str]:
    for component in message.components:
        yield from _labels_in(component)


def _labels_in(component: Any) -> Iterator[str]:
    if label := getattr(component, "label", None):
        yield label
    for child in getattr(component, "children", ()):
        yield from _labels_in(child)
