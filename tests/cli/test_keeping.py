"""`footnote facts keep` and `drop` on the real command line."""

from __future__ import annotations

import json

import pytest

from bot.presentation.wording import NOT_REVIEWED
from tests.client.read_articles import CRANE, FALL, HURT
from tests.support.command_line import Run

FALL_ID, HURT_ID = FALL.replace("wire", "crane"), HURT.replace("wire", "crane")


@pytest.fixture
def run(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The command line of a library that has read an article."""
    article = tmp_path_factory.mktemp("articles") / "crane.txt"
    article.write_text(CRANE, encoding="utf-8")
    assert run("read", str(article)).exit_code == 0
    return run


def test_what_is_kept_answers_unmarked_and_what_is_dropped_no_more(run: Run) -> None:
    assert NOT_REVIEWED in " ".join(run("ask", "when did the crane fall onto the quay").output.split())
    kept, dropped = run("facts", "keep", FALL_ID), run("facts", "drop", HURT_ID)
    assert "Kept F9@2 in change 3: A crane fell onto the quay of Harbour on Wednesday." in kept.output
    assert "Dropped F10@2 in change 4: Harbour master" in dropped.output
    answered = json.loads(run("ask", "--json", "when did the crane fall onto the quay").output)
    assert answered["facts"][0]["id"] == FALL_ID
    assert answered["facts"][0].get("reviewed", True)
    assert "(1 of 4 sentences reviewed, 1 article)" in " ".join(run("story", "list").output.split())
    run("facts", "undo", "--change", "3")
    assert "(0 of 4 sentences reviewed, 1 article)" in " ".join(run("story", "list").output.split())


def test_of_several_nothing_is_done_where_one_is_reviewed_already(run: Run) -> None:
    refused = run("facts", "keep", FALL_ID, "F1")
    assert refused.exit_code != 0
    assert "Nobody has to review F1 any more, so nothing was changed." in refused.output
    assert "0 of 5 sentences reviewed" in " ".join(run("story", "list").output.split())
