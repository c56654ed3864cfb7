"""The real bot on a simulated Discord, as in the tests of the client."""

from __future__ import annotations

from tests.client.conftest import service, settings, simcord_bot, world

__all__ = ["service", "settings", "simcord_bot", "world"]
