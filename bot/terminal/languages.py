"""The language in which a terminal shows what it shows: that which a command names, else that of the system."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from bot.languages import ENGLISH, LANGUAGES, language, speaking

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # in which POSIX has the language of messages; the first that is set decides


def system_language() -> str:
    """Return the language of the system if Footnote speaks it, else English."""
    named = next(filter(None, map(os.environ.get, _VARIABLES)), "")
    code = named.partition(".")[0].partition("_")[0].lower()
    return code if code in LANGUAGES else ENGLISH


@contextmanager
def in_language(chosen: str | None) -> Iterator[None]:
    """Show what is shown meanwhile in a language, or without one in that of the system."""
    with speaking(chosen or system_language()):
        yield


def shown_language() -> str:
    """Return the language in which is shown what is shown."""
    return language()
