"""How a fact reads, with who, when and where; how one that was corrected after a reply showed it is marked; and its sources.

Behind each fact stand the numbers [1] [2] of its sources, which are listed below.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from bot import phrases
from bot.client import words
from bot.client.text import ELLIPSIS, clean, escape, fitting, inline, link, one_line, quoted, shorten, timestamp
from bot.facts.models import Actor, FactRecord, Source
from bot.facts.speakers import publisher_of, within_sentence
from bot.facts.text import safe_url
from bot.languages import say, say_number
from bot.presentation import wording
from bot.presentation.citation_numbers import CitationNumbers, NumberedCitation
from bot.presentation.word_diff import marked, word_diff
from bot.service.lists import SourceUse
from bot.service.replies import Reply

_FIELD = 100  # characters of a name, a place or a date
_TITLE = 160  # of a source
_MAX_NAMES = 6
_MAX_REASON = 200
_MAX_CHANGED = 300
_MAX_MARKS = 5
_MAX_CITATIONS = 12


def fact_text(record: FactRecord, marks: str, limit: int, *, introduced: Container[Actor] = (), date_first: bool = False) -> str:
    """Return a fact for a card, its words cut at the limit.

    Actors that are ``introduced`` already are named without their role; ``date_first`` puts the date of an event above it, as
    timelines do.
    """
    if record.retracted:
        return say(words.RETRACTED)
    fact, field = record.fact, min(_FIELD, limit)
    text = fitting(clean(fact.glossed), limit) or ELLIPSIS
    shown = f"{text}{marks}"
    small = wording.circumstances(record)
    if fact.kind == "event" and date_first:
        shown, small = f"**{inline(wording.date_words(record), field)}**\n{shown}", small[fact.date is not None :]
    elif fact.kind == "quote":
        shown = f"{_in_quotation_marks(text)}\n— {_speakers(record, field, introduced)}{marks}"
    elif fact.kind == "claim" and not wording.is_attributed(text):
        shown = f"{say(words.ACCORDING_TO, names=within_sentence(_speakers(record, field, introduced)))}\n{shown}"
    if details := " · ".join(filter(None, (inline(part, field) for part in small))):
        shown += f"\n-# {details}"
    return quoted(shown) if fact.kind == "quote" else shown


def _speakers(record: FactRecord, field: int, introduced: Container[Actor]) -> str:
    """Name whose words a fact is; only a single speaker has the role added, for among several it would be unclear whose it is."""
    if len(record.speakers) == 1:
        (speaker,) = record.speakers
        role = "" if speaker in introduced else inline(speaker.role or "", field)
        named = f"**{inline(speaker.name, field)}**"
        if not role:
            return named
        return f"{named}, {role}" if record.fact.kind == "quote" else f"{named} ({role})"
    most = _MAX_NAMES if field == _FIELD else 2
    names = [speaker.name for speaker in record.speakers[:most]] or [publisher_of(record)]
    shown = [f"**{inline(name, field)}**" for name in names]
    if len(record.speakers) > most:
        shown.append(say_number(len(record.speakers) - most, "{number} other", "{number} others"))
    return phrases.listed(shown)


def is_cut(record: FactRecord, limit: int) -> bool:
    """Return whether a card with this limit shows less than the whole fact."""
    text = clean(record.fact.glossed)
    return not record.retracted and (len(text) > limit or len(escape(text)) > limit)


def summary(record: FactRecord, limit: int, *, also_retracted: bool = False) -> str:
    """Return a fact on one line, to be chosen from a list; never empty, for Discord takes no empty text.

    For a retracted fact the line says only that, unless its words are asked for with ``also_retracted``.
    """
    return inline(plain_summary(record, limit, also_retracted=also_retracted), limit) or ELLIPSIS


def plain_summary(record: FactRecord, limit: int, *, also_retracted: bool = False) -> str:
    """Return a fact on one line without markdown, for places where Discord reads none."""
    if record.retracted and not also_retracted:
        return say(words.RETRACTED)
    text = " ".join(clean(record.fact.glossed).split())
    if record.fact.kind in ("event", "passage") or (record.fact.kind == "claim" and wording.is_attributed(text)):
        return shorten(text, limit)
    name = shorten(phrases.listed([speaker.name for speaker in record.speakers[:2]]) or publisher_of(record), 40)
    if record.fact.kind == "quote":
        room = limit - len(phrases.labelled(name, "")) - 2
        return phrases.labelled(name, _in_quotation_marks(shorten(text, max(room, 1))))
    start = say(words.ACCORDING_TO, names=name)
    return f"{start} {shorten(text, max(limit - len(start) - 1, 1))}"


def _in_quotation_marks(text: str) -> str:
    return text if text.startswith(("“", '"', "„", "«")) and text.endswith(("”", '"', "“", "»")) else f"“{text}”"


def head_note(reply: Reply) -> str:
    """Return the line above a reply that says that it was corrected; "" if it was not."""
    shown = {fact.number for fact in reply.facts or reply.suggestions}
    if not any(correction.now.number in shown for correction in reply.corrected):
        return ""
    withdrawn = bool(reply.facts) and all(fact.retracted for fact in reply.facts)
    return say(words.WITHDRAWN_ANSWER) if withdrawn else say(words.CORRECTED_ANSWER)


def corrected_text(reply: Reply, record: FactRecord, text: str, limit: int) -> str:
    """Return the text of a fact with what it said before it was corrected, or struck out if it was retracted; else as it is."""
    correction = next((correction for correction in reply.corrected if correction.now.number == record.number), None)
    if correction is None:
        return text
    when, before, now = timestamp(correction.at), correction.before, correction.now
    if record.retracted:
        return withdrawn_text(before, when, correction.reason, limit)
    change = words_of_change(before, now, limit)
    return f"{text}\n-# {say('Corrected {when}: {change}', when=when, change=change)}"


def withdrawn_text(before: FactRecord, when: str, reason: str | None, limit: int) -> str:
    """Return what a fact said before it was retracted, struck out, with when and why it was."""
    why = inline(reason or "", min(_MAX_REASON, limit))
    note = say(wording.WITHDRAWN_BECAUSE if why else wording.WITHDRAWN, when=when, reason=why)
    return f"~~{inline(before.fact.text, limit)}~~\n-# {note}"


def words_of_change(before: FactRecord, now: FactRecord, limit: int) -> str:
    """Say what was corrected in a fact: a comparison of the words; if these are the same, the date, the speaker or the rest."""
    if before.fact.text != now.fact.text:
        room = max(min(limit, _MAX_CHANGED), 60)
        pieces = word_diff(one_line(before.fact.text), one_line(now.fact.text))
        return marked(pieces, lambda piece: fitting(piece, room), room=room)
    if before.fact.date != now.fact.date:
        return say("the date was {date}", date=f"~~{wording.date_words(before)}~~")
    if before.fact.by != now.fact.by:
        names = phrases.listed([inline(actor.name, _FIELD) for actor in before.speakers[:3]])
        return say("it was ascribed to {names}", names=f"~~{names or inline(publisher_of(before), _FIELD)}~~")
    return say("its place or its sources were different.")


class Numbering(CitationNumbers):
    """The citation numbers as they stand behind facts on Discord: the first few of them, in order."""

    def marks(self, record: FactRecord) -> str:
        """Return the marks behind a fact: `` [1][3]``."""
        cited = self.of([record])
        shown = "".join(f"[{citation.number}]" for citation in cited[:_MAX_MARKS])
        return f" {shown}{'…' if len(cited) > _MAX_MARKS else ''}" if shown else ""


def source_lines(cited: Sequence[NumberedCitation], budget: int, *, button: bool = True, scrolling: bool = True) -> str:
    """List sources in small print, as many as fit; the rest is counted, naming the ``button`` that shows all if there is one.

    A source is named once, with all the places in it that are cited. Links scroll to what is cited, unless ``scrolling`` is false
    or fewer sources would then fit.
    """
    lines: list[str] = []
    room = budget - 60  # for the line that counts the rest
    listed = 0
    for citations in _by_source(cited).values():
        line = f"-# {_reference(citations, scrolling=scrolling)}"
        if len(line) + 1 > room:
            break
        lines.append(line)
        room -= len(line) + 1
        listed += len(citations)
    if listed < len(cited):
        if scrolling:
            return source_lines(cited, budget, button=button, scrolling=False)
        lines.append(words.more_sources(len(cited) - listed, button=button))
    return "\n".join(lines)


def full_sources(cited: Sequence[NumberedCitation]) -> tuple[str, ...]:
    """Return a paragraph for each source, with all that is known of it and where in it the facts are."""
    return tuple(_paragraph(source, _locators(citations)) for source, citations in _by_source(cited).items())


def used_sources(uses: Iterable[SourceUse]) -> tuple[str, ...]:
    """Return a paragraph for each source of a story, with how many facts cite it."""
    return tuple(
        _paragraph(use.source, say_number(use.cited, "cited by {number} fact", "cited by {number} facts")) for use in uses
    )


def _by_source(cited: Sequence[NumberedCitation]) -> dict[Source, list[NumberedCitation]]:
    grouped: dict[Source, list[NumberedCitation]] = {}
    for citation in cited:
        grouped.setdefault(citation.source, []).append(citation)
    return grouped


def _reference(citations: Sequence[NumberedCitation], *, scrolling: bool) -> str:
    first, source = citations[0], citations[0].source
    parts = [
        link(source.title, first.url if scrolling else source.url, _TITLE),
        *(inline(part, _FIELD) for part in wording.published(source)),
        inline(words.locator(first.citation), _FIELD),
    ]
    archived = safe_url(source.archive)
    others = f" · {_locators(citations[1:], scrolling=scrolling)}" if len(citations) > 1 else ""
    named = ", ".join(part for part in parts if part) + (f" ([{say('archived')}]({archived}))" if archived else "")
    return f"[{first.number}] {named}{others}"


def _paragraph(source: Source, locators: str) -> str:
    authors = phrases.listed([inline(name, _FIELD) for name in source.authors[:8]])
    about = [
        authors,
        *(inline(part, _FIELD) for part in wording.published(source)),
        inline(words.source_type(source.type), 40),
    ]
    lines = [
        f"**{link(source.title, source.url, _TITLE)}**",
        ", ".join(part for part in about if part),
        *(f"<{address}>" for address in [safe_url(source.url)] if address),
        *(phrases.labelled(say("Archived"), f"<{address}>") for address in [safe_url(source.archive)] if address),
        inline(source.note or "", 300),
        f"-# {locators}" if locators else "",
    ]
    return "\n".join(line for line in lines if line)


def _locators(cited: Sequence[NumberedCitation], *, scrolling: bool = True) -> str:
    locators = [f"[{citation.number}] {_locator(citation, scrolling=scrolling)}".strip() for citation in cited[:_MAX_CITATIONS]]
    return " · ".join(locators) + ("…" if len(cited) > _MAX_CITATIONS else "")


def _locator(cited: NumberedCitation, *, scrolling: bool) -> str:
    """Return a place in a source, as a link if that scrolls to it."""
    where = words.locator(cited.citation)
    return link(where, cited.url, 40) if scrolling and cited.url != cited.source.url else inline(where, 40)
