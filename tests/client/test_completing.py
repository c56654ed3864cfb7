"""Previews in two steps: few recorded questions while somebody waits, the others while they read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

import discord
import pytest

from bot.client.facts import words
from bot.client.jobs import Background, Completions
from bot.editing import previews
from bot.editing.previews import Trial
from bot.resources import stories_folder
from tests.client.forms import look, send
from tests.client.world import World, answer, buttons, text, upload
from tests.support.patience import PATIENCE

FEW, MOST = 1, 3
SO_FAR, AT_LAST = f"So far, {FEW} of the 126", f"Only the {MOST} of 126"


@pytest.fixture(autouse=True)
def two_steps(monkeypatch: pytest.MonkeyPatch, few_are_tried: None) -> list[int]:
    """Let few questions be asked at first, and return how many each trial asked."""
    monkeypatch.setattr(previews, "FEW_QUESTIONS", FEW)
    monkeypatch.setattr(previews, "MAX_QUESTIONS", MOST)
    asked, ask = list[int](), previews._asked

    def counted(*args: object) -> object:
        asked.append(len(args[1]))  # type: ignore[arg-type]
        return ask(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(previews, "_asked", counted)
    return asked


@pytest.fixture
def held(world: World, monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """Hold back what would complete messages, each to be started by a call."""
    completions, calls = world.env.bot.completions, list[Callable[[], None]]()  # type: ignore[attr-defined]
    start = completions.start
    monkeypatch.setattr(completions, "start", lambda *given: calls.append(partial(start, *given)))
    return calls


async def complete(world: World, held: list[Callable[[], None]]) -> None:
    """Complete the message that is held back."""
    held.pop()()
    await asyncio.wait({*world.env.bot.completions._tasks.values()})  # type: ignore[attr-defined]


async def test_a_preview_shows_the_nearest_questions_and_is_completed_in_its_place(
    world: World, two_steps: list[int], held: list[Callable[[], None]]
) -> None:
    shown = await world.moderator.slash(world.channel, "fact retract", fact="F3")
    assert SO_FAR in text(answer(shown))
    assert two_steps == [FEW, FEW]
    await complete(world, held)
    assert AT_LAST in text(answer(shown))
    assert "So far" not in text(answer(shown))
    assert two_steps == [FEW, FEW, MOST, MOST]


async def test_a_preview_may_be_used_before_it_is_complete(world: World, held: list[Callable[[], None]]) -> None:
    form = await world.moderator.slash(world.channel, "fact edit", fact="F3")
    preview = await send(world.moderator, form, reason="recount", date="2011 to 2018")
    assert SO_FAR in text(answer(preview))
    await world.moderator.click(answer(preview), label=buttons(answer(preview))[0])
    assert "Saved: it is F3@2 now" in text(answer(preview))
    assert (await look(world, 3)).revision == 2
    assert len(held) == 1


async def test_what_is_typed_while_a_preview_is_completed_stays(world: World, held: list[Callable[[], None]]) -> None:
    form = await world.moderator.slash(world.channel, "fact edit", fact="F3")
    preview = await send(world.moderator, form, reason="recount", date="2011 to 2018")
    again = await world.moderator.click(answer(preview), label=words.EDIT)
    preview = await send(world.moderator, again, reason="recount", date="2011 to 2019")
    await complete(world, held[:1])
    await world.moderator.click(answer(preview), label=buttons(answer(preview))[0])
    date = (await look(world, 3)).fact.date
    assert date is not None
    assert date.edtf == "2011/2019"


async def test_a_press_ends_completing_its_message_and_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ended, completions = list[int](), world.env.bot.completions  # type: ignore[attr-defined]
    end = completions.end

    async def noted(message: int) -> None:
        ended.append(message)
        await end(message)

    monkeypatch.setattr(completions, "end", noted)
    shown = await world.moderator.slash(world.channel, "fact retract", fact="F3")
    await world.moderator.click(answer(shown), label=words.CANCEL)
    assert ended == [answer(shown).id]


async def test_what_completes_a_preview_changes_no_form_that_was_sent_since(world: World, held: list[Callable[[], None]]) -> None:
    form = await world.moderator.slash(world.channel, "fact edit", fact="F3")
    preview = await send(world.moderator, form, reason="recount", date="26 october")
    form = await world.moderator.click(answer(preview), label=words.EDIT)
    await send(world.moderator, form, date="1 May 2012")
    held[0]()  # as a thread would that had begun before the second form was sent
    await asyncio.wait({*world.env.bot.completions._tasks.values()})  # type: ignore[attr-defined]
    await world.moderator.click(answer(preview), label=buttons(answer(preview))[0])
    date = (await look(world, 3)).fact.date
    assert date is not None
    assert date.edtf == "2012-05-01"


async def test_what_completes_a_preview_is_sent_to_its_end_before_a_press_is_answered(
    world: World, held: list[Callable[[], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = await world.moderator.slash(world.channel, "fact retract", fact="F3")
    gate, sending, log = asyncio.Event(), asyncio.Event(), list[str]()
    edit, end = discord.Interaction.edit_original_response, Completions.end

    async def slow(interaction: discord.Interaction[Any], **given: Any) -> Any:
        sending.set()
        await gate.wait()
        message = await edit(interaction, **given)
        log.append("sent")
        return message

    async def noted(completions: Completions, message: int) -> None:
        pressed.set()
        await end(completions, message)
        log.append("ended")

    pressed = asyncio.Event()
    monkeypatch.setattr(discord.Interaction, "edit_original_response", slow)
    monkeypatch.setattr(Completions, "end", noted)
    held.pop()()
    async with asyncio.timeout(PATIENCE):
        await sending.wait()
        press = asyncio.create_task(world.moderator.click(answer(shown), label=words.CANCEL))
        await pressed.wait()
        for _ in range(10):
            await asyncio.sleep(0)
        gate.set()
        await press
    assert log[:2] == ["sent", "ended"]


async def test_work_that_completes_a_message_is_cancelled_once_it_is_used() -> None:
    completions, done = Completions(Background()), list[int]()

    async def completed(number: int, gate: asyncio.Event) -> None:
        await gate.wait()
        done.append(number)

    gate = asyncio.Event()
    for number in range(15):
        completions.start(1, number, partial(completed, number, gate))
    completions.start(2, 100, partial(completed, 100, gate))  # another server's are counted by themselves
    await asyncio.sleep(0)
    await completions.end(3)
    await completions.end(77)
    gate.set()
    async with asyncio.timeout(PATIENCE):
        while completions._tasks:
            await asyncio.sleep(0)
    assert done == [0, 1, 2, 4, 5, 6, 7, 8, 9, 100]


async def test_an_import_is_completed_as_well(world: World, held: list[Callable[[], None]]) -> None:
    content = (stories_folder() / "twitter-rt-sputnik.yaml").read_text(encoding="utf-8")
    changed = content.replace("In six years Twitter took", "In seven years Twitter took")
    assert changed != content
    shown = await upload(world, changed)
    assert SO_FAR in text(answer(shown))
    await complete(world, held)
    assert AT_LAST in text(answer(shown))


def test_a_trial_without_more_needs_no_second_step() -> None:
    assert not Trial().more
