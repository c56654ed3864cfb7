"""Options of commands for which choices are offered while somebody types: actors, stories, facts and sources.

Actors and stories are offered to everybody, facts and sources only to moderators: Discord asks for choices before anybody's
permission to use the command is checked.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, TypeAlias

from discord import app_commands
from discord.app_commands import Choice, Transform
from rapidfuzz import fuzz, utils

from bot.client.bot import FootnoteBot, Interaction
from bot.client.fact_text import plain_summary
from bot.client.interactions import read_while_typing
from bot.client.panels import CHOICE_LENGTH, MAX_CHOICES
from bot.client.permissions import is_moderator
from bot.client.text import label
from bot.errors import FootnoteError
from bot.facts.models import FactKind, FactRecord, Source
from bot.languages import say
from bot.log import without_words
from bot.service.lists import SourceUse
from bot.service.session import Session

log = logging.getLogger(__name__)

_STORY = 40  # characters of a story's title beside an actor
_PATIENCE = 2.5  # seconds; Discord drops choices that come after three

_LIKE = 60  # likeness from which a source is offered
MAX_TYPED = 200
"""Characters of a name, some words or a date; in an option without a limit Discord lets thousands through."""

_MAX_LINK = 2000  # characters of a source, which may be named by its link


class Completed(app_commands.Transformer[FootnoteBot]):
    """A text option for which choices are offered while somebody types; what was typed or chosen is taken as it is.

    ``find`` returns the name and the value of each choice; ``longest`` is how many characters may be typed.
    """

    def __init__(self, find: Callable[[Interaction, str], Awaitable[list[tuple[str, str]]]], longest: int = MAX_TYPED) -> None:
        self._find, self._longest = find, longest

    @property
    def max_value(self) -> int:
        """The most characters."""
        return self._longest

    async def transform(self, interaction: Interaction, value: Any, /) -> str:
        """Return what was typed."""
        return str(value)

    async def autocomplete(self, interaction: Interaction, value: Any, /) -> list[Choice[Any]]:
        """Return choices as Discord takes them; none if they do not come in time."""
        try:
            choices = await asyncio.wait_for(self._find(interaction, str(value)), _PATIENCE)
        except (FootnoteError, TimeoutError) as error:
            log.warning("No choices could be offered: %s", without_words(error))
            return []
        # A value too long for Discord cannot be cut, for it names something: that choice is left out and can be typed.
        fitting = [(name, chosen) for name, chosen in choices if len(chosen) <= CHOICE_LENGTH]
        return [Choice(name=label(name, CHOICE_LENGTH), value=chosen) for name, chosen in fitting[:MAX_CHOICES]]


async def actors(interaction: Interaction, typed: str, *, speakers: bool = False) -> list[tuple[str, str]]:
    """Find everybody that the stories speak of, or everybody who is quoted."""
    records = await read_while_typing(interaction, Session.complete_actors, typed, speakers=speakers, limit=MAX_CHOICES)
    visible = await _visible_stories(interaction)
    records = tuple(record for record in records if visible is None or record.story.id in visible)
    several = len({record.story.id for record in records}) > 1
    choices = []
    for actor, story in ((record.actor, record.story) for record in records):
        name = f"{actor.name}, {actor.role}" if actor.role else actor.name
        if several:
            beside = label(story.title, _STORY)
            name = f"{label(name, CHOICE_LENGTH - len(beside) - 3)} · {beside}"
        # The story belongs to the value: actors of two stories may have the same id.
        value = f"{story.id}/{actor.id}"
        choices.append((name, value if len(value) <= CHOICE_LENGTH else actor.name))
    return choices


async def stories(interaction: Interaction, typed: str) -> list[tuple[str, str]]:
    """Find the stories of the server."""
    infos = await read_while_typing(interaction, Session.complete_stories, typed, limit=MAX_CHOICES)
    visible = await _visible_stories(interaction)
    return [(info.title, info.id) for info in infos if visible is None or info.id in visible]


async def _visible_stories(interaction: Interaction) -> frozenset[str] | None:
    """Return the ids of the stories that somebody may be offered; None: all, for moderators."""
    if await is_moderator(interaction):
        return None
    return frozenset(info.id for info in await read_while_typing(interaction, Session.stories_with_facts))


def source_likeness(source: Source, typed: str) -> float:
    """Return how well a source fits what was typed, from 0 to 100: its title, publisher, id and link."""
    asked = utils.default_process(typed)
    if not asked:
        return 100.0
    text = _source_text(source)
    return 100.0 if asked in text else fuzz.partial_token_ratio(asked, text) * 0.9


def sources_named(uses: Sequence[SourceUse], typed: str) -> list[SourceUse]:
    """Return the sources that contain what was typed as it is, or else all of its words."""
    asked = utils.default_process(typed)
    texts = [(use, _source_text(use.source)) for use in uses] if asked else []
    whole = [use for use, text in texts if asked in text]
    return whole or [use for use, text in texts if set(text.split()).issuperset(asked.split())]


def _source_text(source: Source) -> str:
    return utils.default_process(f"{source.title} {source.publisher or ''} {source.id} {source.url or ''}")


async def facts(
    interaction: Interaction, typed: str, *, kind: FactKind | None = None, retracted: bool = False
) -> list[tuple[str, str]]:
    """Find facts, for moderators."""
    if not await is_moderator(interaction):
        return []

    def choices(session: Session) -> list[tuple[str, str]]:
        records = session.facts.complete(typed, kind=kind, retracted=retracted, limit=MAX_CHOICES)
        return [(fact_choice_name(record), f"F{record.number}") for record in records]

    return await read_while_typing(interaction, choices)


def fact_choice_name(record: FactRecord) -> str:
    """Name a fact in one line, for a choice."""
    state = f" ({say('retracted')})" if record.retracted else ""
    name = f"F{record.number}{state} "
    return name + plain_summary(record, CHOICE_LENGTH - len(name), also_retracted=True)


async def sources(interaction: Interaction, typed: str) -> list[tuple[str, str]]:
    """Find sources, for moderators."""
    if not await is_moderator(interaction):
        return []
    return await read_while_typing(interaction, _source_choices, typed[:MAX_TYPED])


def _source_choices(session: Session, typed: str) -> list[tuple[str, str]]:
    """Return the name and the value of each source that may be meant by what was typed, best first."""
    near = _sources_like(session, typed)
    several = len({use.story.id for use in near}) > 1
    choices = []
    for use in near[:MAX_CHOICES]:
        parts = (use.source.title, use.source.publisher, use.story.title if several else None)
        choices.append((" · ".join(filter(None, dict.fromkeys(parts))), f"{use.story.id}/{use.source.id}"))
    return choices


def _sources_like(session: Session, typed: str) -> list[SourceUse]:
    """Return the sources that fit what was typed, best first, out of perhaps thousands."""
    scored = [(source_likeness(use.source, typed), use) for use in session.sources_in_order()]
    return [use for score, use in sorted(scored, key=lambda pair: (-pair[0], -pair[1].cited)) if score >= _LIKE]


ActorName: TypeAlias = Transform[str, Completed(actors)]
SpeakerName: TypeAlias = Transform[str, Completed(partial(actors, speakers=True))]
StoryName: TypeAlias = Transform[str, Completed(stories)]
SourceName: TypeAlias = Transform[str, Completed(sources, _MAX_LINK)]
FactName: TypeAlias = Transform[str, Completed(partial(facts, retracted=True))]
LiveFactName: TypeAlias = Transform[str, Completed(facts)]
EventName: TypeAlias = Transform[str, Completed(partial(facts, kind="event"))]
ClaimName: TypeAlias = Transform[str, Completed(partial(facts, kind="claim"))]

STORY = "The story; if left out, this channel's"
"""How commands describe an option that is a `StoryName`."""
