"""How altered words change what was said: their sense, the unit of a number, of whom it is said, or what a word became.

English alone: the closed classes below are lists of words that stand in each other's place and say something else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from itertools import combinations

from bot.checking.alignment import AlteredRun, Step, WordChange, altered_runs, joined_text
from bot.checking.vocabulary import Vocabulary
from bot.english.calendar import MONTHS, WEEKDAYS
from bot.english.compared_words import Word, are_opposites
from bot.english.numbers import unit_of
from bot.english.search_words import STOP_WORDS

_GROUPS = tuple(
    {word: meaning for meaning, words in enumerate(group.split()) for word in words.split("/")}
    for group in (
        "least most more less/fewer exactly/precisely",
        "above/over below/under/beneath beyond up down in/inside/within out/outside",
        "before after until/till since during by",
        "to/into/towards/toward from",
        "for against",
        "ahead behind",
        "rise/rises/rose/increase/increased/gain/gained fall/falls/fell/decrease/decreased/lose/lost",
        "all/every/each both most many several some few any",
        "always usually/generally often/frequently sometimes/occasionally once rarely/seldom",
        "must/shall should/ought may/might/can/could will/would",
        "if unless when because/as/since although/though whether until/till",
        "and or",
        "better worse",
        "best worst",
        "bigger/larger/greater/higher smaller/lower",
        "biggest/largest/greatest/highest smallest/lowest",
        "longer shorter",
        "longest shortest",
        "first last",
        "early earlier late later sooner",
        "everybody/everyone somebody/someone anybody/anyone",
        "everything something anything",
        "everywhere somewhere anywhere",
        "i/me we/us you he/him she/her they/them",
        "my/mine our/ours your/yours his her/hers their/theirs",
        "yes no",
        "with without",
        " ".join(MONTHS).lower(),
        " ".join(WEEKDAYS).lower(),
        "today yesterday tomorrow tonight",
    )
)
"""Words of closed classes that stand in each other's place and say something else; those between slashes say the same."""
_BOUNDS = frozenset("least every all both exactly always".split())
_MAX_RUN = 3  # words of a run that is a replaced word or name rather than another wording
_BEFORE_VERB = 5  # words behind a noun among which its verb is looked for
_ARTICLES = frozenset("the a an my our your his her its their this that these those".split())
_JOINS_NOUN = frozenset("of on in at from with for".split())
_THINKS = frozenset("is was think thought believe believed said".split())
_AUXILIARIES = frozenset(
    """is am are was were has have had do does did will would can could may might must shall should seemed seems became
    came went got""".split()
)
_LISTS = frozenset("and or nor".split())
_SUBJECTS = {"us": "we", "me": "i", "him": "he", "her": "she", "them": "they"}
"""Pronouns as objects, and the same as subjects."""
_PLURALS = frozenset("men women children people feet teeth mice lives wives better best worse worst".split())


def is_sense_change(recorded: Word, quoted: Word) -> bool:
    """Return whether a word became another of its kind that says something else: at least, at most; Monday, Tuesday."""
    meant = [(group[recorded.key], group[quoted.key]) for group in _GROUPS if recorded.key in group and quoted.key in group]
    return bool(meant) and all(one != other for one, other in meant)


def sense_changes(steps: Sequence[Step]) -> tuple[WordChange, ...]:
    """Return what changed the sense."""
    changes = []
    for index, step in enumerate(steps):
        if step.kind == "changed" and step.recorded and step.quoted and is_sense_change(step.recorded, step.quoted):
            changes.append((step.recorded.text, step.quoted.text))
        word = step.recorded or step.quoted
        if step.kind not in ("cut", "added") or word is None:
            continue
        following = steps[index + 1].recorded if index + 1 < len(steps) and steps[index + 1].kind == "same" else None
        a_few = word.key == "a" and following is not None and following.key in ("few", "little")
        if a_few or word.key in _BOUNDS:
            text, other = ("a few", "few") if a_few else (word.text, "")
            changes.append((text, other) if step.kind == "cut" else (other, text))
    return tuple(changes)


def contraries(steps: Sequence[Step], opposed: Callable[[str, str], bool]) -> tuple[WordChange, ...]:
    """Return the words that became one that means the contrary, as ``opposed`` tells."""
    pairs = ((step.recorded, step.quoted) for step in steps if step.kind == "changed")
    return tuple(
        (recorded.text, quoted.text)
        for recorded, quoted in pairs
        if recorded and quoted and not is_sense_change(recorded, quoted) and opposed(recorded.key, quoted.key)
    )


def reordered(steps: Sequence[Step]) -> bool:
    """Return whether all words are the record's, but some of them stand elsewhere."""
    inside = [step for step in steps if step.kind not in ("outside", "skipped")]
    quoted = Counter(_as_subject(step.quoted) for step in inside if step.quoted)
    sentences = {step.recorded.sentence for step in inside if step.recorded}
    recorded = Counter(_as_subject(step.recorded) for step in steps if step.recorded and step.recorded.sentence in sentences)
    elsewhere = (step.quoted for step in inside if step.kind in ("changed", "added") and step.quoted)
    return any(word.key not in STOP_WORDS for word in elsewhere) and not quoted - recorded


def _as_subject(word: Word) -> str:
    return _SUBJECTS.get(word.key, word.key)


def unit_changes(steps: Sequence[Step]) -> tuple[WordChange, ...]:
    """Return units that changed, or that a number lost or gained.

    A number that both have before the unit stands with it.
    """
    changes = []
    for index, step in enumerate(steps):
        before = steps[index - 1].recorded if index and steps[index - 1].kind == "same" else None
        number = before.text if before and before.counts else ""
        recorded, quoted = step.recorded, step.quoted
        if step.kind == "changed" and recorded and quoted:
            units = unit_of(recorded.key), unit_of(quoted.key)
            if None not in units and units[0] != units[1]:
                changes.append((f"{number} {recorded.text}".strip(), f"{number} {quoted.text}".strip()))
        elif step.kind == "cut" and recorded and number and unit_of(recorded.key) is not None:
            changes.append((f"{number} {recorded.text}", number))
        elif step.kind == "added" and quoted and number and unit_of(quoted.key) is not None:
            changes.append((number, f"{number} {quoted.text}"))
    return tuple(changes)


def replacements(steps: Sequence[Step], excluded: Collection[WordChange] = ()) -> tuple[WordChange, ...]:
    """Return words that were replaced by others, names first.

    What has a flag of its own is left out: numbers, hedges, words of the sense, and ``excluded``, the pairs that are contraries.
    """
    pairs = []
    for run in altered_runs(steps, lambda step: _is_reported_elsewhere(step, excluded)):
        pair = joined_text(run.recorded), joined_text(run.quoted)
        content = any(map(_has_content, (*run.recorded, *run.quoted))) and not _has_lost(run)
        if all(pair) and content and max(len(run.recorded), len(run.quoted)) <= _MAX_RUN and pair not in excluded:
            pairs.append(pair)
    return tuple(sorted(pairs, key=lambda pair: not any(map(str.isupper, "".join(pair)))))


def losses(steps: Sequence[Step]) -> tuple[str, ...]:
    """Return the runs of words that were left out without a mark, but for those that have a flag of their own."""
    texts = []
    for run in altered_runs(steps, lambda step: _is_reported_elsewhere(step, ())):
        if _has_lost(run):
            texts.append(joined_text([word for word in run.recorded if _has_content(word)]))
        elif not run.quoted and not any(map(_has_own_flag, run.recorded)):
            texts.append(joined_text(run.recorded))
    return tuple(texts)


def _has_lost(run: AlteredRun) -> bool:
    """Return whether a word with content was left out, of several in whose place a small word stands: a sound, an."""
    small = not any(map(_has_content, run.quoted))
    return small and any(map(_has_content, run.recorded)) and 0 < len(run.quoted) < len(run.recorded)


def _has_content(word: Word) -> bool:
    """Return whether a word has a meaning of its own."""
    return word.key not in STOP_WORDS


def _is_reported_elsewhere(step: Step, excluded: Collection[WordChange]) -> bool:
    """Return whether a changed word has a flag of its own."""
    if step.kind != "changed" or step.recorded is None or step.quoted is None:
        return False
    recorded, quoted = step.recorded, step.quoted
    units = unit_of(recorded.key), unit_of(quoted.key)
    return (
        step.inflected
        or any(map(_has_own_flag, step.words))
        or is_sense_change(recorded, quoted)
        or are_opposites(recorded, quoted)
        or None not in units
        or (recorded.text, quoted.text) in excluded
    )


def _has_own_flag(word: Word) -> bool:
    """Return whether a word that changes is said with a flag of its own: a negation, a number, a hedge."""
    return word.negates or word.counts or word.hedges


def other_subjects(steps: Sequence[Step], vocabulary: Vocabulary) -> tuple[WordChange, ...]:
    """Return of whom or what something else is said: a name that became another, or another noun before its verb."""
    changes = []
    for run in altered_runs(steps):
        recorded, quoted = run.recorded, run.quoted
        contents = [[word for word in words if _has_content(word)] for words in (recorded, quoted)]
        if not all(contents) or max(len(recorded), len(quoted)) > _MAX_RUN or any(map(_has_own_flag, (*recorded, *quoted))):
            continue
        if any(vocabulary.akin(one.key, other.key) for one in contents[0] for other in contents[1]):
            continue
        named = all(any(word.text[:1].isupper() and vocabulary.is_name(word.key) for word in words) for words in contents)
        verbs = any(is_verb(word, vocabulary) for word in (*recorded, *quoted))
        if named or (not verbs and _is_before_verb(steps, run, vocabulary)):
            # The article or possessive that both have in front of the noun.
            before = steps[run.begins - 1].quoted if run.begins and steps[run.begins - 1].kind == "same" else None
            article = f"{before.text} " if before and before.key in _ARTICLES else ""
            changes.append((article + joined_text(recorded), article + joined_text(quoted)))
    return tuple(changes)


def traded_subjects(steps: Sequence[Step], vocabulary: Vocabulary) -> tuple[WordChange, ...]:
    """Return the first of two words that traded places, as recorded and as quoted: we sell to them, they sell to us.

    Beside each other, or in a list, with an "and" or "or" and no verb between them, they say the same in any order.
    """
    changed = [(index, step.recorded, step.quoted) for index, step in enumerate(steps) if step.kind == "changed"]
    for (begins, recorded, quoted), (ends, other, put_in) in combinations(changed, 2):
        if recorded is None or quoted is None or other is None or put_in is None:
            continue
        traded = _as_subject(quoted) == _as_subject(other) and _as_subject(put_in) == _as_subject(recorded)
        between = [step.recorded for step in steps[begins + 1 : ends] if step.recorded]
        listed = any(word.key in _LISTS for word in between) and not any(is_verb(word, vocabulary) for word in between)
        if traded and between and not listed and recorded.sentence == other.sentence:
            return ((recorded.text, quoted.text),)
    return ()


def without_articles(pairs: Sequence[WordChange]) -> tuple[WordChange, ...]:
    """Return pairs of subjects as they are, and once more without the article that both have."""
    cut = (tuple(text.split(" ", 1) for text in pair) for pair in pairs)
    bare = [(one[1], other[1]) for one, other in cut if len(one) == len(other) == 2 and one[0] == other[0]]
    return (*pairs, *bare)


def _is_before_verb(steps: Sequence[Step], run: AlteredRun, vocabulary: Vocabulary) -> bool:
    """Return whether a run is the subject of its clause: no verb before it, one behind it."""
    clause = run.recorded[0].clause
    before = [step.recorded for step in steps[: run.begins] if step.recorded and step.recorded.clause == clause]
    behind = [step.recorded for step in steps[run.ends :] if step.recorded and step.recorded.clause == clause][:_BEFORE_VERB]
    if any(is_verb(word, vocabulary) and word.key not in _THINKS for word in before) or not behind:
        return False
    near = behind[1:2] if behind[0].key.endswith("ly") else behind[:1]
    return any(is_verb(word, vocabulary) for word in (behind if behind[0].key in _JOINS_NOUN else near))


def is_verb(word: Word, vocabulary: Vocabulary) -> bool:
    """Return whether a word is an auxiliary or a past form, by which a verb is known without a dictionary of its classes."""
    if word.key in _AUXILIARIES:
        return True
    past = word.key.endswith("ed") and len(word.key) > 4
    irregular = vocabulary.lemma(word.key) != word.key and not word.key.endswith("s") and word.key not in _PLURALS
    return _has_content(word) and (past or irregular)
