"""Look for deleted text in every byte of the files of a home."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path


def files_with(words: Collection[str], *folders: Path) -> set[str]:
    """Return the files below some folders that hold one of some words, by their path from the folder's parent."""
    paths = set()
    for folder in folders:
        for path in folder.rglob("*"):
            try:
                content = path.read_bytes()
            except (FileNotFoundError, IsADirectoryError, OSError):  # gone meanwhile, a folder, a socket
                continue
            if any(word.encode() in content for word in words):
                paths.add(str(path.relative_to(folder.parent)))
    return paths
