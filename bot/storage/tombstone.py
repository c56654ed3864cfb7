"""The small file that stays where a base was deleted on purpose: nothing may bring back what is left of it elsewhere.

It names the last term of the base (see `bot.facts.state.ownership`). A base that another home has begun anew since is in a
later term.
"""

from __future__ import annotations

import json
from pathlib import Path

from bot.errors import FactBaseError
from bot.facts.state.ownership import first_term, read_ownership


def tombstone(path: Path) -> Path:
    """Return the file that says, where it is there, that the data of a base was deleted on purpose."""
    return path.with_suffix(".deleted")


def deleted_term(path: Path) -> int:
    """Return the last term of a base whose copies elsewhere were deleted on purpose, -1 where none were."""
    file = tombstone(path)
    try:
        return int(json.loads(file.read_text(encoding="utf-8"))["term"])
    except FileNotFoundError:
        return -1
    except (OSError, ValueError, KeyError, TypeError):
        return int(file.stat().st_mtime)  # a term is never earlier than the second in which it began


def deleted_bases(home: Path) -> tuple[tuple[Path, int], ...]:
    """Return the bases of servers that were deleted on purpose and have none since, with the last term of each."""
    bases = (each.with_suffix(".db") for each in sorted((home / "servers").glob("*.deleted")) if each.stem.isdecimal())
    return tuple((path, deleted_term(path)) for path in bases if path.stem.isascii() and not path.exists())


def last_term(path: Path) -> int:
    """Return in which term a base is that is to be deleted, perhaps for the second time."""
    before = deleted_term(path)
    try:
        return max(before, read_ownership(path).term)
    except FactBaseError:
        return before if before >= 0 else first_term()
