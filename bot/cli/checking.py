"""``footnote check``: the quotations of a text, checked word by word against the quotes among the facts."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click

from bot.cli.console import STANDARD_STREAM, json_option, open_input, server_option, story_option
from bot.cli.language_option import language_option
from bot.cli.sessions import open_session
from bot.errors import UsageError

MAX_SECONDS = 30  # of processor time
_SECONDS_TO_NEXT_SIGNAL = 1.0  # sent again, in case the first arrives in code that swallows exceptions
TOO_LONG = "Checking this text took too long, so I stopped. Check it in parts."


@click.command()
@click.argument("text", nargs=-1)
@click.option("--speaker", metavar="NAME", help="Who is supposed to have said it.")
@click.option("--source", metavar="NAME", help="Where it is supposed to be from: a source's title, publisher or id.")
@click.option("--date", metavar="DATE", help="When it is supposed to have been said, as people write dates.")
@story_option
@server_option
@json_option()
@language_option
def check(
    text: tuple[str, ...],
    speaker: str | None,
    source: str | None,
    date: str | None,
    story: str | None,
    server: int | None,
    as_json: bool,
) -> None:
    """Check every quotation of a text; without quotation marks the whole text is one.

    TEXT may be a single quotation, a whole article, or the name of a file with one; - reads it from standard input. Whom a
    quotation is by, and where and when it is from, is read from the sentence around it unless the options say it.
    """
    # The checker takes a while to load, and the help has no use for it.
    from bot.checking.checker import CheckRequest
    from bot.cli.check_output import show_checked

    content = _read(text[0]) if len(text) == 1 and _is_file(text[0]) else " ".join(text)
    with open_session(story, server) as (session, story_id):
        with processor_deadline(MAX_SECONDS, TOO_LONG):
            checked = session.checks.check(CheckRequest(content, speaker, source, date, story_id))
        show_checked(checked, as_json=as_json)


def _is_file(text: str) -> bool:
    """Return whether a text names a file: one that exists, or one that its ending gives away."""
    if text == STANDARD_STREAM or re.fullmatch(r"\S+\.(txt|md)", text, re.IGNORECASE):
        return True
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # longer than any name
        return False


def _read(name: str) -> str:
    """Read a text file, or standard input. Raises UsageError where it cannot be read, or is no text."""
    with open_input(name) as file:
        try:
            return file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            where = "What was given on standard input" if name == STANDARD_STREAM else name
            raise UsageError(f"{where} is not text in UTF-8. Save it as plain text.") from None


@contextmanager
def processor_deadline(seconds: float, sentence: str) -> Iterator[None]:
    """Raise UsageError in the block after that many seconds of processor time; never on Windows, which has no such timer.

    It interrupts the main thread, which a command has to itself.
    """

    def end(*_: Any) -> NoReturn:
        raise UsageError(sentence)

    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds, _SECONDS_TO_NEXT_SIGNAL)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
