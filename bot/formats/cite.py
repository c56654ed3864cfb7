"""Citations ready to be copied: a source, or a fact with its sources, in every form that people paste into something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from bot.facts.models import Actor, Citation, FactRecord, Source
from bot.facts.sourcing import published_by, quoting_publisher
from bot.formats import bibtex, csl, ris, wikitext
from bot.formats.csl import csl_item, in_language
from bot.formats.exported_story import sentence
from bot.formats.forms import STYLES
from bot.formats.reference_order import order_key
from bot.formats.styles import Styled, styled
from bot.formats.terms import Terms, terms_in
from bot.formats.typography import capitalize_first

_MARKS = re.compile(r"[\\*_~`|\[\]<>@#]")
_STARTS = re.compile(r"^(?:[-+>]|\d+(?=[.)]))", re.MULTILINE)
_URL_SAFE = "%/:;,=+$!.-_~?&#@"
_LISTS = {"bibtex": bibtex.write, "ris": ris.write, "csl-json": csl.write}


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source, and where in it; None: the whole."""

    source: Source
    citation: Citation | None = None


def cite_sources(
    cited: Sequence[CitedSource],
    form: str,
    actors: Iterable[Actor] = (),
    others: Iterable[Source] = (),
    *,
    language: str = "en",
    written_in: str = "en",
) -> str:
    """Return sources of a story in a form, each once. Raises SetupError where the styles are not installed.

    What is only known second-hand is named with the publication that cites it, which is looked for among ``others``, the sources
    of the story. ``language`` is that of the words of the citation, ``written_in`` that of the story.
    """
    cited = [replace(cited_source, source=in_language(cited_source.source, written_in)) for cited_source in cited]
    others = [in_language(source, written_in) for source in others]
    if form in _LISTS:
        return _LISTS[form](list(dict.fromkeys(cited_source.source for cited_source in cited)), list(actors)).strip()
    if form == "markdown":
        return "\n".join(_markdown_source(cited_source.source, cited_source.citation, language) for cited_source in cited)
    if form == "wikitext":
        known = list(actors)
        return "\n".join(wikitext.write_source(entry.source, entry.citation, known, others) for entry in cited)
    return _Bibliography(cited, form, actors, others, language).entries()


def has_words(form: str) -> bool:
    """Return whether a fact that is cited in a form stands there with its words, and not with its sources alone."""
    return form not in _LISTS


def cite_fact(
    record: FactRecord, form: str, actors: Iterable[Actor] = (), others: Iterable[Source] = (), *, language: str = "en"
) -> str:
    """Return a fact with its sources in a form. Raises SetupError where the styles are not installed.

    In a style that is its text with the references that a text gives, then the entries of its sources; in markdown a message; in
    wikitext its text with footnotes; in the others its sources alone. ``others`` are the sources of the story; ``language`` is
    that of the citation's own words, which wikitext has in English.
    """
    written_in = record.story.language
    cited = [CitedSource(in_language(source, written_in), citation) for citation, source in record.cited]
    if form == "markdown":
        return _markdown_fact(record, cited, language)
    if form == "wikitext":
        return wikitext.write_fact(record, actors, others)
    if form not in STYLES:
        return cite_sources(cited, form, actors)
    known = [in_language(source, written_in) for source in (*record.sources, *others)]
    bibliography = _Bibliography(cited, form, actors, known, language)
    marks = (bibliography.mark(cited_source) for cited_source in cited)
    between = ", " if STYLES[form].numbered else " "  # as IEEE writes "[1], [3]"
    return f"{sentence(record)} {between.join(dict.fromkeys(marks))}\n\n{bibliography.entries()}\n\n{record.ref}"


class _Bibliography:
    """Sources that are cited together in a style: the list of them, and the marks by which a text refers to it."""

    def __init__(
        self, cited: Sequence[CitedSource], style: str, actors: Iterable[Actor], others: Iterable[Source], language: str
    ) -> None:
        self._cited = cited
        self._language = language
        self._terms = terms_in(language)
        self._style = style
        self._numbered = STYLES[style].numbered
        self._actors = list(actors)
        self._others = list(others)
        self._sources = list(dict.fromkeys(cited_source.source for cited_source in cited))
        if self._numbered:  # a mark names a source by its number alone, so that each needs an entry of its own
            for source in self._sources:  # which grows on the way
                quoting = self._quoting(source)
                if quoting is not None and quoting not in self._sources:
                    self._sources.append(quoting)

    def mark(self, cited_source: CitedSource) -> str:
        """Return how a text refers to a place, such as ``(Lee, 2021, as cited in Okoro, 2022, p. 4)`` or ``[2, p. 4]``."""
        name = quoting_publisher(cited_source.source)
        if name is None:
            return self._styled(cited_source.source, cited_source.citation).in_text
        first = self._styled(cited_source.source).in_text
        quoting = self._quoting(cited_source.source)
        if quoting is None:
            return f"{first[:-1]}, {self._terms.as_cited_in} {name}{first[-1]}"
        where = next((other.citation for other in self._cited if other.source == quoting), cited_source.citation)
        second = self._styled(quoting, where).in_text
        if self._numbered:
            return f"{first}, {self._terms.as_cited_in} {second}"
        return f"{first[:-1]}, {self._terms.as_cited_in} {second[1:]}"

    def entries(self) -> str:
        """Return the list of sources, each with its archived copy and with the publication through which alone it is known."""
        entries, as_cited_in = [], capitalize_first(self._terms.as_cited_in)
        for source, entry in self._ordered():
            lines = [entry]
            if source.archive and source.archive not in entry:
                lines.append(f"{self._terms.archived_at} {source.archive}")
            name, quoting = quoting_publisher(source), self._quoting(source)
            if quoting is not None:
                cited = self._styled(quoting)
                lines.append(f"{as_cited_in} {f'{cited.in_text}.' if self._numbered else cited.entry}")
            elif name is not None:
                lines.append(f"{as_cited_in} {name}.")
            entries.append("\n".join(lines))
        return "\n\n".join(entries)

    def _ordered(self) -> list[tuple[Source, str]]:
        """Return the sources with their entries, in the order of their numbers or as the style sorts them."""
        cited = [(source, self._styled(source).entry) for source in self._sources]
        if self._numbered:
            return cited
        return sorted(cited, key=lambda pair: order_key(csl_item(pair[0], actors=self._actors), pair[1], self._style))

    def _quoting(self, source: Source) -> Source | None:
        """Return the publication through which alone a source is known, where it is a source of the story."""
        name = quoting_publisher(source)
        return published_by(name, self._others) if name is not None else None

    def _styled(self, source: Source, citation: Citation | None = None) -> Styled:
        number = self._sources.index(source) + 1 if source in self._sources else 1
        return styled(csl_item(source, actors=self._actors), self._style, citation, number, self._language)


def _markdown_source(source: Source, citation: Citation | None, language: str) -> str:
    """Return a source on one line: its title as a link, publisher, date, place in it, and the archived copy."""
    terms = terms_in(language)
    title = _escape(source.title)
    named = f"[{title.replace('](', '] (')}]({_link(source.url)})" if source.url else title
    locator = _place(citation, terms) if citation and citation.locator else ""
    published = source.published.words(language) if source.published else ""
    authors = ", ".join(source.authors)
    quoting = f"{terms.as_cited_in} {name}" if (name := quoting_publisher(source)) else ""
    parts = [named, *(_escape(part) for part in (authors, source.publisher or "", published, locator, quoting) if part)]
    return ", ".join(parts) + (f" ([{terms.archived}]({_link(source.archive)}))" if source.archive else "")


def _place(citation: Citation, terms: Terms) -> str:
    label = citation.label or ""
    return f"{terms.locators.get(label, label) or terms.at} {citation.locator}"


def _markdown_fact(record: FactRecord, cited: Sequence[CitedSource], language: str) -> str:
    """Return a fact as a message would show it, with its sources and its permanent name."""
    fact = record.fact
    text = _escape(fact.text)
    date = fact.date.words(language) if fact.date else ""
    names = ", ".join(f"**{_escape(actor.name)}**" for actor in record.speakers)
    foot = ", ".join(part for part in (names, _escape(date), _escape(fact.where or fact.context or "")) if part)
    lines = [*(f"> {line}" for line in (f"“{text}”" if fact.kind == "quote" else text).split("\n"))]
    lines += [f"> — {foot}"] if foot else []
    sources = [f"-# {_markdown_source(cited_source.source, cited_source.citation, language)}" for cited_source in cited]
    return "\n".join([*lines, *sources, f"-# {record.ref}"])


def _escape(text: str) -> str:
    """Return text that Discord shows as it is."""
    marked = _MARKS.sub(r"\\\g<0>", text)
    return _STARTS.sub(lambda match: f"{match[0]}\\" if match[0].isdigit() else f"\\{match[0]}", marked)


def _link(url: str | None) -> str:
    """Return an address in angle brackets, which keep Discord from showing a preview."""
    return f"<{quote(url or '', safe=_URL_SAFE)}>"
