"""Titles as English prints them, every word of weight with a capital, the way citeproc-js does it.

What a mark opens begins like a title of its own; what stands between `PROTECTED` marks keeps its letters.
"""

from __future__ import annotations

import re

from bot.formats.quotes import APOSTROPHE

PROTECTED = ("\ue030", "\ue031")
"""The signs before and after words whose case is not to be changed; CSL-JSON has ``<span class="nocase">`` for them."""

_BREAKS = re.compile(f"([{APOSTROPHE}‘’“”\"'–—/.,;?!:\\[\\]()\\-{PROTECTED[0]}{PROTECTED[1]}])")
_SPACES = re.compile(r"(\s+)")
_SMALL = frozenset(
    "a about above across after against along alongside amid amidst among amongst an and around as aside astride at athwart "
    "atop barring before behind below beneath beside besides between beyond but by c ca circa de despite down during et "
    "except for from given in inside into lest like modulo near next nor notwithstanding of off on onto or out over per "
    "plus pro qua sans since so than the through throughout till to toward towards under underneath until unto up upon van "
    "versus via vs von with within without yet".split()
)


def title_case(text: str) -> str:
    """Return a title with capitals; words that have one already, and small words inside it, are left as they are."""
    parts = _BREAKS.split(text)
    starts, protected = True, 0
    last: tuple[int, int] | None = None
    words: dict[int, list[str]] = {}
    for place in range(0, len(parts), 2):
        mark = parts[place - 1] if place else ""
        protected += (mark == PROTECTED[0]) - (mark == PROTECTED[1])
        starts = starts or mark in ("!", "?", ":")
        if not parts[place].strip():
            continue
        if protected:
            starts, last = False, None
            continue
        words[place] = _SPACES.split(parts[place])
        goes_on = _goes_on(parts, place)
        before_hyphen = parts[place + 1 : place + 2] == ["-"]
        for at, word in enumerate(words[place]):
            if word.strip() and not (goes_on and at == 0):
                weighty = len(word) > 1 and word.lower() not in _SMALL
                ends = before_hyphen and at == len(words[place]) - 1
                words[place][at] = _capital(word) if weighty or starts or ends else word
                starts, last = False, (place, at)
    if last and len(words[last[0]][last[1]]) > 1:
        words[last[0]][last[1]] = _capital(words[last[0]][last[1]])
    return "".join("".join(words.get(place, [part])) for place, part in enumerate(parts))


def capitalize_first(text: str) -> str:
    """Return a text whose first letter is a capital, behind an opening mark too."""
    start = len(text) - len(text.lstrip("‘“\"'([" + APOSTROPHE + PROTECTED[0]))
    protected = PROTECTED[0] in text[:start]
    return text if protected else text[:start] + text[start : start + 1].upper() + text[start + 1 :]


def _goes_on(parts: list[str], place: int) -> bool:
    """Return whether a part begins with the end of the word before it, as the ``re`` of ``we’re`` does."""
    return (
        place > 0
        and parts[place - 1] in (APOSTROPHE, "’", "'")
        and parts[place - 2][-1:].isalnum()
        and parts[place][:1].isalnum()
    )


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:] if word == word.lower() else word
