"""From a question or a list to the message that shows it: ask the service, store what is shown, lay it out."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace
from functools import partial

import discord
from discord import ui

from bot import phrases
from bot.answers.models import Answer
from bot.answers.retellings import retellings_in
from bot.answers.unnamed import without_names
from bot.client.answering.card import Card, card_view
from bot.client.bot import FootnoteBot, Interaction
from bot.client.custom_ids import Press, ReplyAction, ReplyKind
from bot.client.follows.news import news_asked_for
from bot.client.incoming_messages import SOMEBODY, MessageText, server_of_message, without_ids
from bot.client.limits import GapLimits
from bot.client.question_counts import FAILED, QuestionCounts
from bot.client.sending import SentView, server_of
from bot.errors import FactBaseError, NotKnownError
from bot.facts.models import FactRecord
from bot.facts.state.gaps import Outcome
from bot.languages import language, say, say_message, speaking
from bot.messages import Message
from bot.presentation import wording
from bot.service.facts import SidesOf
from bot.service.replies import Reply
from bot.service.service import Service
from bot.service.session import Session

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, in which server (None: the library answers), and what limits and counts the questions, if anything."""

    service: Service
    server: int | None
    user: int
    channel: int | None = None
    limits: GapLimits | None = None
    counts: QuestionCounts | None = None

    @classmethod
    def of_interaction(cls, interaction: Interaction) -> Asker:
        """Return the asker of an interaction."""
        bot, server = interaction.client, server_of(interaction)
        return cls(bot.service, server, interaction.user.id, interaction.channel_id, bot.gap_limits, bot.question_counts)

    @classmethod
    def of_message(cls, bot: FootnoteBot, message: discord.Message) -> Asker:
        """Return the asker of a message."""
        server = server_of_message(message)
        return cls(bot.service, server, message.author.id, message.channel.id, bot.gap_limits, bot.question_counts)

    def may_note(self, reply: str) -> bool:
        """Return whether the question of a reply may be noted as a gap, so that nobody floods the moderators."""
        return self.limits is None or self.limits.allow(self.server, self.user, self.channel, reply)

    def count(self, outcome: str, start: float) -> None:
        """Count a question by its outcome; ``start`` is when it was asked, by ``time.perf_counter``."""
        if self.counts is not None:
            self.counts.count(self.server, outcome, time.perf_counter() - start)


async def answer_view(
    asker: Asker,
    question: MessageText,
    kind: ReplyKind,
    *,
    story: str | None = None,
    as_of: str | None = None,
    before: tuple[int, ...] = (),
    after: tuple[str, ...] = (),
) -> ui.LayoutView:
    """Answer a question, as of a day if one is given.

    ``before`` are the facts of the answer that it replies to, ``after`` the earlier questions of that conversation, oldest first.
    The question is read as shown, with the names of the members it mentions, who may be in the story.
    Raises EmptyQuestionError, NotKnownError (story), DateError, UsageError and BusyError.
    """
    start = time.perf_counter()
    if as_of is None and (news := await news_asked_for(asker.service, asker.server, question.shown, story, asker.user)):
        return news
    try:
        unworded = await asker.service.ask(asker.server, question.shown, story=story, as_of=as_of, before=before, after=after)
    except FactBaseError:
        asker.count(FAILED, start)
        raise
    answer = wording.worded(unworded)
    if answer.actor is not None and not before:
        asker.count(answer.status, start)
        return await actor_view(asker, answer.actor, answer.facts[0].record.story.id)
    stories = await _known_stories(asker, answer, story)
    reply = Reply(
        title=question.shown,
        short=answer.short,
        note=_note(answer, stories),
        facts=tuple(fact.record for fact in answer.facts),
        suggestions=tuple(suggestion.record for suggestion in answer.suggestions),
        story=story,
        as_of=answer.as_of,
        before=before,
        after=after,
        perhaps=answer.perhaps_answers,
        is_question=answer.is_question,
        retellings=retellings_in((*answer.facts, *answer.suggestions)),
        questions=answer.questions,
        language=answer.language,
    )
    stored = replace(reply, title=question.stored)
    if question.stored != question.shown and not reply.facts:  # the note may repeat a word of the question
        unnamed = wording.worded(without_names(unworded, question.stored, SOMEBODY))
        stored = replace(stored, note=_note(unnamed, stories))
    # That something was not known by a day, or does not follow from earlier answers, is no gap in the facts.
    gap = answer.is_question and not answer.unread and not reply.facts and reply.as_of is None and not before and not after
    view = await stored_reply_view(asker, reply, kind, gap=gap, stored=stored)
    if answer.is_question:
        asker.count(answer.status, start)
    return view


async def list_view(
    asker: Asker,
    title: str,
    facts: tuple[FactRecord, ...],
    kind: ReplyKind,
    note: str | None = None,
    wikidata: str | None = None,
) -> ui.LayoutView:
    """Show a list of facts, of an actor with the item of Wikidata. Raises NotKnownError where it is empty."""
    if not facts:
        raise NotKnownError(say("{title}: nothing in the facts I have. Leave a field empty to see more.", title=title))
    reply = Reply(without_ids(title), None, note, facts, (), is_question=False, wikidata=wikidata)
    return await stored_reply_view(asker, reply, kind)


async def actor_view(asker: Asker, name: str, story: str | None, title: str | None = None) -> ui.LayoutView:
    """Show all that is known of an actor, section by section, with the ``title`` of the story where there are several.

    Raises NotKnownError with the nearest names.
    """
    page = await asker.service.read(asker.server, Session.who, name, story=story)
    actor = page.record.actor
    about = filter(None, (actor.role, say_message(phrases.also_called(actor.aliases[:6])) if actor.aliases else "", title))
    return await list_view(asker, actor.name, page.facts, ReplyKind.ACTOR, ". ".join(about), actor.wikidata)


async def stored_reply_view(
    asker: Asker, reply: Reply, kind: ReplyKind, *, gap: bool = False, stored: Reply | None = None
) -> ui.LayoutView:
    """Store a reply and lay out its first page; if it cannot be stored, the answer goes out without buttons.

    ``gap`` says that it leaves a question unanswered, which is noted for the moderators. ``stored`` is the reply as it is to be
    stored, without the names of members, if it differs from the one shown.
    """
    stored = stored or reply
    key: str | None = None
    try:
        key = await asker.service.store_reply(asker.server, stored)
        if gap and asker.may_note(key):
            await note_gap(asker, stored, key, "unanswered")
    except FactBaseError as error:
        log.warning("A reply goes out without buttons: %s", error)
    if key is None:
        card = Card(reply, kind, None, asker.user, page_size=asker.service.settings.page_size)
        return await laid_out(asker.service, asker.server, card)
    view = await reply_view(asker.service, asker.server, reply, Press(ReplyAction.TURN, kind, asker.user, key))
    view.on_sent = partial(_sent, asker, key)
    return view


async def reply_view(service: Service, server: int | None, reply: Reply, press: Press, *, private: bool = False) -> SentView:
    """Lay out the page of a stored reply that a press asks for, with the sides of its event, if there are several.

    If the sides cannot be read, the answer goes out without them.
    """
    facts = [record.number for record in reply.facts if not record.retracted]
    sides: SidesOf | None = None
    try:
        if facts and press.kind.answers:
            sides = await service.run_briefly(server, lambda session: session.facts.several_sides(facts, as_of=reply.as_of))
    except FactBaseError as error:
        log.warning("The sides of an answer could not be looked up: %s", error)
    served, size = server is not None, service.settings.page_size
    card = Card(reply, press.kind, press.key, press.asker, press.page, size, private, served, sides)
    return await laid_out(service, server, card)


async def laid_out(service: Service, server: int | None, card: Card) -> SentView:
    """Return the message for a card, laid out in a thread, in the server's turn: its reply may hold all facts of a base."""
    return await service.run_briefly(server, lambda session: card_view(replace(card, on_web=session.sites.on_web(card.shown))))


async def note_gap(asker: Asker, reply: Reply, key: str, outcome: Outcome) -> int | None:
    """Note that a question was not answered, or not well; return the number of its gap, or None if it has no words."""
    question, story = reply.title or "", reply.story
    return await asker.service.run_briefly(
        asker.server, lambda session: session.gaps.note(question, outcome, story=story, reply=key)
    )


async def _sent(asker: Asker, key: str, channel: int, message: int) -> None:
    """Note where a reply was sent, so that it can be corrected there; if that fails, it is only logged."""
    try:
        await asker.service.run_briefly(asker.server, lambda session: session.replies.mark_sent(key, channel, message))
    except FactBaseError as error:
        log.warning("A reply could not be noted: %s", error)


async def _known_stories(asker: Asker, answer: Answer, story: str | None) -> Message | None:
    """Return what can be asked about, to be said where nothing of a question is known; None otherwise."""
    if not answer.is_question or answer.status != "unknown" or answer.facts or answer.perhaps_answers:
        return None
    return await asker.service.run_briefly(
        asker.server, lambda session: phrases.known_stories(info.title for info in session.stories_with_facts(story))
    )


def _note(answer: Answer, stories: Message | None) -> str | None:
    """Say in the language of an answer what belongs beside it, or what is known if there is none."""
    with speaking(answer.language or language()):
        if answer.facts or answer.perhaps_answers:
            return wording.beside(answer)
        return phrases.joined((answer.known, wording.as_of(answer), stories and say_message(stories))) or None
