"""What readers say about an answer, and telling those who wait for a better one.

A press of "Yes" or "No" is stored without a name; the id of whoever wants to be told is stored until they have been.
"""

from __future__ import annotations

from discord import ButtonStyle, ui

from bot.client import words
from bot.client.answering.answers import Asker, note_gap
from bot.client.answering.card import Card, card_view
from bot.client.bot import FootnoteBot, Interaction
from bot.client.custom_ids import ReplyKind
from bot.client.interactions import RouteButton, RouteInput, route
from bot.client.panels import panel
from bot.client.permissions import Permission
from bot.client.sending import post_in_channel, respond_privately, send_direct_message
from bot.client.text import inline
from bot.errors import UsageError
from bot.facts.state.gaps import Gap
from bot.presentation.languages import say
from bot.service.replies import Reply

_NAME = 100


@route("helped", Permission.ANYONE, send=respond_privately)
async def helped(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Thank whoever says that an answer helped."""
    return panel(say(words.THANKS))


@route("unhelpful", Permission.ANYONE, send=respond_privately)
async def unhelpful(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Note that an answer did not help, and offer to follow the question. Raises NotKnownError where the reply has expired."""
    asker, key = Asker.of_interaction(interaction), given.argument
    number = await _gap(asker, key)
    if number is None:
        return panel(say(words.WITHOUT_WORDS))
    if asker.server is None:
        return panel(say(words.NOTED))
    button = RouteButton("follow", key, say(words.TELL_ME), style=ButtonStyle.primary)
    return panel(say(words.NOTED_AND_FOLLOW), [button])


@route("follow", Permission.MEMBER, send=respond_privately)
async def follow(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Have a member follow a question until it is solved. Raises NotKnownError, DecidedError where it is solved."""
    asker = Asker.of_interaction(interaction)
    number = await _gap(asker, given.argument)
    if number is None:
        return panel(say(words.WITHOUT_WORDS))
    await asker.service.run_to_end(asker.server, lambda session: session.gaps.follow(number, asker.user))
    return panel(say(words.FOLLOWED))


async def _gap(asker: Asker, key: str) -> int | None:
    """Return the gap of a reply's question, noted by this if need be: one reply counts once, whoever presses."""
    reply = await asker.service.reply(asker.server, key)
    if not asker.may_note(key):
        raise UsageError(say(words.ENOUGH))
    return await note_gap(asker, reply, key, "unhelpful" if reply.facts else "unanswered")


async def notify_followers(bot: FootnoteBot, server: int | None) -> None:
    """Notify the followers of solved questions, by direct message, or else where the question was asked."""
    for number in await bot.service.run_to_end(server, lambda session: session.gaps.awaiting_notice()):
        await _tell_followers(bot, server, number)


async def _tell_followers(bot: FootnoteBot, server: int | None, number: int) -> None:
    gap = await bot.service.run_to_end(server, lambda session: session.gaps.get(number))
    reply = await _answer(bot, server, gap)
    if reply is None:
        return  # what solved it was taken back already: they are told when there is an answer
    guild = bot.get_guild(server) if server is not None else None
    name = inline(guild.name if guild else "", _NAME)
    # Forgotten first: whatever happens now, nobody is told twice.
    followers = await bot.service.run_to_end(server, lambda session: session.gaps.pop_followers(number))
    reached = [
        await send_direct_message(bot, user, _answer_in_person(reply, say(words.SOLVED, server=name), name))
        for user in followers.users
    ]
    if not all(reached) and followers.place is not None:
        channel, message = followers.place
        await post_in_channel(bot, server, channel, _answer_in_person(reply, say(words.SOLVED_HERE)), under=message)


async def _answer(bot: FootnoteBot, server: int | None, gap: Gap) -> Reply | None:
    answer = await bot.service.ask(server, gap.question, story=gap.story)
    facts = tuple(each.record for each in answer.facts)
    return Reply(gap.question, answer.short, None, facts, (), gap.story) if facts else None


def _answer_in_person(reply: Reply, head: str, server: str = "") -> ui.LayoutView:
    """Return an answer without buttons: in a direct message they would ask other facts than the server's."""
    view = ui.LayoutView(timeout=None).add_item(ui.TextDisplay(head))
    for item in card_view(Card(reply, ReplyKind.ANSWER, None, 0)).children:
        view.add_item(item)
    return view.add_item(ui.TextDisplay(say(words.IN_SERVER, server=server))) if server else view
