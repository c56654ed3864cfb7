"""``footnote facts``: add, edit, retract, undo and look up single facts, in the library or in a server's base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bot.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from bot.cli.facts_work import Work
    from bot.facts.models import FactKind

MOST_LINES = 10_000

SERVER = click.option(
    "--server", type=click.IntRange(1, 2**63 - 1), metavar="ID", help="A Discord server's facts instead of the library."
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
YES = click.option("--yes", is_flag=True, help="Save without asking, whatever is like it and whatever it changes.")
REASON = click.option("--reason", default="", help="Why; it stands in the history.")
FACT = click.argument("fact", metavar="FACT")


def _fields(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options for the fields of a fact."""
    for option in reversed(
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


@click.group("facts", short_help="Add, edit, retract and undo facts; see their history.")
def command() -> None:
    """Add, edit, retract and undo single facts, and see who changed what.

    FACT is a fact's number, such as F12, or its id.
    """


@command.command(short_help="Add a fact, after a look at it.")
@click.option("--kind", type=click.Choice(["event", "quote", "claim"]), required=True, help="What it is.")
@click.option("--story", help="The story's id; needed where there are several.")
@_fields
@REASON
@SERVER
@YES
@JSON
def add(kind: FactKind, story: str | None, reason: str, server: int | None, yes: bool, as_json: bool, **fields: Any) -> None:
    """Add a fact: it is shown as it will look, with what is like it and which answers it changes, before it is saved."""
    with _work(server, as_json=as_json) as work:
        draft = work.filled(work.new(kind, story, reason), fields)
        work.save(draft, yes=yes)


@command.command(short_help="Change the fields of a fact that are named.")
@FACT
@_fields
@REASON
@SERVER
@YES
@JSON
def edit(fact: str, reason: str, server: int | None, yes: bool, as_json: bool, **fields: Any) -> None:
    """Change a fact: what is not named stays; a list that is named replaces the old one."""
    if not any(value is not None and value != () for value in fields.values()):
        raise UsageError("Say what to change, such as --text or --date; --help names all fields.")
    with _work(server, as_json=as_json) as work:
        work.save(work.filled(work.form(fact, reason), fields), yes=yes)


@command.command(short_help="Take a fact back; its history stays.")
@FACT
@click.option("--reason", required=True, help="Why; it stands in the history.")
@SERVER
@YES
@JSON
def retract(fact: str, reason: str, server: int | None, yes: bool, as_json: bool) -> None:
    """Take a fact back: it is no longer answered with; its history stays, and undo brings it back."""
    with _work(server, as_json=as_json) as work:
        work.retract(fact, reason, yes=yes)


@command.command(short_help="Take back the last change of a fact.")
@click.argument("fact", metavar="[FACT]", required=False)
@click.option("--change", type=click.IntRange(1), metavar="N", help="Take back a whole change, by its number in the log.")
@REASON
@SERVER
@JSON
def undo(fact: str | None, change: int | None, reason: str, server: int | None, as_json: bool) -> None:
    """Take back the last change of FACT, or with FACT@3 make it as it was at that revision."""
    if (fact is None) == (change is None):
        raise UsageError("Name a fact, or a change with --change; not both.")
    with _work(server, as_json=as_json) as work:
        work.undo(fact, change, reason)


@command.command()
@FACT
@SERVER
@JSON
def history(fact: str, server: int | None, as_json: bool) -> None:
    """Show who changed a fact, when, why and in which words."""
    with _work(server, as_json=as_json) as work:
        work.history(fact)


@command.command(short_help="Show a fact with its sources, or a revision of it.")
@FACT
@SERVER
@JSON
def show(fact: str, server: int | None, as_json: bool) -> None:
    """Show a fact with its sources; FACT@3 as it was at its third revision."""
    with _work(server, as_json=as_json) as work:
        work.show(fact)


@command.command("list")
@click.option("--story", help="Only this story, by its id.")
@SERVER
@JSON
def list_(story: str | None, server: int | None, as_json: bool) -> None:
    """List all facts: number, id, kind, date, text."""
    with _work(server, as_json=as_json) as work:
        work.list(story)


@command.command()
@click.option("--by", help="Only what one person did, as the log names them.")
@click.option("--fact", help="Only changes of one fact.")
@click.option("--from", "start", help="From this date on.")
@click.option("--to", "end", help="Up to this date.")
@click.option("--limit", type=click.IntRange(1, MOST_LINES), default=50, show_default=True, help="At most so many lines.")
@SERVER
@JSON
def log(
    by: str | None, fact: str | None, start: str | None, end: str | None, limit: int, server: int | None, as_json: bool
) -> None:
    """List changes, newest first: number, time, who, what and why."""
    with _work(server, as_json=as_json) as work:
        work.log(by=by, fact=fact, start=start, end=end, limit=limit)


def _work(server: int | None, *, as_json: bool) -> AbstractContextManager[Work]:
    from bot.cli.facts_work import open_work
    from bot.cli.operator import operator

    return open_work(server, operator(), as_json=as_json)
