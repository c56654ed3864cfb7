"""Who came before and after whom in a role, as facts tell it: "Bakke lost the presidency to Solheim", "Lee became mayor".

In: the index of a whole story, and the words of a question. Out: what facts tell of who took and who left a role, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.answers.finding.documents import Document
from bot.answers.finding.index import StoryIndex
from bot.answers.relations.chronology import Moment, dated
from bot.english.search_words import normalise, stem, tokens

_SO = r"^(?:(?:so|and|ok|okay|well|but|then|please|tell me) )*"
_AS = r"(?: (?:as|for)(?: the)? (?P<title>[\w ]+))?$"
_TITLE = r"(?P<title>(?:the )?[\w ]+?)"
_FORMS: tuple[tuple[Literal["before", "after"], str], ...] = (
    (
        "after",
        rf"who (?:succeed(?:s|ed)|replace[sd]|took over from|came after|took the place of)(?: the)? (?P<name>.+?){_AS}",
    ),
    ("after", rf"who (?:was|is|became) (?:the )?successor (?:of|to)(?: the)? (?P<name>.+?){_AS}"),
    ("after", rf"who (?:was|is|became) (?P<name>.+?) successor{_AS}"),
    ("after", rf"who (?:was|is|became) {_TITLE} after (?P<name>.+)$"),
    ("before", rf"who (?:preceded|came before|went before)(?: the)? (?P<name>.+?){_AS}"),
    ("before", rf"who (?:was|is) (?:the )?predecessor (?:of|to)(?: the)? (?P<name>.+?){_AS}"),
    ("before", rf"who (?:was|is) (?P<name>.+?) predecessor{_AS}"),
    ("before", rf"who(?:m)? did (?P<name>.+?) (?:succeed|replace|take over from|follow){_AS}"),
    ("before", rf"who was {_TITLE} before (?P<name>.+)$"),
)
_QUESTIONS = tuple((side, re.compile(_SO + form)) for side, form in _FORMS)
_OFFICE = (
    r"(?:presidency|chair\w*|captaincy|leadership|post|office|job|seat|command|crown|throne|role|place|position|mayoralty|"
    r"premiership|directorship|ministry|editorship)"
)
# In these patterns a name is a sign and a number, "@0", and all else stands in lower case without its signs.
_THEIR = "(?:the|his|her|their)"
_OLD, _NEW = r"(?P<old>@\d+)", r"(?P<new>@\d+)"
_CHANGES = tuple(
    map(
        re.compile,
        (
            rf"{_NEW} (?:(?:has|had|then|later) )*(?:succeed(?:s|ed)|replace[sd]|took over from|took the place of) {_OLD}",
            rf"{_OLD} (?:was|is|has been|had been) (?:succeeded|replaced) (?:\w+ ){{0,6}}?by {_NEW}",
            rf"{_OLD} (?:lost|handed|handed over|gave up|passed|yielded) {_THEIR} {_OFFICE} (?:\w+ ){{0,5}}?to {_NEW}",
            rf"\breplaced {_OLD} (?:with|by) {_NEW}",
        ),
    )
)
_TAKEN = r"(?:re)?(?:elected|appointed|named|chosen|sworn in|made|installed|declared)"
_ENDS = r"(?:of|in|at|for|by|on|with|from|to|and|but)"
_CALLED = rf"(?: as)?(?: (?:the|an?|its|their))?(?P<title>(?: (?!{_ENDS}\b)[a-z]+){{0,3}})"
_TAKES = tuple(
    map(
        re.compile,
        (
            rf"{_NEW} (?:(?:was|were|is|has been|had been) )?(?:\w+ly )?{_TAKEN}{_CALLED}",
            rf"{_NEW} (?:\w+ly )?(?:became|becomes|took over as|took office){_CALLED}",
            rf"\b(?:elected|appointed|named|chose|made|declared) {_NEW}{_CALLED}",
        ),
    )
)
_LEAVES = re.compile(
    rf"{_OLD} (?:(?:has|had|then|later|finally) )*(?:resigned|stepped down|stood down|retired|quit|left office|"
    rf"was (?:dismissed|sacked|fired|ousted|removed|deposed)|(?:lost|gave up) {_THEIR} {_OFFICE})"
)
_ELECTED = "elect"


@dataclass(frozen=True, slots=True)
class SuccessionRequest:
    """A question for whoever came before or after somebody, in a role where one is named; in words."""

    side: Literal["before", "after"]
    name: str
    title: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """What a fact tells of a role: ``new`` took it, ``old`` left it (keys of actors); ``title`` has the stems of its name."""

    document: Document
    moment: Moment | None
    new: str | None = None
    old: str | None = None
    title: tuple[str, ...] = ()


def read_succession(words: Sequence[str]) -> SuccessionRequest | None:
    """Return the request that a question makes, None for most."""
    text = " ".join(words)
    for side, form in _QUESTIONS:
        if match := form.match(text):
            return SuccessionRequest(side, match["name"], match["title"])
    return None


def changes(index: StoryIndex) -> list[Change]:
    """Return what the events of a story tell of who took and left roles, in their order; those without a date come last."""
    moments = {fact.document.number: fact.moment for fact in dated(index, lambda document: document.is_event)}
    role_changes = [
        change
        for document in index.documents
        if document.is_event
        for change in _changes_in(document, moments.get(document.number), index)
    ]
    return sorted(role_changes, key=lambda change: (change.moment is None, change.moment or ()))


def _changes_in(document: Document, moment: Moment | None, index: StoryIndex) -> Iterator[Change]:
    """Yield the changes that a fact tells of."""
    text, keys = _with_signs(document, index)
    if not keys:
        return

    def key(match: re.Match[str], group: str) -> str:
        return keys[int(match[group][1:])]

    for form in _CHANGES:
        for match in form.finditer(text):
            yield Change(document, moment, key(match, "new"), key(match, "old"))
    for form in _TAKES:
        for match in form.finditer(text):
            yield Change(document, moment, key(match, "new"), title=tuple(map(stem, match["title"].split())))
    for match in _LEAVES.finditer(text):
        yield Change(document, moment, old=key(match, "old"))


def _with_signs(document: Document, index: StoryIndex) -> tuple[str, list[str]]:
    """Return the words of a fact with a sign for each actor that it names, and the keys of these."""
    words = [token.word for token in tokens(normalise(document.record.fact.text))]
    keys: list[str] = []
    for mention in reversed(index.names.mentions(words)):
        actors = mention.actors & document.actors or mention.actors
        if len(actors) == 1:
            words[mention.start : mention.end] = [f"@{len(keys)}"]
            keys.append(next(iter(actors)))
    return " ".join(words), keys


def took(role_changes: Sequence[Change], title: str, holders: Sequence[str], lesser: frozenset[str]) -> list[Change]:
    """Return the changes by which somebody took the role of a title (a stem); ``holders`` are those who are recorded to have it.

    An election that names no role is one to it where one of the holders was elected so, too.
    """
    named = [change for change in role_changes if change.new and title in change.title and lesser.isdisjoint(change.title)]
    elected = [
        change
        for change in role_changes
        if change.new and change.title[:1] in ((), (_ELECTED,)) and _ELECTED in change.document.text
    ]
    if any(change.new in holders for change in elected):
        named = [change for change in role_changes if change in named or change in elected]
    return named
