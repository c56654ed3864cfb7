"""Looking around in the facts: quotes, actors, the time line, the network and the sources; a time line as a picture too."""

from __future__ import annotations

import io
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
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
from bot.client.options import MAX_TYPED, STORY, ActorName, SpeakerName, StoryName
from bot.client.panels import BLUE, page_buttons, page_of, panel, show_page
from bot.client.permissions import Permission, everywhere
from bot.client.sending import SentView, replace_message, respond, respond_privately, server_of
from bot.client.story_scope import StoryScope, scope_of
from bot.client.text import inline
from bot.errors import NotKnownError, UsageError
from bot.facts.models import FactRecord
from bot.languages import ENGLISH, language, say
from bot.pictures.canvas import THEMES
from bot.pictures.overview import overview_picture
from bot.pictures.picture import Picture
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
    @app_commands.describe(speaker="Who said it", about="What it is about, in a word or two", story=STORY)
    @sends(respond)
    async def quote(
        self,
        interaction: Interaction,
        speaker: SpeakerName | None = None,
        about: Range[str, 0, MAX_TYPED] | None = None,
        story: StoryName | None = None,
    ) -> ui.LayoutView:
        """Read what was said, word for word."""
        scope = await scope_of(interaction, story, actor=speaker)
        if scope.unclear:
            return scope.ask("look", "quote", about or "")
        return await _quotes(interaction, scope, about, speaker)

    @app_commands.command()
    @everywhere
    @app_commands.describe(actor="A person, an organisation or a place", story=STORY)
    @sends(respond)
    async def who(self, interaction: Interaction, actor: ActorName, story: StoryName | None = None) -> ui.LayoutView:
        """See what is known about a person or an organisation."""
        _check_name(actor)
        scope = await scope_of(interaction, story, actor=actor)
        return await actor_view(Asker.of_interaction(interaction), actor, scope.story, scope.title)

    @app_commands.command()
    @everywhere
    @app_commands.rename(start="from", end="to")
    @app_commands.describe(
        actor="Only what involves this person or organisation",
        start="For example: October 2017",
        end="For example: 26.10.2017",
        kind="What happened (the default), what was said, what is claimed, or all of it",
        story=STORY,
    )
    @sends(respond)
    async def timeline(
        self,
        interaction: Interaction,
        actor: ActorName | None = None,
        start: Range[str, 0, MAX_TYPED] | None = None,
        end: Range[str, 0, MAX_TYPED] | None = None,
        kind: Literal["events", "quotes", "claims", "all"] | None = None,
        story: StoryName | None = None,
    ) -> ui.LayoutView:
        """See what happened, day by day."""
        scope = await scope_of(interaction, story, actor=actor)
        if scope.unclear:
            return scope.ask("look", "timeline", kind or "events", start or "", end or "")
        return await _timeline(interaction, scope, kind or "events", start, end, actor)

    @app_commands.command()
    @everywhere
    @app_commands.describe(actor="Only who speaks about this person or organisation, and about whom they speak", story=STORY)
    @sends(respond)
    async def network(
        self, interaction: Interaction, actor: ActorName | None = None, story: StoryName | None = None
    ) -> ui.LayoutView:
        """See who speaks about whom, and how often."""
        if actor is not None:
            _check_name(actor)
        scope = await scope_of(interaction, story, actor=actor)
        if scope.unclear:
            return scope.ask("look", "network")
        return await _network(interaction, scope, actor)

    @app_commands.command()
    @everywhere
    @app_commands.describe(story=STORY)
    @sends(respond_privately)
    async def sources(self, interaction: Interaction, story: StoryName | None = None) -> ui.LayoutView:
        """See what all facts rest on."""
        scope = await scope_of(interaction, story)
        return scope.ask("look-alone", "sources") if scope.unclear else await _sources(interaction, scope)


async def _quotes(
    interaction: Interaction, scope: StoryScope, about: str | None = None, speaker: str | None = None
) -> ui.LayoutView:
    """Return what was said about something, or by somebody."""

    def quotes(session: Session) -> tuple[tuple[FactRecord, ...], ActorPage | None]:
        page = session.who(speaker, story=scope.story) if speaker else None
        return session.quotes(speaker, about, story=scope.story), page

    asker = Asker.of_interaction(interaction)
    facts, page = await read_for(interaction, quotes)
    name = page.record.actor.name if page else None
    if facts or page is None or about:
        by = say(" by {speaker}", speaker=name) if name else ""
        title = say("Quotes") + by + (say(" about {topic}", topic=about) if about else "")
        return await list_view(asker, _titled(title, scope), facts, ReplyKind.QUOTES)
    return await list_view(asker, page.record.actor.name, page.spoken, ReplyKind.QUOTES, say(words.NOT_QUOTED))


async def _timeline(
    interaction: Interaction,
    scope: StoryScope,
    kind: str,
    start: str | None = None,
    end: str | None = None,
    actor: str | None = None,
) -> ui.LayoutView:
    """Return what happened, day by day."""
    shown = await read_for(interaction, Session.timeline, actor=actor, start=start, end=end, story=scope.story, kind=kind)
    period = shown.period
    if period and language() != ENGLISH:  # it is worded in English alone, so what was typed is shown instead
        period = f"{start or '…'} – {end or '…'}"
    title = _titled(wording.timeline_title(shown.actor, period), scope)
    return await list_view(Asker.of_interaction(interaction), title, shown.facts, ReplyKind.TIMELINE)


async def _network(interaction: Interaction, scope: StoryScope, actor: str | None = None) -> ui.LayoutView:
    """Return who speaks about whom."""
    network = await read_for(interaction, Session.network, actor=actor, story=scope.story)
    return network_view(network, 0, interaction.user.id, scope)


async def _sources(interaction: Interaction, scope: StoryScope) -> ui.LayoutView:
    """Return what all facts rest on."""
    return await all_sources_view(interaction, 0, interaction.user.id, scope)


_LISTS: Mapping[str, Callable[..., Awaitable[ui.LayoutView]]] = {
    "quote": _quotes,
    "timeline": _timeline,
    "network": _network,
    "sources": _sources,
}
"""What can be listed of a story that somebody had to choose, by the name of the command."""


@route("look", Permission.ANYONE, rf'\["({"|".join(_LISTS)})".*\]', least=1, send=respond)
@route("look-alone", Permission.ANYONE, r'\["sources"\]', least=1, send=respond_privately)
async def look(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """List what was asked for, of the story that was chosen."""
    command, *options = json.loads(given.argument)
    return await _LISTS[command](interaction, await scope_of(interaction, given.values[0]), *options)


def _titled(title: str, scope: StoryScope) -> str:
    """Return the title of a list, with that of its story where there are several."""
    return f"{title} · {scope.title}" if scope.title else title


def _check_name(typed: str) -> None:
    if not any(map(str.isalnum, typed)):
        raise UsageError(say(wording.NO_NAME))


def network_view(network: Network, page: int, owner: int, scope: StoryScope) -> SentView:
    """Return a page of who speaks about whom, the most frequent links first, with a line for each speaker.

    Raises NotKnownError if nobody does.
    """
    title = _titled(wording.network_title(network.actor), scope)
    if not network.links:
        raise NotKnownError(say("{title}: nothing in the facts I have. Leave a field empty to see more.", title=title))
    links, page, pages = page_of(network.links, page, _LINKS)
    about: defaultdict[str, list[str]] = defaultdict(list)
    for link in links:
        about[link.speaker].append(f"{inline(link.subject, _NAME)}{f' {link.count}×' if link.count > 1 else ''}")
    lines = [f"**{inline(speaker, _NAME)}** → {', '.join(subjects)}" for speaker, subjects in about.items()]
    text = "\n".join(filter(None, [f"### {inline(title, 200)}", *lines, words.page_foot(page, pages)]))
    turning = page_buttons("network-page", page, pages, lambda to: f"{to}:{owner}:{network.number}:{scope.number}")
    return panel(text, turning, colour=BLUE)


@route("network-page", Permission.ANYONE, numbers=4)
async def turn_network(interaction: Interaction, page: int, owner: int, actor: int, story: int) -> None:
    """Show another page: in place to whoever asked, and to others in a copy of their own."""

    async def turned(_: bool) -> SentView:
        scope = await scope_of(interaction, number=story)
        network = await read_for(interaction, Session.network, actor=actor or None, story=scope.story)
        return network_view(network, page, owner, scope)

    await show_page(interaction, owner, turned)


@route("timeline-picture", Permission.ANYONE, _TIMELINE, send=respond_privately)
@route("timeline-page", Permission.ANYONE, _TIMELINE, send=replace_message)
async def open_timeline(interaction: Interaction, given: RouteInput) -> SentView:
    """Show a time line that was listed as a picture, for one person alone; another page or other colours in its place."""
    page, theme, key = given.argument.split(":", 2)
    reply = await interaction.client.service.reply(server_of(interaction), key)
    title = reply.title or say("Timeline")

    def draw() -> tuple[Picture, bytes, str]:
        withdrawn = sum(record.retracted for record in reply.facts)
        picture = timeline_picture(title, as_events(reply.facts), page=int(page), theme=theme)
        return picture, picture.png(), words.left_out(withdrawn)

    picture, png, note = await interaction.client.service.run_apart(server_of(interaction), draw)
    return _picture_view(picture, png, theme, key, note)


@route("timeline-overview", Permission.ANYONE, rf"({_THEME}):.*", send=respond_privately)
async def open_overview(interaction: Interaction, given: RouteInput) -> SentView:
    """Show a time line that was listed as a picture of one wide page, for one person alone."""
    theme, key = given.argument.split(":", 1)
    reply = await interaction.client.service.reply(server_of(interaction), key)
    title = reply.title or say("Timeline")

    def draw() -> tuple[Picture, bytes, str]:
        withdrawn = sum(record.retracted for record in reply.facts)
        picture = overview_picture(title, as_events(reply.facts), theme=theme)
        return picture, picture.png(), words.left_out(withdrawn)

    return _shown(*await interaction.client.service.run_apart(server_of(interaction), draw))


def _picture_view(picture: Picture, png: bytes, theme: str, key: str, note: str) -> SentView:
    """Return the picture of a time line with the buttons to its other pages and colours; ``key`` is that of its reply."""
    view = _shown(picture, png, note)
    turning = page_buttons("timeline-page", picture.page, picture.pages, lambda to: f"{to}:{theme}:{key}")
    other = _THEMES[1 - _THEMES.index(theme)]
    named = say(words.LIGHT_PICTURE) if other == "light" else say(words.DARK_PICTURE)
    row = [*turning, RouteButton("timeline-page", f"{picture.page}:{other}:{key}", named)]
    if picture.pages > 1:
        row.append(RouteButton("timeline-overview", f"{theme}:{key}", say(words.OVERVIEW)))
    return view.add_item(ui.ActionRow(*row))


def _shown(picture: Picture, png: bytes, note: str) -> SentView:
    """Return a picture as a message, with a note below it if there is one."""
    view = SentView(timeout=None)
    file = discord.File(io.BytesIO(png), "timeline.png", description=picture.alt)
    view.files = [file]
    # Not in a frame, whose borders would take room from the picture on a phone.
    view.add_item(ui.MediaGallery(discord.MediaGalleryItem(file)))
    if note:
        container: ui.Container[Any] = ui.Container(ui.TextDisplay(note), accent_colour=BLUE)
        view.add_item(container)
    return view
