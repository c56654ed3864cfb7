"""What a press of a button under a reply does, and what it opens: sources, a whole fact, why an answer is as it is, the sides.

Each side has its own words, each with its source, never one sentence made of several.
A press of "Yes" or "No" is stored without a name; the id of whoever wants to be told is stored until they have been.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import discord
from discord import ButtonStyle, ui

from bot.answers.models import Answer
from bot.client import words
from bot.client.answering.answers import Asker, note_gap, reply_view
from bot.client.answering.card import MOST_TEXT, sides_argument, sides_button
from bot.client.bot import Interaction
from bot.client.citing import ALL, cite_button, of_reply
from bot.client.custom_ids import Press, ReplyAction, ReplyKind
from bot.client.errors import sentence_view
from bot.client.fact_text import Numbering, fact_text, full_sources, source_lines, used_sources
from bot.client.interactions import NUMBER, REPLY, RouteButton, RouteInput, route, run_with_deadline
from bot.client.panels import BLUE, page_buttons, panel, show_page, turn_buttons
from bot.client.permissions import Permission, is_moderator
from bot.client.sending import may_respond, replace_message, respond_privately, server_of
from bot.client.story_scope import story_of_interaction
from bot.client.text import clean, inline, split
from bot.errors import NotKnownError, UsageError
from bot.facts.speakers import EventSides, Side
from bot.presentation import wording
from bot.presentation.languages import say
from bot.service.facts import SidesOf
from bot.service.replies import Reply
from bot.service.session import Session, SourceUse

_PAGE = 3000  # characters; Discord takes 4000, and headings, numbers and marks come on top
_MOST_PARTS = 12  # of a page; a message takes 40 components, and each part needs a line between
_WORD = 40

_SIDES_PAGE, _MOST_SIDES = 2600, 12  # characters of the words of all sides; their sources come on top
_SIDE_FACT, _SIDE_SOURCES, _SIDE_NAME = 700, 1100, 100
_MOST_NAMES = 6
_EVENT = rf"{NUMBER}:{NUMBER}(:-?{NUMBER})?"  # the argument of the buttons of sides, as `sides_argument` makes it


@route(REPLY, Permission.ANYONE)
async def _pressed(interaction: Interaction, given: RouteInput) -> None:
    """Do what the pressed button says. Raises NotKnownError where the reply has expired."""
    press = Press.decode(given.argument)
    if press.action is ReplyAction.DELETE:
        await _delete(interaction, press)
    elif press.action is ReplyAction.TURN:

        async def page(private: bool) -> ui.LayoutView:
            service, server = interaction.client.service, server_of(interaction)
            return await reply_view(service, server, await service.reply(server, press.key), press, private=private)

        await show_page(interaction, press.asker, page)
    elif press.action in (ReplyAction.TURN_SOURCES, ReplyAction.TURN_ALL_SOURCES, ReplyAction.TURN_FACT):
        await replace_message(interaction, _opened(interaction, press))
    else:
        await respond_privately(interaction, _opened(interaction, press))


async def _opened(interaction: Interaction, press: Press) -> ui.LayoutView:
    if press.action is ReplyAction.TURN_ALL_SOURCES:
        uses = await run_with_deadline(interaction, Session.sources, story=await story_of_interaction(interaction))
        return all_sources_panel(uses, press.page, press.asker)
    service, server = interaction.client.service, server_of(interaction)
    reply = await service.reply(server, press.key)
    if press.action is ReplyAction.WHY:
        answer = await service.ask(
            server, reply.title or "", story=reply.story, as_of=reply.as_of, before=reply.before, after=reply.after
        )
        return why_panel(answer)
    if press.action in (ReplyAction.OPEN, ReplyAction.TURN_FACT):
        view = fact_panel(reply, press)
        sides = await run_with_deadline(interaction, lambda session: session.facts.several_sides([press.fact], as_of=reply.as_of))
        return view if sides is None else view.add_item(ui.ActionRow(sides_button(sides)))
    return sources_panel(reply, press)


async def _delete(interaction: Interaction, press: Press) -> None:
    if interaction.user.id == press.asker or await is_moderator(interaction):
        if await may_respond(interaction):
            await interaction.response.defer()
        elif interaction.message is not None:  # the original response is the private one that says "thinking"
            with suppress(discord.NotFound):
                await interaction.message.delete()
        with suppress(discord.NotFound):  # somebody else was quicker: it is gone, as was asked
            await interaction.delete_original_response()
    else:
        await respond_privately(interaction, sentence_view(say(words.ONLY_ASKER)))


@route("helped", Permission.ANYONE, send=respond_privately)
async def helped(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Thank whoever says that an answer helped."""
    return panel(say(words.THANKS))


@route("unhelpful", Permission.ANYONE, send=respond_privately)
async def unhelpful(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Note that an answer did not help, and offer to follow the question. Raises NotKnownError where the reply has expired."""
    asker, key = Asker.of_interaction(interaction), given.argument
    number = await _gap(asker, key)
    if number is None:
        return panel(say(words.WITHOUT_WORDS))
    if asker.server is None:
        return panel(say(words.NOTED))
    button = RouteButton("follow", key, say(words.TELL_ME), style=ButtonStyle.primary)
    return panel(say(words.NOTED_AND_FOLLOW), [button])


@route("follow", Permission.MEMBER, send=respond_privately)
async def follow(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Have a member follow a question until it is solved. Raises NotKnownError, DecidedError where it is solved."""
    asker = Asker.of_interaction(interaction)
    number = await _gap(asker, given.argument)
    if number is None:
        return panel(say(words.WITHOUT_WORDS))
    await asker.service.run_to_end(asker.server, lambda session: session.gaps.follow(number, asker.user))
    return panel(say(words.FOLLOWED))


async def _gap(asker: Asker, key: str) -> int | None:
    """Return the gap of a reply's question, noted by this if need be: one reply counts once, whoever presses."""
    reply = await asker.service.reply(asker.server, key)
    if not asker.may_note(key):
        raise UsageError(say(words.ENOUGH))
    return await note_gap(asker, reply, key, "unhelpful" if reply.facts else "unanswered")


def sources_panel(reply: Reply, press: Press) -> ui.LayoutView:
    """Return all sources of a reply in full."""
    cited = Numbering(reply.facts).of(reply.facts)
    cite = [cite_button(of_reply(press.key))] if cited else []
    return _paged(_pages(full_sources(cited)), replace(press, action=ReplyAction.TURN_SOURCES), say(wording.SOURCES), cite)


def all_sources_panel(uses: Sequence[SourceUse], page: int, asker: int) -> ui.LayoutView:
    """Return all sources of a server's stories in full."""
    press = Press(ReplyAction.TURN_ALL_SOURCES, ReplyKind.ANSWER, asker, "", page)
    pages = _pages(used_sources(uses) or (wording.known_stories(()),))
    return _paged(pages, press, say(wording.SOURCES), [cite_button(ALL)] if uses else [])


def fact_panel(reply: Reply, press: Press) -> ui.LayoutView:
    """Return one fact of a reply at full length. Raises NotKnownError where the reply has it no longer."""
    record = next((each for each in (*reply.facts, *reply.suggestions) if each.number == press.fact), None)
    if record is None:
        raise NotKnownError(say(words.TOO_OLD))
    numbering = Numbering([record])
    parts = split(clean(record.fact.text), _PAGE // 2)
    cut = [replace(record, fact=replace(record.fact, text=part)) for part in parts]
    texts = [fact_text(part, numbering.marks(record), _PAGE) for part in cut]
    sources = "" if record.retracted else source_lines(numbering.of([record]), MOST_TEXT - max(map(len, texts)) - 200)
    # The permanent name of what is shown: other words get another one.
    foot = "\n".join(filter(None, [f"-# {say('This fact: {ref}', ref=record.ref)}", sources]))
    cite = [] if record.retracted else [cite_button(record.ref)]
    return _paged([(text, foot) for text in texts], replace(press, action=ReplyAction.TURN_FACT), "", cite)


def why_panel(answer: Answer) -> ui.LayoutView:
    """Return in plain words how the question was read and what decided."""
    title = say(wording.WHY) if answer.facts else say(wording.WHY_NOT)
    reasons = wording.reasons(answer, lambda word: inline(word, _WORD))
    lines = [f"### {title}", *(f"- {line}" for line in reasons)]
    return panel(["\n".join(lines), say(words.NOW)])


def _pages(parts: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    pages: list[list[str]] = []
    for part in (piece for whole in parts for piece in split(whole, _PAGE)):
        if pages and len(pages[-1]) < _MOST_PARTS and sum(map(len, pages[-1])) + len(part) <= _PAGE:
            pages[-1].append(part)
        else:
            pages.append([part])
    return tuple(map(tuple, pages)) or ((say("No source is cited any more."),),)


def _paged(pages: Sequence[Sequence[str]], press: Press, heading: str, cite: Sequence[RouteButton]) -> ui.LayoutView:
    page = min(press.page, len(pages) - 1)
    parts = list(pages[page])
    if heading:
        parts[0] = f"### {heading}\n{parts[0]}"
    if foot := words.page_foot(page, len(pages)):
        parts[-1] += f"\n{foot}"
    return panel(parts, turn_buttons(press, page, len(pages)), cite)


@route("sides", Permission.ANYONE, _EVENT, send=respond_privately)
@route("sides-page", Permission.ANYONE, _EVENT, send=replace_message)
async def open_sides(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Show what each side says, for one person alone, or another page of it in its place."""
    event, page, *days = map(int, given.argument.split(":"))
    day = days[0] if days else None
    sides = await run_with_deadline(interaction, lambda session: session.facts.sides_of(event, day))
    return sides_panel(sides, page, day)


def sides_panel(sides: EventSides, page: int, day: int | None = None) -> ui.LayoutView:
    """Return a page of what each side says, headed by the event, and by the day as of which it is, if any."""
    numbering = Numbering([sides.event, *(record for side in sides.sides for record in side.facts)])
    as_of = f"\n-# {wording.as_of_day(day)}" if day is not None else ""
    head = f"### {say(words.SIDES)}\n-# {say(words.SIDES_NOTE)}{as_of}"
    event = fact_text(sides.event, numbering.marks(sides.event), _SIDE_FACT)
    pages = _sides_pages(len(head) + len(event), sides.sides, numbering)
    page = min(max(page, 0), len(pages) - 1)
    shown = [sides.event, *(record for side in pages[page] for record in side.facts)]
    sources = source_lines(numbering.of(shown), _SIDE_SOURCES)
    turning = page_buttons("sides-page", page, len(pages), lambda to: sides_argument(SidesOf(sides.event.number, day), to))
    foot = words.page_foot(page, len(pages))
    return panel([(head, event), *_side_texts(pages[page], numbering), sources, foot], turning, colour=BLUE)


def _sides_pages(head: int, sides: Sequence[Side], numbering: Numbering) -> list[list[Side]]:
    """Deal the words of all sides out on pages; a side that goes on on the next one is there with what is left of it."""
    pages: list[list[Side]] = [[]]
    for side in sides:
        begun = False
        for record in side.facts:
            last = pages[-1][-1] if begun else replace(side, facts=())
            before = pages[-1][:-1] if begun else pages[-1]
            tried = [*before, replace(last, facts=(*last.facts, record))]
            full = len(tried) > _MOST_SIDES or head + sum(map(len, _side_texts(tried, numbering))) > _SIDES_PAGE
            if pages[-1] and full:
                pages.append([replace(side, facts=(record,))])
            else:
                pages[-1] = tried
            begun = True
    return pages


def _side_texts(sides: Sequence[Side], numbering: Numbering) -> list[str]:
    """Return the words of each side under its name, with its role where it speaks first."""
    texts = []
    for side in sides:
        names = wording.listed([inline(actor.name, _SIDE_NAME) for actor in side.speakers[:_MOST_NAMES]])
        said = [
            fact_text(record, numbering.marks(record), _SIDE_FACT, introduced=record.speakers if number else ())
            for number, record in enumerate(side.facts)
        ]
        # Words that follow a quotation at once are taken into it by some apps.
        texts.append(f"**{names or inline(side.publisher, _SIDE_NAME)}**\n" + "\n\n".join(said))
    return texts
