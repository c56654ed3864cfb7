"""What a terminal shows for a checked text: the verdict on each quotation, and the quotes that it was compared with."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from bot.checking.checker import CheckedText
from bot.checking.verdict import Finding, Verdict
from bot.languages import say
from bot.presentation.citation_numbers import CitationNumbers
from bot.presentation.differences import differences
from bot.presentation.verdicts import LONG, checked_now, describe, is_repeated, passed_over, unchecked
from bot.terminal.blocks import BLANK, Block, diff_text, fact_blocks, phrase, sources_section
from bot.terminal.text import one_line

UNMARKED = "It has no quotation marks, so all of it was checked as one quotation."


def check_page(checked: CheckedText) -> Iterator[Block]:
    """Show the findings on a text's quotations, then the sources of the facts that they were compared with."""
    parts = [part for finding in checked.findings for part in finding.joined or (finding,)]
    numbering = CitationNumbers(record for part in parts for record in (part.record, part.nearest) if record)
    for number, finding in enumerate(checked.findings):
        if number:
            yield BLANK
        yield from _finding(finding, numbering)
    yield from sources_section(numbering)
    if len(checked.findings) > 1:
        yield BLANK
        yield Block(Text(" · ".join(checked_now(checked.findings))))
    unmarked = checked.unmarked and len(checked.findings[0].quoted.split()) > LONG
    if unmarked or checked.passed_over:
        yield BLANK
    if unmarked:
        yield Block(Text(say(UNMARKED), "dim"))
    if checked.passed_over:
        yield Block(Text(passed_over(checked.passed_over), "dim"))
    if checked.unchecked:
        yield Block(Text(unchecked(checked.unchecked)))


def _finding(finding: Finding, numbering: CitationNumbers) -> Iterator[Block]:
    """Show the verdict on a quotation first, then warnings and notes, then the recorded quote."""
    description, indent = describe(finding, one_line), "   "
    yield Block(Text(description.verdict, "bold"), f"{description.sign} ", indent)
    if not is_repeated(finding):
        yield Block(Text.assemble("“", phrase(finding.quoted), "”"), indent, indent)
    quiet = finding.verdict is Verdict.CUT_OUT  # what stood around words may be harmless
    for sentence in description.warnings:
        yield Block(Text(sentence), indent, indent) if quiet else Block(Text(sentence, "bold red"), f"{indent}! ", f"{indent}  ")
    for sentence in description.notes:
        yield Block(Text(sentence, "dim"), indent, indent)
    if finding.verdict is Verdict.DIFFERS and any(piece.state != "same" for piece in differences(finding)):
        yield Block(diff_text(differences(finding)), f"{indent}≠ ", f"{indent}  ")
    for part in finding.joined or (finding,):
        if record := part.record or part.nearest:
            yield BLANK
            yield from fact_blocks(record, numbering)
