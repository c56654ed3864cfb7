"""What commands share: options, the story that is meant, the operator's name, JSON, and files read and written."""

from __future__ import annotations

import getpass
import json
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from bot.errors import UsageError, reason_of
from bot.terminal.text import safe, safe_json

if TYPE_CHECKING:
    from bot.facts.base import FactBase
    from bot.service.session import Session

STANDARD_STREAM = "-"
"""The name that stands for standard input or output in place of a file's."""

WRONG = 1
"""The exit code of commands that examine something, where it is not in order."""

STOPPED = 130
"""The exit code after Ctrl-C."""

F = TypeVar("F", bound=Callable[..., Any])

SERVER_ID = click.IntRange(1, 2**63 - 1)
"""A server's id on Discord, as far as SQLite's integers reach."""

server_option = click.option("--server", type=SERVER_ID, metavar="ID", help="A Discord server's facts instead of the library.")
servers_option = click.option(
    "--server", "servers", type=SERVER_ID, multiple=True, metavar="ID", help="Only this server; may be repeated."
)
story_option = click.option("--story", metavar="FILE|ID", help="Keep to this stored or shipped story, or to a story file.")
config_option = click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A settings file; else the one that FOOTNOTE_CONFIG names, else footnote.toml in Footnote's folder.",
)
force_option = click.option("--force", is_flag=True, help="Overwrite an existing file.")


def json_option(meaning: str = "Print one JSON object.") -> Callable[[F], F]:
    """Return the option ``--json``, the argument ``as_json`` of the command."""
    return click.option("--json", "as_json", is_flag=True, help=meaning)


def of_server(server: int | None) -> str:
    """Return the option that names a server's base, to be appended to a command that is suggested."""
    return "" if server is None else f" --server {server}"


def shard_options(command: F) -> F:
    """Give a command ``--shards`` and ``--shard-count``, which say which shards its process has."""
    ranges = click.option("--shards", metavar="0-3", help="The shards of this process, such as 0-3, 2 or 0,2; else all.")
    count = click.option("--shard-count", type=int, metavar="N", help="How many shards all processes have in total.")
    return ranges(count(command))


OPERATOR = "command line"


def operator() -> str:
    """Return the name by which the person who runs the command signs, from their user name: ``command line: ann``."""
    try:
        name = getpass.getuser().strip()
    except (OSError, KeyError, ImportError):  # a container may run as a user without a name
        name = ""
    return f"{OPERATOR}: {name}" if name else OPERATOR


def at_a_terminal() -> bool:
    """Return whether a person at a terminal can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def confirmed(question: str, *, default: bool, quiet: bool = False) -> bool | None:
    """Ask a person at a terminal, or read the answer that is piped in; return None where nobody answers.

    ``quiet``: nobody is asked, and the answer that is piped in is not printed. Raises UsageError for an answer that is neither
    yes nor no.
    """
    if at_a_terminal() and not quiet:
        return click.confirm(question, default=default)
    if sys.stdin.isatty() or _is_read_by_others():  # the question would go where nobody reads it
        return None
    # Unbuffered, so that the lines behind this one are left to the next command, whose answers they may be.
    line = getattr(sys.stdin.buffer, "raw", sys.stdin.buffer).readline().decode(errors="replace")
    if not line:
        return None
    if not quiet:
        click.echo(f"{question} {'[Y/n]' if default else '[y/N]'}: {safe(line.strip())}")
    answers = {"": default, "y": True, "yes": True, "n": False, "no": False}
    try:
        return answers[line.strip().lower()]
    except KeyError:
        raise UsageError("Nothing was saved: the answer is neither y nor n. Answer so, or say --yes.") from None


def _is_read_by_others() -> bool:
    """Return whether standard input is a file that something else has begun to read, such as a shell's loop over its lines."""
    try:
        number = sys.stdin.fileno()
        return stat.S_ISREG(os.fstat(number).st_mode) and os.lseek(number, 0, os.SEEK_CUR) > 0
    except OSError:  # also io.UnsupportedOperation, of an input that is no file
        return False


def to_json(content: Any) -> str:
    """Write an object on one line, with escapes for all that a terminal would act on, or that standard output cannot hold."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    return safe_json(json.dumps(content, ensure_ascii=not encoding.startswith("utf")))


def write_file(file: Path, content: bytes, *, force: bool) -> None:
    """Write a file, whole or not at all.

    Raises UsageError where it cannot be written, or where a file with other content exists and is not to be replaced.
    """
    require_file(file)
    unfinished = file.with_name(f"{file.name}.new")  # in the same folder, so that it can replace the file in one step
    try:
        if file.exists() and not force and file.read_bytes() != content:
            raise UsageError(f"{file} already exists. Give another name, or --force to overwrite it.")
        unfinished.write_bytes(content)
        unfinished.replace(file)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise UsageError(f"{file} cannot be written: {reason_of(error)}. Check its folder and its permissions.") from None


def require_file(file: Path) -> None:
    """Raise UsageError where the name of a file to be written is that of a folder."""
    if file.is_dir():
        raise UsageError(f"{file} cannot be written: it is a directory. Name a file in it.")


def write_output(file: Path | None, content: bytes, *, force: bool) -> bool:
    """Write to a file, or to standard output for None and ``-``; return whether a file was written. Raises UsageError."""
    if file is None or str(file) == STANDARD_STREAM:
        sys.stdout.buffer.write(content)
        return False
    write_file(file, content, force=force)
    return True


@contextmanager
def open_input(name: str | Path) -> Iterator[IO[bytes]]:
    """Open a file, or standard input for ``-``. Raises UsageError where that cannot be done."""
    if str(name) == STANDARD_STREAM:
        yield sys.stdin.buffer
        return
    with ExitStack() as stack:
        try:
            file = stack.enter_context(Path(name).open("rb"))
        except (OSError, ValueError) as error:
            raise UsageError(f"{name} cannot be read: {reason_of(error)}. Check its name and its permissions.") from None
        yield file


def story_meant(named: str | None, opened: FactBase | Session, purpose: str) -> str:
    """Return the id that ``--story`` names, else that of the only story. Raises NotKnownError, UsageError if none is named."""
    opened.check_story(named)
    if named is not None:
        return named
    stories = [info.id for info in opened.stories()]
    if len(stories) != 1:
        known = f"Name it with --story: {', '.join(stories)}." if stories else "Import a story first."
        raise UsageError(f"It must be known which story {purpose}. {known}")
    return stories[0]
