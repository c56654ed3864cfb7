from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.models import Citation, Fact, Source, Story, StoryInfo
from data.benchmarks.buried import buried_stories, main, names_its_story, other_stories
from tests.support.paths import TESTS


def test_others_are_real_as_far_as_wanted_and_made_beyond() -> None:
    ids = [story.info.id for story in other_stories(TESTS / "stories", 5, 2)]
    assert [id_.startswith("made-") for id_ in ids] == [True, True, True, False, False]
    assert len(list(other_stories(TESTS / "stories", 1, 9))) == 1


def test_so_many_questions_are_taken_from_all_of_a_story() -> None:
    (whole,) = buried_stories(TESTS / "stories", 1, 10_000)
    (some,) = buried_stories(TESTS / "stories", 1, 10)
    assert len(some.cases) == 10
    assert whole.cases.index(some.cases[-1]) > 0.8 * len(whole.cases)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("what did the ferry hit", True),
        ("who lost the ballots", False),  # another story has these
        ("who resigned that night", False),
        ("who was it", False),
        ("what did the zeppelin carry", False),  # no story has one
    ],
)
def test_a_question_names_its_story_by_a_word_that_hardly_any_other_has(question: str, names: bool, lexicon: Lexicon) -> None:
    log = Source(id="log", type="report", title="Log")
    texts = {"ferry": "The ferry hit a rock; the captain resigned that night.", "vote": "The clerk lost the ballots."}
    others = {f"other-{number}": "The mayor resigned that night." for number in range(4)}
    with FactBase.memory() as base:
        for name, text in (texts | others).items():
            fact = Fact(id="only", kind="claim", text=text, citations=(Citation("log"),))
            base.apply(Story(StoryInfo(name, name.title()), (log,), (), (fact,)), by="test")
        assert names_its_story(question, "ferry", base, lexicon) is names


@pytest.mark.slow
def test_the_table_has_each_measure_and_the_base_is_made_once(tmp_path: Path) -> None:
    arguments = ["--folder", str(tmp_path), "--stories", "1", "--others", "1", "--real", "0", "--made", "2", "--questions", "8"]
    results = [CliRunner().invoke(main, arguments) for _ in range(2)]
    for result in results:
        assert result.exit_code == 0, result.output
        for measure in (
            "right fact first",
            "F1 of answering",
            "left alone",
            "by words",
            "and by meaning",
            "name something",
            "name nothing",
            "named beside",
        ):
            assert measure in result.output
    assert len(list(tmp_path.glob("*.db"))) == 1
