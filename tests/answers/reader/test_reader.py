"""The reader's files, the vectors that it makes and where they are kept."""

from __future__ import annotations

import re
import shutil
import sqlite3
import zlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from weakref import ref

import numpy as np
import pytest

from bot.answers.answerer import Answerer
from bot.answers.finding.documents import FactText
from bot.answers.finding.index import Indexes
from bot.answers.reader import reader as reader_module
from bot.answers.reader.encoder import (
    ADAPTER,
    ENCODER,
    MAX_BEFORE_TOKENS,
    NUMBERS,
    SECOND,
    SECOND_TOKENIZER,
    SIZE,
    TOKENIZER,
    FactVectors,
    load_weights,
)
from bot.answers.reader.lookup import sift
from bot.answers.reader.reader import Reader, VectorCache, VectorStock, shipped_reader
from bot.cache_budget import BUDGET
from bot.english.lexicon import Lexicon
from bot.errors import SetupError
from bot.facts.base import FactBase
from bot.facts.models import Story
from bot.resources import reader_folder, stories_folder
from bot.stories.load import load_story
from tests.answers.articles import WIRE, coverage
from tests.support.networks import RememberedSession, StoredOutputs
from tests.support.paths import HARBOUR


@pytest.fixture
def story() -> Story:
    return load_story(HARBOUR)


@pytest.mark.parametrize("name", [NUMBERS, TOKENIZER, SECOND_TOKENIZER, ADAPTER])
def test_a_damaged_file_is_refused_with_a_sentence(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "reader"
    folder.mkdir()
    for path in reader_folder().iterdir():
        (folder / path.name).symlink_to(path.resolve())
    damaged = folder / name
    content = damaged.read_bytes()
    damaged.unlink()
    damaged.write_bytes(content[:-3])
    with pytest.raises(SetupError, match="Install Footnote again"):
        load_weights(folder)


@pytest.mark.parametrize("missing", [NUMBERS, ENCODER, SECOND])
def test_a_missing_file_is_refused_with_a_sentence(missing: str, tmp_path: Path) -> None:
    for path in reader_folder().iterdir():
        if path.name != missing:
            (tmp_path / path.name).symlink_to(path.resolve())
    with pytest.raises(SetupError, match=rf"{re.escape(missing)} is missing or damaged"):
        load_weights(tmp_path)


def test_the_weights_fit_into_a_wheel() -> None:
    packed = sum(len(zlib.compress(path.read_bytes(), 6)) for path in reader_folder().iterdir())
    assert packed < 98.7e6  # of the 104.8 that a file may have at the Python Package Index; all else in the wheel takes 6


def test_the_same_text_has_the_same_vectors_stored_and_read_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RememberedSession, "remembers", False)
    encoder = shipped_reader().encoder
    text = FactText("event: The bridge was shut.; topic: closure", ())
    one, other = (encoder.fact(text) for _ in range(2))
    assert np.array_equal(one.rows, other.rows)
    stored = FactVectors.from_bytes(one.to_bytes())
    assert np.array_equal(stored.rows, one.rows)
    assert np.array_equal(stored.second, one.second)
    sizes = encoder.fact_rows(text)
    assert (one.rows.shape, one.second.shape) == ((sizes[0], SIZE), (sizes[1], SIZE))
    assert sizes[0] == len(encoder.fact_offsets(text)) + 1


def test_what_tests_remember_of_a_network_is_what_it_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = np.array([[2, 7, 9, 3]], dtype=np.int64)
    values = {"ids": ids, "mask": np.ones_like(ids)}
    weights = load_weights(reader_folder())
    with closing(StoredOutputs(tmp_path / "outputs.db")) as stored:
        first, session = (RememberedSession(weights, ENCODER, stored=stored) for _ in range(2))
        anew = first._session.run(None, values)
        for remembered in (first, first, session):  # which takes it from memory, then from the file
            assert all(np.array_equal(*pair) for pair in zip(remembered.run(None, values), anew, strict=True))
        monkeypatch.setattr(session._session, "run", None)
        with pytest.raises(TypeError):
            session.run(None, values | {"ids": ids + 1})
        assert session.run(None, values)


def test_a_text_of_any_length_is_read() -> None:
    encoder = shipped_reader().encoder
    assert len(encoder.question("why " * 400).tokens) == 64
    assert len(encoder.question("?").tokens) > 0
    longest = encoder.fact(FactText("word " * 4000, ()))
    assert (len(longest.rows), len(longest.second)) == (129, 129)
    assert FactVectors.from_bytes(longest.to_bytes()).rows.shape == longest.rows.shape


def test_what_stood_before_a_passage_is_read_and_not_kept() -> None:
    encoder, before = shipped_reader().encoder, "The bridge was closed by Mayor Lee."
    alone, behind = (FactText("claim: the source claims: She was booed.", (), text) for text in ("", before))
    assert encoder.fact(alone).rows.shape[0] - encoder.fact(behind).rows.shape[0] == 2  # what frames a text
    assert [alone.line[slice(*offset)] for offset in encoder.fact_offsets(behind)] == [
        alone.line[slice(*offset)] for offset in encoder.fact_offsets(alone)[1:-1]
    ]
    assert not np.array_equal(encoder.fact(behind).rows[1:], encoder.fact(alone).rows[2:-1])
    far = replace(behind, before="word " * 4000 + before)
    assert encoder.fact(far).rows.shape == encoder.fact(behind).rows.shape


def test_vectors_stay_in_the_base_and_are_made_anew_where_the_fact_changes(
    story: Story, lexicon: Lexicon, tmp_path: Path
) -> None:
    with FactBase.open(tmp_path / "base.db") as base:
        base.apply(story, by="test")
        documents = Indexes(base, lexicon).whole().documents
        reader = Reader(reader_folder())
        assert VectorStock(base, reader).make(documents) == len(documents)
        # another process finds them there
        other = VectorStock(base, Reader(reader_folder()))
        assert None not in other.of(documents)
        assert other.make(documents) == 0
        # what is read of one fact is another now
        actors = tuple(replace(actor, role="Former mayor") if actor.id == "lee" else actor for actor in story.actors)
        base.apply(replace(story, actors=actors), by="test")
        again = Indexes(base, lexicon).whole().documents
        unread = VectorStock(base, Reader(reader_folder())).of(again).count(None)
        assert 0 < unread == sum("Former mayor" in document.line.line for document in again)


def test_the_vectors_of_a_sentence_are_made_anew_where_the_one_before_it_changes(lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(coverage(WIRE), by="test")
        answerer = Answerer(base, lexicon, Reader(reader_folder()))
        answerer.encode()
        base.apply(coverage(WIRE.replace("promised a ferry", "promised two ferries")), by="test")
        assert answerer.unread() == answerer.encode() == 2  # the sentence, and the one behind it
        assert answerer.unread() == 0


def test_vectors_of_another_reader_are_made_anew_and_none_of_them_is_left(story: Story, lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(story, by="test")
        facts = [(document.number, document.digest) for document in Indexes(base, lexicon).whole().documents]
        base.vectors.write([(number, digest, b"\x01" * SIZE * 9) for number, digest in facts], "older")
        answerer = Answerer(base, lexicon, Reader(reader_folder()))
        assert answerer.unread() == answerer.encode() == len(facts)
        assert base.vectors.of([number for number, _ in facts], "older") == {}
        assert len(base.vectors.stored(facts, shipped_reader().weights.version)) == len(facts)


@pytest.mark.parametrize(
    "before", [" ", "Der Bürgermeister sprach über die Brücke.", "東京の市長が話した。", "x" * 6_000, "a b " * 1_500]
)
def test_whatever_stood_before_a_sentence_its_own_words_are_read(before: str) -> None:
    encoder, line = shipped_reader().encoder, "claim: the source claims: She was booed."
    behind, alone = encoder.fact(FactText(line, (), before)), encoder.fact(FactText(line, ()))
    assert (len(behind.rows), len(behind.second)) == (len(alone.rows) - 2, len(alone.second) - 2)
    offsets = encoder.fact_offsets(FactText(line, (), before))
    assert (line[: offsets[0][1]], line[slice(*offsets[-1])]) == ("claim", ".")
    assert len(encoder.first.fact_tokens(FactText(line, (), before)).ids) <= len(offsets) + MAX_BEFORE_TOKENS + 2


@pytest.mark.parametrize("left", [b"", b"\x01" * SIZE, b"\x01" * (2 * SIZE + 1), b"\x01" * (4 * SIZE)])
def test_vectors_that_are_cut_off_are_made_anew(left: bytes, story: Story, lexicon: Lexicon, tmp_path: Path) -> None:
    path = tmp_path / "base.db"
    for unread in (len(story.facts), 2):
        with FactBase.open(path) as base:
            base.apply(story, by="test")
            answerer = Answerer(base, lexicon, Reader(reader_folder()))
            assert (answerer.unread(), answerer.encode(), answerer.unread()) == (unread, unread, 0)
            assert answerer.ask("when was the bridge closed").short == "3 March 2021"
        with closing(sqlite3.connect(path, isolation_level=None)) as raw:
            raw.execute("UPDATE fact_vector SET vectors = ? WHERE fact_id IN (1, 2)", (left,))


def test_no_more_facts_are_held_in_memory_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(reader_folder())
    monkeypatch.setattr(BUDGET, "most", 1_500)  # room for two facts
    rows = np.zeros((2, SIZE), dtype=np.int8)
    for digest in (b"one", b"two", b"three"):
        reader.hold(digest, FactVectors(rows, rows[:0]))
        reader.held(b"one")
    assert [digest for digest in (b"one", b"two", b"three") if reader.held(digest)] == [b"one", b"three"]
    assert BUDGET.size <= 1_500


def test_no_more_questions_are_held_in_memory_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_module, "HELD_QUESTIONS", 30_000)
    reader = Reader(reader_folder())
    for number in range(20):
        assert reader.question(f"what happened on day {number}").size > 0
    again = reader.question("what happened on day 19")
    assert reader.question("what happened on day 19") is again
    assert 0 < reader._question_budget.size <= 30_000
    assert len(reader._questions) == len(reader._question_budget) < 20


def test_the_vectors_by_which_a_big_base_is_searched_are_let_go_and_read_again(story: Story, lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(story, by="test")
        stock = VectorStock(base, Reader(reader_folder()))
        stock.make(Indexes(base, lexicon).whole().documents)
        question = stock.reader.question("when was the bridge closed").whole
        near = stock.nearest.find(question, 5)
        first = ref(stock.nearest)
        assert stock.nearest is first()
        BUDGET.release_idle(0)
        assert first() is None
        assert stock.nearest.find(question, 5) == near != []


def test_without_the_vectors_that_ship_those_of_their_stories_are_made(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_module, "SHIPPED", "no-such.vectors")
    with FactBase.memory() as base:
        base.apply(load_story(min(stories_folder().glob("*.yaml"))), by="test")
        assert Answerer(base, lexicon, Reader(reader_folder())).unread() == base.count()


def test_a_base_without_vectors_answers_from_those_facts_that_the_question_needs(story: Story, lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(story, by="test")
        answer = Answerer(base, lexicon, Reader(reader_folder())).ask("when was the bridge closed")
        assert answer.facts
        assert answer.facts[0].record.fact.id == "closure"
        assert answer.short == "3 March 2021"


def test_the_facts_of_the_shipped_story_come_encoded(lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        for path in sorted(stories_folder().glob("*.yaml")):
            base.apply(load_story(path), by="test")
        assert Answerer(base, lexicon, Reader(reader_folder())).unread() == 0


def test_a_story_file_is_encoded_once_for_all_commands(story: Story, lexicon: Lexicon, tmp_path: Path) -> None:
    cache = tmp_path / "cache" / "vectors.db"
    for unread in (len(story.facts), 0):
        reader = Reader(reader_folder())
        reader.cache = VectorCache(cache)
        with FactBase.memory() as base:
            base.apply(story, by="test")
            answerer = Answerer(base, lexicon, reader)
            assert answerer.unread() == unread
            answerer.encode()
    assert story.facts[0].text.encode() not in cache.read_bytes()


def test_a_cache_that_cannot_be_used_costs_time_alone(tmp_path: Path) -> None:
    (tmp_path / "vectors.db").write_bytes(b"no database at all, but long enough to look at" * 40)
    cache = VectorCache(tmp_path / "vectors.db")
    cache.write([(b"digest", b"vectors")], "model")
    assert cache.read([b"digest"], "model") == {}
    shutil.rmtree(tmp_path)


def test_facts_that_are_not_encoded_leave_room_for_the_nearest() -> None:
    reader = shipped_reader()
    lines = {number: f"claim: Parcel {number} weighed a lot." for number in range(40, 60)} | {
        77: "event: The bridge was shut to cars."
    }
    stored = {number: reader.encoder.fact(FactText(line, ())).to_bytes() for number, line in lines.items()}
    numbers = sift(reader.question("why could nobody drive over the river"), range(32), stored, reader.weights, 20)
    assert len(numbers) == 20
    assert numbers[:8] == list(range(8))
    assert next(number for number in numbers if number in stored) == 77
    assert sift(reader.question("why"), range(32), {}, reader.weights, 20) == list(range(20))
    assert sift(reader.question("why"), [1], {1: b"cut off"}, reader.weights, 20) == [1]
