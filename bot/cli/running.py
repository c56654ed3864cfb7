"""``footnote run``: the bot on Discord, until it is stopped."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import click

from bot.cli.console import STOPPED, config_option, shard_options
from bot.log import log_errors_of, set_up_logging
from bot.settings import Settings, load_settings, read_token
from bot.storage.shards import Shards

log = logging.getLogger(__name__)

STOP_SECONDS = 4.0
"""Seconds that stopping may take: less than the 10 seconds that config/compose.yaml and config/footnote.service leave for it."""

FILES_PER_BASE = 6
"""File handles of an open fact base: two connections, each with the file and its log, the index of the log, and the lock."""

_OTHER_FILES = 200  # connections to Discord, the lexicon, pictures, and those of the threads


@click.command()
@config_option
@shard_options
def run(config: Path | None, shards: str | None, shard_count: int | None) -> None:
    """Run the bot on Discord.

    Its token comes from the environment variable DISCORD_TOKEN, or from the file that DISCORD_TOKEN_FILE names. Several processes
    share the servers: each is given some of the shards, such as 0-3 of 8, and no shard is given to two.
    """
    from bot.client.start import run_bot  # takes a while to load, and the help has no use for it

    own_shards = Shards.of(shards, shard_count)
    settings = load_settings(config)
    set_up_logging(settings)
    settings = fit_open_files(settings)
    if asyncio.run(run_until_stopped(run_bot(settings, read_token(), own_shards))) == signal.SIGINT:
        raise click.exceptions.Exit(STOPPED)


async def run_until_stopped(bot: Coroutine[None, None, None]) -> int | None:
    """Run the bot until it ends or a signal asks it to stop; return that signal.

    On a signal the bot finishes what is under way, leaves Discord and closes its files. Whatever takes longer than STOP_SECONDS,
    such as a thread that hangs, is cut off: nothing of it was acknowledged, and the fact bases undo it. A second signal ends the
    process at once.
    """
    loop = asyncio.get_running_loop()
    log_errors_of(loop)
    running = asyncio.ensure_future(bot)
    received: list[int] = []

    def stop(number: int) -> None:
        if received:
            os._exit(128 + number)
        log.info("Stopping: what is under way is finished first")
        received.append(number)
        _exit_later(STOPPED if number == signal.SIGINT else 0)
        running.cancel()

    with suppress(NotImplementedError):  # Windows has no such signals
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop, number)
    try:
        await running
    except asyncio.CancelledError:
        if not received:
            raise
    return received[0] if received else None


def fit_open_files(settings: Settings) -> Settings:
    """Ask the system for as many file handles as the open bases need; return the settings with as many bases as it allows."""
    if sys.platform == "win32":
        return settings
    import resource  # missing on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = settings.open_bases * FILES_PER_BASE + _OTHER_FILES
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return settings
    allowed = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    if allowed == needed:
        return settings
    bases = max((allowed - _OTHER_FILES) // FILES_PER_BASE, 1)
    log.warning(
        "The system allows %s open files, so %s fact bases are open at once instead of %s; raise its limit (ulimit -n) for more",
        allowed, bases, settings.open_bases,
    )  # fmt: skip
    return replace(settings, open_bases=bases)


def _exit_later(code: int) -> None:
    """End the process after STOP_SECONDS, whatever hangs in it: a thread cannot be cancelled, and Python would wait for it."""

    def cut_off() -> None:
        log.warning("What is still under way is cut off")
        os._exit(code)

    timer = threading.Timer(STOP_SECONDS, cut_off)
    timer.daemon = True
    timer.start()
