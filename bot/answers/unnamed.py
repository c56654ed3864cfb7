"""Whether a fact speaks of somebody or something without saying who or what that is, where a question asks for the name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.answers.documents import Document
from bot.answers.lexicon import Lexicon
from bot.answers.question import Question

_ASKED = re.compile(
    r"\bwho be (?:the )?(?:one )?(?P<who>\w+(?: \w+)?)|\bwhich (?P<which>\w+(?: \w+)?)|"
    r"\bname of (?:the |a )?(?P<of>\w+(?: \w+)?)|\b(?P<whose>\w+(?: \w+)?) name$"
)
# "a goalkeeper whom", but not "a new ferry, the Constance" nor "a reporter called Ann Lee"
_INTRODUCED = re.compile(r"\b(?:[Aa]n?) (\w+)(?: (\w+))?(?!\w)(?!,? (?:the |called |named |whose name is )?[A-Z])")


def is_unnamed(question: Question, document: Document, lexicon: Lexicon) -> bool:
    """Tell whether a fact introduces what is asked for ("a goalkeeper"), which is how one speaks of what is not named."""
    asked = set(_asked_for(question))
    return bool(asked) and not asked.isdisjoint(
        lexicon.stem(word.lower()) for match in _INTRODUCED.finditer(document.record.fact.text) for word in match.groups() if word
    )


def _asked_for(question: Question) -> Iterator[str]:
    """Yield the stems of the nouns of which a question asks the name: "which goalkeeper", "the name of the waiter"."""
    if question.asking.wants_list:
        return
    common = {term.stem for term in question.terms if not term.name and not term.typing}
    for match in _ASKED.finditer(" ".join(question.sequence)):
        for words in match.groups():
            yield from (word for word in (words or "").split() if word in common)
