"""Filling a base with stories once: most tests of the bot begin with a server's new base, which holds the same story."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from bot.facts.models import Story

Fill = Callable[[Path, Iterable[Story]], None]


def filled_once(fill: Fill) -> Fill:
    """Return a way to make a base of stories that copies the file where one was made of the same stories on the same day."""
    made: dict[tuple[date, tuple[Story, ...]], bytes] = {}
    lock = threading.Lock()

    def copied_if_made(path: Path, stories: Iterable[Story]) -> None:
        stories = tuple(stories)
        key = (datetime.now(UTC).date(), stories)
        with lock:
            content = made.get(key)
        if content is not None:
            path.write_bytes(content)
            return
        fill(path, stories)
        with lock:
            made[key] = path.read_bytes()

    return copied_if_made
