"""A function called in a process of its own: what it returns or raises comes back, and it ends at its limits."""

from __future__ import annotations

import logging
import os
import pickle
import resource
import sys
import time
from pathlib import Path, PurePath
from typing import Any

import pytest

from bot.errors import BusyError, DateError, FootnoteError, StoryFileError
from bot.facts.dates import parse_date
from bot.messages import Message
from bot.stories.load import read_story
from bot.uploads import FAILED, LATE, ON_DISCORD, TOO_BUSY, TOO_MUCH_MEMORY, Limits, call_limited
from tests.support.paths import SHIPPED

LIMITS = Limits(seconds=1, memory=ON_DISCORD.memory)
SLOW_STORY = ("story: {id: x, title: T}\nevents:\n" + "  e: {what: a\u2028b}\n" * 45_000).encode()


def children() -> set[str]:
    """Return the processes that this one has started and that are still there."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split())


def raised_by(function: Any, *args: Any, limits: Limits = LIMITS) -> FootnoteError:
    with pytest.raises(FootnoteError) as raised:
        call_limited(limits, function, *args)
    return raised.value


def test_a_story_comes_back_as_it_is_and_faults_with_their_places() -> None:
    content = SHIPPED[0].read_bytes()
    assert call_limited(ON_DISCORD, read_story, content, "x") == read_story(content, "x")
    with pytest.raises(StoryFileError) as expected:
        read_story(b"story: {id: x}\nevents: 1\n", "x.yaml")
    error = raised_by(read_story, b"story: {id: x}\nevents: 1\n", "x.yaml")
    assert isinstance(error, StoryFileError)
    assert (error.faults, str(error)) == (expected.value.faults, str(expected.value))


def test_the_message_of_an_error_comes_back_with_what_it_is_filled_in_with() -> None:
    error = raised_by(parse_date, "soon")
    assert isinstance(error, DateError)
    assert isinstance(error.message, Message)
    assert (error.problem.template, error.problem.values) == ('"{text}" is not a date.', {"text": "soon"})
    assert str(error) == error.message == f'"soon" is not a date. {error.mend}'


@pytest.mark.skipif(sys.platform != "linux", reason="counts processes as Linux lists them")
@pytest.mark.parametrize(
    ("function", "args", "sentence"),
    [
        pytest.param(read_story, (SLOW_STORY, "x"), LATE, marks=pytest.mark.slow),
        (pow, (7, 10**9), LATE),  # in C, where nothing but a signal ends it
        (bytes, (10**9,), TOO_MUCH_MEMORY),
        (exec, ("raise SystemError('error return without exception set')",), TOO_MUCH_MEMORY),
        (os.abort, (), FAILED),
        (os._exit, (3,), FAILED),
        (os.kill, (0, "no number"), FAILED),
    ],
    ids=["slow story", "C", "memory", "memory in C", "abort", "exit", "traceback"],
)
def test_what_goes_wrong_in_the_process_is_a_sentence_and_the_next_call_works(
    function: Any, args: tuple[Any, ...], sentence: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Limits, "deadline", 600)  # a busy machine takes its time
    before = children()
    assert str(raised_by(function, *args, limits=ON_DISCORD if sentence == TOO_MUCH_MEMORY else LIMITS)) == sentence
    assert children() == before
    assert [record.levelno for record in caplog.records] == ([logging.ERROR] if sentence == FAILED else [])
    assert call_limited(LIMITS, len, "next") == 4


def test_a_process_that_does_nothing_is_ended_at_its_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Limits, "deadline", 0.3)
    assert str(raised_by(time.sleep, 600)) == TOO_BUSY


def test_it_has_the_limits_that_it_was_given_and_steps_back() -> None:
    limits = Limits(seconds=7, memory=200 * 2**20, niceness=5)
    assert call_limited(limits, resource.getrlimit, resource.RLIMIT_CPU) == (7, 8)
    assert call_limited(limits, resource.getrlimit, resource.RLIMIT_AS) == (200 * 2**20,) * 2
    assert call_limited(limits, resource.getrlimit, resource.RLIMIT_CORE) == (0, 0)
    assert call_limited(limits, os.nice, 0) == min(os.nice(0) + 5, 19)


def test_it_gets_no_secret_and_imports_what_this_process_does(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("DISCORD_TOKEN", "AWS_SECRET_ACCESS_KEY", "FOOTNOTE_HOME"):
        monkeypatch.setenv(name, "secret")
        assert call_limited(LIMITS, os.getenv, name) is None
    (tmp_path / "beside.py").write_text("def here():\n    return 'found'\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    from beside import here  # type: ignore[import-not-found]

    assert call_limited(LIMITS, here) == "found"


def test_only_records_are_taken_back_from_it() -> None:
    with pytest.raises(pickle.UnpicklingError, match="PurePosixPath"):
        call_limited(LIMITS, PurePath, "x")


def test_where_no_process_starts_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert isinstance(raised_by(len, ""), BusyError)


def test_it_works_from_any_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bot.py").write_text("raise SystemExit(1)\n", encoding="utf-8")
    monkeypatch.setattr(sys, "path", [str(Path(call_limited.__code__.co_filename).parents[2]), *filter(None, sys.path)])
    assert isinstance(raised_by(read_story, b"", "x"), StoryFileError)
