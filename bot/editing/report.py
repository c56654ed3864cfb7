"""What a story lacks: second sources, dates of quotes, roles of actors, dates, links and copies of sources, other wordings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from bot.english.search_words import content_words
from bot.facts.models import Fact, Source, Story
from bot.facts.sourcing import origins
from bot.messages import Message

THIN = 8
"""Content words up to which a fact without another phrasing is hard to ask for."""


class Lack(Enum):
    """Something that a story may lack: its title, and how to mend it."""

    DEAD = ("Links that lead nowhere", "Look for the page in a web archive, and give that address as url or archive.")
    UNDATED_QUOTE = ("Quotes without a date", "Add date: when it was said; a month or a year is enough.")
    ONE_SOURCE = ("Facts with a single source", "Look for a second, independent one, and add it to cite.")
    UNDATED_SOURCE = ("Sources without a date", "Add published: the day, month or year.")
    NO_LINK = ("Sources without a link", "Add url, if it is on the web; else say in note where it can be seen.")
    NO_ARCHIVE = ("Links without an archived copy", "Save the page in a web archive, and add that address as archive.")
    UNCHECKED = ("Links that could not be checked", "Open them yourself; the site may only refuse programs.")
    NO_ROLE = ("Actors without a role", "Add role: who they are, in a few words.")
    OWN = ("Claims of no one in particular", "They are shown as the publisher's own statement; if somebody makes them, add by.")
    THIN = ("Facts that are hard to ask for", "Add asked_as: two or three questions to which this is the answer.")

    def __init__(self, title: str, mend: str) -> None:
        self.title = title
        self.mend = mend


@dataclass(frozen=True, slots=True)
class ReportItem:
    """A fact, source or actor that lacks something: its id, its text or name, and a detail ("" for none)."""

    id: str
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a story lacks, by kind, in the order in which it matters."""

    story: str
    title: str
    facts: int
    sources: int
    lacks: Mapping[Lack, tuple[ReportItem, ...]] = field(default_factory=dict)


def report_on(story: Story, links: Mapping[str, tuple[Lack, str]] | None = None) -> Report:
    """Return what a story lacks. ``links`` are the results of opening its links: by address, the lack and why."""
    found: dict[Lack, tuple[ReportItem, ...]] = {
        Lack.DEAD: tuple(_links(story.sources, links or {}, Lack.DEAD)),
        Lack.UNDATED_QUOTE: _items(fact for fact in story.facts if fact.kind == "quote" and fact.date is None),
        Lack.OWN: _items(fact for fact in story.facts if fact.kind == "claim" and not fact.by),
        Lack.ONE_SOURCE: tuple(_single(story)),
        Lack.UNDATED_SOURCE: tuple(_source(source) for source in story.sources if source.published is None),
        Lack.NO_LINK: tuple(_source(each) for each in story.sources if not each.url and not each.archive),
        Lack.NO_ARCHIVE: tuple(_source(each, each.url or "") for each in story.sources if each.url and not each.archive),
        Lack.UNCHECKED: tuple(_links(story.sources, links or {}, Lack.UNCHECKED)),
        Lack.NO_ROLE: tuple(ReportItem(actor.id, actor.name) for actor in story.actors if not actor.role),
        Lack.THIN: tuple(_thin(story)),
    }
    present = {lack: found[lack] for lack in Lack if found[lack]}
    return Report(story.info.id, story.info.title, len(story.facts), len(story.sources), present)


def common_detail(items: Sequence[ReportItem]) -> str:
    """Return the detail that three or more items share, "" where they differ or there are fewer."""
    details = {item.detail for item in items}
    return details.pop() if len(items) > 2 and len(details) == 1 else ""


def links_of(story: Story) -> tuple[str, ...]:
    """Return the web addresses of a story's sources, each once."""
    addresses = (address for source in story.sources for address in (source.url, source.archive) if address)
    return tuple(dict.fromkeys(addresses))


def _single(story: Story) -> Iterator[ReportItem]:
    sources = {source.id: source for source in story.sources}
    for fact in story.facts:
        cited = [sources[citation.source] for citation in fact.citations if citation.source in sources]
        found = origins(cited)
        if len(found) == 1:
            yield ReportItem(fact.id, fact.text, Message("from {source} alone", source=found[0]))


def _thin(story: Story) -> Iterator[ReportItem]:
    asked = {fact for question in story.questions for fact in question.expect}
    for fact in story.facts:
        words = set(content_words(" ".join((fact.text, fact.context or "", fact.where or ""))))
        if not fact.asked_as and fact.id not in asked and len(words) <= THIN:
            yield ReportItem(fact.id, fact.text)


def _links(sources: Iterable[Source], links: Mapping[str, tuple[Lack, str]], lack: Lack) -> Iterator[ReportItem]:
    for source in sources:
        for address in (source.url, source.archive):
            if address and address in links and links[address][0] is lack:
                yield ReportItem(source.id, source.title, f"{address}: {links[address][1]}")


def _items(facts: Iterable[Fact]) -> tuple[ReportItem, ...]:
    return tuple(ReportItem(fact.id, fact.text) for fact in facts)


def _source(source: Source, detail: str = "") -> ReportItem:
    return ReportItem(source.id, source.title, detail)
