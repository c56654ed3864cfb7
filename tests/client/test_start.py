"""The bot itself: what it may see, what Discord is told, and how a start fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import lru_cache, partial

import discord
import pytest
from discord.http import Route
from simcord import Env

from bot.answers.reader import encoder, judging, reader
from bot.client import start
from bot.client.permissions import Permission
from bot.client.start import make_bot, run_bot, start_bot
from bot.errors import SetupError
from bot.resources import reader_folder
from bot.service.service import Service
from bot.settings import Settings
from bot.storage import bases
from tests.client.permission_table import COMMANDS, MENUS
from tests.client.world import TWITTER_BAN, World, make_world, text
from tests.support.loopback import TOKEN, connected, loopback_discord, until


def test_it_asks_for_no_privileged_intent_and_keeps_no_members(service: Service) -> None:
    bot = make_bot(service)
    intents = bot.intents
    assert not any((intents.members, intents.presences, intents.message_content))
    assert intents.guilds
    assert intents.messages
    allowed = bot.allowed_mentions
    assert allowed is not None
    assert not any((allowed.everyone, allowed.users, allowed.roles, allowed.replied_user))


def test_a_start_says_nothing_of_voice(
    service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for warning in ("warn_nacl", "warn_dave"):
        monkeypatch.setattr(discord.VoiceClient, warning, True)
    make_bot(service)
    assert caplog.records == []


ANYWHERE = ([0, 1, 2], [0, 1])
"""Contexts (a server, the bot's direct messages, other private channels) and ways of installing (in a server, for a person)."""

SERVERS = ([0], [0])
OFFERED = {
    "Add as fact": SERVERS,
    "Answer this": ANYWHERE,
    "Check quotes": ANYWHERE,
    "Read this article": SERVERS,
    "actor": SERVERS,
    "article": SERVERS,
    "ask": ANYWHERE,
    "audit": SERVERS,
    "check": ANYWHERE,
    "fact": SERVERS,
    "feed": SERVERS,
    "follow": SERVERS,
    "following": SERVERS,
    "gaps": SERVERS,
    "help": ANYWHERE,
    "keep": SERVERS,
    "network": ANYWHERE,
    "news": ANYWHERE,
    "privacy": ANYWHERE,
    "quote": ANYWHERE,
    "review": SERVERS,
    "settings": SERVERS,
    "setup": SERVERS,
    "source": SERVERS,
    "sources": ANYWHERE,
    "status": SERVERS,
    "story": SERVERS,
    "suggest": SERVERS,
    "timeline": ANYWHERE,
    "who": ANYWHERE,
}


async def test_discord_is_told_where_each_command_is_offered_and_to_whom(world: World) -> None:
    commands = [request.json for request in world.env.http_requests if request.method == "PUT"][-1]
    assert isinstance(commands, list)
    offered = {command["name"]: (sorted(command["contexts"]), sorted(command["integration_types"])) for command in commands}
    assert offered == OFFERED
    of_moderators = {name for name, who in (COMMANDS | MENUS).items() if who is Permission.MODERATOR}
    moderators = {name if name in MENUS else name.split()[0] for name in of_moderators}
    manage_messages = discord.Permissions(manage_messages=True).value
    needed = {command["name"]: command["default_member_permissions"] for command in commands}
    assert needed == {name: manage_messages if name in moderators else None for name in OFFERED}
    for command in commands:
        for option in command.get("options", []):
            assert option["description"] != "…"


async def test_a_start_goes_on_where_discord_does_not_take_the_commands(service: Service) -> None:
    env = Env(make_bot(service, shard_count=1))
    env.inject_error("PUT", "/applications/*/commands", status=500)
    await env.start()
    try:
        world = make_world(env, service)
        assert text(await world.ask(TWITTER_BAN)).startswith("### 26 October 2017")
    finally:
        await env.shutdown()


async def test_what_the_first_answer_needs_is_loaded_before_the_login(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []

    def counted(name: str, load: Callable[..., object], *given: object) -> object:
        loaded.append(name)
        return load(*given)

    for module, name in ((encoder, "open_session"), (judging, "open_session"), (bases, "load_story")):
        monkeypatch.setattr(module, name, partial(counted, name, getattr(module, name)))

    async def start_counted(*_: object) -> None:
        loaded.append("login")

    monkeypatch.setattr(reader, "_opened", lru_cache(lambda: reader.Reader(reader_folder())))
    bases._read_story.cache_clear()
    async with Service(service.settings) as cold, make_bot(cold, shard_count=1) as bot:
        monkeypatch.setattr(bot, "start", start_counted)
        await start_bot(bot, TOKEN)
        await cold.ask(7, TWITTER_BAN)
    assert sorted(loaded[:-1]) == ["load_story", "open_session", "open_session", "open_session"]
    assert loaded[-1] == "login"


@pytest.mark.parametrize("token", [None, "", "  "])
async def test_without_a_token_it_says_where_to_get_one(settings: Settings, token: str | None) -> None:
    with pytest.raises(SetupError) as raised:
        await run_bot(settings, token)
    assert str(raised.value) == start.NO_TOKEN


async def refusal(service: Service) -> str:
    with pytest.raises(SetupError) as raised:
        async with make_bot(service) as bot:
            await start_bot(bot, "a.wrong.token")
    return str(raised.value)


async def test_a_wrong_token_is_one_sentence(service: Service, discord_says: dict[str, int]) -> None:
    sentence = await refusal(service)
    assert sentence == start.WRONG_TOKEN
    assert "a.wrong.token" not in sentence


async def test_a_refusal_is_one_sentence(service: Service, discord_says: dict[str, int]) -> None:
    discord_says["status"] = 403
    assert (await refusal(service)).startswith("Discord did not let the bot in (403")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (4004, start.WRONG_TOKEN),
        (4010, start.SHARDS),
        (4011, start.SHARDS),
        (4012, start.OLD_VERSION),
        (4013, start.OLD_VERSION),
        (4014, start.INTENTS),
    ],
)
async def test_a_connection_that_discord_closes_for_good_says_what_helps(
    code: int, sentence: str, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = make_bot(service, shard_count=1)
    async with loopback_discord(monkeypatch) as wire, bot:
        starting = asyncio.create_task(start_bot(bot, TOKEN))
        await until(lambda: wire.handshakes)
        await wire.close(code)
        with pytest.raises(SetupError) as raised:
            await starting
    assert str(raised.value).startswith(sentence.partition("{")[0])
    assert "wait a minute" not in str(raised.value)


@pytest.mark.parametrize("code", [4000, 4001, 4007, 4009, 1000])
async def test_a_connection_that_discord_closes_for_a_time_is_made_anew(
    code: int, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with loopback_discord(monkeypatch) as wire, connected(make_bot(service, shard_count=1)):
        await wire.close(code)
        await until(lambda: len(wire.handshakes) == 2)


async def test_no_network_is_one_sentence(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", "http://127.0.0.1:1")
    assert await refusal(service) == start.NO_NETWORK
