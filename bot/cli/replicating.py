"""``footnote replicate``: Litestream beside the bot, which copies every change elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from bot.cli.console import config_option, shard_options
from bot.errors import SetupError
from bot.log import set_up_logging
from bot.settings import load_settings
from bot.storage.replica import Replica
from bot.storage.served_bases import ServedBases
from bot.storage.shards import Shards


@click.command()
@config_option
@shard_options
def replicate(config: Path | None, shards: str | None, shard_count: int | None) -> None:
    """Replicate the fact bases beside the bot, with Litestream, as its configuration (the setting replica) says.

    Bases that another process has served meanwhile are fetched from the replica first, for Litestream would put the old ones over
    them. Give it the shards that `footnote run` has here: the bases of other processes are deleted from this folder.
    """
    own_shards = Shards.of(shards, shard_count)
    settings = load_settings(config)
    set_up_logging(settings)
    replica = Replica.of(settings)
    if replica is None:
        raise SetupError("The setting replica is empty: give it the path of Litestream's configuration, config/litestream.yml.")
    excluded = ServedBases(settings, own_shards).prepare_replication()
    program, environment = replica.command(settings.home, excluded)
    if sys.platform == "win32":  # where a program cannot take another one's place
        sys.exit(subprocess.run(program, env=environment, check=False).returncode)
    os.execve(program[0], program, environment)
