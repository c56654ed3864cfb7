"""The choices that Discord offers while somebody types: speakers, actors and stories."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable

from discord.app_commands import Choice

from bot.client.bot import Interaction
from bot.client.permissions import is_moderator
from bot.client.sending import server_of
from bot.client.story_scope import told_stories
from bot.client.text import label
from bot.errors import FootnoteError
from bot.facts.models import ActorRecord
from bot.log import without_words

log = logging.getLogger(__name__)

MOST = 25
LONGEST = 100
_STORY = 40
_PATIENCE = 2.5


async def actors(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer everybody that the story speaks of."""
    return await offered(_actors(interaction, typed, speakers=False))


async def speakers(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer everybody who is quoted."""
    return await offered(_actors(interaction, typed, speakers=True))


async def stories(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer the stories of the server."""
    return await offered(_stories(interaction, typed))


async def _actors(interaction: Interaction, typed: str, *, speakers: bool) -> list[tuple[str, str]]:
    service, server = interaction.client.service, server_of(interaction)
    found = await service.complete_actors(server, typed, speakers=speakers, limit=MOST)
    told = await _told(interaction)
    found = tuple(each for each in found if told is None or each.story.id in told)
    several = len({each.story.id for each in found}) > 1
    return [(_actor_label(each, several=several), _actor_value(each)) for each in found]


async def _stories(interaction: Interaction, typed: str) -> list[tuple[str, str]]:
    found = await interaction.client.service.complete_stories(server_of(interaction), typed, limit=MOST)
    told = await _told(interaction)
    return [(each.title, each.id) for each in found if told is None or each.id in told]


async def _told(interaction: Interaction) -> frozenset[str] | None:
    """Return the stories that somebody is told of; None: all, for those who keep the facts."""
    if await is_moderator(interaction):
        return None
    return frozenset(each.id for each in await interaction.client.service.run_to_end(server_of(interaction), told_stories))


async def offered(work: Awaitable[list[tuple[str, str]]]) -> list[Choice[str]]:
    """Return choices (name and value) as Discord takes them; none where they cannot be had in time."""
    try:
        found = await asyncio.wait_for(work, _PATIENCE)
    except (FootnoteError, TimeoutError) as error:
        log.warning("No choices could be offered: %s", without_words(error))
        return []
    # A value that Discord would not take cannot be cut, for it names something: it is left to be typed.
    return [Choice(name=label(name, LONGEST), value=value) for name, value in found[:MOST] if len(value) <= LONGEST]


def _actor_value(record: ActorRecord) -> str:
    """Return what names this actor and no other: its story and its id, for two stories may have the same id."""
    value = f"{record.story.id}/{record.actor.id}"
    return value if len(value) <= LONGEST else record.actor.name


def _actor_label(record: ActorRecord, *, several: bool) -> str:
    """Return name and role, with the story where there are several of them."""
    actor = record.actor
    named = f"{actor.name}, {actor.role}" if actor.role else actor.name
    if not several:
        return named
    story = label(record.story.title, _STORY)
    return f"{label(named, LONGEST - len(story) - 3)} · {story}"
