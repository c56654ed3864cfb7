"""Deleted means gone: the log beside a base, in which deleted text stands on, emptied into the base, which overwrites it.

Whoever has the base open to read holds that up: another program for a moment, Litestream all the time, as it empties the log
itself and leaves its bytes there. So Litestream is asked to let go of the base meanwhile.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

from bot.errors import FootnoteError
from bot.facts.base import FactBase
from bot.settings import Settings
from bot.storage.replica import Replica

log = logging.getLogger(__name__)


def settle(settings: Settings, server: int | None, base: FactBase) -> bool:
    """Empty the log of an open base; return whether that is done, else it is to be tried again. Litestream is paused for it."""
    if base.try_to_settle():
        return True
    path = Path(os.path.abspath(settings.base_path(server)))
    try:
        replica = Replica.of(settings)
        if replica is None or replica.lag(path) is None:
            return False
        with replica.paused(path):
            return base.try_to_settle()
    except FootnoteError as error:
        log.warning("The log of %s, in which deleted text may stand, could not be emptied yet: %s", path, error)
        return False
