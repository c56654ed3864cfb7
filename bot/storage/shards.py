"""Discord's shards: which of them a process has, and which one a server is on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from bot.errors import SetupError

MAX_SHARDS = 16_384
_RANGES = re.compile(r"\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?)*", re.ASCII)


def shard_of(server: int | None, count: int) -> int:
    """Return the number of the shard, of ``count``, that a server is on; direct messages (None) come to shard 0.

    Discord assigns servers by the time in their ids, above the lowest 22 bits.
    """
    return 0 if server is None else (server >> 22) % count


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
            raise SetupError(
                "--shards and --shard-count go together: which shards this process has, and how many there are in all."
            )
        if not 1 <= count <= MAX_SHARDS:
            raise SetupError(f"--shard-count is how many shards there are in all, from 1 to {MAX_SHARDS}; {count} is not.")
        text = "".join(ranges.split())
        if not _RANGES.fullmatch(text):
            raise SetupError(
                f"--shards is a range such as 0-3, a number, or several with commas between; {ranges!r} is none of these."
            )
        ids: set[int] = set()
        for part in text.split(","):
            first, _, last = part.partition("-")
            numbers = range(int(first), int(last or first) + 1)
            if not numbers:
                raise SetupError(f"--shards counts upwards: write {last}-{first} instead of {part}.")
            ids.update(numbers)
        if max(ids) >= count:
            raise SetupError(f"--shards names shard {max(ids)}, but of {count} shards the last is {count - 1}. Count from 0.")
        return cls(tuple(sorted(ids)), count)

    def serve(self, server: int | None) -> bool:
        """Return whether these shards serve a server, or direct messages (None)."""
        return shard_of(server, self.count) in self.ids
