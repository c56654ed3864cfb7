"""What cannot be read on the gateway is skipped or met by a new connection; what fails on Discord's side is asked for again."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.client.bot import FootnoteBot
from bot.client.facts import words
from bot.client.start import make_bot
from bot.service.service import Service
from tests.client import forms
from tests.client.world import TWITTER_BAN, Message, World, answer, bot_of, text
from tests.support.loopback import LoopbackDiscord, connected, loopback_discord, until

AUTHOR = {"id": "5", "username": "ann", "discriminator": "0", "avatar": None}
MESSAGE: dict[str, Any] = {
    "id": "9",
    "channel_id": "8",
    "guild_id": "7",
    "content": "hello",
    "timestamp": "2026-01-01T00:00:00+00:00",
    "type": 0,
    "edited_timestamp": None,
    "tts": False,
    "mention_everyone": False,
    "mentions": [],
    "mention_roles": [],
    "pinned": False,
    "attachments": [],
    "embeds": [],
    "author": AUTHOR,
}
SERVER: dict[str, Any] = {"id": "7", "name": "newsroom", "roles": [], "channels": [], "members": [], "threads": [], "emojis": []}
MALFORMED: dict[str, tuple[str, Any]] = {
    "a message without its author": ("MESSAGE_CREATE", {name: MESSAGE[name] for name in MESSAGE if name != "author"}),
    "roles that are objects": ("MESSAGE_CREATE", {**MESSAGE, "member": {"roles": [{"id": "1"}], "joined_at": None, "flags": 0}}),
    "an event without data": ("MESSAGE_CREATE", None),
    "an event that is a list": ("GUILD_UPDATE", [1]),
    "a server without channels": ("GUILD_CREATE", {**SERVER, "id": "6", "channels": None}),
    "an interaction without a type": ("INTERACTION_CREATE", {"id": "3", "token": "t"}),
}


@pytest.fixture
async def wire(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LoopbackDiscord]:
    async with loopback_discord(monkeypatch) as served:
        yield served


@pytest.fixture
async def bot(service: Service, wire: LoopbackDiscord) -> AsyncIterator[FootnoteBot]:
    bot = make_bot(service, shard_count=1)
    async with connected(bot):
        yield bot


async def joins(bot: FootnoteBot, wire: LoopbackDiscord, server: int) -> None:
    """Let the bot be added to a server and wait until it knows it: so it reads what comes now."""
    await wire.send("GUILD_CREATE", {**SERVER, "id": str(server)})
    await until(lambda: bot.get_guild(server))


def counted(bot: FootnoteBot, event: str, times: int) -> bool:
    return f'footnote_malformed_events_total{{event="{event}"}} {times}.0' in bot.metrics.exposition().decode()


@pytest.mark.parametrize("what", MALFORMED)
async def test_a_malformed_event_is_skipped_logged_once_and_counted(
    what: str, bot: FootnoteBot, wire: LoopbackDiscord, caplog: pytest.LogCaptureFixture
) -> None:
    await joins(bot, wire, 7)
    event, data = MALFORMED[what]
    await wire.send(event, data)
    await wire.send(event, data)
    await joins(bot, wire, 70)
    assert wire.handshakes == ["IDENTIFY"]
    assert counted(bot, event, 2)
    assert [record.args for record in caplog.records if record.levelno >= logging.ERROR] == [(event,)]


async def test_after_a_malformed_event_questions_are_answered(world: World) -> None:
    for event, data in MALFORMED.values():
        bot_of(world)._connection.parsers[event](data)
    assert text(await world.ask(TWITTER_BAN)).startswith("### 26 October 2017")


@pytest.mark.parametrize("value", [None, 5, [5], [{}]], ids=repr)
async def test_a_server_whose_description_cannot_be_read_is_known_all_the_same(
    value: Any, bot: FootnoteBot, wire: LoopbackDiscord
) -> None:
    for number, name in enumerate([*SERVER, "system_channel_id", "voice_states", "presences"], 100):
        await wire.send("GUILD_CREATE", {**SERVER, "id": str(number), name: value} if name != "id" else SERVER)
    await joins(bot, wire, 70)
    assert len(bot.guilds) == len(SERVER) + 4


async def test_in_a_server_whose_description_cannot_be_read_people_meet_its_own_facts(world: World) -> None:
    await add_fact(world)
    state = bot_of(world)._connection
    role = {"id": "77", "name": "Editors", "permissions": "0", "position": 1, "colors": {}, "flags": 0}
    del state._guilds[world.guild.id]
    state.parsers["GUILD_CREATE"]({**SERVER, "id": str(world.guild.id), "roles": [role], "channels": None})
    assert bot_of(world).get_guild(world.guild.id).get_role(77)  # type: ignore[union-attr]
    asked: list[Message] = [
        await world.ask(OWN_QUESTION),
        answer(await world.alice.slash(world.channel, "ask", question=OWN_QUESTION)),
        answer(await world.alice.context_menu(world.channel, "Answer this", await world.bob.send(world.channel, OWN_QUESTION))),
    ]
    assert all(OWN_ANSWER in text(message) for message in asked)
    assert "I do not know" not in text(answer(await world.moderator.slash(world.channel, "gaps")))


async def test_in_a_server_that_the_library_does_not_know_chatter_is_no_direct_message(world: World) -> None:
    await add_fact(world)
    del bot_of(world)._connection._guilds[world.guild.id]
    before = len(world.channel.history())
    await world.alice.send(world.channel, OWN_QUESTION)
    await world.env.settle()
    assert len(world.channel.history()) == before + 1
    assert OWN_ANSWER in text(await world.ask(OWN_QUESTION))
    assert not world.service.settings.library.exists()


OWN_QUESTION, OWN_ANSWER = "When did the Wren ferry sink?", "The Wren ferry sank"


async def add_fact(world: World) -> None:
    """Give the server a fact that the library has not."""
    form = await world.moderator.slash(world.channel, "fact add event")
    shown = answer(await forms.send(world.moderator, form, text="The Wren ferry sank.", date="3 May 2019", cite=forms.LINK))
    await world.moderator.click(shown, label=words.SAVE)


FRAMES: dict[str, str | bytes] = {
    "no JSON": "{",
    "no object": "[1]",
    "a broken compression": b"\x00\x01\x02\x00\x00\xff\xff",
    "a greeting without data": '{"op": 10, "d": null}',
    "an event whose name is a list": '{"op": 0, "t": ["READY"], "d": {}}',
    "a handshake without data": '{"op": 0, "t": "RESUMED", "s": 99, "d": null}',
}


@pytest.mark.parametrize("what", FRAMES)
async def test_a_frame_that_cannot_be_read_has_the_session_resumed(
    what: str, bot: FootnoteBot, wire: LoopbackDiscord, caplog: pytest.LogCaptureFixture
) -> None:
    await wire.send_frame(FRAMES[what])
    await until(lambda: len(wire.handshakes) == 2)
    await joins(bot, wire, 7)
    assert wire.handshakes == ["IDENTIFY", "RESUME"]
    assert counted(bot, "frame", 1)
    assert [record.args for record in caplog.records if record.name.startswith("bot") and record.exc_info] == [("frame",)]


async def test_a_session_that_breaks_at_the_same_place_again_is_given_up_for_a_new_one(
    bot: FootnoteBot, wire: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def resume_into_the_same_frame(event: str, data: Any) -> None:
        if event == "RESUMED":
            await wire.send_frame("{")
        else:
            await send(event, data)

    send = wire.send
    monkeypatch.setattr(wire, "send", resume_into_the_same_frame)
    await wire.send_frame("{")
    await until(lambda: len(wire.handshakes) == 3)
    assert wire.handshakes == ["IDENTIFY", "RESUME", "IDENTIFY"]
    await joins(bot, wire, 7)


async def test_a_session_that_does_not_begin_is_begun_again(service: Service, wire: LoopbackDiscord) -> None:
    wire.ready = [{"user": None}, {"session_id": None, "guilds": None}, {"resume_gateway_url": 5}]
    bot = make_bot(service, shard_count=1)
    async with connected(bot):
        await joins(bot, wire, 7)
        assert wire.handshakes[-1] == "IDENTIFY"


@pytest.mark.parametrize("frame", ["{", '{"op": 9, "d": false}'])
async def test_connections_that_close_before_a_word_are_tried_again(bot: FootnoteBot, wire: LoopbackDiscord, frame: str) -> None:
    wire.closes_unheard = 3
    await wire.send_frame(frame)
    await until(lambda: len(wire.handshakes) == 2)
    await joins(bot, wire, 7)
