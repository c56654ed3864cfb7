"""The options that several commands share, each declared once: it is named, read and explained alike everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

SERVER_ID = click.IntRange(1, 2**63 - 1)
"""A server's id on Discord, as far as SQLite's integers reach."""

server_option = click.option("--server", type=SERVER_ID, metavar="ID", help="A Discord server's facts instead of the library.")
servers_option = click.option(
    "--server", "servers", type=SERVER_ID, multiple=True, metavar="ID", help="Only this server; may be repeated."
)
story_option = click.option("--story", metavar="FILE|ID", help="Keep to this stored or shipped story, or to a story file.")
config_option = click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A settings file; else the one that FOOTNOTE_CONFIG names, else footnote.toml in Footnote's folder.",
)
force_option = click.option("--force", is_flag=True, help="Overwrite an existing file.")


def json_option(meaning: str = "Print one JSON object.") -> Callable[[F], F]:
    """Return the option ``--json``, the argument ``as_json`` of the command."""
    return click.option("--json", "as_json", is_flag=True, help=meaning)


def shard_options(command: F) -> F:
    """Give a command ``--shards`` and ``--shard-count``, which say which shards its process has."""
    ranges = click.option("--shards", metavar="0-3", help="The shards of this process, such as 0-3, 2 or 0,2; else all.")
    count = click.option("--shard-count", type=int, metavar="N", help="How many shards all processes have together.")
    return ranges(count(command))
