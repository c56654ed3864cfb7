"""Facts found by what they mean: those that share no word with a question, in a base that is too big to be held whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from bot.answers.answerer import Answerer
from bot.answers.finding import nearest as nearest_module
from bot.answers.finding.index import CANDIDATES, WHOLE
from bot.answers.finding.nearest import NearestFacts
from bot.answers.reader.encoder import FactVectors
from bot.answers.reader.reader import shipped_reader
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.models import Citation, Fact, Source, Story, StoryInfo
from bot.facts.vectors import WHOLE as BYTES
from bot.stories.load import load_story
from tests.support.paths import HARBOUR

MODEL = "model"


def _story(slug: str, count: int) -> Story:
    facts = tuple(
        Fact(id=f"fact-{number}", kind="claim", text=f"Parcel {number} weighed a lot.", citations=(Citation("log"),))
        for number in range(count)
    )
    return Story(StoryInfo(slug, slug), (Source(id="log", type="report", title="The log"),), (), facts)


def _row(place: int) -> bytes:
    row = np.zeros(BYTES, dtype=np.int8)
    row[place % BYTES], row[(place + 1) % BYTES] = 100, place // BYTES
    return row.tobytes()


def _towards(place: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    row = np.frombuffer(_row(place), dtype=np.int8).astype(np.float32)
    return row / np.float32(np.sqrt((row**2).sum()))


@pytest.fixture
def base() -> Iterator[FactBase]:
    with FactBase.memory() as base:
        for slug in ("first", "second"):
            base.apply(_story(slug, 60), by="test")
        base.vectors.write([(number, b"", _row(number) * 3) for number in range(1, 121)], MODEL)
        yield base


def test_the_nearest_live_facts_are_found_whatever_their_words(base: FactBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest_module, "_BLOCK", 32)
    nearest = NearestFacts(base, MODEL)
    assert [nearest.find(_towards(number), 1) for number in range(1, 121)] == [[number] for number in range(1, 121)]
    assert len(nearest) == 120
    assert set(nearest.find(_towards(7), 20, base.search.spans("second"))) <= set(range(61, 121))
    assert nearest.find(_towards(7), 500) == base.vectors.not_retracted(nearest.find(_towards(7), 500))
    base.apply(replace(_story("first", 60), facts=_story("first", 60).facts[:6]), by="test")
    assert 7 not in nearest.find(_towards(7), 20)


def test_facts_encoded_later_are_found_and_those_encoded_anew_only_by_their_new_vectors(
    base: FactBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearest_module, "_BLOCK", 32)
    for loads_first in (True, False):
        nearest = NearestFacts(base, MODEL)
        if loads_first:
            nearest.load()
        nearest.put([(5, _row(600)), (120, b"cut off")])
        assert nearest.find(_towards(600), 1) == [5]
        assert nearest.find(_towards(5), 1) != [5]
        nearest.put([(number, _row(number)) for number in range(1, 121)])
        assert (len(nearest), nearest.find(_towards(5), 1)) == (120, [5])


def test_memory_has_a_bound_and_the_newest_facts_are_held(base: FactBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest_module, "_BLOCK", 16)
    monkeypatch.setattr(nearest_module, "MOST_PACKED", 48)
    nearest = NearestFacts(base, MODEL)
    assert nearest.find(_towards(120), 1) == [120]
    assert nearest.find(_towards(1), 1) != [1]
    for number in range(1, 40):
        nearest.put([(number, _row(number))])
    assert len(nearest) <= 48
    assert nearest.find(_towards(39), 1) == [39]


def test_another_models_vectors_and_a_base_without_any_find_nothing(base: FactBase) -> None:
    assert NearestFacts(base, "another").find(_towards(1), 5) == []
    assert NearestFacts(base, MODEL).find(_towards(1), 5, []) == []


def test_a_fact_that_shares_no_word_with_the_question_is_read_in_a_big_base(lexicon: Lexicon) -> None:
    question = "How come nobody was able to drive over the river any more?"
    reader = shipped_reader()
    blank = FactVectors(np.tile(np.frombuffer(_row(1), dtype=np.int8), (3, 1))).to_bytes()
    with FactBase.memory() as base:
        story = load_story(HARBOUR)
        base.apply(_story("parcels", WHOLE), by="test")
        base.apply(story, by="test")
        base.vectors.write([(number, b"", blank) for number in range(1, WHOLE + 1)], reader.weights.version)
        answerer = Answerer(base, lexicon)
        before = answerer.ask(question, rank=CANDIDATES)
        answerer.encode(most=len(story.facts))
        after = answerer.ask(question, rank=CANDIDATES)
    assert "closure" not in [fact.record.fact.id for fact in before.ranking]
    assert "closure" in [fact.record.fact.id for fact in after.ranking[:3]]
    assert len(after.ranking) <= CANDIDATES
