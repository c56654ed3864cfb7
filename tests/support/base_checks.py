"""Whether a base is whole: its parts agree with each other, whatever happened to the process that wrote them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.facts.base import FactBase

_INDEXED = "text, phrasings, names, context, words, dates, stems"


def check_whole(path: Path) -> None:
    """Assert that nothing in a base is half there."""
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        indexed = raw.execute(f"SELECT rowid, {_INDEXED} FROM fact_search ORDER BY rowid").fetchall()
        assert indexed == raw.execute(f"SELECT id, {_INDEXED} FROM fact_words ORDER BY id").fetchall()
        changes = {row[0] for row in raw.execute("SELECT DISTINCT change FROM revision")}
        logged = [row[0] for row in raw.execute("SELECT change FROM logbook WHERE change IS NOT NULL")]
        assert sorted(logged) == sorted(changes)
        for table in ("fact", "actor", "source"):
            last = "SELECT max(number) FROM revision WHERE kind = ? AND item_id = id"
            query = f"SELECT count(*) FROM {table} WHERE revision <> ({last})"
            assert raw.execute(query, (table,)).fetchone() == (0,)
        _check_decisions(raw)
    with FactBase.open(path, create=False) as base:
        for (number,) in _rows(path, "SELECT id FROM fact"):
            history, record = base.revisions.history(number), base.revisions.show(number)
            assert [step.number for step in history] == list(range(1, record.revision + 1))
            assert replace(record.fact, event=history[-1].fact.event) == history[-1].fact
            assert record.retracted == (history[-1].action == "retract")


def _check_decisions(raw: sqlite3.Connection) -> None:
    """What was approved became a fact in the same change, what is open did not; gaps that are solved have their question."""
    for number, status, change in raw.execute("SELECT id, status, change FROM proposal").fetchall():
        done = raw.execute("SELECT change FROM done WHERE key = ?", (f"proposal {number}",)).fetchone()
        assert done == (None if change is None else (change,))
        assert (status == "approved") == (change is not None)
    asked = {row[0] for row in raw.execute("SELECT ask FROM question")}
    ever = {
        question["ask"]
        for (content,) in raw.execute("SELECT content FROM revision WHERE kind = 'story'")
        for question in json.loads(content).get("questions", ())
    }
    for question, status in raw.execute("SELECT question, status FROM gap").fetchall():
        assert status == "open" or question in ever
    assert asked <= ever


def check_kept(path: Path, made: list[dict[str, Any]]) -> None:
    """Assert that every change that was acknowledged is there as it was said to be."""
    with FactBase.open(path, create=False) as base:
        lines = {entry.change for entry in base.logbook.entries(limit=10_000)}
        gone = base.logbook.undone_changes()
        for entry in made:
            if entry.get("change") is not None:
                assert entry["change"] in lines, entry
            for fact, revision, action, text in entry.get("facts", ()):
                step = base.revisions.history(fact)[revision - 1]
                assert (step.action, step.fact.text) == (action, text), entry
            if "proposal" in entry:
                assert base.proposals.get(entry["proposal"]).status == "approved", entry
            if "gap" in entry:
                assert base.gaps.get(entry["gap"]).status == ("open" if entry["change"] in gone else "solved"), entry


def _rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute(query).fetchall()
