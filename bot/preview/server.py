"""A simulated Discord server for the preview: one channel, a reader, a moderator, and a few questions already asked.

Needs simcord, which only the ``preview`` extra installs.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import discord
from simcord import ChannelHandle, Env, GuildHandle, MemberActor, UserHandle

from bot.errors import FootnoteError
from bot.facts.models import RecordedQuestion, Story
from bot.service.service import Service

SERVER = "The server"
CHANNEL = "ask-the-story"
BOT = "Footnote"

WELCOME = (
    "Welcome! Type **@{bot}** and a question, for example:\n> @{bot} {question}\n\n"
    "Type **/** to see the commands; **/message-menu** has what Discord has in the menu of a message. Under “Viewing as”, above, "
    "you can be the reader or the moderator, who adds and corrects facts with **/fact**."
)


class PreviewMember(MemberActor):
    """A member whose typed ``@Footnote`` becomes a mention, as in Discord's own apps when a name is picked from the list."""

    async def send(self, channel: ChannelHandle, content: str = "", **options: Any) -> discord.Message:
        """Send a message."""
        set_clock(self._env)
        user = self._env.bot.user
        mention = user.mention if user else f"@{BOT}"
        return await super().send(channel, re.sub(rf"@{BOT}\b", mention, content, flags=re.IGNORECASE), **options)


@dataclass(frozen=True, slots=True)
class SimulatedServer:
    """The server's channel, the direct messages of the reader, and the members that the page can be viewed as."""

    channel: ChannelHandle
    direct: ChannelHandle
    reader: PreviewMember
    moderator: PreviewMember


async def open_server(env: Env, service: Service, stories: Iterable[Story]) -> SimulatedServer:
    """Make the server, post a welcome, and ask the first questions.

    The server and its members have the same ids at each start, so that a folder of facts fits them again.
    """
    if env.bot.user is not None:
        await env.bot.user.edit(username=BOT)
    guild = env.create_guild(SERVER)
    channel = guild.create_text_channel(CHANNEL, topic="Questions about the story, answered with sources")
    moderators = guild.create_role("Moderators", permissions=discord.Permissions(manage_messages=True))
    reader, moderator = env.create_user("reader", global_name="Reader"), env.create_user("moderator", global_name="Moderator")
    simulated = SimulatedServer(
        channel, reader.dm_channel, _member(env, guild, reader), _member(env, guild, moderator, moderators)
    )
    set_clock(env)
    questions = [question for story in stories for question in await example_questions(service, guild.id, story)]
    welcome = WELCOME.format(bot=BOT, question=(questions or ["what happened?"])[-1])
    await MemberActor(env, guild, simulated.moderator.user).send(channel, welcome)
    for question in questions[:3]:
        await simulated.reader.send(channel, f"@{BOT} {question}")
    if questions:
        await reader.send_dm(questions[-1])
    return simulated


async def example_questions(service: Service, server: int | None, story: Story) -> tuple[str, ...]:
    """Return up to three recorded questions of a story that the bot answers right.

    They are one that must stay unanswered, one answered by a quote and one with a short answer, in this order. A kind of which
    none is answered right is left out, so that the preview shows no mistake before its visitor has asked anything.
    """
    kinds = {fact.id: fact.kind for fact in story.facts}
    unanswerable = (question for question in story.questions if not question.expect)
    quotes = (
        question
        for question in story.questions
        if question.short is None and {kinds[fact] for fact in question.expect} == {"quote"}
    )
    short = (question for question in story.questions if question.expect and question.short is not None)
    firsts = [await _first_right(service, server, story, questions) for questions in (unanswerable, quotes, short)]
    return tuple(question for question in firsts if question is not None)


async def _first_right(service: Service, server: int | None, story: Story, questions: Iterable[RecordedQuestion]) -> str | None:
    """Return the first of the questions that is answered as recorded, or None."""
    for question in questions:
        try:
            answer = await service.ask(server, question.ask)
        except FootnoteError:
            continue
        right = not question.expect
        if answer.status == "answered":
            first = answer.facts[0].record
            short = question.short is None or question.short.casefold() in (answer.short or "").casefold()
            right = first.story.id == story.info.id and first.fact.id in question.expect and short
        if right:
            return question.ask
    return None


@asynccontextmanager
async def clock_running(env: Env, seconds: float, tick: Callable[[], None] = lambda: None) -> AsyncIterator[None]:
    """Let the simulated clock, which stands still by itself, follow the real one in steps of ``seconds``.

    ``tick`` is called after each.
    """

    async def run() -> None:
        while True:
            await asyncio.sleep(seconds)
            set_clock(env)
            tick()

    running = asyncio.create_task(run())
    try:
        yield
    finally:
        running.cancel()


def set_clock(env: Env) -> None:
    """Set the simulated clock to the real time, by which the bot dates what it stores."""
    env.backend.advance_clock(max((datetime.now(UTC) - env.now()).total_seconds(), 0))


def _member(env: Env, guild: GuildHandle, user: UserHandle, *roles: Any) -> PreviewMember:
    guild.add_member(user, roles=roles)
    return PreviewMember(env, guild, user)
