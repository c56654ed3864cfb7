from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.answers.evaluation import Case
from data.benchmarks.peers import at_best_threshold, main
from data.benchmarks.rankers import FullText, quoted_words
from tests.support.paths import HARBOUR

# Optional packages warn of what is theirs to mend.
pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"ask": "When was the bridge closed?", "expect": ["closure"]}\n{"ask": "Who won the cup?", "expect": []}\n')
    return path


def test_each_peer_has_a_row_beside_footnote_for_each_story_and_for_their_mean(questions: Path) -> None:
    result = CliRunner().invoke(main, [str(HARBOUR), str(questions), str(HARBOUR), str(questions)])
    assert result.exit_code == 0, result.output
    heads = [line for line in result.output.splitlines() if line.startswith(("harbour", "mean"))]
    assert [head.split(":")[0] for head in heads] == ["harbour", "harbour", "mean of 2 stories"]
    for name in ("Footnote", "rapidfuzz token_set_ratio", "rapidfuzz WRatio", "FTS5 bm25()"):
        rows = [line for line in result.output.splitlines() if line.startswith(f"{name}  ")]
        assert len(rows) == 3
        assert all(len(row.removeprefix(name).split()) == 10 for row in rows)


def test_a_peer_that_is_not_here_is_skipped_with_its_reason(questions: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bm25s", None)
    result = CliRunner().invoke(main, [str(HARBOUR), str(questions)])
    assert result.exit_code == 0, result.output
    assert "skipped bm25s: bm25s is not installed" in result.output


def test_a_story_without_questions_is_refused() -> None:
    result = CliRunner().invoke(main, [str(HARBOUR)])
    assert result.exit_code == 2
    assert "each story with its questions" in result.output


def test_the_best_threshold_parts_right_answers_from_wrong_ones() -> None:
    cases = [Case("one", ("a",)), Case("two", ("b",)), Case("three", ())]
    ids, rankings = [["a"], ["b"], ["a"]], [[(0, 9.0)], [(1, 5.0)], [(0, 3.0)]]
    assert at_best_threshold(cases, ids, rankings) == (1.0, 1.0)
    assert at_best_threshold(cases, [[], [], []], [[], [], []]) == (0.0, 1.0)


def test_any_question_is_safe_for_full_text_search() -> None:
    peer = FullText(["The bridge was closed.", "Repairs cost 4.2 million."])
    assert [position for position, _ in peer.nearest('repairs: "NOT (50% AND*')] == [1]
    assert peer.nearest("?") == []
    assert quoted_words(["a", "b", "a"]) == '"a" OR "b"'
