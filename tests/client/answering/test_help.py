"""Help names every command."""

from __future__ import annotations

from pathlib import Path

import pytest
from discord import app_commands

from bot.client import words
from bot.client.permissions import Permission
from bot.settings import Settings
from tests.client.permission_table import COMMANDS, MENUS
from tests.client.records import assert_harmless
from tests.client.world import World, answer, text

EVIL = "Evil @everyone <@123> **bold** [x](https://evil.example)"
ESCAPED = "Evil \\@\u200beveryone \\<\\@123\\> \\*\\*bold\\*\\* \\[x\\](https\\://evil.example)"


async def test_help_names_every_command_and_the_story(world: World) -> None:
    result = await world.moderator.slash(world.channel, "help")
    shown = text(answer(result))
    assert result.ephemeral
    assert world.mention in shown
    assert "advertising ban on RT and Sputnik" in shown
    for command in world.env.bot.tree.get_commands():  # type: ignore[attr-defined]
        wanted = command.name if isinstance(command, app_commands.ContextMenu) else f"`/{command.name}`"
        assert wanted in shown or command.name == "help"


async def test_help_shows_readers_what_is_for_them(world: World) -> None:
    shown = text(answer(await world.alice.slash(world.channel, "help")))
    commands = {f"`/{name.split()[0]}`" for name, who in COMMANDS.items() if who in (Permission.ANYONE, Permission.MEMBER)}
    assert {"`/suggest`", "`/privacy`"} < commands
    menus = {f"**{name}**" for name, who in MENUS.items() if who is Permission.ANYONE}
    assert [name for name in commands | menus if name not in shown] == ["`/help`"]
    assert words.HELP_MODERATORS not in shown


class TestHostileTitle:
    """A story whose title holds all that Discord would act on."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        harbour = (Path(__file__).parents[2] / "harbour.yaml").read_text(encoding="utf-8")
        path = tmp_path / "evil.yaml"
        path.write_text(harbour.replace("The Harbour Bridge closure", f"'{EVIL}'"), encoding="utf-8")
        return Settings(tmp_path, stories=(str(path),))

    async def test_it_is_shown_as_it_is_wherever_stories_are_named(self, world: World) -> None:
        helped = text(answer(await world.alice.slash(world.channel, "help")))
        assert ESCAPED in helped
        unanswered = await world.ask("zzyzx qwrtp vbnmk?")
        assert ESCAPED in text(unanswered)
        for shown in (helped.replace(world.mention, ""), text(unanswered)):
            assert_harmless(shown)
