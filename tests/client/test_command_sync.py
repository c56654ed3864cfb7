"""Discord is sent the commands after the bot is ready, only those that it does not have, and again until it takes them."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest

from bot.client import command_sync, localization, retrying
from bot.client.command_sync import SENT_COMMANDS, CommandSync
from bot.client.start import make_bot
from bot.presentation.languages import command_texts
from bot.service.service import Service
from tests.support.loopback import BOT, LoopbackDiscord, answer, connected, loopback_discord, until


@pytest.fixture
async def wire(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LoopbackDiscord]:
    async with loopback_discord(monkeypatch) as served:
        yield served


async def run(service: Service) -> None:
    """Start a bot and stop it when it sends no more commands."""
    bot = make_bot(service, shard_count=1)
    async with connected(bot):
        cog = bot.get_cog(CommandSync.__name__)
        assert isinstance(cog, CommandSync)
        await until(lambda: not cog.sync.is_running())


async def test_the_commands_are_sent_once_and_again_when_they_are_others(
    service: Service, wire: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    await run(service)
    await run(service)
    assert len(wire.commands_told) == 1
    monkeypatch.setattr(CommandSync, "_payload", _ask_alone)
    await run(service)
    await run(service)
    assert [len(each) for each in wire.commands_told][1:] == [1]


async def test_a_new_translation_is_sent(service: Service, wire: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch) -> None:
    await run(service)
    texts = {**command_texts("fr"), ("command", "ask"): "questionner"}
    monkeypatch.setattr(localization, "command_texts", lambda _: texts)
    await run(service)
    assert [names[0]["name_localizations"]["fr"] for names in wire.commands_told] == ["demander", "questionner"]


async def _ask_alone(_: CommandSync) -> list[dict[str, object]]:
    return [{"name": "ask", "description": "Ask", "contexts": [0], "integration_types": [0]}]


@pytest.mark.parametrize("content", ["", "[1]", f'{{"{BOT}": 5}}', '{"1": "another application"}'])
async def test_what_was_sent_counts_for_one_application_and_a_damaged_file_for_none(
    content: str, service: Service, wire: LoopbackDiscord
) -> None:
    (service.settings.home / SENT_COMMANDS).write_text(content)
    await run(service)
    assert len(wire.commands_told) == 1
    await run(service)
    assert len(wire.commands_told) == 1


async def test_a_file_that_cannot_be_written_fails_nothing(service: Service, wire: LoopbackDiscord) -> None:
    (service.settings.home / SENT_COMMANDS).mkdir()
    await run(service)
    assert len(wire.commands_told) == 1


@contextmanager
def without_waiting() -> Iterator[None]:
    """Have each bot try again at once."""
    CommandSync.sync.change_interval(seconds=0)
    yield
    CommandSync.sync.change_interval(minutes=command_sync._MINUTES)


async def test_what_discord_does_not_take_is_sent_again(
    service: Service, wire: LoopbackDiscord, caplog: pytest.LogCaptureFixture
) -> None:
    failing = [answer({"code": 0}, 503) for _ in range(1 + len(retrying.PAUSES))]
    wire.command_answers = [answer({"message": "no", "code": 0}, 403), answer("<html>", 429), *failing]
    with without_waiting():
        await run(service)
    assert len(wire.commands_told) == 2 + len(failing) + 1
    warned = [each for each in caplog.records if each.levelno == logging.WARNING and each.name == command_sync.__name__]
    assert len(warned) == 3


async def test_a_rate_limit_keeps_no_bot_offline_and_no_bot_running(service: Service, wire: LoopbackDiscord) -> None:
    wire.command_answers = [answer({"message": "slow down", "retry_after": 600, "global": False}, 429, Via="1.1 google")]
    bot = make_bot(service, shard_count=1)
    async with connected(bot):
        await until(lambda: wire.commands_told)
        await wire.send("GUILD_CREATE", {"id": "7", "name": "newsroom", "roles": [], "channels": [], "members": []})
        await until(lambda: bot.get_guild(7))
        assert bot.not_ready() is None
    assert not (service.settings.home / SENT_COMMANDS).exists()


async def test_an_answer_that_is_not_as_expected_fails_nothing(service: Service, wire: LoopbackDiscord) -> None:
    wire.command_answers = [answer([{}])]
    await run(service)
    assert len(wire.commands_told) == 1
