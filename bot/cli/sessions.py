"""Open a session for a command that reads: on the library, a server's base, a stored or shipped story, or a story file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.facts.base import FactBase
    from bot.service.session import Session

SERVER = click.option(
    "--server", type=click.IntRange(1, 2**63 - 1), metavar="ID", help="A Discord server's facts instead of the library."
)
STORY = click.option("--story", metavar="FILE|ID", help="Keep to this stored or shipped story, or to a story file.")


@contextmanager
def open_session(story: str | None, server: int | None) -> Iterator[tuple[Session, str | None]]:
    """Open what is to be looked at, with the story to keep to; a story file is read into memory, and not stored.

    Raises StoryFileError and UsageError (the file), NotKnownError with the stories that there are, FactBaseError, SetupError.
    """
    from bot.answers.question.lexicon import Lexicon
    from bot.resources import lexicon_file
    from bot.service.session import Session
    from bot.settings import load_settings

    with ExitStack() as stack:
        base, kept_to = _open_base(story, server)
        stack.enter_context(base)
        lexicon = stack.enter_context(closing(Lexicon(lexicon_file())))
        yield Session(base, lexicon, reply_days=load_settings().reply_days), kept_to


def _open_base(story: str | None, server: int | None) -> tuple[FactBase, str | None]:
    from bot.cli.opening import is_file_name, read_story
    from bot.facts.base import FactBase
    from bot.settings import load_settings
    from bot.storage.library import open_base

    settings = load_settings()
    if server is not None:
        return FactBase.open(settings.base_path(server), create=False), story
    if story is None:
        return open_base(settings, None), None
    if not is_file_name(story):
        base = open_base(settings, None)
        if any(info.id == story for info in base.stories()):
            return base, story
        base.close()
    base = FactBase.memory()
    base.apply(read_story(story), by="command line")
    return base, None
