"""Finding facts: by what people type, a number, an id or words of which the last is half typed; and by the terms they hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import NotKnownError
from bot.facts.base import FactBase
from bot.facts.edits import Edit
from bot.facts.models import StoryInfo
from tests.facts.dated_story import STORY as DATED
from tests.facts.dated_story import having, without
from tests.facts.stories import ANN, STORY


def matches(base: FactBase, typed: str, **chosen: object) -> list[str]:
    return [record.fact.id for record in base.search.complete(typed, **chosen)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("named", "expected"),
    [("F3", (3, None)), ("f3", (3, None)), (" 3 ", (3, None)), ("F3@2", (3, 2)), ("cost", (3, None)), (" cost ", (3, None))],
)
def test_a_fact_is_named_by_its_number_or_its_id(base: FactBase, named: str, expected: tuple[int, int | None]) -> None:
    assert base.search.number(named) == expected


@pytest.mark.parametrize("named", ["F9", "9", "F3@", "F3 @2", "COST", "costs", "", "F-1", "F1234567890123456"])
def test_what_names_no_fact_is_refused_with_where_to_look(base: FactBase, named: str) -> None:
    with pytest.raises(NotKnownError, match="Look for its number in an answer"):
        base.search.number(named)


def test_an_id_that_two_stories_have_is_no_name(base: FactBase) -> None:
    base.apply(replace(STORY, info=StoryInfo("other", "Another")), by="test")
    with pytest.raises(NotKnownError, match="Several stories"):
        base.search.number("cost")
    assert base.search.number("F6") == (6, None)


def test_an_id_that_looks_like_a_number_is_an_id_first(base: FactBase) -> None:
    fact = replace(STORY.facts[0], id="f2")
    base.revisions.apply(Edit("bridge", facts=(fact,)), ANN, action="add")
    assert base.search.number("f2") == (4, None)
    assert base.search.number("F2") == (2, None)


def test_the_newest_facts_come_first_where_nothing_is_typed(base: FactBase) -> None:
    assert matches(base, "") == matches(base, " .") == ["cost", "safety", "closure"]
    assert matches(base, "", limit=2) == ["cost", "safety"]


def test_a_fact_with_most_of_the_words_comes_first_whichever_is_half_typed(base: FactBase) -> None:
    assert matches(base, "the cit") == ["closure"]
    assert matches(base, "safety repa") == ["cost", "safety"]
    assert matches(base, "comes first million")[0] == "safety"
    assert matches(base, "elephant") == []


def test_a_number_that_is_being_typed_comes_before_words(base: FactBase) -> None:
    assert matches(base, "F3@") == ["cost"]
    assert matches(base, "2") == ["safety", "cost"]  # its number; the other says 4.2 million


def test_only_what_may_be_chosen_is_found(base: FactBase) -> None:
    base.revisions.apply(Edit("bridge", retract=("cost",)), ANN)
    assert matches(base, "") == ["safety", "closure"]
    assert matches(base, "", retracted=True) == ["cost", "safety", "closure"]
    assert matches(base, "", kind="event") == ["closure"]
    assert matches(base, "F1", kind="quote") == []


@example("%")
@example("F999999999999999@")
@example("a_b")
@given(st.text(max_size=40))
def test_anything_may_be_typed(base: FactBase, typed: str) -> None:
    assert set(matches(base, typed)) <= {"cost", "safety", "closure"}


def test_a_story_that_is_not_there_is_refused_with_those_that_are(base: FactBase) -> None:
    with pytest.raises(NotKnownError, match=r'There is no story "tunnel"\. Stories here: bridge\.'):
        base.check_story("tunnel")
    with FactBase.memory() as empty, pytest.raises(NotKnownError, match="Import a story first"):
        empty.story("tunnel")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "base.db"


@given(st.lists(st.text(max_size=20), max_size=6))
def test_any_terms_are_safe(terms: list[str]) -> None:
    with FactBase.memory() as base:
        base.apply(DATED, by="ann")
        *others, crossing = base.search.facts_by_term([*terms, "crossing"], most=6)
        assert len(others) == len(terms)
        assert set().union(*others) <= set(range(1, 7))
        assert 1 in crossing


@pytest.mark.parametrize(
    "term", ['"', "NOT", "(", "a-b", "ads:now", "\0", "1.9", "50%", "@nasa", "what's up?", "—", "", "*", "^", "\ud800"]
)
def test_fts_signs_are_no_operators(term: str) -> None:
    with FactBase.memory() as base:
        base.apply(DATED, by="ann")
        assert having(base, term) in ((), (1,))
        assert having(base, term, "price")[-1:] == (6,)


def test_a_term_that_too_many_facts_hold_tells_none(path: Path) -> None:
    with FactBase.open(path) as base:
        base.apply(DATED, by="ann")
        (numbers,) = base.search.facts_by_term(["the"], most=100)
        assert len(numbers) > 1
        assert base.search.facts_by_term(["the", "crossing"], most=len(numbers) - 1)[0] == []


def test_whose_a_fact_is_follows_from_its_number(path: Path) -> None:
    other = replace(DATED, info=StoryInfo("other", "Another"))
    with FactBase.open(path) as base:
        assert (base.search.story_runs().count, base.search.story_runs().sizes) == (0, {})
        base.apply(without("cost"), by="ann")
        base.apply(other, by="ann")
        base.apply(DATED, by="ann")
        runs = base.search.story_runs()
        assert (runs.count, runs.sizes) == (12, {1: 6, 2: 6})
        assert runs.stories_of(np.arange(1, 13)).tolist() == [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 1]
        for story in ("bridge", "other"):
            records = base.facts(having(base, "crossing", "price", "storm", story=story))
            assert {record.story.id for record in records} == {story}
            assert {record.fact.id for record in records} >= {"cost", "storm"}
