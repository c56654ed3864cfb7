"""Whose words a quotation is: by its sentence where the names in it are given, and in reports where nobody is known."""

from __future__ import annotations

import pytest

from bot.answers.finding.mentions import NameTable
from bot.checking.names import TextName
from bot.checking.quotations import attribute, quotations_in
from bot.english.quotation_marks import quoted_spans
from tests.drafting.gold_reports import REPORTS, Gold
from tests.support.paths import TESTS

DRAFTING = TESTS / "drafting"
WRONG, SILENT = 0.1, 0.2
"""Shares of a report's quotations that may be taken for somebody else's, and for nobody's."""


def speakers(text: str, *names: str) -> list[tuple[str, ...]]:
    """Return the speakers of each quotation; each name stands once in the text, and is a person's."""
    named = [TextName(text.index(name), text.index(name) + len(name), name, frozenset([name]), person=True) for name in names]
    found = attribute(text, quoted_spans(text), sorted(named, key=lambda each: each.start))
    return [tuple(each.name for each in whose.speakers) for whose in found]


@pytest.mark.parametrize("verb", ["stresses", "dismisses it as", "disclosed that it was", "slammed it as"])
def test_a_verb_of_saying_is_known_in_every_form(verb: str) -> None:
    assert speakers(f"Lee, to the surprise of all, {verb} “a great success”.", "Lee") == [("Lee",)]


def test_whoever_reads_words_has_not_said_them() -> None:
    assert speakers("Lee, to the surprise of all, reads “a great success”.", "Lee") == [()]


def test_a_title_with_a_full_stop_ends_no_sentence() -> None:
    text = "She met Capt. Roth and said “no”."
    assert attribute(text, quoted_spans(text), [])[0].context.startswith("She met Capt. Roth")


@pytest.mark.parametrize("gold", REPORTS, ids=[gold.name for gold in REPORTS])
def test_a_report_is_read_as_drafting_reads_it(gold: Gold) -> None:
    text = (DRAFTING / gold.name).read_text(encoding="utf-8")
    found = {" ".join(each.text.split()): each.name for each in quotations_in(text, NameTable({}))}
    wanted = [(next(name for said, name in found.items() if said.startswith(begins)), by) for begins, by in gold.quotes]
    wrong = [(name, by) for name, by in wanted if name and not all(each.split()[-1] in name for each in by or ("nobody",))]
    silent = [by for name, by in wanted if not name and by and gold.actors.issuperset(by)]
    assert len(wrong) <= WRONG * len(gold.quotes), wrong
    assert len(silent) <= SILENT * len(gold.quotes), silent


def test_whoever_is_only_described_has_no_name() -> None:
    (found,) = quotations_in("Ann Lee left. “It is not safe,” a spokesman for the harbour said.", NameTable({}))
    assert found.name == ""
