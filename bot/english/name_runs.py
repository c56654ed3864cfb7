"""Names in a text: runs of words with capital letters, with what stands around each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.english.name_words import (
    AFTER_NAMES,
    BODY_JOINERS,
    HEADS_BEFORE_OF,
    NAME_JOINERS,
    NATION_ENDINGS,
    NEVER_ALONE,
    NOT_NAMES,
    ORGANISATION_HEADS,
    OUTLETS,
    PEOPLE,
    PERSON_TITLES,
    PLACES,
    PLURAL_TITLES,
    ROLES,
    SURNAME_PARTICLES,
    TITLE_PARTS,
)
from bot.english.sentences import TextToken
from bot.english.word_classes import SAYING, word_set

_MAX_TOKENS = 9  # tokens of a name
# What may belong to its members by name; of the others, such as the board, any body has one: Aerolift's Board.
_OWNED_BODIES = ORGANISATION_HEADS - word_set("board company team office government cabinet police")
_NOUNS_FOR_PEOPLE = PEOPLE | ROLES | PERSON_TITLES
_HEADS_BEFORE_FOR = word_set(
    "committee centre center institute campaign foundation department ministry society association coalition"
)
_BEFORE_TITLES = word_set(
    "former acting deputy interim then ex shadow democratic republican conservative labour liberal independent"
)


@dataclass(frozen=True, slots=True)
class NameRun:
    """Words that make a name: from ``start`` to ``end`` among the tokens; ``titles`` are those that stand before a person's name.

    ``first`` says that it begins a sentence, where any word has a capital letter.
    """

    start: int
    end: int
    words: tuple[str, ...]
    titles: tuple[str, ...] = ()
    first: bool = False

    @property
    def text(self) -> str:
        """The name without titles."""
        return re.sub(r" (?=['’])", "", " ".join(self.words))

    @property
    def is_body(self) -> bool:
        """Whether its words are those of an organisation."""
        return len(self.words) > 1 and any(plain(word) in ORGANISATION_HEADS for word in self.words)


def name_runs(sentence: Sequence[TextToken]) -> Iterator[NameRun]:
    """Return the names of a sentence, titles taken off; what begins it with a capital alone may be none."""
    index = 0
    while index < len(sentence):
        token, following = sentence[index], sentence[index + 1].text if index + 1 < len(sentence) else ""
        if token.text.startswith("@") and len(token.text) > 1:
            yield NameRun(index, index + 1, (token.text,))
        word = re.split("['’]", token.lower)[0].rstrip(".")  # I've, it’s, Jan.
        begins = token.capital and (word not in NOT_NAMES or is_abbreviation(token.text))
        # R-Ohio stands behind the name of a senator, RT before that of whom a message is from.
        if not begins or re.fullmatch(r"[rdi]-[a-z.]+", token.lower) or (token.text == "RT" and following.startswith("@")):
            index += 1
            continue
        end = _end(sentence, index)
        yield from _run(sentence, index, end)
        index = end


def plain(word: str) -> str:
    """Return a word as it is compared: lower case, no full stop at its end."""
    return word.lower().rstrip(".")


def is_abbreviation(word: str) -> bool:
    """Return whether a word is made of capital letters: RT, U.S., DOJ."""
    letters = word.replace(".", "").replace("&", "")
    return 2 <= len(letters) <= 6 and letters.isupper() and letters.isalpha()


def is_outlet(name: str) -> bool:
    """Return whether a name is that of a newspaper, a broadcaster or an agency, or may be one in capital letters: the BBC."""
    words = {plain(word) for word in name.split()}
    return bool(words & OUTLETS) or "agency" in words or is_abbreviation(name)


def _names_nation(word: str) -> bool:
    """Return whether a word may be an adjective of a nation or a party."""
    return word.lower().endswith(NATION_ENDINGS) or plain(word) in _BEFORE_TITLES


def _end(sentence: Sequence[TextToken], start: int) -> int:
    """Return where a run ends: small words go on where a name needs them."""
    index = start + 1
    while index < len(sentence) and index - start < _MAX_TOKENS:
        token = sentence[index]
        following = sentence[index + 1] if index + 1 < len(sentence) else None
        word = plain(following.text) if following is not None and following.capital else ""
        numbered = token.kind == "word" and re.fullmatch(r"\d{1,3}", token.text)
        if numbered or (token.capital and token.lower not in NOT_NAMES):
            index += 1
        elif token.kind == "mark" and token.text in ("'", "’", "'s", "’s") and word in _OWNED_BODIES:
            index += 2  # an apostrophe inside the name of a body: Islanders’ Association
        elif following is not None and _joins(sentence, start, index, following):
            index += 2 if following.capital else 3
        else:
            break
    return index


def _joins(sentence: Sequence[TextToken], start: int, index: int, following: TextToken) -> bool:
    """Return whether a small word belongs to a name: ``of`` in that of a department, ``and`` in Food and Drug Administration."""
    token = sentence[index]
    if token.lower not in NAME_JOINERS:
        return False
    before = [plain(previous.text) for previous in sentence[start:index]]
    if token.lower == "of" and before[-1] in HEADS_BEFORE_OF:
        after = sentence[index + 2] if index + 2 < len(sentence) else None
        return following.capital or (following.lower == "the" and after is not None and after.capital)
    if not following.capital or following.lower in NOT_NAMES:
        return False
    if token.lower == "for" and before[-1] in _HEADS_BEFORE_FOR:
        return True
    if token.lower not in ("and", "for"):
        return token.lower == "&" or token.lower in SURNAME_PARTICLES
    # Two names make one where the second ends as an organisation's does, the first does not.
    end = index + 1
    while end < len(sentence) and sentence[end].capital:
        end += 1
    last = plain(sentence[end - 1].text)
    return last in ORGANISATION_HEADS and before[-1] not in ORGANISATION_HEADS and 2 <= end - index - 1 <= 3


def _run(sentence: Sequence[TextToken], start: int, end: int) -> Iterator[NameRun]:
    """Yield the name that tokens make without its titles and the letters behind it; none where they are no name."""
    words = [token.text for token in sentence[start:end]]
    first = start == 0 or sentence[start - 1].text in ("“", '"', "—", "–")
    titles = _titles(words)
    if len(titles) == len(words):
        return
    rest = words[len(titles) :]
    while len(rest) > 2 and rest[-1].lower().replace(".", "") in AFTER_NAMES:
        rest.pop()
    if len(rest) == 1 and not titles and _is_no_name(sentence, start, end, rest[0], first=first):
        return
    singular = (PLURAL_TITLES.get(plain(word), word) for word in titles)
    yield NameRun(
        start, end, tuple(rest), tuple(word.capitalize() if word in PERSON_TITLES else word for word in singular), first
    )


def _titles(words: Sequence[str]) -> list[str]:
    """Return the titles at the beginning of a run; those that belong to the name of a body are none."""
    # A rank or an office of several words, or a role: Station Officer, U.S. District Judge, Economist.
    offices = PERSON_TITLES | ROLES | PLURAL_TITLES.keys()
    last = max((at for at, word in enumerate(words[:4]) if plain(word) in offices), default=-1)
    index = last + 1 if len(words) - last > 2 else 0
    while index < len(words):
        qualifies = _names_nation(words[index]) and any(plain(word) in TITLE_PARTS for word in words[index + 1 : index + 2])
        if not qualifies and plain(words[index]) not in TITLE_PARTS | PLURAL_TITLES.keys():
            break
        index += 1
    titles = {plain(word) for word in words[:index]}
    if not titles & offices:
        return []
    other = ORGANISATION_HEADS | BODY_JOINERS | (frozenset() if titles & PERSON_TITLES else PLACES | OUTLETS)
    return [] if other.intersection(map(plain, words[index:])) else list(words[:index])


def _is_no_name(sentence: Sequence[TextToken], start: int, end: int, word: str, *, first: bool) -> bool:
    """Return whether a lone word with a capital is an adjective of a nation, or begins a sentence as any word would."""
    following = sentence[end] if end < len(sentence) else None
    # An adjective made with a name: Kremlin-linked.
    compound = word.rpartition("-")[2].islower() and word.endswith(("ed", "ing", "based", "born", "free", "wide"))
    if plain(word) in NEVER_ALONE or ("-" in word and compound):
        return True
    if is_abbreviation(word):
        return False
    if _names_nation(word) and following is not None and following.kind != "mark" and following.lower not in SAYING:
        return not following.capital
    return first and plain(word) in _NOUNS_FOR_PEOPLE
