"""Open what a question is asked of: the library, a story or a story file, with the answerer on it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from bot.answers.models import Answer
from bot.cli.console import OPERATOR
from bot.cli.opening import base_with, in_memory
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.models import Story
from bot.resources import lexicon_file

if TYPE_CHECKING:
    from bot.answers.answerer import Answerer

_FEW_FACTS = 8  # encoded too quickly for a progress bar


class Ask:
    """Answers questions of one story of a base, or of all."""

    def __init__(self, answerer: Answerer, base: FactBase, story: str | None = None) -> None:
        self._answerer = answerer
        self._base = base
        self._story = story

    def __call__(
        self, question: str, /, *, rank: int = 0, as_of: int | None = None, before: Sequence[int] = (), after: Sequence[str] = ()
    ) -> Answer:
        """Answer, with those options of `Answerer.ask` that the command line offers. Raises EmptyQuestionError.

        ``rank`` is how many nearest facts to return beside the answer, ``as_of`` the day (yyyymmdd) as of which it is asked,
        ``before`` the facts (by number) that it follows up, ``after`` the earlier questions of its conversation, oldest first.
        """
        return self._answerer.ask(question, story=self._story, rank=rank, as_of=as_of, before=before, after=after)

    def day(self, typed: str) -> int:
        """Read the day (yyyymmdd) as of which a question is asked; without a year, the one nearest to the story's last day.

        Raises DateError, UsageError.
        """
        from bot.answers.as_of import read_day  # a day is seldom asked for
        from bot.service.facts import FactReader

        return read_day(typed, FactReader(self._base).last_day(self._story))


@contextmanager
def answerer_on(base: FactBase, *, cached: bool = False) -> Iterator[Answerer]:
    """Make an answerer on an open base, which stays open after it; a session takes longer to load.

    With ``cached``, for a base in memory, the vectors of its facts are stored on disk, so that the next command need not encode
    the same story file again.
    """
    # These take a while to load, and the help of the commands has no use for them.
    from bot.answers.answerer import Answerer
    from bot.answers.reader.reader import VectorCache, shipped_reader

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
    base, story_id = base_with(story, None)
    with base, answerer_on(base, cached=story_id != story) as answerer:
        encode_facts(answerer, story_id)
        yield Ask(answerer, base, story_id)


@contextmanager
def open_story_to_ask(story: Story) -> Iterator[Ask]:
    """Open one story in memory, without storing it."""
    with in_memory([story], by=OPERATOR) as base, answerer_on(base, cached=True) as answerer:
        encode_facts(answerer)
        yield Ask(answerer, base)


def encode_facts(answerer: Answerer, story: str | None = None) -> None:
    """Encode the facts that the reader has not encoded yet, with a progress bar at a terminal where that takes a while."""
    if answerer.is_big(story):
        return  # its facts are encoded as they are needed, and by the bot while it runs
    total = answerer.unread(story)
    if total < _FEW_FACTS or not sys.stderr.isatty():
        answerer.encode(story)
        return
    from bot.terminal.progress import progress  # takes a while to load, and is seldom shown

    with progress("Reading the facts", total) as advance:
        answerer.encode(story, done=advance)
