"""Times as Discord shows them: to each reader in their own time zone."""

from __future__ import annotations

from datetime import datetime


def moment(at: str, style: str = "R") -> str:
    """Return a time (ISO 8601) as Discord shows it: ``R`` how long ago, ``f`` date and time."""
    return f"<t:{int(datetime.fromisoformat(at).timestamp())}:{style}>"
