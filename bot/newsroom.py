"""A simulated Discord server for the preview: one channel, a reader, a moderator, and a few questions asked already.

Needs simcord, which only the ``preview`` extra installs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import discord
from simcord import ChannelHandle, Env, GuildHandle, MemberActor, UserHandle

from bot.facts.models import Story

SERVER = "The newsroom"
CHANNEL = "ask-the-story"
BOT = "Footnote"

WELCOME = (
    "Welcome! Type **@{bot}** and a question, for example:\n> @{bot} {question}\n\n"
    "Type **/** to see the commands. Under “Viewing as”, above, you can be the reader or the moderator."
)


class Member(MemberActor):
    """A member whose typed ``@Footnote`` becomes a mention, as Discord's own apps do when a name is picked."""

    async def send(self, channel: ChannelHandle, content: str = "", **options: Any) -> discord.Message:
        """Send a message."""
        user = self._env.bot.user
        mention = user.mention if user else f"@{BOT}"
        return await super().send(channel, re.sub(rf"@{BOT}\b", mention, content, flags=re.IGNORECASE), **options)


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The server's channel and the members that a person can be."""

    channel: ChannelHandle
    reader: Member
    moderator: Member


async def open_newsroom(env: Env, stories: Iterable[Story]) -> Newsroom:
    """Make the server, welcome the person who looks at it, and ask the first questions."""
    if env.bot.user is not None:
        await env.bot.user.edit(username=BOT)
    guild = env.create_guild(SERVER)
    channel = guild.create_text_channel(CHANNEL, topic="Questions about the story, answered with sources")
    moderators = guild.create_role("Moderators", permissions=discord.Permissions(manage_messages=True))
    newsroom = Newsroom(
        channel,
        _member(env, guild, env.create_user("reader", global_name="Reader")),
        _member(env, guild, env.create_user("moderator", global_name="Moderator"), moderators),
    )
    questions = [question for story in stories for question in example_questions(story)]
    welcome = WELCOME.format(bot=BOT, question=(questions or ["what happened?"])[-1])
    await MemberActor(env, guild, newsroom.moderator.user).send(channel, welcome)
    for question in questions[:3]:
        await newsroom.reader.send(channel, f"@{BOT} {question}")
    return newsroom


def example_questions(story: Story) -> tuple[str, ...]:
    """Return questions that show the bot: one that must stay without an answer, one for a quote, one for an event."""
    kinds = {fact.id: fact.kind for fact in story.facts}
    found: dict[str, str] = {}
    for question in story.questions:
        kind = kinds.get(question.expect[0], "") if question.expect else "none"
        found.setdefault(kind, question.ask)
    return tuple(found[kind] for kind in ("none", "quote", "event") if kind in found)


def _member(env: Env, guild: GuildHandle, user: UserHandle, *roles: Any) -> Member:
    guild.add_member(user, roles=roles)
    return Member(env, guild, user)
