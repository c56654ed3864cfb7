"""Facts that what somebody is typing may mean: by number, by id, or by words in them, the last one perhaps half typed."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

from bot.facts.models import FactKind

_NUMBER = re.compile(r"\s*[Ff]?(\d{1,15})(?:@\d*)?\s*")
_MOST_WORDS = 8


def typed_facts(
    connection: sqlite3.Connection, typed: str, *, kind: FactKind | None, story: str | None, retracted: bool, limit: int
) -> list[int]:
    """Return numbers of facts: the one with the number that was typed first, then those that hold most words, newest first."""
    where, values = _where(kind, story, retracted=retracted)
    number = _NUMBER.fullmatch(typed)
    first = [] if number is None else _numbers(connection, f"{where} AND fact.id = ?", [*values, int(number[1])], "NULL", [], 1)
    words = re.findall(r"[^\W_]+", typed.casefold())[:_MOST_WORDS]
    if not words:
        return _numbers(connection, where, values, "NULL", [], limit)
    held = " + ".join("(fact.text LIKE ? OR fact.slug LIKE ?)" for _ in words)
    texts = [f"%{word}%" for word in words for _ in range(2)]
    found = _numbers(connection, f"{where} AND ({held}) > 0", [*values, *texts], held, texts, limit)
    return list(dict.fromkeys([*first, *found]))[:limit]


def _where(kind: FactKind | None, story: str | None, *, retracted: bool) -> tuple[str, list[object]]:
    conditions: list[tuple[str, object]] = [("story.slug = ?", story), ("fact.kind = ?", kind)]
    given = [(condition, value) for condition, value in conditions if value is not None]
    where = " AND ".join(["1" if retracted else "fact.retracted = 0", *(condition for condition, _ in given)])
    return where, [value for _, value in given]


def _numbers(
    connection: sqlite3.Connection, where: str, values: Sequence[object], rank: str, ranked: Sequence[object], limit: int
) -> list[int]:
    query = (
        f"SELECT fact.id FROM fact JOIN story ON story.id = fact.story_id WHERE {where}"
        f" ORDER BY {rank} DESC, fact.id DESC LIMIT ?"
    )
    return [row[0] for row in connection.execute(query, (*values, *ranked, limit))]
