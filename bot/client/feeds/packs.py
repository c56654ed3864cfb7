"""Newer packs of a story, by its editor: offered in the log channel with what they would change, and taken or left out there.

A pack is fetched and checked anew whenever somebody presses a button under it, so that none has to be stored.
"""

from __future__ import annotations

from collections.abc import Awaitable

from discord import ButtonStyle, ui

from bot.client.bot import FootnoteBot, Interaction
from bot.client.facts.words import UNDO
from bot.client.feeds import words
from bot.client.interactions import NUMBER, RouteButton, RouteInput, read_for, route, write_for
from bot.client.logbook.aftermath import ChangeResult, make_change
from bot.client.logbook.lines import fact_counts
from bot.client.panels import AMBER, BLUE, GREEN, panel
from bot.client.permissions import Permission, shown_signer, signature_of, signer
from bot.client.posting import post_in_channel
from bot.client.sending import SentView, replace_message, respond_privately, server_of
from bot.client.stories.imports import NOTHING_NEW, changed_blocks, preview_pack, signed_line
from bot.client.stories.sent_files import name_in
from bot.client.text import inline
from bot.errors import StaleError
from bot.facts.logbook import IMPORT_OF, sign
from bot.facts.revisions import Applied
from bot.facts.state.feeds import Feed, ItemStatus
from bot.languages import say
from bot.service.rereading import BY_ITSELF
from bot.service.session import Session
from bot.service.story_files import ImportPreview
from bot.service.web_reading import OpenedPack, open_pack
from bot.stories.packs import Pack
from bot.web.fetching import FeedState

_TITLE, _ADDRESS = 150, 400


async def look_at_pack(bot: FootnoteBot, server: int, feed: Feed) -> None:
    """Look whether a story's editor has published a newer pack, and offer it in the log channel.

    Raises RefusedPackError, UsageError with what stands in the way, and errors of the base.
    """
    service, apart = bot.service, bot.upload_reading.for_server(server)
    async with service.background_access(server):
        has_facts = await service.read(server, lambda session: session.packs.is_wanted(feed))
    # One that waits to be offered is read in any case: of what is known already, a site gives no more than that.
    known = FeedState() if feed.waiting else FeedState(feed.etag, feed.modified)
    opened = await open_pack(feed.url, apart, known) if has_facts else None
    async with service.background_access(server):
        if opened is None:
            await service.write(server, lambda session: session.feeds.note_unchanged(feed.number))
            return
        channel = (await service.read(server, Session.settings)).log_channel
        view = await service.write(server, lambda session: _offer(session, feed, opened, ("waiting",) if channel else ()))
    if view is None or channel is None or await post_in_channel(bot, server, channel, view) is not None:
        return
    async with service.background_access(server):
        await service.write(server, lambda session: session.packs.mark(feed, opened.pack, "waiting"))


def _offer(
    session: Session, feed: Feed, opened: OpenedPack, statuses: tuple[ItemStatus, ...], *, newer: bool = False
) -> SentView | None:
    """Note what an address gave, and return the panel that offers it; None where it changes nothing, or has another status.

    It is marked before it is sent, so that none is offered twice if the bot is stopped in between.
    """
    noted = session.packs.note_answer(feed, opened.pack, opened.state, sign(BY_ITSELF, None))
    if noted is None or noted[0].status not in statuses:
        return None
    item, preview = noted
    session.packs.mark(feed, opened.pack, "offered")
    return offer_panel(item.number, feed, opened.pack, preview, newer=newer)


def offer_panel(number: int, feed: Feed, pack: Pack, preview: ImportPreview, *, newer: bool = False) -> SentView:
    """Return the panel in which a newer pack is offered; ``newer``: instead of one that was looked at."""
    title = inline(preview.story.info.title, _TITLE)
    head = (
        say(words.PACK_OFFERED, title=title),
        f"-# {inline(feed.url, _ADDRESS)}",
        signed_line(pack.signature, preview.signed)[0],
        say(words.PACK_IS_NEWER) if newer else "",
    )
    buttons = [
        RouteButton("pack-take", f"{preview.state}:{number}", say(words.TAKE_PACK), style=ButtonStyle.success),
        RouteButton("pack-look", number, say(words.LOOK_AT_PACK)),
        RouteButton("pack-leave", number, say(words.LEAVE_PACK_OUT)),
    ]
    return panel(["\n".join(filter(None, head)), *changed_blocks(preview)], buttons, colour=BLUE)


def refused_panel(feed: Feed, problem: str) -> SentView:
    """Return the panel that says why what an editor published is not taken."""
    said = say(words.PACK_REFUSED, title=inline(feed.title, _TITLE), address=inline(feed.url, _ADDRESS), problem=problem)
    return panel(said, colour=AMBER)


async def _change_message(interaction: Interaction, work: Awaitable[ChangeResult]) -> None:
    await make_change(interaction, work, replace_message)


async def _fresh(interaction: Interaction, number: int) -> tuple[Feed, OpenedPack, bool]:
    """Read a newer pack as it is now, and return it with whether it is still the one that was offered.

    Raises DecidedError, NotKnownError, RefusedPackError, UsageError.
    """
    item, feed = await read_for(interaction, lambda session: session.packs.open_pack(number))
    opened = await open_pack(feed.url, interaction.client.upload_reading.for_server(server_of(interaction)), FeedState())
    assert opened is not None  # None would mean unchanged, and nothing was known of it
    await read_for(interaction, lambda session: session.packs.check(feed, opened.pack))
    return feed, opened, opened.pack.signature.digest == item.item.key


@route("pack-look", Permission.MODERATOR, numbers=1, send=respond_privately)
async def _look(interaction: Interaction, number: int) -> ui.LayoutView:
    """Show all that a newer pack would change, with the recorded questions, before it is taken."""
    feed, opened, _ = await _fresh(interaction, number)
    return await preview_pack(interaction, opened.pack, _name(feed))


@route("pack-take", Permission.MODERATOR, rf"{NUMBER}:{NUMBER}", send=_change_message)
async def _take(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Take a newer pack as it was shown; where it is another by now, or facts have changed, show what it would change now."""
    seen, number = map(int, given.argument.split(":"))
    feed, opened, is_same = await _fresh(interaction, number)
    name = f"{_name(feed)} ({opened.pack.signature.key})"
    signature = signature_of(interaction, IMPORT_OF.format(name=name))

    def take(session: Session) -> Applied:
        return session.packs.take(opened.pack, signature, seen=seen)

    try:
        applied = await write_for(interaction, take) if is_same else None
    except StaleError:
        applied = None
    if applied is None:
        view = await write_for(interaction, lambda session: _offer(session, feed, opened, ("waiting", "offered"), newer=True))
        return ChangeResult(view or panel(say(NOTHING_NEW)))
    return ChangeResult(taken_panel(opened.pack.story.info.title, applied, signature.by), applied)


def taken_panel(title: str, applied: Applied, by: str) -> SentView:
    """Return the panel of a newer pack that was taken: what changed, by whom, and the way back."""
    lines = [
        say("### Imported: {title}", title=inline(title, _TITLE)),
        *(f"- **{count}**" for count in fact_counts(applied)),
        f"-# {shown_signer(by)}",
        say("-# Undo takes all of it back."),
    ]
    undo = [RouteButton("take-back", applied.change, say(UNDO))] if applied.change is not None else []
    return panel("\n".join(lines), undo, colour=GREEN)


@route("pack-leave", Permission.MODERATOR, numbers=1, send=_change_message)
async def _leave(interaction: Interaction, number: int) -> ChangeResult:
    """Leave a newer pack out; the next one is offered again."""
    who = shown_signer(signer(interaction.user))

    def leave(session: Session) -> ui.LayoutView:
        title = session.packs.leave_out(number).item.title
        return panel(say(words.PACK_LEFT_OUT, who=who, title=inline(title, _TITLE)))

    return ChangeResult(await write_for(interaction, leave))


def _name(feed: Feed) -> str:
    """Return what a pack is called, by its address, for the logbook."""
    return name_in(feed.url) or f"{feed.story}.pack"
