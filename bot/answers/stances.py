"""Whether words approve of something or object to it, as far as words by themselves show that."""

from __future__ import annotations

import re
from typing import Literal

from bot.answers.lexicon import Lexicon
from bot.answers.words import tokens

Stance = Literal["supports", "opposes"]

_SUPPORTING = """agree applaud applauded appreciate approve approved back backed commend commended congratulate correct deserve
    deserved endorse endorsed favour favor glad grateful justified overdue positive praise praised proud right side sided support
    supported thank welcome welcomed welcoming""".split()
_OPPOSING = """absurd accusation accuse accused aggressive alarming attack attacked betray betrayal blame blamed chilling
    condemn condemned contradict contradicted crackdown criticise criticised criticism criticize criticized dangerous denied
    denounce denounced deny deplorable deplore deplored disagree disagreed disapprove disgrace disgraceful dispute disputed false
    harmful lie mistake nonsense object objected objection oppose opposed outrage outrageous protest protested regrettable reject
    rejected ridiculous scandalous shame shameful unacceptable unfair unjust unjustified unlawful wrong""".split()
_AGAINST = frozenset({"against"})
_NEGATIONS = frozenset("not no never nobody nothing neither nor without hardly cannot".split())
_REACH = 3  # words before a word of approval that may turn it round
_OTHERWISE = re.compile(  # words of the same form that are no verdict: "the right side", "back to", "an object"
    r"\b(?:the|a|an|his|her|its|their) (?:back|right|side|object|lie)s?\b|"
    r"\b(?:back|right)s? (?:to|of|in|on|at|up|out|side|away)\b",
    re.IGNORECASE,
)


class Stances:
    """Tells the stance of words. ``stems`` are those of all words that may show one."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._supporting = frozenset(lexicon.stem(word) for word in _SUPPORTING)
        self._opposing = frozenset(lexicon.stem(word) for word in _OPPOSING) | _AGAINST
        self.stems = self._supporting | self._opposing

    def places(self, text: str) -> dict[Stance, list[int]]:
        """Return where in a text words of approval and of objection stand (offsets); those that are denied are left out."""
        found: dict[Stance, list[int]] = {"supports": [], "opposes": []}
        plain = _OTHERWISE.sub(lambda match: " " * len(match.group()), text)
        read = tokens(plain)
        for number, token in enumerate(read):
            stem = self._lexicon.stem(token.word)
            stance: Stance | None = "supports" if stem in self._supporting else "opposes" if stem in self._opposing else None
            before = {each.word for each in read[max(0, number - _REACH) : number]}
            if stance is not None and before.isdisjoint(_NEGATIONS):
                found[stance].append(token.start)
        return found

    def of(self, text: str) -> Stance | None:
        """Return the stance of a text, None where it has none or both."""
        found = self.places(text)
        if bool(found["supports"]) == bool(found["opposes"]):
            return None
        return "supports" if found["supports"] else "opposes"
