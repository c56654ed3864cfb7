"""Pieces of a recorded sentence that surely say alone what they say there, of those whose surroundings the words do not settle.

In: a finding on a quotation. Out: the same, or that it is exact, where the reader of pieces is sure that what was cut off leaves
it standing.
"""

from __future__ import annotations

from dataclasses import replace

from bot.answers.reader.reader import shipped_reader
from bot.checking.flags import Flag
from bot.checking.verdict import Finding, Verdict
from bot.english.compared_words import composed

MIN_KEPT = 0.99
"""The likelihood from which a piece counts as kept: no unsaid one of the tests or of the validation part reaches it."""


def with_kept_piece(finding: Finding) -> Finding:
    """Return a finding as exact where all that speaks against it is what was cut off, and that surely leaves it standing."""
    if finding.verdict is not Verdict.CUT_OUT or {*finding.changes} != {Flag.DEPENDENT} or finding.record is None:
        return finding
    steps = finding.steps
    inside = [index for index, step in enumerate(steps) if step.kind != "outside"]
    if any(steps[index].kind not in ("same", "typo") for index in range(inside[0], inside[-1] + 1)):
        return finding  # words are left out of it, or stand in brackets
    before = steps[inside[0] - 1].recorded if inside[0] else None
    if before is not None and before.key == "that":
        return finding  # readers shall see what somebody saw, knew or was told
    words = [step.recorded for step in steps if step.recorded is not None]
    first, last = steps[inside[0]].recorded, steps[inside[-1]].recorded
    assert first is not None
    assert last is not None
    sentence = [word for word in words if first.sentence <= word.sentence <= last.sentence]
    text, begins = composed(finding.record.fact.text), sentence[0].start
    recorded = text[begins : _end_of(text, sentence[-1].end)]
    if shipped_reader().pieces.kept(recorded, first.start - begins, last.end - begins) < MIN_KEPT:
        return finding
    return replace(finding, verdict=Verdict.EXACT, changes={})


def _end_of(text: str, end: int) -> int:
    """Return where the marks end that stand behind a word."""
    while end < len(text) and not text[end].isalnum() and not text[end].isspace():
        end += 1
    return end
