"""The pages of `/setup`: a question each with what is set now, and at the end what is set, with questions to try."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from discord import ButtonStyle, ui

from bot.client.interactions import RouteButton, RouteChoice
from bot.client.panels import BLUE, CHOICE_LENGTH, GREEN, choice_lists, left_out, option, panel
from bot.client.permissions import MANAGERS_ONLY
from bot.client.sending import SentView
from bot.client.settings import words as settings_words
from bot.client.settings.pages import WRITABLE, SettingsState, channel_list, may_write, role_list
from bot.client.setup import words
from bot.client.text import inline
from bot.client.words import NEXT
from bot.facts.models import StoryInfo
from bot.languages import say

CHANNEL, STORY, MODERATORS, LISTENING, DONE = range(1, 6)
"""The steps, and the page behind them."""

HERE, SHIPPED, ALL = "=", "+", "*"
"""What a choice of the list of stories begins with: a story of the server, one to be added, or no story of its own."""

_TITLE, _QUESTION = 100, 150


@dataclass(frozen=True, slots=True)
class SetupState:
    """How a server stands, the channel that is being set up, and the stories that can be added to it."""

    server: SettingsState
    channel: int
    addable: Sequence[StoryInfo] = ()

    @property
    def story(self) -> str | None:
        """The story of the channel; None: all stories."""
        return self.server.settings.story_of(self.channel)

    @property
    def channel_name(self) -> str:
        """The name of the channel; "" if it is not there."""
        channel = self.server.guild.get_channel_or_thread(self.channel)
        return channel.name if channel else ""


def step_page(step: int, state: SetupState, note: str = "", *, own: bool = False) -> SentView:
    """Return the page of a step; the ``note`` below it says what was saved. ``own``: how to bring a story of one's own."""
    texts, lists = _STEPS[step](state)
    if own:
        texts.append(say(words.OWN_STORY_HELP))
    head = f"### {say(words.STEPS[step])}\n{say(words.STEP, number=step, all=len(words.STEPS))}"
    buttons = [_step_button(step - 1, state, say(words.BACK))] if step > CHANNEL else []
    if step == STORY:
        buttons.append(RouteButton("setup-own", state.channel, say(words.OWN_STORY), disabled=own))
    go_on = say(NEXT if note else words.SKIP)
    buttons.append(_step_button(step + 1, state, go_on, ButtonStyle.primary if note else ButtonStyle.secondary))
    return panel([[head, *texts, note]], *([item] for item in lists), buttons, colour=BLUE)


def done_page(state: SetupState, questions: Sequence[str], mention: str, note: str = "") -> SentView:
    """Return the last page: what is set, and questions to try, of which the first can be posted as an example."""
    lines = [say(words.DONE), *state.server.lines("channels", "moderator_roles", "listening")]
    tried = [f"-# {mention} {inline(question, _QUESTION)}" for question in questions]
    asked = "\n".join([say(words.TRY), *tried]) if tried else say(words.NOTHING_TO_TRY)
    buttons = [_step_button(LISTENING, state, say(words.BACK))]
    if questions and not note and state.channel_name:
        text = say(words.POST, channel=state.channel_name)
        buttons.append(RouteButton("setup-example", state.channel, text, style=ButtonStyle.primary))
    return panel(["\n".join(lines), asked, [note, say(words.CHANGE_LATER)]], buttons, colour=GREEN)


def _step_button(step: int, state: SetupState, text: str, style: ButtonStyle = ButtonStyle.secondary) -> RouteButton:
    return RouteButton("setup-step", f"{step}:{state.channel}", text, style=style)


_Page = tuple[list[str], Sequence[ui.Item[Any]]]
"""The texts of a page, and the lists below them."""


def _channel(state: SetupState) -> _Page:
    server = state.server
    now = [state.channel] if state.story is not None else []
    closed = [] if may_write(server.guild, state.channel) else [cannot_write(state)]
    channels = channel_list("setup-channel", state.channel, say(words.CHANNEL), now, server, WRITABLE, most=1, least=1)
    return [say(words.CHANNEL_HELP), "\n".join([*server.lines("channels"), *closed])], [channels]


def _story(state: SetupState) -> _Page:
    server, story = state.server, state.story
    addable = _choosable(state.addable)
    there = [info for info in _choosable(server.stories) if info.id not in {info.id for info in addable}]
    title = next((inline(info.title, _TITLE) for info in server.stories if info.id == story), "")
    now = say("**{name}:** {value}", name=f"<#{state.channel}>", value=title or say(words.EVERY_STORY))
    options = [
        option(say(words.EVERY_STORY), ALL, default=story is None),
        *(option(info.title, HERE + info.id, info.summary or "", default=info.id == story) for info in there),
        *(option(info.title, SHIPPED + info.id, say(words.ADDED)) for info in addable),
    ]
    rows = choice_lists("setup-story", state.channel, options, say(words.STORY))
    return [say(settings_words.STORIES_HELP), "\n".join(filter(None, [now, left_out(options)]))], [
        choice for row in rows for choice in row
    ]


def _choosable(stories: Sequence[StoryInfo]) -> list[StoryInfo]:
    """Return the stories whose ids are short enough for Discord."""
    return [info for info in stories if len(info.id) < CHOICE_LENGTH]


def _moderators(state: SetupState) -> _Page:
    texts = [say(settings_words.MODERATORS_HELP), "\n".join(state.server.lines("moderator_roles"))]
    if not state.server.manages:
        return [*texts, f"-# {say(MANAGERS_ONLY)}"], []
    return texts, [role_list("setup-roles", state.channel, state.server)]


def _listening(state: SetupState) -> _Page:
    server = state.server
    off = [] if server.listens else [say(settings_words.LISTENING_OFF)]
    listens = state.channel in server.settings.listening
    options = [
        option(say(words.UNASKED[choice]), int(choice), say(words.UNASKED_HELP[choice]), default=listens == choice)
        for choice in words.UNASKED
    ]
    lists = [RouteChoice("setup-listening", state.channel, placeholder=say(words.LISTEN), options=options)]
    now = say("**{name}:** {value}", name=f"<#{state.channel}>", value=say(words.UNASKED[listens]))
    return [say(settings_words.LISTENING_HELP), *off, "\n".join([now, *server.lines("listening")])], lists


def cannot_write(state: SetupState) -> str:
    """Say that the bot may not write in the channel."""
    return say(settings_words.CANNOT_WRITE, channel=f"<#{state.channel}>")


_STEPS = {CHANNEL: _channel, STORY: _story, MODERATORS: _moderators, LISTENING: _listening}
