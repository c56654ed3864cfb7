"""Quotations that are recorded as claims: what somebody asserts, told by whoever reported it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot.checking import checker
from bot.checking.checker import CheckRequest, TextChecker
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.presentation.verdicts import describe
from bot.stories.load import read_story
from tests.checking.stories import text_checker

STORY = """
story: {id: harbour, title: The harbour strike}
sources:
  post: {type: article-newspaper, title: The strike goes on, publisher: Evening Post, author: [Ida Holm], published: 2021-03-10}
actors:
  choi: {name: Hana Choi, kind: person}
  peikin: {name: Lev Peikin, kind: person}
quotes:
  cranes: {by: choi, cite: post, text: The cranes will move again before Easter.}
claims:
  offers: {by: choi, cite: post, text: The union had refused three offers of higher pay.}
  docks: {cite: post, text: Four of the nine docks were empty on Monday.}
  silent: {cite: post, text: Choi and Peikin have not said whether the cranes will move again.}
"""
AS_CLAIM = "The record tells what was claimed, and may not tell it in the speaker's own words."


@pytest.fixture
def harbour(lexicon: Lexicon) -> Iterator[TextChecker]:
    with FactBase.memory() as base:
        base.apply(read_story(STORY, "harbour.yaml"), by="test")
        yield text_checker(base, lexicon, date(2021, 4, 1))


@pytest.mark.parametrize("held", [1500, 1], ids=["held", "looked up"])
@pytest.mark.parametrize(
    ("text", "verdict", "reasons"),
    [
        ("“The union had refused three offers of higher pay”", "Recorded as a claim, not as a quotation", ()),
        ("Choi said the union “had refused three offers of higher pay”.", "Recorded as a claim, not as a quotation", ()),
        ("“Four of the nine docks were empty on Monday”", "Recorded as a claim, not as a quotation", ()),
        ("Evening Post: Four of the nine docks were empty on Monday.", "Recorded as a claim, not as a quotation", ()),
        ("“Four of the nine docks were empty on Monday”, wrote Ida Holm.", "Recorded as a claim, not as a quotation", ()),
        ("“Four of the nine docks were empty on Monday”, the Evening Post said.", "Recorded as a claim, not as a quotation", ()),
        (
            "“Four of the nine docks were empty on Monday”, said Peikin.",
            "Real words, but somebody else's",
            ("It is recorded as said by Evening Post, not by Peikin.",),
        ),
        (
            "Choi and Peikin have not said whether the cranes will move again.",
            "Recorded as a claim, not as a quotation",
            (),
        ),
        (
            "Peikin said the union “had refused three offers of higher pay”.",
            "Real words, but somebody else's",
            ("It is recorded as said by Hana Choi, not by Peikin.",),
        ),
        (
            "Choi said the union “had refused four offers of higher pay”.",
            "Not what was said",
            ("A number differs: “three” is recorded, not “four”.",),
        ),
    ],
)
def test_words_of_a_claim_are_checked_as_a_claim(
    text: str, verdict: str, reasons: tuple[str, ...], held: int, harbour: TextChecker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checker, "_HELD", held)
    (finding,) = harbour.check(CheckRequest(text)).findings
    said = describe(finding)
    assert said.verdict == verdict
    assert set(said.warnings) == {AS_CLAIM, *reasons}


def test_a_recorded_quote_and_words_that_nobody_claims_are_no_claim(harbour: TextChecker) -> None:
    for text, verdict in (("The cranes will move again before Easter", "Exact"), ("The ferry sails at noon", "Not in the facts")):
        (finding,) = harbour.check(CheckRequest(f"“{text}”")).findings
        said = describe(finding)
        assert (said.verdict, said.warnings) == (verdict, ())


def test_a_base_with_claims_alone_has_something_to_compare_with(lexicon: Lexicon) -> None:
    story = STORY[: STORY.index("quotes:")] + STORY[STORY.index("claims:") :]
    with FactBase.memory() as base:
        base.apply(read_story(story, "harbour.yaml"), by="test")
        checker_of_claims = text_checker(base, lexicon, date(2021, 4, 1))
        (finding,) = checker_of_claims.check(CheckRequest("“Four of the nine docks were empty on Monday”")).findings
    assert describe(finding).verdict == "Recorded as a claim, not as a quotation"
