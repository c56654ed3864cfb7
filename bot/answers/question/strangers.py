"""People whom the story does not have, under a name that reminds of one of its own: a Tom Jones where there is a Tom Smith.

In: the words of a question, as read and as typed, and the actors that they seem to name. Out: the mentions that name nobody of
the story, and the stranger's name.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.finding.index import StoryIndex
from bot.answers.finding.mentions import ActorMention
from bot.answers.question.question_words import AGENTS, AUXILIARIES, SAY_VERBS, VAGUE
from bot.english.calendar import MONTH_NUMBERS, WEEKDAYS
from bot.english.lexicon import Lexicon
from bot.english.search_words import STOP_WORDS, Token, words_of

_RARE = 4.0  # Zipf frequency below which a word after a first name may be a surname
_ADVERBS = frozenset("always earlier first initially instead last later next often soon today yesterday".split())
_PARTICLES = frozenset("al bin da de del den der di dos du el ibn la le ter van von".split())  # before a surname
_NO_NAMES = STOP_WORDS.union(MONTH_NUMBERS, map(str.lower, WEEKDAYS))
_NO_SURNAMES = STOP_WORDS | VAGUE | AGENTS | SAY_VERBS | _ADVERBS


def of_strangers(
    words: Sequence[str], typed: Sequence[Token], mentions: Sequence[ActorMention], index: StoryIndex, lexicon: Lexicon
) -> tuple[ActorMention, ...]:
    """Return the mentions by a first name that another surname follows, so that somebody else is named.

    A surname is written with a capital, unless all words are, or else is a rare word that neither a dictionary nor the story has,
    or stands where nothing else does: "did john smith say".
    """
    mixed = not all(token.capital for token in typed)
    starts = {mention.start for mention in mentions}
    found = []
    for mention in mentions:
        place = _surname_place(words, mention)
        if place >= len(words) or place in starts or words[place] in _NO_SURNAMES or not words[place].isalpha():
            continue
        if not _is_first_name(words[mention.start : mention.end], words[place], mention, index):
            continue
        capital = mixed and typed[mention.start].capital and typed[place].capital
        if capital or _is_name(words[place], index, lexicon) or _is_asked(mention, words, index, lexicon):
            found.append(mention)
    return tuple(found)


def stranger_in(
    words: Sequence[str],
    mentions: Sequence[ActorMention],
    strangers: Sequence[ActorMention],
    index: StoryIndex,
    lexicon: Lexicon,
) -> str | None:
    """Return the name of a stranger that no fact has: a surname after a first name, or a name after another's title.

    ``strangers`` are the mentions by such a first name. A title is that of "what did Captain Smith say".
    """
    surnames = (words[_surname_place(words, mention)] for mention in strangers)
    found = next((name for name in surnames if not index.has(lexicon.stem(name))), None)
    if found is not None:
        return found
    return next((name for mention in mentions if (name := _beside(mention, words, index, lexicon)) is not None), None)


def unknown_name(words: Sequence[str], typed: Sequence[Token], index: StoryIndex, lexicon: Lexicon) -> str | None:
    """Return the first word written as a name, with a capital inside the question, that no fact has; None where there is none."""
    if all(token.capital for token in typed):
        return None
    capitals = (word for word, token in zip(words[1:], typed[1:], strict=True) if token.capital and word.isalpha())
    return next((word for word in capitals if word not in _NO_NAMES and not index.has(lexicon.stem(word))), None)


def _surname_place(words: Sequence[str], mention: ActorMention) -> int:
    """Return where a surname after a first name would stand, behind particles such as "de"; it may be past the last word."""
    place = mention.end
    while place < len(words) and words[place] in _PARTICLES:
        place += 1
    return place


def _beside(mention: ActorMention, words: Sequence[str], index: StoryIndex, lexicon: Lexicon) -> str | None:
    """Return the name between a mention and a verb of saying, None where there is none: "did captain smith say"."""
    name, verb = (*words[mention.end : mention.end + 2], "", "")[:2]
    if verb not in SAY_VERBS or name in _NO_SURNAMES or index.has(lexicon.stem(name)):
        return None
    titled = set(words[mention.start : mention.end])
    names = {word.lower() for key in mention.actors for word in index.actors[key].name.split()}
    if titled.isdisjoint(names):
        return name
    return name if titled < names and lexicon.zipf(name) < _RARE and not name.endswith("ly") else None


def _is_first_name(called: Sequence[str], following: str, mention: ActorMention, index: StoryIndex) -> bool:
    """Return whether words are no more than the first name of each person who may be meant; what follows is none of theirs."""
    names = [words_of(index.actors[key].name) for key in mention.actors if index.actors[key].kind == "person"]
    first = len(names) == len(mention.actors) and all(name[:-1][:1] == tuple(called) for name in names)
    return first and not any(following in name for name in names)


def _is_asked(mention: ActorMention, words: Sequence[str], index: StoryIndex, lexicon: Lexicon) -> bool:
    """Return whether a word that the story has not stands between the first name after "did" and a verb of saying."""
    place = _surname_place(words, mention)
    before, name, verb = words[mention.start - 1], words[place], "".join(words[place + 1 : place + 2])
    between = mention.start > 0 and before in AUXILIARIES and verb in SAY_VERBS
    return between and not index.has(lexicon.stem(name)) and not name.endswith("ly")


def _is_name(word: str, index: StoryIndex, lexicon: Lexicon) -> bool:
    return lexicon.zipf(word) < _RARE and not lexicon.has_entry(word) and not index.has(lexicon.stem(word))
