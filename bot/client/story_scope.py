"""Which story a request is about: the one that it names, else the one of its channel, else the only one."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import discord
from discord import ui

from bot.client import words
from bot.client.bot import Interaction
from bot.client.forms.panels import story_panel
from bot.client.interactions import read_for, run_briefly
from bot.client.sending import server_of
from bot.errors import UsageError
from bot.facts.models import StoryInfo
from bot.languages import say
from bot.service.service import Service
from bot.service.session import Session

T = TypeVar("T")

_MAX_ARGUMENT = 80  # characters: Discord takes 100 of a custom id, with the name of its route


async def story_of_interaction(interaction: Interaction) -> str | None:
    """Return the story of the channel in which somebody started an interaction; None: all."""
    return await story_of_channel(interaction.client.service, server_of(interaction), interaction.channel)


async def story_of_channel(service: Service, server: int | None, channel: Any) -> str | None:
    """Return the story that a channel or thread speaks of; None: all."""
    if server is None or channel is None:
        return None
    settings = await service.run_briefly(server, Session.settings)
    return settings.story_of(*channel_and_parent(channel))


def channel_and_parent(channel: Any) -> tuple[int, ...]:
    """Return the id of a channel; for a thread also that of its channel, since a setting may have been made for either."""
    if channel is None:
        return ()
    return (channel.id, channel.parent_id) if isinstance(channel, discord.Thread) else (channel.id,)


async def of_story(
    interaction: Interaction,
    named: str | None,
    go_on: Callable[[str], Awaitable[T]],
    ask: Callable[[Sequence[StoryInfo]], Awaitable[T]],
) -> T:
    """Go on with the story that a command names, the channel's or the only one; if that is not clear, ask for it.

    ``ask`` takes all stories in the order in which they are offered. Raises what `story_for`, ``go_on`` and ``ask`` raise.
    """
    channels = channel_and_parent(interaction.channel)
    story = await read_for(interaction, story_for, named, channels)
    if story is not None:
        return await go_on(story)
    return await ask(await read_for(interaction, offered_stories, channels))


async def ask_story(route: str, argument: object, stories: Sequence[StoryInfo]) -> ui.LayoutView:
    """Ask which story a command means; the choice leads to a route."""
    return story_panel(route, argument, stories, asked=say(words.WHICH_STORY))


def offered_stories(session: Session, channels: Sequence[int]) -> tuple[StoryInfo, ...]:
    """Return all stories in the order in which they are offered: the channel's first, then the newest, which grow most."""
    of_channel, newest = session.settings().story_of(*channels), session.stories()[::-1]
    return tuple(sorted(newest, key=lambda story: story.id != of_channel))


@dataclass(frozen=True, slots=True)
class StoryScope:
    """What a list of facts is taken from: one story, or all of them, which are no more than one unless it is ``unclear``.

    ``stories`` are those that somebody may be offered. ``number`` is the place of the story among all, from 1, for an argument
    that has no room for its id; 0 for all stories.
    """

    story: str | None
    number: int
    stories: tuple[StoryInfo, ...]

    @property
    def unclear(self) -> bool:
        """Whether there are several stories, and none of them is meant."""
        return self.story is None and len(self.stories) > 1

    @property
    def title(self) -> str | None:
        """The title of the story; None where there is no other."""
        return next((info.title for info in self.stories if info.id == self.story), None) if len(self.stories) > 1 else None

    def ask(self, route: str, *arguments: str) -> ui.LayoutView:
        """Ask which story a list is to be of; the choice leads to a route, with the arguments as JSON.

        Raises UsageError where Discord has no room for them.
        """
        argument = json.dumps(arguments, ensure_ascii=False, separators=(",", ":"))
        if len(argument) > _MAX_ARGUMENT:
            raise UsageError(say(words.WHICH_OF_SEVERAL))
        return story_panel(route, argument, self.stories, asked=say(words.WHICH_STORY))


async def scope_of(
    interaction: Interaction, named: str | None = None, *, actor: str | None = None, number: int = 0
) -> StoryScope:
    """Return the scope of a list: the story that is named, or that its ``number`` stands for, else the channel's, or the actor's.

    Raises NotKnownError where there is no such story, and where an actor that has to decide is not known, or may be several.
    """
    scope = await run_briefly(interaction, _scope, named, number, channel_and_parent(interaction.channel))
    if not scope.unclear or not actor:
        return scope
    record = await read_for(interaction, Session.find_actor, actor)
    return await scope_of(interaction, record.story.id)


def _scope(session: Session, named: str | None, number: int, channels: Sequence[int]) -> StoryScope:
    ids = [info.id for info in session.stories()]
    story = story_named(session, named) if named else numbered_story(session, number) or session.settings().story_of(*channels)
    return StoryScope(story, ids.index(story) + 1 if story in ids else 0, session.stories_with_facts())


def numbered_story(session: Session, number: int) -> str | None:
    """Return the id of the story with a number (see `StoryScope.number`); None if it is 0, or there is no such story."""
    stories = session.stories()
    return stories[number - 1].id if 0 < number <= len(stories) else None


def story_named(session: Session, named: str) -> str:
    """Return the id of the story that was chosen from the list or typed by its id or title. Raises NotKnownError for none."""
    typed = named.strip().casefold()
    fitting = [story.id for story in session.stories() if typed in (story.id.casefold(), story.title.casefold())]
    if not fitting:
        session.check_story(named)
    return fitting[0]


def story_for(session: Session, named: str | None, channels: Sequence[int], others: Sequence[str] = ()) -> str | None:
    """Return the story that is meant, such as the one a new fact belongs to; None if somebody has to choose.

    It is the one ``named``, which was chosen from the list or typed by its id or title, else the one of the ``others`` that were
    chosen, else the one of the ``channels`` in which somebody is (a thread and its channel), else the only one. Raises UsageError
    if there is no story, or if what was chosen belongs to several, and NotKnownError.
    """
    stories = session.stories()
    if not stories:
        raise UsageError(say(words.NO_STORY))
    chosen = set(others)
    if named:
        chosen.add(story_named(session, named))
    if len(chosen) > 1:
        raise UsageError(say(words.SEVERAL_STORIES))
    if chosen:
        return chosen.pop()
    of_channel = session.settings().story_of(*channels)
    if any(story.id == of_channel for story in stories):
        return of_channel
    return stories[0].id if len(stories) == 1 else None
