"""The options that say which shards a process has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def shard_options(command: F) -> F:
    """Give a command ``--shards`` and ``--shard-count``."""
    ranges = click.option("--shards", metavar="0-3", help="The shards of this process, such as 0-3, 2 or 0,2; else all.")
    count = click.option("--shard-count", type=int, metavar="N", help="How many shards all processes have together.")
    return ranges(count(command))
