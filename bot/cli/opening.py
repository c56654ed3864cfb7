"""Open what a command works on: the library, a server's base, a stored or shipped story, or a story file held in memory."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click
from platformdirs import user_cache_path

from bot.answers.answerer import Answerer
from bot.answers.models import Answer
from bot.answers.reader.reader import VectorCache, shipped_reader
from bot.cli.console import OPERATOR
from bot.english.lexicon import Lexicon
from bot.errors import NotKnownError, UsageError
from bot.facts.base import FactBase
from bot.facts.models import Story
from bot.resources import lexicon_file, stories_folder
from bot.settings import load_settings
from bot.storage.bases import MAKER, open_base
from bot.stories.load import load_story

if TYPE_CHECKING:
    from bot.service.session import Session

_LARGE = 200_000  # bytes of a story file; reading a smaller one takes less time than starting a process
_FEW_FACTS = 8  # encoded too quickly for a progress bar
_STORY_SUFFIXES = (".yaml", ".yml", ".json")


class Ask(Protocol):
    """Answers a question, with those options of `Answerer.ask` that the command line offers.

    ``rank`` is how many nearest facts to return beside the answer, ``as_of`` the day (yyyymmdd) as of which it is asked,
    ``after`` the earlier questions of its conversation, oldest first.
    """

    def __call__(self, question: str, /, *, rank: int = 0, as_of: int | None = None, after: Sequence[str] = ()) -> Answer:
        """Answer. Raises EmptyQuestionError."""
        ...


def open_stored(server: int | None, *, make: bool = False, dry_run: bool = False) -> FactBase:
    """Open the library (None), made when first needed, or a server's base, which must exist unless ``make`` is set.

    With ``dry_run`` no file is made: a base that is missing is made in memory, of the default stories.
    Raises StoryFileError for a faulty default story, FactBaseError, SetupError.
    """
    settings = load_settings()
    if dry_run and not settings.base_path(server).exists():
        return _in_memory([load_story_file(path) for path in settings.story_paths()], by=MAKER)
    return open_base(settings, server, make=make or server is None)


@contextmanager
def open_session(story: str | None, server: int | None) -> Iterator[tuple[Session, str | None]]:
    """Open a session on what the options ``--story`` and ``--server`` name, with the id of the story to keep to.

    A story that is not stored is read into memory, where it is alone; the id is None then.
    Raises StoryFileError and UsageError (the file), NotKnownError with the stories that there are, FactBaseError, SetupError.
    """
    base, story_id = _base_with(story, server)
    with base, session_on(base) as session:
        yield session, story_id


@contextmanager
def session_on(base: FactBase) -> Iterator[Session]:
    """Begin a session on an open base, which stays open after it."""
    from bot.service.session import Session

    with closing(Lexicon(lexicon_file())) as lexicon:
        yield Session(base, lexicon, reply_days=load_settings().reply_days)


@contextmanager
def answerer_on(base: FactBase, *, cached: bool = False) -> Iterator[Answerer]:
    """Make an answerer on an open base, which stays open after it; a session takes longer to load.

    What its reader makes of facts is ``cached`` on disk where the base is in memory, so that the next command need not encode
    the same story file again.
    """
    reader = shipped_reader() if cached else None
    if reader is not None and reader.cache is None:
        reader.cache = VectorCache(user_cache_path("footnote") / "vectors.db")
    with closing(Lexicon(lexicon_file())) as lexicon:
        yield Answerer(base, lexicon, reader)


@contextmanager
def open_to_ask(story: str | None) -> Iterator[Ask]:
    """Open the library, or what ``story`` names: a file, else a stored story by its id, else a shipped one by its id.

    Raises StoryFileError, NotKnownError with the stories that there are, FactBaseError, SetupError.
    """
    base, story_id = _base_with(story, None)
    with base, answerer_on(base, cached=story_id != story) as answerer:
        encode_facts(answerer, story_id)
        yield partial(answerer.ask, story=story_id)


@contextmanager
def open_articles(folder: Path) -> Iterator[Ask]:
    """Open the articles in a folder, or one article, in memory, without storing them. Raises UsageError where there is none."""
    from bot.drafting.folder import read_file, read_folder
    from bot.uploads import AT_THE_COMMAND_LINE, call_limited

    coverage = read_folder(folder, lambda file: call_limited(AT_THE_COMMAND_LINE, read_file, file))
    for problem in coverage.problems:
        click.echo(problem, err=True)
    with _in_memory([coverage.story], by=OPERATOR) as base, answerer_on(base, cached=True) as answerer:
        encode_facts(answerer)
        yield answerer.ask


@contextmanager
def open_story_to_ask(story: Story) -> Iterator[Ask]:
    """Open one story in memory, without storing it."""
    with _in_memory([story], by=OPERATOR) as base, answerer_on(base, cached=True) as answerer:
        encode_facts(answerer)
        yield answerer.ask


def encode_facts(answerer: Answerer, story: str | None = None) -> None:
    """Encode the facts that the reader has not encoded yet, with a progress bar at a terminal where that takes a while."""
    if answerer.is_big(story):
        return  # its facts are encoded as they are needed, and by the bot while it runs
    total = answerer.unread(story)
    if total < _FEW_FACTS or not sys.stderr.isatty():
        answerer.encode(story)
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Reading the facts", total=total)
        answerer.encode(story, done=lambda number: progress.advance(task, number))


def is_file_name(story: str) -> bool:
    """Return whether a name means a file rather than a stored story: by its suffix, a folder in it, or an existing file."""
    return story.lower().endswith(_STORY_SUFFIXES) or os.sep in story or Path(story).is_file()


def load_story_file(path: Path) -> Story:
    """Read a story file; a large one in a process of its own, which is ended at its limits. Raises StoryFileError, UsageError."""
    if not path.is_file() or path.stat().st_size <= _LARGE:
        return load_story(path)
    from bot.uploads import AT_THE_COMMAND_LINE, call_limited

    return call_limited(AT_THE_COMMAND_LINE, load_story, path)


def story_file(name: str) -> Path:
    """Return the story file of a name: an existing one, else a shipped one of that file name or id."""
    shipped = _shipped(name)
    return shipped if shipped is not None and not Path(name).exists() else Path(name)


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
        raise UsageError("There is no story yet. Name a story file, or add one with footnote story import.")
    raise UsageError(f"There are several stories. Name one: {', '.join(info.id for info in stories)}.")


def _base_with(story: str | None, server: int | None) -> tuple[FactBase, str | None]:
    """Open the base that holds a story, with the story's id where the base may hold others beside it."""
    if server is not None or story is None:
        return open_stored(server), story
    if not is_file_name(story):
        base = open_stored(None)
        if any(info.id == story for info in base.stories()):
            return base, story
        base.close()
    return _in_memory([read_story(story)], by=OPERATOR), None


def _in_memory(stories: Iterable[Story], *, by: str) -> FactBase:
    """Make a base in memory that holds some stories."""
    base = FactBase.memory()
    for story in stories:
        base.apply(story, by=by)
    return base


def _shipped(name: str) -> Path | None:
    """Return the shipped story of that file name or id; None also for a path, which never means a shipped story."""
    if not name or Path(name).name != name:
        return None
    candidates = (stories_folder() / file for file in (name, *(f"{name}{suffix}" for suffix in _STORY_SUFFIXES)))
    return next((path for path in candidates if path.is_file()), None)
