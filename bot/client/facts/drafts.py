"""Drafts of facts: stored before anything is done with them, and found again by key, each by its owner alone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from bot.client.bot import Interaction
from bot.client.interactions import run_to_end
from bot.client.permissions import signature
from bot.editing.draft import Draft
from bot.facts.models import Source
from bot.service.session import Session

_MOST_CHOICES = 24


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft and the key under which it is stored."""

    key: str
    draft: Draft

    @property
    def idempotency_key(self) -> str:
        """Names the intention to do what the draft says now."""
        return idempotency_key("draft", self.key, self.draft.encode())


def idempotency_key(kind: str, key: str, content: str) -> str:
    """Name the intention to do what a stored form says now: pressed twice it is done once, but another text is another."""
    return f"{kind} {key} {hashlib.sha256(content.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


async def store_draft(interaction: Interaction, draft: Draft, key: str | None = None) -> StoredDraft:
    """Store a draft, in the place of the one under ``key`` if given."""
    return StoredDraft(await store_text(interaction, draft.encode(), key), draft)


async def load_draft(interaction: Interaction, key: str) -> StoredDraft:
    """Return the draft that is stored under a key. Raises NotKnownError where it is gone, or its owner is somebody else."""
    return StoredDraft(key, Draft.decode(await load_text(interaction, key)))


async def store_text(interaction: Interaction, content: str, key: str | None = None) -> str:
    """Store what somebody typed or uploaded, in the place of what is under ``key`` if given, and return its key."""
    owner = signature(interaction.user)
    return await run_to_end(interaction, lambda session: session.drafts.put(owner, content, key=key))


async def load_text(interaction: Interaction, key: str) -> str:
    """Return what is stored under a key. Raises NotKnownError where it is gone, or its owner is somebody else."""
    owner = signature(interaction.user)
    return await run_to_end(interaction, lambda session: session.drafts.get(owner, key))


async def drop_draft(interaction: Interaction, key: str) -> None:
    """Delete a stored draft."""
    owner = signature(interaction.user)
    await run_to_end(interaction, lambda session: session.drafts.drop(owner, key))


def sources_to_choose(session: Session, story: str, cite: str = "") -> tuple[Source, ...]:
    """Return the sources of a story that a form offers: those that are cited already, then the most used and the newest."""
    by_use = [use.source for use in session.sources(story=story)]
    in_order = [use.source for use in session.sources_in_order(story)]
    named = [source for source in in_order if cite.startswith(source.id)]
    turns = [source for pair in zip(by_use, reversed(in_order), strict=True) for source in pair]
    return tuple({source.id: source for source in (*named, *turns)}.values())[:_MOST_CHOICES]
