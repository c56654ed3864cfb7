"""A real disk of some kilobytes that can be filled to the last byte; needs the right to mount one."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


class Disk:
    """A disk at a path."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ballast = path / "ballast"

    def fill(self, leave: int = 0) -> None:
        """Fill it but for some bytes."""
        with self._ballast.open("ab") as file, contextlib.suppress(OSError):
            while True:
                os.write(file.fileno(), b"x" * 4096)
        if leave:
            os.truncate(self._ballast, max(0, self._ballast.stat().st_size - leave))

    def make_read_only(self) -> None:
        """Let nothing be written any more, as Linux does when a disk fails."""
        subprocess.run(["mount", "-o", "remount,ro", str(self.path)], check=True)

    def make_writable(self) -> None:
        """Let it be written to again."""
        subprocess.run(["mount", "-o", "remount,rw", str(self.path)], check=True)

    def make_room(self) -> None:
        """Free what was filled."""
        self._ballast.unlink(missing_ok=True)


@contextlib.contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Disk]:
    """Make a folder a disk of its own, so small; skip the test where that is not allowed."""
    folder.mkdir(exist_ok=True)
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    try:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)], check=True, capture_output=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no small disk can be mounted here")
    try:
        yield Disk(folder)
    finally:
        # Lazily, for a process that the test has started may still be in it.
        subprocess.run(["umount", "-l", str(folder)], check=True)
