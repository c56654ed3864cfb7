"""Articles that members suggest: sent to the moderators, who have them read or decline."""

from __future__ import annotations

from functools import partial

import discord
from discord import ui

from bot.client.articles import words
from bot.client.articles.reading import place, read_file, read_link, show_progress
from bot.client.articles.records import StoredArticle
from bot.client.articles.views import source_parts
from bot.client.bot import Interaction
from bot.client.contributions.decisions import post, unless_decided
from bot.client.interactions import read_for, route, write_for
from bot.client.logbook.aftermath import make_change
from bot.client.panels import BLUE, GREEN, panel
from bot.client.permissions import Permission, signature_of, signer
from bot.client.sending import respond_privately, server_of
from bot.client.story_scope import channel_and_parent, story_for
from bot.client.text import inline, link
from bot.drafting.read_article import ReadArticle
from bot.editing.typed_fact import TypedFact
from bot.errors import UsageError
from bot.facts.models import Source
from bot.facts.state.proposals import Proposal
from bot.languages import say
from bot.service.articles import StoredCopy
from bot.service.session import Session

_MAX_TITLE = 160


async def suggest_article(interaction: Interaction, address: str, file: discord.Attachment | None, story: str | None) -> None:
    """Read an article that a member suggests, and send it to the moderators. Raises UsageError if none is given, or two."""
    if bool(address) == (file is not None):
        raise UsageError(say(words.GIVE_ONE if address else words.LINK_OR_FILE))
    owner = signer(interaction.user)
    await read_for(interaction, lambda session: session.suggestions.check_limit(owner))  # before anything is fetched or read
    if file is not None:
        read, name = partial(read_file, interaction, file, counted=True), file.filename
    else:
        read, name = partial(read_link, interaction, address), address
    await show_progress(interaction, name)

    async def sent() -> ui.LayoutView:
        return await _sent(interaction, await read(), name, story)

    await respond_privately(interaction, sent())


async def _sent(interaction: Interaction, read: ReadArticle, name: str, named: str | None) -> ui.LayoutView:
    """Send an article to the moderators; if a story has all of it already, say so instead."""
    signature, channels = signature_of(interaction), channel_and_parent(interaction.channel)

    def suggest(session: Session) -> Proposal | StoredCopy:
        story = story_for(session, named, channels) if named else None
        copy = session.articles.copy_of(read, story)
        if copy is not None:
            return copy
        typed_fact = TypedFact("passage", story or "", read.source.title, cite=read.source.url or name, article=read.encode())
        return session.suggestions.suggest_article(typed_fact, signature)

    result = await write_for(interaction, suggest)
    if isinstance(result, StoredCopy):
        values = {"article": _shown(result.source), "story": inline(result.info.title, _MAX_TITLE)}
        sentence = say(words.HAVE_IT, **values) if result.itself else say(words.HAVE_ITS_TEXT, **values)
        return panel(sentence, colour=BLUE)
    bot, server = interaction.client, server_of(interaction)
    bot.background.start(post(bot, server, result))
    return panel(say(words.SUGGESTED, article=_shown(read.source)), colour=GREEN)


def _shown(source: Source) -> str:
    """Return an article's headline as a link, with its outlet, authors and day."""
    title, about = f"**{link(source.title, source.url, _MAX_TITLE)}**", " · ".join(source_parts(source))
    return f"{title}\n-# {about}" if about else title


@route("article-accept", Permission.MODERATOR, numbers=1)
async def _accept(interaction: Interaction, number: int) -> None:
    """Have a suggested article taken in; if it is decided already, show that."""
    async with unless_decided(interaction, number):
        article, story = await read_for(interaction, _suggested, number)
        await make_change(interaction, place(interaction, article, story), respond_privately)


def _suggested(session: Session, number: int) -> tuple[StoredArticle, str | None]:
    """Return an article that was suggested, with its story if one was named. Raises DecidedError, NotKnownError."""
    session.proposals.check_open(number)
    typed_fact = session.suggestions.typed_fact(number)
    story = next((info.id for info in session.stories() if info.id == typed_fact.story), None)  # it may be gone meanwhile
    return StoredArticle(ReadArticle.decode(typed_fact.article), typed_fact.cite or typed_fact.text, proposal=number), story
