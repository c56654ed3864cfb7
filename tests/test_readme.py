"""The README says what the program does: every command is in it, and the sample is what is printed."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest
import simcord
from click.testing import CliRunner
from discord import app_commands

from bot.cli.entry import COMMANDS, footnote
from bot.client.app import FootnoteBot
from bot.service.service import Service
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def command_lines() -> Iterator[str]:
    for name in COMMANDS:
        command = footnote.get_command(click.Context(footnote), name)
        yield from (f"{name} {each}" for each in command.commands) if isinstance(command, click.Group) else (name,)


@pytest.mark.parametrize("line", list(command_lines()))
def test_every_command_of_the_command_line_is_named(line: str) -> None:
    assert re.search(rf"^\| `footnote {line}[ `]", README, re.MULTILINE)


async def test_every_command_on_discord_is_named_with_its_fields(tmp_path: Path) -> None:
    async with Service(Settings(tmp_path)) as service, simcord.run(FootnoteBot(service), shard_count=1) as env:
        commands = env.bot.tree.get_commands()  # type: ignore[attr-defined]
        assert len(commands) > 5
        for command in commands:
            if isinstance(command, app_commands.ContextMenu):
                assert f"| **{command.name}** |" in README
                continue
            if isinstance(command, app_commands.Group):
                for each in command.walk_commands():
                    assert isinstance(each, app_commands.Group) or f"`/{each.qualified_name}`" in README
                continue
            given = [field.display_name if field.required else f"[{field.display_name}]" for field in command.parameters]
            assert f"| `{' '.join([f'/{command.name}', *given])}` |" in README


def test_every_setting_is_in_the_settings_file_that_it_links_to() -> None:
    assert "(config/footnote.toml)" in README
    settings = (ROOT / "config" / "footnote.toml").read_text(encoding="utf-8")
    for setting in fields(Settings):
        assert setting.name == "home" or re.search(rf"^{setting.name} = ", settings, re.MULTILINE)


def test_every_link_to_a_file_or_a_heading_leads_somewhere() -> None:
    headings = {re.sub(r"[^a-z0-9 ]", "", line.lstrip("#").strip().lower()).replace(" ", "-") for line in README.splitlines()}
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", README):
        assert target[1:] in headings if target.startswith("#") else (ROOT / target).is_file()


def test_the_sample_is_what_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path))
    monkeypatch.delenv("COLUMNS", raising=False)
    sample = re.search(r"```console\n\$ \.venv/bin/footnote (.*)\n((?s:.*?))```", README)
    assert sample is not None
    assert CliRunner().invoke(footnote, shlex.split(sample[1])).output == sample[2]


def test_the_story_that_it_shows_has_no_faults_and_answers_its_questions(tmp_path: Path) -> None:
    shown = re.search(r"```yaml\n((?s:.*?))```", README)
    assert shown is not None
    file = tmp_path / "story.yaml"
    file.write_text(shown[1], encoding="utf-8")
    result = CliRunner().invoke(footnote, ["story", "check", "--strict", str(file)])
    assert result.exit_code == 0, result.output
