"""Listening channels: a sure answer to a question that nobody asked the bot, silence to all else, and no cost for chatter."""

from __future__ import annotations

import logging
from pathlib import Path

import discord
import pytest
from simcord import ChannelHandle

from bot.client.answering.listening import CAUTION
from bot.client.bot import FootnoteBot
from bot.errors import BusyError
from bot.presentation import wording
from bot.service.service import Service
from bot.settings import Settings
from tests.client.forms import open_settings
from tests.client.world import TWITTER_BAN, World, listen_in, text
from tests.support.leftovers import files_with


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path, listening=True, member_questions=3)


@pytest.fixture
async def listening(world: World) -> World:
    """Return the world with the channel listened in."""
    return await listen_in(world, world.channel.id)


async def sure_question(world: World) -> str:
    """Return a question of the story whose answer is sure; which of them are is a matter of tuning."""
    asked = await world.service.read(world.guild.id, lambda session: session.base.questions("twitter-rt-sputnik"))
    for question in asked:
        answer = await world.service.ask(world.guild.id, question.ask, caution=CAUTION)
        if question.expect and answer.status == "answered" and question.ask.endswith("?") and len(question.ask.split()) > 3:
            return question.ask
    pytest.fail("no answer is ever sure")


async def said(world: World, content: str, channel: ChannelHandle | None = None) -> list[discord.Message]:
    """Say something, and return what the bot answered."""
    channel = channel or world.channel
    message = await world.alice.send(channel, content)
    await world.env.settle(timeout=2)
    return [reply for reply in channel.history() if reply.author == world.env.bot.user and reply.id > message.id]


async def test_a_sure_answer_is_given_unasked_as_a_reply(listening: World) -> None:
    question = await sure_question(listening)
    (reply,) = await said(listening, question)
    assert text(reply)
    assert wording.NO_ANSWER not in text(reply)
    assert reply.reference is not None


@pytest.mark.parametrize(
    "content",
    [
        "Twitter banned RT and Sputnik from advertising",
        "anyone up for lunch at 12?",
        "who wants to play a game with me tonight?",
        "what do you think about Twitter these days?",
        "why?",
        "when was Sputnik founded?",
        "how many followers does RT have on Twitter?",
        "?????????????",
        "lol " * 60 + "why",
        "When did Twitter ban RT? " * 20,
    ],
)
async def test_to_all_else_it_stays_silent(content: str, listening: World) -> None:
    assert await said(listening, content) == []


async def test_it_listens_only_where_it_was_chosen_and_in_threads_there(listening: World) -> None:
    other, question = listening.guild.create_text_channel("other"), await sure_question(listening)
    assert await said(listening, question, other) == []
    made = listening.env.backend.create_thread(listening.channel.id, "About the ban", listening.alice.id)
    assert len(await said(listening, question, ChannelHandle(listening.env, listening.guild, made))) == 1
    await listen_in(listening)
    assert await said(listening, question) == []


async def test_a_choice_in_settings_counts_at_once(world: World) -> None:
    question = await sure_question(world)
    assert await said(world, question) == []
    opened = await open_settings(world, page="listening")
    assert "switched off on this bot" not in text(opened)
    await world.moderator.select(opened, [world.channel], custom_id="channel:settings-channels:listening")
    assert len(await said(world, question)) == 1


async def test_a_question_to_the_bot_or_to_somebody_else_is_answered_once_or_not_at_all(listening: World) -> None:
    assert len(await said(listening, f"{listening.mention} {TWITTER_BAN}")) == 1
    question = await sure_question(listening)
    assert await said(listening, f"{listening.bob.mention} {question}") == []
    first = await listening.bob.send(listening.channel, "hello")
    await listening.alice.send(listening.channel, question, reply_to=first)
    assert listening.last.content == question


async def test_bots_and_messages_that_come_again_are_not_answered(listening: World) -> None:
    robot = listening.guild.add_member(listening.env.create_user("robot", bot=True))
    question = await sure_question(listening)
    await robot.send(listening.channel, question)
    assert listening.last.content == question
    message = await listening.alice.send(listening.channel, question)
    await listening.env.settle(timeout=2)
    assert listening.last.author == listening.env.bot.user
    before = len(listening.channel.history())
    listening.env.bot.dispatch("message", message)
    await listening.env.settle(timeout=2)
    assert len(listening.channel.history()) == before


async def test_what_was_not_answered_is_not_kept(listening: World) -> None:
    question, home = await sure_question(listening), listening.service.settings.home
    for unanswered in ("when was Sputnik founded?", "just talking about the weather, are you?"):
        assert await said(listening, unanswered) == []
        assert files_with([unanswered], home) == set()
    assert await listening.service.read(listening.guild.id, lambda session: session.base.gaps.open()) == ()
    assert await said(listening, f"{question} ")
    assert files_with([f'"{question}"'], home)  # beside the recorded question, the stored reply has it as JSON


async def test_a_server_that_never_chose_anything_gets_no_facts_for_its_chatter(world: World, settings: Settings) -> None:
    await said(world, TWITTER_BAN)
    assert not settings.base_path(world.guild.id).exists()


async def test_chatter_never_reaches_the_facts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    other = world.guild.create_text_channel("chatter")
    await listen_in(world, world.channel.id)
    reached: list[object] = []
    monkeypatch.setattr(Service, "ask", lambda *given, **options: reached.append(given))
    await world.alice.send(other, "just talking about the weather, are you?")
    await world.alice.send(other, TWITTER_BAN)
    assert reached == []


async def test_an_answer_unasked_counts_as_a_question_and_silence_does_not(listening: World) -> None:
    bot = listening.env.bot
    assert isinstance(bot, FootnoteBot)
    await said(listening, await sure_question(listening))
    await said(listening, "when was Sputnik founded?")
    await bot.question_counts.store()
    usage = await listening.service.read(listening.guild.id, lambda session: session.base.usage.of_last(1))
    assert (usage.asked, usage.answered) == (1, 1)
    assert b'footnote_questions_total{outcome="silent"} 1.0' in bot.metrics.exposition()


@pytest.mark.parametrize("error", [BusyError("That took too long; ask again."), RuntimeError("a fault")])
async def test_whatever_goes_wrong_with_a_question_that_nobody_asked_is_not_told(
    listening: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    question = await sure_question(listening)

    async def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(listening.service, "ask", fail)
    assert await said(listening, question) == []
    faults = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert bool(faults) == isinstance(error, RuntimeError), "a fault is logged"


async def test_a_flood_of_questions_that_nobody_asked_the_bot_is_left_alone(listening: World, settings: Settings) -> None:
    question = await sure_question(listening)
    answers = [len(await said(listening, question)) for _ in range(settings.member_questions + 2)]
    assert answers == [1] * settings.member_questions + [0, 0]
    shown = await listening.ask(TWITTER_BAN)
    assert text(shown).startswith("### 26 October 2017")
