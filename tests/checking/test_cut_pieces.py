"""Pieces cut out of their sentences: which are called exact, and what is said to have stood around the others.

In ``cut_pieces.yaml`` the piece that is quoted stands in angle brackets. Of none that the sentence unsays may it be said that it
is exact, and of every one it is said what was left out around it. A piece that says the same alone is exact where that is sure,
and else shown in its sentence as well; it is never denied. In ``cut_pieces_of_news.yaml`` and ``cut_pieces_of_talk.yaml`` are
pieces that were written before the rule that reads them was made or looked at, and by which it is measured.
"""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.checking.checker import CheckRequest
from bot.checking.verdict import Verdict
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.presentation.verdicts import Description, describe
from bot.resources import lexicon_file
from tests.checking.stories import story_of, text_checker

Cases = dict[str, list[str]]


def cases_of(name: str) -> Cases:
    """Return the sentences of a file by what becomes of their pieces: unsaid, kept or open."""
    cases: Cases = YAML(typ="safe", pure=True).load(Path(__file__).with_name(name))
    return cases


CASES, NEWS, TALK = (cases_of(f"cut_pieces{of}.yaml") for of in ("", "_of_news", "_of_talk"))
PIECE = "Exact, and a part of what was said"
IN_SENTENCE = "Real words: read them in their sentence"
UNSAID = "Real words, but cut out of their sentence"
MIN_KEPT = 0.75  # share of the pieces that say the same alone which are called exact; the others are shown in their sentence
MIN_KEPT_OF_NEWS, MIN_KEPT_OF_TALK = 0.3, 0.15
ASSERTED = ("There is no doubt that", "Nobody disputes that", "One cannot deny that", "Make no mistake", "It is true that")


def description_of_each(cases: Cases) -> dict[str, Description]:
    """Return what is said of the piece of each sentence, in a base that has them all."""
    sentences = [sentence for group in cases.values() for sentence in group]
    quotes = [{"by": "lee", "text": sentence.replace("<", "").replace(">", "")} for sentence in sentences]
    field = {"actors": {"lee": {"name": "Ann Lee", "kind": "person"}}, "quotes": quotes}
    with FactBase.memory() as base, closing(Lexicon(lexicon_file())) as lexicon:
        base.apply(story_of("pieces", field), by="test")
        checker = text_checker(base, lexicon, date(2021, 4, 1))
        pieces = [sentence[sentence.index("<") + 1 : sentence.index(">")] for sentence in sentences]
        findings = [checker.check(CheckRequest(piece)).findings[0] for piece in pieces]
        assert not [finding.quoted for finding in findings if finding.verdict is Verdict.UNKNOWN]
        return {sentence: describe(finding) for sentence, finding in zip(sentences, findings, strict=True)}


@pytest.fixture(scope="module")
def described() -> dict[str, Description]:
    return description_of_each(CASES)


@pytest.fixture(scope="module")
def of_news() -> dict[str, Description]:
    return description_of_each(NEWS)


def test_there_are_pieces_of_many_kinds() -> None:
    assert {group: len(sentences) for group, sentences in CASES.items()} == {"unsaid": 76, "kept": 40, "open": 20}
    assert {group: len(sentences) for group, sentences in NEWS.items()} == {"unsaid": 47, "kept": 60, "open": 13}
    assert {group: len(sentences) for group, sentences in TALK.items()} == {"unsaid": 75, "kept": 34, "open": 11}


@pytest.mark.parametrize(("cases", "min_kept"), [(NEWS, MIN_KEPT_OF_NEWS), (TALK, MIN_KEPT_OF_TALK)], ids=["news", "talk"])
def test_of_pieces_in_news_and_talk_no_unsaid_one_is_exact_and_no_kept_one_denied(
    cases: Cases, min_kept: float, capsys: pytest.CaptureFixture[str]
) -> None:
    described = description_of_each(cases)
    unsaid = [sentence for sentence in cases["unsaid"] if described[sentence].verdict == PIECE]
    lent = [sentence for sentence in cases["open"] if described[sentence].verdict == PIECE]
    denied = [sentence for sentence in cases["kept"] if described[sentence].verdict not in (PIECE, IN_SENTENCE)]
    exact = [sentence for sentence in cases["kept"] if described[sentence].verdict == PIECE]
    with capsys.disabled():
        print(f"\n{len(unsaid)} unsaid pieces called exact, {len(denied)} kept ones denied, {len(exact)} kept ones exact")
    assert not unsaid
    assert not lent
    assert not denied
    assert len(exact) >= min_kept * len(cases["kept"])


@pytest.mark.parametrize("group", ["unsaid", "open"])
def test_a_piece_that_its_sentence_may_unsay_is_never_exact(group: str, described: dict[str, Description]) -> None:
    assert not [
        sentence for sentence in CASES[group] if described[sentence].verdict not in (IN_SENTENCE, UNSAID, "Not what was said")
    ]
    assert not [sentence for sentence in CASES[group] if "was left out" not in " ".join(described[sentence].warnings)]


def test_a_piece_that_says_the_same_alone_is_exact_or_shown_in_its_sentence(described: dict[str, Description]) -> None:
    verdicts = [described[sentence].verdict for sentence in CASES["kept"]]
    assert set(verdicts) == {PIECE, IN_SENTENCE}
    assert verdicts.count(PIECE) >= MIN_KEPT * len(verdicts)


@pytest.mark.parametrize("before", ASSERTED)
def test_what_is_asserted_with_a_not_is_not_said_to_be_denied(before: str, described: dict[str, Description]) -> None:
    (sentence,) = (sentence for sentence in CASES["open"] if sentence.startswith(before))
    assert described[sentence].verdict == IN_SENTENCE
    assert described[sentence].warnings == (f"It stood after “{before}”, which was left out.",)


@pytest.mark.parametrize(
    ("begins", "reason"),
    [
        ("We lack any proof", "It stood after “We lack any proof that”, which was left out."),
        ("Had we known", "It stood after “Had we known the risk”, which was left out."),
        ("On paper", "It stood after “On paper”, which was left out."),
        ("I was accused", "It stood after “I was accused of”, which was left out."),
        ("<We will reopen", "It stood before “when hell freezes over”, which was left out."),
        ("<The dam will hold", "It stood before “or so the engineers keep telling us”, which was left out."),
        ("I have been called", "It stood after “I have been called a liar, a thief and”, which was left out."),
        ("Oh sure", "It stood after “Oh sure, and”, which was left out."),
        ("So <we are", "It stood before “are we”, which was left out."),
        ("There is no question that <the levee", "It stood after “There is no question that”, which was left out."),
        ("It goes without saying", "It stood after “It goes without saying that”, which was left out."),
        ("Needless to say", "It stood after “Needless to say”, which was left out."),
    ],
)
def test_what_stood_before_or_behind_is_said(
    begins: str, reason: str, described: dict[str, Description], of_news: dict[str, Description]
) -> None:
    (said,) = (said for sentence, said in (described | of_news).items() if sentence.startswith(begins))
    assert said.sign == "🔎"
    assert said.warnings == (reason,)


def test_what_stood_on_both_sides_is_said(of_news: dict[str, Description]) -> None:
    (said,) = (said for sentence, said in of_news.items() if sentence.startswith("Officially"))
    assert said.warnings == (
        "It stood after “Officially”, which was left out.",
        "It stood before “but go and count the beds”, which was left out.",
    )


@pytest.mark.parametrize(
    "before",
    [
        *("No doubt", "Without a doubt", "There is little doubt that", "It is beyond doubt that"),
        *("I do not doubt that", "I have never doubted that", "Nobody doubts", "Not a soul doubts that"),
        *("There is no denying that", "It cannot be denied that", "I won't deny that", "No one denies", "Nobody denied that"),
        *("No one disputes", "Nobody can dispute that", "It is not in dispute that", "There is no disputing that"),
        *("It is no secret that", "Make no mistake,", "It goes without saying that", "It is no lie that"),
        *("Small wonder", "I can't help but think that", "It is no exaggeration to say that"),
    ],
)
def test_a_denial_of_a_denial_denies_nothing_and_is_shown(before: str) -> None:
    (described,) = description_of_each({"open": [f"{before} <the money was stolen>."]}).values()
    assert (described.sign, described.verdict) == ("🔎", IN_SENTENCE)
    assert described.warnings == (f"It stood after “{before.rstrip(',')}”, which was left out.",)


@pytest.mark.parametrize("before", ["Without question", "No wonder"])
def test_a_denial_of_a_denial_that_surely_leaves_what_follows_standing_is_left_out(before: str) -> None:
    (described,) = description_of_each({"open": [f"{before} <the money was stolen>."]}).values()
    assert (described.verdict, described.warnings) == (PIECE, ())


@pytest.mark.parametrize(
    "sentence",
    [
        "No doubt he never <stole the money>.",
        "Nobody doubts that we did not <open the gate>.",
        "There is no question of <the bank closing its doors>.",
    ],
)
def test_a_denial_that_stands_is_said(sentence: str) -> None:
    (described,) = description_of_each({"unsaid": [sentence]}).values()
    assert (described.sign, described.verdict) == ("❌", UNSAID)
    assert described.warnings == (f"It stood after “{sentence[: sentence.index(' <')]}”, which was left out.",)


def test_a_denial_that_was_cut_off_is_told_once() -> None:
    (described,) = description_of_each({"unsaid": ["I do not believe that <it was an accident>."]}).values()
    assert described.warnings == ("It stood after “I do not believe that”, which was left out.",)
