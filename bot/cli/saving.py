"""How a change of a fact is saved: the form is filled in, shown, confirmed by whoever can be asked, and reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from bot.cli.console import confirmed, of_server, operator, to_json
from bot.cli.fact_output import applied_json, applied_lines, preview_page, refused_json
from bot.editing.typed_fact import TypedFact
from bot.errors import NotKnownError, UsageError
from bot.facts.logbook import Signature, sign
from bot.facts.models import FactRecord
from bot.facts.revisions import Applied
from bot.facts.state.unfinished_forms import FORM_DAYS
from bot.terminal.blocks import show

if TYPE_CHECKING:
    from bot.editing.previews import Effect, Trial
    from bot.service.session import Session

NOT_SAVED = "Nothing was saved. Look at this, and save it with --yes."
KEPT = "What you typed is kept for {days} days: `footnote facts resume {key}{of}` goes on with it."


def signature(reason: str) -> Signature:
    """Return the operator's signature of a change, with the reason where one was given."""
    return sign(operator(), reason.strip() or None)


def save(
    session: Session,
    typed_fact: TypedFact,
    fields: Mapping[str, Any],
    *,
    server: int | None,
    yes: bool,
    as_json: bool,
    key: str | None = None,
) -> None:
    """Fill in a form, show its fact and save it: at once if nothing is like it and no answer gets worse, else once confirmed.

    What is not saved is kept as an unfinished form of the operator's; ``key`` is its key if it is one already. ``server`` is the
    one whose base it is. Raises FormError with all faults of the fields, UsageError if it was not confirmed.
    """
    typed_fact = _filled(session, typed_fact, fields)
    preview = session.editor.preview(typed_fact)
    if not as_json:
        show(preview_page(preview))
    try:
        wanted = is_wanted(preview.trial, preview.duplicates, yes=yes, as_json=as_json)
    except UsageError as error:
        raise UsageError(f"{error} {_kept(session, typed_fact, server, key)}") from None
    if not wanted:
        click.echo(_kept(session, typed_fact, server, key), err=as_json)
        return
    applied = session.editor.save(typed_fact, signature(typed_fact.reason))
    if key is not None:
        session.unfinished_forms.drop(operator(), key)
    report(session, applied, preview.trial.effects, server=server, as_json=as_json)


def _kept(session: Session, typed_fact: TypedFact, server: int | None, key: str | None) -> str:
    """Keep a form that is not saved, and return the sentence that says how to go on with it."""
    key = session.unfinished_forms.put(operator(), typed_fact.encode(), key=key)
    return KEPT.format(days=FORM_DAYS, key=key, of=of_server(server))


def is_wanted(trial: Trial, duplicates: Sequence[FactRecord], *, yes: bool, as_json: bool) -> bool:
    """Ask whether to make a change, and return the answer. If nobody answers, only a doubtful change needs ``yes``.

    For JSON nobody is asked, but an answer that is piped in counts. Raises UsageError if ``yes`` is missing.
    """
    doubtful = bool(duplicates or trial.worse)
    answer = None if yes else confirmed("Save it?", default=not doubtful, quiet=as_json)
    lacking = doubtful and not yes and answer is None
    if as_json and (lacking or answer is False):
        click.echo(to_json(refused_json(trial.effects, duplicates)))
    elif answer is False:
        click.echo("Nothing was saved.")
    if lacking:
        raise UsageError(NOT_SAVED)
    return answer is not False


def report(session: Session, applied: Applied, effects: Sequence[Effect] = (), *, server: int | None, as_json: bool) -> None:
    """Say what a change did."""
    records = session.facts.select(applied.facts)
    if as_json:
        click.echo(to_json(applied_json(applied, records, effects)))
    else:
        click.echo("\n".join(applied_lines(applied, records, server)))


def _filled(session: Session, typed_fact: TypedFact, fields: Mapping[str, Any]) -> TypedFact:
    """Return a form with the given fields replaced. Raises NotKnownError for a name that no actor has."""
    changed = {name: value for name, value in fields.items() if value is not None and value != ()}
    for name in ("by", "about"):
        if name in changed:
            named = (session.find_actor(typed, story=typed_fact.story) for typed in changed[name] if typed.strip())
            changed[name] = tuple(record.actor.id for record in named)
    if changed.get("event", "").strip():
        with suppress(NotKnownError):  # what is not a fact's number is an id already
            changed["event"] = session.facts.show(session.facts.number(changed["event"])[0]).fact.id
    if "cite" in changed:
        changed["cite"] = "\n".join(changed["cite"])
    return replace(typed_fact, **changed)
