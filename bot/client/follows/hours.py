"""When those who follow something are told: not at night, and once a day in the morning, by the clock of their server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

MORNING, EVENING = 8, 22
"""Hours of the server's clock: the night lasts from the latter to the former, when what is told once a day is told."""


def is_night(at: datetime, zone: ZoneInfo) -> bool:
    """Return whether a time is one of a server's night."""
    return not MORNING <= at.astimezone(zone).hour < EVENING


def next_morning(at: datetime, zone: ZoneInfo) -> datetime:
    """Return when the first morning after a time begins, in UTC."""
    local = at.astimezone(zone)
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return (morning if morning > local else morning + timedelta(days=1)).astimezone(UTC)


def day_in(at: datetime, zone: ZoneInfo) -> str:
    """Return the day that a time is in for a server, in ISO 8601."""
    return at.astimezone(zone).date().isoformat()
