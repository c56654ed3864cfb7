"""Logging: lines for a person or for a machine, and the file that tracebacks go to. Never a question, never the token."""

from __future__ import annotations

import json
import logging
import re
import sys
import tempfile
import traceback
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from bot.errors import FactBaseError, SetupError
from bot.settings import Settings, default_home, read_token

if TYPE_CHECKING:
    import asyncio

log = logging.getLogger(__name__)

_TRACEBACKS = "errors.log"
_HIDDEN = "(hidden)"
_NOISY = ("discord", "aiohttp", "asyncio")
_ADDRESS_TOKEN = re.compile(r"(/(?:webhooks|interactions)/\d+/)[\w.~=-]+")  # it lets whoever has it answer for the bot
_PLACEHOLDER = re.compile(r"%[-#0-9.]*[a-z]")
_WORD = re.compile(r"[a-z0-9]+")
_about: ContextVar[Mapping[str, object]] = ContextVar("about", default=MappingProxyType({}))
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0))}


def set_up_logging(settings: Settings) -> None:
    """Log to standard error, in the settings' form and from their level up."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines(settings.log_format, _token()))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    # Below INFO these libraries log what Discord sends, and that holds what people wrote.
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(level, logging.INFO))


def log_about(**fields: object) -> None:
    """Add fields, such as the server's id, to all that is logged from here on in this conversation."""
    _about.set({name: value for name, value in fields.items() if value is not None})


def without_words(error: Exception) -> str:
    """Return what may be logged of an error: what is wrong with a file or with the installation.

    Of any other error that is only its class, for its text may quote what was asked.
    """
    return str(error) if isinstance(error, FactBaseError | SetupError) else type(error).__name__


def log_errors_of(loop: asyncio.AbstractEventLoop) -> None:
    """Log failures in an event loop that nobody waits for as all others are; asyncio's own lines would quote what was at work."""

    def log_error(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        log.error("Something failed that nobody waited for", exc_info=context.get("exception"))

    loop.set_exception_handler(log_error)


def store_traceback(error: BaseException, home: Path | None = None) -> Path | None:
    """Add a traceback to a file in the home folder, else in the temporary one; return the file, or None if neither takes it."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    entry = f"{now} {_hide(''.join(traceback.format_exception(error)), _token())}\n"
    for folder in (home or default_home(), Path(tempfile.gettempdir())):
        path = folder / _TRACEBACKS
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)  # the errors' own texts may quote what somebody wrote
            with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(entry)
        except OSError:
            continue
        return path
    return None


class _Lines(logging.Formatter):
    """Writes a message on one line with what it is about, and its traceback below it; or both as one JSON object on one line.

    In JSON, ``event`` names what happened by the fixed words of the message, which are the same whatever values it has.
    """

    def __init__(self, log_format: str, token: str) -> None:
        super().__init__()
        self._as_json, self._token = log_format == "json", token

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        level, message = record.levelname.lower(), _hide(record.getMessage(), self._token)
        # What was set for the conversation, and what came with the message.
        fields: dict[str, object] = {**_about.get(), **getattr(record, "fields", {})}
        error = record.exc_info[1] if record.exc_info else None
        trace = _hide("".join(_traced(error)).rstrip(), self._token) if error is not None else ""
        if self._as_json:
            event = "-".join(_WORD.findall(_PLACEHOLDER.sub(" ", str(record.msg)).lower()))
            content = {"time": time, "level": level, "logger": record.name, "event": event, "message": message}
            return json.dumps(content | fields | ({"traceback": trace} if trace else {}))
        about = " ".join(f"{name}={value}" for name, value in fields.items())
        lines = [f"{message}{f' [{about}]' if about else ''}", *trace.splitlines()]
        first, *rest = (line.translate(_CONTROLS) for line in lines)
        return "\n".join([f"{time} {level:7} {record.name}: {first}", *rest])


def _traced(error: BaseException) -> Iterator[str]:
    """Yield a traceback without the errors' own texts, which may quote what somebody wrote."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _traced(before)
        yield "Then:\n"
    yield from traceback.format_tb(error.__traceback__)
    known = (getattr(error, name, None) for name in ("strerror", "sqlite_errorname", "status", "code"))
    yield " ".join((f"{type(error).__module__}.{type(error).__qualname__}", *(str(detail) for detail in known if detail))) + "\n"


def _hide(text: str, token: str) -> str:
    text = _ADDRESS_TOKEN.sub(rf"\1{_HIDDEN}", text)
    return text.replace(token, _HIDDEN) if token else text


def _token() -> str:
    try:
        return read_token() or ""
    except SetupError:
        return ""
