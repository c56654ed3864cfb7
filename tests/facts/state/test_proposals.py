"""Proposals: kept once, decided once, their numbers never given to another."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import DecidedError, NotKnownError
from bot.facts.base import FactBase
from bot.facts.logbook import days_ago, sign
from bot.facts.state.proposals import _author_hash
from tests.facts.stories import ANN, BOB

ALICE = sign("alice", None)


def test_a_proposal_is_kept_once_under_its_key(base: FactBase) -> None:
    first = base.proposals.add('{"a": 1}', ALICE, key="k")
    assert base.proposals.add('{"a": 2}', ALICE, key="k") == first
    assert base.proposals.with_key("k") == first
    assert base.proposals.with_key(None) is base.proposals.with_key("other") is None
    assert base.proposals.add("{}", ALICE).number != base.proposals.add("{}", ALICE).number


def test_open_ones_stand_oldest_first(base: FactBase) -> None:
    numbers = [base.proposals.add("{}", signature).number for signature in (ALICE, BOB, ALICE)]
    assert [proposal.number for proposal in base.proposals.open()] == numbers
    assert [proposal.number for proposal in base.proposals.open(by="alice")] == [numbers[0], numbers[2]]
    assert len(base.proposals.open(limit=1)) == 1


def test_how_much_somebody_suggested_is_counted_for_a_day_without_a_name(base: FactBase, tmp_path: Path) -> None:
    yesterday, before = (replace(ALICE, at=days_ago(days)) for days in (0.9, 1.1))
    for signature in (before, yesterday, ALICE, BOB):
        base.proposals.record_suggestion(signature)
    assert [base.proposals.count_suggested(by) for by in ("alice", "bob", "carl")] == [2, 1, 0]
    with closing(sqlite3.connect(tmp_path / "edited.db")) as raw:
        assert "alice" not in str(raw.execute("SELECT * FROM suggested").fetchall())
        assert _author_hash(raw, "alice", "2021-03-03") != _author_hash(raw, "alice", "2021-03-04")
        assert {author for (author,) in raw.execute("SELECT who FROM suggested")} >= {
            _author_hash(raw, signature.by, signature.at[:10]) for signature in (yesterday, ALICE, BOB)
        }
        base.forget(question_days=30, reply_days=30)
        assert raw.execute("SELECT count(*) FROM suggested").fetchone() == (3,)


def test_enough_have_to_agree_and_each_once(base: FactBase) -> None:
    number = base.proposals.add("{}", ALICE, needed=2).number
    assert base.proposals.approve(number, ANN).status == "open"
    with pytest.raises(DecidedError, match="another moderator"):
        base.proposals.approve(number, ANN)
    done = base.proposals.approve(number, BOB)
    assert (done.status, done.decided_by, done.approvals) == ("approved", "bob", ("ann", "bob"))
    assert base.proposals.mark_applied(number, 7).change == 7
    assert [entry.action for entry in base.logbook.entries(limit=2)] == ["approve", "agree"]


def test_a_decision_is_made_once(base: FactBase) -> None:
    number = base.proposals.add("{}", ALICE).number
    assert base.proposals.reject(number, ANN).reason == "because"
    for decide in (base.proposals.approve, base.proposals.reject):
        with pytest.raises(DecidedError, match="has already been rejected"):
            decide(number, BOB)
    with pytest.raises(DecidedError, match="has already been rejected"):
        base.proposals.revise(number, "{}", BOB)
    with pytest.raises(NotKnownError):
        base.proposals.get(99)


def test_a_new_wording_has_to_be_agreed_to_again(base: FactBase) -> None:
    number = base.proposals.add("{}", ALICE, needed=2).number
    base.proposals.approve(number, ANN)
    assert base.proposals.revise(number, '{"a": 1}', BOB).approvals == ()
    assert base.proposals.revise(number, '{"a": 1}', BOB, needed=3).needed == 3
    assert base.proposals.revise(number, '{"a": 2}', BOB).needed == 3


def test_where_it_is_shown_is_kept(base: FactBase) -> None:
    number = base.proposals.add("{}", ALICE).number
    base.proposals.mark_posted(number, 5, 6)
    assert (base.proposals.get(number).channel, base.proposals.get(number).message) == (5, 6)
