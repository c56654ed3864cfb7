"""Whether a message is meant for the bot, and what it asks."""

from __future__ import annotations

import re

import discord

_CUSTOM_EMOJI = re.compile(r"<a?:(\w+):\d+>")
_TYPES = (discord.MessageType.default, discord.MessageType.reply)


def is_for_bot(message: discord.Message, bot: int) -> bool:
    """Whether a person wrote this message to the bot: a direct message, a mention, or a reply to what the bot said."""
    if message.author.bot or message.webhook_id is not None or message.type not in _TYPES:
        return False
    return message.guild is None or any(user.id == bot for user in message.mentions) or is_reply_to(message, bot)


def is_reply_to(message: discord.Message, bot: int) -> bool:
    """Whether a message is a reply to one of the bot's."""
    answered = message.reference.resolved if message.reference else None
    return isinstance(answered, discord.Message) and answered.author.id == bot


def question_in(message: discord.Message, bot: int) -> str:
    """Return what a message asks: without the bot's mention, with the names of the others who are mentioned."""
    text = message.content
    for user in message.mentions:
        name = "" if user.id == bot else user.display_name
        text = text.replace(f"<@{user.id}>", name).replace(f"<@!{user.id}>", name)
    return " ".join(_CUSTOM_EMOJI.sub(r"\1", text).split())
