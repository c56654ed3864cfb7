"""Where facts and sources are laid out to be shown: in the event loop, which answers nobody meanwhile, or in a thread."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from typing import Any

import pytest

from bot.client import fact_text, options

LOOP, THREAD, FREE = "in the event loop", "in a thread", "in a thread that takes no turns"

_FIRST = ((fact_text, "clean"), (fact_text, "link"), (options, "source_likeness"))
"""The first thing that is done with the words of a fact, with the title of a source, and with a source as a choice."""


def watch_layouts(patch: pytest.MonkeyPatch) -> Counter[str]:
    """Count the facts and sources that are laid out from here on, by where."""
    counts: Counter[str] = Counter()
    for module, name in _FIRST:
        patch.setattr(module, name, _counted(getattr(module, name), counts))
    return counts


def _counted(lay_out: Any, counts: Counter[str]) -> Any:
    def counted(*given: Any) -> Any:
        counts[_where()] += 1
        return lay_out(*given)

    return counted


def _where() -> str:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return FREE if threading.current_thread().name.startswith("asyncio") else THREAD
    return LOOP
