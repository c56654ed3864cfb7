"""Finding the facts that hold a term, and whose they are."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts.base import FactBase
from bot.facts.models import StoryInfo
from tests.facts.dated_story import STORY, having, without


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "base.db"


@given(st.lists(st.text(max_size=20), max_size=6))
def test_any_terms_are_safe(terms: list[str]) -> None:
    with FactBase.memory() as base:
        base.apply(STORY, by="ann")
        *each, crossing = base.search.facts_with_each([*terms, "crossing"], most=6)
        assert len(each) == len(terms)
        assert set().union(*each) <= set(range(1, 7))
        assert 1 in crossing


@pytest.mark.parametrize(
    "term", ['"', "NOT", "(", "a-b", "ads:now", "\0", "1.9", "50%", "@nasa", "what's up?", "—", "", "*", "^", "\ud800"]
)
def test_fts_signs_are_no_operators(term: str) -> None:
    with FactBase.memory() as base:
        base.apply(STORY, by="ann")
        assert having(base, term) in ((), (1,))
        assert having(base, term, "price")[-1:] == (6,)


def test_a_term_that_too_many_facts_hold_tells_none(path: Path) -> None:
    with FactBase.open(path) as base:
        base.apply(STORY, by="ann")
        (found,) = base.search.facts_with_each(["the"], most=100)
        assert len(found) > 1
        assert base.search.facts_with_each(["the", "crossing"], most=len(found) - 1)[0] == []


def test_whose_a_fact_is_follows_from_its_number(path: Path) -> None:
    other = replace(STORY, info=StoryInfo("other", "Another"))
    with FactBase.open(path) as base:
        assert (base.search.story_runs().count, base.search.story_runs().sizes) == (0, {})
        base.apply(without("cost"), by="ann")
        base.apply(other, by="ann")
        base.apply(STORY, by="ann")
        runs = base.search.story_runs()
        assert (runs.count, runs.sizes) == (12, {1: 6, 2: 6})
        assert runs.stories_of(np.arange(1, 13)).tolist() == [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 1]
        for story in ("bridge", "other"):
            records = base.facts(having(base, "crossing", "price", "storm", story=story))
            assert {record.story.id for record in records} == {story}
            assert {record.fact.id for record in records} >= {"cost", "storm"}


def test_the_runs_of_an_older_base_are_found(path: Path) -> None:
    with FactBase.open(path) as base:
        base.apply(STORY, by="ann")
        base.apply(replace(STORY, info=StoryInfo("other", "Another")), by="ann")
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("DROP TRIGGER fact_begins_run")
        raw.execute("DROP TABLE story_run")
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = 'runs-of-stories'")
    with FactBase.open(path) as base:
        assert base.search.story_runs().stories_of(np.array([1, 6, 7, 12])).tolist() == [1, 1, 2, 2]
