"""``footnote chat``: one question after another in a terminal; later ones may refer to earlier ones."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import suppress

import click

from bot.answers.models import Answer
from bot.cli.answering import Ask, open_to_ask
from bot.cli.language_option import language_option
from bot.errors import FootnoteError
from bot.facts.models import FactRecord
from bot.terminal.blocks import screen, show
from bot.terminal.pages import answer_page
from bot.terminal.text import safe

WELCOME = "Ask a question, and then another; quit ends."

_ENDS = ("quit", "exit", "bye")
_NEXT_WORDS = re.compile(r"\b(?:next|then|afterwards?)\b", re.IGNORECASE)
_REMEMBERED = 10  # questions; the reader uses the last few of them that are more than a courtesy
_EXCERPT = 60  # characters of a fact by which a note that quotes it is recognised


@click.command()
@click.option("--story", metavar="FILE|ID", help="Ask this story file, without storing it, or this stored or shipped story.")
@language_option
def chat(story: str | None) -> None:
    """Ask one question after another; each may refer to those before it.

    With lines piped in, each is answered in turn and no prompt is shown.
    """
    code, console, first = 0, screen(), True
    with open_to_ask(story) as ask:
        conversation = Conversation(ask)
        for line in _typed() if sys.stdin.isatty() else _piped():
            try:
                answer = conversation.answer(line)
            except FootnoteError as error:
                code = code or error.exit_code
                click.echo(safe(str(error)), err=True)
                continue
            if not first:
                console.print()
            show(answer_page(answer), console)
            first = False
    if code and not sys.stdin.isatty():
        raise click.exceptions.Exit(code)


class Conversation:
    """A conversation: it remembers the last answer and the last questions, to which later ones may refer."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._last: Answer | None = None
        self._anchor: FactRecord | None = None  # the event from which the last answer counted time, if it did
        self._asked: tuple[str, ...] = ()

    def answer(self, question: str) -> Answer:
        """Answer a question. Raises EmptyQuestionError."""
        before = self._followed_up(question)
        self._last = self._ask(question, before=[record.number for record in before], after=self._asked)
        # The note of an answer names the fact from which it counts time.
        counted = self._last.by_relation and before and before[0].fact.text[:_EXCERPT] in (self._last.note or "")
        self._anchor = before[0] if counted else None
        self._asked = (*self._asked, question)[-_REMEMBERED:]
        return self._last

    def _followed_up(self, question: str) -> list[FactRecord]:
        """Return the facts that a question follows up, the one from which time is counted first.

        "Before that" and "after that" go on counting from the same event, but "what came next" counts from the last fact shown.
        """
        facts = [fact.record for fact in self._last.facts] if self._last is not None else []
        if self._anchor is None:
            return facts
        return facts[::-1] if _NEXT_WORDS.search(question) else [self._anchor, *facts]


def _typed() -> Iterator[str]:
    """Yield the lines that a person types at a prompt, until the end of the input or a word that ends."""
    with suppress(ImportError):  # Windows has none
        import readline  # noqa: F401  # lines can be edited, and recalled with the arrow keys
    click.secho(WELCOME, dim=True)
    with suppress(EOFError):
        while (line := input("> ").strip()).lower() not in _ENDS:
            if line:
                yield line


def _piped() -> Iterator[str]:
    for line in sys.stdin.buffer:
        if text := line.decode(errors="replace").strip():
            if text.lower() in _ENDS:
                return
            yield text
