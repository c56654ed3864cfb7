"""The way of an article: read from a file, a link or a text, its story found or asked for, taken in and shown."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

import discord
from discord import ui

from bot.client.answering.answers import Asker, answer_view
from bot.client.articles import words
from bot.client.articles.records import StoredArticle
from bot.client.articles.views import NEW_STORY, article_panel, story_question
from bot.client.bot import Interaction
from bot.client.contributions.decisions import refresh
from bot.client.custom_ids import OtherVersionError, ReplyKind
from bot.client.discord_failures import FAILURES
from bot.client.forms.records import store_text
from bot.client.incoming_messages import typed_text
from bot.client.interactions import RouteInput, read_for, read_until_cancelled, route, run_briefly, write_for
from bot.client.limits import RequestKind
from bot.client.logbook.aftermath import ChangeResult, make_change
from bot.client.logbook.notices import tell_authors
from bot.client.panels import panel
from bot.client.permissions import Permission, signature_of, signer
from bot.client.sending import SentView, defer, respond, respond_privately, server_of, speak_when_known
from bot.client.stories.sent_files import fetched
from bot.client.story_scope import channel_and_parent, offered_stories, story_for
from bot.client.text import inline
from bot.drafting.read_article import ReadArticle, max_bytes, read_upload
from bot.drafting.trying import MAX_TRIED
from bot.editing.form_fields import check_sizes
from bot.editing.form_fields import read_link as typed_link
from bot.errors import FootnoteError, UsageError
from bot.facts.logbook import READING_OF
from bot.facts.models import Source
from bot.languages import say
from bot.service.articles import TakenArticle
from bot.service.session import Session
from bot.service.web_reading import read_link as fetch_and_read

ReadArticleLater: TypeAlias = Callable[[], Awaitable[ReadArticle]]

_MAX_NAME = 100  # characters of what an article was read from


async def read_file(interaction: Interaction, file: discord.Attachment, *, counted: bool = False) -> ReadArticle:
    """Read a file that somebody sent; one that came with the command is ``counted`` already.

    Raises UsageError if it is no article, or too large.
    """
    if not counted:
        count_file(interaction)
    content = await fetched(file, max_bytes(file.filename), say(words.TOO_LARGE), "kB")
    return await _read(interaction, content, file.filename)


async def read_link(interaction: Interaction, address: str) -> ReadArticle:
    """Read what a link leads to. Raises UsageError with what stands in the way."""
    link = typed_link(address)
    if link is None:
        raise UsageError(say(words.NO_LINK))
    count_file(interaction)
    return await fetch_and_read(link, interaction.client.upload_reading.for_server(server_of(interaction)))


async def read_text(interaction: Interaction, text: str) -> ReadArticle:
    """Read a text that somebody pasted. Raises UsageError for what is no article."""
    count_file(interaction)
    return await _read(interaction, text.encode("utf-8", "replace"), "")


async def _read(interaction: Interaction, content: bytes, name: str) -> ReadArticle:
    return await interaction.client.upload_reading.call(server_of(interaction), read_upload, content, name)


def count_file(interaction: Interaction) -> None:
    """Count what is read as a file that was sent. Raises TooManyError."""
    interaction.client.limits.take(RequestKind.FILE, server_of(interaction), interaction.user.id)


async def read_and_show(interaction: Interaction, read: ReadArticleLater, name: str, named: str | None) -> None:
    """Read an article and take it into a story, the one ``named`` if given; show what becomes of it, privately, step by step."""
    await show_progress(interaction, name)
    await make_change(interaction, read_and_take(interaction, read, name, named), respond_privately)


async def show_progress(interaction: Interaction, name: str) -> None:
    """Say that something is being read, for whoever asked for it alone."""
    await defer(interaction)
    await speak_when_known(interaction)
    with suppress(discord.DiscordException, *FAILURES):  # what comes of it is shown anyway
        await interaction.edit_original_response(view=panel(say(words.READING, name=inline(name, _MAX_NAME))))


async def read_and_take(interaction: Interaction, read: ReadArticleLater, name: str, named: str | None = None) -> ChangeResult:
    """Read an article and take it in."""
    return await place(interaction, StoredArticle(await read(), name[:_MAX_NAME]), named)


async def place(interaction: Interaction, article: StoredArticle, named: str | None = None) -> ChangeResult:
    """Take an article into the story that it belongs to; if it is not clear which that is, ask."""
    channels = channel_and_parent(interaction.channel)
    story = await read_for(interaction, _story_meant, article.read, named, channels)
    if story is not None:
        return await take(interaction, article, story)
    key = await store_text(interaction, article.encode())

    def asked(session: Session) -> ui.LayoutView:
        return story_question(key, article, offered_stories(session, channels), session.articles.fitting(article.read))

    return ChangeResult(await read_until_cancelled(interaction, asked))


def _story_meant(session: Session, read: ReadArticle, named: str | None, channels: Sequence[int]) -> str | None:
    """Return the story that an article belongs to: the one named, the one that has it, or the channel's; None if not clear.

    In a server without any story it is a new one.
    """
    if named:
        return story_for(session, named, channels)
    stories = session.stories()
    if not stories:
        return NEW_STORY
    known = session.articles.story_of(read.article, read.source)
    if known is not None:
        return known.id
    of_channel = session.settings().story_of(*channels)
    return of_channel if any(story.id == of_channel for story in stories) else None


@route("article-story", Permission.MODERATOR, least=1, send=make_change)
async def _story_chosen(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Take an article into the story that was chosen."""
    article = await _load(interaction, given.argument)
    return await take(interaction, article, given.values[0], key=given.argument)


async def take(
    interaction: Interaction,
    article: StoredArticle,
    story: str,
    *,
    key: str | None = None,
    stated: Mapping[str, Any] | None = None,
) -> ChangeResult:
    """Take an article into a story, and show what became of it.

    ``key`` is the one under which it is stored, ``stated`` what somebody typed of its source.
    """
    signature, stated = signature_of(interaction, READING_OF.format(name=article.name)), stated or {}
    read = replace(article.read, source=described(article.read.source, stated))

    def taken(session: Session) -> TakenArticle:
        named = None if story == NEW_STORY else story
        if article.proposal:
            return session.articles.accept(article.proposal, read, signature, story=named)
        return session.articles.take(read, signature, story=named, known=article.source or None, stated=tuple(stated))

    result = await write_for(interaction, taken)
    if article.proposal:
        bot, server = interaction.client, server_of(interaction)
        bot.background.start(tell_authors(bot, server, article.proposal))
        bot.background.start(refresh(bot, server, article.proposal))
    return ChangeResult(partial(_shown, interaction, article, result, key), result.taken.applied)


async def _load(interaction: Interaction, key: str) -> StoredArticle:
    """Return the article stored under a key. Raises NotKnownError if it is gone, or is somebody else's."""
    owner = signer(interaction.user)
    return await run_briefly(interaction, lambda session: StoredArticle.decode(session.unfinished_forms.get(owner, key)))


def described(source: Source, stated: Mapping[str, Any]) -> Source:
    """Return a source as somebody described it. Raises FormError where that is too long."""
    source = replace(source, **stated)
    if stated:
        check_sizes(source)
    return source


async def _shown(interaction: Interaction, article: StoredArticle, result: TakenArticle, key: str | None) -> ui.LayoutView:
    """Return the panel of an article that was taken in, with questions that it answers; it is completed once encoded."""
    story = result.info.id

    async def tried(given: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return questions that the story answers, those that were proposed before first."""
        with suppress(FootnoteError):  # the article is in, and can be asked about without proposals
            questions = article.read.questions
            answered = await read_for(interaction, lambda session: session.articles.answered(questions, story))
            return tuple(dict.fromkeys((*given, *answered)))[:MAX_TRIED]
        return given

    now = replace(article, story=story, source=result.taken.source.id, tried=await tried(), proposal=0)
    stored = await store_text(interaction, now.encode(), key)

    def view(shown: StoredArticle, *, is_encoded: bool) -> Awaitable[SentView]:
        return run_briefly(interaction, lambda _: article_panel(stored, shown, result, is_encoded=is_encoded))

    async def complete() -> ui.LayoutView:
        await interaction.client.service.encoded(server_of(interaction))
        later = now
        if len(now.tried) < MAX_TRIED:  # by its meaning, the article may answer more than by its words
            later = replace(now, tried=await tried(now.tried))
            await store_text(interaction, later.encode(), stored)
        return await view(later, is_encoded=True)

    shown = await view(now, is_encoded=False)
    if result.taken.applied.change is not None:
        shown.complete = complete
    return shown


@route("article-try", Permission.MODERATOR, r"\d:.*", send=respond)
async def _try_question(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Answer a question that was proposed, as if it had been asked."""
    index, _, key = given.argument.partition(":")
    article = await _load(interaction, key)
    if int(index) >= len(article.tried):  # a button from before the article was read again
        raise OtherVersionError
    question = typed_text(article.tried[int(index)])
    return await answer_view(Asker.of_interaction(interaction), question, ReplyKind.ANSWER, story=article.story)
