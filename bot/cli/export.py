"""``footnote export``: a whole story in the formats of others."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.story import SERVER, write_file

if TYPE_CHECKING:
    from bot.formats.exported import ExportedStory

# Spelt out, so that the help needs no format loaded; a test holds them against the formats that there are.
FORMATS = ("story", "timelinejs", "ical", "jsonld", "csv", "bibtex", "ris", "csl-json")


@click.command("export", short_help="Write a story in the format of another program.")
@click.argument("story", metavar="STORY")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--format", "form", type=click.Choice(FORMATS), default="story", show_default=True, help="The format.")
@SERVER
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def command(story: str, file: Path | None, form: str, server: int | None, force: bool) -> None:
    """Write a story in the format of another program, to FILE or to standard output.

    STORY is the id of a stored or shipped story, or a story file. timelinejs is a time line for web pages, ical a calendar,
    jsonld schema.org for search engines, csv a table of the facts; bibtex, ris and csl-json are its sources alone. Every fact
    is named by its revision, such as F12@3.
    """
    from bot.formats.export import FORMATS as KNOWN

    whole = _whole(story, server)
    content = KNOWN[form].write(whole)
    if file is None or str(file) == "-":
        sys.stdout.buffer.write(content)
        return
    write_file(file, content, force=force)
    click.echo(f"Wrote {file}.")
    if form in ("timelinejs", "ical") and whole.undated:
        click.echo(f"Without a date, and so not in it: {whole.undated} of {len(whole.records)} facts.", err=True)


def _whole(name: str, server: int | None) -> ExportedStory:
    """Read a story: a stored one by its id, with the revisions of its facts, else a file or a shipped one."""
    from bot.cli.opening import is_file_name, read_story
    from bot.cli.story import open_base_of
    from bot.errors import NotKnownError
    from bot.formats.export import read_story_to_export, unstored

    if server is None and is_file_name(name):
        return unstored(read_story(name))
    with open_base_of(server) as base:
        try:
            return read_story_to_export(base, name)
        except NotKnownError:
            if server is not None:
                raise
    return unstored(read_story(name))
