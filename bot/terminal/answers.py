"""How an answer reads in a terminal: the short answer first, then the facts, then what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from bot.answers.models import Answer, Explanation, ScoredFact
from bot.terminal import words
from bot.terminal.facts import facts, sources, summary
from bot.terminal.numbering import Numbering
from bot.terminal.screen import BLANK, Paragraph, phrase

_BULLET = "  • "


def answer_page(answer: Answer, *, explain: bool = False) -> Iterator[Paragraph]:
    """Show an answer; ``explain``: with why it is as it is. The ranking is shown where the answer has one."""
    numbering = Numbering(fact.record for fact in (*answer.facts, *answer.suggestions, *answer.ranking))
    yield from _answered(answer, numbering) if answer.status == "answered" else _not_answered(answer, numbering)
    if answer.ranking:
        yield from _part(words.RANKING, (_ranked(fact, numbering) for fact in answer.ranking))
    if numbering.places:
        yield from _part(words.SOURCES, sources(numbering.places))
    if explain:
        yield from _part(words.WHY if answer.status == "answered" else words.WHY_NOT, why_page(answer.explanation))


def why_page(why: Explanation) -> Iterator[Paragraph]:
    """Say in plain words why an answer is as it is."""
    for sentence in _reasons(why):
        yield Paragraph(phrase(sentence), _BULLET, "    ")


def _answered(answer: Answer, numbering: Numbering) -> Iterator[Paragraph]:
    if answer.short:
        yield Paragraph(phrase(answer.short, "bold"))
        yield BLANK
    yield from facts((fact.record for fact in answer.facts), numbering)
    if answer.suggestions:
        yield from _part(words.SEE_ALSO, _near(answer, numbering))


def _not_answered(answer: Answer, numbering: Numbering) -> Iterator[Paragraph]:
    yield Paragraph(Text(words.NO_ANSWER, "bold"))
    if answer.known:
        yield Paragraph(phrase(answer.known))
    if answer.suggestions:
        yield from _part(words.NEAREST, _near(answer, numbering))


def _near(answer: Answer, numbering: Numbering) -> Iterator[Paragraph]:
    for fact in answer.suggestions:
        date = fact.record.fact.date
        when = Text(f" ({date.words()})", "dim") if date else Text()
        marks = Text(f" {numbering.marks(fact.record)}", "cyan")
        yield Paragraph(summary(fact.record) + when + marks, _BULLET, "    ")


def _part(title: str, paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    yield BLANK
    yield Paragraph(Text(title, "bold"))
    yield from paragraphs


def _ranked(fact: ScoredFact, numbering: Numbering) -> Paragraph:
    marks = Text(f" {numbering.marks(fact.record)}", "cyan")
    text = Text.assemble(phrase(fact.record.fact.id, "bold"), "  ", summary(fact.record), marks)
    return Paragraph(text, f"  {fact.score:.2f}  ", " " * 8)


def _reasons(why: Explanation) -> Iterator[str]:
    for typed, read in why.corrections:
        yield words.READ_AS.format(typed, read)
    if why.slot:
        filled = words.ASKED_FOR if why.slot_filled else words.ASKED_FOR_MISSING
        yield filled.format(words.asked(why.slot))
    for sentence, given in (
        (words.NAMES, why.names),
        (words.MATCHED, why.matched),
        (words.MISSING, why.missing),
        (words.UNKNOWN, why.unknown_names),
    ):
        if given:
            yield sentence.format(words.listed(given))
    if not why.sources:
        yield words.NO_FACT
        return
    yield words.publishers(why.sources)
    yield words.FITS.format(round(why.confidence * 100))
