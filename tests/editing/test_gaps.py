"""Learning from readers: questions that were not answered are grouped, and answered by one decision."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.editing.gaps import question_stems
from bot.errors import DecidedError, UsageError
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.facts.models import RecordedQuestion
from bot.service.session import Session

STORY, ANN = "harbour-bridge", sign("ann", None)
ASKED = "How many vehicles crossed it daily?"


def gap(session: Session, question: str = ASKED, *, story: str | None = None) -> int:
    number = session.gaps.note(question, "unanswered", story=story)
    assert number is not None
    return number


def test_questions_that_are_alike_are_one_gap(session: Session) -> None:
    assert gap(session) == gap(session, "how many vehicle cross it dayly") == gap(session, "Daily vehicles crossed: how many?")
    assert gap(session, "Who painted the bridge?") != gap(session)
    assert session.gaps.note(" ?! ", "unanswered") is None
    assert question_stems("who is it?") != ()


def test_a_fact_that_answers_it_does_so_at_once(session: Session) -> None:
    number = gap(session)
    assert "crossings" in {record.fact.id for record in session.gaps.near(number)}
    fact = session.base.search.number("crossings")[0]
    applied = session.gaps.answered_by(number, fact, ANN)
    assert applied.revised == (fact,)
    answer = session.ask("how many vehicles crossed it daily")
    assert (answer.status, answer.facts[0].record.number) == ("answered", fact)
    assert session.base.questions(STORY)[-1] == RecordedQuestion(ASKED, ("crossings",))
    with pytest.raises(DecidedError):
        session.gaps.answered_by(number, fact, ANN)


def test_a_fact_with_as_many_phrasings_as_it_may_have_still_answers(session: Session) -> None:
    fact = session.base.search.number("crossings")[0]
    full = replace(session.base.revisions.show(fact).fact, asked_as=tuple(f"How many on day {day}?" for day in range(100)))
    session.base.revisions.apply(Edit(STORY, facts=(full,)), ANN)
    session.gaps.answered_by(gap(session, "Who counted the carriages, and what came of it?"), fact, ANN)
    assert session.base.revisions.show(fact).fact.asked_as == full.asked_as
    assert session.base.questions(STORY)[-1].expect == ("crossings",)


def test_several_facts_of_one_story_answer_it_together(session: Session) -> None:
    number = gap(session)
    first, second = (session.base.search.number(name)[0] for name in ("crossings", "ferry"))
    applied = session.gaps.answered_by(number, first, ANN, others=[second, first])
    assert sorted(applied.revised) == sorted((first, second))
    assert session.base.questions(STORY)[-1] == RecordedQuestion(ASKED, ("crossings", "ferry"))
    assert all(ASKED in session.base.revisions.show(fact).fact.asked_as for fact in (first, second))
    story = session.base.story(STORY)
    session.base.apply(replace(story, info=replace(story.info, id="other"), questions=()), by="test")
    foreign = next(fact.number for fact in session.base.all_facts("other"))
    again = gap(session, "Who pays for the ferry across?")
    with pytest.raises(UsageError, match="another story"):
        session.gaps.answered_by(again, first, ANN, others=[foreign])
    assert session.base.gaps.get(again).status == "open"


def test_a_retracted_fact_answers_nothing(session: Session) -> None:
    number, fact = gap(session), session.base.search.number("crossings")[0]
    session.editor.retract(fact, sign("ann", "wrong"))
    with pytest.raises(UsageError, match="retracted"):
        session.gaps.answered_by(number, fact, ANN)
    assert session.base.gaps.get(number).status == "open"
    assert session.base.revisions.show(fact).retracted


def test_a_dismissed_question_is_kept_only_where_a_moderator_says_so(session: Session) -> None:
    other = session.gaps.note("Is the ferry free?", "unhelpful")
    assert other is not None
    session.gaps.dismiss(other, ANN)
    assert session.base.questions(STORY) == ()
    with pytest.raises(DecidedError):
        session.gaps.dismiss(other, ANN, record=True)
    session.gaps.dismiss(gap(session), ANN, record=True)
    assert session.base.questions(STORY) == (RecordedQuestion(ASKED),)
    session.base.forget(question_days=-1, reply_days=30)
    assert "ferry" not in str(session.base.questions(STORY))


def test_a_question_to_be_recorded_needs_a_story(session: Session) -> None:
    story = session.base.story(STORY)
    session.base.apply(replace(story, info=replace(story.info, id="other"), questions=()), by="test")
    number = gap(session)
    with pytest.raises(UsageError, match="several stories"):
        session.gaps.dismiss(number, ANN, record=True)
    assert session.base.gaps.get(number).status == "open"
    session.gaps.dismiss(number, ANN, record=True, story="other")
    assert session.base.questions("other") == (RecordedQuestion(ASKED),)


def test_taking_back_what_answered_it_opens_it_again_and_it_can_be_answered_anew(session: Session) -> None:
    number, fact = gap(session), session.base.search.number("crossings")[0]
    session.gaps.answered_by(number, fact, ANN)
    session.base.revisions.revert(fact, ANN)  # as /fact undo does
    assert session.base.gaps.get(number).status == "open"
    assert session.base.questions(STORY) == ()
    again = session.gaps.answered_by(number, fact, ANN)
    assert not again.repeated
    assert session.base.gaps.get(number).status == "solved"
    assert session.ask(ASKED).facts[0].record.number == fact
    session.base.revisions.undo(again.change or 0, ANN)
    session.gaps.dismiss(number, ANN)
    assert session.base.gaps.get(number).status == "dismissed"


def test_taking_back_that_it_must_stay_unanswered_opens_it_again_and_undoing_that_dismisses_it(session: Session) -> None:
    number = gap(session)
    session.gaps.dismiss(number, ANN, record=True)
    (entry,) = session.base.logbook.entries(limit=1)
    undone = session.base.revisions.undo(entry.change or 0, ANN)
    assert session.base.gaps.get(number).status == "open"
    assert session.base.questions(STORY) == ()
    again = session.base.revisions.undo(undone.change or 0, ANN)
    assert session.base.gaps.get(number).status == "dismissed"
    session.base.revisions.undo(again.change or 0, ANN)
    session.gaps.answered_by(number, session.base.search.number("crossings")[0], ANN)
    assert session.base.gaps.get(number).status == "solved"


def test_a_new_gap_is_worked_on_though_an_older_one_was_forgotten(session: Session) -> None:
    first = gap(session)
    session.gaps.answered_by(first, session.base.search.number("crossings")[0], ANN)
    session.base.forget(question_days=-1, reply_days=30)
    second = gap(session, "Who pays for the ferry across?")
    assert second > first
    assert not session.gaps.answered_by(second, session.base.search.number("ferry")[0], ANN).repeated


def test_two_decisions_are_taken_back_in_any_order(session: Session) -> None:
    changes = [
        session.gaps.answered_by(gap(session, question), session.base.search.number(fact)[0], ANN).change
        for question, fact in ((ASKED, "crossings"), ("Who pays for the ferry across?", "ferry"))
    ]
    for change, left in zip(changes, (["Who pays for the ferry across?"], []), strict=True):
        assert change is not None
        session.base.revisions.undo(change, ANN)
        assert [question.ask for question in session.base.questions(STORY)] == left
