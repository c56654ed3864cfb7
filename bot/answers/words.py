"""Words of English text: how it is cut into them, their stems, and the words that carry no content."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\d[\d,]*(?:\.\d+)?(?:st|nd|rd|th)?(?![^\W_])|[^\W_]+(?:'[^\W\d_]+)*")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\0": " "})

# Runs of letters that are two words; the second holds nothing that a search needs, but the first may be the question word.
_SPLIT = {
    "whats": "what is", "what's": "what is", "wheres": "where is", "where's": "where is", "whos": "who is", "who's": "who is",
    "whens": "when is", "when's": "when is", "hows": "how is", "how's": "how is", "whys": "why is", "why's": "why is",
    "didnt": "did not", "didn't": "did not", "wasnt": "was not", "wasn't": "was not", "isnt": "is not", "isn't": "is not",
    "arent": "are not", "aren't": "are not", "werent": "were not", "weren't": "were not", "dont": "do not", "don't": "do not",
    "doesnt": "does not", "doesn't": "does not", "cant": "can not", "can't": "can not", "cannot": "can not", "wont": "will not",
    "won't": "will not", "hasnt": "has not", "hasn't": "has not", "havent": "have not", "haven't": "have not",
    "hadnt": "had not", "hadn't": "had not", "wouldnt": "would not", "wouldn't": "would not", "couldnt": "could not",
    "couldn't": "could not", "shouldnt": "should not", "shouldn't": "should not", "theres": "there is", "there's": "there is",
    "thats": "that is", "that's": "that is", "it's": "it is", "im": "i am", "i'm": "i am", "ive": "i have", "i've": "i have",
    "howd": "how did", "how'd": "how did", "whod": "who did", "who'd": "who did", "whered": "where did", "where'd": "where did",
    "whyd": "why did", "why'd": "why did", "there'd": "there would", "they'd": "they would", "he'd": "he would",
    "she'd": "she would", "we've": "we have", "we'd": "we would", "they're": "they are", "we're": "we are", "you're": "you are",
    "wanna": "want to", "gonna": "going to", "gotta": "got to", "wen": "when", "waht": "what", "wat": "what", "wht": "what",
    "hwo": "how", "teh": "the", "wich": "which", "whic": "which", "wehn": "when", "whne": "when", "whre": "where", "wher": "where",
    "woh": "who", "whi": "why", "siad": "said", "sayd": "said", "abuot": "about", "abt": "about", "didd": "did", "u": "you",
    "ur": "your", "r": "are", "ppl": "people", "bc": "because", "cuz": "because", "coz": "because", "w": "with",
}  # fmt: skip

# Function words: they shape a question but are in every text.
STOP_WORDS = frozenset(
    """a an the this that these those some any each every either neither such both all no nor not only own same so than too very
    just even also still yet ever never again once then there here now i me my mine myself we us our ours ourselves you your yours
    yourself he him his himself she her hers herself it its itself they them their theirs themselves one ones someone somebody
    anyone anybody something anything everything nothing everyone everybody who whom whose which what when where why how if or and
    but because as until while of at by for with about against between into through during before after above below to from up
    down in out on off over under further am is are was were be been being have has had having do does did doing done will would
    shall should can could may might must ought let get got gets getting goes going go went come came of's 's s t d m re ll ve o
    upon within without around along across behind per via onto toward towards away back though although whether since however
    actually really exactly basically literally maybe perhaps please pls plz ok okay oh well hey hi hello yo lol lmao btw imo tbh
    anyway um uh hmm thing things stuff lot lots kind sort bit like quite rather else another other others many much more most
    less least few several yes yeah yep nope else whatever whoever wherever whenever however thanks thank thx cheers guys""".split()
)  # fmt: skip

NEGATIONS = frozenset("not no never none nobody nothing neither nor without".split())


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: as read (lower case, contractions opened), and where it stands in the normalised text."""

    word: str
    start: int
    end: int
    capital: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits."""
        return self.word[:1].isdigit()


def normalise(text: str) -> str:
    """Return the text with compatibility forms, quotation marks and white space made uniform, and control characters removed."""
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def tokens(text: str) -> tuple[Token, ...]:
    """Cut normalised text into tokens."""
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    for match in _WORD.finditer(text):
        written = match.group()
        start, end = match.span()
        word = written.lower()
        if "." in word and not word[0].isdigit():
            word = word.replace(".", "")
        elif word[0].isdigit():
            word = word.replace(",", "")
        if word in _SPLIT:
            for part in _SPLIT[word].split():
                yield Token(part, start, end, written[0].isupper())
            continue
        if word.endswith("'s"):
            word = word[:-2]
        word = word.replace("'", "")
        if word:
            yield Token(word, start, end, written[0].isupper())


_stemmer = Stemmer.Stemmer("english")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return the Snowball stem (Porter's second English stemmer) of a lower-case word; numbers are kept whole."""
    if word[:1].isdigit():
        return word
    stemmed: str = _stemmer.stemWord(word)
    return stemmed
