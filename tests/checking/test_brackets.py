"""Names in brackets, put for a pronoun: that of the person whom the quote is about, or somebody else's."""

from __future__ import annotations

from datetime import date

import pytest

from bot.checking.checker import CheckRequest
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.presentation.verdicts import describe
from bot.stories.load import read_story
from tests.checking.stories import text_checker

STORY = """
story: {id: mill, title: The mill}
sources:
  post: {type: article-newspaper, title: The mill, publisher: Evening Post, published: 2021-03-06}
actors:
  lee: {name: Ann Lee, kind: person}
  moss: {name: Peter Moss, kind: person}
  hale: {name: Victor Hale, kind: person}
  cole: {name: Mary Cole, kind: person}
  orion: {name: Orion Mining, kind: organization}
  vesta: {name: Vesta Bank, kind: organization, aliases: [Vesta]}
quotes:
  q1: {by: lee, about: [moss, cole], text: "He sold the mill to his own cousin.", cite: post}
  q2: {by: lee, about: [moss, hale], text: "I met them in May, and he never paid the workers.", cite: post}
  q3: {by: lee, about: [orion], text: "It moved the money to an island in June.", cite: post}
  q4: {by: lee, about: [hale, cole], text: "They signed the permits without reading a page.", cite: post}
  q6: {by: lee, about: [hale, cole], text: "We warned the board in April and they laughed at us.", cite: post}
  q7: {by: lee, about: [vesta], text: "I asked for the accounts in May and it sent me an empty folder.", cite: post}
  q5: {by: lee, about: [hale], text: "When Vesta Bank failed, it left four thousand savers with nothing.", cite: post}
"""


@pytest.mark.parametrize(
    ("words", "verdict", "reason"),
    [
        ("[Moss] sold the mill to his own cousin", "Exact, but for what stands in brackets", ""),
        ("[Hale] sold the mill to his own cousin", "Not what was said", "“[Hale]” is not whom or what “He” stands for."),
        ("[Cole] sold the mill to his own cousin", "Not what was said", "“[Cole]” is not whom or what “He” stands for."),
        (
            "I met them in May, and [Cole] never paid the workers",
            "Not what was said",
            "“[Cole]” is not whom or what “he” stands for.",
        ),
        ("[Orion] moved the money to an island in June", "Exact, but for what stands in brackets", ""),
        (
            "[Vesta Bank] moved the money to an island in June",
            "Not what was said",
            "“[Vesta Bank]” is not whom or what “It” stands for.",
        ),
        (
            "[Moss] signed the permits without reading a page",
            "Not what was said",
            "“[Moss]” is not whom or what “They” stands for.",
        ),
        ("When Vesta Bank failed, [Vesta] left four thousand savers with nothing", "Exact, but for what stands in brackets", ""),
        ("[Cole and Hale] signed the permits without reading a page", "Exact, but for what stands in brackets", ""),
        (
            "We warned the board in April and [Victor Hale, and Mary Cole] laughed at us",
            "Exact, but for what stands in brackets",
            "",
        ),
        (
            "[Cole, Hale and Moss] signed the permits without reading a page",
            "Not what was said",
            "“[Cole, Hale and Moss]” is not whom or what “They” stands for.",
        ),
        (
            "[Moss and Hale] signed the permits without reading a page",
            "Not what was said",
            "“[Moss and Hale]” is not whom or what “They” stands for.",
        ),
        (
            "[Moss and Cole] sold the mill to his own cousin",
            "Not what was said",
            "“[Moss and Cole]” is not whom or what “He” stands for.",
        ),
        (
            "[Moss and Hale] warned the board in April",
            "Not what was said",
            "“[Moss and Hale]” is not whom or what “We” stands for.",
        ),
        (
            "[Cole and the accountant] signed the permits without reading a page",
            "The wording differs",
            "“[Cole and the accountant]” stands where “They” is recorded.",
        ),
        ("I asked for the accounts in May and [the bank] sent me an empty folder", "Exact, but for what stands in brackets", ""),
        (
            "I asked for the accounts in May and [the company] sent me an empty folder",
            "Exact, but for what stands in brackets",
            "",
        ),
        (
            "I asked for the accounts in May and [Orion Mining] sent me an empty folder",
            "Not what was said",
            "“[Orion Mining]” is not whom or what “it” stands for.",
        ),
    ],
)
def test_a_name_for_a_pronoun_is_that_of_whom_the_quote_is_about(words: str, verdict: str, reason: str, lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(read_story(STORY, "mill.yaml"), by="test")
        (finding,) = text_checker(base, lexicon, date(2021, 4, 1)).check(CheckRequest(f"“{words}”")).findings
    said = describe(finding)
    assert said.verdict == verdict
    assert not any("is open" in note for note in said.notes)
    assert said.warnings == ((reason,) if reason else ())


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("I met them in May, and [Hale] never paid the workers", "“[Hale]” is whom or what “he”"),
        ("I met them in May, and [Moss] never paid the workers", "“[Moss]” is whom or what “he”"),
        ("[Cole] signed the permits without reading a page", "“[Cole]” is whom or what “They”"),
        ("[Lee and Moss] warned the board in April", "“[Lee and Moss]” is whom or what “We”"),
    ],
)
def test_a_name_for_a_pronoun_that_may_mean_several_is_said_to_be_open(words: str, named: str, lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(read_story(STORY, "mill.yaml"), by="test")
        (finding,) = text_checker(base, lexicon, date(2021, 4, 1)).check(CheckRequest(f"“{words}”")).findings
    said = describe(finding)
    assert said.verdict == "Exact, but for what stands in brackets"
    assert said.notes == (f"Whether {named} stands for is open: there are several.",)
