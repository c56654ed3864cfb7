"""The settings of one server, which its moderators choose in Discord. Every one has a default that works."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from typing import Any

from bot.errors import UsageError
from bot.facts.connection import Connections
from bot.facts.logbook import Signature, write_entry
from bot.languages import LANGUAGES
from bot.messages import Count, Message

SURENESS = ("careful", "usual", "bold")
QUESTION_DAYS = (1, 7, 30, 90)
CORRECTION_DAYS = (0, 1, 7, 30)
TIMEZONES = (
    "UTC", "Europe/London", "Europe/Berlin", "Europe/Athens", "Europe/Istanbul", "Europe/Moscow", "Africa/Lagos", "Africa/Cairo",
    "Asia/Dubai", "Asia/Karachi", "Asia/Kolkata", "Asia/Dhaka", "Asia/Bangkok", "Asia/Shanghai", "Asia/Tokyo",
    "Australia/Sydney", "Pacific/Auckland", "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver",
    "America/Chicago", "America/New_York", "America/Bogota", "America/Sao_Paulo",
)  # fmt: skip
"""Time zones by their names in the IANA's database, as many as a list on Discord holds."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What a server has chosen. Channels and roles are Discord ids."""

    channels: Mapping[str, str] = field(default_factory=dict)  # story by channel id, written as text
    listening: tuple[int, ...] = ()  # channels in which questions are answered unasked, when sure
    review_channel: int | None = None
    log_channel: int | None = None
    moderator_roles: tuple[int, ...] = ()  # none: whoever may manage messages
    sureness: str = "usual"
    language: str = "en"
    question_days: int = 30
    correction_days: int = 7
    suggestions_a_day: int = 5
    two_moderators: bool = False  # for facts that name a person
    only_reviewed: bool = False  # whether only reviewed facts answer
    read_feeds: bool = False  # whether fitting articles of feeds are read at once instead of being offered
    reread_articles: bool = True  # whether articles are read again from their pages, weekly for some weeks
    published_stories: tuple[str, ...] = ()  # stories that are on the web, as far as the operator has them written there
    timezone: str = "UTC"  # whose clock says when it is night, and when morning, for those who follow something

    def story_of(self, *channels: int) -> str | None:
        """Return the story of the first of these channels that has one; None: all stories."""
        return next((self.channels[channel] for channel in map(str, channels) if channel in self.channels), None)


class CachedSettings:
    """Reads and writes the settings of a server.

    Every question needs them, so they are cached for a few seconds: a change through this object is seen at once, one by another
    program a little later.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._changes = 0
        self._cached: tuple[float, ServerSettings] | None = None

    def read(self) -> ServerSettings:
        """Return the settings, as `read_settings` does."""
        cached, changes = self._cached, self._changes
        if cached is not None and time.monotonic() < cached[0]:
            return cached[1]
        with self._connections.reading() as connection:
            settings = read_settings(connection)
        if changes == self._changes:
            self._cached = time.monotonic() + _CACHE_SECONDS, settings
        return settings

    def change(self, signature: Signature, **values: Any) -> ServerSettings:
        """Set some of the settings. Raises UsageError for a value that does not fit."""
        return self.update(signature, lambda _: values)

    def update(self, signature: Signature, choose: Callable[[ServerSettings], Mapping[str, Any]]) -> ServerSettings:
        """Set some of the settings from their current values, so that two moderators do not overwrite each other's changes.

        Values that do not change are neither written nor logged. Raises UsageError for a value that does not fit.
        """
        try:
            with self._connections.writing(facts=False) as database:
                before = read_settings(database)
                values = {name: _checked(name, value) for name, value in choose(before).items()}
                new = {name: value for name, value in values.items() if value != getattr(before, name)}
                _check_entries(new)
                for name, value in new.items():
                    database.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, json.dumps(value)))
                if new:
                    written = ", ".join(f"{name} = {json.dumps(value)}" for name, value in new.items())
                    write_entry(database, signature, "settings", written)
                return replace(before, **new)
        finally:  # a read that is under way must not cache what it saw before this
            self._changes += 1
            self._cached = None


_CHOICES: dict[str, Collection[Any]] = {
    "sureness": SURENESS,
    "language": LANGUAGES,
    "question_days": QUESTION_DAYS,
    "correction_days": CORRECTION_DAYS,
    "two_moderators": (False, True),
    "only_reviewed": (False, True),
    "read_feeds": (False, True),
    "reread_articles": (False, True),
    "timezone": TIMEZONES,
}
_UNREADABLE: dict[str, Any] = {"moderator_roles": (0,), "two_moderators": True, "suggestions_a_day": 0}
"""The values of permissions that cannot be read from the base, since a default might admit more people or ask less consent.

No role has the id 0, so only managers of the server are left, who can choose again.
"""
_MAX_SUGGESTIONS = 100
MAX_ENTRIES = 1_000  # channels or roles of one setting; a server of Discord has 500 channels and 250 roles
_CACHE_SECONDS = 5.0


def logged_settings(what: str) -> tuple[ServerSettings, tuple[str, ...]]:
    """Read a change of settings from its line in the logbook: the settings with their new values, and the names of those set.

    Values that are no longer valid are left out.
    """
    decoder, index = json.JSONDecoder(), 0
    values: dict[str, Any] = {}
    with suppress(ValueError):
        while index < len(what):
            end = what.index(" = ", index)
            value, stop = decoder.raw_decode(what, end + 3)
            with suppress(UsageError):
                values[what[index:end]] = _checked(what[index:end], value)
            index = stop + len(", ")
    return ServerSettings(**values), tuple(values)


def read_settings(connection: sqlite3.Connection) -> ServerSettings:
    """Read the settings of a base; what was never chosen or no longer fits has its default, or its value in `_UNREADABLE`."""
    values: dict[str, Any] = {}
    for name, value in connection.execute("SELECT name, value FROM setting").fetchall():
        try:
            values[name] = _checked(name, json.loads(value))
        except (UsageError, ValueError):  # of another version, or not even JSON
            if name in _UNREADABLE:
                values[name] = _UNREADABLE[name]
    return ServerSettings(**values)


def _checked(name: str, value: Any) -> Any:
    """Return a value as the setting has it. Raises UsageError where it does not fit."""
    if name not in {setting.name for setting in fields(ServerSettings)}:
        raise UsageError(Message("There is no setting {name}. Choose it from the list.", name=repr(name)))
    choices, in_words = _CHOICES.get(name), name.replace("_", " ")
    if choices is not None:
        if any(value == choice and type(value) is type(choice) for choice in choices):
            return value
        known = ", ".join(map(str, choices))
        raise UsageError(Message("{setting} can be {choices}. Choose one of these.", setting=in_words, choices=known))
    if name == "suggestions_a_day":
        if type(value) is int and 0 <= value <= _MAX_SUGGESTIONS:
            return value
        raise UsageError(Message("Suggestions a day can be 0 to {most}. Choose a number between these.", most=_MAX_SUGGESTIONS))
    if name in _LISTED and isinstance(value, list | tuple) and all(map(_LISTED[name], value)):
        return tuple(value)
    if name in ("review_channel", "log_channel") and (value is None or _is_id(value)):
        return value
    if name == "channels" and isinstance(value, Mapping):
        pairs = {str(channel): story for channel, story in value.items()}
        if all(channel.isdigit() and isinstance(story, str) for channel, story in pairs.items()):
            return pairs
    raise UsageError(Message("{setting} cannot be {value}. Choose it from the list.", setting=in_words, value=repr(value)))


def _check_entries(values: Mapping[str, Any]) -> None:
    """Raise UsageError for a setting that names more channels or roles than a server has."""
    for name, value in values.items():
        if isinstance(value, tuple | Mapping) and len(value) > MAX_ENTRIES:
            setting = name.replace("_", " ")
            raise UsageError(Message("{setting} can name {most} at most. Remove some.", setting=setting, most=Count(MAX_ENTRIES)))


def _is_id(value: Any) -> bool:
    return type(value) is int and value > 0


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


_LISTED: Mapping[str, Callable[[Any], bool]] = {"listening": _is_id, "moderator_roles": _is_id, "published_stories": _is_text}
"""The settings that have any number of entries, and what each entry has to be."""
