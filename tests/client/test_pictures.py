"""Pictures on Discord: drawn from what a reply shows, told in words too, and turned page by page."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from bot.client import words
from bot.pictures.canvas import DARK, LIGHT, WIDTH
from bot.pictures.letters import NO_LETTERS
from bot.presentation import wording
from tests.client.world import World, answer, buttons, parts, text

TITLE = "Twitter's advertising ban on RT and Sputnik"


async def picture(message: Any) -> Image.Image:
    """Return the picture of a message as a viewer opens it."""
    (attachment,) = message.attachments
    assert attachment.filename.endswith(".png")
    image = Image.open(io.BytesIO(await attachment.read()))
    image.load()
    return image


def told(message: Any) -> str:
    """Return the alternative text of the picture of a message."""
    gallery = next(part for part in parts(message) if part["type"] == 12)
    description = gallery["items"][0]["description"]
    assert 0 < len(description) <= 1024
    return str(description)


async def test_a_time_line_is_drawn_for_who_presses_and_told_in_words(world: World) -> None:
    listed = answer(await world.alice.slash(world.channel, "timeline"))
    assert words.AS_PICTURE in buttons(listed)
    result = await world.bob.click(listed, label=words.AS_PICTURE)
    shown = answer(result)
    assert result.ephemeral
    image = await picture(shown)
    assert image.width == WIDTH
    assert image.convert("RGB").getpixel((20, 20)) == DARK.ground
    assert told(shown).startswith(f"Timeline, {TITLE}, Page 1 of 3. 1939–1945: The Foreign Agents Registration Act")


async def test_a_picture_is_turned_and_changes_its_colours_in_its_place(world: World) -> None:
    listed = answer(await world.alice.slash(world.channel, "timeline"))
    shown = answer(await world.alice.click(listed, label=words.AS_PICTURE))
    assert buttons(shown) == [words.NEXT, words.LIGHT_PICTURE]
    turned = answer(await world.alice.click(shown, label=words.NEXT))
    assert "Page 2 of 3" in told(turned)
    assert buttons(turned) == [words.PREVIOUS, words.NEXT, words.LIGHT_PICTURE]
    light = answer(await world.alice.click(turned, label=words.LIGHT_PICTURE))
    assert "Page 2 of 3" in told(light)
    assert (await picture(light)).convert("RGB").getpixel((20, 20)) == LIGHT.ground
    last = answer(await world.alice.click(light, label=words.NEXT))
    assert "Page 3 of 3" in told(last)
    assert buttons(last) == [words.PREVIOUS, words.DARK_PICTURE]


async def test_the_button_works_after_a_restart(world: World) -> None:
    listed = answer(await world.alice.slash(world.channel, "timeline", actor="google"))
    await world.restart()
    assert "Timeline of Google" in told(answer(await world.alice.click(listed, label=words.AS_PICTURE)))


@pytest.mark.parametrize(("kind", "start"), [("quotes", "> “"), ("claims", "According to"), ("all", "")])
async def test_a_time_line_shows_what_was_said_or_claimed_too(world: World, kind: str, start: str) -> None:
    listed = answer(await world.alice.slash(world.channel, "timeline", kind=kind))
    assert start in text(listed)
    shown = answer(await world.alice.click(listed, label=words.AS_PICTURE))
    assert told(shown).startswith(f"Timeline, {TITLE}, Page 1 of")


async def test_lists_that_are_no_time_lines_have_no_such_button(world: World) -> None:
    assert words.AS_PICTURE not in buttons(answer(await world.alice.slash(world.channel, "quote")))


async def test_who_speaks_about_whom_is_a_picture_with_a_list_beside_it(world: World) -> None:
    result = await world.alice.slash(world.channel, "network")
    shown = answer(result)
    assert not result.ephemeral
    assert (await picture(shown)).width == WIDTH
    assert text(shown).startswith(f"### {wording.NETWORK}\n")
    assert "**Margarita Simonyan** → Twitter 4×" in text(shown)
    assert "Margarita Simonyan → Twitter: 2 quotes, 2 claims" in told(shown)
    assert told(shown).startswith(f"{wording.NETWORK}, {TITLE}, Page 1 of")


async def test_the_network_of_one_actor_is_only_of_them_through_all_pages_and_colours(world: World) -> None:
    shown = answer(await world.alice.slash(world.channel, "network", actor="zakharova"))
    assert "Maria Zakharova" in text(shown).splitlines()[0]
    light = answer(await world.alice.click(shown, label=words.LIGHT_PICTURE))
    assert text(light) == text(shown)
    for line in text(shown).splitlines()[1:]:
        assert "Maria Zakharova" in line


async def test_others_leaf_through_a_copy_of_their_own(world: World) -> None:
    shown = answer(await world.alice.slash(world.channel, "network"))
    result = await world.bob.click(shown, label=words.NEXT)
    assert result.ephemeral
    assert "Page 2 of" in told(answer(result))
    turned = answer(await world.bob.click(answer(result), label=words.NEXT))
    assert "Page 3 of" in told(turned)
    mine = await world.alice.click(shown, label=words.NEXT)
    assert not mine.ephemeral
    assert "Page 2 of" in told(answer(mine))


async def test_whom_nobody_knows_or_speaks_about_is_told_to_the_asker_alone(world: World) -> None:
    for name in ("Captain Nemo", "?!"):
        result = await world.alice.slash(world.channel, "network", actor=name)
        assert result.ephemeral
    assert world.env.errors


async def test_a_story_in_letters_that_cannot_be_drawn_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.pictures.letters._MOST_MISSING", -1)
    listed = answer(await world.alice.slash(world.channel, "timeline"))
    result = await world.alice.click(listed, label=words.AS_PICTURE)
    assert result.ephemeral
    assert text(answer(result)) == NO_LETTERS
