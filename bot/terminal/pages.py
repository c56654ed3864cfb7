"""What a terminal shows for a question or a command: an answer, facts, an actor, a network, the sources, a checked text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text

from bot import phrases
from bot.answers.models import Answer, ScoredFact
from bot.facts.models import FactRecord
from bot.languages import say_message
from bot.presentation import wording
from bot.presentation.citation_numbers import CitationNumbers
from bot.presentation.telling import as_said_or_done
from bot.terminal.blocks import (
    BLANK,
    Block,
    address_blocks,
    diff_text,
    fact_blocks,
    fact_list_blocks,
    fact_summary,
    phrase,
    section,
    source_name,
    sources_section,
)
from bot.terminal.text import one_line, with_terminal_commands

if TYPE_CHECKING:  # the service and the checks take a while to load, which a single question has no use for
    from bot.checking.checker import CheckedText
    from bot.checking.verdict import Finding
    from bot.service.lists import ActorPage, Network, SourceUse

NOTHING_FOUND = "The facts that I have hold nothing like that."
UNMARKED = "There are no quotation marks in it, so that all of it was taken for one quotation."

_BULLET = "  • "
_MAX_ALIASES = 8  # more would push the facts off the screen


def answer_page(answer: Answer, *, explain: bool = False, chatting: bool = False) -> Iterator[Block]:
    """Show an answer: the short answer first, then the facts, then their sources.

    ``explain`` adds why it is as it is. The ranking is shown where the answer has one. Slash commands are named only in a
    conversation (``chatting``), which has them.
    """
    answer = wording.worded(answer)
    if answer.note and not chatting:
        answer = replace(answer, note=with_terminal_commands(answer.note))
    numbering = CitationNumbers(fact.record for fact in (*answer.facts, *answer.suggestions, *answer.ranking))
    yield from _answered(answer, numbering) if answer.status == "answered" else _not_answered(answer, numbering)
    if answer.ranking:
        yield from section("Nearest facts, whatever the answer", (_ranked(fact, numbering) for fact in answer.ranking))
    yield from sources_section(numbering)
    if explain:
        yield from section(wording.WHY if answer.status == "answered" else wording.WHY_NOT, why_page(answer))


def why_page(answer: Answer) -> Iterator[Block]:
    """Say in plain words why an answer is as it is."""
    for sentence in wording.reasons(answer, one_line):
        yield Block(phrase(sentence), _BULLET, "    ")


def fact_list(records: Sequence[FactRecord], *, date_first: bool = False) -> Iterator[Block]:
    """Show facts and what they rest on."""
    if not records:
        yield Block(Text(NOTHING_FOUND))
        return
    numbering = CitationNumbers(records)
    yield from fact_list_blocks(records, numbering, date_first=date_first)
    yield from sources_section(numbering)


def actor_page(page: ActorPage) -> Iterator[Block]:
    """Show all that is known of an actor."""
    actor = page.record.actor
    yield Block(phrase(actor.name, "bold"))
    if actor.role:
        yield Block(phrase(actor.role))
    if actor.aliases:
        yield Block(phrase(f"{say_message(phrases.also_called(actor.aliases[:_MAX_ALIASES]))}.", "dim"))
    events, spoken, about = map(as_said_or_done, (page.events, page.spoken, page.about))
    numbering = CitationNumbers((*events, *spoken, *about))
    for title, records in ((wording.HAPPENED, events), (wording.SAID, spoken), (wording.SAID_ABOUT, about)):
        if records:
            facts = fact_list_blocks(records, numbering, introduced=[actor], date_first=title == wording.HAPPENED)
            yield from section(title, facts)
    if not numbering.citations:
        yield BLANK
        yield Block(Text(NOTHING_FOUND))
    yield from sources_section(numbering)


def network_list(network: Network) -> Iterator[Block]:
    """Show who speaks about whom, and how often, most often first."""
    yield Block(phrase(wording.network_title(network.actor), "bold"))
    if not network.links:
        yield Block(Text(NOTHING_FOUND))
    for link in network.links:
        counts = ", ".join(wording.statement_counts(link.quotes, link.claims))
        names = Text.assemble(phrase(link.speaker), " → ", phrase(link.subject))
        yield Block(Text.assemble(names, (f" ({counts})", "dim")), "• ", "  ")


def source_list(uses: Sequence[SourceUse]) -> Iterator[Block]:
    """Show sources with how many facts cite each."""
    for use in uses:
        cited = Text(f" (cited by {wording.counted(use.cited, 'fact', 'facts')})", "dim")
        yield Block(source_name(use.source) + cited, "• ", "  ")
        yield from address_blocks(use.source, "  ")
    if not uses:
        yield Block(Text(NOTHING_FOUND))


def check_page(checked: CheckedText) -> Iterator[Block]:
    """Show the findings on a text's quotations, then the sources of the facts that they were compared with."""
    from bot.presentation.verdicts import LONG, passed_over, unchecked

    parts = [part for finding in checked.findings for part in finding.joined or (finding,)]
    numbering = CitationNumbers(record for part in parts for record in (part.record, part.nearest) if record)
    for number, finding in enumerate(checked.findings):
        if number:
            yield BLANK
        yield from _finding(finding, numbering)
    yield from sources_section(numbering)
    unmarked = checked.unmarked and len(checked.findings[0].quoted.split()) > LONG
    if unmarked or checked.passed_over:
        yield BLANK
    if unmarked:
        yield Block(Text(UNMARKED, "dim"))
    if checked.passed_over:
        yield Block(Text(passed_over(checked.passed_over), "dim"))
    if checked.unchecked:
        yield Block(Text(unchecked(checked.unchecked)))


def _finding(finding: Finding, numbering: CitationNumbers) -> Iterator[Block]:
    """Show the verdict on a quotation first, then warnings and notes, then the recorded quote."""
    from bot.checking.verdict import Verdict
    from bot.presentation.differences import differences
    from bot.presentation.verdicts import describe, is_repeated

    description, indent = describe(finding, one_line), "   "
    yield Block(Text(description.verdict, "bold"), f"{description.sign} ", indent)
    if not is_repeated(finding):
        yield Block(Text.assemble("“", phrase(finding.quoted), "”"), indent, indent)
    for sentence in description.warnings:
        yield Block(Text(sentence, "bold red"), f"{indent}! ", f"{indent}  ")
    for sentence in description.notes:
        yield Block(Text(sentence, "dim"), indent, indent)
    if finding.verdict is Verdict.DIFFERS and any(piece.state != "same" for piece in differences(finding)):
        yield Block(diff_text(differences(finding)), f"{indent}≠ ", f"{indent}  ")
    for part in finding.joined or (finding,):
        if record := part.record or part.nearest:
            yield BLANK
            yield from fact_blocks(record, numbering)


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
        yield from section(wording.SEE_ALSO, _near(answer.suggestions, numbering))


def _not_answered(answer: Answer, numbering: CitationNumbers) -> Iterator[Block]:
    near, title = answer.suggestions, wording.NEAREST
    if not answer.is_question:
        yield Block(phrase(answer.known or ""))
        return
    if answer.perhaps_answers:  # the fact that may answer is shown whole, then the others that are near
        yield Block(Text(wording.NOT_SURE, "bold"))
        if note := wording.beside(answer):
            yield Block(phrase(note))
        yield BLANK
        yield from fact_list_blocks([near[0].record], numbering)
        near, title = near[1:], wording.ALSO_NEAR
    else:
        yield Block(Text(wording.NO_ANSWER, "bold"))
        if answer.known:
            yield Block(phrase(answer.known))
        if as_of := wording.as_of(answer):
            yield Block(phrase(as_of))
    if near:
        yield from section(title, _near(near, numbering))


def _near(near: Iterable[ScoredFact], numbering: CitationNumbers) -> Iterator[Block]:
    for fact in near:
        date = fact.record.fact.date
        when = Text(f" ({date.words()})", "dim") if date else Text()
        marks = Text(f" {numbering.marks(fact.record)}", "cyan")
        yield Block(fact_summary(fact.record) + when + marks, _BULLET, "    ")


def _ranked(fact: ScoredFact, numbering: CitationNumbers) -> Block:
    marks = Text(f" {numbering.marks(fact.record)}", "cyan")
    text = Text.assemble(phrase(fact.record.fact.id, "bold"), "  ", fact_summary(fact.record), marks)
    return Block(text, f"  {fact.score:.2f}  ", " " * 8)
