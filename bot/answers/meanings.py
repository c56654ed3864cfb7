"""What a piece of a passage means by itself: the name for "she", the day for "on Thursday".

Glosses stand in square brackets behind the words that they explain, so places are counted in a passage as it is glossed.

In: a passage and a piece of it. Out: what the piece means, or the piece with its glosses whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.english.calendar import MONTHS, WEEKDAYS
from bot.english.search_words import STOP_WORDS, words_of
from bot.facts.dates import StoryDate, day_of
from bot.facts.models import Fact
from bot.messages import in_words

# Words beside those of a date or a person that leave a piece no more than that.
_BESIDE = STOP_WORDS | {"early", "late", "last", "next", "morning", "afternoon", "evening", "night", "noon", "midday", "same"}


def meaning(fact: Fact, start: int, end: int) -> str | None:
    """Return what a piece of a passage means that is nothing but words with a gloss; None for any other."""
    text = fact.glossed
    touched = [(first, last, meant) for first, last, meant in _explained(fact) if first < end and start < last]
    if len(touched) != 1:
        return None
    first, last, meant = touched[0]
    beside = words_of(f"{text[start:first]} {text[last:end]}")
    if not _BESIDE.issuperset(beside):
        return None
    return in_words(fact.date) if fact.date is not None and meant == fact.date.words() else meant


def with_whole_glosses(fact: Fact, start: int, end: int) -> tuple[int, int]:
    """Widen a piece of a passage to the whole of the glosses that it cuts into, or that explain its last words."""
    for first, last, meant in _explained(fact):
        if first < end and start < last:
            start = first if start >= last - len(f" [{meant}]") else start
            end = max(end, last)
    return start, end


def in_full(cut: str, date: StoryDate | None) -> str:
    """Return a piece that is only a part of a date, such as a weekday, a month or a day of one, as that date in words."""
    telling = {word for word in words_of(cut) if word not in _BESIDE}
    if date is None or date.earliest is None or date.latest is None or date.earliest // 100 != date.latest // 100:
        return cut
    day = day_of(date.earliest)
    names, numbers = {MONTHS[day.month - 1].lower()}, set[str]()
    if date.earliest == date.latest:
        names.add(WEEKDAYS[day.weekday()].lower())
        numbers.add(str(day.day))
    return in_words(date) if telling & names and telling <= names | numbers else cut


def _explained(fact: Fact) -> Iterator[tuple[int, int, str]]:
    """Yield where explained words begin and where their glosses end in the glossed passage, and what they mean."""
    shift = 0
    for start, end, meant in sorted(fact.glosses):
        gloss = len(f" [{meant}]")
        yield start + shift, end + shift + gloss, meant
        shift += gloss
