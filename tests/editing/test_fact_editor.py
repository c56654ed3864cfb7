"""Editing on a real file: looking, saving once, correcting and taking back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.editing.people import import_touches
from bot.editing.previews import Trial
from bot.editing.typed_fact import TypedFact
from bot.english.lexicon import Lexicon
from bot.errors import ConflictError, DecidedError, FormError, NotKnownError, UsageError
from bot.facts.base import FactBase
from bot.facts.edits import WITHOUT_EVENT
from bot.facts.logbook import sign
from bot.facts.models import RecordedQuestion
from bot.service.session import Session
from bot.stories.load import load_story
from tests.support.paths import HARBOUR

STORY = "harbour-bridge"
ANN, BOB = sign("ann", None), sign("bob", None)
CLAIM = TypedFact("claim", STORY, text="A new bridge would cost 90 million dollars.", by=("okoro",), cite="gazette#9")


def number(session: Session, name: str) -> int:
    return session.base.search.number(name)[0]


def test_a_look_shows_the_fact_as_it_will_be_and_changes_nothing(session: Session) -> None:
    before = session.base.version()
    look = session.editor.preview(replace(CLAIM, cite="https://example.org/new page 3"))
    assert (look.record.number, look.record.fact.text) == (0, CLAIM.text)
    assert [speaker.name for speaker in look.record.speakers] == ["Daniel Okoro"]
    assert [source.url for source in look.edit.sources] == ["https://example.org/new"]
    assert look.people
    assert not session.editor.preview(replace(CLAIM, by=())).people
    assert session.base.version() == before
    assert session.base.count() == 8


@pytest.mark.parametrize(
    "text",
    [
        "Repairs will cost 4.2 million dollars.",
        "repairs wil cost 4.2 milion dollars",
        "The repairs will cost dollars 4.2 million",
    ],
)
def test_a_near_duplicate_is_shown_whatever_its_typos_and_order(text: str, session: Session) -> None:
    assert [duplicate.fact.id for duplicate in session.editor.preview(replace(CLAIM, by=("lee",), text=text)).duplicates] == [
        "cost"
    ]


def test_what_is_another_fact_is_no_duplicate(session: Session) -> None:
    assert session.editor.preview(CLAIM).duplicates == ()
    assert session.editor.preview(session.editor.open_form(number(session, "cost"))).duplicates == ()


def test_a_recorded_question_whose_answer_would_change_is_named(session: Session) -> None:
    asked = RecordedQuestion("What will the repairs cost?", ("cost",))
    story = session.base.story(STORY)
    session.base.apply(replace(story, questions=(asked,)), by="test")
    assert session.editor.preview(CLAIM).trial.effects == ()
    record, trial = session.editor.retraction(number(session, "cost"))
    assert record.fact.id == "cost"
    assert [(effect.ask, effect.worse) for effect in trial.effects] == [(asked.ask, True)]


def test_a_save_is_made_once_under_its_key(session: Session) -> None:
    first = session.editor.save(CLAIM, ANN, key="k")
    second = session.editor.save(CLAIM, ANN, key="k")
    assert (first.added, second.added) == ((9,), (9,))
    assert (first.repeated, second.repeated) == (False, True)
    assert session.base.count() == 9


def test_the_reason_of_the_form_is_kept(session: Session) -> None:
    session.editor.save(replace(CLAIM, reason="from the hearing"), ANN)
    assert session.base.revisions.history(9)[0].reason == "from the hearing"


def test_the_second_of_two_who_edit_at_once_is_told_and_nothing_is_overwritten(session: Session) -> None:
    form = session.editor.open_form(number(session, "cost"))
    session.editor.save(replace(form, text="Repairs will cost 5 million dollars."), ANN)
    with pytest.raises(ConflictError) as caught:
        session.editor.save(replace(form, text="Repairs will cost 6 million dollars."), BOB)
    assert (caught.value.number, caught.value.revision) == (form.fact, 2)
    assert session.base.revisions.show(form.fact or 0).fact.text == "Repairs will cost 5 million dollars."


def test_an_edit_without_a_change_is_none(session: Session) -> None:
    form = session.editor.open_form(number(session, "cost"))
    assert session.editor.save(form, ANN).change is None
    assert len(session.base.revisions.history(form.fact or 0)) == 1


def test_a_bad_form_saves_nothing(session: Session) -> None:
    with pytest.raises(FormError):
        session.editor.save(replace(CLAIM, cite=""), ANN, key="k")
    with pytest.raises(NotKnownError):
        session.editor.save(replace(CLAIM, story="other"), ANN, key="k")
    assert session.base.count() == 8
    assert session.editor.save(CLAIM, ANN, key="k").added == (9,)


def test_two_new_facts_of_the_same_words_are_two(session: Session) -> None:
    session.editor.save(CLAIM, ANN, key="a")
    session.editor.save(replace(CLAIM, date="2021"), BOB, key="b")
    name = "okoro-new-bridge-cost-90-million"
    assert [record.fact.id for record in session.base.facts([9, 10])] == [name, f"{name}-2"]
    assert session.base.facts([9])[0].revision == 1


def test_a_fact_is_given_the_source_of_one_that_says_the_same(session: Session) -> None:
    cost = number(session, "cost")
    same = replace(CLAIM, text="Repairs cost 4.2 million.", cite="https://example.org/more")
    for _ in range(2):
        session.editor.add_source_to(cost, same, ANN, key="k")
    record = session.base.revisions.show(cost)
    assert record.revision == 2
    assert record.fact.text == "Repairs will cost 4.2 million dollars."
    assert [source.url for source in record.sources] == ["https://example.org/a", "https://example.org/more"]


@pytest.mark.parametrize("reason", [None, "", " \n", "\u200b\u2060"])
def test_a_retraction_needs_a_reason(reason: str | None, session: Session) -> None:
    with pytest.raises(UsageError, match="Say why"):
        session.editor.retract(number(session, "cost"), sign("ann", reason))
    assert not session.base.revisions.show(number(session, "cost")).retracted


def test_a_fact_keeps_its_retracted_event_when_it_is_edited_and_can_be_undone(session: Session) -> None:
    event, quote = number(session, "closure"), number(session, "lee-safety")
    first = session.editor.save(replace(session.editor.open_form(quote), text="Safety first."), ANN)
    gone = session.editor.retract(event, sign("ann", "wrong"))
    form = session.editor.open_form(quote)
    assert form.event == ""
    session.editor.save(replace(form, text="Safety is first."), ANN)
    assert session.base.revisions.revert(quote, ANN).left_out == (
        WITHOUT_EVENT.format(
            fact="Safety first.", event="The city closed the Harbour Bridge to all traffic because two piers were …"
        ),
    )
    assert session.base.revisions.show(quote).fact.text == "Safety first."
    undone = session.base.revisions.undo(first.change or 0, ANN)
    assert undone.left_out
    assert session.base.revisions.show(quote).fact.event is None
    session.base.revisions.undo(gone.change or 0, ANN)
    assert session.base.revisions.show(quote).fact.event == "closure"


def test_undoing_what_answered_a_gap_opens_it_again(session: Session) -> None:
    gap = session.gaps.note("What does a new crossing cost?", "unanswered")
    assert gap is not None
    added = session.editor.save(replace(CLAIM, gap=gap), ANN, key="k")
    undone = session.base.revisions.undo(added.change or 0, ANN)
    assert session.base.gaps.get(gap).status == "open"
    session.base.revisions.undo(undone.change or 0, ANN)
    assert session.base.gaps.get(gap).status == "solved"
    session.base.revisions.revert(added.facts[0], ANN)
    assert session.base.gaps.get(gap).status == "solved"  # its last change was an undoing, and brought the fact back


def test_a_retracted_fact_takes_no_edit_and_no_source(session: Session) -> None:
    cost = number(session, "cost")
    form = session.editor.open_form(cost)
    assert session.editor.retract(cost, sign("ann", "wrong"), key="k").retracted == (cost,)
    assert session.editor.retract(cost, sign("ann", "wrong"), key="k").repeated
    for work in (
        lambda: session.editor.open_form(cost),
        lambda: session.editor.add_source_to(cost, CLAIM, ANN),
        lambda: session.editor.retraction(cost),
        lambda: session.editor.save(replace(form, text="Other."), BOB),
    ):
        with pytest.raises(UsageError):
            work()
    assert session.base.revisions.show(cost).retracted


def test_a_fact_from_a_gap_solves_it_once(session: Session) -> None:
    gap = session.gaps.note("What does a new crossing cost?", "unanswered")
    assert gap is not None
    typed_fact = replace(CLAIM, gap=gap)
    assert session.editor.save(typed_fact, ANN, key="k").added == (9,)
    assert session.editor.save(typed_fact, ANN, key="k").repeated
    with pytest.raises(DecidedError):
        session.editor.save(replace(typed_fact, text="Another fact of it."), BOB, key="other")
    assert session.base.count() == 9
    assert session.base.questions(STORY)[-1] == RecordedQuestion(
        "What does a new crossing cost?", (session.base.facts([9])[0].fact.id,)
    )
    assert session.ask("what does a new crossing cost").facts[0].record.number == 9


def test_an_import_is_tried_before_it_is_made(session: Session) -> None:
    story = load_story(HARBOUR)
    asked = replace(story, questions=(RecordedQuestion("What will the repairs cost?", ("cost",)),))
    session.base.apply(asked, by="test")
    less = replace(asked, facts=tuple(fact for fact in story.facts if fact.id != "cost"), questions=asked.questions[:0])
    changes, trial = session.trials.of_import(less)
    assert changes.retracted == ("cost",)
    assert trial.lost == asked.questions
    assert session.trials.of_import(asked) == (session.base.preview(asked), Trial())
    assert import_touches(asked, less, changes) == {"cost"}  # who says what is no longer said
    bridge = replace(asked, facts=tuple(fact for fact in story.facts if fact.id != "crossings"))
    assert import_touches(asked, bridge, session.base.preview(bridge)) == set()


def test_all_of_it_works_the_same_in_memory(lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(load_story(HARBOUR), by="test")
        session = Session(base, lexicon, reply_days=1)
        assert session.editor.save(CLAIM, ANN, key="k").added == (9,)
        assert session.editor.save(CLAIM, ANN, key="k").repeated


def test_what_was_saved_is_there_after_reopening(session: Session, tmp_path: Path) -> None:
    session.editor.save(CLAIM, ANN)
    with FactBase.open(tmp_path / "base.db", create=False) as other:
        assert other.facts([9])[0].fact.text == CLAIM.text
        assert [entry.action for entry in other.logbook.entries()] == ["add", "import"]
