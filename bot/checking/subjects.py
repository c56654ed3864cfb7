"""Of whom or what a quotation says something: another subject in the place of the recorded one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.checking.alignment import Step
from bot.checking.changes import LONGEST, altered_runs, has_content, has_own_flag, joined_text, sides
from bot.checking.lexis import Lexis
from bot.english.words import Word

_BEFORE_VERB = 5  # words behind a noun among which its verb is looked for
_ARTICLES = frozenset("the a an my our your his her its their this that these those".split())
_JOINS_NOUN = frozenset("of on in at from with for".split())
_THINKS = frozenset("is was think thought believe believed said".split())
_AUXILIARIES = frozenset(
    "is are was were has have had do does did will would can could may might must shall should seemed seems became".split()
)
_PLURALS = frozenset("men women children people feet teeth mice lives wives better best worse worst".split())


def other_subjects(steps: Sequence[Step], lexis: Lexis) -> tuple[tuple[str, str], ...]:
    """Return of whom or what something else is said: a name that became another, or another noun before its verb."""
    found = []
    places = {id(step): place for place, step in enumerate(steps)}
    for run in altered_runs(steps):
        recorded, quoted = sides(run)
        contents = [[word for word in words if has_content(word)] for words in (recorded, quoted)]
        if not all(contents) or max(len(recorded), len(quoted)) > LONGEST or any(map(has_own_flag, (*recorded, *quoted))):
            continue
        if any(lexis.akin(one.key, other.key) for one in contents[0] for other in contents[1]):
            continue
        named = all(any(word.text[:1].isupper() and lexis.is_name(word.key) for word in words) for words in contents)
        begins, ends = places[id(run[0])], places[id(run[-1])]
        verbs = any(_is_verb(word, lexis) for word in (*recorded, *quoted))
        if named or (not verbs and _is_before_verb(steps, begins, ends, lexis)):
            article = _article(steps[begins - 1] if begins else None)
            found.append((article + joined_text(recorded), article + joined_text(quoted)))
    return tuple(found)


def without_articles(pairs: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return pairs of subjects as they are, and once more without the article that both have."""
    cut = (tuple(text.split(" ", 1) for text in pair) for pair in pairs)
    bare = [(one[1], other[1]) for one, other in cut if len(one) == len(other) == 2 and one[0] == other[0]]
    return (*pairs, *bare)


def _article(before: Step | None) -> str:
    """Return the article or possessive that both have in front of a noun."""
    word = before.quoted if before and before.kind == "same" else None
    return f"{word.text} " if word and word.key in _ARTICLES else ""


def _is_before_verb(steps: Sequence[Step], begins: int, ends: int, lexis: Lexis) -> bool:
    """Return whether what stands from one step to another is the subject of its clause: no verb before it, one behind it."""
    clause = next((step.recorded.clause for step in steps[begins : ends + 1] if step.recorded), -1)
    before = [step.recorded for step in steps[:begins] if step.recorded and step.recorded.clause == clause]
    behind = [step.recorded for step in steps[ends + 1 :] if step.recorded and step.recorded.clause == clause][:_BEFORE_VERB]
    if any(_is_verb(word, lexis) and word.key not in _THINKS for word in before) or not behind:
        return False
    near = behind[1:2] if behind[0].key.endswith("ly") else behind[:1]
    return any(_is_verb(word, lexis) for word in (behind if behind[0].key in _JOINS_NOUN else near))


def _is_verb(word: Word, lexis: Lexis) -> bool:
    """Return whether a word is an auxiliary or a past form, by which a verb is known without a dictionary of its classes."""
    if word.key in _AUXILIARIES:
        return True
    past = word.key.endswith("ed") and len(word.key) > 4
    irregular = lexis.lemma(word.key) != word.key and not word.key.endswith("s") and word.key not in _PLURALS
    return has_content(word) and (past or irregular)
