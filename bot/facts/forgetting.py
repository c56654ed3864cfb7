"""What is old enough to be forgotten: a cheap look, so that a base in which nothing is need not be written to."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

from bot.facts.drafts import KEPT_DAYS


def anything_old(connection: sqlite3.Connection, *, question_days: int, reply_days: int) -> bool:
    """Tell whether a question, a form, a reply or the note of a suggestion is older than it is kept."""
    kept = (("asked", question_days), ("draft", KEPT_DAYS), ("reply", reply_days), ("suggested", 1))
    return any(
        connection.execute(f"SELECT 1 FROM {table} WHERE at < ? LIMIT 1", (days_ago(days),)).fetchone() for table, days in kept
    )


def days_ago(days: float) -> str:
    """Return the time so many days ago, as it is kept: ISO 8601 in UTC."""
    return (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
