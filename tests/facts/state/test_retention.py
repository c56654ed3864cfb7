"""What a base stores of a person: forms and suggestions, shown, and deleted on request and after a time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import NotKnownError
from bot.facts.base import FactBase
from bot.facts.logbook import note
from bot.facts.state.retention import GONE, MOST_DRAFTS, PersonalData
from tests.facts.stories import ANN


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
