"""Finding the quotations in a text, and whom it says they are by."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.answers.finding.mentions import NameTable
from bot.checking.names import named_in
from bot.checking.speakers import attribute
from bot.english.quotation_marks import MASK, Span, quoted_spans
from bot.english.search_words import normalise, tokens
from bot.english.speech import SAYS

LEAST_WORDS = 3
"""Words from which something in quotation marks is a quotation rather than a word set off."""

_LINE_QUOTE = re.compile(r"(?:^[ \t]*>{1,3} ?.*(?:\n|\Z))+", re.MULTILINE)
_LINE_MARK = re.compile(r"^[ \t]*>{1,3} ?", re.MULTILINE)
_SAID_FIRST = re.compile(
    rf"(?P<who>[^\n:“\"]{{2,60}}?)(?:\s{{0,9}}:\s+|\s{{1,9}}(?:{SAYS.pattern})\s*(?:[:,]\s*|that\s+|\s)(?=\S))(?P<said>\S[\s\S]*)",
    re.IGNORECASE,
)
_TAIL = 200  # characters at the end of a text in which it is said by whom it was
_SAID_LAST = re.compile(r"(?P<said>[\s\S]*\S)\s*(?:\n\s*|\s)[-–—~]{1,2}\s*(?P<who>[A-Z@][^\n]{1,80})")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation found in a text: its words, where it stands, and what the text says about whose it is.

    ``actors`` are keys of the actors that it may be by, ``name`` is how the text calls the speaker, known or not; both are empty
    where the text does not say. ``context`` is its sentence, a MASK for each quotation. ``whole``: nothing marks it as a
    quotation, the whole text is taken for one.
    """

    text: str
    start: int
    end: int
    actors: frozenset[str] = frozenset()
    name: str = ""
    context: str = ""
    whole: bool = False

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(tokens(normalise(self.text)))


def quotations_in(text: str, names: NameTable, *, people: Collection[str] = ()) -> tuple[Quotation, ...]:
    """Return the quotations in a text, in its order; a text without quotation marks is one as a whole.

    ``people`` are the keys of the actors that are persons.
    """
    spans = spans_in(text)
    if not spans:
        return tuple(_whole(text, names))
    found = []
    for span, whose in zip(spans, attribute(text, spans, named_in(text, names, people, spans)), strict=True):
        inside = _LINE_MARK.sub("", text[span.start : span.end]).strip()
        actors = frozenset(key for each in whose.speakers for key in each.actors)
        called = {each.actors or each.name: each.name for each in whose.speakers}  # a title and a name may be one person's
        name = " and ".join(called.values())
        found.append(Quotation(inside, span.start, span.end, actors, name, whose.context))
    return tuple(found)


def spans_in(text: str) -> tuple[Span, ...]:
    """Return where quotations stand: in quotation marks, and where a line begins with > as on Discord or in a mail."""
    marked = quoted_spans(text)
    lines = []
    for match in _LINE_QUOTE.finditer(text):
        end = match.start() + len(match.group().rstrip())
        if not any(match.start() <= span.start and span.end <= end for span in marked):
            lines.append(Span(match.start(), end, (match.start(), end)))
    return tuple(sorted([*marked, *lines], key=lambda span: span.start))


def _whole(text: str, names: NameTable) -> Sequence[Quotation]:
    """Return a text without marks as one quotation, without the name that it begins or ends with: ``Lee: It is not safe.``"""
    stripped = text.strip()
    if not stripped:
        return ()
    # Whoever is named behind the words stands within so many characters, wherever a long text before them begins.
    for pattern, begins in ((_SAID_FIRST, 0), (_SAID_LAST, max(len(stripped) - _TAIL, 0))):
        match = pattern.fullmatch(stripped, begins)
        if match is None:
            continue
        first = match.start("said") if begins == 0 else 0
        named = named_in(match["who"], names, ())
        if named and len(match["who"].split()) <= 6:
            said = stripped[first : match.end("said")]
            start = text.find(stripped) + first
            actors = frozenset(key for each in named for key in each.actors)
            context = f"{stripped[:first]}{MASK}{stripped[match.end('said') :]}"
            return (Quotation(said, start, start + len(said), actors, named[0].name, context, whole=True),)
    start = text.find(stripped)
    return (Quotation(stripped, start, start + len(stripped), whole=True),)
