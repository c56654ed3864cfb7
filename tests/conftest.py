"""What holds for all tests."""

from __future__ import annotations

import pytest
from simcord import Env


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the simulated Discord wait as long as a busy machine takes: what a test says is no matter of time."""
    defaults = Env.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "settle_timeout", 300.0)
