"""``footnote story archive``: the copies that the Internet Archive has of a story's pages, found and recorded.

Looked up are the pages of the sources that have no archived copy. Nothing is recorded unless somebody says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import click

from bot.cli.console import WRONG, confirmed, json_option, operator, server_option, story_meant, to_json
from bot.cli.opening import open_stored
from bot.editing.report import pages_without_copy
from bot.facts.edits import Edit
from bot.facts.logbook import COPIES_FOUND, sign
from bot.facts.models import Source
from bot.presentation.wording import counted
from bot.terminal.text import one_line


@click.command()
@click.option("--story", metavar="ID", help="The story; may be left out where there is only one.")
@server_option
@click.option("--yes", is_flag=True, help="Record the copies without asking.")
@json_option("Print JSON, and record nothing without --yes.")
def archive(story: str | None, server: int | None, yes: bool, as_json: bool) -> None:
    """Find archived copies of a story's pages in the Internet Archive, and record them with their sources.

    Looked up are the pages that have no archived copy, each nearest to the day on which it was published. You see the copies
    before they are recorded; footnote facts undo takes them back. The exit code is 1 where the archive did not answer for all.
    """
    from bot.web.archived_copies import find_copies  # loading it takes a while
    from bot.web.guard import is_of_public_web

    with open_stored(server) as base:
        name = story_meant(story, base, "is looked up")
        examined = base.story(name)
        pages = {page: day for page, day in pages_without_copy(examined).items() if is_of_public_web(page)}
        lacking = [source for source in examined.sources if source.url in pages and not source.archive]
        seen = {source.id: base.revisions.revision_of(name, "source", source.id) for source in lacking}
        by_page, pages_unanswered = find_copies(pages)
        copies = {source.id: by_page[source.url] for source in lacking if source.url in by_page}
        unanswered = [source.id for source in lacking if source.url in pages_unanswered]
        if as_json:
            click.echo(to_json({"story": name, "copies": copies, "unanswered": unanswered}))
        else:
            click.echo("\n".join(_lines(lacking, copies, unanswered)))
        if copies and (yes or (not as_json and confirmed("Record them?", default=True))):
            sources = tuple(replace(source, archive=copies[source.id]) for source in lacking if source.id in copies)
            edit = Edit(name, sources=sources, seen_sources={source.id: seen[source.id] for source in sources})
            base.revisions.apply(edit, sign(operator(), COPIES_FOUND), action="source")
            click.echo(f"Recorded with {counted(len(sources), 'source', 'sources')}.", err=as_json)
    if unanswered:
        raise click.exceptions.Exit(WRONG)


def _lines(lacking: Sequence[Source], copies: dict[str, str], unanswered: Sequence[str]) -> Iterator[str]:
    if not lacking:
        yield "Every page of the public web that the story cites has an archived copy."
    for source in lacking:
        if source.id in copies:
            yield f"{source.id}: {one_line(source.title)}"
            yield f"  {copies[source.id]}"
    without = [source for source in lacking if source.id not in copies and source.id not in unanswered]
    if without:
        yield "The Internet Archive has no copy of these; save them at https://web.archive.org/save:"
        yield from (f"  {source.id}: {source.url}" for source in without)
    if unanswered:
        yield f"The Internet Archive did not answer for {', '.join(unanswered)}. Try again later."
