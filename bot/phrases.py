"""Phrases that all of Footnote puts together alike: names listed, labelled and quoted by the signs of the language spoken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.languages import say, say_message
from bot.messages import Message, listing

_MAX_STORIES = 10


def listed(names: Sequence[str]) -> str:
    """Join names as a sentence does: ``A``, ``A and B``, ``A, B and C``."""
    return say_message(listing(names))


def labelled(name: str, text: str) -> str:
    """Return ``name: text``, with the colon as the language spoken sets it."""
    return say("{name}: {text}", name=name, text=text)


def separated(parts: Iterable[str]) -> str:
    """Join parts that may hold commas: ``A, B; C``."""
    return say("; ").join(parts)


def joined(parts: Iterable[str | None]) -> str:
    """Join sentences, with a blank between them where the one before does not end with a sign that brings its own: 。"""
    return re.sub(r"(?<=[。！？]) ", "", " ".join(filter(None, parts)))


def in_marks(text: str) -> str:
    """Return a text in the quotation marks of the language that is spoken."""
    return say("“{text}”", text=text)


def also_called(names: Sequence[str]) -> Message:
    """Return a message that lists the other names that somebody goes by."""
    return Message("Also called {names}", names=listing(names))


def stories(titles: Sequence[str]) -> str:
    """Return the titles of stories as one message; those beyond the first few are only counted."""
    more = len(titles) - _MAX_STORIES
    return listing([*titles[:_MAX_STORIES], *([Message("{number} more", number=more)] if more > 0 else [])])


def known_stories(titles: Iterable[str]) -> Message:
    """Return a message that says what can be asked about."""
    named = stories(list(titles))
    return Message("I know about {stories}.", stories=named) if named else Message("There is no story here yet.")
