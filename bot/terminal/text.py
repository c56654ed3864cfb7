"""Text fit for a terminal: inert, and with the commands of the command line in place of those of Discord.

Inert text has no escape sequence, no control character and nothing that reorders it. Characters that would act are written out
(``\\x1b``), so that nothing of a stored text is lost.
"""

from __future__ import annotations

import re

# Control characters, line and paragraph separators, marks that reorder text (as "trojan source" does), and lone surrogates,
# which cannot be encoded. The joiners U+200C and U+200D stay, since emoji and several scripts need them.
_ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_ACTING_IN_JSON = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

_COMMANDS = {
    "Start typing a name to choose from those I know.": "Names that I know are listed by `footnote network`.",
    "/timeline shows them all": "`footnote timeline` shows them all",
}
"""What sentences written for Discord suggest, and what replaces it at the command line."""


def safe(text: str) -> str:
    """Return the text with every acting character written out, except line feeds; tabs become blanks."""
    return _ACTING.sub(_written_out, text.replace("\r\n", "\n").replace("\t", " "))


def one_line(text: str) -> str:
    """Return the inert text on one line."""
    return " ".join(safe(text).split())


def safe_json(text: str) -> str:
    """Return JSON that says the same with escapes for the acting characters that JSON itself leaves as they are."""
    return _ACTING_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def with_terminal_commands(sentence: str) -> str:
    """Return a sentence with the commands of the command line in place of Discord's."""
    for discord, terminal in _COMMANDS.items():
        sentence = sentence.replace(discord, terminal)
    return sentence


def _written_out(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
