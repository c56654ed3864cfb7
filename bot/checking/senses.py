"""Small words that carry the sense of a statement: bounds, amounts, modals, conditions, days, and who did what to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from bot.answers.question.words import STOP_WORDS
from bot.checking.alignment import Step
from bot.english.calendar import MONTHS, WEEKDAYS
from bot.english.words import Word

_GROUPS = tuple(
    {word: meaning for meaning, words in enumerate(group.split()) for word in words.split("/")}
    for group in (
        "least most more less/fewer exactly/precisely",
        "above/over below/under/beneath beyond up down in/inside/within out/outside",
        "before after until/till since during by",
        "to/into/towards/toward from",
        "for against",
        "ahead behind",
        "rise/rises/rose/increase/increased/gain/gained fall/falls/fell/decrease/decreased/lose/lost",
        "all/every/each both most many several some few any",
        "always usually/generally often/frequently sometimes/occasionally once rarely/seldom",
        "must/shall should/ought may/might/can/could will/would",
        "if unless when because/as/since although/though whether until/till",
        "and or",
        "better worse",
        "best worst",
        "bigger/larger/greater/higher smaller/lower",
        "biggest/largest/greatest/highest smallest/lowest",
        "longer shorter",
        "longest shortest",
        "first last",
        "early earlier late later sooner",
        "everybody/everyone somebody/someone anybody/anyone",
        "everything something anything",
        "everywhere somewhere anywhere",
        "i/me we/us you he/him she/her they/them",
        "my/mine our/ours your/yours his her/hers their/theirs",
        "yes no",
        "with without",
        " ".join(MONTHS).lower(),
        " ".join(WEEKDAYS).lower(),
        "today yesterday tomorrow tonight",
    )
)
"""Words of closed classes that stand in each other's place and say something else; those between slashes say the same."""
_BOUNDS = frozenset("least most every all both exactly".split())


def turned(recorded: Word | None, quoted: Word | None) -> bool:
    """Tell whether a word became another of its kind that says something else: at least, at most; Monday, Tuesday."""
    if recorded is None or quoted is None:
        return False
    meant = [(group[recorded.key], group[quoted.key]) for group in _GROUPS if recorded.key in group and quoted.key in group]
    return bool(meant) and all(one != other for one, other in meant)


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


def contraries(steps: Sequence[Step], opposed: Callable[[str, str], bool]) -> tuple[tuple[str, str], ...]:
    """Return the words that became one that means the contrary, as ``opposed`` tells: as recorded and as quoted."""
    pairs = ((step.recorded, step.quoted) for step in steps if step.kind == "changed")
    return tuple(
        (recorded.text, quoted.text)
        for recorded, quoted in pairs
        if recorded and quoted and not turned(recorded, quoted) and opposed(recorded.key, quoted.key)
    )


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
