"""Stories and facts, found by what people type for them: a number, an id, or words of which the last may be half typed."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

from bot.errors import NotKnownError
from bot.facts.models import FactKind
from bot.messages import Message

_REF = re.compile(r"\s*[Ff]?(\d{1,15})(?:@(\d{1,9}))?\s*")
_HALF_TYPED_REF = re.compile(r"\s*[Ff]?(\d{1,15})(?:@\d*)?\s*")
LARGEST_NUMBER = 2**63 - 1
"""The largest integer of SQLite, which raises OverflowError for a larger one."""
NO_FACT = "There is no fact F{number}. Look for its number in an answer."
NO_REVISION = "F{number} has no revision {revision}. It has 1 to {last}."
NO_CHANGE = "There is no change {change}. Look for its number in the log of changes."
NO_ITEM = {
    "source": 'The story has no source "{name}". Look at its id again.',
    "actor": 'The story has no actor "{name}". Look at its id again.',
    "fact": 'The story has no fact "{name}". Look at its id again.',
}

_MAX_WORDS = 8  # of what is typed; each costs two LIKE comparisons a fact


def story_number(connection: sqlite3.Connection, story: str) -> int:
    """Return the number of a story. Raises NotKnownError with the stories that there are."""
    row = connection.execute("SELECT id FROM story WHERE slug = ?", (story,)).fetchone()
    if row:
        return int(row[0])
    known = ", ".join(row[0] for row in connection.execute("SELECT slug FROM story ORDER BY id LIMIT 10"))
    if known:
        raise NotKnownError(Message('There is no story "{story}". Stories here: {known}.', story=story, known=known))
    raise NotKnownError(Message('There is no story "{story}". Import a story first.', story=story))


def in_story(connection: sqlite3.Connection, story: str | None, column: str = "fact.story_id") -> tuple[str, tuple[object, ...]]:
    """Return a condition for what belongs to a story, and its value; of all stories (None) neither. Raises NotKnownError."""
    return ("", ()) if story is None else (f" AND {column} = ?", (story_number(connection, story),))


def fact_number(connection: sqlite3.Connection, named: str) -> tuple[int, int | None]:
    """Return the number of a fact that is named ``F12``, ``F12@3``, ``12`` or by its id, and the revision if one is named.

    Raises NotKnownError where there is no such fact, or where several stories have one with that id.
    """
    stored = connection.execute("SELECT id FROM fact WHERE slug = ? LIMIT 2", (named.strip(),)).fetchall()
    if len(stored) > 1:
        raise NotKnownError(
            Message('Several stories have a fact "{name}". Name it by its number, such as F12.', name=named.strip())
        )
    if stored:
        return int(stored[0][0]), None
    ref = _REF.fullmatch(named)
    if ref and connection.execute("SELECT 1 FROM fact WHERE id = ?", (int(ref[1]),)).fetchone():
        return int(ref[1]), int(ref[2]) if ref[2] else None
    raise NotKnownError(Message('There is no fact "{name}". Look for its number in an answer.', name=named.strip()))


def typed_facts(connection: sqlite3.Connection, typed: str, *, kind: FactKind | None, retracted: bool, limit: int) -> list[int]:
    """Return the numbers of the facts that what was typed may mean: one of that number first, then those with most of the words.

    Of facts with as many words the newest comes first; where nothing was typed, the newest facts.
    """
    where, values = ("1" if retracted else "retracted = 0"), []
    if kind is not None:
        where, values = f"{where} AND kind = ?", [kind]
    number = _HALF_TYPED_REF.fullmatch(typed)
    first = [] if number is None else _numbers(connection, f"{where} AND id = ?", [*values, int(number[1])], "NULL", [], 1)
    words = re.findall(r"[^\W_]+", typed.casefold())[:_MAX_WORDS]
    if not words:
        return _numbers(connection, where, values, "NULL", [], limit)
    held = " + ".join("(text LIKE ? OR slug LIKE ?)" for _ in words)
    texts = [f"%{word}%" for word in words for _ in range(2)]
    found = _numbers(connection, f"{where} AND ({held}) > 0", [*values, *texts], held, texts, limit)
    return list(dict.fromkeys([*first, *found]))[:limit]


def _numbers(
    connection: sqlite3.Connection, where: str, values: Sequence[object], rank: str, ranked: Sequence[object], limit: int
) -> list[int]:
    query = f"SELECT id FROM fact WHERE {where} ORDER BY {rank} DESC, id DESC LIMIT ?"
    return [row[0] for row in connection.execute(query, (*values, *ranked, limit))]
