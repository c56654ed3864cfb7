"""What must not be overlooked in a quotation that is laid against a recorded quote."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import Enum

from bot.checking.alignment import ALTERED, Step
from bot.checking.brackets import own_wording, replaced
from bot.checking.questions import turned_question
from bot.checking.senses import reordered, sense_changes, turned
from bot.checking.units import unit_changes
from bot.english.words import Word, opposites

_LEFT_OUT = ("outside", "skipped")
_ADDED = 3  # words added in a row that must not be overlooked


class Flag(Enum):
    """What must not be overlooked, the gravest first."""

    NEGATION = "negation"  # lost or added, or a word turned into its opposite
    OPPOSITE = "opposite"  # a word became one that means the contrary: accept, reject
    CUT_NEGATION = "cut negation"  # what was left out of the same clause has a "not"
    FRAME = "cut frame"  # an "I believe" or an "if" before it was left out, or a "No" behind it
    QUESTION = "question"  # a question of what was stated, or the other way round
    NUMBER = "number"  # a figure or its unit changed, lost or added
    SENSE = "sense"  # at least for at most, must for may, Tuesday for Monday
    JOINED = "joined"  # two recorded quotes run together
    REPLACED = "replaced"  # a word with content or a name became another
    ORDER = "order"  # the same words in another order
    SPEAKER = "speaker"  # it is somebody else's
    PLACE = "place"  # it is from another source or date
    CUT = "cut"  # words left out without a mark
    BRACKET = "bracket"  # what stands in brackets is no pronoun or name
    HEDGE = "hedge"  # a may, only or perhaps lost or added
    ADDED = "added"  # several words put in


def in_order(flags: Collection[Flag]) -> tuple[Flag, ...]:
    """Return flags, the gravest first."""
    return tuple(flag for flag in Flag if flag in flags)


def flags_of(steps: Sequence[Step], recorded: str, quoted: str, actors: frozenset[str]) -> set[Flag]:
    """Return what must not be overlooked in the words and marks of a quotation.

    ``actors`` are the words by which the story's actors are known.
    """
    found = {*_of_words(steps), *_bracket_flags(steps, actors)}
    return found | {Flag.QUESTION} if turned_question(steps, recorded, quoted) else found


def _of_words(steps: Sequence[Step]) -> set[Flag]:
    found: set[Flag] = set()
    for step in steps:
        found.update(_flags_of(step))
    if unit_changes(steps):
        found.add(Flag.NUMBER)
    if _cut_negation(steps):
        # Who put other words in the place of those that are left out has not only begun later.
        begins = next((step.kind for step in steps if step.kind != "outside"), "same")
        found.add(Flag.NEGATION if begins in ("added", "changed") else Flag.CUT_NEGATION)
    if sense_changes(steps):
        found.add(Flag.SENSE)
    if reordered(steps):
        found.add(Flag.ORDER)
    if _added_in_a_row(steps) >= _ADDED:
        found.add(Flag.ADDED)
    return found


def _bracket_flags(steps: Sequence[Step], actors: frozenset[str]) -> Iterable[Flag]:
    if own_wording(steps, actors):
        yield Flag.BRACKET
    for each in replaced(steps):
        if any(word.negates for word in each.recorded) != any(word.negates for word in each.quoted):
            yield Flag.NEGATION
        if each.recorded and any(word.counts for word in (*each.recorded, *each.quoted)):
            yield Flag.NUMBER


def _flags_of(step: Step) -> Iterable[Flag]:
    words = step.words
    altered = step.kind in ALTERED
    replaced = step.kind == "bracket"
    if (altered or replaced) and (any(word.negates for word in words) or (len(words) == 2 and opposites(*words))):
        yield Flag.NEGATION
    if (altered or (replaced and step.recorded)) and any(word.counts for word in words):
        yield Flag.NUMBER
    if altered and any(word.hedges for word in words) and not turned(step.recorded, step.quoted):
        yield Flag.HEDGE
    if step.kind == "cut":
        yield Flag.CUT


def _added_in_a_row(steps: Iterable[Step]) -> int:
    longest = row = 0
    for step in steps:
        row = row + 1 if step.kind == "added" else 0
        longest = max(longest, row)
    return longest


def _cut_negation(steps: Sequence[Step]) -> bool:
    """Tell whether a "not" that is left out bears on words that are quoted: before them in their clause, or right behind."""
    quoted = [(place, step.recorded) for place, step in enumerate(steps) if step.recorded and step.kind not in _LEFT_OUT]
    if not quoted:
        return False
    depends = quoted[0][1].key == "to"  # an infinitive goes on from all that its sentence has before it
    for place, step in enumerate(steps):
        word = step.recorded
        if step.kind not in _LEFT_OUT or word is None or not word.negates:
            continue
        if place == quoted[-1][0] + 1 and word.clause == quoted[-1][1].clause:
            return True
        if any(other > place and _bears(word, each, depends=depends) for other, each in quoted):
            return True
    return False


def _bears(negation: Word, word: Word, *, depends: bool) -> bool:
    return negation.clause == word.clause or (depends and negation.sentence == word.sentence)
