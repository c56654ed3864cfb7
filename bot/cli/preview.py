"""``footnote preview``: the bot in the browser, on a Discord that is simulated."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.config import config_option


@click.command("preview", short_help="Try the bot in the browser, without a token.")
@config_option
@click.option("--port", type=click.IntRange(1, 65535), help="The port of the page; else any that is free.")
@click.option("--no-browser", is_flag=True, help="Print the page's address only.")
def command(config: Path | None, port: int | None, no_browser: bool) -> None:
    """Try the bot in the browser, without a token and without a network."""
    from bot.preview.preview import run_preview

    run_preview(config, port=port, browser=not no_browser)
