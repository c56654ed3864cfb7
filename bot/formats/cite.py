"""Citations ready to be copied: a source, or a fact with its sources, in every form that people paste into something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.facts.models import Actor, Citation, FactRecord, Source
from bot.formats import bibtex, csl_json, markdown, ris
from bot.formats.csl import csl_item
from bot.formats.styles import STYLES, styled

FORMS = {
    "apa": "APA",
    "mla": "MLA",
    "chicago": "Chicago",
    "harvard": "Harvard",
    "bibtex": "BibTeX",
    "ris": "RIS",
    "csl-json": "CSL-JSON",
    "markdown": "Discord markdown",
}
"""The forms of a citation: their names, and what people call them."""

_LISTS = {"bibtex": bibtex.write, "ris": ris.write, "csl-json": csl_json.write}


@dataclass(frozen=True, slots=True)
class Place:
    """A source, and where in it; None: the whole."""

    source: Source
    citation: Citation | None = None


def cite_sources(places: Sequence[Place], form: str, actors: Iterable[Actor] = ()) -> str:
    """Return sources in a form, each once. Raises SetupError where the styles are not installed."""
    known = list(actors)
    sources = list(dict.fromkeys(place.source for place in places))
    if form in _LISTS:
        return _LISTS[form](sources, known).strip()
    if form == "markdown":
        return "\n".join(markdown.source_line(place.source, place.citation) for place in places)
    return "\n\n".join(_entry(source, form, known) for source in sources)


def cite_fact(record: FactRecord, form: str, actors: Iterable[Actor] = ()) -> str:
    """Return a fact with its sources in a form. Raises SetupError where the styles are not installed.

    In a style that is its text with the references that a text gives, then the entries of its sources; in markdown a message;
    in the others its sources alone.
    """
    known = list(actors)
    places = places_of(record)
    if form == "markdown":
        return markdown.fact(record, [(place.source, place.citation) for place in places])
    listed = cite_sources(places, form, known)
    if form not in STYLES:
        return listed
    marks = (styled(csl_item(place.source, actors=known), form, place.citation).in_text for place in places)
    return f"{_said(record)} {' '.join(dict.fromkeys(marks))}\n\n{listed}\n\n{record.ref}"


def places_of(record: FactRecord) -> tuple[Place, ...]:
    """Return the places that a fact cites."""
    return tuple(Place(source, citation) for citation, source in zip(record.fact.citations, record.sources, strict=True))


def _entry(source: Source, form: str, actors: Iterable[Actor]) -> str:
    entry = styled(csl_item(source, actors=actors), form).entry
    return f"{entry}\nArchived at {source.archive}" if source.archive and source.archive not in entry else entry


def _said(record: FactRecord) -> str:
    text = " ".join(record.fact.text.split())
    names = ", ".join(actor.name for actor in record.speakers)
    said = f"“{text}”" if record.fact.kind == "quote" else text
    return f"{names}: {said}" if names else said
