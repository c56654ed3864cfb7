"""The dates of a story: as precise as they are known, compared by their days and put in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bot.errors import DateError
from bot.facts.date_words import in_words
from bot.facts.edtf import FORMS, day_bounds

_MAX_LENGTH = 100  # characters; far more than any date of level 1 has


@dataclass(frozen=True, slots=True)
class StoryDate:
    """A date as precise as it is known.

    ``edtf`` is its text. ``earliest`` and ``latest`` are the first and the last day that it may mean, as yyyymmdd in one integer
    (20171026), which compares right also for years before 0 and after 9999; None where that end is open or unknown.
    """

    edtf: str
    earliest: int | None
    latest: int | None

    def words(self, language: str = "en") -> str:
        """Return the date in words for readers: ``3 March 2021``, ``4–6 March 2021``, ``about March 2021``, ``before 2021``."""
        return in_words(self.edtf, language)


@lru_cache(maxsize=4096)
def parse_date(text: str) -> StoryDate:
    """Read an EDTF date of level 0 or 1. Raises DateError with the way to mend it."""
    text = text.strip()
    if len(text) > _MAX_LENGTH:
        raise DateError(f"The date is {len(text)} characters long. {FORMS}")
    ends = text.split("/")
    if len(ends) == 1:
        return StoryDate(text, *day_bounds(text, text))
    if len(ends) != 2 or not any(ends):
        raise DateError(f'"{text}" is not a date. {FORMS}')
    earliest = None if ends[0] in ("", "..") else day_bounds(ends[0], text)[0]
    latest = None if ends[1] in ("", "..") else day_bounds(ends[1], text)[1]
    if earliest is not None and latest is not None and earliest > latest:
        raise DateError(f'"{text}" ends before it begins. Write the earlier date first.')
    return StoryDate(text, earliest, latest)
