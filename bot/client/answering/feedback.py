"""What readers say of an answer: whether it helped (no name is kept of that), and that they want to be told of a better one."""

from __future__ import annotations

from discord import ButtonStyle, ui

from bot.client.answering import words
from bot.client.answering.answers import Asker, note_gap
from bot.client.bot import Interaction
from bot.client.interactions import Given, RouteButton, route
from bot.client.panels import GREY
from bot.client.permissions import Who
from bot.client.sending import respond
from bot.errors import UsageError
from bot.presentation.languages import say


@route("helped", Who.ANYONE)
async def helped(interaction: Interaction, given: Given) -> None:
    """Thank whoever says that an answer helped."""
    await respond(interaction, _panel(say(words.THANKS)), private=True)


@route("unhelpful", Who.ANYONE)
async def unhelpful(interaction: Interaction, given: Given) -> None:
    """Note that an answer did not help, and offer to tell of a better one. Raises NotKnownError where it is no longer kept."""
    await respond(interaction, _noted(Asker.of(interaction), given.argument), private=True)


@route("follow", Who.MEMBER)
async def follow(interaction: Interaction, given: Given) -> None:
    """Note who wants to be told when a question is solved. Raises NotKnownError, DecidedError where it is solved."""
    await respond(interaction, _followed(Asker.of(interaction), given.argument), private=True)


async def _noted(asker: Asker, key: str) -> ui.LayoutView:
    number = await _gap(asker, key)
    if number is None:
        return _panel(say(words.WITHOUT_WORDS))
    if asker.server is None:
        return _panel(say(words.NOTED))
    button = RouteButton("follow", key, say(words.TELL_ME), style=ButtonStyle.primary)
    return _panel(say(words.NOTED_AND_FOLLOW)).add_item(ui.ActionRow(button))


async def _followed(asker: Asker, key: str) -> ui.LayoutView:
    number = await _gap(asker, key)
    if number is None:
        return _panel(say(words.WITHOUT_WORDS))
    await asker.service.run_to_end(asker.server, lambda session: session.base.gaps.follow(number, asker.user))
    return _panel(say(words.FOLLOWED))


async def _gap(asker: Asker, key: str) -> int | None:
    """Return the gap of a reply's question, noted by this if need be: one reply counts once, whoever presses."""
    reply = await asker.service.reply(asker.server, key)
    if not asker.may_note(key):
        raise UsageError(say(words.ENOUGH))
    return await note_gap(asker, reply, key, "unhelpful" if reply.facts else "unanswered")


def _panel(text: str) -> ui.LayoutView:
    return ui.LayoutView(timeout=None).add_item(ui.Container(ui.TextDisplay(text), accent_colour=GREY))
