"""Whose words a quotation is, by what stands around it in its sentence: general English, no list of people.

Somebody says it before (``Lee said, “…”``) or behind (``“…,” said Lee``), stands beside it (``Lee: “…”``, ``“…” — Lee``), is
meant by a pronoun, or goes on from the quotation before. Names are given: who knows the actors finds them in their own way.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.english.names import NEVER_LAST
from bot.english.quotation_marks import Span
from bot.english.speech import BESIDE_QUOTES, UTTERING

# The longest first, so that no form is taken for a shorter one that it begins with.
_FORMS = "|".join(sorted((*UTTERING, *BESIDE_QUOTES), key=lambda form: (-len(form), form)))
SAYS = re.compile(rf"(?<![\w’'-])(?:{_FORMS})(?![\w-])", re.IGNORECASE)
"""A verb of saying, in any of its forms."""

MASK = "\x1a"
_INVERTED = frozenset("said says wrote writes added adds replied tweeted insisted argued continued explained declared".split())
_PASSIVE = re.compile(r"\b(?:is|was|were|are|be|been|being|gets?|got)(?: \w+ly)? $", re.IGNORECASE)
_NAMING = re.compile(
    r"(?:call|accus|describ|denounc|condemn|dismiss|brand|label|dub|hail|prais|critici|blast|slam)", re.IGNORECASE
)
_LITTLE = r"(?:also|then|later|now|still|once|just|only|even|first|has|have|had|\w+ly|himself|herself|itself|themselves|who|,)"
_SENTENCE = 600  # characters on each side of a quotation that are read; a text without full stops is one sentence
_CLOSE = re.compile(rf"\s*(?:{_LITTLE}\s+|,\s*){{0,3}}")
_ABUTS = re.compile(r"(?:\s+(?:that|it|how|of it as|the \w+|they|he|she|was|is))?[\s,:;—–-]*$", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"\b(?:of|on|in|for|by|to|with|from|about|against|at|under|than|over|after|before|into|like|via|between|outside|near|"
    r"told|asked|tells|require[sd]?)\s+(?:(?:the|a|an|his|her|its|their|news agency|newspaper)\s+)?(?:[a-z][\w-]*\s+)?$"
)
_POSSESSIVE = re.compile(r"['’]s\b|(?<=s)['’](?=\s)")
_RELATIVE = re.compile(r",?\s(?:who|which|whose|whom|where)\b")
_JOINS = re.compile(r"^\s*(?:,|,? and|&)\s+(?:(?:the|[A-Z][\w.'’-]*|[a-z]+)\s+){0,4}$|^\s*(?:,|,? and|&)\s*$")
_BEFORE_NAME = re.compile(r"[\s,;]*(?:(?:the|a|an|then|[A-Z]?[\w.'’-]+)\s+){0,5}$")
_PRONOUN = re.compile(r"\b(?P<who>he|she|they|it)\b[^.]{0,30}$", re.IGNORECASE)
_PRONOUN_BEHIND = re.compile(
    rf"^[\s,;]*(?:(?P<who>he|she|they|it)\s+(?:\w+\s+)?(?:{_FORMS})\b|(?:said|says|asked|added)\s+(?P<after>he|she|they|it)\b)",
    re.IGNORECASE,
)
_ACCORDING = re.compile(r"\b(?:according to|in the words of|as told by|quoting)\s+(?:the |a )?$", re.IGNORECASE)
_DASH = re.compile(r"^[\s,.]*(?:[-–—~]{1,2}|\(|\n)\s*(?:by |said )?(?:(?:[A-Z][\w.'’-]*|the)\s+){0,4}$")
_ENDS = re.compile(rf"[.!?][\"”’')\]]*(?=\s+[A-Z“„«\"‘'{MASK}(]|\s*$)|\n\s*\n|\n(?!\s*[-–—~(])")
_NAME_SAYS = re.compile(rf"\s+(?:[A-Z][\w.'’-]+\s+){{1,3}}(?:{_FORMS})\b")
_NEW_SENTENCE = re.compile(rf"\s+[A-Z{MASK}]|\s*$")


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text, where it stands, whom it may mean (keys; none: somebody unknown), and whether that is a person."""

    start: int
    end: int
    name: str
    actors: frozenset[str] = frozenset()
    person: bool = False


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose words a quotation is; nobody where its text does not say. ``context`` is its sentence, a MASK for each quotation."""

    speakers: tuple[Named, ...]
    context: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A quotation in its sentence: the sentence's bounds, and where the quotations beside it end and begin."""

    span: Span
    start: int
    end: int
    before: int
    after: int


def attribute(text: str, spans: Sequence[Span], named: Sequence[Named]) -> tuple[Attribution, ...]:
    """Return whose words each quotation of a text is. ``named`` are the names outside of quotations, in the text's order."""
    reader = _Reader(text, spans, named)
    return tuple(reader.read(place) for place in reader.places())


class _Reader:
    """Reads the quotations of one text in order, so that what follows may go on from what was before."""

    def __init__(self, text: str, spans: Sequence[Span], named: Sequence[Named]) -> None:
        self._text = masked(text, spans)
        self._spans = spans
        self._named = [each for each in named if MASK not in self._text[each.start : each.end]]
        self._starts = [each.start for each in self._named]
        self._ends = list(_sentence_ends(text, self._text, spans))
        self._last: tuple[_Place, tuple[Named, ...]] | None = None

    def places(self) -> Iterator[_Place]:
        """Yield the quotations with their sentences."""
        for number, span in enumerate(self._spans):
            first, last = bisect_right(self._ends, span.whole[0]), bisect_left(self._ends, span.whole[1])
            start = max(self._ends[first - 1] if first else 0, span.whole[0] - _SENTENCE)
            end = min(self._ends[last] if last < len(self._ends) else len(self._text), span.whole[1] + _SENTENCE)
            before = self._spans[number - 1].whole[1] if number else 0
            after = self._spans[number + 1].whole[0] if number + 1 < len(self._spans) else len(self._text)
            yield _Place(span, start, end, max(start, before), min(end, after))

    def read(self, place: _Place) -> Attribution:
        """Return the attribution of a quotation."""
        speakers = (
            self._verb_before(place, near=True)
            or self._verb_behind(place)
            or self._verb_before(place, near=False)
            or self._beside(place)
            or self._continued(place)
        )
        if speakers:
            self._last = place, speakers
        outside = re.sub(f"{MASK}+", MASK, self._text[place.start : place.end])
        return Attribution(speakers, outside)

    def _verb_before(self, place: _Place, *, near: bool) -> tuple[Named, ...]:
        """Return the speakers whose verb stands before the quotation: right before it (``near``), or anywhere in the sentence."""
        before = self._text[place.before : place.span.whole[0]]
        verbs = [verb for verb in SAYS.finditer(before) if not _is_passive(before, verb)]
        if not verbs or (near and not _ABUTS.fullmatch(before, verbs[-1].end())):
            return ()
        verb = verbs[-1]
        at = place.before + verb.start()
        inverted = self._names(place.before + verb.end(), place.span.whole[0])
        found = self._subject(place.before, at)
        if not found and inverted and self._is_inverted(verb.group(), place.before + verb.end(), inverted[0].start):
            found = self._with_joined(inverted, 0)
        meant = found or self._antecedents(place, before[: verb.start()])
        if meant or place.before == place.start:
            return meant
        # After an earlier quotation of the same sentence, a verb without a subject shares the one before.
        if self._last and self._last[0].start == place.start:
            return self._last[1]
        return self._subject(place.start, at)

    def _is_inverted(self, verb: str, start: int, end: int) -> bool:
        return (
            verb.lower() in _INVERTED and re.fullmatch(r"\s+(?:(?:the|[A-Z][\w.]*)\s+){0,3}", self._text[start:end]) is not None
        )

    def _verb_behind(self, place: _Place) -> tuple[Named, ...]:
        """Return the speakers named right behind the quotation: “…,” said Lee; “…,” Lee, the mayor, said."""
        behind = place.span.whole[1]
        names = self._names(behind, place.after)
        pronoun = _PRONOUN_BEHIND.match(self._text[behind : place.after])
        if pronoun:
            return self._antecedents(place, (pronoun["who"] or pronoun["after"]) + " ")
        if not names:
            return ()
        lead = self._text[behind : names[0].start]
        if not _BEFORE_NAME.fullmatch(lead) or re.match(r"[\s,;]*(?:and|but|while|as|after|on|in|at|when)\b", lead):
            return ()
        speakers = self._with_joined(names, 0)
        rest = self._text[speakers[-1].end : place.after][:90]
        follows = SAYS.search(rest)
        inverted = SAYS.search(lead)
        direct = follows is not None and (
            _CLOSE.fullmatch(rest, 0, follows.start()) or (rest.startswith(",") and "," in rest[1 : follows.start() + 1])
        )
        return speakers if inverted or (direct and not _POSSESSIVE.match(rest)) else ()

    def _beside(self, place: _Place) -> tuple[Named, ...]:
        """Return the speakers named beside the quotation without a verb: “…” — Lee; Lee: “…”; according to Lee."""
        behind = self._names(place.span.whole[1], place.after)
        before = self._names(place.before, place.span.whole[0])
        if before and re.fullmatch(r"[\s]*:?[\s]*", self._text[before[-1].end : place.span.whole[0]]):
            alone = not self._text[place.before : before[0].start].strip(" ,@*_")
            if alone or self._text[before[-1].end : place.span.whole[0]].strip() == ":":
                return self._with_joined_before(before, len(before) - 1)
        if behind and _DASH.fullmatch(self._text[place.span.whole[1] : behind[0].start]):
            return self._with_joined(behind, 0)
        for each in (*before, *behind):
            if _ACCORDING.search(self._text[place.start : each.start]):
                return (each,)
        return ()

    def _continued(self, place: _Place) -> tuple[Named, ...]:
        """Return the speaker of the quotation before, where this one goes on from it."""
        if self._last is None:
            return ()
        last, speakers = self._last
        between = self._text[last.span.whole[1] : place.span.whole[0]]
        alone = not self._text[place.before : place.span.whole[0]].strip(" ,;") or not last.span.closed
        same = last.start == place.start and re.fullmatch(r"[\s,;]*(?:and|but|or|then)?[\s,;]*", between)
        return speakers if same or (alone and "\n\n" not in between) or (alone and not last.span.closed) else ()

    def _subject(self, start: int, verb: int) -> tuple[Named, ...]:
        """Return the subject of a verb: a name before it that is no possessive and no object, and in no relative clause."""
        names = [each for each in self._names(start, verb) if self._can_be_subject(each, start)]
        if not names:
            return ()
        relative = next((match.start() + start for match in _RELATIVE.finditer(self._text[start:verb])), verb)
        names = [each for each in names if each.start < relative] or names
        last = len(names) - 1
        if _CLOSE.fullmatch(self._text, names[last].end, verb):
            return self._with_joined_before(names, last)
        if _PRONOUN.search(self._text[names[last].end : verb]):
            return ()
        people = [place for place, each in enumerate(names) if each.person]
        if people:
            return self._with_joined_before(names, people[-1])
        return self._with_joined(names, 0)

    def _can_be_subject(self, each: Named, start: int) -> bool:
        return not _POSSESSIVE.match(self._text, each.end) and not _PREPOSITION.search(
            self._text[max(start, each.start - 60) : each.start]
        )

    def _antecedents(self, place: _Place, before: str) -> tuple[Named, ...]:
        """Return the antecedents of a pronoun before a verb: the last speakers, else the subject of the sentence before."""
        pronoun = _PRONOUN.search(before)
        if pronoun is None:
            return ()
        people = pronoun["who"].lower() in ("he", "she")
        if self._last and any(each.person for each in self._last[1]) >= people:
            last = self._last[1]
            since = self._subject_between(self._last[0].span.whole[1], place.start, people=people)
            return since or last
        earlier = max((end for end in self._ends if end < place.start), default=0)
        strangers = self._last[1] if self._last and not any(each.actors for each in self._last[1]) else ()
        return self._subject_between(earlier, place.start, people=people) or strangers

    def _subject_between(self, start: int, end: int, *, people: bool) -> tuple[Named, ...]:
        """Return the last name that begins a sentence in a stretch of text."""
        heads = [each for each in self._names(start, end) if self._can_be_subject(each, start) and each.person >= people]
        heads = [each for each in heads if any(0 <= each.start - at <= 3 for at in (0, *self._ends))]
        return tuple(heads[-1:])

    def _names(self, start: int, end: int) -> list[Named]:
        first, last = bisect_left(self._starts, start), bisect_right(self._starts, end)
        return [each for each in self._named[first:last] if each.end <= end]

    def _with_joined(self, names: Sequence[Named], place: int) -> tuple[Named, ...]:
        """Return a name with those that are joined to it behind: A, B and C."""
        last = place
        while last + 1 < len(names) and self._joins(names[last], names[last + 1]):
            last += 1
        return self._enumerated(names[place : last + 1]) or (names[place],)

    def _with_joined_before(self, names: Sequence[Named], place: int) -> tuple[Named, ...]:
        """Return a name with those that are joined to it before."""
        first = place
        while first and self._joins(names[first - 1], names[first]):
            first -= 1
        return self._enumerated(names[first : place + 1]) or (names[place],)

    def _joins(self, one: Named, other: Named) -> bool:
        return _JOINS.match(self._text[one.end : other.start]) is not None

    def _enumerated(self, names: Sequence[Named]) -> tuple[Named, ...]:
        """Return the names where an "and" is between two of them; commas alone join nobody."""
        return tuple(names) if any("and" in self._text[one.end : other.start] for one, other in pairwise(names)) else ()


def masked(text: str, spans: Sequence[Span]) -> str:
    """Return the text with its quotations, marks and all, blotted out, every other sign in its place."""
    pieces, place = [], 0
    for span in spans:
        begin, end = max(span.whole[0], place), max(span.whole[1], place)
        pieces += [text[place:begin], MASK * (end - begin)]
        place = end
    return "".join((*pieces, text[place:]))


def _is_passive(text: str, verb: re.Match[str]) -> bool:
    return bool(_NAMING.match(verb.group()) and _PASSIVE.search(text[: verb.start()]))


def _sentence_ends(text: str, blotted: str, spans: Sequence[Span]) -> Iterator[int]:
    """Yield where sentences end; a full stop at the end of a quotation ends the sentence around it too, before a capital."""
    ends = {match.end() for match in _ENDS.finditer(blotted) if not _is_abbreviation(blotted, match.start())}
    for span in spans:
        inside = text[span.start : span.end].rstrip("*_ ")
        behind = blotted[span.whole[1] : span.whole[1] + _SENTENCE]
        stops = inside.endswith(".") or (inside.endswith(("!", "?")) and not _NAME_SAYS.match(behind))
        if stops and _NEW_SENTENCE.match(behind):
            ends.add(span.whole[1])
    yield from sorted(ends)


def _is_abbreviation(text: str, stop: int) -> bool:
    """Return whether a full stop belongs to a short form: Mr., U.S., J."""
    word = re.search(r"[\w.]+$", text[max(0, stop - 12) : stop])
    return (
        text[stop] == "." and word is not None and (word[0] in NEVER_LAST or re.fullmatch(r"(?:\w\.)*[A-Z]", word[0]) is not None)
    )
