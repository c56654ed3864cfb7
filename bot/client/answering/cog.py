"""Questions in messages to the bot, by `/ask`, and in other people's messages by "Answer this"; and `/help`.

Direct messages are conversations: the last questions are remembered for a while, in memory alone, so that "why?" can be read.
"""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from typing import Any

import discord
from discord import app_commands, ui
from discord.app_commands import Range
from discord.ext import commands

from bot import phrases
from bot.answers.answerer import EARLIER
from bot.client import words
from bot.client.answering.answers import Asker, answer_view
from bot.client.bot import FootnoteBot, Interaction
from bot.client.custom_ids import ReplyKind
from bot.client.errors import sentence_view
from bot.client.incoming_messages import answer_of, question_in, replied_to, server_of_message, typed_text
from bot.client.interactions import RouteInput, route, sends
from bot.client.limits import RequestKind, TooManyError
from bot.client.options import StoryName
from bot.client.panels import panel
from bot.client.permissions import Permission, everywhere, is_moderator
from bot.client.sending import reply_to, respond, respond_privately, server_of
from bot.client.story_scope import story_of_channel, story_of_interaction
from bot.client.text import inline, label
from bot.errors import FootnoteError
from bot.languages import say, say_message
from bot.presentation import wording
from bot.service.service import Service
from bot.service.session import Session

_HINT_SECONDS = 30.0  # after which a hint that nobody asked for is deleted

_TITLE = 150
_COMMAND = re.compile(r"/[a-z][\w-]*(?= |$)", re.IGNORECASE)  # what somebody meant for a command; no question begins so
MINUTES = 10  # after which a question no longer counts as the one that the next follows
MAX_CHANNELS = 500  # channels remembered at once


class Asking(commands.Cog):
    """Answers questions, and says how to ask them."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot
        self.conversations = Conversations()

    @commands.Cog.listener()
    async def on_question(self, message: discord.Message) -> None:
        """Answer a message that is meant for the bot."""
        try:
            await self._answer(message)
        except TooManyError as error:
            if error.first:  # said once: answering every message of a flood would be another flood
                await self.bot.error_handler.message(message, error)
        except Exception as error:  # noqa: BLE001 - the error handler answers and logs
            await self.bot.error_handler.message(message, error)

    @app_commands.command()
    @everywhere
    @app_commands.describe(
        question="What do you want to know?",
        story="Ask only this story",
        as_of="Answer from what the sources had reported by then: 27 October 2017, October 2017",
    )
    @sends(respond)
    async def ask(
        self,
        interaction: Interaction,
        question: Range[str, 1, 1000],
        story: StoryName | None = None,
        as_of: Range[str, 1, 100] | None = None,
    ) -> ui.LayoutView:
        """Ask a question about the story."""
        asker, story = Asker.of_interaction(interaction), story or await story_of_interaction(interaction)
        return await answer_view(asker, typed_text(question), ReplyKind.ANSWER, story=story, as_of=as_of)

    @app_commands.command()
    @everywhere
    @sends(respond_privately)
    async def help(self, interaction: Interaction) -> ui.LayoutView:
        """See how to ask and what else there is."""
        bot, server = self.bot, server_of(interaction)
        story = await story_of_interaction(interaction)
        stories = await bot.service.read(server, _known_stories, story)
        text = say(words.HELP, mention=f"<@{bot.own_id}>", question=await example_question(bot.service, server, story))
        more = f"\n\n{say(words.HELP_MODERATORS)}" if await is_moderator(interaction) else ""
        return panel(f"{text}{more}\n-# {stories}".split("\n\n"), divider=False)

    async def _answer(self, message: discord.Message) -> None:
        me, server = self.bot.own_id, server_of_message(message)
        question = question_in(message, me)
        await self.bot.begin_request(server)
        self.bot.limits.take(RequestKind.QUESTION, server, message.author.id)
        # Without a ping, Discord keeps the text of a reply from bots that may not read every message.
        pinged = any(user.id == me for user in message.mentions)
        hidden = server is not None and not message.content and not pinged
        if command := _COMMAND.match(question.stored):
            hint = sentence_view(say(words.NO_COMMAND, typed=label(command[0], _TITLE)))
            await message.reply(view=hint, silent=True, mention_author=False)
        elif question.stored:
            asker = Asker.of_message(self.bot, message)
            story = await story_of_channel(self.bot.service, server, message.channel)
            before, after = await self._earlier(message, server)
            self.conversations.add(message, question.stored, after)
            await reply_to(message, answer_view(asker, question, ReplyKind.REPLY, story=story, before=before, after=after))
        elif hidden and replied_to(message, me):
            hint = sentence_view(say(words.CANNOT_READ))
            await message.reply(view=hint, delete_after=_HINT_SECONDS, silent=True, mention_author=False)
        else:
            await reply_to(message, short_help(self.bot, server, message.channel))

    async def _earlier(self, message: discord.Message, server: int | None) -> tuple[tuple[int, ...], tuple[str, ...]]:
        """Return the facts of the answer that a message replies to, and the questions that led to it.

        There are none if that answer is too old. A direct message that is not a reply follows the questions asked just before it.
        """
        key = answer_of(message, self.bot.own_id)
        if key is None:
            return (), self.conversations.before(message)
        try:
            reply = await self.bot.service.reply(server, key)
        except FootnoteError:
            return (), ()
        earlier = (*reply.after, reply.title) if reply.title and reply.is_question else ()
        return tuple(fact.number for fact in reply.facts if not fact.retracted), earlier[-EARLIER:]


def _known_stories(session: Session, story: str | None) -> str:
    """Say what can be asked about, in text that is safe to show."""
    return say_message(phrases.known_stories(inline(info.title, _TITLE) for info in session.stories_with_facts(story)))


@app_commands.context_menu(name="Answer this")
@everywhere
async def answer_this(interaction: Interaction, message: discord.Message) -> None:
    """Answer the question in a message."""
    question = question_in(message, interaction.client.own_id)

    async def answered() -> ui.LayoutView:
        story = await story_of_interaction(interaction)
        return await answer_view(Asker.of_interaction(interaction), question, ReplyKind.ANSWER, story=story)

    if question.stored:
        await respond(interaction, answered())
    else:
        await respond_privately(interaction, sentence_view(say(words.NOTHING_TO_READ)))


@route("ask-this", Permission.ANYONE, send=respond)
async def ask_this(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Answer the question that a button offers."""
    story = await story_of_interaction(interaction)
    return await answer_view(Asker.of_interaction(interaction), typed_text(given.argument), ReplyKind.ANSWER, story=story)


async def short_help(bot: FootnoteBot, server: int | None, channel: Any) -> ui.LayoutView:
    """Return two lines that say how to ask in a channel."""
    question = await example_question(bot.service, server, await story_of_channel(bot.service, server, channel))
    text = say(words.SHORT_HELP, mention=f"<@{bot.own_id}>", question=question)
    return panel(text)


async def example_question(service: Service, server: int | None, story: str | None) -> str:
    """Return a question that the facts of a story, or of all (None), answer, as text that is safe to show."""
    quoted = await service.read(server, Session.complete_actors, "", speakers=True)
    return inline(wording.example([record for record in quoted if story in (None, record.story.id)]), _TITLE)


class Conversations:
    """The last questions of each direct-message channel."""

    def __init__(self) -> None:
        self._asked: OrderedDict[int, tuple[float, tuple[str, ...]]] = OrderedDict()

    def before(self, message: discord.Message) -> tuple[str, ...]:
        """Return what was asked in a direct message's channel in the last minutes, oldest first; nothing for other channels."""
        if server_of_message(message) is not None or message.reference is not None:
            return ()
        asked, questions = self._asked.get(message.channel.id, (0.0, ()))
        return questions if time.monotonic() - asked < 60 * MINUTES else ()

    def add(self, message: discord.Message, question: str, after: tuple[str, ...]) -> None:
        """Remember a question that a direct message asked ``after`` others, and forget conversations that are too old."""
        if server_of_message(message) is not None:
            return
        now = time.monotonic()
        self._asked[message.channel.id] = now, (*after, question)[-EARLIER:]
        self._asked.move_to_end(message.channel.id)
        oldest = next(iter(self._asked))
        while len(self._asked) > MAX_CHANNELS or now - self._asked[oldest][0] > 60 * MINUTES:
            del self._asked[oldest]
            oldest = next(iter(self._asked), message.channel.id)
