"""Somebody follows something, facts change, and time passes: it is the noon of a day to come unless a test says otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import discord
import time_machine
from simcord import ChannelHandle, InteractionResult, MemberActor

from bot.client.follows.telling import Telling
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.facts.models import Citation, Fact
from bot.service.session import Session
from tests.client.forms import in_session
from tests.client.world import World, bot_of, finish_background, text

STORY = "rt-twitter-ban"
NOON = datetime.combine(datetime.now(UTC).date() + timedelta(days=2), time(12), UTC)
BOUGHT = "Twitter bought a lighthouse."


async def follow(world: World, who: MemberActor, what: str = "story", **options: Any) -> InteractionResult:
    return await who.slash(world.channel, f"follow {what}", **options)


async def add(world: World, words: str = BOUGHT, *, at: datetime = NOON, name: str = "new", **fields: Any) -> None:
    """Add a fact of the story, about Twitter, at a time."""

    def work(session: Session) -> None:
        first = session.base.by_date("event")[0]
        (twitter,) = [record.actor.id for record in session.actors() if record.actor.name == "Twitter"]
        cited = Citation(first.fact.citations[0].source)
        fact = Fact(name, "event", words, (cited,), who=(twitter,))
        session.base.revisions.apply(Edit(first.story.id, facts=(replace(fact, **fields),)), sign("discord:1", None))

    with time_machine.travel(at):
        await in_session(world, work)


async def retract(world: World, name: str = "new", reason: str = "It was a barn.") -> None:
    def work(session: Session) -> None:
        story = session.base.by_date("event")[0].story.id
        session.base.revisions.apply(Edit(story, retract=(name,)), sign("discord:1", reason))

    with time_machine.travel(NOON):
        await in_session(world, work)


async def look(world: World, at: datetime = NOON) -> None:
    """Let the bot look whether somebody is to be told something, at a time."""
    cog: Any = bot_of(world).get_cog(Telling.__name__)
    with time_machine.travel(at):
        await cog.minutely()
    await finish_background(bot_of(world))


async def restart(world: World) -> None:
    """Stop the bot and start a fresh one, which then looks at every server first."""
    await world.restart()
    cog: Any = bot_of(world).get_cog(Telling.__name__)
    await cog.ready()


def told(who: MemberActor) -> list[str]:
    """Return the direct messages that somebody has, oldest first."""
    return of_channel(who.user.dm_channel)


def of_channel(channel: ChannelHandle) -> list[str]:
    return [text(message) for message in messages(channel)]


def messages(channel: ChannelHandle) -> list[discord.Message]:
    return sorted(channel.history(), key=lambda message: message.id)
