"""Quotations as people write them, each with its verdict: none that is altered is called exact, and 98 of 100 are right.

One base holds all the stories. In the files of cases/, by topic, a case has

- ``quote``, the words to check, or ``text``, a passage with quotation marks in it, whose one quotation is checked;
- ``by``, ``source`` and ``date`` as the options of the command;
- ``is``, its verdict: exact, inserted (exact but for brackets), cut (out of its sentence), differs, speaker
  (said by someone else), place (from another source or date) or unknown;
- ``flag``, what must be said loudly.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.checking.verdict import Finding, Verdict
from tests.checking.stories import Check

CASES: list[tuple[str, dict[str, Any]]] = [
    (group, case)
    for path in sorted(Path(__file__).with_name("cases").glob("*.yaml"))
    for group, cases in YAML(typ="safe", pure=True).load(path).items()
    for case in cases
]
ALTERED = (
    *("altered", "negation", "cut-negation", "numbers", "cut", "reworded"),
    *("question", "sense", "units", "omitted", "joined", "contrary"),
)
WANTED = {
    "exact": Verdict.EXACT,
    "inserted": Verdict.INSERTED,
    "cut": Verdict.CUT_OUT,
    "differs": Verdict.DIFFERS,
    "speaker": Verdict.OTHER_SPEAKER,
    "place": Verdict.OTHER_PLACE,
    "unknown": Verdict.UNKNOWN,
}


def judged(case: dict[str, Any], check: Check) -> Finding:
    """Return what the checker says of a case."""
    if "text" in case:
        (finding,) = check(case["text"]).findings
        return finding
    words = str(case["quote"])
    (finding,) = (
        check(words, case.get("by"), case.get("source"), case.get("date")).findings
        if any(map(str.isalnum, words))
        else (Finding(words, Verdict.UNKNOWN),)
    )
    return finding


def is_right(case: dict[str, Any], finding: Finding) -> bool:
    flags = {flag.value for flag in finding.flags}
    # That a "not" was left out before the words is said as loudly as that it was taken out of them.
    flags |= {"negation"} if "cut negation" in flags else set()
    return finding.verdict is WANTED[case["is"]] and case.get("flag", "") in {"", *flags}


def test_the_table_is_large_enough() -> None:
    assert len(CASES) >= 300


@pytest.mark.parametrize("cases", [CASES[::8], pytest.param(CASES, marks=pytest.mark.slow)], ids=["one of eight", "all"])
def test_nothing_altered_is_exact_and_nearly_all_verdicts_are_right(
    cases: list[tuple[str, dict[str, Any]]], check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    results = [(group, case, judged(case, check)) for group, case in cases]
    misses = [result for result in results if not is_right(*result[1:])]
    taken_in = [
        case
        for group, case, finding in results
        if group in ALTERED and case["is"] != "exact" and finding.verdict is Verdict.EXACT
    ]
    with capsys.disabled():
        print(f"\n{len(results) - len(misses)} of {len(results)} verdicts right, {len(taken_in)} altered quotations called exact")
        for group, case, finding in misses:
            print(f"  {group}: {case} -> {finding.verdict.value} {[flag.value for flag in finding.flags]} {finding.likeness:.2f}")
    assert not taken_in
    assert len(misses) <= 0.02 * len(results)
