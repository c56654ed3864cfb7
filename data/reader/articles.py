"""Articles about a story of the corpus, each sentence labelled with the facts that it tells.

``NAME.articles.txt`` stands beside ``NAME.yaml``. A line ``=== ID`` begins an article; then come its headline, ``By NAMES`` (it
may be missing), ``OUTLET, YYYY-MM-DD``, a blank line, and its paragraphs with blank lines between them. In a paragraph stand

- ``{:closure cost}`` behind each sentence: the facts that it tells, none in ``{:}``; ``{:!cost}`` tells another version of a
  fact, such as an early figure, so that it is no answer;
- ``{she|lee}``, ``{the mayor|lee}``: who is meant by words that are no name; ``{he|?}`` where that is no actor of the story;
- ``{“Safety comes first,”|lee}``: whose words these are; ``?`` where they are no actor's, ``-`` where nobody is quoted;
- ``{on Wednesday|2021-03-03}``: the day that is meant, in EDTF.

``=== mail copies interwire 1-4 6`` begins with these paragraphs of another article, word for word, as papers print an agency's
report; paragraphs of its own may follow. In: such a file. Out: one `LabelledArticle` an article, without the marks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import DateError
from bot.facts.dates import day_of, parse_date

NOBODY, UNKNOWN = "-", "?"
_HEAD = re.compile(r"=== (?P<id>[a-z0-9-]+)(?: copies (?P<other>[a-z0-9-]+) (?P<paragraphs>[\d -]+))?$")
_OUTLET = re.compile(r"(?P<outlet>.+), (?P<day>\d{4}-\d\d-\d\d)$")
_MARK = re.compile(r"\{(?:(?P<words>[^{}|]+)\|(?P<meant>[^{}|]+)|:(?P<facts>[^{}|]*))\}")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_UNMARKED = re.compile(r"\b(?:[Hh]e|[Ss]he|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b")


class ArticlesError(ValueError):
    """An articles file cannot be read; its text says where and why."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Words of a paragraph that mean an actor, a day or a speaker: characters ``start`` to ``end``, and what they mean."""

    start: int
    end: int
    kind: str  # "actor", "date" or "speaker"
    meant: str


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence of a paragraph, characters ``start`` to ``end``, with the ids of the facts that it tells or tells otherwise."""

    start: int
    end: int
    tells: tuple[str, ...]
    tells_otherwise: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelledParagraph:
    """A paragraph as it is printed, with its labels in order."""

    text: str
    sentences: tuple[LabelledSentence, ...]
    references: tuple[Reference, ...]

    @property
    def tells(self) -> frozenset[str]:
        """The facts that any of its sentences tells."""
        return frozenset(fact for sentence in self.sentences for fact in sentence.tells)

    def told_by(self, text: str) -> frozenset[str]:
        """Return the facts that a piece of it tells: those of the sentences that have a word in it."""
        start = self.text.find(text)
        inside = (sentence for sentence in self.sentences if sentence.start < start + len(text) and sentence.end > start)
        return frozenset(fact for sentence in inside for fact in sentence.tells) if start >= 0 else frozenset()


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article with its labels; ``copies`` is the id of the article whose text it repeats."""

    id: str
    headline: str
    byline: str | None
    outlet: str
    day: str
    paragraphs: tuple[LabelledParagraph, ...]
    copies: str | None = None

    @property
    def text(self) -> str:
        """The article as a plain text file: headline, byline, outlet and day, then its paragraphs."""
        head = [self.headline, *([f"By {self.byline}"] if self.byline else ()), f"{self.outlet}, {self.day}"]
        return "\n\n".join(["\n".join(head), *(paragraph.text for paragraph in self.paragraphs)]) + "\n"


def articles_of(story: Path) -> tuple[LabelledArticle, ...]:
    """Return the articles about a story file of the corpus; none where nobody wrote any. Raises ArticlesError."""
    path = story.with_suffix(".articles.txt")
    return read_articles(path.read_text(encoding="utf-8")) if path.is_file() else ()


def read_articles(text: str) -> tuple[LabelledArticle, ...]:
    """Read an articles file. Raises ArticlesError at the first thing that cannot be read."""
    articles: dict[str, LabelledArticle] = {}
    for part in re.split(r"(?m)^(?==== )", text):
        if part.strip():
            article = _read_article(part, articles)
            if article.id in articles:
                raise ArticlesError(f"{article.id} stands twice")
            articles[article.id] = article
    return tuple(articles.values())


def _read_article(part: str, others: Mapping[str, LabelledArticle]) -> LabelledArticle:
    blocks = [block.strip() for block in re.split(r"\n\s*\n", part) if block.strip()]
    first, *lines = blocks[0].split("\n")
    head = _HEAD.match(first.strip())
    if head is None:
        raise ArticlesError(f"{first!r} begins no article: expected === ID, or === ID copies ID 1-3 5")
    outlet = _OUTLET.match(lines[-1].strip()) if len(lines) > 1 else None
    if outlet is None or len(lines) > 3 or (len(lines) == 3 and not lines[1].startswith("By ")):
        raise ArticlesError(f"{head['id']}: expected a headline, By NAMES (or not), and OUTLET, YYYY-MM-DD below it")
    copied: list[LabelledParagraph] = []
    if head["other"]:
        if head["other"] not in others:
            raise ArticlesError(f"{head['id']} copies {head['other']}, which does not stand before it")
        paragraphs = others[head["other"]].paragraphs
        copied = [paragraphs[number - 1] for number in _numbers(head["paragraphs"]) if number <= len(paragraphs)]
    own = [_read_paragraph(" ".join(block.split()), f"{head['id']}, {block[:40]!r}") for block in blocks[1:]]
    byline = lines[1].removeprefix("By ").strip() if len(lines) == 3 else None
    return LabelledArticle(head["id"], lines[0].strip(), byline, outlet["outlet"], outlet["day"], (*copied, *own), head["other"])


def _numbers(text: str) -> Iterator[int]:
    for part in text.split():
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


@dataclass(slots=True)
class _Printed:
    """A paragraph while its marks are taken out of it."""

    text: str = ""
    sentences: list[LabelledSentence] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    def end_sentence(self, facts: Sequence[str]) -> None:
        """Note that a sentence ends here, and what it tells."""
        begins = self.sentences[-1].end if self.sentences else 0
        begins += len(self.text[begins:]) - len(self.text[begins:].lstrip())
        self.text = self.text.rstrip()
        tells = tuple(fact for fact in facts if not fact.startswith("!"))
        otherwise = tuple(fact[1:] for fact in facts if fact.startswith("!"))
        self.sentences.append(LabelledSentence(begins, len(self.text), tells, otherwise))


def _read_paragraph(block: str, where: str) -> LabelledParagraph:
    printed, at = _Printed(), 0
    for mark in _MARK.finditer(block):
        printed.text += block[at : mark.start()]
        at = mark.end()
        if mark["facts"] is not None:
            printed.end_sentence(mark["facts"].replace(",", " ").split())
            continue
        words, meant = mark["words"], mark["meant"].strip()
        kind = "speaker" if words.lstrip()[0] in "“\"‘'" else "date" if re.match(r"[\d.]", meant) else "actor"
        printed.references.append(Reference(len(printed.text), len(printed.text) + len(words), kind, meant))
        printed.text += words
    if block[at:].strip() or not printed.sentences:
        raise ArticlesError(f"{where}: {block[at:].strip()[:40]!r} has no {{:}} behind it")
    if "{" in printed.text or "}" in printed.text:
        raise ArticlesError(f"{where}: a mark cannot be read, near {printed.text[max(0, printed.text.find('{')) :][:40]!r}")
    return LabelledParagraph(printed.text, tuple(printed.sentences), tuple(printed.references))


def faults_of(articles: Sequence[LabelledArticle], facts: Collection[str], actors: Collection[str]) -> Iterator[str]:
    """Yield what is wrong with the articles about a story that has these facts and actors."""
    for article in articles:
        for number, paragraph in enumerate(article.paragraphs, start=1):
            at = f"{article.id}, paragraph {number}"
            labels = {fact for line in paragraph.sentences for fact in (*line.tells, *line.tells_otherwise)}
            yield from (f"{at}: no such fact: {fact}" for fact in sorted(labels.difference(facts)))
            for reference in paragraph.references:
                fault = _fault(reference, paragraph.text[reference.start : reference.end], actors)
                if fault:
                    yield f"{at}: {fault}"
            if article.copies is None:
                yield from (f"{at}: {words!r} has no mark" for words in _unmarked(paragraph))


def _fault(reference: Reference, words: str, actors: Collection[str]) -> str | None:
    """Return what is wrong with what words are said to mean."""
    if reference.kind != "date":
        known = {*actors, UNKNOWN, *([NOBODY] if reference.kind == "speaker" else [])}
        unknown = [name for name in reference.meant.split() if name not in known]
        return f"no such actor: {', '.join(unknown)} ({words!r})" if unknown else None
    try:
        date = parse_date(reference.meant)
    except DateError:
        return f"no date: {reference.meant!r} ({words!r})"
    weekday = _UNMARKED.search(words)
    if weekday and date.earliest == date.latest and date.earliest and f"{day_of(date.earliest):%A}" != weekday.group():
        return f"{reference.meant} is no {weekday.group()}"
    return None


def _unmarked(paragraph: LabelledParagraph) -> Iterator[str]:
    """Yield pronouns of persons and names of weekdays outside quotations that no mark explains."""
    taken = [(match.start(), match.end()) for match in _QUOTED.finditer(paragraph.text)]
    taken += [(reference.start, reference.end) for reference in paragraph.references]
    for match in _UNMARKED.finditer(paragraph.text):
        if not any(start <= match.start() < end for start, end in taken):
            yield match.group()
