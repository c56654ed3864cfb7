"""Whose a quotation is in another language than English, where a pattern of that language makes it certain.

A name and a verb of saying have to stand right beside the quotation: „…“, sagte Anna Sommer; « … », a déclaré Anne Leroy;
«…», — сказал Иван Летов; Anna Sommer: „…“; 「…」と佐藤市長は述べた. Whatever else says it is left open: a pronoun, a role
without a name, two speakers, a name in an oblique case.

In: a text, its quotations, its language, and the names that the story has for its actors. Out: a name for each, None for open.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from anyascii import anyascii

from bot.english.first_names import is_first_name, is_womans
from bot.english.quotation_marks import Span
from bot.multilingual.compared_words import is_unspaced
from bot.multilingual.saying import (
    ARTICLES,
    CLAUSE_OPENERS,
    CLAUSES,
    COURTESIES,
    JOINING,
    NO_OPENERS,
    NO_ROLES,
    NO_SURNAMES,
    NOTHING,
    PARTICLES,
    ROLES_IN_CAPITALS,
    VERBS,
    VERBS_BEHIND,
)

_WORD = re.compile(r"\s*(?P<word>[^\W\d_](?:[\w.’'-]*\w)?(?:(?<=\b\w)\.)?)")
_REACH = 120  # characters before and behind a quotation in which it is said whose it is
_MAX_NAME = 4  # words of a name
_FAMILY = 2  # signs of most family names in Chinese characters, which stand first
_MIN_WHOLE = 4  # signs of a whole name of which the first two surely are the family's
_MIN_STRANGER = 4  # letters of a name that nobody in the story has
_OBLIQUE = {"ru": ("у", "ю", "е", "ы", "и"), "pl": ("owi", "ie", "ii", "ej", "emu")}
"""Endings of first names in the genitive and the dative: of or to somebody."""


def speakers_of(
    text: str,
    spans: Sequence[Span],
    language: str,
    names: Collection[str] = (),
    people: Collection[str] = (),
    *,
    alone: bool = False,
) -> tuple[str | None, ...]:
    """Return who says each quotation of a text, as the story names it or as the text does; None where that is not certain.

    ``names`` are those of the story's actors, ``people`` those of persons among them, whose last names alone are known, too.
    ``alone``: behind a verb of saying a single word with a capital is a name, too, in languages that write roles without one.
    """
    code = language.partition("-")[0].lower()
    known = {**dict(_last_names(people)), **{_folded(name): name for name in names}}
    speakers = []
    for index, span in enumerate(spans):
        start = max(spans[index - 1].whole[1] if index else 0, span.whole[0] - _REACH)
        end = min(spans[index + 1].whole[0] if index + 1 < len(spans) else len(text), span.whole[1] + _REACH)
        before, behind = text[start : span.whole[0]], text[span.whole[1] : end]
        # A line break parts what is said of one quotation from the rest.
        before, behind = before.rpartition("\n")[2], behind.partition("\n")[0]
        begins = start == 0 or text[start - 1] == "\n" or "\n" in text[start : span.whole[0]]
        speaker = _speaker(before if not begins else f"\n {before}", behind, code, known)
        speakers.append(speaker or (_stranger(behind, code) if alone else None))
    return tuple(speakers)


def people_in(text: str, language: str) -> Iterator[str]:
    """Yield the whole names of persons that a text surely has: a first name and what follows it with capitals.

    A country is none, nor what ends with the name of one: Costa Rica, Santiago de Chile.
    """
    code, read = language.partition("-")[0].lower(), 0
    if code not in VERBS:
        return
    for match in _WORD.finditer(text):
        start, first = match.start("word"), match["word"]
        if start < read or not first[:1].isupper() or not _is_nominative(first, code):
            continue
        words = _capitalised(text, start, code)
        name = _resolved([word for word, _ in words], code, {})
        called = name.split() if name is not None and not text.startswith(("'", "’"), words[-1][1]) else []
        if name is not None and called[:1] == [first] and _countries(code).isdisjoint((name, called[-1])):
            read = words[-1][1]
            yield name


def _is_nominative(word: str, language: str) -> bool:
    """Return whether a word is a first name as it is called, and not the genitive of a man's: Анна, but not Ивана."""
    plain = anyascii(word)
    of_man = language in _OBLIQUE and plain.endswith("a") and is_womans(plain[:-1]) is False
    return is_first_name(plain) and not of_man and word.lower() not in ARTICLES.get(language, ())


@lru_cache
def _countries(language: str) -> frozenset[str]:
    """Return the names of countries in a language, by CLDR (Babel)."""
    from babel import Locale

    return frozenset(map(str, Locale.parse(language).territories.values()))


def _last_names(people: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the last name of each person with the whole name, but for those that several have."""
    several = Counter(_folded(name.split()[-1]) for name in people)
    for name in people:
        last = name.split()[-1]
        if " " in name and several[_folded(last)] == 1 and last[:1] == last[:1].upper():
            yield _folded(last), name
    whole = [name for name in people if len(name) == _MIN_WHOLE and is_unspaced(name)]
    several = Counter(name[:_FAMILY] for name in whole)
    yield from ((name[:_FAMILY], name) for name in whole if several[name[:_FAMILY]] == 1)


def _speaker(before: str, behind: str, language: str, known: dict[str, str]) -> str | None:
    """Return who is named right before or right behind a quotation; None where nobody is, or each side names another."""
    if language in CLAUSES:
        candidates = {_by_clause(before, behind, language, known)}
    elif language in VERBS:
        candidates = {_behind(behind, language, known), _before(before, behind, language, known)}
    else:
        candidates = set()
    candidates.discard(None)
    return candidates.pop() if len(candidates) == 1 else None


def _stranger(text: str, language: str) -> str | None:
    """Return the single word with a capital right behind the verb that follows a quotation: «…», — заявила Смирнова."""
    verb = _pattern(language).match(text) if language in VERBS and language not in ROLES_IN_CAPITALS else None
    words = _capitalised(text, verb.end(), language) if verb is not None else []
    following = _WORD.match(text[words[0][1] :]) if len(words) == 1 else None
    if len(words) != 1 or (following is not None and following["word"] in JOINING[language]):
        return None
    word = words[0][0]
    telling = len(word) >= _MIN_STRANGER and not _is_acronym(word) and word.rstrip(".") not in COURTESIES
    return word if telling and not word.endswith(_OBLIQUE.get(language, ())) else None


def _behind(text: str, language: str, known: dict[str, str]) -> str | None:
    """Return who is named behind the verb that follows a quotation."""
    verb = _pattern(language).match(text)
    if verb is None:
        return None
    position = verb.end()
    for _ in range(3):  # an article, and a role of a word or two
        word = _WORD.match(text, position)
        if word is None:
            return None
        lower = word["word"]
        if not lower[:1].islower():
            break
        first = position == verb.end()
        if (first and lower not in ARTICLES.get(language, ())) or (not first and lower in NO_ROLES[language]):
            return None
        position = word.end()
    after_article = text[verb.end() : position].split()
    if len(after_article) == 1 and not after_article[0].endswith(("'", "’")):
        return None  # the article alone: Portuguese "disse a Ana" may be to her
    return _name_at(text, position, language, known)


def _before(text: str, behind: str, language: str, known: dict[str, str]) -> str | None:
    """Return who is named at the beginning of a sentence that a quotation ends: NAME: „…“, NAME sagte: „…“."""
    line = text.rstrip()
    turkish = VERBS_BEHIND.get(language)
    if turkish is not None and turkish.match(behind):
        introduced = line.removesuffix(",")
    elif line.endswith((":", "：")):
        introduced = _verb_at_end(language).sub("", line[:-1].rstrip())
    elif (verb := _verb_with_clause(language).search(line)) is not None:
        introduced = line[: verb.start()]
    else:
        return None
    starts = [match.end() for match in re.finditer(r"[.!?…»”\n]\s+", introduced)]
    if not starts and not text.startswith("\n"):
        return None
    begin = starts[-1] if starts else 0
    words = _capitalised(introduced, begin, language)
    if not words or introduced[words[-1][1] :].strip():
        return None
    name = _resolved([word for word, _ in words], language, known)
    # Any first word of a sentence has a capital: Según Ana García, An Anna Sommer.
    opens = words[0][0]
    if name is None or opens in NO_OPENERS:
        return None
    begins = name.split()[0] == opens
    is_known = _folded(name) in known or _folded(" ".join(word for word, _ in words)) in known
    return name if is_known or (is_first_name(opens) if begins else language in ROLES_IN_CAPITALS) else None


def _name_at(text: str, position: int, language: str, known: dict[str, str]) -> str | None:
    words = _capitalised(text, position, language)
    if not words:
        return None
    rest = text[words[-1][1] :]
    following = _WORD.match(rest)
    if following is not None and (following["word"] in JOINING[language] or rest.startswith(("'", "’"))):
        return None
    comma = re.match(r"\s*,\s*", rest)
    listed = _WORD.match(rest, comma.end()) if comma else None
    if listed is not None and listed["word"][:1].isupper() and re.match(rf"[^.]*\b(?:{'|'.join(JOINING[language])})\b", rest):
        return None  # a list of speakers
    return _resolved([word for word, _ in words], language, known)


def _capitalised(text: str, position: int, language: str) -> list[tuple[str, int]]:
    """Return the words with a capital from a place on, with particles between them, each with where it ends."""
    words: list[tuple[str, int]] = []
    pending: list[tuple[str, int]] = []
    while (match := _WORD.match(text, position)) is not None:
        word, position = match["word"], match.end()
        if word[:1].isupper():
            words += [*pending, (word, position)]
            pending = []
        elif words and word in PARTICLES:
            pending.append((word, position))
        else:
            break
    return words


def _resolved(words: list[str], language: str, known: dict[str, str]) -> str | None:
    """Return the name that a run of capitalised words is; None where it may be a role, a body or a name in another case."""
    for index in range(len(words) if language in ROLES_IN_CAPITALS else min(1, len(words))):
        name = known.get(_folded(" ".join(words[index:])))
        if name is not None and not (index and is_first_name(words[index - 1])):  # Maria Holt is not Karin
            return name
    if not 2 <= len(words) <= _MAX_NAME or words[0].rstrip(".") in COURTESIES or any(_is_acronym(word) for word in words):
        return None
    first = next((index for index, word in enumerate(words[:-1]) if is_first_name(word)), None)
    if language in ROLES_IN_CAPITALS and first is None:
        return None
    name_words = words[first or 0 :] if language in ROLES_IN_CAPITALS else words
    middle = [word for word in name_words[1:-1] if word[:1].isupper()]
    if language in ROLES_IN_CAPITALS and not all(is_first_name(word) or len(word.rstrip(".")) == 1 for word in middle):
        return None
    if name_words[0].endswith(_OBLIQUE.get(language, ())) or name_words[-1].lower().endswith(NO_SURNAMES):
        return None
    return " ".join(name_words)


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper() and "." not in word


def _by_clause(before: str, behind: str, language: str, known: dict[str, str]) -> str | None:
    """Return the actor of the story who is named in a clause of a language whose names have no capitals."""
    if not known:
        return None
    names = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    for pattern_before, pattern_behind in CLAUSES[language]:
        match_before = re.search(pattern_before.replace("NAME", f"(?P<name>{names})") + r"\s*$", _folded(before))
        match_behind = re.match(pattern_behind.replace("NAME", f"(?P<name>{names})"), _folded(behind))
        if match_before is not None and match_behind is not None:
            groups = match_before.groupdict() | match_behind.groupdict()
            return known[groups["name"]]
    return None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


@lru_cache
def _pattern(language: str) -> re.Pattern[str]:
    """Return what the words right behind a quotation begin with that say that somebody says it."""
    return re.compile(rf"\s*[,.]?\s*[—–-]?\s*(?:{VERBS[language]})(?=\s)")


@lru_cache
def _verb_with_clause(language: str) -> re.Pattern[str]:
    """Return what a sentence has before a quotation that is a clause of it: "Ruiz dijo que «…»"."""
    return re.compile(rf"\s+(?:{VERBS[language]}),?\s+(?:{CLAUSE_OPENERS.get(language, NOTHING)})$")


@lru_cache
def _verb_at_end(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{VERBS[language]})$")
