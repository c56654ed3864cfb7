"""Requests to Discord that fail for a moment: sent again until they are taken, and never shown twice."""

from __future__ import annotations

import io
from typing import Any

import aiohttp
import discord
import pytest

from bot.client import retrying
from bot.client.posting import post_in_channel
from bot.client.start import make_bot
from bot.facts.state.replies import Replies
from bot.service.service import Service
from tests.client.world import TWITTER_BAN
from tests.support.loopback import CHANNEL, SERVER, answer, connected, loopback_discord, until

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


def failing(what: str) -> Any:
    """Return how the next request fails: at Discord's edge, on Discord's side, or because the connection breaks."""
    edge = {"429": answer("error code: 1015", 429), "503": answer("", 503), "520": answer("", 520)}
    return edge.get(what, what)


FAILING = ["429", "503", "520", "lost", "unheard"]


async def test_where_discord_wants_to_be_left_alone_for_long_it_is(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    async with loopback_discord(monkeypatch) as wire:
        bot = make_bot(service, shard_count=1)
        async with connected(bot):
            wire.message_answers = [answer("error code: 1015", 429, **{"Retry-After": "3600"})]
            with pytest.raises(discord.HTTPException):
                await bot.get_partial_messageable(CHANNEL).send("hello")
    assert wire.messages == []


@pytest.mark.parametrize("what", FAILING)
async def test_a_reply_to_a_message_is_shown_once_whatever_fails(
    what: str, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with loopback_discord(monkeypatch) as wire:
        bot = make_bot(service, shard_count=1)
        async with connected(bot):
            wire.message_answers = [failing(what), failing(what)]
            sent = await bot.get_partial_messageable(CHANNEL).send("hello")
            other = await bot.get_partial_messageable(CHANNEL).send("hello")
    assert [message["content"] for message in wire.messages] == ["hello", "hello"]
    assert sent.id != other.id


@pytest.mark.parametrize(("what", "shown"), [("unheard", 1), ("lost", 0), ("refused", 1)])
async def test_a_reply_that_may_have_arrived_is_not_sent_below_instead(
    what: str, shown: int, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with loopback_discord(monkeypatch) as wire:
        bot = make_bot(service, shard_count=1)
        async with connected(bot):
            await wire.create_server()
            await until(lambda: wire.messages)  # the hello in a new server
            wire.messages.clear()
            refusal = answer({"message": "Cannot reply without permission to read message history", "code": 160002}, 400)
            wire.message_answers = [refusal] if what == "refused" else [failing(what)] * TRIES
            sent = await post_in_channel(
                bot, SERVER, CHANNEL, discord.ui.LayoutView().add_item(discord.ui.TextDisplay("hello")), under=5
            )
    assert (sent is not None) is (what == "refused")
    assert len(wire.messages) == shown


@pytest.mark.parametrize("what", ["429", "lost", "unheard"])  # the library itself repeats what fails on Discord's side here
async def test_an_answer_to_a_command_is_shown_once_and_noted_whatever_fails(
    what: str, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    errors: list[BaseException] = []
    noted: list[tuple[str, int, int]] = []
    async with loopback_discord(monkeypatch) as wire:
        bot = make_bot(service, shard_count=1)
        async with connected(bot):
            await wire.create_server()
            await until(lambda: wire.messages)  # the hello in a new server
            wire.messages.clear()
            monkeypatch.setattr(bot.error_handler, "record", lambda error, channel: errors.append(error))
            monkeypatch.setattr(Replies, "mark_sent", lambda _, *sent: noted.append(sent))
            wire.message_answers = [failing(what)]
            await wire.slash("ask", question=TWITTER_BAN)
            await until(lambda: noted or errors)
    assert errors == []
    assert len(wire.messages) == len(noted) == 1
    assert wire.message_answers == []
    assert noted[0][1] == CHANNEL


@pytest.mark.parametrize(("what", "shown"), [("unheard", 1), ("lost", 0)])
async def test_what_would_be_shown_twice_is_not_sent_again_where_it_may_have_arrived(
    what: str, shown: int, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with loopback_discord(monkeypatch) as wire, aiohttp.ClientSession() as session:
        followup = discord.http.Route("POST", "/webhooks/{webhook_id}/{webhook_token}", webhook_id=1, webhook_token="t")
        wire.message_answers = [failing(what)]
        with pytest.raises(aiohttp.ClientConnectionError):
            await retrying.PatientAdapter(1).request(followup, session, payload={"content": "hello"})
        assert len(wire.messages) == shown
        wire.message_answers = [failing("429")]
        await retrying.PatientAdapter(1).request(followup, session, payload={"content": "hello"})
    assert len(wire.messages) == shown + 1
