"""``footnote check``: a quotation or a whole text, on the page and as JSON."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from bot.checking.verdict import Verdict
from bot.cli import checking
from bot.cli.checking import processor_deadline
from bot.errors import UsageError
from bot.presentation import verdicts
from bot.terminal.check_page import UNMARKED
from tests.support.command_line import Run
from tests.support.paths import HARBOUR

LONG_TEXT = "".join(f"“Word {number} was not said by a mayor” said Lee. " for number in range(4000))


def test_a_lost_not_is_the_first_thing_said(run: Run) -> None:
    result = run("check", "Safety comes first, and the bridge is safe.", "--speaker", "Maria Lee")
    assert result.exit_code == 0
    assert result.output.startswith("❌ Not what was said\n")
    assert "! “not” is missing, which reverses the meaning." in result.output
    assert "the bridge is [-not-] safe." in result.output
    assert "— Maria Lee" in result.output
    assert "Sources\n  [1] " in result.output


def test_what_was_not_marked_or_passed_over_is_said(run: Run) -> None:
    page = " ".join(run("check", "The gates of the port froze over. " * 6).output.split())
    assert page.endswith(UNMARKED)
    page = " ".join(run("check", "It is “shut”. “Safety comes first, and the bridge is not safe.”").output.split())
    assert page.endswith("1 passage in quotation marks was skipped: it is too short, and no speaker is named.")


def test_a_text_on_standard_input_is_checked_quotation_by_quotation(run: Run) -> None:
    given = "Lee said: “Safety comes first.”\n\n“The bridge is not safe,” said Roth.\n\n“It will be sold,” she added."
    checked = json.loads(run("check", "-", "--json", stdin=given).output)
    assert [finding["verdict"] for finding in checked["findings"]] == ["exact", "said by someone else", "not in the facts"]
    assert [finding["speaker"] for finding in checked["findings"]][:2] == ["Lee", "Roth"]
    assert [finding["sign"] for finding in checked["findings"]] == ["✅", "👥", "❔"]
    assert [finding["headline"] for finding in checked["findings"]] == [finding["says"][0] for finding in checked["findings"]]
    first = checked["findings"][0]
    assert first["fact"]["by"] == ["lee"]
    assert first["whole"] is False
    assert checked["findings"][2]["fact"] is None


def test_a_text_in_a_file_is_checked_as_on_standard_input(run: Run, tmp_path: Path) -> None:
    given = "Lee said: “Safety comes first.”\n\n“The bridge is not safe,” said Roth."
    for name in ("statement.txt", "statement"):
        (tmp_path / name).write_text(given, encoding="utf-8-sig")
        assert run("check", str(tmp_path / name)).output == run("check", "-", stdin=given).output
    missing = run("check", "nowhere.txt")
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert missing.stderr == "nowhere.txt cannot be read: no such file or directory. Check its name and its permissions.\n"
    (tmp_path / "picture").write_bytes(b"\x89PNG\xff")
    picture = run("check", str(tmp_path / "picture"))
    assert picture.stderr == f"{tmp_path / 'picture'} is not text in UTF-8. Save it as plain text.\n"


def test_the_recorded_words_stand_once_below_what_was_checked(run: Run) -> None:
    output = run("check", "“decision was based on the retrospective work we've been doing around the 2014 election”").output
    assert output.count("retrospective work we've been") <= 3  # as given, as it differs, as recorded
    assert "In its sentence" not in output


def test_a_story_file_is_checked_against_without_storing_it(run: Run, home: Path) -> None:
    result = run("check", "we did not come to this decision lightly", "--story", "twitter-rt-sputnik")
    assert result.output.startswith("✅ Exact\n")
    assert run("check", "Safety comes first", "--story", str(HARBOUR)).output.startswith("✅ Exact")
    assert "twitter-rt-sputnik" not in run("story", "list").output


def test_what_cannot_be_checked_is_one_sentence(run: Run) -> None:
    for arguments in (
        ["check", "?!"],
        ["check"],
        ["check", "so it is", "--date", "soon"],
        ["check", "so", "--story", "atlantis"],
    ):
        result = run(*arguments)
        assert result.exit_code == 2
        assert len(result.output.strip().splitlines()) == 1
    assert run("check", "-", stdin=b"\xff\xfe\x00").exit_code == 2
    assert run("check", "so it is", "--server", "77").exit_code == 4


def test_of_a_story_without_quotes_it_is_said_that_there_are_none(run: Run, tmp_path: Path) -> None:
    story = tmp_path / "silent.yaml"
    story.write_text(
        "story: {id: silent, title: The silent weir}\n"
        "sources: {post: {type: article-newspaper, title: The weir gives way}}\n"
        "events: {burst: {what: The weir gave way at dawn., cite: post}}\n",
        encoding="utf-8",
    )
    result = run("check", "The weir was sound", "--story", str(story))
    assert result.output.startswith(f"❔ {verdicts.NO_QUOTES}\n")
    assert "so I cannot tell whether anybody said" in result.output
    assert verdicts.VERDICTS[Verdict.UNKNOWN] not in result.output


def test_two_quotes_run_together_are_two_facts(run: Run) -> None:
    joined = "we did not come to this decision lightly. Naturally, a response will follow"
    (finding,) = json.loads(run("check", joined, "--json", "--story", "twitter-rt-sputnik").output)["findings"]
    assert "joined" in finding["flags"]
    assert [fact["by"] for fact in finding["joins"]] == [["twitter"], ["zakharova"]]
    shown = run("check", joined, "--story", "twitter-rt-sputnik").output
    assert "— Twitter" in shown
    assert "— Maria Zakharova" in shown


def test_several_quotations_end_with_how_many_have_each_verdict(run: Run) -> None:
    text = "Zakharova called the ban “highly regrettable”. It was “yet another aggressive step”, she said."
    lines = run("check", text, "--story", "twitter-rt-sputnik").output.splitlines()
    assert lines[-1] == "2 quotations checked · 👥 1 · ✅ 1"
    assert "checked" not in run("check", "“highly regrettable”", "--story", "twitter-rt-sputnik").output


@pytest.mark.parametrize(
    ("piece", "verdict", "sign"),
    [
        ("come to this decision lightly", "cut out of its sentence", "❌"),
        ("we did come to this decision lightly", "wording differs", "❌"),
        ("RT and Sputnik have been known entities", "to be read in its sentence", "🔎"),
        ("a response will follow", "exact", "✅"),
    ],
)
def test_a_program_can_tell_a_piece_that_is_taken_back_from_one_to_be_read(run: Run, piece: str, verdict: str, sign: str) -> None:
    result = run("check", f"“{piece}”", "--json", "--story", "twitter-rt-sputnik")
    (finding,) = json.loads(result.output)["findings"]
    assert (finding["verdict"], finding["sign"]) == (verdict, sign)


def work_on() -> None:
    while True:
        pass


# The first signal may come while a callback of the garbage collector runs, whose errors Python reports and ignores.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_check_that_takes_too_long_is_ended(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MAX_SECONDS", 0.05)
    result = run("check", "-", stdin=LONG_TEXT)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{checking.TOO_LONG}\n")


def test_the_timer_is_gone_after_the_work() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with processor_deadline(60, "Too long."):
        assert signal.getitimer(signal.ITIMER_PROF)[0] > 0
    with pytest.raises(UsageError, match=r"^Too long\.$"), processor_deadline(0.01, "Too long."):
        work_on()
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)
    assert signal.getsignal(signal.SIGPROF) == before
