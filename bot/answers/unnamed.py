"""An answer as it may be stored, without the names that its question was asked with and is not stored with."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.models import Answer
from bot.english.search_words import words_of
from bot.messages import Message


def without_names(answer: Answer, stored: str, instead: str) -> Answer:
    """Return an answer with ``instead`` for whatever its sentences repeat of the names in its question.

    ``stored`` is the question without them. The facts and the short answer stay, for they are the story's own.
    """
    names, why = set(words_of(answer.question)).difference(words_of(stored)), answer.explanation
    names |= {word for typed, read in why.corrections if typed in names for word in words_of(read)}

    def unnamed(value: object) -> object:
        return instead if isinstance(value, str) and not names.isdisjoint(words_of(value)) else value

    sentences = (answer.known, answer.note)
    known, note = (text.with_values(unnamed) if isinstance(text, Message) else text for text in sentences)
    namesakes = tuple(meant for meant in why.namesakes if names.isdisjoint(words_of(meant[0])))
    return replace(answer, known=known, note=note, explanation=replace(why, namesakes=namesakes))
