from __future__ import annotations

from collections import Counter

import pytest

from data.benchmarks.pieces import pieces as held_out
from data.reader.pieces import MAX_ALIKE, PARTS, PieceCase, faults_of, read_pieces


@pytest.mark.parametrize("part", PARTS)
def test_every_piece_stands_in_its_sentence_and_in_a_contrast(part: str) -> None:
    assert [*faults_of(read_pieces(part))] == []


def test_neither_kept_nor_unsaid_is_most_of_them() -> None:
    labels = Counter(case.label for part in PARTS for case in read_pieces(part))
    assert labels.total() >= 1_500
    assert 0.8 < labels["kept"] / labels["unsaid"] < 1.25


def test_no_piece_or_sentence_stands_in_two_parts_or_in_what_is_measured() -> None:
    train, validation = ({case.piece.casefold() for case in read_pieces(part)} for part in PARTS)
    measured = {case.piece.casefold() for case in held_out()}
    assert not train & validation
    assert not (train | validation) & measured
    frames = {case.frame for case in read_pieces("train")}
    assert not frames & {case.frame for case in read_pieces("validation")}


KEPT = PieceCase("We saw that the ice was thin.", "the ice was thin", "kept", 1)
UNSAID = PieceCase("We denied that the ice was thin.", "the ice was thin", "unsaid", 1)


@pytest.mark.parametrize(
    ("cases", "fault"),
    [
        ([KEPT, UNSAID], []),
        ([KEPT], ["contrast 1 is none: it needs one piece, and two labels"]),
        ([KEPT, UNSAID, UNSAID], ["it stands 2 times: We denied that the ice was thin."]),
        ([KEPT, PieceCase("The ice was thin.", "The ice was thin", "open", 1)], ["nothing is cut off: The ice was thin."]),
        ([KEPT, PieceCase("We swam.", "the ice was thin", "open", 1)], ["it must hold the piece once: We swam."]),
        ([KEPT, PieceCase("So the ice was thin.", "the ice was thin", "true", 1)], ["no such label: true"]),
    ],
)
def test_what_is_no_case_is_a_fault(cases: list[PieceCase], fault: list[str]) -> None:
    assert [*faults_of(cases)] == fault


def test_one_wording_too_often_is_a_fault() -> None:
    cases = [PieceCase(f"So dog {n} ran.", f"dog {n} ran", "kept", n) for n in range(MAX_ALIKE + 1)]
    assert "7 pieces stand in the same words: so _." in [*faults_of(cases)]
