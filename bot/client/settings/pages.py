"""The pages of `/settings`: what each says of how the server stands, and the lists and buttons below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import discord
from discord import ButtonStyle, ChannelType, SelectDefaultValue, SelectDefaultValueType, ui

from bot.client.bot import Interaction
from bot.client.interactions import (
    ChannelChoice,
    RoleChoice,
    RouteButton,
    RouteChoice,
    read_for,
)
from bot.client.panels import BLUE, MAX_CHOICES, choice_lists, left_out, option, panel
from bot.client.permissions import SERVERS_ONLY, NotAllowedError
from bot.client.settings import words
from bot.client.sites import words as site_words
from bot.client.text import inline
from bot.facts.models import StoryInfo
from bot.facts.state.server_settings import ServerSettings
from bot.languages import say
from bot.storage import deletion
from bot.storage.deletion_marks import Deletion

_MAX_LISTED = 12
_TITLE = 100
CHANNELS = [ChannelType.text, ChannelType.news, ChannelType.forum, ChannelType.voice, ChannelType.public_thread]
WRITABLE = [ChannelType.text, ChannelType.news, ChannelType.public_thread, ChannelType.private_thread]


@dataclass(frozen=True, slots=True)
class SettingsState:
    """How a server stands: its settings, its stories, whether the bot may listen, and the server itself with channels and roles.

    ``deletion`` is when everything is to be deleted, ``manages`` whether the viewer may manage the server. ``addresses`` are
    those of the stories' sites, in the order of the stories, () where no sites are written.
    """

    settings: ServerSettings
    stories: tuple[StoryInfo, ...]
    listens: bool
    guild: discord.Guild
    deletion: Deletion | None
    manages: bool
    addresses: tuple[str, ...]

    def lines(self, *names: str) -> list[str]:
        """Return a line for each of some settings that says how it stands."""
        spoken = set(self.settings.channels.values()) if "channels" in names else set()
        spoken |= set(self.settings.published_stories) if "published_stories" in names else set()
        titles = {story.id: inline(story.title, _TITLE) for story in self.stories if story.id in spoken}
        return [words.line(name, self.settings, titles, listens=self.listens) for name in names]


async def state_of(interaction: Interaction) -> SettingsState:
    """Return how the server of an interaction stands. Raises NotAllowedError if the bot is no member of it."""
    bot, server = interaction.client, interaction.guild_id
    guild = bot.get_guild(server or 0)
    if guild is None:
        raise NotAllowedError(say(SERVERS_ONLY))
    settings, stories, addresses = await read_for(
        interaction, lambda session: (session.settings(), session.stories(), session.sites.addresses())
    )
    planned = await bot.service.run_in_thread(deletion.planned, bot.service.settings, guild.id)
    manages = interaction.permissions.manage_guild
    return SettingsState(settings, stories, bot.service.settings.listening, guild, planned, manages, addresses)


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


def _web(state: SettingsState, story: int | None) -> _Page:
    if not state.addresses or not state.stories:
        return [say(site_words.HELP), say(site_words.NO_STORIES if state.addresses else site_words.NOT_WRITTEN)], []
    texts = [say(site_words.HELP), "\n".join(state.lines("published_stories"))]
    chosen = 0 if len(state.stories) == 1 else story
    options = [option(info.title, index, default=index == chosen) for index, info in enumerate(state.stories)]
    rows = choice_lists("settings-web", "", options, say("Choose a story")) if len(options) > 1 else []
    items: list[ui.Item[Any]] = [choice for row in rows for choice in row]
    if chosen is not None:
        info, on = state.stories[chosen], state.stories[chosen].id in state.settings.published_stories
        title, address = inline(info.title, _TITLE), f"<{state.addresses[chosen]}>"
        texts.append(say(site_words.IS_ON if on else site_words.IS_OFF, story=title, address=address))
        style = ButtonStyle.danger if on else ButtonStyle.primary
        text = say(site_words.TAKE_OFF if on else site_words.PUT_ON)
        items.append(RouteButton("settings-publish", f"{int(not on)}:{chosen}", text, style=style))
    return [*texts, left_out(options)], items


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
    "web": _web,
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
