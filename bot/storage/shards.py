"""Which servers a process serves: Discord assigns servers to shards by their ids, and a process has some of the shards."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from bot.errors import SetupError

MOST_SHARDS = 16_384
_RANGES = re.compile(r"\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?)*", re.ASCII)
_FORM = "--shards is a range such as 0-3, a number, or several with commas between; {!r} is none of these."
_TOGETHER = "--shards and --shard-count go together: which shards this process has, and how many there are in all."


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards of a process, by their numbers, and how many there are in all processes together."""

    ids: tuple[int, ...]
    count: int

    @classmethod
    def of(cls, ranges: str | None, count: int | None) -> Self | None:
        """Read ``0-3``, ``2`` or ``0,2``; None where neither is given, for a process that has all. Raises SetupError."""
        if ranges is None and count is None:
            return None
        if ranges is None or count is None:
            raise SetupError(_TOGETHER)
        if not 1 <= count <= MOST_SHARDS:
            raise SetupError(f"--shard-count is how many shards there are in all, from 1 to {MOST_SHARDS}; {count} is not.")
        ids = _read(ranges)
        if ids[-1] >= count:
            raise SetupError(f"--shards names shard {ids[-1]}, but of {count} shards the last is {count - 1}. Count from 0.")
        return cls(ids, count)

    def serve(self, server: int | None) -> bool:
        """Return whether these shards serve a server; direct messages (None) come to shard 0.

        Discord assigns servers by the time in their ids, above the lowest 22 bits.
        """
        return (0 if server is None else (server >> 22) % self.count) in self.ids


def _read(ranges: str) -> tuple[int, ...]:
    text = "".join(ranges.split())
    if not _RANGES.fullmatch(text):
        raise SetupError(_FORM.format(ranges))
    ids: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        numbers = range(int(first), int(last or first) + 1)
        if not numbers:
            raise SetupError(f"--shards counts upwards: write {last}-{first} instead of {part}.")
        ids.update(numbers)
    return tuple(sorted(ids))
