"""``footnote site``: a story as a static site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.cli.console import OPERATOR, server_option
from bot.cli.opening import is_file_name, load_story_file, open_stored, story_file
from bot.facts.base import FactBase
from bot.facts.logbook import Signature
from bot.languages import LANGUAGES
from bot.presentation.wording import counted


@click.command()
@click.argument("story", metavar="STORY")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="FOLDER", help="The folder that becomes the site.")
@click.option("--base-url", metavar="URL", help="Where the site will be: for the sitemap, the feeds and the code of widgets.")
@click.option("--language", type=click.Choice(tuple(LANGUAGES)), help="The language of the site's own words, else the story's.")
@click.option("--unreviewed", is_flag=True, help="Also what was read in articles, marked as not checked.")
@server_option
def site(story: str, out: Path, base_url: str | None, language: str | None, unreviewed: bool, server: int | None) -> None:
    """Write a story as a static site: pages, feeds and widgets that any web server can serve.

    STORY is the id of a stored or shipped story, or a story file; only what is stored has a history and corrections. The same
    story makes the same files. An earlier site in FOLDER is replaced; a folder with anything else in it is left alone.
    """
    from bot.site.published import read_published
    from bot.site.site import site_files
    from bot.site.writing import write_site

    with _opened(story, server) as (base, story_id):
        published = read_published(base, story_id, unreviewed=unreviewed)
    files = site_files(published, base_url, spoken=language, unreviewed=unreviewed)
    write_site(out, files)
    pages = sum(name.endswith(".html") for name in files)
    click.echo(f"Wrote {out}: {counted(len(published.records), 'fact', 'facts')} on {counted(pages, 'page', 'pages')}.")
    if not base_url:
        click.echo("Without --base-url it has no sitemap and no code for widgets, and its feeds have no addresses.", err=True)


@contextmanager
def _opened(story: str, server: int | None) -> Iterator[tuple[FactBase, str]]:
    """Open a base that holds a story, with its id: where it is stored, else one in memory, made of its file.

    What is in a file changed when the file did, so that a site made of it again is the same.
    Raises StoryFileError and UsageError (the file), FactBaseError, SetupError.
    """
    path = story_file(story)
    with open_stored(server) as base:
        stored = server is not None or not path.is_file() or any(info.id == story for info in base.stories())
        if stored and not (server is None and is_file_name(story)):
            yield base, story
            return
    content = load_story_file(path)
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    with FactBase.memory() as base:
        base.revisions.import_story(content, Signature(OPERATOR, None, at))
        yield base, content.info.id
