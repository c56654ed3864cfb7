"""What Footnote says on Discord about checked quotations, beside the verdicts that the terminal says too."""

from __future__ import annotations

from bot.presentation.languages import say, say_number

QUOTED = "Checked"
WORD_BY_WORD = "Word by word"
STRUCK_OUT = "struck out: recorded, but not quoted"
BOLD = "**bold**: quoted, but not recorded"
UNMARKED = "I found no quotation marks, so I checked all of it as one quotation."
SHOW_ALL = "Show everybody"
NOTHING_TO_CHECK = "That message has no text that I can read; pick one that quotes somebody."


def found(number: int) -> str:
    """Say how many quotations a text had."""
    return say_number(number, "{number} quotation checked", "{number} quotations checked")


def unmarked() -> str:
    """Say that there were no quotation marks."""
    return say(UNMARKED)
