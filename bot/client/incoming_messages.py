"""Messages that people write: whether one is meant for the bot, which of the bot's answers it replies to, and what it says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import discord

from bot.client.custom_ids import REPLY_BUTTON, custom_ids

SOMEBODY = "@somebody"
"""Replaces the mention of a person in whatever is stored."""

# Marks that Discord shows as something else: a person, role, channel, emoji, time, command or page of a server.
_MARKS = re.compile(r"<(?:@!?(?P<user>\d+)|@&\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|/[^<>:]+:\d+|id:\w+)>")
_PERSON = re.compile(r"<@!?\d+>")
_BEFORE_SIGN = re.compile(r"\s+([,.?!])(?=\s|$)")
_LINK = re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?)\]}'\"*_]", re.IGNORECASE)
_TYPES = (discord.MessageType.default, discord.MessageType.reply)


@dataclass(frozen=True, slots=True)
class MessageText:
    """What a message says: ``shown`` with the names of those whom it mentions, ``stored`` with `SOMEBODY` for each of them."""

    shown: str
    stored: str


def is_for_bot(message: discord.Message, bot: int) -> bool:
    """Return whether a person wrote this message to the bot: a direct message, a mention, or a reply to what the bot said."""
    if message.author.bot or message.webhook_id is not None or message.type not in _TYPES:
        return False
    mentioned = any(user.id == bot for user in message.mentions)
    return mentioned or server_of_message(message) is None or replied_to(message, bot) is not None


def server_of_message(message: discord.Message) -> int | None:
    """Return the server in which a message was written; None for a direct message.

    The library may not know that server yet, or may never know it, if Discord's description of it could not be read.
    """
    return message.guild.id if message.guild else getattr(message.channel, "guild_id", None)


def replied_to(message: discord.Message, bot: int) -> discord.Message | None:
    """Return the bot's message that a message replies to; None if it replies to none."""
    resolved = message.reference.resolved if message.reference else None
    return resolved if isinstance(resolved, discord.Message) and resolved.author.id == bot else None


def answer_of(message: discord.Message, bot: int) -> str | None:
    """Return the key of the bot's answer that a message replies to, which is read from the ids of the answer's buttons."""
    answered = replied_to(message, bot)
    matches = map(REPLY_BUTTON.fullmatch, custom_ids(answered.components if answered else ()))
    return next((match["key"] for match in matches if match and match["key"]), None)


def question_in(message: discord.Message, bot: int) -> MessageText:
    """Return what a message asks, on one line: with the people whom it mentions, without the bot or any other mark."""
    text = text_in(message, bot)
    return MessageText(*(" ".join(content.split()) for content in (text.shown, text.stored)))


def text_in(message: discord.Message, bot: int) -> MessageText:
    """Return what a message says, line by line: with the people whom it mentions, without the bot or any other mark."""
    names = {str(user.id): user.display_name for user in message.mentions if user.id != bot}
    return MessageText(_plain(message.content, names), _plain(message.content, dict.fromkeys(names, SOMEBODY)))


def typed_text(text: str) -> MessageText:
    """Return what somebody typed into an option of a command."""
    return MessageText(without_ids(text), without_ids(text))


def without_ids(text: str) -> str:
    """Return what somebody typed into an option of a command, without the ids that Discord writes for mentioned people."""
    return _PERSON.sub(SOMEBODY, text)


def links_in(text: str) -> tuple[str, ...]:
    """Return the web links in a text, each once."""
    return tuple(dict.fromkeys(_LINK.findall(text)))


def without_link(text: str) -> tuple[str, str]:
    """Separate a text from the one link in it; if it has none, or several, it stays as it is and the link is ""."""
    matches = list(_LINK.finditer(text))
    if len({match[0] for match in matches}) != 1:
        return text, ""
    lines = (" ".join(line.split()) for line in _LINK.sub("", text).replace("<>", "").replace("()", "").splitlines())
    return "\n".join(filter(None, lines)) or text, matches[0][0]


def _plain(content: str, names: Mapping[str, str]) -> str:
    """Return a text with a name for each mention of a person, by id, and without all other marks."""
    text = _MARKS.sub(lambda mark: names.get(mark["user"] or "", " "), content)
    return "\n".join(_BEFORE_SIGN.sub(r"\1", line).strip() for line in text.splitlines()).strip()
