"""Putting the process's logging back after what sets it up for the whole process."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

SECRET = "an-invented-token"
NOISY = ("discord", "aiohttp", "asyncio")


@contextmanager
def logging_as_it_was() -> Iterator[None]:
    """Put back, in the end, how everything is logged."""
    root, loggers = logging.getLogger(), [logging.getLogger(name) for name in (None, *NOISY)]
    levels, handlers, disabled = [logger.level for logger in loggers], root.handlers[:], root.manager.disable
    yield
    logging.disable(disabled)
    root.handlers[:] = handlers
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)
