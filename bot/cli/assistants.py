"""``footnote mcp``: assistants read the facts, over the Model Context Protocol."""

from __future__ import annotations

import click

from bot.cli.console import server_option, story_option
from bot.cli.sessions import open_session
from bot.errors import SetupError

NO_PACKAGE = (
    "The server for assistants needs a package that is not installed. "
    "Install it in the checkout with: pip install -c config/constraints.txt -e '.[mcp]'"
)


@click.command()
@story_option
@server_option
def mcp(story: str | None, server: int | None) -> None:
    """Let an assistant read the facts, over the Model Context Protocol on standard input and output.

    It offers five tools, none of which changes a fact: ask, check_quotation, said_by, timeline and sources. A program that uses
    such servers starts this command itself.
    """
    try:
        from bot.cli.assistant_tools import make_server  # takes a while to load, and its package is an optional part
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "mcp":
            raise
        raise SetupError(NO_PACKAGE) from None
    with open_session(story, server) as (session, story_id):
        session.encode(story_id)
        make_server(session, story_id).run("stdio")
