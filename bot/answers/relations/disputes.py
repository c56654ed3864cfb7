"""What a question asks of a dispute: who contradicts somebody, who agrees with them, what the other side says.

Such a question is recognised by general patterns of English that take in the whole of it. Who and what it names is resolved
elsewhere; where that fails, the question is answered like any other.

In: the words of a question. Out: `DisputeRequest`s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.answers.relations.stances import Stance


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


class DisputeForm(NamedTuple):
    """A way to ask about a dispute: a sample question, what it requests, and the pattern of all questions of this form.

    ``stated``: the question states itself what is disputed, or follows up the answer that does.
    """

    sample: str
    stance: Stance
    pattern: re.Pattern[str]
    both: bool = False
    stated: bool = False


def _form(sample: str, stance: Stance, pattern: str, *, both: bool = False, stated: bool = False) -> DisputeForm:
    return DisputeForm(sample, stance, re.compile(pattern), both, stated)


# How a question begins: "so and", "who else also", "does anybody else publicly".
_AND = r"(?:(?:so|and|but|well|ok|okay) )*"
_SOMEBODY = r"(?:anyone|anybody|someone|somebody|everyone|everybody|people|others|any other)"
_DISPUTANT = (
    rf"^{_AND}(?:(?:who|what)(?: else| or what)?|which \w+|is there {_SOMEBODY} (?:who|that)|"
    rf"(?:does|do|did|has|have) {_SOMEBODY}(?: else)?)(?: (?:also|ever|publicly|openly|actually|has|have|had|did|does))*"
)

# What is done to a claim ("disputes the count"), or to whoever makes it ("argues with Hale", "sides with Hale").
_DISPUTE = (
    r"(?:disagree[sd]?(?: with| on| about)?|contradict(?:s|ed)?|dispute[sd]?|doubt(?:s|ed)?|contest(?:s|ed)?|challenge[sd]?|"
    r"question(?:s|ed)?)"
)
_AGAINST = (
    r"(?:disagree[sd]? with|contradict(?:s|ed)?|dispute[sd]?|challenge[sd]?|oppose[sd]?|argue[sd]? with|"
    r"differ(?:s|ed)? (?:from|with))"
)
_WITH = r"(?:agree[sd]? with|side[sd]? with|back(?:s|ed)?|support(?:s|ed)?|confirm(?:s|ed)?)"
_ON_WHAT = r"(?:about|on|over|regarding|concerning|as to|when it comes to)"
_ACCOUNT = r"(?:account|claim|count|estimate|excuse|figure|number|statement|story|tale|version|view|words?)s?"
_IT = r"(?:that|this|it)"

# That something is disputed, and what the other side answers: "is that still in doubt", "what do the critics say to it".
_DISPUTED = r"(?:disputed|contested|contradicted|denied|in dispute|in doubt|(?:any |a )?(?:dispute|disagreement|doubt))"
_SAYS = r"(?:says?|said|claims?|claimed|insists?|insisted|maintains?|maintained|denies|denied|argues?|argued)"
_OTHER_SIDE = r"(?:the )?(?:other (?:side|one|party|two)|others|opponents|opposition|critics)"
_ANSWERS = rf"(?:say|says|said|claim|claimed|think|answer|answered|reply|replied)(?: (?:to|about|on) {_IT})?"
_DOES = r"(?:does|do|did)"
_IS = r"(?:is|was)"

# Both sides of what the question states.
_BOTH_SIDES = (
    _form(
        "is there any dispute about the toll",
        "opposes",
        rf"^{_AND}{_IS} (?:it|there) (?:still )?{_DISPUTED}(?: (?:about|over|on|as to|that))? (?P<subject>.+)$",
        both=True,
        stated=True,
    ),
    _form(
        "the toll was forty or is that disputed",
        "opposes",
        rf"^{_AND}(?P<subject>.+?) or {_IS} {_IT} (?:still )?{_DISPUTED}$",
        both=True,
        stated=True,
    ),
    _form(
        "does everyone agree that the bridge was sound",
        "opposes",
        rf"^{_AND}{_DOES} (?:every(?:one|body)|they all|all of them) agree (?:that|on|about|over) (?P<subject>.+)$",
        both=True,
        stated=True,
    ),
)
# What is said against what the question states, or against the answer before.
_OTHER_SIDES = (
    _form(
        "hale says that the bridge held and what does rook say to that",
        "opposes",
        rf"^{_AND}(?P<actor>.+?) {_SAYS}(?: that)? (?P<subject>.+?) {_AND}what {_DOES} (?:{_OTHER_SIDE}|(?P<by>.+?)) {_ANSWERS}$",
        stated=True,
    ),
    _form(
        "what do the critics say",
        "opposes",
        rf"^{_AND}what (?:{_DOES} {_OTHER_SIDE} {_ANSWERS}|about {_OTHER_SIDE})$",
        stated=True,
    ),
    _form("is that disputed", "opposes", rf"^{_AND}{_IS} {_IT} (?:still )?{_DISPUTED}$", stated=True),
    _form("does anyone dispute that", "opposes", rf"{_DISPUTANT} {_DISPUTE} {_IT}$", stated=True),
)
# Who is for or against a claim, or whoever makes it.
_DISPUTANTS = (
    _form(
        "who disagrees with hale about the level",
        "opposes",
        rf"{_DISPUTANT} {_AGAINST} (?P<actor>.+?) {_ON_WHAT} (?P<subject>.+)$",
    ),
    _form(
        "who agrees with the board about the warning",
        "supports",
        rf"{_DISPUTANT} {_WITH} (?P<actor>.+?) {_ON_WHAT} (?P<subject>.+)$",
    ),
    _form(
        "who contradicts hale claim that it held",
        "opposes",
        rf"{_DISPUTANT} {_DISPUTE} (?:the )?(?!that |the )(?P<actor>.+?) (?P<subject>{_ACCOUNT}\b.*|\d.*)$",
    ),
    _form(
        "who disputes that the bridge was sound",
        "opposes",
        rf"{_DISPUTANT} {_DISPUTE} (?P<clause>that )?(?P<subject>.+)$",
    ),
)
DISPUTE_FORMS = (*_BOTH_SIDES, *_OTHER_SIDES, *_DISPUTANTS)
"""The ways to ask, likeliest first."""
_ASKS_MORE = re.compile(r"^(?:how|whose|which|what|whether|who)\b|\beach\b")


def read_disputes(words: Sequence[str]) -> Iterator[DisputeRequest]:
    """Yield the requests that a question may make, likeliest first; most questions make none."""
    text = " ".join(words)
    for form in DISPUTE_FORMS:
        match = form.pattern.match(text)
        if match is None:
            continue
        groups = match.groupdict()
        actor, subject = groups.get("actor"), groups.get("subject")
        if not form.stated and any(_ASKS_MORE.search(named or "") for named in (actor, subject)):
            continue
        clause = form.stated or bool(groups.get("clause"))
        yield DisputeRequest(form.stance, actor, subject, clause=clause, both=form.both, by=groups.get("by"))
