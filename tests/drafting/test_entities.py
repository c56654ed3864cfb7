"""The entities of an article: each once, under its fullest name, with what else it is called and what is said of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.article import read_article
from bot.drafting.entities import EntityIndex
from bot.english.sentences import Entity

PIECES = [
    "Maria Lee",
    "Lee",
    "Mrs. Lee",
    "the Harbour Bank",
    "Harbour",
    "(HB)",
    "HB",
    "Senator",
    "Jo Kim",
    ", the mayor,",
    "said",
    "“Lee left Harbour”",
    ".",
    ",",
    "of",
    "and",
    "BBC",
]


def entities(text: str) -> dict[str, Entity]:
    return {entity.name: entity for entity in EntityIndex(read_article(text)).entities}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Maria Lee lives in Harbour. Lee came back.", {"Maria Lee": "person", "Harbour": "place"}),
        ("Mrs. Lee met Maria Lee.", {"Maria Lee": "person"}),
        ("They met Senator Lee.", {"Senator Lee": "person"}),
        ("Maria del Toro said so. They asked the Isle of Wight.", {"Maria del Toro": "person", "Isle of Wight": "place"}),
        ("They asked the Harbour Bank.", {"Harbour Bank": "organization"}),
        ("They asked the Ministry of Foreign Affairs.", {"Ministry of Foreign Affairs": "government"}),
        ("They asked the Harbour Gazette.", {"Harbour Gazette": "outlet"}),
    ],
)
def test_each_is_found_once_under_its_fullest_name(text: str, kinds: dict[str, str]) -> None:
    assert {name: entity.kind for name, entity in entities(text).items()} == kinds


@pytest.mark.parametrize(
    ("text", "name", "aliases"),
    [
        ("Maria Lee left. Lee came back.", "Maria Lee", {"Lee"}),
        ("Maria Lee left. Mrs. Lee came back.", "Maria Lee", {"Lee", "Mrs. Lee"}),
        ("The Harbour Water Board (HWB) met. They asked HWB.", "Harbour Water Board", {"HWB"}),
        ("The Harbour Water Board met. They asked HWB.", "Harbour Water Board", {"HWB"}),
        ("HWB (the Harbour Water Board) met. They asked HWB.", "Harbour Water Board", {"HWB"}),
        ("The Harbour Water Board met. HWB (Harbour Water Board) left.", "Harbour Water Board", {"HWB"}),
        ("Maria Lee, the mayor, left. They asked the mayor again.", "Maria Lee", {"Lee", "the mayor"}),
    ],
)
def test_what_else_one_is_called_is_an_alias(text: str, name: str, aliases: set[str]) -> None:
    assert set(entities(text)[name].aliases) == aliases


def test_a_role_that_two_have_is_no_name_of_either() -> None:
    named = entities("Maria Lee, a nurse, met Jo Kim, a nurse. They asked the nurse again.")
    assert not any("the nurse" in entity.aliases for entity in named.values())


def test_the_fullest_role_is_noted_with_its_paragraph() -> None:
    lee = entities("Mayor Maria Lee left.\n\nMaria Lee, the mayor of Harbour, came back.")["Maria Lee"]
    assert (lee.role, lee.role_paragraph, lee.paragraphs) == ("Mayor of Harbour", 2, [1, 2])


def test_a_title_tells_a_woman_from_a_man() -> None:
    named = entities("They met Mrs. Lee, Mr. Kim and Dr. Roe.")
    assert [named[name].woman for name in ("Mrs. Lee", "Mr. Kim", "Dr. Roe")] == [True, False, None]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map(" ".join))
def test_no_two_entities_of_any_text_have_one_name(text: str) -> None:
    known = EntityIndex(read_article(f"{text} was there.")).entities
    assert len({entity.name for entity in known}) == len(known)
    for entity in known:
        assert entity.name not in entity.aliases
        assert len(set(entity.aliases)) == len(entity.aliases)
        assert entity.paragraphs == sorted(entity.paragraphs)
