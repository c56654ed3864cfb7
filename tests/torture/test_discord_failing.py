"""Discord fails in the middle of what people do: what was begun is done, nobody sees a traceback, and the next try works."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp
import pytest
from simcord import Env, InteractionResult

from bot.client import words
from bot.client.contributions.suggesting import SEND
from bot.facts.logbook import sign
from bot.presentation.wording import SOURCES
from tests.client.forms import count, in_session, send
from tests.client.suggestions import filled, proposals
from tests.client.world import TWITTER_BAN, World, answer, buttons, options, reread, text, upload
from tests.support.paths import HARBOUR
from tests.support.slow import slow_but

ANSWER = "### 26 October 2017"
MAX_TRIES = 6  # of one request: discord.py tries five times, and the door once
CALLBACK, ORIGINAL = ("POST", "/interactions/*/callback"), ("PATCH", "/webhooks/*")
SEND_MESSAGE, EDIT_MESSAGE = ("POST", "/channels/*/messages"), ("PATCH", "/channels/*/messages/*")


async def ask(world: World) -> str:
    return text(await world.ask(TWITTER_BAN))


async def slash(world: World) -> str:
    return shown(await world.alice.slash(world.channel, "ask", question=TWITTER_BAN))


async def press(world: World) -> str:
    return shown(await world.alice.click(world.channel.history()[1], label=SOURCES))


async def export(world: World) -> str:
    return shown(await world.moderator.slash(world.channel, "story export", story="twitter-rt-sputnik"))


async def list_sources(world: World) -> str:
    return shown(await world.alice.slash(world.channel, "sources"))


def shown(result: InteractionResult) -> str:
    reply = result.response or next(iter(result.followups), None)
    return text(reply) if reply is not None else ""


@dataclass(frozen=True)
class Flow:
    """Something that people do, the request that it ends in, and what they see when that is taken."""

    run: Callable[[World], Awaitable[str]]
    request: tuple[str, str]
    sees: str


FLOWS = {
    "mention": Flow(ask, SEND_MESSAGE, ANSWER),
    "slash command": Flow(slash, CALLBACK, ANSWER),
    "button": Flow(press, CALLBACK, SOURCES),
    "export": Flow(export, CALLBACK, ""),
    "list": Flow(list_sources, CALLBACK, SOURCES),
}


def cut_off(env: Env, monkeypatch: pytest.MonkeyPatch, request: tuple[str, str]) -> None:
    """Have the connection break while Discord answers a request, once for each try of the library."""
    env.inject_error(*request, status=CUT_OFF, times=5)
    session = env.bot.http
    real = session.request

    async def broken(*arguments: object, **options: object) -> object:
        try:
            return await real(*arguments, **options)  # type: ignore[arg-type]
        except Exception as error:
            if getattr(error, "status", None) == CUT_OFF:
                raise aiohttp.ServerDisconnectedError from None
            raise

    monkeypatch.setattr(session, "request", broken)


CUT_OFF = 520


@pytest.mark.parametrize("status", slow_but(500, [429, 500, 403, 404, CUT_OFF]))
@pytest.mark.parametrize("name", FLOWS)
async def test_who_reads_sees_no_traceback_and_the_next_try_works(
    world: World, name: str, status: int, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    flow = FLOWS[name]
    await world.ask(TWITTER_BAN)
    if status == CUT_OFF:
        cut_off(world.env, monkeypatch, flow.request)
    else:
        world.env.inject_error(*flow.request, status=status, times=5)
    before = len(world.env.backend.transcript)
    said = await flow.run(world)
    tries = [entry for entry in world.env.backend.transcript[before:] if entry[0] == "HTTP"]
    assert len(tries) <= 2 * MAX_TRIES
    assert "Traceback" not in said
    assert not [record for record in caplog.records if record.exc_info and record.name.startswith("bot")]
    assert any(record.levelno >= logging.WARNING for record in caplog.records)
    world.env.backend.faults.clear()
    await world.ask(TWITTER_BAN)
    assert flow.sees in await flow.run(world)
    assert isinstance(world.env.errors, list)


@pytest.mark.parametrize("status", slow_but(500, [429, 500, 403, 404]))
async def test_a_save_of_which_discord_cannot_be_told_is_made_once_and_corrects_what_was_said(world: World, status: int) -> None:
    reply = await world.ask(TWITTER_BAN)
    ban = await in_session(world, lambda session: session.ask(TWITTER_BAN).facts[0].record.number)
    form = await world.moderator.slash(world.channel, "fact edit", fact=f"F{ban}")
    panel = answer(await send(world.moderator, form, text="Twitter closed the door on that day."))
    world.env.inject_error(*CALLBACK, status=status, times=5)
    await world.moderator.click(panel, label=buttons(panel)[0])
    world.env.backend.faults.clear()
    assert (
        await in_session(world, lambda session: session.base.revisions.show(ban))
    ).fact.text == "Twitter closed the door on that day."
    assert text(reread(world, reply)).startswith((words.CORRECTED_ANSWER, words.WITHDRAWN_ANSWER))
    await world.moderator.click(panel, label=buttons(panel)[0])
    assert (await in_session(world, lambda session: session.base.revisions.show(ban))).revision == 2
    assert f"F{ban}@2" in text(panel)
    assert isinstance(world.env.errors, list)


@pytest.mark.parametrize("status", slow_but(500, [429, 500, 403, 404]))
async def test_a_correction_that_discord_does_not_take_undoes_no_change(world: World, status: int) -> None:
    reply = await world.ask(TWITTER_BAN)
    ban = await in_session(world, lambda session: session.ask(TWITTER_BAN).facts[0].record.number)
    form = await world.moderator.slash(world.channel, "fact edit", fact=f"F{ban}")
    panel = answer(await send(world.moderator, form, text="Twitter closed the door on that day."))
    world.env.inject_error(*EDIT_MESSAGE, status=status, times=5)
    await world.moderator.click(panel, label=buttons(panel)[0])
    assert f"F{ban}@2" in text(panel)
    world.env.backend.faults.clear()
    await world.env.advance_time(120)
    corrected = text(reread(world, reply)).startswith((words.CORRECTED_ANSWER, words.WITHDRAWN_ANSWER))
    assert corrected or status in (403, 404)  # what may not be edited, or is gone, is left alone


@pytest.mark.parametrize("status", slow_but(500, [429, 500, 403, 404]))
async def test_a_suggestion_that_cannot_be_posted_is_kept_for_the_moderators(world: World, status: int) -> None:
    review = world.guild.create_text_channel("review")
    await in_session(world, lambda session: session.base.settings.change(sign("test", None), review_channel=review.id))
    panel = answer(await filled(world))
    world.env.inject_error(*SEND_MESSAGE, status=status, times=5)
    await world.alice.click(panel, label=SEND)
    assert len(await proposals(world)) == 1
    assert "Traceback" not in text(panel)
    world.env.backend.faults.clear()
    listed = await world.moderator.slash(world.channel, "review")
    assert "frost" in options(answer(listed))[0]["label"]


@pytest.mark.parametrize("status", slow_but(500, [429, 500, 403, 404]))
async def test_a_file_of_which_discord_cannot_be_told_is_read_at_the_next_try(world: World, status: int) -> None:
    before = await count(world)
    content = HARBOUR.read_bytes()
    world.env.inject_error(*ORIGINAL, status=status, times=5)
    said = shown(await upload(world, content))
    assert "Traceback" not in said
    world.env.backend.faults.clear()
    panel = await upload(world, content)
    assert "harbour" in shown(panel).lower()
    assert await count(world) == before
    assert isinstance(world.env.errors, list)
