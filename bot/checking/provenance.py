"""Where and when a quotation is said to be from, and whether a recorded quote may be from there.

It is said by the options of a command, or by the sentence around a quotation: "told AFP", "in a tweet on 3 May 2017", "(Gazette,
4 March 2021)". Only what contradicts the record counts: a quote without a date is from no other day.

A date is that of the saying only where it stands with the verb of saying or the medium: "Lee said on 4 March", "in a speech of
2017", "On 4 March Lee wrote". It is not in "Lee accused them of pushing him to “spend big” in 2016" or "RT was banned in 2017,
Lee said".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from rapidfuzz import fuzz, utils

from bot.answers.finding.mentions import NameTable
from bot.answers.question.asked_dates import AskedDate, find_dates
from bot.checking.places import has_place, places_in
from bot.checking.quotations import Quotation, names_in
from bot.checking.writing_days import POSSESSIVES, WritingDay, told_days
from bot.english.calendar import WEEKDAYS
from bot.english.name_runs import is_outlet
from bot.english.quotation_marks import MASK
from bot.english.search_words import tokens
from bot.english.word_classes import SAYS
from bot.facts.dates import StoryDate, day_of
from bot.facts.models import Actor, FactRecord
from bot.messages import joined

_WEEK = 7  # days
_LIKE = 88  # likeness of a name, of 100, from which it names a source
_LEADS_TO_OUTLET = re.compile(
    r"(?:\b(?:told|tells|telling|by|quoted (?:by|in)|interview (?:with|by|in|on|for)|according to|reported by|on)\s+|\()"
    r"(?:(?:the|a|an|news agency|newspaper|broadcaster|its|their)\s+){0,2}$",
    re.IGNORECASE,
)
_BEHIND_COMMA = re.compile(r"[,–—-]\s*(?:the\s+)?$", re.IGNORECASE)
_MEDIUM = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "tweet": r"\btweet(?:s|ed)?\b|\bon twitter\b",
        "Facebook": r"\b(?:on|in a|her|his|their) facebook\b|\bfacebook post\b",
        "letter": r"\bletters?\b|\bwrote to\b",
        "e-mail": r"\be-?mail(?:s|ed)?\b",
        "interview": r"\binterview(?:s|ed)?\b",
        "speech": r"\bspeech(?:es)?\b",
        "news conference": r"\b(?:news|press) conference\b|\bpresser\b",
        "blog": r"\bblog\b",
        "podcast": r"\bpodcast\b",
        "court": r"\bin court\b|\btestimony\b|\btestified\b",
    }.items()
}
_MEDIUM_NOUN = (
    r"(?:tweet|post|letter|e-?mail|interview|speech|statement|(?:news |press )?conference|blog|podcast|testimony|message|article|"
    r"essay|report|column|hearing|debate|meeting|session|address|memo|broadcast|programme|program|book)s?"
)
_PHRASE = r"(?:in|at|on|to|by|during|via|with|for|outside|from)(?:\s+(?!that\b|\w+ing\b)[\w.'’-]+){1,4}?"
_WHOM = (
    r"(?:(?:the|a|an|his|her|its|their)\s+)?[\w.'’-]+"
    rf"(?:\s+(?:[A-Z][\w.'’-]*|{_MEDIUM_NOUN}|crowd|committee|panel|inquiry|agency|audience))*"
)
_SOMETIMES = r"(?:\w+ly|again|later|first|once|also)"
_DATE_OF_SPEECH = re.compile(
    rf"(?:\s+{_SOMETIMES})?(?:\s+(?!{_SOMETIMES}\b|that\b|of\b){_WHOM}(?:,\s[^,{MASK}]{{1,40}},)?)??(?:\s+{_PHRASE}){{0,2}}\s*,?"
    r"\s*(?:(?:on|in|dated|back in)\s+)?(?:the\s+)?"
)
_PLACE_OF_SPEECH = re.compile(rf"(?:\s+{_SOMETIMES})?(?:\s+{_PHRASE}){{0,2}}\s*")
_BEHIND_QUOTATION = re.compile(rf"{MASK}[\s,]*$")
_TELLS = re.compile(r"t(?:old|ells|elling)", re.IGNORECASE)
_DATE_BEHIND_QUOTATION = re.compile(
    rf"(?:\s+(?:that|it|this|them|him|her))?[\s,:]*{MASK}[\s,]*(?:(?:on|in|dated|from)\s+)?(?:the\s+)?"
)
_NAMES = re.compile(r"call|describ|label|brand|dub|term", re.IGNORECASE)  # called the decision “a farce” on Friday
_DATE_BEHIND_NAMING = re.compile(
    rf"\s+(?:the|an?|his|her|its|their)\s+[\w’'-]+(?:\s+(?!(?:of|in|by|for|to|on|at)\b)[\w’'-]+)?(?:\s+as)?\s+{MASK}[\s,]*"
    r"(?:(?:on|in)\s+)?(?:the\s+)?"
)
_MEDIUM_THEN = re.compile(
    rf"(?i:\b{_MEDIUM_NOUN})(?:\s+(?:to|with|for|at|by)(?:\s+[\w.'’-]+){{1,3}})?,?\s+(?:(?:of|on|in|from|dated)\s+)?$"
)
_MEDIUM_BEHIND = re.compile(rf"(?:'s|’s)?\s+(?i:{_MEDIUM_NOUN})\b")
_OPENS = re.compile(
    rf"(?:^|[{MASK},;])\s*(?:(?i:on|in|at)\s+(?:the\s+)?[A-Z][\w’'-]*\s+)?(?:(?i:on|in|back in)\s+)?(?i:the\s+)?$"
)
_SPEAKING = re.compile(
    rf"(?:^|[{MASK},;])\s*(?:speaking|talking|asked|interviewed)(?:\s+[\w’'-]+){{0,5}}?\s+(?:(?:on|in)\s+)?$", re.IGNORECASE
)
_FURTHER = re.compile(r"^(?:on|in|at|last|this)\s[^,]{1,40},")
_WEEKDAY = re.compile(rf"\b(?:(?:last|this)\s+)?(?P<day>{'|'.join(WEEKDAYS)})(?:\s+(?:morning|afternoon|evening|night))?\b")
_HOLIDAY = re.compile(r"\b(?:Easter|Whit|Palm|Good|Holy|Ash|Black|Bloody)\s$")  # before a weekday: Easter Monday
_ENDS_PLACE = re.compile(rf"\s*(?:[.,;:)—–-]|{MASK}|$|(?:on|last|this|when|where|after|before|during|{'|'.join(WEEKDAYS)})\b)")
_APPOSITION = re.compile(r",[^,]*,")
_IN_BRACKETS = re.compile(r"\((?!\s*in\b)[^()]*$")
_BESIDE = re.compile(r"(?:^|[,–—:-])\s*(?:(?:on|in|dated)\s+)?(?:the\s+)?$")
_BESIDE_BEHIND = re.compile(rf"[\s).:,]*(?:{MASK}|$)")


@dataclass(frozen=True, slots=True)
class ProvenanceHint:
    """One thing that is said about where a quotation is from: in words, and whether a recorded quote agrees with it."""

    words: str
    agrees: Callable[[FactRecord], bool]
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class Provenance:
    """Whose a quotation is said to be, and from where: what its text and the options of a command say together.

    ``name`` is the speaker as named, "" where nobody is; ``is_by`` returns whether a recorded quote is that speaker's. ``hints``
    say where it is from; ``of_source``: the source was given as an option, not read from the sentence.
    """

    name: str = ""
    is_by: Callable[[FactRecord], bool] | None = None
    hints: tuple[ProvenanceHint, ...] = ()
    of_source: bool = False

    @property
    def origin(self) -> str:
        """The source and the date in words."""
        return joined((hint.words for hint in self.hints), ", ") or ""

    def fits_speaker(self, record: FactRecord) -> bool:
        """Return whether a recorded quote is by the named speaker; by anybody where none is named."""
        return self.is_by is None or self.is_by(record)

    def fits_place(self, record: FactRecord) -> bool:
        """Return whether a recorded quote agrees with the named source and date."""
        return all(hint.agrees(record) for hint in self.hints)

    def points_to(self, record: FactRecord) -> bool:
        """Return whether a speaker or a source is named, and a recorded quote is theirs."""
        return bool(self.is_by or self.of_source) and self.fits_speaker(record) and self.fits_place(record)


def source_hint(name: str, actors: Mapping[str, Actor]) -> ProvenanceHint:
    """Return the hint of a source, named by its id, title, publisher, author or medium, or by an alias of an actor."""
    wanted = utils.default_process(name)
    called = [wanted]
    for actor in actors.values():
        names = [utils.default_process(alias) for alias in (actor.name, *actor.aliases)]
        if wanted in names:
            called += names

    def agrees(record: FactRecord) -> bool:
        for source in record.sources:
            if wanted in (source.id, f"{record.story.id}/{source.id}") or name == source.id:
                return True
        for text in filter(None, map(utils.default_process, _texts(record))):
            for one in filter(None, called):
                inside = f" {one} " in f" {text} " or (len(text) > 3 and f" {text} " in f" {one} ")
                if inside or fuzz.ratio(one, text) >= _LIKE:
                    return True
        return False

    return ProvenanceHint(name, agrees)


def hints_in(quotation: Quotation, names: NameTable, actors: Mapping[str, Actor]) -> Iterator[ProvenanceHint]:
    """Yield what a quotation's sentence says of where it is from."""
    context = quotation.context
    yield from (date_hint(words, date.agrees) for date, words in saying_dates(context))
    yield from _day_hints(context, quotation.written)
    for place in places_in(context, names, actors):
        if _is_place_of_saying(context, place.start, place.end) and not place.actors & quotation.actors:
            yield ProvenanceHint(place.name, partial(has_place, place=place, names=names, actors=actors))
    # Papers and platforms that are named where a source is: told AFP, (Gazette, 4 March 2021).
    for name in names_in(context, names):
        kinds = {actors[key].kind for key in name.actors if key in actors}
        publishes = bool(kinds & {"outlet", "platform"}) or (not name.actors and is_outlet(name.name))
        before = context[: name.start]
        beside = _LEADS_TO_OUTLET.search(before) or ("(" in before and _BEHIND_COMMA.search(before))
        if publishes and beside and not name.actors & quotation.actors:
            yield source_hint(name.name, actors)
    media = _media_in(context)

    def has_medium(record: FactRecord) -> bool:
        recorded = _media_in(" ".join(_texts(record)))
        return not recorded or bool(recorded & media)

    if media:
        yield ProvenanceHint(" / ".join(sorted(media)), has_medium)


def _day_hints(context: str, written: WritingDay | None) -> Iterator[ProvenanceHint]:
    """Yield the days of the saying that a sentence tells from the day on which it was written, or else the weekdays."""

    def is_of_saying(start: int, end: int) -> bool:
        return not _HOLIDAY.search(context, 0, start) and _is_of_saying(context, start, end)

    told = told_days(context, written) if written is not None else ()
    yield from (date_hint(day.words, day.agrees) for day in told if is_of_saying(day.start, day.end))
    for match in _WEEKDAY.finditer(context):
        is_told = any(day.start < match.end() and match.start() < day.end for day in told)
        if not is_told and is_of_saying(match.start(), match.end()):
            yield ProvenanceHint(match.group(), partial(_may_be_on, WEEKDAYS.index(match["day"])), is_date=True)


def _may_be_on(weekday: int, record: FactRecord) -> bool:
    """Return whether a quote may be from a weekday, Monday being 0; where its day is not known it may."""
    date = record.fact.date
    if date is None or date.earliest is None or date.latest is None:
        return True
    try:
        first, last = day_of(date.earliest), day_of(date.latest)
    except ValueError:
        return True
    return (weekday - first.weekday()) % _WEEK <= (last - first).days


def _media_in(text: str) -> set[str]:
    return {name for name, pattern in _MEDIUM.items() if pattern.search(text)}


def date_hint(words: str, agrees: Callable[[StoryDate], bool]) -> ProvenanceHint:
    """Return the hint of a date, with which a quote's date agrees, or the day on which a source published it.

    No date contradicts nothing.
    """

    def agrees_with(record: FactRecord) -> bool:
        spoken = record.fact.date
        published = [source.published for source in record.sources if source.published is not None]
        if spoken is not None and agrees(spoken):
            return True
        for date in published:
            # Of a series of articles, what was said can have been published at the earliest when it was said.
            first, last = (spoken.earliest if spoken else None), date.latest
            later = first is not None and last is not None and date.earliest is not None and date.earliest < first <= last
            if agrees(replace(date, earliest=first) if later else date):
                return True
        return spoken is None and not published

    return ProvenanceHint(words, agrees_with, is_date=True)


def _texts(record: FactRecord) -> list[str]:
    """Return what tells where a quote is from: its context, and of each source title, publisher, authors and medium."""
    texts = [record.fact.context or ""]
    for source in record.sources:
        texts += [source.title, source.publisher or "", *source.authors, source.type.replace("-", " ").replace("_", " ")]
    return texts


def saying_dates(context: str) -> Iterator[tuple[AskedDate, str]]:
    """Yield the dates on which a sentence says that its quotation was said, each with its words.

    A quotation stands in ``context`` as the mark MASK.
    """
    cut = tokens(context)
    for date in find_dates([token.word for token in cut]):
        start, end = cut[date.start].start, cut[date.end - 1].end
        if date.relation == "in" and date.until is None and _is_of_saying(context, start, end):
            yield date, context[start:end].rstrip(",")


def _is_of_saying(context: str, start: int, end: int) -> bool:
    """Return whether a date from ``start`` to ``end`` stands with the medium or the verb of saying."""
    before, behind = context[:start], context[end:]
    spoken = _IN_BRACKETS.search(before) or _MEDIUM_THEN.search(before) or _MEDIUM_BEHIND.match(behind)
    if spoken or _SPEAKING.search(before):
        return True
    if behind.startswith(POSSESSIVES):
        return False  # Lee said Monday's vote was
    verbs = list(SAYS.finditer(context))
    if not verbs:
        return _BESIDE.search(before) is not None and _BESIDE_BEHIND.match(behind) is not None
    earlier = [verb for verb in verbs if verb.end() <= start]
    if earlier:
        patterns = [_DATE_OF_SPEECH, _DATE_BEHIND_QUOTATION, *([_DATE_BEHIND_NAMING] if _NAMES.match(earlier[-1][0]) else [])]
        return any(pattern.fullmatch(before, earlier[-1].end()) for pattern in patterns)
    # Or it opens the clause of a verb of saying: "On 4 March, Maria Lee, the mayor, wrote".
    between = context[end : verbs[0].start()]
    clause = _APPOSITION.sub(" ", _FURTHER.sub("", between.lstrip(" ,")))
    return _OPENS.search(before) is not None and MASK not in between and "," not in clause and len(clause.split()) <= 6


def _is_place_of_saying(context: str, start: int, end: int) -> bool:
    """Return whether a place stands with the verb of saying, not with what is said: said in Berlin, told reporters in Oslo."""
    *_, verb = (None, *(verb for verb in SAYS.finditer(context) if verb.end() <= start))
    if verb is None or _SPEAKING.search(context[:start]):
        return _is_of_saying(context, start, end)
    between = context[verb.end() : start]
    if _DATE_BEHIND_QUOTATION.fullmatch(between):
        return _ENDS_PLACE.match(context, end) is not None
    somebody = _TELLS.fullmatch(verb.group()) or _BEHIND_QUOTATION.search(context[: verb.start()])
    return (_DATE_OF_SPEECH if somebody else _PLACE_OF_SPEECH).fullmatch(between) is not None
