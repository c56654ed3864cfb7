"""Whom "he", "she", "they" and "it" mean in a question that follows an answer: whoever that answer named.

Where the earlier question names them itself, the reader knows it from there.

In: a question as typed, and the answer to the one before. Out: the question with the name in the place of the pronoun.
"""

from __future__ import annotations

import re

from bot.answers.models import Answer
from bot.answers.relations.roles import asks_role
from bot.english.first_names import is_womans
from bot.english.search_words import STOP_WORDS, normalise, tokens
from bot.english.word_classes import word_set
from bot.facts.models import Actor

_WOMAN, _MAN = word_set("she her hers herself"), word_set("he him his himself")
_SEVERAL, _THING = word_set("they them their theirs themselves"), word_set("it its itself")
_ANY = _WOMAN | _MAN | _SEVERAL | _THING
_OWNERS = word_set("his its their hers theirs")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def refers(text: str) -> bool:
    """Return whether a question has a pronoun that may mean whoever an answer named."""
    return any(match.group().lower() in _ANY for match in _WORD.finditer(normalise(text)))


def with_names(text: str, earlier: Answer) -> str:
    """Return a question with the actor named by the answer before in the place of the pronouns that mean it, else as it is."""
    text = normalise(text)
    words = list(_WORD.finditer(text))
    for pronouns in (_WOMAN, _MAN, _SEVERAL, _THING):
        meant = [match for match in words if match.group().lower() in pronouns]
        actor = _meant(earlier, pronouns) if meant else None
        if actor is None:
            continue
        pieces, end = [], 0
        for match in meant:
            owns = match.group().lower() in _OWNERS or (match.group().lower() == "her" and _is_owned(text, match.end()))
            pieces += [text[end : match.start()], f"{actor.name}'s" if owns else actor.name]
            end = match.end()
        return "".join((*pieces, text[end:]))
    return text


def is_by_role(answer: Answer) -> bool:
    """Return whether an answer names whoever has a role: that somebody's boss is is known of their name, and of no pronoun."""
    return answer.by_relation and asks_role(tuple(token.word for token in tokens(normalise(answer.question))))


def _is_owned(text: str, end: int) -> bool:
    """Return whether a word follows that "her" owns: "her brother", and not "her about it"."""
    following = _WORD.match(text, end + 1)
    return following is not None and following.group().lower() not in STOP_WORDS


def _meant(earlier: Answer, pronouns: frozenset[str]) -> Actor | None:
    """Return the one actor that the short answer names, where the pronoun may be theirs."""
    involved = {actor.id: actor for fact in earlier.facts[:1] for actor in fact.record.involved}
    named = [actor for actor in involved.values() if earlier.short is not None and actor.name in earlier.short]
    if len(named) != 1:
        return None
    (actor,) = named
    if pronouns in (_THING, _SEVERAL):
        return actor if actor.kind != "person" else None
    woman = is_womans(actor.name.split()[0])
    fits = actor.kind == "person" and (woman is None or woman == (pronouns is _WOMAN))
    return actor if fits else None
