"""Whether a quotation makes a question of what was stated, or states what was asked, by the marks at the ends of sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from bot.checking.alignment import Step
from bot.english.words import Word, end_marks

Turn = Literal["asked", "stated"]
_ASKING = frozenset(
    """who whom whose what which when where why how is are was were am do does did has have had can could will would shall should
    may might must""".split()
)


def turned_question(steps: Sequence[Step], recorded: str, quoted: str) -> Turn | None:
    """Tell what a quotation made of a sentence: "asked" where the record states it, "stated" where the record asks it.

    A piece of a question whose words are in the order of one may end without its mark.
    """
    marks, recorded_marks = end_marks(quoted), end_marks(recorded)
    lasts = {step.quoted.sentence: step.recorded for step in steps if step.quoted and step.recorded}
    for sentence, last in lasts.items():
        mark, recorded_mark = _mark(marks, sentence), _mark(recorded_marks, last.sentence)
        if "?" in mark and "?" not in recorded_mark:
            return "asked"
        if "?" not in recorded_mark or "?" in mark:
            continue
        ends = _ends_its_sentence(last, steps)
        if (mark and ends) or ((mark or ends) and not _is_in_order(steps, last.sentence)):
            return "stated"
    return None


def _mark(marks: Sequence[str], sentence: int) -> str:
    return marks[sentence] if sentence < len(marks) else ""


def _ends_its_sentence(word: Word, steps: Sequence[Step]) -> bool:
    same = (step.recorded for step in steps if step.recorded and step.recorded.sentence == word.sentence)
    return max(same, key=lambda each: each.start) == word


def _is_in_order(steps: Sequence[Step], sentence: int) -> bool:
    """Tell whether the first word that is quoted of a sentence is one with which questions begin."""
    quoted = (step.recorded for step in steps if step.quoted and step.recorded and step.recorded.sentence == sentence)
    return next((word.key in _ASKING for word in quoted), False)
