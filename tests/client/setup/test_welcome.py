"""The message with which the bot joins a server: where it stands, what it says, and to whom its button opens `/setup`."""

from __future__ import annotations

import discord
import pytest
from discord import AuditLogAction, PermissionOverwrite

from bot.client.permissions import MODERATORS_ONLY
from bot.client.setup import words
from bot.client.text import escape
from bot.storage import deletion
from tests.client.world import World, answer, buttons, choose_language, invited, last_direct_message, last_message, text

CLOSED = PermissionOverwrite(send_messages=False)


async def close_all(world: World) -> None:
    """Take from the bot the right to write in the server's only channel."""
    world.env.backend.delete_channel(world.channel.id)
    await world.env.settle()
    world.guild.create_text_channel("closed", overwrites={world.guild.default_role: CLOSED, _own_user(world): CLOSED})
    await world.env.settle()


def _own_user(world: World) -> discord.ClientUser:
    user = world.env.bot.user
    assert user is not None
    return user


async def test_it_stands_in_the_channel_for_system_messages_and_opens_the_setup_for_moderators(world: World) -> None:
    general = world.guild.create_text_channel("general")
    await invited(world, system_channel_id=str(general.id))
    said = last_message(general)
    assert said is not None
    assert words.WELCOME in text(said)
    assert "use `/setup`" in text(said)
    assert buttons(said) == [words.SET_UP]
    assert last_message(world.channel) is None
    opened = await world.moderator.click(said, label=words.SET_UP)
    assert opened.ephemeral
    assert text(answer(opened)).startswith(f"### {words.STEPS[1]}")
    assert last_message(general) == said, "it stays for other moderators"


async def test_readers_who_press_its_button_are_told_whom_to_ask(world: World) -> None:
    await invited(world)
    refused = await world.alice.click(world.last, label=words.SET_UP)
    assert refused.ephemeral
    assert text(answer(refused)) == escape(MODERATORS_ONLY)


async def test_without_such_a_channel_it_stands_in_the_first_where_the_bot_may_write(world: World) -> None:
    await close_all(world)
    open_to_all = world.guild.create_text_channel("open")
    await invited(world)
    said = last_message(open_to_all)
    assert said is not None
    assert words.WELCOME in text(said)


async def test_where_it_may_write_nowhere_whoever_added_it_is_told_directly(world: World) -> None:
    await close_all(world)
    world.env.backend.record_audit_log(
        world.guild.id, AuditLogAction.bot_add.value, target_id=_own_user(world).id, user_id=world.bob.id
    )
    await invited(world)
    told = last_direct_message(world.bob)
    assert words.WELCOME in told
    assert "I am in **The newsroom** now" in told
    assert words.SET_UP not in buttons(last_message(world.bob.user.dm_channel))  # type: ignore[arg-type]


async def test_where_nobody_can_be_told_it_says_nothing(world: World, caplog: pytest.LogCaptureFixture) -> None:
    await close_all(world)
    with caplog.at_level("INFO"):
        await invited(world)
    assert "Nobody in server" in caplog.text
    assert all(not last_direct_message(member) for member in (world.alice, world.bob, world.moderator))


async def test_a_server_that_has_a_base_already_is_spoken_to_in_its_language(world: World) -> None:
    await choose_language(world, "de")
    await invited(world)
    assert "**Hallo!** Ich beantworte Fragen" in text(world.last)
    assert buttons(world.last) == ["Einrichten"]


async def test_a_server_that_it_comes_back_to_in_time_is_not_new(world: World) -> None:
    await world.ask("")
    deletion.plan(world.service.settings, world.guild.id, left=True)
    before = world.last
    await invited(world, system_channel_id=str(world.channel.id))
    assert world.last != before
    assert text(world.last).startswith("I am back.")
