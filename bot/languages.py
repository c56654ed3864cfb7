"""Which language Footnote speaks: chosen for each conversation, with the fixed words of a reply in gettext catalogues.

The English text is the name of a message. Stored facts are never translated. What has no translation stays English. A language
is a line in `LANGUAGES` and a folder of catalogues, which also have its plural rule; Babel writes its dates and figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from gettext import c2py
from pathlib import Path
from typing import TYPE_CHECKING

from bot.messages import Count, CountedMessage, InWords, Message, filled, with_one_stop
from bot.resources import locale_folder

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ENGLISH = "en"
LANGUAGES = {
    ENGLISH: "English", "de": "Deutsch", "es": "Español", "fr": "Français", "it": "Italiano", "pl": "Polski", "pt": "Português",
    "ru": "Русский", "tr": "Türkçe", "ar": "العربية", "ja": "日本語",
}  # fmt: skip
"""The languages that Footnote speaks, by their codes (ISO 639-1), each as it calls itself."""

RIGHT_TO_LEFT = frozenset({"ar"})
"""Those of them that are written from right to left."""

MESSAGES, COMMANDS = "messages", "commands"
"""The catalogues of a language: what is said, and how commands are named and described."""

_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)
_client: ContextVar[str] = ContextVar("client", default="")

_SLASH = r"(?<![^\s`(“])/([a-z]+)(?: ([a-z]+)\b)?"
"""A command in a message, perhaps with its subcommand or an option."""

OPTION = "option “{name}”"
"""An option in a message; the catalogue of a language has how its messages name one."""

_PLACE = r"\{(\w+)\}"
"""A place in a message where something is filled in."""

_MENU = r"\*\*([A-Z][a-z]+ [a-z]+(?: [a-z]+)*)\*\*"
"""A command in the menu of a message."""


def language() -> str:
    """Return the language that is spoken here."""
    return _spoken.get()


def speak(chosen: str) -> None:
    """Speak a language from here on, in this conversation alone."""
    _spoken.set(chosen)


@contextmanager
def speaking(chosen: str) -> Iterator[None]:
    """Speak a language for a while."""
    before = _spoken.set(chosen)
    try:
        yield
    finally:
        _spoken.reset(before)


def client_language() -> str:
    """Return the language in which commands are named here: that of the reader's client, else the one that is spoken."""
    return _client.get() or language()


def name_commands_in(chosen: str) -> None:
    """Name commands as a client in a language shows them, from here on, in this conversation alone."""
    _client.set(chosen)


def say(message: str, /, **values: object) -> str:
    """Return a message in the language that is spoken, its commands named as in the reader's client, and filled in."""
    translated = _translated(message)
    return with_one_stop(translated, values).format(**values) if values else translated


def say_message(message: str) -> str:
    """Word a message that was made where no language is known, as `say` would; return any other text as it is."""
    if not isinstance(message, Message):
        return message

    def word(value: Message | Count | InWords) -> str:
        if isinstance(value, Message):
            return say_message(value)
        return in_figures(int(value)) if isinstance(value, Count) else value.words(language())

    if isinstance(message, CountedMessage):
        return say_number(message.number, message.one, message.many)
    return filled(_translated(message.template), message.values, word)


def in_figures(number: float, digits: int = 0) -> str:
    """Return a number with ``digits`` decimals, written with the separators of the language that is spoken."""
    if language() == ENGLISH:
        return f"{number:,.{digits}f}"
    from babel.numbers import format_decimal

    return str(format_decimal(number, f"#,##0.{'0' * digits}", locale=language()))


def _translated(message: str) -> str:
    return with_commands(_messages(language()).get(message, (message,))[0])


def say_number(number: int, one: str, many: str, **filled: object) -> str:
    """Return a message about ``number`` things in the plural form that it takes, with ``{number}`` and all else filled in."""
    forms = _messages(language()).get(one)
    said = forms[_plural(language())(number)] if forms else one if number == 1 else many
    return with_commands(said).format(number=number, **filled)


def set_apart(words: str) -> str:
    """Return words of the spoken language as they stand in a line with names, which may be written the other way.

    Without Unicode's isolates a date in Arabic changes places with the number of the paragraph behind it.
    """
    return f"\u2068{words}\u2069" if language() in RIGHT_TO_LEFT else words


def with_commands(message: str) -> str:
    """Return a message, in whatever language, with its commands named as in the reader's client.

    Messages and their translations name commands in English, as the code does.
    """
    shown = client_language()
    return message if shown == ENGLISH else _with_commands(message, language(), shown)


@lru_cache(maxsize=1024)
def _with_commands(message: str, spoken: str, shown: str) -> str:
    names = command_texts(shown)

    def slash(match: re.Match[str]) -> str:
        name, following = match.groups()
        if ("command", name) not in names:
            return match[0]
        kinds = ("command", "option")  # a subcommand, or what is typed in this field of the command
        second = next((names[kind, following] for kind in kinds if (kind, following) in names), following)
        return f"/{names['command', name]}" + (f" {second}" if following else "")

    message = re.sub(_SLASH, slash, message)
    for named in {OPTION, _messages(spoken).get(OPTION, (OPTION,))[0]}:  # English too, for what has no translation
        before, after = map(re.escape, named.split("{name}"))
        option = rf"((?i:{before}))(\w+)(?={after})"  # a language without spaces has no bound before it
        message = re.sub(option, lambda match: match[1] + names.get(("option", match[2]), match[2]), message)
    return re.sub(_MENU, lambda match: f"**{names.get(('command', match[1]), match[1])}**", message)


@lru_cache
def command_texts(chosen: str) -> dict[tuple[str, str], str]:
    """Return the names and descriptions of commands in a language, by what each text names and its English."""
    return {
        (str(message.context), str(message.id)): str(message.string)
        for message in catalogue(chosen, COMMANDS)
        if message.id and message.string
    }


def say_filled(sentence: str, messages: Iterable[str]) -> str:
    """Word a stored sentence, which one of the messages was filled in to make, as `say` would; return any other as it is.

    It does for stored sentences what `say_message` does for messages that still have their template.
    """
    if {language(), client_language()} == {ENGLISH}:
        return sentence
    fitting = next(((message, match) for message in messages if (match := _filled(message).fullmatch(sentence))), None)
    return filled(say(fitting[0]), fitting[1].groupdict()) if fitting else sentence


@cache
def _filled(message: str) -> re.Pattern[str]:
    """Return a pattern for the message with anything filled in, each value as short as fits."""
    parts = re.split(_PLACE, message)  # text and names in turn
    patterns = (f"(?P<{part}>.*?)" if index % 2 else re.escape(part) for index, part in enumerate(parts))
    return re.compile("".join(patterns), re.DOTALL)


def catalogue(chosen: str, name: str = MESSAGES) -> Catalog:
    """Read a catalogue of a language."""
    from babel.messages.pofile import read_po

    with _file(chosen, name).open("rb") as file:
        return read_po(file, locale=chosen)


def _file(chosen: str, name: str) -> Path:
    return locale_folder() / chosen / f"{name}.po"


@lru_cache
def _plural(chosen: str) -> Callable[[int], int]:
    """Return the function from a number to the index of its plural form, by the rule at the head of the catalogue."""
    head = _file(chosen, MESSAGES).read_text(encoding="utf-8").partition("\n\n")[0]
    rule = re.search(r"plural=([^;]+);", head)
    assert rule is not None, chosen
    return c2py(rule[1])


@lru_cache
def _messages(chosen: str) -> dict[str, tuple[str, ...]]:
    """Return the translations of a language by their English: one for a message, all plural forms for a counted one."""
    if chosen == ENGLISH:
        return {}
    translated = ((message.id, message.string) for message in catalogue(chosen) if message.id and message.string)
    return {
        english if isinstance(english, str) else english[0]: (said,) if isinstance(said, str) else tuple(said)
        for english, said in translated
    }
