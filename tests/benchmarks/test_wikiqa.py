from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from data.benchmarks.timing import Times
from data.benchmarks.wikiqa import COLUMNS, Ranking, main, rank_ours, read_items

ROWS = (
    ("Q1", "where does the ferry leave", "D1", "Harbour", "D1-0", "The harbour has a bridge .", "0"),
    ("Q1", "where does the ferry leave", "D1", "Harbour", "D1-1", 'The free "ferry" leaves from Fish Quay .', "1"),
    ("Q2", "who built it", "D2", "Bridge", "D2-0", "The bridge is long .", "0"),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "made.tsv"
    path.write_text("\n".join("\t".join(row) for row in (COLUMNS, *ROWS)) + "\n")
    return path


def test_both_rankings_are_printed_with_their_figures(file: Path) -> None:
    result = CliRunner().invoke(main, [str(file)])
    assert result.exit_code == 0, result.output
    assert "1 questions with a right sentence, 2 sentences" in result.output
    rows = [line for line in result.output.splitlines() if line.startswith(("Footnote", "FTS5"))]
    assert [len(row.removeprefix("FTS5 bm25()").split()[-7:]) for row in rows] == [7, 7]


def test_questions_without_a_right_sentence_are_left_out_and_all_sentences_ranked(file: Path) -> None:
    items = read_items(file)
    assert [item.question for item in items] == ["where does the ferry leave"]
    assert items[0].sentences[1] == 'The free "ferry" leaves from Fish Quay .'
    assert [len(right) for right in rank_ours(items).right] == [2]


def test_average_precision_and_reciprocal_rank_are_those_of_the_textbook() -> None:
    ranking = Ranking(((True, False, True), (False, True)), Times((1.0, 2.0)))
    assert ranking.average_precision == pytest.approx(((1 + 2 / 3) / 2 + 1 / 2) / 2)
    assert ranking.reciprocal_rank == pytest.approx(0.75)
    assert ranking.hits == 0.5


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.tsv"
    path.write_text("a\tb\n1\t2\n")
    result = CliRunner().invoke(main, [str(path)])
    assert result.exit_code == 2
    assert "lacks the columns" in result.output
