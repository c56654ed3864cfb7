"""Forms: kept as typed, and filled in with a fact that reads back as the same fact."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.editing.draft import Draft, NewSource, citation_words
from bot.editing.draft_reading import read_draft
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.models import Citation
from bot.service.session import Session
from bot.stories.load import load_story
from tests.support.paths import MEASURED, SHIPPED
from tests.support.slow import slow


@pytest.mark.parametrize("path", [*SHIPPED, *slow(MEASURED)], ids=lambda path: path.stem)
def test_the_form_of_every_fact_reads_back_as_the_same_fact(path: Path, lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(load_story(path), by="test")
        editorial = Session(base, lexicon, reply_days=1).editorial
        known = editorial._known(load_story(path).info.id)
        for record in base.all_facts():
            assert read_draft(Draft.of(record), known, fact_id=record.fact.id).facts == (record.fact,)


def test_what_was_typed_comes_back_from_its_text() -> None:
    full = Draft(
        "quote", "harbour-bridge", "“Ünï” \n x", ("lee",), "3 march", "", "by radio", ("bridge",), "closure", "gazette#4\nradio",
        NewSource("A title", "webpage", "P", "2021", "https://example.org", ""), ("Why?", "What for?"), "a reason", 3, 2, 5, 7,
    )  # fmt: skip
    assert Draft.decode(full.encode()) == full
    empty = Draft("event", "harbour-bridge")
    assert Draft.decode(empty.encode()) == empty
    assert "reason" not in empty.encode()


def test_a_draft_of_another_version_is_read_as_far_as_it_goes() -> None:
    text = '{"kind": "claim", "story": "s", "colour": "red", "new_source": {"title": "T", "shape": "round"}}'
    assert Draft.decode(text) == Draft("claim", "s", new_source=NewSource("T"))


@pytest.mark.parametrize(
    ("citation", "words"),
    [
        (Citation("gazette"), "gazette"),
        (Citation("gazette", "paragraph", "4"), "gazette#4"),
        (Citation("gazette", "page", "12"), "gazette page 12"),
    ],
)
def test_a_citation_is_written_as_a_form_has_it(citation: Citation, words: str) -> None:
    assert citation_words(citation) == words


def test_a_rebased_draft_keeps_what_each_changed() -> None:
    seen = Draft("event", "s", text="a", date="2017", where="x", fact=3, seen=1)
    mine, theirs = replace(seen, text="b", reason="r"), replace(seen, date="2018", where="y", seen=2)
    assert mine.rebased(seen, theirs) == replace(mine, date="2018", where="y", seen=2)
    both = replace(theirs, text="c")
    assert mine.rebased(seen, both).text == "b"
