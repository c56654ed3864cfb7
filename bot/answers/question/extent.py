"""How far a thing goes: the bound or the share that a question asks about, held against what a fact says.

A share is told by "nine of the eleven", "all but one", "a third of", "seven votes to two", "every", "most". "All" and "every"
count where they stand with a word of the question: "every household got an offer" does not tell how many took it.

In: the words of a question and of a fact. Out: whether what is asked is met, None where the fact does not decide it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from bot.answers.question.bounds import PARTS, THEM, Relation, amounts_of, asked_bound, is_within, meets, relation_before
from bot.english.search_words import STOP_WORDS, stem

Share = tuple[Decimal, Decimal]
"""A share of a whole, from and to."""
_SOME: Share = Decimal("0.0001"), Decimal(1)
_FEW: Share = Decimal("0.0001"), Decimal("0.3")
_HALF: Share = Decimal("0.49"), Decimal("0.51")
_MOST: Share = Decimal("0.501"), Decimal(1)
_NOT_ALL: Share = Decimal("0.501"), Decimal("0.999")
_ALMOST: Share = Decimal("0.8"), Decimal("0.999")
_ALL: Share = Decimal(1), Decimal(1)
_HAIR = Decimal("0.001")
_BEHIND = 3  # words behind "all" that may say of what

_WHOLE = re.compile(
    r"\b(?<!at )(?<!after )(?<!if )(?:all(?! (?:told|in|right|along|over|but)\b)|every|each|everyone|everybody|everything|whole"
    r"|entire|entirely|completely|fully)\b"
)
_BY_ITSELF = frozenset("everyone everybody everything entirely completely fully mostly".split())
_NEARLY = re.compile(
    r"\b(?:nearly|almost|practically|virtually) (?:all|every(?:one|body|thing)?|the (?:whole|entire))\b|\ball but \w+\b"
)
_MOSTLY = re.compile(r"\b(?<!at )(?:most|mostly|majority|the bulk)\b")
_SOLE = re.compile(r"\b(?:only|solely|sole|alone|nothing but|no other|nobody else|no one else)\b")
_ONE = re.compile(r"\b(?:just|only|by|exactly) one\b")
_ALWAYS = re.compile(r"\b(?:always|ever since|the whole time|throughout)\b")
_ASKED = (  # the first that a question has is what it asks about
    (_NEARLY, _ALMOST),
    (re.compile(r"\b(?:only|just) (?:a few|a handful|some|part)\b"), _FEW),
    (_MOSTLY, _MOST),
    (_WHOLE, _ALL),
    (re.compile(r"\bhalf (?:of |the |its |his |her |their )"), _HALF),
    (re.compile(r"\b(?:any|anyone|anybody|some|part|even one|a few|at least one) (?:of|on)\b"), _SOME),
)
_OF = re.compile(r"(?:\w+ )?(?:out )?of(?: (?:the|its|his|her|their|all|those|these))*")
_PART = re.compile(
    r"\b(?:(?P<count>an?|two|three|four) )?(?P<part>half|thirds?|quarters?|fifths?|tenths?) (?:of|the|its|his|her|their|all)\b"
)
_TIMES = {"two": 2, "three": 3, "four": 4}
_ALL_BUT = re.compile(r"\ball but\b|\ball (?:\w+ ){0,4}?(?:except|apart from)\b|\bexcept for\b")


def is_met(question: tuple[str, ...], fact: tuple[str, ...]) -> bool | None:
    """Return whether a fact meets the bound or the share that a question asks about, None where it decides neither."""
    bound = asked_bound(question)
    if bound is not None and not bound.amount.share:
        return meets(bound, fact)
    said = _share(question, fact)
    if said is None:
        return None
    if bound is not None:
        return is_within(bound, *said)
    asked = _asked_share(" ".join(question))
    if asked is None:
        return None
    if said[1] < asked[0] or asked[1] < said[0]:
        return False
    return True if asked[0] <= said[0] and said[1] <= asked[1] else None


def asks_how_far(question: tuple[str, ...]) -> bool:
    """Return whether a question asks for more than a deed: for a bound, a share, the only one, always."""
    text = " ".join(question)
    if asked_bound(question) is not None or _asked_share(text) not in (None, _SOME):
        return True
    return any(kind.search(text) for kind in (_SOLE, _ONE, _ALWAYS))


def says_as_far(question: tuple[str, ...], fact: tuple[str, ...]) -> bool:
    """Return whether a fact has words of the same kind for how far something goes as the question: "all", "most", "only"."""
    asked, said = " ".join(question), " ".join(fact)
    if asked_bound(question) is not None or not all(kind.search(said) for kind in (_SOLE, _ALWAYS) if kind.search(asked)):
        return False
    if _ONE.search(asked) and {"one", "1", "single"}.isdisjoint(fact):
        return False
    return all(_goes_as_far(kind, question, fact) for kind in (_WHOLE, _MOSTLY) if kind.search(asked))


def _goes_as_far(kind: re.Pattern[str], question: tuple[str, ...], fact: tuple[str, ...]) -> bool:
    """Return whether a fact has a word such as "all", by itself or with a word of the question behind it."""
    text = " ".join(fact)
    asked = frozenset(stem(word) for word in question if word not in STOP_WORDS)
    return any(
        match.group() in _BY_ITSELF or not asked.isdisjoint(map(stem, text[match.end() :].split()[:_BEHIND]))
        for match in kind.finditer(text)
    )


def _asked_share(text: str) -> Share | None:
    return next((share for pattern, share in _ASKED if pattern.search(text)), None)


def _share(question: tuple[str, ...], fact: tuple[str, ...]) -> Share | None:
    """Return the share of a whole that a fact tells; None where it tells none, or two that differ."""
    text = " ".join(fact)
    shares = {*_counted_shares(fact), *_named_shares(text)}
    if _ALL_BUT.search(text):
        shares.add(_ALMOST)
    elif not shares and not _NEARLY.search(text):
        shares.update(share for kind, share in ((_WHOLE, _ALL), (_MOSTLY, _NOT_ALL)) if _goes_as_far(kind, question, fact))
    return shares.pop() if len(shares) == 1 else None


def _named_shares(text: str) -> Iterator[Share]:
    """Yield the shares that a fact names: "half of", "more than a third of", "two thirds of"."""
    for match in _PART.finditer(text):
        name = match["part"]
        if name != "half" and match["count"] is None:
            continue  # "the third of", "its quarters"
        value = PARTS[name.removesuffix("s") if name not in PARTS else name] * _TIMES.get(match["count"] or "", 1)
        before = text[: match.start()].split()
        yield _beside(relation_before(before, len(before)), value)


def _beside(relation: Relation | None, value: Decimal) -> Share:
    """Return the share that a word such as "more than" makes of a value."""
    match relation:
        case None:
            return value, value
        case "more" | "at least":
            return value + (_HAIR if relation == "more" else 0), Decimal(1)
        case _:
            return Decimal(0), value - (_HAIR if relation == "less" else 0)


def _counted_shares(fact: tuple[str, ...]) -> Iterator[Share]:
    """Yield the shares that a fact tells by two numbers: nine of the eleven, seven votes to two, eleven ... nine of them."""
    numbers = [amount for amount in amounts_of(fact) if amount.least is not None and amount.least == amount.most]
    for index, part in enumerate(numbers):
        whole = next((number.least for number in numbers[:index] if number.kind == part.kind), None)
        if fact[part.end : part.end + 2] in THEM and whole and part.least and part.least <= whole:
            yield (part.least / whole,) * 2
    for one, other in pairwise(numbers):
        if one.least is None or not other.least or one.kind != other.kind:
            continue
        between = " ".join(fact[one.end : other.start])
        if _OF.fullmatch(between) and one.least <= other.least:
            yield (one.least / other.least,) * 2
        elif between in ("to", "votes to") and any(word.startswith("vot") for word in fact):
            yield (one.least / (one.least + other.least),) * 2
