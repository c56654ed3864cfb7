"""``footnote sources``: lists of sources from Zotero and other reference managers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.story import SERVER
from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.facts.base import FactBase
    from bot.formats.source_import import SortedSources


@click.group("sources")
def command() -> None:
    """Take in lists of sources from reference managers."""


@command.command("import", short_help="Take in a list of sources from Zotero and the like.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--story", metavar="ID", help="The story that gets them; needed where there are several.")
@SERVER
@click.option("--dry-run", is_flag=True, help="Say what would be added, and add nothing.")
def import_(file: Path, story: str | None, server: int | None, dry_run: bool) -> None:
    """Take in a list of sources: CSL-JSON, BibTeX or RIS, as Zotero exports them. All of it or nothing.

    A source that the story has already (the same address, DOI, or title and publisher) is left as it is.
    """
    from bot.cli.operator import operator
    from bot.cli.story import base_as_it_is, open_base_of
    from bot.facts.writing import note
    from bot.formats.source_import import compare_with_story, import_sources, read_sources
    from bot.settings import load_settings

    found = read_sources(_content(file), str(file))
    with base_as_it_is(load_settings(), server) if dry_run else open_base_of(server) as base:
        name = _story(base, story)
        if dry_run:
            sorted_ = compare_with_story(base, name, found)
        else:
            sorted_, _ = import_sources(base, name, found, note(operator(), f"import of {file.name}"))
    click.echo("\n".join(_said(sorted_, name, dry_run=dry_run)))


def _content(file: Path) -> bytes:
    from bot.stories.yaml_tree import MAX_BYTES

    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or "the name cannot be used").lower()
        raise UsageError(f"{file} cannot be read: {reason}. Check its name and its permissions.") from None
    if len(content) > MAX_BYTES:
        raise UsageError(f"{file} is larger than {MAX_BYTES // 1_000_000} MB. Split it.")
    return content


def _story(base: FactBase, named: str | None) -> str:
    stories = [info.id for info in base.stories()]
    if named is not None:
        base.check_story(named)
        return named
    if len(stories) != 1:
        known = f"Name it with --story: {', '.join(stories)}." if stories else "Import a story first."
        raise UsageError(f"It must be known which story gets the sources. {known}")
    return stories[0]


def _said(sorted_: SortedSources, story: str, *, dry_run: bool) -> Iterator[str]:
    from bot.presentation.wording import counted
    from bot.terminal.safe import one_line

    would = "would be " if dry_run else ""
    yield f"{story}: {counted(len(sorted_.new), 'source', 'sources')} {would}added" + (":" if sorted_.new else ".")
    yield from (f"  {source.id}: {one_line(source.title)}" for source in sorted_.new)
    if sorted_.known:
        yield f"{counted(len(sorted_.known), 'source is', 'sources are')} known already:"
    for known in sorted_.known:
        yield f"  {one_line(known.source.title)}: {known.same_as.id} has the same {known.by}"
