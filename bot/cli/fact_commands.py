"""What the ``facts`` commands do: show a change, ask where it is doubtful, then make it in the operator's name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import click

from bot.cli import fact_output as output
from bot.cli.console import at_a_terminal, operator, story_meant, to_json
from bot.editing.draft import Draft
from bot.editing.editorial import NO_REASON
from bot.editing.form_fields import typed
from bot.editing.previews import DraftPreview, Effect
from bot.editing.reviews import Review
from bot.errors import NotKnownError, UsageError
from bot.facts.editor import Applied
from bot.facts.logbook import Note, note, times_of
from bot.facts.models import FactKind
from bot.facts.typed_dates import typed_period
from bot.presentation.wording import counted
from bot.service.session import Session
from bot.terminal.blocks import screen, show

NOT_SAVED = "Nothing was saved. Look at this, and save it with --yes."


class FactCommands:
    """The commands on single facts in one session. Results are printed for people or as JSON."""

    def __init__(self, session: Session, *, as_json: bool) -> None:
        self._session = session
        self._as_json = as_json

    def new(self, kind: FactKind, story: str | None, reason: str) -> Draft:
        """Return the empty form of a new fact. Raises UsageError where the story must be named."""
        self._session.check_story(story)
        stories = [info.id for info in self._session.stories()]
        return Draft(kind, story_meant(story, stories, "the fact belongs to"), reason=reason)

    def form(self, fact: str, reason: str) -> Draft:
        """Return the form of a fact as it stands. Raises NotKnownError, UsageError where it is retracted."""
        return replace(self._session.editorial.open_draft(self._number(fact)), reason=reason)

    def filled(self, draft: Draft, fields: Mapping[str, Any]) -> Draft:
        """Return a form with the fields that were given replaced. Raises NotKnownError for the name of no actor."""
        changed = {name: value for name, value in fields.items() if value is not None and value != ()}
        for name in ("by", "about"):
            if name in changed:
                changed[name] = tuple(
                    self._session.find_actor(typed, story=draft.story).actor.id for typed in changed[name] if typed.strip()
                )
        if changed.get("event", "").strip():
            changed["event"] = self._event(changed["event"])
        if "cite" in changed:
            changed["cite"] = "\n".join(changed["cite"])
        return replace(draft, **changed)

    def save(self, draft: Draft, *, yes: bool) -> None:
        """Show the fact of a form and save it: at once where it has no duplicates and no answer gets worse, else once confirmed.

        Raises DraftError with all faults of the fields, UsageError where it was not confirmed.
        """
        preview = self._session.editorial.preview(draft)
        if not self._as_json:
            show(screen(), output.preview_page(preview))
        if not self._confirmed(bool(preview.duplicates or preview.trial.worse), yes=yes):
            self._refuse(preview.trial.effects, preview)
            return
        applied = self._session.editorial.save(draft, self._note(draft.reason))
        self._report(applied, preview.trial.effects)

    def retract(self, fact: str, reason: str, *, yes: bool) -> None:
        """Retract a fact. Raises NotKnownError, UsageError without a reason or confirmation, or where it is retracted already."""
        if not typed(reason):
            raise UsageError(NO_REASON)
        record, trial = self._session.editorial.retraction(self._number(fact))
        if not self._as_json:
            show(screen(), (*output.fact_page(record), *output.trial_page(trial)))
        if not self._confirmed(trial.worse, yes=yes):
            self._refuse(trial.effects)
            return
        applied = self._session.editorial.retract(record.number, self._note(reason), seen=record.revision)
        self._report(applied, trial.effects)

    def review(self, fact: str, review: Review, reason: str) -> None:
        """Record who rated a claim how. Raises NotKnownError, UsageError."""
        self._report(self._session.editorial.record_review(self._number(fact), review, self._note(reason)))

    def undo(self, fact: str | None, change: int | None, reason: str, *, yes: bool) -> None:
        """Undo a change, or revert a fact to a revision. Raises NotKnownError, ConflictError, UsageError.

        UsageError also where it would retract what was imported, and that was not confirmed.
        """
        editorial = self._session.editorial
        number, revision = (0, None) if change is not None else self._session.facts.number(fact or "")
        imported = self._imported(number, revision) if change is None else self._imported_by(change)
        if imported and not yes and not self._confirmed_retraction(imported):
            return
        if change is not None:
            self._report(editorial.undo(change, self._note(reason)))
        else:
            self._report(editorial.revert(number, self._note(reason), revision=revision))

    def history(self, fact: str) -> None:
        """Print the revisions of a fact, oldest first."""
        number = self._number(fact)
        steps = self._session.facts.history(number)
        if self._as_json:
            click.echo(to_json({"number": number, "history": [output.revision_json(step) for step in steps]}))
        else:
            show(screen(), output.history_page(number, steps))

    def show(self, fact: str) -> None:
        """Print a fact, or one of its revisions."""
        record = self._session.facts.show_named(fact)
        if self._as_json:
            click.echo(to_json(output.record_json(record)))
        else:
            show(screen(), output.fact_page(record))

    def list(self, story: str | None) -> None:
        """Print all facts that are not retracted, one a line."""
        for record in self._session.facts.all(story):
            click.echo(to_json(output.record_json(record)) if self._as_json else output.fact_line(record.fact, record.number))

    def log(self, *, by: str | None, fact: str | None, start: str | None, end: str | None, limit: int) -> None:
        """Print the lines of the logbook, newest first. Raises DateError, NotKnownError."""
        today = datetime.now().astimezone().date()
        first, last = times_of(typed_period(start, end, today))
        number = self._number(fact) if fact is not None else None
        for entry in self._session.logbook.entries(by=by, fact=number, start=first, end=last, limit=limit):
            click.echo(to_json(output.entry_json(entry)) if self._as_json else output.log_line(entry))

    def _number(self, fact: str) -> int:
        return self._session.facts.number(fact)[0]

    def _event(self, typed: str) -> str:
        """Return the id of the event that has this number; any other text is an id already."""
        try:
            return self._session.facts.show(self._number(typed)).fact.id
        except NotKnownError:
            return typed

    def _imported_by(self, change: int) -> int:
        """Return how many facts a change imported, 0 where it was no import. Raises NotKnownError, DecidedError."""
        imports = self._session.logbook.entry_of_change(change).action == "import"
        return self._session.changes.undo_scope(change).retracted if imports else 0

    def _imported(self, number: int, revision: int | None) -> int:
        """Return 1 where a fact stands as it was imported, so that undoing its last change retracts it, else 0."""
        if revision is not None or self._session.facts.history(number)[-1].action not in ("add", "restore"):
            return 0
        last = self._session.logbook.entries(fact=number, limit=1)
        return int(bool(last) and last[0].action == "import")

    def _confirmed_retraction(self, facts: int) -> bool:
        """Ask whether to retract what was imported. Raises UsageError where nobody can be asked."""
        imported = f"This would retract {counted(facts, 'fact', 'facts')} that {'was' if facts == 1 else 'were'} imported."
        if not self._can_ask:
            raise UsageError(f"{imported} Nothing was undone. If that is meant, say --yes.")
        if click.confirm(f"{imported} Go on?", default=False):
            return True
        click.echo("Nothing was undone.")
        return False

    def _note(self, reason: str) -> Note:
        return note(operator(), reason.strip() or None)

    @property
    def _can_ask(self) -> bool:
        return not self._as_json and at_a_terminal()

    def _confirmed(self, doubtful: bool, *, yes: bool) -> bool:
        """Return whether to go on. Where no person can be asked, only a doubtful change needs ``yes``."""
        if yes:
            return True
        if self._can_ask:
            return click.confirm("Save it?", default=not doubtful)
        return not doubtful

    def _refuse(self, effects: Iterable[Effect], preview: DraftPreview | None = None) -> None:
        """Report that nothing was saved. Raises UsageError unless a person has just decided so."""
        if self._can_ask:
            click.echo("Nothing was saved.")
            return
        if self._as_json:
            click.echo(to_json(output.refused_json(effects, preview)))
        raise UsageError(NOT_SAVED)

    def _report(self, applied: Applied, effects: Iterable[Effect] = ()) -> None:
        records = self._session.facts.select(applied.facts)
        if self._as_json:
            click.echo(to_json(output.applied_json(applied, records, effects)))
        else:
            click.echo("\n".join(output.applied_lines(applied, records)))
