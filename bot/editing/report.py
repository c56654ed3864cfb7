"""What a story lacks: second sources, dates, roles, links, archived copies, other wordings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from bot.english.search_words import content_words
from bot.facts.models import Story
from bot.facts.sourcing import origins
from bot.messages import Message

THIN = 8
"""A fact with no more content words than this, and no phrasing, is hard to find by asking."""


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
    lacking: dict[Lack, list[ReportItem]] = {lack: [] for lack in Lack}
    for lack, item in (*_lacks_of_sources(story, links or {}), *_lacks_of_facts(story)):
        lacking[lack].append(item)
    lacking[Lack.NO_ROLE] = [ReportItem(actor.id, actor.name) for actor in story.actors if not actor.role]
    present = {lack: tuple(items) for lack, items in lacking.items() if items}
    return Report(story.info.id, story.info.title, len(story.facts), len(story.sources), present)


def _lacks_of_sources(story: Story, links: Mapping[str, tuple[Lack, str]]) -> Iterator[tuple[Lack, ReportItem]]:
    for source in story.sources:
        item = ReportItem(source.id, source.title)
        for address in filter(None, (source.url, source.archive)):
            if address in links:
                lack, why = links[address]
                yield lack, replace(item, detail=f"{address}: {why}")
        if source.published is None:
            yield Lack.UNDATED_SOURCE, item
        if not source.url and not source.archive:
            yield Lack.NO_LINK, item
        if source.url and not source.archive:
            yield Lack.NO_ARCHIVE, replace(item, detail=source.url)


def _lacks_of_facts(story: Story) -> Iterator[tuple[Lack, ReportItem]]:
    sources = {source.id: source for source in story.sources}
    asked = {fact for question in story.questions for fact in question.expect}
    for fact in story.facts:
        item = ReportItem(fact.id, fact.text)
        if fact.kind == "quote" and fact.date is None:
            yield Lack.UNDATED_QUOTE, item
        if fact.kind == "claim" and not fact.by:
            yield Lack.OWN, item
        independent = origins(sources[citation.source] for citation in fact.citations if citation.source in sources)
        if len(independent) == 1:
            yield Lack.ONE_SOURCE, replace(item, detail=Message("from {source} alone", source=independent[0]))
        words = set(content_words(" ".join((fact.text, fact.context or "", fact.where or ""))))
        if not fact.asked_as and fact.id not in asked and len(words) <= THIN:
            yield Lack.THIN, item


def common_detail(items: Sequence[ReportItem]) -> str:
    """Return the detail that three or more items share, "" where they differ or there are fewer."""
    details = {item.detail for item in items}
    return details.pop() if len(items) > 2 and len(details) == 1 else ""


def links_of(story: Story) -> tuple[str, ...]:
    """Return the web addresses of a story's sources, each once."""
    addresses = (address for source in story.sources for address in (source.url, source.archive) if address)
    return tuple(dict.fromkeys(addresses))
