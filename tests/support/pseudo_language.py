"""A language made for tests, by which a text shows whether it came through the catalogue.

Every letter of a message is written wide, so that what is left in narrow letters is either stored text or was never translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest
from babel.dates import get_day_names, get_month_names

from bot import languages

SPOKEN = "de"
"""The language in whose place it is spoken; dates stay in that one."""

_WIDE = {code: code + 0xFEE0 for pair in ("az", "AZ") for code in range(ord(pair[0]), ord(pair[1]) + 1)}
_NARROW = re.compile(
    r"\{\w+\}"  # what is put in
    r"|`[^`]*`"  # what is typed as it stands there
    r"|(?<![^\s`(“])/[a-z]+(?: [a-z]+\b)?"  # commands, which have their own catalogue
    r"|https?://\S+"
    r"|\*\*(?:Answer this|Check quotes|Add as fact|Read this article)\*\*"
)
_LEFT_OUT = re.compile(  # what is to be copied, mentions, addresses, commands, numbers of facts and ids
    r"```.*?```|`[^`]*`|<[^<>\s]*>|https?://\S+|(?<!\w)/\w+(?: \w+)?|\bF\d+(?:@\d+)?|@\d+|(?<![\w-])[a-z0-9]+(?:-[a-z0-9]+)+\b",
    re.DOTALL,
)
_WORDS = re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+(?:['’-][A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+)*")
_BETWEEN = re.compile(r"[ \u00a0]+")


def wide(message: str) -> str:
    """Return a message in the pseudo-language."""
    end, parts = 0, []
    for kept in _NARROW.finditer(message):
        parts += [message[end : kept.start()].translate(_WIDE), kept[0]]
        end = kept.end()
    return "".join([*parts, message[end:].translate(_WIDE)])


def speak_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the pseudo-language spoken in the place of a real one."""
    ids = [message.id for message in languages.catalogue(SPOKEN) if message.id]
    single = {id_: (wide(id_),) for id_ in ids if isinstance(id_, str)}
    numbered = {id_[0]: tuple(map(wide, id_)) for id_ in ids if not isinstance(id_, str)}
    monkeypatch.setattr(languages, "_messages", lambda chosen: {} if chosen == languages.ENGLISH else single | numbered)


class Stored:
    """Texts that may stand in a message as they are: what is stored, what was typed, and names of people and formats."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = f" {' / '.join(' '.join(_runs(text)) for text in texts)} "
        for width in ("wide", "abbreviated"):
            names = (*get_month_names(width, locale=SPOKEN).values(), *get_day_names(width, locale=SPOKEN).values())
            self._texts += " / ".join(names) + " "

    def untranslated(self, shown: str) -> Iterator[str]:
        """Yield the pieces of a shown text that are neither stored nor came through the catalogue."""
        for run in _runs(_LEFT_OUT.sub(" / ", shown.replace("\\", ""))):
            if f" {run} " not in self._texts:
                yield run


def _runs(text: str) -> Iterator[str]:
    """Yield the runs of words between which there is nothing but blanks."""
    run: list[str] = []
    end = 0
    for word in _WORDS.finditer(text):
        if run and not _BETWEEN.fullmatch(text[end : word.start()]):
            yield " ".join(run)
            run = []
        run.append(word[0])
        end = word.end()
    if run:
        yield " ".join(run)
