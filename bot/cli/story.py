"""``footnote story``: check a story file, take it in, write it out, and see what there is."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.facts.base import FactBase
    from bot.facts.models import Story
    from bot.settings import Settings

SERVER = click.option(
    "--server", type=click.IntRange(1, 2**63 - 1), metavar="ID", help="A Discord server's facts instead of the library."
)
WRONG = 1  # exit code where --strict finds a question answered otherwise than expected


@click.group("story")
def command() -> None:
    """Check, import, export and list stories."""


@command.command(short_help="Report all faults of a story file, and ask its questions.")
@click.argument("file", metavar="FILE|ID")
@click.option("--strict", is_flag=True, help="Exit with 1 where a question is not answered as expected.")
def check(file: str, strict: bool) -> None:
    """Check a story file: report its faults, all at once, then ask its own questions and print how they were answered.

    FILE is a story file, or the file name of a shipped story; ID that of a stored or shipped story.
    """
    from bot.answers.evaluation import cases_of, evaluate
    from bot.cli.opening import ask_story, read_story
    from bot.cli.story_words import checked, contents

    story = read_story(file)
    click.echo(f"{Path(file).name} has no faults: {contents(story)}.")
    if not story.questions:
        click.echo("It has no questions of its own to ask.")
        return
    with ask_story(story) as ask:
        outcomes = evaluate(ask, cases_of(story.questions))
    click.echo("\n".join(checked(outcomes)))
    if strict and any(outcome.missed for outcome in outcomes):
        raise click.exceptions.Exit(WRONG)


@command.command("import", short_help="Take a story file in: add, revise and retract by id.")
@click.argument("file")
@SERVER
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Import without asking, also where recorded questions would be answered worse.")
def import_(file: str, server: int | None, dry_run: bool, yes: bool) -> None:
    """Take a story file in: facts are added, revised and retracted by id, all or nothing.

    Where the story's recorded questions would be answered worse than now, or be lost, it says so and asks first.
    FILE is a story file, or the file name or id of a shipped story.
    """
    from bot.cli.opening import story_file
    from bot.cli.story_import import take_in
    from bot.settings import load_settings
    from bot.storage.library import open_base
    from bot.stories.load import load_story

    path = story_file(file)
    story = load_story(path)
    settings = load_settings()
    with base_as_it_is(settings, server) if dry_run else open_base(settings, server) as base:
        take_in(base, story, path.name, dry_run=dry_run, yes=yes)


@command.command()
@click.argument("story", metavar="STORY")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@SERVER
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def export(story: str, file: Path | None, server: int | None, force: bool) -> None:
    """Write a story as a story file, to FILE or to standard output.

    STORY is the id of a stored or shipped story; or a story file, which is written out anew in the same form.
    """
    from bot.stories.dump import dump_story

    content = dump_story(_story(story, server)).encode()
    if file is None or str(file) == "-":
        sys.stdout.buffer.write(content)
        return
    write_file(file, content, force=force)
    click.echo(f"Wrote {file}.")


@command.command(short_help="Report what a story lacks, each with what to do.")
@click.argument("story", metavar="ID|FILE")
@SERVER
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--check-links", is_flag=True, help="Open the links of the sources, to see which lead nowhere.")
def report(story: str, server: int | None, as_json: bool, check_links: bool) -> None:
    """Report what a story lacks: second sources, dates, roles, links, archived copies, other wordings.

    ID is a stored or shipped story; FILE a story file.
    """
    from bot.cli.report import report as report_on

    click.echo(report_on(_story(story, server), as_json=as_json, with_links=check_links))


@command.command("list", short_help="List the stored stories, or the facts of one.")
@click.argument("story", metavar="[STORY]", required=False)
@SERVER
def list_(story: str | None, server: int | None) -> None:
    """List the stored stories, or the facts of one: STORY is its id, or a story file."""
    from bot.cli.story_words import fact_lines, story_lines

    if story is not None:
        lines = list(fact_lines(_story(story, server)))
    else:
        with open_base_of(server) as base:
            lines = list(story_lines((info, base.count(info.id)) for info in base.stories()))
    click.echo("\n".join(lines) or "There are no stories yet; add one with `footnote story import FILE`.")


def _story(name: str, server: int | None) -> Story:
    """Read a story: of a server by its id, else what the name means on this machine."""
    from bot.cli.opening import read_story

    if server is None:
        return read_story(name)
    with open_base_of(server) as base:
        return base.story(name)


def open_base_of(server: int | None) -> FactBase:
    """Open a base to be read: the library is made when it is first needed, a server's is there or it is not."""
    from bot.facts.base import FactBase
    from bot.settings import load_settings
    from bot.storage.library import open_base

    settings = load_settings()
    return open_base(settings, None) if server is None else FactBase.open(settings.base_path(server), create=False)


@contextmanager
def base_as_it_is(settings: Settings, server: int | None) -> Iterator[FactBase]:
    """Open a base without making one: where there is none yet, what it would be made of stands in memory."""
    from bot.facts.base import FactBase
    from bot.stories.load import load_story

    path = settings.base_path(server)
    with FactBase.open(path, create=False) if path.exists() else FactBase.memory() as base:
        if not path.exists():
            for default in settings.story_paths():
                base.apply(load_story(default), by="Footnote")
        yield base


def write_file(file: Path, content: bytes, *, force: bool) -> None:
    """Write a file, whole or not at all; one that is there and says something else stays, unless forced."""
    unfinished = file.with_name(f"{file.name}.new")
    try:
        if file.exists() and not force and file.read_bytes() != content:
            raise UsageError(f"{file} is there already. Give another name, or --force to write over it.")
        unfinished.write_bytes(content)
        unfinished.replace(file)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        reason = (error.strerror or "the name cannot be used").lower()
        raise UsageError(f"{file} cannot be written: {reason}. Check its folder and its permissions.") from None
