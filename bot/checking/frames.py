"""Cuts that turn a sentence round though each word that is left is right: the "I believe" or "if" before it, the "No" behind.

What is told of a frame holds for English alone; it is a list of what people put before a statement that they do not simply make.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.checking.alignment import Step
from bot.english.words import Word, composed

_VERBS = (
    r"say|says|said|saying|claim(?:s|ed|ing)?|believe[sd]?|think|thinks|thought|guess(?:es|ed)?|suppose[sd]?|hope[sd]?|wish(?:es|ed)?|"
    r"imagine[sd]?|pretend(?:s|ed|ing)?|den(?:y|ies|ied|ying)|doubt(?:s|ed)?|fear(?:s|ed)?|suspect(?:s|ed)?|argue[sd]?|"
    r"allege[sd]?|assume[sd]?|insist(?:s|ed)?|suggest(?:s|ed|ing)?|told (?:me|us|you|them|him|her)|dreamt|dreamed|"
    r"wonder(?:s|ed)?|feel|felt|heard|swear|swore|bet"
)
_DOUBTS = (
    r"possible|impossible|likely|unlikely|probable|plausible|conceivable|doubtful|untrue|(?:not )?true|false|wrong|alleged|"
    r"rumou?red|lie|lies|myth|rumou?r|claim|allegation|nonsense|idea|notion|fiction|chance|no evidence|no proof|mistake"
)
_FRAME = re.compile(
    rf"(?:\b(?:{_VERBS}|{_DOUBTS})(?: (?:that|is|was|to say|to claim|to think|to suggest|to believe))*"
    r"|\b(?:if|unless|whether|suppose|supposing|assuming|provided|as if|as though|lest|until)\b(?: \S+){0,8})$"
)
_DENIED = re.compile(
    r"[^\w]*[.!?…;:,—–-][^\w]*(?:no|not|never|nope|wrong|false|nonsense|rubbish|not true|hardly|just kidding|"
    r"or so they say)\s*(?:[.,!?;:—–]|$)",
    re.IGNORECASE,
)


def cut_frame(steps: Sequence[Step], recorded: str) -> str:
    """Return the words of a frame that were left out before or behind what is quoted of a record; "" for none."""
    place = next((place for place, step in enumerate(steps) if step.kind != "outside"), len(steps))
    kept = [step.recorded for step in steps[place:] if step.recorded and step.kind != "outside"]
    if not kept:
        return ""
    return _before(steps, kept[0], place) or _behind(composed(recorded)[kept[-1].end :])


def _before(steps: Sequence[Step], first: Word, place: int) -> str:
    words = [step.recorded for step in steps[:place] if step.recorded and step.recorded.sentence == first.sentence]
    match = _FRAME.search(" ".join(word.key for word in words))
    if match is None:
        return ""
    begins = match.string[: match.start()].count(" ")
    return " ".join(word.text for word in words[begins:])


def _behind(rest: str) -> str:
    """Return what denies what is quoted, right behind it."""
    denied = _DENIED.match(rest)
    return denied.group().strip(" .,;:—–-!?…") if denied else ""
