"""A fact read for a question: what the short answers are cut out of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.answers.anchors import Anchors, Span
from bot.answers.documents import Document, actor_key
from bot.answers.lexicon import Lexicon
from bot.answers.question import Question
from bot.answers.words import STOP_WORDS, normalise, tokens
from bot.facts.models import Actor

_HEADS = ("which", "what")
_FILLERS = frozenset("be the a an of his her their its our new name kind type sort".split())
_NAMING = frozenset({"name", "call"})
_RELATED = 0.3  # how well a word must stand for another to be taken for it


@dataclass(frozen=True)
class Reading:
    """A question and a fact that answers it."""

    question: Question
    document: Document
    lexicon: Lexicon

    @property
    def text(self) -> str:
        """The fact's text."""
        return self.document.record.fact.text

    @cached_property
    def anchors(self) -> Anchors:
        """Where the words of the question stand in the text."""
        return Anchors(self.question, self.text, self.lexicon)

    @cached_property
    def kind(self) -> frozenset[str]:
        """The stems of what is asked for and of the words for it: "which boat" asks for a boat, a ship, a vessel."""
        words = self.question.sequence
        head = next((place for place, word in enumerate(words) if word in _HEADS), None)
        if head is None or (words[head + 1 : head + 2] == ("be",) and _NAMING.isdisjoint(words)):
            return frozenset()
        noun = next((word for word in words[head + 1 :] if word not in _FILLERS), None)
        term = next((term for term in self.question.terms if term.stem == noun and not term.name and not term.typing), None)
        if term is None:
            return frozenset()
        related = (each.stem for each in self.lexicon.related(term.word) if each.strength >= _RELATED)
        return frozenset((term.stem, *related))

    @property
    def everyone(self) -> tuple[Actor, ...]:
        """Everybody who takes part, speaks or is spoken of."""
        record = self.document.record
        return (*record.participants, *record.speakers, *record.subjects)

    def key(self, actor: Actor) -> str:
        """Return the key of an actor of the fact's story."""
        return actor_key(self.document.record.story.id, actor.id)

    def cut(self, span: Span) -> str:
        """Return the words of a span of the text."""
        return self.text[slice(*span)]

    def asked_already(self, words: str) -> bool:
        """Tell whether the question has all content words of some text, so that they are no answer."""
        content = [token.word for token in tokens(normalise(words)) if token.word not in STOP_WORDS]
        asked = set(self.question.sequence)
        return all(self.lexicon.stem(word) in asked for word in content)
