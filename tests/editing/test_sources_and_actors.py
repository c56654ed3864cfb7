"""Sources and actors on a real file: added with ids of their own, and never revised over another's revision."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.errors import ConflictError, NotKnownError
from bot.facts.logbook import sign
from bot.facts.models import Actor, Source
from bot.service.session import Session

STORY = "harbour-bridge"
ANN, BOB = sign("ann", None), sign("bob", None)


def test_the_second_of_two_who_edit_one_actor_or_source_is_told(session: Session) -> None:
    actor = next(record.actor for record in session.base.actors() if record.actor.id == "lee")
    source = next(known for _, known, _ in session.base.sources() if known.id == "gazette")
    revisions = session.base.revisions
    seen = revisions.revision_of(STORY, "actor", "lee"), revisions.revision_of(STORY, "source", "gazette")
    session.sources_and_actors.put_actor(STORY, replace(actor, role="Mayor since 2018"), ANN, seen=seen[0])
    session.sources_and_actors.put_source(STORY, replace(source, title="Bridge closed"), ANN, seen=seen[1])
    with pytest.raises(ConflictError, match='The actor "lee" was changed in the meantime') as caught:
        session.sources_and_actors.put_actor(STORY, replace(actor, role="Governor"), BOB, seen=seen[0])
    assert (caught.value.kind, caught.value.name, caught.value.revision) == ("actor", "lee", 2)
    with pytest.raises(ConflictError, match='The source "gazette" was changed in the meantime'):
        session.sources_and_actors.put_source(STORY, replace(source, title="Other"), BOB, seen=seen[1])
    assert next(record.actor.role for record in session.base.actors() if record.actor.id == "lee") == "Mayor since 2018"
    session.sources_and_actors.put_actor(
        STORY, replace(actor, role="Governor"), BOB, seen=revisions.revision_of(STORY, "actor", "lee")
    )
    with pytest.raises(NotKnownError):
        revisions.revision_of(STORY, "actor", "nobody")


def test_sources_and_actors_get_ids_of_their_own_also_beside_retracted_ones(session: Session) -> None:
    for _ in range(2):
        kept = session.sources_and_actors.put_source(STORY, Source("", "report", "Bridge report", publisher="City"), ANN, key="s")
        assert kept.id == "city-bridge-report"
    other = session.sources_and_actors.put_source(STORY, Source("", "report", "Bridge report", publisher="City"), ANN)
    assert other.id == "city-bridge-report-2"
    session.base.revisions.undo(session.base.revisions.last_change("ann") or 0, ANN)
    assert session.sources_and_actors.put_source(STORY, replace(kept, id=""), ANN).id == "city-bridge-report-3"
    for _ in range(2):
        assert session.sources_and_actors.put_actor(STORY, Actor("", "Ann Ash", "person"), ANN, key="a").id == "ann-ash"
    assert session.sources_and_actors.put_actor(STORY, Actor("ann-ash", "Ann Ash", "person", role="Diver"), ANN).role == "Diver"
    assert [actor.actor.role for actor in session.base.actors() if actor.actor.id == "ann-ash"] == ["Diver"]
