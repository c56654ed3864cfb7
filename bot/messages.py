"""A message for people that is made where no language is known: the English template, and the values that it is filled in with.

As a string it is its English, so the command line prints it as it is; a client words it in its reader's language by looking up
the template in the catalogue, and those of the messages among its values in turn (`say_message` in `bot.languages`).
It is pickled with its template and values, so that a process that reads uploads sends its faults as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Self

_PLACE = re.compile(r"\{(\w+)\}")


class Message(str):
    """A message: its ``template`` names its entry in the catalogue, and has a ``{name}`` for each of the ``values``."""

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, /, **values: object) -> Self:
        """Fill in the template."""
        printable = {name: _printable(value) for name, value in values.items()}
        message = super().__new__(cls, filled(template, printable))
        message.template, message.values = template, printable
        return message

    def __getnewargs_ex__(self) -> tuple[tuple[str], Mapping[str, object]]:
        """Say what it is made anew of in another process."""
        return (self.template,), self.values


class Count(int):
    """How many there are of something, perhaps thousands, which every language parts in its own way."""

    def __str__(self) -> str:
        return f"{int(self):,}"


def filled(template: str, values: Mapping[str, object], word: Callable[[Message | Count], str] = str) -> str:
    """Fill in a template, which may be a translation; ``word`` says how messages and counts among the values are worded.

    A message at the very beginning gets a capital letter. Braces around anything but a name stay as they are.
    """
    text = _PLACE.sub(lambda match: _worded(values[match[1]], word), template)
    first = _PLACE.match(template)
    return text[:1].upper() + text[1:] if first and isinstance(values[first[1]], Message) else text


def _worded(value: object, word: Callable[[Message | Count], str]) -> str:
    return word(value) if isinstance(value, Message | Count) else str(value)


def _printable(value: object) -> object:
    """Return a value without halves of characters (JSON can write one), which nothing can print or send."""
    return value if isinstance(value, Message) or not isinstance(value, str) else value.encode("utf-8", "replace").decode()
