"""Which dates in a sentence are those of its quotation: the date of the saying, not one that belongs to what is told.

"Lee said on 4 March", "in a speech of 2017", "On 4 March Lee wrote", "(Gazette, 4 March)"; but not "Lee accused them of pushing
him to “spend big” in 2016", nor "RT was banned in 2017, Lee said".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.answers.question.when import AskedDate, find_dates
from bot.answers.question.words import tokens
from bot.english.attribution import MASK, SAYS

_MEDIUM = (
    r"(?:tweet|post|letter|e-?mail|interview|speech|statement|(?:news |press )?conference|blog|podcast|testimony|message|article|"
    r"essay|report|column|hearing|debate|meeting|session|address|memo|broadcast|programme|program|book)s?"
)
_PHRASE = r"(?:in|at|on|to|by|during|via|with|for|before|outside|from)(?:\s+(?!that\b|\w+ing\b)[\w.'’-]+){1,4}?"
_WHOM = r"(?:(?:the|a|an|his|her|its|their)\s+)?[\w.'’-]+(?:\s+[A-Z][\w.'’-]*)*"
_SOMETIMES = r"(?:\w+ly|again|later|first|once|also)"
_SAID_THEN = re.compile(
    rf"(?:\s+{_SOMETIMES})?(?:\s+(?!{_SOMETIMES}\b|that\b|of\b){_WHOM}(?:,\s[^,{MASK}]{{1,40}},)?)??(?:\s+{_PHRASE}){{0,2}}\s*,?"
    r"\s*(?:(?:on|in|dated|back in)\s+)?(?:the\s+)?"
)
_SAID_QUOTED_THEN = re.compile(
    rf"(?:\s+(?:that|it|this|them|him|her))?[\s,:]*{MASK}[\s,]*(?:(?:on|in|dated|from)\s+)?(?:the\s+)?"
)
_MEDIUM_THEN = re.compile(
    rf"(?i:\b{_MEDIUM})(?:\s+(?:to|with|for|at|by)(?:\s+[\w.'’-]+){{1,3}})?,?\s+(?:(?:of|on|in|from|dated)\s+)?$"
)
_MEDIUM_BEHIND = re.compile(rf"(?:'s|’s)?\s+(?i:{_MEDIUM})\b")
_APPOSITION = re.compile(r",[^,]*,")
_IN_BRACKETS = re.compile(r"\((?!\s*in\b)[^()]*$")
_BESIDE = re.compile(r"(?:^|[,–—:-])\s*(?:(?:on|in|dated)\s+)?(?:the\s+)?$")
_BESIDE_BEHIND = re.compile(rf"[\s).:,]*(?:{MASK}|$)")


def days_of_saying(context: str) -> Iterator[tuple[AskedDate, str]]:
    """Yield the dates on which a sentence says that its quotation was said, each with its words.

    A quotation stands in ``context`` as the mark MASK.
    """
    cut = tokens(context)
    for found in find_dates([token.word for token in cut]):
        start, end = cut[found.start].start, cut[found.end - 1].end
        if found.relation == "in" and found.until is None and _is_of_saying(context, start, end):
            yield found, context[start:end].rstrip(",")


def _is_of_saying(context: str, start: int, end: int) -> bool:
    before, behind = context[:start], context[end:]
    if _IN_BRACKETS.search(before) or _MEDIUM_THEN.search(before) or _MEDIUM_BEHIND.match(behind):
        return True
    verbs = list(SAYS.finditer(context))
    if not verbs:
        return _BESIDE.search(before) is not None and _BESIDE_BEHIND.match(behind) is not None
    said_before = [before[verb.end() :] for verb in verbs if verb.end() <= start]
    if said_before:
        return any(pattern.fullmatch(said_before[-1]) for pattern in (_SAID_THEN, _SAID_QUOTED_THEN))
    return _leads_to(before, context[end : verbs[0].start()])


def _leads_to(before: str, between: str) -> bool:
    """Tell whether a date opens the clause of a verb of saying: "On 4 March, Maria Lee, the mayor, wrote"."""
    opens = re.search(rf"(?:^|[{MASK},;])\s*(?:(?:on|in|back in)\s+)?(?:the\s+)?$", before, re.IGNORECASE)
    clause = _APPOSITION.sub(" ", between.lstrip(" ,"))
    return opens is not None and MASK not in between and "," not in clause and len(clause.split()) <= 6
