"""Questions that somebody may try who has just had an article read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from bot.drafting.article import Article
from bot.drafting.proposal import propose_story
from bot.facts.models import Source

MAX_TRIED = 3
"""Questions that are proposed for an article."""

MAX_CANDIDATES = 12
"""Questions that are asked to see whether they are answered, before some are proposed."""

_SORTS = ("When did", "Who said", "What did", "What happened")


def candidates(article: Article, source: Source) -> tuple[str, ...]:
    """Return questions that an article should answer, of all sorts in turn: who, when, what.

    Whoever proposes them asks them first, for they are made by rules and not all are answered.
    """
    proposed = [question.ask for question in propose_story(article, source).story.questions if question.expect]
    sorts = [[ask for ask in proposed if ask.startswith(begin)] for begin in _SORTS]
    return tuple(dict.fromkeys(_in_turn(sorts)))[:MAX_CANDIDATES]


def _in_turn(sorts: list[list[str]]) -> Iterator[str]:
    for row in zip_longest(*sorts):
        yield from filter(None, row)
