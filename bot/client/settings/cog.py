"""`/settings`: how the bot behaves in a server, chosen from lists on a page for each topic; each choice is saved at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import discord
from discord import ButtonStyle, ChannelType, SelectDefaultValue, SelectDefaultValueType, app_commands, ui
from discord.ext import commands

from bot.client.bot import Interaction
from bot.client.custom_ids import OtherVersionError
from bot.client.interactions import (
    NUMBER,
    ChannelChoice,
    RoleChoice,
    RouteButton,
    RouteChoice,
    RouteInput,
    read_for,
    route,
    write_for,
)
from bot.client.logbook.aftermath import follow_change
from bot.client.panels import BLUE, MAX_CHOICES, choice_lists, left_out, option, panel
from bot.client.permissions import SERVERS_ONLY, NotAllowedError, Permission, for_moderators, requires, signature_of
from bot.client.sending import replace_message, respond_privately
from bot.client.settings import words
from bot.client.text import inline
from bot.errors import UsageError
from bot.facts.models import StoryInfo
from bot.facts.state.server_settings import ServerSettings
from bot.languages import say
from bot.service.session import Session
from bot.storage import deletion
from bot.storage.deletion_marks import Deletion

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

_MAX_LISTED = 12
_TITLE = 100
CHANNELS = [ChannelType.text, ChannelType.news, ChannelType.forum, ChannelType.voice, ChannelType.public_thread]
WRITABLE = [ChannelType.text, ChannelType.news, ChannelType.public_thread, ChannelType.private_thread]


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


@dataclass(frozen=True, slots=True)
class SettingsState:
    """How a server stands: its settings, its stories, whether the bot may listen, and the server itself with channels and roles.

    ``deletion`` is when everything is to be deleted, ``manages`` whether the viewer may manage the server.
    """

    settings: ServerSettings
    stories: tuple[StoryInfo, ...]
    listens: bool
    guild: discord.Guild
    deletion: Deletion | None
    manages: bool

    def lines(self, *names: str) -> list[str]:
        """Return a line for each of some settings that says how it stands."""
        spoken = set(self.settings.channels.values()) if "channels" in names else ()
        titles = {story.id: inline(story.title, _TITLE) for story in self.stories if story.id in spoken}
        return [words.line(name, self.settings, titles, listens=self.listens) for name in names]


async def state_of(interaction: Interaction) -> SettingsState:
    """Return how the server of an interaction stands. Raises NotAllowedError if the bot is no member of it."""
    bot, server = interaction.client, interaction.guild_id
    guild = bot.get_guild(server or 0)
    if guild is None:
        raise NotAllowedError(say(SERVERS_ONLY))
    settings, stories = await read_for(interaction, lambda session: (session.settings(), session.stories()))
    planned = await bot.service.run_in_thread(deletion.planned, bot.service.settings, guild.id)
    manages = interaction.permissions.manage_guild
    return SettingsState(settings, stories, bot.service.settings.listening, guild, planned, manages)


async def _overview(interaction: Interaction) -> ui.LayoutView:
    """Return the panel that says how things stand, with a list of what can be changed."""
    state = await state_of(interaction)
    pages = [option(say(about[0]), name, say(about[1])) for name, about in words.PAGES.items()]
    lines = "\n".join([say(words.TITLE), *state.lines(*words.NAMES)])
    choice = RouteChoice("settings-open", placeholder=say("What do you want to change?"), options=pages)
    return panel([[lines, words.planned_deletion(state.deletion)]], [choice], colour=BLUE)


def page(name: str, state: SettingsState, *, note: str = "", story: int | None = None) -> ui.LayoutView:
    """Return a page of settings; ``note`` stands below it, ``story`` is the index of the story whose channels are chosen."""
    texts, lists = _PAGES[name](state, story)
    texts = [f"### {say(words.PAGES[name][0])}\n{texts[0]}", *texts[1:], note]
    return panel([texts], *([items] for items in lists), [RouteButton("settings", "", say(words.BACK))], colour=BLUE)


_Page: TypeAlias = tuple[list[str], Sequence[ui.Item[Any]]]
"""The texts of a page, and the lists and buttons below them."""


def _stories(state: SettingsState, story: int | None) -> _Page:
    if len(state.stories) < 2:
        return [say(words.ONE_STORY)], []
    channels: dict[str, list[str]] = {}
    for channel, story_id in state.settings.channels.items():
        channels.setdefault(story_id, []).append(channel)
    lines = [words.story_line(inline(info.title, _TITLE), channels.get(info.id, ())) for info in state.stories[:_MAX_LISTED]]
    options = [option(info.title, index, default=index == story) for index, info in enumerate(state.stories)]
    rows = choice_lists("settings-story", "", options, say("Choose a story"))
    lists: list[ui.Item[Any]] = [choice for row in rows for choice in row]
    if story is not None:
        now = map(int, channels.get(state.stories[story].id, ()))
        placeholder = say("Channels that speak of it alone")
        lists.append(channel_list("settings-story-channels", story, placeholder, now, state, CHANNELS))
    return [say(words.STORIES_HELP), "\n".join([*lines, left_out(options)])], lists


def _listening(state: SettingsState, _: int | None) -> _Page:
    now = state.settings.listening
    off = [] if state.listens else [say(words.LISTENING_OFF)]
    texts = [say(words.LISTENING_HELP), *off, *state.lines("listening")]
    return texts, [channel_list("settings-channels", "listening", say("Channels in which I listen"), now, state, CHANNELS)]


def _posts(state: SettingsState, _: int | None) -> _Page:
    lists = []
    lacking = []
    for name, placeholder in (("review_channel", say("Review channel")), ("log_channel", say("Log channel"))):
        channel = getattr(state.settings, name)
        now = [] if channel is None else [channel]
        lists.append(channel_list("settings-channels", name, placeholder, now, state, WRITABLE, most=1))
        if channel is not None and not may_write(state.guild, channel):
            lacking.append(say(words.CANNOT_WRITE, channel=f"<#{channel}>"))
    lines = [*state.lines("review_channel", "log_channel"), *dict.fromkeys(lacking)]
    return [say(words.POSTS_HELP), "\n".join(lines)], lists


def may_write(guild: discord.Guild, channel: int) -> bool:
    """Return whether the bot can write in a channel, as far as discord.py's cache shows."""
    target = guild.get_channel_or_thread(channel)
    if target is None or guild.me is None:
        return target is not None
    may = target.permissions_for(guild.me)
    return may.view_channel and (may.send_messages_in_threads if isinstance(target, discord.Thread) else may.send_messages)


def _moderators(state: SettingsState, _: int | None) -> _Page:
    texts = [say(words.MODERATORS_HELP), "\n".join(state.lines("moderator_roles", "two_moderators"))]
    return texts, [role_list("settings-roles", "", state), _option_list("settings-two", "two_moderators", state)]


def _of_options(state: SettingsState, help_: str, *names: str) -> _Page:
    """Return a page of settings that are chosen from their options."""
    return [help_, "\n".join(state.lines(*names))], [_option_list("settings-set", name, state) for name in names]


def _data(state: SettingsState, _: int | None) -> _Page:
    texts = [say(words.DATA_HELP), words.planned_deletion(state.deletion)]
    if not state.manages:
        return [*texts, say(words.DATA_MANAGERS)], []
    if state.deletion is not None:
        return texts, [RouteButton("erase-undo", "", say(words.KEEP_EVERYTHING), style=ButtonStyle.primary)]
    return texts, [RouteButton("erase", "", say(words.DELETE_EVERYTHING), style=ButtonStyle.danger)]


_PAGES: Mapping[str, Callable[[SettingsState, int | None], _Page]] = {
    "stories": _stories,
    "listening": _listening,
    "posts": _posts,
    "moderators": _moderators,
    "answers": lambda state, _: _of_options(state, say(words.ANSWERS_HELP), "sureness", "only_reviewed", "language"),
    "articles": lambda state, _: _of_options(state, say(words.ARTICLES_HELP), "read_feeds", "reread_articles"),
    "limits": lambda state, _: _of_options(
        state, say(words.LIMITS_HELP), "question_days", "correction_days", "suggestions_a_day", "timezone"
    ),
    "data": _data,
}


def _option_list(route: str, name: str, state: SettingsState) -> RouteChoice:
    now = getattr(state.settings, name)
    options = [
        option(shown, index, about, default=value == now) for index, (value, shown, about) in enumerate(words.options(name))
    ]
    return RouteChoice(route, name, placeholder=say(words.LISTED_SETTINGS[name]), options=options)


def role_list(route: str, argument: object, state: SettingsState) -> RoleChoice:
    """Return the list of roles in which those of the moderators that are still there are marked."""
    there = [role for role in state.settings.moderator_roles if state.guild.get_role(role)]
    default = [SelectDefaultValue(id=role, type=SelectDefaultValueType.role) for role in there[:MAX_CHOICES]]
    return RoleChoice(
        route, argument, placeholder=say(words.CHOOSE_ROLES), min_values=0, max_values=MAX_CHOICES, default_values=default
    )


def channel_list(
    route: str,
    argument: object,
    placeholder: str,
    now: Iterable[int],
    state: SettingsState,
    types: list[ChannelType],
    *,
    most: int = MAX_CHOICES,
    least: int = 0,
) -> ChannelChoice:
    """Return a list of channels in which those that are chosen, and still there, are marked."""
    there = [channel for channel in now if state.guild.get_channel_or_thread(channel)]
    default = [SelectDefaultValue(id=channel, type=SelectDefaultValueType.channel) for channel in there[:most]]
    return ChannelChoice(
        route, argument, placeholder=placeholder, min_values=least, max_values=most, default_values=default, channel_types=types
    )
