"""A process that makes changes is killed again and again: what it said was made is there, and nothing is half there."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from bot.facts.base import FactBase
from bot.stories.load import load_story
from tests.torture import SCALE
from tests.torture.checks import check_kept, check_whole

ROOT = Path(__file__).parent.parent.parent
CHANGES, KILLS = 200 * SCALE, 8 * SCALE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "server.db"
    with FactBase.open(path) as base:
        base.apply(load_story(ROOT / "tests" / "harbour.yaml"), by="test")
    return path


def run(path: Path, first: int, *, kill_after: int | None, chance: random.Random) -> list[dict[str, Any]]:
    """Let a worker make changes from one number on, kill it at some point after so many, and return what it acknowledged."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.torture.worker", str(path), str(first), str(CHANGES)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    with worker, worker.stdout as lines:
        assert lines.readline() == "ready\n"
        said = []
        for line in lines:
            if line.endswith("\n"):  # a line that was cut off was not said
                said.append(json.loads(line))
            if kill_after is not None and len(said) == kill_after:
                time.sleep(chance.random() * 0.02)
                os.kill(worker.pid, signal.SIGKILL)
                kill_after = None
    assert worker.returncode in (0, -signal.SIGKILL)
    return said


def test_what_was_acknowledged_is_there_and_nothing_is_half_there(path: Path) -> None:
    chance = random.Random()
    made: list[dict[str, Any]] = []
    kills = 0
    while len(made) < CHANGES:
        killing = chance.randrange(1, 2 * CHANGES // KILLS) if kills < KILLS else None
        said = run(path, len(made), kill_after=killing, chance=chance)
        kills += killing is not None
        made += said
        assert [each["number"] for each in made] == list(range(len(made)))
        check_whole(path)
        check_kept(path, made)
    done = [each for each in made if each["kind"] != "none"]
    print(f"{kills} kills, {len(done)} of {len(made)} changes made, {len(made) - len(done)} refused; none lost, none half there")
    assert len(done) > CHANGES // 2
