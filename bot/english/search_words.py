"""Words of English text as questions and facts are searched by: how it is cut into them, their stems, and function words.

This cut opens contractions and chat spelling and drops case and signs. `bot.english.compared_words` cuts two texts to compare
what they say, `bot.english.sentences` keeps a running text as it is written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

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
    "wanna": "want to", "gonna": "going to", "gotta": "got to",
    "abt": "about",
    "u": "you", "ur": "your", "r": "are", "ppl": "people", "bc": "because", "cuz": "because", "coz": "because",
    "w": "with",
}  # fmt: skip

# Function words: they shape a question but are in every text.
STOP_WORDS = frozenset(
    """a about above across actually after again against all along also although am an and another any anybody anyone
    anything anyway are around as at away back basically be because been before behind being below between bit both
    btw but by came can cheers come could d did do does doing done down during each either else even ever every
    everybody everyone everything exactly few for from further get gets getting go goes going got guys had has have
    having he hello her here hers herself hey hi him himself his hmm how however i if imo in into is it its itself
    just kind least less let like literally ll lmao lol lot lots m many may maybe me might mine more most much must my
    myself neither never no nope nor not nothing now o of of's off oh ok okay on once one ones only onto or other
    others ought our ours ourselves out over own per perhaps please pls plz quite rather re really s same several
    shall she should since so some somebody someone something sort still stuff such t tbh than thank thanks that the
    their theirs them themselves then there these they thing things this those though through thx to too toward
    towards uh um under until up upon us ve very via was we well went were what whatever when whenever where wherever
    whether which while who whoever whom whose why will with within without would yeah yep yes yet yo you your yours
    yourself""".split()
)  # fmt: skip


class Token(NamedTuple):
    """A word of a text: as read (lower case, contractions opened), and where it stands in the normalised text."""

    word: str
    start: int
    end: int
    capital: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits."""
        return self.word[:1].isdigit()


def straight(text: str) -> str:
    """Return the text with straight quotation marks and apostrophes, each sign in its place."""
    return text.translate(_QUOTES)


def normalise(text: str) -> str:
    """Return the text with compatibility forms, quotation marks and white space made uniform, and control characters removed."""
    text = straight(unicodedata.normalize("NFKC", text))
    if not text.isprintable():
        text = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(text.split())


def tokens(text: str) -> tuple[Token, ...]:
    """Cut normalised text into tokens."""
    return tuple(
        Token(word, match.start(), match.end(), match.group()[0].isupper())
        for match in _WORD.finditer(text)
        for word in _read(match.group())
    )


@lru_cache(maxsize=2_048)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of any text as read: those of its tokens, without where they stand."""
    return tuple(chain.from_iterable(map(_read, _WORD.findall(normalise(text)))))


def content_words(text: str) -> list[str]:
    """Return the words of any text that say something by themselves."""
    return [word for word in words_of(text) if word not in STOP_WORDS]


@lru_cache(maxsize=16_384)
def _read(written: str) -> tuple[str, ...]:
    """Return the words that a run of signs stands for: lower case, contractions opened; none for signs alone."""
    word = written.lower()
    if "." in word and not word[0].isdigit():
        word = word.replace(".", "")
    elif word[0].isdigit():
        word = word.replace(",", "")
    if word in _SPLIT:
        return tuple(_SPLIT[word].split())
    if word.endswith("'s"):
        word = word[:-2]
    word = word.replace("'", "")
    return (word,) if word else ()


_stemmer = Stemmer.Stemmer("english")


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """Return the Snowball stem (Porter's second English stemmer) of a lower-case word; numbers are returned whole."""
    if word[:1].isdigit():
        return word
    stemmed: str = _stemmer.stemWord(word)
    return stemmed
