"""The allocator of the C library: threads share an arena, and free memory goes back to the system."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bot.allocator import give_back_memory

IS_GLIBC = sys.platform.startswith("linux") and "CS_GNU_LIBC_VERSION" in os.confstr_names
ARENAS = """
import ctypes, threading
from bot.allocator import set_up_allocator
set_up_allocator()
held = threading.Barrier(9)
def take():
    pieces = [bytearray(5000) for _ in range(1000)]
    held.wait()
    held.wait()
threads = [threading.Thread(target=take) for _ in range(8)]
for thread in threads: thread.start()
held.wait()
ctypes.CDLL(None).malloc_stats()
held.wait()
"""


@pytest.mark.skipif(not IS_GLIBC, reason="only glibc has arenas")
@pytest.mark.parametrize(("environment", "arenas"), [({}, {1}), ({"MALLOC_ARENA_MAX": "3"}, {2, 3})])
def test_threads_share_one_arena_unless_the_operator_says_otherwise(environment: dict[str, str], arenas: set[int]) -> None:
    inherited = {name: value for name, value in os.environ.items() if name not in ("MALLOC_ARENA_MAX", "GLIBC_TUNABLES")}
    done = subprocess.run(
        [sys.executable, "-c", ARENAS], env=inherited | environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr.count("Arena ") in arenas


def test_memory_can_be_given_back_at_any_time() -> None:
    pieces = [bytearray(10_000) for _ in range(1_000)]
    del pieces[::2]
    give_back_memory()
    assert all(len(piece) == 10_000 and not any(piece) for piece in pieces)
