"""Tell members in person what they wait for: the answer to a question that they follow, and what became of a suggestion.

Only those who are members of the server at that time are told. If Discord does not say whether somebody is, nothing is sent, and
`CatchingUp` tries again.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable

from discord import ui

from bot.answers.retellings import retellings_in
from bot.client import words
from bot.client.answering.answers import laid_out
from bot.client.answering.card import Card
from bot.client.bot import FootnoteBot
from bot.client.contributions.views import ShownSuggestion, shown_suggestion, typed_lines
from bot.client.custom_ids import ReplyKind
from bot.client.discord_failures import FAILURES
from bot.client.panels import GREEN, RED, panel
from bot.client.permissions import signer_id
from bot.client.posting import is_member, post_in_channel, send_direct_message, server_name
from bot.client.text import fitting, inline
from bot.errors import FootnoteError, NotKnownError
from bot.languages import say
from bot.log import without_words
from bot.presentation.wording import worded
from bot.service.replies import Reply
from bot.service.session import Session

log = logging.getLogger(__name__)

_FOLLOWERS, _AUTHORS = "Telling followers", "Telling authors"  # the kinds of work that `PutOff` holds for this
_REASON, _QUOTED = 500, 300

TAKEN = "### Your suggestion was accepted\n-# In {server} it is {ref} now. Thank you."
ARTICLE_TAKEN = "### The article that you suggested was read\n-# In {server} its sentences answer questions now. Thank you."
NOT_TAKEN = "### Your suggestion was not accepted\n-# In {server}\n**Why:** {reason}\n> {text}"


def waits_for_notice(bot: FootnoteBot, server: int | None) -> bool:
    """Return whether followers who could not be told before are due to be told now."""
    return bool(bot.put_off.due(_FOLLOWERS, server))


async def notify_followers(bot: FootnoteBot, server: int | None) -> None:
    """Notify the followers of solved questions, by direct message, or else where the question was asked."""
    if server is None:
        return  # nobody follows a question in direct messages
    async with bot.background.alone("followers", server):
        waiting, failed = bot.put_off.not_due(_FOLLOWERS, server), set()
        for number in await bot.service.read(server, lambda session: session.gaps.awaiting_notice()):
            if number not in waiting and not await _is_done(_tell_followers(bot, server, number)):
                failed.add(number)
        bot.put_off.settle(_FOLLOWERS, server, waiting, failed)


async def _tell_followers(bot: FootnoteBot, server: int, number: int) -> bool:
    """Tell the followers of a question its answer; return False if somebody is still to be told later.

    Followers who are no longer members are forgotten.
    """
    gap = await bot.service.read(server, lambda session: session.gaps.get(number))
    answer = worded(await bot.service.ask(server, gap.question, story=gap.story))
    if not answer.facts:
        return True  # what solved it was taken back already: they are told once there is an answer again
    facts = tuple(fact.record for fact in answer.facts)
    reply = Reply(gap.question, answer.short, None, facts, (), gap.story, retellings=retellings_in(answer.facts))
    name = server_name(bot, server)
    followers = await bot.service.read(server, lambda session: session.gaps.followers(number))
    all_notified, all_reached = True, True
    for user in followers.users:
        stays = await _is_member(bot, server, user)
        if stays is None:
            all_notified = False
            continue
        # Forgotten before the message is sent: whatever happens then, nobody is told twice.
        waits = await bot.service.write(server, _forget_follower, number, user)
        if stays and waits:
            view = await _answer_in_person(bot, server, reply, say(words.SOLVED, server=name), name)
            all_reached &= await send_direct_message(bot, user, view)
    if not all_reached and followers.last_reply is not None:
        channel, message = followers.last_reply
        view = await _answer_in_person(bot, server, reply, say(words.SOLVED_IN_CHANNEL))
        await post_in_channel(bot, server, channel, view, under=message)
    return all_notified


def _forget_follower(session: Session, number: int, user: int) -> bool:
    return session.gaps.forget_follower(number, user)


async def _answer_in_person(bot: FootnoteBot, server: int, reply: Reply, head: str, name: str = "") -> ui.LayoutView:
    """Return an answer without buttons, which in a direct message would ask the library; ``name`` is the server's, for those."""
    view = ui.LayoutView(timeout=None).add_item(ui.TextDisplay(head))
    for item in (await laid_out(bot.service, server, Card(reply, ReplyKind.ANSWER, None, 0))).children:
        view.add_item(item)
    return view.add_item(ui.TextDisplay(say("-# Ask again in {server} for the buttons.", server=name))) if name else view


async def tell_authors(bot: FootnoteBot, server: int | None, *decided: int) -> None:
    """Tell the authors of the suggestions ``decided`` what became of them, and those who could not be told before.

    Who is still to be told is in memory alone: after a restart, authors see it when they suggest again.
    """
    if server is None:
        return
    async with bot.background.alone("authors", server):
        waiting, failed = bot.put_off.not_due(_AUTHORS, server), set()
        for number in {*decided, *bot.put_off.due(_AUTHORS, server)}:
            if not await _is_done(_tell_author(bot, server, int(number))):
                failed.add(number)
        bot.put_off.settle(_AUTHORS, server, waiting, failed)


async def _tell_author(bot: FootnoteBot, server: int, number: int) -> bool:
    """Tell the author of a suggestion what became of it, unless they decided it; return False if that has to wait."""
    suggestion = await bot.service.read_until_cancelled(server, shown_suggestion, number)
    author = signer_id(suggestion.proposal.by)
    if author is None or suggestion.proposal.by == suggestion.proposal.decided_by or suggestion.typed_fact is None:
        return True
    stays = await _is_member(bot, server, author)
    if stays:
        await send_direct_message(bot, author, _outcome(suggestion, f"**{server_name(bot, server)}**"))
    return stays is not None


def _outcome(suggestion: ShownSuggestion, server: str) -> ui.LayoutView:
    """Say what became of a suggestion that was decided, not withdrawn."""
    assert suggestion.typed_fact is not None
    if suggestion.proposal.status == "approved" and suggestion.typed_fact.kind == "passage":
        return panel(f"{say(ARTICLE_TAKEN, server=server)}\n{typed_lines(suggestion.typed_fact)}", colour=GREEN)
    if suggestion.proposal.status == "approved":
        return panel(f"{say(TAKEN, server=server, ref=suggestion.ref)}\n{typed_lines(suggestion.typed_fact)}", colour=GREEN)
    reason, text = fitting(suggestion.proposal.reason or "", _REASON), inline(suggestion.typed_fact.text, _QUOTED)
    return panel(say(NOT_TAKEN, server=server, reason=reason, text=text), colour=RED)


async def _is_done(telling: Awaitable[bool]) -> bool:
    """Return whether nobody is left to be told of one thing; an error is logged and tried later, and stops no other.

    What is no longer stored needs no telling.
    """
    try:
        return await telling
    except NotKnownError:
        return True
    except FootnoteError as error:
        log.warning("Somebody could not be told what they wait for: %s", without_words(error))
        return False


async def _is_member(bot: FootnoteBot, server: int, user: int) -> bool | None:
    """Return whether somebody is a member of a server; None if Discord does not say."""
    try:
        return await is_member(bot, server, user)
    except FAILURES as error:
        log.info("Whether somebody is a member of server %s is not known: %s", server, error)
        return None
