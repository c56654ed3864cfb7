"""Which words of a text are in the clause that asks, and which are chatter around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answers.question.question_words import AUXILIARIES
from bot.answers.question.words import Token

SIDE = 0.3  # weight of the words beside the clause that asks
_SENTENCE = re.compile(r"(?<!\b[A-Za-z])(?<!\b(?:Dr|Mr|Ms|St|vs|No))(?<!\bMrs)[.?!;:]+(?=\s|$)|\s[-–—]+\s")
_CLAUSE = re.compile(_SENTENCE.pattern + r"|,")
_ASKS = frozenset("who whom whose what which when where why how list name".split())
_SOMEBODY = r"(?:anyone|anybody|someone|somebody|you|u)"
_TELL = r"(?:tell|remind|explain|show|list|give)"
_POLITE = re.compile(
    r"\b(?:"
    + "|".join(
        (
            rf"(?:does|do|did) {_SOMEBODY} (?:here )?(?:know|remember|recall|have)(?: about)?",
            rf"(?:can|could|would|will) {_SOMEBODY}(?: please| pls)? {_TELL}(?: to)?(?: me| us)?(?: the)?",
            r"(?:anyone|anybody) (?:know|remember|got)",
            r"(?:i was|im|i am|ive been|been) (?:just )?(?:wondering|curious)(?: about| if)?",
            r"just (?:curious|wondering)",
            r"(?:ok |okay )?(?:maybe )?(?:a )?(?:random|quick|dumb|stupid|silly|serious|genuine|honest) question",
            r"(?:i|we) (?:just |really |still )?(?:want|need|would like|d like|wanna|wanted) to know",
            r"(?:tell|remind|show|give) (?:me|us)",
            r"i (?:still )?(?:do not|dont|dunno|have no idea)(?: really)? (?:get|know|understand|remember)",
            r"no idea",
            r"(?:sorry )?(?:if this was|if its been) (?:already )?asked(?: already| before)?",
            r"(?:been )?reading about (?:this|it)(?: all \w+)?",
            r"help (?:me|us)(?: out)?",
            r"(?:i )?(?:cant|can not|could not) (?:find|remember)(?: it| that| this)?(?: anywhere)?",
            r"did i (?:read|hear) (?:that )?",
            r"new here|hold on|asking for a friend|by the way|of course",
            r"in the end|at all|all along|so far|a lot|right (?:after|before)",
            r"(?:take|took|taking) place",
        )
    )
    + r")\b"
)


def clause_weights(text: str, read: Sequence[Token], words: Sequence[str], quoted: Sequence[tuple[int, int]]) -> list[float]:
    """Return for each word 1 in the clause that asks, less beside it, 0 in a polite phrase around it."""
    sentence_of = _numbered(text, read, _SENTENCE)
    clause_of = _numbered(text, read, _CLAUSE)
    asks = {sentence_of[place] for place in _asking_places(words)}
    chosen = sentence_of if len(asks) <= 1 and len(words) <= 12 else clause_of
    asking = {chosen[place] for place in _asking_places(words)}
    weights = [1.0 if not asking or chosen[place] in asking else SIDE for place in range(len(words))]
    for place, token in enumerate(read):
        if any(start <= token.start < end for start, end in quoted):
            weights[place] = 1.0
    _drop_polite(words, weights)
    _dampen_lead(words, weights)
    return weights


def _numbered(text: str, read: Sequence[Token], boundary: re.Pattern[str]) -> list[int]:
    ends = [match.start() for match in boundary.finditer(text)]
    return [sum(end <= token.start for end in ends) for token in read]


def _asking_places(words: Sequence[str]) -> list[int]:
    return [
        place
        for place, word in enumerate(words)
        if word in _ASKS
        and not (place and words[place - 1] == "or")
        and not (place and word in ("when", "where") and words[place + 1 : place + 2] in (["i"], ["we"]))
    ]


def _drop_polite(words: Sequence[str], weights: list[float]) -> None:
    joined = " ".join(words)
    starts = {}
    offset = 0
    for place, word in enumerate(words):
        starts[offset] = place
        offset += len(word) + 1
    for match in _POLITE.finditer(joined):
        first = starts.get(match.start())
        if first is None:
            continue
        length = len(match.group().split())
        if length >= len(words):
            continue
        for place in range(first, first + length):
            weights[place] = 0.0


def _dampen_lead(words: Sequence[str], weights: list[float]) -> None:
    """Let a long lead to the question word count less: "so i was reading about this and why was ..."."""
    heads = [place for place in _asking_places(words) if weights[place] == 1.0]
    first = next((word for word, weight in zip(words, weights, strict=True) if weight == 1.0), "")
    if not heads or len(words) - heads[0] < 4 or first in AUXILIARIES:
        return
    lead = [place for place in range(heads[0]) if weights[place] == 1.0]
    if len(lead) > 4:
        for place in lead:
            weights[place] = SIDE
