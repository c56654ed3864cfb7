"""``footnote facts``: add, edit, retract, undo and look up single facts, in the library or in a server's base.

A change is shown first, asked about where it is doubtful, and then made in the operator's name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from bot.cli.console import confirmed, json_option, of_server, operator, server_option, story_meant, to_json
from bot.cli.fact_output import (
    change_words,
    entry_json,
    fact_line,
    fact_page,
    history_page,
    log_line,
    record_json,
    revision_json,
    trial_page,
    unfinished_line,
)
from bot.cli.language_option import language_option
from bot.cli.saving import is_wanted, report, save, signature
from bot.cli.sessions import open_session
from bot.editing.form_fields import NO_REASON, typed
from bot.editing.reviews import Review
from bot.editing.typed_fact import TypedFact
from bot.errors import UsageError
from bot.facts.logbook import times_of
from bot.facts.models import FactKind
from bot.facts.typed_dates import typed_period
from bot.presentation.wording import counted
from bot.terminal import blocks

if TYPE_CHECKING:
    from bot.service.session import Session

MAX_LINES = 10_000  # all of them are read before the first is printed

yes_option = click.option(
    "--yes", is_flag=True, help="Save without asking, even if it resembles another fact or changes answers."
)
reason_option = click.option("--reason", default="", help="The reason, kept in the history.")
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
            click.option("--asked-as", multiple=True, metavar="QUESTION", help="Another way that readers ask for it."),
        )
    ):
        command = option(command)
    return command


@click.command()
@click.option("--kind", type=click.Choice(["event", "quote", "claim"]), required=True, help="What it is.")
@click.option("--story", help="The story's id; needed if there are several.")
@field_options
@reason_option
@server_option
@yes_option
@json_option("Print JSON.")
def add(kind: FactKind, story: str | None, reason: str, server: int | None, yes: bool, as_json: bool, **fields: Any) -> None:
    """Add a fact: it is shown as it will look, with what is like it and which answers it changes, before it is saved."""
    with _open_session(server) as session:
        typed_fact = TypedFact(kind, story_meant(story, session, "the fact belongs to"), reason=reason)
        save(session, typed_fact, fields, server=server, yes=yes, as_json=as_json)


@click.command()
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
        typed_fact = replace(session.editor.open_form(_number(session, fact)), reason=reason)
        save(session, typed_fact, fields, server=server, yes=yes, as_json=as_json)


@click.command()
@click.argument("key", metavar="[KEY]", required=False)
@field_options
@reason_option
@server_option
@yes_option
@json_option("Print JSON.")
def resume(key: str | None, reason: str, server: int | None, yes: bool, as_json: bool, **fields: Any) -> None:
    """Go on with a fact that was typed and not saved: what is named takes the place of what was typed.

    KEY is named where something was not saved. Without it, what you have not finished is listed, newest first: KEY, the number
    of the fact or the kind of a new one, text.
    """
    with _open_session(server) as session:
        if key is None:
            if yes or reason or any(fields.values()):
                raise UsageError(f"Say with KEY which one is meant. footnote facts resume{of_server(server)} lists them.")
            _list_unfinished(session, as_json=as_json)
            return
        typed_fact = TypedFact.decode(session.unfinished_forms.get(operator(), key))
        save(session, typed_fact, {**fields, "reason": reason or None}, server=server, yes=yes, as_json=as_json, key=key)


def _list_unfinished(session: Session, *, as_json: bool) -> None:
    unfinished = [(key, TypedFact.decode(content)) for key, content in session.unfinished_forms.of(operator())]
    for key, typed_fact in unfinished:
        click.echo(to_json({"key": key, **json.loads(typed_fact.encode())}) if as_json else unfinished_line(key, typed_fact))
    if not unfinished and not as_json:
        click.echo("Nothing that you typed waits to be saved.")


@click.command()
@fact_argument
@click.option("--reason", required=True, help="The reason, kept in the history.")
@server_option
@yes_option
@json_option("Print JSON.")
def retract(fact: str, reason: str, server: int | None, yes: bool, as_json: bool) -> None:
    """Take a fact back: it is no longer answered with; its history stays, and undo brings it back."""
    with _open_session(server) as session:
        if not typed(reason):
            raise UsageError(NO_REASON)
        record, trial = session.editor.retraction(_number(session, fact))
        if not as_json:
            blocks.show((*fact_page(record), *trial_page(trial)))
        if is_wanted(trial, (), yes=yes, as_json=as_json):
            applied = session.editor.retract(record.number, signature(reason), seen=record.revision)
            report(session, applied, trial.effects, server=server, as_json=as_json)


@click.command()
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
    with _open_session(server) as session:
        rated = Review(rating, by, url, published, title)
        applied = session.editor.record_review(_number(session, fact), rated, signature(reason))
        report(session, applied, server=server, as_json=as_json)


@click.command()
@click.argument("fact", metavar="[FACT]", required=False)
@click.option("--change", type=click.IntRange(1), metavar="N", help="Take back a whole change, by its number in the log.")
@reason_option
@server_option
@click.option("--yes", is_flag=True, help="Retract what was imported without asking.")
@json_option("Print JSON.")
def undo(fact: str | None, change: int | None, reason: str, server: int | None, yes: bool, as_json: bool) -> None:
    """Take back your own last change, or the last change of FACT, or with FACT@3 make it as it was at that revision.

    Where that would retract what was imported, it asks first.
    """
    if fact is not None and change is not None:
        raise UsageError("Name a fact, or a change with --change; not both.")
    with _open_session(server) as session:
        if fact is None and change is None:
            change = _own_last_change(session, server, as_json=as_json)
        facts = _imported(session, fact, change)
        if facts and not yes:
            problem = f"This would retract {counted(facts, 'fact', 'facts')} that {'was' if facts == 1 else 'were'} imported."
            answer = None if as_json else confirmed(f"{problem} Go on?", default=False)
            if answer is None:
                raise UsageError(f"{problem} Nothing was undone. If that is meant, say --yes.")
            if not answer:
                click.echo("Nothing was undone.")
                return
        if change is not None:
            applied = session.changes.undo(change, signature(reason))
        else:
            number, revision = session.facts.number(fact or "")
            applied = session.changes.revert(number, signature(reason), revision=revision)
        report(session, applied, server=server, as_json=as_json)


@click.command()
@fact_argument
@server_option
@json_option("Print JSON.")
def history(fact: str, server: int | None, as_json: bool) -> None:
    """Show who changed a fact, when, why and in which words."""
    with _open_session(server) as session:
        number = _number(session, fact)
        steps = session.facts.history(number)
    if as_json:
        click.echo(to_json({"number": number, "history": [revision_json(step) for step in steps]}))
    else:
        blocks.show(history_page(number, steps))


@click.command()
@fact_argument
@server_option
@json_option("Print JSON.")
@language_option
def show(fact: str, server: int | None, as_json: bool) -> None:
    """Show a fact with its sources; FACT@3 as it was at its third revision."""
    with _open_session(server) as session:
        record = session.facts.show_named(fact)
        last = session.facts.history(record.number)[-1]
    if as_json:
        click.echo(to_json(record_json(record)))
    else:
        blocks.show(fact_page(record, last=last))


@click.command("list")
@click.option("--story", help="Only this story, by its id.")
@server_option
@json_option("Print JSON.")
def list_(story: str | None, server: int | None, as_json: bool) -> None:
    """List all facts: number, id, kind, date, text."""
    with _open_session(server) as session:
        for record in session.facts.all(story):
            click.echo(to_json(record_json(record)) if as_json else fact_line(record.fact, record.number))


@click.command()
@click.option("--by", help="Only what one person did, as the log names them.")
@click.option("--fact", help="Only changes of one fact.")
@click.option("--from", "start", help="From this date on.")
@click.option("--to", "end", help="Up to this date.")
@click.option("--limit", type=click.IntRange(1, MAX_LINES), default=50, show_default=True, help="At most this many lines.")
@server_option
@json_option("Print JSON.")
def log(
    by: str | None, fact: str | None, start: str | None, end: str | None, limit: int, server: int | None, as_json: bool
) -> None:
    """List changes, newest first: number, time, who, what and why."""
    with _open_session(server) as session:
        first, last = times_of(typed_period(start, end, datetime.now().astimezone().date(), past=True))
        number = _number(session, fact) if fact is not None else None
        for entry in session.logbook.entries(by=by, fact=number, start=first, end=last, limit=limit):
            click.echo(to_json(entry_json(entry)) if as_json else log_line(entry))


@contextmanager
def _open_session(server: int | None) -> Iterator[Session]:
    """Open a server's base, which must exist, or the library."""
    with open_session(None, server) as (session, _):
        yield session


def _number(session: Session, fact: str) -> int:
    return session.facts.number(fact)[0]


def _own_last_change(session: Session, server: int | None, *, as_json: bool) -> int:
    """Say which change was the operator's last, and return its number. Raises UsageError where there is none."""
    last = session.changes.last_of(operator())
    if last is None:
        named = f"Name a fact: footnote facts undo F12{of_server(server)}"
        raise UsageError(f"You have changed nothing yet that could be taken back. {named}")
    change, entry = last
    if entry is not None and not as_json:
        click.echo(f"Your last change: {change_words(entry)}")
    return change


def _imported(session: Session, fact: str | None, change: int | None) -> int:
    """Return how many imported facts would be retracted by undoing a change, or the last change of a fact.

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
