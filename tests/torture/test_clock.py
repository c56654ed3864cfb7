"""The clock of the machine is set back, or ahead and back: the order of changes stays, and nothing young is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from bot.editing.typed_fact import TypedFact
from bot.english.lexicon import Lexicon
from bot.errors import UsageError
from bot.facts.base import FactBase
from bot.facts.logbook import sign
from bot.resources import lexicon_file
from bot.service.replies import Reply
from bot.service.session import Session
from bot.stories.load import load_story
from tests.support.base_checks import check_whole
from tests.support.paths import HARBOUR

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
JUMPS = {"a year back": -365, "a day back": -1, "an hour back": -1 / 24, "a year ahead and back": 0}
STORY, FACT = "harbour-bridge", 1


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "server.db"


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    with time_machine.travel(NOW, tick=False), FactBase.open(path) as base, closing(Lexicon(lexicon_file())) as lexicon:
        base.apply(load_story(HARBOUR), by="test")
        yield Session(base, lexicon, reply_days=30)


def edit(session: Session, words: str) -> int:
    """Give a fact other words; return its revision."""
    session.editor.save(replace(session.editor.open_form(FACT), text=words), sign("ann", None))
    return session.base.revisions.show(FACT).revision


def suggest(session: Session, words: str) -> int:
    """Suggest a claim and return its number."""
    return session.suggestions.suggest(TypedFact("claim", STORY, text=words, cite="gazette#8"), sign("bob", None)).number


@pytest.mark.parametrize("jump", JUMPS)
def test_history_and_what_is_kept_stand_a_clock_that_is_set_back(session: Session, path: Path, jump: str) -> None:
    record = session.base.revisions.show(FACT)
    if jump == "a year ahead and back":
        with time_machine.travel(NOW + timedelta(days=365), tick=False):
            edit(session, "Written before.")
            key, kept = session.replies.store(Reply("When?", None, None, (record,), ())), suggest(session, "A ferry runs.")
    else:
        edit(session, "Written before.")
        key, kept = session.replies.store(Reply("When?", None, None, (record,), ())), suggest(session, "A ferry runs.")
    gap = session.gaps.note("Who paid for the paint?", "unanswered")
    typed_fact = session.base.unfinished_forms.put("ann", "{}")
    with time_machine.travel(NOW + timedelta(days=JUMPS[jump]), tick=False):
        assert edit(session, "Written after.") == 3
        assert [step.fact.text for step in session.base.revisions.history(FACT)][1:] == ["Written before.", "Written after."]
        assert [entry.change for entry in session.base.logbook.entries(limit=2)] == sorted(
            (entry.change for entry in session.base.logbook.entries(limit=2)), key=lambda change: -(change or 0)
        )
        session.forget()
        assert session.replies.load(key).title == "When?"
        assert session.base.unfinished_forms.get("ann", typed_fact) == "{}"
        assert gap in [open_gap.number for open_gap in session.base.gaps.open()]
        assert session.base.proposals.get(kept).status == "open"
        assert suggest(session, "A pier stands.") == kept + 1  # no limit hangs on days that are to come
        session.suggestions.approve(kept, sign("ann", None))
        session.base.revisions.undo(session.base.revisions.last_change("ann") or 0, sign("ann", None))
        edit(session, "Written at last.")
        session.base.revisions.revert(FACT, sign("ann", None), revision=2)
        assert session.base.revisions.show(FACT).fact.text == "Written before."
    check_whole(path)


def test_the_limit_of_suggestions_does_not_last_as_long_as_the_clock_is_behind(session: Session) -> None:
    session.base.settings.change(sign("ann", None), suggestions_a_day=1)
    suggest(session, "A ferry runs.")
    with pytest.raises(UsageError):
        suggest(session, "A pier stands.")
    with time_machine.travel(NOW - timedelta(days=365), tick=False):
        assert suggest(session, "A pier stands.")
