"""What must not be overlooked in a quotation that is laid against a recorded quote.

Most flags come from single words. Two need the whole sentence: a frame that was cut (the "I believe" or "if" before the words, or
the "No" behind them), and a question that was made a statement or the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import Enum
from itertools import groupby, takewhile
from typing import Literal

from bot.checking.alignment import ALTERED, Step, WordChange
from bot.checking.altered_words import losses, reordered, sense_changes, unit_changes
from bot.checking.brackets import Bracket, Meaning
from bot.checking.hedges import denial_changes, hedge_changes
from bot.english.compared_words import Word, are_opposites, composed, end_marks

_LEFT_OUT = ("outside", "skipped")
_ADDED = 3  # words added in a row that must not be overlooked
# Not the verbs of saying: what matters is that the statement depends on them, and many are verbs of thinking.
_FRAME_VERBS = (
    r"say|says|said|saying|claim(?:s|ed|ing)?|believe[sd]?|think|thinks|thought|guess(?:es|ed)?|suppose[sd]?|hope[sd]?|wish(?:es|ed)?|"
    r"imagine[sd]?|pretend(?:s|ed|ing)?|den(?:y|ies|ied|ying)|doubt(?:s|ed)?|fear(?:s|ed)?|suspect(?:s|ed)?|argue[sd]?|"
    r"allege[sd]?|assume[sd]?|insist(?:s|ed)?|suggest(?:s|ed|ing)?|told (?:me|us|you|them|him|her)|dreamt|dreamed|"
    r"wonder(?:s|ed)?|feel|felt|heard|swear|swore|bet"
)
_DOUBTS = (
    r"possible|impossible|likely|unlikely|probable|plausible|conceivable|doubtful|untrue|not true|false|wrong|alleged|"
    r"rumou?red|lie|lies|myth|rumou?r|claim|allegation|nonsense|idea|notion|fiction|chance|no evidence|no proof|mistake"
)
_WHOSE = r"(?:\b(?:i|we|you|he|she|they|it|there)(?: (?:is|was|do|did|would|could|might|really|only))* )?"
_FRAME = re.compile(
    rf"(?:{_WHOSE}\b(?:{_FRAME_VERBS}|{_DOUBTS})(?: (?:that|is|was|to say|to claim|to think|to suggest|to believe))*"
    r"|\b(?:to (?:my|our) knowledge|as far as (?:i|we) (?:know|can (?:tell|see))|in (?:my|our) (?:view|opinion))"
    r"|\b(?:it is )?(?:my|our) (?:understanding|impression|guess|hope|belief)(?: is)?(?: that)?"
    r"|\b(?:(?:some|most|many|few|half|none) of|almost|nearly|about|roughly|up to|as (?:much|many) as|perhaps|maybe)"
    r"|\b(?:as a rule|in theory|in principle|supposedly|allegedly|apparently|reportedly)"
    r"|\b(?:if|unless|whether|suppose|supposing|assuming|provided|as if|as though|lest|until)\b"
    r"(?: (?!(?:and|but|so|or)$)\S+){0,8})$"
)
_AFFIRMED = re.compile(
    r"\b(?:no|not|nobody|no-one|none|nothing|never|hardly|little|small|without|beyond)\b.* ?\b(?:doubt(?:s|ed|ing)?|"
    r"den(?:y|ies|ied|ying)|disput(?:e|es|ed|ing)|question(?:s|ed|ing)?(?! of)|mistake|wonder|secret|help but)\b"
    r"|\b(?:no|not|never|hardly)\b(?: \w+)? (?:lie|lies|myth|rumou?r|nonsense|fiction|untrue|false|wrong|unlikely|impossible)\b"
    r"|\b(?:(?:fair|safe|right|true|enough|exaggeration|needless|suffice it) to say|goes without saying)\b"
    r"|\b(?:i|we) (?:must|can) say\b"
)
"""What denies no statement behind it: a denial that is denied (no doubt, can't help but), and to say so (it is fair to say)."""
_CANCELLED = re.compile(r"(?:not|never) (?:for nothing|without)\b", re.IGNORECASE)
"""Two negations before a statement that make none."""
_DENIED = re.compile(
    r"[^\w]*[.!?…;:,—–-][^\w]*(?:no|not|never|nope|wrong|false|nonsense|rubbish|not true|hardly|just kidding|"
    r"or so they say)\s*(?:[.,!?;:—–]|$)",
    re.IGNORECASE,
)
Turn = Literal["asked", "stated"]
ASKING = frozenset(
    """who whom whose what which when where why how is are was were am do does did has have had can could will would shall should
    may might must""".split()
)


class Flag(Enum):
    """What must not be overlooked, the gravest first, each with whether it makes a quotation say something else than was said."""

    NEGATION = "negation", True  # lost or added, a failed to as well, or a word turned into its opposite
    OPPOSITE = "opposite", True  # a word became one that means the contrary: accept, reject
    CUT_NEGATION = "cut negation", True  # what was left out of the same clause has a "not"
    FRAME = "cut frame", True  # an "I believe" or an "if" before it was left out, or a "No" behind it
    QUESTION = "question", True  # a question of what was stated, or the other way round
    NUMBER = "number", True  # a figure or its unit changed, lost or added
    MEANT = "meant", True  # in brackets stands somebody else than the pronoun meant
    SURER = "surer", True  # a may, an attempted to or a some of was left out
    SUBJECT = "subject", True  # it is said of somebody or something else
    SENSE = "sense", True  # at least for at most, must for may, Tuesday for Monday
    DEPENDENT = "dependent", False  # what was left out around it may take it back
    JOINED = "joined", False  # two recorded quotes run together
    REPLACED = "replaced", False  # a word with content or a name became another
    ORDER = "order", False  # the same words in another order
    CLAIM = "claim", False  # it is recorded as what somebody asserts, not in their own words
    SPEAKER = "speaker", False  # it is somebody else's
    PLACE = "place", False  # it is from another source or date
    CUT = "cut", False  # words left out without a mark
    BRACKET = "bracket", False  # what stands in brackets is no pronoun or name
    HEDGE = "hedge", False  # a may, only or perhaps changed or added
    ADDED = "added", False  # several words put in

    misleads: bool

    def __new__(cls, name: str, misleads: bool) -> Flag:
        """Make a flag of its name, which is its value, and of whether it misleads; one without that cannot be made."""
        flag = object.__new__(cls)
        flag._value_ = name
        flag.misleads = misleads
        return flag


def in_order(flags: Collection[Flag]) -> tuple[Flag, ...]:
    """Return flags, the gravest first."""
    return tuple(flag for flag in Flag if flag in flags)


def flags_of(
    steps: Sequence[Step], recorded: str, quoted: str, brackets: Iterable[Bracket]
) -> dict[Flag, tuple[WordChange, ...]]:
    """Return what must not be overlooked in a quotation, with the words that changed as far as one tells.

    ``brackets`` are its words in brackets.
    """
    hedges, denials = hedge_changes(steps), denial_changes(steps)
    surer = any(lost and not put_in for lost, put_in in hedges)
    negations = (*_negations(steps), *denials)
    flags = set(_bracket_flags(brackets))
    cut_negation = _cut_negation(steps, recorded)
    begins = next((step.kind for step in steps if step.kind != "outside"), "same")
    if cut_negation and begins in ("added", "changed"):
        # Who put other words in the place of those that are left out has not only begun later.
        negations = negations or (_left_out_negation(steps),)
        cut_negation = None
    numbers = [step for step in steps if any(word.counts for word in step.words)]
    of_steps = {
        Flag.NUMBER: unit_changes(steps)
        or any(step.kind in ALTERED or (step.kind == "bracket" and step.recorded) for step in numbers),
        Flag.ORDER: reordered(steps),
        Flag.CUT: any(step.kind == "cut" for step in steps),
        Flag.ADDED: any(added and len(list(row)) >= _ADDED for added, row in groupby(steps, lambda step: step.kind == "added")),
    }
    flags |= {flag for flag, has in of_steps.items() if has}
    frame = cut_frame(steps, recorded)
    turned = turned_question(steps, recorded, quoted)
    named = {words for words, _ in (*hedges, *denials)}
    changes: dict[Flag, tuple[WordChange, ...]] = {
        Flag.NEGATION: negations,
        Flag.CUT_NEGATION: (cut_negation,) if cut_negation else (),
        Flag.FRAME: ((frame, ""),) if frame else (),
        Flag.QUESTION: ((("", "?") if turned == "asked" else ("?", "")),) if turned else (),
        Flag.SENSE: tuple(change for change in sense_changes(steps) if change not in negations),
        Flag.SURER if surer else Flag.HEDGE: hedges,
        Flag.CUT: tuple((words, "") for words in losses(steps) if words not in named),
    }
    return {**dict.fromkeys(flags, ()), **{flag: words for flag, words in changes.items() if words}}


def _left_out_negation(steps: Sequence[Step]) -> WordChange:
    """Return the last negation that was left out, with nothing in its place."""
    left_out = [step.recorded for step in steps if step.kind in _LEFT_OUT and step.recorded and step.recorded.negates]
    return in_full(left_out[-1]), ""


def _negations(steps: Sequence[Step]) -> Iterator[WordChange]:
    """Yield the words that turned the meaning around: a "not" that was lost or put in, a word that became its opposite."""
    for step in steps:
        denied = sum(word.negates for word in step.words) == 1
        opposite = len(step.words) == 2 and are_opposites(*step.words)
        if (step.kind in ALTERED or step.kind == "bracket") and (denied or opposite):
            yield in_full(step.recorded), in_full(step.quoted)


def in_full(word: Word | None) -> str:
    """Return a word as it is written, but "not" for the n't of don't; "" for none."""
    return "" if word is None else "not" if word.short else word.text


def _bracket_flags(brackets: Iterable[Bracket]) -> Iterator[Flag]:
    """Yield the flags of each run of words in brackets."""
    for run, meaning in brackets:
        if meaning is Meaning.ANOTHER:
            yield Flag.MEANT
        elif meaning is Meaning.REWORDED:
            yield Flag.BRACKET
        if run.narrows:
            yield Flag.SENSE
        numbers = [{word.key for word in words if word.counts} for words in (run.recorded, run.quoted)]
        if run.recorded and numbers[0] != numbers[1]:
            yield Flag.NUMBER


def _cut_negation(steps: Sequence[Step], recorded: str) -> WordChange | None:
    """Return the words that were left out with a "not" that bears on words that are quoted, before those or right behind them.

    So it does before them in their clause; the other of the two is "".
    """
    quoted = [(index, step.recorded) for index, step in enumerate(steps) if step.recorded and step.kind not in _LEFT_OUT]
    if not quoted:
        return None
    depends = quoted[0][1].key == "to"  # an infinitive goes on from all that its sentence has before it
    affirming = _affirming(_sentence_before(steps))
    for index, step in enumerate(steps):
        word = step.recorded
        if step.kind not in _LEFT_OUT or word is None or not word.negates or word in affirming:
            continue
        if index == quoted[-1][0] + 1 and word.clause == quoted[-1][1].clause:
            return "", _left_out(steps, index, recorded)
        behind = (later for other, later in quoted if other > index)
        if any(word.clause == later.clause or (depends and word.sentence == later.sentence) for later in behind):
            left_out = _left_out(steps, index, recorded)
            return None if _CANCELLED.match(left_out) else (left_out, "")
    return None


def _left_out(steps: Sequence[Step], index: int, recorded: str) -> str:
    """Return the words of a clause that were left out in a row with one of them, as they are written."""
    of_clause = [
        step.recorded if step.kind in _LEFT_OUT and step.recorded and step.recorded.clause == _clause_of(steps[index]) else None
        for step in steps
    ]
    before = list(takewhile(bool, reversed(of_clause[:index])))
    words = [word for word in (*reversed(before), *takewhile(bool, of_clause[index:])) if word]
    return f"{in_full(words[0])}{composed(recorded)[words[0].end : words[-1].end]}"


def _clause_of(step: Step) -> int | None:
    return step.recorded.clause if step.recorded else None


def cut_frame(steps: Sequence[Step], recorded: str) -> str:
    """Return the words of a frame that were left out before or behind what is quoted of a record; "" for none."""
    quoted = [step.recorded for step in steps if step.recorded and step.kind != "outside"]
    if not quoted:
        return ""
    before = _sentence_before(steps)
    match = _FRAME.search(_keys(before))
    affirmed = match is not None and _AFFIRMED.search(match.string) is not None
    if match and not affirmed and (match.group() != "about" or quoted[0].counts):
        begins = match.string[: match.start()].count(" ")
        return " ".join(word.text for word in before[begins:])
    denied = _DENIED.match(composed(recorded), quoted[-1].end)
    return denied.group().strip(" .,;:—–-!?…") if denied else ""


def _sentence_before(steps: Sequence[Step]) -> Sequence[Word]:
    """Return the words of the first quoted sentence that were left out before what is quoted of it."""
    begins = next((index for index, step in enumerate(steps) if step.kind != "outside"), len(steps))
    first = next((step.recorded.sentence for step in steps[begins:] if step.recorded and step.kind != "outside"), -1)
    return [step.recorded for step in steps[:begins] if step.recorded and step.recorded.sentence == first]


def _keys(words: Sequence[Word]) -> str:
    return " ".join(word.key for word in words)


def _affirming(before: Sequence[Word]) -> Sequence[Word]:
    """Return the words before a piece up to the end of those by which a denial is denied; none where nothing is."""
    match = _AFFIRMED.search(_keys(before))
    return before[: match.string[: match.end()].count(" ") + 1] if match else ()


def turned_question(steps: Sequence[Step], recorded: str, quoted: str) -> Turn | None:
    """Return what a quotation made of a sentence: "asked" where the record states it, "stated" where the record asks it.

    A piece of a question that begins with a word with which questions begin may end without its mark.
    """
    marks, recorded_marks = dict(enumerate(end_marks(quoted))), dict(enumerate(end_marks(recorded)))
    lasts = {step.quoted.sentence: step.recorded for step in steps if step.quoted and step.recorded}
    for sentence, last in lasts.items():
        mark, recorded_mark = marks.get(sentence, ""), recorded_marks.get(last.sentence, "")
        if "?" in mark and "?" not in recorded_mark:
            return "asked"
        if "?" not in recorded_mark or "?" in mark:
            continue
        same = [step for step in steps if step.recorded and step.recorded.sentence == last.sentence]
        ends = max((step.recorded for step in same if step.recorded), key=lambda word: word.start) == last
        begins = next((step.recorded.key for step in same if step.quoted and step.recorded), "")
        if (mark and ends) or ((mark or ends) and begins not in ASKING):
            return "stated"
    return None
