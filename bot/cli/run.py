"""``footnote run``: the bot on Discord."""

from __future__ import annotations

import logging
import os
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path

import click

from bot.cli.config import config_option
from bot.cli.sharding import shard_options

log = logging.getLogger(__name__)

STOP_SECONDS = 4.0
STOPPED = 130  # the exit code after Ctrl-C


@click.command("run")
@config_option
@shard_options
def command(config: Path | None, shards: str | None, shard_count: int | None) -> None:
    """Run the bot on Discord.

    Its token comes from the environment variable DISCORD_TOKEN, or from the file that DISCORD_TOKEN_FILE names. Several processes
    share the servers: each is given some of the shards, such as 0-3 of 8, and no shard is given to two.
    """
    import asyncio
    import signal

    from bot.cli.handles import with_handles
    from bot.client.app import run_bot
    from bot.log import set_up_logging
    from bot.settings import load_settings, read_token
    from bot.storage.shards import Shards

    ours = Shards.of(shards, shard_count)
    settings = load_settings(config)
    set_up_logging(settings)
    settings = with_handles(settings)
    if asyncio.run(until_told_to_stop(run_bot(settings, read_token(), ours))) == signal.SIGINT:
        raise click.exceptions.Exit(STOPPED)


async def until_told_to_stop(bot: Coroutine[None, None, None]) -> int | None:
    """Run the bot until it ends or a signal asks it to stop; return that signal.

    The bot then finishes what is under way, leaves Discord and closes its files. What takes longer than STOP_SECONDS is cut off,
    such as a thread that hangs: nothing of it was acknowledged, and the fact bases undo it. A second signal ends it at once.
    """
    import asyncio
    import signal

    from bot.log import log_errors_of

    loop = asyncio.get_running_loop()
    log_errors_of(loop)
    running = asyncio.ensure_future(bot)
    told: list[int] = []

    def stop(number: int) -> None:
        if told:
            os._exit(128 + number)
        log.info("Stopping: what is under way is finished first")
        told.append(number)
        _cut_off_later(STOPPED if number == signal.SIGINT else 0)
        running.cancel()

    with suppress(NotImplementedError):  # Windows has no such signals
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop, number)
    try:
        await running
    except asyncio.CancelledError:
        if not told:
            raise
    return told[0] if told else None


def _cut_off_later(code: int) -> None:
    """End the process when its time is up, whatever hangs in it."""
    import threading

    def cut_off() -> None:
        log.warning("What is still under way is cut off")
        os._exit(code)

    timer = threading.Timer(STOP_SECONDS, cut_off)
    timer.daemon = True
    timer.start()
