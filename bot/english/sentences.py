"""A running text as it is written, cut into paragraphs, tokens and sentences, and its sentences as items to find speakers in.

A quotation is one token, whatever is inside; an item is a token, a verb of two words, or a name as the entity that it means.
Names, hyphens, capitals and full stops are kept, for they are what articles are read by. To compare two texts by what they say,
`bot.english.compared_words` cuts them otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bot.english.name_words import ABBREVIATIONS
from bot.english.quotation_marks import Span, paragraph_bounds
from bot.english.word_classes import (
    ADVERBS,
    ALSO_NOUNS,
    AUXILIARIES,
    BESIDE_QUOTES,
    CAPITALS,
    DETERMINERS,
    PASSIVE,
    PHRASES,
    PREPOSITIONS,
    SAYING,
)

TokenKind = Literal["word", "mark", "quote"]
_TOKEN = re.compile(
    rf"(?P<abbreviation>(?:[^\W\d_]\.){{2,}}|\b(?:{'|'.join(ABBREVIATIONS)})\.|\b[{CAPITALS}]\.(?=\s[{CAPITALS}]))"
    r"|(?P<possessive>['’]s\b|(?<=s)['’](?=\s))"
    r"|(?P<handle>(?<!\w)@\w+)"
    r"|(?P<word>[^\W_]+(?:[.,:]\d+|[-&’'](?!s\b)(?=[^\W_])[^\W_]+)*)"
    r"|(?P<mark>\.{2,}|\S)"
)
_MAX_TOKENS = 150  # of a sentence; the longest of newspapers have half of that
_ENDING = re.compile(r"[.!?…]$")
# Words that open a sentence behind an abbreviation: "in the U.S. The court", but "the U.S. Senate".
_OPENERS = frozenset(
    "The A An In On At He She It They We This That These Those But And His Her Its Their When While After".split()
)
SentenceItemKind = Literal["word", "mark", "quote", "name"]
_BESIDE_QUOTES = SAYING | BESIDE_QUOTES
_POSSESSIVES = ("'s", "’s", "'", "’")


@dataclass(frozen=True, slots=True)
class TextToken:
    """A word, a mark, or a quotation (``quote`` is its place among those of its text)."""

    text: str
    start: int
    end: int
    kind: TokenKind
    quote: int | None = None

    @property
    def lower(self) -> str:
        """The text in lower case."""
        return self.text.lower()

    @property
    def capital(self) -> bool:
        """Whether it is a word that begins with a capital letter."""
        return self.kind == "word" and self.text[0].isupper()


def tokens_of(text: str, quotations: Sequence[Span] = (), *, start: int = 0) -> tuple[TextToken, ...]:
    """Cut a text into tokens from a place on; each of its ``quotations`` is one token."""
    tokens: list[TextToken] = []
    position = start
    for number, quotation in enumerate(quotations):
        tokens += _cut(text, position, quotation.whole[0])
        tokens.append(TextToken(text[quotation.start : quotation.end], *quotation.whole, "quote", number))
        position = max(position, quotation.whole[1])
    return (*tokens, *_cut(text, position, len(text)))


def sentences(tokens: Sequence[TextToken], text: str = "") -> Iterator[tuple[TextToken, ...]]:
    """Cut tokens into sentences; a line break of their ``text`` ends one, unless a dash or a bracket goes on behind it.

    A text without full stops is cut anyway, because a sentence is read in a time that grows with the square of its length.
    """
    start = 0
    for index in range(len(tokens)):
        ends = _ends_sentence(tokens, index) or index + 1 - start == _MAX_TOKENS
        if not ends and "\n" in text[tokens[index].end : tokens[index + 1].start]:
            ends = tokens[index + 1].text not in ("-", "–", "—", "~", "(")
        if ends:
            yield tuple(tokens[start : index + 1])
            start = index + 1


def _cut(text: str, start: int, end: int) -> Iterator[TextToken]:
    for match in _TOKEN.finditer(text, start, end):
        kind: TokenKind = "mark" if match.lastgroup in ("mark", "possessive") else "word"
        yield TextToken(match.group(), match.start(), match.end(), kind)


def _ends_sentence(tokens: Sequence[TextToken], index: int) -> bool:
    """Return whether a sentence ends with a token, by its mark and by how the next one begins."""
    token = tokens[index]
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None:
        return True
    begins = following.capital or following.kind == "quote" or following.text[0].isdigit()
    if token.kind == "quote":
        # A quotation that ends as a sentence does is one, unless a word in lower case goes on ("Why?" he asked), or within a few
        # words it is said who said it ("Why?" Maria Lee asked).
        inside = token.text.rstrip()
        near = [word.lower for word in tokens[index + 1 : index + 6] if word.kind == "word"]
        return bool(_ENDING.search(inside)) and begins and (inside.endswith(".") or SAYING.isdisjoint(near))
    if token.kind == "mark":
        return token.text in (".", "!", "?", "…", "...") and begins
    return token.text.endswith(".") and token.text.count(".") > 1 and following.capital and following.text in _OPENERS


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or something that the text names; ``paragraphs`` are those that do, in order.

    Two are never the same, though they have the same name.
    """

    name: str
    kind: str
    aliases: list[str] = field(default_factory=list)
    role: str | None = None
    role_paragraph: int | None = None
    woman: bool | None = None
    paragraphs: list[int] = field(default_factory=list)
    described: bool = False  # by a noun alone, such as "a witness": no name is known

    def add_alias(self, alias: str) -> None:
        """Note another name."""
        if alias != self.name and alias not in self.aliases:
            self.aliases.append(alias)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its quotations, counted from 1, and from where in the whole text it stands.

    ``first`` is where in it its sentences begin, behind the dateline of a report.
    """

    number: int
    text: str
    quotations: tuple[Span, ...]
    start: int = 0
    first: int = 0

    def tokens(self) -> tuple[TextToken, ...]:
        """Return its tokens."""
        return tokens_of(self.text, self.quotations, start=self.first)


FindNames = Callable[[Sequence[TextToken]], Iterable[tuple[int, int, Entity]]]
"""Finds the names among the tokens of a sentence: from one to before another, and who is meant."""


@dataclass(frozen=True, slots=True)
class SentenceItem:
    """A word, a mark, a quotation or a name; ``start`` and ``end`` are its place in the paragraph.

    ``lower`` is the text in lower case, "" of what is no word.
    """

    kind: SentenceItemKind
    text: str
    start: int
    end: int
    entity: Entity | None = None
    quote: int | None = None
    lower: str = ""

    @property
    def possessive(self) -> bool:
        """Whether it makes what is before it an owner."""
        return self.kind == "mark" and self.text in _POSSESSIVES

    @property
    def stops(self) -> bool:
        """Whether it is a mark that parts a sentence, or a quotation."""
        return self.kind == "quote" or (self.kind == "mark" and not self.possessive)


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence of a paragraph; two are never the same, though they have the same words."""

    items: tuple[SentenceItem, ...]
    paragraph: Paragraph

    def text(self, first: int = 0, last: int | None = None) -> str:
        """Return the words from one item to before another, as they stand."""
        chosen = self.items[first:last]
        return self.paragraph.text[chosen[0].start : chosen[-1].end] if chosen else ""

    def entities(self, first: int = 0, last: int | None = None) -> tuple[Entity, ...]:
        """Return whom it names, each once, outside quotations."""
        return tuple(dict.fromkeys(item.entity for item in self.items[first:last] if item.entity is not None))


def paragraphs_of(text: str, spans: Sequence[Span]) -> Iterator[Paragraph]:
    """Return the paragraphs of a text, each with those of its quotations that begin in it."""
    index = 0
    for number, (start, end) in enumerate(paragraph_bounds(text), 1):
        last = index
        while last < len(spans) and spans[last].whole[0] < end:
            last += 1
        yield Paragraph(number, text[start:end], tuple(span.moved(-start) for span in spans[index:last]), start)
        index = last


def read_sentences(paragraph: Paragraph, find: FindNames) -> Iterator[Sentence]:
    """Return the sentences of a paragraph; ``find`` returns the names in one."""
    for tokens in sentences(paragraph.tokens(), paragraph.text):
        yield Sentence(tuple(_items(tokens, find(tokens))), paragraph)


def _items(tokens: Sequence[TextToken], names: Iterable[tuple[int, int, Entity]]) -> Iterator[SentenceItem]:
    """Yield the tokens of a sentence as items, names and verbs of two words each as one."""
    names_at = {first: (last, entity) for first, last, entity in names}
    quotes = any(token.kind == "quote" for token in tokens)
    index = 0
    while index < len(tokens):
        if index in names_at:
            end, entity = names_at[index]
            text = " ".join(token.text for token in tokens[index:end])
            yield SentenceItem("name", text, tokens[index].start, tokens[end - 1].end, entity)
            index = end
            continue
        token = tokens[index]
        two = " ".join(word.lower for word in tokens[index : index + 2]) if quotes and token.kind == "word" else ""
        last = index + (two in PHRASES)
        text = f"{token.text} {tokens[last].text}" if last > index else token.text
        lower = text.lower() if token.kind == "word" else ""
        yield SentenceItem(token.kind, text, token.start, tokens[last].end, None, token.quote, lower)
        index = last + 1


def verbs(items: Sequence[SentenceItem], end: int | None = None) -> Iterator[int]:
    """Return where a sentence says, before its item ``end``, that somebody says something.

    Not of nouns, and not of those to whom it is said.
    """
    known = _BESIDE_QUOTES if any(item.kind == "quote" for item in items) else SAYING
    for index, item in enumerate(items[:end]):
        if item.lower in known and not _is_noun(items, index) and not is_passive(items, index):
            yield index


def before_verb(items: Sequence[SentenceItem], verb: int) -> int:
    """Return the item before a verb and its auxiliaries and adverbs; -1 where there is none."""
    index = verb - 1
    while index >= 0:
        item = items[index]
        if item.lower in AUXILIARIES or item.lower in ADVERBS or (item.lower.endswith("ly") and len(item.lower) > 4):
            index -= 1
        elif item.lower.endswith("day") and index and items[index - 1].lower in ("on", "last", "late", "early"):
            index -= 2
        else:
            break
    return index


def is_passive(items: Sequence[SentenceItem], verb: int) -> bool:
    """Return whether the verb says what is said to or of its subject."""
    between = [item.lower for item in items[before_verb(items, verb) + 1 : verb]]
    return not items[verb].lower.endswith("ing") and any(word in PASSIVE for word in between)


def _is_noun(items: Sequence[SentenceItem], index: int) -> bool:
    """Return whether a form that may be a verb of saying is a noun or an infinitive, by the word before it."""
    before = items[index - 1] if index else None
    if before is None:
        return False
    if before.lower == "to":
        return True
    if items[index].lower not in ALSO_NOUNS:
        return before.lower in ("a", "the") or before.possessive
    if before.possessive or before.lower in DETERMINERS - {"that", "this"}:
        return True
    return before.lower in PREPOSITIONS and items[index].lower not in ("saying", "writing", "warning")
