"""`footnote read` on the real command line: articles taken in, answered from, read again and taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import Run

WIRE = """\
Crane falls at Fish Quay
Coast Wire, 2021-05-06

A crane fell onto the quay of Harbour on Wednesday. Harbour master Ingrid Sallow said that nobody had been hurt.

“The crane was forty years old,” Sallow told reporters.
"""


def read(run: Run, *args: str) -> list[dict[str, Any]]:
    result = run("read", "--json", *args)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "crane.txt"
    path.write_text(WIRE, encoding="utf-8")
    return path


def test_what_is_suggested_of_a_servers_base_names_it(run: Run, article: Path) -> None:
    output = " ".join(run("read", str(article), "--server", "123").output.split())
    assert "`footnote facts undo --change 2 --server 123` takes it back." in output
    assert "footnote ask --story crane-falls-at-fish-quay --server 123 '" in output


def test_an_article_is_shown_as_it_was_read_and_answers(run: Run, article: Path) -> None:
    output = run("read", str(article)).output
    assert output.startswith("Crane falls at Fish Quay\n  Coast Wire · 6 May 2021 · 3 sentences\n  People: Ingrid Sallow\n")
    assert "Taken into the story crane-falls-at-fish-quay, as crane." in output
    assert "facts undo --change 2" in output
    assert "missing" not in output
    assert "Nobody has checked these sentences" in output
    assert "footnote ask --story crane-falls-at-fish-quay 'Who said “The crane was forty years old”?'" in " ".join(output.split())
    answer = json.loads(run("ask", "--json", "when did the crane fall onto the quay").output)
    assert [fact["id"] for fact in answer["facts"]][:1] == ["crane-p1-s1"]
    assert answer["facts"][0]["reviewed"] is False


def test_what_is_missing_is_asked_for_and_can_be_given_later(run: Run, article: Path) -> None:
    article.write_text(WIRE.replace("Coast Wire, 2021-05-06\n", ""), encoding="utf-8")
    output = " ".join(run("read", str(article)).output.split())
    assert "Its date is missing: “on Thursday” cannot be read without it. Give it with --published DATE." in output
    assert "Its outlet is missing" in output
    (again,) = read(run, str(article), "--published", "6 May 2021", "--publisher", "Coast Wire")
    assert (again["status"], again["published"], again["publisher"], again["missing"]) == (
        "changed",
        "2021-05-06",
        "Coast Wire",
        [],
    )
    shown = json.loads(run("facts", "show", "--json", "crane-p1-s1").output)
    assert shown["date"] == "2021-05-05"


def test_a_folder_is_one_story_and_what_cannot_be_read_is_named(run: Run, article: Path) -> None:
    (article.parent / "empty.txt").write_text("", encoding="utf-8")
    later = WIRE.replace("Crane falls", "Crane is lifted").replace("Coast Wire, 2021-05-06", "Gazette, 2021-05-07")
    (article.parent / "a.txt").write_text(later, encoding="utf-8")
    result = run("read", "--json", str(article.parent))
    assert result.exit_code == 2
    assert "empty.txt was not read: " in result.stderr
    assert "1 of 3 articles could not be read; all others were." in result.stderr
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert [first["story"], second["story"]] == ["crane-falls-at-fish-quay"] * 2
    assert (first["source"], second["source"], second["carried"], second["added"]) == ("crane", "a", "crane", [])


def test_an_article_that_is_there_is_said_so_and_one_that_changed_is_read_again(run: Run, article: Path) -> None:
    read(run, str(article))
    output = " ".join(run("read", str(article)).output.split())
    assert "It is already in the story crane-falls-at-fish-quay, as crane, and nothing in it has changed." in output
    article.write_text(WIRE.replace("forty", "fifty"), encoding="utf-8")
    output = " ".join(run("read", str(article)).output.split())
    assert "It is already in the story crane-falls-at-fish-quay, as crane, and was read again: 1 sentence is different." in output
    assert "“The crane was fifty years old,” Sallow told reporters." in run("facts", "show", "crane-p2-s1").output
    run("facts", "undo", "--change", "3")
    assert "forty" in run("facts", "show", "crane-p2-s1").output


def test_into_a_story_that_is_named_and_into_a_servers_base(run: Run, article: Path) -> None:
    (taken,) = read(run, str(article), "--story", "harbour-bridge")
    assert (taken["story"], taken["status"]) == ("harbour-bridge", "new")
    (taken,) = read(run, str(article), "--server", "7", "--title", "The crane")
    assert (taken["story"], taken["status"]) == ("the-crane", "new")
    (taken,) = read(run, str(article), "--server", "7", "--title", "The crane")
    assert (taken["story"], taken["status"]) == ("the-crane", "same")


def test_what_cannot_be_is_refused_and_nothing_is_stored(run: Run, article: Path, tmp_path: Path) -> None:
    stories = run("story", "list").output
    empty = tmp_path / "folder"
    empty.mkdir()
    for args, sentence in (
        ((str(article), "--story", "none"), 'There is no story "none".'),
        ((str(article), "--story", "harbour-bridge", "--title", "x"), "not both"),
        ((str(article), "--published", "someday"), "someday"),
        ((str(tmp_path / "none.txt"),), "none.txt was not read: It cannot be read"),
        ((str(empty),), "There is no article in"),
    ):
        result = run("read", *args)
        assert result.exit_code == 2, args
        assert sentence in result.stderr
    assert run("story", "list").output == stories


def test_the_language_of_an_article_is_read_or_stated(run: Run, article: Path) -> None:
    article.write_text("Kran am Kai\n\nDer Kran fiel um 8 Uhr, z. B. Nr. 7.\n", encoding="utf-8")
    assert "xx is no language" in run("read", str(article), "--language", "xx").output
    (result,) = read(run, str(article), "--language", "de")
    exported = run("story", "export", result["story"]).output
    assert "language: de" in exported
