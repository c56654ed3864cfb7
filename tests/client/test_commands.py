"""Commands are named in each language, and Discord is sent those that it does not have yet, until it takes them."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from discord.utils import utcnow

from bot.client import commands, retrying
from bot.client.commands import SENT_COMMANDS, CommandSync
from bot.client.start import make_bot
from bot.facts.typed_dates import typed_date
from bot.languages import ENGLISH, LANGUAGES, command_texts
from bot.service.service import Service
from tests.client.commands import LOCALES, sent_commands
from tests.client.world import World
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
    assert len(wire.command_payloads) == 1
    monkeypatch.setattr(CommandSync, "_payload", _ask_alone)
    await run(service)
    await run(service)
    assert [len(payload) for payload in wire.command_payloads][1:] == [1]


async def test_a_new_translation_is_sent(service: Service, wire: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch) -> None:
    await run(service)
    texts = {**command_texts("fr"), ("command", "ask"): "questionner"}
    monkeypatch.setattr(commands, "command_texts", lambda _: texts)
    await run(service)
    assert [names[0]["name_localizations"]["fr"] for names in wire.command_payloads] == ["demander", "questionner"]


async def _ask_alone(_: CommandSync) -> list[dict[str, object]]:
    return [{"name": "ask", "description": "Ask", "contexts": [0], "integration_types": [0]}]


@pytest.mark.parametrize("content", ["", "[1]", f'{{"{BOT}": 5}}', '{"1": "another application"}'])
async def test_what_was_sent_counts_for_one_application_and_a_damaged_file_for_none(
    content: str, service: Service, wire: LoopbackDiscord
) -> None:
    (service.settings.home / SENT_COMMANDS).write_text(content)
    await run(service)
    assert len(wire.command_payloads) == 1
    await run(service)
    assert len(wire.command_payloads) == 1


async def test_a_file_that_cannot_be_written_fails_nothing(service: Service, wire: LoopbackDiscord) -> None:
    (service.settings.home / SENT_COMMANDS).mkdir()
    await run(service)
    assert len(wire.command_payloads) == 1


@contextmanager
def without_waiting() -> Iterator[None]:
    """Have each bot try again at once."""
    CommandSync.sync.change_interval(seconds=0)
    yield
    CommandSync.sync.change_interval(minutes=commands._MINUTES)


async def test_what_discord_does_not_take_is_sent_again(
    service: Service, wire: LoopbackDiscord, caplog: pytest.LogCaptureFixture
) -> None:
    failing = [answer({"code": 0}, 503) for _ in range(1 + len(retrying.PAUSES))]
    wire.command_answers = [answer({"message": "no", "code": 0}, 403), answer("<html>", 429), *failing]
    with without_waiting():
        await run(service)
    assert len(wire.command_payloads) == 2 + len(failing) + 1
    warned = [record for record in caplog.records if record.levelno == logging.WARNING and record.name == commands.__name__]
    assert len(warned) == 2  # a 429 that names no time is repeated at once, with what fails after it


async def test_the_minutes_between_tries_count_from_when_the_bot_was_ready(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot, ready, failed = make_bot(service, shard_count=1), asyncio.Event(), asyncio.Event()

    async def fail(_: CommandSync) -> list[Any]:
        failed.set()
        raise RuntimeError

    monkeypatch.setattr(CommandSync, "_payload", fail)
    monkeypatch.setattr(bot._connection, "application_id", 1)
    monkeypatch.setattr(bot, "wait_until_ready", ready.wait)
    cog = CommandSync(bot)
    cog.sync.start()
    begun = utcnow()
    await until(lambda: utcnow() > begun)
    at = utcnow()
    ready.set()
    await failed.wait()
    following = cog.sync.next_iteration
    await cog.cog_unload()
    assert following is not None
    assert following >= at + timedelta(minutes=commands._MINUTES)


async def test_a_rate_limit_keeps_no_bot_offline_and_no_bot_running(service: Service, wire: LoopbackDiscord) -> None:
    wire.command_answers = [answer({"message": "slow down", "retry_after": 600, "global": False}, 429, Via="1.1 google")]
    bot = make_bot(service, shard_count=1)
    async with connected(bot):
        await until(lambda: wire.command_payloads)
        await wire.send("GUILD_CREATE", {"id": "7", "name": "newsroom", "roles": [], "channels": [], "members": []})
        await until(lambda: bot.get_guild(7))
        assert bot.not_ready() is None
    assert not (service.settings.home / SENT_COMMANDS).exists()


async def test_an_answer_that_is_not_as_expected_fails_nothing(service: Service, wire: LoopbackDiscord) -> None:
    wire.command_answers = [answer([{}])]
    await run(service)
    assert len(wire.command_payloads) == 1


def sent_texts(named: dict[str, Any], what: str = "command") -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield the context, the text and the translations of all that a command says."""
    yield what, named["name"], named.get("name_localizations") or {}
    if named.get("description"):
        yield "description", named["description"], named.get("description_localizations") or {}
    for option in named.get("options") or ():
        yield from sent_texts(option, "command" if option["type"] <= 2 else "option")
    for choice in named.get("choices") or ():
        yield from sent_texts(choice, "choice")


async def test_all_that_a_command_says_is_sent_in_every_language_and_no_translation_is_left_over(world: World) -> None:
    texts = [text for command in sent_commands(world) for text in sent_texts(command)]
    assert {(what, said): translations.keys() for what, said, translations in texts if set(translations) != set(LOCALES)} == {}
    assert set(LOCALES.values()) == set(LANGUAGES) - {ENGLISH, "ar"}  # Discord has no client in Arabic
    assert {"de", "es-ES", "es-419", "fr"} <= set(LOCALES)
    for language in LOCALES.values():
        assert command_texts(language).keys() == {(what, said) for what, said, _ in texts}
    german = {(what, said): translations["de"] for what, said, translations in texts}
    assert german["command", "ask"] == "frag"
    assert german["command", "Check quotes"] == "Zitate prüfen"


@pytest.mark.parametrize("language", sorted(set(LOCALES.values())))
def test_examples_of_dates_are_ones_that_can_be_typed(language: str) -> None:
    examples = [
        example
        for (_, english), translated in command_texts(language).items()
        if re.search(r"\b20\d\d\b", english)
        for example in re.findall(r"\d[\d./-]+\d", translated)
    ]
    assert len(examples) > 5
    for example in examples:
        typed_date(example, date(2025, 11, 1))
