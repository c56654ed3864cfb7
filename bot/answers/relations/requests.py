"""What a question asks of time or of sides: what happened before something, who spoke first, who is against somebody, who
contradicts them.

Such a question asks for facts by how they stand to each other rather than by their words; it is recognised by general patterns of
English that take in the whole of it. What they leave open (who, about what) is resolved elsewhere; where that fails, the question
is answered like any other.

In: the words of a question. Out: `Request`s and `DisputeRequest`s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.answers.relations.stances import Stance
from bot.english.calendar import MONTH_NUMBERS
from bot.english.numbers import SMALL_NUMBERS

_COUNTS = {word: number for word, number in SMALL_NUMBERS.items() if 1 <= number <= 12} | {
    "a": 1,
    "an": 1,
    "couple of": 2,
    "a couple of": 2,
}
_SOME = frozenset({"few", "a few", "several", "some"})
_DAYS = {"hour": 1, "day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 31, "year": 366}
# Days that "in the days after", a few or several of a unit may mean.
_MANY = {"hour": 1, "day": 7, "night": 7, "week": 31, "fortnight": 62, "month": 366, "year": 1830}  # "in the days after"

_AMOUNT = rf"(?:{'|'.join(sorted((*_COUNTS, *_SOME), key=len, reverse=True))}|\d{{1,3}})"
PERIOD = (
    r"(?:(?:on|(?P<within>in|during|within|over|throughout)) )?(?P<whole>the )?(?:(?:first|last|next) )?"
    rf"(?:(?P<count>{_AMOUNT}) )?(?P<unit>{'|'.join(_DAYS)})(?P<several>s)?"
)
Wish = Literal["happened", "said", "then", "about", "spoke", "supports", "opposes", "compared"]
Relation = Literal["before", "after", "around", "during", "between", "next", "same day", "first", "last"]
_LEAD = r"^(?:(?:so|and|ok|okay|well|but|then|please|tell me|show me|list|name|give me|all) )*"
_HAPPENED = (
    r"(?:what|everything|anything|things|events)(?: all| else| other things| things| events)*(?: that| which)?"
    r"(?: (?:(?:has |had |have )?happened|happens|happen|did happen|occurred|went on|was going on|took place|came|came about))?"
)
_NEAR = r"(?:(?P<near>right|just|shortly|immediately|directly|soon) )?"
_BEFORE = r"before|prior to|up to|until|leading up to|ahead of"
_SIDE = rf"(?:(?P<before>{_BEFORE})|(?:after|following|since))"
_WHICH_ONE = r"which(?: one| event| of them| thing)?"
_WHEN = rf"(?:{PERIOD} )?{_NEAR}(?:{_SIDE}|(?P<around>of))"
_TO_WHOM = r"(?: (?:to|with) (?P<actor>.+?))?"
_TOPIC = r" (?P<topic>.+)$"
_UNTIL = r"(?P<until>.+)$"
_ON = r"(?:about|on|to|of|regarding|over|concerning)"
_DATE = rf"(?P<topic>(?:the |last )?(?:\d\w*|{'|'.join(MONTH_NUMBERS)})\b[\w ]*)$"
_SUPERLATIVE = r"(?:(?P<last>last|latest|newest|most recent|final)|first|earliest|initial|opening)"
_UTTERANCE = (
    r"(?:thing|things|word|words|statement|statements|reaction|reactions|comment|comments|quote|quotes|response|responses|reply|"
    r"claim|claims|remark|remarks|tweet|post|message|line|announcement)"
)
_WHAT_IS = r"(?:what (?:is|was|were|are) )?"
_SAID = r"(?:say|said|says|made|make|gave|give|posted|wrote|told|claimed|tweeted)"
_DID_AUX = r"(?:did|does|do|has|have|had)"
_REACT = r"(?:react|reacted|comment|commented|respond|responded|speak|spoke|speak up|speak out|reply|replied|say something)"
_SPOKE = (
    r"(?:(?:has|have|had|all|else|ever|already|publicly) )*"
    r"(?:commented|comment|comments|spoken|spoke|speaks|talked|talks|reacted|responded|replied|weighed in|tweeted|posted|"
    r"(?:said|says) (?:something|anything|things|what)|(?:made|given|gave) (?:an? |any )?(?:statements?|comments?)|"
    r"(?:had|has) (?:something|anything) to say)"
)
_WHOM_SAID = rf" (?P<actor>.+?) (?:has |have |had |ever )?{_SAID}(?: {_ON} (?P<topic>.+))?"
_OTHERS = r"(?:people|others|everyone|everybody|other people|anyone|anybody|both sides|the sides|different people|the rest)"
_SAY_WHAT = (
    rf"what (?:else )?(?:{_DID_AUX} (?:{_OTHERS}|(?P<actor>.+?)) (?:say|said|tweet|claim|announce|write|post)|"
    r"(?:was|is|has been) said)"
    rf"(?: (?:about|on|of|regarding|over|concerning) (?P<subject>.+?))??"
)
_BE = r"(?:is|was|are|were|has been|have been|be)"
_ADVERBS = r"(?:(?:all|else|also|has|have|had|publicly|openly|actually|did|does|do|would|might) )*"
_OPPOSE = (
    rf"(?:disagree[sd]?(?: with| about| on)?|oppose[sd]?|object(?:s|ed)? to|dispute[sd]?|disapprove[sd]? of|"
    r"criticis(?:e|es|ed)|criticiz(?:e|es|ed)|condemn(?:s|ed)?|denounce[sd]?|reject(?:s|ed)?|"
    rf"(?:{_BE}|spoke out|speaks out|came out|stands|stood) (?:all )?against)"
)
_SUPPORT = (
    rf"(?:supports?|supported|backs|backed|agree[sd]? with|approve[sd]? of|side[sd]? with|defends?|defended|"
    rf"welcome[sd]?|applauds?|applauded|praise[sd]?|endorse[sd]?|{_BE} in fav(?:ou)?r of|{_BE} on the side of)"
)
_WHO = r"(?:who|which people|(?:everyone|everybody|anyone|anybody|those|(?:the )?people)(?: who| that))"
_ANSWER = r"(?:reaction|reactions|response|comment|comments|reply|answer|statement|statements)"
_ANYONE = r"(?:anyone|anybody|someone|somebody|everyone|everybody|people)"
_COMPARED = r"(?:what|which|which event|which of them) (?:came|happened|was|is|took place)"
_IN_STORY = r"(?: (?:on record|recorded|known|in|of) ?(?:here|(?:the|this) (?:whole )?(?:affair|story|matter|case|record|book))?)"
_RECORDED = rf"(?:thing|event|development)(?:{_IN_STORY}| to (?:have )?happen(?:ed)?| that happened)*"
_UTTERED = rf"{_WHAT_IS}(?:the )?(?:very )?{_SUPERLATIVE} {_UTTERANCE}"
_WHICH = rf"(?:{_WHAT_IS}|which event (?:is|was|comes) |what comes )(?:the )?(?:very )?"
_QUOTED = rf"{_BE} (?:on record |recorded |heard )?(?:as )?(?:quoted )?(?:saying|with|said)"
_FORMS: tuple[tuple[Wish, Relation | None, str], ...] = (
    ("happened", "between", rf"{_HAPPENED}{_TO_WHOM} (?:between|from) (?P<topic>.+?) (?:and|to|until|till) {_UNTIL}"),
    ("happened", "same day", rf"{_HAPPENED}{_TO_WHOM} (?:on )?(?:the )?(?:same )?(?:day|date) (?:of|as){_TOPIC}"),
    ("happened", "first", rf"{_HAPPENED} (?:at )?first$"),
    ("happened", "next", rf"{_HAPPENED} (?:first|next|then|afterwards?|thereafter)(?: (?:after|following) (?P<topic>.+))?$"),
    ("happened", None, rf"{_HAPPENED}(?: {PERIOD})? (?:(?P<before>before|earlier|before (?:that|this|it))|later)$"),
    (
        "happened",
        "next",
        rf"{_WHICH_ONE} (?:came|comes|was|is|happened|followed) (?:next|right|directly) (?:after|following){_TOPIC}",
    ),
    ("happened", None, rf"{_WHICH_ONE} (?:came|comes|was|is|happened) {_WHEN}{_TOPIC}"),
    ("happened", "next", r"(?:what (?:next|then)|(?:what )?(?:comes|followed) next|what followed|next|then what)$"),
    ("happened", None, rf"{_HAPPENED}{_TO_WHOM} {_WHEN}{_TOPIC}"),
    ("happened", None, rf"what {_DID_AUX} (?P<actor>.+?) (?:do|done) {_WHEN}{_TOPIC}"),
    ("happened", None, rf"(?:what about )?{_WHEN}{_TOPIC}"),
    ("happened", "last", rf"{_HAPPENED} (?:last|lastly|most recently|lately|recently|(?:in|at) (?:the )?(?:very )?end)$"),
    ("happened", "last", rf"{_WHICH}(?:last|latest|newest|most recent)(?: news| update| {_RECORDED})?$"),
    ("happened", "first", rf"{_WHICH}(?:first|earliest|oldest)(?: {_RECORDED})?$"),
    ("compared", None, rf"{_COMPARED} (?:(?P<last>last|later|latest)|first|earlier|earliest) (?:of )?(?P<topic>.+?) or {_UNTIL}"),
    ("said", None, rf"{_UTTERED}(?: that| which)?(?: did)?{_WHOM_SAID}$"),
    ("said", None, rf"{_UTTERED} (?:of|by|from) (?P<actor>.+?)(?: {_ON} (?P<topic>.+))?$"),
    ("said", None, rf"{_UTTERED}(?: that)? (?P<actor>.+?) {_QUOTED}(?: {_ON} (?P<topic>.+))?$"),
    ("said", None, rf"who (?:{_BE} )?(?:the )?{_SUPERLATIVE} (?:one |person )?(?:to )?{_REACT} {_ON}{_TOPIC}"),
    ("said", None, rf"{_WHAT_IS}(?P<actor>.+?) {_SUPERLATIVE} {_UTTERANCE}(?: {_ON} (?P<topic>.+))?$"),
    ("then", "between", rf"{_SAY_WHAT} (?:between|from) (?P<topic>.+?) (?:and|to|until|till) {_UNTIL}"),
    ("then", "same day", rf"{_SAY_WHAT} (?:on )?(?:the )?(?:same )?(?:day|date) (?:of|as){_TOPIC}"),
    ("then", None, rf"{_SAY_WHAT} {_WHEN}{_TOPIC}"),
    ("then", None, rf"{_WHO} {_SPOKE}(?: {_ON} (?P<subject>.+?))?? {_WHEN}{_TOPIC}"),
    ("then", "during", rf"{_SAY_WHAT} (?:on|in|during) {_DATE}"),
    ("spoke", None, rf"{_WHO} {_SPOKE} {_ON}{_TOPIC}"),
    ("spoke", None, rf"(?:what (?:are|were) )?(?:all )?(?:the |any )?(?:reactions|responses|comments) {_ON}{_TOPIC}"),
    ("spoke", None, rf"what {_DID_AUX} {_OTHERS} (?:say|said) {_ON}{_TOPIC}"),
    ("opposes", None, rf"{_WHO} {_ADVERBS}{_OPPOSE}{_TOPIC}"),
    ("supports", None, rf"{_WHO} {_ADVERBS}{_SUPPORT}{_TOPIC}"),
    ("opposes", None, rf"{_DID_AUX} {_ANYONE} {_ADVERBS}{_OPPOSE}{_TOPIC}"),
    ("opposes", None, rf"{_BE} {_ANYONE} (?:against|opposed to){_TOPIC}"),
    ("about", None, rf"(?:what (?:was|is) )?(?P<actor>.+?) {_ANSWER} (?:to|on|about|regarding){_TOPIC}"),
    ("about", None, rf"how {_DID_AUX} (?P<actor>.+?) {_REACT} (?:to|on){_TOPIC}"),
    ("about", None, rf"what {_DID_AUX} (?P<actor>.+?) (?:say|said|tweet|claim) {_ON}{_TOPIC}"),
)
_PATTERNS = tuple((wish, relation, re.compile(_LEAD + form)) for wish, relation, form in _FORMS)
_SOMEBODY = r"(?:anyone|anybody|someone|somebody|everyone|everybody|people|others|any other)"
_DISPUTANT = (
    rf"^(?:(?:so|and|but|well|ok|okay) )*(?:(?:who|what)(?: else| or what)?|which \w+|is there {_SOMEBODY} (?:who|that)|"
    rf"(?:does|do|did|has|have) {_SOMEBODY}(?: else)?)(?: (?:also|ever|publicly|openly|actually|has|have|had|did|does))*"
)
_ON_WHAT = r"(?:about|on|over|regarding|concerning|as to|when it comes to)"
_AGAINST = (
    r"(?:disagree[sd]? with|contradict(?:s|ed)?|dispute[sd]?|challenge[sd]?|oppose[sd]?|argue[sd]? with|"
    r"differ(?:s|ed)? (?:from|with))"
)
_DISPUTE = (
    r"(?:disagree[sd]?(?: with| on| about)?|contradict(?:s|ed)?|dispute[sd]?|doubt(?:s|ed)?|contest(?:s|ed)?|challenge[sd]?|"
    r"question(?:s|ed)?)"
)
_ACCOUNT = r"(?:account|claim|count|estimate|excuse|figure|number|statement|story|tale|version|view|words?)s?"
_WITH = r"(?:agree[sd]? with|side[sd]? with|back(?:s|ed)?|support(?:s|ed)?|confirm(?:s|ed)?)"
_DISPUTE_FORMS: tuple[tuple[Stance, re.Pattern[str]], ...] = (
    ("opposes", re.compile(rf"{_DISPUTANT} {_AGAINST} (?P<actor>.+?) {_ON_WHAT} (?P<subject>.+)$")),
    ("supports", re.compile(rf"{_DISPUTANT} {_WITH} (?P<actor>.+?) {_ON_WHAT} (?P<subject>.+)$")),
    ("opposes", re.compile(rf"{_DISPUTANT} {_DISPUTE} (?:the )?(?!that |the )(?P<actor>.+?) (?P<subject>{_ACCOUNT}\b.*|\d.*)$")),
    ("opposes", re.compile(rf"{_DISPUTANT} {_DISPUTE} (?P<clause>that )?(?P<subject>.+)$")),
)
_SAYS = r"(?:says?|said|claims?|claimed|insists?|insisted|maintains?|maintained|denies|denied|argues?|argued)"
_DISPUTED = r"(?:disputed|contested|contradicted|denied|in dispute|in doubt|(?:any |a )?(?:dispute|disagreement|doubt))"
_OTHER_SIDE = r"(?:the )?(?:other (?:side|one|party|two)|others|opponents|opposition|critics)"
_ANSWERS = r"(?:say|says|said|claim|claimed|think|answer|answered|reply|replied)(?: (?:to|about|on) (?:that|it|this))?"
_AND = r"(?:(?:so|and|but|well|ok|okay) )*"
# Where both sides are asked for, or what is said against one that the question states itself.
_SIDES_FORMS: tuple[tuple[bool, re.Pattern[str]], ...] = (
    (
        True,
        re.compile(rf"^{_AND}(?:is|was) (?:it|there) (?:still )?{_DISPUTED}(?: (?:about|over|on|as to|that))? (?P<subject>.+)$"),
    ),
    (True, re.compile(rf"^{_AND}(?P<subject>.+?) or (?:is|was) (?:that|it|this) (?:still )?{_DISPUTED}$")),
    (
        True,
        re.compile(
            rf"^{_AND}(?:does|do|did) (?:every(?:one|body)|they all|all of them) agree (?:that|on|about|over) (?P<subject>.+)$"
        ),
    ),
    (
        False,
        re.compile(
            rf"^{_AND}(?P<actor>.+?) {_SAYS}(?: that)? (?P<subject>.+?) {_AND}what (?:does|do|did) "
            rf"(?:{_OTHER_SIDE}|(?P<by>.+?)) {_ANSWERS}$"
        ),
    ),
    (False, re.compile(rf"^{_AND}what (?:(?:did|does|do) {_OTHER_SIDE} {_ANSWERS}|about {_OTHER_SIDE})$")),
    (False, re.compile(rf"^{_AND}(?:is|was) (?:that|this|it) (?:still )?{_DISPUTED}$")),
    (False, re.compile(rf"{_DISPUTANT} {_DISPUTE} (?:that|this|it)$")),
)
_ASKS_MORE = re.compile(r"^(?:how|whose|which|what|whether|who)\b|\beach\b")
_IN_CONTEXT = frozenset({"that", "this", "it", "then"})
# What begins a clause of its own, which calls no event by its name.
_CLAUSE = re.compile(r"\b(?:who|whom|whose|what|which|when|where|why|how|he|she|they|we|you|i)\b")
_PRONOUN = re.compile(r"^(?:he|she) ")


class DayRange(NamedTuple):
    """The first and the last day of a period before or after something, counted in days from it."""

    first: int
    last: int


def read_period(groups: Mapping[str, str]) -> DayRange | None:
    """Return the period that the groups of a match of `PERIOD` mean, None where they have none.

    "In the two weeks after" is the whole of it; "two weeks after" is about that day, the less exact the longer it is.
    """
    unit = groups.get("unit")
    if unit is None:
        return None
    count = groups.get("count")
    if count in _SOME or (count is None and "several" in groups):
        return DayRange(0, _MANY[unit])
    number = _COUNTS.get(count, 0) or int(count) if count is not None else 1
    days = number * _DAYS[unit]
    if "within" in groups or unit == "hour" or ("whole" in groups and days > 1):
        return DayRange(0, days)
    if unit in ("day", "night"):
        return DayRange(days, days)
    about = _DAYS[unit] // 3  # people count weeks and months roughly: "a month after" may be 21 days or 41
    return DayRange(days - about, days + about)


@dataclass(frozen=True, slots=True)
class Request:
    """A question about time or sides.

    ``wish``: what happened; which of two events came first or last (``compared``); what somebody ``said`` first or last; what was
    said ``then``, about a ``subject`` where one is named; what somebody said ``about`` something; who ``spoke`` about it,
    ``supports`` or ``opposes`` it. ``relation`` is how the facts are to lie to the ``topic`` (and, between two, to ``until``),
    ``period`` how long before or after it; without a topic it is the facts of the answer before. ``near``: only what comes right
    before or after. All others are words as read.
    """

    wish: Wish
    relation: Relation | None
    actor: str | None
    topic: str | None
    until: str | None = None
    near: bool = False
    subject: str | None = None
    period: DayRange | None = None


@dataclass(frozen=True, slots=True)
class DisputeRequest:
    """Who agrees or disagrees with an ``actor``, or with whoever says so where none is named, about a ``subject``; all in words.

    Without a subject it is what the answer before says. ``clause``: the subject is a whole statement, "that the bridge was
    sound". ``both``: whoever says so is asked for as well. ``by``: only what this actor says to it.
    """

    stance: Stance
    actor: str | None
    subject: str | None
    clause: bool = False
    both: bool = False
    by: str | None = None


def read_requests(words: tuple[str, ...]) -> Iterator[Request]:
    """Yield the requests that a question may make, likeliest first; most questions make none."""
    text = " ".join(words)
    for wish, relation, pattern in _PATTERNS:
        match = pattern.match(text)
        if match is None:
            continue
        groups = {name: words for name, words in match.groupdict().items() if words}
        called = {name: groups.get(name, "") for name in ("actor", "topic", "until", "subject")}
        if wish == "then" and "actor" in groups:  # a pronoun stands for the speaker asked about: "before he left"
            called |= {name: _PRONOUN.sub("", called[name]) for name in ("topic", "until")}
        if any(map(_CLAUSE.search, called.values())):
            continue
        period = read_period(groups)
        if "around" in groups and period is None:
            continue
        if relation is None and wish in ("happened", "then"):
            relation = "around" if "around" in groups else "before" if "before" in groups else "after"
        elif relation is None and wish in ("said", "compared"):
            relation = "last" if "last" in groups else "first"
        topic = groups.get("topic")
        yield Request(
            wish=wish,
            relation=relation,
            actor=groups.get("actor"),
            topic=None if topic in _IN_CONTEXT else topic,
            until=groups.get("until"),
            near="near" in groups,
            subject=groups.get("subject"),
            period=period,
        )


def read_disputes(words: Sequence[str]) -> Iterator[DisputeRequest]:
    """Yield the requests that a question may make, likeliest first; most questions make none."""
    text = " ".join(words)
    for both, form in _SIDES_FORMS:
        match = form.match(text)
        if match is not None:
            groups = match.groupdict()
            yield DisputeRequest(
                "opposes", groups.get("actor"), groups.get("subject"), clause=True, both=both, by=groups.get("by")
            )
    for stance, form in _DISPUTE_FORMS:
        match = form.match(text)
        groups = match.groupdict() if match is not None else {}
        if match is not None and not any(_ASKS_MORE.search(groups.get(name) or "") for name in ("actor", "subject")):
            yield DisputeRequest(stance, groups.get("actor"), match["subject"], clause=bool(groups.get("clause")))
