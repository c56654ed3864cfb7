"""Taking processor times and saying them: percentiles in milliseconds, and files dropped from the system's memory."""

from __future__ import annotations

import math
import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Times:
    """The milliseconds that some calls took."""

    milliseconds: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The mean, NaN of none."""
        return sum(self.milliseconds) / len(self.milliseconds) if self.milliseconds else math.nan

    def at(self, percent: float) -> float:
        """Return a percentile by nearest rank: one of the times, so the 99th of fewer than a hundred is the longest."""
        if not self.milliseconds:
            return math.nan
        return sorted(self.milliseconds)[max(0, math.ceil(len(self.milliseconds) * percent / 100) - 1)]


def time_all(call: Callable[[str], object], questions: Sequence[str], rounds: int = 1) -> Times:
    """Time a call with each of some questions: for each the median over the rounds, which other programs' work hardly moves."""
    return median([[time_once(partial(call, question)) for question in questions] for _ in range(rounds)])


def median(rounds: Sequence[Sequence[float]]) -> Times:
    """Return for each question the median over the rounds."""
    return Times(tuple(statistics.median(times) for times in zip(*rounds, strict=True)))


def time_once(call: Callable[[], object]) -> float:
    """Return the milliseconds of processor time, of all threads, that a call takes."""
    start = time.process_time()
    call()
    return (time.process_time() - start) * 1000


def wait_once(call: Callable[[], object]) -> float:
    """Return the milliseconds that pass while a call runs, those in which it waits for the disk too."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def drop_from_memory(*paths: Path) -> None:
    """Ask the system to forget what it holds of some files, so that the next read is from the disk, where it can be asked."""
    if not hasattr(os, "posix_fadvise"):
        return
    for path in paths:
        with path.open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
