"""The process asks for as many file handles as its open bases need, and has fewer open where the system allows fewer."""

from __future__ import annotations

import subprocess
import sys

import pytest

ASK = """
import logging, resource, sys
from pathlib import Path
from bot.cli.handles import with_handles
from bot.settings import Settings
logging.basicConfig(format="%(message)s")
resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[1]), int(sys.argv[2])))
settings = with_handles(Settings(Path("."), open_bases=int(sys.argv[3])))
print(settings.open_bases, *resource.getrlimit(resource.RLIMIT_NOFILE))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
@pytest.mark.parametrize(
    ("soft", "hard", "bases", "told"),
    [
        (1024, 4096, 200, "200 1400 4096"),
        (1024, 4096, 100, "100 1024 4096"),
        (1024, 1024, 200, "137 1024 1024"),
        (150, 150, 200, "1 150 150"),
    ],
)
def test_as_many_bases_are_open_as_the_system_allows(soft: int, hard: int, bases: int, told: str) -> None:
    command = [sys.executable, "-c", ASK, str(soft), str(hard), str(bases)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == told
    assert ("raise its limit" in done.stderr) is (told.split()[0] != str(bases))
