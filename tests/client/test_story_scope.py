"""Several stories in one server stay apart in what is looked around in: the one named, the channel's, or the one chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from simcord import InteractionResult

from bot.client import words
from bot.settings import Settings
from tests.client.forms import in_session
from tests.client.world import World, answer, buttons, change_settings, options, pick, text
from tests.support.paths import HARBOUR

TWITTER, BRIDGE = "twitter-rt-sputnik", "harbour-bridge"
LISTS = ("quote", "timeline", "network", "sources")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Let servers begin with two stories."""
    return Settings(tmp_path, stories=(f"{TWITTER}.yaml", str(HARBOUR)))


async def look(world: World, command: str, **given: str) -> InteractionResult:
    return await world.alice.slash(world.channel, command, **given)


@pytest.mark.parametrize("command", LISTS)
async def test_where_no_story_is_meant_it_is_chosen_and_the_reply_says_which_it_is_of(command: str, world: World) -> None:
    result = await look(world, command)
    assert words.WHICH_STORY in text(answer(result))
    titles = {option["value"]: option["label"] for option in options(answer(result))}
    assert set(titles) == {TWITTER, BRIDGE}
    await world.restart()
    shown = await pick(world.alice, answer(result), BRIDGE)
    assert shown.ephemeral == (command == "sources")
    assert titles[BRIDGE] in text(answer(shown))
    assert "Twitter" not in text(answer(shown))


@pytest.mark.parametrize("command", LISTS)
async def test_a_story_is_named_by_id_or_title_and_else_it_is_the_channel_s(command: str, world: World) -> None:
    titles = {option["value"]: option["label"] for option in options(answer(await look(world, command)))}
    await change_settings(world, channels={str(world.channel.id): BRIDGE})
    of_channel = text(answer(await look(world, command)))
    assert titles[BRIDGE] in of_channel
    assert "Twitter" not in of_channel
    by_id = text(answer(await look(world, command, story=TWITTER)))
    by_title = text(answer(await look(world, command, story=titles[TWITTER].upper())))
    assert titles[TWITTER] in by_id
    assert by_id == by_title
    assert titles[BRIDGE] not in by_id


async def test_a_page_that_is_turned_stays_in_the_story_that_was_named(world: World) -> None:
    await change_settings(world, channels={str(world.channel.id): BRIDGE})
    for command in ("timeline", "network"):
        shown = answer(await look(world, command, story=TWITTER))
        assert words.NEXT in buttons(shown), command
        title = text(shown).splitlines()[0]
        turned = answer(await world.alice.click(shown, label=words.NEXT))
        assert text(turned).splitlines()[0] == title
        assert "Page 2 of" in text(turned)
        assert "ridge" not in text(turned)


@pytest.mark.parametrize("named", [TWITTER, BRIDGE])
async def test_the_sources_of_a_story_are_cited_alone(named: str, world: World) -> None:
    other = {TWITTER: BRIDGE, BRIDGE: TWITTER}[named]
    await change_settings(world, channels={str(world.channel.id): other})
    titles: dict[str, set[str]] = {
        story: {use.source.title for use in await in_session(world, lambda session, story=story: session.sources(story=story))}
        for story in (named, other)
    }
    shown = answer(await look(world, "sources", story=named))
    while words.NEXT in buttons(shown):
        await world.alice.click(shown, label=words.NEXT)
    await world.restart()
    cited = answer(await world.alice.click(shown, label=words.CITE))
    offered = {option["label"] for option in options(cited)}
    assert titles[named] <= offered
    assert not offered & titles[other]


async def test_a_channel_of_a_story_tells_of_no_other_what_can_be_asked(world: World) -> None:
    everywhere = text(answer(await world.alice.slash(world.channel, "help")))
    assert "RT and Sputnik" in everywhere
    assert "Harbour Bridge" in everywhere
    await change_settings(world, channels={str(world.channel.id): BRIDGE})
    helped = text(answer(await world.alice.slash(world.channel, "help")))
    assert "Harbour Bridge" in helped
    for shown in (helped, text(await world.ask("")), text(await world.ask("zzyzx qwrtp vbnmk?"))):
        assert "Twitter" not in shown
    assert "what did Maria Lee say?" in text(await world.ask(""))


async def test_an_actor_says_which_story_is_meant(world: World) -> None:
    for command, option in (("who", "actor"), ("quote", "speaker"), ("timeline", "actor"), ("network", "actor")):
        shown = text(answer(await look(world, command, **{option: "Twitter" if option == "actor" else "warner"})))
        assert words.WHICH_STORY not in shown
        assert "RT and Sputnik" in shown


async def test_a_quotation_is_checked_in_the_story_that_is_named(world: World) -> None:
    said = "I appreciate the effort, although RT and Sputnik have been known entities for some time"
    assert "Mark Warner" in text(answer(await look(world, "check", text=said, story=TWITTER)))
    assert "Mark Warner" not in text(answer(await look(world, "check", text=said, story=BRIDGE)))


async def test_an_unknown_story_is_told_to_the_asker_alone(world: World) -> None:
    for command in LISTS:
        result = await look(world, command, story="nowhere")
        assert result.ephemeral or command == "sources"
        assert "There is no story" in text(answer(result))
    assert world.env.errors


async def test_what_a_list_has_no_room_for_asks_for_the_option(world: World) -> None:
    result = await look(world, "quote", about="the long and winding road " * 6)
    assert text(answer(result)) == words.WHICH_OF_SEVERAL
    assert world.env.errors
