"""The page of an actor in sections: what they did, what they said and claim, and what others say of them."""

from __future__ import annotations

from bot.client import words
from bot.client.custom_ids import SECTIONS, Kind
from bot.facts.models import FactRecord
from bot.presentation import wording
from bot.presentation.languages import say
from bot.service.service import Reply


def in_section(kind: Kind, reply: Reply) -> tuple[FactRecord, ...]:
    """Return the facts of a reply that a layout shows: of an actor's page those of its section, else all."""
    if kind not in SECTIONS:
        return reply.facts
    return tuple(record for record in reply.facts if section_of(record, reply) is kind)


def section_of(record: FactRecord, reply: Reply) -> Kind:
    """Return the section of an actor's page that a fact belongs to."""
    if record.fact.kind == "event":
        return Kind.ACTOR_DID
    if not any(speaker.name == reply.title for speaker in record.speakers):
        return Kind.ACTOR_OTHERS
    return Kind.ACTOR_SAID if record.fact.kind == "quote" else Kind.ACTOR_CLAIMS


def section_title(kind: Kind) -> str:
    """Return what a section is called."""
    titles = {
        Kind.ACTOR_DID: say(wording.HAPPENED),
        Kind.ACTOR_SAID: say(words.IN_THEIR_WORDS),
        Kind.ACTOR_CLAIMS: say(words.CLAIMED),
        Kind.ACTOR_OTHERS: say(wording.SAID_ABOUT),
    }
    return titles.get(kind, say(words.ALL))


def other_sections(kind: Kind, reply: Reply) -> list[tuple[Kind, str]]:
    """Return the other layouts of an actor's page that have facts, each with its button's text: ``What happened · 5``."""
    if not kind.of_actor:
        return []
    counts = {each: len(in_section(each, reply)) for each in SECTIONS}
    filled = [each for each in SECTIONS if counts[each]]
    if len(filled) < 2:
        return []
    found = [(each, f"{section_title(each)} · {counts[each]}") for each in filled if each is not kind]
    return found if kind is Kind.ACTOR else [(Kind.ACTOR, f"{section_title(Kind.ACTOR)} · {len(reply.facts)}"), *found]
