"""Reading a line of a conversation: a question, or a slash command with its fields.

Fields are given as Discord shows them (``speaker: Warner about: ads``) or as one would say it (``/timeline RT from May``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.errors import UsageError

HELP = """Ask a question in your own words, for example: {}

/ask QUESTION [as_of: DATE]            ask, as without a command; as_of: what the sources had reported by a day
/quote [SPEAKER] [about TOPIC]         what was said, word for word
/who ACTOR                             all that is known of a person or an organisation
/timeline [ACTOR] [from DATE] [to DATE]  what happened, day by day; kind: quotes, claims or all
/network [ACTOR]                       who speaks about whom
/sources                               what all facts rest on
/check TEXT [speaker: NAME]            hold a quotation against what was said, word for word; source: and date: too
/why                                   how the last question was read
/help                                  this
/quit                                  end

`story: ID` at the end of a question or a command keeps to one story."""


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """A slash command as typed: its name and the fields that were filled in."""

    name: str
    fields: Mapping[str, str] = field(default_factory=dict)


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
"""The fields of each command. The first is what stands before any field that is named; ``story`` keeps to one story."""

_BARE = {"quote": ("about",), "timeline": ("from", "to", "kind")}  # fields that a plain word begins
_ASK_FIELDS = re.compile(
    r"(?:^(?P<named>question)|(?<=\s)(?P<bare>story(?=\s*:\s*[\w-]*\s*(?:as_of\s*:.*)?$)|as_of))\s*:\s*", re.IGNORECASE
)
_QUOTED = re.compile('“[^”]*”|"[^"]*"|«[^»]*»|„[^“]*“')
_ENDS = ("quit", "exit", "bye")  # as people end other programs
_NAME = re.compile(r"/(\w+)(?:\s+|$)")


def read_line(line: str) -> SlashCommand | None:
    """Return the command of a line, ``ask`` for a question; None for an empty line. Raises UsageError for an unknown one."""
    line = line.strip()
    if not line:
        return None
    if line.lower() in _ENDS:
        return SlashCommand("quit")
    if not line.startswith("/"):
        return SlashCommand("ask", _fields("ask", line))
    match = _NAME.match(line)
    name = match[1].lower() if match else (line[1:].split() or [""])[0]
    if match is None or name not in FIELDS:
        raise UsageError(f"There is no command /{name}. Type /help to see them all.")
    return SlashCommand(name, _fields(name, line[match.end() :]))


def field_names(name: str) -> re.Pattern[str]:
    """Return the pattern of the names that begin a field of a command.

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
    # No word of a quotation begins a field of what is to be checked: they are masked, at the same length.
    searched = _QUOTED.sub(lambda quoted: "x" * len(quoted.group()), text) if name == "check" else text
    for match in field_names(name).finditer(searched):
        if name == "ask" and not text[match.end() :].strip():
            break  # words of the question
        _fill(fields, current, text[start : match.start()])
        current, start = (match["named"] or match["bare"]).lower(), match.end()
    _fill(fields, current, text[start:])
    return fields


def _fill(fields: dict[str, str], name: str, value: str) -> None:
    if name and value.strip():
        fields[name] = value.strip()
