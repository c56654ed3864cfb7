"""What commands share: the operator's signature, JSON output, written files, and the error for unreadable ones."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from bot.errors import UsageError
from bot.terminal.text import safe_json

STANDARD_STREAM = "-"
"""The name that stands for standard input or output in place of a file's."""

OPERATOR = "command line"


def operator() -> str:
    """Return the signature of the person who runs the command, by user name: ``command line: ann``."""
    import getpass

    try:
        name = getpass.getuser().strip()
    except (OSError, KeyError, ImportError):  # a container may run as a user without a name
        name = ""
    return f"{OPERATOR}: {name}" if name else OPERATOR


def at_a_terminal() -> bool:
    """Return whether a person at a terminal can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def to_json(content: Any) -> str:
    """Write an object on one line, with escapes for all that a terminal would act on, or that standard output cannot hold."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    return safe_json(json.dumps(content, ensure_ascii=not encoding.startswith("utf")))


def write_file(file: Path, content: bytes, *, force: bool) -> None:
    """Write a file, whole or not at all.

    Raises UsageError where it cannot be written, or where a file with other content exists and is not to be replaced.
    """
    require_file(file)
    unfinished = file.with_name(f"{file.name}.new")
    try:
        if file.exists() and not force and file.read_bytes() != content:
            raise UsageError(f"{file} is there already. Give another name, or --force to write over it.")
        unfinished.write_bytes(content)
        unfinished.replace(file)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise UsageError(f"{file} cannot be written: {_reason(error)}. Check its folder and its permissions.") from None


def require_file(file: Path) -> None:
    """Raise UsageError where the name of a file to be written is that of a folder."""
    if file.is_dir():
        raise UsageError(f"{file} cannot be written: is a directory. Name a file in it.")


def write_output(file: Path | None, content: bytes, *, force: bool) -> bool:
    """Write to a file, or to standard output for None and ``-``; return whether a file was written. Raises UsageError."""
    if file is None or str(file) == STANDARD_STREAM:
        sys.stdout.buffer.write(content)
        return False
    write_file(file, content, force=force)
    return True


def unreadable(name: str | Path, error: Exception) -> UsageError:
    """Return the error that says why a file cannot be read."""
    return UsageError(f"{name} cannot be read: {_reason(error)}. Check its name and its permissions.")


def _reason(error: Exception) -> str:
    """Return the system's reason for a failed access; a ValueError has none, and comes from a NUL in the name."""
    return (getattr(error, "strerror", None) or "the name cannot be used").lower()
