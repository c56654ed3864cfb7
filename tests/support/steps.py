"""How much work a call is, in steps of Python: the same on every machine, so that a test may say how it grows."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from tests.support.paths import ROOT

_OWN = str(ROOT / "bot")


def steps(call: Callable[[], object]) -> int:
    """Return how many lines of Footnote's own code a call runs through, each turn of a loop counted."""
    count = 0

    def local(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return local

    def entered(frame: FrameType, event: str, argument: Any) -> Any:
        return local if frame.f_code.co_filename.startswith(_OWN) else None

    before = sys.gettrace()
    sys.settrace(entered)
    try:
        call()
    finally:
        sys.settrace(before)
    return count
