"""Writing a site into a folder: whole or not at all, and what did not change stays as it is."""

from __future__ import annotations

import ctypes
import os
import shutil
import tempfile
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path

from bot.errors import UsageError, reason_of

CONTENTS = "footnote-site.txt"
"""The file that lists all others of a site, by which the next run knows that it may replace them."""


def write_site(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a site, by its files' names, in place of the one that is in the folder.

    It is written beside it and then renamed, so that a run that is stopped leaves the old one. A file that did not change keeps
    its time. Raises UsageError where the folder holds anything else, or cannot be written.
    """
    folder = folder.resolve()
    listed = "".join(f"{name}\n" for name in sorted([*files, CONTENTS])).encode()
    try:
        _check_replaceable(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            for name, content in {**files, CONTENTS: listed}.items():
                _write(made / name, content, folder / name)
            made.chmod(0o755)  # as other folders are: a web server has to read it
            _replace(folder, made)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {reason_of(error)}. Check its folder and its permissions.") from None


def _check_replaceable(folder: Path) -> None:
    """Raise UsageError where a folder holds what no site put there, such as the history of a version control."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UsageError(f"{folder} is a file. Name a folder.")
    contents = folder / CONTENTS
    ours = set(contents.read_text(encoding="utf-8").splitlines()) if contents.is_file() else set()
    there = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
    other = next((name for name in there if name not in ours), None)
    if other is not None:
        raise UsageError(f"{folder} holds {other}, which is not of a site that Footnote wrote. Name a new or an empty folder.")


def _write(path: Path, content: bytes, before: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    is_same = before.is_file() and not before.is_symlink() and before.read_bytes() == content
    if is_same:
        with suppress(OSError):  # where the file system has no links, it is written again
            path.hardlink_to(before)
            return
    path.write_bytes(content)
    if is_same:
        shutil.copystat(before, path)


def _replace(folder: Path, made: Path) -> None:
    """Put a folder in the place of another, in one step where the system can, so that one is always there."""
    if not folder.exists():
        made.rename(folder)
        return
    if _exchange(folder, made):
        return
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as aside:
        folder.rename(Path(aside) / "before")
        try:
            made.rename(folder)
        except OSError:
            (Path(aside) / "before").rename(folder)
            raise


_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders exchange their names; return whether the system and the file system can do that."""
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    return renameat2 is not None and renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0


def remove_sites(parent: Path, kept: Collection[str]) -> None:
    """Remove the sites in a folder but those ``kept``, what a run that was stopped left, and a folder that is empty then.

    Folders with anything else are left alone. Raises UsageError where something cannot be removed.
    """
    if not parent.is_dir():
        return
    try:
        for folder in sorted(parent.iterdir()):
            if folder.name not in kept and (folder.name.startswith(".") or (folder / CONTENTS).is_file()):
                shutil.rmtree(folder)
    except OSError as error:
        raise UsageError(f"{parent} cannot be cleared: {reason_of(error)}. Check its folder and its permissions.") from None
    with suppress(OSError):
        parent.rmdir()
