"""What makes a statement less sure or less wide, or denies it, though it is no "not": may, attempted to, some of, failed to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, product

from bot.checking.alignment import AlteredRun, Step, WordChange, altered_runs, joined_text
from bot.checking.altered_words import is_sense_change
from bot.english.compared_words import Word

_DENYING = frozenset(
    """fail fails failed failing refuse refuses refused refusing decline declines declined declining forget forgets forgot
    forgotten forgetting neglect neglects neglected neglecting""".split()
)
"""Verbs by which what follows them, with a to, is denied as by a "not": who failed to pay did not pay."""
_TOWARDS = frozenset(
    """attempt attempts attempted attempting try tries tried trying hope hopes hoped hoping intend intends intended
    plan plans planned seem seems seemed appear appears appeared promise promises promised expect expects
    expected aim aims aimed wish wishes wished want wants wanted threaten threatens threatened offer offers offered
    ought tend tends tended mean means meant""".split()
)
"""Verbs by which what follows them, with a to, may not be done: attempted to hide."""
_UP_TO = (("up", "to"), ("as", "much", "as"), ("as", "many", "as"), ("more", "or", "less"), ("kind", "of"), ("sort", "of"))
_LIKE_SURE = (
    frozenset("may might could can".split()),
    frozenset("perhaps maybe possibly".split()),
    frozenset("probably likely".split()),
    frozenset("apparently seemingly reportedly allegedly supposedly".split()),
    frozenset("almost nearly about roughly approximately around".split()),
    frozenset("should ought must".split()),
    frozenset("some several".split()),
    frozenset("most mostly largely".split()),
)


def _denying(words: Sequence[Word], after: Word | None) -> list[Word]:
    """Return the words that deny what follows them: failed to. ``after`` is the word behind the words."""
    denials: list[Word] = []
    for word, following in zip(words, (*words[1:], after), strict=False):
        if word.key in _DENYING and following is not None and following.key == "to":
            denials += [word] if following is after else [word, following]
    return denials


def _changed_denial(run: AlteredRun) -> tuple[list[Word], list[Word]]:
    """Return the denying words that a run lost and those that it put in; none where both of its sides deny, or neither.

    Where the "to" behind the run is left, what was changed is the verb before it: failed to, managed to.
    """
    lost, put_in = _denying(run.recorded, run.after), _denying(run.quoted, run.after)
    # "Did not fail to" denies nothing.
    denies = [
        (sum(word.negates for word in words) + sum(word.key in _DENYING for word in verbs)) % 2 == 1
        for words, verbs in ((run.recorded, lost), (run.quoted, put_in))
    ]
    if denies[0] == denies[1] or not (lost or put_in):
        return [], []
    if (lost or put_in)[-1].key == "to":
        return lost, put_in
    return lost or list(run.recorded[-1:]), put_in or list(run.quoted[-1:])


def denial_changes(steps: Sequence[Step]) -> tuple[WordChange, ...]:
    """Return what denied a statement and was left out or changed, or was put in."""
    changes = map(_changed_denial, altered_runs(steps))
    return tuple((joined_text(lost), joined_text(put_in)) for lost, put_in in changes if lost or put_in)


def hedge_changes(steps: Sequence[Step]) -> tuple[WordChange, ...]:
    """Return what made a statement less sure or less wide and was left out or changed, or was put in.

    A hedge that became another of its kind (probably, likely) is not among them.
    """
    return tuple((joined_text(lost), joined_text(put_in)) for lost, put_in, alike in _changes(steps) if not alike)


def hedges_replaced(steps: Sequence[Step]) -> tuple[WordChange, ...]:
    """Return the hedges that became others of their kind."""
    return tuple((joined_text(lost), joined_text(put_in)) for lost, put_in, alike in _changes(steps) if alike and put_in)


def hedges_cut(steps: Sequence[Step]) -> list[Word]:
    """Return the words that were left out of hedges, and of verbs that deny what follows them."""
    words: list[Word] = []
    for run in altered_runs(steps):
        cut = [step.recorded for step in steps[run.begins : run.ends] if step.kind == "cut"]
        hedging = (*_softeners(run.recorded, run.after), *_denying(run.recorded, run.after))
        words += [word for word in hedging if word in cut]
    return words


def _changes(steps: Sequence[Step]) -> Iterator[tuple[list[Word], list[Word], bool]]:
    """Yield the hedges that were lost and put in at one place, and whether the quotation still sounds as sure."""
    for run in altered_runs(steps):
        denied = [word for side in _changed_denial(run) for word in side]
        lost = [word for word in _softeners(run.recorded, run.after) if word not in denied]
        put_in = [word for word in _softeners(run.quoted, run.after) if word not in denied]
        pairs = chain(product(lost, run.quoted), product(run.recorded, put_in))
        sense = any(is_sense_change(one, other) for one, other in pairs)
        if (lost or put_in) and not sense:
            kinds = [kind for kind in (*_LIKE_SURE, _TOWARDS) if any(word.key in kind for word in lost)]
            alike = [word for word in run.quoted if any(word.key in kind for kind in kinds)]
            yield lost, alike or put_in, bool(alike)


def _softeners(words: Sequence[Word], after: Word | None) -> list[Word]:
    """Return the words that make a statement less sure or less wide: may, attempted to, up to, some of.

    ``after`` is the word behind them.
    """
    keys = tuple(word.key for word in words)
    following = [*words[1:], after]
    ahead = (*keys, after.key) if after else keys
    indexes: set[int] = set()
    for index, word in enumerate(words):
        behind = following[index]
        if word.hedges and (word.key != "about" or (behind is not None and behind.counts)):
            indexes |= {index} | ({index + 1} if keys[index + 1 : index + 2] in (("of",), ("have",)) else set())
        if word.key in _TOWARDS and ahead[index + 1 : index + 2] == ("to",):
            indexes |= {index, index + 1}
        indexes |= {
            index + more for phrase in _UP_TO if keys[index : index + len(phrase)] == phrase for more in range(len(phrase))
        }
    return [word for index, word in enumerate(words) if index in indexes]
