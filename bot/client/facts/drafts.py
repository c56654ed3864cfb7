"""Drafts of the forms: kept before anything is done with them, found again by their key, each by its owner alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.client.bot import Interaction
from bot.client.facts import words
from bot.client.permissions import signature
from bot.client.sending import server_of
from bot.editing.draft import Draft
from bot.errors import UsageError
from bot.facts.models import Source, StoryInfo
from bot.facts.writing import Note, note
from bot.service.session import Session

T = TypeVar("T")
_MOST_CHOICES = 24


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft with the key under which it is kept."""

    key: str
    draft: Draft

    @property
    def idempotency_key(self) -> str:
        """Names the intention to do what the draft says now: pressed twice it is done once, but another text is another."""
        return f"draft {self.key} {hashlib.sha256(self.draft.encode().encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


async def run_to_end(interaction: Interaction, work: Callable[[Session], T]) -> T:
    """Do work in the session of the server in which somebody is."""
    return await interaction.client.service.run_to_end(server_of(interaction), work)


def signed(interaction: Interaction, reason: str | None = None) -> Note:
    """Sign what somebody does now."""
    return note(signature(interaction.user), reason or None)


async def keep(interaction: Interaction, draft: Draft, key: str | None = None) -> Kept:
    """Keep a draft, in the place of the one with that key."""
    owner, content = signature(interaction.user), draft.encode()
    return Kept(await run_to_end(interaction, lambda session: session.base.drafts.put(owner, content, key=key)), draft)


async def kept(interaction: Interaction, key: str) -> Kept:
    """Return the draft that is kept under a key. Raises NotKnownError where it is gone or somebody else's."""
    owner = signature(interaction.user)
    content = await run_to_end(interaction, lambda session: session.base.drafts.get(owner, key))
    return Kept(key, Draft.decode(content))


async def drop(interaction: Interaction, key: str) -> None:
    """Forget a draft."""
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


def story_for(session: Session, named: str | None, others: Sequence[str], channel: int | None) -> str | None:
    """Return the story that a new fact belongs to, None where somebody has to choose.

    That is the one named, else that of what else was chosen, else the channel's, else the only one. Raises UsageError where
    there is none, or where what was chosen is of several stories.
    """
    stories = session.stories()
    if not stories:
        raise UsageError(words.NO_STORY)
    found = {*others, *([_named(session, named)] if named else [])}
    if len(found) > 1:
        raise UsageError(words.SEVERAL_STORIES)
    if found:
        return found.pop()
    here = session.base.settings.read().story_of(channel)
    if here is not None and any(story.id == here for story in stories):
        return here
    return stories[0].id if len(stories) == 1 else None


def _named(session: Session, typed: str) -> str:
    """Return the id of a story that was chosen from the list, or typed by its id or title. Raises NotKnownError."""
    stories: tuple[StoryInfo, ...] = session.stories()
    fitting = [story.id for story in stories if typed.strip().casefold() in (story.id.casefold(), story.title.casefold())]
    if not fitting:
        session.base.check_story(typed)
    return fitting[0]
