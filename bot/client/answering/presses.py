"""What a press of a button under a reply does, and what it opens: sources, a whole fact, why an answer is as it is, the sides.

Each side has its own words, each with its source, never one sentence made of several.
A press of "Yes" or "No" is stored without a name; the id of whoever wants to be told is stored until they have been.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace

import discord
from discord import ButtonStyle, ui

from bot import phrases
from bot.answers.models import Answer
from bot.client import words
from bot.client.answering.answers import Asker, note_gap, reply_view
from bot.client.answering.card import MAX_TEXT, ROOMS, as_listed, sides_argument, sides_button
from bot.client.bot import Interaction
from bot.client.citing import cite_button, of_reply, of_story
from bot.client.custom_ids import Press, ReplyAction, ReplyKind
from bot.client.errors import sentence_view
from bot.client.fact_text import Numbering, fact_text, full_sources, source_lines, used_sources
from bot.client.interactions import NUMBER, REPLY, RouteButton, RouteInput, read_for, route
from bot.client.panels import BLUE, page_buttons, panel, show_page, turn_buttons
from bot.client.permissions import Permission, is_moderator
from bot.client.sending import may_respond, replace_message, respond_privately, server_of
from bot.client.sites.sharing import share_buttons
from bot.client.story_scope import StoryScope, scope_of
from bot.client.text import clean, inline, split
from bot.errors import NotKnownError, UsageError
from bot.facts.models import FactRecord
from bot.facts.speakers import EventSides, Side
from bot.languages import language, say, say_message, speaking
from bot.presentation import wording
from bot.service.facts import SidesOf
from bot.service.lists import SourceUse
from bot.service.replies import Reply
from bot.service.session import Session

_PAGE = 3000  # characters; Discord takes 4000, and headings, numbers and marks come on top
_MAX_PARTS = 12  # of a page; a message takes 40 components, and each part needs a line between
_WORD, _TITLE = 40, 150

_SIDES_PAGE, _MAX_ON_PAGE = 2600, 12  # characters of the words of all sides, and facts; their sources come on top
_SIDE_NAME, _BESIDE = 100, 100  # characters of a name, and about of what stands beside the words of a fact
_MAX_NAMES = 6
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
        scope = await scope_of(interaction, number=int(press.key or 0))
        return await all_sources_view(interaction, press.page, press.asker, scope)
    service, server = interaction.client.service, server_of(interaction)
    reply = await service.reply(server, press.key)
    if press.action is ReplyAction.WHY:
        answer = await service.ask(
            server, reply.title or "", story=reply.story, as_of=reply.as_of, before=reply.before, after=reply.after
        )
        with speaking(answer.language or language()):
            return why_panel(wording.worded(answer))
    with speaking(reply.language or language()):
        return await read_for(interaction, _opened_of_reply, reply, press)


def _opened_of_reply(session: Session, reply: Reply, press: Press) -> ui.LayoutView:
    """Return a fact of a reply at full length, with the sides of its event, if there are several; or the reply's sources."""
    if press.action not in (ReplyAction.OPEN, ReplyAction.TURN_FACT):
        return sources_panel(reply, press)
    view = fact_panel(reply, press, on_web=session.sites.on_web(session.facts.select([press.fact])))
    sides = session.facts.several_sides([press.fact], as_of=reply.as_of)
    return view if sides is None else view.add_item(ui.ActionRow(sides_button(sides)))


async def all_sources_view(interaction: Interaction, page: int, asker: int, scope: StoryScope) -> ui.LayoutView:
    """Return a page of all sources of a story, or of all stories."""
    return await read_for(interaction, lambda session: all_sources_panel(session.sources(story=scope.story), page, asker, scope))


async def _delete(interaction: Interaction, press: Press) -> None:
    if interaction.user.id == press.asker or await is_moderator(interaction):
        if await may_respond(interaction):
            await interaction.response.defer()
        elif interaction.message is not None:  # answered already: the original response is then the private "thinking" one
            with suppress(discord.NotFound):
                await interaction.message.delete()
        with suppress(discord.NotFound):  # somebody else was quicker, and it is gone as asked
            await interaction.delete_original_response()
    else:
        await respond_privately(interaction, sentence_view(say(words.ONLY_ASKER)))


@route("helped", Permission.ANYONE, send=respond_privately)
async def helped(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Thank whoever says that an answer helped."""
    return panel(say(words.THANKS))


@route("unhelpful", Permission.ANYONE, send=respond_privately)
async def unhelpful(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Note that an answer did not help, and offer to follow the question. Raises NotKnownError if the reply has expired."""
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
    """Have a member follow a question until it is solved. Raises NotKnownError, or DecidedError if it is solved already."""
    asker = Asker.of_interaction(interaction)
    number = await _gap(asker, given.argument)
    if number is None:
        return panel(say(words.WITHOUT_WORDS))
    await asker.service.write(asker.server, lambda session: session.gaps.follow(number, asker.user))
    return panel(say(words.FOLLOWED))


async def _gap(asker: Asker, key: str) -> int | None:
    """Return the gap of a reply's question, noting it if need be: one reply counts once, however many press."""
    reply = await asker.service.reply(asker.server, key)
    if not asker.may_note(key):
        raise UsageError(say(words.ENOUGH))
    return await note_gap(asker, reply, key, "unhelpful" if reply.facts else "unanswered")


def sources_panel(reply: Reply, press: Press) -> ui.LayoutView:
    """Return all sources of a reply in full, under their numbers there, without those of facts that were withdrawn since."""
    reply = as_listed(reply, press.kind)
    there = [record for record in reply.facts if not record.retracted]
    cited = Numbering(reply.facts).of(there)
    heading = "\n".join(filter(None, (f"### {say(wording.SOURCES)}", words.left_out(len(reply.facts) - len(there)))))
    cite = [cite_button(of_reply(press.key))] if cited else []
    return _source_page(full_sources(cited), replace(press, action=ReplyAction.TURN_SOURCES), heading, cite)


def all_sources_panel(uses: Sequence[SourceUse], page: int, asker: int, scope: StoryScope) -> ui.LayoutView:
    """Return all sources of the stories of a scope in full."""
    press = Press(ReplyAction.TURN_ALL_SOURCES, ReplyKind.ANSWER, asker, str(scope.number), page)
    paragraphs = used_sources(uses) or (say_message(phrases.known_stories(())),)
    heading = f"### {say(wording.SOURCES)}" + (f"\n-# {inline(scope.title, _TITLE)}" if scope.title else "")
    return _source_page(paragraphs, press, heading, [cite_button(of_story(scope.number))] if uses else [])


def fact_panel(reply: Reply, press: Press, *, on_web: Collection[int] = ()) -> ui.LayoutView:
    """Return one fact of a reply at full length; those ``on_web`` have a page. Raises NotKnownError if it is gone."""
    record = next((fact for fact in (*reply.facts, *reply.suggestions) if fact.number == press.fact), None)
    if record is None:
        raise NotKnownError(say(words.TOO_OLD))
    numbering = Numbering([record])
    parts = split(clean(record.fact.glossed), _PAGE // 2)
    page = min(press.page, len(parts) - 1)
    cut = replace(record, fact=replace(record.fact, text=parts[page], glosses=()))
    text = fact_text(cut, numbering.marks(record), _PAGE)
    room = MAX_TEXT - len(text) - 200  # for the name and the number of the page
    sources = "" if record.retracted else source_lines(numbering.of([record]), room)
    # The permanent name of what is shown: a change of its words would be another revision.
    foot = "\n".join(filter(None, [f"-# {say('This fact: {ref}', ref=record.ref)}", sources]))
    buttons = [] if record.retracted else [cite_button(record.ref)]
    buttons += share_buttons([record.number] if record.number in on_web else [])
    return _paged([text, foot], replace(press, action=ReplyAction.TURN_FACT, page=page), len(parts), buttons)


def why_panel(answer: Answer) -> ui.LayoutView:
    """Return, in plain words, how the question was read and what decided the answer."""
    title = say(wording.WHY) if answer.facts else say(wording.WHY_NOT)
    reasons = wording.reasons(answer, lambda word: inline(word, _WORD))
    lines = [f"### {title}", *(f"- {line}" for line in reasons)]
    return panel(["\n".join(lines), say(words.NOW)])


def _source_page(paragraphs: Sequence[str], press: Press, heading: str, cite: Sequence[RouteButton]) -> ui.LayoutView:
    """Return a page of paragraphs under a heading; each page has as many as fit."""
    pages: list[list[str]] = []
    for part in (piece for whole in paragraphs for piece in split(whole, _PAGE)):
        if pages and len(pages[-1]) < _MAX_PARTS and sum(map(len, pages[-1])) + len(part) <= _PAGE:
            pages[-1].append(part)
        else:
            pages.append([part])
    pages = pages or [[say("No source is cited any more.")]]
    page = min(press.page, len(pages) - 1)
    first, *others = pages[page]
    return _paged([f"{heading}\n{first}", *others], replace(press, page=page), len(pages), cite)


def _paged(parts: Sequence[str], press: Press, pages: int, cite: Sequence[RouteButton]) -> ui.LayoutView:
    """Return the page that a press asks for, one of ``pages``, with the buttons to the others."""
    *before, last = parts
    last = "\n".join(filter(None, (last, words.page_foot(press.page, pages))))
    return panel([*before, last], turn_buttons(press, press.page, pages), cite)


@route("sides", Permission.ANYONE, _EVENT, send=respond_privately)
@route("sides-page", Permission.ANYONE, _EVENT, send=replace_message)
async def open_sides(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Show what each side says, for one person alone, or another page of it in its place."""
    event, page, *days = map(int, given.argument.split(":"))
    day = days[0] if days else None
    return await read_for(interaction, lambda session: sides_panel(session.facts.sides_of(event, day), page, day))


def sides_panel(sides: EventSides, page: int, day: int | None = None) -> ui.LayoutView:
    """Return a page of what each side says, under the event and the day as of which they are asked, if any.

    Only the words of this page are laid out, cut so that they fit.
    """
    numbering = Numbering([sides.event, *(record for side in sides.sides for record in side.facts)])
    as_of = f"\n-# {wording.as_of_day(day)}" if day is not None else ""
    head = f"### {say(words.SIDES)}\n-# {say(words.SIDES_NOTE)}{as_of}"
    pages = _sides_pages(sides)
    page = min(max(page, 0), len(pages) - 1)
    foot = words.page_foot(page, len(pages))
    cited = numbering.of([sides.event, *(record for side in pages[page] for record in side.facts)])
    for limit, sources_room in ROOMS:
        event = fact_text(sides.event, numbering.marks(sides.event), limit)
        texts, sources = _side_texts(pages[page], numbering, limit), source_lines(cited, sources_room)
        if sum(map(len, (head, event, *texts, sources, foot))) <= MAX_TEXT:
            break
    turning = page_buttons("sides-page", page, len(pages), lambda to: sides_argument(SidesOf(sides.event.number, day), to))
    return panel([(head, event), *texts, sources, foot], turning, colour=BLUE)


def _sides_pages(sides: EventSides) -> list[list[Side]]:
    """Distribute the words of all sides over pages; a side that does not fit on one continues on the next.

    Their lengths are estimated from what is stored: laying all of them out would take long where many have spoken.
    """
    before = _guessed_length(sides.event)
    pages: list[list[Side]] = [[]]
    room, left = _SIDES_PAGE - before, _MAX_ON_PAGE
    for side in sides.sides:
        start = 0
        for index, record in enumerate(side.facts):
            length = _guessed_length(record)
            if (length > room or not left) and (pages[-1] or index > start):
                if index > start:
                    pages[-1].append(replace(side, facts=side.facts[start:index]))
                pages.append([])
                start, room, left = index, _SIDES_PAGE - before, _MAX_ON_PAGE
            room, left = room - length, left - 1
        pages[-1].append(replace(side, facts=side.facts[start:]))
    return pages


def _guessed_length(record: FactRecord) -> int:
    """Return roughly how many characters a fact takes: its words and what stands beside them."""
    return min(len(record.fact.text), ROOMS[0][0]) + _BESIDE


def _side_texts(sides: Sequence[Side], numbering: Numbering, limit: int) -> list[str]:
    """Return the words of each side under its name, with its role where it speaks first; each fact cut at the limit."""
    texts = []
    name_limit, most_names = min(_SIDE_NAME, limit), _MAX_NAMES if limit > _SIDE_NAME else 2
    for side in sides:
        names = phrases.listed([inline(actor.name, name_limit) for actor in side.speakers[:most_names]])
        said = [
            fact_text(record, numbering.marks(record), limit, introduced=record.speakers if number else ())
            for number, record in enumerate(side.facts)
        ]
        # A blank line between: some apps take words that follow a quotation at once into it.
        texts.append(f"**{names or inline(side.publisher, name_limit)}**\n" + "\n\n".join(said))
    return texts
