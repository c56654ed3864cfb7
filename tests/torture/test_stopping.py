"""The bot is told to stop while people ask and write: it ends what is under way, in time, and loses nothing that was saved."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from bot.cli.running import STOP_SECONDS
from bot.facts.base import FactBase
from tests.support.base_checks import check_whole
from tests.support.paths import ROOT
from tests.support.patience import PATIENCE

LIMIT = 5.0  # seconds; what is promised

pytestmark = [
    pytest.mark.slow,  # tests/cli and tests/preview stop a bot at rest
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals"),
]


def start(home: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.torture.stopping", str(home), *more],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run_until(worker: subprocess.Popen[str], wanted: str, times: int = 1) -> list[dict[str, Any]]:
    """Let the bot work until it has said something so many times, and return what it said."""
    assert worker.stdout is not None
    said: list[dict[str, Any]] = []
    while sum(wanted in report for report in said) < times:
        line = worker.stdout.readline()
        assert line, worker.stderr and worker.stderr.read()
        said.append(json.loads(line))
    return said


@pytest.mark.parametrize("hangs", [False, True], ids=["all ends", "something hangs"])
def test_what_was_acknowledged_is_kept_and_it_stops_in_time(hangs: bool, tmp_path: Path) -> None:
    with start(tmp_path, *(["hang"] if hangs else [])) as worker:
        said = run_until(worker, "hangs") if hangs else run_until(worker, "saved", 3)
        time.sleep(random.random() * 0.2)
        began = time.monotonic()
        worker.send_signal(signal.SIGTERM)
        rest, errors = worker.communicate(timeout=PATIENCE)
        took = time.monotonic() - began
    said += [json.loads(line) for line in rest.splitlines() if line.endswith("}")]
    saved = [report["saved"] for report in said if "saved" in report]
    answered = max(report.get("answered", 0) for report in said)
    print(f"stopped in {took:.2f} s; {len(saved)} facts saved, {answered} questions answered")
    assert worker.returncode == 0, errors
    assert STOP_SECONDS < LIMIT  # when a timer ends it; how much later that comes about is a matter of the machine
    assert "Traceback" not in errors
    if hangs:
        assert "cut off" in errors, errors
    path = tmp_path / "servers" / f"{said[0]['server']}.db"
    check_whole(path)
    with FactBase.open(path, create=False) as base:
        kept = {record.fact.text for record in base.all_facts()}
        assert set(saved) <= kept
        assert base.usage.of_last(1).asked >= answered > 0


def test_a_second_signal_ends_it_at_once(tmp_path: Path) -> None:
    with start(tmp_path, "hang") as worker:
        run_until(worker, "hangs")
        began = time.monotonic()
        worker.send_signal(signal.SIGTERM)
        assert worker.stderr is not None
        said = ""
        while "Stopping" not in said:
            line = worker.stderr.readline()
            assert line, said
            said += line
        worker.send_signal(signal.SIGTERM)
        worker.communicate(timeout=PATIENCE)
        print(f"ended in {time.monotonic() - began:.2f} s")
    assert worker.returncode == 128 + signal.SIGTERM
