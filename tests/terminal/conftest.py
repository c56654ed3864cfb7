"""The real service on a small story."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.service.service import Service
from bot.settings import Settings

HARBOUR = Path(__file__).parent.parent / "harbour.yaml"


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    async with Service(Settings(tmp_path, stories=(str(HARBOUR),))) as service:
        yield service
