"""Text written as YAML that reads back the same, in the plainest form that does.

A text stays without quotes where no YAML reader, of version 1.1 or 1.2, would take it for anything else; long text is folded;
characters that cannot be seen are written as escapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

WIDTH = 120

# A word that some reader takes for nothing, a truth value, a number, a time or a date.
_AMBIGUOUS = re.compile(
    r"""~|null|true|false|yes|no|on|off|y|n
    |[-+]?[\d_]*\.?[\d_]+\.?(e[-+]?\d+)?|0x[\da-f_]+|0o?[0-7_]+|[-+]?\.(inf|nan)
    |[-+]?\d+(:\d+)+(\.\d*)?|\d{4}-\d\d?-\d\d?([t\s].*)?""",
    re.IGNORECASE | re.VERBOSE,
)
_OPENING_SIGNS = "(“‘«„¿¡$€£"
_JOINERS = "\u200c\u200d"
_BREAKS_PLAIN = re.compile(r":(\s|$)|\s#")
_BREAKS_FLOW = re.compile(r"[,\[\]{}:]")


def scalar(text: str, *, flow: bool = False) -> str:
    """Write a text on one line, for a list in brackets if ``flow``."""
    if _is_plain(text) and not (flow and _BREAKS_FLOW.search(text)):
        return text
    if _is_visible(text) and ('"' in text or "\\" in text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def value(text: str, indent: int, used: int = 0) -> str:
    """Write a text as the value of a key or the item of a list.

    ``indent`` is how far in the lines below stand, ``used`` how much of the first line is taken.
    """
    lines = text.split("\n")
    if len(lines) > 1:
        plain = all(_is_visible(line) and line == line.strip() for line in lines) and lines[0] and lines[-1]
        return _block("|-", lines, indent) if plain else scalar(text)
    if used + len(text) <= WIDTH or not _folds(text):
        return scalar(text)
    return _block(">-", _wrapped(text, WIDTH - indent), indent)


def flow_list(texts: Iterable[str]) -> str:
    """Write texts, already made scalars, as a list in brackets."""
    return f"[{', '.join(texts)}]"


def _is_plain(text: str) -> bool:
    return bool(
        text
        and (text[0].isalnum() or text[0] in _OPENING_SIGNS)
        and not text.endswith(" ")
        and _is_visible(text)
        and not _BREAKS_PLAIN.search(text)
        and not _AMBIGUOUS.fullmatch(text)
    )


def _is_visible(text: str) -> bool:
    return all(sign.isprintable() or sign in _JOINERS for sign in text)


def _folds(text: str) -> bool:
    """Return whether a text can be broken at its spaces and still reads back the same."""
    return _is_visible(text) and "  " not in text and text == text.strip() and " " in text


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines


def _block(header: str, lines: Iterable[str], indent: int) -> str:
    return "\n".join([header, *(f"{' ' * indent}{line}" if line else "" for line in lines)])


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return "\\" + sign
    if sign.isprintable() or sign in _JOINERS:
        return sign
    short = {"\n": "\\n", "\t": "\\t"}.get(sign)
    if short:
        return short
    code = ord(sign)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
