"""Small words that carry the sense of a statement: bounds, amounts, days and months, and who did what to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.answers.words import STOP_WORDS
from bot.checking.alignment import Step
from bot.checking.words import Word

_GROUPS = tuple(
    frozenset(group.split())
    for group in (
        "least most more less fewer exactly precisely",
        "above below over under beyond beneath up down inside outside",
        "before after until since during by",
        "rise rises rose fall falls fell increase increased decrease decreased gain gained lose lost",
        "all every each both most many some several few any",
        "always usually often sometimes rarely seldom once",
        "first last",
        "everybody everyone somebody someone anybody anyone",
        "yes no",
        "with without",
        "january february march april may june july august september october november december",
        "monday tuesday wednesday thursday friday saturday sunday",
        "today yesterday tomorrow tonight",
    )
)
_BOUNDS = frozenset("least most every all both exactly".split())


def turned(recorded: Word | None, quoted: Word | None) -> bool:
    """Tell whether a word became another of its kind that says something else: at least, at most; Monday, Tuesday."""
    if recorded is None or quoted is None:
        return False
    return recorded.key != quoted.key and any(recorded.key in group and quoted.key in group for group in _GROUPS)


def sense_changes(steps: Sequence[Step]) -> tuple[tuple[str, str], ...]:
    """Return what changed the sense: as recorded and as quoted, "" for nothing."""
    found = []
    for place, step in enumerate(steps):
        lost, put_in = step.kind == "cut", step.kind == "added"
        word = step.recorded or step.quoted
        if step.kind == "changed" and step.recorded and step.quoted and turned(step.recorded, step.quoted):
            found.append((step.recorded.text, step.quoted.text))
        elif (lost or put_in) and word and (word.key in _BOUNDS or (word.key == "a" and _before_few(steps, place))):
            text = "a few" if word.key == "a" else word.text
            other = "few" if word.key == "a" else ""
            found.append((text, other) if lost else (other, text))
    return tuple(found)


def _before_few(steps: Sequence[Step], place: int) -> bool:
    following = steps[place + 1] if place + 1 < len(steps) else None
    return bool(following and following.kind == "same" and following.recorded and following.recorded.key in ("few", "little"))


def reordered(steps: Sequence[Step]) -> bool:
    """Tell whether all words are the record's, but some of them stand elsewhere."""
    inside = [step for step in steps if step.kind not in ("outside", "skipped")]
    quoted = Counter(step.quoted.key for step in inside if step.quoted)
    recorded = Counter(step.recorded.key for step in steps if step.recorded)
    elsewhere = (step.quoted for step in inside if step.kind in ("changed", "added") and step.quoted)
    return any(word.key not in STOP_WORDS for word in elsewhere) and not quoted - recorded
