"""Open a session, with all that the bot itself has, on what a command works on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from bot.cli.opening import base_with
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.resources import lexicon_file
from bot.settings import load_settings

if TYPE_CHECKING:
    from bot.service.session import Session


@contextmanager
def open_session(story: str | None, server: int | None) -> Iterator[tuple[Session, str | None]]:
    """Open a session on what the options ``--story`` and ``--server`` name, with the id of the story to keep to.

    A story that is not stored is read into memory, alone; the id is then None.
    Raises StoryFileError and UsageError (the file), NotKnownError with the stories that there are, FactBaseError, SetupError.
    """
    base, story_id = base_with(story, server)
    with base, session_on(base) as session:
        yield session, story_id


@contextmanager
def session_on(base: FactBase) -> Iterator[Session]:
    """Begin a session on an open base, which stays open after it."""
    from bot.service.session import Session  # takes a while to load, and the help of the commands has no use for it

    with closing(Lexicon(lexicon_file())) as lexicon:
        yield Session(base, lexicon, reply_days=load_settings().reply_days)
