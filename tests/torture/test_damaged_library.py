"""A base with a wrong byte, or cut short, under every command that works on one base: a sentence, or an answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot import uploads
from bot.facts.files import DAMAGED
from bot.settings import load_settings
from bot.storage.bases import open_base
from tests.support.command_line import Run
from tests.support.paths import HARBOUR
from tests.support.slow import slow
from tests.torture import SCALE
from tests.torture.damages import damaged

STORY = "harbour-bridge"
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("ask", "When was the bridge closed?"),
    ("check", "“Safety comes first”, said Maria Lee."),
    ("cite", "F1"),
    ("evaluate", STORY, "questions.jsonl"),
    ("story", "export", STORY, "--format", "csv"),
    ("facts", "history", "F1"),
    ("facts", "list"),
    ("facts", "log"),
    ("facts", "retract", "F1", "--reason", "wrong"),
    ("facts", "show", "F1"),
    ("facts", "undo", "1"),
    ("network",),
    ("sources", "import", "list.bib"),
    ("story", "check", STORY),
    ("story", "export", STORY),
    ("story", "import", "story.yaml"),
    ("story", "list", STORY),
    ("story", "report", STORY),
    ("timeline",),
)
BATCH, BATCHES = 20, 5 * SCALE


def call_here(limits: uploads.Limits, function: Callable[..., object], *args: object, **options: object) -> object:
    """Call what reads a file, in this process; the files are sound, and processes are started for them thousands of times."""
    return function(*args, **options)


@pytest.fixture
def library(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(uploads, "call_limited", call_here)
    Path("questions.jsonl").write_text('{"ask": "When was the bridge closed?", "expect": ["closure"]}\n')
    Path("list.bib").write_text("@misc{a, title={A report}}")
    Path("story.yaml").write_bytes(HARBOUR.read_bytes().replace(b"inspection", b"inquiry"))
    open_base(load_settings(), None).close()
    return home / "library.db"


def failed(run: Run, library: Path, content: bytes) -> list[tuple[str, ...]]:
    """Return the commands that end with an error nobody thought of, each on a base with such a content."""
    commands = []
    for command in COMMANDS:
        for left in library.parent.glob("library.db*"):
            left.unlink()
        library.write_bytes(content)
        output = run(*command).output
        assert "Usage:" not in output, output
        if "should not have" in output:
            commands.append(command)
    return commands


def test_facts_whose_source_is_gone_are_damage_to_every_command(run: Run, library: Path) -> None:
    with closing(sqlite3.connect(library)) as raw, raw:
        raw.execute("DELETE FROM source WHERE id = (SELECT min(source_id) FROM citation)")
    content = library.read_bytes()
    assert failed(run, library, content) == []
    assert run("facts", "show", "F1").stderr == f"{DAMAGED.format(name=library)}\n"
    assert "rows of citation that point at no source" in run("doctor").output


@pytest.mark.parametrize("first", slow(range(0, BATCH * BATCHES, BATCH)))
def test_no_damage_is_more_than_a_sentence(first: int, run: Run, library: Path) -> None:
    whole = library.read_bytes()
    wrong = {number: failed(run, library, damaged(whole, number)) for number in range(first, first + BATCH)}
    assert {number: commands for number, commands in wrong.items() if commands} == {}
