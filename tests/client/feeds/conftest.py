"""The real bot, and a site of our own that gives feeds and pages; a busy machine may take its time to read them."""

from __future__ import annotations

from functools import partial

import pytest

from bot.client.uploads import UploadReading
from bot.service import web_reading
from bot.uploads import ON_DISCORD, Limits
from bot.web.fetching import fetch_article, fetch_feed
from tests.support.web_site import own_site, site

__all__ = ["own_site", "site"]

SECONDS = 120


@pytest.fixture(autouse=True)
def reading_takes_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as on Discord, but for the time that it may take."""
    limits = Limits(seconds=SECONDS, memory=ON_DISCORD.memory)
    monkeypatch.setattr("bot.client.bot.UploadReading", partial(UploadReading, limits, SECONDS))
    for fetch in (fetch_article, fetch_feed):
        monkeypatch.setattr(web_reading, fetch.__name__, partial(fetch, seconds=SECONDS))
