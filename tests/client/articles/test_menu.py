"""“Read this article” in the menu of a message: its link, its file, or its own text."""

from __future__ import annotations

from simcord import InteractionResult

from bot.client.articles import words
from bot.client.articles.views import NEW_STORY
from tests.client.forms import in_session
from tests.client.world import World, answer, options, text
from tests.support.web_site import own_site, page, serve, site

__all__ = ["own_site", "site"]

CRANE = (
    "A crane fell onto the quay of Harbour on Wednesday. Harbour master Ingrid Sallow said that nobody had been hurt. "
    "“The crane was forty years old,” Sallow told reporters. She expects the quay to open again in June. "
)


async def read_this(world: World, content: str, *files: tuple[str, bytes]) -> InteractionResult:
    message = await world.alice.send(world.channel, content, attachments=files)
    return await world.moderator.context_menu(world.channel, "Read this article", message)


async def test_the_link_of_a_message_is_read(world: World, site: str) -> None:
    serve("/crane", page(), Content_Type="text/html")
    shown = await read_this(world, f"Have you seen this? <{site}/crane>")
    assert shown.ephemeral
    await world.moderator.select(answer(shown), values=[NEW_STORY])
    assert f"### [Crane falls at Fish Quay]({site}/crane)" in text(answer(shown))


async def test_the_file_of_a_message_is_read(world: World) -> None:
    shown = await read_this(world, "the report", ("crane.txt", f"Crane falls\n\n{CRANE}".encode()), ("crane.png", b"\x89PNG"))
    await world.moderator.select(answer(shown), values=[NEW_STORY])
    assert "### Crane falls\n-# 4 sentences" in text(answer(shown))


async def test_of_several_things_one_is_chosen_also_after_a_restart(world: World, site: str) -> None:
    serve("/crane", page(), Content_Type="text/html")
    shown = await read_this(world, f"{site}/crane or {site}/gone\n{CRANE * 2}", ("crane.txt", f"Crane down\n\n{CRANE}".encode()))
    assert words.WHICH_TO_READ in text(answer(shown))
    names = ["crane.txt", f"{site}/crane", f"{site}/gone", words.MESSAGE_TEXT]
    assert [option["label"] for option in options(answer(shown))] == names
    await world.restart()
    gone = await world.moderator.select(answer(shown), values=["2"])
    assert "no such page" in text(answer(gone))
    asked = await world.moderator.select(answer(shown), values=["0"])
    assert "### Crane down" in text(answer(asked))
    await world.moderator.select(answer(asked), values=[NEW_STORY])
    assert await in_session(world, lambda session: session.count_facts("crane-down")) == 4


async def test_a_long_message_may_be_an_article_itself(world: World) -> None:
    shown = await read_this(world, f"Crane falls\n\n{CRANE * 2}")
    assert words.TEXT_ALONE in text(answer(shown))
    asked = await world.moderator.select(answer(shown), values=["0"])
    await world.moderator.select(answer(asked), values=[NEW_STORY])
    assert "### Crane falls" in text(answer(asked))


async def test_a_message_without_an_article_says_so(world: World) -> None:
    assert words.NOTHING_TO_READ in text(answer(await read_this(world, "Look at this!", ("crane.png", b"\x89PNG"))))
