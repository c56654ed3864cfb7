"""Blocks of text, wrapped to the width of the screen, and how a fact and its sources read in them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from bot import phrases
from bot.facts.models import Actor, Citation, FactRecord, Source
from bot.facts.speakers import publisher_of, within_sentence
from bot.languages import ENGLISH, language, say, say_number
from bot.presentation import wording
from bot.presentation.citation_numbers import LOCATORS, CitationNumbers, NumberedCitation, locator_words
from bot.presentation.word_diff import Piece
from bot.terminal.text import one_line, safe

NARROWEST = 16  # columns that a text gets beside its indent, however narrow the screen

_WEB = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f]+")
_ISOLATES = re.compile("[\u2068\u2069]")  # in which dates in Arabic are set; a terminal would show them
_MAX_NAMES = 6  # of authors or speakers; more would hide the rest of the line
_OPENING = ("“", '"', "„", "«", "‘")


@dataclass(frozen=True, slots=True)
class Block:
    """Text with the indents of its first and its other lines. A ``whole`` one is not wrapped, so that it can be copied."""

    text: Text
    first: str = ""
    rest: str = ""
    whole: bool = False


_MAX_HANGING, _WIDE = 2, 2  # closing signs that hang on a line, and the columns of each
_CLOSING = re.compile(f"[、。，．！？：；」』）〕】〉》]{{1,{_MAX_HANGING}}}")

BLANK = Block(Text())


def screen() -> Console:
    """Return the console of standard output. Into a pipe it writes plain text in 80 columns, or as many as $COLUMNS says."""
    return Console(markup=False, emoji=False, highlight=False)


def show(blocks: Iterable[Block], console: Console | None = None) -> None:
    """Print blocks, one below the other, on standard output unless another console is given."""
    console = console or screen()
    for block in blocks:
        if block.whole:
            console.print(Text(block.first) + block.text, soft_wrap=True)
            continue
        width = max(console.width - len(block.first), NARROWEST)
        before = block.first
        for line in _lines(block.text, console, width):
            line.rstrip()
            console.print((Text(before) + line) if line else Text(before.rstrip()), soft_wrap=True)
            before = block.rest


def _lines(text: Text, console: Console, width: int) -> list[Text]:
    """Return a text in lines of a width; a closing sign of Japanese or Chinese begins none, but hangs on the one before."""
    hanging = _MAX_HANGING * _WIDE if _CLOSING.search(text.plain) else 0
    lines: list[Text] = []
    for line in text.wrap(console, max(width - hanging, NARROWEST), overflow="fold"):
        closing = _CLOSING.match(line.plain) if lines else None
        if closing is not None:
            lines[-1] += line[: closing.end()]
            line = line[closing.end() :]
        if line or closing is None:
            lines.append(line)
    return lines or [Text()]


def verbatim(text: str, style: str = "") -> Text:
    """Return stored text for the screen: inert, its line breaks kept."""
    return Text(safe(text), style)


def phrase(text: str, style: str = "") -> Text:
    """Return stored text on one line, inert."""
    return Text(one_line(text), style)


def address(url: str) -> Text:
    """Return a web address, which a click opens where the terminal supports that."""
    text = one_line(url)
    return Text(text, f"link {text}" if _WEB.fullmatch(text) else "")


def diff_text(pieces: Iterable[Piece]) -> Text:
    """Return a word diff as ``git diff --word-diff`` writes it: [-removed-] and {+added+}, legible without colours too."""
    text = Text()
    for piece in pieces:
        if piece.state == "gone":
            text.append_text(verbatim(f"[-{piece.text}-]", "red strike"))
        elif piece.state == "new":
            text.append_text(verbatim(f"{{+{piece.text}+}}", "bold green"))
        else:
            text.append_text(verbatim(piece.text))
    return text


def fact_blocks(
    record: FactRecord, numbering: CitationNumbers, *, introduced: Container[Actor] = (), date_first: bool = False
) -> Iterator[Block]:
    """Show a fact in full: an event as a sentence, a quote in quotation marks, a claim with those who make it.

    ``introduced`` actors are named without their role. ``date_first`` heads events, not quotes and claims, with their date.
    """
    fact = record.fact
    marks = Text(f" {numbering.marks(record)}", "cyan")
    small, before = [phrase(_ISOLATES.sub("", part)) for part in wording.circumstances(record)], "  "
    if fact.kind == "quote":
        yield Block(_in_marks(verbatim(fact.text, "italic")) + marks, "  ", "  ")
        small, before = [_speakers(record, introduced, ", {}"), *small], "  — "
    elif fact.kind == "claim" and not wording.is_attributed(fact.text):
        speakers = within_sentence(_speakers(record, introduced, " ({})").plain)
        yield Block(Text.assemble(_according_to(speakers), " ", verbatim(fact.text)) + marks)
    elif date_first and fact.kind == "event":
        yield Block(phrase(wording.date_words(record), "bold"))
        yield Block(verbatim(fact.glossed) + marks, "  ", "  ")
        small = [] if fact.reviewed else [Text(say(wording.NOT_REVIEWED))]
    else:
        yield Block(verbatim(fact.glossed) + marks)
    if small:
        text = Text(" · ").join(small)
        text.stylize("dim")
        yield Block(text, before, " " * len(before))


def fact_list_blocks(records: Iterable[FactRecord], numbering: CitationNumbers, *, date_first: bool = False) -> Iterator[Block]:
    """Show facts with a blank line between them; a repeated speaker's role is given only the first time."""
    named: set[Actor] = set()
    for number, record in enumerate(records):
        if number:
            yield BLANK
        yield from fact_blocks(record, numbering, introduced=named, date_first=date_first)
        if len(record.speakers) == 1:  # several are named without their roles
            named.update(record.speakers)


def fact_summary(record: FactRecord) -> Text:
    """Return a fact on one line: the speakers of a quote or claim, and the text."""
    if record.fact.kind in ("event", "passage") or (record.fact.kind == "claim" and wording.is_attributed(record.fact.text)):
        return phrase(record.fact.glossed)
    names = Text(
        phrases.listed([phrase(actor.name).plain for actor in record.speakers[:2]]) or phrase(publisher_of(record)).plain
    )
    if record.fact.kind == "quote":
        return Text.assemble(names, ": ", _in_marks(phrase(record.fact.text)))
    return Text.assemble(_according_to(within_sentence(names.plain)), " ", phrase(record.fact.text))


def _according_to(names: str) -> str:
    return say("According to {names}:").format(names=names)


def section(title: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Show a titled section after the rest of a page."""
    yield BLANK
    yield Block(Text(title, "bold"))
    yield from blocks


def sources_section(numbering: CitationNumbers) -> Iterator[Block]:
    """Show the sources of the facts of a page, if there are any."""
    if numbering.citations:
        yield from section(say(wording.SOURCES), source_blocks(numbering.citations))


def source_blocks(citations: Iterable[NumberedCitation]) -> Iterator[Block]:
    """List numbered citations with the addresses of their sources; a source that comes again is named by its title only."""
    named: set[Source] = set()
    for citation in citations:
        again = citation.source in named
        named.add(citation.source)
        number = f"  [{citation.number}] "
        name = Text.assemble("“", phrase(citation.source.title), "”") if again else source_name(citation.source)
        if where := _locator(citation.citation):
            name = Text.assemble(name, ", ", phrase(where))
        yield Block(name, number, " " * len(number))
        if not again:
            yield from address_blocks(citation.source, " " * len(number), url=citation.url)
        elif citation.url and citation.url != citation.source.url:
            yield Block(address(citation.url), " " * len(number), whole=True)


def address_blocks(source: Source, indent: str, *, url: str | None = None) -> Iterator[Block]:
    """List the address of a source, or of a place in it, and that of its archived copy."""
    if source.url:
        yield Block(address(url or source.url), indent, whole=True)
    if source.archive:
        yield Block(Text(f"{say('archived')}: ") + address(source.archive), indent, whole=True)


def _locator(citation: Citation) -> str:
    """Return the place in a source: in words in English, in signs in other languages; "" for the whole source."""
    if language() == ENGLISH or citation.label not in LOCATORS:
        return locator_words(citation) or ""
    return f"{say(LOCATORS[citation.label])}{citation.locator}"


def source_name(source: Source) -> Text:
    """Return the name of a source: authors, publisher, title in quotation marks, date."""
    authors = phrases.listed([phrase(author).plain for author in source.authors[:_MAX_NAMES]])
    published = source.published.words(language()) if source.published else ""
    publisher = source.publisher if source.publisher != source.title else None
    parts = [Text(authors), phrase(publisher or ""), Text.assemble("“", phrase(source.title), "”"), phrase(published)]
    return Text(", ").join(part for part in parts if part)


def _speakers(record: FactRecord, introduced: Container[Actor], role: str) -> Text:
    """Return the names of the speakers; a single one has the role, which after several names could be anybody's."""
    if not record.speakers:
        return phrase(publisher_of(record))
    names = [phrase(actor.name).plain for actor in record.speakers[:_MAX_NAMES]]
    more = len(record.speakers) - len(names)
    if more:
        names.append(say_number(more, "{number} other", "{number} others"))
    (alone,) = record.speakers if len(record.speakers) == 1 else (None,)
    about = role.format(phrase(alone.role).plain) if alone and alone.role and alone not in introduced else ""
    return Text(phrases.listed(names) + about)


def _in_marks(text: Text) -> Text:
    return text if text.plain.startswith(_OPENING) else Text.assemble("“", text, "”")
