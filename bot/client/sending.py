"""Send answers within the three seconds that Discord gives.

A quick answer is sent at once; otherwise the interaction is deferred first, while the answer is made, or even earlier, while
permissions are checked and forms are read. Nothing that is sent pings anybody.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias
from weakref import WeakValueDictionary

import discord
from discord import Locale, ui

from bot.client import words
from bot.client.bot import Interaction
from bot.client.discord_failures import FAILURES
from bot.client.errors import cause_of, returned_input
from bot.errors import FootnoteError, UsageError
from bot.languages import ENGLISH, LANGUAGES, name_commands_in, say, speak

# Both leave time for the request itself before Discord's three seconds are over.
QUICK: Final = 1.5
"""Seconds after which an interaction is deferred, and after which typing is shown in a channel."""

LATEST: Final = 2.2
"""Seconds after which an interaction that is still being checked or prepared is deferred."""

_REPLY_NEEDS_HISTORY = 160002  # the code of Discord's API for a reply where the bot may not read the channel's history

ViewOrWork: TypeAlias = ui.LayoutView | Awaitable[ui.LayoutView]
"""A message to send, or the work that makes it."""

SendView: TypeAlias = Callable[[Interaction, Awaitable[ui.LayoutView]], Awaitable[None]]
"""A way of answering an interaction with the message that some work makes."""

log = logging.getLogger(__name__)

_STATE = "state"  # the only key that is used in the ``extras`` of an interaction
_typing_in: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()  # by channel, as long as one is in use


@dataclass(slots=True)
class InteractionState:
    """What is known of an interaction while it is served.

    ``arrived`` is the time of the event loop at which it came. ``timer`` defers it unless a response is begun before, and
    ``deferring`` is the task that does so once the timer is up. ``language`` is the language of its server, if it was still being
    read when `begin_interaction` ended.
    """

    arrived: float
    timer: asyncio.TimerHandle | None = None
    deferring: asyncio.Task[None] | None = None
    language: asyncio.Future[str] | None = None


class SentView(ui.LayoutView):
    """A message with more to it: ``on_sent`` is called with its channel and its id once it was sent for all to see.

    ``files`` are sent with it. ``complete`` makes it again, with all that could not be waited for, to replace it.
    """

    complete: Callable[[], Awaitable[ui.LayoutView]] | None = None
    on_sent: Callable[[int, int], Awaitable[None]] | None = None
    files: Sequence[discord.File] = ()


def server_of(interaction: Interaction) -> int | None:
    """Return the server whose facts answer; None (the library) in direct messages and in servers without the bot."""
    guild = interaction.guild_id
    return guild if guild is not None and interaction.client.get_guild(guild) is not None else None


def _state_of(interaction: Interaction) -> InteractionState:
    """Return the state of an interaction, which is made when first asked for."""
    if _STATE not in interaction.extras:
        interaction.extras[_STATE] = InteractionState(asyncio.get_running_loop().time())
    state: InteractionState = interaction.extras[_STATE]
    return state


async def begin_interaction(interaction: Interaction) -> None:
    """Begin to serve an interaction: note the time, and wait for the language of its server while there is time.

    The language is read from the base. Opening it the first time, or from a replica, can take seconds; the work that makes the
    response then waits for the language, in the time that deferring gains.
    """
    state = _state_of(interaction)
    name_commands_in(spoken_in(interaction.locale))
    if interaction.type is not discord.InteractionType.autocomplete:
        state.timer = asyncio.get_running_loop().call_at(state.arrived + LATEST, _begin_deferring, interaction)
    bot, server = interaction.client, server_of(interaction)
    bot.track_request(server)
    language = asyncio.ensure_future(bot.language_of(server))
    done, _ = await asyncio.wait({language}, timeout=QUICK)
    if done:
        speak(language.result())
    else:
        state.language = language


def _begin_deferring(interaction: Interaction) -> None:
    """Defer an interaction whose response was not begun in time, for its user alone."""

    async def deferred() -> None:
        try:
            if not interaction.response.is_done():
                await interaction.response.defer(ephemeral=True, thinking=True)
        except (discord.DiscordException, *FAILURES) as error:
            log.info("An interaction was not deferred: %s", error)

    _state_of(interaction).deferring = asyncio.create_task(deferred())


async def may_respond(interaction: Interaction) -> bool:
    """Begin to respond; return False if the interaction is deferred already, so that only edits and further messages work.

    From now on its timer no longer defers it; if it is just being deferred, this waits until that is done.
    """
    state = _state_of(interaction)
    if state.timer is not None:
        state.timer.cancel()
    if state.deferring is not None:
        await asyncio.wait({state.deferring})
    return not interaction.response.is_done()


async def defer(interaction: Interaction) -> None:
    """Defer an interaction, if it is not yet, for its user alone."""
    if await may_respond(interaction):
        await interaction.response.defer(ephemeral=True, thinking=True)


async def send_form(interaction: Interaction, form: ui.Modal) -> None:
    """Open a form. Raises UsageError if the interaction had to be deferred, after which Discord accepts no form."""
    if not await may_respond(interaction):
        raise UsageError(say(words.NO_FORM))
    await interaction.response.send_modal(form)


async def respond(interaction: Interaction, work: ViewOrWork, *, private: bool = False) -> None:
    """Answer an interaction with a new message, which only its user sees if ``private``."""
    view = await _finished(interaction, work, ephemeral=private, thinking=True)
    if files_of(view) and not interaction.response.is_done():
        # For Discord a response has arrived only with all its files, and a large one may take longer than three seconds.
        await interaction.response.defer(ephemeral=private, thinking=True)
    if interaction.response.is_done():
        message: int | None = (await interaction.edit_original_response(view=view, attachments=files_of(view))).id
    else:
        message = (await interaction.response.send_message(view=view, files=files_of(view), ephemeral=private)).message_id
        # Its buttons lead to routes, so discord.py need not keep the view, as it does for each private message, with a task, for
        # 15 minutes. Not stopped before it is sent: a view that was made off the event loop cannot be.
        view.stop()
    _begin_completing(interaction, view, message)
    if not private:
        await _was_sent(view, interaction.channel_id, message)


async def respond_to_error(interaction: Interaction, error: BaseException, typed: Sequence[str] = ()) -> None:
    """Answer an interaction that failed; what was typed into its form is given back, to be copied."""
    sentence = interaction.client.error_handler.record(cause_of(error), interaction.channel_id)
    if sentence is None or interaction.is_expired():
        return
    view, files = returned_input(sentence, typed)
    response = interaction.response
    try:
        if await may_respond(interaction):
            await response.send_message(view=view, files=files, ephemeral=True)
            view.stop()  # as in `respond`
        elif response.type is discord.InteractionResponseType.deferred_channel_message:
            # What was promised with "thinking" must be kept: only an edit ends it, whoever sees it.
            await interaction.edit_original_response(view=view, attachments=files)
        else:
            await interaction.followup.send(view=view, files=files, ephemeral=True)
    except FAILURES as failure:
        log.warning("An error could not be told: %s", failure)


async def respond_privately(interaction: Interaction, work: ViewOrWork) -> None:
    """Answer an interaction with a new message that its user alone sees."""
    await respond(interaction, work, private=True)


async def replace_message(interaction: Interaction, work: ViewOrWork) -> None:
    """Answer a press by changing the message that has the button."""
    view = await _finished(interaction, work)
    if interaction.response.is_done():
        await interaction.edit_original_response(view=view, attachments=files_of(view))
    else:
        await interaction.response.edit_message(view=view, attachments=files_of(view))
    _begin_completing(interaction, view, interaction.message.id if interaction.message else None)


def _begin_completing(interaction: Interaction, view: ui.LayoutView, message: int | None) -> None:
    """Begin to add to a sent message what could not be waited for, unless the message is used before."""
    if not isinstance(view, SentView) or view.complete is None or message is None:
        return
    complete = view.complete

    async def completed() -> None:
        try:
            sending = asyncio.ensure_future(interaction.edit_original_response(view=await complete()))
            try:
                await asyncio.shield(sending)
            finally:
                await asyncio.wait({sending})  # if abandoned half-way, it could arrive after what its reader is shown next
        except (FootnoteError, discord.DiscordException, *FAILURES) as error:
            log.info("A message was not completed: %s", error)

    interaction.client.completions.start(server_of(interaction), message, completed)


async def reply_to(message: discord.Message, work: Awaitable[ui.LayoutView]) -> None:
    """Answer a message with a reply to it; typing is shown only while the answer takes long."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task}, timeout=QUICK)
        if not task.done():
            typing = asyncio.create_task(_show_typing(message.channel, task))
            task.add_done_callback(lambda _: typing.cancel())
        await send_reply(message, await task)
    finally:
        task.cancel()


async def _show_typing(channel: discord.abc.MessageableChannel, until: asyncio.Future[ui.LayoutView]) -> None:
    """Show typing until an answer is there, only once in a channel however many answers take long there.

    Discord limits such requests; an answer that waited for its own would come late, or never if the request failed.
    """
    async with _typing_in.setdefault(channel.id, asyncio.Lock()):
        try:
            async with channel.typing():
                await asyncio.wait({until})
        except FAILURES as error:
            log.info("Typing could not be shown: %s", error)


async def send_reply(message: discord.Message, view: ui.LayoutView) -> None:
    """Reply to a message, or send below it if it is gone or the permission that replying needs is missing."""
    reference = message.to_reference(fail_if_not_exists=False)
    try:
        sent = await message.channel.send(view=view, reference=reference, mention_author=False)
    except discord.HTTPException as error:
        if error.code != _REPLY_NEEDS_HISTORY:
            raise
        sent = await message.channel.send(view=view)
    await _was_sent(view, message.channel.id, sent.id)


def files_of(view: ui.LayoutView) -> list[discord.File]:
    """Return the files that are sent with a view."""
    return list(view.files) if isinstance(view, SentView) else []


async def _was_sent(view: ui.LayoutView, channel: int | None, message: int | None) -> None:
    if isinstance(view, SentView) and view.on_sent is not None and channel is not None and message is not None:
        await view.on_sent(channel, message)


async def _finished(interaction: Interaction, work: ViewOrWork, **deferral: bool) -> ui.LayoutView:
    """Return what some work makes, deferring the interaction if that takes long; if deferring fails, the work is cancelled."""
    free = await may_respond(interaction)
    task = asyncio.ensure_future(_in_language(interaction, work))
    try:
        latest = _state_of(interaction).arrived + QUICK
        await asyncio.wait({task}, timeout=max(latest - asyncio.get_running_loop().time(), 0))
        if not task.done() and free:
            await interaction.response.defer(**deferral)
        return await task
    finally:
        task.cancel()


async def speak_when_known(interaction: Interaction) -> None:
    """Speak the language of the server from here on, waiting for it if it came too late for `begin_interaction`."""
    language = _state_of(interaction).language
    if language is not None:
        speak(await asyncio.shield(language))  # shielded, for others wait for it too, such as a change that is under way


async def _in_language(interaction: Interaction, work: ViewOrWork) -> ui.LayoutView:
    try:
        await speak_when_known(interaction)
    except asyncio.CancelledError:  # deferring failed, so the work is not even begun
        if asyncio.iscoroutine(work):
            work.close()
        raise
    return work if isinstance(work, ui.LayoutView) else await work


def spoken_in(locale: Locale) -> str:
    """Return the language of a client, with one Spanish for Spain and Latin America; English if the bot does not speak it."""
    language = locale.value.partition("-")[0]
    return language if language in LANGUAGES else ENGLISH
