"""Drafts: for their owner alone, and not for ever."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from time_machine import TimeMachineFixture

from bot.errors import NotKnownError
from bot.facts.base import FactBase
from bot.facts.state import drafts
from bot.facts.state.drafts import MAX_DRAFTS_OF_ONE


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
    keys = [base.drafts.put("ann", "{}", key=f"k{number:02}") for number in range(MAX_DRAFTS_OF_ONE + 2)]
    base.drafts.put("bob", "{}", key="bob")
    assert base.drafts.get("ann", keys[-1]) == base.drafts.get("bob", "bob") == "{}"
    kept = base.privacy.personal_data("ann", 1).drafts
    assert kept == MAX_DRAFTS_OF_ONE
    base.drafts.put("ann", '{"a": 1}', key=keys[-1])
    assert base.privacy.personal_data("ann", 1).drafts == MAX_DRAFTS_OF_ONE


def test_of_what_is_too_long_together_or_too_much_for_all_the_oldest_goes(
    base: FactBase, monkeypatch: pytest.MonkeyPatch, time_machine: TimeMachineFixture
) -> None:
    monkeypatch.setattr(drafts, "MAX_SIGNS", 250)
    monkeypatch.setattr(drafts, "MAX_DRAFTS", 3)
    file = f'"{"x" * 98}"'
    time_machine.move_to("2026-03-01 12:00Z", tick=False)
    for key in ("a", "b", "c"):
        time_machine.shift(1)
        base.drafts.put("ann", file, key=key)
    assert (base.drafts.get("ann", "b"), base.drafts.get("ann", "c")) == (file, file)
    time_machine.shift(1)
    base.drafts.put("ann", f'"{"x" * 300}"', key="long")
    assert len(base.drafts.get("ann", "long")) == 302
    assert base.privacy.personal_data("ann", 1).drafts == 1
    for owner in ("bob", "eve", "joe"):
        time_machine.shift(1)
        base.drafts.put(owner, "{}", key=owner)
    assert [base.privacy.personal_data(owner, 1).drafts for owner in ("ann", "bob", "eve", "joe")] == [0, 1, 1, 1]
