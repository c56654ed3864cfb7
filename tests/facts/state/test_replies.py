"""Sent replies: found while they show what is no longer so, and forgotten after a time."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.facts.base import FactBase
from bot.facts.edits import Edit
from bot.facts.state import replies
from tests.facts.stories import ANN, DEARER


def test_replies_that_show_an_earlier_revision_are_found_newest_first(base: FactBase, tmp_path: Path) -> None:
    old, fresh, other, unsent = (base.replies.store("{}", facts) for facts in ([(3, 1), (1, 1)], [(3, 1)], [(1, 1)], [(3, 1)]))
    for index, key in enumerate((old, fresh, other)):
        base.replies.mark_sent(key, 5, 100 + index)
    with closing(sqlite3.connect(tmp_path / "edited.db")) as raw, raw:
        raw.execute("UPDATE reply SET at = '2021-01-01T00:00:00' WHERE key = ?", (old,))
    assert base.replies.stale(days=99999) == ()
    base.revisions.apply(Edit("bridge", facts=(DEARER,)), ANN)
    assert [reply.key for reply in base.replies.stale(days=99999)] == [fresh, old]
    assert [reply.key for reply in base.replies.stale(days=99999, limit=1)] == [fresh]
    assert [(reply.channel, reply.message) for reply in base.replies.stale(days=7)] == [(5, 101)]
    assert base.replies.revisions(old) == {3: 1, 1: 1}
    assert base.replies.revisions(unsent) == {3: 1}
    assert base.replies.content("nothing") is None


def test_replies_that_no_longer_show_what_is_so_are_found_until_they_are_corrected(base: FactBase) -> None:
    first, second, unsent = (base.replies.store("{}", facts) for facts in ([(3, 1), (1, 1)], [(1, 1)], [(3, 1)]))
    base.replies.mark_sent(first, 5, 100)
    base.replies.mark_sent(second, 5, 101)
    assert base.replies.stale(days=7) == ()
    base.revisions.apply(Edit("bridge", facts=(DEARER,)), ANN)
    assert [reply.key for reply in base.replies.stale(days=7)] == [first]
    assert base.replies.stale(days=-1) == ()
    base.replies.mark_corrected(first, [(3, 2), (1, 1)])
    assert base.replies.stale(days=7) == ()
    assert base.replies.revisions(first) == {3: 1, 1: 1}
    base.revisions.revert(3, ANN)
    assert [reply.key for reply in base.replies.stale(days=7)] == [first]
    assert base.replies.content(unsent) is not None


def test_old_replies_are_forgotten(base: FactBase, tmp_path: Path) -> None:
    old, fresh = base.replies.store("{}", [(3, 1)]), base.replies.store("{}", [(3, 1)])
    with closing(sqlite3.connect(tmp_path / "edited.db")) as raw, raw:
        raw.execute("UPDATE reply SET at = '2021-01-01T00:00:00' WHERE key = ?", (old,))
    base.forget(question_days=30, reply_days=30)
    assert (base.replies.content(old), base.replies.content(fresh)) == (None, "{}")
    assert base.replies.revisions(old) == {}


def test_a_kept_reply_is_no_change_of_facts(base: FactBase) -> None:
    before = base.version()
    base.replies.store("{}", [(3, 1), (3, 1)])
    assert base.version() == before


def test_a_list_of_ten_thousand_facts_takes_little_and_comes_back_in_its_order(base: FactBase, tmp_path: Path) -> None:
    ordered = [(number, 1) for number in range(1, 10_001)]
    mixed = random.Random(1).sample(ordered, len(ordered))
    keys = [base.replies.store("{}", listed=listed) for listed in (ordered, mixed)]
    assert [base.replies.listed(key) for key in keys] == [tuple(number for number, _ in listed) for listed in (ordered, mixed)]
    assert base.replies.listed(base.replies.store("{}", [(3, 1)])) == base.replies.listed("nothing") == ()
    with closing(sqlite3.connect(tmp_path / "edited.db")) as raw:
        sizes = [raw.execute("SELECT length(listed) FROM reply WHERE key = ?", (key,)).fetchone()[0] for key in keys]
        assert raw.execute("SELECT count(*) FROM reply_fact").fetchone()[0] == 1
    assert sizes[0] < 100
    assert sizes[1] < 30_000


def test_a_list_knows_which_of_its_facts_have_changed_since_it_was_looked_up(base: FactBase) -> None:
    first = base.replies.store("{}", listed=[(3, 1), (1, 1)])
    other = base.replies.store("{}", listed=[(1, 1)])
    for index, key in enumerate((first, other)):
        base.replies.mark_sent(key, 5, 100 + index)
    assert base.replies.stale(days=7) == ()
    base.revisions.apply(Edit("bridge", facts=(DEARER,)), ANN)
    assert [sent.key for sent in base.replies.stale(days=7)] == [first]
    assert (base.replies.revisions(first), base.replies.revisions(other)) == ({3: 1}, {})
    looked_up_before = base.replies.store("{}", listed=[(3, 1)])
    assert base.replies.revisions(looked_up_before) == {3: 1}
    base.replies.mark_corrected(first, [(3, 2)], seen=base.replies.last_change())
    assert base.replies.stale(days=7) == ()
    assert base.replies.revisions(first) == {3: 1}
    base.revisions.apply(Edit("bridge", facts=(replace(DEARER, text="Dearer still."),)), ANN)
    assert [sent.key for sent in base.replies.stale(days=7)] == [first]


def test_beyond_the_most_the_oldest_replies_go_and_lists_make_no_answer_go(
    base: FactBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replies, "MAX_REPLIES", 4)
    monkeypatch.setattr(replies, "MAX_LISTS", 2)
    stored = [base.replies.store("answer")]
    for number in range(5):
        with closing(sqlite3.connect(tmp_path / "edited.db")) as raw, raw:
            raw.execute("UPDATE reply SET at = datetime(at, '-1 second')")
        stored.append(base.replies.store(f"list {number}", listed=[(3, 1)]))
    assert [base.replies.content(key) for key in stored] == ["answer", None, None, None, "list 3", "list 4"]
    for _ in range(4):
        with closing(sqlite3.connect(tmp_path / "edited.db")) as raw, raw:
            raw.execute("UPDATE reply SET at = datetime(at, '-1 second')")
        base.replies.store("more")
    assert [base.replies.content(key) for key in stored] == [None] * 6
