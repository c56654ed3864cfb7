"""Where the files that come with Footnote are: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_WHEEL = _PACKAGE / "shipped"
_CHECKOUT = _PACKAGE.parent


def stories_folder() -> Path:
    """Return the folder of the shipped stories."""
    return _WHEEL / "stories" if _WHEEL.is_dir() else _CHECKOUT / "data" / "stories"


def locale_folder() -> Path:
    """Return the folder of what Footnote says in other languages than English."""
    return _WHEEL / "locale" if _WHEEL.is_dir() else _CHECKOUT / "data" / "locale"


def lexicon_file() -> Path:
    """Return the English lexicon, a read-only SQLite file."""
    return _WHEEL / "lexicon" / "english.db" if _WHEEL.is_dir() else _CHECKOUT / "data" / "lexicon" / "english.db"


def reader_folder() -> Path:
    """Return the folder of the trained reader's files."""
    return _WHEEL / "reader" if _WHEEL.is_dir() else _CHECKOUT / "data" / "reader" / "weights"


def default_settings_file() -> Path:
    """Return the file that states every setting with its default."""
    return _WHEEL / "footnote.toml" if _WHEEL.is_dir() else _CHECKOUT / "config" / "footnote.toml"


def fonts_folder() -> Path:
    """Return the folder of the fonts that pictures are drawn with."""
    return _WHEEL / "fonts" if _WHEEL.is_dir() else _CHECKOUT / "data" / "fonts"
