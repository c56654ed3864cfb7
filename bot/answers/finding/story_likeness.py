"""Whether a short text, such as a headline with its summary, is about what a story is about.

In: a text and a story of a base. Out: a `StoryLikeness`, with the names and the words that they share.

It is held against the story as against a language of its own: each of its words counts by how much commoner it is among the facts
than in English. So a story that has grown large, in which nearly every word stands somewhere, is no likelier to fit than a small
one. A text that names somebody of the story has to be less alike. What that is worth stands in docs/reading-articles.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from bot.answers.finding.mentions import NameTable
from bot.english.lexicon import Lexicon
from bot.english.search_words import STOP_WORDS, stem, tokens
from bot.facts.base import FactBase
from bot.facts.models import Actor

MIN_LIKENESS, MIN_LIKENESS_NAMED = 0.9, 0.7
"""Likeness from which a text fits a story, and from which it does where it names somebody of the story."""

MAX_WORDS = 80
"""Words of a text that are looked at; each is counted in the story's facts."""

MAX_SHARED = 5
"""Words, and names, by which it is said why a text fits."""

_MIN_WORDS = 8  # of a text, for its likeness: of fewer, one word in common would say too much
_SHARE = 0.2  # of the words of a text that is about the story which are the story's own
_WORDS_OF_A_FACT = 16.0  # different words that tell, with the names of its actors
_SMOOTHING = 200.0  # words by which a story is taken to be larger, so that one fact decides nothing
_TELLING = 2.2  # how much commoner a word is in a text without its function words
_MIN_COMMON = 2.0  # Zipf frequency of the rarest words: names, and words that the lexicon does not have
_COMMON_NAME = 4.2  # Zipf frequency from which a name of one word ("Green") may be just a word


@dataclass(frozen=True, slots=True)
class StoryLikeness:
    """How like a story a text is, the names of its actors in the text, and the words that are most the story's own."""

    score: float
    names: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def fits(self) -> bool:
        """Whether the text is taken to be about the story."""
        return self.score >= (MIN_LIKENESS_NAMED if self.names else MIN_LIKENESS)


class StoryLanguage:
    """The words of one story's facts, and the names of its actors."""

    def __init__(self, base: FactBase, lexicon: Lexicon, story: str) -> None:
        """Take a story of a base. Raises NotKnownError."""
        base.check_story(story)
        self._base, self._lexicon, self._story = base, lexicon, story
        self._actors = {record.actor.id: record.actor for record in base.actors(story)}
        self._names = NameTable(self._actors)
        self._size = base.count(story) * _WORDS_OF_A_FACT + _SMOOTHING

    def likeness(self, text: str) -> StoryLikeness:
        """Return how like the story a text is."""
        words = [token.word for token in tokens(text)]
        telling = (word for word in words if word not in STOP_WORDS and not word[0].isdigit() and len(word) > 1)
        by_stem = {stem(word): word for word in telling}
        terms = list(by_stem.values())[:MAX_WORDS]
        self._lexicon.fetch(terms)
        counts = self._base.search.counts(terms, self._story)
        weights = {word: self._weight(word, counts.get(word, 0)) for word in terms}
        score = sum(weights.values()) / max(len(weights), _MIN_WORDS)
        named = list(dict.fromkeys(self._named(words)))[:MAX_SHARED]
        of_names = {word for actor in named for name in (actor.name, *actor.aliases) for word in _plain_words(name)}
        own = sorted((word for word in terms if weights[word] > 0 and word not in of_names), key=lambda word: -weights[word])
        return StoryLikeness(score, tuple(actor.name for actor in named), tuple(own[:MAX_SHARED]))

    def _weight(self, word: str, count: int) -> float:
        """Return how much a word speaks for the story, by the share of it in the facts and in English; below 0: against it."""
        in_english = _TELLING * 10 ** (max(self._lexicon.zipf(word), _MIN_COMMON) - 9)
        return math.log(1 - _SHARE + _SHARE * count / self._size / in_english)

    def _named(self, words: list[str]) -> Iterable[Actor]:
        """Yield the actors that are named beyond doubt."""
        for mention in self._names.mentions(words):
            is_rare = mention.end - mention.start > 1 or self._lexicon.zipf(words[mention.start]) < _COMMON_NAME
            if mention.by_name and is_rare and len(mention.actors) == 1:
                yield self._actors[next(iter(mention.actors))]


def _plain_words(name: str) -> Iterable[str]:
    return (token.word for token in tokens(name))
