"""Trying an edit out: which recorded questions it would have answered otherwise."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.lexicon import Lexicon
from bot.editing.trial import effects, with_edit
from bot.facts.edits import Edit
from bot.facts.models import RecordedQuestion
from bot.stories.load import load_story
from tests.answers.conftest import HARBOUR

STORY = replace(
    load_story(HARBOUR),
    questions=(
        RecordedQuestion("What will the repairs cost?", ("cost",)),
        RecordedQuestion("When was the bridge closed?", ("closure",)),
    ),
)


def test_a_retraction_worsens_what_it_answered_and_nothing_else(lexicon: Lexicon) -> None:
    found = effects(STORY, with_edit(STORY, Edit(STORY.info.id, retract=("cost",))), lexicon)
    assert [(each.ask, each.worse) for each in found] == [("What will the repairs cost?", True)]
    assert found[0].before is not None
    assert found[0].before.fact.id == "cost"


def test_an_edit_that_changes_no_answer_has_no_effect(lexicon: Lexicon) -> None:
    fact = next(each for each in STORY.facts if each.id == "ferry")
    edit = Edit(STORY.info.id, facts=(replace(fact, where="Fish Quay, Harbour"),))
    assert effects(STORY, with_edit(STORY, edit), lexicon) == ()
    assert effects(replace(STORY, questions=()), with_edit(STORY, Edit(STORY.info.id, retract=("cost",))), lexicon) != ()


def test_a_story_with_an_edit_has_what_was_put_and_not_what_was_retracted() -> None:
    quote = next(each for each in STORY.facts if each.id == "lee-safety")
    edit = Edit(STORY.info.id, facts=(replace(quote, text="Other."),), retract=("closure",), retract_actors=("port",))
    story = with_edit(STORY, edit)
    facts = {each.id: each for each in story.facts}
    assert (facts["lee-safety"].text, facts["lee-safety"].event) == ("Other.", None)
    assert "closure" not in facts
    assert "port" not in {each.id for each in story.actors}
    assert story.questions[1].expect == ()
