"""Finding the quotations in a text, and whom it says they are by."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.answers.finding.mentions import NameTable
from bot.checking.provenance import OUTLETS
from bot.english.attribution import MASK, SAYS, Named, attribute
from bot.english.names import NOT_NAMES, PERSON_TITLES
from bot.english.quotation_marks import Span, quoted_spans
from bot.english.search_words import normalise, tokens

LEAST_WORDS = 3
"""Words from which something in quotation marks is a quotation rather than a word set off."""

_LINE_QUOTE = re.compile(r"(?:^[ \t]*>{1,3} ?.*(?:\n|\Z))+", re.MULTILINE)
_LINE_MARK = re.compile(r"^[ \t]*>{1,3} ?", re.MULTILINE)
_STRAIGHT = str.maketrans("’‘", "''")
_PART = r"(?:[A-Z][\w'’-]*[\w]|[A-Z]\.)"
_NAME = re.compile(rf"{_PART}(?:\s+(?:{_PART}|(?:de|van|von|al|bin|of|the|für)(?=\s+[A-Z])))*")
_ROLE = re.compile(r"(?:man|men|woman|women|person|er|or|ist|ian|cat)$")
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
    for span, whose in zip(spans, attribute(text, spans, named_in(text, names, people)), strict=True):
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


def named_in(text: str, names: NameTable, people: Collection[str]) -> tuple[Named, ...]:
    """Return the names in a text, in its order: actors as they are called, and others by their capitals."""
    plain = text.translate(_STRAIGHT)
    cut = tokens(plain)
    known = [
        Named(
            cut[each.start].start,
            _end_of_name(plain, cut[each.end - 1].start, cut[each.end - 1].end),
            plain[cut[each.start].start : cut[each.end - 1].end].removesuffix("'s"),
            each.actors,
            bool(each.actors & set(people)),
        )
        for each in names.mentions([token.word for token in cut])
    ]
    runs = list(_capitals(plain))
    starts = [run.start for run in runs]
    around = [runs[place - 1] if (place := bisect_right(starts, each.start)) else None for each in known]
    known = [each for each, run in zip(known, around, strict=True) if run is None or not _is_of_another(each, run, plain)]
    ends = [each.end for each in known]
    behind = [known[place] if (place := bisect_right(ends, run.start)) < len(known) else None for run in runs]
    others = [run for run, each in zip(runs, behind, strict=True) if each is None or each.start >= run.end]
    return tuple(sorted([*known, *others], key=lambda each: each.start))


def _is_of_another(known: Named, run: Named, text: str) -> bool:
    """Return whether a single name is part of a longer one, which is then somebody else's: Mark Twain, the Financial Times."""
    inside = run.start <= known.start and known.end <= run.end and (run.start, run.end) != (known.start, known.end)
    if not inside or " " in known.name:
        return False
    if not known.person:
        return known.end == run.end and not known.name.isupper() and OUTLETS.search(known.name) is not None
    before, behind = text[run.start : known.start].split(), text[known.end : run.end].split()
    titled = all(word.lower().strip(".") in PERSON_TITLES or _ROLE.search(word) for word in before)
    return bool(behind) or not titled


def _end_of_name(text: str, start: int, end: int) -> int:
    return end - 2 if text[start:end].endswith("'s") else end


def _capitals(text: str) -> Iterator[Named]:
    """Yield runs of words with capitals that are no known actor; a title or a first name makes a person."""
    for match in _NAME.finditer(text):
        written = match.group().removesuffix("'s")
        start, words = match.start(), written.split()
        while words and words[0].lower().strip(".") in NOT_NAMES:
            start += len(words[0])
            start += len(text[start:]) - len(text[start:].lstrip())
            words.pop(0)
        if words:
            name = text[start : match.start() + len(written)]
            yield Named(
                start, start + len(name), name, frozenset(), words[0].lower().strip(".") in PERSON_TITLES or len(words) in (2, 3)
            )


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
