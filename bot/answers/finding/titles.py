"""The story that a question names by its title: "who resigned at the Orrin Works", of "The closure of the Orrin Works".

In: the stories of a base, and the text of a question. Out: the id of a story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.english.search_words import content_words
from bot.facts.models import StoryInfo

_SUBTITLE = re.compile(r"[,:;(–—]| - ")  # what follows is rarely repeated by whoever names a story


class TitleTable:
    """The titles of the stories of a base, for look-up by the words of a question."""

    def __init__(self, stories: Sequence[StoryInfo]) -> None:
        self._words = [(frozenset(words), story.id) for story in stories for words in _namings(story.title)]

    def named(self, text: str) -> str | None:
        """Return the story of whose title a text has every word but the function words; None for none, and for several."""
        asked = frozenset(content_words(text))
        found = [(len(words), story) for words, story in self._words if words <= asked]
        most = max((size for size, _ in found), default=0)
        stories = {story for size, story in found if size == most}
        return stories.pop() if len(stories) == 1 else None


def _namings(title: str) -> Iterator[list[str]]:
    """Yield the content words of a title, and of what stands before its subtitle."""
    for part in dict.fromkeys((title, _SUBTITLE.split(title)[0])):
        if words := content_words(part):
            yield words
