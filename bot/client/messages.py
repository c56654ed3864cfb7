"""Read messages: whether one is meant for the bot, what it asks, and which answer it replies to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import discord

from bot.client.custom_ids import REPLY_BUTTON

# What Discord writes for something that it shows in its place: a person, role, channel, emoji, time, command or page of a server.
_MARKS = re.compile(r"<(?:@!?(?P<user>\d+)|@&\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|/[^<>:]+:\d+|id:\w+)>")
_BEFORE_SIGN = re.compile(r"\s+([,.?!])(?=\s|$)")
_LINK = re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?)\]}'\"*_]", re.IGNORECASE)
_TYPES = (discord.MessageType.default, discord.MessageType.reply)


def is_for_bot(message: discord.Message, bot: int) -> bool:
    """Return whether a person wrote this message to the bot: a direct message, a mention, or a reply to what the bot said."""
    if message.author.bot or message.webhook_id is not None or message.type not in _TYPES:
        return False
    return message.guild is None or any(user.id == bot for user in message.mentions) or is_reply_to(message, bot)


def is_reply_to(message: discord.Message, bot: int) -> bool:
    """Return whether a message is a reply to one of the bot's."""
    answered = message.reference.resolved if message.reference else None
    return isinstance(answered, discord.Message) and answered.author.id == bot


def answer_of(message: discord.Message, bot: int) -> str | None:
    """Return the key of the bot's answer to which a message is a reply; it stands in the ids of the answer's buttons."""
    answered = message.reference.resolved if message.reference else None
    if not isinstance(answered, discord.Message) or answered.author.id != bot:
        return None
    found = (REPLY_BUTTON.fullmatch(each) for each in _custom_ids(answered.components))
    return next((match["key"] for match in found if match and match["key"]), None)


def _custom_ids(components: Iterable[Any]) -> Iterator[str]:
    for each in components:
        if custom_id := getattr(each, "custom_id", None):
            yield custom_id
        yield from _custom_ids(getattr(each, "children", ()))


def question_in(message: discord.Message, bot: int) -> str:
    """Return what a message asks: with the names of the people whom it mentions, without the bot's and every other mark."""
    return " ".join(_BEFORE_SIGN.sub(r"\1", _plain(message, bot)).split())


def text_in(message: discord.Message, bot: int) -> str:
    """Return what a message says, line by line, names in the place of mentions and without all other marks."""
    lines = (_BEFORE_SIGN.sub(r"\1", line).strip() for line in _plain(message, bot).splitlines())
    return "\n".join(lines).strip()


def without_link(text: str) -> tuple[str, str]:
    """Part a text from the one link in it; where it holds none, or several, it stays as it is and the link is ""."""
    found = list(_LINK.finditer(text))
    if len({each[0] for each in found}) != 1:
        return text, ""
    lines = (" ".join(line.split()) for line in _LINK.sub("", text).replace("<>", "").replace("()", "").splitlines())
    return "\n".join(filter(None, lines)) or text, found[0][0]


def _plain(message: discord.Message, bot: int) -> str:
    names = {str(user.id): user.display_name for user in message.mentions if user.id != bot}
    return _MARKS.sub(lambda mark: names.get(mark["user"] or "", " "), message.content)
