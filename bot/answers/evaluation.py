"""Measuring answers: questions with the facts that answer them, and how many of them are answered right."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from bot.errors import UsageError


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its right answers: ids of facts, all of them right; none: it must not be answered.

    ``type`` and ``hard`` say what kind of question it is and what makes it difficult, for the tables.
    """

    ask: str
    expect: tuple[str, ...] = ()
    short: str | None = None
    type: str | None = None
    hard: str | None = None


def read_cases(path: Path) -> tuple[Case, ...]:
    """Read a questions file: one JSON object a line. Raises UsageError with the line that is wrong."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The questions file {path} cannot be read ({error}).") from None
    return tuple(_case(line, path, number) for number, line in enumerate(lines, start=1) if line.strip())


def _case(line: str, path: Path, number: int) -> Case:
    try:
        value = json.loads(line)
        return Case(value["ask"], tuple(value.get("expect") or ()), value.get("short"), value.get("type"), value.get("hard"))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UsageError(f'{path}, line {number}: expected an object such as {{"ask": "When ...?", "expect": ["id"]}}.') from None
