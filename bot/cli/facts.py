"""``footnote facts``: add, edit, retract, undo and look up single facts, in the library or in a server's base.

A change is shown first, asked about where it is doubtful, and then made in the operator's name.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from bot.cli.console import SuggestingGroup, at_a_terminal, json_option, operator, server_option, story_meant, to_json
from bot.cli.keeping import drop, keep
from bot.errors import NotKnownError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bot.editing.draft import Draft
    from bot.editing.previews import Effect, Trial
    from bot.facts.editor import Applied
    from bot.facts.logbook import Note
    from bot.facts.models import FactKind, FactRecord
    from bot.service.session import Session

NOT_SAVED = "Nothing was saved. Look at this, and save it with --yes."
MAX_LINES = 10_000  # all of them are read before the first is printed

yes_option = click.option("--yes", is_flag=True, help="Save without asking, whatever is like it and whatever it changes.")
reason_option = click.option("--reason", default="", help="Why; it stands in the history.")
fact_argument = click.argument("fact", metavar="FACT")


def field_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for each field of a fact."""
    for option in reversed(  # decorators are applied from the last to the first
        (
            click.option("--text", help="What happened, the words of a quote, or the claim."),
            click.option("--by", multiple=True, metavar="ACTOR", help="Who says it, or takes part in an event: id or name."),
            click.option("--date", help="Any usual form: 26 October 2017, Oct 2017, 2017-10-26, or EDTF."),
            click.option("--where", help="Where it happened (events)."),
            click.option("--context", help="Where or how it was said (quotes)."),
            click.option("--about", multiple=True, metavar="ACTOR", help="Whom or what it is about: id or name."),
            click.option("--event", help="The event that it belongs to: id or number."),
            click.option(
                "--cite", multiple=True, metavar="SOURCE", help="Id or link, with the place: gazette#4, gazette page 12."
            ),
            click.option("--asked-as", multiple=True, metavar="QUESTION", help="Another way in which readers ask for it."),
        )
    ):
        command = option(command)
    return command


@click.group(cls=SuggestingGroup, short_help="Add, edit, retract and undo facts; see their history.")
def facts() -> None:
    """Add, edit, retract and undo single facts, and see who changed what.

    FACT is a fact's number, such as F12, or its id.
    """


@facts.command(short_help="Add a fact, after a look at it.")
@click.option("--kind", type=click.Choice(["event", "quote", "claim"]), required=True, help="What it is.")
@click.option("--story", help="The story's id; needed where there are several.")
@field_options
@reason_option
@server_option
@yes_option
@json_option("Print JSON.")
def add(kind: FactKind, story: str | None, reason: str, server: int | None, yes: bool, as_json: bool, **fields: Any) -> None:
    """Add a fact: it is shown as it will look, with what is like it and which answers it changes, before it is saved."""
    from bot.editing.draft import Draft

    with _open_session(server) as session:
        draft = Draft(kind, story_meant(story, session, "the fact belongs to"), reason=reason)
        _save(session, draft, fields, yes=yes, as_json=as_json)


@facts.command(short_help="Change the fields of a fact that are named.")
@fact_argument
@field_options
@reason_option
@server_option
@yes_option
@json_option("Print JSON.")
def edit(fact: str, reason: str, server: int | None, yes: bool, as_json: bool, **fields: Any) -> None:
    """Change a fact: what is not named stays; a list that is named replaces the old one."""
    if not any(value is not None and value != () for value in fields.values()):
        raise UsageError("Say what to change, such as --text or --date; --help names all fields.")
    with _open_session(server) as session:
        draft = replace(session.editorial.open_draft(_number(session, fact)), reason=reason)
        _save(session, draft, fields, yes=yes, as_json=as_json)


@facts.command(short_help="Take a fact back; its history stays.")
@fact_argument
@click.option("--reason", required=True, help="Why; it stands in the history.")
@server_option
@yes_option
@json_option("Print JSON.")
def retract(fact: str, reason: str, server: int | None, yes: bool, as_json: bool) -> None:
    """Take a fact back: it is no longer answered with; its history stays, and undo brings it back."""
    from bot.cli.fact_output import fact_page, trial_page
    from bot.editing.editorial import NO_REASON
    from bot.editing.form_fields import typed
    from bot.terminal.blocks import show

    with _open_session(server) as session:
        if not typed(reason):
            raise UsageError(NO_REASON)
        record, trial = session.editorial.retraction(_number(session, fact))
        if not as_json:
            show((*fact_page(record), *trial_page(trial)))
        if _confirmed(trial, (), yes=yes, as_json=as_json):
            applied = session.editorial.retract(record.number, _note(reason), seen=record.revision)
            _report(session, applied, trial.effects, as_json=as_json)


facts.add_command(keep)
facts.add_command(drop)


@facts.command(short_help="Record who rated a claim how.")
@fact_argument
@click.option("--rating", required=True, help="The rating in words: False, or with its scale: Mostly false (2 of 5).")
@click.option("--by", required=True, metavar="NAME", help="Who rated it.")
@click.option("--url", required=True, help="Where the review can be read.")
@click.option("--published", default="", metavar="DATE", help="When, in any usual form.")
@click.option("--title", default="", help="The title of the review.")
@reason_option
@server_option
@json_option("Print JSON.")
def review(
    fact: str, rating: str, by: str, url: str, published: str, title: str, reason: str, server: int | None, as_json: bool
) -> None:
    """Record who rated a claim how: a source of the claim, which the export as jsonld turns into a ClaimReview."""
    from bot.editing.reviews import Review

    with _open_session(server) as session:
        rated = Review(rating, by, url, published, title)
        _report(session, session.editorial.record_review(_number(session, fact), rated, _note(reason)), as_json=as_json)


@facts.command(short_help="Take back the last change of a fact.")
@click.argument("fact", metavar="[FACT]", required=False)
@click.option("--change", type=click.IntRange(1), metavar="N", help="Take back a whole change, by its number in the log.")
@reason_option
@server_option
@click.option("--yes", is_flag=True, help="Retract what was imported without asking.")
@json_option("Print JSON.")
def undo(fact: str | None, change: int | None, reason: str, server: int | None, yes: bool, as_json: bool) -> None:
    """Take back the last change of FACT, or with FACT@3 make it as it was at that revision.

    Where that would retract what was imported, it asks first.
    """
    if (fact is None) == (change is None):
        raise UsageError("Name a fact, or a change with --change; not both.")
    from bot.presentation.wording import counted

    with _open_session(server) as session:
        facts = _imported(session, fact, change)
        if facts and not yes:
            problem = f"This would retract {counted(facts, 'fact', 'facts')} that {'was' if facts == 1 else 'were'} imported."
            if as_json or not at_a_terminal():
                raise UsageError(f"{problem} Nothing was undone. If that is meant, say --yes.")
            if not click.confirm(f"{problem} Go on?", default=False):
                click.echo("Nothing was undone.")
                return
        if change is not None:
            applied = session.editorial.undo(change, _note(reason))
        else:
            number, revision = session.facts.number(fact or "")
            applied = session.editorial.revert(number, _note(reason), revision=revision)
        _report(session, applied, as_json=as_json)


@facts.command()
@fact_argument
@server_option
@json_option("Print JSON.")
def history(fact: str, server: int | None, as_json: bool) -> None:
    """Show who changed a fact, when, why and in which words."""
    from bot.cli.fact_output import history_page, revision_json
    from bot.terminal.blocks import show

    with _open_session(server) as session:
        number = _number(session, fact)
        steps = session.facts.history(number)
    if as_json:
        click.echo(to_json({"number": number, "history": [revision_json(step) for step in steps]}))
    else:
        show(history_page(number, steps))


@facts.command(short_help="Show a fact with its sources, or a revision of it.")
@fact_argument
@server_option
@json_option("Print JSON.")
def show(fact: str, server: int | None, as_json: bool) -> None:
    """Show a fact with its sources; FACT@3 as it was at its third revision."""
    from bot.cli.fact_output import fact_page, record_json
    from bot.terminal.blocks import show as show_blocks

    with _open_session(server) as session:
        record = session.facts.show_named(fact)
        last = session.facts.history(record.number)[-1]
    if as_json:
        click.echo(to_json(record_json(record)))
    else:
        show_blocks(fact_page(record, last=last))


@facts.command("list")
@click.option("--story", help="Only this story, by its id.")
@server_option
@json_option("Print JSON.")
def list_(story: str | None, server: int | None, as_json: bool) -> None:
    """List all facts: number, id, kind, date, text."""
    from bot.cli.fact_output import fact_line, record_json

    with _open_session(server) as session:
        for record in session.facts.all(story):
            click.echo(to_json(record_json(record)) if as_json else fact_line(record.fact, record.number))


@facts.command()
@click.option("--by", help="Only what one person did, as the log names them.")
@click.option("--fact", help="Only changes of one fact.")
@click.option("--from", "start", help="From this date on.")
@click.option("--to", "end", help="Up to this date.")
@click.option("--limit", type=click.IntRange(1, MAX_LINES), default=50, show_default=True, help="At most so many lines.")
@server_option
@json_option("Print JSON.")
def log(
    by: str | None, fact: str | None, start: str | None, end: str | None, limit: int, server: int | None, as_json: bool
) -> None:
    """List changes, newest first: number, time, who, what and why."""
    from bot.cli.fact_output import entry_json, log_line
    from bot.facts.logbook import times_of
    from bot.facts.typed_dates import typed_period

    with _open_session(server) as session:
        first, last = times_of(typed_period(start, end, datetime.now().astimezone().date(), past=True))
        number = _number(session, fact) if fact is not None else None
        for entry in session.logbook.entries(by=by, fact=number, start=first, end=last, limit=limit):
            click.echo(to_json(entry_json(entry)) if as_json else log_line(entry))


@contextmanager
def _open_session(server: int | None) -> Iterator[Session]:
    """Open a server's base, which must exist, or the library."""
    from bot.cli.opening import open_session

    with open_session(None, server) as (session, _):
        yield session


def _number(session: Session, fact: str) -> int:
    return session.facts.number(fact)[0]


def _note(reason: str) -> Note:
    from bot.facts.logbook import note

    return note(operator(), reason.strip() or None)


def _filled(session: Session, draft: Draft, fields: Mapping[str, Any]) -> Draft:
    """Return a form with the fields that were given replaced. Raises NotKnownError for the name of no actor."""
    changed = {name: value for name, value in fields.items() if value is not None and value != ()}
    for name in ("by", "about"):
        if name in changed:
            named = (session.find_actor(typed, story=draft.story) for typed in changed[name] if typed.strip())
            changed[name] = tuple(record.actor.id for record in named)
    if changed.get("event", "").strip():
        with suppress(NotKnownError):  # what is no number of an event is an id already
            changed["event"] = session.facts.show(_number(session, changed["event"])).fact.id
    if "cite" in changed:
        changed["cite"] = "\n".join(changed["cite"])
    return replace(draft, **changed)


def _save(session: Session, draft: Draft, fields: Mapping[str, Any], *, yes: bool, as_json: bool) -> None:
    """Fill in a form, show its fact and save it: at once where nothing is like it and no answer gets worse, else once confirmed.

    Raises DraftError with all faults of the fields, UsageError where it was not confirmed.
    """
    from bot.cli.fact_output import preview_page
    from bot.terminal.blocks import show

    draft = _filled(session, draft, fields)
    preview = session.editorial.preview(draft)
    if not as_json:
        show(preview_page(preview))
    if _confirmed(preview.trial, preview.duplicates, yes=yes, as_json=as_json):
        applied = session.editorial.save(draft, _note(draft.reason))
        _report(session, applied, preview.trial.effects, as_json=as_json)


def _confirmed(trial: Trial, duplicates: Sequence[FactRecord], *, yes: bool, as_json: bool) -> bool:
    """Return whether to make a change, which a person is asked. Where nobody can be, only a doubtful change needs ``yes``.

    Raises UsageError where that is lacking.
    """
    from bot.cli.fact_output import refused_json

    doubtful = bool(duplicates or trial.worse)
    if not yes and not as_json and at_a_terminal():
        if click.confirm("Save it?", default=not doubtful):
            return True
        click.echo("Nothing was saved.")
        return False
    if doubtful and not yes:
        if as_json:
            click.echo(to_json(refused_json(trial.effects, duplicates)))
        raise UsageError(NOT_SAVED)
    return True


def _imported(session: Session, fact: str | None, change: int | None) -> int:
    """Return how many imported facts it would retract to undo a change, or the last change of a fact.

    Raises NotKnownError, DecidedError.
    """
    if change is not None:
        imports = session.logbook.entry_of_change(change).action == "import"
        return session.changes.undo_scope(change).retracted if imports else 0
    number, revision = session.facts.number(fact or "")
    if revision is not None or session.facts.history(number)[-1].action not in ("add", "restore"):
        return 0
    last = session.logbook.entries(fact=number, limit=1)
    return int(bool(last) and last[0].action == "import")


def _report(session: Session, applied: Applied, effects: Sequence[Effect] = (), *, as_json: bool) -> None:
    from bot.cli.fact_output import applied_json, applied_lines

    records = session.facts.select(applied.facts)
    if as_json:
        click.echo(to_json(applied_json(applied, records, effects)))
    else:
        click.echo("\n".join(applied_lines(applied, records)))
