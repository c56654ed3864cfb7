"""Checking quotations: `/check`, "Check quotes" in the menu of a message, and what their replies and buttons show.

For each quotation that is the verdict, what must not be overlooked, how it differs, and the recorded quote.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import discord
from discord import Colour, app_commands, ui
from discord.app_commands import Range, Transform
from discord.ext import commands

from bot.checking.checker import CheckedText, CheckRequest
from bot.checking.verdict import VERBATIM, Finding, Verdict
from bot.client import words
from bot.client.answering.answers import Asker
from bot.client.bot import Interaction
from bot.client.custom_ids import Press, ReplyAction, ReplyKind
from bot.client.errors import sentence_view
from bot.client.fact_text import Numbering, fact_text, source_lines
from bot.client.incoming_messages import text_in, without_ids
from bot.client.interactions import NUMBER, ReplyButton, RouteButton, RouteInput, route, sends
from bot.client.options import STORY, Completed, StoryName, actors, sources
from bot.client.panels import AMBER, GREEN, GREY, RED, page_buttons, show_page
from bot.client.permissions import Permission, everywhere
from bot.client.sending import respond, respond_privately
from bot.client.story_scope import scope_of, story_of_interaction
from bot.client.text import ELLIPSIS, clean, escape, fitting, inline
from bot.errors import FactBaseError
from bot.languages import say
from bot.phrases import in_marks, labelled, separated
from bot.presentation.differences import differences, surrounding_sentences
from bot.presentation.verdicts import IN_SENTENCE, LONG, checked_now, describe, is_repeated, passed_over, unchecked
from bot.presentation.word_diff import marked
from bot.presentation.wording import page_number

log = logging.getLogger(__name__)

QUOTED = "Checked"
STRUCK_OUT = "struck out: recorded, but not quoted"
BOLD = "**bold**: quoted, but not recorded"
SHOW_ALL = "Show everybody"
NOTHING_TO_CHECK = "That message has no text that I can read; pick one that quotes somebody."

_PAGE = 3800  # characters of text; Discord takes 4000
_MAX_ON_PAGE = 4
_QUOTED, _DIFF, _FACT, _SOURCES, _WORD, _LOUD = 350, 700, 500, 450, 60, 6


class Checking(commands.Cog):
    """Checks quotations."""

    @app_commands.command()
    @everywhere
    @app_commands.describe(
        text="The words to check, or a passage with quotations in it",
        speaker="Who is supposed to have said it",
        source="Where it is supposed to be from",
        date="When it is supposed to have been said, for example: October 2017",
        story=STORY,
    )
    @sends(respond)
    async def check(
        self,
        interaction: Interaction,
        text: Range[str, 1, 4000],
        speaker: Transform[str, Completed(partial(actors, speakers=True))] | None = None,
        source: Transform[str, Completed(sources)] | None = None,
        date: Range[str, 1, 60] | None = None,
        story: StoryName | None = None,
    ) -> ui.LayoutView:
        """Check a quotation, word for word."""
        text, speaker, source = without_ids(text), speaker and without_ids(speaker), source and without_ids(source)
        scope = await scope_of(interaction, story)
        return await _checked(Asker.of_interaction(interaction), CheckRequest(text, speaker, source, date, scope.story))


@app_commands.context_menu(name="Check quotes")
@everywhere
@sends(respond_privately)
async def check_quotes(interaction: Interaction, message: discord.Message) -> ui.LayoutView:
    """Check the quotations in a message, for whoever asked alone: it is somebody's message."""
    text = text_in(message, interaction.client.own_id)
    if not any(map(str.isalnum, text.shown)):
        return sentence_view(say(NOTHING_TO_CHECK))
    request = CheckRequest(text.shown, story=await story_of_interaction(interaction))
    stored = replace(request, text=text.stored)
    return await _checked(Asker.of_interaction(interaction), request, private=True, stored=stored)


@route("check-share", Permission.ANYONE, send=respond)
async def _share(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Show everybody in the channel what one person had checked; it is checked anew, against the facts of now."""
    return await _again(Asker.of_interaction(interaction), given.argument, interaction.user.id)


@route("check-next", Permission.ANYONE, rf"{NUMBER}:{NUMBER}:.*")
async def _turn(interaction: Interaction, given: RouteInput) -> None:
    """Turn to another page; the text is checked anew."""
    owner, page, key = given.argument.split(":", maxsplit=2)
    asker = Asker.of_interaction(interaction)
    await show_page(interaction, int(owner), lambda private: _again(asker, key, int(owner), page=int(page), private=private))


async def _checked(
    asker: Asker, request: CheckRequest, *, private: bool = False, stored: CheckRequest | None = None
) -> ui.LayoutView:
    """Check a text and store it for the buttons, as ``stored`` if that differs from what is checked."""
    checked = await asker.service.check(asker.server, request)
    key: str | None = None
    try:
        key = await asker.service.run_briefly(asker.server, lambda session: session.checks.store(stored or request))
    except FactBaseError as error:
        log.warning("A check goes out without buttons: %s", error)
    return await asker.service.run_apart(asker.server, check_view, CheckReply(checked, key, asker.user, private=private))


async def _again(asker: Asker, key: str, owner: int, *, page: int = 0, private: bool = False) -> ui.LayoutView:
    request = await asker.service.run_briefly(asker.server, lambda session: session.checks.stored(key))
    checked = await asker.service.check(asker.server, request)
    return await asker.service.run_apart(asker.server, check_view, CheckReply(checked, key, owner, page, private))


@dataclass(frozen=True, slots=True)
class CheckReply:
    """A checked text to be shown: the key under which it is stored (None: no pages to turn to), the asker, and the page."""

    checked: CheckedText
    key: str | None
    asker: int
    page: int = 0
    private: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """One finding on a page: its text, its sources, its colour."""

    text: str
    sources: str
    colour: Colour


def check_view(reply: CheckReply) -> ui.LayoutView:
    """Return the message for a checked text."""
    pages: list[list[_Part]] = [[]]  # as many findings on each as fit
    for part in map(_part, reply.checked.findings):
        room = sum(len(earlier.text) + len(earlier.sources) for earlier in pages[-1])
        if pages[-1] and (len(pages[-1]) >= _MAX_ON_PAGE or room + len(part.text) + len(part.sources) > _PAGE - 300):
            pages.append([])
        pages[-1].append(part)
    page = min(reply.page, len(pages) - 1)
    view = ui.LayoutView(timeout=None)
    if head := _head(reply.checked, page, len(pages)):
        view.add_item(ui.TextDisplay(head))
    for part in pages[page]:
        texts = [ui.TextDisplay[Any](text) for text in (part.text, part.sources) if text]
        view.add_item(ui.Container(*texts, accent_colour=part.colour))
    buttons: list[RouteButton | ReplyButton] = []
    if reply.key is not None:
        buttons += page_buttons("check-next", page, len(pages), lambda to: f"{reply.asker}:{to}:{reply.key}")
        if reply.private:
            buttons.append(RouteButton("check-share", reply.key, say(SHOW_ALL)))
    if not reply.private:
        delete = Press(ReplyAction.DELETE, ReplyKind.ANSWER, reply.asker, reply.key or "")
        buttons.append(ReplyButton(delete, say(words.DELETE)))
    if buttons:
        view.add_item(ui.ActionRow(*buttons))
    return view


def _head(checked: CheckedText, page: int, pages: int) -> str:
    lines = []
    if len(checked.findings) > 1:
        lines.append(f"-# {' · '.join([*checked_now(checked.findings), *page_number(page, pages)])}")
    if checked.unmarked and len(checked.findings[0].quoted.split()) > LONG:
        lines.append(f"-# {say('I found no quotation marks, so I checked all of it as one quotation.')}")
    if checked.passed_over and page == pages - 1:
        lines.append(f"-# {passed_over(checked.passed_over)}")
    if checked.unchecked:
        lines.append(f"**{unchecked(checked.unchecked)}**")
    return "\n".join(lines)


def _part(finding: Finding) -> _Part:
    described = describe(finding, lambda text: inline(text, _WORD))
    lines = [f"### {described.sign} {described.verdict}"]
    if not is_repeated(finding):
        quoted = fitting(" ".join(clean(finding.quoted).split()), _QUOTED) or ELLIPSIS
        lines.append(labelled(say(QUOTED), in_marks(quoted)))
    loud = "{}" if finding.verdict is Verdict.CUT_OUT else "❗ **{}**"  # what stood around words may be harmless
    lines += [loud.format(sentence) for sentence in described.warnings[:_LOUD]]
    if finding.verdict is Verdict.DIFFERS:
        lines += _diff(finding)
    # Not in small print: what is not in the facts may be true all the same.
    lines += [sentence if finding.verdict is Verdict.UNKNOWN else f"-# {sentence}" for sentence in described.notes]
    if sentence := surrounding_sentences(finding):
        shown = fitting(clean(sentence), _FACT) or ELLIPSIS
        lines.append(say(IN_SENTENCE, sentence=shown))
    # The recorded quotes: of a finding that joins two, both.
    records = [record for part in finding.joined or (finding,) if (record := part.record or part.nearest)]
    numbering, room = Numbering(records), _FACT // max(len(records), 1)
    lines += [fact_text(record, numbering.marks(record), room) for record in records]
    sources = source_lines(numbering.of(records), _SOURCES) if records else ""
    if finding.verdict in VERBATIM:
        colour = GREEN
    elif finding.verdict is Verdict.UNKNOWN:
        colour = GREY
    else:
        colour = RED if finding.misleads else AMBER
    return _Part("\n".join(lines), sources, colour)


def _diff(finding: Finding) -> list[str]:
    """Return how a quotation differs, word by word, and what its marks mean."""
    pieces = differences(finding)
    if all(piece.state == "same" for piece in pieces):
        return []
    states = {piece.state for piece in pieces}
    legend = [*([say(STRUCK_OUT)] if "gone" in states else []), *([say(BOLD)] if "new" in states else [])]
    return [labelled(say("Word by word"), marked(pieces, escape, room=_DIFF)), f"-# {separated(legend)}"]
