"""Drafts of facts: stored before anything is done with them, and found again by key, each by its owner alone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TypeVar

from bot.client.bot import Interaction
from bot.client.interactions import run_to_end
from bot.client.permissions import signature
from bot.editing.draft import Draft
from bot.facts.models import Source
from bot.service.session import Session

T = TypeVar("T")
_MOST_CHOICES = 24


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft and the key under which it is stored."""

    key: str
    draft: Draft

    @property
    def idempotency_key(self) -> str:
        """Names the intention to do what the draft says now: pressed twice it is done once, but another text is another."""
        return f"draft {self.key} {hashlib.sha256(self.draft.encode().encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


async def store_draft(interaction: Interaction, draft: Draft, key: str | None = None) -> StoredDraft:
    """Store a draft, in the place of the one under ``key`` if given."""
    owner, content = signature(interaction.user), draft.encode()
    return StoredDraft(await run_to_end(interaction, lambda session: session.base.drafts.put(owner, content, key=key)), draft)


async def load_draft(interaction: Interaction, key: str) -> StoredDraft:
    """Return the draft that is stored under a key. Raises NotKnownError where it is gone, or its owner is somebody else."""
    owner = signature(interaction.user)
    content = await run_to_end(interaction, lambda session: session.base.drafts.get(owner, key))
    return StoredDraft(key, Draft.decode(content))


async def drop_draft(interaction: Interaction, key: str) -> None:
    """Delete a stored draft."""
    owner = signature(interaction.user)
    await run_to_end(interaction, lambda session: session.base.drafts.drop(owner, key))


def sources_to_choose(session: Session, story: str, cite: str = "") -> tuple[Source, ...]:
    """Return the sources of a story that a form offers: those that are cited already, then the most used and the newest."""
    uses = session.base.sources(story)
    by_use = [source for _, source, cited in sorted(uses, key=lambda use: -use[2])]
    newest = [source for _, source, _ in reversed(uses)]
    named = [source for _, source, _ in uses if cite.startswith(source.id)]
    turns = [source for pair in zip(by_use, newest, strict=True) for source in pair]
    return tuple({source.id: source for source in (*named, *turns)}.values())[:_MOST_CHOICES]
