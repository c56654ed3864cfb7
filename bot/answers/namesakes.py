"""Names by which several may be meant: which a question has, and how it is said.

In: the question as read, and its index. Out: the names with those who have them, and a sentence for each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.messages import Message

if TYPE_CHECKING:  # saying it needs neither
    from bot.answers.finding.index import StoryIndex
    from bot.answers.question.parsing import Question

_MAX_NAMES = 5


def namesakes(question: Question, index: StoryIndex) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the names of a question by which several may be meant, as the story writes them, each with the whole names of those.

    It may be a surname, a first name or an alias; one of the same name in two stories is one.
    """
    whole_names = {}
    for mention in question.mentions:
        actors = [index.actors[key] for key in sorted(mention.actors)]
        names = tuple(sorted({actor.name for actor in actors}))
        if mention.by_name and len(names) > 1:
            asked = (question.words or question.sequence)[mention.start : mention.end]
            together = r"\W+".join(map(re.escape, asked))
            pattern = re.compile(rf"(?<!\w){together}(?!\w)", re.IGNORECASE)
            written = (pattern.search(name) for actor in actors for name in (actor.name, *actor.aliases))
            whole_names[mention.written or next((match[0] for match in written if match), " ".join(asked))] = names
    return tuple(whole_names.items())


def may_be(name: str, names: Sequence[str]) -> str:
    """Say who may be meant by a name that several have."""
    named = [*names[:_MAX_NAMES], *(["…"] if len(names) > _MAX_NAMES else [])]
    return Message("“{name}” may be {names}. Ask with the whole name to have one of them.", name=name, names=", ".join(named))
