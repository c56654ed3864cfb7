"""What becomes of text on its way into a fact base: the one place that decides it.

Text is kept as it was written, character for character, with two exceptions: line breaks are line feeds, and white space at both
ends is taken off. Nothing else is changed, not even the Unicode form, since quotes are verbatim. Titles and names of a story file
stand on one line each. A text of which nothing can be seen is empty.
"""

from __future__ import annotations

import re
import unicodedata

_BREAK = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs that are blank
_UNSEEN_KINDS = frozenset({"Cc", "Cf", "Cs", "Mn", "Me", "Zs", "Zl", "Zp"})


def clean(text: str) -> str:
    """Return the text as it is kept."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return text if any(map(_is_seen, text)) else ""


def on_one_line(text: str) -> str:
    """Return a text with a space for each of its line breaks, as a title or a name is kept and written."""
    return _BREAK.sub(" ", text)


def _is_seen(sign: str) -> bool:
    return sign not in _UNSEEN and unicodedata.category(sign) not in _UNSEEN_KINDS
