"""Near duplicates of a new fact, and which recorded questions an edit would have answered otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.editing.previews import ALIKE, MAX_FACTS, MAX_QUESTIONS, Trial, content_stems, duplicates, likeness, try_out
from bot.english.lexicon import Lexicon
from bot.facts.dates import parse_date
from bot.facts.edits import Edit, with_edit
from bot.facts.models import Citation, Fact, FactRecord, RecordedQuestion, StoryInfo
from bot.stories.load import load_story
from tests.support.paths import HARBOUR

COST = Fact("cost", "claim", "Repairs of the bridge will cost 4.2 million dollars.", (Citation("a"),), by=("lee",))


def alike(one: Fact, other: Fact) -> float:
    return likeness(one, content_stems(one.text), other)


@pytest.mark.parametrize(
    "text",
    [
        "The bridge repairs will cost 4.2 million dollars",
        "Repair of bridge cost 4.2 milion dollars",
        "4.2 million dollars: the cost of bridge repairs",
    ],
)
def test_the_same_in_other_words_is_alike(text: str) -> None:
    assert alike(replace(COST, text=text), COST) >= ALIKE


def test_the_same_in_japanese_is_alike_in_another_order() -> None:
    one, info = replace(COST, text="市議会は三月に港の古い橋を閉鎖した。"), StoryInfo("s", "S", language="ja")
    record = FactRecord(1, 1, info, replace(one, id="other", text="港の古い橋を市議会は三月に閉鎖した。"))
    assert duplicates(one, [record], "ja") == (record,)
    assert duplicates(one, [record]) == ()


@pytest.mark.parametrize("text", ["The ferry is free.", "Painting the town hall will take four months.", "…", "the of"])
def test_something_else_is_not(text: str) -> None:
    assert alike(replace(COST, text=text), COST) < ALIKE


def test_a_piece_of_a_quotation_is_nearly_the_same() -> None:
    quote = replace(COST, kind="quote", text="Safety comes first here, and the old bridge is not safe for anybody today.")
    assert alike(replace(quote, text="the old bridge is not safe for anybody"), quote) >= ALIKE


def test_another_speaker_or_date_counts_against_it() -> None:
    dated = replace(COST, date=parse_date("2021-03"))
    assert alike(replace(COST, by=("okoro",)), COST) < alike(COST, COST)
    assert alike(replace(COST, date=parse_date("2019")), dated) < alike(replace(COST, date=parse_date("2021")), dated)


def test_at_most_a_few_are_shown_the_most_alike_first_and_never_itself() -> None:
    info = StoryInfo("s", "S")
    others = [FactRecord(n, 1, info, replace(COST, id=f"f{n}", text=COST.text + " Ferries." * (n % 3))) for n in range(1, 9)]
    records = duplicates(COST, [*others, FactRecord(9, 1, info, COST)])
    assert [record.number for record in records] == [3, 6, 1]


STORY = replace(
    load_story(HARBOUR),
    questions=(
        RecordedQuestion("What will the repairs cost?", ("cost",)),
        RecordedQuestion("When was the bridge closed?", ("closure",)),
    ),
)


def test_a_retraction_worsens_what_it_answered_and_nothing_else(lexicon: Lexicon) -> None:
    effects = try_out(STORY, with_edit(STORY, Edit(STORY.info.id, retract=("cost",))), lexicon).effects
    assert [(effect.ask, effect.worse) for effect in effects] == [("What will the repairs cost?", True)]
    assert effects[0].before is not None
    assert effects[0].before.fact.id == "cost"


def test_an_edit_that_changes_no_answer_has_no_effect(lexicon: Lexicon) -> None:
    fact = next(candidate for candidate in STORY.facts if candidate.id == "ferry")
    edit = Edit(STORY.info.id, facts=(replace(fact, where="Fish Quay, Harbour"),))
    assert try_out(STORY, with_edit(STORY, edit), lexicon) == Trial()
    assert try_out(replace(STORY, questions=()), with_edit(STORY, edit), lexicon) == Trial()


def test_a_wrong_short_answer_is_worse_though_the_same_fact_answers(lexicon: Lexicon) -> None:
    asked = replace(STORY, questions=(RecordedQuestion("When was the bridge closed?", ("closure",), "3 March 2021"),))
    fact = next(candidate for candidate in STORY.facts if candidate.id == "closure")
    wrong = with_edit(asked, Edit(STORY.info.id, facts=(replace(fact, date=parse_date("2021-03-13")),)))
    (effect,) = try_out(asked, wrong, lexicon).effects
    assert (effect.worse, effect.same_fact) == (True, True)
    assert (effect.short_before, effect.short_after) == ("3 March 2021", "13 March 2021")
    updated = replace(wrong, questions=(replace(asked.questions[0], short="13 March 2021"),))
    assert [result.worse for result in try_out(asked, updated, lexicon).effects] == [False]


def test_questions_that_a_story_loses_are_named_and_asked(lexicon: Lexicon) -> None:
    older = replace(STORY, questions=STORY.questions[1:], facts=tuple(fact for fact in STORY.facts if fact.id != "cost"))
    trial = try_out(STORY, older, lexicon)
    assert [question.ask for question in trial.lost] == ["What will the repairs cost?"]
    assert [(effect.ask, effect.worse) for effect in trial.effects] == [("What will the repairs cost?", True)]
    assert trial.worse
    same = replace(STORY, questions=(RecordedQuestion("what will the  repairs cost", ("cost",)), STORY.questions[1]))
    assert try_out(STORY, same, lexicon) == Trial()
    assert try_out(STORY, replace(STORY, questions=()), lexicon).worse


def test_what_is_too_large_to_be_tried_out_is_said(lexicon: Lexicon) -> None:
    fact = STORY.facts[0]
    large = replace(STORY, facts=tuple(replace(fact, id=f"f{number}") for number in range(2001)), questions=STORY.questions[:1])
    trial = try_out(large, STORY, lexicon)
    assert f"more than {MAX_FACTS:,} facts" in trial.untried
    assert not trial.worse
    questions = tuple(RecordedQuestion(f"What will the repairs cost in {number}?") for number in range(MAX_QUESTIONS + 1))
    many = replace(STORY, questions=questions)
    same = try_out(many, many, lexicon).untried
    assert f"Only the {MAX_QUESTIONS} of {MAX_QUESTIONS + 1} recorded" in same
    assert same.endswith("nearest to the change were asked again; their answers stay the same.")
    other = replace(many, facts=tuple(fact for fact in many.facts if fact.id != "cost"))
    trial = try_out(many, other, lexicon)
    assert trial.untried.endswith("nearest to the change were asked again.") == bool(trial.effects)


def test_a_story_with_an_edit_has_what_was_put_and_not_what_was_retracted() -> None:
    quote = next(fact for fact in STORY.facts if fact.id == "lee-safety")
    edit = Edit(STORY.info.id, facts=(replace(quote, text="Other."),), retract=("closure",), retract_actors=("port",))
    story = with_edit(STORY, edit)
    facts = {fact.id: fact for fact in story.facts}
    assert (facts["lee-safety"].text, facts["lee-safety"].event) == ("Other.", None)
    assert "closure" not in facts
    assert "port" not in {actor.id for actor in story.actors}
    assert story.questions[1].expect == ()
