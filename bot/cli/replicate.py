"""``footnote replicate``: Litestream beside the bot, once the folder of bases is safe to be replicated."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.config import config_option
from bot.cli.sharding import shard_options


@click.command("replicate", short_help="Copy every change elsewhere, with Litestream.")
@config_option
@shard_options
def command(config: Path | None, shards: str | None, shard_count: int | None) -> None:
    """Replicate the fact bases beside the bot, with Litestream, as its configuration (the setting replica) says.

    Bases that another process has served meanwhile are brought from the replica first, for Litestream would put the old ones over
    them; with the shards that `footnote run` has here, those of other processes are taken away.
    """
    import os
    import subprocess
    import sys

    from bot.errors import SetupError
    from bot.log import set_up_logging
    from bot.settings import load_settings
    from bot.storage.keeper import Keeper
    from bot.storage.replica import Replica
    from bot.storage.shards import Shards

    ours = Shards.of(shards, shard_count)
    settings = load_settings(config)
    set_up_logging(settings)
    replica = Replica.of(settings)
    if replica is None:
        raise SetupError("The setting replica is empty: give it the path of Litestream's configuration, config/litestream.yml.")
    leaving_out = Keeper(settings, ours).prepare()
    program, environment = replica.command(settings.home, leaving_out)
    if sys.platform == "win32":  # there a program cannot take another one's place
        sys.exit(subprocess.run(program, env=environment, check=False).returncode)
    os.execve(program[0], program, environment)
