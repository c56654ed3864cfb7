"""``footnote ask`` and ``footnote chat``: one question, a file of questions, or a conversation, and the cited answers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from bot.cli.console import json_option, open_input
from bot.errors import EmptyQuestionError, UsageError

if TYPE_CHECKING:
    from bot.cli.opening import Ask

MOST_RANKED = 1_000_000


@click.command()
@click.argument("question", nargs=-1)
@click.option("--story", metavar="FILE|ID", help="Ask this story file, without storing it, or this stored or shipped story.")
@json_option()
@click.option(
    "--batch",
    metavar="FILE",
    help='Answer a file with {"question": ...} on each line, one JSON object a line; - is standard input.',
)
@click.option(
    "--rank",
    type=click.IntRange(1, MOST_RANKED),
    metavar="N",
    help="Add the N nearest facts with their scores, whatever the answer.",
)
@click.option("--explain", is_flag=True, help="Say why the answer is as it is.")
@click.option("--as-of", metavar="DATE", help="Answer from what the sources had reported by then.")
def ask(
    question: tuple[str, ...],
    story: str | None,
    as_json: bool,
    batch: str | None,
    rank: int | None,
    explain: bool,
    as_of: str | None,
) -> None:
    """Ask a question and read the answer with its sources.

    The words of the question need no quotation marks, except where the shell would read a sign in them.
    """
    if batch is not None and question:
        raise UsageError("Give a question or --batch, not both.")
    if batch is None and not " ".join(question).strip():
        raise EmptyQuestionError
    # Imported only now, so that a wrong option is reported before the answering is loaded.
    from bot.cli.answers import answer_json, read_as_of
    from bot.cli.opening import open_to_ask

    day = read_as_of(as_of)
    with open_to_ask(story) as answering:
        ask: Ask = partial(answering, as_of=day) if day is not None else answering
        if batch is not None:
            _print_batch(ask, batch, rank or 0, explain)
            return
        answer = ask(" ".join(question), rank=rank or 0)
    if as_json:
        click.echo(answer_json(answer, rank=rank or 0, explain=explain))
        return
    from bot.terminal.blocks import screen, show
    from bot.terminal.pages import answer_page

    show(screen(), answer_page(answer, explain=explain))


@click.command(short_help="Ask one question after another.")
def chat() -> None:
    """Ask one question after another, and look around with the slash commands that Discord has.

    With lines piped in, each is answered in turn and no prompt is shown.
    """
    from bot.settings import load_settings
    from bot.terminal import safe
    from bot.terminal.chat import run_chat

    code = run_chat(load_settings(), lambda sentence: click.echo(safe(sentence), err=True))
    if code:
        raise click.exceptions.Exit(code)


def _print_batch(ask: Ask, name: str, rank: int, explain: bool) -> None:
    from bot.cli.answers import answer_lines
    from bot.presentation.wording import counted

    with open_input(name) as lines:
        answered, faults = answer_lines(ask, lines, rank=rank, explain=explain)
    if faults:
        raise UsageError(f"{counted(faults, 'line', 'lines')} could not be answered{'; all others were' if answered else ''}.")
