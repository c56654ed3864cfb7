"""What a command asks: the library, one of its stories, or a story file that is read into memory and not stored."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Protocol

from platformdirs import user_cache_path

from bot.answers.answerer import Answerer
from bot.answers.models import Answer
from bot.answers.question.lexicon import Lexicon
from bot.answers.reader.cache import VectorCache
from bot.answers.reader.reader import Reader, shipped_reader
from bot.errors import NotKnownError
from bot.facts.base import FactBase
from bot.facts.models import Story
from bot.resources import lexicon_file, stories_folder
from bot.settings import load_settings
from bot.storage.library import open_base
from bot.stories.load import load_story

_FEW = 8  # facts that take no longer than anybody minds
_ENDINGS = (".yaml", ".yml", ".json")


class Ask(Protocol):
    """Answers a question; ``rank`` is how many nearest facts to hand on, ``as_of`` the day (yyyymmdd) as of which it is asked,
    ``after`` the earlier questions of its conversation, oldest first.
    """

    def __call__(self, question: str, /, *, rank: int = 0, as_of: int | None = None, after: Sequence[str] = ()) -> Answer:
        """Answer. Raises EmptyQuestionError."""
        ...


@contextmanager
def open_to_ask(story: str | None) -> Iterator[Ask]:
    """Open the library, or what ``story`` names: a file, else a stored story by its id, else a shipped one by its id.

    Raises StoryFileError, NotKnownError with the stories that there are, FactBaseError, SetupError.
    """
    with ExitStack() as stack:
        if story is not None and is_file_name(story):
            yield stack.enter_context(ask_story(load_story(story_file(story))))
            return
        base = stack.enter_context(open_base(load_settings(), None))
        answerer = Answerer(base, stack.enter_context(closing(Lexicon(lexicon_file()))))
        shipped = _unless_stored(answerer, story)
        if shipped is not None:
            yield stack.enter_context(ask_story(load_story(shipped)))
            return

        encode(answerer, story)

        def ask_base(question: str, /, *, rank: int = 0, as_of: int | None = None, after: Sequence[str] = ()) -> Answer:
            return answerer.ask(question, story=story, rank=rank, as_of=as_of, after=after)

        yield ask_base


@contextmanager
def ask_story(story: Story) -> Iterator[Ask]:
    """Open a story in memory."""
    with FactBase.memory() as base, closing(Lexicon(lexicon_file())) as lexicon:
        base.apply(story, by="command line")
        answerer = Answerer(base, lexicon, cached_reader())
        encode(answerer)
        yield answerer.ask


def cached_reader() -> Reader:
    """Return the reader, which keeps what it encodes of story files for the next command."""
    reader = shipped_reader()
    if reader.cache is None:
        reader.cache = VectorCache(user_cache_path("footnote") / "vectors.db")
    return reader


def encode(answerer: Answerer, story: str | None = None) -> None:
    """Encode the facts that the reader has not yet, with a progress bar where somebody waits for more than a few."""
    if answerer.is_big(story):
        return  # its facts are encoded as they are needed, and by the bot while it runs
    total = answerer.unread(story)
    if total < _FEW or not sys.stderr.isatty():
        answerer.encode(story)
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Reading the facts", total=total)
        answerer.encode(story, done=lambda number: progress.advance(task, number))


def is_file_name(story: str) -> bool:
    """Tell whether it names a file rather than a stored story: by its ending, a folder in it, or a file that is there."""
    return story.lower().endswith(_ENDINGS) or os.sep in story or Path(story).is_file()


def story_file(name: str) -> Path:
    """Return the story file that is meant: one that is there, else a shipped one by its file name or its id."""
    shipped = _shipped(name)
    return shipped if shipped is not None and not Path(name).exists() else Path(name)


def read_story(name: str) -> Story:
    """Read the story that is meant: a file, else a stored story by its id, else a shipped one by its id.

    Raises StoryFileError and UsageError (the file), NotKnownError with the stories that there are, FactBaseError, SetupError.
    """
    if is_file_name(name):
        return load_story(story_file(name))
    with open_base(load_settings(), None) as base:
        try:
            return base.story(name)
        except NotKnownError:
            shipped = _shipped(name)
            if shipped is None:
                raise
    return load_story(shipped)


def _unless_stored(answerer: Answerer, story: str | None) -> Path | None:
    """Return the shipped story of that id where none of that id is stored. Raises NotKnownError where there is neither."""
    try:
        answerer.prepare(story)
    except NotKnownError:
        shipped = _shipped(story or "")
        if shipped is None:
            raise
        return shipped
    return None


def _shipped(name: str) -> Path | None:
    """Return the shipped story of that file name or id; names of files in other folders are none."""
    if not name or Path(name).name != name:
        return None
    candidates = (stories_folder() / file for file in (name, *(f"{name}{ending}" for ending in _ENDINGS)))
    return next((path for path in candidates if path.is_file()), None)
