"""The real service on a small story, and the real command line."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.service.service import Service
from bot.settings import Settings
from tests.support.command_line import home, run
from tests.support.paths import HARBOUR

__all__ = ["home", "run", "service"]


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    async with Service(Settings(tmp_path, stories=(str(HARBOUR),), answer_deadline=60.0)) as service:
        yield service
