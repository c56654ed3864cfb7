"""What was cut off around a piece of a recorded quote, where the piece may not say alone what it says in its sentence.

Without a parser nobody can tell what "we lack any proof that" does to the words behind it. So the rule is a careful one: a piece
stands for itself where it begins a sentence or a main clause, or lacks no more than its subject, a time or a link before it
("Yesterday", "Of course", "Because it rained"). Of any other piece it is said what stood before it. What "and" joins is read by
what it joins it to: a clause beside a clause is stated like that one, but "one more word and" is a condition, and a word of
a list hangs on what governs the list. Behind a piece that counts which makes it a condition, an alternative, a report or a
question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.checking.alignment import Step
from bot.checking.altered_words import is_verb
from bot.checking.flags import ASKING
from bot.checking.vocabulary import Vocabulary
from bot.english.calendar import MONTHS, WEEKDAYS
from bot.english.compared_words import HEDGES, Word, composed
from bot.english.word_classes import (
    AUXILIARIES,
    CALLING,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    STATING,
    SUBORDINATORS,
    word_set,
)

_OPENERS = word_set(
    """and but so yet for well yes no nope yeah ok okay now then also still look listen oh ah anyway besides however therefore
    thus hence meanwhile moreover furthermore indeed instead again finally first second third lastly eventually suddenly
    recently later afterwards soon here today yesterday tomorrow tonight naturally obviously clearly frankly honestly sadly
    unfortunately luckily fortunately thankfully certainly surprisingly understandably inevitably actually really personally"""
)
"""Words before a statement that leave it what it is."""
_PHRASES = ("of course", "in fact", "after all", "at last", "in short", "for example", "for instance", "as a result")
_JOINING = word_set("and but so yet although though whereas")
"""Words that join a statement to another, so that it is stated as well."""
_CHOOSING = word_set("or nor either")
_ASSERTING = word_set("because although though while whereas since as after before")
"""Words that begin a clause beside which the main clause is stated for all that."""
_NOT_ASSERTING = word_set("if though long far much")  # behind an as: as if, as long as
_CONDITIONS = word_set("if unless when whenever whether until till lest suppose supposing assuming provided imagine pretend")
_INVERTED = word_set("had were should")  # had we known
_LINKS = (SUBORDINATORS | RELATIVES | _CONDITIONS | word_set("why how what than like saying")) - word_set("since as after before")
"""Words behind which a clause begins that depends on what stands before them."""
_HOLDING = STATING | word_set(
    """tell thought believed hope hopes hoped fear fears feared doubt doubts doubted suspect suspects suspected guess
    guessed suppose supposed imagine imagined pretend pretended dream dreamed dreamt heard hear feel feels felt wish wished
    accused"""
)
"""Verbs of saying, believing and denying."""
_CALLING = CALLING | {"call"}
_DEFINITE = word_set("the this these those his her its our their my your")
_OPEN_ANYWHERE = word_set("if unless whether")
_SUBJECTS = word_set("i he she we they there nobody somebody everybody everyone someone no-one")
_MAYBE_SUBJECTS = word_set("you it this that these those")
_WIDTH = (HEDGES | word_set("few little half hardly so-called")) - word_set("about around roughly if unless")
_TIMES = word_set(
    """year years day days week weeks month months dawn morning afternoon evening night noon midnight hour hours minute
    minutes o'clock dusk summer winter spring autumn weekend decade
    decades century christmas easter yesterday today tomorrow tonight"""
) | {*map(str.lower, (*MONTHS, *WEEKDAYS))}
_GIVEN = word_set("after before since during until despite notwithstanding")
_GIVEN_PHRASES = ("thanks to ", "because of ", "owing to ", "in spite of ")
_REPORTED = word_set("according allegedly supposedly apparently reportedly presumably officially")
_CONDITIONAL = word_set("will would shall should can could")
_NO_GERUNDS = word_set("nothing something anything everything thing things morning evening during")
_BESIDE = 3  # words before a piece among which one that narrows it stands: might have been
_NEAR = 6  # words of a piece among which its verb is looked for, and of those before it among which one of saying is
_TOLD = 3  # words behind a piece among which a verb of saying makes it a report: they keep telling us
_MARKS = 3  # signs behind a sentence in which its question mark stands
_SHOWN = 12  # words of what stood before or behind that are shown


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words ``before`` and ``behind`` a piece on which it may depend, as they are written; "" where it surely does not.

    ``own_clause``: the piece begins a clause of its own, so that a "not" before it is not its own.
    """

    before: str = ""
    behind: str = ""
    own_clause: bool = False


def surroundings_of(steps: Sequence[Step], recorded: str, vocabulary: Vocabulary) -> Surroundings:
    """Return on what a piece of a recorded quote may depend of that which was cut off around it."""
    inside = [index for index, step in enumerate(steps) if step.kind != "outside"]
    if not inside or steps[inside[0]].kind in ("added", "changed"):
        return Surroundings()  # words in the place of others
    quoted = [step.recorded for step in steps[inside[0] : inside[-1] + 1] if step.recorded]
    own = [step.recorded for step in steps if step.kind in ("same", "form", "typo") and step.recorded]
    if not own:
        return Surroundings()
    # A bracket may stand for the last words of the sentence before, too.
    quoted = [word for word in quoted if own[0].sentence <= word.sentence]
    text = composed(recorded)
    outside = [step.recorded if step.kind == "outside" else None for step in steps]
    before = [word for word in outside[: inside[0]] if word and word.sentence == quoted[0].sentence]
    behind = [word for word in outside[inside[-1] :] if word and word.sentence == quoted[-1].sentence]
    lead = _Lead(before, quoted, text, vocabulary)
    governing = lead.governing()
    taken_back = _takes_back(quoted, behind, text, vocabulary) or _asks(quoted, behind, text)
    return Surroundings(
        _shown_end(governing, text),
        _shown_start(behind, text) if taken_back else "",
        lead.has_own_clause,
    )


@dataclass(frozen=True, slots=True)
class _Lead:
    """The words of a sentence before a piece, and those of the piece, in the record's text."""

    before: Sequence[Word]
    piece: Sequence[Word]
    text: str
    vocabulary: Vocabulary

    def _mark_behind(self, index: int) -> str:
        """Return the marks between a word of the lead and the next."""
        following = self.before[index + 1] if index + 1 < len(self.before) else self.piece[0]
        return self.text[self.before[index].end : following.start].strip()

    @property
    def has_own_clause(self) -> bool:
        """Whether the piece begins a clause that depends on a verb or a link before it."""
        lead = self.before
        return bool(lead) and self._is_clause and (lead[-1].key in _LINKS or self._has_verb(lead))

    @property
    def _is_clause(self) -> bool:
        """Whether the piece begins with a subject and its verb, as whatever stands behind "that the" does."""
        that_the = self.before[-1:] and self.before[-1].key == "that" and self.piece[0].key in DETERMINERS
        return bool(that_the) or _begins_clause(self.piece, self.vocabulary)

    @property
    def _is_noun_of_clause(self) -> bool:
        """Whether the piece begins with a noun that has a clause: what is done to "proof that the money was stolen" decides."""
        keys = [word.key for word in self.piece[:_NEAR]]
        index = keys.index("that", 1) if "that" in keys[1:] else 0
        noun = self.piece[:index]
        return bool(noun) and len(self.piece) > index + 1 and not any(is_verb(word, self.vocabulary) for word in noun)

    def _has_verb(self, clause: Sequence[Word]) -> bool:
        return _has_verb([*clause, self.piece[0]], self.vocabulary)

    def governing(self) -> Sequence[Word]:
        """Return the words before the piece on which it may depend; none where it surely does not."""
        begins = max((index + 1 for index in range(len(self.before)) if ";" in self._mark_behind(index)), default=0)
        clause = self.before[begins:]
        joint = _joint_of(clause, self.vocabulary)
        if joint is None and clause and self.piece[0].key in _JOINING:
            joint = len(clause)
        if joint is not None:
            link = (clause[joint] if joint < len(clause) else self.piece[0]).key
            return clause if link in _CHOOSING or self._goes_on(_without_openers(clause[:joint]), link) else ()
        clause = _without_openers(clause)
        if not clause or _is_given(clause, self.vocabulary):
            return ()
        mark = self._mark_behind(len(self.before) - 1)
        if mark == ",":
            return clause if self._depends_behind_comma(clause) else ()
        return clause if mark or self._depends(clause) else ()

    def _goes_on(self, head: Sequence[Word], link: str) -> bool:
        """Return whether a piece that a link joins to the words before it may depend on these.

        So does a clause behind a condition, behind what is no clause or behind a report ("they say that …, and"); behind a "but"
        a condition alone counts. Anything less than a clause depends on what governs the words to which it is joined.
        """
        keys = [word.key for word in head]
        if keys and (keys[0] in _CONDITIONS | _INVERTED or not _OPEN_ANYWHERE.isdisjoint(keys)):
            return True
        if link != "and" or not keys:
            return False
        listed = not self._is_clause and not _CALLING.isdisjoint(keys)
        states = keys[0] in _DEFINITE or _has_verb(head, self.vocabulary)
        return listed or _holds(keys) or not states

    def _depends_behind_comma(self, clause: Sequence[Word]) -> bool:
        """Return whether a piece may depend on the words before its comma."""
        keys = [word.key for word in clause]
        if _holds(keys) or not _WIDTH.isdisjoint(keys):
            return True
        if keys[0] in _ASSERTING:
            return keys[1:2] == [] or keys[1] in _NOT_ASSERTING
        if is_verb(clause[0], self.vocabulary):
            return True  # given another week
        if keys[0] in PREPOSITIONS | SUBORDINATORS | _CONDITIONS | _INVERTED | {"to"} or keys[0].endswith(("ing", "ly")):
            return True
        return self._is_clause and (not self._has_verb(clause) or keys[-1] in AUXILIARIES)

    def _depends(self, clause: Sequence[Word]) -> bool:
        """Return whether a piece may depend on the words right before it, without a mark between."""
        keys = [word.key for word in clause]
        last, first = keys[-1], self.piece[0].key
        if self._is_clause or last in _LINKS - {"that"} or not _WIDTH.isdisjoint(keys[-_BESIDE:]) or self._is_noun_of_clause:
            return True
        if not self._has_verb(clause):
            return keys[0] in PREPOSITIONS or clause[0].negates or (last.endswith("ly") and first in DETERMINERS)
        infinitive = last == "to" and first not in DETERMINERS and not self.piece[0].counts and self.piece[0].text.islower()
        gerund = first.endswith("ing") and first not in _NO_GERUNDS and last not in AUXILIARIES | DETERMINERS
        return infinitive or gerund or _holds(keys[-_NEAR:]) or not (_CALLING | _CONDITIONS).isdisjoint(keys)


def _joint_of(clause: Sequence[Word], vocabulary: Vocabulary) -> int | None:
    """Return where the word stands that joins a piece to the words before it, None for none; openers and a time may follow it."""
    for index in range(len(clause) - 1, -1, -1):
        link = clause[index].key
        if link not in _JOINING | _CHOOSING:
            continue
        between = _without_openers(clause[index + 1 :])
        if not between or _is_given(between, vocabulary):
            joins = link in _CHOOSING or (index > 0 and clause[index - 1].key != "as")  # as though
            return index if joins else None
    return None


def _holds(keys: Sequence[str]) -> bool:
    """Return whether a verb of saying, believing or denying is among words, other than one with an infinitive: told me to."""
    return any(key in _HOLDING and "to" not in keys[index + 1 : index + 3] for index, key in enumerate(keys))


def _without_openers(clause: Sequence[Word]) -> Sequence[Word]:
    """Return the words of a clause without those before it that leave it what it is."""
    begins = 0
    while begins < len(clause):
        keys = [word.key for word in clause[begins : begins + 3]]
        phrase = next((phrase for phrase in _PHRASES if " ".join(keys[: len(phrase.split())]) == phrase), "")
        if phrase:
            begins += len(phrase.split())
        elif keys[0] in _OPENERS:
            begins += 1
        else:
            break
    return clause[begins:]


def _is_given(clause: Sequence[Word], vocabulary: Vocabulary) -> bool:
    """Return whether words tell no more than when something was, or in spite or because of what: in 2016, despite the rain."""
    keys = [word.key for word in clause]
    times = any(key in _TIMES or (key.isdigit() and len(key) == 4) for key in keys)
    given = times or keys[0] in _GIVEN or " ".join(keys).startswith(_GIVEN_PHRASES)
    return given and not _has_verb(clause, vocabulary) and _WIDTH.isdisjoint(keys)


def _has_verb(words: Sequence[Word], vocabulary: Vocabulary) -> bool:
    """Return whether words have a verb, as far as its form or a subject before it shows."""
    subject = any(word.key in PRONOUNS - {"who"} or word.key in _SUBJECTS for word in words[:-1])
    around = zip([None, *words], words, [*words[1:], None], strict=False)
    return subject or any(_is_finite(word, before, behind, vocabulary) for before, word, behind in around)


def _is_finite(word: Word, before: Word | None, behind: Word | None, vocabulary: Vocabulary) -> bool:
    """Return whether a word is a verb by its form: an auxiliary, a past form, or one in -s with an object behind it."""
    if before is not None and (before.key in DETERMINERS or before.counts):
        return False  # the left knee, two burnt tanks
    if is_verb(word, vocabulary):
        return not word.key.endswith("ing")
    third = word.key.endswith("s") and not word.key.endswith("ss") and not word.small
    return third and behind is not None and (behind.key in DETERMINERS | PRONOUNS or behind.counts)


def _begins_clause(piece: Sequence[Word], vocabulary: Vocabulary) -> bool:
    """Return whether a piece begins with a subject and its verb, which no clause of its own about the subject has."""
    first, rest = piece[0], piece[1:_NEAR]
    if first.key in _SUBJECTS:
        return bool(rest)
    if first.key in (_LINKS | PREPOSITIONS | AUXILIARIES) - _MAYBE_SUBJECTS or is_verb(first, vocabulary):
        return False
    subject = list(takewhile(lambda word: word.key not in _LINKS | _SUBJECTS, rest))
    return _has_verb([first, *subject], vocabulary) if subject else False


def _takes_back(piece: Sequence[Word], behind: Sequence[Word], text: str, vocabulary: Vocabulary) -> bool:
    """Return whether what was cut off behind a piece makes it a condition, an alternative or a report."""
    if not behind:
        return False
    mark = text[piece[-1].end : behind[0].start].strip()
    keys = [word.key for word in behind]
    if ";" in mark or ":" in mark:
        return False
    if keys[0] in (_CONDITIONS | _CHOOSING | {"except"}) - {"when", "whenever", "until", "till"}:
        return True
    if keys[0] in ("when", "whenever", "until", "till"):
        return any(word.key in _CONDITIONAL for word in piece)
    if keys[:1] == ["as"] and keys[1:2] and keys[1] in _NOT_ASSERTING:
        return True
    if mark:
        short = 1 < len(keys) <= _TOLD and keys[1] not in AUXILIARIES  # they assured us
        told = keys[0] in PRONOUNS and (short or not _HOLDING.isdisjoint(keys[1 : 1 + _TOLD]))
        return told or keys[0] in _REPORTED
    return keys[0] in ("is", "was") and _begins_clause(piece, vocabulary)


def _asks(piece: Sequence[Word], behind: Sequence[Word], text: str) -> bool:
    """Return whether a sentence ends as a question of which a piece keeps no sign: …, did he?

    A clause behind it may ask something of its own: the bridge is shut, so how do we get home?
    """
    if not behind or "?" not in text[behind[-1].end :][:_MARKS] or piece[0].key in ASKING:
        return False
    mark = text[piece[-1].end : behind[0].start].strip()
    return mark not in (":", ";", "–", "—") and behind[0].key not in _JOINING


def _shown_end(words: Sequence[Word], text: str) -> str:
    """Return words as they are written; of many the last ones."""
    shown = words[-_SHOWN:]
    return f"{'… ' if len(shown) < len(words) else ''}{text[shown[0].start : shown[-1].end]}" if shown else ""


def _shown_start(words: Sequence[Word], text: str) -> str:
    """Return words as they are written; of many the first ones."""
    shown = words[:_SHOWN]
    return f"{text[shown[0].start : shown[-1].end]}{' …' if len(shown) < len(words) else ''}"
