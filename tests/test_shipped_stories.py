"""Every story that ships loads without a fault, answers its own questions, and is told in the words of its own editors."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers.answerer import Answerer
from bot.answers.evaluation import Figures, Share, cases_of, evaluate, figures, read_cases
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.resources import lexicon_file
from bot.stories.load import load_story
from tests.support.paths import MEASURED, SHIPPED


@pytest.mark.parametrize("path", [*SHIPPED, *MEASURED], ids=lambda path: path.stem)
def test_the_story_loads_and_its_parts_are_used(path: Path) -> None:
    story = load_story(path)
    assert story.info.id == path.stem
    cited = {citation.source for fact in story.facts for citation in fact.citations}
    assert cited == {source.id for source in story.sources}
    assert all(fact.citations for fact in story.facts)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_story_has_questions_enough_and_some_that_must_not_be_answered(path: Path) -> None:
    questions = load_story(path).questions
    assert len(questions) >= 60
    assert sum(not question.expect for question in questions) >= 12


def measured(path: Path) -> Figures:
    """Ask a story its questions: those beside it, else its own."""
    story = load_story(path)
    beside = path.with_suffix(".questions.jsonl")
    cases = read_cases(beside) if beside.exists() else cases_of(story.questions)
    lexicon = Lexicon(lexicon_file())
    with FactBase.memory() as base:
        base.apply(story, by="test")
        answerer = Answerer(base, lexicon)
        answerer.encode()
        outcomes = evaluate(answerer.ask, cases)
    lexicon.close()
    return figures(outcomes)


def share(value: Share) -> float:
    assert value.whole
    return value.part / value.whole


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_story_answers_its_own_questions(path: Path) -> None:
    result = measured(path)
    assert share(result.hits) >= 0.85
    assert share(result.left_alone) >= 0.8
    assert result.f1 is not None
    assert result.f1 >= 0.8
    assert result.uncited == 0


@pytest.mark.slow
@pytest.mark.parametrize("path", MEASURED[::3], ids=lambda path: path.stem)
def test_answers_to_stories_that_the_reader_was_not_trained_on_do_not_fall_back(path: Path) -> None:
    result = measured(path)
    assert share(result.hits) >= 0.83
    assert share(result.recall) >= 0.7
    assert share(result.left_alone) >= 0.8
    assert result.uncited == 0
