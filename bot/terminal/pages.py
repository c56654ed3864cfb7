"""Pages of a terminal: an answer and the reasons for it, lists of facts, a time line, and who speaks about whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rich.text import Text

from bot.answers.models import Answer, ScoredFact
from bot.facts.models import FactRecord
from bot.languages import language, say
from bot.presentation import wording
from bot.presentation.citation_numbers import CitationNumbers
from bot.presentation.telling import as_events
from bot.service.lists import Network, Timeline
from bot.terminal.blocks import (
    BLANK,
    Block,
    fact_list_blocks,
    fact_summary,
    phrase,
    section,
    sources_section,
)
from bot.terminal.text import one_line, with_terminal_commands

NOTHING_FOUND = "The facts I have contain nothing like that."

RANKING = "Nearest facts, whatever the answer"

_BULLET = "  • "


def nothing_found() -> str:
    """Say that there is nothing to list."""
    return say(NOTHING_FOUND)


def answer_page(answer: Answer, *, explain: bool = False) -> Iterator[Block]:
    """Show an answer: the short answer first, then the facts, then their sources.

    ``explain`` adds the reasons for it. The ranking is shown if the answer has one.
    """
    answer = wording.worded(replace(answer, language=None))  # in the language of the frame, whatever that of the question
    if answer.note:
        answer = replace(answer, note=with_terminal_commands(answer.note))
    numbering = CitationNumbers(fact.record for fact in (*answer.facts, *answer.suggestions, *answer.ranking))
    yield from _answered(answer, numbering) if answer.status == "answered" else _not_answered(answer, numbering)
    if answer.ranking:
        yield from section(say(RANKING), (_ranked(fact, numbering) for fact in answer.ranking))
    yield from sources_section(numbering)
    if explain:
        reasons = (Block(phrase(sentence), _BULLET, "    ") for sentence in wording.reasons(answer, one_line))
        yield from section(say(wording.WHY if answer.status == "answered" else wording.WHY_NOT), reasons)


def fact_list(records: Sequence[FactRecord], *, date_first: bool = False) -> Iterator[Block]:
    """Show facts and their sources."""
    if not records:
        yield Block(Text(nothing_found()))
        return
    numbering = CitationNumbers(records)
    yield from fact_list_blocks(records, numbering, date_first=date_first)
    yield from sources_section(numbering)


def network_list(network: Network) -> Iterator[Block]:
    """Show who speaks about whom, and how often, most often first."""
    yield Block(phrase(wording.network_title(network.actor), "bold"))
    if not network.links:
        yield Block(Text(nothing_found()))
    for link in network.links:
        counts = ", ".join(wording.statement_counts(link.quotes, link.claims))
        names = Text.assemble(phrase(link.speaker), " → ", phrase(link.subject))
        yield Block(Text.assemble(names, (f" ({counts})", "dim")), "• ", "  ")


def timeline_page(timeline: Timeline) -> Iterator[Block]:
    """Show a time line by date, under the requested period as it was understood."""
    if timeline.period:
        yield Block(phrase(wording.timeline_title(timeline.actor, timeline.period), "bold"))
        yield BLANK
    yield from fact_list(as_events(timeline.facts), date_first=True)


def _answered(answer: Answer, numbering: CitationNumbers) -> Iterator[Block]:
    if short := wording.headline(answer.short, [fact.record for fact in answer.facts]):
        yield Block(phrase(short, "bold"))
        yield BLANK
    if note := wording.beside(answer):
        yield Block(phrase(note))
        yield BLANK
    yield from fact_list_blocks((fact.record for fact in answer.facts), numbering)
    yield BLANK
    yield Block(phrase(wording.standing([fact.record for fact in answer.facts], one_line), "dim"))
    if answer.suggestions:
        yield from section(say(wording.SEE_ALSO), _near(answer.suggestions, numbering))


def _not_answered(answer: Answer, numbering: CitationNumbers) -> Iterator[Block]:
    near, title = answer.suggestions, say(wording.NEAREST)
    if not answer.is_question:
        yield Block(phrase(answer.known or ""))
        yield from _near(near, numbering)
        return
    if answer.perhaps_answers:  # the fact that may answer is shown in full, then the other near ones
        yield Block(Text(say(wording.NOT_SURE), "bold"))
        if note := wording.beside(answer):
            yield Block(phrase(note))
        yield BLANK
        yield from fact_list_blocks([near[0].record], numbering)
        near, title = near[1:], say(wording.ALSO_NEAR)
    else:
        yield Block(Text(say(wording.NO_ANSWER), "bold"))
        if answer.known:
            yield Block(phrase(answer.known))
        if as_of := wording.as_of(answer):
            yield Block(phrase(as_of))
    if near:
        yield from section(title, _near(near, numbering))


def _near(near: Iterable[ScoredFact], numbering: CitationNumbers) -> Iterator[Block]:
    for fact in near:
        date = fact.record.fact.date
        when = Text(f" ({date.words(language())})", "dim") if date else Text()
        marks = Text(f" {numbering.marks(fact.record)}", "cyan")
        yield Block(fact_summary(fact.record) + when + marks, _BULLET, "    ")


def _ranked(fact: ScoredFact, numbering: CitationNumbers) -> Block:
    marks = Text(f" {numbering.marks(fact.record)}", "cyan")
    text = Text.assemble(phrase(fact.record.fact.id, "bold"), "  ", fact_summary(fact.record), marks)
    return Block(text, f"  {fact.score:.2f}  ", " " * 8)
