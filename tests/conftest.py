"""What holds for all tests."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from simcord import Env

from bot.answers.reader.reader import VectorCache, shipped_reader


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the simulated Discord wait as long as a busy machine takes: what a test says is no matter of time."""
    defaults = Env.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "settle_timeout", 300.0)


@pytest.fixture(autouse=True, scope="session")
def encoded_once(pytestconfig: pytest.Config) -> None:
    """Let the facts of stories in memory be encoded once for all processes and runs of the tests."""
    shipped_reader().cache = VectorCache(pytestconfig.rootpath / ".pytest_cache" / "vectors.db")


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """Put the process's logging back: a command that is run in a test sets it up for the whole process."""
    root, noisy = logging.getLogger(), [logging.getLogger(name) for name in ("discord", "aiohttp", "asyncio")]
    levels = {each: each.level for each in (root, *noisy)}
    handlers, disabled = root.handlers[:], root.manager.disable
    yield
    logging.disable(disabled)
    root.handlers[:] = handlers
    for each, level in levels.items():
        each.setLevel(level)
