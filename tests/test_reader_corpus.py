"""The reader's corpus: large enough, split by whole stories, every label sound, and none of what the tests measure in it."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from itertools import chain
from types import ModuleType
from typing import Any

import pytest

from bot.english.lexicon import Lexicon
from bot.resources import lexicon_file
from tests.support.paths import ROOT
from tests.support.slow import slow_but

CORPUS = ROOT / "data" / "reader" / "corpus"
PARTS = ("train", "validation", "test")


@pytest.fixture(scope="module")
def check() -> ModuleType:
    sys.path.insert(0, str(ROOT / "data" / "reader"))
    try:
        return import_module("check")
    finally:
        sys.path.pop(0)


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
    rows = [row for part in PARTS for row in questions(part)]
    answerable = [row for row in rows if row["expect"]]
    assert len(rows) >= 9_000
    assert len(answerable) / len(rows) <= 0.76
    assert sum(row["hard"] == "paraphrase" for row in rows) / len(rows) >= 0.38
    assert {row["type"] for row in rows} >= {"when", "who", "where", "howmuch", "why", "how", "which", "yesno", "list", "said"}
    assert sum(bool(row.get("after")) for row in rows) >= 500
    assert {row["short"] for row in rows if row["type"] == "yesno"} >= {"yes", "no"}


def test_a_question_is_asked_in_one_part_alone() -> None:
    train, test = (
        {row["ask"].casefold() for row in questions(part) if len(row["ask"].split()) > 7} for part in ("train", "test")
    )
    assert not train & test


@pytest.mark.parametrize("part", slow_but("test", PARTS))
def test_every_label_is_sound(part: str, check: ModuleType) -> None:
    found = check.check_part(CORPUS / part, Lexicon(lexicon_file()))
    assert found.faults == []
    assert found.shared / found.hard["paraphrase"] < 0.15
