"""Direct messages as conversations: what was asked just before, so that "why?" can be read. It is in memory alone, and for a
while."""

from __future__ import annotations

import time
from collections import OrderedDict

import discord

from bot.answers.answerer import EARLIER

MINUTES = 10  # after which a question is no longer what the next one follows
MOST = 500  # channels that are remembered


class Conversations:
    """The last questions of each direct-message channel."""

    def __init__(self) -> None:
        self._asked: OrderedDict[int, tuple[float, tuple[str, ...]]] = OrderedDict()

    def before(self, message: discord.Message) -> tuple[str, ...]:
        """Return what was asked in a direct message's channel in the last minutes, oldest first; nothing for other channels."""
        if message.guild is not None or message.reference is not None:
            return ()
        asked, questions = self._asked.get(message.channel.id, (0.0, ()))
        return questions if time.monotonic() - asked < 60 * MINUTES else ()

    def add(self, message: discord.Message, question: str, after: tuple[str, ...]) -> None:
        """Remember a question that was asked in a direct message ``after`` others, and forget what is too old."""
        if message.guild is not None:
            return
        now = time.monotonic()
        self._asked[message.channel.id] = now, (*after, question)[-EARLIER:]
        self._asked.move_to_end(message.channel.id)
        oldest = next(iter(self._asked))
        while len(self._asked) > MOST or now - self._asked[oldest][0] > 60 * MINUTES:
            del self._asked[oldest]
            oldest = next(iter(self._asked), message.channel.id)
