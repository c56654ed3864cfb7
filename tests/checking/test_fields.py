"""Quotations from six fields, invented as the people who say them are, each held against the quotes of its own story.

A case of fields/ has ``quote``, the words to check; ``by``, whom they are said to be by; ``is``, what is said of them; ``say``,
words that must be in the reasons; and ``not``, words that must not be.

What is said is exact, inserted (exact but for words in brackets), cut (out of its sentence), differs (the wording
differs), misleads (not what was said), speaker (said by someone else) or unknown. Of altered quotations none is called exact,
of exact ones none is called altered.
"""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.checking.checker import CheckRequest
from bot.checking.verdict import Finding, Verdict
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.presentation.verdicts import describe
from bot.resources import lexicon_file
from tests.checking.stories import story_of, text_checker

FIELDS = sorted(Path(__file__).with_name("fields").glob("*.yaml"))
MIN_RIGHT = 0.95  # share of cases with the right verdict and the right reasons
HEADLINES = {
    "Exact": "exact",
    "Exact, and a part of what was said": "exact",
    "Exact, but for what stands in brackets": "inserted",
    "Real words: read them in their sentence": "cut",
    "The wording differs": "differs",
    "Not what was said": "misleads",
    "Real words, but cut out of their sentence": "misleads",
    "Two quotations run together as one": "misleads",
    "Real words, but somebody else's": "speaker",
    "Not in the facts": "unknown",
}
Case = dict[str, Any]


def findings_of(path: Path) -> list[tuple[str, Case, Finding]]:
    """Check all cases of a field, in a base that has its story alone."""
    field = YAML(typ="safe", pure=True).load(path)
    with FactBase.memory() as base, closing(Lexicon(lexicon_file())) as lexicon:
        base.apply(story_of(path.stem, field), by="test")
        checker = text_checker(base, lexicon, date(2021, 4, 1))

        def check(case: Case) -> Finding:
            request = CheckRequest(f"“{case['quote']}”", case.get("by"))
            (finding,) = checker.check(request).findings
            return finding

        groups = (group for group in field if group not in ("actors", "quotes"))
        return [(f"{path.stem}, {group}", case, check(case)) for group in groups for case in field[group]]


def fault(case: Case, finding: Finding) -> str:
    """Return what is wrong about a finding in a few words; "" where nothing is."""
    said = describe(finding)
    verdict = HEADLINES.get(said.verdict, said.verdict)
    reasons = " ".join([*said.warnings, *said.notes])
    if verdict != case["is"]:
        return f"{verdict}, not {case['is']}"
    if str(case.get("say", "")) not in reasons:
        return f"does not say {case['say']!r}"
    wrong = [words for words in case.get("not", ()) if words in reasons]
    return f"says {wrong}" if wrong else "says something twice" if len(set(said.warnings)) < len(said.warnings) else ""


@pytest.fixture(scope="module")
def results() -> list[tuple[str, Case, Finding]]:
    return [finding for path in FIELDS for finding in findings_of(path)]


def test_verdicts_and_reasons_are_right(results: list[tuple[str, Case, Finding]], capsys: pytest.CaptureFixture[str]) -> None:
    faults = [(group, case, finding, wrong) for group, case, finding in results if (wrong := fault(case, finding))]
    with capsys.disabled():
        print(f"\n{len(results) - len(faults)} of {len(results)} verdicts right, with their reasons")
        for group, case, finding, wrong in faults:
            said = describe(finding)
            print(f"  {group}: {case['quote']!r}: {wrong}; {said.verdict}: {' '.join([*said.warnings, *said.notes])}")
    assert len(results) >= 300
    assert len(faults) <= (1 - MIN_RIGHT) * len(results)


def test_nothing_altered_is_exact_and_nothing_exact_is_altered(results: list[tuple[str, Case, Finding]]) -> None:
    exact = [(case, finding.verdict is Verdict.EXACT) for _, case, finding in results]
    assert not [case["quote"] for case, called_exact in exact if called_exact != (case["is"] == "exact")]
