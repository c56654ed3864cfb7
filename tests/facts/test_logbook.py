"""The logbook: a line for each change, found by person, fact and time, and never changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.facts.base import FactBase
from bot.facts.edits import Edit
from bot.facts.logbook import REASONS, Signature, is_nobodys
from bot.facts.models import Source
from tests.facts.stories import ANN, BOB, DEARER


def test_each_change_has_a_line_that_says_what_and_why(base: FactBase) -> None:
    base.revisions.apply(Edit("bridge", facts=(DEARER,)), ANN, action="edit")
    base.revisions.apply(Edit("bridge", sources=(Source("a", "book", "A"),)), BOB, action="source")
    base.logbook.note(BOB, "look", "something")
    lines = [(entry.by, entry.action, entry.story, entry.change, entry.what, entry.reason) for entry in base.logbook.entries()]
    assert lines == [
        ("bob", "look", None, None, "something", None),
        ("bob", "source", "bridge", 3, "source a", None),
        ("ann", "edit", "bridge", 2, "F3@2", "because"),
        ("test", "import", "bridge", 1, "story bridge: 3 added, 0 revised, 0 retracted", None),
    ]


def test_lines_are_found_by_person_fact_time_and_page(base: FactBase) -> None:
    early, late = Signature("ann", None, "2021-03-01T10:00:00.000Z"), Signature("bob", None, "2021-03-05T10:00:00.000Z")
    base.revisions.apply(Edit("bridge", facts=(DEARER,)), early)
    base.revisions.apply(Edit("bridge", retract=("safety",)), late)
    assert [entry.by for entry in base.logbook.entries(by="ann")] == ["ann"]
    assert [entry.by for entry in base.logbook.entries(fact=3)] == ["ann", "test"]
    assert [entry.by for entry in base.logbook.entries(end="2021-03-05")] == ["ann"]
    assert [entry.by for entry in base.logbook.entries(start="2021-03-02", end="2021-04")] == ["bob"]
    newest = base.logbook.entries(limit=1)
    assert newest[0].by == "bob"
    assert [entry.by for entry in base.logbook.entries(before=newest[0].number)] == ["ann", "test"]
    assert base.logbook.entries(by="carl") == ()


def test_a_change_of_many_facts_names_a_few(base: FactBase) -> None:
    base.revisions.undo(1, ANN)
    assert base.logbook.entries(limit=1)[0].what == "F1@2, F2@2, F3@2"
    base.revisions.apply(Edit("bridge", sources=tuple(Source(f"s{n}", "book", "A") for n in range(9))), BOB)
    assert base.logbook.entries(limit=1)[0].what.endswith("and 3 more")


@pytest.mark.parametrize("statement", ["UPDATE logbook SET by = 'x'", "DELETE FROM logbook"])
def test_a_line_is_never_changed_nor_deleted(statement: str, base: FactBase, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "edited.db")) as raw, pytest.raises(sqlite3.IntegrityError, match="logbook is never"):
        raw.execute(statement)
    assert len(base.logbook.entries()) == 1


def test_what_was_not_told_yet_is_told_once(base: FactBase) -> None:
    last = base.logbook.last_announced()
    base.logbook.note(ANN, "settings", "one")
    base.logbook.note(ANN, "settings", "two")
    lines = base.logbook.since(last)
    assert [line.what for line in lines][-2:] == ["one", "two"]
    assert [line.number for line in base.logbook.since(last, limit=1)] == [lines[0].number]
    assert base.logbook.mark_announced(lines[-1].number)
    assert not base.logbook.mark_announced(lines[-1].number)
    assert not base.logbook.mark_announced(lines[0].number)
    assert base.logbook.last_announced() == lines[-1].number
    assert base.logbook.since(base.logbook.last_announced()) == ()


def test_nothing_replaces_a_line_or_a_revision(base: FactBase, tmp_path: Path) -> None:
    base.logbook.note(ANN, "settings", "one")
    with closing(sqlite3.connect(tmp_path / "edited.db")) as raw:
        for recursive in ("OFF", "ON"):
            raw.execute(f"PRAGMA recursive_triggers = {recursive}")
            line = "INSERT OR REPLACE INTO logbook(id, at, by, action, what) VALUES (1, 'x', 'eve', 'x', 'x')"
            content = "kind, item_id, number, action, '[]', change, at, 'eve', reason FROM revision WHERE id = 1"
            steps = (f"INSERT OR REPLACE INTO revision SELECT {number}, {content}" for number in ("id", "NULL"))
            for statement in (line, *steps):
                with pytest.raises(sqlite3.IntegrityError, match="never changed"):
                    raw.execute(statement)


@pytest.mark.parametrize("template", REASONS)
def test_a_reason_that_a_program_gave_is_nobodys(template: str) -> None:
    assert is_nobodys(template.replace("{name}", "harbour\n(2).yaml").replace("{revision}", "3"))
    assert not is_nobodys(f"The {template} was wrong.")
