"""The reader's corpus: large enough, split by whole stories, every label sound, and none of what the tests measure in it."""

from __future__ import annotations

import json
import shutil
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from bot.answers.finding.index import Indexes
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.stories.load import load_story
from data.reader.check import check_part
from data.reader.examples import find_span
from tests.support.paths import ROOT
from tests.support.slow import slow_but

CORPUS = ROOT / "data" / "reader" / "corpus"
AS_PEOPLE_ASK = ("train", "validation", "test")
PARTS = (*AS_PEOPLE_ASK, "adversarial")


def questions(part: str) -> list[dict[str, Any]]:
    files = sorted((CORPUS / part).glob("*.questions.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def test_whole_stories_are_split_and_none_is_what_the_tests_measure() -> None:
    stories = {part: {path.stem for path in (CORPUS / part).glob("*.yaml")} for part in PARTS}
    measured = {
        path.stem for path in chain((ROOT / "tests" / "stories").glob("*.yaml"), (ROOT / "data" / "stories").glob("*.yaml"))
    }
    every = [*chain(*stories.values())]
    assert len(every) == len(set(every)) >= 100
    assert len(stories["test"]) >= 10
    assert not measured & set(every)


def test_it_is_large_and_asks_as_people_do() -> None:
    rows = [row for part in AS_PEOPLE_ASK for row in questions(part)]
    answerable = [row for row in rows if row["expect"]]
    assert len(rows) >= 9_000
    assert len(answerable) / len(rows) <= 0.76
    assert sum(row["hard"] == "paraphrase" for row in rows) / len(rows) >= 0.38
    assert {row["type"] for row in rows} >= {"when", "who", "where", "howmuch", "why", "how", "which", "yesno", "list", "said"}
    assert sum(bool(row.get("after")) for row in rows) >= 500
    assert {row["short"] for row in rows if row["type"] == "yesno"} >= {"yes", "no"}


def test_a_question_is_asked_in_one_part_alone() -> None:
    train, test, adversarial = (
        {row["ask"].casefold() for row in questions(part) if len(row["ask"].split()) > 7}
        for part in ("train", "test", "adversarial")
    )
    assert not train & (test | adversarial)


def test_the_adversarial_part_is_of_pairs_that_one_thing_turns() -> None:
    """Both questions of a pair stand in one story, and what answers the one never answers the other as well."""
    stories = sorted((CORPUS / "adversarial").glob("*.questions.jsonl"))
    assert len(stories) == 10
    rows = questions("adversarial")
    assert len(rows) == 600
    assert 0.4 <= sum(row["type"] == "yesno" for row in rows) / len(rows) <= 0.6
    for story in stories:
        pairs: dict[int, list[dict[str, Any]]] = {}
        for line in story.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            pairs.setdefault(row["pair"], []).append(row)
        assert [*pairs] == [*range(1, 31)]
        for first, second in pairs.values():
            assert (first["expect"], first["short"]) != (second["expect"], second["short"]), (story.name, first["pair"])


def test_a_pair_that_is_no_pair_is_a_fault(tmp_path: Path, lexicon: Lexicon) -> None:
    for path in (CORPUS / "adversarial").glob("vormsaar-ice-road.*"):
        shutil.copy(path, tmp_path)
    file = tmp_path / "vormsaar-ice-road.questions.jsonl"
    first, second, *others = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    rows = [first | {"pair": "one"}, second, *others]
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    assert check_part(tmp_path, lexicon).faults == [
        "vormsaar-ice-road.yaml, pair one: 1 questions",
        "vormsaar-ice-road.yaml, pair 1: 1 questions",
        "vormsaar-ice-road.yaml, question 1: a pair is a whole number, not 'one'",
    ]


@pytest.mark.parametrize("part", ["adversarial", *slow_but("test", AS_PEOPLE_ASK)])
def test_every_label_is_sound(part: str, lexicon: Lexicon) -> None:
    result = check_part(CORPUS / part, lexicon)
    assert result.faults == []
    assert result.shared / result.hard["paraphrase"] < 0.15


def test_a_short_answer_stands_where_it_is_behind_letters_that_become_two(lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(load_story(CORPUS / "languages" / "train" / "de-parzelle-47.yaml"), by="test")
        lines = {document.record.fact.id: document.line for document in Indexes(base, lexicon).whole().documents}
    line = lines["verkauf"]
    start, end = find_span(line, "ein förderkreis", "who") or (0, 0)
    assert "ß" in line.line[:start]
    assert line.line[start:end] == "ein Förderkreis"
