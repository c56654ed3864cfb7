"""Whether words approve of something or object to it, as far as words by themselves show that."""

from __future__ import annotations

import re
from typing import Literal

from bot.english.lexicon import Lexicon
from bot.english.search_words import tokens

Stance = Literal["supports", "opposes"]

_SUPPORTING = """agree applaud applauded appreciate approve approved back backed commend commended congratulate correct deserve
    deserved endorse endorsed favour favor glad grateful justified overdue positive praise praised proud right side sided support
    supported thank welcome welcomed welcoming""".split()
_OPPOSING = """absurd accusation accuse accused aggressive alarming attack attacked betray betrayal blame blamed chilling
    condemn condemned contradict contradicted crackdown criticise criticised criticism criticize criticized dangerous denied
    denounce denounced deny deplorable deplore deplored disagree disagreed disapprove disgrace disgraceful dispute disputed false
    harmful lie mistake nonsense object objected objection oppose opposed outrage outrageous protest protested regrettable reject
    rejected ridiculous scandalous shame shameful unacceptable unfair unjust unjustified unlawful wrong""".split()
# What one does to somebody by words: what others tell shows who does it; by the speaker's own words only "I" and "we" do.
_DEEDS = """accuse accused applaud applauded attack attacked blame blamed commend commended condemn condemned congratulate
    contradict contradicted criticise criticised criticize criticized defend defended denied denounce denounced deny deplore
    deplored dispute disputed endorse endorsed praise praised protest protested reject rejected""".split()
_OWN = frozenset({"i", "we"})
_AGAINST = frozenset({"against"})
_NEGATIONS = frozenset("not no never nobody nothing neither nor without hardly cannot".split())
_REACH = 3  # words before a word of approval that may turn it round
_OTHERWISE = re.compile(  # words of the same form that are no verdict: "the right side", "back to", "an object"
    r"\b(?:the|a|an|his|her|its|their) (?:(?:back|side|object|lie)s?|rights|right(?= (?:side|hand|arm|leg|foot|wing)\b|$))\b|"
    r"(?<!\bi )(?<!\bwe )(?<!\bto )(?<!\bwill )(?<!\bfully )\bback\b|"
    r"\b(?:back|right)s? (?:to|of|in|on|at|up|out|side|away)\b",
    re.IGNORECASE,
)


class Stances:
    """Tells the stance of words. ``stems`` are those of all words that may show one."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._supporting = frozenset(lexicon.stem(word) for word in _SUPPORTING)
        self._opposing = frozenset(lexicon.stem(word) for word in _OPPOSING) | _AGAINST
        self._deeds = frozenset(lexicon.stem(word) for word in _DEEDS)
        self.stems = self._supporting | self._opposing

    def places(self, text: str, *, own: bool) -> dict[Stance, list[int]]:
        """Return where in a text words of approval and of objection stand (offsets); those that are denied are left out.

        ``own``: whoever takes the stance says it; else somebody tells of it.
        """
        found: dict[Stance, list[int]] = {"supports": [], "opposes": []}
        plain = _OTHERWISE.sub(lambda match: " " * len(match.group()), text)
        read = tokens(plain)
        for number, token in enumerate(read):
            stem = self._lexicon.stem(token.word)
            stance: Stance | None = "supports" if stem in self._supporting else "opposes" if stem in self._opposing else None
            before = {each.word for each in read[max(0, number - _REACH) : number]}
            by_another = own and stem in self._deeds and before.isdisjoint(_OWN)
            if stance is not None and before.isdisjoint(_NEGATIONS) and not by_another:
                found[stance].append(token.start)
        return found

    def of(self, text: str, *, own: bool) -> Stance | None:
        """Return the stance of a text, None where it has none or both; ``own`` as for `places`."""
        found = self.places(text, own=own)
        if bool(found["supports"]) == bool(found["opposes"]):
            return None
        return "supports" if found["supports"] else "opposes"
