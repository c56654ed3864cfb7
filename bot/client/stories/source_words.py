"""What Footnote says to moderators about lists of sources."""

from __future__ import annotations

from bot.presentation.wording import counted

APPLY = "Apply"
NOTHING_NEW = "Nothing would change: all of these sources are known already."
TOO_LARGE = "The file is too large: {size}. A list of sources can have {most} here; split it."
NOTHING_YET = "-# Nothing is changed yet."
UNDO_HINT = "-# Undo takes all of them back. Cite them in /fact add, or choose one there under “source”."
KNOWN = "**Known already**"


def import_title(number: int, story: str) -> str:
    """Head the preview of an import; the story's title is escaped already."""
    return f"### Add {counted(number, 'source', 'sources')} to {story}"


def imported(number: int, story: str) -> str:
    """Say that an import is done."""
    return f"### Added {counted(number, 'source', 'sources')} to {story}"


def known(title: str, same_as: str, by: str) -> str:
    """Say of a source which one is the same, and by what that was seen."""
    return f"- {title}: the same {by} as **{same_as}**"
