"""How an answer reads in a terminal: the short answer first, then the facts, then what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from bot.answers.models import Answer, ScoredFact
from bot.presentation import wording
from bot.terminal import words
from bot.terminal.facts import facts, sources, summary
from bot.terminal.numbering import Numbering
from bot.terminal.safe import one_line
from bot.terminal.screen import BLANK, Paragraph, phrase

_BULLET = "  • "


def answer_page(answer: Answer, *, explain: bool = False) -> Iterator[Paragraph]:
    """Show an answer; ``explain``: with why it is as it is. The ranking is shown where the answer has one."""
    numbering = Numbering(fact.record for fact in (*answer.facts, *answer.suggestions, *answer.ranking))
    yield from _answered(answer, numbering) if answer.status == "answered" else _not_answered(answer, numbering)
    if answer.ranking:
        yield from _part(words.RANKING, (_ranked(fact, numbering) for fact in answer.ranking))
    if numbering.places:
        yield from _part(wording.SOURCES, sources(numbering.places))
    if explain:
        yield from _part(wording.WHY if answer.status == "answered" else wording.WHY_NOT, why_page(answer))


def why_page(answer: Answer) -> Iterator[Paragraph]:
    """Say in plain words why an answer is as it is."""
    for sentence in wording.reasons(answer, one_line):
        yield Paragraph(phrase(sentence), _BULLET, "    ")


def _answered(answer: Answer, numbering: Numbering) -> Iterator[Paragraph]:
    if answer.short:
        yield Paragraph(phrase(answer.short, "bold"))
        yield BLANK
    if note := wording.beside(answer):
        yield Paragraph(phrase(note))
        yield BLANK
    yield from facts((fact.record for fact in answer.facts), numbering)
    yield BLANK
    yield Paragraph(phrase(wording.standing([fact.record for fact in answer.facts], one_line), "dim"))
    if answer.suggestions:
        yield from _part(wording.SEE_ALSO, _near(answer.suggestions, numbering))


def _not_answered(answer: Answer, numbering: Numbering) -> Iterator[Paragraph]:
    if not answer.is_question:
        yield Paragraph(phrase(answer.known or ""))
        return
    if answer.perhaps_answers:
        yield from _perhaps(answer, numbering)
        return
    yield Paragraph(Text(wording.NO_ANSWER, "bold"))
    if answer.known:
        yield Paragraph(phrase(answer.known))
    if as_of := wording.as_of(answer):
        yield Paragraph(phrase(as_of))
    if answer.suggestions:
        yield from _part(wording.NEAREST, _near(answer.suggestions, numbering))


def _perhaps(answer: Answer, numbering: Numbering) -> Iterator[Paragraph]:
    """Show the fact that may answer whole, then the others that are near."""
    yield Paragraph(Text(wording.NOT_SURE, "bold"))
    if as_of := wording.as_of(answer):
        yield Paragraph(phrase(as_of))
    yield BLANK
    yield from facts([answer.suggestions[0].record], numbering)
    if answer.suggestions[1:]:
        yield from _part(wording.ALSO_NEAR, _near(answer.suggestions[1:], numbering))


def _near(near: Iterable[ScoredFact], numbering: Numbering) -> Iterator[Paragraph]:
    for fact in near:
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
