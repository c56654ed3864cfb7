"""What a command asks: the library, one of its stories, or a story file that is read into memory and not stored."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Protocol

from bot.answers.answerer import Answerer
from bot.answers.lexicon import Lexicon
from bot.answers.models import Answer
from bot.facts.base import FactBase
from bot.facts.models import Story
from bot.library import open_base
from bot.settings import load_settings
from bot.shipped import lexicon_file
from bot.stories.load import load_story

_ENDINGS = (".yaml", ".yml", ".json")


class Ask(Protocol):
    """Answers a question; ``rank`` is how many nearest facts to hand on."""

    def __call__(self, question: str, /, *, rank: int = 0) -> Answer:
        """Answer. Raises EmptyQuestionError."""
        ...


@contextmanager
def open_to_ask(story: str | None) -> Iterator[Ask]:
    """Open the library, or what ``story`` names: a file, else the id of a stored story.

    Raises StoryFileError, NotKnownError with the stories that there are, FactBaseError, SetupError.
    """
    with ExitStack() as stack:
        if story is not None and is_file_name(story):
            with ask_story(load_story(Path(story))) as ask:
                yield ask
            return
        base = stack.enter_context(open_base(load_settings(), None))
        answerer = Answerer(base, stack.enter_context(closing(Lexicon(lexicon_file()))))
        answerer.prepare(story)

        def ask_base(question: str, /, *, rank: int = 0) -> Answer:
            return answerer.ask(question, story=story, rank=rank)

        yield ask_base


@contextmanager
def ask_story(story: Story) -> Iterator[Ask]:
    """Open a story in memory."""
    with FactBase.memory() as base, closing(Lexicon(lexicon_file())) as lexicon:
        base.apply(story, by="command line")
        yield Answerer(base, lexicon).ask


def is_file_name(story: str) -> bool:
    """Tell whether it names a file rather than a stored story: by its ending, a folder in it, or a file that is there."""
    return story.lower().endswith(_ENDINGS) or os.sep in story or Path(story).is_file()
