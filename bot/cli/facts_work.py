"""What the ``facts`` commands do in a base: look first, ask where it matters, then change it under the operator's name."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

import click

from bot.answers.finding.directory import ActorDirectory
from bot.answers.question.lexicon import Lexicon
from bot.cli import facts_words as words
from bot.cli.contract import to_json
from bot.editing.draft import Draft
from bot.editing.editorial import NO_REASON, DraftPreview
from bot.editing.form_fields import typed
from bot.editing.trial import Effect
from bot.errors import NotKnownError, UsageError
from bot.facts.base import FactBase
from bot.facts.editor import Applied
from bot.facts.logbook import times_of
from bot.facts.models import FactKind
from bot.facts.typed_dates import ALL_TIME, typed_period
from bot.facts.writing import Note, note
from bot.resources import lexicon_file
from bot.service.session import Session
from bot.settings import load_settings
from bot.storage.library import open_base
from bot.terminal.screen import Paragraph, screen
from bot.terminal.screen import show as show_on

NOT_ASKED = "Nothing was saved. Look at this, and save it with --yes."


@contextmanager
def open_work(server: int | None, operator: str, *, as_json: bool) -> Iterator[Work]:
    """Open the base of a server, or the library, to work in it. A server's base is there already; the library is made."""
    with ExitStack() as stack:
        settings = load_settings()
        base = stack.enter_context(
            open_base(settings, None) if server is None else FactBase.open(settings.base_path(server), create=False)
        )
        lexicon = stack.enter_context(closing(Lexicon(lexicon_file())))
        yield Work(Session(base, lexicon, reply_days=settings.reply_days), operator, as_json=as_json)


def at_a_terminal() -> bool:
    """Tell whether somebody sits there who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


class Work:
    """One command's work in a session, printed for people or as JSON."""

    def __init__(self, session: Session, operator: str, *, as_json: bool) -> None:
        self._session = session
        self._operator = operator
        self._as_json = as_json

    def new(self, kind: FactKind, story: str | None, reason: str) -> Draft:
        """Return the empty form of a new fact. Raises UsageError where the story must be named."""
        stories = [info.id for info in self._session.stories()]
        if story is None and len(stories) != 1:
            known = f"Name the story with --story: {', '.join(stories)}." if stories else "Import a story first."
            raise UsageError(f"It must be known which story the fact belongs to. {known}")
        self._session.base.check_story(story)
        return Draft(kind, story or stories[0], reason=reason)

    def form(self, fact: str, reason: str) -> Draft:
        """Return the form of a fact as it stands. Raises NotKnownError, UsageError where it is retracted."""
        return replace(self._session.editorial.open_draft(self._number(fact)), reason=reason)

    def filled(self, draft: Draft, fields: Mapping[str, Any]) -> Draft:
        """Return a form with what was typed for its fields; what was not named stays. Raises NotKnownError for a name."""
        given = {name: value for name, value in fields.items() if value is not None and value != ()}
        for name in ("by", "about"):
            if name in given:
                given[name] = tuple(self._actor(typed, draft.story) for typed in given[name] if typed.strip())
        if given.get("event", "").strip():
            given["event"] = self._event(given["event"])
        if "cite" in given:
            given["cite"] = "\n".join(given["cite"])
        return replace(draft, **given)

    def save(self, draft: Draft, *, yes: bool) -> None:
        """Show a form as it will look and save it: at once where nothing speaks against it, else once somebody says yes."""
        look = self._session.editorial.preview(draft)
        self._show(() if self._as_json else words.looked(look))
        if not self._agreed(bool(look.duplicates or look.trial.worse), yes=yes):
            self._not_saved(look.effects, look)
            return
        applied = self._session.editorial.save(draft, self._signed(draft.reason))
        self._tell(applied, look.effects)

    def retract(self, fact: str, reason: str, *, yes: bool) -> None:
        """Take a fact back. Raises NotKnownError, UsageError where it is retracted already or no reason is given."""
        if not typed(reason):
            raise UsageError(NO_REASON)
        record, trial = self._session.editorial.retraction(self._number(fact))
        self._show(() if self._as_json else words.to_retract(record, trial))
        if not self._agreed(trial.worse, yes=yes):
            self._not_saved(trial.effects)
            return
        applied = self._session.editorial.retract(record.number, self._signed(reason), seen=record.revision)
        self._tell(applied, trial.effects)

    def undo(self, fact: str | None, change: int | None, reason: str) -> None:
        """Take a change back, or make a fact as it was. Raises NotKnownError, ConflictError, UsageError."""
        editor = self._session.base.editor
        if change is not None:
            self._tell(editor.undo(change, self._signed(reason)))
            return
        number, revision = editor.number(fact or "")
        self._tell(editor.revert(number, self._signed(reason), revision=revision))

    def history(self, fact: str) -> None:
        """Print the revisions of a fact, oldest first."""
        number = self._number(fact)
        steps = self._session.base.editor.history(number)
        if self._as_json:
            click.echo(to_json({"number": number, "history": [words.step_json(step) for step in steps]}))
        else:
            self._show(words.history(number, steps))

    def show(self, fact: str) -> None:
        """Print a fact, or one of its revisions."""
        number, revision = self._session.base.editor.number(fact)
        record = self._session.base.editor.show(number, revision)
        if self._as_json:
            click.echo(to_json(words.record_json(record)))
        else:
            self._show(words.full(record))

    def list(self, story: str | None) -> None:
        """Print all live facts, one a line."""
        for record in self._session.base.all_facts(story):
            click.echo(to_json(words.record_json(record)) if self._as_json else words.line(record))

    def log(self, *, by: str | None, fact: str | None, start: str | None, end: str | None, limit: int) -> None:
        """Print the lines of the logbook, newest first. Raises DateError, NotKnownError."""
        today = datetime.now().astimezone().date()
        period = typed_period(start, end, today) if start or end else ALL_TIME
        first, last = times_of(period)
        number = self._number(fact) if fact is not None else None
        for entry in self._session.base.logbook.entries(by=by, fact=number, start=first, end=last, limit=limit):
            click.echo(to_json(words.entry_json(entry)) if self._as_json else words.entry(entry))

    def _number(self, fact: str) -> int:
        return self._session.base.editor.number(fact)[0]

    def _actor(self, typed: str, story: str) -> str:
        return ActorDirectory(self._session.base.actors()).find(typed, story=story).actor.id

    def _event(self, typed: str) -> str:
        """Return the id of an event that is named by its number; any other text is an id."""
        try:
            return self._session.base.editor.show(self._number(typed)).fact.id
        except NotKnownError:
            return typed

    def _signed(self, reason: str) -> Note:
        return note(self._operator, reason.strip() or None)

    @property
    def _asks(self) -> bool:
        return not self._as_json and at_a_terminal()

    def _agreed(self, doubtful: bool, *, yes: bool) -> bool:
        if yes:
            return True
        if self._asks:
            return click.confirm("Save it?", default=not doubtful)
        return not doubtful

    def _not_saved(self, effects: Iterable[Effect], look: DraftPreview | None = None) -> None:
        if self._asks:  # whoever was asked has said no
            click.echo("Nothing was saved.")
            return
        if self._as_json:
            click.echo(to_json(words.refused_json(effects, look)))
        raise UsageError(NOT_ASKED)

    def _tell(self, applied: Applied, effects: Iterable[Effect] = ()) -> None:
        records = self._session.base.facts(applied.facts)
        if self._as_json:
            click.echo(to_json(words.applied_json(applied, records, effects)))
        else:
            click.echo("\n".join(words.applied(applied, records)))

    def _show(self, paragraphs: Iterable[Paragraph]) -> None:
        show_on(screen(), paragraphs)
