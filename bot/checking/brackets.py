"""What words in brackets stand for, and whether a quotation with them still says what was said.

An editor's brackets make a piece readable by itself: a pronoun or a name for what the piece does not have. Anything else in them
is the quoter's own wording.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.checking.alignment import Step
from bot.english.search_words import STOP_WORDS
from bot.english.words import Word, words_of
from bot.facts.models import Actor

_PRONOUNS = frozenset(
    """i me my mine myself we us our ours ourselves you your yours he him his himself she her hers herself it its itself they them
    their theirs themselves this these those who whom whose which one""".split()
)
_FUNCTION = _PRONOUNS | frozenset(
    "a an the that and of to in on at by for from as is are was were be been am has have had do does did there sic s".split()
)
_WIDTH = frozenset("only every all each always any both just even most".split())
_KINDS = {
    "person": "man woman person",
    "organization": "company organisation organization firm group",
    "company": "company firm",
    "government": "government authorities state",
    "place": "place",
}


@dataclass(frozen=True, slots=True)
class BracketRun:
    """Words in brackets, and the recorded words that they stand for; none where they were only put in.

    ``before`` are the words of the same clause that are not quoted, where it begins with a bracket, which may stand for all.
    """

    quoted: tuple[Word, ...]
    recorded: tuple[Word, ...]
    before: tuple[Word, ...] = ()

    @property
    def widens(self) -> bool:
        """Whether an only, an every or a perhaps is lost in it."""
        kept = {word.key for word in self.quoted}
        return any(_has_width(word) and word.key not in kept for word in (*self.before, *self.recorded))

    @property
    def texts(self) -> tuple[str, str]:
        """What stands in the brackets, and for which recorded words."""
        before = self.before if any(map(_has_width, self.before)) else ()
        quoted = " ".join(word.text.strip("'").replace("[", "").replace("]", "") for word in self.quoted)
        return quoted, " ".join(word.text for word in (*before, *self.recorded))


def _has_width(word: Word) -> bool:
    return word.hedges or word.key in _WIDTH


def bracket_runs(steps: Sequence[Step]) -> tuple[BracketRun, ...]:
    """Return what each run of words in brackets stands for."""
    first = next((place for place, step in enumerate(steps) if step.kind != "outside"), len(steps))
    found = [BracketRun(tuple(quoted), tuple(recorded)) for quoted, recorded in _runs(steps) if quoted]
    if found and first < len(steps) and steps[first].kind in ("bracket", "skipped"):
        clause = next((step.recorded.clause for step in steps[first:] if step.recorded), -1)
        before = [step.recorded for step in steps[:first] if step.recorded and step.recorded.clause == clause]
        found[0] = replace(found[0], before=tuple(before))
    return tuple(found)


def _runs(steps: Sequence[Step]) -> Iterator[tuple[list[Word], list[Word]]]:
    quoted: list[Word] = []
    recorded: list[Word] = []
    for step in steps:
        if step.kind == "bracket" or (step.kind == "skipped" and step.quoted):
            if step.kind == "bracket" and step.quoted:
                quoted.append(step.quoted)
            if step.recorded:
                recorded.append(step.recorded)
        else:
            yield quoted, recorded
            quoted, recorded = [], []
    yield quoted, recorded


def reworded_brackets(steps: Sequence[Step], described: Collection[str]) -> tuple[BracketRun, ...]:
    """Return the brackets that are no mere pronoun or name; ``described`` are words by which the story's actors are known."""
    return tuple(each for each in bracket_runs(steps) if each.widens or not _is_editors(each, described))


def _is_editors(each: BracketRun, described: Collection[str]) -> bool:
    quoted, recorded = ({word.key for word in words} for words in (each.quoted, each.recorded))
    if quoted <= _FUNCTION and quoted & _PRONOUNS:
        return True
    return quoted <= _FUNCTION.union(described) and recorded <= _FUNCTION


def words_describing(actors: Collection[Actor]) -> frozenset[str]:
    """Return the words by which actors are known, of their names, roles and kinds; words that every text has name nobody."""
    texts = (text for actor in actors for text in (actor.name, *actor.aliases, actor.role or "", _KINDS.get(actor.kind, "")))
    return frozenset(word.key for text in texts for word in words_of(text)) - STOP_WORDS
