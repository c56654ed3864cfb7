"""Words of other languages than English: their stems, and that facts of a story are searched by those of its language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.facts.base import FactBase
from bot.facts.dates import parse_date
from bot.facts.files import connect
from bot.facts.models import Actor, Citation, Fact, Source, Story, StoryInfo
from bot.facts.soundness import look_for_faults
from bot.facts.stems import searched_stems, stems

CITED = (Citation("bote"),)
STORY = Story(
    info=StoryInfo("hafen", "Die Hafenbrücke", language="de-CH"),
    sources=(Source("bote", "article-newspaper", "Die Brücke ist zu"),),
    actors=(Actor("huber", "Franziska Huber", "person"),),
    facts=(
        Fact("sperrung", "event", "Die Stadt sperrte beide Häuser.", CITED, date=parse_date("2021-03-03"), who=("huber",)),
        Fact("kosten", "claim", "Die Reparatur kostet viel.", CITED, asked_as=("Welche Preise?",)),
    ),
)


@pytest.fixture
def base() -> Iterator[FactBase]:
    with FactBase.memory() as base:
        base.apply(STORY, by="tester")
        yield base


def having(base: FactBase, word: str, language: str = "de") -> list[int]:
    """Return the facts that have the stem of a word."""
    return sorted(set().union(*base.search.facts_by_stem(stems(word, language), most=100)))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "Verhaftungen", "verhaftet"),
        ("es", "detenciones", "detención"),
        ("fr", "l'arrêtèrent", "arrêtés"),
        ("pt", "detidos", "detida"),
        ("it", "arrestati", "arrestare"),
        ("pl", "burmistrza", "burmistrz"),
        ("ru", "города", "городом"),
        ("tr", "KÖPRÜLER", "köprü"),
        ("tr", "IŞIK İLE", "ışık"),
        ("ar", "الجسر", "جسر"),
        ("hi", "चुनावों", "चुनाव"),
        ("ja", "市長は", "市長が"),
        ("ko", "시장이", "시장은"),
    ],
)
def test_two_forms_of_a_word_share_a_stem_in_their_language(language: str, one: str, other: str) -> None:
    assert not set(stems(one, language)).isdisjoint(stems(other, language))


def test_words_that_are_not_parted_come_in_pieces_and_figures_whole() -> None:
    assert stems("2021年3月、市長はＩＢＭを", "ja") == ("2021", "年", "3", "月", "市長", "長は", "ibm", "を")


def test_a_language_without_a_stemmer_keeps_its_words() -> None:
    assert stems("Мера міста, 2021", "uk") == ("мера", "міста", "2021")


def test_a_fact_in_english_has_no_stems_of_its_own(base: FactBase) -> None:
    record = base.all_facts()[0]
    assert "haus" in (searched_stems(record) or "").split()
    assert searched_stems(replace(record, story=replace(record.story, language="en-GB"))) is None


@pytest.mark.parametrize(
    ("word", "numbers"), [("Haus", [1]), ("Städte", [1]), ("März", [1]), ("Preis", [2]), ("Huber", [1]), ("Hund", [])]
)
def test_a_fact_is_found_by_other_forms_of_its_words(base: FactBase, word: str, numbers: list[int]) -> None:
    assert having(base, word) == numbers


def test_a_changed_fact_is_found_by_its_new_words_alone(base: FactBase) -> None:
    base.apply(replace(STORY, facts=(replace(STORY.facts[0], text="Ein Hund bellte."), STORY.facts[1])), by="tester")
    assert having(base, "Hunde") == [1]
    assert having(base, "Haus") == []


def test_a_fact_is_found_by_the_new_name_of_its_actor(base: FactBase) -> None:
    base.apply(replace(STORY, actors=(Actor("huber", "Franziska Meier", "person", aliases=("die Ärzte",)),)), by="tester")
    assert [having(base, word) for word in ("Meiers", "Arzt", "Huber")] == [[1], [1], []]


def test_a_story_in_another_language_is_searched_by_the_stems_of_that(base: FactBase) -> None:
    assert base.search.languages() == base.search.languages("hafen") == ("de",)
    base.apply(replace(STORY, info=replace(STORY.info, language="en")), by="tester")
    assert (having(base, "Haus"), base.search.languages()) == ([], ())
    base.apply(replace(STORY, info=replace(STORY.info, language="de")), by="tester")
    assert having(base, "Haus") == [1]


@pytest.mark.parametrize(("typed", "ids"), [("haus", ["sperrung"]), ("preis", ["kosten"]), ("Häus", ["sperrung"]), ("hunde", [])])
def test_what_is_typed_finds_facts_by_any_form_of_a_word(base: FactBase, typed: str, ids: list[str]) -> None:
    assert [record.fact.id for record in base.search.complete(typed)] == ids


def test_the_index_of_such_a_base_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "base.db"
    with FactBase.open(path) as base:
        base.apply(STORY, by="tester")
    with closing(connect(path)) as raw:
        assert look_for_faults(raw).sound
