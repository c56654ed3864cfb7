"""``footnote facts``: add, edit, retract, undo and look up single facts, in the library or in a server's base."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from bot.cli.console import SuggestingGroup, json_option, server_option
from bot.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.cli.fact_commands import FactCommands
    from bot.facts.models import FactKind

MOST_LINES = 10_000  # all of them are read before the first is printed

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
    with _open_commands(server, as_json=as_json) as commands:
        draft = commands.filled(commands.new(kind, story, reason), fields)
        commands.save(draft, yes=yes)


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
    with _open_commands(server, as_json=as_json) as commands:
        commands.save(commands.filled(commands.form(fact, reason), fields), yes=yes)


@facts.command(short_help="Take a fact back; its history stays.")
@fact_argument
@click.option("--reason", required=True, help="Why; it stands in the history.")
@server_option
@yes_option
@json_option("Print JSON.")
def retract(fact: str, reason: str, server: int | None, yes: bool, as_json: bool) -> None:
    """Take a fact back: it is no longer answered with; its history stays, and undo brings it back."""
    with _open_commands(server, as_json=as_json) as commands:
        commands.retract(fact, reason, yes=yes)


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

    with _open_commands(server, as_json=as_json) as commands:
        commands.review(fact, Review(rating, by, url, published, title), reason)


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
    with _open_commands(server, as_json=as_json) as commands:
        commands.undo(fact, change, reason, yes=yes)


@facts.command()
@fact_argument
@server_option
@json_option("Print JSON.")
def history(fact: str, server: int | None, as_json: bool) -> None:
    """Show who changed a fact, when, why and in which words."""
    with _open_commands(server, as_json=as_json) as commands:
        commands.history(fact)


@facts.command(short_help="Show a fact with its sources, or a revision of it.")
@fact_argument
@server_option
@json_option("Print JSON.")
def show(fact: str, server: int | None, as_json: bool) -> None:
    """Show a fact with its sources; FACT@3 as it was at its third revision."""
    with _open_commands(server, as_json=as_json) as commands:
        commands.show(fact)


@facts.command("list")
@click.option("--story", help="Only this story, by its id.")
@server_option
@json_option("Print JSON.")
def list_(story: str | None, server: int | None, as_json: bool) -> None:
    """List all facts: number, id, kind, date, text."""
    with _open_commands(server, as_json=as_json) as commands:
        commands.list(story)


@facts.command()
@click.option("--by", help="Only what one person did, as the log names them.")
@click.option("--fact", help="Only changes of one fact.")
@click.option("--from", "start", help="From this date on.")
@click.option("--to", "end", help="Up to this date.")
@click.option("--limit", type=click.IntRange(1, MOST_LINES), default=50, show_default=True, help="At most so many lines.")
@server_option
@json_option("Print JSON.")
def log(
    by: str | None, fact: str | None, start: str | None, end: str | None, limit: int, server: int | None, as_json: bool
) -> None:
    """List changes, newest first: number, time, who, what and why."""
    with _open_commands(server, as_json=as_json) as commands:
        commands.log(by=by, fact=fact, start=start, end=end, limit=limit)


@contextmanager
def _open_commands(server: int | None, *, as_json: bool) -> Iterator[FactCommands]:
    """Open a server's base, which must exist, or the library, for the commands on its facts."""
    from bot.cli.fact_commands import FactCommands
    from bot.cli.opening import open_session

    with open_session(None, server) as (session, _):
        yield FactCommands(session, as_json=as_json)
