"""What the words of a sentence mean that mean nothing by themselves: whom "she", which day "on Thursday"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bot.drafting.dates import TextDate
from bot.english.sentences import Entity, Sentence
from bot.languages import ENGLISH

Gloss = tuple[int, int, str]
"""Characters of a sentence, from one to before another, and what they mean."""

_YEAR = re.compile(r"\d{4}")


def glosses_of(
    sentence: Sentence, meant: Mapping[int, Entity], dates: Iterable[TextDate], language: str = ENGLISH
) -> tuple[Gloss, ...]:
    """Return the glosses of a sentence, in its order: of pronouns that are sure, and of dates that need another.

    ``meant`` says whom pronouns mean, by their places among its items. A person has one at most, none where the name stands
    in the sentence; a date has none where its year does, or where it is only about so.
    """
    return tuple(sorted((*_persons(sentence, meant), *_days(sentence, dates, language))))


def _persons(sentence: Sentence, meant: Mapping[int, Entity]) -> Iterator[Gloss]:
    named = set(sentence.entities())
    begin = sentence.items[0].start
    for index, entity in sorted(meant.items()):
        if entity not in named:
            named.add(entity)
            yield sentence.items[index].start - begin, sentence.items[index].end - begin, entity.name


def _days(sentence: Sentence, dates: Iterable[TextDate], language: str) -> Iterator[Gloss]:
    begin, glossed = sentence.items[0].start, set[str]()
    for dated in dates:
        if dated.date is None or _YEAR.search(dated.words) or not dated.date.edtf.replace("-", "").replace("/", "").isdecimal():
            continue
        if dated.date.edtf not in glossed:
            glossed.add(dated.date.edtf)
            yield dated.start - begin, dated.end - begin, dated.date.words(language)
