"""Phrases that all of Footnote puts together alike: names listed, labelled and quoted by the signs of the language spoken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.languages import say

_MAX_STORIES = 10


def listed(items: Sequence[str]) -> str:
    """Join names as a sentence does: ``A``, ``A and B``, ``A, B and C``."""
    return "".join(items) if len(items) < 2 else f"{', '.join(items[:-1])} {say('and')} {items[-1]}"


def labelled(name: str, text: str) -> str:
    """Return a text behind what names it, with a colon between them as the language spoken sets it."""
    return say("{name}: {text}", name=name, text=text)


def separated(parts: Iterable[str]) -> str:
    """Join parts that may hold commas: ``A, B; C``."""
    return say("; ").join(parts)


def in_marks(text: str) -> str:
    """Return a text in the quotation marks of the language that is spoken."""
    return say("“{text}”", text=text)


def also_called(names: Sequence[str]) -> str:
    """Say by which other names somebody goes."""
    return say("Also called {names}").format(names=listed(names))


def stories(titles: Sequence[str]) -> str:
    """Name the stories that there are, at most a few of them."""
    more = len(titles) - _MAX_STORIES
    return listed([*titles[:_MAX_STORIES], *([say("{number} more").format(number=more)] if more > 0 else [])])


def known_stories(titles: Iterable[str]) -> str:
    """Say what there is to ask about."""
    named = stories(list(titles))
    return say("I know about {stories}.").format(stories=named) if named else say("There is no story here yet.")
