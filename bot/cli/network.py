"""``footnote network``: who speaks about whom, as text, or as a picture."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.pictures import FORCE, PNG, THEME, WHOLE, write_pictures
from bot.cli.sessions import SERVER, STORY, open_session


@click.command("network", short_help="See who speaks about whom, and how often.")
@click.argument("actor", nargs=-1)
@STORY
@SERVER
@PNG
@THEME
@FORCE
def command(actor: tuple[str, ...], story: str | None, server: int | None, png: Path | None, theme: str, force: bool) -> None:
    """See who speaks about whom, and how often; with ACTOR only who speaks about it, and about whom it speaks."""
    with open_session(story, server) as (session, kept_to):
        network = session.network(actor=" ".join(actor) or None, story=kept_to)
    if png is None:
        from bot.terminal.pages import network_list
        from bot.terminal.screen import screen, show

        show(screen(), network_list(network))
        return
    from bot.pictures.network import network_picture
    from bot.presentation.wording import network_title

    title = network_title(network.actor)
    write_pictures(
        png,
        lambda page: network_picture(
            title, network.links, focus=network.actor, page=page, theme=theme, words=network.words, longest=WHOLE
        ),
        force=force,
    )
