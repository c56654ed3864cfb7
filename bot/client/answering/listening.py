"""Listening channels: where a server chose so, a question not put to the bot is answered too, but only if the answer is sure.

Most messages are no such questions and must cost next to nothing, so everything that is checked first is in memory.
"""

from __future__ import annotations

import re
from collections import deque

import discord
from discord.ext import commands

from bot.client.answering.answers import Asker, answer_view
from bot.client.bot import FootnoteBot
from bot.client.custom_ids import ReplyKind
from bot.client.incoming_messages import question_in
from bot.client.limits import RequestKind, TooManyError
from bot.client.question_counts import SILENT
from bot.client.sending import send_reply
from bot.client.story_scope import channel_and_parent, story_of_channel
from bot.errors import FootnoteError
from bot.service.session import Session

CAUTION = 0.5
"""How much surer than usual an answer that nobody asked for has to be; see `bot.answers.answerer.Answerer.ask`."""

_MIN_CHARACTERS, _MAX_CHARACTERS = 10, 300  # characters: shorter is chat, longer is a speech with a question in it
_MIN_WORDS = 3
_ASKS = re.compile(r"\?|^\W*(?:who|whom|whose|what|when|where|why|how|which)\b", re.IGNORECASE)
# What people ask each other about themselves, rather than about the story.
_PERSONAL = re.compile(r"\b(?:you|your|yours|u|ur|we|our|i|my|mine)\b", re.IGNORECASE)


class Listening(commands.Cog):
    """Answers unasked. It is loaded only where the operator lets servers listen."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot
        self._channels: dict[int, frozenset[int]] = {}
        self._answered: deque[int] = deque(maxlen=500)

    async def cog_load(self) -> None:
        """Have messages that may be such questions reach this cog."""
        self.bot.message_filters.append(self.hears)

    async def cog_unload(self) -> None:
        """Hear nothing more."""
        self.bot.message_filters.remove(self.hears)

    def hears(self, message: discord.Message) -> bool:
        """Return whether a message may be a question to answer unasked; decided from memory alone."""
        if message.guild is None or message.author.bot or message.webhook_id is not None:
            return False
        channels, content = self._channels.get(message.guild.id), message.content
        return (
            (channels is None or not channels.isdisjoint(channel_and_parent(message.channel)))
            # A question to everybody about something: no reply, nobody mentioned, nothing personal.
            and _MIN_CHARACTERS <= len(content) <= _MAX_CHARACTERS
            and message.type is discord.MessageType.default
            and not message.mentions
            and not message.role_mentions
            and not message.mention_everyone
            and _ASKS.search(content) is not None
            and _PERSONAL.search(content) is None
            and len(content.split()) >= _MIN_WORDS
        )

    @commands.Cog.listener()
    async def on_chatter(self, message: discord.Message) -> None:
        """Answer a question in a listening channel if sure; errors are only logged, for nobody asked."""
        if message.guild is None:
            return
        service, server = self.bot.service, message.guild.id
        try:
            if not service.settings.base_path(server).exists():
                self._channels[server] = frozenset()  # without a base it has chosen none, and chatter is no reason to make one
            elif server not in self._channels:
                self._channels[server] = frozenset((await service.run_briefly(server, Session.settings)).listening)
            listens = not self._channels[server].isdisjoint(channel_and_parent(message.channel))
            if listens and message.id not in self._answered:
                self._answered.append(message.id)
                await self._answer(message, server)
        except Exception as error:  # noqa: BLE001 - logged as the error handler does, answered to nobody
            self.bot.error_handler.record(error, message.channel.id)

    @commands.Cog.listener()
    async def on_settings_changed(self, server: int) -> None:
        """Have the listening channels of a server read again."""
        self._channels.pop(server, None)

    async def _answer(self, message: discord.Message, server: int) -> None:
        service, question = self.bot.service, question_in(message, self.bot.own_id)
        try:
            self.bot.limits.take(RequestKind.UNASKED, server, message.author.id)
        except TooManyError:  # nobody asked, so nobody is told
            return
        await self.bot.begin_request(server)
        story = await story_of_channel(service, server, message.channel)
        try:
            answer = await service.ask(server, question.shown, story=story, caution=CAUTION)
        except FootnoteError:  # no words, or no time: silence is an answer too
            return
        if answer.status != "answered":
            self.bot.metrics.questions.labels(SILENT).inc()
        else:
            await send_reply(
                message, await answer_view(Asker.of_message(self.bot, message), question, ReplyKind.REPLY, story=story)
            )
