"""``footnote facts keep`` and ``drop``: what was read in articles is kept as it stands, or taken back."""

from __future__ import annotations

from collections.abc import Sequence

import click

from bot.cli.console import operator, server_option
from bot.cli.sessions import open_session
from bot.errors import UsageError
from bot.facts.logbook import sign
from bot.terminal.text import one_line

facts_argument = click.argument("facts", metavar="FACT...", nargs=-1, required=True)


@click.command()
@facts_argument
@server_option
def keep(facts: Sequence[str], server: int | None) -> None:
    """Keep sentences of articles as they stand: they answer without being marked as not checked."""
    _decide(facts, server, keeps=True)


@click.command()
@facts_argument
@server_option
def drop(facts: Sequence[str], server: int | None) -> None:
    """Drop sentences of articles: they no longer answer, and do not come back when the article is read again."""
    _decide(facts, server, keeps=False)


def _decide(facts: Sequence[str], server: int | None, *, keeps: bool) -> None:
    """Keep or drop all of the facts, each in a change of its own. Raises UsageError where one does not wait for a review."""
    signature = sign(operator(), None)
    with open_session(None, server) as (session, _):
        looks = [session.keeping.look(session.facts.number(fact)[0]) for fact in dict.fromkeys(facts)]
        reviewed = [f"F{look.record.number}" for look in looks if not look.waits]
        if reviewed:
            raise UsageError(f"Nobody has to review {', '.join(reviewed)} any more, so nothing was changed. Leave it out.")
        for look in looks:
            decide = session.keeping.keep if keeps else session.keeping.drop
            outcome = decide(look.record.number, look.record.revision, signature)
            if outcome.applied is None:
                raise UsageError(f"Somebody else has changed {outcome.record.ref} just now. Look at it, and try again.")
            did = "Kept" if keeps else "Dropped"
            click.echo(f"{did} {outcome.record.ref} in change {outcome.applied.change}: {one_line(outcome.record.fact.text)}")
