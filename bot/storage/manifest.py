"""The manifest of a backup, ``manifest.json`` in its folder; a folder without one is not a backup."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import BackupError

MANIFEST = "manifest.json"
_FORMAT = 1
_FAULTY = "{} cannot be read, so {} is no backup that can be relied on. Use another one."


@dataclass(frozen=True, slots=True)
class Saved:
    """A base in a backup: its name below the home folder, its file, and its content."""

    base: str
    sha256: str
    size: int  # bytes
    facts: int
    schema: tuple[str, ...]  # the names of the migrations that it has had


@dataclass(frozen=True, slots=True)
class Manifest:
    """A backup: when it was begun, whether all bases of the home folder were asked for, what it holds and what it lacks."""

    made: datetime
    all_bases: bool
    bases: tuple[Saved, ...]
    left_out: tuple[tuple[str, str], ...] = ()  # the name of a base, and why it is not there
    deleted: tuple[tuple[str, int], ...] = ()  # the name of a base that was deleted on purpose, and its last term


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a folder and flush it to the disk. Raises OSError."""
    content = asdict(manifest) | {"format": _FORMAT, "made": manifest.made.isoformat(timespec="seconds")}
    content["left_out"] = [{"base": base, "why": why} for base, why in manifest.left_out]
    content["deleted"] = [{"base": base, "term": term} for base, term in manifest.deleted]
    with (folder / MANIFEST).open("w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a folder. Raises BackupError where there is none, or one that cannot be read."""
    path = folder / MANIFEST
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] > _FORMAT:
            raise BackupError(f"{folder} was made by a newer version of Footnote. Update Footnote to restore it.")
        saved = tuple(
            Saved(str(each["base"]), str(each["sha256"]), int(each["size"]), int(each["facts"]), tuple(each["schema"]))
            for each in content["bases"]
        )
        left_out = tuple((str(each["base"]), str(each["why"])) for each in content["left_out"])
        deleted = tuple((str(each["base"]), int(each["term"])) for each in content.get("deleted", ()))
        if not all(map(is_base_name, (*(each.base for each in saved), *(base for base, _ in deleted)))):
            raise ValueError(path)
        made = datetime.fromisoformat(content["made"]).astimezone(UTC)
        return Manifest(made, bool(content["all_bases"]), saved, left_out, deleted)
    except (FileNotFoundError, NotADirectoryError):
        raise BackupError(
            f"{folder} is no backup: there is no {MANIFEST} in it. Name a folder that `footnote backup` made."
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(_FAULTY.format(path, folder)) from error


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_base_name(name: str) -> bool:
    """Return whether a name is that of a base below a home folder, and so leads nowhere else."""
    number = name.removeprefix("servers/").removesuffix(".db")
    return name == "library.db" or (name == f"servers/{number}.db" and number.isascii() and number.isdigit())
