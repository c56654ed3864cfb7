"""Which keeps and drops share one message of the log channel: those of one moderator in a row, within some minutes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.editing.keeping import DROP, KEEP
from bot.facts.logbook import LogEntry

MAX_GATHERED = 8
"""Changes in one message, of whose forty components each takes three and a separator."""

MAX_MINUTES = 10
"""Minutes after the first change of a message in which further ones are added to it."""


@dataclass(frozen=True, slots=True)
class GatheredMessage:
    """A message of the log channel with keeps and drops of one person: the numbers of the ``changes``, the first made ``at``."""

    channel: int
    message: int
    by: str
    at: datetime
    changes: tuple[int, ...]


class Gathering:
    """Knows the message of each server to which the next change may be added; in memory alone, so a restart starts afresh."""

    def __init__(self) -> None:
        self._open: dict[int | None, GatheredMessage] = {}

    def open_for(self, server: int | None, channel: int, entry: LogEntry) -> GatheredMessage | None:
        """Return the message with a line added to it; None if the line needs a message of its own."""
        held = self._open.get(server)
        if held is None or entry.change is None or not is_keep_or_drop(entry) or (held.channel, held.by) != (channel, entry.by):
            return None
        is_late = datetime.fromisoformat(entry.at) - held.at > timedelta(minutes=MAX_MINUTES)
        if is_late or len(held.changes) >= MAX_GATHERED:
            return None
        return replace(held, changes=(*held.changes, entry.change))

    def note(self, server: int | None, sent: GatheredMessage) -> None:
        """Note what a message says now."""
        self._open[server] = sent

    def begin(self, server: int | None, channel: int, message: int | None, entry: LogEntry) -> None:
        """Note that a line has a message of its own; others can be added to it if it is about a sentence kept or dropped."""
        self._open.pop(server, None)
        if message is not None and entry.change is not None and is_keep_or_drop(entry):
            self._open[server] = GatheredMessage(channel, message, entry.by, datetime.fromisoformat(entry.at), (entry.change,))


def is_keep_or_drop(entry: LogEntry) -> bool:
    """Return whether a line is about a sentence kept or dropped, without a reason: a reason takes room, and stands alone."""
    return entry.action in (KEEP, DROP) and not entry.reason
