"""Questions for what is new since a day, answered with the facts that came, were corrected or were retracted since then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import time_machine

from bot.answers.answerer import Answerer
from bot.answers.models import MAX_FACTS, Answer
from bot.answers.news import day_asked_for
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.facts.models import Fact
from bot.languages import say_message, speaking
from tests.facts.stories import CITED, COST, STORY

MADE, LATER, TODAY = (f"2026-12-0{day}T12:00:00+00:00" for day in (1, 3, 4))
OPENING = Fact("opening", "event", "The crossing opens.", CITED, who=("bridge",))


@pytest.fixture
def base(tmp_path: Path) -> Iterator[FactBase]:
    with time_machine.travel(MADE), FactBase.open(tmp_path / "base.db") as base:
        base.apply(STORY, by="test")
        yield base


def ask(base: FactBase, lexicon: Lexicon, question: str, *, story: str | None = None, today: str = TODAY) -> Answer:
    with time_machine.travel(today):
        return Answerer(base, lexicon).ask(question, story=story)


def change(base: FactBase, *facts: Fact, retract: tuple[str, ...] = ()) -> None:
    with time_machine.travel(LATER):
        base.revisions.apply(Edit("bridge", facts=facts, retract=retract), sign("ann", None))


@pytest.mark.parametrize(
    "question",
    [
        "what's new since yesterday?",
        "anything new since last Thursday",
        "What changed since yesterday?",
        "Did anything change since Thursday?",
        "has anything changed since yesterday",
        "what was corrected since yesterday?",
        "what has been retracted since Wednesday?",
        "Was anything withdrawn since yesterday?",
        "were there any corrections since yesterday?",
        "Was gibt es seit gestern Neues?",
        "Quoi de neuf depuis jeudi dernier ?",
        "what's new in the last 24 hours?",
        "Was gibt es in den letzten zwei Tagen Neues?",
        "Что нового за последние 2 дня?",
        "昨日から何か新しいことはありますか？",
    ],
)
def test_what_came_since_a_day_is_the_answer(question: str, base: FactBase, lexicon: Lexicon) -> None:
    change(base, OPENING)
    answer = ask(base, lexicon, question)
    assert [fact.record.fact.id for fact in answer.facts] == ["opening"]
    assert answer.status == "answered"


@pytest.mark.parametrize("question", ["what has been retracted?", "were there any corrections?", "did anything change?"])
def test_what_changed_in_the_story_itself_is_no_question_for_news(question: str) -> None:
    assert day_asked_for(question) is None


def test_what_was_corrected_and_what_was_retracted_is_named_by_its_revision(base: FactBase, lexicon: Lexicon) -> None:
    change(base, replace(COST, text="Repairs will cost 5 million dollars."), retract=("safety",))
    answer = ask(base, lexicon, "what's new since yesterday?")
    assert [fact.record.fact.id for fact in answer.facts] == ["cost"]
    assert answer.note == "New since 3 December 2026, the latest first. Corrected: F3@2. Retracted: F2@2."


def test_where_all_that_is_new_was_retracted_no_fact_answers(base: FactBase, lexicon: Lexicon) -> None:
    change(base, retract=("safety",))
    answer = ask(base, lexicon, "what's new since yesterday?")
    assert (answer.status, answer.facts) == ("unknown", ())
    assert str(answer.known).endswith("Retracted: F2@2.")


def test_where_nothing_is_new_the_latest_events_are_near(base: FactBase, lexicon: Lexicon) -> None:
    answer = ask(base, lexicon, "what's new?")
    assert (answer.status, answer.facts) == ("suggestions", ())
    assert [fact.record.fact.id for fact in answer.suggestions] == ["closure"]
    with speaking("de"):
        known = say_message(answer.known or "")
    assert known.startswith("Seit 3. Dezember 2026 gibt es nichts Neues")


def test_so_many_are_listed_and_the_rest_is_counted(base: FactBase, lexicon: Lexicon) -> None:
    change(base, *(replace(OPENING, id=f"opening-{number}", text=f"Crossing {number} opens.") for number in range(MAX_FACTS + 3)))
    answer = ask(base, lexicon, "what's new since yesterday?")
    assert len(answer.facts) == MAX_FACTS
    assert f"These are {MAX_FACTS} of {MAX_FACTS + 3}." in str(answer.note)


def test_another_story_has_no_news(base: FactBase, lexicon: Lexicon) -> None:
    change(base, OPENING)
    with time_machine.travel(MADE):
        base.apply(replace(STORY, info=replace(STORY.info, id="ferry", title="The ferry")), by="test")
    assert ask(base, lexicon, "what's new since yesterday?", story="ferry").facts == ()


def test_a_day_to_come_is_said_to_be_and_one_that_cannot_be_read_is_no_such_question(base: FactBase, lexicon: Lexicon) -> None:
    assert "5 December 2026 is still to come." in str(ask(base, lexicon, "what's new since tomorrow?").known)
    change(base, OPENING)
    assert "New since" not in str(ask(base, lexicon, "what's new since the blue week?").note)


def test_a_story_file_has_no_news(lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(STORY, by="test")
        answer = ask(base, lexicon, "what's new since yesterday?")
    assert str(answer.known).startswith("A story file does not tell when its facts came.")
    assert [fact.record.fact.id for fact in answer.suggestions] == ["closure"]
