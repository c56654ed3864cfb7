"""Every error of a base is one plain sentence that names it."""

from __future__ import annotations

import errno
import sqlite3

import pytest

from bot.errors import ConflictError, FactBaseError, FootnoteError
from bot.facts.files import confine_errors, plain_errors

NOT_UTF_8 = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")


def test_words_of_sqlite_that_are_no_utf_8_mean_damage() -> None:
    with pytest.raises(FactBaseError, match=r"^7\.db is damaged\. Restore it"), plain_errors("7.db"):
        raise NOT_UTF_8


def test_a_text_that_is_no_utf_8_means_damage() -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(FactBaseError, match=r"^7\.db is damaged\. Restore it"), plain_errors("7.db"):
        connection.execute("SELECT CAST(x'ff' AS TEXT)").fetchall()
    connection.close()


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError(),
        NOT_UTF_8,
        MemoryError(),
        RecursionError(),
        sqlite3.DataError("no code"),
        OSError(errno.EIO, "I/O"),
        Exception(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_any_error_at_all_stays_with_its_base(error: Exception) -> None:
    with pytest.raises(FactBaseError, match=r"^7\.db (is damaged|cannot be opened|could not be used)"), confine_errors("7.db"):
        raise error


def test_an_error_of_ours_stays_what_it_is() -> None:
    error = ConflictError(1, 2)
    with pytest.raises(FootnoteError) as raised, confine_errors("7.db"):
        raise error
    assert raised.value is error


def test_what_ends_the_program_ends_it() -> None:
    with pytest.raises(KeyboardInterrupt), confine_errors("7.db"):
        raise KeyboardInterrupt
