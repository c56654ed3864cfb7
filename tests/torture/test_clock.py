"""The clock of the machine is set back, or ahead and back: the order of changes stays, and nothing young is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from bot.answers.question.lexicon import Lexicon
from bot.desk import Desk, Reply
from bot.editing.draft import Draft
from bot.errors import UsageError
from bot.facts.base import FactBase
from bot.facts.writing import note
from bot.shipped import lexicon_file
from bot.stories.load import load_story
from tests.torture.checks import check_whole
from tests.torture.test_kill import ROOT

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
JUMPS = {"a year back": -365, "a day back": -1, "an hour back": -1 / 24, "a year ahead and back": 0}
STORY, FACT = "harbour-bridge", 1


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "server.db"


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    with time_machine.travel(NOW, tick=False), FactBase.open(path) as base, closing(Lexicon(lexicon_file())) as lexicon:
        base.apply(load_story(ROOT / "tests" / "harbour.yaml"), by="test")
        yield Desk(base, lexicon, reply_days=30)


def edit(desk: Desk, words: str) -> int:
    """Give a fact other words; return its revision."""
    desk.editorial.save(replace(desk.editorial.open_draft(FACT), text=words), note("ann", None))
    return desk.base.editor.show(FACT).revision


def suggest(desk: Desk, words: str) -> int:
    """Suggest a claim and return its number."""
    return desk.suggestions.suggest(Draft("claim", STORY, text=words, cite="gazette#8"), note("bob", None)).number


@pytest.mark.parametrize("jump", JUMPS)
def test_history_and_what_is_kept_stand_a_clock_that_is_set_back(desk: Desk, path: Path, jump: str) -> None:
    record = desk.base.editor.show(FACT)
    if jump == "a year ahead and back":
        with time_machine.travel(NOW + timedelta(days=365), tick=False):
            edit(desk, "Written before.")
            key, kept = desk.keep_reply(Reply("When?", None, None, (record,), ())), suggest(desk, "A ferry runs.")
    else:
        edit(desk, "Written before.")
        key, kept = desk.keep_reply(Reply("When?", None, None, (record,), ())), suggest(desk, "A ferry runs.")
    gap = desk.gaps.note("Who paid for the paint?", "unanswered")
    draft = desk.base.drafts.put("ann", "{}")
    with time_machine.travel(NOW + timedelta(days=JUMPS[jump]), tick=False):
        assert edit(desk, "Written after.") == 3
        assert [step.fact.text for step in desk.base.editor.history(FACT)][1:] == ["Written before.", "Written after."]
        assert [entry.change for entry in desk.base.logbook.entries(limit=2)] == sorted(
            (entry.change for entry in desk.base.logbook.entries(limit=2)), key=lambda change: -(change or 0)
        )
        desk.forget()
        assert desk.reply(key).title == "When?"
        assert desk.base.drafts.get("ann", draft) == "{}"
        assert gap in [each.number for each in desk.base.gaps.open()]
        assert desk.base.proposals.get(kept).status == "open"
        assert suggest(desk, "A pier stands.") == kept + 1  # no limit hangs on days that are to come
        desk.suggestions.approve(kept, note("ann", None))
        desk.base.editor.undo(desk.base.editor.last_change("ann") or 0, note("ann", None))
        edit(desk, "Written at last.")
        desk.base.editor.revert(FACT, note("ann", None), revision=2)
        assert desk.base.editor.show(FACT).fact.text == "Written before."
    check_whole(path)


def test_the_limit_of_suggestions_does_not_last_as_long_as_the_clock_is_behind(desk: Desk) -> None:
    desk.base.settings.change(note("ann", None), suggestions_a_day=1)
    suggest(desk, "A ferry runs.")
    with pytest.raises(UsageError):
        suggest(desk, "A pier stands.")
    with time_machine.travel(NOW - timedelta(days=365), tick=False):
        assert suggest(desk, "A pier stands.")
