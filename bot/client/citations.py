"""The numbers [1] [2] that stand behind facts, and the sources that they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.client import words
from bot.client.text import inline, link
from bot.facts.models import FactRecord, Source
from bot.facts.text import safe_url
from bot.presentation import wording
from bot.presentation.languages import say, say_number
from bot.presentation.numbering import CitationNumbers, NumberedCitation
from bot.service.session import SourceUse

_MOST_MARKS = 5
_MOST_PLACES = 12
_TITLE = 160
_FIELD = 100


class Numbering(CitationNumbers):
    """The numbers as they stand behind facts on Discord: at most a few of them, in their order."""

    def marks(self, record: FactRecord) -> str:
        """Return the marks behind a fact: `` [1][3]``."""
        cited = self.of([record])
        shown = "".join(f"[{each.number}]" for each in cited[:_MOST_MARKS])
        return f" {shown}{'…' if len(cited) > _MOST_MARKS else ''}" if shown else ""


def source_lines(cited: Sequence[NumberedCitation], budget: int, *, button: bool = True) -> str:
    """List sources in small print, as many as fit; the rest is counted, with the ``button`` that shows all where there is one.

    A source is named once, with all the places in it that are cited.
    """
    lines: list[str] = []
    room = budget - 60
    listed = 0
    for places in _by_source(cited).values():
        line = f"-# {_reference(places)}"
        if len(line) + 1 > room:
            break
        lines.append(line)
        room -= len(line) + 1
        listed += len(places)
    if listed < len(cited):
        lines.append(words.more_sources(len(cited) - listed, button=button))
    return "\n".join(lines)


def full_sources(cited: Sequence[NumberedCitation]) -> tuple[str, ...]:
    """Return a paragraph for each source, with all that is known of it and where in it the facts are."""
    return tuple(_paragraph(source, _places(places)) for source, places in _by_source(cited).items())


def used_sources(uses: Iterable[SourceUse]) -> tuple[str, ...]:
    """Return a paragraph for each source of a story, with how many facts cite it."""
    return tuple(
        _paragraph(use.source, say_number(use.cited, "cited by {number} fact", "cited by {number} facts")) for use in uses
    )


def _by_source(cited: Sequence[NumberedCitation]) -> dict[Source, list[NumberedCitation]]:
    grouped: dict[Source, list[NumberedCitation]] = {}
    for each in cited:
        grouped.setdefault(each.source, []).append(each)
    return grouped


def _reference(places: Sequence[NumberedCitation]) -> str:
    first, source = places[0], places[0].source
    parts = [
        link(source.title, source.url, _TITLE),
        *(inline(each, _FIELD) for each in wording.published(source)),
        inline(words.place(first.citation), _FIELD),
    ]
    archived = safe_url(source.archive)
    others = f" · {_places(places[1:])}" if len(places) > 1 else ""
    named = ", ".join(part for part in parts if part) + (f" ([{say('archived')}]({archived}))" if archived else "")
    return f"[{first.number}] {named}{others}"


def _paragraph(source: Source, places: str) -> str:
    authors = wording.listed([inline(name, _FIELD) for name in source.authors[:8]])
    about = [
        authors,
        *(inline(each, _FIELD) for each in wording.published(source)),
        inline(words.source_type(source.type), 40),
    ]
    lines = [
        f"**{link(source.title, source.url, _TITLE)}**",
        ", ".join(part for part in about if part),
        *(f"<{address}>" for address in [safe_url(source.url)] if address),
        *(wording.labelled(say("Archived"), f"<{address}>") for address in [safe_url(source.archive)] if address),
        inline(source.note or "", 300),
        f"-# {places}" if places else "",
    ]
    return "\n".join(line for line in lines if line)


def _places(cited: Sequence[NumberedCitation]) -> str:
    places = [f"[{each.number}] {inline(words.place(each.citation), 40)}".strip() for each in cited[:_MOST_PLACES]]
    return " · ".join(places) + ("…" if len(cited) > _MOST_PLACES else "")
