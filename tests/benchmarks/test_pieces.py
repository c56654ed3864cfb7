from __future__ import annotations

from collections import Counter

import pytest
from click.testing import CliRunner

from bot.english.lexicon import Lexicon
from data.benchmarks.pieces import (
    CUTS,
    EXPECTED,
    LABELS,
    Piece,
    Running,
    calls_of_pieces,
    calls_of_running,
    main,
    pieces,
    running,
)


def test_there_are_300_pieces_of_each_label_cut_at_each_side() -> None:
    cases = pieces()
    assert Counter(case.label for case in cases) == {"kept": 110, "unsaid": 130, "open": 60}
    assert {(case.label, case.cut) for case in cases} == {(label, cut) for label in LABELS for cut in CUTS}
    assert len({case.recorded for case in cases}) == len({case.piece for case in cases}) == len(cases)


def test_a_piece_is_a_part_of_its_sentence_and_cut_where_it_says() -> None:
    for case in pieces():
        before, behind = case.recorded.split(case.piece)
        cuts = (any(map(str.isalnum, before)), any(map(str.isalnum, behind)))
        assert case.cut == {(True, False): "before", (False, True): "after", (True, True): "both"}[cuts], case.recorded


def test_running_sentences_have_a_quotation_and_something_to_be_said_of_it() -> None:
    cases = running()
    assert {case.expect for case in cases} == set(EXPECTED)
    assert all(case.text.count("“") == case.text.count("”") == 1 for case in cases)
    assert len({case.text for case in cases}) == len(cases) >= 40


def test_what_is_called_exact_shown_and_denied(lexicon: Lexicon) -> None:
    cases = [
        Piece("The ferry left at noon, and the crew slept.", "The ferry left at noon", "after", "kept"),
        Piece("Had the wind dropped, we would have rowed home.", "we would have rowed home", "before", "unsaid"),
        Piece("It is a lie that the mast was rotten.", "the mast was rotten", "before", "unsaid"),
        Piece("The sails are white.", "a whale ate the rudder", "both", "open"),
    ]
    called = [call for _, call in calls_of_pieces(cases, lexicon)]
    assert (called[0], called[3]) == ("exact", "other")
    assert set(called[1:3]) <= {"shown", "denied"}


def test_what_is_said_of_a_running_sentence(lexicon: Lexicon) -> None:
    quoted = "“Every street in this town was paid for with sugar,”"
    cases = [Running(f"{quoted} Ruth Vance said.", "right"), Running(f"{quoted} Peter Lund said.", "speaker")]
    assert [said for _, said in calls_of_running(cases, lexicon)] == ["right", "speaker"]


@pytest.mark.slow
def test_all_cases_are_counted_and_what_is_wrong_is_listed_if_wanted() -> None:
    plain, shown = (CliRunner().invoke(main, arguments) for arguments in ([], ["--show"]))
    assert plain.exit_code == shown.exit_code == 0
    rows = {
        line[:18].strip(): [int(count) for count in line[18:].split()]
        for line in plain.output.splitlines()
        if line[-1:].isdigit()
    }
    assert [sum(rows[label]) for label in LABELS] == [110, 130, 60]
    assert sum(sum(rows[expected]) for expected in EXPECTED) == len(running())
    assert shown.output.startswith(plain.output)
