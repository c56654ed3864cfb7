"""Telling those who asked in vain that their question is answered now, and forgetting who they are."""

from __future__ import annotations

from discord import ui

from bot.client.answering import words
from bot.client.answering.card import Card, card_view
from bot.client.bot import FootnoteBot
from bot.client.custom_ids import Kind
from bot.client.telling import post_to, tell
from bot.client.text import inline
from bot.facts.gaps import Gap
from bot.presentation.languages import say
from bot.service.service import Reply

_NAME = 100


async def tell_solved(bot: FootnoteBot, server: int | None) -> None:
    """Tell the followers of all questions that are solved; who takes no direct messages finds the answer where it was asked."""
    for number in await bot.service.run_to_end(server, lambda session: session.base.gaps.to_be_told()):
        await _tell(bot, server, number)


async def _tell(bot: FootnoteBot, server: int | None, number: int) -> None:
    gap = await bot.service.run_to_end(server, lambda session: session.base.gaps.get(number))
    reply = await _answer(bot, server, gap)
    if reply is None:
        return  # what solved it was taken back already: they are told when there is an answer
    guild = bot.get_guild(server) if server is not None else None
    name = inline(guild.name if guild else "", _NAME)
    # Forgotten first: whatever happens now, nobody is told twice.
    followers = await bot.service.run_to_end(server, lambda session: session.base.gaps.take_followers(number))
    reached = [await tell(bot, user, _message(reply, say(words.SOLVED).format(server=name), name)) for user in followers]
    place = await bot.service.run_to_end(server, lambda session: session.base.gaps.asked_in(number))
    if not all(reached) and place is not None:
        await post_to(bot, server, place[0], _message(reply, say(words.SOLVED_HERE)), under=place[1])


async def _answer(bot: FootnoteBot, server: int | None, gap: Gap) -> Reply | None:
    answer = await bot.service.ask(server, gap.question, story=gap.story)
    facts = tuple(each.record for each in answer.facts)
    return Reply(gap.question, answer.short, None, facts, (), gap.story) if facts else None


def _message(reply: Reply, head: str, server: str = "") -> ui.LayoutView:
    """Return an answer without buttons: in a direct message they would ask other facts than the server's."""
    view = ui.LayoutView(timeout=None).add_item(ui.TextDisplay(head))
    for item in card_view(Card(reply, Kind.ANSWER, None, 0)).children:
        view.add_item(item)
    return view.add_item(ui.TextDisplay(say(words.IN_SERVER).format(server=server))) if server else view
