"""The errors of SQLite as one plain sentence each, with the mend; and the guard that keeps any error of one base to that base."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from bot.errors import (
    BusyError,
    DiskFullError,
    FactBaseError,
    FootnoteError,
    LockedError,
    NotAFactBaseError,
    NotKnownError,
    reason_of,
)
from bot.messages import Message

log = logging.getLogger(__name__)

BUSY = "Another program is writing to {name}. Close it, or try again in a moment."
FULL = "The disk is full, so nothing was changed in {name}. Free some space and try again."
DAMAGED = "{name} is damaged. Restore it with footnote restore; footnote doctor says how."
UNUSABLE = "{name} could not be used ({reason}). Check it with a backup at hand."
LATE = Message("That took too long, so I stopped it. Ask for less, or try again in a moment.")


@contextmanager
def plain_errors(name: str) -> Iterator[None]:
    """Turn errors of SQLite and of the file system into a FactBaseError whose sentence says how to mend it."""
    try:
        yield
    except sqlite3.Error as error:
        raise _plain(error, name) from error
    except UnicodeDecodeError as error:
        # SQLite quotes the schema in its message. A wrong byte in there is no UTF-8, and Python raises this instead of the error.
        raise FactBaseError(DAMAGED.format(name=name)) from error
    except UnicodeEncodeError as error:
        raise NotKnownError(Message("That text holds half a character, which nothing here has. Type it again.")) from error
    except OSError as error:
        raise FactBaseError(
            f"{name} cannot be opened: {reason_of(error)}. Check that its folder is there and may be written to."
        ) from error


@contextmanager
def confine_errors(name: str) -> Iterator[None]:
    """Turn any exception at all into a FootnoteError that names the base, so that work on several bases goes on with the next.

    A damaged file makes SQLite and what reads its rows raise almost anything: MemoryError, ValueError, errors without a code.
    Everything that visits one base after another does so inside this, and reports the FootnoteError as that base's fault.
    """
    try:
        with plain_errors(name):
            yield
    except FootnoteError:
        raise
    except Exception as error:
        log.debug("%s could not be used", name, exc_info=True)
        raise FactBaseError(UNUSABLE.format(name=name, reason=type(error).__name__)) from error


def error_name(error: sqlite3.Error) -> str:
    """Return the name of an error's code, such as SQLITE_CORRUPT; "" where Python raised it without asking SQLite."""
    return getattr(error, "sqlite_errorname", "") or ""


def _plain(error: sqlite3.Error, name: str) -> FactBaseError:
    code = error_name(error)
    for start, kind, sentence in _MEANINGS:
        if code.startswith(start):
            return kind(sentence if isinstance(sentence, Message) else sentence.format(name=name))
    if "closed database" in str(error):
        return FactBaseError(f"{name} has been closed. Start again.")
    if "Could not decode to UTF-8" in str(error):  # Python says so of a text in a row, without a code
        return FactBaseError(DAMAGED.format(name=name))
    return FactBaseError(UNUSABLE.format(name=name, reason=code or type(error).__name__))


_MEANINGS: tuple[tuple[str, type[FactBaseError], str], ...] = (
    ("SQLITE_BUSY", LockedError, BUSY),
    ("SQLITE_LOCKED", LockedError, BUSY),
    ("SQLITE_INTERRUPT", BusyError, LATE),
    ("SQLITE_FULL", DiskFullError, FULL),
    ("SQLITE_IOERR_SHMSIZE", DiskFullError, FULL),  # the index of the log could not grow
    ("SQLITE_READONLY", FactBaseError, "{name} or its folder may not be written to. Allow writing there, or give another name."),
    ("SQLITE_CANTOPEN", FactBaseError, "{name} cannot be opened. Check that its folder is there and may be written to."),
    ("SQLITE_PERM", FactBaseError, "{name} may not be opened. Allow reading and writing there, or give another name."),
    ("SQLITE_IOERR", FactBaseError, "The disk failed while {name} was in use. Check the disk and its free space."),
    ("SQLITE_NOTADB", NotAFactBaseError, "{name} is not a fact base. Give another name; this file was left as it is."),
    ("SQLITE_CORRUPT", FactBaseError, DAMAGED),
)
