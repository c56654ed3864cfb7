"""How checked quotations read in a terminal: the verdict first, what must not be overlooked, then the recorded words."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from bot.checking.checker import CheckedText
from bot.checking.differences import differences, surrounding_sentences
from bot.checking.verdict import Finding, Verdict
from bot.checking.wording import IN_SENTENCE, LONG, describe, is_repeated, passed_over
from bot.presentation import wording
from bot.terminal.facts import fact, sources
from bot.terminal.numbering import Numbering
from bot.terminal.safe import one_line
from bot.terminal.screen import BLANK, Paragraph, phrase
from bot.terminal.screen import words as shown

UNMARKED = "There are no quotation marks in it, so that all of it was taken for one quotation."
_INDENT = "   "


def check_page(checked: CheckedText) -> Iterator[Paragraph]:
    """Show what became of a text's quotations."""
    parts = [part for finding in checked.findings for part in finding.joined or (finding,)]
    numbering = Numbering(record for part in parts for record in (part.record, part.nearest) if record)
    for number, finding in enumerate(checked.findings):
        if number:
            yield BLANK
        yield from _finding(finding, numbering)
    if numbering.places:
        yield BLANK
        yield Paragraph(Text(wording.SOURCES, "bold"))
        yield from sources(numbering.places)
    unmarked = checked.unmarked and len(checked.findings[0].quoted.split()) > LONG
    if unmarked or checked.passed_over:
        yield BLANK
    if unmarked:
        yield Paragraph(Text(UNMARKED, "dim"))
    if checked.passed_over:
        yield Paragraph(Text(passed_over(checked.passed_over), "dim"))


def _finding(finding: Finding, numbering: Numbering) -> Iterator[Paragraph]:
    said = describe(finding, one_line)
    yield Paragraph(Text(said.verdict, "bold"), f"{said.sign} ", _INDENT)
    if not is_repeated(finding):
        yield Paragraph(Text.assemble("“", phrase(finding.quoted), "”"), _INDENT, _INDENT)
    for sentence in said.warnings:
        yield Paragraph(Text(sentence, "bold red"), f"{_INDENT}! ", f"{_INDENT}  ")
    for sentence in said.notes:
        yield Paragraph(Text(sentence, "dim"), _INDENT, _INDENT)
    if finding.verdict is Verdict.DIFFERS and any(piece.state != "same" for piece in differences(finding)):
        yield Paragraph(_diff(finding), f"{_INDENT}≠ ", f"{_INDENT}  ")
    if sentence := surrounding_sentences(finding):
        yield Paragraph(Text(IN_SENTENCE.format(sentence=one_line(sentence)), "dim"), _INDENT, _INDENT)
    for part in finding.joined or (finding,):
        if record := part.record or part.nearest:
            yield BLANK
            yield from fact(record, numbering)


def _diff(finding: Finding) -> Text:
    """Write a diff as programs do that compare words: what went in [-these-], what came in {+those+}."""
    text = Text()
    for piece in differences(finding):
        if piece.state == "gone":
            text.append_text(shown(f"[-{piece.text}-]", "red strike"))
        elif piece.state == "new":
            text.append_text(shown(f"{{+{piece.text}+}}", "bold green"))
        else:
            text.append_text(shown(piece.text))
    return text
