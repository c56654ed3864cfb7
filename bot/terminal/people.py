"""What a terminal shows of people and sources: an actor, who speaks about whom, and what the facts rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from bot import phrases
from bot.languages import say_message
from bot.presentation import wording
from bot.presentation.citation_numbers import CitationNumbers
from bot.presentation.telling import as_said_or_done
from bot.service.lists import ActorPage, Network, SourceUse
from bot.terminal.blocks import BLANK, Block, address_blocks, fact_list_blocks, phrase, section, source_name, sources_section
from bot.terminal.pages import NOTHING_FOUND

_MAX_ALIASES = 8  # more would push the facts off the screen


def actor_page(page: ActorPage) -> Iterator[Block]:
    """Show all that is known of an actor."""
    actor = page.record.actor
    yield Block(phrase(actor.name, "bold"))
    if actor.role:
        yield Block(phrase(actor.role))
    if actor.aliases:
        yield Block(phrase(f"{say_message(phrases.also_called(actor.aliases[:_MAX_ALIASES]))}.", "dim"))
    events, spoken, about = map(as_said_or_done, (page.events, page.spoken, page.about))
    numbering = CitationNumbers((*events, *spoken, *about))
    for title, records in ((wording.HAPPENED, events), (wording.SAID, spoken), (wording.SAID_ABOUT, about)):
        if records:
            facts = fact_list_blocks(records, numbering, introduced=[actor], date_first=title == wording.HAPPENED)
            yield from section(title, facts)
    if not numbering.citations:
        yield BLANK
        yield Block(Text(NOTHING_FOUND))
    yield from sources_section(numbering)


def network_list(network: Network) -> Iterator[Block]:
    """Show who speaks about whom, and how often, most often first."""
    yield Block(phrase(wording.network_title(network.actor), "bold"))
    if not network.links:
        yield Block(Text(NOTHING_FOUND))
    for link in network.links:
        counts = ", ".join(wording.statement_counts(link.quotes, link.claims))
        names = Text.assemble(phrase(link.speaker), " → ", phrase(link.subject))
        yield Block(Text.assemble(names, (f" ({counts})", "dim")), "• ", "  ")


def source_list(uses: Sequence[SourceUse]) -> Iterator[Block]:
    """Show sources with how many facts cite each."""
    for use in uses:
        cited = Text(f" (cited by {wording.counted(use.cited, 'fact', 'facts')})", "dim")
        yield Block(source_name(use.source) + cited, "• ", "  ")
        yield from address_blocks(use.source, "  ")
    if not uses:
        yield Block(Text(NOTHING_FOUND))
