"""Numbers of stories and facts, looked up by what people call them."""

from __future__ import annotations

import re
import sqlite3

from bot.errors import NotKnownError

_REF = re.compile(r"\s*[Ff]?(\d{1,15})(?:@(\d{1,9}))?\s*")


def story_number(connection: sqlite3.Connection, story: str) -> int:
    """Return the number of a story. Raises NotKnownError with the stories that there are."""
    row = connection.execute("SELECT id FROM story WHERE slug = ?", (story,)).fetchone()
    if row:
        return int(row[0])
    known = ", ".join(row[0] for row in connection.execute("SELECT slug FROM story ORDER BY id LIMIT 10"))
    mend = f"Stories here: {known}." if known else "Import a story first."
    raise NotKnownError(f'There is no story "{story}". {mend}')


def fact_number(connection: sqlite3.Connection, named: str) -> tuple[int, int | None]:
    """Return the number of a fact that is named ``F12``, ``F12@3``, ``12`` or by its id, and the revision if one is named.

    Raises NotKnownError where there is no such fact, or where several stories have one with that id.
    """
    stored = connection.execute("SELECT id FROM fact WHERE slug = ? LIMIT 2", (named.strip(),)).fetchall()
    if len(stored) > 1:
        raise NotKnownError(f'Several stories have a fact "{named.strip()}". Name it by its number, such as F12.')
    if stored:
        return int(stored[0][0]), None
    ref = _REF.fullmatch(named)
    if ref and connection.execute("SELECT 1 FROM fact WHERE id = ?", (int(ref[1]),)).fetchone():
        return int(ref[1]), int(ref[2]) if ref[2] else None
    raise NotKnownError(f'There is no fact "{named.strip()}". Look for its number in an answer.')
