"""The real bot of an operator who has sites written; it looks at its servers when a test lets it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.client.sites.publishing import Publishing
from bot.settings import Settings
from tests.client.sites.published import ADDRESS
from tests.support.bot_on_discord import PATIENT


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(Settings(tmp_path, answer_deadline=PATIENT), sites_folder="sites", sites_address=ADDRESS)


@pytest.fixture(autouse=True)
def looks_when_it_is_let(monkeypatch: pytest.MonkeyPatch) -> None:
    async def wait(_: Publishing) -> None:
        """Begin nothing: a look by the clock of the machine would be mixed up with those of the test."""

    monkeypatch.setattr(Publishing, "cog_load", wait)
