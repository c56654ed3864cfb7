"""What fails on Discord's side is asked for again, with all that was sent; what Discord refuses is not."""

from __future__ import annotations

import io

import discord
import pytest

from bot.client import retrying
from bot.client.start import make_bot
from bot.service.service import Service
from tests.support.loopback import CHANNEL, answer, connected, loopback_discord

TRIES = 1 + len(retrying.PAUSES)


@pytest.mark.parametrize(
    ("statuses", "taken"), [([503], True), ([520, 503, 530], True), ([503] * TRIES, False), ([400], False), ([403], False)]
)
async def test_a_message_with_a_file_is_sent_until_discord_takes_it(
    statuses: list[int], taken: bool, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with loopback_discord(monkeypatch) as wire:
        bot = make_bot(service, shard_count=1)
        async with connected(bot):
            wire.message_answers = [answer({"message": "no", "code": 0}, status) for status in statuses]
            view = discord.ui.LayoutView().add_item(discord.ui.File("attachment://story.yaml"))
            sending = bot.get_partial_messageable(CHANNEL).send(view=view, file=discord.File(io.BytesIO(b"story"), "story.yaml"))
            if taken:
                await sending
            else:
                with pytest.raises(discord.HTTPException):
                    await sending
    assert wire.message_answers == []
    assert wire.uploads == [b"story"] * taken


async def test_what_the_library_repeats_itself_is_not_repeated_once_more(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def do_not_wait(seconds: float) -> None:
        pass

    async with loopback_discord(monkeypatch) as wire:
        bot = make_bot(service, shard_count=1)
        async with connected(bot):
            wire.message_answers = [answer({"message": "no", "code": 0}, 500) for _ in range(7)]
            with monkeypatch.context() as patch:
                patch.setattr("discord.http.asyncio.sleep", do_not_wait)
                with pytest.raises(discord.DiscordServerError):
                    await bot.get_partial_messageable(CHANNEL).send("hello")
    assert len(wire.message_answers) == 2
