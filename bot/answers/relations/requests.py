"""What a question asks of time or of sides: what happened before something, who spoke first, who is against somebody.

Such a question asks for facts by how they stand to each other rather than by their words; it is recognised by general patterns of
English that take in the whole of it. What they leave open (who, about what) is resolved elsewhere; where that fails, the question
is answered like any other.

In: the words of a question. Out: `Request`s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.answers.relations.periods import PERIOD, DayRange, read_period
from bot.english.calendar import MONTH_NUMBERS

Wish = Literal["happened", "said", "then", "about", "spoke", "supports", "opposes", "compared"]
Relation = Literal["before", "after", "around", "during", "between", "next", "same day", "first", "last"]


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


class RequestForm(NamedTuple):
    """A way to ask for something: a sample question, what it requests, and the pattern of all questions of this form.

    The relation is None where the words of the question decide it, or it has none.
    """

    sample: str
    wish: Wish
    relation: Relation | None
    pattern: re.Pattern[str]


_LEAD = r"^(?:(?:so|and|ok|okay|well|but|then|please|tell me|show me|list|name|give me|all) )*"


def _form(sample: str, wish: Wish, relation: Relation | None, pattern: str) -> RequestForm:
    return RequestForm(sample, wish, relation, re.compile(_LEAD + pattern))


# What ends a question: "… the ban", "… 3 may", "… on the ban".
_TOPIC = r" (?P<topic>.+)$"
_UNTIL = r"(?P<until>.+)$"
_DATE = rf"(?P<topic>(?:the |last )?(?:\d\w*|{'|'.join(MONTH_NUMBERS)})\b[\w ]*)$"
_ON = r"(?:about|on|to|of|regarding|over|concerning)"
_ON_TOPIC = rf"(?: {_ON} (?P<topic>.+))?$"

# When: "two weeks before the ban", "right after it", "within a day of it", "between the ban and the vote".
_BEFORE = r"(?P<before>before|prior to|up to|until|leading up to|ahead of)"
_NEAR = r"(?:(?P<near>right|just|shortly|immediately|directly|soon) )?"
_WHEN = rf"(?:{PERIOD} )?{_NEAR}(?:{_BEFORE}|after|following|since|(?P<around>of)){_TOPIC}"
_BETWEEN = rf"(?:between|from) (?P<topic>.+?) (?:and|to|until|till) {_UNTIL}"
_SAME_DAY = rf"(?:on )?(?:the )?(?:same )?(?:day|date) (?:of|as){_TOPIC}"
_SUPERLATIVE = r"(?:(?P<last>last|latest|newest|most recent|final)|first|earliest|initial|opening)"

# Helping words: "what was", "did", "has been", "who also openly", "everyone that".
_WHAT_IS = r"(?:what (?:is|was|were|are) )?"
_DID = r"(?:did|does|do|has|have|had)"
_BE = r"(?:is|was|are|were|has been|have been|be)"
_ADVERBS = r"(?:(?:all|else|also|has|have|had|publicly|openly|actually|did|does|do|would|might) )*"
_WHO = r"(?:who|which people|(?:everyone|everybody|anyone|anybody|those|(?:the )?people)(?: who| that))"
_ANYONE = r"(?:anyone|anybody|someone|somebody|everyone|everybody|people)"
_OTHERS = r"(?:people|others|everyone|everybody|other people|anyone|anybody|both sides|the sides|different people|the rest)"

# Events: "what else happened to RT", "which one came", "what is the very first thing recorded in this story".
_HAPPENED = (
    r"(?:what|everything|anything|things|events)(?: all| else| other things| things| events)*(?: that| which)?"
    r"(?: (?:(?:has |had |have )?happened|happens|happen|did happen|occurred|went on|was going on|took place|came|came about))?"
)
_TO_WHOM = r"(?: (?:to|with) (?P<actor>.+?))?"
_WHICH_ONE = r"which(?: one| event| of them| thing)?"
_WHICH = rf"(?:{_WHAT_IS}|which event (?:is|was|comes) |what comes )(?:the )?(?:very )?"
_IN_STORY = r"(?: (?:on record|recorded|known|in|of) ?(?:here|(?:the|this) (?:whole )?(?:affair|story|matter|case|record|book))?)"
_RECORDED = rf"(?:thing|event|development)(?:{_IN_STORY}| to (?:have )?happen(?:ed)?| that happened)*"
_COMPARED = r"(?:what|which|which event|which of them) (?:came|happened|was|is|took place)"

# Words: "made", "reacted", "what was the last thing", "what else did Warner say about RT", "has ever weighed in".
_SAID = r"(?:say|said|says|made|make|gave|give|posted|wrote|told|claimed|tweeted)"
_REACT = r"(?:react|reacted|comment|commented|respond|responded|speak|spoke|speak up|speak out|reply|replied|say something)"
_ANSWER = r"(?:reaction|reactions|response|comment|comments|reply|answer|statement|statements)"
_UTTERANCE = (
    r"(?:thing|things|word|words|statement|statements|reaction|reactions|comment|comments|quote|quotes|response|responses|reply|"
    r"claim|claims|remark|remarks|tweet|post|message|line|announcement)"
)
_UTTERED = rf"{_WHAT_IS}(?:the )?(?:very )?{_SUPERLATIVE} {_UTTERANCE}"
_QUOTED = rf"{_BE} (?:on record |recorded |heard )?(?:as )?(?:quoted )?(?:saying|with|said)"
_SAY_WHAT = (
    rf"what (?:else )?(?:{_DID} (?:{_OTHERS}|(?P<actor>.+?)) (?:say|said|tweet|claim|announce|write|post)|"
    r"(?:was|is|has been) said)"
    rf"(?: (?:about|on|of|regarding|over|concerning) (?P<subject>.+?))??"
)
_SPOKE = (
    r"(?:(?:has|have|had|all|else|ever|already|publicly) )*"
    r"(?:commented|comment|comments|spoken|spoke|speaks|talked|talks|reacted|responded|replied|weighed in|tweeted|posted|"
    r"(?:said|says) (?:something|anything|things|what)|(?:made|given|gave) (?:an? |any )?(?:statements?|comments?)|"
    r"(?:had|has) (?:something|anything) to say)"
)

# Sides: "criticised", "spoke out against", "is in favour of".
_OPPOSE = (
    rf"(?:disagree[sd]?(?: with| about| on)?|oppose[sd]?|object(?:s|ed)? to|dispute[sd]?|disapprove[sd]? of|"
    r"criticis(?:e|es|ed)|criticiz(?:e|es|ed)|condemn(?:s|ed)?|denounce[sd]?|reject(?:s|ed)?|"
    rf"(?:{_BE}|spoke out|speaks out|came out|stands|stood) (?:all )?against)"
)
_SUPPORT = (
    rf"(?:supports?|supported|backs|backed|agree[sd]? with|approve[sd]? of|side[sd]? with|defends?|defended|"
    rf"welcome[sd]?|applauds?|applauded|praise[sd]?|endorse[sd]?|{_BE} in fav(?:ou)?r of|{_BE} on the side of)"
)

# What happened at a time, or next, first or last.
_EVENTS = (
    _form("what happened between the ban and the vote", "happened", "between", rf"{_HAPPENED}{_TO_WHOM} {_BETWEEN}"),
    _form("what happened on the day of the ban", "happened", "same day", rf"{_HAPPENED}{_TO_WHOM} {_SAME_DAY}"),
    _form("what happened first", "happened", "first", rf"{_HAPPENED} (?:at )?first$"),
    _form(
        "what happened next",
        "happened",
        "next",
        rf"{_HAPPENED} (?:first|next|then|afterwards?|thereafter)(?: (?:after|following) (?P<topic>.+))?$",
    ),
    _form(
        "what happened the week before",
        "happened",
        None,
        rf"{_HAPPENED}(?: {PERIOD})? (?:(?P<before>before|earlier|before (?:that|this|it))|later)$",
    ),
    _form(
        "which event came right after the ban",
        "happened",
        "next",
        rf"{_WHICH_ONE} (?:came|comes|was|is|happened|followed) (?:next|right|directly) (?:after|following){_TOPIC}",
    ),
    _form("which event came after the ban", "happened", None, rf"{_WHICH_ONE} (?:came|comes|was|is|happened) {_WHEN}"),
    _form(
        "and then what",
        "happened",
        "next",
        r"(?:what (?:next|then)|(?:what )?(?:comes|followed) next|what followed|next|then what)$",
    ),
    _form("what happened to rt before the ban", "happened", None, rf"{_HAPPENED}{_TO_WHOM} {_WHEN}"),
    _form("what did twitter do after the ban", "happened", None, rf"what {_DID} (?P<actor>.+?) (?:do|done) {_WHEN}"),
    _form("what about after the ban", "happened", None, rf"(?:what about )?{_WHEN}"),
    _form(
        "what happened most recently",
        "happened",
        "last",
        rf"{_HAPPENED} (?:last|lastly|most recently|lately|recently|(?:in|at) (?:the )?(?:very )?end)$",
    ),
    _form(
        "what is the latest news",
        "happened",
        "last",
        rf"{_WHICH}(?:last|latest|newest|most recent)(?: news| update| {_RECORDED})?$",
    ),
    _form("what is the first event in this story", "happened", "first", rf"{_WHICH}(?:first|earliest|oldest)(?: {_RECORDED})?$"),
    _form(
        "which came first the ban or the vote",
        "compared",
        None,
        rf"{_COMPARED} (?:(?P<last>last|later|latest)|first|earlier|earliest) (?:of )?(?P<topic>.+?) or {_UNTIL}",
    ),
)
# The first or last words of somebody, or about something.
_FIRST_OR_LAST_WORDS = (
    _form(
        "what was the last thing zakharova said about twitter",
        "said",
        None,
        rf"{_UTTERED}(?: that| which)?(?: did)? (?P<actor>.+?) (?:has |have |had |ever )?{_SAID}{_ON_TOPIC}",
    ),
    _form("first reaction of twitter to the ban", "said", None, rf"{_UTTERED} (?:of|by|from) (?P<actor>.+?){_ON_TOPIC}"),
    _form("the first words rt was quoted saying", "said", None, rf"{_UTTERED}(?: that)? (?P<actor>.+?) {_QUOTED}{_ON_TOPIC}"),
    _form(
        "who was the first to react to the ban",
        "said",
        None,
        rf"who (?:{_BE} )?(?:the )?{_SUPERLATIVE} (?:one |person )?(?:to )?{_REACT} {_ON}{_TOPIC}",
    ),
    _form("what was rt first statement", "said", None, rf"{_WHAT_IS}(?P<actor>.+?) {_SUPERLATIVE} {_UTTERANCE}{_ON_TOPIC}"),
)
# What was said at a time, and who spoke then.
_WORDS_THEN = (
    _form("what was said between the ban and the vote", "then", "between", rf"{_SAY_WHAT} {_BETWEEN}"),
    _form("what was said on the day of the ban", "then", "same day", rf"{_SAY_WHAT} {_SAME_DAY}"),
    _form("what did people say after the ban", "then", None, rf"{_SAY_WHAT} {_WHEN}"),
    _form("who spoke about the bill before the ban", "then", None, rf"{_WHO} {_SPOKE}(?: {_ON} (?P<subject>.+?))?? {_WHEN}"),
    _form("what did warner say on 3 may", "then", "during", rf"{_SAY_WHAT} (?:on|in|during) {_DATE}"),
)
# Who spoke about something, and on which side.
_SPEAKERS = (
    _form("who has commented on the ban", "spoke", None, rf"{_WHO} {_SPOKE} {_ON}{_TOPIC}"),
    _form(
        "what are the reactions to the ban",
        "spoke",
        None,
        rf"(?:what (?:are|were) )?(?:all )?(?:the |any )?(?:reactions|responses|comments) {_ON}{_TOPIC}",
    ),
    _form("what did others say about the ban", "spoke", None, rf"what {_DID} {_OTHERS} (?:say|said) {_ON}{_TOPIC}"),
    _form("who disagrees with twitter", "opposes", None, rf"{_WHO} {_ADVERBS}{_OPPOSE}{_TOPIC}"),
    _form("who supports the ban", "supports", None, rf"{_WHO} {_ADVERBS}{_SUPPORT}{_TOPIC}"),
    _form("does anyone disagree with twitter", "opposes", None, rf"{_DID} {_ANYONE} {_ADVERBS}{_OPPOSE}{_TOPIC}"),
    _form("is anybody opposed to the ban", "opposes", None, rf"{_BE} {_ANYONE} (?:against|opposed to){_TOPIC}"),
)
# What somebody said about something.
_WORDS_ABOUT = (
    _form(
        "what was rt response to the ban",
        "about",
        None,
        rf"(?:what (?:was|is) )?(?P<actor>.+?) {_ANSWER} (?:to|on|about|regarding){_TOPIC}",
    ),
    _form("how did rt respond to the ban", "about", None, rf"how {_DID} (?P<actor>.+?) {_REACT} (?:to|on){_TOPIC}"),
    _form(
        "what did warner say about rt",
        "about",
        None,
        rf"what {_DID} (?P<actor>.+?) (?:say|said|tweet|claim) {_ON}{_TOPIC}",
    ),
)
REQUEST_FORMS = (*_EVENTS, *_FIRST_OR_LAST_WORDS, *_WORDS_THEN, *_SPEAKERS, *_WORDS_ABOUT)
"""The ways to ask, likeliest first."""
_IN_CONTEXT = frozenset({"that", "this", "it", "then"})
# What begins a clause of its own, which calls no event by its name.
_CLAUSE = re.compile(r"\b(?:who|whom|whose|what|which|when|where|why|how|he|she|they|we|you|i)\b")
_PRONOUN = re.compile(r"^(?:he|she) ")


def read_requests(words: tuple[str, ...]) -> Iterator[Request]:
    """Yield the requests that a question may make, likeliest first; most questions make none."""
    text = " ".join(words)
    for form in REQUEST_FORMS:
        match = form.pattern.match(text)
        if match is None:
            continue
        wish, relation = form.wish, form.relation
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
