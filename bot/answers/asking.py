"""What a question asks for: its type, read off its words by general patterns of English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.answers.amounts import AmountKind


class Asked(StrEnum):
    """The types of question."""

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


SAY_VERBS = frozenset(
    """say said says saying tell told tells telling state stated states tweet tweeted write wrote writes claim claimed claims
    call called calls think thought thinks answer answered reply replied respond responded react reacted comment commented argue
    argued insist insisted promise promised warn warned announce announced explain explained describe described describes ask asked
    accuse accused admit admitted mention mentioned add added suggest suggested demand demanded respond believe believed reckon
    reckoned deny denied complain complained joke joked put quote quoted declare declared vow vowed swear swore feel felt
    find found conclude concluded discover discovered determine determined report reported recommend recommended allege alleged
    testify testified rule ruled propose proposed advise advised note noted confirm confirmed brag bragged boast boasted wish wished hope hoped fear feared doubt doubted want wanted
    blame blamed criticise criticised criticize criticized praise praised yell yelled shout shouted""".split()
)  # fmt: skip

# Verbs of what is done by speaking: they tell that somebody is quoted, but they are also what the question is about.
SPEECH_ACTS = frozenset(
    """compare compared liken likened apologise apologised apologize apologized thank thanked dedicate dedicated urge urged
    threaten threatened predict predicted condemn condemned pledge pledged refuse refused hint hinted beg begged""".split()
)  # fmt: skip

SPEECH_NOUNS = frozenset(
    """quote quotes quotation quotations words statement statements comment comments reaction reactions response responses reply
    opinion opinions view views line remark remarks take message""".split()
)  # fmt: skip

# Words that say what is asked for rather than what it is about; they count little when a fact is matched.
TYPE_WORDS: dict[Asked, frozenset[str]] = {
    Asked.WHEN: frozenset("date day dates days year month time when".split()),
    Asked.WHERE: frozenset("place spot location where city town country area located".split()),
    Asked.WHO: frozenset("who person guy man woman lady people bloke dude name called guys folks".split()),
    Asked.HOW_MUCH: frozenset("many much amount number total figure price long far size length sum overall altogether".split()),
    Asked.WHY: frozenset("why reason reasons cause caused".split()),
    Asked.YES_NO: frozenset("true real really actually even".split()),
    Asked.SAID: SAY_VERBS | SPEECH_NOUNS,
    Asked.WHO_SAID: SAY_VERBS | SPEECH_NOUNS | frozenset("who person guy man woman lady bloke".split()),
    Asked.WHAT: frozenset("called name".split()),
    Asked.TERSE: frozenset(),
}

AUXILIARIES = frozenset("did do does was were is are has have had will would can could should may might".split())
_AUX = rf"(?:{'|'.join(sorted(AUXILIARIES))})"
_SAY = rf"(?:{'|'.join(sorted(SAY_VERBS))})"
_ACT = rf"(?:{'|'.join(sorted(SPEECH_ACTS))})"
_SPEECH = rf"(?:{'|'.join(sorted(SPEECH_NOUNS))})"
_PLACE = (
    r"(?:place|city|town|country|countries|state|location|spot|ocean|sea|continent|street|village|venue|hotel|site|building|area|"
    r"part of|port|harbour|harbor|airport|station|restaurant|bar|pub|cafe|hospital|school|university|stadium|farm|island|beach|river|lake|bridge|"
    r"church|prison|jail|hall|room|park|district|region|county|province)"
)
# Words that state the type of whatever question they are in.
ALWAYS_TYPE = frozenset("list name happen happened happens happening answer question detail details info information".split())

_SUM = r"(?:price|price tag|prices|cost|costs|amount|number|total|percentage|distance|temperature|speed|size|sum|fee|fees|fine|fines|salary|wage|wages|share|bill|length|weight|figure|figures|toll|payout|record|score|cut|deposit|budget|turnout|duration|offer|bid|bonus|loss|losses|profit|margin|majority|lead|penalty)"
_AGENT = r"(?:person|guy|man|woman|lady|people|one of (?:them|the)|company|firm|team|club|party|agency|paper|newspaper|outlet|lab|bank|group|senator|minister|reporter|player|astronaut|judge|officer|official|lawyer|politician|relative|manufacturer|maker|builder|owner|journalist|teammate)"
_MONEY = r"(?:cost|costs|price|fee|fine|fined|pay|paid|pays|earn|earned|make|made|spend|spent|worth|bill|budget|salary|wage|wages|raise|raised|donate|donated|charge|charged|owe|owed|offer|offered|lose|lost|bid)"

# The word that asks, and what it asks for; each pattern is tried where the first such word stands.
_HEAD = re.compile(r"\b(?:who|whom|whose|what|which|when|where|why|how)\b")
_HEADED: tuple[tuple[Asked, re.Pattern[str]], ...] = (
    (Asked.WHO, re.compile(r"who (?:wrote|found|discovered|put) (?:the|a|an|this|those|these)\b")),
    (Asked.WHO_SAID, re.compile(rf"who(?:m|se)?\b(?: \w+){{0,2}}? (?:{_SAY}|{_ACT})\b(?! (?:on|up|off|out|in|over)\b)|who (?:is|was) it who {_SAY}\b")),
    (Asked.WHO_SAID, re.compile(rf"(?:whose|who is|by who|who came up with)\b.* (?:{_SPEECH}|quoted?)\b|who came up with\b")),
    (Asked.HOW_MUCH, re.compile(r"how (?:much|many|long|far|old|big|high|fast|deep|cold|hot|heavy|often|tall|large|wide|late|early|freezing|small|loud|close|\w+ (?:much|many))\b(?! ago)")),
    (Asked.WHEN, re.compile(r"when\b|(?:over |on )?(?:what|which)(?: exact)? (?:time|day|days|date|year|month|week)\b|how long ago\b")),
    (Asked.WHY, re.compile(r"why\b|how come\b|what (?:was |is |were |are )?the (?:reason|cause|point)s?\b|what reason\b|what grounds\b|what (?:made|caused|led to|prompted)\b|(?!.*\b(?:aim|look|ask|search|wait|hop|pay|call|vot)(?:e|ing|ed)? for$)what (?:\w+ ){2,8}(?:for|about|because of)$(?<!say about)|how did .*\b(?:end up|get into|get in|happen|come about)\b")),
    (Asked.WHERE, re.compile(rf"where\b|(?:what|which|what is the name of the) (?:(?!{_AUX}\b)\w+ )?{_PLACE}\b")),
    (Asked.SAID, re.compile(rf"(?:what|how(?!.* (?:find|found)\b)) (?:{_AUX} )?(?:\w+ ){{0,5}}?{_SAY}\b|how did (?:\w+ ){{1,4}}?sum\b")),
    (Asked.SAID, re.compile(rf"(?:what|how) (?:was|is|were|are) (?:\w+ ){{0,5}}?(?:{_SPEECH}|apology|argument|warning|complaint|excuse|verdict|promise|answer)\b")),
    (Asked.SAID, re.compile(rf"what (?:did|does|do) (?:\w+ ){{1,5}}?(?:want|tell|ask for|make of|have to)\b|how (?:did|does) (?:\w+ ){{1,5}}?(?:react|respond|take it)\b")),
    (Asked.HOW_MUCH, re.compile(rf"(?:what|which) (?:was |is |were |are )?(?:\w+ ){{0,3}}?{_SUM}\b(?! (?:do|mean|say|change|require)\b)|what\b.*\b(?:spend|spent|per|each|earn|in money|get paid)\b")),
    (Asked.WHO, re.compile(rf"(?:who|whom|whose)\b|(?:what|which) (?:of (?:the|his|her|their|its) )?(?:\w+ )?{_AGENT}s?\b")),
    (Asked.WHAT, _HEAD),
)  # fmt: skip

# What is asked for where no word asks, and what a last word may ask for ("the hearing when").
_HEADLESS: tuple[tuple[Asked, re.Pattern[str]], ...] = (
    (Asked.SAID, re.compile(r"\b(?:quotes?|quotations?|reactions?|comments?|statements?|remarks?)\b|\b(?:line|words) (?:from|by|of)\b|\bsaid by\b|\bsaid in quotes\b")),
    (Asked.SAID, re.compile(rf"\b(?:everything|anything|all) (?:\w+ ){{1,4}}{_SAY}$")),
    (Asked.WHEN, re.compile(r"\b(?:date|day|year)\b$|^(?:date|year|day) of\b")),
    (Asked.WHERE, re.compile(r"\b(?:place|location|venue)\b$|^(?:place|location|venue) of\b")),
    (Asked.HOW_MUCH, re.compile(rf"\b{_SUM}\b(?:$| for\b)|^(?:{_SUM}|number)\b")),
    (Asked.WHO, re.compile(rf"\bby$|\b{_AGENT}$|^{_AGENT} (?:of|in|at|for)\b|^(?:buyer|owner|seller|winner|opponent|author|founder|leader|head) (?:of|in)\b")),
)  # fmt: skip

_YES_NO_FIRST = re.compile(rf"^(?:(?:so|and|but|ok|okay|well|wait|hold on|um|also|then) )*(?:is it true|{_AUX} (?!you |we |u )\w)")
_TELL_ME = re.compile(r"^(?:tell me|remind me|give me|show me|list|name)\b")
_LIST = re.compile(
    r"\b(?:list|all (?:of )?(?:the|his|her|their|its|quotes|\w+s)|every|everything|each of|what happened|what (?:are|were) the|"
    r"(?:which|what) (?!is\b|was\b|does\b|has\b|this\b)[a-z]+s (?!is\b|was\b)|timeline|"
    r"(?:quotes|reactions|comments|statements)\b|anything else|name the|both)\b"
)
_UNITS: tuple[tuple[re.Pattern[str], tuple[AmountKind, ...]], ...] = (
    (re.compile(r"\bhow old\b|\bage\b"), ("age",)),
    (re.compile(r"\bhow (?:long|late|early)\b|\bhow (?:much|many) (?:more )?(?:time|seconds|minutes|hours|days|weeks|months|years)\b|\blength\b|\bduration\b"), ("duration",)),
    (re.compile(r"\bhow (?:far|high|tall|deep|wide|close)\b|\bdistance\b|\bhow many (?:miles|kilometres|kilometers|metres|feet|km)\b"), ("distance",)),
    (re.compile(r"\bhow (?:cold|hot|warm|freezing)\b|\btemperature\b"), ("temperature",)),
    (re.compile(r"\bhow heavy\b|\bhow much (?:\w+ )?weigh|\bweight\b|\bpounds\b"), ("weight",)),
    (re.compile(r"\bpercent|\bshare\b|\bproportion\b|\bwhat fraction\b"), ("percent",)),
    (re.compile(r"\bhow fast\b|\bspeed\b"), ("speed",)),
    (re.compile(r"\bhow many\b|\bnumber of\b"), ("count",)),
    (re.compile(rf"\bhow much\b.*\b{_MONEY}\b|\bhow much (?:money|cash|was|is|were|did|do|does|has|had|would)\b|\b(?:cost|price|fee|fine|bill|salary|wages?|payout|compensation|bid)\b"), ("money",)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asking:
    """What a question asks for. ``amounts`` are the kinds of amount that would answer it, none where any may."""

    type: Asked
    wants_list: bool
    amounts: tuple[AmountKind, ...] = ()
    yes_no: bool = False


def read_asking(words: list[str], *, quotes: bool) -> Asking:
    """Read what is asked for off the words of a question (lower case, spelling mended); ``quotes``: it holds quoted words."""
    text = " ".join(words)
    wants_list = bool(_LIST.search(text))
    yes_no = bool(_YES_NO_FIRST.search(text))
    kind = Asked.YES_NO if yes_no and not re.search(r"\b(?:who|when|where|why|how much|how many)\b", text) else _type(text)
    if quotes and kind in (Asked.WHO, Asked.TERSE, Asked.YES_NO):
        kind = Asked.WHO_SAID
    amounts = next((kinds for pattern, kinds in _UNITS if pattern.search(text)), ()) if kind is Asked.HOW_MUCH else ()
    return Asking(kind, wants_list, amounts, yes_no)


def _type(text: str) -> Asked:
    if _TELL_ME.search(text) and re.search(rf"\b{_SPEECH}\b", text):
        return Asked.SAID
    head = _head(text)
    patterns, start = (_HEADED, head) if head is not None else (_HEADLESS, 0)
    for kind, pattern in patterns:
        if pattern.match(text, start) if head is not None else pattern.search(text):
            return kind
    return Asked.TERSE


def _head(text: str) -> int | None:
    """Return where the word that asks stands: the first, but a bare "when" or "where" inside a sentence only joins clauses."""
    places = [match.start() for match in _HEAD.finditer(text)]
    joining = [place for place in places if re.match(r"(?:when|where|who|which) (?!did|was|were|is|are|do|does|will|has|had)", text[place:])]
    if re.search(r"\b(?:quotes?|reactions?|statements?|lines?|words)\b", text) and (not places or places[0] in joining):
        return None
    return places[0] if places else None
