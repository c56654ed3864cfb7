"""An article's sentences held against what a story has of it: what is there stays, only what is new or different is made.

A sentence that changed is a revision of its passage, so that the history keeps how it was; one that is gone is retracted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.drafting.coverage import sentence_key
from bot.facts.limits import MAX_LINKS
from bot.facts.models import Citation, Fact, Source

MIN_LIKENESS = 70.0
"""From which likeness (0 to 100) a sentence is another one changed."""


@dataclass(frozen=True, slots=True)
class StoredPassages:
    """What a story has already, for one source whose article is read.

    ``own`` are the passages that cite the source, ``elsewhere`` those of other sources by their `sentence_key`, ``kept`` what
    people have reviewed that cites it, ``retracted`` are id and text of passages that an earlier reading or its undoing took
    back, ``dropped`` the texts of those that a person took back or edited. ``used`` are all ids that the story has ever given to
    facts.
    """

    own: Sequence[Fact] = ()
    elsewhere: Mapping[str, Fact] = field(default_factory=dict)
    kept: Sequence[Fact] = ()
    retracted: Mapping[str, str] = field(default_factory=dict)
    dropped: Collection[str] = ()
    used: Collection[str] = ()


@dataclass(slots=True)
class Comparison:
    """What of an article is new, different, gone or as it was. ``put`` and ``retract`` are what an edit has to do for that.

    ``shared`` are passages of other sources that it says word for word, ``moved`` those that stand in another paragraph now.
    """

    added: list[Fact] = field(default_factory=list)
    changed: list[tuple[Fact, Fact]] = field(default_factory=list)
    gone: list[Fact] = field(default_factory=list)
    same: list[Fact] = field(default_factory=list)
    shared: list[Fact] = field(default_factory=list)
    moved: int = 0
    put: list[Fact] = field(default_factory=list)
    retract: list[str] = field(default_factory=list)


def compare(source: Source, fresh: Sequence[Fact], stored: StoredPassages, *, redate: bool = False) -> Comparison:
    """Hold the passages of an article, just read, against those that are stored.

    ``redate`` says that the article's own day is another than it was, so that the days of its sentences are worked out again.
    """
    result = Comparison()
    waiting = defaultdict[str, list[Fact]](list)
    for passage in stored.own:
        waiting[_text_key(passage.text)].append(passage)
    reviewed = {_text_key(fact.text) for fact in stored.kept} | {_text_key(text) for text in stored.dropped}
    new: list[Fact] = []
    for passage in fresh:
        same = waiting.get(_text_key(passage.text))
        other = stored.elsewhere.get(sentence_key(passage.text))
        if same:
            _keep(result, source, same.pop(0), passage, redate=redate)
        elif _text_key(passage.text) in reviewed:
            result.same.append(passage)
        elif other is not None and other.id not in {fact.id for fact in result.shared}:
            result.shared.append(other)
            if len(other.citations) + len(passage.citations) <= MAX_LINKS:
                result.put.append(replace(other, citations=(*other.citations, *passage.citations)))
        else:
            new.append(passage)
    left = [passage for passages in waiting.values() for passage in passages]
    _revise_or_add(result, source, new, left, stored)
    return result


def _keep(result: Comparison, source: Source, before: Fact, passage: Fact, *, redate: bool) -> None:
    """Keep a passage that the article still has: its paragraph, the sentence before and, with ``redate``, its day may differ."""
    result.same.append(before)
    others = [citation for citation in before.citations if citation.source != source.id]
    if set(before.citations) - set(others) != set(passage.citations):
        result.moved += 1
        before = replace(before, citations=(*passage.citations, *others))
        result.put.append(before)
    if before.citations[0].source != source.id:
        return  # it is told as the passage of another article, with what stands before it there
    wanted = replace(before, context=passage.context)
    if redate:
        wanted = replace(wanted, date=passage.date, happened=passage.happened, glosses=passage.glosses)
    if wanted != before:
        result.put = [fact for fact in result.put if fact.id != before.id]
        result.put.append(wanted)


def _revise_or_add(result: Comparison, source: Source, new: Iterable[Fact], left: list[Fact], stored: StoredPassages) -> None:
    """Take each new sentence for one that is gone if it is like that, else as one that was added; what is then left is gone."""
    from rapidfuzz import fuzz  # here, since few who load this module compare

    used, restorable = set(stored.used), {text: name for name, text in stored.retracted.items()}
    for passage in new:
        alike = [(fuzz.ratio(passage.text, before.text), before) for before in left if _is_alone(before, source)]
        likeness, before = max(alike, key=lambda pair: pair[0], default=(0.0, passage))
        if likeness >= MIN_LIKENESS:
            left.remove(before)
            result.changed.append((before, passage))
            result.put.append(replace(passage, id=before.id))
            continue
        name = restorable.pop(passage.text, None) or _free(passage.id, used)
        used.add(name)
        result.added.append(replace(passage, id=name))
        result.put.append(result.added[-1])
    for passage in left:
        result.gone.append(passage)
        if _is_alone(passage, source):
            result.retract.append(passage.id)
        else:
            others = tuple(citation for citation in passage.citations if citation.source != source.id)
            # What stood before it is this article's, unless it is told as another's.
            context = passage.context if passage.citations[0].source != source.id else None
            result.put.append(replace(passage, citations=others, context=context))


def _is_alone(passage: Fact, source: Source) -> bool:
    return all(citation.source == source.id for citation in passage.citations)


def _text_key(text: str) -> str:
    return " ".join(text.casefold().split())


def _free(name: str, used: Collection[str]) -> str:
    number, free = 2, name
    while free in used:
        free, number = f"{name}-{number}", number + 1
    return free


@dataclass(frozen=True, slots=True)
class StaleCitation:
    """A fact that people wrote or kept, and a paragraph that it cites, of which a sentence is gone or different.

    ``now`` is the paragraph in which all sentences of that one stand now, "" where they are in none.
    """

    fact: Fact
    paragraph: str
    now: str


def stale_citations(
    source: str, kept: Iterable[Fact], before: Sequence[Fact], after: Sequence[Fact]
) -> tuple[StaleCitation, ...]:
    """Return which of some facts cite a paragraph of a source that is not as it was; both are its passages, before and after."""
    was, now = _by_paragraph(source, before), _by_paragraph(source, after)
    stale = []
    for fact in kept:
        for citation in fact.citations:
            if citation.source != source or citation.label != "paragraph":
                continue
            for paragraph in _paragraphs(citation):
                texts = was.get(paragraph, set())
                if not texts <= now.get(paragraph, set()):
                    moved = next((other for other, others in now.items() if texts <= others), "")
                    stale.append(StaleCitation(fact, paragraph, moved))
    return tuple(stale)


def _by_paragraph(source: str, passages: Iterable[Fact]) -> dict[str, set[str]]:
    texts = defaultdict[str, set[str]](set)
    for passage in passages:
        for citation in passage.citations:
            if citation.source == source and citation.locator:
                texts[citation.locator].add(_text_key(passage.text))
    return texts


def _paragraphs(citation: Citation) -> list[str]:
    """Return the paragraphs that a citation names: "4", "4-6", "4, 7"."""
    paragraphs: list[str] = []
    for part in (citation.locator or "").replace("–", "-").split(","):
        first, _, last = part.strip().partition("-")
        if first.isdecimal() and last.isdecimal() and 0 <= int(last) - int(first) < MAX_LINKS:
            paragraphs += map(str, range(int(first), int(last) + 1))
        else:
            paragraphs.append(part.strip())
    return paragraphs
