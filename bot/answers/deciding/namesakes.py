"""Names in a question by which more than one may be meant: a surname, a first name or an alias that several have.

In: a question as read, and its index. Out: each such name as the story writes it, with the whole names of those who have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.answers.finding.index import StoryIndex
from bot.answers.question.parsing import Question

Namesakes = tuple[tuple[str, tuple[str, ...]], ...]


def namesakes(question: Question, index: StoryIndex) -> Namesakes:
    """Return the names of a question by which several may be meant; one of the same name in two stories is one."""
    found = {}
    for mention in question.mentions:
        actors = [index.actors[key] for key in sorted(mention.actors)]
        names = tuple(sorted({actor.name for actor in actors}))
        if mention.by_name and len(names) > 1:
            asked = question.words[mention.start : mention.end]
            found[_written(asked, (name for actor in actors for name in (actor.name, *actor.aliases)))] = names
    return tuple(found.items())


def _written(asked: Iterable[str], names: Iterable[str]) -> str:
    """Return words of a question, which are in small letters, as a name has them."""
    words = list(asked)
    together = r"\W+".join(map(re.escape, words))
    pattern = re.compile(rf"(?<!\w){together}(?!\w)", re.IGNORECASE)
    return next((found[0] for name in names if (found := pattern.search(name))), " ".join(words))
