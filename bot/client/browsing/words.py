"""What Footnote says about citing on Discord."""

from __future__ import annotations

from bot.presentation.languages import say

CITE = "Cite"
COPY = "Press and hold the text to copy it, or use the button in its corner."
CHOOSE_FORM = "Another format"
CHOOSE_SOURCE = "Choose a source to cite"
NO_STYLES = "APA, MLA, Chicago and Harvard are not installed here. Choose another format, or ask whoever runs me to add them."
TOO_LONG = "That is too long for a message. Choose another format, or one of its sources."
GONE = "That source is no longer there. Open the sources again."


def title(name: str) -> str:
    """Head a citation: what is cited, escaped already."""
    return "### " + say("Cite {name}").format(name=name)
