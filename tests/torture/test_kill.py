"""A process that makes changes is killed again and again: what it said was made is there, and nothing is half there."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.facts.base import FactBase
from bot.stories.load import load_story
from tests.support.base_checks import check_kept, check_whole
from tests.support.paths import HARBOUR, ROOT
from tests.torture import SCALE

CHANGES, KILLS = 80 * SCALE, 6 * SCALE
FEW_CHANGES = 12  # for a run with one kill
OPENING = 0.15  # how many of the kills come while the base is opened
LIFE = 0.8  # seconds; the longest that a worker is let be
LOOKED_BACK = 200  # changes that are looked at after each kill; all are in the end

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "server.db"
    with FactBase.open(path) as base:
        base.apply(load_story(HARBOUR), by="test")
    return path


def start(path: Path, first: int, last: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.torture.worker", str(path), str(first), str(last)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def run(path: Path, first: int, last: int, chance: random.Random | None) -> list[dict[str, Any]]:
    """Let a worker make changes from one number to another, and return what it acknowledged.

    With ``chance`` it is killed at a random moment.
    """
    worker = start(path, first, last)
    assert worker.stdout is not None
    with worker, worker.stdout as lines:
        said: list[str] = []
        if chance is not None and chance.random() < OPENING:  # while it opens the base, which another killed one left behind
            time.sleep(chance.random())
        else:
            said.append(lines.readline())
            time.sleep(chance.random() * LIFE if chance is not None else 0)
        if chance is not None:
            worker.send_signal(signal.SIGKILL)
        said += lines
    assert worker.returncode in (0, -signal.SIGKILL)
    assert not said or said[0] == "ready\n"
    return [json.loads(line) for line in said[1:] if line.endswith("\n")]  # a line that was cut off was not said


@pytest.mark.slow
def test_what_was_acknowledged_is_there_and_nothing_is_half_there(path: Path) -> None:
    made = killed_again_and_again(path, KILLS, CHANGES)
    kinds = Counter(change["kind"] for change in made)
    print(dict(kinds))
    assert kinds["none"] < len(made) / 2
    assert len(kinds) > 5


@pytest.mark.slow
def test_what_was_acknowledged_before_one_kill_is_there(path: Path) -> None:
    assert len(killed_again_and_again(path, 1, FEW_CHANGES)) >= FEW_CHANGES


def killed_again_and_again(path: Path, most_kills: int, changes: int) -> list[dict[str, Any]]:
    """Have changes made by workers that are killed, so many times; return what was acknowledged, and assert that it is kept."""
    chance = random.Random()
    made: list[dict[str, Any]] = []
    kills = idle = 0
    while kills < most_kills or len(made) < changes:
        said = run(path, len(made), changes, chance if kills < most_kills else None)
        kills += kills < most_kills
        idle += not said
        made += said
        assert [change["number"] for change in made] == list(range(len(made)))
        check_whole(path)
        check_kept(path, made[-LOOKED_BACK:])
    check_kept(path, made)
    print(f"{kills} kills, {idle} before the first change; {len(made)} changes acknowledged, none lost")
    return made
