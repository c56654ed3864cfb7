"""What a story lacks: second sources, dates, roles, links, archived copies, other wordings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from bot.english.search_words import content_words
from bot.facts.models import Story
from bot.facts.sourcing import origins
from bot.messages import Message

THIN = 8
"""A fact with no more content words than this, and no phrasing, is hard to find by asking."""


_UNANSWERED = "the Internet Archive did not answer"
_MAX_NAMED = 20  # facts that cite a page that changed


class Lack(Enum):
    """Something that a story may lack: its title, and how to mend it."""

    DEAD = ("Links that lead nowhere", "Look for the page in a web archive, and give that address as url or archive.")
    CHANGED = ("This article changed after it was read", "Read it again with footnote read, and look at the facts that cite it.")
    UNDATED_QUOTE = ("Quotes without a date", "Add date: when it was said; a month or a year is enough.")
    ONE_SOURCE = ("Facts with a single source", "Look for a second, independent one, and add it to cite.")
    UNDATED_SOURCE = ("Sources without a date", "Add published: the day, month or year.")
    NO_LINK = ("Sources without a link", "Add url, if it is on the web; else say in note where it can be seen.")
    COPY_FOUND = (
        "Links with a copy in the Internet Archive that is not recorded",
        "footnote story archive records them; in a story file, add that address as archive.",
    )
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


@dataclass(frozen=True, slots=True)
class LinkChecks:
    """What opening the links of a story showed.

    ``lacks`` are what is wrong with an address, and why; ``copies`` the copies that the Internet Archive has of addresses,
    ``unanswered`` those of which it did not say; ``changed`` the ids of the sources whose pages are not as they were read.
    """

    lacks: Mapping[str, tuple[Lack, str]] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)
    unanswered: Collection[str] = ()
    changed: Collection[str] = ()


def report_on(story: Story, links: LinkChecks = LinkChecks()) -> Report:
    """Return what a story lacks, with what opening its links showed, if they were opened."""
    lacking: dict[Lack, list[ReportItem]] = {lack: [] for lack in Lack}
    for lack, item in (*_lacks_of_sources(story, links), *_lacks_of_facts(story)):
        lacking[lack].append(item)
    lacking[Lack.NO_ROLE] = [ReportItem(actor.id, actor.name) for actor in story.actors if not actor.role]
    present = {lack: tuple(items) for lack, items in lacking.items() if items}
    return Report(story.info.id, story.info.title, len(story.facts), len(story.sources), present)


def _lacks_of_sources(story: Story, links: LinkChecks) -> Iterator[tuple[Lack, ReportItem]]:
    for source in story.sources:
        item = ReportItem(source.id, source.title)
        for address in filter(None, (source.url, source.archive)):
            if address in links.lacks:
                lack, why = links.lacks[address]
                yield lack, replace(item, detail=f"{address}: {why}")
        if source.id in links.changed:
            yield Lack.CHANGED, replace(item, detail=_cited_by(story, source.id))
        if source.published is None:
            yield Lack.UNDATED_SOURCE, item
        if not source.url and not source.archive:
            yield Lack.NO_LINK, item
        if source.url and not source.archive:
            yield _without_copy(item, source.url, links)


def _without_copy(item: ReportItem, url: str, links: LinkChecks) -> tuple[Lack, ReportItem]:
    """Return what a source lacks that has no archived copy, with what the Internet Archive said of it."""
    if url in links.copies:
        return Lack.COPY_FOUND, replace(item, detail=links.copies[url])
    return Lack.NO_ARCHIVE, replace(item, detail=f"{url}: {_UNANSWERED}" if url in links.unanswered else url)


def _cited_by(story: Story, source: str) -> str:
    """Name the facts that people wrote or kept and that cite a source, and count the sentences that nobody has checked."""
    citing = [fact for fact in story.facts if any(citation.source == source for citation in fact.citations)]
    reviewed = [fact.id for fact in citing if fact.reviewed]
    unchecked = len(citing) - len(reviewed)
    named = reviewed[:_MAX_NAMED] + ([f"{len(reviewed) - _MAX_NAMED} more"] if len(reviewed) > _MAX_NAMED else [])
    parts = [f"cited by {', '.join(named)}"] if named else []
    return "; ".join([*parts, *([f"sentences of it that nobody has checked: {unchecked}"] if unchecked else [])])


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


def pages_without_copy(story: Story) -> dict[str, int | None]:
    """Return the addresses of a story's sources that have no archived copy, with the day (yyyymmdd) of each, None for none."""
    without = [source for source in story.sources if source.url and not source.archive]
    return {source.url or "": source.published.earliest if source.published is not None else None for source in without}


def links_of(story: Story) -> tuple[str, ...]:
    """Return the web addresses of a story's sources, each once."""
    addresses = (address for source in story.sources for address in (source.url, source.archive) if address)
    return tuple(dict.fromkeys(addresses))
