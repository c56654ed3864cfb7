"""What a base stores for a time: forms, replies and counts of questions, shown and deleted on request and after a time."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NotKnownError
from bot.facts.base import FactBase
from bot.facts.edits import Edit
from bot.facts.logbook import note
from bot.facts.state.retention import GONE, MOST_DRAFTS, USAGE_DAYS, PersonalData, Usage, UsageKey, usage_key
from tests.facts.stories import ANN, DEARER


def test_a_draft_is_kept_for_its_owner_alone(base: FactBase) -> None:
    key = base.drafts.put("ann", '{"text": "Ünï"}')
    assert base.drafts.get("ann", key) == '{"text": "Ünï"}'
    with pytest.raises(NotKnownError, match="Start it again"):
        base.drafts.get("bob", key)
    with pytest.raises(NotKnownError):
        base.drafts.put("bob", "{}", key=key)
    base.drafts.drop("bob", key)
    assert base.drafts.put("ann", '{"text": "b"}', key=key) == key
    assert base.drafts.get("ann", key) == '{"text": "b"}'
    base.drafts.drop("ann", key)
    with pytest.raises(NotKnownError):
        base.drafts.get("ann", key)


def test_old_drafts_go(base: FactBase, tmp_path: Path) -> None:
    old, older = base.drafts.put("ann", "{}"), base.drafts.put("ann", "{}")
    with closing(sqlite3.connect(tmp_path / "edited.db")) as raw, raw:
        for key, days in ((old, 6), (older, 8)):
            raw.execute("UPDATE draft SET at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?) WHERE key = ?", (f"-{days} days", key))
    base.drafts.put("bob", "{}")
    assert base.drafts.get("ann", old) == "{}"
    with pytest.raises(NotKnownError):
        base.drafts.get("ann", older)


def test_of_too_many_forms_of_one_person_the_oldest_go(base: FactBase) -> None:
    keys = [base.drafts.put("ann", "{}", key=f"k{number:02}") for number in range(MOST_DRAFTS + 2)]
    base.drafts.put("bob", "{}", key="bob")
    assert base.drafts.get("ann", keys[-1]) == base.drafts.get("bob", "bob") == "{}"
    kept = base.privacy.personal_data("ann", 1).drafts
    assert kept == MOST_DRAFTS
    base.drafts.put("ann", '{"a": 1}', key=keys[-1])
    assert base.privacy.personal_data("ann", 1).drafts == MOST_DRAFTS


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


def day(ago: int) -> str:
    return (datetime.now(UTC).date() - timedelta(days=ago)).isoformat()


def test_what_was_asked_is_counted_by_day_and_forgotten_in_time(tmp_path: Path) -> None:
    with FactBase.open(tmp_path / "base.db") as base:
        assert base.usage.of_last(7) == Usage(0, 0, None, None)
        before = base.version()
        base.usage.add({UsageKey(day(USAGE_DAYS), True, 5): 1, UsageKey(day(20), False, 900): 1})
        base.usage.add({UsageKey(day(6), True, 10): 97, UsageKey(day(0), False, 20): 1})
        base.usage.add({UsageKey(day(0), False, 20): 1})
        assert base.usage.of_last(7) == Usage(99, 97, 10, 20)
        assert base.usage.of_last(30) == Usage(100, 97, 10, 20)
        assert base.version() == before
        base.usage.add({UsageKey(day(USAGE_DAYS + 1), True, 5): 1})
        base.usage.add({})
        assert base.usage.of_last(1000).asked == 101


@given(st.floats(0, 100), st.booleans())
def test_a_time_is_kept_to_two_digits(seconds: float, answered: bool) -> None:
    asked = usage_key(answered, seconds)
    assert abs(asked.milliseconds - max(seconds * 1000, 1)) <= max(0.5, 0.05 * seconds * 1000) + 0.001
    assert len(str(asked.milliseconds).rstrip("0")) <= 2
    assert asked.answered == answered


@given(st.lists(st.integers(1, 99), min_size=1))
def test_half_and_nearly_all_are_as_fast_as_is_said(times: list[int]) -> None:
    with FactBase.memory() as base:
        base.usage.add(Counter(UsageKey(day(0), True, time) for time in times))
        usage = base.usage.of_last(1)
    for said, share in ((usage.median, 0.5), (usage.p99, 0.99)):
        assert said in times
        assert sum(time <= said for time in times) >= share * len(times) > sum(time < said for time in times)


def test_nothing_but_numbers_is_kept(tmp_path: Path) -> None:
    with FactBase.open(tmp_path / "base.db"):
        pass
    with closing(sqlite3.connect(tmp_path / "base.db")) as raw:
        columns = {row[1] for row in raw.execute("PRAGMA table_info(usage)")}
    assert columns == {"day", "answered", "milliseconds", "questions"}


ALICE = note("discord:7", None)


def test_what_is_kept_is_shown_and_deleted_and_of_nobody_else(base: FactBase) -> None:
    assert not base.privacy.personal_data("discord:7", 7)
    base.drafts.put("discord:7", "{}")
    mine, decided, others = (
        base.proposals.add('{"text": "mine"}', signed, key=str(n)) for n, signed in enumerate((ALICE, ALICE, ANN))
    )
    base.proposals.reject(decided.number, ANN)
    gap = base.gaps.note("who pays", ["who", "pays"], "unanswered", story=None, reply=None, days=30)
    base.gaps.follow(gap, 7)
    base.gaps.follow(gap, 8)
    assert base.privacy.personal_data("discord:7", 7) == PersonalData(1, 2, ("who pays",))
    base.privacy.delete("discord:7", 7)
    assert not base.privacy.personal_data("discord:7", 7)
    assert base.proposals.get(decided.number).by == GONE
    gone = base.proposals.get(mine.number)
    assert (gone.status, gone.content, gone.by) == ("withdrawn", "{}", GONE)
    assert [each.number for each in base.proposals.open()] == [others.number]
    assert base.gaps.get(gap).followers == 1


def test_what_is_deleted_is_gone_from_the_files_too(base: FactBase, tmp_path: Path) -> None:
    base.drafts.put("alice", '{"text": "a secret plan"}')
    base.proposals.add('{"text": "a secret plan"}', note("alice", None))
    base.privacy.delete("alice", 1)
    for file in tmp_path.iterdir():
        assert b"a secret plan" not in file.read_bytes()
