"""What is logged, counted and said of an error: the one handler of errors on Discord.

In this order:

1. A FootnoteError: its sentence, to nobody but the person who asked; for a base that cannot be used, what to do about that.
2. A command that Discord still knows in an older form: how to reload it.
3. An interaction that Discord no longer knows: a line in the log, for nobody can be answered.
4. Something that Discord forbids, such as sending into this channel: a line in the log, once a channel; no noise.
5. Any other failure of Discord's: a line in the log, and a sentence if one can be sent.
6. Anything else: a sentence with a reference; the traceback is in the log under that reference, and nowhere else.

Reporting an error never raises: if it fails, that too is a line in the log.
"""

from __future__ import annotations

import io
import logging
import secrets
from collections.abc import Sequence

import aiohttp
import discord
from discord import app_commands, ui

from bot.client import words
from bot.client.discord_failures import FAILURES
from bot.client.retrying import ALREADY_ANSWERED
from bot.client.text import ELLIPSIS, escape, fitting
from bot.errors import (
    BusyError,
    DiskFullError,
    FactBaseError,
    FootnoteError,
    FormError,
    LockedError,
    ReplicaError,
    SetupError,
    StoryFileError,
)
from bot.facts.files import READ_ONLY
from bot.languages import say, say_message
from bot.log import without_words
from bot.metrics import Metrics

log = logging.getLogger(__name__)

TYPED = "-# This is what you wrote, so that you can copy it:"

_MAX_TEXT = 3900  # characters of text in one message; Discord takes 4000
_SENTENCE = 1500  # of them for the sentence that says what failed
_FILE = "what-you-wrote.txt"
_BEGINNING = 300  # characters that are shown of what is in that file
_UNKNOWN_INTERACTION = 10062  # codes of Discord's API


class CheckFailed(app_commands.CheckFailure):
    """A check of a command that failed, with the error that says why."""

    def __init__(self, error: FootnoteError) -> None:
        super().__init__(str(error))
        self.error = error


class ErrorHandler:
    """Turns whatever went wrong into one sentence for a person and what the operator needs in the log."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._forbidden: set[int] = set()
        self._warned: set[str] = set()

    async def message(self, message: discord.Message, error: BaseException) -> None:
        """Answer a message that could not be answered."""
        sentence = self.record(error, message.channel.id)
        if sentence is None:
            return
        try:
            await message.reply(view=sentence_view(sentence), mention_author=False)
        except FAILURES as failure:
            log.warning("An error could not be told: %s", failure)

    def record(self, error: BaseException, channel: int | None) -> str | None:
        """Log an error at the level it needs and count it, a FootnoteError by its class.

        Return the sentence to answer with; None for no answer.
        """
        sentence: str | None = None
        if isinstance(error, FootnoteError):
            kind, sentence = type(error).__name__, sentence_for(error)
            # What the operator has to mend is a warning, but only once, however many ask.
            what = without_words(error)
            new = sentence in (say(words.UNUSABLE), say(words.NOT_SET_UP), say_message(READ_ONLY)) and what not in self._warned
            if new:
                self._warned.add(what)
            log.log(logging.WARNING if new else logging.INFO, "Told somebody why it cannot be done: %s", what)
        elif isinstance(error, (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch)):
            kind, sentence = "command changed", say(words.COMMAND_CHANGED)
            log.warning("A command is known to Discord in another form: %s", error)
        elif isinstance(error, discord.HTTPException) and error.code in (_UNKNOWN_INTERACTION, ALREADY_ANSWERED):
            kind = "too late"
            log.warning("An interaction was answered too late: %s", error)
        elif isinstance(error, discord.Forbidden):
            kind = "forbidden"
            if channel is not None and channel not in self._forbidden:
                self._forbidden.add(channel)
                log.warning("Discord does not let me answer in channel %s: %s", channel, error)
        elif isinstance(error, (discord.HTTPException, aiohttp.ClientError)):
            kind, sentence = "discord", say("Discord did not take that; please try again in a moment.")
            log.warning("Discord failed: %s", error)
        else:
            reference = secrets.token_hex(4)
            kind, sentence = "unexpected", words.unexpected(reference)
            log.error("Unexpected error %s", reference, exc_info=error)
        self._metrics.errors.labels(kind).inc()
        return sentence


def cause_of(error: BaseException) -> BaseException:
    """Return the error that discord.py wrapped in one of its command tree, or the error itself."""
    if isinstance(error, CheckFailed):
        return error.error
    return error.original if isinstance(error, app_commands.CommandInvokeError) else error


def sentence_for(error: FootnoteError) -> str:
    """Return the sentence for a person on Discord, never with paths of files, which are for the operator alone."""
    if isinstance(error, DiskFullError):
        return say(words.NO_ROOM)
    if isinstance(error, LockedError):
        return say(words.LOCKED)
    if isinstance(error, FactBaseError) and not isinstance(error, BusyError | ReplicaError) and error.message != READ_ONLY:
        return say(words.UNUSABLE)
    if isinstance(error, SetupError):
        return say(words.NOT_SET_UP)
    if isinstance(error, FormError):
        return " ".join(map(say_message, error.faults.values()))
    if isinstance(error, StoryFileError):
        return "\n".join(say_message(fault.message) for fault in error.faults)
    return say_message(error.message)


def sentence_view(sentence: str) -> ui.LayoutView:
    """Return a message with one sentence."""
    return ui.LayoutView(timeout=None).add_item(ui.TextDisplay(fitting(sentence, _SENTENCE)))


def returned_input(sentence: str, typed: Sequence[str]) -> tuple[ui.LayoutView, Sequence[discord.File]]:
    """Return a message with a sentence and the input of a form, which would otherwise be lost; a long input as a file."""
    view = sentence_view(sentence)
    parts = [part for part in typed if part.strip()]
    if not parts:
        return view, ()
    view.add_item(ui.TextDisplay(say(TYPED)))
    room = (_MAX_TEXT - len(say(TYPED)) - len(fitting(sentence, _SENTENCE))) // len(parts)
    whole = all(len(escape(part)) <= room for part in parts)
    for part in parts:
        view.add_item(ui.TextDisplay(fitting(part, room if whole else min(room, _BEGINNING)) or ELLIPSIS))
    if whole:
        return view, ()
    view.add_item(ui.File(f"attachment://{_FILE}"))
    return view, [discord.File(io.BytesIO("\n\n".join(parts).encode("utf-8", "replace")), _FILE)]
