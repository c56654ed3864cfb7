"""What becomes of text on its way into a fact base: the one place that decides it.

Text is kept as it was written, character for character, with two exceptions: line breaks are line feeds, and white space at both
ends is taken off. Nothing else is changed, not even the Unicode form, since quotes are verbatim.
"""

from __future__ import annotations


def clean(text: str) -> str:
    """Return the text as it is kept."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
