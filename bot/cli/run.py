"""``footnote run``: the bot on Discord."""

from __future__ import annotations

from collections.abc import Coroutine
from pathlib import Path

import click


@click.command("run")
@click.option(
    "--config", type=click.Path(path_type=Path), metavar="FILE", help="A settings file; else footnote.toml in Footnote's folder."
)
def command(config: Path | None) -> None:
    """Run the bot on Discord. Its token comes from the environment variable DISCORD_TOKEN."""
    import asyncio
    import os

    from bot.cli.handles import with_handles
    from bot.client.app import run_bot
    from bot.log import TOKEN, set_up_logging
    from bot.settings import load_settings

    settings = load_settings(config)
    set_up_logging(settings)
    settings = with_handles(settings)
    asyncio.run(until_told_to_stop(run_bot(settings, os.environ.get(TOKEN))))


async def until_told_to_stop(bot: Coroutine[None, None, None]) -> None:
    """Run the bot; a service manager's signal to end lets it leave Discord and close its files first."""
    import asyncio
    import signal
    from contextlib import suppress

    running = asyncio.ensure_future(bot)
    with suppress(NotImplementedError):  # Windows has no such signals
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
    with suppress(asyncio.CancelledError):
        await running
