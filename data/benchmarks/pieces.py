"""How pieces cut out of a sentence, and quotations in a running sentence, are judged: python -m data.benchmarks.pieces.

In: ``pieces.jsonl``, 300 recorded sentences with a piece of each, and whether the words that were cut off leave the piece
standing ("kept"), take it back, hedge, attribute, condition or deny it ("unsaid"), or leave a careful editor in doubt ("open");
and ``running.jsonl``, sentences about the story of ``running.yaml``, and what is wrong with the speaker, the place or day, or the
name in brackets. They were written without a look at what judges them; nothing is trained, tuned or chosen on them.

Out: how many pieces of each label, and of each side at which was cut, are called exact, shown in their sentence, or said to be
denied by it; and of the quotations in a running sentence how many faults are noticed, missed, or seen where there are none.
``--show`` lists unsaid and open pieces that are called exact, kept ones that are said to be denied, and what is wrong with
running sentences; after that the files are no longer held out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from bot.checking.checker import CheckRequest, TextChecker
from bot.checking.flags import Flag
from bot.checking.verdict import VERBATIM, Finding, Verdict
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.models import Actor, Citation, Fact, Source, Story, StoryInfo
from bot.resources import lexicon_file
from bot.stories.load import load_story
from data.benchmarks.table import table
from tests.checking.stories import text_checker

HERE = Path(__file__).parent
LABELS = ("kept", "unsaid", "open")
CUTS = ("before", "after", "both")
CALLS = ("exact", "shown", "denied", "other")
EXPECTED = ("right", "speaker", "origin", "meant")
TODAY = date(2023, 3, 22)
_WORST = (("unsaid", "exact"), ("open", "exact"), ("kept", "denied"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A recorded sentence, what somebody quotes of it, on which side it was cut, and what that does to it."""

    recorded: str
    piece: str
    cut: str
    label: str


@dataclass(frozen=True, slots=True)
class Running:
    """A sentence with a quotation in it, and what is to be said of its speaker, place, day and brackets."""

    text: str
    expect: str


def pieces() -> tuple[Piece, ...]:
    """Return the cases of pieces."""
    return tuple(Piece(**json.loads(line)) for line in _lines("pieces.jsonl"))


def running() -> tuple[Running, ...]:
    """Return the cases of running sentences."""
    return tuple(Running(**json.loads(line)) for line in _lines("running.jsonl"))


def calls_of_pieces(cases: Iterable[Piece], lexicon: Lexicon) -> Iterator[tuple[Piece, str]]:
    """Check pieces, and yield how each is called: as one of CALLS."""
    cases = tuple(cases)
    facts = tuple(
        Fact(f"q{number}", "quote", case.recorded, (Citation("paper"),), by=("speaker",)) for number, case in enumerate(cases)
    )
    paper = Source("paper", "article-newspaper", "What was said", "Evening Courier")
    story = Story(StoryInfo("pieces", "Pieces"), (paper,), (Actor("speaker", "Ada Quill", "person"),), facts)
    with FactBase.memory() as base:
        base.apply(story, by="benchmark")
        checker = text_checker(base, lexicon, TODAY)
        for case in cases:
            yield case, _call(_finding(checker, f"“{case.piece}”"), case.recorded)


def calls_of_running(cases: Iterable[Running], lexicon: Lexicon) -> Iterator[tuple[Running, str]]:
    """Check running sentences, and yield what is said of each: one of EXPECTED, or "other"."""
    with FactBase.memory() as base:
        base.apply(load_story(HERE / "running.yaml"), by="benchmark")
        checker = text_checker(base, lexicon, TODAY)
        for case in cases:
            yield case, _said(_finding(checker, case.text))


def _lines(name: str) -> list[str]:
    return (HERE / name).read_text(encoding="utf-8").splitlines()


def _finding(checker: TextChecker, text: str) -> Finding:
    """Return the finding on the one quotation of a text."""
    (finding,) = checker.check(CheckRequest(text)).findings
    return finding


def _call(finding: Finding, recorded: str) -> str:
    if finding.joined or finding.record is None or finding.record.fact.text != recorded:
        return "other"
    if finding.misleads:
        return "denied"
    if finding.verdict in VERBATIM:
        return "exact"
    return "shown" if finding.verdict is Verdict.CUT_OUT else "other"


def _said(finding: Finding) -> str:
    if Flag.MEANT in finding.changes:
        return "meant"
    if Flag.SPEAKER in finding.changes or finding.verdict is Verdict.OTHER_SPEAKER:
        return "speaker"
    if Flag.PLACE in finding.changes or finding.verdict is Verdict.OTHER_PLACE:
        return "origin"
    return "right" if finding.verdict in VERBATIM else "other"


def _pieces_table(called: Iterable[tuple[Piece, str]]) -> str:
    counts = Counter((case.label, side, call) for case, call in called for side in (case.cut, "all"))
    rows = [
        (f"{label}, cut {side}" if side in CUTS else label, *(str(counts[label, side, call]) for call in CALLS))
        for label in LABELS
        for side in (*CUTS, "all")
    ]
    return table(("pieces", *CALLS), rows)


def _running_table(said: Iterable[tuple[Running, str]]) -> str:
    counts: Counter[tuple[str, str]] = Counter()
    for case, what in said:
        outcome = "right" if what == case.expect else "false alarm" if case.expect == "right" else "missed"
        counts[case.expect, "other fault" if outcome == "missed" and what != "right" else outcome] += 1
    outcomes = ("right", "missed", "other fault", "false alarm")
    return table(
        ("running sentences", *outcomes), [(case, *(str(counts[case, outcome]) for outcome in outcomes)) for case in EXPECTED]
    )


@click.command()
@click.option("--show", is_flag=True, help="List what is wrong.")
def main(show: bool) -> None:
    """Check and print."""
    with closing(Lexicon(lexicon_file())) as lexicon:
        called = tuple(calls_of_pieces(pieces(), lexicon))
        said = tuple(calls_of_running(running(), lexicon))
    print(_pieces_table(called), _running_table(said), sep="\n\n")
    if show:
        wrong = (f"{case.label}, {call}: {case.recorded} | {case.piece}" for case, call in called if (case.label, call) in _WORST)
        print(*wrong, sep="\n")
        print(*(f"{case.expect}, {what}: {case.text}" for case, what in said if what != case.expect), sep="\n")


if __name__ == "__main__":
    main()
