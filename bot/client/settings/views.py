"""The panels of `/settings`: how things stand, and a page of lists for each topic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.client.interactions import ChannelChoice, RoleChoice, RouteButton, RouteChoice
from bot.client.panels import BLUE, MOST_CHOICES, option, panel
from bot.client.settings import words
from bot.client.text import inline
from bot.facts.models import StoryInfo
from bot.facts.state.server_settings import ServerSettings
from bot.presentation.languages import say
from bot.storage.deletion_marks import Deletion

_MOST_LISTED = 12
_TITLE = 100
_CHANNELS = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.voice,
    discord.ChannelType.public_thread,
]
_WRITABLE = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
]


@dataclass(frozen=True, slots=True)
class SettingsState:
    """How a server stands: its settings, its stories, whether the bot may listen, and the channels and roles that it has.

    ``deletion`` is when everything is to be deleted, ``manages`` whether whoever looks may manage the server.
    """

    settings: ServerSettings
    stories: tuple[StoryInfo, ...]
    listens: bool
    guild: discord.Guild
    deletion: Deletion | None = None
    manages: bool = False

    @property
    def titles(self) -> dict[str, str]:
        """The titles of the stories by id, fit to be shown."""
        return {story.id: inline(story.title, _TITLE) for story in self.stories}

    def lines(self, *names: str) -> list[str]:
        """Say how some settings stand, a line each."""
        return [words.line(name, self.settings, self.titles, listens=self.listens) for name in names]


def overview(standing: SettingsState) -> ui.LayoutView:
    """Return the panel that says how things stand, with a list of what can be changed."""
    pages = [option(say(words.PAGES[page][0]), page, say(words.PAGES[page][1])) for page in words.PAGES]
    texts = ["\n".join([say(words.TITLE), *standing.lines(*words.NAMES)]), *_planned(standing)]
    return panel([texts], [RouteChoice("settings-open", placeholder=say(words.CHANGE), options=pages)], colour=BLUE)


def page(name: str, standing: SettingsState, *, note: str = "", story: int | None = None) -> ui.LayoutView:
    """Return a page of settings; ``note`` stands below it, ``story`` is the place of the story whose channels are chosen."""
    texts, lists = _PAGES[name](standing, story)
    texts = [f"### {say(words.PAGES[name][0])}\n{texts[0]}", *texts[1:], note]
    return panel([texts], *([each] for each in lists), [RouteButton("settings", "", say(words.BACK))], colour=BLUE)


_Page = tuple[list[str], Sequence[ui.Item[Any]]]


def _stories(standing: SettingsState, story: int | None) -> _Page:
    if len(standing.stories) < 2:
        return [say(words.ONE_STORY)], []
    lines = [
        words.story_line(standing.titles[info.id], _channels_of(standing.settings.channels, info.id))
        for info in standing.stories[:_MOST_LISTED]
    ]
    options = [option(info.title, place, default=place == story) for place, info in enumerate(standing.stories[:MOST_CHOICES])]
    lists: list[ui.Item[Any]] = [RouteChoice("settings-story", placeholder=say(words.CHOOSE_STORY), options=options)]
    if story is not None:
        now = _channels_of(standing.settings.channels, standing.stories[story].id)
        placeholder = say(words.CHOOSE_STORY_CHANNELS)
        lists.append(_channel_list("settings-story-channels", story, placeholder, map(int, now), standing, _CHANNELS))
    return [say(words.STORIES_HELP), "\n".join(lines)], lists


def _listening(standing: SettingsState, _: int | None) -> _Page:
    now = standing.settings.listening
    off = [] if standing.listens else [say(words.LISTENING_OFF)]
    texts = [say(words.LISTENING_HELP), *off, *standing.lines("listening")]
    return texts, [_channel_list("settings-channels", "listening", say(words.CHOOSE_LISTENING), now, standing, _CHANNELS)]


def _posts(standing: SettingsState, _: int | None) -> _Page:
    lists = []
    lacking = []
    channels = (("review_channel", say(words.CHOOSE_REVIEW)), ("log_channel", say(words.CHOOSE_LOG)))
    for name, placeholder in channels:
        channel = getattr(standing.settings, name)
        now = [] if channel is None else [channel]
        lists.append(_channel_list("settings-channels", name, placeholder, now, standing, _WRITABLE, most=1))
        if channel is not None and not _may_write(standing.guild, channel):
            lacking.append(say(words.CANNOT_WRITE, channel=f"<#{channel}>"))
    lines = [*standing.lines("review_channel", "log_channel"), *dict.fromkeys(lacking)]
    return [say(words.POSTS_HELP), "\n".join(lines)], lists


def _moderators(standing: SettingsState, _: int | None) -> _Page:
    there = [role for role in standing.settings.moderator_roles if standing.guild.get_role(role)]
    default = [discord.SelectDefaultValue(id=role, type=discord.SelectDefaultValueType.role) for role in there[:MOST_CHOICES]]
    roles = RoleChoice(
        "settings-roles",
        placeholder=say(words.CHOOSE_ROLES),
        min_values=0,
        max_values=MOST_CHOICES,
        default_values=default,
    )
    lines = standing.lines("moderator_roles", "two_moderators")
    return [say(words.MODERATORS_HELP), "\n".join(lines)], [roles, _options("settings-two", "two_moderators", standing)]


def _answers(standing: SettingsState, _: int | None) -> _Page:
    return _chosen(standing, say(words.ANSWERS_HELP), "sureness", "language")


def _limits(standing: SettingsState, _: int | None) -> _Page:
    return _chosen(standing, say(words.LIMITS_HELP), "question_days", "correction_days", "suggestions_a_day")


def _chosen(standing: SettingsState, help_: str, *names: str) -> _Page:
    """Return a page of settings that are chosen from their options."""
    return [help_, "\n".join(standing.lines(*names))], [_options("settings-set", name, standing) for name in names]


def _data(standing: SettingsState, _: int | None) -> _Page:
    texts = [say(words.DATA_HELP), *_planned(standing)]
    if not standing.manages:
        return [*texts, say(words.DATA_MANAGERS)], []
    if standing.deletion is not None:
        return texts, [RouteButton("erase-undo", "", say(words.KEEP_EVERYTHING), style=discord.ButtonStyle.primary)]
    return texts, [RouteButton("erase", "", say(words.DELETE_EVERYTHING), style=discord.ButtonStyle.danger)]


def _planned(standing: SettingsState) -> list[str]:
    return [words.planned_deletion(standing.deletion)] if standing.deletion is not None else []


_PAGES = {
    "stories": _stories,
    "listening": _listening,
    "posts": _posts,
    "moderators": _moderators,
    "answers": _answers,
    "limits": _limits,
    "data": _data,
}


def _options(route: str, name: str, standing: SettingsState) -> RouteChoice:
    now = getattr(standing.settings, name)
    options = [
        option(shown, place, about, default=value == now) for place, (value, shown, about) in enumerate(words.options(name))
    ]
    return RouteChoice(route, name, placeholder=say(words.LISTED_SETTINGS[name]), options=options)


def _channel_list(
    route: str,
    argument: object,
    placeholder: str,
    now: Iterable[int],
    standing: SettingsState,
    types: list[discord.ChannelType],
    *,
    most: int = MOST_CHOICES,
) -> ChannelChoice:
    """Return a list of channels in which those that are chosen, and still there, are marked."""
    there = [channel for channel in now if standing.guild.get_channel_or_thread(channel)]
    default = [discord.SelectDefaultValue(id=channel, type=discord.SelectDefaultValueType.channel) for channel in there[:most]]
    return ChannelChoice(
        route,
        argument,
        placeholder=placeholder,
        min_values=0,
        max_values=most,
        default_values=default,
        channel_types=types,
    )


def _channels_of(channels: Mapping[str, str], story: str) -> list[str]:
    return [channel for channel, each in channels.items() if each == story]


def _may_write(guild: discord.Guild, channel: int) -> bool:
    """Return whether the bot can write in a channel, as far as can be known from here."""
    found = guild.get_channel_or_thread(channel)
    if found is None or guild.me is None:
        return found is not None
    may = found.permissions_for(guild.me)
    return may.view_channel and (may.send_messages_in_threads if isinstance(found, discord.Thread) else may.send_messages)
