"""How much a base is asked, day by day: how many questions, how many of them were answered, and how fast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from bot.facts.connection import Connections

KEPT_DAYS = 31


class Asked(NamedTuple):
    """What questions are counted by: the day (ISO 8601, UTC), whether they were answered, and about how many milliseconds."""

    day: str
    answered: bool
    milliseconds: int


@dataclass(frozen=True, slots=True)
class Usage:
    """How much was asked and answered, and in how many milliseconds half and 99 of 100 questions were; None: none was asked."""

    asked: int
    answered: int
    median: int | None
    p99: int | None


def asked_now(answered: bool, seconds: float) -> Asked:
    """Return under what a question of this moment is counted: two digits of its time are enough to tell fast from slow."""
    return Asked(_today().isoformat(), answered, round(float(f"{max(seconds * 1000, 1):.1e}")))


class UsageStore:
    """Counts the questions of a base. Nothing of a question or of who asked it is kept."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def add(self, counts: Mapping[Asked, int]) -> None:
        """Add so many questions, and drop what is older than it is kept. A power cut may lose them."""
        with self._connections.writing(facts=False, durable=False) as database:
            database.execute("DELETE FROM usage WHERE day < ?", (_days_ago(KEPT_DAYS),))
            database.executemany(
                "INSERT INTO usage VALUES (?, ?, ?, ?)"
                " ON CONFLICT(day, answered, milliseconds) DO UPDATE SET questions = questions + excluded.questions",
                [(*asked, number) for asked, number in counts.items()],
            )

    def of_last(self, days: int) -> Usage:
        """Return how much was asked in the last so many days, today among them."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT milliseconds, sum(questions), sum(questions * answered) FROM usage WHERE day > ?"
                " GROUP BY milliseconds ORDER BY milliseconds",
                (_days_ago(days),),
            ).fetchall()
        times = [(int(milliseconds), int(questions)) for milliseconds, questions, _ in rows]
        return Usage(sum(number for _, number in times), sum(row[2] for row in rows), _within(times, 0.5), _within(times, 0.99))


def _within(times: list[tuple[int, int]], share: float) -> int | None:
    """Return the time within which such a share of the questions was done."""
    left = share * sum(number for _, number in times)
    for milliseconds, number in times:
        left -= number
        if left <= 0:
            return milliseconds
    return None


def _today() -> date:
    return datetime.now(UTC).date()


def _days_ago(days: int) -> str:
    return (_today() - timedelta(days=days)).isoformat()
