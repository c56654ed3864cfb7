"""The small files beside a base that say when it is to be deleted, or that it was.

``7.leaving`` says on which day the base of server 7 is deleted, and why; ``7.deleted``, its tombstone, says that it was and in
which term (see `bot.facts.state.ownership`), so that nothing brings it back from a copy elsewhere. A base that another home has
started anew since then is in a later term.

The plan is also stored in the base itself. When a base is fetched from the replica, the plan inside it counts, since another
machine may have planned or cancelled the deletion.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from bot.errors import FactBaseError, reason_of
from bot.facts.files import write_whole
from bot.facts.state.ownership import first_term, read_ownership, read_planned_deletion, write_planned_deletion

_NOT_READ = "{} cannot be read. Delete it to keep the base, or plan the deletion again."


@dataclass(frozen=True, slots=True)
class Deletion:
    """A planned deletion: its day (UTC), and whether the reason is that the bot ``left`` the server, rather than a request."""

    due: date
    left: bool


def today() -> date:
    """Return the current day in UTC."""
    return datetime.now(UTC).date()


def plan_file(path: Path) -> Path:
    """Return the path of the file that says when a base is to be deleted; it exists only while a deletion is planned."""
    return path.with_suffix(".leaving")


def tombstone(path: Path) -> Path:
    """Return the path of the file that says that a base was deleted on purpose; it exists only after a deletion."""
    return path.with_suffix(".deleted")


def read_plan(path: Path) -> Deletion | None:
    """Return what a plan file says, None where there is none. Raises FactBaseError where it cannot be read."""
    try:
        return _parsed_plan(path.read_text(encoding="utf-8"), path)
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        raise FactBaseError(_NOT_READ.format(path)) from None


def _parsed_plan(text: str, path: Path) -> Deletion:
    try:
        content = json.loads(text)
        return Deletion(date.fromisoformat(content["due"]), bool(content["left"]))
    except (ValueError, KeyError, TypeError):
        raise FactBaseError(_NOT_READ.format(path)) from None


def copy_plan_into(path: Path, copy: Path) -> None:
    """Write the plan for a base into a copy of it, or into the base itself, if that exists. Raises FactBaseError."""
    mark = plan_file(path)
    with plain_file_errors(mark):
        content = mark.read_text(encoding="utf-8") if mark.exists() else None
    if copy.exists():
        write_planned_deletion(copy, content)


def adopt_plan(path: Path, copy: Path) -> None:
    """Take over the plan that stands in a copy of a base from another machine. Raises FactBaseError."""
    mark, content = plan_file(path), read_planned_deletion(copy)
    with plain_file_errors(mark):
        if content is None:
            mark.unlink(missing_ok=True)
        else:
            write_whole(mark, content)


def plan_after_restore(path: Path, copy: Path) -> Deletion | None:
    """Return the plan that will hold once a copy replaces a base: this home's if it has the base or a plan, else the copy's.

    Raises FactBaseError where it cannot be read.
    """
    mark = plan_file(path)
    if _is_known(path):
        return read_plan(mark)
    content = read_planned_deletion(copy)
    return None if content is None else _parsed_plan(content, mark)


def set_plan_of_copy(path: Path, copy: Path) -> None:
    """Make a copy that is about to replace a base agree with `plan_after_restore`. Raises FactBaseError."""
    if _is_known(path):
        copy_plan_into(path, copy)
    else:
        adopt_plan(path, copy)


def _is_known(path: Path) -> bool:
    return path.exists() or plan_file(path).exists()


def mark_deleted(path: Path, term: int) -> None:
    """Write the tombstone of a base with its last term. Raises FactBaseError."""
    file = tombstone(path)
    with plain_file_errors(file):
        write_whole(file, json.dumps({"on": today().isoformat(), "term": term}))


def deleted_term(path: Path) -> int:
    """Return the last term of a base that was deleted on purpose, -1 where it never was."""
    file = tombstone(path)
    try:
        return int(json.loads(file.read_text(encoding="utf-8"))["term"])
    except (FileNotFoundError, NotADirectoryError):  # the latter where `servers` is a file
        return -1
    except (OSError, ValueError, KeyError, TypeError):
        return int(file.stat().st_mtime)  # a term is never earlier than the second in which it began


def deleted_bases(home: Path) -> tuple[tuple[Path, int], ...]:
    """Return the bases of servers that were deleted on purpose and not made anew since, with the last term of each."""
    bases = (mark.with_suffix(".db") for mark in sorted((home / "servers").glob("*.deleted")) if mark.stem.isdecimal())
    return tuple((path, deleted_term(path)) for path in bases if path.stem.isascii() and not path.exists())


def last_term(path: Path) -> int:
    """Return the term for the tombstone of a base: its own, or that of an earlier deletion if that is later."""
    before = deleted_term(path)
    try:
        return max(before, read_ownership(path).term)
    except FactBaseError:
        return before if before >= 0 else first_term()


@contextmanager
def plain_file_errors(path: Path) -> Iterator[None]:
    """Turn an error of the file system into a FactBaseError with a plain sentence."""
    try:
        yield
    except OSError as error:
        raise FactBaseError(f"{path} cannot be changed: {reason_of(error)}. Check its folder and the free space.") from error
