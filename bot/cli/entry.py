"""The way into the command line: it finds the command, and turns every error into one sentence and an exit code.

Exit codes: 0 done; 1 a question of a story answered wrongly, a fault that the doctor found, output that cannot be written, or
something unexpected; 2 asked for what cannot be done; 3 a file with faults; 4 a fact base that cannot be used or backed up;
5 a setting, the token or an optional part missing; 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any

import click

from bot import __version__
from bot.cli.commands import COMMANDS, CommandGroup
from bot.cli.console import STOPPED
from bot.cli.usage import sentence_of
from bot.errors import FootnoteError
from bot.log import store_traceback
from bot.terminal.text import safe, with_terminal_commands

# What writing to a closed pipe, a full disk or a closed terminal raises.
_OUTPUT_ERRORS = {errno.EPIPE, errno.ENOSPC, errno.EIO, errno.EBADF, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


class PlainError(click.ClickException):
    """An error as it is shown at the terminal: one sentence, no traceback."""

    def __init__(self, sentence: str, exit_code: int) -> None:
        super().__init__(safe(sentence))
        self.exit_code = exit_code  # type: ignore[misc]  # for click a code belongs to a class

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence to standard error."""
        click.echo(self.message, file=file, err=True)


class Entry(CommandGroup):
    """The group of all commands, which turns whatever goes wrong into one sentence and an exit code."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the options before the command; a wrong one becomes one sentence."""
        with _in_one_sentence():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whatever goes wrong becomes one sentence and an exit code."""
        _replace_unwritable_characters()
        try:
            with _in_one_sentence():
                result = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()  # now, while a failure can still be reported
            return result
        except KeyboardInterrupt:
            raise click.exceptions.Exit(STOPPED) from None
        except FootnoteError as error:
            raise PlainError(with_terminal_commands(str(error)), error.exit_code) from error
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            # Writing to standard output failed: an error of another file would carry the file's name. Where the reader has
            # closed the pipe, as `head` does, click ends quietly.
            if isinstance(error, OSError) and error.errno in _OUTPUT_ERRORS and error.filename is None:
                raise
            path = store_traceback(error)
            where = (
                f"the details are in {path}" if path else "the details could not be kept, because no folder could be written to"
            )
            raise PlainError(f"Something went wrong that should not have; {where}.", 1) from error

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command line; where its output cannot be written, say so on standard error."""
        try:
            return super().main(*args, **extra)
        except OSError as error:
            # What could not be written goes to the null device, or Python would try again when it ends, and show a traceback.
            with suppress(OSError, ValueError, AttributeError):
                null = os.open(os.devnull, os.O_WRONLY)
                os.dup2(null, sys.stdout.fileno())
                os.close(null)
            why = (error.strerror or "the system refuses it").lower()
            click.echo(f"The output could not be written: {why}. Make room, or send it elsewhere.", err=True)
            sys.exit(1)


@contextmanager
def _in_one_sentence() -> Iterator[None]:
    """Word Click's usage errors as Footnote's own; a group that is named without a command still shows its help."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        raise PlainError(sentence_of(error), error.exit_code) from None


@click.group(cls=Entry, commands=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="footnote", message="%(prog)s %(version)s")
def footnote() -> None:
    """Answer questions about a news story from checked facts, each with its sources.

    To begin with: `footnote preview` shows the bot in your browser, `footnote ask "when did twitter ban rt"` answers here, and
    `footnote chat` goes on answering.
    """


def _replace_unwritable_characters() -> None:
    """Have an output whose encoding lacks a character show another in its place instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
