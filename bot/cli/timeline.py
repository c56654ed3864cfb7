"""``footnote timeline``: what happened, was said or is claimed, by date; as text, or as a picture."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.pictures import FORCE, PNG, THEME, WHOLE, write_pictures
from bot.cli.sessions import SERVER, STORY, open_session

_DATE = "As people write dates: 26 October 2017, October 2017, 2017-10-26."


@click.command("timeline", short_help="See what happened, by date.")
@click.argument("actor", nargs=-1)
@click.option("--from", "start", metavar="DATE", help=f"From when. {_DATE}")
@click.option("--to", "end", metavar="DATE", help="To when.")
@click.option(
    "--kind", type=click.Choice(("events", "quotes", "claims", "all")), default="events", show_default=True, help="What to show."
)
@STORY
@SERVER
@PNG
@THEME
@FORCE
def command(
    actor: tuple[str, ...],
    start: str | None,
    end: str | None,
    kind: str,
    story: str | None,
    server: int | None,
    png: Path | None,
    theme: str,
    force: bool,
) -> None:
    """See what happened, by date; of ACTOR alone where one is named.

    A picture is as high as the screen of a phone; what has no room on it makes more files.
    """
    with open_session(story, server) as (session, kept_to):
        name = " ".join(actor) or None
        facts = session.timeline(actor=name, start=start, end=end, story=kept_to, kind=kind)
        if png is None:
            from bot.terminal.pages import fact_list
            from bot.terminal.screen import screen, show

            show(screen(), fact_list(facts, date_first=True))
            return
        from bot.presentation.wording import timeline_title

        title = timeline_title(
            session.who(name, story=kept_to).record.actor.name if name else None,
            session.period_words(start=start, end=end, story=kept_to),
        )
    from bot.pictures.timeline import timeline_picture

    write_pictures(png, lambda page: timeline_picture(title, facts, page=page, theme=theme, longest=WHOLE), force=force)
