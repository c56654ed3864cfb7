"""`/setup`: the first choices of a server, step by step on one message; each is saved at once, as in `/settings`.

The buttons carry the step and the channel that is being set up, so that nothing is lost when a message is closed or grows old.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discord import Thread, app_commands, ui
from discord.ext import commands

from bot.client.answering.answers import Asker, answer_view
from bot.client.bot import Interaction
from bot.client.custom_ids import OtherVersionError, ReplyKind
from bot.client.incoming_messages import typed_text
from bot.client.interactions import NUMBER, RouteInput, read_for, route, sends, write_for
from bot.client.logbook.aftermath import follow_change
from bot.client.panels import show
from bot.client.permissions import Permission, for_moderators, requires, signature_of
from bot.client.posting import post_in_channel
from bot.client.sending import SentView, replace_message, respond_privately, server_of
from bot.client.settings.cog import chosen_roles, save_choice
from bot.client.settings.pages import SettingsState, state_of
from bot.client.setup import words
from bot.client.setup.pages import (
    ALL,
    CHANNEL,
    DONE,
    LISTENING,
    MODERATORS,
    SHIPPED,
    STORY,
    SetupState,
    cannot_write,
    done_page,
    step_page,
)
from bot.client.setup.questions import sure_questions
from bot.errors import FootnoteError
from bot.facts.logbook import DEFAULT_STORY
from bot.facts.models import StoryInfo
from bot.facts.state.server_settings import ServerSettings
from bot.languages import say
from bot.service.session import Session
from bot.storage.bases import default_stories


class Setup(commands.Cog):
    """Sets the bot up in a server, with a moderator."""

    @app_commands.command()
    @for_moderators
    @requires(Permission.MODERATOR)
    @sends(respond_privately)
    async def setup(self, interaction: Interaction) -> ui.LayoutView:
        """Set me up in this server, step by step."""
        return await _begin(interaction)


@route("setup", Permission.MODERATOR, send=show)
async def _press(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Begin, as the button under the first message of the bot does."""
    return await _begin(interaction)


async def _begin(interaction: Interaction) -> ui.LayoutView:
    """Return the first step: for the channel it was begun in, or for the first that has a story where that one has none."""
    state = await state_of(interaction)
    there = interaction.channel
    here = (there.parent_id if isinstance(there, Thread) else interaction.channel_id) or 0
    settings = state.settings
    chosen = (int(channel) for channel in settings.channels if state.guild.get_channel_or_thread(int(channel)))
    return step_page(CHANNEL, SetupState(state, here if settings.story_of(here) else next(chosen, here)))


@route("setup-step", Permission.MODERATOR, numbers=2, send=replace_message)
async def _go(interaction: Interaction, step: int, channel: int) -> ui.LayoutView:
    """Go to a step, or to the page behind the last."""
    return await _page(interaction, min(max(step, CHANNEL), DONE), channel)


@route("setup-channel", Permission.MODERATOR, NUMBER, choice=NUMBER, least=1, send=replace_message)
async def _set_channel(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Have the channel that was chosen speak of a story: of its own, else of the one before it, else of the first."""
    before, channel = given.argument, given.values[0]
    stories = (await state_of(interaction)).stories
    if not stories:  # there is nothing to speak of yet, but the next step may add it
        return await _page(interaction, STORY, int(channel))

    def choose(now: ServerSettings) -> Mapping[str, Any]:
        story = now.channels.get(channel) or now.channels.get(before) or stories[0].id
        return {"channels": {**now.channels, channel: story}}

    return await _page(interaction, CHANNEL, int(channel), await save_choice(interaction, choose))


@route("setup-story", Permission.MODERATOR, NUMBER, choice=r"\*|[=+].+", least=1, send=replace_message)
async def _set_story(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Have the channel speak of the story that was chosen, which is added to the server first if it is not there yet."""
    channel, chosen, story = given.argument, given.values[0], given.values[0][1:]
    if chosen.startswith(SHIPPED):
        await _add_story(interaction, story)
    if chosen != ALL and story not in {info.id for info in (await state_of(interaction)).stories}:
        raise OtherVersionError

    def choose(now: ServerSettings) -> Mapping[str, Any]:
        others = {other: of_other for other, of_other in now.channels.items() if other != channel}
        return {"channels": others if chosen == ALL else {**others, channel: story}}

    return await _page(interaction, STORY, int(channel), await save_choice(interaction, choose))


@route("setup-own", Permission.MODERATOR, numbers=1, send=replace_message)
async def _show_import(interaction: Interaction, channel: int) -> ui.LayoutView:
    """Say how a story of one's own is imported."""
    return await _page(interaction, STORY, channel, own=True)


@route("setup-roles", Permission.MANAGER, NUMBER, choice=NUMBER, send=replace_message)
async def _set_roles(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Set the roles of the moderators."""
    roles = chosen_roles(interaction, given)
    saved = await save_choice(interaction, lambda _: {"moderator_roles": roles})
    return await _page(interaction, MODERATORS, int(given.argument), saved)


@route("setup-listening", Permission.MODERATOR, NUMBER, choice="[01]", least=1, send=replace_message)
async def _set_listening(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Set whether the bot listens in the channel; other channels stay as they are."""
    channel, listens = int(given.argument), given.values[0] == "1"

    def choose(now: ServerSettings) -> Mapping[str, Any]:
        others = tuple(other for other in now.listening if other != channel)
        if listens:
            return {"listening": now.listening if channel in now.listening else (*others, channel)}
        return {"listening": others}

    return await _page(interaction, LISTENING, channel, await save_choice(interaction, choose))


@route("setup-example", Permission.MODERATOR, numbers=1, send=replace_message)
async def _post_example(interaction: Interaction, channel: int) -> ui.LayoutView:
    """Post the first of the questions to try, with its answer, in the channel."""
    bot, server = interaction.client, server_of(interaction)
    state = SetupState(await state_of(interaction), channel)
    questions = await sure_questions(interaction, state.story)
    note = ""
    if questions and state.channel_name:
        asker = Asker(bot.service, server, interaction.user.id, channel)
        view = await answer_view(asker, typed_text(questions[0]), ReplyKind.ANSWER, story=state.story)
        posted = await post_in_channel(bot, server, channel, view)
        if posted is not None and isinstance(view, SentView) and view.on_sent is not None:
            await view.on_sent(channel, posted.id)
        note = say(words.POSTED, link=posted.jump_url) if posted is not None else cannot_write(state)
    return done_page(state, questions, f"<@{bot.own_id}>", note)


async def _page(
    interaction: Interaction, step: int, channel: int, saved: tuple[SettingsState, str] | None = None, *, own: bool = False
) -> ui.LayoutView:
    """Return the page of a step as it stands now, or stands since something was ``saved``."""
    server, note = saved or (await state_of(interaction), "")
    if step == DONE:
        state = SetupState(server, channel)
        return done_page(state, await sure_questions(interaction, state.story), f"<@{interaction.client.own_id}>")
    addable = await _addable(interaction) if step == STORY else ()
    return step_page(step, SetupState(server, channel, addable), note, own=own)


async def _addable(interaction: Interaction) -> tuple[StoryInfo, ...]:
    """Return the stories with which a new server starts and of which this one has no facts; none if their files are at fault."""
    service = interaction.client.service
    try:
        stories = await service.run_in_thread(default_stories, service.settings)
    except FootnoteError:
        return ()
    there = {info.id for info in await read_for(interaction, Session.stories_with_facts)}
    return tuple(story.info for story in stories if story.info.id not in there)


async def _add_story(interaction: Interaction, named: str) -> None:
    """Add one of the stories with which a new server starts, if it is not there yet. Raises OtherVersionError for another."""
    service = interaction.client.service
    stories = {story.info.id: story for story in await service.run_in_thread(default_stories, service.settings)}
    if named not in stories:
        raise OtherVersionError
    signature = signature_of(interaction, DEFAULT_STORY)
    added = await write_for(interaction, lambda session: session.files.add_missing(stories[named], signature))
    follow_change(interaction.client, server_of(interaction), added)
