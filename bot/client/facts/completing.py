"""The choices that Discord offers to moderators while they type: facts, events and sources."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from discord.app_commands import Choice
from rapidfuzz import fuzz, utils

from bot.client.bot import Interaction
from bot.client.completion import LONGEST, MOST, offered
from bot.client.fact_text import plain_summary
from bot.client.permissions import is_moderator
from bot.client.sending import server_of
from bot.client.text import label
from bot.facts.models import FactKind, FactRecord, Source, StoryInfo

_LIKE = 60  # likeness from which a source is offered


async def live_facts(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer facts that readers are shown."""
    return await _to_moderators(interaction, lambda: _facts(interaction, typed, retracted=False))


async def all_facts(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer all facts, retracted ones too."""
    return await _to_moderators(interaction, lambda: _facts(interaction, typed, retracted=True))


async def events(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer events."""
    return await _to_moderators(interaction, lambda: _events(interaction, typed))


async def sources(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer sources."""
    return await _to_moderators(interaction, lambda: _sources(interaction, typed))


async def _to_moderators(interaction: Interaction, choices: Callable[[], Awaitable[list[tuple[str, str]]]]) -> list[Choice[str]]:
    """Offer choices to moderators alone: Discord asks for them while anybody types, before a command is checked."""

    async def allowed() -> list[tuple[str, str]]:
        return await choices() if await is_moderator(interaction) else []

    return await offered(allowed())


def fits(source: Source, typed: str) -> float:
    """Return how well a source fits what was typed, from 0 to 100: its title, publisher, id and link."""
    asked = utils.default_process(typed)
    if not asked:
        return 100.0
    text = utils.default_process(f"{source.title} {source.publisher or ''} {source.id} {source.url or ''}")
    return 100.0 if asked in text else fuzz.partial_token_ratio(asked, text) * 0.9


async def _facts(interaction: Interaction, typed: str, *, retracted: bool, kind: FactKind | None = None) -> list[tuple[str, str]]:
    found = await _found(interaction, typed, retracted=retracted, kind=kind)
    return [(named(record), f"F{record.number}") for record in found]


async def _events(interaction: Interaction, typed: str) -> list[tuple[str, str]]:
    found = await _found(interaction, typed, retracted=False, kind="event")
    return [(named(record), f"F{record.number}") for record in found]


def named(record: FactRecord) -> str:
    """Name a fact in one line, for a choice."""
    state = " (retracted)" if record.retracted else ""
    name = f"F{record.number}{state} "
    return name + plain_summary(replace(record, retracted=False), LONGEST - len(name))


async def _found(interaction: Interaction, typed: str, *, retracted: bool, kind: FactKind | None) -> tuple[FactRecord, ...]:
    service = interaction.client.service
    return await service.run_to_end(
        server_of(interaction), lambda session: session.base.editor.typed(typed, kind=kind, retracted=retracted, limit=MOST)
    )


async def _sources(interaction: Interaction, typed: str) -> list[tuple[str, str]]:
    uses = await interaction.client.service.run_to_end(server_of(interaction), lambda session: session.base.sources())
    scored = [(fits(source, typed), cited, story, source) for story, source, cited in uses]
    near = sorted((each for each in scored if each[0] >= _LIKE), key=lambda each: (-each[0], -each[1]))
    several = len({story.id for _, _, story, _ in near}) > 1
    return [(_source_name(source, story if several else None), f"{story.id}/{source.id}") for _, _, story, source in near[:MOST]]


def _source_name(source: Source, story: StoryInfo | None) -> str:
    parts = (source.title, source.publisher, story.title if story else None)
    return label(" · ".join(filter(None, parts)), LONGEST)
