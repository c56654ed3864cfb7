"""``footnote story``: story files, checked, listed and reported on; importing.py takes them in, formats.py
writes them, packing.py signs them."""

from __future__ import annotations

from pathlib import Path

import click

from bot.answers.evaluation import cases_of, evaluate
from bot.cli.answering import open_story_to_ask
from bot.cli.console import WRONG, json_option, of_server, server_option
from bot.cli.fact_output import fact_line
from bot.cli.opening import is_file_name, only_story, open_stored, pages_read, read_story, text_of
from bot.cli.story_output import check_lines, contents, mark_lines, report_json, report_lines, story_lines
from bot.drafting.marks import reviewed_questions
from bot.editing.report import LinkChecks, report_on


@click.command()
@click.argument("file", metavar="FILE|ID")
@click.option("--strict", is_flag=True, help="Exit with 1 if a question is not answered as expected.")
def check(file: str, strict: bool) -> None:
    """Check a story file: report its faults, all at once, then ask its own questions and print how they were answered.

    FILE is a story file, or the file name of a shipped story; ID that of a stored or shipped story.
    """
    story, text = read_story(file), text_of(file)
    click.echo(f"{Path(file).name} has no faults: {contents(story)}.")
    questions = reviewed_questions(text, story.questions)
    click.echo("".join(f"{line}\n" for line in mark_lines(text, len(story.questions) - len(questions))), nl=False)
    if not questions:
        click.echo("It has no questions of its own to ask.")
        return
    with open_story_to_ask(story) as ask:
        outcomes = evaluate(ask, cases_of(questions))
    click.echo("\n".join(check_lines(outcomes)))
    if strict and any(outcome.missed for outcome in outcomes):
        raise click.exceptions.Exit(WRONG)


@click.command()
@click.argument("story", metavar="[ID|FILE]", required=False)
@server_option
@json_option()
@click.option(
    "--check-links",
    is_flag=True,
    help="Open the links of the sources, to see which lead nowhere or changed, and ask for archived copies.",
)
def report(story: str | None, server: int | None, as_json: bool, check_links: bool) -> None:
    """Report what a story lacks: second sources, dates, roles, links, archived copies, other wordings.

    ID is a stored or shipped story, which may be left out where there is only one; FILE a story file.
    """
    examined = read_story(story, server) if story is not None else only_story(server)
    checks = LinkChecks()
    if check_links:
        from bot.cli import opened_links  # loading it takes a while

        stored = story is None or server is not None or not is_file_name(story)
        checks = opened_links.open_links(examined, pages_read(examined.info.id, server) if stored else ())
    story_report = report_on(examined, checks)
    click.echo(report_json(story_report) if as_json else "\n".join(report_lines(story_report, with_links=check_links)))


@click.command("list")
@click.argument("story", metavar="[STORY]", required=False)
@server_option
def list_(story: str | None, server: int | None) -> None:
    """List the stored stories, or the facts of one: STORY is its id, or a story file."""
    if story is not None:
        lines = list(map(fact_line, read_story(story, server).facts))
    else:
        with open_stored(server) as base:
            lines = list(story_lines((info, base.count(info.id), base.unreviewed.coverage(info.id)) for info in base.stories()))
    click.echo("\n".join(lines) or f"There are no stories yet; add one with `footnote story import FILE{of_server(server)}`.")
