"""The stories that texts are checked against, and what checks them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from bot.answers.finding.directory import ActorDirectory
from bot.checking.checker import CheckedText, TextChecker
from bot.english.lexicon import Lexicon
from bot.english.search_words import stem
from bot.facts.base import FactBase
from bot.facts.models import Actor, Citation, Fact, Source, Story, StoryInfo
from bot.resources import stories_folder
from tests.support.paths import MEASURED


class Spelling:
    """What knows no other spelling of a word, and its regular forms alone."""

    def is_same(self, typed: str, recorded: str, /) -> bool:
        """Return that no word is another."""
        return False

    def is_inflected(self, typed: str, recorded: str, /) -> bool:
        """Return whether both have the same stem."""
        return stem(typed) == stem(recorded)


Check = Callable[..., CheckedText]
SOURCE = Source("paper", "article-newspaper", "What was said", "Evening Courier")
STORIES = (stories_folder() / "twitter-rt-sputnik.yaml", *MEASURED)


def text_checker(base: FactBase, lexicon: Lexicon, today: date) -> TextChecker:
    """Return what checks texts against a base, with dates read from ``today`` on."""
    directory = ActorDirectory(base.actors())
    return TextChecker(base, lexicon, last_day=lambda _: today, find=lambda typed, _: directory.find(typed), days=1)


def story_of(name: str, field: dict[str, Any]) -> Story:
    """Return the story of a field: its actors, and its quotes in their order."""
    actors = tuple(
        Actor(key, actor["name"], actor["kind"], tuple(actor.get("aliases", ())), actor.get("role"))
        for key, actor in field["actors"].items()
    )
    facts = tuple(
        Fact(
            f"q{index}",
            "quote",
            quote["text"],
            (Citation("paper"),),
            by=tuple([quote["by"]] if isinstance(quote["by"], str) else quote["by"]),
        )
        for index, quote in enumerate(field["quotes"])
    )
    return Story(StoryInfo(name, f"The {name}"), (SOURCE,), actors, facts)
