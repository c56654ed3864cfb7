"""What watches the connections in all tests: one that nobody closes is noticed, with the test and the calls that opened it."""

from __future__ import annotations

import gc
import sqlite3
from pathlib import Path

import pytest

from bot.answers.reader.reader import VectorCache
from bot.cli import opening
from bot.errors import FactBaseError
from bot.facts.base import FactBase
from bot.stories.load import load_story
from tests.support.connections import all_closed
from tests.support.paths import HARBOUR


def test_a_connection_that_is_left_open_is_noticed_with_who_opened_it(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=rf"(?s){Path(__file__).name}::test_a_connection.*FactBase\.open"), all_closed():
        base = FactBase.open(tmp_path / "base.db")
    base.close()


def test_a_connection_that_is_dropped_open_is_noticed_with_who_opened_it() -> None:
    def drop() -> None:
        sqlite3.connect(":memory:")
        gc.collect()  # it refers to itself

    with pytest.warns(ResourceWarning, match=rf"(?s){Path(__file__).name}::test_a_connection.*sqlite3\.connect"):
        drop()


def test_vectors_that_cannot_be_cached_leave_no_connection(tmp_path: Path, recwarn: pytest.WarningsRecorder) -> None:
    path = tmp_path / "vectors.db"
    path.write_bytes(b"no base at all" * 100)
    assert VectorCache(path).read([b"digest"], "model") == {}
    VectorCache(path).write([(b"digest", b"vectors")], "model")
    gc.collect()
    assert list(recwarn) == []


def test_a_story_that_cannot_be_held_leaves_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(base: FactBase, *_: object, **__: object) -> None:
        raise FactBaseError("The disk is full.")

    monkeypatch.setattr(FactBase, "apply", refuse)
    with all_closed(), pytest.raises(FactBaseError) as raised:
        opening.in_memory([load_story(HARBOUR)], by="test")
    assert raised.traceback  # which holds what was opened until here
