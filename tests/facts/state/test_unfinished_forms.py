"""Unfinished forms: for their owner alone, and not for ever."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from time_machine import TimeMachineFixture

from bot.errors import NotKnownError
from bot.facts.base import FactBase
from bot.facts.state import unfinished_forms
from bot.facts.state.unfinished_forms import MAX_FORMS_OF_ONE


def test_a_form_is_kept_for_its_owner_alone(base: FactBase) -> None:
    key = base.unfinished_forms.put("ann", '{"text": "Ünï"}')
    assert base.unfinished_forms.get("ann", key) == '{"text": "Ünï"}'
    with pytest.raises(NotKnownError, match="Start it again"):
        base.unfinished_forms.get("bob", key)
    with pytest.raises(NotKnownError):
        base.unfinished_forms.put("bob", "{}", key=key)
    base.unfinished_forms.drop("bob", key)
    assert base.unfinished_forms.put("ann", '{"text": "b"}', key=key) == key
    assert base.unfinished_forms.get("ann", key) == '{"text": "b"}'
    base.unfinished_forms.drop("ann", key)
    with pytest.raises(NotKnownError):
        base.unfinished_forms.get("ann", key)


def test_old_forms_go(base: FactBase, tmp_path: Path) -> None:
    old, older = base.unfinished_forms.put("ann", "{}"), base.unfinished_forms.put("ann", "{}")
    with closing(sqlite3.connect(tmp_path / "edited.db")) as raw, raw:
        for key, days in ((old, 6), (older, 8)):
            raw.execute("UPDATE draft SET at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?) WHERE key = ?", (f"-{days} days", key))
    base.unfinished_forms.put("bob", "{}")
    assert base.unfinished_forms.get("ann", old) == "{}"
    with pytest.raises(NotKnownError):
        base.unfinished_forms.get("ann", older)


def test_of_too_many_forms_of_one_person_the_oldest_go(base: FactBase) -> None:
    keys = [base.unfinished_forms.put("ann", "{}", key=f"k{number:02}") for number in range(MAX_FORMS_OF_ONE + 2)]
    base.unfinished_forms.put("bob", "{}", key="bob")
    assert base.unfinished_forms.get("ann", keys[-1]) == base.unfinished_forms.get("bob", "bob") == "{}"
    kept = base.privacy.personal_data("ann", 1).forms
    assert kept == MAX_FORMS_OF_ONE
    base.unfinished_forms.put("ann", '{"a": 1}', key=keys[-1])
    assert base.privacy.personal_data("ann", 1).forms == MAX_FORMS_OF_ONE


def test_of_what_is_too_long_together_or_too_much_for_all_the_oldest_goes(
    base: FactBase, monkeypatch: pytest.MonkeyPatch, time_machine: TimeMachineFixture
) -> None:
    monkeypatch.setattr(unfinished_forms, "MAX_SIGNS", 250)
    monkeypatch.setattr(unfinished_forms, "MAX_FORMS", 3)
    file = f'"{"x" * 98}"'
    time_machine.move_to("2026-03-01 12:00Z", tick=False)
    for key in ("a", "b", "c"):
        time_machine.shift(1)
        base.unfinished_forms.put("ann", file, key=key)
    assert (base.unfinished_forms.get("ann", "b"), base.unfinished_forms.get("ann", "c")) == (file, file)
    time_machine.shift(1)
    base.unfinished_forms.put("ann", f'"{"x" * 300}"', key="long")
    assert len(base.unfinished_forms.get("ann", "long")) == 302
    assert base.privacy.personal_data("ann", 1).forms == 1
    for owner in ("bob", "eve", "joe"):
        time_machine.shift(1)
        base.unfinished_forms.put(owner, "{}", key=owner)
    assert [base.privacy.personal_data(owner, 1).forms for owner in ("ann", "bob", "eve", "joe")] == [0, 1, 1, 1]
