"""The operator's way to single facts: on the library and on a server's base, looked at before they are saved."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.console import OPERATOR, operator
from bot.editing import previews
from bot.editing.previews import TOO_LARGE
from bot.facts.base import FactBase
from bot.facts.logbook import sign
from tests.support.command_line import Run, process
from tests.support.paths import HARBOUR, ROOT
from tests.support.patience import PATIENCE

ADD = ("facts", "add", "--kind", "claim", "--text", "A new bridge would cost 90 million dollars.", "--by", "Dan Okoro")
CITED = ("--cite", "gazette#9", "--cite", "https://example.org/new page 3")


def test_a_fact_is_added_shown_and_listed(run: Run, home: Path) -> None:
    added = run(*ADD, *CITED, "--date", "4 march 2021", "--event", "F2", "--reason", "the hearing")
    assert (added.exit_code, added.stderr) == (0, "")
    assert added.stdout.startswith(
        "New fact · okoro-new-bridge-cost-90-million · The Harbour Bridge closure\nAccording to Daniel"
    )
    assert "1 fact added: F9@1 (okoro-new-bridge-cost-90-million)" in added.stdout
    assert "This is change 2; `footnote facts undo --change 2` takes it back." in added.stdout
    shown = run("facts", "show", "F9").stdout
    assert "90 million dollars. [1][2]\n  4 March 2021" in shown
    assert "https://example.org/new" in shown
    assert any(line.startswith("F9 ") for line in run("facts", "list").stdout.splitlines())
    with FactBase.open(home / "library.db", create=False) as base:
        step = base.revisions.history(9)[0]
        assert (step.by, step.reason, step.fact.event) == (operator(), "the hearing", "closure")


def test_a_fact_is_shown_as_json_as_it_was_at_a_revision(run: Run) -> None:
    before = json.loads(run("facts", "show", "F7", "--json").stdout)
    assert run("facts", "edit", "F7", "--text", "Repairs will cost 5 million dollars.", "--yes").exit_code == 0
    now = json.loads(run("facts", "show", "F7", "--json").stdout)
    assert (before["id"], now["id"]) == ("cost", "cost")
    assert now["text"] == "Repairs will cost 5 million dollars."
    assert json.loads(run("facts", "show", "F7@1", "--json").stdout)["text"] == before["text"]


@pytest.mark.parametrize(("answer", "left"), [("n\n", 8), ("\n", 9), ("y\n", 9)])
def test_a_person_at_a_terminal_is_asked_before_a_fact_is_saved(
    answer: str, left: int, run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.console.at_a_terminal", lambda: True)
    result = run(*ADD, *CITED, stdin=answer)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Save it? [Y/n]" in result.stdout
    assert ("Nothing was saved." in result.stdout) == (left == 8)
    with FactBase.open(home / "library.db", create=False) as base:
        assert base.count() == left


def test_what_a_piped_answer_refuses_is_kept_and_gone_on_with(home: Path, run: Run) -> None:
    with process(*ADD, *CITED, "--reason", "the hearing") as running:
        output, errors = running.communicate(b"n\n", timeout=PATIENCE)
    said = output.decode()
    assert (running.returncode, errors) == (0, b"")
    assert "Save it? [Y/n]: n\nNothing was saved.\nWhat you typed is kept for 7 days: `footnote facts resume " in said
    with FactBase.open(home / "library.db", create=False) as base:
        assert base.count() == 8
    key = said.split("facts resume ")[1].split("`")[0]
    again = run("facts", "resume", key, "--date", "4 March 2021", stdin="n\n")
    assert f"`footnote facts resume {key}`" in again.stdout
    saved = run("facts", "resume", key)
    assert (saved.exit_code, "1 fact added: F9@1" in saved.stdout) == (0, True)
    assert "90 million dollars. [1][2]\n  4 March 2021" in run("facts", "show", "F9").stdout
    assert "the hearing" in run("facts", "log", "--fact", "F9").stdout
    assert "That form is no longer kept." in run("facts", "resume", key).stderr


@pytest.mark.parametrize(("answer", "code", "left"), [("y\n", 0, 9), ("\n", 0, 9), ("", 0, 9), ("perhaps\n", 2, 8)])
def test_a_piped_answer_counts_as_one_that_is_typed(answer: str, code: int, left: int, run: Run, home: Path) -> None:
    result = run(*ADD, *CITED, stdin=answer)
    assert result.exit_code == code
    assert ("the answer is neither y nor n" in result.stderr) == (code == 2)
    assert ("What you typed is kept for 7 days" in result.stderr) == (code == 2)
    with FactBase.open(home / "library.db", create=False) as base:
        assert base.count() == left


def test_a_piped_no_saves_nothing_where_json_is_printed(run: Run, home: Path) -> None:
    added = run(*ADD, *CITED, "--json", stdin="n\n")
    edited = run("facts", "edit", "F7", "--date", "2021-03-05", "--json", stdin="n\n")
    retracted = run("facts", "retract", "F7", "--reason", "wrong", "--json", stdin="n\n")
    assert [(json.loads(result.stdout)["change"], result.exit_code) for result in (added, edited, retracted)] == [(None, 0)] * 3
    assert "What you typed is kept for 7 days" in added.stderr
    assert run("facts", "log").stdout.count("\n") == 1
    assert json.loads(run(*ADD, *CITED, "--json", stdin="y\n").stdout)["added"] == [9]


def test_the_lines_of_a_loop_are_left_to_it(home: Path, tmp_path: Path) -> None:
    lines = tmp_path / "lines.txt"
    lines.write_bytes(b"first\nn\n")
    add = (sys.executable, "-m", "bot", *ADD, *CITED)
    with lines.open("rb", buffering=0) as file:
        file.readline()
        output = subprocess.run(add, cwd=ROOT, stdin=file, capture_output=True, timeout=PATIENCE, check=True).stdout
        assert file.readline() == b"n\n"
    assert b"1 fact added: F9@1" in output


def test_of_a_pipe_no_more_is_read_than_the_answer(home: Path) -> None:
    read, write = os.pipe()
    os.write(write, b"n\nanother line\n")
    os.close(write)
    with os.fdopen(read, "rb", buffering=0) as pipe:
        add = (sys.executable, "-m", "bot", *ADD, *CITED)
        output = subprocess.run(add, cwd=ROOT, stdin=pipe, capture_output=True, timeout=PATIENCE, check=True).stdout
        assert pipe.read() == b"another line\n"
    assert b"Save it? [Y/n]: n\nNothing was saved." in output


def test_what_is_not_finished_is_listed_and_gone_on_with_for_a_reason(run: Run) -> None:
    assert run("facts", "resume").stdout == "Nothing that you typed waits to be saved.\n"
    key = run(*ADD, *CITED, stdin="n\n").stdout.split("facts resume ")[1].split("`")[0]
    run("facts", "edit", "F7", "--text", "Repairs will cost 5 million dollars.", stdin="n\n")
    edited, added = run("facts", "resume").stdout.splitlines()
    assert added == f"{key}  claim  A new bridge would cost 90 million dollars."
    assert edited[12:] == "  F7     Repairs will cost 5 million dollars."
    assert [json.loads(line)["key"] for line in run("facts", "resume", "--json").stdout.splitlines()] == [edited[:12], key]
    assert "Say with KEY which one is meant." in run("facts", "resume", "--date", "2021").stderr
    assert run("facts", "resume", key, "--reason", "read again").exit_code == 0
    assert "read again" in run("facts", "log", "--fact", "F9").stdout
    assert len(run("facts", "resume").stdout.splitlines()) == 1


def test_without_a_fact_ones_own_last_change_is_taken_back(run: Run, home: Path) -> None:
    assert run("facts", "edit", "F7", "--date", "2021-03-05").exit_code == 0
    with FactBase.open(home / "library.db", create=False) as base:
        base.revisions.undo(base.revisions.last_change(operator()) or 0, sign("ann", "not so"))
        assert base.revisions.last_change(operator()) is None
    nothing = run("facts", "undo")
    assert (nothing.exit_code, nothing.stdout) == (2, "")
    assert nothing.stderr.startswith("You have changed nothing yet that could be taken back.")
    assert run("facts", "edit", "F7", "--date", "2021-03-06").exit_code == 0
    assert run("facts", "edit", "F8", "--date", "2021-03-07").exit_code == 0
    last, before = run("facts", "undo"), run("facts", "undo")
    assert re.match(rf"Your last change: 5 · \d{{4}}-\d\d-\d\d \d\d:\d\d · {operator()} edit ", last.stdout)
    assert "1 fact revised: F8@3" in last.stdout
    assert "1 fact revised: F7@5" in before.stdout
    assert "taken back" in run("facts", "undo").stderr


def test_who_has_changed_nothing_of_a_server_is_told_how_to_name_a_fact_of_it(run: Run) -> None:
    assert run("story", "import", str(HARBOUR), "--server", "123").exit_code == 0
    assert run("facts", "undo", "--server", "123").stderr.endswith("Name a fact: footnote facts undo F12 --server 123\n")


def test_a_person_at_a_terminal_who_only_presses_enter_saves_nothing_doubtful(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.console.at_a_terminal", lambda: True)
    again = ("facts", "add", "--kind", "claim", "--text", "repairs wil cost 4.2 milion dollars", "--by", "lee", "--cite", "radio")
    result = run(*again, stdin="\n")
    assert (result.exit_code, "Save it? [y/N]" in result.stdout) == (0, True)
    assert "Nothing was saved." in result.stdout


def test_what_is_not_tried_of_a_large_story_is_said(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = "\nquestions:\n  - {ask: when was the bridge closed, expect: [closure]}\n"
    (tmp_path / "asked.yaml").write_text(HARBOUR.read_text(encoding="utf-8").split("\nquestions:")[0] + asked, encoding="utf-8")
    assert run("story", "import", str(tmp_path / "asked.yaml")).exit_code == 0
    monkeypatch.setattr(previews, "MAX_FACTS", 5)
    assert TOO_LARGE.format(facts=5) in " ".join(run(*ADD, *CITED).stdout.split())


def test_a_near_duplicate_is_saved_only_when_told_so(run: Run) -> None:
    again = ("facts", "add", "--kind", "claim", "--text", "repairs wil cost 4.2 milion dollars", "--by", "lee", "--cite", "radio")
    refused = run(*again)
    assert refused.exit_code == 2
    assert "Like it:\n  F7  According to Maria Lee: Repairs will cost 4.2 million dollars." in refused.stdout
    assert "--yes" in refused.stderr
    refused = run(*again, "--json")
    assert refused.exit_code == 2
    assert [duplicate["id"] for duplicate in json.loads(refused.stdout)["duplicates"]] == ["cost"]
    assert run("facts", "log").stdout.count("\n") == 1
    assert run(*again, "--yes").exit_code == 0


def test_every_fault_of_the_fields_is_told_at_once_and_nothing_saved(run: Run) -> None:
    bad = run("facts", "add", "--kind", "quote", "--text", " ", "--date", "someday", "--where", "here", "--cite", "mars#1")
    assert bad.exit_code == 2
    for part in ("Write the words.", "someday", "A quote has no place", "mars", "Choose the speaker"):
        assert part in bad.stderr
    unknown = run("facts", "add", "--kind", "claim", "--text", "x y", "--cite", "radio", "--by", "Zaphod")
    assert (unknown.exit_code, "I know nobody called “Zaphod”" in unknown.stderr) == (2, True)
    assert run("facts", "log").stdout.count("\n") == 1


def test_a_fact_is_edited_field_by_field_with_its_history(run: Run) -> None:
    assert run("facts", "edit", "cost", "--text", "Repairs will cost 5 million dollars.", "--reason", "new figure").exit_code == 0
    edited = run("facts", "edit", "F7", "--date", "5 march", "--cite", "radio")
    assert "\n“5 march” is read as 5 March 2021.\n1 fact revised: F7@3" in edited.stdout
    history = run("facts", "history", "F7").stdout
    assert f"{operator()} · revised: new figure\n  Repairs will cost [-4.2-]{{+5+}} million dollars." in history
    assert "  date: 2021-03-04 → 2021-03-05\n  cite: gazette paragraph 5 → radio" in history
    steps = json.loads(run("facts", "history", "F7", "--json").stdout)["history"]
    assert [(step["revision"], step["action"]) for step in steps] == [(1, "add"), (2, "revise"), (3, "revise")]
    assert "4.2 million" in run("facts", "show", "F7@1").stdout
    assert run("facts", "edit", "F7").exit_code == 2
    assert "Nothing changed" in run("facts", "edit", "F7", "--date", "5.3.2021").stdout


def test_a_fact_is_retracted_and_brought_back(run: Run) -> None:
    assert run("facts", "retract", "cost").exit_code == 2
    gone = run("facts", "retract", "cost", "--reason", "wrong")
    assert "1 fact retracted: F7@2 (cost)" in gone.stdout
    assert "retracted" in run("facts", "show", "F7").stdout.splitlines()[0]
    assert "already" in run("facts", "retract", "F7", "--reason", "again").stderr
    assert "Undo that first" in run("facts", "edit", "F7", "--text", "Other.").stderr
    assert "1 fact added: F7@3 (cost)" in run("facts", "undo", "F7").stdout
    assert "1 fact retracted: F7@4 (cost)" in run("facts", "undo", "F7@2").stdout
    assert "1 fact added" in run("facts", "undo", "--change", "4").stdout
    for wrong in (
        ("facts", "undo", "F7", "--change", "1"),
        ("facts", "undo", "--change", "99"),
        ("facts", "undo", "F99"),
    ):
        assert run(*wrong).exit_code == 2


def test_what_was_imported_is_undone_only_when_told_so(run: Run, home: Path) -> None:
    many, one = (run("facts", "undo", *which) for which in (("--change", "1"), ("F7",)))
    assert (many.exit_code, one.exit_code) == (2, 2)
    assert "This would retract 8 facts that were imported. Nothing was undone. If that is meant, say --yes." in many.stderr
    assert "This would retract 1 fact that was imported." in one.stderr
    assert "were imported" in run("facts", "undo", "--change", "1", "--json").stderr
    assert run("facts", "log").stdout.count("\n") == 1
    assert run("facts", "edit", "F7", "--date", "2021-03-05").exit_code == 0
    assert "1 fact revised" in run("facts", "undo", "F7").stdout
    assert "1 fact retracted" in run("facts", "undo", "F8", "--yes").stdout
    with FactBase.open(home / "library.db", create=False) as base:
        assert base.count() == 7


@pytest.mark.parametrize(("answer", "left"), [("n\n", 8), ("y\n", 0)])
def test_a_person_at_a_terminal_is_asked_before_an_import_is_undone(
    answer: str, left: int, run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.console.at_a_terminal", lambda: True)
    result = run("facts", "undo", "--change", "1", stdin=answer)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "This would retract 8 facts that were imported. Go on? [y/N]" in result.stdout
    assert ("Nothing was undone." in result.stdout) == (left == 8)
    with FactBase.open(home / "library.db", create=False) as base:
        assert base.count() == left


def test_a_number_larger_than_any_is_of_no_change(run: Run) -> None:
    for number in (2, 2**63 - 1, 2**63, 10**23):
        result = run("facts", "undo", "--change", str(number))
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == f"There is no change {number}. Look for its number in the log of changes.\n"


def test_a_retraction_that_costs_an_answer_is_made_only_when_told_so(run: Run, tmp_path: Path) -> None:
    asked = tmp_path / "asked.yaml"
    questions = "\nquestions:\n  - {ask: What will the repairs cost?, expect: [cost]}\n"
    asked.write_text(HARBOUR.read_text(encoding="utf-8").split("\nquestions:")[0] + questions, encoding="utf-8")
    assert run("story", "import", str(asked)).exit_code == 0
    refused = run("facts", "retract", "cost", "--reason", "wrong")
    assert refused.exit_code == 2
    assert "What will the repairs cost? (worse)" in refused.stdout
    retracted = run("facts", "retract", "cost", "--reason", "wrong", "--yes", "--json")
    assert json.loads(retracted.stdout)["effects"][0]["worse"] is True


def test_the_log_is_found_by_person_fact_and_time(run: Run, home: Path) -> None:
    run("facts", "edit", "cost", "--text", "Repairs will cost 5 million dollars.")
    with FactBase.open(home / "library.db", create=False) as base:
        base.revisions.undo(2, sign("ann", "it was right"))
    lines = run("facts", "log").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["3", "2", "1"]
    assert "ann undo (change 2) F7@3: it was right" in lines[0]
    assert len(run("facts", "log", "--by", "ann").stdout.splitlines()) == 1
    assert len(run("facts", "log", "--fact", "cost").stdout.splitlines()) == 3
    assert run("facts", "log", "--to", "1999").stdout == ""
    assert len(run("facts", "log", "--from", "today", "--to", "today").stdout.splitlines()) == 3
    assert json.loads(run("facts", "log", "--limit", "1", "--json").stdout)["undoes"] == 2
    assert run("facts", "log", "--from", "someday").exit_code == 2


def test_a_servers_base_is_worked_on_where_it_is_there(run: Run, home: Path) -> None:
    missing = run("facts", "list", "--server", "123")
    assert (missing.exit_code, "There is no fact base" in missing.stderr) == (4, True)
    assert run("story", "import", str(HARBOUR), "--server", "123").exit_code == 0
    assert "`footnote facts undo --change 2 --server 123` takes it back." in run(*ADD, *CITED, "--server", "123").stdout
    assert " --server 123` goes on with it." in run(*ADD, *CITED, "--text", "Another.", "--server", "123", stdin="n\n").stdout
    resume = run("facts", "resume", "--server", "123", "--date", "2021").stderr
    assert resume == "Say with KEY which one is meant. footnote facts resume --server 123 lists them.\n"
    assert "F9 " in run("facts", "list", "--server", "123").stdout
    assert "F9 " not in run("facts", "list").stdout
    assert (home / "servers" / "123.db").exists()


def test_among_several_stories_one_is_named(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(HARBOUR.read_text(encoding="utf-8").replace("id: harbour-bridge", "id: other-bridge"), encoding="utf-8")
    assert run("story", "import", str(other)).exit_code == 0
    unnamed = run(*ADD, *CITED)
    assert (unnamed.exit_code, "--story: harbour-bridge, other-bridge" in unnamed.stderr) == (2, True)
    assert run(*ADD, *CITED, "--story", "other-bridge").exit_code == 0
    assert run(*ADD, *CITED, "--story", "atlantis").exit_code == 2
    assert "Name it by its number" in run("facts", "show", "cost").stderr
    assert [
        json.loads(line)["story"] for line in run("facts", "list", "--story", "other-bridge", "--json").stdout.splitlines()
    ] == ["other-bridge"] * 9


@pytest.mark.parametrize("text", ["\x1b[31mred\x1b[0m dye", "<@1> @everyone pays", "‮abc def", "x" * 5000, "a\nb\nc d"])
def test_any_text_is_kept_or_refused_and_never_acts_in_the_terminal(text: str, run: Run) -> None:
    added = run("facts", "add", "--kind", "event", "--text", text, "--cite", "radio")
    assert added.exit_code in (0, 2)
    for result in (
        added,
        run("facts", "show", "F9"),
        run("facts", "history", "F9"),
        run("facts", "list"),
        run("facts", "list", "--json"),
    ):
        assert "\x1b" not in result.output
        assert "‮" not in result.output


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
def test_a_retraction_needs_a_reason(run: Run, reason: str) -> None:
    result = run("facts", "retract", "F7", "--reason", reason, "--yes")
    assert result.exit_code == 2
    assert "Say why" in result.stderr
    assert "retracted" not in run("facts", "show", "F7").output


def test_changes_are_signed_by_who_runs_the_command(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "ann")
    run("facts", "edit", "F7", "--text", "Repairs will cost 5 million dollars.", "--yes")
    assert "command line: ann edit" in run("facts", "log").output

    def nobody() -> str:
        raise OSError

    monkeypatch.setattr("getpass.getuser", nobody)
    assert operator() == OPERATOR


@pytest.mark.parametrize(
    "args", [("show", "F99"), ("show", "F7@9"), ("undo", "F99"), ("undo", "--change", "99"), ("history", "nothing")]
)
def test_errors_speak_of_nothing_that_only_discord_has(run: Run, args: tuple[str, ...]) -> None:
    result = run("facts", *args)
    assert result.exit_code == 2
    assert "/" not in result.stderr


def test_a_revision_that_is_not_there_is_told_with_those_that_are(run: Run) -> None:
    assert run("facts", "show", "F7@9").stderr == "F7 has no revision 9. It has only one.\n"
    assert run("facts", "edit", "F7", "--date", "2021-03-05").exit_code == 0
    for command in ("show", "undo"):
        assert run("facts", command, "F7@9").stderr == "F7 has no revision 9. It has 1 to 2.\n"


def test_an_event_that_is_not_there_is_told_without_a_list_to_choose_from(run: Run) -> None:
    result = run(*ADD, *CITED, "--event", "flood")
    assert (result.exit_code, "list" in result.stderr) == (2, False)
    assert 'There is no event "flood". Choose another one, or none.' in result.stderr


def test_a_wrong_short_answer_is_shown_before_it_is_saved(run: Run, tmp_path: Path) -> None:
    story = tmp_path / "asked.yaml"
    asked = "\nquestions:\n  - ask: how much will the repairs cost\n    expect: [cost]\n    short: 4.2 million\n"
    story.write_text(HARBOUR.read_text(encoding="utf-8").split("\nquestions:")[0] + asked, encoding="utf-8")
    assert run("story", "import", str(story), "--yes").exit_code == 0
    result = run("facts", "edit", "F7", "--text", "Repairs will cost 14.2 million dollars.")
    assert result.exit_code == 2
    assert "how much will the repairs cost" in result.output
    assert "(worse)" in result.output
    assert "14.2 million" in result.output


REVIEW = (
    "--rating",
    "Mostly false (2 of 5)",
    "--by",
    "Harbour Checks",
    "--url",
    "https://example.org/check",
    "--published",
    "9 March 2021",
)


def test_a_review_of_a_claim_is_recorded_exported_and_undone(run: Run) -> None:
    done = run("facts", "review", "cost", *REVIEW)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "1 fact revised: F7@2 (cost)" in done.stdout

    def reviews() -> list[dict[str, object]]:
        graph = json.loads(run("story", "export", "harbour-bridge", "--format", "jsonld").stdout)["@graph"]
        return [node for node in graph if node["@type"] == "ClaimReview"]

    (claim_review,) = reviews()
    assert (claim_review["url"], claim_review["datePublished"]) == ("https://example.org/check", "2021-03-09")
    assert claim_review["author"] == {"@type": "Organization", "name": "Harbour Checks", "url": "https://example.org/"}
    assert run("facts", "review", "F7", *REVIEW[2:], "--rating", "False").exit_code == 0
    assert [review["reviewRating"] for review in reviews()] == [{"@type": "Rating", "alternateName": "False"}]
    assert 'rating: "False"' in (story := run("story", "export", "harbour-bridge").stdout) or "rating: False" in story
    assert run("facts", "undo", "--change", "2").exit_code != 0  # what came after it rests on it
    assert run("facts", "undo", "--change", "3").exit_code == 0
    assert run("facts", "undo", "--change", "2").exit_code == 0
    assert reviews() == []


def test_only_claims_are_reviewed_and_at_an_address(run: Run) -> None:
    assert "Name a claim" in run("facts", "review", "F2", *REVIEW).stderr
    assert "is not a link" in run("facts", "review", "cost", *REVIEW[:4], "--url", "nowhere").stderr
    assert "is no review" in run("facts", "review", "cost", *REVIEW[:4], "--url", "https://example.org/a").stderr
    assert "needs words" in run("facts", "review", "cost", "--rating", " ", *REVIEW[2:]).stderr
