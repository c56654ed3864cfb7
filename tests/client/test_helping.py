"""Help names every command."""

from __future__ import annotations

from discord import app_commands

from tests.client.world import World, answer, text


async def test_help_names_every_command_and_the_story(world: World) -> None:
    result = await world.alice.slash(world.channel, "help")
    shown = text(answer(result))
    assert result.ephemeral
    assert world.mention in shown
    assert "advertising ban on RT and Sputnik" in shown
    for command in world.env.bot.tree.get_commands():  # type: ignore[attr-defined]
        wanted = command.name if isinstance(command, app_commands.ContextMenu) else f"`/{command.name}`"
        assert wanted in shown or command.name == "help"
