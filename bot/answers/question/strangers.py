"""People whom the story does not have, under a name that reminds of one of its own: a Tom Jones where there is a Tom Smith.

In: the words of a question, as read and as typed, and the actors that they seem to name. Out: the mentions that name somebody of
the story, and the stranger's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise

from bot.answers.finding.index import StoryIndex
from bot.answers.finding.mentions import ActorMention
from bot.answers.question.expected_answer import AGENTS, AUXILIARIES, SAY_VERBS, VAGUE
from bot.english.calendar import MONTH_NUMBERS, WEEKDAYS
from bot.english.first_names import is_first_name
from bot.english.name_words import TITLE_PARTS
from bot.english.search_words import STOP_WORDS, Token, words_of

_SENTENCE_END = frozenset(".!?:;\n")
_RARE = 4.0  # Zipf frequency below which a word after a first name may be a surname
_ADVERBS = frozenset("always earlier first initially instead last later next often soon today yesterday".split())
_PARTICLES = frozenset("al bin da de del den der di dos du el ibn la le ter van von".split())  # before a surname
_NO_NAMES = STOP_WORDS.union(TITLE_PARTS, MONTH_NUMBERS, map(str.lower, WEEKDAYS))
_NO_SURNAMES = STOP_WORDS | VAGUE | AGENTS | SAY_VERBS | _ADVERBS


def without_strangers(
    words: Sequence[str], typed: Sequence[Token], named: Sequence[ActorMention], index: StoryIndex
) -> tuple[tuple[ActorMention, ...], str | None]:
    """Return the mentions that name somebody of the story, and the name of a stranger that no fact has.

    A stranger has the first name of an actor and another surname, be it another actor's, or an actor's title: "what did Captain
    Smith say". A surname is written with a capital, unless all words are, or else is a rare word that neither a dictionary nor
    the story has, or stands where nothing else does: "did john smith say".
    """
    mixed = _mixed_names(words, typed, named, index)
    starts = {mention.start for mention in named}
    strangers, surnames = [mention for pair in mixed for mention in pair], []
    for mention in named:
        position = _surname_at(mention, words)
        if position not in starts and _is_strangers(mention, position, words, typed, index):
            strangers.append(mention)
            surnames.append(words[position])
    for mention in named:
        if mention not in strangers and (first := _before(mention, words, typed, index)):
            strangers.append(mention)
            surnames.append(first)
    mentions = tuple(mention for mention in named if mention not in strangers)
    if mixed:
        return mentions, " ".join(words[mixed[0][0].start : mixed[0][1].end])
    unknown = (name for name in surnames if not index.has(index.lexicon.stem(name)))
    of_title = (_beside(mention, words, index) for mention in mentions)
    return mentions, next(chain(unknown, filter(None, of_title)), None)


def _surname_at(mention: ActorMention, words: Sequence[str]) -> int:
    """Return where a surname may stand behind a name: behind particles such as "de"."""
    position = mention.end
    while position < len(words) and words[position] in _PARTICLES:
        position += 1
    return position


def _is_strangers(mention: ActorMention, position: int, words: Sequence[str], typed: Sequence[Token], index: StoryIndex) -> bool:
    """Return whether the word at a position makes a stranger's name of the first name that a mention is."""
    if position >= len(words) or words[position] in _NO_SURNAMES or not words[position].isalpha():
        return False
    surname, before, after = words[position], words[: mention.start][-1:], words[position + 1 :][:1]
    if not _is_first_name(words[mention.start : mention.end], surname, mention, index):
        return False
    if typed[mention.start].capital and typed[position].capital and not all(token.capital for token in typed):
        return True
    if index.has(index.lexicon.stem(surname)):
        return False
    rare = index.lexicon.zipf(surname) < _RARE and not index.lexicon.has_entry(surname)
    between = AUXILIARIES.intersection(before) and SAY_VERBS.intersection(after) and not surname.endswith("ly")
    return rare or bool(between)


def _before(mention: ActorMention, words: Sequence[str], typed: Sequence[Token], index: StoryIndex) -> str | None:
    """Return the first name or initial before a person's name, where it is nobody's in the story: in "Jean-Luc Smith" of Mary.

    Both are written with a capital, unless the first name is a rare word; a title is no name, nor is a word of the story.
    """
    position, lexicon = mention.start - 1, index.lexicon
    if position < 1 or not mention.by_name or not mention.actors <= index.names.people:
        return None  # the first word has a capital in every sentence
    name, capitals = words[position], typed[position].capital and typed[mention.start].capital
    if len(name) == 1 and name.isalpha() and capitals and typed[position].end + 2 == typed[mention.start].start:
        initials = {word[0] for key in mention.actors for word in words_of(index.actors[key].name)}
        return None if name in initials else name
    beside = typed[position].end + 1 == typed[mention.start].start
    rare = lexicon.zipf(name) < _RARE and not lexicon.has_entry(name)
    if not beside or name in _NO_NAMES or index.has(lexicon.stem(name)) or not is_first_name(name):
        return None
    return name if capitals or rare else None


def unknown_name(text: str, words: Sequence[str], typed: Sequence[Token], index: StoryIndex) -> str | None:
    """Return the first word written as a name, with a capital inside a sentence, that no fact has; None where there is none.

    ``text`` is the question in which ``typed`` stands; titles ("Mr") are no names.
    """
    if all(token.capital for token in typed):
        return None
    inside = (
        word
        for word, (before, token) in zip(words[1:], pairwise(typed), strict=True)
        if token.capital and word.isalpha()
        if before.word in TITLE_PARTS or _SENTENCE_END.isdisjoint(text[before.end : token.start])
    )
    return next((word for word in inside if word not in _NO_NAMES and not index.has(index.lexicon.stem(word))), None)


def _mixed_names(
    words: Sequence[str], typed: Sequence[Token], mentions: Sequence[ActorMention], index: StoryIndex
) -> list[tuple[ActorMention, ActorMention]]:
    """Return the mentions by a first name that the surname of somebody else follows directly: "mark mccain" is nobody."""
    pairs = []
    for first, last in pairwise(mentions):
        beside = first.end == last.start and typed[first.end - 1].end + 1 == typed[last.start].start
        if beside and _is_first_name(words[first.start : first.end], words[last.start], first, index):
            surnames = [words_of(index.actors[key].name)[1:] for key in last.actors if index.actors[key].kind == "person"]
            called = tuple(words[last.start : last.end])
            if len(surnames) == len(last.actors) and all(name[-len(called) :] == called for name in surnames):
                pairs.append((first, last))
    return pairs


def _beside(mention: ActorMention, words: Sequence[str], index: StoryIndex) -> str | None:
    """Return the name between a mention and a verb of saying, None where there is none: "did captain smith say"."""
    name, verb = (*words[mention.end : mention.end + 2], "", "")[:2]
    if verb not in SAY_VERBS or name in _NO_SURNAMES or index.has(index.lexicon.stem(name)):
        return None
    titled = set(words[mention.start : mention.end])
    names = {word.lower() for key in mention.actors for word in index.actors[key].name.split()}
    if titled.isdisjoint(names):
        return name
    return name if titled < names and index.lexicon.zipf(name) < _RARE and not name.endswith("ly") else None


def _is_first_name(called: Sequence[str], following: str, mention: ActorMention, index: StoryIndex) -> bool:
    """Return whether words are no more than the first name of each person who may be meant; what follows is none of theirs."""
    names = [words_of(index.actors[key].name) for key in mention.actors if index.actors[key].kind == "person"]
    first = len(names) == len(mention.actors) and all(name[:-1][:1] == tuple(called) for name in names)
    return first and not any(following in name for name in names)
