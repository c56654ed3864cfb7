"""The scenes of the guide's pictures: what somebody does in the preview's server, and the message that the picture shows."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import simcord
from simcord import Env, InteractionResult

from bot.client.articles.views import NEW_STORY
from bot.client.bot import FootnoteBot
from bot.client.start import make_bot
from bot.client.words import AS_PICTURE
from bot.preview.server import BOT, PreviewMember, SimulatedServer, open_server
from bot.service.service import Service
from bot.settings import Settings
from data.guide.samples import shown_files
from tests.client.forms import send
from tests.client.world import Message, answer, buttons, finish_background, parts, text
from tests.support.paths import ROOT

FOLDER = ROOT / "docs" / "pictures"
WORDS = FOLDER / "words.json"
"""What each picture says, by its name."""

_DEADLINE = 60.0  # seconds to answer in, for a busy machine makes the same pictures
_SELECT, _TEXT, _GALLERY = 3, 10, 12  # Discord's numbers for kinds of components


class Stage(NamedTuple):
    """A simulated Discord with the bot and the preview's server in it."""

    env: Env
    bot: FootnoteBot
    server: SimulatedServer


class Shown(NamedTuple):
    """What a picture shows: a message, as one member sees it."""

    viewer: PreviewMember
    message: Message


@asynccontextmanager
async def open_stage(home: Path) -> AsyncIterator[Stage]:
    """Open the server of the preview, with the shipped story and no question asked yet."""
    bot = make_bot(Service(Settings(home, answer_deadline=_DEADLINE)), shard_count=1)
    try:
        async with bot.service as service, simcord.run(bot, shard_count=1, settle_timeout=_DEADLINE) as env:
            yield Stage(env, bot, await open_server(env, service, []))
    finally:
        bot.upload_reading.close()


async def _answer(stage: Stage) -> Shown:
    reader, channel = stage.server.reader, stage.server.channel
    await reader.send(channel, f"@{BOT} how much did Twitter make off RT's ads?")
    assert channel.last_message is not None
    return Shown(reader, channel.last_message)


async def _quotation(stage: Stage) -> Shown:
    reader, channel = stage.server.reader, stage.server.channel
    return _shown(reader, await reader.slash(channel, "check", text="“we did come to this decision lightly”", speaker="Twitter"))


async def _timeline(stage: Stage) -> Shown:
    reader, channel = stage.server.reader, stage.server.channel
    listed = answer(await reader.slash(channel, "timeline"))
    return _shown(reader, await reader.click(listed, label=AS_PICTURE))


async def _edit(stage: Stage) -> Shown:
    moderator, channel = stage.server.moderator, stage.server.channel
    form = await moderator.slash(channel, "fact edit", fact="ad-revenue")
    correction = "In seven years Twitter took $1.9 million from RT's advertising."
    preview = await send(moderator, form, text=correction, reason="The paper has corrected the number of years")
    await finish_background(stage.bot)  # which asks all recorded questions
    return _shown(moderator, preview)


async def _settings(stage: Stage) -> Shown:
    moderator, channel = stage.server.moderator, stage.server.channel
    return _shown(moderator, await moderator.slash(channel, "settings"))


async def _keep(stage: Stage) -> Shown:
    moderator, channel = stage.server.moderator, stage.server.channel
    article = await moderator.slash(channel, "article", file=("crane.txt", shown_files()["crane.txt"].encode()))
    await moderator.select(answer(article), values=[NEW_STORY])
    await finish_background(stage.bot)
    return _shown(moderator, await moderator.slash(channel, "keep", story="crane-falls-at-fish-quay"))


def _shown(viewer: PreviewMember, result: InteractionResult) -> Shown:
    return Shown(viewer, answer(result))


SCENES: dict[str, Callable[[Stage], Awaitable[Shown]]] = {
    "answer": _answer,
    "quotation": _quotation,
    "timeline": _timeline,
    "edit": _edit,
    "settings": _settings,
    "keep": _keep,
}
"""How each picture comes about, by its name. They are played one after the other on one stage."""


def words_of(message: Message) -> list[str]:
    """Return what a message says: its text, what its pictures tell in words, its lists and its buttons."""
    described = [item["description"] for part in parts(message) if part["type"] == _GALLERY for item in part["items"]]
    lists = [part.get("placeholder") or "" for part in parts(message) if part["type"] == _SELECT]
    return [*text(message).splitlines(), *described, *lists, *buttons(message)]
