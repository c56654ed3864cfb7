"""How checked quotations read in a terminal: the verdict first, then warnings and notes, then the recorded quote."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from bot.checking.checker import CheckedText
from bot.checking.differences import differences
from bot.checking.verdict import Finding, Verdict
from bot.checking.wording import LONG, describe, is_repeated, passed_over
from bot.presentation.numbering import CitationNumbers
from bot.terminal.facts import fact_blocks, sources_section
from bot.terminal.screen import BLANK, Block, diff_text, phrase
from bot.terminal.text import one_line

UNMARKED = "There are no quotation marks in it, so that all of it was taken for one quotation."
_INDENT = "   "


def check_page(checked: CheckedText) -> Iterator[Block]:
    """Show the findings on a text's quotations, then the sources of the facts that they were compared with."""
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


def _finding(finding: Finding, numbering: CitationNumbers) -> Iterator[Block]:
    description = describe(finding, one_line)
    yield Block(Text(description.verdict, "bold"), f"{description.sign} ", _INDENT)
    if not is_repeated(finding):
        yield Block(Text.assemble("“", phrase(finding.quoted), "”"), _INDENT, _INDENT)
    for sentence in description.warnings:
        yield Block(Text(sentence, "bold red"), f"{_INDENT}! ", f"{_INDENT}  ")
    for sentence in description.notes:
        yield Block(Text(sentence, "dim"), _INDENT, _INDENT)
    if finding.verdict is Verdict.DIFFERS and any(piece.state != "same" for piece in differences(finding)):
        yield Block(diff_text(differences(finding)), f"{_INDENT}≠ ", f"{_INDENT}  ")
    for part in finding.joined or (finding,):
        if record := part.record or part.nearest:
            yield BLANK
            yield from fact_blocks(record, numbering)
