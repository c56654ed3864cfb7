"""How many files the system lets the process open: an open fact base takes several."""

from __future__ import annotations

import logging
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings

log = logging.getLogger(__name__)

A_BASE = 6
"""File handles of an open fact base: two connections, each with the file and its log, the index of the log, and the lock."""

_OTHERS = 200  # connections to Discord, the lexicon, pictures, and those of the threads


def with_handles(settings: Settings) -> Settings:
    """Ask the system for as many file handles as the open bases need; return the settings with as many bases as it allows."""
    if sys.platform == "win32":
        return settings
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = settings.open_bases * A_BASE + _OTHERS
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return settings
    allowed = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    if allowed == needed:
        return settings
    bases = max((allowed - _OTHERS) // A_BASE, 1)
    log.warning(
        "The system allows %s open files, so %s fact bases are open at once instead of %s; raise its limit (ulimit -n) for more",
        allowed, bases, settings.open_bases,
    )  # fmt: skip
    return replace(settings, open_bases=bases)
