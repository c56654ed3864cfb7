"""``footnote story``, ``draft`` and ``evaluate``: story files, checked, drafted from articles, taken in, written and measured."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.console import (
    WRONG,
    SuggestingGroup,
    at_a_terminal,
    force_option,
    json_option,
    open_input,
    operator,
    server_option,
    write_output,
)
from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.facts.base import FactBase
    from bot.facts.models import Story


@click.group(cls=SuggestingGroup)
def story() -> None:
    """Check, import, export and list stories."""


@story.command(short_help="Report all faults of a story file, and ask its questions.")
@click.argument("file", metavar="FILE|ID")
@click.option("--strict", is_flag=True, help="Exit with 1 where a question is not answered as expected.")
def check(file: str, strict: bool) -> None:
    """Check a story file: report its faults, all at once, then ask its own questions and print how they were answered.

    FILE is a story file, or the file name of a shipped story; ID that of a stored or shipped story.
    """
    from bot.answers.evaluation import cases_of, evaluate
    from bot.cli.opening import open_story_to_ask, read_story
    from bot.cli.story_output import check_lines, contents, review_lines
    from bot.drafting.reviews import reviewed_questions

    story, text = read_story(file), _text_of(file)
    click.echo(f"{Path(file).name} has no faults: {contents(story)}.")
    questions = reviewed_questions(text, story.questions)
    click.echo("".join(f"{line}\n" for line in review_lines(text, len(story.questions) - len(questions))), nl=False)
    if not questions:
        click.echo("It has no questions of its own to ask.")
        return
    with open_story_to_ask(story) as ask:
        outcomes = evaluate(ask, cases_of(questions))
    click.echo("\n".join(check_lines(outcomes)))
    if strict and any(outcome.missed for outcome in outcomes):
        raise click.exceptions.Exit(WRONG)


@story.command("import", short_help="Take a story file in: add, revise and retract by id.")
@click.argument("file")
@server_option
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Import without asking, also where recorded questions would be answered worse.")
def import_(file: str, server: int | None, dry_run: bool, yes: bool) -> None:
    """Take a story file in: facts are added, revised and retracted by id, all or nothing.

    Where the story's recorded questions would be answered worse than now, or be lost, it says so and asks first.
    FILE is a story file, or the file name or id of a shipped story.
    """
    from bot.cli.opening import load_story_file, open_stored, story_file
    from bot.cli.story_output import review_lines

    path = story_file(file)
    story = load_story_file(path)
    click.echo("".join(f"{line}\n" for line in review_lines(_text_of(file))), nl=False)
    # A base that does not exist yet is made with the default stories, as it would be at the server's first question.
    with open_stored(server, make=True, dry_run=dry_run) as base:
        _import(base, story, path.name, dry_run=dry_run, yes=yes)


@story.command()
@click.argument("story", metavar="STORY")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@server_option
@force_option
def export(story: str, file: Path | None, server: int | None, force: bool) -> None:
    """Write a story as a story file, to FILE or to standard output.

    STORY is the id of a stored or shipped story; or a story file, which is written out anew in the same form.
    """
    from bot.cli.opening import read_story
    from bot.stories.dump import dump_story

    if write_output(file, dump_story(read_story(story, server)).encode(), force=force):
        click.echo(f"Wrote {file}.")


@story.command(short_help="Report what a story lacks, each with what to do.")
@click.argument("story", metavar="[ID|FILE]", required=False)
@server_option
@json_option()
@click.option("--check-links", is_flag=True, help="Open the links of the sources, to see which lead nowhere.")
def report(story: str | None, server: int | None, as_json: bool, check_links: bool) -> None:
    """Report what a story lacks: second sources, dates, roles, links, archived copies, other wordings.

    ID is a stored or shipped story, which may be left out where there is only one; FILE a story file.
    """
    from bot.cli.opening import only_story, read_story
    from bot.cli.story_output import report_json, report_lines
    from bot.editing.report import links_of, report_on

    examined = read_story(story, server) if story is not None else only_story(server)
    lacks = None
    if check_links:
        from bot.cli import links  # loading them takes a while

        lacks = links.check_links(links_of(examined))
    story_report = report_on(examined, lacks)
    click.echo(report_json(story_report) if as_json else "\n".join(report_lines(story_report, with_links=check_links)))


@story.command("list", short_help="List the stored stories, or the facts of one.")
@click.argument("story", metavar="[STORY]", required=False)
@server_option
def list_(story: str | None, server: int | None) -> None:
    """List the stored stories, or the facts of one: STORY is its id, or a story file."""
    from bot.cli.opening import open_stored, read_story
    from bot.cli.story_output import story_lines

    if story is not None:
        from bot.cli.fact_output import fact_line

        lines = list(map(fact_line, read_story(story, server).facts))
    else:
        with open_stored(server) as base:
            lines = list(story_lines((info, base.count(info.id), base.unreviewed.coverage(info.id)) for info in base.stories()))
    click.echo("\n".join(lines) or "There are no stories yet; add one with `footnote story import FILE`.")


@click.command(short_help="Propose a story file from an article.")
@click.argument("article", metavar="ARTICLE")
@click.option("--source", default="", metavar="TITLE|URL", help='The title of the article, its address, or both: "TITLE | URL".')
@click.option("--publisher", default="", help="Who published it.")
@click.option("--published", default="", metavar="DATE", help="When, in any usual form; “on Thursday” is read from that day.")
@click.option("--author", "authors", multiple=True, help="Who wrote it; give it again for each.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Where to write; else to standard output.")
@force_option
def draft(
    article: str, source: str, publisher: str, published: str, authors: tuple[str, ...], output: Path | None, force: bool
) -> None:
    """Propose a story file from an article: its source, actors, quotes, claims and dated events.

    ARTICLE is plain text with a blank line between paragraphs, or a saved web page, whose own metadata fills in the source; - is
    standard input. Nothing is stored: every entry is marked for review, and the file is taken in with `footnote story import`
    once you have looked at it.
    """
    from bot.drafting.article import MAX_PAGE_BYTES
    from bot.drafting.draft import ArticleDetails, draft_file, summary, unread_dates
    from bot.uploads import AT_THE_COMMAND_LINE, call_limited

    with open_input(article) as file:
        content = file.read(MAX_PAGE_BYTES + 1)  # one byte more than may be, which `decode_article` then refuses
    details, today = ArticleDetails(source, publisher, published, authors), datetime.now().astimezone().date()
    draft, text = call_limited(AT_THE_COMMAND_LINE, draft_file, content, article, details, today=today)
    if write_output(output, text.encode(), force=force):
        click.echo(f"Wrote {output}: {summary(draft)}.")
        if draft.unread_dates:
            click.echo(unread_dates(draft))
        click.echo(f"Look at every entry, then: footnote story check {output}")


@click.command(short_help="Measure how many questions of a file are answered right.")
@click.argument("story")
@click.argument("questions", type=click.Path(path_type=Path))
@click.option("--misses", "with_misses", is_flag=True, help="List every question that was not answered as expected, and why.")
def evaluate(story: str, questions: Path, with_misses: bool) -> None:
    """Ask a story all questions of a file and print how many are answered right.

    STORY is a story file, or the id of a stored or shipped story. QUESTIONS has on each line an object with "ask", "expect"
    (ids of facts, none: must not be answered) and, where known, "short", "type", "hard", and "after" (the earlier questions of
    that conversation).
    """
    from bot.answers import evaluation
    from bot.cli.opening import open_story_to_ask, read_story
    from bot.cli.story_output import calibration_table, group_table, measure_lines, miss_lines
    from bot.presentation.wording import counted

    loaded = read_story(story)
    cases = evaluation.read_cases(questions)
    evaluation.check_cases(cases, (fact.id for fact in loaded.facts))
    with open_story_to_ask(loaded) as ask:
        outcomes = evaluation.evaluate(ask, cases)
    unanswerable = sum(not outcome.answerable for outcome in outcomes)
    lines = [
        f"{loaded.info.id}: {counted(len(outcomes), 'question', 'questions')}, {unanswerable} of them must not be answered",
        "",
        *measure_lines(outcomes),
        "",
        *calibration_table(outcomes),
        "",
        *group_table("by type", outcomes, lambda outcome: outcome.case.type, "not stated"),
        "",
        *group_table("by difficulty", outcomes, lambda outcome: outcome.case.hard, "plain"),
        *(miss_lines(outcomes) if with_misses else ()),
    ]
    click.echo("\n".join(lines))


def _text_of(name: str) -> str:
    """Return the text of a story file; "" of a stored story."""
    from bot.cli.opening import story_file

    path = story_file(name)
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _import(base: FactBase, story: Story, file: str, *, dry_run: bool, yes: bool) -> None:
    """Import a story, or say what that would change. Raises UsageError where it was not confirmed, StaleError.

    StaleError is raised where the facts have changed since the preview.
    """
    from bot.cli.fact_output import trial_page
    from bot.cli.opening import answerer_on, encode_facts, session_on
    from bot.cli.story_output import change_lines
    from bot.facts.logbook import note
    from bot.terminal.blocks import show

    with session_on(base) as session:
        state = base.editor.story_version(story.info.id)
        changes, trial = session.editorial.import_trial(story)
    asking = trial.worse and not yes and not dry_run
    if dry_run or asking:
        click.echo("\n".join(change_lines(changes, dry_run=True)))
    show(trial_page(trial))
    if dry_run:
        return
    if asking and not (at_a_terminal() and click.confirm("Import it?", default=False)):
        if at_a_terminal():
            click.echo("Nothing was imported.")
            return
        why = "recorded questions would be answered worse or be lost"
        raise UsageError(f"Nothing was imported, for {why}. Import it with --yes.")
    base.editor.import_story(story, note(operator(), f"import of {file}"), seen=state)
    click.echo("\n".join(change_lines(changes, dry_run=False)))
    with answerer_on(base) as answerer:
        encode_facts(answerer, story.info.id)
