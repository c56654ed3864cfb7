"""How a fact and its sources read in a terminal."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from rich.text import Text

from bot.facts.models import Actor, FactRecord, Source
from bot.facts.speakers import publisher_of
from bot.presentation import wording
from bot.presentation.numbering import CitationNumbers, NumberedCitation, locator_words
from bot.terminal.screen import BLANK, Block, address, phrase, verbatim

_MOST_NAMES = 6  # of authors or speakers; more would hide the rest of the line
_ROLE_OF_QUOTED, _ROLE_OF_CLAIMING = ", {}", " ({})"
_OPENING = ("“", '"', "„", "«", "‘")


def fact_blocks(
    record: FactRecord, numbering: CitationNumbers, *, introduced: Container[Actor] = (), date_first: bool = False
) -> Iterator[Block]:
    """Show a fact in full: an event as a sentence, a quote in quotation marks, a claim with those who make it.

    ``introduced`` actors are named without their role. ``date_first`` heads events, not quotes and claims, with their date.
    """
    marks = Text(f" {numbering.marks(record)}", "cyan")
    if record.fact.kind == "quote":
        yield Block(_in_marks(verbatim(record.fact.text, "italic")) + marks, "  ", "  ")
        yield _small(_speakers(record, introduced, _ROLE_OF_QUOTED), _circumstances(record), before="  — ")
    elif record.fact.kind == "claim" and not wording.is_attributed(record.fact.text):
        speakers = _speakers(record, introduced, _ROLE_OF_CLAIMING)
        yield Block(Text.assemble("According to ", speakers, ": ", verbatim(record.fact.text)) + marks)
        yield from _when_and_where(record)
    elif date_first and record.fact.kind == "event":
        yield Block(phrase(record.fact.date.words() if record.fact.date else wording.NO_DATE, "bold"))
        yield Block(verbatim(record.fact.text) + marks, "  ", "  ")
    else:
        yield Block(verbatim(record.fact.text) + marks)
        yield from _when_and_where(record)


def fact_list_blocks(
    records: Iterable[FactRecord], numbering: CitationNumbers, *, introduced: Iterable[Actor] = (), date_first: bool = False
) -> Iterator[Block]:
    """Show facts with a blank line between them; a speaker of several has the role at the first only."""
    named = set(introduced)
    for number, record in enumerate(records):
        if number:
            yield BLANK
        yield from fact_blocks(record, numbering, introduced=named, date_first=date_first)
        if len(record.speakers) == 1:  # several are named without their roles
            named.update(record.speakers)


def fact_summary(record: FactRecord) -> Text:
    """Return a fact on one line: the speakers of a quote or claim, and the text."""
    if record.fact.kind == "event" or (record.fact.kind == "claim" and wording.is_attributed(record.fact.text)):
        return phrase(record.fact.text)
    names = Text(
        wording.listed([phrase(actor.name).plain for actor in record.speakers[:2]]) or phrase(publisher_of(record)).plain
    )
    if record.fact.kind == "quote":
        return Text.assemble(names, ": ", _in_marks(phrase(record.fact.text)))
    return Text.assemble("According to ", names, ": ", phrase(record.fact.text))


def section(title: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Show a section of a page below the rest of it, with its title."""
    yield BLANK
    yield Block(Text(title, "bold"))
    yield from blocks


def sources_section(numbering: CitationNumbers) -> Iterator[Block]:
    """Show what the facts of a page rest on, if it has any."""
    if numbering.citations:
        yield from section(wording.SOURCES, source_blocks(numbering.citations))


def source_blocks(citations: Iterable[NumberedCitation]) -> Iterator[Block]:
    """List numbered citations with the addresses of their sources; a source that comes again has its title alone."""
    named: set[Source] = set()
    for each in citations:
        again = each.source in named
        named.add(each.source)
        number = f"  [{each.number}] "
        yield Block(_reference(each, brief=again), number, " " * len(number))
        if not again:
            yield from address_blocks(each.source, " " * len(number))


def address_blocks(source: Source, indent: str) -> Iterator[Block]:
    """List the address of a source and that of its archived copy."""
    if source.url:
        yield Block(address(source.url), indent, whole=True)
    if source.archive:
        yield Block(Text("archived: ") + address(source.archive), indent, whole=True)


def source_name(source: Source) -> Text:
    """Return the name of a source: authors, publisher, title in quotation marks, date."""
    authors = wording.listed([phrase(author).plain for author in source.authors[:_MOST_NAMES]])
    published = source.published.words() if source.published else ""
    publisher = source.publisher if source.publisher != source.title else None
    parts = [Text(authors), phrase(publisher or ""), Text.assemble("“", phrase(source.title), "”"), phrase(published)]
    return Text(", ").join(part for part in parts if part)


def _reference(cited: NumberedCitation, *, brief: bool) -> Text:
    name = Text.assemble("“", phrase(cited.source.title), "”") if brief else source_name(cited.source)
    where = locator_words(cited.citation)
    return Text.assemble(name, ", ", phrase(where)) if where else name


def _when_and_where(record: FactRecord) -> Iterator[Block]:
    circumstances = _circumstances(record)
    if circumstances:
        yield _small(circumstances, before="  ")


def _small(*parts: Text, before: str) -> Block:
    text = Text(" · ").join(part for part in parts if part)
    text.stylize("dim")
    return Block(text, before, " " * len(before))


def _circumstances(record: FactRecord) -> Text:
    given = record.fact
    parts = (given.date.words() if given.date else "", given.where or "", given.context or "")
    return Text(" · ").join(phrase(part) for part in parts if part)


def _speakers(record: FactRecord, introduced: Container[Actor], role: str) -> Text:
    """Return the names of the speakers; of a single one with the role, which behind several names could be anybody's."""
    if not record.speakers:
        return phrase(publisher_of(record))
    names = [phrase(actor.name).plain for actor in record.speakers[:_MOST_NAMES]]
    more = len(record.speakers) - len(names)
    if more:
        names.append(wording.counted(more, "other", "others"))
    (alone,) = record.speakers if len(record.speakers) == 1 else (None,)
    about = role.format(phrase(alone.role).plain) if alone and alone.role and alone not in introduced else ""
    return Text(wording.listed(names) + about)


def _in_marks(text: Text) -> Text:
    return text if text.plain.startswith(_OPENING) else Text.assemble("“", text, "”")
