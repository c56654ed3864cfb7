"""Where something was: "in Berlin", "at the Oslo summit"; by these a quotation's sentence is held against its record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.answers.finding.mentions import NameTable
from bot.checking.quotations import TextName, names_in
from bot.english.calendar import MONTHS, WEEKDAYS
from bot.english.name_runs import is_outlet, plain
from bot.english.name_words import ORGANISATION_HEADS
from bot.english.word_classes import word_set
from bot.facts.models import Actor, FactRecord

_AT = re.compile(
    r"\b(?P<link>in|at|from|outside|near|visiting|(?:visit|trip) to)\s+(?:(?:the|a|an|his|her|its|their|our)\s+)?$", re.IGNORECASE
)
_NO_PLACES = (
    word_set("english german french dutch spanish italian russian arabic turkish polish greek latin chinese japanese")
    | {*map(str.lower, (*MONTHS, *WEEKDAYS))}
    | (ORGANISATION_HEADS - word_set("city port harbour"))
)
"""Words of names that are of a language, a time or a body."""


def places_in(text: str, names: NameTable, actors: Mapping[str, Actor]) -> Iterator[TextName]:
    """Yield the places of a text, each from its preposition on: in Berlin, at the Oslo summit."""
    for name in names_in(text, names):
        before = _AT.search(text[: name.start])
        if before and _is_place(name, actors, before["link"].lower()):
            yield TextName(before.start(), name.end, name.name, name.actors)


def _is_place(name: TextName, actors: Mapping[str, Actor], link: str) -> bool:
    """Return whether a name may be a place's. Two words that nobody is known by are one behind in (in New York), not from."""
    kinds = {actors[key].kind for key in name.actors if key in actors}
    if kinds:
        return kinds == {"place"}
    words = {plain(word) for word in name.name.split()}
    return not (is_outlet(name.name) or words & _NO_PLACES or (name.person and link == "from"))


def has_place(record: FactRecord, place: TextName, names: NameTable, actors: Mapping[str, Actor]) -> bool:
    """Return whether a quote may be from a place: one that it names, or any where it names none."""
    sources = [text for source in record.sources for text in (source.title, source.publisher or "")]
    context = record.fact.context or ""
    recorded = [name for name in places_in(context, names, actors) if name.name not in sources]
    called = {place.name.lower(), *(alias.lower() for key in place.actors for alias in (actors[key].name, *actors[key].aliases))}
    texts = " ".join((context, *sources)).lower()
    return not recorded or any(re.search(rf"\b{re.escape(name)}\b", texts) for name in called)
