"""Questions that were not asked before, so that no remembered answer helps: recorded ones, each time in other words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain, islice, product
from pathlib import Path

from tests.support.paths import ROOT, TESTS

_BEFORE = ("", "hey, ", "so ", "please: ", "quick one: ", "tell me, ", "hi! ", "ok ", "sorry, ", "hello, ", "anyone? ", "well, ")
_AFTER = ("", " thanks", " pls", " cheers", " thx", " :)", " please", " !!", " thank you", " ty")
_OWN = 3  # questions of the story that is asked, for each of another


def wordings(questions: tuple[str, ...]) -> Iterator[str]:
    """Return all questions, each time in other words."""
    return chain.from_iterable(
        (f"{before}{question}{after}" for question in questions) for after, before in product(_AFTER, _BEFORE)
    )


def new_questions(story: Path) -> Iterator[str]:
    """Yield questions that are all different: most of those recorded with a story, in ever other words, some of other stories."""
    own = story.with_suffix(".questions.jsonl")
    files = [
        *sorted((TESTS / "stories").glob("*.questions.jsonl")),
        *sorted((ROOT / "data/reader/corpus").rglob("*.questions.jsonl")),
    ]
    mine, others = wordings(_asked(own)), chain.from_iterable(map(_asked, (path for path in files if path != own)))
    seen: set[str] = set()
    for another in others:
        for question in (*islice(mine, _OWN), another):
            if question not in seen:
                seen.add(question)
                yield question


def _asked(path: Path) -> tuple[str, ...]:
    return tuple(json.loads(line)["ask"] for line in path.read_text(encoding="utf-8").splitlines())
