"""What others build on is as it was released: `frozen.txt` lists it, and what differs is named.

``python -m tests.test_frozen`` writes the listing anew; docs/release.md says when that is allowed.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import Any
from unittest import mock

import click
import simcord
from click.testing import CliRunner
from discord import AppCommandOptionType
from prometheus_client.metrics import MetricWrapperBase

from bot.cli.entry import footnote
from bot.client import interactions
from bot.client.custom_ids import FACT_CHOICE, REPLY_BUTTON, ReplyAction, ReplyKind
from bot.client.start import make_bot
from bot.facts.files import connect
from bot.facts.schema import make_tables
from bot.facts.state.server_settings import ServerSettings
from bot.formats.export import COLUMNS
from bot.metrics import Metrics
from bot.service.service import Service
from bot.settings import Settings
from bot.storage.backup import MANIFEST
from data.guide.tables import command_lines
from tests.support.paths import HARBOUR

LISTING = Path(__file__).with_name("frozen.txt")
Listed = Iterator[tuple[str, str]]

_ARTICLE = "A crane falls onto the quay\nBy Ann Lee\nHarbour Gazette, 2021-03-05\n\nA crane fell onto the quay on Thursday.\n"
_PRINTED: dict[str, tuple[str, ...]] = {
    "ask --rank": ("ask", "--json", "--rank", "2", "when was the bridge closed"),
    "ask, not known": ("ask", "--json", "who is the king of France?"),
    "ask --explain": ("ask", "--json", "--explain", "when was the bridge closed"),
    "ask --articles": ("ask", "--json", "--articles", "{article}", "what fell onto the quay?"),
    "check": ("check", "“Safety comes first, and the bridge is safe,” said Maria Lee.", "--json"),
    "facts list": ("facts", "list", "--json"),
    "facts show": ("facts", "show", "F1", "--json"),
    "facts retract": ("facts", "retract", "cost", "--reason", "wrong", "--yes", "--json"),
    "facts undo": ("facts", "undo", "cost", "--yes", "--json"),
    "facts history": ("facts", "history", "cost", "--json"),
    "facts log": ("facts", "log", "--json"),
    "story report": ("story", "report", "--json"),
    "servers list": ("servers", "list", "--json"),
    "doctor": ("doctor", "--json"),
    "export timelinejs": ("story", "export", "harbour-bridge", "--format", "timelinejs"),
    "export jsonld": ("story", "export", "harbour-bridge", "--format", "jsonld"),
    "export csl-json": ("story", "export", "harbour-bridge", "--format", "csl-json"),
    "read": ("read", "--json", "{article}"),
}
"""Command lines that print JSON, by what is listed of each; ``{article}`` is a file."""


def _schema() -> Listed:
    with closing(connect(None)) as base:
        make_tables(base)
        for name in ("application_id", "user_version"):
            yield f"schema {name}", str(base.execute(f"PRAGMA {name}").fetchone()[0])
        for kind, name, sql in base.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"):
            if not re.match("sqlite_|fact_search_", name):  # those SQLite makes itself
                yield f"schema {kind} {name}", " ".join(sql.split())


def _routes() -> Listed:
    yield "custom id reply button", REPLY_BUTTON.pattern
    yield "custom id choice of a fact", FACT_CHOICE.pattern
    for letters in (ReplyAction, ReplyKind):
        yield f"custom id {letters.__name__}", " ".join(f"{letter.value}={letter.name}" for letter in letters)
    yield "custom id of a route", interactions._ROUTED.pattern
    for name, route in interactions.ROUTES.items():
        yield f"route {name}", route.who.name


async def _slash_commands() -> list[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        async with Service(Settings(Path(folder))) as service, simcord.run(make_bot(service, None), shard_count=1) as env:
            tree = env.bot.tree  # type: ignore[attr-defined]
            sent = [command.to_dict(tree) for command in tree.get_commands()]
    return [line for command in sent for line in _slash_command(command, command["name"])]


def _slash_command(command: dict[str, Any], name: str) -> Listed:
    nested = (AppCommandOptionType.subcommand.value, AppCommandOptionType.subcommand_group.value)
    options = command.get("options", [])
    if options and options[0]["type"] in nested:
        for option in options:
            yield from _slash_command(option, f"{name} {option['name']}")
        return
    yield f"slash {name}", ", ".join(map(_slash_option, options)) or "no options"


def _slash_option(option: dict[str, Any]) -> str:
    kind = AppCommandOptionType(option["type"]).name + ("" if option.get("required") else ", optional")
    chosen = "|".join(str(choice["value"]) for choice in option.get("choices", []))
    return f"{option['name']} ({kind}{f': {chosen}' if chosen else ''})"


def _command_lines() -> Listed:
    for name, command in command_lines():
        yield f"command {name}", ", ".join(map(_parameter, command.params)) or "no options"


def _parameter(parameter: click.Parameter) -> str:
    names = "/".join([*parameter.opts, *parameter.secondary_opts])
    kind = "|".join(map(str, parameter.type.choices)) if isinstance(parameter.type, click.Choice) else parameter.type.name
    is_flag = isinstance(parameter, click.Option) and parameter.is_flag
    several = ", several" if parameter.multiple or parameter.nargs != 1 else ""
    return f"{names} ({'flag' if is_flag else kind}{several}{', required' if parameter.required else ''})"


def _settings() -> Listed:
    for kind in (Settings, ServerSettings):
        for setting in fields(kind):
            if setting.name != "home":  # which is a variable of the environment
                yield f"{kind.__name__} {setting.name}", str(setting.type)


def _metrics() -> Listed:
    metrics = Metrics()
    for metric in vars(metrics).values():
        if isinstance(metric, MetricWrapperBase):
            yield f"labels of metric {metric._name}", ", ".join(metric._labelnames) or "none"
    for name, kind in re.findall(r"^# TYPE (footnote_\w+) (\w+)$", metrics.exposition().decode(), re.MULTILINE):
        yield f"metric {name}", kind


def _files_and_json() -> Listed:
    """Yield what is printed as JSON or written as files, as the program does it in a home of its own with a small story."""
    yield "export csv", ", ".join(COLUMNS)
    with tempfile.TemporaryDirectory() as folder:
        home, article = Path(folder, "home"), Path(folder, "crane.txt")
        home.mkdir()
        article.write_text(_ARTICLE, encoding="utf-8")
        (home / "footnote.toml").write_text(f'stories = ["{HARBOUR.as_posix()}"]\n', encoding="utf-8")
        with mock.patch.dict(os.environ, {"FOOTNOTE_HOME": str(home), "DISCORD_TOKEN": ""}):
            _run("story", "import", str(HARBOUR), "--server", "7", "--yes")
            for name, line in _PRINTED.items():
                printed = _run(*(arg.format(article=article) for arg in line))
                yield from _shapes(f"json {name}", _json_of(printed))
            _run("backup", folder)
            (manifest,) = Path(folder).glob(f"2*/{MANIFEST}")
            yield from _shapes("json backup", [json.loads(manifest.read_text(encoding="utf-8"))])


def _run(*args: str) -> str:
    result = CliRunner().invoke(footnote, args)
    assert result.exit_code in (0, 1), result.output
    return result.stdout


def _json_of(printed: str) -> list[Any]:
    """Return one value, or the values of several lines."""
    try:
        return [json.loads(printed)]
    except ValueError:
        return list(map(json.loads, printed.splitlines()))


def _shapes(name: str, values: list[Any]) -> Listed:
    """Yield each path into some values, with the types of what stands there."""
    kinds: dict[str, set[str]] = {}
    for value in values:
        for path, kind in _paths(value, ""):
            kinds.setdefault(path, set()).add(kind)
    for path, those in kinds.items():
        yield f"{name}: {path or 'all'}", " or ".join(sorted(those))


def _paths(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, content in value.items():
            yield from _paths(content, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list) and value:
        for item in value:
            yield from _paths(item, f"{path}[]")
    else:
        yield path, "null" if value is None else type(value).__name__


def listing() -> dict[str, str]:
    """Return everything that is frozen, by name."""
    slash = asyncio.run(_slash_commands())  # first, for a bot that is made registers its routes
    parts = (_schema(), _routes(), slash, _command_lines(), _settings(), _metrics(), _files_and_json())
    return {name: what for part in parts for name, what in part}


def frozen() -> dict[str, str]:
    """Return the listing as it is stored: on each line a name and what it is."""
    lines = LISTING.read_text(encoding="utf-8").splitlines()
    return dict(line.split(" = ", maxsplit=1) for line in lines if not line.startswith("#"))


def differences(now: dict[str, str], before: dict[str, str]) -> list[str]:
    """Return a line for each thing that was added, removed or changed."""
    changed = (name for name in now.keys() & before.keys() if now[name] != before[name])
    return sorted(
        [
            *(f"added: {name} = {now[name]}" for name in now.keys() - before.keys()),
            *(f"removed: {name} = {before[name]}" for name in before.keys() - now.keys()),
            *(f"changed: {name}\n  was {before[name]}\n  is  {now[name]}" for name in changed),
        ]
    )


def test_what_is_frozen_is_as_it_was() -> None:
    accept = "python -m tests.test_frozen accepts this; docs/release.md says when that is allowed."
    what = differences(listing(), frozen())
    assert not what, "\n".join(["", *what, accept])


def test_exactly_what_differs_is_named() -> None:
    before = {"route a": "ANYONE", "route b": "ANYONE", "metric m": "counter"}
    now = {"route a": "ANYONE", "route c": "MEMBER", "metric m": "gauge"}
    assert differences(now, before) == [
        "added: route c = MEMBER",
        "changed: metric m\n  was counter\n  is  gauge",
        "removed: route b = ANYONE",
    ]


if __name__ == "__main__":
    HEAD = "# What others build on; written by python -m tests.test_frozen, checked by tests/test_frozen.py.\n"
    LISTING.write_text(HEAD + "".join(f"{name} = {what}\n" for name, what in sorted(listing().items())), encoding="utf-8")
