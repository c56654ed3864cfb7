"""A moderator puts stories on the web, and time passes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.client.sites.publishing import Publishing
from tests.client.forms import open_settings
from tests.client.world import Message, World, bot_of, finish_background

ADDRESS = "https://stories.example"
STORY = "twitter-rt-sputnik"


def folder(world: World) -> Path:
    return world.service.settings.home / "sites" / str(world.guild.id)


def page(world: World, name: str, story: str = STORY) -> str:
    """Return a page of a site, "" where it is not there."""
    path = folder(world) / story / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""


async def put_on_the_web(world: World) -> Message:
    """Put the only story on the web, and return the panel."""
    opened = await open_settings(world, page="web")
    await world.moderator.click(opened, label="Put it on the web")
    await finish_background(bot_of(world))
    return opened


async def look(world: World) -> None:
    """Let the bot look once whether a site is to be written."""
    cog: Any = bot_of(world).get_cog(Publishing.__name__)
    await cog.minutely()
    await finish_background(bot_of(world))
