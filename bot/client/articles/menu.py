"""The article of a message, by "Read this article" in its menu: what it links to, what is attached, or what it says itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

from bot.client.articles import words
from bot.client.articles.reading import read_and_show, read_and_take, read_file, read_link, read_text
from bot.client.bot import Interaction
from bot.client.custom_ids import OtherVersionError
from bot.client.errors import sentence_view
from bot.client.forms.records import load_text, store_text
from bot.client.incoming_messages import links_in, text_in
from bot.client.interactions import RouteInput, route
from bot.client.logbook.aftermath import ChangeResult, make_change
from bot.client.panels import BLUE, CHOICE_LENGTH, MAX_CHOICES, MAX_LISTS, choice_lists, option, panel
from bot.client.permissions import Permission, for_moderators, requires
from bot.client.sending import SentView, respond_privately
from bot.client.text import label
from bot.drafting.folder import ENDINGS
from bot.drafting.read_article import ReadArticle
from bot.languages import say

MIN_TEXT = 400
"""Characters from which the text of a message may be an article."""

MAX_LINK = 2000
"""Characters of a link."""


@dataclass(frozen=True, slots=True)
class Readable:
    """Something of a message that can be read: a ``file`` as Discord describes it, a ``link``, or the message's own ``text``."""

    file: dict[str, Any] | None = None
    link: str = ""
    text: str = ""

    @property
    def name(self) -> str:
        """The name under which it is offered."""
        return self.file["filename"] if self.file else self.link or say(words.MESSAGE_TEXT)

    async def read(self, interaction: Interaction) -> ReadArticle:
        """Read it. Raises UsageError with what stands in the way."""
        if self.file is not None:
            return await read_file(interaction, discord.Attachment(data=self.file, state=interaction._state))  # type: ignore[arg-type]
        return await (read_link(interaction, self.link) if self.link else read_text(interaction, self.text))


@app_commands.context_menu(name="Read this article")
@for_moderators
@requires(Permission.MODERATOR)
async def read_this(interaction: Interaction, message: discord.Message) -> None:
    """Read the article that a message links to or holds, so that its sentences answer."""
    readables = readable_in(message, interaction.client.own_id)
    if len(readables) == 1 and not readables[0].text:
        await read_and_show(interaction, partial(readables[0].read, interaction), readables[0].name, None)
    elif readables:
        await respond_privately(interaction, _asked(interaction, readables))
    else:
        await respond_privately(interaction, sentence_view(say(words.NOTHING_TO_READ)))


def readable_in(message: discord.Message, bot: int) -> list[Readable]:
    """Return what of a message can be read as an article, also where it forwards another: files, links, then its own text."""
    parts: list[discord.Message | discord.MessageSnapshot] = [message, *message.message_snapshots]
    files = [file for part in parts for file in part.attachments if Path(file.filename).suffix.lower() in ENDINGS]
    links = dict.fromkeys(link for part in parts for link in _links(part) if len(link) <= MAX_LINK)
    readables = [*(Readable(file=dict(file.to_dict())) for file in files), *(Readable(link=link) for link in links)]
    texts = [text_in(message, bot).stored, *(part.content for part in message.message_snapshots)]
    longest = max(texts, key=len)
    return [*readables[: MAX_LISTS * MAX_CHOICES - 1], *([Readable(text=longest)] if len(longest) >= MIN_TEXT else [])]


def _links(part: discord.Message | discord.MessageSnapshot) -> Iterator[str]:
    yield from links_in(part.content)
    yield from (embed.url for embed in part.embeds if embed.url and embed.url.startswith(("http://", "https://")))


async def _asked(interaction: Interaction, readables: Sequence[Readable]) -> SentView:
    """Ask what of a message is to be read."""
    content = [{"file": readable.file, "link": readable.link, "text": readable.text} for readable in readables]
    key = await store_text(interaction, json.dumps(content, ensure_ascii=False))
    options = [option(label(readable.name, CHOICE_LENGTH), index) for index, readable in enumerate(readables)]
    lists = choice_lists("article-pick", key, options, say(words.CHOOSE_WHAT))
    return panel(say(words.WHICH_TO_READ if len(readables) > 1 else words.TEXT_ALONE), *lists, colour=BLUE)


@route("article-pick", Permission.MODERATOR, choice=r"\d{1,2}", least=1, send=make_change)
async def _picked(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Read what was chosen of a message."""
    readables = [Readable(**values) for values in json.loads(await load_text(interaction, given.argument))]
    index = int(given.values[0])
    if index >= len(readables):
        raise OtherVersionError
    return await read_and_take(interaction, partial(readables[index].read, interaction), readables[index].name)
