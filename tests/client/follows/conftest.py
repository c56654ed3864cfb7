"""The real bot, which looks at who is to be told something when a test lets it, at the time that the test sets."""

from __future__ import annotations

import pytest

from bot.client.follows.telling import Telling


@pytest.fixture(autouse=True)
def looks_when_it_is_let(monkeypatch: pytest.MonkeyPatch) -> None:
    async def wait(_: Telling) -> None:
        """Begin nothing: a look of its own, by the clock of the machine, would be mixed up with those of the test."""

    monkeypatch.setattr(Telling, "cog_load", wait)
