"""What was cut off around a piece of a recorded quote, where the piece may not say alone what it says in its sentence.

Without a parser nobody can tell what "we lack any proof that" does to the words behind it, and no list of such words ends. So
a piece stands for itself only where that is sure: it begins its sentence or a plain main clause, or lacks no more than its
subject, a time or a reason before it, and nothing follows but a clause that is stated beside it. Of any other piece it is said
what stood before or behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.checking.alignment import Step
from bot.checking.altered_words import is_verb
from bot.checking.flags import ASKING
from bot.checking.vocabulary import Vocabulary
from bot.english.calendar import MONTHS, WEEKDAYS
from bot.english.compared_words import Word, composed
from bot.english.word_classes import DETERMINERS, PREPOSITIONS, PRONOUNS, SUBORDINATORS, word_set

_OPENERS = word_set(
    """and but so yet for well yes nope yeah ok okay now then also still look listen oh ah anyway besides however therefore
    thus hence meanwhile moreover furthermore indeed instead again finally first second third lastly eventually suddenly
    recently later afterwards soon here today yesterday tomorrow tonight naturally obviously clearly frankly honestly sadly
    unfortunately luckily fortunately thankfully certainly surprisingly understandably inevitably actually really personally"""
)
"""Words before a statement that leave it what it is."""
_PHRASES = tuple(
    phrase.split()
    for phrase in ("of course", "in fact", "after all", "at last", "in short", "for example", "for instance", "as a result")
)
_JOINING = word_set("and but so yet")
_BESIDE = word_set("and because although though whereas since")
"""Words behind a statement that begin what is stated beside it."""
_BEFORE = word_set("because although though whereas since while after before")
"""Words that begin a clause before a statement, beside which this is stated for all that."""
_SUBJECTS = PRONOUNS - {"who"} | word_set("there everyone everybody someone somebody")
_NOMINATIVE = word_set("i he she we they")
_NOBODY = word_set("nobody no-one nothing none")
_OF = word_set("of in from at on for with")
_POINTING = word_set("this that these those")
_BE_OR_HAVE = word_set("is are was were am has have had")
_IN_VERB = word_set("been being be not never")
_WITH_CLAUSE = _SUBJECTS | SUBORDINATORS | word_set("that whether or who which what how why")
"""Words with which a clause within another begins, or an alternative."""
_AT = word_set("in on at by for from within during through over until since after before of")
_TIMES = word_set(
    """year years day days week weeks month months dawn morning afternoon evening night noon midnight hour hours minute
    minutes o'clock dusk summer winter spring autumn weekend decade decades century christmas easter yesterday today tomorrow
    tonight last next past first second third same early late every ago time"""
) | {*map(str.lower, (*MONTHS, *WEEKDAYS))}
_GIVEN = word_set("after before since until despite notwithstanding")
_GIVEN_PHRASES = ("thanks to ", "because of ", "owing to ", "in spite of ")
_MAX_GIVEN = 5  # words of "after the second explosion"
_MAX_NOUN = 2  # words of a noun with an adjective before it: new mayor
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
    return Surroundings(
        _shown_end(lead.governing(), text),
        "" if _is_beside(quoted, behind, text, vocabulary) else _shown_start(behind, text),
        lead.has_own_clause,
    )


@dataclass(frozen=True, slots=True)
class _Lead:
    """The words of a sentence before a piece, and those of the piece, in the record's text."""

    before: Sequence[Word]
    piece: Sequence[Word]
    text: str
    vocabulary: Vocabulary

    @property
    def has_own_clause(self) -> bool:
        """Whether the piece begins a clause that depends on a verb or a "that" before it, and not on "none of"."""
        lead = self.before
        if not lead or lead[-1].key in PREPOSITIONS:
            return False
        that_the = lead[-1].key == "that" and self.piece[0].key in DETERMINERS
        return that_the or (
            _is_statement(self.piece, self.vocabulary)
            and (lead[-1].key == "that" or any(is_verb(word, self.vocabulary) for word in lead))
        )

    def governing(self) -> Sequence[Word]:
        """Return the words before the piece on which it may depend; none where it surely does not."""
        begins = max((index + 1 for index in range(len(self.before)) if ";" in self._mark_behind(index)), default=0)
        clause = self.before[begins:]
        return () if not clause or self._is_free_of(clause) else clause

    def _mark_behind(self, index: int) -> str:
        """Return the marks between a word of the lead and the next."""
        following = self.before[index + 1] if index + 1 < len(self.before) else self.piece[0]
        return self.text[self.before[index].end : following.start].strip()

    def _is_free_of(self, clause: Sequence[Word]) -> bool:
        """Return whether the piece surely says the same without the words of its clause before it."""
        words = _without_openers(clause, self.piece[0])
        if not words or _is_given(words):
            return True
        mark = self._mark_behind(len(self.before) - 1)
        if not mark and self._lacks_subject(words):
            return True
        joint, piece = _joint_of(words, self.piece[0]), self.piece
        if joint is None and piece[0].key in _JOINING:
            joint, piece = len(words), piece[1:]
        if not _is_statement(piece, self.vocabulary):
            return False
        if joint is not None:
            index = len(self.before) - len(words) + joint - 1
            marked = joint > 0 and self._mark_behind(index) == ","
            link = words[joint] if joint < len(words) else self.piece[0]
            joins = marked or link.key != "and" or piece[0].key in _NOMINATIVE
            return joins and _is_plain(words[:joint], self.vocabulary)
        return mark == "," and words[0].key in _BEFORE and _is_plain(words[1:], self.vocabulary)

    def _lacks_subject(self, lead: Sequence[Word]) -> bool:
        """Return whether the piece lacks no more than its subject, and a form of be or have behind that."""
        if any(word.negates or word.hedges for word in lead):
            return False
        subject = _subject_length(lead, self.vocabulary)
        first = self.piece[0]
        if subject and subject == len(lead):
            return _is_finite(first, self.vocabulary)
        if not subject or subject + 1 != len(lead) or lead[-1].key not in _BE_OR_HAVE:
            return False
        pronoun = lead[0].key in _SUBJECTS | _POINTING and subject == 1
        return first.key != "to" if pronoun else is_verb(first, self.vocabulary)


def _joint_of(clause: Sequence[Word], following: Word) -> int | None:
    """Return where the word stands that joins a piece to the words before it, None for none; openers and a time may follow it."""
    for index in range(len(clause) - 1, -1, -1):
        if clause[index].key in _JOINING:
            between = _without_openers(clause[index + 1 :], following)
            return index if not between or _is_given(between) else None
    return None


def _without_openers(words: Sequence[Word], following: Word) -> Sequence[Word]:
    """Return words without those at their beginning that leave what follows what it is; ``following`` is the word behind them."""
    keys = [word.key for word in words]
    clauses = [word.clause for word in (*words, following)]
    begins = 0
    while begins < len(words):
        phrase = next((phrase for phrase in _PHRASES if keys[begins : begins + len(phrase)] == phrase), [])
        contradicts = keys[begins] == "no" and clauses[begins] < clauses[begins + 1]  # "No, I did", not "no money"
        if not phrase and not contradicts and keys[begins] not in _OPENERS:
            break
        begins += max(1, len(phrase))
    return words[begins:]


def _is_given(words: Sequence[Word]) -> bool:
    """Return whether words tell no more than when something was, or in spite or because of what: in 2016, despite the rain."""
    keys = [word.key for word in words]
    if words[-1].key in DETERMINERS | PREPOSITIONS or any(word.negates or word.hedges for word in words):
        return False
    if all(key in _AT | _TIMES | DETERMINERS or word.counts for key, word in zip(keys, words, strict=True)):
        return True
    given = keys[0] in _GIVEN or " ".join(keys).startswith(_GIVEN_PHRASES)
    return given and 1 < len(keys) <= _MAX_GIVEN and not any(key in _SUBJECTS | _BE_OR_HAVE for key in keys)


def _subject_length(words: Sequence[Word], vocabulary: Vocabulary) -> int:
    """Return how many words the plain subject has with which words begin, 0 where they begin with none."""
    if not words:
        return 0
    first = words[0]
    if first.key in _SUBJECTS | _NOBODY:
        ends = 1
    elif first.key in DETERMINERS or first.counts:
        ends = _noun_end(words, 1, vocabulary)
        ends = 0 if ends == 1 and first.key not in _POINTING else ends
    else:
        ends = next((index for index, word in enumerate(words) if not vocabulary.is_name(word.key)), len(words))
        ends = ends or int(not first.small and not is_verb(first, vocabulary))
    if ends and any(word.key in _OF for word in words[ends : ends + 1]):
        begins = ends + 1 + any(word.key in DETERMINERS for word in words[ends + 1 : ends + 2])
        noun = _noun_end(words, begins, vocabulary)
        return noun if noun > begins else ends
    return ends


def _noun_end(words: Sequence[Word], begins: int, vocabulary: Vocabulary) -> int:
    """Return where a noun ends, with an adjective before it, that begins at a word; that word where none does."""
    ends = begins
    while ends < min(len(words), begins + _MAX_NOUN) and not words[ends].small:
        if ends > begins and is_verb(words[ends], vocabulary):
            break
        ends += 1
    return ends


def _is_statement(words: Sequence[Word], vocabulary: Vocabulary) -> bool:
    """Return whether words begin with a subject and its verb."""
    ends = _subject_length(words, vocabulary)
    return 0 < ends < len(words) and (words[0].key in _NOMINATIVE or _is_finite(words[ends], vocabulary))


def _is_plain(words: Sequence[Word], vocabulary: Vocabulary) -> bool:
    """Return whether words state something with one verb and no clause within, beside which what is joined to them is stated."""
    begins = ends = _subject_length(words, vocabulary)
    while ends < len(words) and (is_verb(words[ends], vocabulary) or words[ends].key in _IN_VERB):
        ends += 1
    within = any(word.key in _WITH_CLAUSE or _is_finite(word, vocabulary) for word in words[ends:])
    return 0 < begins < ends and not within and words[0].clause == words[-1].clause


def _is_finite(word: Word, vocabulary: Vocabulary) -> bool:
    return is_verb(word, vocabulary) and not word.key.endswith("ing") and word.key not in ("be", "been")


def _is_beside(piece: Sequence[Word], behind: Sequence[Word], text: str, vocabulary: Vocabulary) -> bool:
    """Return whether what was cut off behind a piece is nothing, or begins what is surely only stated beside it."""
    if not behind:
        return True
    mark = text[piece[-1].end : behind[0].start]
    link, rest = behind[0].key, behind[1:]
    asked = "?" in text[behind[-1].end :][:_MARKS] and piece[0].key not in ASKING
    if ";" in mark or link not in _BESIDE or asked:
        return ";" in mark
    if link == "and" and "," not in mark:  # and told nobody, and it rained: not "and other fairy tales"
        return bool(rest) and (_is_finite(rest[0], vocabulary) or _is_statement(rest, vocabulary))
    return link != "because" or not any(word.negates for word in piece)


def _shown_end(words: Sequence[Word], text: str) -> str:
    """Return words as they are written; of many the last ones."""
    shown = words[-_SHOWN:]
    return f"{'… ' if len(shown) < len(words) else ''}{text[shown[0].start : shown[-1].end]}" if shown else ""


def _shown_start(words: Sequence[Word], text: str) -> str:
    """Return words as they are written; of many the first ones."""
    shown = words[:_SHOWN]
    return f"{text[shown[0].start : shown[-1].end]}{' …' if len(shown) < len(words) else ''}"
