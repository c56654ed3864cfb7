"""Addresses that scroll to a sentence: by a text fragment, a browser finds the sentence in the page and highlights it.

https://wicg.github.io/scroll-to-text-fragment/
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from bot.facts.text import safe_url

MAX_WHOLE = 12
"""Most words of a sentence that is given in full; of a longer one, only its first and last words are."""

ENDS = 5
"""How many of its first words, and of its last."""

_MIN_END = 3  # words

_SUFFIX = re.compile(r"\.([a-z]\w{1,4})$", re.IGNORECASE)
_PAGES = frozenset("html htm xhtml shtml shtm php php5 asp aspx jsp jspx cfm stm do".split())
_LEFT_OUT = re.compile(r"\s*(?:\[[^\]]*\]|\(?(?:…|\.\.\.)\)?)\s*")  # by whoever quotes; what stands in brackets is theirs
_OUTER_MARKS = re.compile(r"^\W+|\W+$")


def scrolling_to(url: str | None, sentence: str) -> str | None:
    """Return an address that scrolls to a sentence of its page, word for word.

    Of a sentence from which words were left out, or into which some were put in brackets, it names what stands before the first
    and behind the last of these. The address is returned unchanged where it leads to a file rather than a page, where there is
    nothing to scroll to, and where it would become too long to be shown.
    """
    if not url or not _is_page(url):
        return url
    ends = _ends(sentence)
    texts = [_OUTER_MARKS.sub("", " ".join(part)) for part in ends]
    if not all(texts) or ":~:" in url:
        return url
    # Hyphens, commas and ampersands have a meaning in text fragments, and quote() does not encode hyphens.
    fragment = ",".join(quote(text, safe="", errors="replace").replace("-", "%2D") for text in texts)
    scrolling = f"{url}{'' if '#' in url else '#'}:~:text={fragment}"
    return scrolling if safe_url(scrolling) else url


def _ends(sentence: str) -> list[list[str]]:
    """Return the words to look for: those of a whole sentence, or those at its two ends."""
    pieces = [words for piece in _LEFT_OUT.split(sentence) if (words := piece.split())]
    if len(pieces) < 2:
        (words,) = pieces or ([],)
        return [words] if len(words) <= MAX_WHOLE else [words[:ENDS], words[-ENDS:]]
    if min(len(pieces[0]), len(pieces[-1])) < _MIN_END:  # a word or two may stand anywhere in the page
        longest = max(pieces, key=len)
        return [longest] if len(longest) <= MAX_WHOLE else [longest[:ENDS], longest[-ENDS:]]
    return [pieces[0][:ENDS], pieces[-1][-ENDS:]]


def _is_page(url: str) -> bool:
    try:
        suffix = _SUFFIX.search(urlsplit(url).path.rpartition("/")[2])
    except ValueError:
        return False
    return suffix is None or suffix[1].lower() in _PAGES
