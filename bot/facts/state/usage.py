"""How many questions a base gets, how many are answered and how fast: only numbers, kept for some weeks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bot.facts.connection import Store
from bot.facts.logbook import days_ago, now

USAGE_DAYS = 31


class UsageKey(NamedTuple):
    """The key that questions are counted under: day (ISO 8601, UTC), whether they were answered, rounded milliseconds."""

    day: str
    answered: bool
    milliseconds: int


@dataclass(frozen=True, slots=True)
class Usage:
    """How many questions were asked and answered, and their median and 99th percentile in milliseconds, None for no question."""

    asked: int
    answered: int
    median: int | None
    p99: int | None


def usage_key(answered: bool, seconds: float) -> UsageKey:
    """Return the key of a question at this moment; its time is rounded to two digits, enough to tell fast from slow."""
    return UsageKey(now()[:10], answered, round(float(f"{max(seconds * 1000, 1):.1e}")))


class UsageStore(Store):
    """Counts the questions of a base. Nothing of a question or of its asker is stored."""

    def add(self, counts: Mapping[UsageKey, int]) -> None:
        """Add questions, counted by key, and delete what is older than `USAGE_DAYS`. A power cut may lose what is written."""
        with self._connections.writing(facts=False, durable=False) as database:
            database.execute("DELETE FROM usage WHERE day < ?", (days_ago(USAGE_DAYS)[:10],))
            database.executemany(
                "INSERT INTO usage VALUES (?, ?, ?, ?)"
                " ON CONFLICT(day, answered, milliseconds) DO UPDATE SET questions = questions + excluded.questions",
                [(*asked, number) for asked, number in counts.items()],
            )

    def of_last(self, days: int) -> Usage:
        """Return the usage of the last ``days`` days, today included."""
        rows = self._connections.rows(
            "SELECT milliseconds, sum(questions), sum(questions * answered) FROM usage WHERE day > ?"
            " GROUP BY milliseconds ORDER BY milliseconds",
            (days_ago(days)[:10],),
        )
        times = [(int(milliseconds), int(questions)) for milliseconds, questions, _ in rows]
        return Usage(
            sum(number for _, number in times), sum(row[2] for row in rows), _percentile(times, 0.5), _percentile(times, 0.99)
        )


def _percentile(times: list[tuple[int, int]], share: float) -> int | None:
    """Return the time in milliseconds within which a share of the questions was answered, None for no question."""
    remaining = share * sum(number for _, number in times)
    for milliseconds, number in times:
        remaining -= number
        if remaining <= 0:
            return milliseconds
    return None
