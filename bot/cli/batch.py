"""A batch of questions: one JSON object a line in, one a line out, in the same order, whatever a line holds."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

import click

from bot.answers.relations.as_of import read_day
from bot.cli.contract import answer_json, fault_json
from bot.cli.opening import Ask
from bot.errors import FootnoteError, UsageError
from bot.terminal.safe import safe

STANDARD_INPUT = "-"
_EXPECTED = 'expected an object such as {"question": "When ...?"}.'
_AFTER = '"after" must be a list of questions, oldest first.'
_AS_OF = '"as_of" must be a day such as "2021-03-04".'


class Line(NamedTuple):
    """A line of a batch: the question, the earlier ones of its conversation, and the day (yyyymmdd) as of which it is asked."""

    question: str
    after: tuple[str, ...] = ()
    as_of: int | None = None


class LineError(UsageError):
    """A line of a batch that holds no question."""


@contextmanager
def open_lines(name: str) -> Iterator[Iterable[bytes]]:
    """Open the lines of a file, or of standard input for ``-``. Raises UsageError where that cannot be done."""
    if name == STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    with _open(Path(name)) as file:
        yield file


def _open(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise UsageError(f"There is no file {path} with questions. Check the name.") from None
    except IsADirectoryError:
        raise UsageError(f"{path} is a folder. Give the name of a file with questions.") from None
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "the name cannot be used").lower()
        raise UsageError(f"{path} cannot be read: {reason}. Check its name and its permissions.") from None


def answer_lines(ask: Ask, lines: Iterable[bytes], *, rank: int = 0, explain: bool = False) -> tuple[int, int]:
    """Answer each line and print the answer at once; return how many were answered and how many could not be.

    Such a line is told on standard error, and an object in its place keeps the order. Empty lines are passed over.
    """
    answered = faults = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        question = None
        try:
            asked = _read(line)
            question = asked.question
            printed = answer_json(ask(question, rank=rank, **_given(asked)), rank=rank, explain=explain)
            answered += 1
        except FootnoteError as error:
            faults += 1
            printed = fault_json(question, str(error))
            click.echo(f"line {number}: {safe(str(error))}", err=True)
        click.echo(printed)
    return answered, faults


def _given(asked: Line) -> dict[str, Any]:
    """Return what a line says beside its question."""
    after = {"after": asked.after} if asked.after else {}
    return after | ({"as_of": asked.as_of} if asked.as_of is not None else {})


def _read(line: bytes) -> Line:
    try:
        content = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise LineError("this is not UTF-8; save the file as UTF-8.") from None
    except (ValueError, RecursionError):
        raise LineError(f"this is not JSON; {_EXPECTED}") from None
    if not isinstance(content, dict) or not isinstance(content.get("question"), str):
        raise LineError(f"there is no question; {_EXPECTED}")
    after = content.get("after", [])
    if not isinstance(after, list) or not all(isinstance(each, str) for each in after):
        raise LineError(_AFTER)
    return Line(content["question"], tuple(after), _day(content.get("as_of")))


def _day(typed: object) -> int | None:
    if typed is None:
        return None
    if not isinstance(typed, str):
        raise LineError(_AS_OF)
    return read_day(typed, datetime.now().astimezone().date())
