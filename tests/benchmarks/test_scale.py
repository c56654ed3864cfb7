from __future__ import annotations

import gc
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.answers.answerer import Answerer
from bot.answers.reader.reader import Reader
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.connection import Connections
from bot.resources import lexicon_file, reader_folder
from bot.stories.load import load_story
from data.benchmarks.big_base import Sizes, big_base
from data.benchmarks.made import Maker, questions_about
from data.benchmarks.scale import Patient, main
from data.benchmarks.scale_new import NetworkClock, forget
from data.benchmarks.scale_typing import typed_names
from tests.support.paths import HARBOUR


@pytest.fixture(scope="module")
def maker() -> Maker:
    return Maker(lexicon_file(), seed=1)


@pytest.mark.slow
def test_the_table_has_each_measure(tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(
        '{"ask": "When was the bridge closed?", "expect": ["closure"]}\n{"ask": "Who won the cup?", "expect": []}\n'
    )
    sizes = {"--facts": 40, "--actors": 8, "--made": 2, "--cold": 2, "--asked": 3, "--rounds": 1}
    arguments = [word for name, size in sizes.items() for word in (name, str(size))]
    arguments += ["--story", str(HARBOUR), "--questions", str(questions), "--folder", str(tmp_path / "made")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    for measure in (
        "story's questions, warm, p99",
        "story's questions: given up at the deadline",
        "both kinds, cold, p99",
        "hit@1, buried |",
        "autocomplete, p99",
        "at rest, MB",
    ):
        assert measure in result.output


def test_a_question_that_is_given_up_is_counted_and_not_answered(maker: Maker) -> None:
    lexicon = Lexicon(lexicon_file())
    counts = []
    for deadline in (60.0, 0.0):
        with FactBase(Connections.in_memory(), deadline=deadline) as base:
            base.apply(maker.story(0, 3000, 30), by="test")
            patient = Patient(Answerer(base, lexicon))
            assert patient.ask("who said that the president is in the house").question
            counts.append((patient.asked, patient.given_up))
    lexicon.close()
    assert counts == [(1, 0), (1, 1)]


@pytest.mark.parametrize("big", [False, True])
def test_a_question_is_new_again_once_what_was_asked_is_forgotten(big: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if big:
        monkeypatch.setattr("bot.answers.finding.index.WHOLE", 3)
    reader = Reader(reader_folder())
    clock, taken = NetworkClock(reader), []
    with FactBase.memory() as base, closing(Lexicon(lexicon_file())) as lexicon:
        base.apply(load_story(HARBOUR), by="test")
        answerer = Answerer(base, lexicon, reader)
        answerer.encode()
        for _ in range(3):
            before = clock.milliseconds
            answerer.ask("When was the bridge closed?")
            taken.append(clock.milliseconds - before)
            gc.freeze()  # what the benchmark does once it is warm keeps what is held from being collected
            forget(answerer, reader)
    gc.unfreeze()
    assert all(taken)


def test_a_big_base_is_made_once_and_holds_what_was_asked_for_and_the_story(tmp_path: Path) -> None:
    said: list[str] = []
    big = big_base(tmp_path, Sizes(30, 6, 30), HARBOUR, said.append)
    assert big_base(tmp_path, Sizes(30, 6, 30), HARBOUR, said.append) == big
    assert len(said) == 1
    with FactBase.open(big.library) as base:
        assert {story.id for story in base.stories()} == {"harbour-bridge", "made-0"}
        assert base.count("made-0") == 30
        assert len(base.actors("made-0")) == 6


def test_a_big_base_of_sentences_has_the_same_ones_each_behind_the_one_before_it(tmp_path: Path, maker: Maker) -> None:
    big = big_base(tmp_path, Sizes(30, 6, 30, passages=True), HARBOUR, print)
    with FactBase.open(big.library) as base:
        facts = base.story("made-0").facts
        assert base.count_reviewed("made-0") == 0
    assert {fact.kind for fact in facts} == {"passage"}
    assert [fact.text for fact in facts] == [fact.text for fact in maker.story(0, 30, 6).facts]
    assert [fact.context for fact in facts] == [None, *(fact.text for fact in facts[:-1])]


def test_the_same_seed_makes_the_same_story_and_sizes_add_up(maker: Maker) -> None:
    assert maker.story(3, 20, 5) == Maker(lexicon_file(), seed=1).story(3, 20, 5)
    assert maker.story(3, 20, 5) != maker.story(4, 20, 5)
    stories = list(maker.stories(5001, 7, 5000))
    assert [len(story.facts) for story in stories] == [2500, 2501]
    assert sum(len(story.actors) for story in stories) == 7


def test_words_are_as_common_as_in_english_and_ids_differ(maker: Maker) -> None:
    facts = maker.story(0, 1000, 10).facts
    assert len({fact.id for fact in facts}) == 1000
    words = [word for fact in facts for word in fact.text.rstrip(".").lower().split()]
    assert 0.03 < words.count("the") / len(words) < 0.09
    assert all(8 <= len(fact.text.split()) <= 25 for fact in facts)


def test_questions_and_typed_names_are_about_what_is_there(maker: Maker) -> None:
    with FactBase.memory() as base:
        base.apply(maker.story(0, 10, 3), by="test")
        records = list(base.all_facts())
    assert len(questions_about(records, 1)) == 10
    assert questions_about(records, 1) == questions_about(records, 1)
    typed = typed_names(["Tora Zemal", "Kila Brano", "Mira Dosta", "Sena Velor"])
    assert "Tora Zemal".startswith(typed[0])
    assert typed[1:3] == ["brano", "Mira Dosta"]
    assert sorted(typed[3]) == sorted("Sena Velor")
