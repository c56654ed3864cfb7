"""What a channel speaks of: the story that its server chose for it, or for the channel that a thread is in."""

from __future__ import annotations

from typing import Any

import discord

from bot.client.bot import Interaction
from bot.client.sending import server_of
from bot.facts.models import StoryInfo
from bot.facts.server_settings import ServerSettings
from bot.service.service import Service
from bot.service.session import Session


def told_stories(session: Session) -> tuple[StoryInfo, ...]:
    """Return the stories that readers are told of: those that have a fact to show."""
    return tuple(story for story in session.stories() if session.base.has_more_than(0, story.id))


async def story_here(interaction: Interaction) -> str | None:
    """Return the story of the channel in which somebody started an interaction; None: all."""
    return await story_of(interaction.client.service, server_of(interaction), interaction.channel)


async def story_of(service: Service, server: int | None, channel: Any) -> str | None:
    """Return the story that a channel or thread speaks of; None: all."""
    if server is None or channel is None:
        return None
    return await service.run_to_end(server, lambda session: chosen_story(session.base.settings.read(), channel))


def chosen_story(settings: ServerSettings, channel: Any) -> str | None:
    """Return the story that was chosen for a channel, or for the one that a thread is in; None: all."""
    return next((story for each in places(channel) if (story := settings.story_of(each))), None)


def places(channel: Any) -> tuple[int, ...]:
    """Return the id of a channel, and of a thread also that of its channel."""
    parent = channel.parent_id if isinstance(channel, discord.Thread) else None
    return (channel.id,) if parent is None else (channel.id, parent)
