"""Looking up words: one by one or many at once, the same; what is kept has a bound."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.answers.question.lookup import Lookup


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE word (word TEXT PRIMARY KEY, zipf INTEGER)")
        database.executemany("INSERT INTO word VALUES (?, ?)", [(f"word{number}", number) for number in range(1200)])
        yield database


def lookup(database: sqlite3.Connection, most: int = 5000) -> Lookup:
    return Lookup(database, threading.Lock(), "word", "word", "zipf", most=most)


def test_a_word_has_its_value_and_an_unknown_one_none(database: sqlite3.Connection) -> None:
    words = lookup(database)
    assert [words.get(word) for word in ("word0", "word7", "none", "word7")] == [0, 7, None, 7]


def test_words_read_together_need_no_further_read(database: sqlite3.Connection) -> None:
    words = lookup(database)
    words.fetch([*(f"word{number}" for number in range(1200)), "none"])
    database.execute("DELETE FROM word")
    assert [words.get(f"word{number}") for number in range(1200)] == list(range(1200))
    assert words.get("none") is None


def test_no_more_is_kept_than_allowed(database: sqlite3.Connection) -> None:
    words = lookup(database, most=10)
    for number in range(100):
        assert words.get(f"word{number}") == number
        assert len(words) <= 10
    words.fetch(f"word{number}" for number in range(8))
    words.fetch(f"word{number}" for number in range(20, 28))
    assert len(words) <= 10
    assert words.get("word21") == 21
