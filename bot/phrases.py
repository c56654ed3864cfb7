"""Phrases that all of Footnote puts together alike: names listed, labelled and quoted by the signs of the language spoken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.languages import say, say_message
from bot.messages import Message, listing

_MAX_STORIES = 10


def listed(names: Sequence[str]) -> str:
    """Join names as a sentence does: ``A``, ``A and B``, ``A, B and C``."""
    return say_message(listing(names))


def labelled(name: str, text: str) -> str:
    """Return a text behind what names it, with a colon between them as the language spoken sets it."""
    return say("{name}: {text}", name=name, text=text)


def separated(parts: Iterable[str]) -> str:
    """Join parts that may hold commas: ``A, B; C``."""
    return say("; ").join(parts)


def in_marks(text: str) -> str:
    """Return a text in the quotation marks of the language that is spoken."""
    return say("“{text}”", text=text)


def also_called(names: Sequence[str]) -> Message:
    """Return by which other names somebody goes."""
    return Message("Also called {names}", names=listing(names))


def stories(titles: Sequence[str]) -> str:
    """Return the stories that there are, at most a few of them, as one message."""
    more = len(titles) - _MAX_STORIES
    return listing([*titles[:_MAX_STORIES], *([Message("{number} more", number=more)] if more > 0 else [])])


def known_stories(titles: Iterable[str]) -> Message:
    """Return what there is to ask about."""
    named = stories(list(titles))
    return Message("I know about {stories}.", stories=named) if named else Message("There is no story here yet.")
