"""The head of every picture: its title, the story that it is from, and what is on it in numbers."""

from __future__ import annotations

from bot.pictures.canvas import WIDTH, Canvas, Theme
from bot.pictures.letters import Letters, direction

_MARGIN = 36
_TITLE, _STORY, _COUNTS = 36, 27, 25
_TITLE_LINE, _STORY_LINE, _COUNTS_LINE = 44, 35, 44
_TOP = 34.0
_LINES = 2


def head_height(title: str, story: str, letters: Letters) -> float:
    """Return how many pixels the head takes."""
    titled, named = _lines(title, story, letters)
    return _TOP + _TITLE_LINE * len(titled) + _STORY_LINE * len(named) + _COUNTS_LINE


def draw_head(canvas: Canvas, words: tuple[str, str, str], letters: Letters, theme: Theme) -> float:
    """Write the title, the name of the story and the numbers; return where the head ends."""
    title, story, counts = words
    titled, named = _lines(title, story, letters)
    y = _TOP
    for line in titled:
        y += _TITLE_LINE
        canvas.text(_MARGIN, y - 8, line, _TITLE, theme.ink, bold=True, direction=direction(title))
    for line in named:
        y += _STORY_LINE
        canvas.text(_MARGIN, y - 6, line, _STORY, theme.ink, direction=direction(story))
    canvas.text(_MARGIN, y + 26, letters.cut(counts, _COUNTS, WIDTH - 2 * _MARGIN), _COUNTS, theme.soft)
    return y + _COUNTS_LINE


def _lines(title: str, story: str, letters: Letters) -> tuple[list[str], list[str]]:
    width = WIDTH - 2 * _MARGIN
    return letters.lines(title, _TITLE, width, _LINES, bold=True), letters.lines(story, _STORY, width, _LINES)
