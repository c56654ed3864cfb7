"""Pictures as files: the options that commands share, and writing one file for each page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.terminal.safe import safe

if TYPE_CHECKING:
    from bot.pictures.canvas import Picture

PNG = click.option(
    "--png",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Draw it into this PNG file; where it takes several pages, into FILE-1-of-3.png and so on.",
)
THEME = click.option(
    "--theme", type=click.Choice(("dark", "light")), default="light", show_default=True, help="The colours of the picture."
)
FORCE = click.option("--force", is_flag=True, help="Write over a file that is there.")
WHOLE = 1_000_000
"""Characters of the words of a page: a terminal has room for all of them."""


def write_pictures(file: Path, draw: Callable[[int], Picture], *, force: bool) -> None:
    """Draw every page into a file of its own, and say which were written and what is on them."""
    from bot.cli.story import write_file

    first = draw(0)
    for page in range(first.pages):
        picture = first if page == 0 else draw(page)
        name = page_file(file, page, first.pages)
        write_file(name, picture.png, force=force)
        click.echo(f"Wrote {name}. {safe(picture.alt)}")


def page_file(file: Path, page: int, pages: int) -> Path:
    """Return the file of a page (from 0): its name says which page it is, so that files sort as they are read."""
    if pages == 1:
        return file
    suffix = file.suffix or ".png"
    return file.with_name(f"{file.stem}-{page + 1:0{len(str(pages))}}-of-{pages}{suffix}")
