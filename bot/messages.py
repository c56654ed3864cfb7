"""A message for people that is made where no language is known: the English template, and the values that it is filled in with.

As a string it is its English, so the command line prints it as it is; a client words it in its reader's language by looking up
the template in the catalogue, and those of the messages among its values in turn (`say_message` in `bot.languages`).
It is pickled with its template and values, so that a process that reads uploads sends its faults as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol, Self, runtime_checkable

_PLACE = re.compile(r"\{(\w+)\}")
_BEFORE_STOP = re.compile(r"\{(\w+)\}\.(?!\.)")


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
        """Return what it is rebuilt from in another process."""
        return (self.template,), self.values

    def with_values(self, change: Callable[[object], object]) -> Self:
        """Return the message with what ``change`` makes of each value, also within the messages among them."""
        values = {
            name: value.with_values(change) if isinstance(value, Message) else change(value)
            for name, value in self.values.items()
        }
        return type(self)(self.template, **values)


class CountedMessage(Message):
    """A message about a number of things: their ``number``, and the templates for ``one`` of them and for ``many``."""

    __slots__ = ("many", "number", "one")
    number: int
    one: str
    many: str

    def __new__(cls, number: int, one: str, many: str) -> Self:
        """Fill in the template for that number, which is ``{number}`` in it."""
        message = super().__new__(cls, one if number == 1 else many, number=number)
        message.number, message.one, message.many = number, one, many
        return message

    def __getnewargs_ex__(self) -> tuple[Any, Mapping[str, object]]:
        """Return what it is rebuilt from in another process."""
        return (self.number, self.one, self.many), {}

    def with_values(self, change: Callable[[object], object]) -> Self:
        """Return the message as it is: its only value is a number."""
        return self


@runtime_checkable
class InWords(Protocol):
    """What every language words in its own way, such as a date."""

    def words(self, language: str = "en") -> str:
        """Return it in the words of a language."""


def in_words(value: InWords) -> Message:
    """Return a message that is nothing but a value, such as a date, in the words of whatever language it is said in."""
    return Message("{words}", words=value)


def joined(messages: Iterable[str | None], sign: str = " ") -> str | None:
    """Join all messages that are not empty into one, with a sign between them; None where there are none."""
    whole = None
    for message in filter(None, messages):
        whole = message if whole is None else Message("{first}{sign}{next}", first=whole, sign=sign, next=message)
    return whole


def listing(names: Sequence[str]) -> str:
    """Return names joined as a sentence does: ``A``, ``A and B``, ``A, B and C``."""
    if len(names) < 2:
        return "".join(names)
    return Message("{names} {joint} {last}", names=joined(names[:-1], ", "), joint=Message("and"), last=names[-1])


class Count(int):
    """How many there are of something, perhaps thousands, which every language separates in its own way."""

    def __str__(self) -> str:
        return f"{int(self):,}"


def filled(template: str, values: Mapping[str, object], word: Callable[[Message | Count | InWords], str] | None = None) -> str:
    """Fill in a template, which may be a translation; ``word`` says how messages and counts among the values are worded.

    A message at the very beginning gets a capital letter. Braces around anything but a name stay as they are.
    """
    words = {name: _worded(values[name], word) for name in _PLACE.findall(template)}
    text = _PLACE.sub(lambda match: words[match[1]], with_one_stop(template, words))
    first = _PLACE.match(template)
    opening = values[first[1]] if first else None
    begins = isinstance(opening, Message) and not _PLACE.match(opening.template)  # but not a value, such as a name
    return text[:1].upper() + text[1:] if begins else text


def with_one_stop(template: str, values: Mapping[str, object]) -> str:
    """Return a template without a full stop behind a value that ends with one, as "U.S." and "2017 г." do."""
    return _BEFORE_STOP.sub(lambda match: match[0][:-1] if str(values.get(match[1])).endswith(".") else match[0], template)


def _worded(value: object, word: Callable[[Message | Count | InWords], str] | None) -> str:
    if word is not None and isinstance(value, Message | Count | InWords):
        return word(value)
    return value.words() if isinstance(value, InWords) else str(value)


def _printable(value: object) -> object:
    """Return a value without lone surrogates, which JSON can hold but nothing can print or send."""
    return value if isinstance(value, Message) or not isinstance(value, str) else value.encode("utf-8", "replace").decode()
