"""``footnote draft``: propose a story file from an article, for a person to review."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from bot.errors import UsageError


@click.command("draft", short_help="Propose a story file from an article.")
@click.argument("article", metavar="ARTICLE.txt")
@click.option("--source", default="", metavar="TITLE|URL", help='The title of the article, its address, or both: "TITLE | URL".')
@click.option("--publisher", default="", help="Who published it.")
@click.option("--published", default="", metavar="DATE", help="When, in any usual form; “on Thursday” is read from that day.")
@click.option("--author", "authors", multiple=True, help="Who wrote it; give it again for each.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Where to write; else to standard output.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def command(
    article: str, source: str, publisher: str, published: str, authors: tuple[str, ...], output: Path | None, force: bool
) -> None:
    """Propose a story file from an article: its source, actors, quotes, claims and dated events.

    ARTICLE.txt is plain text with a blank line between paragraphs; - is standard input. Nothing is stored: every entry is marked
    for review, and the file is taken in with `footnote story import` once you have looked at it.
    """
    from bot.cli.story import write_file
    from bot.drafting.article import decode_article
    from bot.drafting.draft import make_draft, summary, write_draft

    text = decode_article(_content(article), article)
    today = datetime.now().astimezone().date()
    draft = make_draft(text, today=today, source=source, publisher=publisher, published=published, authors=authors)
    content = write_draft(draft).encode()
    if output is None or str(output) == "-":
        sys.stdout.buffer.write(content)
        return
    write_file(output, content, force=force)
    click.echo(f"Wrote {output}: {summary(draft)}.\nLook at every entry, then: footnote story check {output}")


def _content(name: str) -> bytes:
    from bot.drafting.article import MOST_BYTES

    try:
        if name == "-":
            return sys.stdin.buffer.read(MOST_BYTES + 1)
        with Path(name).open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise UsageError(f"There is no article {name}. Check the name.") from None
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "the name cannot be used").lower()
        raise UsageError(f"{name} cannot be read: {reason}. Check its name and its permissions.") from None
