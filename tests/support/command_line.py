"""The real command line, in a home of its own with a small story; folders whose tests use it import the fixtures."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
from click.testing import CliRunner, Result

from bot.cli.entry import footnote
from bot.storage import bases
from tests.support.bases import filled_once
from tests.support.paths import HARBOUR, ROOT


class Run(Protocol):
    """Runs a command line and returns how it ended."""

    def __call__(self, *args: str, stdin: str | bytes | None = None) -> Result: ...


_fill_once = filled_once(bases._fill)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the home, and let commands find it. Its base is filled once and copied from then on."""
    monkeypatch.setattr(bases, "_fill", _fill_once)
    home = tmp_path / "home"
    home.mkdir()
    (home / "footnote.toml").write_text(f'stories = ["{HARBOUR.as_posix()}"]\n', encoding="utf-8")
    monkeypatch.setenv("FOOTNOTE_HOME", str(home))
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")  # whatever language the system of whoever runs the tests speaks
    return home


@pytest.fixture
def run(home: Path) -> Run:
    """Run command lines in this process."""

    def run(*args: str, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(footnote, args, input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "Traceback" not in result.output
        return result

    return run


_made: dict[str, Path] = {}


def made_once(name: str, folder: Path, kept: pytest.TempPathFactory, make: Callable[[], object]) -> None:
    """Have a folder filled by ``make``, or by copying what it made for another test of this process."""
    if name in _made:
        shutil.copytree(_made[name], folder, dirs_exist_ok=True)
        return
    make()
    _made[name] = shutil.copytree(folder, kept.mktemp(name), dirs_exist_ok=True)


def process(*args: str, **options: str) -> subprocess.Popen[bytes]:
    """Start the command line as a process of its own; ``options`` are environment variables."""
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *args],
        cwd=ROOT,
        env=os.environ | options,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
