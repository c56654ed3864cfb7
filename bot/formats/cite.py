"""Citations ready to be copied: a source, or a fact with its sources, in every form that people paste into something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from bot.facts.models import Actor, Citation, FactRecord, Source
from bot.facts.sourcing import published_by, quoting_publisher
from bot.formats import bibtex, csl_json, ris
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

_AS_CITED_IN = "as cited in"
_MARKS = re.compile(r"[\\*_~`|\[\]<>@#]")
_STARTS = re.compile(r"^(?:[-+>]|\d+(?=[.)]))", re.MULTILINE)
_URL_SAFE = "%/:;,=+$!.-_~?&#@"
_LISTS = {"bibtex": bibtex.write, "ris": ris.write, "csl-json": csl_json.write}


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A source, and where in it; None: the whole."""

    source: Source
    citation: Citation | None = None


def cite_sources(places: Sequence[CitedPlace], form: str, actors: Iterable[Actor] = (), others: Iterable[Source] = ()) -> str:
    """Return sources in a form, each once. Raises SetupError where the styles are not installed.

    What is only known second-hand is named with the publication that cites it, which is looked for among ``others``, the sources
    of the story.
    """
    known = list(actors)
    sources = list(dict.fromkeys(place.source for place in places))
    if form in _LISTS:
        return _LISTS[form](sources, known).strip()
    if form == "markdown":
        return "\n".join(_markdown_source(place.source, place.citation) for place in places)
    stored = list(others)
    return "\n\n".join(_entry(source, form, known, stored) for source in sources)


def cite_fact(record: FactRecord, form: str, actors: Iterable[Actor] = (), others: Iterable[Source] = ()) -> str:
    """Return a fact with its sources in a form. Raises SetupError where the styles are not installed.

    In a style that is its text with the references that a text gives, then the entries of its sources; in markdown a message;
    in the others its sources alone. ``others`` are the sources of the story.
    """
    known = list(actors)
    places = places_of(record)
    if form == "markdown":
        return _markdown_fact(record, places)
    stored = [*record.sources, *others]
    listed = cite_sources(places, form, known, stored)
    if form not in STYLES:
        return listed
    marks = (_in_text(place, places, form, known, stored) for place in places)
    return f"{_said(record)} {' '.join(dict.fromkeys(marks))}\n\n{listed}\n\n{record.ref}"


def places_of(record: FactRecord) -> tuple[CitedPlace, ...]:
    """Return the places that a fact cites."""
    return tuple(CitedPlace(source, citation) for citation, source in zip(record.fact.citations, record.sources, strict=True))


def _in_text(
    place: CitedPlace, places: Iterable[CitedPlace], form: str, actors: Iterable[Actor], stored: Iterable[Source]
) -> str:
    """Return the reference that a text gives, such as ``(Lee, 2021, as cited in Okoro, 2022, p. 4)``."""
    name = quoting_publisher(place.source)
    if name is None:
        return styled(csl_item(place.source, actors=actors), form, place.citation).in_text
    quoting = published_by(name, stored)
    first = styled(csl_item(place.source, actors=actors), form).in_text.removesuffix(")")
    if quoting is None:
        return f"{first}, {_AS_CITED_IN} {name})"
    where = next((each.citation for each in places if each.source == quoting), place.citation)
    second = styled(csl_item(quoting, actors=actors), form, where).in_text.removeprefix("(")
    return f"{first}, {_AS_CITED_IN} {second}"


def _entry(source: Source, form: str, actors: Iterable[Actor], stored: Iterable[Source]) -> str:
    entry = styled(csl_item(source, actors=actors), form).entry
    lines = [entry]
    if source.archive and source.archive not in entry:
        lines.append(f"Archived at {source.archive}")
    name = quoting_publisher(source)
    if name is not None:
        quoting = published_by(name, stored)
        cited = styled(csl_item(quoting, actors=actors), form).entry if quoting else f"{name}."
        lines.append(f"{_AS_CITED_IN.capitalize()} {cited}")
    return "\n".join(lines)


def _said(record: FactRecord) -> str:
    text = " ".join(record.fact.text.split())
    names = ", ".join(actor.name for actor in record.speakers)
    said = f"“{text}”" if record.fact.kind == "quote" else text
    return f"{names}: {said}" if names else said


def _markdown_source(source: Source, citation: Citation | None = None) -> str:
    """Return a source on one line: its title as a link, publisher, date, place in it, and the archived copy."""
    title = _escape(source.title)
    named = f"[{title.replace('](', '] (')}]({_link(source.url)})" if source.url else title
    place = f"{citation.label or 'at'} {citation.locator}" if citation and citation.locator else ""
    published = source.published.words() if source.published else ""
    authors = ", ".join(source.authors)
    quoting = f"{_AS_CITED_IN} {name}" if (name := quoting_publisher(source)) else ""
    parts = [named, *(_escape(part) for part in (authors, source.publisher or "", published, place, quoting) if part)]
    return ", ".join(parts) + (f" ([archived]({_link(source.archive)}))" if source.archive else "")


def _markdown_fact(record: FactRecord, places: Sequence[CitedPlace]) -> str:
    """Return a fact as a message would show it, with its sources and its permanent name."""
    said = record.fact
    text = _escape(said.text)
    date = said.date.words() if said.date else ""
    names = ", ".join(f"**{_escape(actor.name)}**" for actor in record.speakers)
    foot = ", ".join(part for part in (names, _escape(date), _escape(said.where or said.context or "")) if part)
    lines = [*(f"> {line}" for line in (f"“{text}”" if said.kind == "quote" else text).split("\n"))]
    lines += [f"> — {foot}"] if foot else []
    sources = [f"-# {_markdown_source(place.source, place.citation)}" for place in places]
    return "\n".join([*lines, *sources, f"-# {record.ref}"])


def _escape(text: str) -> str:
    """Return text that Discord shows as it is."""
    marked = _MARKS.sub(r"\\\g<0>", text)
    return _STARTS.sub(lambda found: f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}", marked)


def _link(url: str | None) -> str:
    """Return an address in angle brackets, which keep Discord from showing a preview."""
    return f"<{quote(url or '', safe=_URL_SAFE)}>"
