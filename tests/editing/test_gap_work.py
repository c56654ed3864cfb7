"""Learning from readers: questions that were not answered are grouped, and answered by one decision."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.desk import Desk
from bot.editing.gap_work import question_stems
from bot.errors import DecidedError, UsageError
from bot.facts.models import RecordedQuestion
from bot.facts.writing import note

STORY, ANN = "harbour-bridge", note("ann", None)
ASKED = "How many vehicles crossed it daily?"


def gap(desk: Desk, question: str = ASKED, *, story: str | None = None) -> int:
    number = desk.gaps.note(question, "unanswered", story=story)
    assert number is not None
    return number


def test_questions_that_are_alike_are_one_gap(desk: Desk) -> None:
    assert gap(desk) == gap(desk, "how many vehicle cross it dayly") == gap(desk, "Daily vehicles crossed: how many?")
    assert gap(desk, "Who painted the bridge?") != gap(desk)
    assert desk.gaps.note(" ?! ", "unanswered") is None
    assert question_stems("who is it?") != ()


def test_a_fact_that_answers_it_does_so_at_once(desk: Desk) -> None:
    number = gap(desk)
    assert "crossings" in {each.fact.id for each in desk.gaps.near(number)}
    fact = desk.base.editor.number("crossings")[0]
    applied = desk.gaps.answered_by(number, fact, ANN)
    assert applied.revised == (fact,)
    answer = desk.ask("how many vehicles crossed it daily")
    assert (answer.status, answer.facts[0].record.number) == ("answered", fact)
    assert desk.base.questions(STORY)[-1] == RecordedQuestion(ASKED, ("crossings",))
    with pytest.raises(DecidedError):
        desk.gaps.answered_by(number, fact, ANN)


def test_a_retracted_fact_answers_nothing(desk: Desk) -> None:
    number, fact = gap(desk), desk.base.editor.number("crossings")[0]
    desk.editorial.retract(fact, note("ann", "wrong"))
    with pytest.raises(UsageError, match="retracted"):
        desk.gaps.answered_by(number, fact, ANN)
    assert desk.base.gaps.get(number).status == "open"
    assert desk.base.editor.show(fact).retracted


def test_a_dismissed_question_is_kept_only_where_a_moderator_says_so(desk: Desk) -> None:
    other = desk.gaps.note("Is the ferry free?", "unhelpful")
    assert other is not None
    desk.gaps.dismiss(other, ANN)
    assert desk.base.questions(STORY) == ()
    with pytest.raises(DecidedError):
        desk.gaps.dismiss(other, ANN, record=True)
    desk.gaps.dismiss(gap(desk), ANN, record=True)
    assert desk.base.questions(STORY) == (RecordedQuestion(ASKED),)
    desk.base.gaps.forget(-1)
    assert "ferry" not in str(desk.base.questions(STORY))


def test_a_question_to_be_recorded_needs_a_story(desk: Desk) -> None:
    story = desk.base.story(STORY)
    desk.base.apply(replace(story, info=replace(story.info, id="other"), questions=()), by="test")
    number = gap(desk)
    with pytest.raises(UsageError, match="several stories"):
        desk.gaps.dismiss(number, ANN, record=True)
    assert desk.base.gaps.get(number).status == "open"
    desk.gaps.dismiss(number, ANN, record=True, story="other")
    assert desk.base.questions("other") == (RecordedQuestion(ASKED),)


def test_taking_back_what_answered_it_opens_it_again_and_it_can_be_answered_anew(desk: Desk) -> None:
    number, fact = gap(desk), desk.base.editor.number("crossings")[0]
    desk.gaps.answered_by(number, fact, ANN)
    desk.base.editor.revert(fact, ANN)  # as /fact undo does
    assert desk.base.gaps.get(number).status == "open"
    assert desk.base.questions(STORY) == ()
    again = desk.gaps.answered_by(number, fact, ANN)
    assert not again.repeated
    assert desk.base.gaps.get(number).status == "solved"
    assert desk.ask(ASKED).facts[0].record.number == fact
    desk.base.editor.undo(again.change or 0, ANN)
    desk.gaps.dismiss(number, ANN)
    assert desk.base.gaps.get(number).status == "dismissed"


def test_a_new_gap_is_worked_on_though_an_older_one_was_forgotten(desk: Desk) -> None:
    first = gap(desk)
    desk.gaps.answered_by(first, desk.base.editor.number("crossings")[0], ANN)
    desk.base.gaps.forget(-1)
    second = gap(desk, "Who pays for the ferry across?")
    assert second > first
    assert not desk.gaps.answered_by(second, desk.base.editor.number("ferry")[0], ANN).repeated


def test_two_decisions_are_taken_back_in_any_order(desk: Desk) -> None:
    changes = [
        desk.gaps.answered_by(gap(desk, question), desk.base.editor.number(fact)[0], ANN).change
        for question, fact in ((ASKED, "crossings"), ("Who pays for the ferry across?", "ferry"))
    ]
    for change, left in zip(changes, (["Who pays for the ferry across?"], []), strict=True):
        assert change is not None
        desk.base.editor.undo(change, ANN)
        assert [each.ask for each in desk.base.questions(STORY)] == left
