"""``footnote preview``: the bot in the browser, without a token."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.console import config_option


@click.command()
@config_option
@click.option("--port", type=click.IntRange(1, 65535), help="The port of the page; by default, any that is free.")
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), help="Where your changes are kept; without it they are lost."
)
@click.option("--no-browser", is_flag=True, help="Print the pages' addresses only.")
def preview(config: Path | None, port: int | None, folder: Path | None, no_browser: bool) -> None:
    """Try the bot in the browser, without a token and without a network.

    A channel of a server and direct messages are two pages. What you change is gone once it stops, unless --folder says where to
    keep it; the facts of the real bot are never touched.
    """
    click.echo("Starting the preview, which takes a few seconds ...")  # before discord.py and the reader are loaded
    from bot.preview.preview import run_preview

    run_preview(config, folder=folder, port=port, browser=not no_browser)
