"""What differs between two forms of a fact, line by line, fit to be shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.client.text import ELLIPSIS, fitting, inline
from bot.editing.draft import citation_words
from bot.facts.models import Fact
from bot.presentation.languages import language, say
from bot.presentation.word_diff import marked, word_diff
from bot.presentation.wording import labelled
from bot.service.facts import Names

_FIELD = 80
_MOST_LISTED = 4
_ROOM = 900
MORE = "-# and more"


def differences(before: Fact, after: Fact, names: Names, *, room: int = _ROOM) -> list[str]:
    """Return a line for each field that differs, its text word by word; none where nothing does. All fit into the room."""
    lines = []
    room -= len(say(MORE)) + 1
    if before.text != after.text:
        lines.append(marked(word_diff(before.text, after.text), lambda text: fitting(text, room), room=room))
    lines += _single(say("Date"), _date(before), _date(after))
    lines += _single(say("Where"), before.where, after.where)
    lines += _single(say("Said"), before.context, after.context)
    lines += _listed(say("Who"), (*before.by, *before.who), (*after.by, *after.who), names.actor)
    lines += _listed(say("About"), before.about, after.about, names.actor)
    lines += _single(say("Event"), before.event and names.event(before.event), after.event and names.event(after.event))
    lines += _listed(say("Sources"), _cited(before), _cited(after))
    lines += _listed(say("Asked as"), before.asked_as, after.asked_as)
    return _within(lines, room)


def _within(lines: Sequence[str], room: int) -> list[str]:
    """Return as many lines as fit, with a word about those that do not; the first always fits, for it is cut already."""
    shown: list[str] = []
    for line in lines:
        room -= len(line) + 1
        if shown and room < 0:
            return [*shown, say(MORE)]
        shown.append(line)
    return shown


def _date(fact: Fact) -> str | None:
    return fact.date.words(language()) if fact.date else None


def _cited(fact: Fact) -> tuple[str, ...]:
    return tuple(map(citation_words, fact.citations))


def _single(name: str, before: str | None, after: str | None) -> list[str]:
    if before == after:
        return []
    return [labelled(name, _pair([before] if before else [], [after] if after else []))]


def _listed(name: str, before: Sequence[str], after: Sequence[str], called: Callable[[str], str] = str) -> list[str]:
    gone = [called(each) for each in before if each not in after]
    new = [called(each) for each in after if each not in before]
    if gone or new:
        return [labelled(name, _pair(gone, new))]
    return [say("{field}: in another order", field=name)] if before != after else []


def _pair(gone: Sequence[str], new: Sequence[str]) -> str:
    parts = [
        *(f"~~{inline(each, _FIELD) or ELLIPSIS}~~" for each in gone[:_MOST_LISTED]),
        *(f"**{inline(each, _FIELD) or ELLIPSIS}**" for each in new[:_MOST_LISTED]),
    ]
    more = len(gone[_MOST_LISTED:]) + len(new[_MOST_LISTED:])
    return ", ".join(parts).replace("~~, **", "~~ **") + (f" {say('and {number} more', number=more)}" if more else "")
