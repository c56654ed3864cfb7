"""Open what a command works on: the library, a server's base, a stored or shipped story, or a story file held in memory."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from bot.cli.console import OPERATOR, of_server
from bot.errors import NotKnownError, UsageError
from bot.facts.base import FactBase
from bot.facts.models import Story
from bot.facts.state.read_pages import ReadPage
from bot.resources import stories_folder
from bot.settings import load_settings
from bot.storage.bases import MAKER, open_base
from bot.stories.load import load_story
from bot.uploads import AT_THE_COMMAND_LINE, call_limited

_LARGE = 200_000  # bytes of a story file; reading a smaller one takes less time than starting a process
_STORY_SUFFIXES = (".yaml", ".yml", ".json")


def open_stored(server: int | None, *, make: bool = False, dry_run: bool = False) -> FactBase:
    """Open the library (None), made when first needed, or a server's base, which must exist unless ``make`` is set.

    With ``dry_run`` no file is made: a base that is missing is made in memory, of the default stories.
    Raises StoryFileError for a faulty default story, FactBaseError, SetupError.
    """
    settings = load_settings()
    if dry_run and not settings.base_path(server).exists():
        return in_memory([load_story_file(path) for path in settings.story_paths()], by=MAKER)
    return open_base(settings, server, make=make or server is None)


def is_file_name(story: str) -> bool:
    """Return whether a name means a file rather than a stored story: by its suffix, a folder in it, or an existing file."""
    return story.lower().endswith(_STORY_SUFFIXES) or os.sep in story or Path(story).is_file()


def load_story_file(path: Path) -> Story:
    """Read a story file; a large one in a process of its own, which is ended at its limits. Raises StoryFileError, UsageError."""
    if not path.is_file() or path.stat().st_size <= _LARGE:
        return load_story(path)
    return call_limited(AT_THE_COMMAND_LINE, load_story, path)


def story_file(name: str) -> Path:
    """Return the story file of a name: an existing one, else a shipped one of that file name or id."""
    shipped = _shipped(name)
    return shipped if shipped is not None and not Path(name).exists() else Path(name)


def text_of(name: str) -> str:
    """Return the text of a story file; "" of a stored story."""
    path = story_file(name)
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def read_story(name: str, server: int | None = None) -> Story:
    """Read a story from a file, else a stored one by its id, else a shipped one by its id; of a server by its id alone.

    Raises StoryFileError and UsageError (the file), NotKnownError with the stories that there are, FactBaseError, SetupError.
    """
    if server is None and is_file_name(name):
        return load_story_file(story_file(name))
    with open_stored(server) as base:
        try:
            return base.story(name)
        except NotKnownError:
            shipped = _shipped(name) if server is None else None
            if shipped is None:
                raise
    return load_story_file(shipped)


def only_story(server: int | None) -> Story:
    """Read the one story of the library or of a server's base. Raises UsageError where there are several, or none."""
    with open_stored(server) as base:
        stories = base.stories()
        if len(stories) == 1:
            return base.story(stories[0].id)
    if not stories:
        raise UsageError(f"There is no story yet. Name a story file, or add one: footnote story import FILE{of_server(server)}")
    raise UsageError(f"There are several stories. Name one: {', '.join(info.id for info in stories)}.")


def pages_read(story: str, server: int | None) -> tuple[ReadPage, ...]:
    """Return the pages from which articles of a stored story were read; none of a story that is not stored."""
    with open_stored(server) as base:
        return base.read_pages.of(story)


def base_with(story: str | None, server: int | None) -> tuple[FactBase, str | None]:
    """Open the base that holds a story, with the story's id where the base may hold others beside it.

    Raises what `read_story` raises.
    """
    if server is not None or story is None:
        return open_stored(server), story
    if not is_file_name(story):
        with ExitStack() as opened:
            base = opened.enter_context(open_stored(None))
            if any(info.id == story for info in base.stories()):
                opened.pop_all()  # from here on the caller closes it
                return base, story
    return in_memory([read_story(story)], by=OPERATOR), None


def in_memory(stories: Iterable[Story], *, by: str) -> FactBase:
    """Make a base in memory that holds some stories."""
    with ExitStack() as opened:
        base = opened.enter_context(FactBase.memory())
        for story in stories:
            base.apply(story, by=by)
        opened.pop_all()
    return base


def _shipped(name: str) -> Path | None:
    """Return the shipped story of that file name or id; None also for a path, which never means a shipped story."""
    if not name or Path(name).name != name:
        return None
    candidates = (stories_folder() / file for file in (name, *(f"{name}{suffix}" for suffix in _STORY_SUFFIXES)))
    return next((path for path in candidates if path.is_file()), None)
