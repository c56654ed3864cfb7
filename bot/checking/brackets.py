"""What words in brackets stand for, and whether a quotation with them still says what was said.

An editor's brackets make a piece readable by itself: a pronoun or a name for what the piece does not have. A pronoun may be
replaced by what it stands for: I and we by whoever speaks, or by the body that they speak for; he, she, it and they by others.
Anything else in brackets is the quoter's own wording.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from bot.checking.alignment import Step
from bot.english.compared_words import Word, words_of
from bot.english.first_names import is_womans
from bot.english.search_words import STOP_WORDS, stem
from bot.facts.models import Actor

_I = frozenset("i me my mine myself".split())
_WE = frozenset("we us our ours ourselves".split())
_YOU = frozenset("you your yours yourself yourselves".split())
_HE = frozenset("he him his himself".split())
_SHE = frozenset("she her hers herself".split())
_IT = frozenset("it its itself".split())
_THEY = frozenset("they them their theirs themselves".split())
_PRONOUNS = _I | _WE | _YOU | _HE | _SHE | _IT | _THEY | frozenset("this these those who whom whose which one".split())
_THIRD_FOR = ((_I, _HE | _SHE | _THEY), (_WE, _THEY | _IT), (_HE, _HE | _THEY), (_SHE, _SHE | _THEY), (_IT, _IT), (_THEY, _THEY))
"""Which pronouns of the third person may stand for those of a set; those of the first and the second stand for none."""
_FUNCTION = _PRONOUNS | frozenset(
    """a an the that and but so of to in on at by for from as is are was were be been am has have had do does did there sic s
    """.split()
)
_WIDTH = frozenset("only every all each always any both just even most".split())
_KINDS = {
    "person": "man woman person",
    "organization": "company organisation organization firm group",
    "company": "company firm",
    "government": "government authorities state",
    "place": "place",
}


class Meaning(Enum):
    """What words in brackets do to a quotation."""

    FITTING = "fitting"  # an editor's help: what the pronoun stands for
    OPEN = "open"  # one of several whom the pronoun may stand for
    REWORDED = "reworded"  # the quoter's own words, or what the facts do not tell
    ANOTHER = "another"  # somebody or something else than the pronoun stands for


@dataclass(frozen=True, slots=True)
class Cast:
    """Whom the pronouns of a quote may stand for: the actors of its story, whoever of them speaks, and whom it is about.

    ``text`` is the quote.
    """

    actors: tuple[Actor, ...] = ()
    speakers: tuple[Actor, ...] = ()
    text: str = ""
    about: tuple[str, ...] = ()

    def persons(self, *, woman: bool) -> list[Actor]:
        """Return the persons of the story, but for the speakers, whom he or she may mean."""
        others = (actor for actor in self.actors if actor.kind == "person" and actor not in self.speakers)
        return [actor for actor in others if is_womans(actor.name.split()[0]) in (woman, None)]

    @property
    def spoken_for(self) -> tuple[Actor, ...]:
        """The bodies that a speaker's role names: the company of its chairwoman; the outlet of its editor."""
        roles = [_keys(speaker.role or "") for speaker in self.speakers]
        bodies = (actor for actor in self.actors if actor.kind != "person")
        return tuple(actor for actor in bodies if any(any(names <= role for role in roles) for names in _names(actor)))

    def meant_by(self, pronoun: Word) -> list[Actor]:
        """Return all whom a pronoun of the quote may stand for."""
        before = {word.key for word in words_of(self.text) if word.start < pronoun.start}
        if pronoun.key in _I | _WE:
            return [*self.speakers, *(self.spoken_for if pronoun.key in _WE else ())]
        if pronoun.key in _HE | _SHE:
            # Those who are named in the quote before it, or else those whom it is about, or else anybody.
            persons = self.persons(woman=pronoun.key in _SHE)
            named = [actor for actor in persons if any(names & before for names in _names(actor))]
            return named or [actor for actor in persons if actor.id in self.about] or persons
        # It is a body, they may be anybody: those who are named before it and whom the quote is about, or else all.
        others = [actor for actor in self.actors if actor not in self.speakers]
        fitting = [actor for actor in others if actor.kind != "person" or pronoun.key not in _IT]
        near = [actor for actor in fitting if actor.id in self.about or any(names & before for names in _names(actor))]
        return near or fitting

    def called(self, words: frozenset[str]) -> tuple[Actor, ...]:
        """Return the actors who may be called so: by a name, a role, or what they are."""
        return tuple(actor for actor in self.actors if words <= words_describing(actor))


def _names(actor: Actor) -> tuple[frozenset[str], ...]:
    return tuple(names for name in (actor.name, *actor.aliases) if (names := _keys(name)))


def _keys(text: str) -> frozenset[str]:
    return frozenset(map(_plain, words_of(text))) - STOP_WORDS


def _plain(word: Word) -> str:
    """Return a word as it is compared, without the mark of a possessive."""
    return word.key.removesuffix("'s").rstrip("'")


@dataclass(frozen=True, slots=True)
class BracketRun:
    """Words in brackets, and the recorded words that they stand for; none where they were only put in.

    ``before`` are the words of the same clause that are not quoted, where it begins with a bracket, which may stand for all.
    ``beside`` is the word in front of what was only put in, which it may explain: we [the union].
    """

    quoted: tuple[Word, ...]
    recorded: tuple[Word, ...]
    before: tuple[Word, ...] = ()
    beside: Word | None = None

    @property
    def widens(self) -> bool:
        """Whether an only, an every or a perhaps is lost in it."""
        quoted = {word.key for word in self.quoted}
        return any(_has_width(word) and word.key not in quoted for word in (*self.before, *self.recorded))

    @property
    def narrows(self) -> bool:
        """Whether an almost, an only or a perhaps is put in by it."""
        recorded = {word.key for word in self.recorded}
        return any(_has_width(word) and word.key not in recorded for word in self.quoted)

    @property
    def texts(self) -> tuple[str, str]:
        """The brackets as they are quoted, and the recorded words for which they stand."""
        before = self.before if any(map(_has_width, self.before)) else ()
        shown: list[str] = []
        for index, word in enumerate(self.quoted):
            text = word.text.strip("'")
            if "[" not in text and shown and shown[-1].startswith("["):
                comma = "," if word.clause != self.quoted[index - 1].clause else ""
                shown[-1] = f"{shown[-1][:-1]}{comma} {text}]"
            else:
                shown.append(text if "[" in text else f"[{text}]")
        return " ".join(shown), " ".join(word.text for word in (*before, *self.recorded))


Bracket = tuple[BracketRun, Meaning]
"""Words in brackets, and what they do to a quotation."""


def _has_width(word: Word) -> bool:
    return word.hedges or word.key in _WIDTH


def _bracket_runs(steps: Sequence[Step]) -> Iterator[BracketRun]:
    """Yield what each run of words in brackets stands for; a word in brackets that is recorded alone is no such run."""
    first = next((index for index, step in enumerate(steps) if step.kind != "outside"), len(steps))
    before: list[Word] = []
    if first < len(steps) and steps[first].kind in ("bracket", "skipped"):
        clause = next((step.recorded.clause for step in steps[first:] if step.recorded), -1)
        before = [step.recorded for step in steps[:first] if step.recorded and step.recorded.clause == clause]
    quoted: list[Word] = []
    recorded: list[Word] = []
    beside: Word | None = None
    last = Step("same")
    for step in (*steps, Step("same")):
        if step.kind == "bracket" or (step.kind == "skipped" and step.quoted):
            lost = step.kind == "skipped" and step.recorded and not step.recorded.added
            if lost and not quoted and last.quoted and last.recorded:
                # A bracket with a recorded word, beside which others were left out, stands for all of them.
                quoted, recorded = [last.quoted], [last.recorded]
            quoted += [step.quoted] if step.kind == "bracket" and step.quoted else []
            recorded += [step.recorded] if step.recorded else []
            continue
        if quoted:
            # What ends with brackets leaves the pronoun that they stand for behind its end.
            behind = step.recorded if step.kind == "outside" and step.recorded and step.recorded.key in _PRONOUNS else None
            yield BracketRun(tuple(quoted), tuple(recorded or ([behind] if behind else [])), tuple(before), beside)
            before = []
        quoted, recorded, beside, last = [], [], step.quoted, step


def meanings(steps: Sequence[Step], cast: Cast) -> tuple[Bracket, ...]:
    """Return what each run of words in brackets does to a quotation."""
    return tuple((run, Meaning.REWORDED if run.widens or run.narrows else _meaning(run, cast)) for run in _bracket_runs(steps))


def _meaning(run: BracketRun, cast: Cast) -> Meaning:
    """Judge a run of which no word widens or narrows what was said."""
    forms = {stem(word.key) for word in run.recorded} & {stem(word.key) for word in run.quoted}  # owe, owe[s]
    quoted = [word for word in run.quoted if stem(word.key) not in forms]
    recorded = [word for word in run.recorded if stem(word.key) not in forms]
    words = frozenset(map(_plain, quoted)) - {""}
    replaced = {word.key for word in recorded}
    if words <= _FUNCTION:
        return _of_small_words(words, replaced)
    if not replaced <= _FUNCTION:
        return Meaning.REWORDED
    if not replaced & _PRONOUNS and run.beside is not None:
        if run.beside.key not in _PRONOUNS:
            explained = any(run.beside.key in words_describing(actor) for actor in cast.called(words - _FUNCTION))
            return Meaning.FITTING if explained else Meaning.REWORDED
        recorded = [run.beside]
    pronoun = next((word for word in recorded if word.key in _PRONOUNS), None)
    several = [cast.called(part) for part in _listed(quoted)]
    if pronoun is not None and len(several) > 1 and all(several) and not cast.called(words - _FUNCTION):
        return _of_several(several, pronoun, cast)
    return _of_names(words - _FUNCTION, pronoun, cast, replaced_any=bool(recorded))


def _listed(quoted: Sequence[Word]) -> list[frozenset[str]]:
    """Return the words of each that a list names: Lee and the mayor; Lee, Choi and Quill."""
    parts: list[set[str]] = [set()]
    clause = quoted[0].clause
    for word in quoted:
        if word.key == "and" or word.clause != clause:
            parts.append(set())
        clause = word.clause
        parts[-1] |= {_plain(word)} - _FUNCTION
    return [frozenset(part) for part in parts if part]


def _of_several(several: Sequence[Sequence[Actor]], pronoun: Word, cast: Cast) -> Meaning:
    """Judge several names that stand for a pronoun together; ``several`` are those whom each may mean."""
    if pronoun.key in _I | _HE | _SHE | _IT:
        return Meaning.ANOTHER
    meant = cast.meant_by(pronoun)
    fitting = [[actor for actor in called if actor in meant] for called in several]
    if pronoun.key in _WE:
        return Meaning.FITTING if all(fitting) else Meaning.OPEN if any(fitting) else Meaning.ANOTHER
    if not all(fitting):
        return Meaning.ANOTHER
    return Meaning.FITTING if all(any(actor in called for called in fitting) for actor in meant) else Meaning.OPEN


def _of_small_words(words: frozenset[str], replaced: set[str]) -> Meaning:
    """Judge pronouns and other small words: a pronoun may stand for a noun, or for another pronoun that means the same."""
    put_in = (words - replaced) & _PRONOUNS
    if not put_in:
        return Meaning.FITTING if replaced <= _FUNCTION else Meaning.REWORDED
    if put_in & (_I | _WE | _YOU):
        return Meaning.ANOTHER
    personal = _HE | _SHE | _IT | _THEY
    for pronouns, fitting in _THIRD_FOR:
        if replaced & pronouns and put_in & personal:
            return Meaning.FITTING if put_in & fitting else Meaning.ANOTHER
    return Meaning.FITTING


def _of_names(words: frozenset[str], pronoun: Word | None, cast: Cast, *, replaced_any: bool) -> Meaning:
    """Judge a name or a noun that stands for a pronoun; ``replaced_any``: it stands for recorded words at all."""
    called = cast.called(words)
    if not replaced_any and any(actor in (*cast.speakers, *cast.spoken_for) for actor in called):
        return Meaning.FITTING  # the subject of what the record begins without one
    if not called or pronoun is None:
        in_quote = {_plain(word) for word in words_of(cast.text)}
        return Meaning.FITTING if words <= in_quote and pronoun and pronoun.key not in _I | _WE else Meaning.REWORDED
    meant = cast.meant_by(pronoun)
    if not any(actor in meant for actor in called):
        return Meaning.ANOTHER
    return Meaning.OPEN if len(meant) > 1 and pronoun.key not in _I | _WE else Meaning.FITTING


def words_describing(actor: Actor) -> frozenset[str]:
    """Return the words by which an actor is known, of names, role and kind; words that every text has name nobody."""
    texts = (actor.name, *actor.aliases, actor.role or "", _KINDS.get(actor.kind, ""))
    return frozenset().union(*map(_keys, texts))
