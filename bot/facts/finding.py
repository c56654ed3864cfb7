"""Facts that what somebody is typing may mean: by number, by id, or by words in them, the last one perhaps half typed."""

from __future__ import annotations

import re
import sqlite3

from bot.facts.models import FactKind

_NUMBER = re.compile(r"\s*[Ff]?(\d{1,15})(?:@\d*)?\s*")
_MOST_WORDS = 8


def typed_facts(
    connection: sqlite3.Connection, typed: str, *, kind: FactKind | None, story: str | None, retracted: bool, limit: int
) -> list[int]:
    """Return numbers of facts: the one with the number that was typed first, then those that hold all words, newest first."""
    where, values = _where(kind, story, retracted=retracted)
    number = _NUMBER.fullmatch(typed)
    first = [] if number is None else _numbers(connection, f"{where} AND fact.id = ?", [*values, int(number[1])], 1)
    words = re.findall(r"[^\W_]+", typed.casefold())[:_MOST_WORDS]
    for word in words:
        where += " AND (fact.text LIKE ? OR fact.slug LIKE ?)"
        values += [f"%{word}%"] * 2
    found = _numbers(connection, where, values, limit)
    return list(dict.fromkeys([*first, *found]))[:limit]


def _where(kind: FactKind | None, story: str | None, *, retracted: bool) -> tuple[str, list[object]]:
    conditions: list[tuple[str, object]] = [("story.slug = ?", story), ("fact.kind = ?", kind)]
    given = [(condition, value) for condition, value in conditions if value is not None]
    where = " AND ".join(["1" if retracted else "fact.retracted = 0", *(condition for condition, _ in given)])
    return where, [value for _, value in given]


def _numbers(connection: sqlite3.Connection, where: str, values: list[object], limit: int) -> list[int]:
    query = f"SELECT fact.id FROM fact JOIN story ON story.id = fact.story_id WHERE {where} ORDER BY fact.id DESC LIMIT ?"
    return [row[0] for row in connection.execute(query, (*values, limit))]
