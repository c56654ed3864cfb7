"""Taking back a change of many facts: asked about first, done once, told everywhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.client.facts import words as fact_words
from bot.client.log import undoing
from bot.client.log import words as log_words
from bot.client.log.aftermath import follow_change
from bot.client.permissions import MODERATORS_ONLY
from bot.errors import BusyError
from bot.facts.editor import Applied
from bot.facts.edits import Edit
from bot.facts.logbook import note
from bot.service.changes import ALREADY_UNDONE
from bot.service.session import Session
from bot.stories.load import read_story
from tests.client.forms import count, run_to_end
from tests.client.world import World, answer, bot_of, buttons, demote, finish_background, log_channel, text

STORY = """
story: {id: ferry, title: The ferry}
sources: {gazette: {type: webpage, title: Ferries sail}}
events:
  sailing: {what: The ferry sailed., cite: gazette}
  landing: {what: The ferry landed., cite: gazette}
"""


async def imported(world: World) -> int:
    """Bring a story of two facts in; return the number of the change."""
    signed = note(f"discord:{world.moderator.id}", "import of ferry.yaml")

    def work(session: Session) -> int:
        return session.base.editor.import_story(read_story(STORY, "ferry.yaml"), signed).change or 0

    return int(await run_to_end(world, work))


async def test_one_press_in_the_audit_takes_no_whole_story_away(world: World) -> None:
    change, before = await imported(world), await count(world)
    opened = answer(await world.moderator.slash(world.channel, "audit"))
    asked = await world.moderator.click(opened, label=log_words.TAKE_CHANGE_BACK.format(change=change))
    assert asked.ephemeral
    assert "2 facts would be retracted" in text(answer(asked))
    assert "“The ferry” would have no fact left" in text(answer(asked))
    assert await count(world) == before
    await world.moderator.click(answer(asked), label=log_words.LEAVE)
    assert await count(world) == before


async def test_it_is_taken_back_once_after_a_second_press_and_says_that_the_story_is_empty(world: World) -> None:
    log = await log_channel(world)
    change, before = await imported(world), await count(world)
    opened = answer(await world.moderator.slash(world.channel, "audit"))
    asked = answer(await world.moderator.click(opened, label=log_words.TAKE_CHANGE_BACK.format(change=change)))
    again = answer(await world.moderator.click(opened, label=log_words.TAKE_CHANGE_BACK.format(change=change)))
    await world.moderator.click(asked, label=log_words.TAKE_ALL_BACK.format(number=2))
    assert "2 facts are as before it" in text(asked)
    assert text(asked).count("is retracted, and readers are no longer shown it: ~~") == 2
    assert "“The ferry” has no fact left" in text(asked)
    assert await count(world) == before - 2
    late = await world.moderator.click(again, label=log_words.TAKE_ALL_BACK.format(number=2))
    assert text(late.followups[-1] if late.followups else answer(late)) == ALREADY_UNDONE
    assert log.last_message is not None
    assert "took back" in text(log.last_message)


async def test_the_line_in_the_log_channel_asks_first_and_tells_then(world: World) -> None:
    log = await log_channel(world)
    change = await imported(world)
    before = await count(world)
    applied = await run_to_end(world, lambda session: session.base.editor.result_of(change))
    await follow_change(bot_of(world), world.guild.id, applied)
    await finish_background(bot_of(world))
    line = log.last_message
    assert line is not None
    asked = answer(await world.moderator.click(line, label=log_words.UNDO))
    assert await count(world) == before
    await world.moderator.click(asked, label=log_words.TAKE_ALL_BACK.format(number=2))
    assert await count(world) == before - 2
    line = next(each for each in log.history() if each.id == line.id)
    assert "Taken back by" in text(line)
    assert buttons(line) == []


async def test_who_is_no_moderator_any_more_takes_nothing_back(world: World) -> None:
    change, before = await imported(world), await count(world)
    opened = answer(await world.moderator.slash(world.channel, "audit"))
    asked = answer(await world.moderator.click(opened, label=log_words.TAKE_CHANGE_BACK.format(change=change)))
    demote(world)
    refused = await world.moderator.click(asked, label=log_words.TAKE_ALL_BACK.format(number=2))
    assert text(refused.followups[-1] if refused.followups else answer(refused)) == MODERATORS_ONLY
    assert await count(world) == before


async def test_ones_own_last_import_is_asked_about_too(world: World) -> None:
    await imported(world)
    before = await count(world)
    shown = answer(await world.moderator.slash(world.channel, "fact undo"))
    asked = answer(await world.moderator.click(shown, label=fact_words.TAKE_BACK))
    assert await count(world) == before
    await world.moderator.click(asked, label=log_words.TAKE_ALL_BACK.format(number=2))
    assert await count(world) == before - 2


@pytest.mark.parametrize("place", ["audit", "log"])
async def test_what_follows_is_done_though_what_was_taken_back_cannot_be_shown(
    world: World, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    log = await log_channel(world)
    signed, revised = note("test", None), "It is said otherwise."

    def change(session: Session) -> Applied:
        record = session.base.editor.show(1)
        return session.base.editor.apply(
            Edit(record.story.id, facts=(replace(record.fact, text=revised),)), signed, action="edit"
        )

    applied = await run_to_end(world, change)
    await follow_change(bot_of(world), world.guild.id, applied)
    await finish_background(bot_of(world))
    (line,) = log.history()

    def busy(*_: object) -> None:
        raise BusyError("The base is busy.")

    monkeypatch.setattr(undoing, "outcome", busy)
    if place == "audit":
        opened = answer(await world.moderator.slash(world.channel, "audit"))
        await world.moderator.click(opened, label=log_words.TAKE_CHANGE_BACK.format(change=applied.change))
    else:
        await world.moderator.click(line, label=log_words.UNDO)
    await finish_background(bot_of(world))
    assert ["took back" in text(each) for each in log.history()] == [False, True]
