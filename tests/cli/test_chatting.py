"""A conversation in the terminal: lines in, answers out, and later questions that refer to earlier ones."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.answering import open_to_ask
from bot.cli.chatting import WELCOME, Conversation
from tests.support.command_line import Run
from tests.support.paths import ROOT
from tests.support.patience import PATIENCE


def test_piped_lines_are_answered_in_turn_without_prompts(run: Run) -> None:
    result = run("chat", stdin="when was the bridge closed\n\nwho said safety comes first?\nquit\nnever read\n")
    assert result.stdout.startswith("3 March 2021\n\nThe city closed")
    assert "\n\nMaria Lee\n\n" in result.stdout
    assert "> " not in result.stdout
    assert (result.stderr, result.exit_code) == ("", 0)


def test_a_piped_line_that_cannot_be_answered_does_not_end_the_others(run: Run) -> None:
    result = run("chat", stdin=b"?!\n\xff\xfe\nwhen was the bridge closed")
    assert "\n3 March 2021\n" in f"\n{result.stdout}"
    assert result.stderr.startswith("I need a question in words.")
    assert result.exit_code == 2


def test_a_greeting_is_answered_in_kind(run: Run) -> None:
    assert run("chat", stdin="hello!\n").stdout.startswith("Hello.")


def test_one_story_is_asked_alone(run: Run) -> None:
    assert "26 October 2017" in run("chat", "--story", "twitter-rt-sputnik", stdin="when did twitter ban rt?\n").stdout
    assert run("chat", "--story", "nowhere", stdin="when?\n").exit_code == 2


def test_what_happened_next_follows_the_answer_before(run: Run) -> None:
    shown = run("chat", stdin="When was the bridge closed?\nwhat happened next?\n").stdout
    assert "Counted from: The city closed the Harbour Bridge" in shown
    assert "A free ferry began" in shown


@pytest.mark.usefixtures("home")
def test_follow_ups_in_time_are_counted_from_the_event_that_was_asked_about_and_next_from_the_last_shown() -> None:
    with open_to_ask("twitter-rt-sputnik") as ask:
        conversation = Conversation(ask)
        conversation.answer("When did Twitter ban RT and Sputnik from advertising?")
        for question in ("What happened after that?", "And what happened before that?", "What happened after that?"):
            note = conversation.answer(question).note or ""
            assert note.startswith("Counted from: Twitter announced on Thursday that two Russian media companies"), question
        note = conversation.answer("What happened next?").note or ""
        assert "Counted from: The World Socialist Web Site published its article on the ban." in note


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no terminals of this kind")
def test_typed_lines_are_answered_at_a_prompt_until_the_input_ends(home: Path) -> None:
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "bot", "chat"]
    with subprocess.Popen(command, cwd=ROOT, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        os.write(ours, b"when was the bridge closed\n?!\n\x04")
        shown, said = running.communicate(timeout=PATIENCE)
    os.close(ours)
    os.close(theirs)
    assert shown.decode().startswith(f"{WELCOME}\n> 3 March 2021\n")
    assert said.decode().startswith("I need a question in words.")
    assert running.returncode == 0
