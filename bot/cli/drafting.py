"""``footnote draft``: a story file proposed from an article."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from bot.cli.console import force_option, open_input, write_output
from bot.drafting.article import MAX_PAGE_BYTES
from bot.drafting.draft import ArticleDetails, draft_file, summary, unread_dates
from bot.uploads import AT_THE_COMMAND_LINE, call_limited


@click.command()
@click.argument("article", metavar="ARTICLE")
@click.option("--source", default="", metavar="TITLE|URL", help='The title of the article, its address, or both: "TITLE | URL".')
@click.option("--publisher", default="", help="Who published it.")
@click.option("--published", default="", metavar="DATE", help="When, in any usual form; “on Thursday” is read from that day.")
@click.option("--author", "authors", multiple=True, help="Who wrote it; give it again for each.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Where to write; by default, to standard output.")
@force_option
def draft(
    article: str, source: str, publisher: str, published: str, authors: tuple[str, ...], output: Path | None, force: bool
) -> None:
    """Propose a story file from an article: its source, actors, quotes, claims and dated events.

    ARTICLE is plain text with a blank line between paragraphs, or a saved web page, whose own metadata fills in the source; - is
    standard input. Nothing is stored: every entry is marked for review, and the file is taken in with `footnote story import`
    once you have looked at it.
    """
    with open_input(article) as file:
        content = file.read(MAX_PAGE_BYTES + 1)  # one byte more than may be, which `decode_article` then refuses
    details, today = ArticleDetails(source, publisher, published, authors), datetime.now().astimezone().date()
    draft, text = call_limited(AT_THE_COMMAND_LINE, draft_file, content, article, details, today=today)
    if write_output(output, text.encode(), force=force):
        click.echo(f"Wrote {output}: {summary(draft)}.")
        if draft.unread_dates:
            click.echo(unread_dates(draft))
        click.echo(f"Look at every entry, then: footnote story check {output}")
