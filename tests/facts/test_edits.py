"""Changes taken back: whole, one fact at a time, in any order that loses nothing; random edits against a simple model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.errors import ConflictError, NotKnownError, UsageError
from bot.facts.base import FactBase
from bot.facts.edits import Edit
from bot.facts.models import Actor, Citation, Fact, RecordedQuestion, Source
from tests.facts.stories import ANN, BOB, CITED, COST, DEARER, STORY

ADD = Edit(
    "bridge",
    sources=(Source("council", "report", "Minutes"),),
    actors=(Actor("okoro", "Dan Okoro", "person"),),
    facts=(Fact("opening", "event", "The crossing opens.", (Citation("council"),), who=("okoro",)),),
)


def test_an_add_is_taken_back_with_the_source_and_actor_that_came_with_it(base: FactBase) -> None:
    change = base.revisions.apply(ADD, ANN).change or 0
    undone = base.revisions.undo(change, BOB)
    assert undone.retracted == (4,)
    assert base.story("bridge") == STORY
    assert base.revisions.undo(undone.change or 0, ANN).added == (4,)
    assert [actor.id for actor in base.story("bridge").actors] == ["lee", "bridge", "okoro"]


def test_what_another_fact_needs_stays(base: FactBase) -> None:
    change = base.revisions.apply(ADD, ANN).change or 0
    base.revisions.apply(Edit("bridge", facts=(replace(COST, by=("okoro",), citations=(Citation("council"),)),)), BOB)
    base.revisions.undo(change, ANN)
    story = base.story("bridge")
    assert "okoro" in {actor.id for actor in story.actors}
    assert "council" in {source.id for source in story.sources}
    assert "opening" not in {fact.id for fact in story.facts}


def test_a_change_under_a_later_one_is_not_taken_back_but_is_once_that_one_was(base: FactBase) -> None:
    first = base.revisions.apply(Edit("bridge", facts=(DEARER,)), ANN).change or 0
    second = base.revisions.apply(Edit("bridge", facts=(replace(COST, text="Free."),)), BOB).change or 0
    with pytest.raises(ConflictError, match="F3@3"):
        base.revisions.undo(first, ANN)
    base.revisions.undo(second, BOB)
    base.revisions.undo(first, ANN)
    assert base.story("bridge") == STORY
    assert [step.action for step in base.revisions.history(3)] == ["add", "revise", "revise", "revise", "revise"]


def test_undoing_again_and_again_goes_back_one_change_at_a_time(base: FactBase) -> None:
    for text in ("One.", "Two.", "Three."):
        base.revisions.apply(Edit("bridge", facts=(replace(COST, text=text),)), ANN)
    seen = []
    while (change := base.revisions.last_change("ann")) is not None:
        base.revisions.undo(change, ANN)
        seen.append(base.revisions.show(3).fact.text)
    assert seen == ["Two.", "One.", COST.text]
    assert base.revisions.last_change("bob") is None


def test_taking_back_an_undoing_makes_the_change_stand_again(base: FactBase) -> None:
    change = base.revisions.apply(Edit("bridge", facts=(DEARER,)), ANN).change
    undo = base.revisions.undo(change or 0, ANN).change
    assert base.logbook.undone_changes() == {change}
    assert base.logbook.entries(limit=1)[0].undoes == change
    base.revisions.undo(undo or 0, ANN)
    assert base.logbook.undone_changes() == {undo}
    assert base.revisions.last_change("ann") == change
    assert base.revisions.show(3).fact == DEARER


def test_an_undoing_under_one_key_is_made_once(base: FactBase) -> None:
    change = base.revisions.apply(Edit("bridge", facts=(DEARER,)), ANN).change or 0
    assert base.revisions.undo(change, ANN, key="k").revised == (3,)
    assert base.revisions.undo(change, ANN, key="k").repeated
    assert base.revisions.revert(3, ANN, key="k").repeated
    with pytest.raises(NotKnownError, match="no change 99"):
        base.revisions.undo(99, ANN)


def test_questions_that_came_with_a_change_go_with_it_and_no_others(base: FactBase) -> None:
    one, two = RecordedQuestion("How dear?", ("cost",)), RecordedQuestion("Who spoke?", ("safety",))
    first = base.revisions.apply(Edit("bridge", facts=(DEARER,), questions=(one,)), ANN).change or 0
    base.revisions.apply(Edit("bridge", questions=(two,)), BOB)
    base.revisions.undo(first, ANN)
    assert base.questions("bridge") == (*STORY.questions, two)


def test_a_question_waits_for_a_retracted_fact_to_come_back(base: FactBase) -> None:
    asked = base.revisions.apply(Edit("bridge", questions=(RecordedQuestion("How dear?", ("cost",)),)), ANN).change or 0
    gone = base.revisions.apply(Edit("bridge", retract=("closure",)), ANN).change or 0
    base.revisions.undo(asked, ANN)
    base.revisions.undo(gone, ANN)
    assert base.questions("bridge") == STORY.questions


def test_a_whole_import_is_taken_back(base: FactBase) -> None:
    base.apply(replace(STORY, info=replace(STORY.info, title="Other"), facts=STORY.facts[:2], questions=()), by="ann")
    base.revisions.undo(2, BOB)
    assert base.story("bridge") == STORY
    base.revisions.undo(1, BOB)
    assert base.count() == 0
    assert base.questions("bridge") == ()


def test_one_fact_goes_back_to_a_revision(base: FactBase) -> None:
    base.revisions.apply(Edit("bridge", facts=(DEARER,)), ANN)
    assert base.revisions.revert(3, ANN).revised == (3,)
    assert base.revisions.show(3).fact == COST
    assert base.revisions.last_change("ann") is None
    assert base.revisions.revert(3, ANN, revision=2).revised == (3,)
    assert base.revisions.show(3).fact == DEARER
    base.revisions.apply(Edit("bridge", retract=("cost",)), ANN)
    assert base.revisions.revert(3, ANN).added == (3,)
    assert base.revisions.revert(3, ANN, revision=5).retracted == (3,)
    assert base.revisions.revert(1, ANN).retracted == (1,)
    with pytest.raises(UsageError, match="F3 is already retracted"):
        base.revisions.revert(3, ANN, revision=5)


@pytest.mark.parametrize(
    ("fact", "revision", "sentence"),
    [(9, None, "no fact F9"), (3, 7, "no revision 7"), (3, 0, "no revision 0"), (3, 1, "already at revision 1")],
)
def test_a_revision_that_cannot_be_gone_back_to_is_told(fact: int, revision: int | None, sentence: str, base: FactBase) -> None:
    with pytest.raises(UsageError, match=sentence):
        base.revisions.revert(fact, ANN, revision=revision)


NAMES = ("cost", "safety", "closure", "new-a", "new-b")


class Editing(RuleBasedStateMachine):
    """Random edits, retractions and undos on a file, beside a dict of what each fact should say."""

    folder: Path

    def __init__(self) -> None:
        super().__init__()
        Editing.count += 1
        self.base = FactBase.open(Editing.folder / f"{Editing.count}.db")
        self.base.apply(STORY, by="test")
        self.now: dict[str, str | None] = {fact.id: fact.text for fact in STORY.facts}
        self.states: dict[int, tuple[dict[str, str | None], dict[str, str | None]]] = {}
        self.revisions: dict[str, list[str | None]] = {name: [text] for name, text in self.now.items()}

    count = 0

    def teardown(self) -> None:
        self.base.close()

    def _after(self, change: int | None, now: dict[str, str | None]) -> None:
        if change is None:
            assert now == self.now
            return
        touched = {name for name in NAMES if now.get(name) != self.now.get(name)}
        self.states[change] = (
            {name: self.now.get(name) for name in touched},
            {name: now.get(name) for name in touched},
        )
        for name in touched:
            self.revisions.setdefault(name, []).append(now.get(name))
        self.now = now

    @rule(name=st.sampled_from(NAMES), word=st.sampled_from(["alpha", "beta", "gamma"]))
    def put(self, name: str, word: str) -> None:
        known = next((fact for fact in STORY.facts if fact.id == name), Fact(name, "claim", "", CITED))
        live = {fact.id for fact in self.base.story("bridge").facts}
        fact = replace(known, text=f"It is {word}.", event=known.event if known.event in live else None)
        applied = self.base.revisions.apply(Edit("bridge", facts=(fact,)), ANN)
        if applied.change is None:
            assert self.now.get(name) == fact.text
            return
        if self.now.get(name) == fact.text:  # its event went or came, which is a revision too
            self.revisions[name].append(fact.text)
            self.states[applied.change] = ({name: fact.text}, {name: fact.text})
            return
        self._after(applied.change, self.now | {name: fact.text})

    @rule(name=st.sampled_from(NAMES))
    def retract(self, name: str) -> None:
        if name not in self.now:
            with pytest.raises(NotKnownError):
                self.base.revisions.apply(Edit("bridge", retract=(name,)), ANN)
            return
        self._after(self.base.revisions.apply(Edit("bridge", retract=(name,)), ANN).change, self.now | {name: None})

    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        if not self.states:
            return
        change = data.draw(st.sampled_from(sorted(self.states)))
        before, after = self.states[change]
        try:
            applied = self.base.revisions.undo(change, BOB)
        except ConflictError:
            # A fact that is gone may have said something else before it went again.
            assert any(self.now.get(name) != text or text is None for name, text in after.items()) or "safety" in after
            return
        except NotKnownError:  # the event of a quote is gone meanwhile
            assert "safety" in before
            assert self.now["closure"] is None
            return
        assert all(self.now.get(name) == text for name, text in after.items())
        if before == after:
            for name in after:
                self.revisions[name] += [after[name]] * (applied.change is not None)
            if applied.change is not None:
                self.states[applied.change] = (before, after)
            return
        self._after(applied.change, self.now | before)

    @invariant()
    def facts_are_those_of_the_model_and_all_that_was_is_there(self) -> None:
        live = {name: text for name, text in self.now.items() if text is not None}
        assert {fact.id: fact.text for fact in self.base.story("bridge").facts} == live
        for word in ("alpha", "beta", "gamma"):
            names = {record.fact.id for record in self.base.facts(self.base.search.find([word]))}
            assert names == {name for name, text in live.items() if word in text}
        for name, texts in self.revisions.items():
            number = self.base.search.number(name)[0]
            history = self.base.revisions.history(number)
            assert [None if step.action == "retract" else step.fact.text for step in history] == texts
            for step in history:
                assert self.base.revisions.show(number, step.number).retracted == (step.action == "retract")


def test_random_edits_keep_to_the_model(tmp_path: Path) -> None:
    Editing.folder = tmp_path
    Editing.TestCase.settings = settings(stateful_step_count=20)
    Editing.TestCase("runTest").runTest()
