"""Words of a quotation as they are compared: marks, case and line breaks set aside, figures and their units kept."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SIGNS = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'"})
_PART = re.compile(
    r"(?P<gap>\[\s*(?:\.{2,}|…)\s*\]|\(\s*(?:\.{3,}|…)\s*\)|\.{3,}|…)"
    r"|(?P<open>\[)|(?P<close>\])"
    r"|(?P<number>[$€£¥]?\d+(?:[.,:]\d+)*\s?[%€£¥]?(?:st|nd|rd|th)?(?![^\W_]))"
    r"|(?P<word>[^\W_]+(?:'[^\W_]+)*)"
    r"|(?P<end>[.!?]+)|(?P<pause>[,;:—–()]|\s-\s)"
)
NEGATIONS = frozenset(
    "not no never none nothing nobody neither nor nowhere without cannot cant hardly barely scarcely denied deny denies".split()
)
NUMBER_WORDS = frozenset(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion
    billions trillion dozen dozens half quarter third percent per-cent twice double triple first second""".split()
)
HEDGES = frozenset(
    """may might could would should perhaps possibly probably likely allegedly alleged reportedly apparently seems seem maybe
    some sometimes almost nearly about only if unless""".split()
)
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "mis")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, as written and as compared; ``clause`` and ``sentence`` count those of the text.

    ``added`` is a word that the quoter put in brackets; ``gap`` is no word but a mark that some were left out.
    """

    text: str
    key: str
    clause: int
    sentence: int
    added: bool = False
    gap: bool = False

    @property
    def negates(self) -> bool:
        """Whether it turns a statement into its opposite."""
        return self.key in NEGATIONS or self.key.endswith("n't")

    @property
    def counts(self) -> bool:
        """Whether it is a figure or a word for one."""
        return any(sign.isdigit() for sign in self.key) or self.key in NUMBER_WORDS

    @property
    def hedges(self) -> bool:
        """Whether it weakens a statement."""
        return self.key in HEDGES


def words_of(text: str) -> tuple[Word, ...]:
    """Cut a text into words."""
    found: list[Word] = []
    clause = sentence = 0
    inside = False
    text = unicodedata.normalize("NFC", text).translate(_SIGNS)
    for match in _PART.finditer(text):
        written = match.group()
        match match.lastgroup:
            case "gap":
                found.append(Word("…", "…", clause, sentence, gap=True))
            case "open":
                inside = True
            case "close":
                inside = False
            case "end":
                clause, sentence = clause + 1, sentence + 1
            case "pause":
                clause += 1
            case _:
                found.append(Word(written.strip(), key(written), clause, sentence, added=inside))
    return tuple(found)


def key(word: str) -> str:
    """Return a word as it is compared: no case, no accents, no signs between thousands."""
    plain = unicodedata.normalize("NFKD", word.strip().casefold().translate(_SIGNS))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).replace(" ", "")
    return re.sub(r"(?<=\d),(?=\d{3}(?:\D|$))", "", plain)


def opposites(one: Word, other: Word) -> bool:
    """Tell whether one of two words is the other with a prefix that turns it round: legal and illegal."""
    return any(
        shorter.key and longer.key == f"{prefix}{shorter.key}"
        for shorter, longer in ((one, other), (other, one))
        for prefix in _PREFIXES
    )
