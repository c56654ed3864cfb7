"""Looking around in the facts: quotes, actors, the time line and the sources."""

from __future__ import annotations

from typing import Literal

from discord import app_commands, ui
from discord.ext import commands

from bot.client import words
from bot.client.answering.answers import Asker, list_view, respond_in_story
from bot.client.answering.presses import all_sources_panel
from bot.client.bot import Interaction
from bot.client.browsing.pictures import network_view
from bot.client.completion import ActorName, SpeakerName
from bot.client.messages import ReplyKind
from bot.client.permissions import everywhere
from bot.errors import UsageError
from bot.presentation import wording
from bot.presentation.languages import ENGLISH, language, say
from bot.service.session import ActorPage, Session


class Browsing(commands.Cog):
    """Shows facts as lists."""

    @app_commands.command()
    @everywhere
    @app_commands.describe(speaker="Who said it", about="What it is about, in a word or two")
    async def quote(self, interaction: Interaction, speaker: SpeakerName | None = None, about: str | None = None) -> None:
        """Read what was said, word for word."""
        await respond_in_story(interaction, lambda asker, story: _quotes(asker, story, speaker, about))

    @app_commands.command()
    @everywhere
    @app_commands.describe(actor="A person, an organisation or a place")
    async def who(self, interaction: Interaction, actor: ActorName) -> None:
        """See what is known about a person or an organisation."""
        await respond_in_story(interaction, lambda asker, story: _who(asker, story, actor))

    @app_commands.command()
    @everywhere
    @app_commands.rename(start="from", end="to")
    @app_commands.describe(
        actor="Only what involves this person or organisation",
        start="For example: October 2017",
        end="For example: 26.10.2017",
        kind="What happened (left out), what was said, what is claimed, or all of it",
    )
    async def timeline(
        self,
        interaction: Interaction,
        actor: ActorName | None = None,
        start: str | None = None,
        end: str | None = None,
        kind: Literal["events", "quotes", "claims", "all"] | None = None,
    ) -> None:
        """See what happened, day by day."""
        await respond_in_story(interaction, lambda asker, story: _timeline(asker, story, actor, (start, end), kind or "events"))

    @app_commands.command()
    @everywhere
    @app_commands.describe(actor="Only who speaks about this person or organisation, and about whom they speak")
    async def network(self, interaction: Interaction, actor: ActorName | None = None) -> None:
        """See who speaks about whom, as a picture."""
        await respond_in_story(interaction, lambda asker, story: _network(asker, story, actor))

    @app_commands.command()
    @everywhere
    async def sources(self, interaction: Interaction) -> None:
        """See what all facts rest on."""
        await respond_in_story(interaction, _sources, private=True)


async def _quotes(asker: Asker, story: str | None, speaker: str | None, about: str | None) -> ui.LayoutView:
    facts = await asker.service.run_with_deadline(asker.server, Session.quotes, speaker, about, story=story)
    page = await asker.service.run_with_deadline(asker.server, Session.who, speaker, story=story) if speaker else None
    name = page.record.actor.name if page else None
    if facts or page is None or about:
        return await list_view(asker, words.quotes_title(name, about), facts, ReplyKind.QUOTES)
    return await list_view(asker, page.record.actor.name, page.spoken, ReplyKind.QUOTES, say(words.NOT_QUOTED))


async def _who(asker: Asker, story: str | None, actor: str) -> ui.LayoutView:
    if not _is_name(actor):
        raise UsageError(say(wording.NO_NAME))
    page = await asker.service.run_with_deadline(asker.server, Session.who, actor, story=story)
    spoken = sorted(page.spoken, key=lambda record: record.fact.kind != "quote")  # quotes first, each kind by date
    facts = (*page.events, *spoken, *page.about)
    return await list_view(asker, page.record.actor.name, facts, ReplyKind.ACTOR, _about(page))


async def _timeline(
    asker: Asker, story: str | None, actor: str | None, times: tuple[str | None, str | None], kind: str
) -> ui.LayoutView:
    service, server, (start, end) = asker.service, asker.server, times
    facts = await service.run_with_deadline(server, Session.timeline, actor=actor, start=start, end=end, story=story, kind=kind)
    name = (await service.run_with_deadline(server, Session.who, actor, story=story)).record.actor.name if actor else None
    period = await service.run_with_deadline(server, Session.period_words, start=start, end=end, story=story)
    if period and language() != ENGLISH:  # how it was understood can be said in English alone; so it stands as it was typed
        period = f"{start or '…'} – {end or '…'}"
    return await list_view(asker, wording.timeline_title(name, period), facts, ReplyKind.TIMELINE)


async def _network(asker: Asker, story: str | None, actor: str | None) -> ui.LayoutView:
    if actor is not None and not _is_name(actor):
        raise UsageError(say(wording.NO_NAME))
    network = await asker.service.run_with_deadline(asker.server, Session.network, actor=actor, story=story)
    return await network_view(network, 0, "dark", asker.user)


async def _sources(asker: Asker, story: str | None) -> ui.LayoutView:
    return all_sources_panel(await asker.service.run_with_deadline(asker.server, Session.sources, story=story), 0, asker.user)


def _is_name(typed: str) -> bool:
    return any(map(str.isalnum, typed))


def _about(page: ActorPage) -> str:
    actor = page.record.actor
    also = wording.also_called(actor.aliases[:6]) if actor.aliases else ""
    return ". ".join(part for part in (actor.role, also) if part)
