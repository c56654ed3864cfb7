"""Words of a quotation as they are compared: marks, case and line breaks set aside, figures and their units kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.english.numbers import CURRENCIES, CURRENCY_SIGNS, SIGNS, figure, fraction_at, number_at, without_commas
from bot.english.search_words import STOP_WORDS
from bot.english.word_classes import NEGATING_PREFIXES

_SIGNS = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'"})
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_LETTER = r"[^\W_]"
_BEGINS = "|".join(sorted(word.capitalize() for word in STOP_WORDS if word.isalpha()))
# Letters with dots are one word; the last dot ends a sentence too before a small word with a capital, and where the text ends.
_LETTERS_WITH_DOTS = rf"(?<![\w.])[^\W\d_](?:\.[^\W\d_])+(?![\w'])(?:\.(?!['\"”’)\s]*$|\s+(?:{_BEGINS})\b))?"
_PART = re.compile(
    r"(?P<gap>\[\s*(?:\.{2,}|…)\s*\]|\(\s*(?:\.{3,}|…)\s*\)|\.{3,}|\.(?:\s\.){2,}|…)"
    rf"|(?P<patched>{_LETTER}*\[(?:{_LETTER}|')+\](?:{_LETTER}|')+|{_LETTER}+\[(?:{_LETTER}|')+\])"
    r"|(?P<open>\[)|(?P<close>\])"
    rf"|(?P<number>(?:(?<![^\s(\['])[{SIGNS}]\s?)?[{CURRENCIES}]?"
    r"(?:(?<![/\d])\d+/\d+(?![/\d])|\d*[¼½¾⅓⅔⅛⅜⅝⅞]|\d+(?:[.,:]\d+)*)"
    rf"(?:(?:mn|bn|tn|m|k)(?![^\W_])|\s?°(?:\s?[CFK](?![^\W_]))?|\s?[%{CURRENCIES}](?!\d)|st|nd|rd|th)?(?![^\W_]))"
    rf"|(?P<letters>{_LETTERS_WITH_DOTS})"
    r"|(?P<word>[^\W_]+(?:'[^\W_]+)*(?:(?<=[sS])'(?=\s[^\W_]))?)"
    r"|(?P<end>[.!?]+)|(?P<pause>[,;:—–()]|\s-\s|--)"
)
NEGATIONS = frozenset(
    "not no never none nothing nobody no-one neither nor nowhere without hardly barely scarcely denied deny denies".split()
)
NUMBER_WORDS = frozenset(
    """zero hundred hundreds thousand thousands million millions billion billions trillion dozen dozens half quarter third percent
    twice double triple first second""".split()
)
HEDGES = frozenset(
    """may might could would should perhaps possibly probably likely allegedly alleged reportedly apparently seemingly supposedly
    seems seem seemed maybe some most mostly largely partly sometimes almost nearly about roughly approximately only if unless
    """.split()
)
_AUXILIARIES = "do does did is are was were has have had would could should must might need wo ca sha ai".split()
_HOSTS = {"wo": "will", "ca": "can", "sha": "shall", "ai": "is"}
_CLITICS = {"'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}
_NO_APOSTROPHE = {f"{verb}nt": f"{verb}n't" for verb in _AUXILIARIES} | {"im": "i'm", "ive": "i've", "theyre": "they're"}
_SHARES = {"percent": "%", "per cent": "%", "percentage point": "pp", "percentage points": "pp"}  # behind a number
_PAIRS = {"per cent": "percent", "no one": "no-one", "one another": "one-another"}
_PARTICLES = frozenset("up down off out on in over".split())
_SUBJECTS = frozenset("i you he she it we they nobody somebody everybody there this that".split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word, as written and as compared; ``clause`` and ``sentence`` count those of the text.

    ``added`` is a word that the quoter put in brackets; ``gap`` is no word but a mark that some were left out. ``short`` is one
    that is written as the end of another: the n't of don't. It stands from ``start`` to ``end`` in the text as `composed` has it.
    One that is not ``english`` is no negation and no hedge, whatever its letters; ``light`` says that it has little content.
    """

    text: str
    key: str
    clause: int
    sentence: int
    added: bool = False
    gap: bool = False
    short: bool = False
    start: int = 0
    end: int = 0
    english: bool = True
    light: bool = False

    @property
    def negates(self) -> bool:
        """Whether it turns a statement into its opposite."""
        return self.english and self.key in NEGATIONS

    @property
    def counts(self) -> bool:
        """Whether it is a figure or a word for one."""
        return _is_figure(self.key) if self.english else self.key[:1].isdigit()

    @property
    def hedges(self) -> bool:
        """Whether it weakens a statement."""
        return self.english and self.key in HEDGES

    @property
    def small(self) -> bool:
        """Whether it is a function word, which any text has."""
        return self.key in STOP_WORDS and not self.negates if self.english else self.light


@lru_cache(maxsize=4096)  # each word of a quotation is held against each of many records
def _is_figure(key: str) -> bool:
    return key in NUMBER_WORDS or any(map(str.isdigit, key))


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[Word, ...]:
    """Cut a text into words: contractions opened, numbers in figures."""
    return tuple(_in_figures(_by_clause(list(_cut(text)))))


def composed(text: str) -> str:
    """Return a text with its accents composed and without signs that nobody sees, as its words are counted in."""
    return unicodedata.normalize("NFC", text.translate(_UNSEEN))


@lru_cache(maxsize=4096)
def end_marks(text: str) -> tuple[str, ...]:
    """Return the marks at which a text's sentences end, in the order in which its words count them."""
    return tuple(match["end"] for match in _parts(text) if match.lastgroup == "end")


def _parts(text: str) -> Iterator[re.Match[str]]:
    return _PART.finditer(composed(text).translate(_SIGNS))


def _cut(text: str) -> Iterator[Word]:
    """Yield the words of a text in order, counting its clauses and sentences at their marks."""
    clause = sentence = 0
    inside = False
    for match in _parts(text):
        written, (start, end) = match.group(), match.span()
        match match.lastgroup:
            case "gap":
                yield Word("…", "…", clause, sentence, gap=True, start=start, end=end)
            case "patched":
                whole = key(written.replace("[", "").replace("]", ""))
                yield Word(written, whole, clause, sentence, added=True, start=start, end=end)
            case "open":
                inside = True
            case "close":
                inside = False
            case "end":
                clause, sentence = clause + 1, sentence + 1
            case "pause":
                clause += 1
            case "number":
                yield Word(written, figure(written), clause, sentence, added=inside, start=start, end=end)
            case _:
                for part, compared, short in _opened(written.strip()):
                    stop = end if short else start + len(part)
                    yield Word(part, compared, clause, sentence, added=inside, short=short, start=start, end=stop)
                    start = stop


def _opened(written: str) -> Iterator[tuple[str, str, bool]]:
    """Yield a word, and what is drawn together in it apart: do and n't, they and 're."""
    whole = key(written.replace(".", ""))
    whole = _NO_APOSTROPHE.get(whole, whole)
    if whole == "cannot":
        yield from ((written[:3], "can", False), (written[3:], "not", False))
    elif whole.endswith("n't") and whole != "n't":
        host = whole[:-3]
        yield written[: len(host)], _HOSTS.get(host, host), False
        yield written[len(host) :], "not", True
    else:
        clitic = next((clitic for clitic in _CLITICS if whole.endswith(clitic) and len(whole) > len(clitic)), None)
        if clitic is None:
            yield written, whole, False
        else:
            yield written[: -len(clitic)], whole[: -len(clitic)], False
            yield clitic, _CLITICS[clitic], True


def _by_clause(words: Sequence[Word]) -> Iterator[Word]:
    """Count a clause also from a "but", and from an "and" or "or" with a subject behind it."""
    more = 0
    for index, word in enumerate(words):
        following = words[index + 1].key if index + 1 < len(words) else ""
        if word.key == "but" or (word.key in ("and", "or", "so") and following in _SUBJECTS):
            more += 1
        yield replace(word, clause=word.clause + more)


def _in_figures(words: Iterator[Word]) -> Iterator[Word]:
    """Put numbers in words into figures, and pairs such as "per cent" and "no one" into one word."""
    word_list = list(words)
    keys = [word.key for word in word_list]
    index = 0
    while index < len(word_list):
        compared, length = _joined_at(keys, index)
        text = " ".join(word.text for word in word_list[index : index + length])
        yield replace(word_list[index], text=text, key=compared, end=word_list[index + length - 1].end)
        index += length


def _joined_at(keys: list[str], index: int) -> tuple[str, int]:
    """Return how the words that are one from a place on are compared, and how many they are."""
    two = " ".join(keys[index : index + 2])
    if two in _PAIRS:
        return _PAIRS[two], 2
    fraction = fraction_at(keys, index)
    if fraction is not None:
        return fraction, 2
    number = number_at(keys, index)
    figures, length = number or (keys[index], 1)
    money = CURRENCY_SIGNS.get(keys[index + length], "") if index + length < len(keys) and figures[:1].isdigit() else ""
    if money:
        return figure(f"{money}{figures}"), length + 1
    if number is None:
        return keys[index], 1
    behind = ((sign, words.split()) for words, sign in _SHARES.items())
    sign, more = next((share for share in behind if keys[index + length : index + length + len(share[1])] == share[1]), ("", []))
    return f"{figures}{sign}", length + len(more)


def with_compounds(words: Sequence[Word], others: Sequence[Word]) -> tuple[Word, ...]:
    """Return words with two joined into one wherever the other text writes them as one: cover-up as coverup, e-mail as email.

    Small words are not joined (may be, maybe), nor a re- that makes another word (re-sign, resign).
    """
    wanted = {word.key for word in others}
    joined_words: list[Word] = []
    for word in words:
        before = joined_words[-1] if joined_words else None
        if before and before.key + word.key in wanted and _may_join(before, word):
            joined = before.key + word.key
            joined_words[-1] = replace(before, text=f"{before.text}-{word.text}", key=joined, end=word.end)
        else:
            joined_words.append(word)
    return tuple(joined_words)


def _may_join(before: Word, word: Word) -> bool:
    small = before.key in STOP_WORDS - {"well"} or word.key in STOP_WORDS - _PARTICLES
    marked = before.gap or word.gap or before.short or word.short or before.added != word.added or before.clause != word.clause
    figures = before.counts or word.counts
    return not (small or marked or figures or before.negates or (before.key == "re" and not word.key.startswith("e")))


def key(word: str) -> str:
    """Return a word as it is compared: no case, no accents, no signs between thousands."""
    plain = unicodedata.normalize("NFKD", word.strip().casefold().translate(_SIGNS))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).replace(" ", "")
    return without_commas(plain)


def are_opposites(one: Word, other: Word) -> bool:
    """Return whether one of two words is the other with a prefix that turns it round: legal and illegal."""
    return any(
        shorter.key and longer.key == f"{prefix}{shorter.key}"
        for shorter, longer in ((one, other), (other, one))
        for prefix in NEGATING_PREFIXES
    )
