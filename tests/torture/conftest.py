"""The real bot on a simulated Discord, and the real command line."""

from __future__ import annotations

from tests.support.bot_on_discord import service, settings, simcord_bot, world
from tests.support.command_line import home, run

__all__ = ["home", "run", "service", "settings", "simcord_bot", "world"]
