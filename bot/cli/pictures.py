"""``footnote timeline`` and ``footnote network``: what happened by date, as text or as a picture, and who speaks about whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from bot.cli.console import force_option, require_file, server_option, story_meant, story_option, write_file
from bot.cli.language_option import language_option
from bot.cli.sessions import open_session
from bot.errors import NotKnownError, UsageError
from bot.languages import ENGLISH
from bot.pictures.overview import overview_picture
from bot.pictures.picture import Picture, pdf
from bot.pictures.timeline import timeline_picture
from bot.presentation.telling import as_events
from bot.presentation.wording import counted, timeline_title
from bot.terminal.blocks import show
from bot.terminal.languages import shown_language
from bot.terminal.pages import network_list, nothing_found, timeline_page
from bot.terminal.text import safe

if TYPE_CHECKING:
    from bot.facts.models import FactRecord
    from bot.service.lists import Timeline
    from bot.service.session import Session

_MAX_SIZE = 1_000_000
"""The most characters that may describe a page: a terminal has room for all of them, unlike a description on Discord."""

_COLUMNS = 80  # of a time line as text in a file

_FORMATS = (".png", ".svg", ".pdf")

_DATE = "As people write dates: 26 October 2017, October 2017, 2017-10-26."


@click.command()
@click.argument("actor", nargs=-1)
@click.option("--from", "start", metavar="DATE", help=f"From when. {_DATE}")
@click.option("--to", "end", metavar="DATE", help="To when.")
@click.option(
    "--kind", type=click.Choice(("events", "quotes", "claims", "all")), default="events", show_default=True, help="What to show."
)
@story_option
@server_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Draw it into a .png, .svg or .pdf file, or write it to a .txt file; several pages go into FILE-1-of-3.png and so on.",
)
@click.option("--overview", is_flag=True, help="Draw all of that kind on one page, wider than high, for print.")
@click.option(
    "--theme", type=click.Choice(("dark", "light")), default="light", show_default=True, help="The colours of the picture."
)
@force_option
@language_option
def timeline(
    actor: tuple[str, ...],
    start: str | None,
    end: str | None,
    kind: str,
    story: str | None,
    server: int | None,
    out: Path | None,
    overview: bool,
    theme: str,
    force: bool,
) -> None:
    """See what happened, by date; with ACTOR only what involves it.

    A picture is 780 pixels wide and as high as the screen of a phone; what has no room on it makes more pages.
    """
    if overview and (out is None or out.suffix.lower() == ".txt"):
        raise UsageError("Say with --out which file the overview is drawn into: --out overview.svg.")
    with open_session(story, server) as (session, story_id):
        name = " ".join(actor) or None
        story_id = _one_story(session, story_id, name)
        shown = session.timeline(actor=name, start=start, end=end, story=story_id, kind=kind)
    if shown.period and shown_language() != ENGLISH:  # it is worded in English alone, so what was typed is shown instead
        shown = replace(shown, period=f"{start or '…'} – {end or '…'}")
    if out is None:
        show(timeline_page(shown))
        return
    if out.suffix.lower() == ".txt":
        _write_text(out, shown, force=force)
        return
    title, facts = timeline_title(shown.actor, shown.period), as_events(shown.facts)
    draw = partial(timeline_picture, title, facts, theme=theme, longest=_MAX_SIZE)
    if overview:
        draw = partial(_draw_overview, title, facts, theme)
    _write_pictures(out, facts, draw, force=force)


@click.command()
@click.argument("actor", nargs=-1)
@story_option
@server_option
@language_option
def network(actor: tuple[str, ...], story: str | None, server: int | None) -> None:
    """See who speaks about whom, and how often; with ACTOR only who speaks about it, and about whom it speaks."""
    with open_session(story, server) as (session, story_id):
        name = " ".join(actor) or None
        show(network_list(session.network(actor=name, story=_one_story(session, story_id, name))))


def _draw_overview(title: str, facts: Sequence[FactRecord], theme: str, *, page: int) -> Picture:
    """Draw the only page of an overview."""
    return overview_picture(title, facts, theme=theme, longest=_MAX_SIZE)


def _one_story(session: Session, named: str | None, actor: str | None) -> str | None:
    """Return the story to keep to, None for that of the actor, or for the only one. Raises UsageError where it is not clear."""
    return named if actor or len(session.stories_with_facts()) < 2 else story_meant(named, session, "to look at")


def page_file(file: Path, page: int, pages: int) -> Path:
    """Return the file of a page (from 0): its name says which page it is, so that files sort as they are read."""
    return file if pages == 1 else file.with_name(f"{file.stem}-{page + 1:0{len(str(pages))}}-of-{pages}{file.suffix}")


def _write_text(file: Path, timeline: Timeline, *, force: bool) -> None:
    """Write a time line as it is shown in a terminal of 80 columns. Raises NotKnownError if there is nothing in it."""
    if not timeline.facts:
        raise NotKnownError(nothing_found())
    console = Console(file=StringIO(), width=_COLUMNS, markup=False, emoji=False, highlight=False, color_system=None)
    with console.capture() as captured:
        show(timeline_page(timeline), console)
    write_file(file, captured.get().encode(), force=force)
    click.echo(f"Wrote {file}, {counted(len(timeline.facts), 'fact', 'facts')}.")


def _write_pictures(file: Path, contents: Sequence[object], draw: Callable[..., Picture], *, force: bool) -> None:
    """Draw every page into a file of its own, or all into one PDF file, and say what was written, how large, and what is on it.

    Raises UsageError for the name of a file of another format, and NotKnownError, worded as in the list, if there is nothing to
    draw.
    """
    if file.suffix.lower() not in ("", *_FORMATS):
        raise UsageError(f"{file.name} says another format. Give it a name that ends in .png, .svg, .pdf or .txt.")
    if not contents:
        raise NotKnownError(nothing_found())
    require_file(file)  # the files of several pages have other names
    file = file if file.suffix else file.with_suffix(".png")
    first = draw(page=0)
    pictures = [first, *(draw(page=page) for page in range(1, first.pages))]
    if file.suffix.lower() == ".pdf":
        write_file(file, pdf(pictures), force=force)
        click.echo(f"Wrote {file}, {counted(len(pictures), 'page', 'pages')}. {safe(' '.join(page.alt for page in pictures))}")
        return
    for picture in pictures:
        name = page_file(file, picture.page, picture.pages)
        write_file(name, picture.svg() if file.suffix.lower() == ".svg" else picture.png(), force=force)
        width, height = picture.size
        click.echo(f"Wrote {name}, {width} × {height} pixels. {safe(picture.alt)}")
