"""Edits of single facts on a real file: made once, never over another's, refused whole, and each with its history."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import ConflictError, NotKnownError, UsageError
from bot.facts import limits
from bot.facts.base import FactBase
from bot.facts.edits import Edit, with_edit
from bot.facts.models import Actor, Citation, Fact, RecordedQuestion, Source, StoryInfo
from bot.facts.revisions import Applied
from tests.facts.stories import ANN, BOB, CLOSURE, COST, DEARER, GAZETTE, LEE, SAFETY, STORY

OPENING = Fact("opening", "event", "The crossing opens.", (Citation("council", "page", "2"),), who=("okoro",))
COUNCIL, OKORO = Source("council", "report", "Minutes"), Actor("okoro", "Dan Okoro", "person")
ADD = Edit("bridge", sources=(COUNCIL,), actors=(OKORO,), facts=(OPENING,))


def test_a_fact_comes_with_its_source_and_actor_behind_all_that_there_is(base: FactBase) -> None:
    applied = base.revisions.apply(ADD, ANN, action="add", key="k")
    assert applied == Applied(2, added=(4,))
    assert applied.facts == (4,)
    assert applied.corrected == ()
    assert base.story("bridge") == replace(
        STORY, sources=(*STORY.sources, COUNCIL), actors=(*STORY.actors, OKORO), facts=(CLOSURE, OPENING, SAFETY, COST)
    )
    assert base.search.find(["okoro"]) == (4,)


def test_the_same_key_is_one_change_whatever_is_asked_for_under_it(base: FactBase) -> None:
    first = base.revisions.apply(ADD, ANN, key="k")
    assert base.revisions.apply(ADD, ANN, key="k") == replace(first, repeated=True)
    assert base.revisions.apply(Edit("bridge", retract=("cost",)), ANN, key="k") == replace(first, repeated=True)
    assert base.revisions.result_for_key("k") == replace(first, repeated=True)
    assert base.revisions.result_for_key("other") is base.revisions.result_for_key(None) is None
    assert base.count() == 4


def test_an_import_under_one_key_is_made_once(base: FactBase) -> None:
    bigger = replace(STORY, facts=(*STORY.facts, replace(CLOSURE, id="again", text="It was shut again.")))
    first = base.revisions.import_story(bigger, ANN, key="k")
    assert first.added
    assert base.revisions.import_story(STORY, ANN, key="k") == replace(first, repeated=True)
    assert base.count() == len(bigger.facts)


def test_what_changes_nothing_is_no_change_and_has_no_line_in_the_log(base: FactBase) -> None:
    assert base.revisions.apply(Edit("bridge", facts=(COST,)), ANN, key="k") == Applied(None)
    assert base.revisions.apply(Edit("bridge", facts=(DEARER,)), ANN, key="k") == Applied(None, repeated=True)
    assert len(base.logbook.entries()) == 1


def test_a_fact_that_was_changed_meanwhile_is_not_overwritten(base: FactBase) -> None:
    edit = Edit("bridge", facts=(DEARER,), seen={"cost": 1})
    assert base.revisions.apply(edit, ANN).revised == (3,)
    other = replace(edit, facts=(replace(COST, text="Free."),))
    with pytest.raises(ConflictError, match="F3@2"):
        base.revisions.apply(other, BOB)
    with pytest.raises(ConflictError):
        base.revisions.preview(other)
    assert base.revisions.apply(replace(other, seen={}), BOB).revised == (3,)


def test_a_retracted_fact_is_out_of_answers_and_comes_back_when_it_is_put(base: FactBase) -> None:
    assert base.revisions.apply(Edit("bridge", retract=("cost",)), ANN).retracted == (3,)
    assert base.search.find(["repairs"]) == ()
    assert base.revisions.show(3).retracted
    assert base.revisions.apply(Edit("bridge", retract=("cost",)), ANN).change is None
    assert base.revisions.apply(Edit("bridge", facts=(DEARER,)), BOB).added == (3,)
    assert base.revisions.show(3).fact == DEARER
    assert [(step.number, step.action, step.by, step.reason) for step in base.revisions.history(3)] == [
        (1, "add", "test", None), (2, "retract", "ann", "because"), (3, "restore", "bob", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (Edit("other"), "no story"),
        (Edit("bridge", retract=("nothing",)), 'no fact "nothing"'),
        (Edit("bridge", retract_actors=("nobody",)), 'no actor "nobody"'),
        (Edit("bridge", facts=(replace(COST, by=("nobody",)),)), 'no actor "nobody"'),
        (Edit("bridge", facts=(replace(COST, citations=(Citation("mars"),)),)), 'no source "mars"'),
        (Edit("bridge", facts=(replace(COST, event="storm"),)), 'no event "storm"'),
        (Edit("bridge", facts=(replace(COST, citations=()),)), "no citation"),
        (Edit("bridge", facts=(replace(COST, by=("lee",)),), retract_actors=("lee",)), 'no actor "lee"'),
        (Edit("bridge", actors=(replace(LEE, citations=(Citation("mars"),)),)), 'no source "mars"'),
        (Edit("bridge", questions=(RecordedQuestion("Who?", ("nothing",)),)), 'no fact "nothing"'),
    ],
)
def test_an_edit_that_cannot_be_is_refused_whole(edit: Edit, sentence: str, base: FactBase) -> None:
    before = base.version()
    with pytest.raises(NotKnownError, match=sentence):
        base.revisions.apply(replace(edit, facts=(*edit.facts, replace(CLOSURE, text="Shut."))), ANN, key="k")
    assert base.story("bridge") == STORY
    assert base.version() == before
    assert base.revisions.result_for_key("k") is None


def test_a_fact_is_shown_as_it_was_with_those_who_are_named_in_it(base: FactBase) -> None:
    base.revisions.apply(ADD, ANN)
    base.revisions.apply(Edit("bridge", facts=(replace(COST, by=("okoro",)),)), ANN)
    base.revisions.apply(Edit("bridge", retract=("cost",)), ANN)
    was = base.revisions.show(3, 1)
    assert (was.fact, was.ref, was.retracted) == (COST, "F3@1", False)
    assert (was.speakers, was.sources) == ((LEE,), (GAZETTE,))
    assert base.revisions.show(3, 2).speakers == (OKORO,)
    assert base.revisions.show(3, 3).retracted
    for look in (lambda: base.revisions.show(9), lambda: base.revisions.show(3, 4), lambda: base.revisions.history(9)):
        with pytest.raises(NotKnownError):
            look()


def test_a_fact_is_found_by_its_number_its_revision_or_its_id(base: FactBase) -> None:
    assert [base.search.number(name) for name in ("F3", "f3@1", "3", " cost ")] == [(3, None), (3, 1), (3, None), (3, None)]
    for name in ("F9", "nothing", "", "F3@", "F" + "9" * 30):
        with pytest.raises(NotKnownError):
            base.search.number(name)


def test_questions_are_recorded_beside_those_that_there_are(base: FactBase) -> None:
    asked = RecordedQuestion("WHEN was it  closed", ("closure", "safety"))
    edit = Edit("bridge", questions=(asked, RecordedQuestion("Who swims?")))
    base.revisions.apply(edit, ANN)
    assert base.questions("bridge") == (asked, RecordedQuestion("Who swims?")) == with_edit(STORY, edit).questions
    assert with_edit(with_edit(STORY, edit), edit).questions == with_edit(STORY, edit).questions
    base.revisions.apply(Edit("bridge", info=StoryInfo("bridge", "The old bridge", None, "de")), ANN)
    assert base.stories()[0].title == "The old bridge"
    assert base.revisions.ids("bridge", "fact") == {"closure", "safety", "cost"}


def test_what_was_edited_is_there_after_reopening(base: FactBase, tmp_path: Path) -> None:
    base.revisions.apply(ADD, ANN, key="k")
    with FactBase.open(tmp_path / "edited.db", create=False) as other:
        assert other.story("bridge") == base.story("bridge")
        assert other.revisions.apply(ADD, ANN, key="k").repeated
        assert other.revisions.touched(2, "source") == ("council",)


def test_what_is_larger_than_it_may_be_today_comes_back_when_its_retraction_is_undone(
    base: FactBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = replace(COST, text="It is dear. " * 2_000)
    with monkeypatch.context() as patch:
        patch.setattr(limits, "MAX_TEXT", 100_000)  # as before there were limits
        base.revisions.apply(Edit("bridge", facts=(long,)), ANN)
    base.revisions.apply(Edit("bridge", retract=("cost",)), ANN)
    base.revisions.revert(3, ANN)
    assert base.revisions.show(3).fact == long
    base.revisions.revert(3, ANN, revision=1)
    base.revisions.undo(base.logbook.entries()[0].change or 0, ANN)
    assert base.revisions.show(3).fact == long
    with pytest.raises(UsageError, match="This has 24,000 characters"):
        base.revisions.apply(Edit("bridge", facts=(replace(long, where="Harbour"),)), ANN)
