"""The choices that Discord offers while somebody types: actors and stories for everybody, facts and sources for moderators."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from discord.app_commands import Choice
from rapidfuzz import fuzz, utils

from bot.client.bot import Interaction
from bot.client.fact_text import plain_summary
from bot.client.interactions import run_to_end
from bot.client.panels import CHOICE_LENGTH, MOST_CHOICES
from bot.client.permissions import is_moderator
from bot.client.sending import server_of
from bot.client.text import label
from bot.errors import FootnoteError
from bot.facts.models import ActorRecord, FactKind, FactRecord, Source, StoryInfo
from bot.log import without_words
from bot.presentation.languages import say
from bot.service.session import Session

log = logging.getLogger(__name__)

_STORY = 40  # characters of a story's title beside an actor
_PATIENCE = 2.5  # seconds; Discord drops choices that come after three

_LIKE = 60  # likeness from which a source is offered


async def actors(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer everybody that the story speaks of."""
    return await as_choices(_actors(interaction, typed, speakers=False))


async def speakers(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer everybody who is quoted."""
    return await as_choices(_actors(interaction, typed, speakers=True))


async def stories(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer the stories of the server."""
    return await as_choices(_stories(interaction, typed))


async def _actors(interaction: Interaction, typed: str, *, speakers: bool) -> list[tuple[str, str]]:
    service, server = interaction.client.service, server_of(interaction)
    found = await service.complete_actors(server, typed, speakers=speakers, limit=MOST_CHOICES)
    told = await _visible_stories(interaction)
    found = tuple(each for each in found if told is None or each.story.id in told)
    several = len({each.story.id for each in found}) > 1
    return [(_actor_label(each, several=several), _actor_value(each)) for each in found]


async def _stories(interaction: Interaction, typed: str) -> list[tuple[str, str]]:
    found = await interaction.client.service.complete_stories(server_of(interaction), typed, limit=MOST_CHOICES)
    told = await _visible_stories(interaction)
    return [(each.title, each.id) for each in found if told is None or each.id in told]


async def _visible_stories(interaction: Interaction) -> frozenset[str] | None:
    """Return the ids of the stories that somebody may be offered; None: all, for moderators."""
    if await is_moderator(interaction):
        return None
    return frozenset(each.id for each in await run_to_end(interaction, Session.stories_with_facts))


async def as_choices(work: Awaitable[list[tuple[str, str]]]) -> list[Choice[str]]:
    """Return choices (name and value) as Discord takes them; none where they cannot be had in time."""
    try:
        found = await asyncio.wait_for(work, _PATIENCE)
    except (FootnoteError, TimeoutError) as error:
        log.warning("No choices could be offered: %s", without_words(error))
        return []
    # A value that Discord would not take cannot be cut, for it names something: it is left to be typed.
    return [
        Choice(name=label(name, CHOICE_LENGTH), value=value)
        for name, value in found[:MOST_CHOICES]
        if len(value) <= CHOICE_LENGTH
    ]


def _actor_value(record: ActorRecord) -> str:
    """Return what names this actor and no other: its story and its id, for two stories may have the same id."""
    value = f"{record.story.id}/{record.actor.id}"
    return value if len(value) <= CHOICE_LENGTH else record.actor.name


def _actor_label(record: ActorRecord, *, several: bool) -> str:
    """Return name and role, with the story where there are several of them."""
    actor = record.actor
    named = f"{actor.name}, {actor.role}" if actor.role else actor.name
    if not several:
        return named
    story = label(record.story.title, _STORY)
    return f"{label(named, CHOICE_LENGTH - len(story) - 3)} · {story}"


async def live_facts(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer facts that readers are shown."""
    return await _to_moderators(interaction, lambda: _facts(interaction, typed, retracted=False))


async def all_facts(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer all facts, retracted ones too."""
    return await _to_moderators(interaction, lambda: _facts(interaction, typed, retracted=True))


async def events(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer events."""
    return await _to_moderators(interaction, lambda: _facts(interaction, typed, retracted=False, kind="event"))


async def claims(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer claims."""
    return await _to_moderators(interaction, lambda: _facts(interaction, typed, retracted=False, kind="claim"))


async def sources(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer sources."""
    return await _to_moderators(interaction, lambda: _sources(interaction, typed))


async def _to_moderators(interaction: Interaction, choices: Callable[[], Awaitable[list[tuple[str, str]]]]) -> list[Choice[str]]:
    """Offer choices to moderators alone: Discord asks for them while anybody types, before a command is checked."""

    async def allowed() -> list[tuple[str, str]]:
        return await choices() if await is_moderator(interaction) else []

    return await as_choices(allowed())


def source_likeness(source: Source, typed: str) -> float:
    """Return how well a source fits what was typed, from 0 to 100: its title, publisher, id and link."""
    asked = utils.default_process(typed)
    if not asked:
        return 100.0
    text = utils.default_process(f"{source.title} {source.publisher or ''} {source.id} {source.url or ''}")
    return 100.0 if asked in text else fuzz.partial_token_ratio(asked, text) * 0.9


async def _facts(interaction: Interaction, typed: str, *, retracted: bool, kind: FactKind | None = None) -> list[tuple[str, str]]:
    found = await run_to_end(
        interaction, lambda session: session.facts.complete(typed, kind=kind, retracted=retracted, limit=MOST_CHOICES)
    )
    return [(fact_choice_name(record), f"F{record.number}") for record in found]


def fact_choice_name(record: FactRecord) -> str:
    """Name a fact in one line, for a choice."""
    state = f" ({say('retracted')})" if record.retracted else ""
    name = f"F{record.number}{state} "
    return name + plain_summary(replace(record, retracted=False), CHOICE_LENGTH - len(name))


async def _sources(interaction: Interaction, typed: str) -> list[tuple[str, str]]:
    uses = await run_to_end(interaction, Session.sources_in_order)
    scored = [(source_likeness(use.source, typed), use.cited, use.story, use.source) for use in uses]
    near = sorted((each for each in scored if each[0] >= _LIKE), key=lambda each: (-each[0], -each[1]))
    several = len({story.id for _, _, story, _ in near}) > 1
    return [
        (_source_name(source, story if several else None), f"{story.id}/{source.id}")
        for _, _, story, source in near[:MOST_CHOICES]
    ]


def _source_name(source: Source, story: StoryInfo | None) -> str:
    parts = (source.title, source.publisher, story.title if story else None)
    return label(" · ".join(filter(None, parts)), CHOICE_LENGTH)
