"""Verbs that deny what follows them as a "not" does: who failed to pay did not pay."""

from __future__ import annotations

from collections.abc import Sequence

from bot.checking.alignment import Step, WordChange, followed_runs, joined_text, sides
from bot.english.compared_words import Word

_DENYING = frozenset(
    """fail fails failed failing refuse refuses refused refusing decline declines declined declining forget forgets forgot
    forgotten forgetting neglect neglects neglected neglecting""".split()
)
"""Verbs by which what follows them, with a to, is denied: failed to pay."""


def denying(words: Sequence[Word], after: Word | None = None) -> list[Word]:
    """Return the words that deny what follows them: failed to. ``after`` is the word behind the words."""
    found: list[Word] = []
    for word, following in zip(words, (*words[1:], after), strict=False):
        if word.key in _DENYING and following is not None and following.key == "to":
            found += [word] if following is after else [word, following]
    return found


def changed_denial(recorded: Sequence[Word], quoted: Sequence[Word], after: Word | None) -> tuple[list[Word], list[Word]]:
    """Return the denying words that a run lost and those that it put in; none where both of its sides deny, or neither.

    Where the "to" behind the run is left, what was changed is the verb before it: failed to, managed to.
    """
    lost, put_in = denying(recorded, after), denying(quoted, after)
    if _denies(recorded, lost) == _denies(quoted, put_in) or not (lost or put_in):
        return [], []
    if (lost or put_in)[-1].key == "to":
        return lost, put_in
    return lost or list(recorded[-1:]), put_in or list(quoted[-1:])


def denial_changes(steps: Sequence[Step]) -> tuple[WordChange, ...]:
    """Return what denied a statement and was left out or changed, or was put in."""
    found = (changed_denial(*sides(run), after) for run, after in followed_runs(steps))
    return tuple((joined_text(lost), joined_text(put_in)) for lost, put_in in found if lost or put_in)


def _denies(words: Sequence[Word], verbs: Sequence[Word]) -> bool:
    """Return whether words deny, on the whole: "did not fail to" does not."""
    return (sum(word.negates for word in words) + sum(word.key in _DENYING for word in verbs)) % 2 == 1
