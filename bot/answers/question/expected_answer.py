"""The answer that a question expects: its type, read off its words by general patterns of English, and the words that show it.

In: the words of a question, spelling corrected. Out: an `ExpectedAnswer`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot.answers.question.asked_lists import wants_list, wants_sides, without_request
from bot.answers.question.bounds import asked_bound
from bot.english.amounts import AmountKind, kind_of_unit
from bot.english.search_words import stem, words_of


class QuestionType(StrEnum):
    """What a question asks for; the values are shown to readers who ask why an answer is as it is."""

    WHEN = "when"
    WHERE = "where"
    WHO = "who"
    HOW_MUCH = "how much"
    WHY = "why"
    YES_NO = "yes or no"
    SAID = "what somebody said"
    WHO_SAID = "who said it"
    WHAT = "what"
    TERSE = "keywords"


AUXILIARIES = frozenset("did do does was were is are has have had will would can could should may might".split())

# Not the list of `bot.english.word_classes`: questions have base forms after "did" ("what did she admit"), and verbs of thinking
# and finding ask for somebody's words as well. What the reader was trained on was read with this list, too.
SAY_VERBS = frozenset(
    """accuse accused add added admit admitted advise advised allege alleged announce announced answer answered argue argued ask
    asked believe believed blame blamed boast boasted brag bragged call called calls claim claimed claims comment commented
    complain complained conclude concluded confirm confirmed criticise criticised criticize criticized declare declared demand
    demanded denied deny describe described describes determine determined discover discovered doubt doubted explain explained
    fear feared feel felt find found hope hoped insist insisted joke joked mention mentioned note noted praise praised promise
    promised propose proposed put quote quoted react reacted reckon reckoned recommend recommended replied reply report reported
    respond responded rule ruled said say saying says shout shouted state stated states suggest suggested swear swore tell telling
    tells testified testify think thinks thought told tweet tweeted vow vowed want wanted warn warned wish wished write writes
    wrote yell yelled""".split()
)  # fmt: skip

# Verbs of what is done by speaking: they tell that somebody is quoted, but they are also what the question is about.
SPEECH_ACTS = frozenset(
    """apologise apologised apologize apologized beg begged compare compared condemn condemned dedicate dedicated hint hinted
    liken likened pledge pledged predict predicted refuse refused thank thanked threaten threatened urge urged""".split()
)  # fmt: skip

SPEECH_NOUNS = frozenset(
    """comment comments line message opinion opinions quotation quotations quote quotes reaction reactions remark remarks reply
    response responses statement statements take view views words""".split()
)  # fmt: skip

AGENTS = frozenset(
    """agency bank builder club company firm group guy journalist judge lab lady lawyer maker man manufacturer minister newspaper
    officer official outlet owner paper party people person player politician relative reporter senator team teammate
    woman""".split()
)  # fmt: skip

# Words that say what is asked for rather than what it is about; they count little when a fact is matched.
TYPE_WORDS: dict[QuestionType, frozenset[str]] = {
    QuestionType.WHEN: frozenset("date day dates days year month time when".split()),
    QuestionType.WHERE: frozenset("place spot location where city town country area located".split()),
    QuestionType.WHO: frozenset("who person guy man woman lady people bloke dude name called guys folks".split()),
    QuestionType.HOW_MUCH: frozenset(
        "many much amount number total figure price long far size length sum overall altogether".split()
    ),
    QuestionType.WHY: frozenset("why reason reasons cause caused".split()),
    QuestionType.YES_NO: frozenset("true real really actually even".split()),
    QuestionType.SAID: SAY_VERBS | SPEECH_NOUNS,
    QuestionType.WHO_SAID: SAY_VERBS | SPEECH_NOUNS | frozenset("who person guy man woman lady bloke".split()),
    QuestionType.WHAT: frozenset("called name".split()),
    QuestionType.TERSE: frozenset(),
}

# Words that may stand for anything or anybody: a fact that lacks them may well be meant.
VAGUE = frozenset(
    """bit bloke day dude end everyone folks guy guys kind lady lot man men money one ones part people person place someone
    somebody sort stuff thing things time times total way whole woman women""".split()
)  # fmt: skip

# Words that state the type of whatever question they are in.
ALWAYS_TYPE = frozenset("list name happen happened happens happening answer question detail details info information".split())

ASKING_STEMS = frozenset(map(stem, ("who", "whose", "whom", "when", "where", "why", "how", "what", "which")))


@lru_cache(maxsize=4_096)
def asking_stems(text: str) -> frozenset[str]:
    """Return the stems of the words that ask in a question."""
    return ASKING_STEMS.intersection(map(stem, words_of(text)))


def _one_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(words))})"


def _patterns(*typed: tuple[QuestionType, str]) -> tuple[tuple[QuestionType, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in typed)


_AUX = _one_of(AUXILIARIES)
_BE = r"(?:was|is|were|are)"
_SAY = _one_of(SAY_VERBS)
_ACT = _one_of(SPEECH_ACTS)
_SPEECH = _one_of(SPEECH_NOUNS)
_UTTERANCE = _one_of("answer apology argument complaint excuse promise verdict warning".split())
_WORDS = r"(?:quotes?|quotations?|reactions?|comments?|statements?|remarks?)"
_PLACE = _one_of([
    "part of",
    *"""airport area bar beach bridge building cafe church city continent countries country county district farm hall
    harbor harbour hospital hotel island jail lake location ocean park place port prison province pub region
    restaurant river room school sea site spot stadium state station street town university venue village""".split(),
])  # fmt: skip
_SUM = _one_of([
    "price tag",
    *"""amount bid bill bonus budget cost costs cut deposit distance duration fee fees figure figures fine fines lead
    length loss losses majority margin number offer payout penalty percentage price prices profit record salary score
    share size speed sum temperature toll total turnout wage wages weight""".split(),
])  # fmt: skip
_AGENT = _one_of({*AGENTS, "one of (?:them|the)"})
_PERIOD = _one_of("time day days date year month week weekday night morning afternoon evening season decade century".split())
_PAY = _one_of(
    """bid bill budget charge charged cost costs donate donated earn earned fee fine fined lose lost made make offer offered
    owe owed paid pay pays price raise raised salary spend spent wage wages worth""".split()
)  # fmt: skip
_ADJECTIVE = _one_of(
    "much many long far old big high fast deep cold hot heavy often tall large wide late early freezing small close".split()
)
_ASKED_FOR = r"(?:aim|look|ask|search|wait|hop|pay|call|vot)(?:e|ing|ed)?"

# The word that asks, and what it asks for; each pattern is tried where the first such word stands.
_HEAD = re.compile(r"\b(?:who|whom|whose|what|which|when|where|why|how)\b")
_HEADED = _patterns(
    (QuestionType.WHO, r"who (?:wrote|found|discovered|put) (?:the|a|an|this|those|these)\b"),
    (QuestionType.WHO_SAID, rf"who(?:m|se)?\b(?: \w+){{0,2}}? (?:{_SAY}|{_ACT})\b(?! (?:on|up|off|out|in|over)\b)"),
    (QuestionType.HOW_MUCH, rf"how (?:{_ADJECTIVE}|\w+ (?:much|many))\b(?! ago)"),
    (QuestionType.WHEN, r"(?:when|how long ago)\b"),
    (QuestionType.WHEN, rf"(?:over |on )?(?:what|which)(?: exact)? {_PERIOD}\b"),
    (QuestionType.WHY, r"(?:why|how come)\b"),
    (QuestionType.WHY, r"what (?:reason|grounds|made|caused|led to|prompted)\b"),
    (QuestionType.WHY, rf"(?!.*\b{_ASKED_FOR} for$)what (?:\w+ ){{2,8}}(?:for|about|because of)$(?<!say about)"),
    (QuestionType.WHERE, r"where\b"),
    (QuestionType.WHERE, rf"(?:what|which|what is the name of the) (?:(?!{_AUX}\b)\w+ )?{_PLACE}\b"),
    (QuestionType.SAID, rf"(?:what|how(?!.* (?:find|found)\b)) (?:{_AUX} )?(?:\w+ ){{0,5}}?{_SAY}\b"),
    (QuestionType.SAID, rf"(?:what|how) {_BE} (?:\w+ ){{0,5}}?(?:{_SPEECH}|{_UTTERANCE})\b"),
    (QuestionType.SAID, rf"(?:what|which) {_WORDS} {_BE}\b"),
    (QuestionType.SAID, r"what (?:did|does|do) (?:\w+ ){1,5}?(?:want|tell|ask for|make of|have to)\b"),
    (QuestionType.HOW_MUCH, rf"(?:what|which) (?:{_BE} )?(?:\w+ ){{0,3}}?{_SUM}\b(?! (?:do|mean|say|change|require)\b)"),
    (QuestionType.HOW_MUCH, r"what\b.*\b(?:spend|spent|per|each|earn|in money|get paid)\b"),
    (QuestionType.WHO, r"(?:who|whom|whose)\b"),
    (QuestionType.WHO, rf"(?:what|which) (?:of (?:the|his|her|their|its) )?(?:\w+ )?{_AGENT}s?\b"),
    (QuestionType.WHAT, _HEAD.pattern),
)

# What is asked for where no word asks, and what a last word may ask for ("the hearing when").
_HEADLESS = _patterns(
    (QuestionType.SAID, rf"\b(?:everything|anything|things?|stuff|all(?: that)?) (?:\w+ ){{1,5}}?{_SAY}\b"),
    (QuestionType.SAID, rf"\b{_WORDS}\b"),
    (QuestionType.WHEN, r"\b(?:date|day|year)$|^(?:date|year|day) of\b"),
    (QuestionType.HOW_MUCH, rf"\b{_SUM}\b(?:$| for\b)|^(?:{_SUM}|number)\b"),
)

_YES_NO_FIRST = re.compile(
    rf"^(?:(?:so|and|but|ok|okay|well|wait|hold on|um|also|then) )*(?:is it true|{_AUX} (?!you |we |u )\w)"
)
_ANYONE = r"(?:(?:some|any)(?:one|body)(?: here| please| else)*|you|u)(?: please)?"
# Asked of whoever reads it rather than of the story; what follows "if" or "whether" is a question for yes or no all the same.
_OF_READERS = re.compile(
    rf"\b(?:(?:can|could|would|will) {_ANYONE} (?:tell|explain|remind|clarify|summari[sz]e|help|share|(?:give|show) me)"
    rf"|(?:do|does) (?:{_ANYONE}|we) (?:know|remember|recall|understand))\b(?: me| us)?(?P<whether> (?:if|whether)\b)?"
)
_KNOWING = _one_of(
    """clear decide decided exactly explain explained find found idea knew know known knows learn learned learnt me mention
    mentioned out remember reveal revealed said saw say says see show shown sure tell told us""".split()
)
_JOINED = r"(?:and|or|but|of|on|about|for|to|by|from|with)"
# Beside yes or no something else is asked for; "who" or "when" behind other words only joins a clause: "the man who fell".
_ASKS_MORE = re.compile(
    rf"\b(?:why|how much|how many)\b|\b(?:{_JOINED}|{_KNOWING}(?: \w+)?) (?:who|whom|whose|when|where)\b"
    r"|\b(?:(?:and|or) (?:for |of |by |in )?(?:(?:what|which|how) \w|how$)|by what (?:sum|margin|amount))"
    rf"|\b(?:how|when|where|who|which|what)(?: \w+)? {_AUX} (?:he|she|it|they|the|this|that|people)\b"
    r"|\b(?:when|where|who|(?:when|where) exactly)$|\bwho (?:is|said so)|\bwho (?:says|claims|believes|denies|thinks)(?: \w+)?$"
    r"|\b(?<!for )what went\b"
)
# The auxiliary stands behind what is spoken of: "the second recall, was that ...", "going by the senator did it ...".
_YES_NO_LATER = re.compile(
    r"\b(?:was|is|were|are) (?:that|it|this|those|these|they|he|she|there)\b|^(?:\w+ ){4,}(?:did|does|has) (?:it|they|he|she)\b"
    r"|^(?P<lead>(?:going by|according to|judging by|by|if you (?:believe|ask|trust|go by)) "
    r"|(?:when|after|before|once) (?=(?:the|they|he|she) ))"
    r"(?:\w+ ){1,8}?(?:was|is|were|are|did|does|has|had) (?:the|any|all|every|most|his|her|its|their|it|they|he|she)\b"
)
_TAG = re.compile(r"^(?!.*\b(?:left|wrong) or right$).{8,} (?:right|correct|yes or no|or not|innit)$")
_SO = re.compile(r"so (?:\w+ ){4,}\w+$")  # "so the second ship was the bigger one"
_TELL_ME = re.compile(r"^(?:tell me|remind me|give me|show me|list|name)\b")
_SPEECH_WORD = re.compile(rf"\b{_SPEECH}\b")
_QUOTED_WORDS = re.compile(r"\b(?:quotes?|reactions?|statements?|lines?|words)\b")
_JOINING = re.compile(r"(?:when|where|who|which) (?!did|was|were|is|are|do|does|will|has|had)")
_FINDING = re.compile(r"\b(?:find|found|conclude|concluded|determine|determined|discover|discovered|recommend|recommended)\b")
_NAMES_MANY = re.compile(r"\b(?!(?:days|does|has|is|this|was)\b)[a-z]{2,}(?<![isu])s$")
_COUNTED = re.compile(r"\bhow many (?:more )?(\w+)")
_UNITS: tuple[tuple[AmountKind, str], ...] = (
    ("age", r"\bhow old\b"),
    ("duration", r"\bhow (?:long|late|early)\b|\bhow much (?:more )?time\b|\b(?:length|duration)\b"),
    ("distance", r"\bhow (?:far|high|tall|deep|wide|close)\b|\bdistance\b"),
    ("temperature", r"\bhow (?:cold|hot|warm|freezing)\b"),
    ("weight", r"\bhow heavy\b"),
    ("percent", r"\b(?:percent\w*|share|proportion)\b"),
    ("speed", r"\bhow fast\b"),
    ("count", r"\b(?:how many|number of)\b"),
    ("money", rf"\bhow much\b(?: (?:money|cash|was|is|were|did|do|does|has|had|would)\b|.*\b{_PAY}\b)"),
    ("money", r"\b(?:costs?|prices?|fees?|fines?|bill|salary|wages?|payout|compensation|bid)\b"),
)


@dataclass(frozen=True, slots=True)
class ExpectedAnswer:
    """The answer that a question expects. ``amounts`` are the kinds of amount that would answer it, empty where any may.

    ``sides``: what each side says is asked for, of which there are two at least.
    ``findings``: what somebody found is asked for, whoever reports it.
    """

    type: QuestionType
    wants_list: bool
    sides: bool = False
    amounts: tuple[AmountKind, ...] = ()
    findings: bool = False


def read_expected(words: list[str], *, quotes: bool) -> ExpectedAnswer:
    """Read which answer the words of a question (lower case, spelling corrected) expect; ``quotes``: it holds quoted words."""
    text = without_request(" ".join(words))
    kind = _type(text)
    if kind in (QuestionType.TERSE, QuestionType.WHEN) and not _HEAD.search(text) and asked_bound(tuple(words)) is not None:
        kind = QuestionType.YES_NO  # "the gate open for more than an hour?"
    if quotes and kind in (QuestionType.WHO, QuestionType.TERSE, QuestionType.YES_NO):
        kind = QuestionType.WHO_SAID
    amount: AmountKind | None = None
    if kind is QuestionType.HOW_MUCH:
        counted = _COUNTED.search(text)
        amount = kind_of_unit(counted[1]) if counted else None
        amount = amount or next((unit for unit, pattern in _UNITS if re.search(pattern, text)), None)
    several = wants_sides(text) or (kind not in (QuestionType.WHY, QuestionType.YES_NO) and wants_list(text))
    return ExpectedAnswer(
        kind,
        wants_list=several or (kind is QuestionType.TERSE and bool(_NAMES_MANY.search(text))),
        amounts=(amount,) if amount else (),
        sides=wants_sides(text),
        findings=kind is QuestionType.SAID and bool(_FINDING.search(text)),
    )


def _type(text: str) -> QuestionType:
    if _asks_yes_or_no(text):
        return QuestionType.YES_NO
    if _TELL_ME.search(text) and _SPEECH_WORD.search(text):
        return QuestionType.SAID
    head = _HEAD.search(text)
    # A bare "when" or "where" inside a sentence only joins clauses.
    if head is None or (_QUOTED_WORDS.search(text) and _JOINING.match(text, head.start())):
        return next((kind for kind, pattern in _HEADLESS if pattern.search(text)), QuestionType.TERSE)
    return next((kind for kind, pattern in _HEADED if pattern.match(text, head.start())), QuestionType.TERSE)


def _asks_yes_or_no(text: str) -> bool:
    """Return whether a question is for yes or no, and asks nothing beside it and nothing of whoever reads it."""
    of_readers = _OF_READERS.search(text)
    if of_readers is not None:
        return of_readers["whether"] is not None
    if _ASKS_MORE.search(text):
        return False
    if _YES_NO_FIRST.search(text):
        return True
    later = _YES_NO_LATER.search(text)
    if later is None or text.endswith(" or what"):
        return _HEAD.search(text) is None and (_TAG.search(text) is not None or _SO.match(text) is not None)
    started = later.end("lead") if later["lead"] else 0  # its "when" only joins the clause
    return _HEAD.search(text, started, later.end()) is None and _TELL_ME.search(text) is None
