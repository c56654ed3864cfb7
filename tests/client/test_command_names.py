"""What is said names commands as the reader's client shows them, which may be in another language than what is said."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextvars import copy_context
from functools import lru_cache
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.languages import ENGLISH, LANGUAGES, name_commands_in, say, speaking
from tests.client.commands import LOCALES, sent_commands
from tests.client.world import World, answer, choose_language, text

BOT = Path(__file__).parents[2] / "bot"
PARTS = ("answers", "client", "drafting", "presentation", "service")
SLASH = re.compile(r"(?<![^\s`(“])/([\w-]+)(?: ([\w-]+))?")
SAYING = {"say", "say_number", "say_filled", "with_commands", "Message", "CountedMessage"}


def in_client(names: dict[str, Any], locale: str) -> str:
    """Return what a client in a language of Discord's calls a command or an option."""
    return str((names.get("name_localizations") or {}).get(locale, names["name"]))


def shown_names(commands: list[dict[str, Any]], locale: str) -> set[str]:
    """Return all that may stand behind a slash in a client, with one subcommand or option."""
    names = set()
    for command in commands:
        first = in_client(command, locale)
        names |= {first, *(f"{first} {in_client(option, locale)}" for option in command.get("options") or ())}
    return names


def named(said: str, names: set[str]) -> set[str]:
    """Return the commands that a text names: with the second word where both together are one."""
    return {both if (both := f"{one} {two}") in names else one for one, two in SLASH.findall(said)}


@lru_cache
def code() -> dict[str, tuple[str, ast.Module]]:
    """Return the code that speaks on Discord, by the name of its module, as text and as a tree."""
    paths = [path for part in PARTS for path in (BOT / part).rglob("*.py")]
    texts = {".".join(path.relative_to(BOT.parent).with_suffix("").parts): path.read_text("utf-8") for path in paths}
    return {module: (text, ast.parse(text)) for module, text in texts.items()}


def naming(names: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the module, the constant ("" where it has no name) and the text of each string that names a command.

    Docstrings are none of them, nor strings in calls that name commands for the reader's client.
    """
    for module, (source, tree) in code().items():
        if not SLASH.search(source.replace('"', " ")):
            continue
        passed = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        passed |= {id(node) for call in saying(tree) for node in ast.walk(call)}
        constants = {
            id(node): statement.targets[0].id
            for statement in tree.body
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name)
            for node in ast.walk(statement)
        }
        for node in ast.walk(tree):
            said = node.value if isinstance(node, ast.Constant) and id(node) not in passed else None
            if isinstance(said, str) and any(first in names for first, _ in SLASH.findall(said)):
                yield module, constants.get(id(node), ""), said


def unsaid(module: str, name: str) -> Iterator[str]:
    """Yield where a constant of a module is used outside of what names commands for the reader's client."""
    for user, (source, tree) in code().items():
        if name not in source:
            continue
        prefixes = {
            f"{alias.asname or alias.name}."
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
            if f"{node.module}.{alias.name}" == module
        }
        used = {name} if user == module else {f"{prefix}{name}" for prefix in prefixes}
        said = {id(node) for call in saying(tree) for node in ast.walk(call)}
        for node in ast.walk(tree):
            is_use = isinstance(node, ast.Attribute | ast.Name) and isinstance(node.ctx, ast.Load)
            if is_use and ast.unparse(node) in used and id(node) not in said:
                yield f"{user}: {ast.unparse(node)}"


def said_in(message: str, spoken: str, client: str) -> str:
    """Return a message in a language, to a reader whose client is in another."""
    name_commands_in(client)
    with speaking(spoken):
        return say(message)


def saying(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls that name commands for the reader's client."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING:
            yield node


def test_what_names_a_command_is_said_for_the_reader_s_client(world: World) -> None:
    names = {name.split()[0] for name in shown_names(sent_commands(world), ENGLISH)}
    wrong = []
    for module, constant, said in naming(names):
        wrong += list(unsaid(module, constant)) if constant else [f"{module}: {said}"]
    assert wrong == []


@pytest.mark.parametrize("locale", ["en-US", *LOCALES])
def test_every_message_names_commands_that_the_client_has(locale: str, world: World) -> None:
    english = shown_names(sent_commands(world), "en-US")
    names = shown_names(sent_commands(world), locale)
    said = {text for _, constant, text in naming({name.split()[0] for name in english}) if constant}
    assert len(said) > 20
    for message in said:
        expected = {" " in name for name in named(message, english)}
        for spoken in LANGUAGES:
            shown = named(copy_context().run(said_in, message, spoken, LOCALES.get(locale, ENGLISH)), names)
            assert shown <= names, message
            assert {" " in name for name in shown} == expected, (shown, message)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("spoken", ["en", "de"])
async def test_help_names_commands_as_the_reader_s_client_shows_them(
    spoken: str, locale: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = discord.Interaction._from_data

    def from_client(interaction: discord.Interaction, data: Any) -> None:
        sent: Any = {**data, "locale": locale}
        made(interaction, sent)

    monkeypatch.setattr(discord.Interaction, "_from_data", from_client)
    await choose_language(world, spoken)
    names = shown_names(sent_commands(world), locale)
    shown = text(answer(await world.moderator.slash(world.channel, "help")))
    assert len(named(shown, names)) > 15
    assert named(shown, names) <= names
    of_menus = [in_client(command, locale) for command in sent_commands(world) if command.get("type", 1) != 1]
    menus = [name for name in of_menus if f"**{name}**" in shown]
    assert len(menus) == 4
    mentioned = text(await world.ask(""))  # a message does not say in which language its writer's client is
    assert named(mentioned, names) <= shown_names(sent_commands(world), spoken)
