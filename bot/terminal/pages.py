"""Lists in a terminal: quotes, an actor, the timeline, the sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.text import Text

from bot.facts.models import FactRecord
from bot.presentation import wording
from bot.service.service import ActorPage, Network, SourceUse
from bot.terminal import words
from bot.terminal.facts import addresses, facts, source_name, sources
from bot.terminal.numbering import Numbering
from bot.terminal.screen import BLANK, Paragraph, phrase

_MOST_ALIASES = 8


def fact_list(records: Sequence[FactRecord], *, date_first: bool = False) -> Iterator[Paragraph]:
    """Show facts and what they rest on."""
    if not records:
        yield Paragraph(Text(words.NOTHING_FOUND))
        return
    numbering = Numbering(records)
    yield from facts(records, numbering, date_first=date_first)
    yield from _sources(numbering)


def actor_page(page: ActorPage) -> Iterator[Paragraph]:
    """Show all that is known of an actor."""
    actor = page.record.actor
    yield Paragraph(phrase(actor.name, "bold"))
    if actor.role:
        yield Paragraph(phrase(actor.role))
    if actor.aliases:
        yield Paragraph(phrase(f"{wording.also_called(actor.aliases[:_MOST_ALIASES])}.", "dim"))
    numbering = Numbering((*page.events, *page.spoken, *page.about))
    for title, records in ((wording.HAPPENED, page.events), (wording.SAID, page.spoken), (wording.SAID_ABOUT, page.about)):
        if records:
            yield BLANK
            yield Paragraph(Text(title, "bold"))
            yield from facts(records, numbering, introduced=[actor], date_first=title == wording.HAPPENED)
    if not numbering.places:
        yield BLANK
        yield Paragraph(Text(words.NOTHING_FOUND))
    yield from _sources(numbering)


def network_list(network: Network) -> Iterator[Paragraph]:
    """Show who speaks about whom, and how often, most often first."""
    yield Paragraph(phrase(wording.network_title(network.actor), "bold"))
    if not network.links:
        yield Paragraph(Text(words.NOTHING_FOUND))
    for link in network.links:
        counts = [
            *([wording.counted(link.quotes, "quote", "quotes")] if link.quotes else []),
            *([wording.counted(link.claims, "claim", "claims")] if link.claims else []),
        ]
        names = Text.assemble(phrase(link.speaker), " → ", phrase(link.subject))
        yield Paragraph(Text.assemble(names, (f" ({', '.join(counts)})", "dim")), "• ", "  ")


def source_list(uses: Iterable[SourceUse]) -> Iterator[Paragraph]:
    """Show sources with how many facts cite each."""
    shown = False
    for use in uses:
        shown = True
        cited = Text(f" (cited by {wording.counted(use.cited, 'fact', 'facts')})", "dim")
        yield Paragraph(source_name(use.source) + cited, "• ", "  ")
        yield from addresses(use.source, "  ")
    if not shown:
        yield Paragraph(Text(words.NOTHING_FOUND))


def _sources(numbering: Numbering) -> Iterator[Paragraph]:
    if numbering.places:
        yield BLANK
        yield Paragraph(Text(wording.SOURCES, "bold"))
        yield from sources(numbering.places)
