"""`/settings`: how the bot behaves in a server, chosen from lists; each choice is saved at once and logged.

Deleting everything of a server begins here too: typed to confirm, the stories delivered first, planned only then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.client.bot import Interaction
from bot.client.interactions import NUMBER, Form, RouteButton, RouteInput, route, run_to_end
from bot.client.log.aftermath import ChangeResult, follow_change, make_change
from bot.client.messages import OtherVersionError
from bot.client.panels import AMBER, BLUE, MOST_SENT, attach, panel
from bot.client.permissions import SERVERS_ONLY, NotAllowedError, Permission, in_servers, note_of, requires
from bot.client.sending import defer, replace_message, respond_privately, send_form
from bot.client.settings import words
from bot.client.settings.views import SettingsState, overview, page
from bot.errors import UsageError
from bot.facts.state.server_settings import ServerSettings
from bot.presentation.languages import say
from bot.service.session import Session
from bot.storage import deletion

Choose = Callable[[ServerSettings], Mapping[str, Any]]

_PAGE_OF = {
    "listening": "listening",
    "review_channel": "posts",
    "log_channel": "posts",
    "sureness": "answers",
    "language": "answers",
    "question_days": "limits",
    "correction_days": "limits",
    "suggestions_a_day": "limits",
}

_FIELD = "word"


class SettingCommands(commands.Cog):
    """Lets moderators choose how the bot behaves in their server."""

    @app_commands.command(name="settings")
    @in_servers
    @requires(Permission.MODERATOR)
    async def settings(self, interaction: Interaction) -> None:
        """See and change how I behave in this server."""
        await respond_privately(interaction, _overview(interaction))


@route("settings", Permission.MODERATOR, send=replace_message)
async def _back(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Go back to how all settings stand."""
    return await _overview(interaction)


@route("settings-open", Permission.MODERATOR, choice="|".join(words.PAGES), least=1, send=replace_message)
async def _open(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Open the page that was chosen."""
    return page(given.values[0], await _standing(interaction))


@route("settings-set", Permission.MODERATOR, "|".join(_PAGE_OF), choice=NUMBER, least=1, send=replace_message)
async def _set(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Set a setting that is chosen from its options."""
    return await _choose_option(interaction, given.argument, given, _PAGE_OF[given.argument])


@route("settings-two", Permission.MANAGER, choice=NUMBER, least=1, send=replace_message)
async def _set_two(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Say whether two moderators must agree on facts about persons: a rule for moderators is not theirs to lift."""
    return await _choose_option(interaction, "two_moderators", given, "moderators")


@route("settings-channels", Permission.MODERATOR, "|".join(_PAGE_OF), choice=NUMBER, send=replace_message)
async def _set_channels(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Set where the bot listens, or the one channel for reviews or the log."""
    channels = tuple(map(int, given.values))
    value: object = channels if given.argument == "listening" else (channels[0] if channels else None)
    return await _save(interaction, lambda _: {given.argument: value}, _PAGE_OF[given.argument])


@route("settings-roles", Permission.MANAGER, choice=NUMBER, send=replace_message)
async def _set_roles(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Set the roles of those who keep the facts."""
    roles = tuple(map(int, given.values))
    return await _save(interaction, lambda _: {"moderator_roles": roles}, "moderators")


@route("settings-story", Permission.MODERATOR, choice=NUMBER, least=1, send=replace_message)
async def _choose_story(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Show the channels of a story."""
    place, _ = await _story_at(interaction, int(given.values[0]))
    return page("stories", await _standing(interaction), story=place)


@route("settings-story-channels", Permission.MODERATOR, NUMBER, choice=NUMBER, send=replace_message)
async def _set_story_channels(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Set which channels speak of a story alone."""
    place, story = await _story_at(interaction, int(given.argument))

    def choose(now: ServerSettings) -> Mapping[str, Any]:
        others = {channel: each for channel, each in now.channels.items() if each != story}
        return {"channels": others | dict.fromkeys(given.values, story)}

    return await _save(interaction, choose, "stories", story=place)


@route("erase-undo", Permission.MANAGER, send=make_change)
async def _keep(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Take a planned deletion of everything back."""
    service = interaction.client.service
    if await service.run_in_thread(deletion.cancel, service.settings, interaction.guild_id or 0):
        await _log(interaction, "keep", "everything")
    return ChangeResult(page("data", await _standing(interaction), note=say(words.KEPT)))


async def _story_at(interaction: Interaction, place: int) -> tuple[int, str]:
    """Return the place of a story and its id. Raises OtherVersionError where there are not so many."""
    stories = await run_to_end(interaction, Session.stories)
    if place >= len(stories):
        raise OtherVersionError
    return place, stories[place].id


async def _choose_option(interaction: Interaction, name: str, given: RouteInput, shown: str) -> ui.LayoutView:
    options, place = words.options(name), int(given.values[0])
    if place >= len(options):
        raise OtherVersionError
    return await _save(interaction, lambda _: {name: options[place][0]}, shown)


async def _save(interaction: Interaction, choose: Choose, shown: str, *, story: int | None = None) -> ui.LayoutView:
    """Save a choice, tell the log channel, and return the page as it stands now."""
    bot, server = interaction.client, interaction.guild_id
    before, after = await run_to_end(interaction, Session.change_settings, note_of(interaction), choose)
    standing = await _standing(interaction)
    new = [name for name in choose(after) if getattr(before, name) != getattr(after, name)]
    if "language" in new:
        await bot.speak_language_of(server)
    if new:
        bot.dispatch("settings_changed", server)
        await follow_change(bot, server)
    return page(shown, standing, note=say(words.SAVED if new else words.SAME), story=story)


async def _overview(interaction: Interaction) -> ui.LayoutView:
    return overview(await _standing(interaction))


async def _standing(interaction: Interaction) -> SettingsState:
    bot, server = interaction.client, interaction.guild_id
    guild = bot.get_guild(server or 0)
    if guild is None:
        raise NotAllowedError(say(SERVERS_ONLY))
    settings, stories = await run_to_end(interaction, Session.settings), await run_to_end(interaction, Session.stories)
    planned = await bot.service.run_in_thread(deletion.planned, bot.service.settings, guild.id)
    manages = interaction.permissions.manage_guild
    return SettingsState(settings, stories, bot.service.settings.listening, guild, planned, manages)


@route("erase", Permission.MANAGER)
async def _ask(interaction: Interaction, given: RouteInput) -> None:
    """Ask for the word that confirms."""
    typed: ui.TextInput[Any] = ui.TextInput(custom_id=_FIELD, placeholder=words.DELETION_WORD, max_length=40)
    field: ui.Label[Any] = ui.Label(text=say(words.DELETION_FIELD), description=say(words.DELETION_FIELD_HELP), component=typed)
    await send_form(interaction, Form("erase-sure", "", say(words.DELETION_TITLE), [field]))


@route("erase-sure", Permission.MANAGER)
async def _plan(interaction: Interaction, given: RouteInput) -> None:
    """Hand out the stories; once they are delivered, plan the deletion. Raises UsageError where it was not confirmed."""
    if given.text(_FIELD).strip().casefold() != words.DELETION_WORD.casefold():
        raise UsageError(say(words.NOT_TYPED))
    bot, server = interaction.client, interaction.guild_id or 0
    await defer(interaction)
    for name, content in await run_to_end(interaction, lambda session: session.files.bundle(MOST_SENT)):
        view = attach(panel(say(words.STORIES_FILE), colour=BLUE), (name, content))
        await interaction.followup.send(view=view, files=view.files, ephemeral=True, wait=True)
    planned = await bot.service.run_in_thread(deletion.plan, bot.service.settings, server, left=False)
    await _log(interaction, "delete", planned.due.isoformat())
    await follow_change(bot, server)
    undo = RouteButton("erase-undo", "", say(words.KEEP_EVERYTHING), style=discord.ButtonStyle.primary)
    await interaction.followup.send(view=panel(words.deletion_done(planned), [undo], colour=AMBER), ephemeral=True, wait=True)


async def _log(interaction: Interaction, action: str, what: str) -> None:
    signed = note_of(interaction)
    await run_to_end(interaction, lambda session: session.logbook.note(signed, action, what))
