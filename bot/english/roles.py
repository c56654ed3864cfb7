"""What a text says of a person beside the name: the title, the role before it, the apposition behind it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.english.name_runs import NameRun, plain
from bot.english.name_words import COURTESY_TITLES, ROLE_ENDINGS, ROLES
from bot.english.sentences import TextToken
from bot.english.word_classes import AUXILIARIES, PREPOSITIONS, RELATIVES, SAYING, SUBORDINATORS

_MAX_TOKENS = 18  # tokens of a role
_YOUNGEST, _OLDEST = 5, 120  # years between which a number behind a name is an age
_ARTICLES = frozenset("a an the its his her their".split())
_PARTS = (",", ".", ";", ":", "(", ")", "—", "–")
_STOPS = AUXILIARIES | SAYING | RELATIVES


def role_of(run: NameRun, sentence: Sequence[TextToken], text: str) -> str | None:
    """Return the role that stands beside a name, the fullest of those there are."""
    titles = [word for word in run.titles if plain(word) not in COURTESY_TITLES]
    before = (_before(run, sentence), _comma_before(run, sentence), _is_before(run, sentence))
    first = max((_text(sentence, *span, text) for span in before if span is not None), key=len, default="")
    span = _behind(run, sentence)
    behind = _text(sentence, *span, text) if span is not None else ""
    if first.lower() in behind.lower():
        first = ""
    role = ", ".join(part for part in (" ".join(titles), first, behind if behind.lower() not in first.lower() else "") if part)
    return role[:1].upper() + role[1:] if role else None


def _text(sentence: Sequence[TextToken], first: int, last: int, text: str = "") -> str:
    """Return the text of some tokens; where they are not of this text, their words."""
    cut = text[sentence[first].start : sentence[last - 1].end]
    return cut if cut.endswith(sentence[last - 1].text) else " ".join(token.text for token in sentence[first:last])


def has_role(run: NameRun, sentence: Sequence[TextToken]) -> bool:
    """Return whether a role, an age or ``who`` stands beside a name, or that it is somebody's name."""
    if any(find(run, sentence) for find in (_before, _behind, _comma_before, _is_before)):
        return True
    before = [token.lower for token in sentence[max(run.start - 4, 0) : run.start]]
    if before[-1:] == ["named"] or (before[-1:] == ["as"] and not {"name", "known", "identified"}.isdisjoint(before)):
        return True
    behind = [token.lower for token in sentence[run.end : run.end + 4]]
    mark, word = (*behind[:2], "", "")[:2]
    age = mark in (",", "(") and word.isdecimal() and _YOUNGEST < int(word) < _OLDEST
    for_their_part = behind in ([",", "for", "his", "part"], [",", "for", "her", "part"])
    return age or for_their_part or mark == "who" or (mark, word) == (",", "who")


def speaks(run: NameRun, sentence: Sequence[TextToken]) -> bool:
    """Return whether a verb of speech stands at a name."""
    around = [*sentence[run.end : run.end + 1], *sentence[max(run.start - 1, 0) : run.start]]
    return any(token.kind == "word" and token.lower in SAYING for token in around)


def is_role(word: str) -> bool:
    """Return whether a noun says what a person is."""
    word = plain(word)
    return word in ROLES or (word.endswith(ROLE_ENDINGS) and len(word) > 4)


def head(role: str) -> str | None:
    """Return the noun of a role that says what the person is: ``spokeswoman`` of a spokeswoman for the ministry."""
    words: list[str] = []
    for word in role.replace(",", " , ").split():
        if word.lower() in PREPOSITIONS or word == "," or (word == "and" and (not words or any(map(is_role, words)))):
            break
        words.append(word)
    return next((plain(word) for word in reversed(words) if is_role(word)), None)


def _behind(run: NameRun, sentence: Sequence[TextToken]) -> tuple[int, int] | None:
    """Return the apposition behind a name: ``, the mayor of Harbour,``; an age before it is left out."""
    index = run.end
    if index >= len(sentence) or sentence[index].text not in (",", "(", "—", "–"):
        return None
    start = index + 1
    if start + 1 < len(sentence) and sentence[start].text.isdigit() and sentence[start + 1].text == ",":
        start += 2
    end = start
    while end < len(sentence) and end - start < _MAX_TOKENS and not _stops(sentence[end]):
        end += 1
    first = start + 1 if start < end and sentence[start].lower in _ARTICLES else start
    words = [token.text for token in sentence[first:end]]
    if not words or (end < len(sentence) and sentence[end].lower in _STOPS - RELATIVES):
        return None
    return (first, end) if head(" ".join(words)) else None


def _stops(token: TextToken) -> bool:
    return token.kind == "quote" or token.text in (",", ".", ";", ":", ")", "—", "–", "?", "!") or token.lower in _STOPS


def _before(run: NameRun, sentence: Sequence[TextToken]) -> tuple[int, int] | None:
    """Return the role that stands right before a name: ``RT's deputy editor-in-chief`` Jane Doe."""
    end = run.start
    if not end or sentence[end - 1].kind != "word":
        return None
    start = end
    while start > 0 and end - start < _MAX_TOKENS and _may_be_of_role(sentence, start - 1, end):
        start -= 1
    while start < end and sentence[start].lower in _ARTICLES | {"and", "of", "for"}:
        start += 1
    words = [token.text for token in sentence[start:end]]
    noun = head(" ".join(words))
    fitting = noun is not None and (is_role(words[-1]) or "of" in words[:-1])
    return (start, end) if fitting else None


def _may_be_of_role(sentence: Sequence[TextToken], index: int, end: int) -> bool:
    """Return whether a word may belong to the role that ends at ``end``."""
    token = sentence[index]
    if token.text in ("'s", "’s", "'", "’"):
        return True
    if token.kind != "word" or token.lower in _STOPS or token.lower in _ARTICLES:
        return False
    if token.lower == "and":
        # "Ann Lee and commissioner Jane Doe": a name before it begins another; but Food and Drug Administration chief
        return not index or not sentence[index - 1].capital or is_role(sentence[index - 1].text) or sentence[index + 1].capital
    if token.lower in ("of", "for"):
        # "the work of engineer Jane Doe": what is before it has to be a role, too
        return any(is_role(previous.text) for previous in sentence[max(index - 3, 0) : index])
    return token.lower not in PREPOSITIONS


def _comma_before(run: NameRun, sentence: Sequence[TextToken]) -> tuple[int, int] | None:
    """Return the role of ``The company's chief executive, Jane Doe, said`` and ``has sold its captain, Jane Doe, to``."""
    if run.start < 2 or sentence[run.start - 1].text != "," or run.end >= len(sentence):
        return None
    end = run.start - 1
    begin = end
    while begin > 0 and sentence[begin - 1].kind != "quote" and sentence[begin - 1].text not in _PARTS:
        begin -= 1
    if sentence[run.end].text not in (",", ".") or sentence[begin].lower in SUBORDINATORS:
        return None
    determined = [at for at in range(end - 1, begin - 1, -1) if sentence[at].lower in _ARTICLES or at == begin]
    spans = ((at, _before_clause(sentence, at, end)) for at in determined)
    first, last = next(((at, last) for at, last in spans if head(_text(sentence, at, last))), (0, 0))
    if first < last and sentence[first].lower in _ARTICLES:
        first += 1
    return (first, last) if first < last else None


def _is_before(run: NameRun, sentence: Sequence[TextToken]) -> tuple[int, int] | None:
    """Return the role of ``The first witness was Jane Doe``."""
    end = run.start - 1
    if end < 1 or sentence[end].lower not in ("was", "is") or sentence[0].lower not in _ARTICLES:
        return None
    last = _before_clause(sentence, 0, end)
    return (1, last) if last == end and head(_text(sentence, 1, end)) else None


def _before_clause(sentence: Sequence[TextToken], first: int, end: int) -> int:
    """Return where a description ends: before a clause with ``who``, a verb or a mark."""
    return next((at for at in range(first, end) if _stops(sentence[at])), end)
