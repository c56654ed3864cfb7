"""The roles that a server chose for its moderators: they alone count, whatever the library knows of the server by then."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from simcord import MemberActor, RoleHandle

from bot.client.bot import FootnoteBot
from bot.client.permissions import MODERATORS_ONLY
from bot.client.settings import words
from tests.client.forms import open_settings
from tests.client.world import World, answer, bot_of, change_settings, manager, text


async def choose_role(world: World) -> tuple[RoleHandle, MemberActor]:
    """Let the server choose a role of moderators, and return it with a member who has it."""
    role = world.guild.create_role("Keepers")
    await change_settings(world, moderator_roles=(role.id,))
    return role, world.guild.add_member(world.env.create_user("keeper"), roles=[role])


async def moderates(world: World, who: MemberActor) -> bool:
    return MODERATORS_ONLY not in text(answer(await who.slash(world.channel, "gaps")))


def start_session(bot: FootnoteBot, server: int) -> None:
    """Know of a server what Discord says of it when a session begins, before it describes it."""
    bot._connection._add_guild_from_data({"id": str(server), "unavailable": True})  # type: ignore[typeddict-item]


def lose_for_a_while(bot: FootnoteBot, server: int) -> None:
    """Let a server be out of reach, and described anew with one role that cannot be read."""
    bot._connection.parsers["GUILD_DELETE"]({"id": str(server), "unavailable": True})
    description = {"id": str(server), "name": "newsroom", "unavailable": False, "channels": [], "threads": []}
    bot._connection.parsers["GUILD_CREATE"]({**description, "roles": [{"id": "one", "name": "Editors"}]})


def rename_faultily(bot: FootnoteBot, server: int) -> None:
    """Let a server be renamed, in an event in which the first role cannot be read."""
    bot._connection.parsers["GUILD_UPDATE"]({"id": str(server), "name": "newsroom", "roles": [{"id": "one"}]})


@pytest.mark.usefixtures("offered_to_all")
@pytest.mark.parametrize("happens", [start_session, lose_for_a_while, rename_faultily])
async def test_chosen_roles_count_where_the_roles_of_the_server_are_not_known(
    happens: Callable[[FootnoteBot, int], None], world: World
) -> None:
    role, keeper = await choose_role(world)
    happens(bot_of(world), world.guild.id)
    guild = bot_of(world).get_guild(world.guild.id)
    assert guild is not None
    assert guild.get_role(role.id) is None
    assert not await moderates(world, world.moderator)
    assert await moderates(world, keeper)
    assert world.env.errors


@pytest.mark.usefixtures("offered_to_all")
async def test_a_chosen_role_that_was_deleted_lets_nobody_else_in_until_a_manager_chooses_anew(world: World) -> None:
    role, keeper = await choose_role(world)
    world.env.backend.delete_role(world.guild.id, role.id)
    assert not await moderates(world, keeper)
    assert not await moderates(world, world.moderator)
    boss = manager(world)
    assert await moderates(world, boss)
    opened = await open_settings(world, boss, page="moderators")
    await boss.select(opened, [], custom_id="role:settings-roles:")
    assert await moderates(world, world.moderator)
    assert world.env.errors


@pytest.mark.usefixtures("offered_to_all")
async def test_the_role_of_everybody_is_not_taken(world: World) -> None:
    role, _ = await choose_role(world)
    boss = manager(world)
    opened = await open_settings(world, boss, page="moderators")
    refused = await boss.select(opened, [role, world.guild.default_role], custom_id="role:settings-roles:")
    assert text(answer(refused)) == words.NOT_EVERYONE
    settings = await world.service.read(world.guild.id, lambda session: session.settings())
    assert settings.moderator_roles == (role.id,)


async def test_readers_are_not_offered_what_is_for_moderators_until_the_server_offers_it_to_a_role(world: World) -> None:
    role, keeper = await choose_role(world)
    assert "ask" in keeper.available_commands(world.channel)
    assert "gaps" not in keeper.available_commands(world.channel)
    assert "gaps" in world.moderator.available_commands(world.channel)
    command = world.env.backend.find_command("gaps", world.guild.id)
    assert command is not None
    world.guild.set_command_permissions(int(command["id"]), {role: True})
    assert "gaps" not in world.alice.available_commands(world.channel)
    assert await moderates(world, keeper)
