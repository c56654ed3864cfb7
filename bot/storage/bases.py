"""The fact bases of an installation: which file a server has, how it is made when it is first needed, and its lock.

One process at a time serves a base: it holds a lock beside the file, which the system takes back however the process ends.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from io import FileIO
from pathlib import Path

from bot.errors import FactBaseError, HeldError
from bot.facts.base import FactBase
from bot.facts.files import is_on_read_only_disk, log_of, plain_errors, sync_folder, unfinished_name
from bot.facts.logbook import DEFAULT_STORY
from bot.facts.models import Story
from bot.settings import Settings
from bot.storage.replica import Replica
from bot.stories.load import load_story

MAKER = "Footnote"  # the author of the default stories' facts in the history
BRIEFLY = 2.0
"""Seconds to wait for a lock that is free soon: `footnote replicate` holds each base for a moment when it starts."""

_SECONDS_BETWEEN_TRIES = 0.05
_FAR = 1 << 20  # Windows hides locked bytes from others; locking one beyond the end keeps the process id readable


def open_base(settings: Settings, server: int | None, *, look_elsewhere: bool = True, make: bool = True) -> FactBase:
    """Open a server's fact base (None: the library); with ``make`` it is made from the default stories where there is none.

    A base is made under another name and moved into place when complete, so that a crash leaves no half of one. Where the
    replica has the base, none is made; ``look_elsewhere=False`` is for callers that have asked the replica already.
    Raises StoryFileError for a faulty default story, NoFactBaseError where none is to be made, FactBaseError where it cannot be
    made or used, ReplicaError.
    """
    path = settings.base_path(server)
    if make and not path.exists():
        if look_elsewhere and (replica := Replica.of(settings)) and replica.has(path):
            # Only the bot that serves it may fetch it.
            raise FactBaseError(
                f"{path} is not here, but in the replica. Do this beside the bot that serves it, once that has it."
            )
        _make(path, settings)
    max_bytes = None if server is None else settings.base_megabytes * 1_000_000
    return FactBase.open(path, create=False, max_bytes=max_bytes)


def servers_of(settings: Settings) -> tuple[int, ...]:
    """Return the servers that have a fact base, by their ids."""
    names = (path.stem for path in settings.servers_folder.glob("*.db"))
    return tuple(sorted(int(name) for name in names if name.isdecimal() and name == str(int(name))))


def bases_of(settings: Settings) -> tuple[Path, ...]:
    """Return the files of the bases that there are: the library, then the servers by their ids."""
    library = (settings.library,) if settings.library.exists() else ()
    return (*library, *map(settings.base_path, servers_of(settings)))


def stamp(path: Path) -> object:
    """Return a value that changes whenever a base is written to: the times and sizes of its file and its log."""
    written: list[tuple[int, int] | None] = []
    for file in (path, log_of(path)):
        try:
            status = file.stat()
        except OSError:
            written.append(None)
        else:
            written.append((status.st_mtime_ns, status.st_size) if status.st_size else None)
    return tuple(written)


def _make(path: Path, settings: Settings) -> None:
    stories = default_stories(settings)
    unfinished = unfinished_name(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FactBaseError(
            f"The folder {path.parent} cannot be made ({error.strerror}); set FOOTNOTE_HOME to one that can."
        ) from None
    try:
        _fill(unfinished, stories)
        move_into_place(unfinished, path)
    except FactBaseError as error:  # name the base that was asked for, not the temporary file
        raise type(error)(str(error).replace(str(unfinished), str(path))) from error
    except OSError as error:
        raise FactBaseError(f"{path} cannot be made ({error.strerror}); make room, or set FOOTNOTE_HOME elsewhere.") from error
    finally:
        for leftover in unfinished.parent.glob(f"{unfinished.name}*"):
            leftover.unlink(missing_ok=True)


def _fill(path: Path, stories: Iterable[Story]) -> None:
    """Make a base that is complete in its one file. The checkpoint comes before closing, which would not report a full disk."""
    with FactBase.open(path) as base:
        for story in stories:
            base.apply(story, by=MAKER, reason=DEFAULT_STORY)
        base.checkpoint()


def default_stories(settings: Settings) -> list[Story]:
    """Return the stories that a new server starts with. Raises StoryFileError, and UsageError where a file cannot be opened."""
    return [_read_story(path, stamp(path)) for path in settings.story_paths()]


@lru_cache(maxsize=16)
def _read_story(path: Path, written: object) -> Story:
    """Read a default story; cached until its file changes, since reading takes longer than making a base from it."""
    return load_story(path)


def move_into_place(unfinished: Path, path: Path) -> None:
    """Move a new file into place unless another process was quicker: a link fails where the name is taken."""
    with suppress(FileExistsError):
        try:
            os.link(unfinished, path)
        except (PermissionError, NotImplementedError):  # a file system without hard links
            unfinished.rename(path)
    sync_folder(path.parent)


def lock_base(path: Path, wait: float = 0.0) -> FileIO:
    """Lock a base until the returned file is closed.

    The lock file is never deleted: if it were, two processes could each hold a file of that name. Raises HeldError where another
    process holds it for longer than ``wait`` seconds, FactBaseError where the lock file cannot be opened.
    """
    if path.exists() and is_on_read_only_disk(path):
        return FileIO(path)  # nobody can write there, so nobody needs to be kept out
    lock = path.with_name(f".{path.name}.lock")
    with plain_errors(str(lock)):
        lock.parent.mkdir(parents=True, exist_ok=True)
        file = FileIO(os.open(lock, os.O_RDWR | os.O_CREAT, 0o600), "r+")
        try:
            until = time.monotonic() + wait
            while not _locked(file.fileno()):
                if time.monotonic() >= until:
                    raise HeldError(path, file.read(20).decode("ascii", "replace").strip())
                time.sleep(_SECONDS_BETWEEN_TRIES)
            file.truncate()
            file.write(f"{os.getpid()}\n".encode())
        except BaseException:
            file.close()
            raise
    return file


if sys.platform == "win32":
    import msvcrt

    def _locked(file: int) -> bool:
        os.lseek(file, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(file, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _locked(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
