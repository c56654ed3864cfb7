"""What is said of a finding, in plain words, and how the difference is shown."""

from __future__ import annotations

import pytest

from bot.checking.flags import Flag
from bot.presentation.differences import differences, surrounding_sentences
from bot.presentation.verdicts import SENTENCES, describe
from bot.presentation.word_diff import marked
from tests.checking.stories import Check


@pytest.mark.parametrize(
    ("quoted", "verdict", "loud"),
    [
        ("we did come to this decision lightly", "Not what was said", ["“not” is missing, which reverses the meaning."]),
        ("Naturally, a response will not follow", "Not what was said", ["“not” was added, which reverses the meaning."]),
        (
            "If you do have to be on the Sound tonight",
            "Not what was said",
            ["“not” is missing, which reverses the meaning.", "It stood before “don't be”, which was left out."],
        ),
        (
            "A conviction that rests on a dirty tin cannot be called unsafe",
            "Not what was said",
            ["It says “unsafe”, where “safe” was said, which reverses the meaning."],
        ),
        (
            "I read the letter and I made the right call",
            "Not what was said",
            ["It says “right”, where “wrong” was said, which reverses the meaning."],
        ),
        (
            "come to this decision lightly",
            "Real words, but cut out of their sentence",
            ["It stood after “we did not”, which was left out."],
        ),
        (
            "This is an island of six hundred people",
            "Not what was said",
            ["A number differs: “nine hundred” is recorded, not “six hundred”."],
        ),
        ("You do not sell the front door of your house", "The wording differs", ["Words were left out without a mark: “own”."]),
        ("yet another hostile step", "The wording differs", ["It says “hostile”, where “aggressive” was said."]),
        ("I do not sign knees, I sign strikers", "The wording differs", []),
        ("Naturally, a response will follow", "Exact", []),
        ("a response will follow", "Exact, and a part of what was said", []),
        ("Twitter is finished in Russia", "Not in the facts", []),
    ],
)
def test_the_verdict_comes_first_and_what_turns_the_meaning_is_named(
    quoted: str, verdict: str, loud: list[str], check: Check
) -> None:
    (finding,) = check(quoted).findings
    said = describe(finding)
    assert said.verdict == verdict
    assert list(said.warnings) == loud
    assert said.sign


@pytest.mark.parametrize(
    ("quoted", "shown"),
    [
        ("we did come to this decision lightly", "we did ~~not~~ come to this decision lightly."),
        ("Naturally, a response will not follow", "Naturally, a response will **not** follow"),
        ("yet another hostile step", "yet another ~~aggressive~~ **hostile** step"),
        (
            "one company preventing three outlets from placing ads",
            "one company preventing ~~two~~ **three** outlets—~~RT and Sputnik~~—from placing ads",
        ),
        ("I do not sign knees, I sign strikers", "I do~~n't~~ **not** sign knees, I sign strikers."),
        ("I appreciate the effort … known entities for time", "I appreciate the effort, … known entities for ~~some~~ time"),
        ("…", ""),
    ],
)  # fmt: skip
def test_the_difference_is_shown_word_by_word(quoted: str, shown: str, check: Check) -> None:
    findings = check(quoted).findings if quoted != "…" else ()
    assert [marked(differences(finding)) for finding in findings] == ([shown] if shown else [])


def test_a_quotation_that_joins_two_is_said_to_with_whose_each_is(check: Check) -> None:
    joined = "There is evidence of anything in the pipes, but I was told it was safe"
    (finding,) = check(joined, "Peter Garside").findings
    said = describe(finding)
    assert said.verdict == "Two quotations run together as one"
    assert said.warnings[:2] == (
        "“There is evidence of anything in the pipes,” is recorded as said by Peter Garside (11 October 2022).",
        "“no” is missing, which reverses the meaning.",
    )
    assert "It is recorded as said by Adrian Stroud, not by Peter Garside." in said.warnings
    assert [part.record.fact.id for part in finding.joined if part.record] == ["peter-calm", "stroud-sorry"]
    assert marked(differences(finding)).startswith("There is ~~no~~ evidence of anything in the pipes. / I was told it was safe")


def test_each_flag_has_a_sentence_but_one_that_the_verdict_says() -> None:
    assert set(Flag) - set(SENTENCES) == {Flag.JOINED}


def test_one_quotation_with_a_mark_of_omission_joins_nothing(check: Check) -> None:
    (finding,) = check(
        "I took her for dead … and every time I did not believe it, I counted heads three times in that hut"
    ).findings
    assert not finding.joined


def test_the_sentence_of_a_piece_is_told(check: Check) -> None:
    (finding,) = check("a bar with its shutters down").findings
    assert surrounding_sentences(finding) == "It was a bar with its shutters down, and the landlord had never heard of us."
    for whole in ("It was a bar with its shutters down, and the landlord had never heard of us.", "a response will follow"):
        assert surrounding_sentences(check(whole).findings[0]) == ""  # the recorded quote that is shown below has no more
