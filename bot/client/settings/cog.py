"""`/settings`: how the bot behaves in a server, chosen from lists on a page for each topic; each choice is saved at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from discord import app_commands, ui
from discord.ext import commands

from bot.client.bot import Interaction
from bot.client.custom_ids import OtherVersionError
from bot.client.interactions import (
    NUMBER,
    RouteChoice,
    RouteInput,
    read_for,
    route,
    write_for,
)
from bot.client.logbook.aftermath import follow_change
from bot.client.panels import BLUE, option, panel
from bot.client.permissions import Permission, for_moderators, requires, signature_of
from bot.client.sending import replace_message, respond_privately
from bot.client.settings import words
from bot.client.settings.pages import SettingsState, page, state_of
from bot.errors import UsageError
from bot.facts.state.server_settings import ServerSettings
from bot.languages import say
from bot.service.session import Session

_PAGE_OF = {
    "listening": "listening",
    "review_channel": "posts",
    "log_channel": "posts",
    "sureness": "answers",
    "only_reviewed": "answers",
    "language": "answers",
    "read_feeds": "articles",
    "reread_articles": "articles",
    "question_days": "limits",
    "correction_days": "limits",
    "suggestions_a_day": "limits",
    "timezone": "limits",
}
"""The page on which a setting of moderators is chosen."""


class SettingCommands(commands.Cog):
    """Lets moderators choose how the bot behaves in their server."""

    @app_commands.command(name="settings")
    @for_moderators
    @requires(Permission.MODERATOR)
    async def settings(self, interaction: Interaction) -> None:
        """See and change how I behave in this server."""
        await respond_privately(interaction, _overview(interaction))


@route("settings", Permission.MODERATOR, send=replace_message)
async def _back(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Go back to the overview of all settings."""
    return await _overview(interaction)


@route("settings-open", Permission.MODERATOR, choice="|".join(words.PAGES), least=1, send=replace_message)
async def _open(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Open the page that was chosen."""
    return page(given.values[0], await state_of(interaction))


@route("settings-set", Permission.MODERATOR, "|".join(_PAGE_OF), choice=NUMBER, least=1, send=replace_message)
@route("settings-two", Permission.MANAGER, "two_moderators", choice=NUMBER, least=1, send=replace_message)
async def _set(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Save a setting that is chosen from its options.

    Whether two moderators must agree on facts about persons is a rule for moderators, so only managers may change it.
    """
    options, index = words.options(given.argument), int(given.values[0])
    if index >= len(options):
        raise OtherVersionError
    return await _save(interaction, lambda _: {given.argument: options[index][0]}, _PAGE_OF.get(given.argument, "moderators"))


@route("settings-channels", Permission.MODERATOR, "|".join(_PAGE_OF), choice=NUMBER, send=replace_message)
async def _set_channels(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Set where the bot listens, or the one channel for reviews or the log."""
    channels = tuple(map(int, given.values))
    value: object = channels if given.argument == "listening" else (channels[0] if channels else None)
    return await _save(interaction, lambda _: {given.argument: value}, _PAGE_OF[given.argument])


@route("settings-roles", Permission.MANAGER, choice=NUMBER, send=replace_message)
async def _set_roles(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Set the roles of the moderators."""
    roles = chosen_roles(interaction, given)
    return await _save(interaction, lambda _: {"moderator_roles": roles}, "moderators")


def chosen_roles(interaction: Interaction, given: RouteInput) -> tuple[int, ...]:
    """Return the roles that were chosen in a list. Raises UsageError for @everyone, which no member is said to have."""
    roles = tuple(map(int, given.values))
    if interaction.guild_id in roles:
        raise UsageError(say(words.NOT_EVERYONE))
    return roles


@route("settings-story", Permission.MODERATOR, choice=NUMBER, least=1, send=replace_message)
async def _choose_story(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Show the channels of a story, which is chosen by its index."""
    index, state = int(given.values[0]), await state_of(interaction)
    if index >= len(state.stories):
        raise OtherVersionError
    return page("stories", state, story=index)


@route("settings-story-channels", Permission.MODERATOR, NUMBER, choice=NUMBER, send=replace_message)
async def _set_story_channels(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Set which channels speak of a story alone."""
    index, stories = int(given.argument), await read_for(interaction, Session.stories)
    if index >= len(stories):
        raise OtherVersionError

    def choose(now: ServerSettings) -> Mapping[str, Any]:
        others = {channel: story for channel, story in now.channels.items() if story != stories[index].id}
        return {"channels": others | dict.fromkeys(given.values, stories[index].id)}

    return await _save(interaction, choose, "stories", story=index)


@route("settings-web", Permission.MODERATOR, choice=NUMBER, least=1, send=replace_message)
async def _choose_for_web(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Show whether a story, which is chosen by its index, is on the web."""
    index, state = int(given.values[0]), await state_of(interaction)
    if index >= len(state.stories):
        raise OtherVersionError
    return page("web", state, story=index)


@route("settings-publish", Permission.MODERATOR, rf"[01]:{NUMBER}", send=replace_message)
async def _publish(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Put a story, given by its index, on the web, or take it off."""
    on, index = map(int, given.argument.split(":"))
    stories = await read_for(interaction, Session.stories)
    if index >= len(stories):
        raise OtherVersionError
    story = stories[index].id

    def choose(now: ServerSettings) -> Mapping[str, Any]:
        others = tuple(other for other in now.published_stories if other != story)
        return {"published_stories": (*others, story) if on else others}

    return await _save(interaction, choose, "web", story=index)


async def _save(
    interaction: Interaction, choose: Callable[[ServerSettings], Mapping[str, Any]], shown: str, *, story: int | None = None
) -> ui.LayoutView:
    """Save a choice as `save_choice` does, and return the page as it stands now."""
    state, note = await save_choice(interaction, choose)
    return page(shown, state, note=note, story=story)


async def save_choice(
    interaction: Interaction, choose: Callable[[ServerSettings], Mapping[str, Any]]
) -> tuple[SettingsState, str]:
    """Save a choice and tell the log channel; return how the server stands now, and the note that says what was saved.

    ``choose`` returns the new values from the current ones. It is called more than once and must not depend on anything else.
    """
    bot, server = interaction.client, interaction.guild_id
    before, after = await write_for(interaction, Session.change_settings, signature_of(interaction), choose)
    state = await state_of(interaction)
    new = [name for name in choose(after) if getattr(before, name) != getattr(after, name)]
    if "language" in new:
        await bot.speak_language_of(server)
    if new:
        bot.dispatch("settings_changed", server)
        follow_change(bot, server)
    return state, say(words.SAVED if new else words.SAME)


async def _overview(interaction: Interaction) -> ui.LayoutView:
    """Return the panel that says how things stand, with a list of what can be changed."""
    state = await state_of(interaction)
    pages = [option(say(about[0]), name, say(about[1])) for name, about in words.PAGES.items()]
    lines = "\n".join([say(words.TITLE), *state.lines(*words.NAMES)])
    choice = RouteChoice("settings-open", placeholder=say("What do you want to change?"), options=pages)
    return panel([[lines, words.planned_deletion(state.deletion)]], [choice], colour=BLUE)
