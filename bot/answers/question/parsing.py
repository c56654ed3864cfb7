"""Reading a question: what it asks for, its content words with their weights, the actors, dates and quoted words in it.

Its spelling is mended first: only words that are neither English nor the story's, to the story's words before all others.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.answers.finding.index import StoryIndex
from bot.answers.finding.mentions import ActorMention
from bot.answers.question.asked_dates import AskedDate, find_dates, year_meant
from bot.answers.question.asking_words import asked_type
from bot.answers.question.expected_answer import (
    ALWAYS_TYPE,
    AUXILIARIES,
    SAY_VERBS,
    TYPE_WORDS,
    ExpectedAnswer,
    QuestionType,
    read_expected,
)
from bot.answers.question.foreign_strangers import unknown_foreign_name
from bot.answers.question.language import ENGLISH, language_of
from bot.answers.question.strangers import unknown_name, without_strangers
from bot.english.lexicon import Lexicon, base_forms
from bot.english.search_words import STOP_WORDS, Token, normalise, tokens
from bot.facts.stems import stemmed_words, stems

MAX_CHARACTERS = 500  # characters of a question that are read; people ask in fewer, and the rest is pasted text
_CONTRAST = 1.4  # exponent of a word's rarity: above 1, rare words count more than in proportion
TYPE_WEIGHT = 0.15  # factor of words that only state what is asked for
_MAX_SUBJECT = 8  # words from "did" to the verb of saying
_QUOTED = re.compile(r'"([^"]{4,})"|(?<!\w)\'([^\']{4,}(?:\'\w[^\']*)*)\'(?!\w)')
_SHORTEST = 4  # letters; a shorter word is one edit away from too many others
# Zipf frequency from which a word of so many letters is taken for English and left alone: short ones are often slips of others.
_ENGLISH = {4: 3.3, 5: 3.1, 6: 2.9, 7: 2.7}
_ENGLISH_LONG = 2.6
_IN_USE = 2.0  # Zipf frequency from which a word of the dictionary is no slip: "nabbed" is not "named", nor "parson" "persons"
_LONG = 7  # letters from which a rare word one edit from a much commoner one is a slip of it: "happend"
_COMMONER = 2.0  # Zipf points: a hundred times
_QUESTION_WORDS = ("when", "what", "how", "who", "where", "why", "which")
_RARE = 3.6  # Zipf frequency below which a first word, or one before "did" or "much", may be a question word with a slip: "wen"
_FOLLOW = frozenset({*AUXILIARIES, "much", "many", "long", "often", "far", "old"})


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of a question: as read, its stem, and how much it counts.

    ``name``: it belongs to a name; ``typing``: it only states what is asked for.
    """

    word: str
    stem: str
    weight: float
    name: bool = False
    typing: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question as read.

    ``words`` are its words as read, ``sequence`` their stems. ``actors`` are all that it may name, ``given`` those that it names
    by their names, who are therefore not what it asks for. ``speakers`` are the actors whose words are asked for, ``subject`` the
    stems of the words for them. ``stranger`` is a name that the story does not have, with the title or the first name of an
    actor that it has, ``unknown`` any word that is written as a name and that no fact has. Of one in another ``language`` than
    English its type, the names and the stems of its words are read, and ``words`` is empty: no rule about English words holds.
    """

    expected: ExpectedAnswer
    terms: tuple[Term, ...]
    sequence: tuple[str, ...]
    mentions: tuple[ActorMention, ...]
    actors: frozenset[str]
    given: frozenset[str]
    speakers: frozenset[str]
    subject: tuple[str, ...]
    dates: tuple[AskedDate, ...]
    corrections: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    stranger: str | None
    unknown: str | None
    language: str = ENGLISH


def read_question(text: str, index: StoryIndex, after: Sequence[str] = ()) -> Question:
    """Read a question about the story of an index, in the language of those ``after`` which it is asked if it tells none.

    Any text is read; one without words gives a question without terms.
    """
    lexicon, text = index.lexicon, normalise(text)[:MAX_CHARACTERS]
    read = tokens(text)
    language = language_of(text, after)
    if language != ENGLISH:
        return _read_foreign(text, read, language, index)
    words = [token.word for token in read]
    if index.is_english:
        words = correct_all(words, index.vocabulary, index.known_words, lexicon)
    corrections = tuple((token.word, word) for token, word in zip(read, words, strict=True) if token.word != word)
    expected = read_expected(words, quotes=_QUOTED.search(text) is not None)
    mentions, stranger = without_strangers(words, read, index.names.mentions(words), index)
    mentions += index.names.foreign_mentions(text, None, mentions)
    dates = []
    for date in find_dates(words):  # "last April" is the latest one that the story has
        known = (document.record.fact.date for document in index.documents)
        dates.append(replace(date, year=year_meant(date, known)) if date.latest else date)
    speakers, subject = _speakers(expected, words, mentions)
    return Question(
        expected=expected,
        terms=_terms(words, expected, mentions, dates, index),
        sequence=tuple(lexicon.stem(word) for word in words),
        mentions=mentions,
        actors=frozenset().union(*(mention.actors for mention in mentions)),
        given=frozenset().union(*(mention.actors for mention in mentions if mention.by_name)),
        speakers=speakers,
        subject=tuple(lexicon.stem(word) for word in subject),
        dates=tuple(dates),
        corrections=corrections,
        words=tuple(words),
        stranger=stranger if index.is_english else None,
        unknown=unknown_name(text, words, read, index) if index.is_english else None,
    )


def _read_foreign(text: str, read: Sequence[Token], language: str, index: StoryIndex) -> Question:
    """Read a question in another language than English: what it asks for, and whom it names."""
    words = [token.word for token in read]
    mentions = index.names.mentions(words)
    mentions += index.names.foreign_mentions(text, language, mentions)
    named = {stem for mention in mentions for word in words[mention.start : mention.end] for stem in stems(word, language)}
    terms = {stem: Term(word, stem, 1.0, name=stem in named) for word, stem in stemmed_words(text, language)}
    actors = frozenset().union(*(mention.actors for mention in mentions))
    return Question(
        expected=ExpectedAnswer(asked_type(text, language), wants_list=False),
        terms=tuple(terms.values()),
        sequence=tuple(words),
        mentions=mentions,
        actors=actors,
        given=actors,
        speakers=frozenset(),
        subject=(),
        dates=(),
        corrections=(),
        words=(),
        stranger=None,
        unknown=unknown_foreign_name(text, read, language, mentions, index),
        language=language,
    )


def _speakers(
    expected: ExpectedAnswer, words: Sequence[str], mentions: Sequence[ActorMention]
) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the actors whose words are asked for, and the words that name them."""
    start, end = _subject_span(words)
    if expected.type is not QuestionType.SAID:
        speaker = next((mention for mention in mentions if start <= mention.start < end), None)
        return (speaker.actors, ()) if speaker is not None else (frozenset(), ())
    named = [mention for mention in mentions if start <= mention.start < end]
    if not named:
        by = [mention for mention in mentions if mention.start and words[mention.start - 1] in ("by", "from")]
        verbs = [mention for mention in mentions if mention.end < len(words) and words[mention.end] in SAY_VERBS]
        if start < end and not by and not verbs:
            return frozenset(), tuple(word for word in words[start:end] if word not in STOP_WORDS)
        named = (by or verbs or list(mentions))[:1]
        if not named:
            return frozenset(), ()
        start, end = named[0].start, named[0].end
    return named[0].actors, tuple(word for word in words[start:end] if word not in STOP_WORDS)


def _subject_span(words: Sequence[str]) -> tuple[int, int]:
    """Return the span between "did" and the verb of saying, empty where there is none."""
    for position, word in enumerate(words):
        if word in ("did", "does", "do", "has", "have", "had"):
            for end in range(position + 1, min(position + _MAX_SUBJECT, len(words))):
                if words[end] in SAY_VERBS and end > position + 1:
                    return position + 1, end
    return 0, 0


def _terms(
    words: Sequence[str],
    expected: ExpectedAnswer,
    mentions: Sequence[ActorMention],
    dates: Sequence[AskedDate],
    index: StoryIndex,
) -> tuple[Term, ...]:
    lexicon = index.lexicon
    dated = {position for date in dates for position in range(date.start, date.end)}
    named = {position for mention in mentions for position in range(mention.start, mention.end)}
    typing = TYPE_WORDS[expected.type]
    terms: dict[str, Term] = {}
    for position, word in enumerate(words):
        if position in dated or word in STOP_WORDS:
            continue
        stem = lexicon.stem(word)
        weight = (0.5 * index.rarity(stem) + 0.5 * lexicon.unusual(word)) ** _CONTRAST
        states_type = (word in typing or word in ALWAYS_TYPE) and position not in named
        if states_type:
            weight *= TYPE_WEIGHT
        term = Term(word, stem, weight, position in named, states_type)
        if stem not in terms or terms[stem].weight < weight:
            terms[stem] = term
    return tuple(terms.values())


def correct_all(words: Sequence[str], vocabulary: Sequence[str], known: frozenset[str], lexicon: Lexicon) -> list[str]:
    """Return the words of a question as they were meant; ``vocabulary`` has the story's words in order, ``known`` as a set."""
    corrected = [correct(word, vocabulary, known, lexicon) for word in words]
    if words.count("were") == 1 and words[0] == "were" and AUXILIARIES.issuperset(words[1:2]):
        corrected[0] = "where"
    for position, word in enumerate(words):
        following = corrected[position + 1] if corrected[position + 1 :] else ""
        if word in known or word in STOP_WORDS:
            continue
        if word.endswith("s") and word[:-1] in known and lexicon.zipf(word) < _RARE:
            corrected[position] = word[:-1]
        elif lexicon.zipf(word) < _RARE and (not position or following in _FOLLOW):
            # First that of which only a letter was left out: "wher" is no "when".
            near = [candidate for candidate in _QUESTION_WORDS if OSA.distance(word, candidate) == 1]
            corrected[position] = min(near, key=lambda candidate: len(candidate) <= len(word), default=corrected[position])
    return corrected


def correct(word: str, vocabulary: Sequence[str], known: frozenset[str], lexicon: Lexicon) -> str:
    """Return the word that was meant, which may be the word itself."""
    if len(word) < _SHORTEST or not word.isalpha() or word in known or word in STOP_WORDS or not word.isascii():
        return word
    zipf = lexicon.zipf(word)
    if len(word) >= _LONG and zipf < _RARE and not any(map(lexicon.knows, base_forms(word))):
        commoner = lexicon.commonest(_edits(word), least=zipf + _COMMONER)
        if commoner is not None:
            return commoner
    if zipf >= _ENGLISH.get(len(word), _ENGLISH_LONG) or (zipf >= _IN_USE and lexicon.has_entry(word)):
        return word
    near = _nearest(word, vocabulary)
    # A word that is in use but in no dictionary is a name: "Varner" is no slip of "Warner".
    if near is not None and (near[0] == word[0] or not lexicon.knows(word) or lexicon.has_entry(word)):
        return near
    if lexicon.knows(word) and zipf > 2.2:
        return word
    return lexicon.commonest(_edits(word), least=3.5) or word


def _nearest(word: str, vocabulary: Sequence[str]) -> str | None:
    """Return the story's word with the least distance; another first letter costs more, letters merely in another order less."""
    allowed = 1 if len(word) <= 5 else 2 if len(word) <= 8 else 3
    matches = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=allowed, limit=8)
    costs = (
        (distance + (0.0 if candidate[0] == word[0] else 0.7) - (0.6 if sorted(candidate) == sorted(word) else 0.0), candidate)
        for candidate, distance, _ in matches
        if len(candidate) >= _SHORTEST - 1
    )
    cost, nearest = min(costs, default=(math.inf, ""))
    return nearest if cost <= allowed else None


def _edits(word: str) -> set[str]:
    """Return what is one edit away from a word, as Norvig has it."""
    splits = [(word[:position], word[position:]) for position in range(len(word) + 1)]
    deletes = {left + right[1:] for left, right in splits if right}
    swaps = {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    replaces = {left + letter + right[1:] for left, right in splits if right for letter in ascii_lowercase}
    inserts = {left + letter + right for left, right in splits for letter in ascii_lowercase}
    return deletes | swaps | replaces | inserts
