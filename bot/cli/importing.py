"""``footnote story import``: a story file taken in, after a look at which recorded questions it answers worse."""

from __future__ import annotations

import click

from bot.cli.answering import answerer_on, encode_facts
from bot.cli.console import at_a_terminal, operator, server_option
from bot.cli.fact_output import trial_page
from bot.cli.opening import load_story_file, open_stored, story_file, text_of
from bot.cli.sessions import session_on
from bot.cli.story_output import change_lines, mark_lines
from bot.errors import UsageError
from bot.facts.base import FactBase
from bot.facts.logbook import sign
from bot.facts.models import Story
from bot.terminal.blocks import show


@click.command("import")
@click.argument("file")
@server_option
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Import without asking, even if recorded questions would be answered worse.")
def import_(file: str, server: int | None, dry_run: bool, yes: bool) -> None:
    """Take a story file in: facts are added, revised and retracted by id, all or nothing.

    Where the story's recorded questions would be answered worse than now, or be lost, it says so and asks first.
    FILE is a story file, or the file name or id of a shipped story.
    """
    path = story_file(file)
    story = load_story_file(path)
    click.echo("".join(f"{line}\n" for line in mark_lines(text_of(file))), nl=False)
    # A base that does not exist yet is made with the default stories, as it would be at the server's first question.
    with open_stored(server, make=True, dry_run=dry_run) as base:
        _import(base, story, path.name, dry_run=dry_run, yes=yes)


def _import(base: FactBase, story: Story, file: str, *, dry_run: bool, yes: bool) -> None:
    """Import a story, or say what that would change. Raises UsageError where it was not confirmed, StaleError.

    StaleError is raised where the facts have changed since the preview.
    """
    with session_on(base) as session:
        state = base.revisions.story_version(story.info.id)
        changes, trial = session.trials.of_import(story)
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
    base.revisions.import_story(story, sign(operator(), f"import of {file}"), seen=state)
    click.echo("\n".join(change_lines(changes, dry_run=False)))
    with answerer_on(base) as answerer:
        encode_facts(answerer, story.info.id)
