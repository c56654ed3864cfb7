"""Drafts of facts: stored before anything is done with them, and found again by key, each by its owner alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from bot.client.bot import Interaction
from bot.client.interactions import run_to_end
from bot.client.permissions import signature
from bot.editing.draft import Draft


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


async def change_draft(interaction: Interaction, key: str, change: Callable[[Draft], Draft]) -> StoredDraft:
    """Change the draft that is stored under a key, and store it in its place. Raises what `load_draft` raises."""
    before = await load_draft(interaction, key)
    return await store_draft(interaction, change(before.draft), key)


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
