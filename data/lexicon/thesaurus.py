"""The Moby thesaurus: for each headword, all words and phrases beside it, whatever their sense."""

from __future__ import annotations

from pathlib import Path

Thesaurus = dict[str, frozenset[str]]


def read_thesaurus(package: Path | None) -> Thesaurus:
    """Read the unpacked npm package: a headword and what is beside it, in a line."""
    if package is None:
        return {}
    lines = (package / "words.txt").read_text("latin-1").lower().splitlines()
    entries = (line.split(",") for line in lines)
    return {head: frozenset(others) for head, *others in entries}
