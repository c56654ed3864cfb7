from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import HARBOUR, Run

CASES: tuple[dict[str, object], ...] = (
    {"ask": "when was the bridge closed", "expect": ["closure"], "short": "3 March 2021", "type": "when", "hard": None},
    {"ask": "what did Lee say", "expect": ["lee-safety", "lee-sorry"], "short": None, "type": "said", "hard": "terse"},
    {"ask": "how big is the bill", "expect": ["cost"], "short": "9 million", "type": "howmuch", "hard": None},
    {"ask": "who is the king of France", "expect": [], "short": None, "type": "none", "hard": "offtopic"},
    {"ask": "?!", "expect": []},
)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(map(json.dumps, CASES)), encoding="utf-8")
    return file


def test_the_table_has_every_measure_by_type_and_by_difficulty(run: Run, questions: Path) -> None:
    lines = run("evaluate", str(HARBOUR), str(questions)).output.splitlines()
    assert lines[0] == "harbour-bridge: 5 questions, 2 of them must not be answered"
    assert "  a right fact first (hit@1)              1.00   3 of 3" in lines
    assert "  unanswerable questions left alone       1.00   2 of 2" in lines
    assert "  answer F1                               1.00   precision 1.00 (3 of 3), recall 1.00 (3 of 3)" in lines
    assert "  short answer right                      0.50   1 of 2" in lines
    assert "  sets with every fact                    1.00   1 of 1" in lines
    assert "  facts shown without a citation             0" in lines
    assert "  share of the facts of such sets         1.00" in lines
    sure = next(place for place, line in enumerate(lines) if line.startswith("sure of its best fact"))
    assert all(" on average " in line for line in lines[sure + 1 : lines.index("", sure)])
    table = lines[lines.index("", sure) + 1 :]
    rows = [line.split()[0] for line in table if line]
    assert {"when", "said", "howmuch", "none", "terse", "plain", "offtopic"} <= set(rows)
    assert all(len(line) <= 80 for line in lines[9:])
    assert all(len(line[16:].split()) == 7 for line in table if line and not line.startswith("by "))


@pytest.mark.parametrize("story", ["harbour-bridge", "twitter-rt-sputnik", "twitter-rt-sputnik.yaml"])
def test_a_stored_or_shipped_story_is_evaluated_by_its_name(run: Run, questions: Path, story: str) -> None:
    questions.write_text('{"ask": "who is the king of France", "expect": []}', encoding="utf-8")
    result = run("evaluate", story, str(questions))
    assert result.output.startswith(f"{story.removesuffix('.yaml')}: 1 question, 1 of them must not be answered")


def test_misses_are_listed_on_request(run: Run, questions: Path) -> None:
    assert "expected:" not in run("evaluate", str(HARBOUR), str(questions)).output
    output = run("evaluate", str(HARBOUR), str(questions), "--misses").output
    assert (
        "how big is the bill\n  expected: cost, short “9 million”\n  got:      cost, short “4.2 million dollars”\n  why:"
        in output
    )
    assert output.count("expected:") == 1


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"expect": []}', '{"ask": 1}', '{"ask": "a", "expect": "closure"}', '{"ask": "a", "expect": [1]}']
)
def test_a_bad_line_is_named(run: Run, questions: Path, line: str) -> None:
    questions.write_text('{"ask": "when?"}\n' + line, encoding="utf-8")
    result = run("evaluate", str(HARBOUR), str(questions))
    assert result.exit_code == 2
    assert "line 2: expected an object such as" in result.stderr


def test_an_expected_fact_that_is_not_there_is_named(run: Run, questions: Path) -> None:
    questions.write_text('{"ask": "when?", "expect": ["nothing"]}', encoding="utf-8")
    result = run("evaluate", str(HARBOUR), str(questions))
    assert result.exit_code == 2
    assert "nothing" in result.stderr


def test_files_that_cannot_be_read_are_told(run: Run, tmp_path: Path, questions: Path) -> None:
    for story, file in (
        (HARBOUR, tmp_path / "no.jsonl"),
        (tmp_path / "no.yaml", questions),
        (HARBOUR, tmp_path),
        (tmp_path, questions),
    ):
        result = run("evaluate", str(story), str(file))
        assert (result.exit_code, result.stdout) == (2, "")
    questions.write_bytes(b"\xff")
    assert "UTF-8" in run("evaluate", str(HARBOUR), str(questions)).stderr
