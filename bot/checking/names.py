"""Names in a text that is checked: actors of a base as they are called, and others by their capitals."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answers.finding.mentions import NameTable
from bot.english.grammar import ADVERBS
from bot.english.name_runs import NameRun, is_abbreviation, is_outlet, name_runs, plain
from bot.english.name_words import COURTESY_TITLES, ORGANISATION_HEADS, PERSON_TITLES, SURNAME_PARTICLES
from bot.english.quotation_marks import Span
from bot.english.roles import is_role
from bot.english.search_words import straight, tokens
from bot.english.speech import SAYING
from bot.english.tokens import TextToken, sentences, tokens_of

_GOES_ON = SAYING | ADVERBS | frozenset("and or who has had have".split())


@dataclass(frozen=True, slots=True)
class TextName:
    """A name in a text, where it stands, whom it may mean (keys; none: somebody unknown), and whether that is a person."""

    start: int
    end: int
    name: str
    actors: frozenset[str] = frozenset()
    person: bool = False


def names_in(text: str, names: NameTable, spans: Sequence[Span] = ()) -> tuple[TextName, ...]:
    """Return the names in a text, in its order; ``names`` are those of the base's actors, ``spans`` its quotations."""
    runs = list(_unknown(text, spans))
    starts = [run.start for run in runs]
    known = list(_known(text, names))
    around = [runs[place - 1] if (place := bisect_right(starts, each.start)) else None for each in known]
    known = [each for each, run in zip(known, around, strict=True) if run is None or not _is_of_another(each, run, text)]
    ends = [each.end for each in known]
    behind = [known[place] if (place := bisect_right(ends, run.start)) < len(known) else None for run in runs]
    others = [run for run, each in zip(runs, behind, strict=True) if each is None or each.start >= run.end]
    return tuple(sorted([*known, *others], key=lambda each: each.start))


def _known(text: str, names: NameTable) -> Iterator[TextName]:
    """Yield the names, roles and aliases of actors that a text has; a possessive's ending is left out."""
    plain_text = straight(text)
    cut = tokens(plain_text)
    for each in names.mentions([token.word for token in cut]):
        start, last = cut[each.start].start, cut[each.end - 1]
        if not each.by_name and re.match(r" [A-Z]", plain_text[last.end : last.end + 2]):
            continue  # the engineer Ann Lee: whoever has this role here is named
        end = last.end - 2 if plain_text[last.start : last.end].endswith("'s") else last.end
        if plain_text[end : end + 2] != " @":  # RT @lee_4: words that somebody else wrote
            yield TextName(start, end, plain_text[start:end], each.actors, bool(each.actors & names.people))


def _unknown(text: str, spans: Sequence[Span]) -> Iterator[TextName]:
    """Yield the names of a text whoever they are, with titles but for courtesy; a title or a first name makes a person."""
    for sentence in sentences(tokens_of(text, spans), text):
        for run in name_runs(sentence):
            if _may_begin(run, sentence):
                courtesy = sum(plain(title) in COURTESY_TITLES for title in run.titles)
                start, end = sentence[run.start + courtesy].start, sentence[run.end - 1].end
                body = run.is_body or is_outlet(run.text) or any(map(is_abbreviation, run.words))
                yield TextName(start, end, text[start:end], person=bool(run.titles) or (len(run.words) in (2, 3) and not body))


def _may_begin(run: NameRun, sentence: Sequence[TextToken]) -> bool:
    """Return whether a run is a name though it may begin a sentence, where any word has a capital, by what follows."""
    following = sentence[run.end] if run.end < len(sentence) else None
    lone = run.first and len(run.words) == 1 and not run.titles
    return not lone or following is None or following.kind != "word" or following.lower in _GOES_ON


def _is_of_another(known: TextName, run: TextName, text: str) -> bool:
    """Return whether a single name is part of a longer one, which is then somebody else's: Mark Twain, the Financial Times."""
    inside = run.start <= known.start and known.end <= run.end and (run.start, run.end) != (known.start, known.end)
    if not inside or " " in known.name:
        return False
    if not known.person:
        generic = plain(known.name) in ORGANISATION_HEADS or (known.end == run.end and is_outlet(known.name))
        return generic and not known.name.isupper()
    before, behind = text[run.start : known.start].split(), text[known.end : run.end].split()
    titled = all(plain(word) in PERSON_TITLES | SURNAME_PARTICLES or is_role(word) for word in before)
    return bool(behind) or not titled
