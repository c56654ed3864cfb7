"""Where the files that come with Footnote are: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_WHEEL = _PACKAGE / "shipped"
_CHECKOUT = _PACKAGE.parent


def stories_folder() -> Path:
    """Return the folder of the shipped stories."""
    return _shipped("stories", "data/stories")


def locale_folder() -> Path:
    """Return the folder of the translations into other languages than English."""
    return _shipped("locale", "data/locale")


def lexicon_file() -> Path:
    """Return the English lexicon, a read-only SQLite file."""
    return _shipped("lexicon/english.db", "data/lexicon/english.db")


def first_names_file() -> Path:
    """Return the list of first names."""
    return _shipped("lexicon/first_names.txt", "data/lexicon/first_names.txt")


def reader_folder() -> Path:
    """Return the folder of the trained reader's files."""
    return _shipped("reader", "data/reader/weights")


def fonts_folder() -> Path:
    """Return the folder of the fonts that pictures are drawn with."""
    return _shipped("fonts", "data/fonts")


def _shipped(in_wheel: str, in_checkout: str) -> Path:
    return _WHEEL / in_wheel if _WHEEL.is_dir() else _CHECKOUT / in_checkout
