"""``footnote sources``, ``cite``, ``story export``: exchange with reference managers, handbooks of style and other programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from bot.cli.console import force_option, open_input, operator, server_option, story_meant, write_output
from bot.cli.language_option import language_option
from bot.cli.opening import is_file_name, open_stored, read_story
from bot.errors import Fault, NotKnownError, StoryFileError, UsageError
from bot.facts.base import FactBase
from bot.facts.logbook import IMPORT_OF, sign
from bot.formats import export as exporting
from bot.formats.cite import CitedSource, cite_fact, cite_sources, has_words
from bot.formats.exported_story import ExportedStory
from bot.formats.forms import DEFAULT_FORM, FORMS
from bot.formats.source_import import ReadSources, SortedSources, compare_with_story, import_sources, read_sources
from bot.presentation.wording import counted, withdrawal
from bot.stories.yaml_tree import MAX_BYTES
from bot.terminal.languages import shown_language
from bot.terminal.text import one_line, safe
from bot.uploads import AT_THE_COMMAND_LINE, call_limited

# Spelt out, so that the help loads no format; a test compares them with the formats that there are.
FORMATS = ("story", "timelinejs", "ical", "jsonld", "csv", "bibtex", "ris", "csl-json", "wikitext")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--story", metavar="ID", help="The story that gets them; needed if there are several.")
@server_option
@click.option("--dry-run", is_flag=True, help="Say what would be added, and add nothing.")
def import_(file: Path, story: str | None, server: int | None, dry_run: bool) -> None:
    """Take in a list of sources: CSL-JSON, BibTeX or RIS, as Zotero exports them.

    A source that the story has already (the same address, DOI, or title and publisher) is left as it is. An entry that cannot
    be read is left out and named, and the exit code is 3. A date, a type, an address or names that cannot be read are left out
    of their entry.
    """
    with open_input(file) as opened:
        content = opened.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise UsageError(f"{file} is larger than {MAX_BYTES // 1_000_000} MB. Split it.")
    imported = call_limited(AT_THE_COMMAND_LINE, read_sources, content, str(file))
    with open_stored(server, dry_run=dry_run) as base:
        name = story_meant(story, base, "gets the sources")
        if dry_run:
            sorted_ = compare_with_story(base, name, imported.sources)
        else:
            sorted_, _ = import_sources(base, name, imported.sources, sign(operator(), IMPORT_OF.format(name=file.name)))
    click.echo("\n".join(_import_lines(sorted_, name, dry_run=dry_run)))
    if unread := _unread(imported):
        click.echo(unread, err=True)
    _name_faults("Taken in without what cannot be read:", imported.remarks)
    _name_faults("Left out:", imported.faults)
    if imported.faults:
        raise click.exceptions.Exit(StoryFileError.exit_code)


@click.command()
@click.argument("what", metavar="FACT|SOURCE")
@click.option("--style", type=click.Choice(tuple(FORMS)), default=DEFAULT_FORM, show_default=True, help="The form.")
@server_option
@language_option
def cite(what: str, style: str, server: int | None) -> None:
    """Cite a fact or a source in the style of a handbook or the format of a reference manager.

    FACT is a fact's number, such as F12, or F12@3 for what its third revision said, or its id; SOURCE a source's id or address.
    The archived copy's address stands beside each source that has one.
    """
    with open_stored(server) as base:
        text = _citation(base, what.strip(), style)
    click.echo("\n".join(map(safe, text.splitlines())))


@click.command()
@click.argument("story", metavar="STORY")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--format", "form", type=click.Choice(FORMATS), default="story", show_default=True, help="The format.")
@server_option
@force_option
def export(story: str, file: Path | None, form: str, server: int | None, force: bool) -> None:
    """Write a story as a story file, or in the format of another program, to FILE or to standard output.

    STORY is the id of a stored or shipped story, or a story file. timelinejs is a time line for web pages, ical a calendar,
    jsonld schema.org for search engines, csv a table of the facts; bibtex, ris, csl-json and wikitext (for Wikipedia) are its
    sources alone. In all but the story file every fact is named by its revision, such as F12@3.
    """
    whole = whole_story(story, server)
    if not write_output(file, exporting.FORMATS[form].write(whole), force=force):
        return
    click.echo(f"Wrote {file}.")
    if form in ("timelinejs", "ical") and whole.undated:
        click.echo(f"Without a date, and so not in it: {whole.undated} of {len(whole.records)} facts.", err=True)


def _unread(imported: ReadSources) -> str:
    """Say of how many entries of a list something or all is not taken in; "" where all is."""
    said = []
    if imported.lessened:
        taken = counted(imported.lessened, "entry is", "entries are")
        said.append(f"{taken} taken in without what cannot be read")
    if imported.left_out:
        said.append(f"{counted(imported.left_out, 'entry is', 'entries are')} left out")
    return f"{' and '.join(said)}." if said else ""


def _name_faults(head: str, faults: Sequence[Fault]) -> None:
    """Name the faults of a file on standard error, each with its line."""
    for line in (head, *(f"  {one_line(str(fault))}" for fault in faults)) if faults else ():
        click.echo(line, err=True)


def _import_lines(sorted_: SortedSources, story: str, *, dry_run: bool) -> Iterator[str]:
    """Yield the lines that say which sources an import added, or would add, and which the story had already."""
    would = "would be " if dry_run else ""
    yield f"{story}: {counted(len(sorted_.new), 'source', 'sources')} {would}added" + (":" if sorted_.new else ".")
    yield from (f"  {source.id}: {one_line(source.title)}" for source in sorted_.new)
    if sorted_.known:
        yield f"{counted(len(sorted_.known), 'source is', 'sources are')} already known:"
    for known in sorted_.known:
        yield f"  {one_line(known.source.title)}: {known.same_as.id} has the same {known.by}"


def _citation(base: FactBase, what: str, style: str) -> str:
    sources = [(info, source) for info, source, _ in base.sources() if what in (source.id, source.url, source.archive)]
    # What looks like a fact's number is one, even where a source has it for an id.
    if sources and not re.fullmatch(r"F\d+(@\d+)?", what, re.IGNORECASE):
        info, source = sources[0]
        story = base.story(info.id)
        return cite_sources(
            [CitedSource(source)], style, story.actors, story.sources, language=shown_language(), written_in=info.language
        )
    try:
        number, revision = base.search.number(what)
    except NotKnownError:
        raise NotKnownError(f'There is no fact and no source "{what}". Name a fact such as F12, or a source by its id.') from None
    record = base.revisions.show(number, revision)
    if record.retracted:
        raise UsageError(f"{record.ref} is retracted, so it cannot be cited. Name an earlier revision, such as F{number}@1.")
    story = base.story(record.story.id)
    withdrawn = withdrawal(record.ref, base.revisions.history(number)[-1]) if has_words(style) else ""
    return "\n\n".join(
        filter(None, (withdrawn, cite_fact(record, style, story.actors, story.sources, language=shown_language())))
    )


def whole_story(name: str, server: int | None) -> ExportedStory:
    """Read a story: a stored one by its id, with the revisions of its facts, else a file or a shipped one."""
    if server is None and is_file_name(name):
        return exporting.unstored(read_story(name))
    with open_stored(server) as base:
        try:
            return exporting.read_story_to_export(base, name)
        except NotKnownError:
            if server is not None:
                raise
    return exporting.unstored(read_story(name))
