"""Pictures as files: the options that commands share, and writing one file for each page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.terminal.safe import safe

if TYPE_CHECKING:
    from bot.pictures.canvas import Picture

PNG = click.option("--png", type=click.Path(path_type=Path), metavar="FILE", help="Draw it into this PNG file.")
THEME = click.option(
    "--theme", type=click.Choice(("dark", "light")), default="light", show_default=True, help="The colours of the picture."
)
FORCE = click.option("--force", is_flag=True, help="Write over a file that is there.")


def write_pictures(file: Path, draw: Callable[[int], Picture], *, force: bool) -> None:
    """Draw every page into a file of its own, and say which were written and what is on them."""
    from bot.cli.story import write_file

    picture = draw(0)
    for page in range(picture.pages):
        picture = picture if page == 0 else draw(page)
        name = file if page == 0 else file.with_name(f"{file.stem}-{page + 1}{file.suffix}")
        write_file(name, picture.png, force=force)
        click.echo(f"Wrote {name}. {safe(picture.alt)}")
