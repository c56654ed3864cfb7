"""Reading a line of a conversation: a question, or a slash command with its fields.

Fields are given as Discord shows them (``speaker: Warner about: ads``) or as one would say it (``/timeline RT from May``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.errors import UsageError
from bot.terminal import words


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command as typed: its name and the fields that were filled in."""

    name: str
    fields: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str | None:
        """Return what a field holds, or None."""
        return self.fields.get(name)


# The first field is the one that needs no name; "story" may be added to each.
FIELDS: dict[str, tuple[str, ...]] = {
    "ask": ("question", "as_of", "story"),
    "quote": ("speaker", "about", "story"),
    "who": ("actor", "story"),
    "timeline": ("actor", "from", "to", "kind", "story"),
    "network": ("actor", "story"),
    "sources": ("story",),
    "check": ("text", "speaker", "source", "date", "story"),
    "why": (),
    "help": (),
    "quit": (),
}
_BARE = {"quote": ("about",), "timeline": ("from", "to", "kind")}  # fields that a plain word begins
_ASK_FIELDS = re.compile(
    r"(?:^(?P<named>question)|(?<=\s)(?P<bare>story(?=\s*:\s*[\w-]*\s*(?:as_of\s*:.*)?$)|as_of))\s*:\s*", re.IGNORECASE
)
_QUOTED = re.compile('“[^”]*”|"[^"]*"|«[^»]*»|„[^“]*“')
_NAME = re.compile(r"/(\w+)(?:\s+|$)")


def read_line(line: str) -> Command | None:
    """Return what a line asks for; None for an empty one. Raises UsageError for an unknown command."""
    line = line.strip()
    if not line:
        return None
    if not line.startswith("/"):
        return Command("ask", _fields("ask", line))
    found = _NAME.match(line)
    name = found[1].lower() if found else (line[1:].split() or [""])[0]
    if found is None or name not in FIELDS:
        raise UsageError(words.UNKNOWN_COMMAND.format(name))
    return Command(name, _fields(name, line[found.end() :]))


def field_names(name: str) -> re.Pattern[str]:
    """Return the pattern of what begins a field of a command.

    A question may hold any words, so that the fields of ``ask`` are read only where they stand: ``question:`` at its start,
    ``as_of:`` and, before the one word that is its end, ``story:`` after it.
    """
    if name == "ask":
        return _ASK_FIELDS
    names = "|".join(FIELDS[name]) or "(?!)"
    bare = "|".join(_BARE.get(name, ())) or "(?!)"
    return re.compile(rf"(?:^|(?<=\s))(?:(?P<named>{names})\s*:\s*|(?P<bare>{bare})(?:\s+|$))", re.IGNORECASE)


def _fields(name: str, text: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    known = FIELDS[name]
    current, start = (known[0] if known else ""), 0
    for found in field_names(name).finditer(_outside_quotes(text) if name == "check" else text):
        if name == "ask" and not text[found.end() :].strip():
            break  # words of the question
        _fill(fields, current, text[start : found.start()])
        current, start = (found["named"] or found["bare"]).lower(), found.end()
    _fill(fields, current, text[start:])
    return fields


def _outside_quotes(text: str) -> str:
    """Return a text with what is in quotation marks blotted out: no word of a quotation begins a field."""
    return _QUOTED.sub(lambda quoted: "x" * len(quoted.group()), text)


def _fill(fields: dict[str, str], name: str, value: str) -> None:
    if name and value.strip():
        fields[name] = value.strip()
