"""All stories of a base as zip files of story files, each as small as it has to be to be sent."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from bot.errors import UsageError
from bot.facts.base import FactBase
from bot.formats.export import story_file, whole_story

_NAME = 100


def bundle(base: FactBase, most: int | None = None) -> tuple[tuple[str, bytes], ...]:
    """Return zip files, by name, of at most so many bytes: one of all stories, else one a story.

    Raises UsageError where one story alone is larger.
    """
    files = {
        f"{_name(info.id, number)}.yaml": story_file(whole_story(base, info.id)) for number, info in enumerate(base.stories())
    }
    whole = _zipped(files.items())
    if most is None or len(whole) <= most:
        return (("stories.zip", whole),)
    parts = tuple((f"{name.removesuffix('.yaml')}.zip", _zipped([(name, content)])) for name, content in files.items())
    if any(len(content) > most for _, content in parts):
        raise UsageError("A story is too large to be sent; whoever runs the bot can hand it out with footnote story export.")
    return parts


def _name(story: str, number: int) -> str:
    """Return a story's id, cut where it is longer than names of files should be."""
    return story if len(story) <= _NAME else f"{story[:_NAME]}-{number}"


def _zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return written.getvalue()
