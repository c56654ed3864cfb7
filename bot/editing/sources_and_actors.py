"""Adding and revising the sources and actors of a story, each in a change of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from bot.editing.people import apply_alone
from bot.facts.base import FactBase
from bot.facts.edits import Edit
from bot.facts.logbook import Signature
from bot.facts.models import Actor, Source
from bot.facts.revisions import Applied
from bot.stories.new_ids import new_id


class SourcesAndActors:
    """Changes the sources and actors of one base."""

    def __init__(self, base: FactBase) -> None:
        self._base = base

    def revision_of(self, story: str, kind: Literal["source", "actor"], name: str) -> int:
        """Return the current revision of a source or an actor, by its id. Raises NotKnownError."""
        return self._base.revisions.revision_of(story, kind, name)

    def put_source(
        self, story: str, source: Source, signature: Signature, *, seen: int | None = None, key: str | None = None
    ) -> Source:
        """Add a source, or revise the one with its id, and return it as it is stored; one without an id gets one.

        ``seen`` is the revision that the editor saw; raises ConflictError where it is at another, and TwoNeededError where
        a fact that names a person cites it, the server asks for two moderators, and this one may not do it alone.
        """
        with self._base.transaction():
            if not source.id:
                known = self._base.revisions.ids(story, "source")
                source = replace(source, id=new_id(f"{source.publisher or ''} {source.title}", known))
            edit = Edit(story, sources=(source,), seen_sources={} if seen is None else {source.id: seen})
            applied = apply_alone(self._base, lambda: edit, signature, action="source", key=key)
        return replace(source, id=self._first_id(applied, "source") or source.id)

    def put_actor(
        self, story: str, actor: Actor, signature: Signature, *, seen: int | None = None, key: str | None = None
    ) -> Actor:
        """Add an actor, or revise the one with its id, and return it as it is stored; one without an id gets one.

        ``seen`` is the revision that the editor saw; raises ConflictError where it is at another. Revising a
        person raises TwoNeededError as `put_source` does; adding one does not, since that says nothing about them yet.
        """
        with self._base.transaction():
            if not actor.id:
                signature = replace(signature, alone=True)
                actor = replace(actor, id=new_id(actor.name, self._base.revisions.ids(story, "actor")))
            edit = Edit(story, actors=(actor,), seen_actors={} if seen is None else {actor.id: seen})
            applied = apply_alone(self._base, lambda: edit, signature, action="actor", key=key)
        return replace(actor, id=self._first_id(applied, "actor") or actor.id)

    def _first_id(self, applied: Applied, kind: Literal["source", "actor"]) -> str | None:
        """Return the id that an item got when a repeated change was first made, None for a change made now."""
        return self._base.revisions.touched(applied.change, kind)[0] if applied.repeated and applied.change is not None else None
