"""``footnote chat``: a conversation in the terminal."""

from __future__ import annotations

import click

from bot.settings import load_settings
from bot.terminal.chat import run_chat
from bot.terminal.text import safe


@click.command()
def chat() -> None:
    """Ask one question after another, and look around with the slash commands that Discord has.

    With lines piped in, each is answered in turn and no prompt is shown.
    """
    code = run_chat(load_settings(), lambda sentence: click.echo(safe(sentence), err=True))
    if code:
        raise click.exceptions.Exit(code)
