from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.finding.documents import Document, DocumentMaker
from bot.cli.answers import answer_lines
from bot.cli.entry import footnote
from bot.cli.opening import open_story_to_ask
from bot.stories.load import load_story
from tests.support.command_line import Run
from tests.support.paths import HARBOUR

KEYS = ["question", "status", "short", "facts", "suggestions"]


def test_one_object_a_line_in_the_order_of_the_questions(run: Run, tmp_path: Path) -> None:
    questions = ["When was the bridge closed?", "who is the king of France?", "How big is the bill?"]
    file = tmp_path / "questions.jsonl"
    file.write_text("".join(json.dumps({"question": each}) + "\n" for each in questions), encoding="utf-8")
    result = run("ask", "--batch", str(file), "--rank", "1")
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["question"] for answer in answers] == questions
    assert all(list(answer) == [*KEYS, "ranking"] for answer in answers)
    assert result.exit_code == 0


def test_standard_input_is_a_batch_too(run: Run) -> None:
    result = run("ask", "--batch", "-", stdin='\ufeff{"question": "How big is the bill?"}\r\n\r\n')
    assert json.loads(result.stdout)["short"] == "4.2 million dollars"


def test_a_bad_line_is_told_with_its_number_and_the_others_are_answered(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    good = b'{"question": "How big is the bill?"}\n'
    bad = [
        b"\xff\xfe\n",
        b"not json\n",
        b'{"ask": "when"}\n',
        b'{"question": 4}\n',
        b"[" * 9000 + b"\n",
        b'{"question": " ?! "}\n',
    ]
    file.write_bytes(good + b"".join(bad) + good)
    result = run("ask", "--batch", str(file))
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["short"] for answer in answers] == ["4.2 million dollars", *[None] * len(bad), "4.2 million dollars"]
    assert all(list(answer)[:5] == KEYS for answer in answers)
    assert [answer["question"] for answer in answers[1:-1]] == [*[None] * 5, " ?! "]
    assert [line.split(":")[0] for line in result.stderr.splitlines()[:-1]] == [f"line {number}" for number in range(2, 8)]
    assert "line 2: this is not UTF-8; save the file as UTF-8." in result.stderr
    assert result.stderr.splitlines()[-1] == "6 lines could not be answered; all others were."
    assert result.exit_code == 2


@pytest.mark.parametrize("question", ["", "  ", "?!"])
def test_a_question_without_words_is_given_back_as_it_was_and_no_others_are_spoken_of(run: Run, question: str) -> None:
    result = run("ask", "--batch", "-", stdin=json.dumps({"question": question}))
    assert json.loads(result.stdout)["question"] == question
    assert result.stderr.splitlines()[-1] == "1 line could not be answered."


def test_a_file_that_cannot_be_read_is_told(run: Run, tmp_path: Path) -> None:
    for name, reason in (
        (str(tmp_path / "no.jsonl"), "cannot be read: no such file"),
        (str(tmp_path), "is a directory"),
        ("a\x00b", "cannot be"),
    ):
        result = run("ask", "--batch", name)
        assert (result.exit_code, result.stdout) == (2, "")
        assert reason in result.stderr


def test_a_question_beside_a_batch_is_refused(run: Run) -> None:
    assert run("ask", "--batch", "-", "when?").exit_code == 2


@pytest.mark.slow
def test_many_lines_share_one_index(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    make_all = DocumentMaker.make_all

    def counted(self: DocumentMaker, facts: Any) -> list[Document]:
        made.append(len(facts))
        return make_all(self, facts)

    monkeypatch.setattr(DocumentMaker, "make_all", counted)
    lines = [json.dumps({"question": f"what happened in {year}?"}).encode() for year in range(1900, 2020)]
    with open_story_to_ask(load_story(HARBOUR)) as ask:
        assert answer_lines(ask, lines) == (120, 0)
    assert len(made) == 1


@given(st.lists(st.binary(max_size=40) | st.text(max_size=40).map(lambda text: json.dumps({"question": text}).encode())))
def test_any_lines_give_an_object_each(lines: list[bytes]) -> None:
    read = b"\n".join(lines).split(b"\n")
    result = CliRunner().invoke(footnote, ["ask", "--story", str(HARBOUR), "--batch", "-"], input=b"\n".join(read))
    assert result.exit_code in (0, 2)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(answers) == sum(bool(line.strip()) for line in read)
