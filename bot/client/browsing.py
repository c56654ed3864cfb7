"""Looking around in the facts: quotes, actors, the time line, the network and the sources; a time line as a picture too."""

from __future__ import annotations

import io
from collections import defaultdict
from typing import Any, Literal

import discord
from discord import app_commands, ui
from discord.app_commands import Range
from discord.ext import commands

from bot.client import words
from bot.client.answering.answers import Asker, actor_view, list_view
from bot.client.answering.presses import all_sources_view
from bot.client.bot import Interaction
from bot.client.custom_ids import ReplyKind
from bot.client.interactions import NUMBER, RouteButton, RouteInput, read_for, route, sends
from bot.client.options import MAX_TYPED, ActorName, SpeakerName
from bot.client.panels import BLUE, page_buttons, page_of, panel, show_page
from bot.client.permissions import Permission, everywhere
from bot.client.sending import SentView, replace_message, respond, respond_privately, server_of
from bot.client.story_scope import story_of_interaction
from bot.client.text import inline
from bot.errors import NotKnownError, UsageError
from bot.facts.models import FactRecord
from bot.languages import ENGLISH, language, say
from bot.pictures.canvas import THEMES, Picture
from bot.pictures.timeline import timeline_picture
from bot.presentation import wording
from bot.presentation.telling import as_events
from bot.service.lists import ActorPage, Network
from bot.service.session import Session

_NAME = 80
_LINKS = 18  # of the network on a page: even with the longest names they fit into a message
_THEMES = list(THEMES)
_THEME = "|".join(_THEMES)
_TIMELINE = rf"{NUMBER}:({_THEME}):.*"  # the argument of its buttons: page, colours and key of the reply


class Browsing(commands.Cog):
    """Shows facts as lists."""

    @app_commands.command()
    @everywhere
    @app_commands.describe(speaker="Who said it", about="What it is about, in a word or two")
    @sends(respond)
    async def quote(
        self, interaction: Interaction, speaker: SpeakerName | None = None, about: Range[str, 0, MAX_TYPED] | None = None
    ) -> ui.LayoutView:
        """Read what was said, word for word."""
        asker, story = Asker.of_interaction(interaction), await story_of_interaction(interaction)

        def quotes(session: Session) -> tuple[tuple[FactRecord, ...], ActorPage | None]:
            return session.quotes(speaker, about, story=story), session.who(speaker, story=story) if speaker else None

        facts, page = await read_for(interaction, quotes)
        name = page.record.actor.name if page else None
        if facts or page is None or about:
            by = say(" by {speaker}", speaker=name) if name else ""
            title = say("Quotes") + by + (say(" about {topic}", topic=about) if about else "")
            return await list_view(asker, title, facts, ReplyKind.QUOTES)
        return await list_view(asker, page.record.actor.name, page.spoken, ReplyKind.QUOTES, say(words.NOT_QUOTED))

    @app_commands.command()
    @everywhere
    @app_commands.describe(actor="A person, an organisation or a place")
    @sends(respond)
    async def who(self, interaction: Interaction, actor: ActorName) -> ui.LayoutView:
        """See what is known about a person or an organisation."""
        asker, story = Asker.of_interaction(interaction), await story_of_interaction(interaction)
        _check_name(actor)
        return await actor_view(asker, actor, story)

    @app_commands.command()
    @everywhere
    @app_commands.rename(start="from", end="to")
    @app_commands.describe(
        actor="Only what involves this person or organisation",
        start="For example: October 2017",
        end="For example: 26.10.2017",
        kind="What happened (the default), what was said, what is claimed, or all of it",
    )
    @sends(respond)
    async def timeline(
        self,
        interaction: Interaction,
        actor: ActorName | None = None,
        start: Range[str, 0, MAX_TYPED] | None = None,
        end: Range[str, 0, MAX_TYPED] | None = None,
        kind: Literal["events", "quotes", "claims", "all"] | None = None,
    ) -> ui.LayoutView:
        """See what happened, day by day."""
        asker, story = Asker.of_interaction(interaction), await story_of_interaction(interaction)
        shown = await read_for(
            interaction, Session.timeline, actor=actor, start=start, end=end, story=story, kind=kind or "events"
        )
        period = shown.period
        if period and language() != ENGLISH:  # it is worded in English alone, so what was typed is shown instead
            period = f"{start or '…'} – {end or '…'}"
        return await list_view(asker, wording.timeline_title(shown.actor, period), shown.facts, ReplyKind.TIMELINE)

    @app_commands.command()
    @everywhere
    @app_commands.describe(actor="Only who speaks about this person or organisation, and about whom they speak")
    @sends(respond)
    async def network(self, interaction: Interaction, actor: ActorName | None = None) -> ui.LayoutView:
        """See who speaks about whom, and how often."""
        story = await story_of_interaction(interaction)
        if actor is not None:
            _check_name(actor)
        network = await read_for(interaction, Session.network, actor=actor, story=story)
        return network_view(network, 0, interaction.user.id)

    @app_commands.command()
    @everywhere
    @sends(respond_privately)
    async def sources(self, interaction: Interaction) -> ui.LayoutView:
        """See what all facts rest on."""
        return await all_sources_view(interaction, 0, interaction.user.id)


def _check_name(typed: str) -> None:
    if not any(map(str.isalnum, typed)):
        raise UsageError(say(wording.NO_NAME))


def network_view(network: Network, page: int, owner: int) -> SentView:
    """Return a page of who speaks about whom, the most frequent links first, with a line for each speaker.

    Raises NotKnownError if nobody does.
    """
    title = wording.network_title(network.actor)
    if not network.links:
        raise NotKnownError(say("{title}: nothing in the facts I have. Leave a field empty to see more.", title=title))
    links, page, pages = page_of(network.links, page, _LINKS)
    about: defaultdict[str, list[str]] = defaultdict(list)
    for link in links:
        about[link.speaker].append(f"{inline(link.subject, _NAME)}{f' {link.count}×' if link.count > 1 else ''}")
    lines = [f"**{inline(speaker, _NAME)}** → {', '.join(subjects)}" for speaker, subjects in about.items()]
    text = "\n".join(filter(None, [f"### {inline(title, 200)}", *lines, words.page_foot(page, pages)]))
    turning = page_buttons("network-page", page, pages, lambda to: f"{to}:{owner}:{network.number}")
    return panel(text, turning, colour=BLUE)


@route("network-page", Permission.ANYONE, rf"{NUMBER}:{NUMBER}:{NUMBER}")
async def turn_network(interaction: Interaction, given: RouteInput) -> None:
    """Show another page: in place to whoever asked, and to others in a copy of their own."""
    page, owner, actor = map(int, given.argument.split(":"))

    async def turned(_: bool) -> SentView:
        story = await story_of_interaction(interaction)
        network = await read_for(interaction, Session.network, actor=actor or None, story=story)
        return network_view(network, page, owner)

    await show_page(interaction, owner, turned)


@route("timeline-picture", Permission.ANYONE, _TIMELINE, send=respond_privately)
@route("timeline-page", Permission.ANYONE, _TIMELINE, send=replace_message)
async def open_timeline(interaction: Interaction, given: RouteInput) -> SentView:
    """Show a time line that was listed as a picture, for one person alone; another page or other colours in its place."""
    page, theme, key = given.argument.split(":", 2)
    reply = await interaction.client.service.reply(server_of(interaction), key)
    title = reply.title or say("Timeline")

    def draw() -> tuple[Picture, str]:
        withdrawn = sum(record.retracted for record in reply.facts)
        return timeline_picture(title, as_events(reply.facts), page=int(page), theme=theme), words.left_out(withdrawn)

    picture, note = await interaction.client.service.run_apart(server_of(interaction), draw)
    return _picture_view(picture, theme, key, note)


def _picture_view(picture: Picture, theme: str, key: str, note: str) -> SentView:
    """Return the picture of a time line with the buttons to its other pages and colours; ``key`` is that of its reply."""
    view = SentView(timeout=None)
    file = discord.File(io.BytesIO(picture.png), "timeline.png", description=picture.alt)
    view.files = [file]
    # Not in a frame, whose borders would take room from the picture on a phone.
    view.add_item(ui.MediaGallery(discord.MediaGalleryItem(file)))
    if note:
        container: ui.Container[Any] = ui.Container(ui.TextDisplay(note), accent_colour=BLUE)
        view.add_item(container)
    turning = page_buttons("timeline-page", picture.page, picture.pages, lambda to: f"{to}:{theme}:{key}")
    other = _THEMES[1 - _THEMES.index(theme)]
    named = say(words.LIGHT_PICTURE) if other == "light" else say(words.DARK_PICTURE)
    return view.add_item(ui.ActionRow(*turning, RouteButton("timeline-page", f"{picture.page}:{other}:{key}", named)))
