"""What makes a statement less sure or less wide than it sounds without it: may, attempted to, up to, some of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.checking.alignment import Step, WordChange, followed_runs, joined_text, sides
from bot.checking.altered_words import is_sense_change
from bot.checking.denials import changed_denial, denying
from bot.english.compared_words import Word

_TOWARDS = frozenset(
    """attempt attempts attempted attempting try tries tried trying hope hopes hoped hoping intend intends intended
    plan plans planned seem seems seemed appear appears appeared promise promises promised expect expects
    expected aim aims aimed wish wishes wished want wants wanted threaten threatens threatened offer offers offered
    ought tend tends tended mean means meant""".split()
)
"""Verbs by which what follows them, with a to, may not be done: attempted to hide. Those that deny it are in `denials`."""
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


def hedge_changes(steps: Sequence[Step]) -> tuple[WordChange, ...]:
    """Return what made a statement less sure or less wide and was left out or changed, or was put in.

    A hedge that became another of its kind (probably, likely) is not among them.
    """
    return tuple((joined_text(lost), joined_text(put_in)) for lost, put_in, alike in _changes(steps) if not alike)


def hedges_replaced(steps: Sequence[Step]) -> tuple[WordChange, ...]:
    """Return the hedges that became others of their kind."""
    return tuple((joined_text(lost), joined_text(put_in)) for lost, put_in, alike in _changes(steps) if alike and put_in)


def softened(steps: Sequence[Step]) -> bool:
    """Return whether something that made a statement less sure or less wide was left out, with nothing in its place."""
    return any(recorded and not quoted for recorded, quoted in hedge_changes(steps))


def hedges_cut(steps: Sequence[Step]) -> list[Word]:
    """Return the words that were left out of hedges, and of verbs that deny what follows them."""
    found: list[Word] = []
    for run, after in followed_runs(steps):
        recorded, _ = sides(run)
        cut = [each.recorded for each in run if each.kind == "cut"]
        found += [word for word in (*softeners(recorded, after), *denying(recorded, after)) if word in cut]
    return found


def _changes(steps: Sequence[Step]) -> Iterator[tuple[list[Word], list[Word], bool]]:
    """Yield the hedges that were lost and put in at one place, and whether the quotation still sounds as sure."""
    for run, after in followed_runs(steps):
        recorded, quoted = sides(run)
        denied = [word for side in changed_denial(recorded, quoted, after) for word in side]
        lost = [word for word in softeners(recorded, after) if word not in denied]
        put_in = [word for word in softeners(quoted, after) if word not in denied]
        sense = any(is_sense_change(one, other) for one in recorded for other in quoted if one in lost or other in put_in)
        if (lost or put_in) and not sense:
            alike = [word for word in quoted if _is_of_kind(word, lost)]
            yield lost, alike or put_in, bool(alike)


def softeners(words: Sequence[Word], after: Word | None = None) -> list[Word]:
    """Return the words that make a statement less sure or less wide: may, attempted to, up to, some of.

    ``after`` is the word behind them.
    """
    keys = tuple(word.key for word in words)
    following = [*words[1:], after]
    ahead = (*keys, after.key) if after else keys
    found: set[int] = set()
    for place, word in enumerate(words):
        behind = following[place]
        if word.hedges and (word.key != "about" or (behind is not None and behind.counts)):
            found |= {place} | ({place + 1} if keys[place + 1 : place + 2] in (("of",), ("have",)) else set())
        if word.key in _TOWARDS and ahead[place + 1 : place + 2] == ("to",):
            found |= {place, place + 1}
        found |= {place + more for phrase in _UP_TO if keys[place : place + len(phrase)] == phrase for more in range(len(phrase))}
    return [word for place, word in enumerate(words) if place in found]


def _is_of_kind(word: Word, lost: Sequence[Word]) -> bool:
    kinds = [kind for kind in (*_LIKE_SURE, _TOWARDS) if word.key in kind]
    return any(each.key in kind for each in lost for kind in kinds)
