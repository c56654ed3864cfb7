"""What a sentence suggests to do, in the words of a terminal: it was written for Discord, where names are offered."""

from __future__ import annotations

_ON_DISCORD = {
    "Start typing a name to choose from those I know.": "Names that I know are listed by `footnote network`.",
    "/timeline shows them all": "`footnote timeline` shows them all",
}


def in_terminal(sentence: str) -> str:
    """Return a sentence with the commands of the command line in the place of Discord's."""
    for there, in_place in _ON_DISCORD.items():
        sentence = sentence.replace(there, in_place)
    return sentence
