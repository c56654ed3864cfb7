"""What is offered while somebody types."""

from __future__ import annotations

import pytest

from tests.client.world import World


async def offered(world: World, command: str, option: str, typed: str) -> dict[str, str]:
    choices = await world.alice.autocomplete(world.channel, command, option, typed)
    assert len(choices) <= 25
    assert all(1 <= len(choice["name"]) <= 100 and 1 <= len(choice["value"]) <= 100 for choice in choices)
    return {choice["value"]: choice["name"] for choice in choices}


@pytest.mark.parametrize(("command", "option"), [("quote", "speaker"), ("who", "actor"), ("timeline", "actor")])
async def test_names_are_offered_with_roles_whatever_is_typed(world: World, command: str, option: str) -> None:
    assert (await offered(world, command, option, "warner"))["warner"].startswith("Mark Warner, ")
    assert "warner" in await offered(world, command, option, "mark warnr")
    assert await offered(world, command, option, "")
    await offered(world, command, option, '*" OR (NOT @everyone')
    await offered(world, command, option, "x" * 900)


async def test_whoever_is_offered_as_a_speaker_has_said_something(world: World) -> None:
    for speaker in await offered(world, "quote", "speaker", ""):
        result = await world.alice.slash(world.channel, "quote", speaker=speaker)
        assert not result.ephemeral


async def test_stories_are_offered(world: World) -> None:
    found = await offered(world, "ask", "story", "twiter")
    assert found == {"twitter-rt-sputnik": "Twitter's advertising ban on RT and Sputnik"}


async def test_what_is_chosen_is_understood(world: World) -> None:
    for actor in await offered(world, "who", "actor", "russia"):
        result = await world.alice.slash(world.channel, "who", actor=actor)
        assert not result.ephemeral
