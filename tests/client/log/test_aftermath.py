"""What was done on the command line, or before a crash, is caught up: told and corrected once."""

from __future__ import annotations

from dataclasses import replace

from bot.client import words
from bot.client.log import words as log_words
from bot.facts.base import FactBase
from bot.facts.edits import Edit
from bot.facts.logbook import Note, note
from bot.service.session import Session
from tests.client.forms import run_to_end
from tests.client.world import (
    TWITTER_BAN,
    UNANSWERED,
    World,
    ask_and_wait,
    buttons,
    closed,
    last_direct_message,
    log_channel,
    minute,
    reread,
    text,
)

WRONG = "Twitter announced something else on that day."
OPERATOR: Note = note("command line: ann", "the date was wrong")


async def change(world: World, words: str = WRONG) -> int:
    """Change the fact of an answer as the command line does: in the file, and nobody is told."""

    def work(session: Session) -> int:
        record = session.ask(TWITTER_BAN).facts[0].record if words == WRONG else session.base.editor.show(1)
        edit = Edit(record.story.id, facts=(replace(record.fact, text=words),))
        return session.base.editor.apply(edit, OPERATOR, action="edit").facts[0]

    return int(await run_to_end(world, work))


async def test_a_change_of_the_command_line_is_told_and_corrected_once(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    log = await log_channel(world)
    await change(world)
    assert log.history() == []
    await minute(world)
    assert words.CORRECTED_ANSWER in text(reread(world, reply)) or words.WITHDRAWN_ANSWER in text(reread(world, reply))
    (line,) = log.history()
    assert text(line).startswith("**command line: ann** **changed**")
    assert buttons(line) == [log_words.UNDO]
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
    signed = note("test", None)
    await run_to_end(world, lambda session: session.base.settings.change(signed, log_channel=log.id))
    await change(world, "Another text.")
    await minute(world)
    lines = [text(each) for each in log.history()]
    assert [WRONG in line for line in lines] == [False, False]
    assert "Another text." in lines[-1]


async def test_many_changes_come_a_few_at_a_time_in_their_order(world: World) -> None:
    log = await log_channel(world)
    for number in range(25):
        await change(world, f"The text number {number}.")
    await minute(world)
    assert len(log.history()) == 20
    await minute(world)
    told = [text(each) for each in log.history()]
    assert len(told) == 25
    assert [f"F1@{number + 2}" in line or "F1@26" in line for number, line in enumerate(told)] == [True] * 25


async def test_who_waits_is_told_of_an_answer_of_the_command_line_once(world: World) -> None:
    await ask_and_wait(world, world.alice)
    await minute(world)
    assert last_direct_message(world.alice) == ""
    (gap,) = await run_to_end(world, lambda session: session.base.gaps.open())
    fact = await run_to_end(world, lambda session: session.gaps.near(gap.number)[0].number)
    await run_to_end(world, lambda session: session.gaps.answered_by(gap.number, fact, OPERATOR))
    await minute(world)
    assert UNANSWERED in last_direct_message(world.alice)
    assert words.SOLVED.format(server="The newsroom") in last_direct_message(world.alice)
    count = len(world.alice.user.dm_channel.history())
    await minute(world)
    assert len(world.alice.user.dm_channel.history()) == count


async def test_a_reply_that_is_gone_or_out_of_reach_is_tried_once(world: World) -> None:
    gone, kept = await world.ask(TWITTER_BAN), await world.ask(TWITTER_BAN)
    await change(world)
    world.env.backend.delete_message(world.channel.id, gone.id)
    world.env.inject_error("GET", f"/channels/{world.channel.id}/messages/{kept.id}", status=403, code=50001)
    await minute(world)
    assert text(reread(world, kept)) == text(kept)
    await minute(world)
    assert text(reread(world, kept)) == text(kept), "what is out of reach is left alone"
    assert await run_to_end(world, lambda session: session.base.replies.stale(days=7)) == ()


async def test_a_change_of_the_command_line_reaches_a_base_that_was_closed(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    log = await log_channel(world)
    await minute(world)
    await closed(world)
    await minute(world)
    assert world.service.opened() == (), "what nobody has changed is left closed"
    with FactBase.open(world.service.settings.base_path(world.guild.id), create=False) as base:
        record = base.facts([Session(base, world.service._lexicon, reply_days=30).ask(TWITTER_BAN).facts[0].record.number])[0]
        base.editor.apply(Edit(record.story.id, facts=(replace(record.fact, text=WRONG),)), OPERATOR, action="edit")
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
