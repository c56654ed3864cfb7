"""`/follow` and `/following`: what a member follows by direct message, and what moderators have channels follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

import discord
from discord import app_commands, ui
from discord.app_commands import Range
from discord.ext import commands

from bot.answers.models import Answer
from bot.answers.news import day_asked_for
from bot.client.bot import Interaction
from bot.client.follows import words
from bot.client.follows.views import unfollow_button
from bot.client.incoming_messages import typed_text
from bot.client.interactions import NUMBER, RouteInput, read_for, route, sends, write_for
from bot.client.options import ActorName, StoryName
from bot.client.panels import AMBER, BLUE, GREEN, page_buttons, page_of, panel, section, show
from bot.client.permissions import Permission, check_permission, in_servers, is_moderator, requires, signature_of
from bot.client.posting import post_in_channel
from bot.client.sending import respond_privately, server_of
from bot.client.settings.words import CANNOT_WRITE
from bot.client.story_scope import ask_story, of_story, scope_of
from bot.client.text import inline, timestamp
from bot.client.words import page_foot
from bot.errors import UsageError
from bot.facts.state.follows import Follow, FollowTarget
from bot.languages import say
from bot.phrases import separated
from bot.service.follows import sure_answer
from bot.service.session import Session

_PAGE = 8
_TITLE = 150
_MAX_QUESTION = 300

When: TypeAlias = Literal["at once", "once a day"]
Channel: TypeAlias = discord.TextChannel | discord.Thread

WHEN = "At once (the default), or once a day, in the morning"
CHANNEL = "Tell everybody in this channel instead of you (for moderators)"


@in_servers
class FollowCommands(commands.GroupCog, group_name="follow", group_description="Be told when facts come or change"):
    """Follows stories, actors and questions."""

    @app_commands.command()
    @app_commands.describe(story="The story; if left out, this channel's", when=WHEN, channel=CHANNEL)
    @requires(Permission.MEMBER)
    @sends(respond_privately)
    async def story(
        self, interaction: Interaction, story: StoryName | None = None, when: When | None = None, channel: Channel | None = None
    ) -> ui.LayoutView:
        """Be told of every fact of a story that comes, is corrected or is retracted."""
        return await _follow_meant_story(interaction, story, when, channel)

    @app_commands.command()
    @app_commands.describe(actor="A person, an organisation or a place", when=WHEN, channel=CHANNEL)
    @requires(Permission.MEMBER)
    @sends(respond_privately)
    async def actor(
        self, interaction: Interaction, actor: ActorName, when: When | None = None, channel: Channel | None = None
    ) -> ui.LayoutView:
        """Be told of every fact about a person or an organisation that comes, is corrected or is retracted."""
        scope = await scope_of(interaction, actor=actor)
        record = await read_for(interaction, Session.find_actor, actor, scope.story)
        target = FollowTarget("actor", record.story.id, record.actor.id)
        return await _follow(interaction, target, when == "once a day", channel.id if channel is not None else 0)

    @app_commands.command()
    @app_commands.describe(question="What do you want to know?", story="Ask only this story", when=WHEN, channel=CHANNEL)
    @requires(Permission.MEMBER)
    @sends(respond_privately)
    async def question(
        self,
        interaction: Interaction,
        question: Range[str, 1, 300],
        story: StoryName | None = None,
        when: When | None = None,
        channel: Channel | None = None,
    ) -> ui.LayoutView:
        """Be told when the answer to a question comes or changes."""
        if day_asked_for(question) is not None:  # whoever asks what is new, again and again, follows the story
            return await _follow_meant_story(interaction, story, when, channel)
        scope, asked = await scope_of(interaction, story), typed_text(question).stored[:_MAX_QUESTION]
        answer = await interaction.client.service.ask(server_of(interaction), asked, story=scope.story)
        target = FollowTarget("question", scope.story or "", asked)
        return await _follow(interaction, target, when == "once a day", channel.id if channel is not None else 0, answer)


class FollowList(commands.Cog):
    """Lists what is followed."""

    @app_commands.command()
    @in_servers
    @requires(Permission.MEMBER)
    @sends(respond_privately)
    async def following(self, interaction: Interaction) -> ui.LayoutView:
        """See what you follow, and unfollow it."""
        return await _list(interaction, 0)


@route("follow-story", Permission.MEMBER, rf"[01]:{NUMBER}", least=1, send=show)
async def _story_chosen(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Follow the story that was chosen."""
    daily, channel = map(int, given.argument.split(":"))
    return await _follow_story(interaction, bool(daily), channel, given.values[0])


async def _follow_meant_story(
    interaction: Interaction, story: str | None, when: When | None, channel: Channel | None
) -> ui.LayoutView:
    """Follow the story that is named, or this channel's, or ask which of several is meant."""
    daily, where = when == "once a day", channel.id if channel is not None else 0
    go_on = partial(_follow_story, interaction, daily, where)
    return await of_story(interaction, story, go_on, partial(ask_story, "follow-story", f"{int(daily)}:{where}"))


async def _follow_story(interaction: Interaction, daily: bool, channel: int, story: str) -> ui.LayoutView:
    await read_for(interaction, Session.check_story, story)
    return await _follow(interaction, FollowTarget("story", story), daily, channel)


async def _follow(
    interaction: Interaction, target: FollowTarget, daily: bool, channel: int, answer: Answer | None = None
) -> ui.LayoutView:
    """Follow something as whoever asked, or with a ``channel`` (0: none) for everybody there, which takes a moderator.

    A question has its ``answer`` of now. The channel is told so, and nothing is followed where that cannot be written. Raises
    NotAllowedError, UsageError.
    """
    if channel:
        await check_permission(interaction, Permission.MODERATOR)
    user, signature = interaction.user.id, signature_of(interaction) if channel else None
    fact = sure_answer(answer) if answer is not None and not answer.unread else None
    known = (fact.number, fact.revision) if fact is not None else None
    asked = answer is None or not answer.unread
    before: Follow | None = None

    def add(session: Session) -> tuple[Follow, str, tuple[str, ...]]:
        nonlocal before
        whose = {"channel": channel} if channel else {"user": user}
        of_channel = session.follows.of_channels() if channel else ()
        before = next((follow for follow in of_channel if (follow.channel, follow.target) == (channel, target)), None)
        follow = session.follows.add(target, **whose, daily=daily, answer=known, asked=asked, signature=signature)
        return follow, session.settings().timezone, () if channel else session.follows.take_ended(user)

    def undo(session: Session) -> None:
        if before is None:
            session.follows.remove(follow.number, signature=signature)
        else:
            session.follows.add(target, channel=channel, daily=before.daily, answer=before.answer, signature=signature)

    follow, zone, ended = await write_for(interaction, add)
    view = panel([_ended(ended), words.followed(follow, zone)], [unfollow_button(follow, _guild(interaction))], colour=GREEN)
    if channel:
        bot, server = interaction.client, server_of(interaction)
        if await post_in_channel(bot, server, channel, view) is None:
            await write_for(interaction, undo)
            return panel(say(CANNOT_WRITE, channel=f"<#{channel}>"), colour=AMBER)
        return panel(words.followed(follow, zone), [unfollow_button(follow, _guild(interaction))], colour=GREEN)
    return view


@route("following", Permission.MEMBER, numbers=1, send=show)
async def _list(interaction: Interaction, page: int) -> ui.LayoutView:
    """Return a page of what whoever asked follows; to moderators, of what channels follow, too."""
    user, moderates = interaction.user.id, await is_moderator(interaction)

    def read(session: Session) -> tuple[tuple[Follow, ...], dict[int, str], tuple[str, ...]]:
        channels = session.follows.of_channels() if moderates else ()
        return (*session.follows.of_user(user), *channels), session.refusals.since(), session.follows.take_ended(user)

    follows, refusing, ended = await write_for(interaction, read)
    of_page, page, pages = page_of(follows, page, _PAGE)
    note = _ended(ended)
    own = [follow for follow in of_page if follow.channel is None]
    of_channels = [follow for follow in of_page if follow.channel is not None]
    blocks: list[list[Any]] = [[note]] if note else []
    blocks.append(
        [say(words.FOLLOWS_TITLE if own or page else words.NO_FOLLOWS), *(_line(follow, interaction) for follow in own)]
    )
    if of_channels:
        blocks.append([say(words.CHANNELS_TITLE), *(_line(follow, interaction, refusing) for follow in of_channels)])
    blocks[-1].append(page_foot(page, pages))
    return panel(blocks, page_buttons("following", page, pages, lambda to: to), colour=AMBER if note else BLUE)


def _line(follow: Follow, interaction: Interaction, refusing: Mapping[int, str] = MappingProxyType({})) -> ui.Item[Any]:
    """Return a line of the list; of a channel of ``refusing`` it says since when it takes no messages."""
    where = f"<#{follow.channel}>" if follow.channel is not None else ""
    often = say(words.DAY if follow.daily else words.ONCE)
    text = f"**{inline(follow.title, _TITLE)}**\n-# {separated([part for part in (where, often) if part])}"
    if since := refusing.get(follow.channel or 0):
        text += f"\n-# {say(words.WAITS, since=timestamp(since, 'D'))}"
    return section(text, unfollow_button(follow, _guild(interaction)))


def _ended(titles: Sequence[str]) -> str:
    return say(words.ENDED, names=words.named(titles)) if titles else ""


def _guild(interaction: Interaction) -> int:
    return server_of(interaction) or 0


@route("unfollow", Permission.ANYONE, numbers=2, send=show)
async def _unfollow(interaction: Interaction, server: int, number: int) -> ui.LayoutView:
    """Unfollow as whoever pressed, in the server or under a direct message.

    Raises UsageError in another server, and where the base is another process's, NotKnownError where there is no such follow of
    theirs.
    """
    bot = interaction.client
    if server_of(interaction) not in (None, server) or bot.get_guild(server) is None:
        raise UsageError(say(words.IN_THE_SERVER))
    user = interaction.user.id
    follow = await bot.service.write(server, lambda session: session.follows.remove(number, user=user))
    return panel(say(words.NOT_ANY_MORE, name=words.named([follow.title])))


@route("unfollow-channel", Permission.MODERATOR, numbers=1, send=show)
async def _unfollow_channel(interaction: Interaction, number: int) -> ui.LayoutView:
    """Have a channel unfollow something."""
    signature = signature_of(interaction)
    follow = await write_for(interaction, lambda session: session.follows.remove(number, signature=signature))
    return panel(say(words.NOT_ANY_MORE, name=words.named([follow.title])))
