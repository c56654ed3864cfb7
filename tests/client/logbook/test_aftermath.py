"""What follows a change: replies are edited where they stand, the log channel is told, and what was missed is caught up once."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.client import words
from bot.client.logbook import aftermath, lines
from bot.facts.base import FactBase
from bot.facts.dates import parse_date
from bot.facts.edits import Edit
from bot.facts.logbook import Signature, sign
from bot.facts.models import Fact
from bot.facts.revisions import Applied
from bot.service.session import Session
from tests.client.forms import in_session
from tests.client.world import (
    TWITTER_BAN,
    UNANSWERED,
    World,
    answer,
    ask_and_wait,
    bot_of,
    buttons,
    change_settings,
    closed,
    finish_background,
    last_direct_message,
    log_channel,
    minute,
    offered,
    options,
    press,
    reread,
    text,
)

WRONG = "Twitter announced something else on that day."
OPERATOR: Signature = sign("command line: ann", "the date was wrong")


async def change(world: World, words: str = WRONG) -> int:
    """Change the fact of an answer as the command line does: in the file, and nobody is told."""

    def work(session: Session) -> int:
        record = session.ask(TWITTER_BAN).facts[0].record if words == WRONG else session.base.revisions.show(1)
        edit = Edit(record.story.id, facts=(replace(record.fact, text=words),))
        return session.base.revisions.apply(edit, OPERATOR, action="edit").facts[0]

    return int(await in_session(world, work))


async def test_a_change_of_the_command_line_is_told_and_corrected_once(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    log = await log_channel(world)
    await change(world)
    assert log.history() == []
    await minute(world)
    assert words.CORRECTED_ANSWER in text(reread(world, reply)) or words.WITHDRAWN_ANSWER in text(reread(world, reply))
    (line,) = log.history()
    assert text(line).startswith("**command line: ann** **changed**")
    assert buttons(line) == [lines.UNDO]
    sent = len(world.env.http_requests)
    await minute(world)
    assert len(world.env.http_requests) == sent
    assert len(log.history()) == 1


async def test_what_was_done_while_the_bot_was_away_is_caught_up_when_it_starts(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    log = await log_channel(world)
    await change(world)
    await world.restart()
    await minute(world)
    await minute(world)
    assert words.CORRECTED_ANSWER in text(reread(world, reply)) or words.WITHDRAWN_ANSWER in text(reread(world, reply))
    assert len(log.history()) == 1


async def test_a_log_channel_is_told_nothing_of_what_was_done_before_it_was_chosen(world: World) -> None:
    await change(world)
    log = world.guild.create_text_channel("log")
    signature = sign("test", None)
    await in_session(world, lambda session: session.base.settings.change(signature, log_channel=log.id))
    await change(world, "Another text.")
    await minute(world)
    lines = [text(message) for message in log.history()]
    assert [WRONG in line for line in lines] == [False, False]
    assert "Another text." in lines[-1]


async def test_many_changes_come_a_few_at_a_time_in_their_order(world: World) -> None:
    log = await log_channel(world)
    for number in range(25):
        await change(world, f"The text number {number}.")
    await minute(world)
    assert len(log.history()) == 20
    await minute(world)
    texts = [text(message) for message in log.history()]
    assert len(texts) == 25
    assert [f"F1@{number + 2}" in line or "F1@26" in line for number, line in enumerate(texts)] == [True] * 25


async def test_who_waits_is_told_of_an_answer_of_the_command_line_once(world: World) -> None:
    await ask_and_wait(world, world.alice)
    await minute(world)
    assert last_direct_message(world.alice) == ""
    (gap,) = await in_session(world, lambda session: session.base.gaps.open())
    fact = await in_session(world, lambda session: session.gaps.near(gap.number)[0].number)
    await in_session(world, lambda session: session.gaps.answered_by(gap.number, fact, OPERATOR))
    await minute(world)
    assert UNANSWERED in last_direct_message(world.alice)
    assert words.SOLVED.format(server="The newsroom") in last_direct_message(world.alice)
    count = len(world.alice.user.dm_channel.history())
    await minute(world)
    assert len(world.alice.user.dm_channel.history()) == count


async def test_a_change_of_the_command_line_reaches_a_base_that_was_closed(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    log = await log_channel(world)
    await minute(world)
    await closed(world)
    await minute(world)
    assert world.service.opened() == (), "what nobody has changed is left closed"
    with FactBase.open(world.service.settings.base_path(world.guild.id), create=False) as base:
        record = base.facts([Session(base, world.service._lexicon, reply_days=30).ask(TWITTER_BAN).facts[0].record.number])[0]
        base.revisions.apply(Edit(record.story.id, facts=(replace(record.fact, text=WRONG),)), OPERATOR, action="edit")
    await minute(world)
    assert words.CORRECTED_ANSWER in text(reread(world, reply)) or words.WITHDRAWN_ANSWER in text(reread(world, reply))
    assert [WRONG in text(line) for line in log.history()] == [True]
    await closed(world)
    sent = len(world.env.http_requests)
    await minute(world)
    assert len(world.env.http_requests) == sent


async def test_who_waits_is_told_though_the_base_was_closed_meanwhile(world: World) -> None:
    await ask_and_wait(world, world.alice)
    await minute(world)
    await closed(world)
    with FactBase.open(world.service.settings.base_path(world.guild.id), create=False) as base:
        session = Session(base, world.service._lexicon, reply_days=30)
        (gap,) = base.gaps.open()
        session.gaps.answered_by(gap.number, session.gaps.near(gap.number)[0].number, OPERATOR)
    await minute(world)
    assert UNANSWERED in last_direct_message(world.alice)


BAN = "rt-ban"
MARKED = "Twitter announced something else on that day, @everyone **bold**."


async def number_of(world: World, reply: discord.Message) -> int:
    """Return the first fact that a reply shows."""
    return await world.service.read(world.guild.id, lambda session: session.ask(TWITTER_BAN).facts[0].record.number)


async def edit(world: World, fact: int, **values: Any) -> Applied:
    """Change a fact as a moderator does, with all that follows."""
    return await _apply(world, fact, "edit", "the date was wrong", values)


async def retract(world: World, fact: int, reason: str) -> Applied:
    return await _apply(world, fact, "retract", reason, None)


async def _apply(world: World, fact: int, action: str, reason: str, values: dict[str, Any] | None) -> Applied:
    signature = sign(f"discord:{world.moderator.id}", reason)

    def work(session: Any) -> Applied:
        record = session.base.revisions.show(fact)
        if values is None:
            return session.editor.retract(fact, signature)  # type: ignore[no-any-return]
        changed: Fact = replace(record.fact, **values)
        return session.base.revisions.apply(Edit(record.story.id, facts=(changed,)), signature, action=action)  # type: ignore[no-any-return]

    applied = await world.service.write(world.guild.id, work)
    await follow(world, applied, signature, action)
    return applied


async def follow(world: World, applied: Applied, signature: Signature, action: str) -> None:
    aftermath.follow_change(bot_of(world), world.guild.id, applied)
    await finish_background(bot_of(world))


async def test_a_reply_shows_what_a_fact_says_now_and_what_it_said(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    fact = await number_of(world, reply)
    before = (await world.service.read(world.guild.id, lambda session: session.base.revisions.show(fact))).fact.text
    await edit(world, fact, text=MARKED)
    shown = text(reread(world, reply))
    assert shown.startswith(words.CORRECTED_ANSWER)
    assert "Twitter announced something else on that day, \\@\u200beveryone" in shown or "something else" in shown
    assert before[:40] not in shown.partition("Corrected <t:")[0]
    assert "~~" in shown.partition("Corrected <t:")[2]
    assert "@everyone" not in shown.replace("@\u200beveryone", "")
    assert buttons(reread(world, reply)) == buttons(reply)


async def test_a_reply_shows_the_date_and_the_speaker_that_were_others(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    fact = await number_of(world, reply)
    await edit(world, fact, date=parse_date("2017-10-27"))
    assert "the date was ~~26 October 2017~~" in text(reread(world, reply))
    reply = await world.ask("What did Mark Warner say?")
    quote = await world.service.read(
        world.guild.id, lambda session: session.ask("What did Mark Warner say?").facts[0].record.number
    )
    await edit(world, quote, by=("klobuchar",))
    assert "it was ascribed to ~~Mark Warner~~" in text(reread(world, reply))


async def test_a_retracted_fact_is_struck_out_with_its_reason_and_is_no_answer(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    fact = await number_of(world, reply)
    await retract(world, fact, "The source took it back.")
    shown = text(reread(world, reply))
    assert "~~Twitter announced on Thursday" in shown
    assert shown.count("Twitter announced on Thursday") == 1
    assert "The source took it back." in shown


async def test_a_reply_of_which_nothing_is_left_is_withdrawn(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    kept = await world.service.read(
        world.guild.id, lambda session: [scored.record.number for scored in session.ask(TWITTER_BAN).facts]
    )
    for fact in kept:
        await retract(world, fact, "wrong")
    assert text(reread(world, reply)).startswith(words.WITHDRAWN_ANSWER)


async def test_taking_the_change_back_takes_the_mark_away(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    shown = text(reply)
    fact = await number_of(world, reply)
    applied = await edit(world, fact, text=MARKED)
    assert text(reread(world, reply)) != shown
    signature = sign("discord:1", None)
    undone = await world.service.write(
        world.guild.id, lambda session: session.base.revisions.undo(applied.change or 0, signature)
    )
    await follow(world, undone, signature, "undo")
    assert text(reread(world, reply)) == shown


async def test_what_no_reader_sees_corrects_nothing(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    before = len(world.env.http_requests)
    await edit(world, await number_of(world, reply), asked_as=("When did the bird throw them out?",))
    assert len(world.env.http_requests) == before


async def test_a_reply_to_a_command_and_a_turned_page_are_corrected_too(world: World) -> None:
    listed = answer(await world.alice.slash(world.channel, "timeline"))
    await world.alice.click(listed, label=words.NEXT)
    first = await world.service.read(world.guild.id, lambda session: session.timeline().facts[4].number)
    await edit(world, first, text=MARKED)
    shown = text(reread(world, listed.message))
    assert "Page 2 of" in shown
    assert "-# Corrected <t:" in shown
    await world.alice.click(reread(world, listed.message), label=words.PREVIOUS)
    assert "Page 1 of" in text(reread(world, listed.message))
    assert words.CORRECTED_ANSWER in text(reread(world, listed.message))


async def test_only_recent_replies_are_corrected_and_none_where_that_is_switched_off(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    shown = text(reply)
    await change_settings(world, correction_days=0)
    await edit(world, await number_of(world, reply), text=MARKED)
    assert text(reread(world, reply)) == shown


async def test_one_reply_that_is_gone_or_out_of_reach_does_not_stop_the_rest(world: World) -> None:
    first, second, third = [await world.ask(TWITTER_BAN) for _ in range(3)]
    fact = await number_of(world, first)
    await world.alice.click(second, label=words.DELETE)
    world.env.inject_error("PATCH", f"/channels/*/messages/{third.id}", status=403, code=50001)
    await edit(world, fact, text=MARKED)
    assert text(reread(world, first)).startswith(words.CORRECTED_ANSWER)
    assert not text(reread(world, third)).startswith(words.CORRECTED_ANSWER)


async def test_a_reply_of_another_version_does_not_stop_the_rest(world: World) -> None:
    first, second = [await world.ask(TWITTER_BAN) for _ in range(2)]
    row = world.env.backend.get_message(world.channel.id, first.id).components[-1]["components"]
    row[-1]["custom_id"] = "fn:zz:1:0:0:key"
    await edit(world, await number_of(world, first), text=MARKED)
    assert not text(reread(world, first)).startswith(words.CORRECTED_ANSWER)
    assert text(reread(world, second)).startswith(words.CORRECTED_ANSWER)


async def test_a_reply_for_one_person_alone_is_not_noted(world: World) -> None:
    listed = answer(await world.alice.slash(world.channel, "timeline"))
    await world.bob.click(listed, label=words.NEXT)
    fact = await world.service.read(world.guild.id, lambda session: session.timeline().facts[0].number)
    await edit(world, fact, text=MARKED)
    with closing(sqlite3.connect(world.service.settings.base_path(world.guild.id))) as base:
        assert base.execute("SELECT message FROM reply WHERE message IS NOT NULL").fetchall() == [(listed.id,)]


async def test_a_server_corrects_its_own_replies_alone(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    other = world.env.create_guild("Another")
    shown = text(reply)
    fact = await number_of(world, reply)
    signature = sign("discord:1", "wrong")
    applied = await world.service.write(other.id, lambda session: session.editor.retract(fact, signature))
    aftermath.follow_change(bot_of(world), other.id, applied)
    await finish_background(bot_of(world))
    assert text(reread(world, reply)) == shown


async def test_the_log_channel_tells_who_changed_what_and_why(world: World) -> None:
    log = await log_channel(world)
    fact = await number_of(world, await world.ask(TWITTER_BAN))
    await edit(world, fact, text=MARKED)
    line = log.last_message
    assert line is not None
    assert text(line).startswith(f"{world.moderator.mention} **changed**")
    assert f"F{fact}@2 Twitter announced something else" in text(line)
    assert "Why: the date was wrong" in text(line)
    sent = [request.json for request in world.env.http_requests if request.path == f"/channels/{log.id}/messages"][-1]
    assert isinstance(sent, dict)
    assert sent["allowed_mentions"] == {"parse": []}


async def test_a_moderator_takes_a_change_back_from_the_log_and_nobody_else_does(world: World) -> None:
    log = await log_channel(world)
    fact = await number_of(world, await world.ask(TWITTER_BAN))
    await edit(world, fact, text=MARKED)
    line = log.last_message
    assert line is not None
    refused = await world.alice.click(line, label=lines.UNDO)
    assert refused.ephemeral
    assert "Only moderators" in text(answer(refused))
    await world.moderator.click(line, label=lines.UNDO)
    first, second = log.history()
    assert f"Taken back by {world.moderator.mention}" in text(first)
    assert buttons(first) == []
    assert "took back" in text(second)
    now = await world.service.read(world.guild.id, lambda session: session.base.revisions.show(fact))
    assert (now.revision, now.fact.text != MARKED) == (3, True)


async def test_a_change_on_top_cannot_be_taken_back_from_under_it(world: World) -> None:
    log = await log_channel(world)
    fact = await number_of(world, await world.ask(TWITTER_BAN))
    await edit(world, fact, text=MARKED)
    line = log.last_message
    assert line is not None
    await edit(world, fact, text="Something third.")
    result = await world.moderator.click(line, label=lines.UNDO)
    assert f"F{fact} was changed" in text(answer(result))


@pytest.mark.parametrize("how", ["deleted", "forbidden", "elsewhere"])
async def test_a_log_channel_out_of_reach_fails_nothing(world: World, how: str) -> None:
    log = await log_channel(world)
    if how == "elsewhere":
        other = world.env.create_guild("Another").create_text_channel("log")
        await change_settings(world, log_channel=other.id)
    elif how == "forbidden":
        world.env.inject_error("POST", f"/channels/{log.id}/messages", status=403, code=50013)
    else:
        await change_settings(world, log_channel=log.id + 12345)
    reply = await world.ask(TWITTER_BAN)
    await edit(world, await number_of(world, reply), text=MARKED)
    assert text(reread(world, reply)).startswith(words.CORRECTED_ANSWER)
    assert log.history() == []


async def test_the_section_of_an_actor_stays_open_when_a_fact_in_it_is_corrected(world: World) -> None:
    page = answer(await world.alice.slash(world.channel, "who", actor="Mark Warner"))
    theirs = next(label for label in offered(page) if label.startswith(words.IN_THEIR_WORDS))
    section = answer(await press(world.alice, page, theirs))
    fact = next(option["value"] for option in options(section) if option.get("description") == words.SHOW)
    await edit(world, int(fact), text="I said something else.")
    shown = reread(world, world.last)
    assert "I said something else." in text(shown)
    assert buttons(shown) == buttons(section)
    assert f"**{words.IN_THEIR_WORDS}**" in text(shown)
