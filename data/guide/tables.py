"""The tables of the pages, made from the code: commands, their fields and options, settings, metrics."""

from __future__ import annotations

import inspect
import re
import tempfile
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import simcord
from discord import app_commands

from bot.cli.commands import COMMANDS, ListedCommand, walk_commands
from bot.client.permissions import Permission
from bot.client.settings import words as settings_words
from bot.client.start import make_bot
from bot.errors import Fault, StoryFileError
from bot.facts.state.server_settings import ServerSettings
from bot.metrics import Metrics
from bot.service.service import Service
from bot.settings import Settings
from bot.stories.load import read_story
from tests.client import permission_table

Slash = app_commands.Command[Any, ..., Any]

_WHO = {
    Permission.ANYONE: "Everybody, in direct messages too:",
    Permission.MEMBER: "Members of a server, in that server:",
    Permission.MODERATOR: "Moderators, in their server:",
    Permission.MANAGER: "Members who may manage the server:",
}
_READERS = (Permission.ANYONE, Permission.MEMBER)
_EDITORS = (Permission.MODERATOR, Permission.MANAGER)
_WIDEST = 1_000_000  # a limit above this is none that anybody meets
_LINE = 128


async def tables() -> dict[str, str]:
    """Return all tables by the names that the pages have for them."""
    slash, menus = await _on_discord()
    pages = ((title, _sentence(use)) for title, use in settings_words.PAGES.values())
    return {
        "Discord commands for readers": _commands(slash, menus, _READERS),
        "fields of the Discord commands for readers": _fields(slash, _READERS),
        "Discord commands for moderators": _commands(slash, menus, _EDITORS),
        "fields of the Discord commands for moderators": _fields(slash, _EDITORS),
        "pages of /settings": _table(("page", "what it is for"), pages),
        "choices in /settings": _choices(),
        "commands of the command line": _table(("command", "what it does"), map(_in_short, command_lines())),
        "options of the command line": "\n".join(map(_in_full, command_lines())),
        "settings": _table(("setting", "default", "what it means"), _settings()),
        "metrics": _table(("metric", "what it says"), _metrics()),
        "keys of a story file": _table(("section", "required", "optional"), _keys()),
    }


async def _on_discord() -> tuple[list[Slash], list[app_commands.ContextMenu]]:
    """Return the slash commands and the commands in the menu of a message, as Discord is told of them."""
    with tempfile.TemporaryDirectory() as folder:
        async with Service(Settings(Path(folder))) as service, simcord.run(make_bot(service, None), shard_count=1) as env:
            tree = env.bot.tree  # type: ignore[attr-defined]
            slash = [command for command in tree.walk_commands() if isinstance(command, app_commands.Command)]
            return slash, [command for command in tree.get_commands() if isinstance(command, app_commands.ContextMenu)]


def with_fields(command: Slash) -> str:
    """Return a slash command as its users see it, such as ``/ask question [story]``."""
    given = (field.display_name if field.required else f"[{field.display_name}]" for field in command.parameters)
    return " ".join([f"/{command.qualified_name}", *given])


def _commands(slash: Sequence[Slash], menus: Sequence[app_commands.ContextMenu], people: Iterable[Permission]) -> str:
    """Return a table of commands for each kind of people, after a line that says whom it is for."""
    parts = []
    for who in people:
        rows = [(f"`{with_fields(command)}`", _sentence(command.description)) for command in slash if _may_use(command) is who]
        for menu in menus:
            if permission_table.MENUS[menu.name] is who:
                does = re.split(r"[,.]", menu.callback.__doc__ or "")[0]
                rows.append((f"**{menu.name}**, in a message's menu", _sentence(does)))
        if rows:
            parts.append(f"{_WHO[who]}\n\n{_table(('command', 'what it does'), rows)}")
    return "\n".join(parts)


def _may_use(command: Slash) -> Permission:
    return permission_table.COMMANDS[command.qualified_name]


def _fields(slash: Sequence[Slash], people: Sequence[Permission]) -> str:
    """Return a list of commands, each with a list of its fields."""
    lines = []
    for command in slash:
        if _may_use(command) in people and command.parameters:
            lines.append(f"- `/{command.qualified_name}`")
            for field in command.parameters:
                means = _sentence(str(field.description))
                if field.choices:
                    means += f" One of: {'; '.join(choice.name.split(':')[0] for choice in field.choices)}."
                optional = "" if field.required else " (optional)"
                lines.append(_wrapped(f"  - `{field.display_name}`{optional}: {means}", "    "))
    return "\n".join(lines) + "\n"


def _choices() -> str:
    usual = ServerSettings()
    items = []
    for name, about in settings_words.LISTED_SETTINGS.items():
        default = getattr(usual, name)
        labels = (f"*{label}* (the default)" if value == default else label for value, label, _ in settings_words.options(name))
        items.append(_wrapped(f"- **{about}**: {'; '.join(labels)}.", "  "))
    return "\n".join(items) + "\n"


def command_lines() -> Iterator[tuple[str, click.Command]]:
    """Yield every command of the command line, such as ``footnote facts add``."""
    for name, command in walk_commands(COMMANDS):
        if isinstance(command, ListedCommand):
            yield f"footnote {name}", command.load()


def _in_short(line: tuple[str, click.Command]) -> tuple[str, str]:
    name, command = line
    return f"[`{name}`](#{name.replace(' ', '-')})", _sentence(command.get_short_help_str(200))


def _in_full(line: tuple[str, click.Command]) -> str:
    name, command = line
    context = click.Context(command, info_name=name)
    usage = " ".join([name, *command.collect_usage_pieces(context)])
    about = (" ".join(paragraph.split()) for paragraph in inspect.cleandoc(command.help or "").split("\n\n"))
    rows = [_option(param, context) for param in command.params if isinstance(param, click.Option)]
    parts = [f"### {name}", f"`{usage}`", *map(_wrapped, about)]
    return "\n\n".join(parts) + "\n" + ("\n" + _table(("option", "what it does"), rows) if rows else "")


def _option(option: click.Option, context: click.Context) -> tuple[str, str]:
    means = [(option.help or "").rstrip(".")]
    names = ", ".join(option.opts)
    if isinstance(option.type, click.Choice):
        means.append("one of " + ", ".join(f"`{choice}`" for choice in option.type.choices))
    elif not option.is_flag:
        metavar = option.make_metavar(context).split()[0]
        names += f" {'N' if metavar.startswith('INTEGER') else metavar}"
    if isinstance(option.type, click.IntRange) and (option.type.max or 0) < _WIDEST:
        low, high = option.type.min, option.type.max
        means.append(f"from {low} to {high}" if high is not None else f"{low} or more")
    if option.show_default and option.default is not None and not option.is_flag:
        means.append(f"default: {option.default}")
    if option.required:
        means.append("required")
    first, *rest = means
    return f"`{_cell(names)}`", _sentence(first + (f" ({'; '.join(rest)})" if rest else ""))


def _settings() -> Iterator[tuple[str, str, str]]:
    for field in fields(Settings):
        if field.name == "home":
            continue
        default = list(field.default) if isinstance(field.default, tuple) else field.default
        toml = str(default).lower() if isinstance(default, bool) else str(default).replace("'", '"')
        toml = f'"{default}"' if isinstance(default, str) else toml
        yield f"`{field.name}`", f"`{toml}`", _sentence(field.metadata["meaning"])


def _metrics() -> Iterator[tuple[str, str]]:
    for name, says in re.findall(r"^# HELP (footnote_\w+) (.+)$", Metrics().exposition().decode(), re.MULTILINE):
        if not name.endswith("_created"):
            yield f"`{name}`", _sentence(says)


def _keys() -> Iterator[tuple[str, str, str]]:
    """Yield the sections of a story file with their keys, as its faults name them."""
    sections = ("story", *_may_stand("story: {id: a, title: A}\n0: 0\n"))
    for section in dict.fromkeys(sections):
        entry = {"story": "{0: 0}", "questions": "[{0: 0}]"}.get(section, "{a: {0: 0}}")
        known = _may_stand(f"{section}: {entry}\n")
        faults = _faults(f"{section}: {entry}\n")
        required = [key for key in known if any(fault.problem.endswith(f" has no `{key}`.") for fault in faults)]
        yield f"`{section}`", _in_code(required), _in_code(key for key in known if key not in required)


def _faults(text: str) -> tuple[Fault, ...]:
    try:
        read_story(text, "")
    except StoryFileError as error:
        return error.faults
    raise AssertionError(f"{text} has no faults")


def _may_stand(text: str) -> list[str]:
    """Return the keys that may stand where a story file has the key 0."""
    (mend,) = (fault.mend for fault in _faults(text) if fault.problem.startswith('"0" is not a key'))
    return re.findall(r"`([^`]+)`", mend)


def _in_code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([f"| {' | '.join(head)} |", "|---" * len(head) + "|", *lines]) + "\n"


def _sentence(text: str) -> str:
    """Make a text fit for a cell, with a stop at its end."""
    text = _cell(text)
    return text if text.endswith((".", "?", "…")) else f"{text}."


def _cell(text: str) -> str:
    return text.strip().replace("|", "\\|").replace("<", "&lt;")


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(text, _LINE, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
