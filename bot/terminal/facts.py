"""How a fact and its sources read in a terminal."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from rich.text import Text

from bot.facts.models import Actor, FactRecord, Source
from bot.presentation import wording
from bot.terminal import words
from bot.terminal.numbering import Numbering, Place
from bot.terminal.screen import BLANK, Paragraph, address, phrase
from bot.terminal.screen import words as shown

_MOST_NAMES = 6
_ROLE_OF_QUOTED, _ROLE_OF_CLAIMING = ", {}", " ({})"
_OPENING = ("“", '"', "„", "«", "‘")
_DIM = "dim"


def fact(
    record: FactRecord, numbering: Numbering, *, introduced: Container[Actor] = (), date_first: bool = False
) -> Iterator[Paragraph]:
    """Show a fact in full: an event as a sentence, a quote as a quotation, a claim with who makes it.

    Those who are ``introduced`` already are named without their role.
    """
    marks = Text(f" {numbering.marks(record)}", "cyan")
    if record.fact.kind == "quote":
        yield Paragraph(_quoted(record.fact.text) + marks, "  ", "  ")
        yield _small(_speakers(record, introduced, _ROLE_OF_QUOTED), _circumstances(record), before="  — ")
    elif record.fact.kind == "claim":
        speakers = _speakers(record, introduced, _ROLE_OF_CLAIMING)
        yield Paragraph(Text.assemble("According to ", speakers, ": ", shown(record.fact.text)) + marks)
        yield from _when_and_where(record)
    elif date_first:
        yield Paragraph(phrase(record.fact.date.words() if record.fact.date else wording.NO_DATE, "bold"))
        yield Paragraph(shown(record.fact.text) + marks, "  ", "  ")
    else:
        yield Paragraph(shown(record.fact.text) + marks)
        yield from _when_and_where(record)


def facts(
    records: Iterable[FactRecord], numbering: Numbering, *, introduced: Iterable[Actor] = (), date_first: bool = False
) -> Iterator[Paragraph]:
    """Show facts with a blank line between them; who speaks in several has the role at the first."""
    named = set(introduced)
    for number, record in enumerate(records):
        if number:
            yield BLANK
        yield from fact(record, numbering, introduced=named, date_first=date_first)
        if len(record.speakers) == 1:  # several are named without their roles
            named.update(record.speakers)


def summary(record: FactRecord) -> Text:
    """Return a fact on one line: who says it, where somebody does, and the text."""
    if record.fact.kind == "event":
        return phrase(record.fact.text)
    names = Text(
        wording.listed([phrase(actor.name).plain for actor in record.speakers[:2]]) or phrase(wording.publisher(record)).plain
    )
    if record.fact.kind == "quote":
        return Text.assemble(names, ": ", _in_marks(phrase(record.fact.text)))
    return Text.assemble("According to ", names, ": ", phrase(record.fact.text))


def sources(places: Iterable[Place]) -> Iterator[Paragraph]:
    """List the numbered places, each with its address; a source that comes again is named by its title alone."""
    named: set[Source] = set()
    for each in places:
        again = each.source in named
        named.add(each.source)
        number = f"  [{each.number}] "
        yield Paragraph(_reference(each, brief=again), number, " " * len(number))
        if not again:
            yield from addresses(each.source, " " * len(number))


def addresses(source: Source, indent: str) -> Iterator[Paragraph]:
    """List where a source can be read."""
    if source.url:
        yield Paragraph(address(source.url), indent, whole=True)
    if source.archive:
        yield Paragraph(Text("archived: ") + address(source.archive), indent, whole=True)


def source_name(source: Source) -> Text:
    """Name a source: authors, publisher, title in quotation marks, date."""
    authors = wording.listed([phrase(author).plain for author in source.authors[:_MOST_NAMES]])
    published = source.published.words() if source.published else ""
    parts = [Text(authors), phrase(source.publisher or ""), Text.assemble("“", phrase(source.title), "”"), phrase(published)]
    return Text(", ").join(part for part in parts if part)


def _reference(place: Place, *, brief: bool) -> Text:
    name = Text.assemble("“", phrase(place.source.title), "”") if brief else source_name(place.source)
    where = words.place(place.citation)
    return Text.assemble(name, ", ", phrase(where)) if where else name


def _when_and_where(record: FactRecord) -> Iterator[Paragraph]:
    circumstances = _circumstances(record)
    if circumstances:
        yield _small(circumstances, before="  ")


def _small(*parts: Text, before: str) -> Paragraph:
    text = Text(" · ").join(part for part in parts if part)
    text.stylize(_DIM)
    return Paragraph(text, before, " " * len(before))


def _circumstances(record: FactRecord) -> Text:
    given = record.fact
    parts = (given.date.words() if given.date else "", given.where or "", given.context or "")
    return Text(" · ").join(phrase(part) for part in parts if part)


def _speakers(record: FactRecord, introduced: Container[Actor], role: str) -> Text:
    """Name the speakers; one who stands alone with the role, for among several nobody could tell whose it is."""
    if not record.speakers:
        return phrase(wording.publisher(record))
    names = [phrase(actor.name).plain for actor in record.speakers[:_MOST_NAMES]]
    more = len(record.speakers) - len(names)
    if more:
        names.append(wording.counted(more, "other", "others"))
    (alone,) = record.speakers if len(record.speakers) == 1 else (None,)
    about = role.format(phrase(alone.role).plain) if alone and alone.role and alone not in introduced else ""
    return Text(wording.listed(names) + about)


def _quoted(text: str) -> Text:
    return _in_marks(shown(text, "italic"))


def _in_marks(text: Text) -> Text:
    return text if text.plain.startswith(_OPENING) else Text.assemble("“", text, "”")
