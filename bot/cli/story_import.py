"""Taking a story in from the command line: what it changes is tried out first, and asked about where something gets worse."""

from __future__ import annotations

from contextlib import closing

import click

from bot.answers.answerer import Answerer
from bot.answers.question.lexicon import Lexicon
from bot.cli.facts_words import tried
from bot.cli.facts_work import at_a_terminal
from bot.cli.opening import encode
from bot.cli.operator import operator
from bot.cli.story_words import changed
from bot.errors import UsageError
from bot.facts.base import FactBase
from bot.facts.models import Story
from bot.facts.writing import note
from bot.resources import lexicon_file
from bot.service.session import Session
from bot.settings import load_settings
from bot.terminal.screen import screen, show

NOT_IMPORTED = "Nothing was imported, for recorded questions would be answered worse or be lost. Import it with --yes."


def take_in(base: FactBase, story: Story, file: str, *, dry_run: bool, yes: bool) -> None:
    """Import a story, or say what that would change. Raises UsageError where it must be agreed to, StaleError.

    StaleError where the facts were changed between what was tried out and what was agreed to.
    """
    with closing(Lexicon(lexicon_file())) as lexicon:
        session = Session(base, lexicon, reply_days=load_settings().reply_days)
        state = base.editor.story_version(story.info.id)
        changes, trial = session.editorial.import_trial(story)
    asking = trial.worse and not yes and not dry_run
    if dry_run or asking:
        click.echo("\n".join(changed(changes, dry_run=True)))
    show(screen(), tried(trial))
    if dry_run:
        return
    if asking and not (at_a_terminal() and click.confirm("Import it?", default=False)):
        if at_a_terminal():
            click.echo("Nothing was imported.")
            return
        raise UsageError(NOT_IMPORTED)
    base.editor.import_story(story, note(operator(), f"import of {file}"), seen=state)
    click.echo("\n".join(changed(changes, dry_run=False)))
    with closing(Lexicon(lexicon_file())) as lexicon:
        encode(Answerer(base, lexicon), story.info.id)
