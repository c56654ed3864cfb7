"""Logging: lines for a person or for a machine, and the file that tracebacks go to. Never a question, never the token."""

from __future__ import annotations

import json
import logging
import os
import sys
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

from bot.settings import Settings, default_home

TOKEN = "DISCORD_TOKEN"  # the environment variable, not the token
CRASHES = "errors.log"
_HIDDEN = "(hidden)"
_NOISY = ("discord", "aiohttp", "asyncio")
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0))}


def set_up_logging(settings: Settings) -> None:
    """Log to standard error, in the settings' form and from their level up."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if settings.log_format == "json" else HumanLines())
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    # Below INFO these libraries log what Discord sends, and that holds what people wrote.
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(level, logging.INFO))


def keep_traceback(error: BaseException, home: Path | None = None) -> Path | None:
    """Add a traceback to a file in the home folder, else in the temporary folder; return it, or None where none takes it."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    entry = f"{now} {_hide(''.join(traceback.format_exception(error)))}\n"
    for folder in (home or default_home(), Path(tempfile.gettempdir())):
        path = folder / CRASHES
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(entry)
        except OSError:
            continue
        return path
    return None


class HumanLines(logging.Formatter):
    """One line a message, then the traceback if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        message = _hide(record.getMessage()).translate(_CONTROLS)
        line = f"{_time(record)} {record.levelname.lower():7} {record.name}: {message}"
        trace = _trace(self, record)
        return "\n".join((line, *(each.translate(_CONTROLS) for each in trace.splitlines())))


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        content = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _hide(record.getMessage()),
        }
        trace = _trace(self, record)
        return json.dumps(content | ({"traceback": trace} if trace else {}))


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _trace(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    return _hide(formatter.formatException(record.exc_info)) if record.exc_info and record.exc_info[0] else ""


def _hide(text: str) -> str:
    token = os.environ.get(TOKEN, "").strip()
    return text.replace(token, _HIDDEN) if token else text
