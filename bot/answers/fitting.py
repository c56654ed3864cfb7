"""Whether a piece of a fact may be a short answer: of the kind that is asked for, and more than the question's own words.

In: the piece, the question and the fact. Out: whether it may.
"""

from __future__ import annotations

import re
from itertools import pairwise

from bot.answers.finding.documents import Document, actor_key
from bot.answers.finding.mentions import NameTable
from bot.answers.question.asked_dates import find_dates
from bot.answers.question.expected_answer import AGENTS, AUXILIARIES, QuestionType
from bot.answers.question.language import ENGLISH
from bot.answers.question.parsing import Question
from bot.english.amounts import AmountKind, find_amounts, fits
from bot.english.calendar import MONTH_ABBREVIATIONS, MONTHS
from bot.english.name_words import BODY_NOUNS, GOVERNMENT, MEN, PEOPLE, ROLE_ENDINGS, ROLES, WOMEN
from bot.english.numbers import SMALL_NUMBERS, TENS
from bot.english.search_words import STOP_WORDS, stem, words_of

_JOINING_AMOUNTS = frozenset({"to", "and", "or", "of", "by", "the"})  # between the two of a range or of a vote
_UNDATED = frozenset({QuestionType.WHERE, QuestionType.WHO})  # types that no date answers; an amount may look like a year
_PIECES = frozenset({*_UNDATED, QuestionType.WHEN, QuestionType.HOW_MUCH})  # types that no whole sentence answers in short
_MIN_SENTENCE = 6  # words of a fact that is a sentence; a shorter one may be a list of names
# A piece with none of these tells no time, or no amount: "a catch", "briskly".
_TIME = re.compile(
    r"\d|\b(?:\w+day|days?|weeks?|fortnights?|months?|years?|hours?|minutes?|seconds?|decades?|century|centuries|morning|noon|midday"
    r"|afternoon|evening|night|tonight|midnight|dawn|dusk|sunrise|sunset|tomorrow|christmas|easter|new year|summer|autumn|winter"
    r"|spring|now|then|once|later|earlier|early|late|soon|ago|before|after|afterwards|since|until|till|during|when|while"
    r"|recently|immediately|never|always|last|next|past"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|\w+tieth"
    rf"|{'|'.join((*MONTHS, *MONTH_ABBREVIATIONS, *SMALL_NUMBERS, *TENS))})\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"\d|[½¼¾⅓⅔]|\b(?:no|none|nobody|nothing|all|every|each|both|most|many|much|few|several|single|double|twice|triple|pair|couple"
    r"|half|halves|third|thirds|quarters?|dozens?|hundreds?|thousands?|millions?|billions?|lots?|whole|entire|scores"
    rf"|{'|'.join((*SMALL_NUMBERS, *TENS))})",
    re.IGNORECASE,
)
_SOMEBODY = AGENTS | ROLES | PEOPLE | MEN | WOMEN | BODY_NOUNS | GOVERNMENT
_ANYBODY = PEOPLE | {"folk", "men", "people", "persons", "women"}  # whoever is counted
_THINGS = frozenset({"place", "other"})  # kinds of actors who do nothing themselves
_NAMED = re.compile(r"(?<=\w )[A-Z]")  # a capital that does not only begin a sentence
_DOER = ("er", "ers", "ian", "ians", "ist", "ists", "or", "ors")  # endings of words for people, and of some for things
# Kinds that an amount may be of as well: of "how many of them" a share is told, and one may be deep in debt, far behind schedule,
# dismissed fast or punished heavily; a knot may be counted.
_AS_WELL: dict[AmountKind, tuple[AmountKind, ...]] = {
    "age": ("duration",),
    "count": ("percent",),
    "distance": ("count", "duration", "money"),
    "duration": ("count", "distance"),
    "money": ("area", "count", "distance", "percent", "speed", "temperature", "volume", "weight"),
    "speed": ("count", "distance", "duration"),
    "weight": ("money",),
}
_MEASURED = frozenset("closely costly dearly early promptly quickly rapidly speedily swiftly".split())  # what amounts answer
_COUNTED = re.compile(r"\bhow many (?:more )?(\w+)(?: (\w+))?")


def is_of_kind(cut: str, question: Question, document: Document) -> bool:
    """Return whether a piece may be of the kind that is asked for."""
    asked = question.expected.type
    if not document.record.story.is_english:
        return True  # what tells a kind are words of English
    if asked in _UNDATED and is_date(cut):
        return False
    if asked in _PIECES and _is_whole_sentence(cut, document):
        return False
    match asked:
        case QuestionType.WHEN:
            return _TIME.search(cut) is not None
        case QuestionType.WHO:
            return _is_somebody(cut, document)
        case QuestionType.HOW_MUCH:
            return _is_amount(cut, question, document)
        case QuestionType.WHAT if question.words[:1] == ("how",):
            in_what_way = any(word in AUXILIARIES or word.endswith("ly") for word in question.words[1:2] if word not in _MEASURED)
            return not (in_what_way and _is_only_an_amount(cut))
    return True


def is_given(cut: str, question: Question, document: Document) -> bool:
    """Return whether a piece only repeats what the question names, and so tells nothing; of "A or B" it may have chosen."""
    story, words = document.record.story.id, {*question.words, *STOP_WORDS}
    for actor in document.record.involved:
        if actor_key(story, actor.id) in question.given:
            words.update(words_of(" ".join((actor.name, *actor.aliases, actor.role or ""))))
    if "or" in question.words:
        return False
    stems = {*question.sequence, *map(stem, words)}
    return all(word in words or stem(word) in stems for word in words_of(cut))


def is_beside(cut: str, question: Question, document: Document) -> bool:
    """Return whether a piece cannot be what a question in another language asks for, where that is certain without its grammar.

    A day without a figure, a reason in a fact whose words for one nobody knows, a whole sentence, and a piece that repeats the
    question are left out. "Wer ist Oakes?" asks what Oakes is and not whose, as is read of an English question by its words
    (`asks_identity`).
    """
    if question.language == ENGLISH:
        return False
    asked = question.expected.type
    unknown_reason = asked is QuestionType.WHY and not document.record.story.is_english
    if unknown_reason or _is_whole_sentence(cut, document) or (asked is QuestionType.WHEN and not any(map(str.isdigit, cut))):
        return True
    if asked is QuestionType.WHO:
        record = document.record
        kinds = {actor.kind for actor in record.involved if cut in (actor.name, *actor.aliases)}
        given = {actor.kind for actor in record.involved if actor_key(record.story.id, actor.id) in question.given}
        if "person" in given and "person" not in kinds:
            return True
    return all(any(typed.startswith(word) for typed in question.words) for word in words_of(cut))


def _is_whole_sentence(cut: str, document: Document) -> bool:
    words = words_of(cut)
    return len(words) >= _MIN_SENTENCE and words == words_of(document.record.fact.text)


def is_date(cut: str) -> bool:
    """Return whether a piece is nothing but a date."""
    words = words_of(cut)
    dated = {index for date in find_dates(words) for index in range(date.start, date.end)}
    return bool(dated) and all(index in dated or word in STOP_WORDS for index, word in enumerate(words))


def _is_only_an_amount(cut: str) -> bool:
    return any(amount.start == 0 and amount.end == len(cut) and amount.kind != "count" for amount in find_amounts(cut))


def _is_somebody(cut: str, document: Document) -> bool:
    """Return whether a piece names or describes people or a body, and not only a thing: "the bakery", "a borrowed cloak"."""
    words = words_of(cut)
    actors = {actor.id: actor for actor in document.record.involved}
    named = [mention.actors for mention in NameTable(actors).mentions(words)]
    if named:
        return any(actors[key].kind not in _THINGS for keys in named for key in keys)
    singular = {word.removesuffix("s") for word in words}
    if not _SOMEBODY.isdisjoint({*words, *singular}) or any(word.endswith(ROLE_ENDINGS) for word in singular):
        return True
    return words[:1] not in (("a",), ("an",)) or words[-1].endswith(_DOER) or _NAMED.search(cut) is not None


def _is_amount(cut: str, question: Question, document: Document) -> bool:
    """Return whether a piece is one amount, of the unit that is asked for and of the things that are counted."""
    amounts, date = find_amounts(cut), document.record.fact.date
    if not _QUANTITY.search(cut) or (date is not None and cut == date.words()):
        return False
    # Amounts of several things; those of a range or a vote stand side by side.
    between = (words_of(cut[one.end : other.start]) for one, other in pairwise(amounts))
    if any(not _JOINING_AMOUNTS.issuperset(words) for words in between):
        return False
    wanted = question.expected.amounts
    allowed = {*wanted, *(kind for wanted_kind in wanted for kind in _AS_WELL.get(wanted_kind, ()))}
    bare = any(amount.kind == "count" and amount.noun is None for amount in amounts)
    if amounts and not bare and not any(fits(amount, allowed) for amount in amounts):
        return False
    counted = _COUNTED.search(" ".join(question.words))
    if counted is None or counted[1] in _ANYBODY or document.lexicon.stem(counted[1]) not in document.text:
        return True
    # Where the fact speaks of what is counted, a number of something else is none of it.
    nouns = {None, *map(stem, filter(None, counted.groups()))}
    return all(amount.noun in nouns for amount in amounts)
