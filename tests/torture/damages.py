"""What can happen to one base: a wrong byte, a file that is cut short, pages in each other's place, and errors of any kind."""

from __future__ import annotations

import errno
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

PAGE = 4096
HEADER = 100  # bytes


def damaged(content: bytes, number: int) -> bytes:
    """Return a base with the damage of a number, the same each time.

    A third of them are wrong bytes where the tables are described, where SQLite quotes them when it complains.
    """
    chance = random.Random(number)
    kind = chance.choice(("schema", "schema", "anywhere", "header", "cut", "swap"))
    made = bytearray(content)
    if kind == "cut":
        return bytes(made[: chance.randrange(len(made))])
    if kind == "swap":
        one, other = (PAGE * page for page in chance.sample(range(len(made) // PAGE), 2))
        made[one : one + PAGE], made[other : other + PAGE] = made[other : other + PAGE], made[one : one + PAGE]
        return bytes(made)
    starts = [at for at in range(0, len(made), PAGE) if b"CREATE " in made[at : at + PAGE]]
    at = {
        "schema": chance.choice(starts) + chance.randrange(PAGE),
        "anywhere": chance.randrange(len(made)),
        "header": chance.randrange(HEADER),
    }[kind]
    made[at] ^= chance.choice((1 << chance.randrange(8), chance.randrange(1, 256)))
    return bytes(made)


def with_half_a_letter(content: bytes) -> bytes:
    """Return a base whose schema has a byte that is no UTF-8, so that what SQLite says of it is none either."""
    assert content.count(b"CREATE TABLE") > 5
    return content.replace(b"CREATE TABLE", b"CREATE \xffABLE", 1)


class UnheardOfError(Exception):
    """An error that nobody has thought of."""


ERRORS: tuple[Exception, ...] = (
    RuntimeError("out of luck"),
    UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
    MemoryError(),
    RecursionError("too deep"),
    KeyError("ownership"),
    AssertionError(),
    sqlite3.OperationalError("no code"),
    OSError(errno.EIO, "Input/output error"),
    UnheardOfError(),
)


@contextmanager
def failing(path: Path, error: Exception) -> Iterator[None]:
    """Have whatever opens a base fail."""
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def refuse(name: str, *args: Any, **options: Any) -> sqlite3.Connection:
        if f"{path}?" in name:
            raise error
        return connect(name, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", refuse)
        yield
