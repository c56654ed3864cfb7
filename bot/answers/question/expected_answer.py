"""The answer that a question expects: its type, read off its words by general patterns of English.

In: the words of a question, spelling corrected. Out: an `ExpectedAnswer`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.answers.question.question_words import (
    AGENTS,
    AUXILIARIES,
    PAYING,
    PLACES,
    SAY_VERBS,
    SPEECH_ACTS,
    SPEECH_NOUNS,
    SUMS,
    UTTERANCES,
    QuestionType,
)
from bot.english.amounts import AmountKind, kind_of_unit


def _one_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(words))})"


def _patterns(*typed: tuple[QuestionType, str]) -> tuple[tuple[QuestionType, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in typed)


_AUX = _one_of(AUXILIARIES)
_BE = r"(?:was|is|were|are)"
_SAY = _one_of(SAY_VERBS)
_ACT = _one_of(SPEECH_ACTS)
_SPEECH = _one_of(SPEECH_NOUNS)
_WORDS = r"(?:quotes?|quotations?|reactions?|comments?|statements?|remarks?)"
_PLACE = _one_of({*PLACES, "part of"})
_SUM = _one_of({*SUMS, "price tag"})
_AGENT = _one_of({*AGENTS, "one of (?:them|the)"})
_PAY = _one_of(PAYING)
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
    (QuestionType.WHEN, r"(?:over |on )?(?:what|which)(?: exact)? (?:time|day|days|date|year|month|week)\b"),
    (QuestionType.WHY, r"(?:why|how come)\b"),
    (QuestionType.WHY, r"what (?:reason|grounds|made|caused|led to|prompted)\b"),
    (QuestionType.WHY, rf"(?!.*\b{_ASKED_FOR} for$)what (?:\w+ ){{2,8}}(?:for|about|because of)$(?<!say about)"),
    (QuestionType.WHERE, r"where\b"),
    (QuestionType.WHERE, rf"(?:what|which|what is the name of the) (?:(?!{_AUX}\b)\w+ )?{_PLACE}\b"),
    (QuestionType.SAID, rf"(?:what|how(?!.* (?:find|found)\b)) (?:{_AUX} )?(?:\w+ ){{0,5}}?{_SAY}\b"),
    (QuestionType.SAID, rf"(?:what|how) {_BE} (?:\w+ ){{0,5}}?(?:{_SPEECH}|{_one_of(UTTERANCES)})\b"),
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
_ASKS_MORE = re.compile(r"\b(?:who|when|where|why|how much|how many)\b")
_TELL_ME = re.compile(r"^(?:tell me|remind me|give me|show me|list|name)\b")
_SPEECH_WORD = re.compile(rf"\b{_SPEECH}\b")
_QUOTED_WORDS = re.compile(r"\b(?:quotes?|reactions?|statements?|lines?|words)\b")
_JOINING = re.compile(r"(?:when|where|who|which) (?!did|was|were|is|are|do|does|will|has|had)")
_MANY = r"(?:all|any|both|each|every|everybody|everyone|everything)"
_PLURAL = r"(?!(?:days|does|has|is|this|was)\b)[a-z]{2,}(?<![isu])s"
_LISTED = (
    r"(?<!the )\blist\b",
    rf"^(?:(?:and|so|give|show|name|list|what|who|which|is|are|was|were|about) )*{_MANY}\b",
    rf"\bname (?:the|{_MANY})\b",
    r"\bwhat (?:all )?happened\b(?! to\b)",
    r"\bwhat (?:are|were) the\b",
    rf"\b(?:which|what) {_PLURAL} (?!is\b|was\b)",
    r"\b(?:timeline|quotes|reactions|comments|statements|remarks|anything else)\b",
)
_LIST = re.compile("|".join(_LISTED))
_FINDING = re.compile(r"\b(?:find|found|conclude|concluded|determine|determined|discover|discovered|recommend|recommended)\b")
_NAMES_MANY = re.compile(rf"\b{_PLURAL}$")
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

    ``findings``: what somebody found is asked for, whoever reports it.
    """

    type: QuestionType
    wants_list: bool
    amounts: tuple[AmountKind, ...] = ()
    findings: bool = False


def read_expected(words: list[str], *, quotes: bool) -> ExpectedAnswer:
    """Read which answer the words of a question (lower case, spelling corrected) expect; ``quotes``: it holds quoted words."""
    text = " ".join(words)
    kind = QuestionType.YES_NO if _YES_NO_FIRST.search(text) and not _ASKS_MORE.search(text) else _type(text)
    if quotes and kind in (QuestionType.WHO, QuestionType.TERSE, QuestionType.YES_NO):
        kind = QuestionType.WHO_SAID
    several = _LIST.search(text) or (kind is QuestionType.TERSE and _NAMES_MANY.search(text))
    return ExpectedAnswer(
        kind,
        wants_list=bool(several) and kind not in (QuestionType.WHY, QuestionType.YES_NO),
        amounts=_amounts(text) if kind is QuestionType.HOW_MUCH else (),
        findings=kind is QuestionType.SAID and bool(_FINDING.search(text)),
    )


def _amounts(text: str) -> tuple[AmountKind, ...]:
    counted = _COUNTED.search(text)
    unit = kind_of_unit(counted[1]) if counted else None
    kind = unit or next((kind for kind, pattern in _UNITS if re.search(pattern, text)), None)
    return (kind,) if kind else ()


def _type(text: str) -> QuestionType:
    if _TELL_ME.search(text) and _SPEECH_WORD.search(text):
        return QuestionType.SAID
    head = _head(text)
    if head is None:
        return next((kind for kind, pattern in _HEADLESS if pattern.search(text)), QuestionType.TERSE)
    return next((kind for kind, pattern in _HEADED if pattern.match(text, head)), QuestionType.TERSE)


def _head(text: str) -> int | None:
    """Return where the word that asks stands: the first, but a bare "when" or "where" inside a sentence only joins clauses."""
    places = [match.start() for match in _HEAD.finditer(text)]
    if not places or (_QUOTED_WORDS.search(text) and _JOINING.match(text, places[0])):
        return None
    return places[0]
