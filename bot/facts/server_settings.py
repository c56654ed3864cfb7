"""The settings of one server, which its moderators choose in Discord. Every one has a default that works."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from bot.errors import UsageError
from bot.facts.connection import Connections
from bot.facts.logbook import write_entry
from bot.facts.writing import Note

SURENESS = ("careful", "usual", "bold")
LANGUAGES = ("en", "de", "es", "fr")
QUESTION_DAYS = (1, 7, 30, 90)
CORRECTION_DAYS = (0, 1, 7, 30)


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What a server has chosen. Channels and roles are Discord ids."""

    channels: Mapping[str, str] = field(default_factory=dict)  # story by channel id, written as text
    listening: tuple[int, ...] = ()  # channels in which questions are answered unasked, when sure
    review_channel: int | None = None
    log_channel: int | None = None
    moderator_roles: tuple[int, ...] = ()  # none: who may manage messages
    sureness: str = "usual"
    language: str = "en"
    question_days: int = 30
    correction_days: int = 7
    suggestions_a_day: int = 5
    two_moderators: bool = False  # for facts that name a person

    def story_of(self, channel: int | None) -> str | None:
        """Return the story that a channel speaks of; None: all."""
        return self.channels.get(str(channel))


class SettingStore:
    """Reads and writes the settings of a server."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def read(self) -> ServerSettings:
        """Return the settings; what was never chosen, or no longer fits, has its default."""
        with self._connections.reading() as connection:
            stored = dict(connection.execute("SELECT name, value FROM setting").fetchall())
        known = {each.name for each in fields(ServerSettings)}
        values = {name: _as_stored(name, json.loads(value)) for name, value in stored.items() if name in known}
        return ServerSettings(**values)

    def change(self, signed: Note, **values: Any) -> ServerSettings:
        """Set some of the settings. Raises UsageError for a value that does not fit."""
        for name, value in values.items():
            _check(name, value)
        with self._connections.writing(facts=False) as database:
            for name, value in values.items():
                database.conn.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, json.dumps(value)))
            write_entry(database.conn, signed, "settings", ", ".join(f"{name} = {json.dumps(values[name])}" for name in values))
        return self.read()


_CHOICES: dict[str, tuple[Any, ...]] = {
    "sureness": SURENESS,
    "language": LANGUAGES,
    "question_days": QUESTION_DAYS,
    "correction_days": CORRECTION_DAYS,
}


def _as_stored(name: str, value: Any) -> Any:
    return tuple(value) if name in ("listening", "moderator_roles") else value


def _check(name: str, value: Any) -> None:
    if name not in {each.name for each in fields(ServerSettings)}:
        raise UsageError(f"There is no setting {name!r}.")
    choices = _CHOICES.get(name)
    if choices is not None and value not in choices:
        raise UsageError(f"{name.replace('_', ' ')} can be {', '.join(map(str, choices))}. Choose one of these.")
    if name == "suggestions_a_day" and not (isinstance(value, int) and 0 <= value <= 100):
        raise UsageError("Suggestions a day can be 0 to 100. Choose a number between these.")
