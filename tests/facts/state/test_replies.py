"""Sent replies: found while they show what is no longer so, and forgotten after a time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.facts.base import FactBase
from bot.facts.edits import Edit
from tests.facts.stories import ANN, DEARER


def test_replies_that_show_an_earlier_revision_are_found_newest_first(base: FactBase, tmp_path: Path) -> None:
    old, fresh, other, unsent = (base.replies.store("{}", facts) for facts in ([(3, 1), (1, 1)], [(3, 1)], [(1, 1)], [(3, 1)]))
    for place, key in enumerate((old, fresh, other)):
        base.replies.mark_sent(key, 5, 100 + place)
    with closing(sqlite3.connect(tmp_path / "edited.db")) as raw, raw:
        raw.execute("UPDATE reply SET at = '2021-01-01T00:00:00' WHERE key = ?", (old,))
    assert base.replies.stale(days=99999) == ()
    base.editor.apply(Edit("bridge", facts=(DEARER,)), ANN)
    assert [each.key for each in base.replies.stale(days=99999)] == [fresh, old]
    assert [each.key for each in base.replies.stale(days=99999, limit=1)] == [fresh]
    assert [(each.channel, each.message) for each in base.replies.stale(days=7)] == [(5, 101)]
    assert base.replies.revisions(old) == {3: 1, 1: 1}
    assert base.replies.revisions(unsent) == {3: 1}
    assert base.replies.content("nothing") is None


def test_replies_that_no_longer_show_what_is_so_are_found_until_they_are_corrected(base: FactBase) -> None:
    first, second, unsent = (base.replies.store("{}", facts) for facts in ([(3, 1), (1, 1)], [(1, 1)], [(3, 1)]))
    base.replies.mark_sent(first, 5, 100)
    base.replies.mark_sent(second, 5, 101)
    assert base.replies.stale(days=7) == ()
    base.editor.apply(Edit("bridge", facts=(DEARER,)), ANN)
    assert [each.key for each in base.replies.stale(days=7)] == [first]
    assert base.replies.stale(days=-1) == ()
    base.replies.mark_corrected(first, [(3, 2), (1, 1)])
    assert base.replies.stale(days=7) == ()
    assert base.replies.revisions(first) == {3: 1, 1: 1}
    base.editor.revert(3, ANN)
    assert [each.key for each in base.replies.stale(days=7)] == [first]
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
