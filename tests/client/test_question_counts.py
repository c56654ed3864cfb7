"""What came of questions: counted as Prometheus reads it, and what a server keeps of it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.errors import BusyError
from bot.facts.state.usage import Usage
from tests.client.exposition import metrics, value
from tests.client.world import TWITTER_BAN, World, bot_of

PIZZA = "best pizza dough recipe?"


async def usage(world: World) -> Usage:
    await bot_of(world).question_counts.store()
    return await world.service.read(world.guild.id, lambda session: session.base.usage.of_last(7))


async def test_questions_count_however_they_are_asked(world: World) -> None:
    await world.ask(TWITTER_BAN)
    await world.alice.slash(world.channel, "ask", question=TWITTER_BAN)
    await world.alice.context_menu(world.channel, "Answer this", await world.bob.send(world.channel, TWITTER_BAN))
    await world.alice.slash(world.channel, "ask", question=PIZZA)
    await world.alice.user.send_dm(TWITTER_BAN)
    await world.alice.slash(world.channel, "sources")
    samples = await metrics(bot_of(world))
    assert value(samples, "footnote_questions_total", "answered") == 4
    assert value(samples, "footnote_questions_total", "unknown") + value(samples, "footnote_questions_total", "suggestions") == 1
    assert value(samples, "footnote_answer_seconds_count") == 5
    assert value(samples, "footnote_open_bases") == 2
    kept = await usage(world)
    assert (kept.asked, kept.answered) == (4, 3)
    assert kept.median is not None
    assert kept.p99 is not None
    assert 0 < kept.median <= kept.p99


async def test_nothing_is_written_while_questions_are_asked_and_all_of_it_when_the_bot_stops(world: World) -> None:
    await world.ask(TWITTER_BAN)
    unwritten = await world.service.read(world.guild.id, lambda session: session.base.usage.of_last(7))
    assert unwritten.asked == 0
    await bot_of(world).close()
    written = await world.service.read(world.guild.id, lambda session: session.base.usage.of_last(7))
    assert (written.asked, written.answered) == (1, 1)


async def test_what_could_not_be_written_is_written_later(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await world.ask(TWITTER_BAN)

    async def busy(*_: Any) -> None:
        raise BusyError("Another program holds it.")

    with monkeypatch.context() as patched:
        patched.setattr(world.service, "write", busy)
        await bot_of(world).question_counts.store()
    await world.ask(TWITTER_BAN)
    assert (await usage(world)).asked == 2
    assert (await usage(world)).asked == 2


async def test_a_base_that_is_gone_is_not_made_anew_for_what_was_counted(world: World) -> None:
    bot = bot_of(world)
    bot.question_counts.count(4321, "answered", 0.1)
    await bot.question_counts.store()
    assert not world.service.settings.base_path(4321).exists()
