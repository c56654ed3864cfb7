"""Verdicts on quotations, held against the quotes of the shipped story."""

from __future__ import annotations

import pytest

from bot.answers.lexicon import Lexicon
from bot.checking.checker import Flag, Verdict, check_quotation
from bot.facts.base import FactBase
from bot.facts.models import FactRecord
from bot.shipped import lexicon_file, stories_folder
from bot.stories.load import load_story

TWITTER = frozenset({"twitter-rt-sputnik/twitter"})
ZAKHAROVA = frozenset({"twitter-rt-sputnik/zakharova"})


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(lexicon_file())


@pytest.fixture(scope="module")
def quotes() -> tuple[FactRecord, ...]:
    with FactBase.memory() as base:
        base.apply(load_story(stories_folder() / "twitter-rt-sputnik.yaml"), by="test")
        return base.spoken()


@pytest.mark.parametrize(
    ("quoted", "speakers", "verdict", "flag"),
    [
        ("we did not come to this decision lightly", TWITTER, Verdict.EXACT, None),
        ("We did not come\nto this decision ... lightly!", None, Verdict.EXACT, None),
        ("we did not come to this desicion lightly", None, Verdict.EXACT, None),
        ("we did [not] come to this decision lightly", None, Verdict.EXACT, None),
        ("we did come to this decision lightly", TWITTER, Verdict.DIFFERS, Flag.NEGATION),
        ("we did ... come to this decision lightly", TWITTER, Verdict.DIFFERS, Flag.CUT_NEGATION),
        ("come to this decision lightly", TWITTER, Verdict.DIFFERS, Flag.CUT_NEGATION),
        ("we did not come to this decision lightly", ZAKHAROVA, Verdict.OTHER_SPEAKER, None),
        ("we did not come to this decision lightly", frozenset(), Verdict.OTHER_SPEAKER, None),
        ("two companies preventing one outlet", None, Verdict.UNKNOWN, None),
        ("one company preventing three outlets", None, Verdict.DIFFERS, Flag.NUMBER),
        ("we will appeal against this decision in court", TWITTER, Verdict.UNKNOWN, None),
        ("…", None, Verdict.UNKNOWN, None),
    ],
)
def test_a_quotation_gets_its_verdict(
    quoted: str,
    speakers: frozenset[str] | None,
    verdict: Verdict,
    flag: Flag | None,
    quotes: tuple[FactRecord, ...],
    lexicon: Lexicon,
) -> None:
    finding = check_quotation(quoted, quotes, zipf=lexicon.zipf, speakers=speakers)
    assert finding.verdict is verdict
    assert flag is None or flag in finding.flags
