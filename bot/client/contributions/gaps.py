"""`/gaps`: questions without a good answer, without the names of who asked, and what moderators do about it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from discord import ButtonStyle, app_commands, ui
from discord.ext import commands

from bot.client.bot import Interaction
from bot.client.facts import words as fact_words
from bot.client.facts.views import kind_buttons, saved_buttons
from bot.client.forms.panels import story_panel
from bot.client.forms.records import store_form
from bot.client.interactions import NUMBER, RouteButton, RouteChoice, RouteInput, read_for, route, sends, write_for
from bot.client.logbook.aftermath import ChangeResult, make_change
from bot.client.options import fact_choice_name
from bot.client.panels import BLUE, GREEN, option, page_buttons, panel, section, show
from bot.client.permissions import Permission, for_moderators, requires, signature_of
from bot.client.sending import respond_privately
from bot.client.story_scope import channel_and_parent, story_for
from bot.client.text import inline, timestamp
from bot.client.words import page_foot
from bot.editing.typed_fact import TypedFact
from bot.errors import DecidedError, NotKnownError
from bot.facts.state.gaps import Gap
from bot.languages import say, say_number
from bot.phrases import listed
from bot.service.session import Session

_PAGE = 6
_QUESTION = 250
_WORDING = 200
_WORDS = 60  # characters of the words that are looked for, which a button carries
_MAX_WORDINGS = 8
_MAX_ANSWERS = 5  # facts that answer one question together

GAPS_TITLE = "### Questions without a good answer"
NO_GAPS = "No unanswered question is waiting to be looked at."
NO_GAP_WITH = "No question waiting for an answer has these words. Leave the words out to see all questions."
GAPS_WITH = "Only questions with: {words}"
OPEN_GAP = "Open"
BACK_TO_GAPS = "Back to the list"
DISMISS_SEVERAL = "Dismiss several of these at once"
ADD_FACT = "Add the fact"
DISMISS = "Dismiss"
NEVER = "Must stay unanswered"
CHOOSE_ANSWER = (
    "-# Choose the fact that answers it, or several: from then on they are recorded as answers to this wording. **Dismiss** "
    "puts it "
    "aside, and it is forgotten in time; **Must stay unanswered** keeps the question for good, and `/story check` makes sure "
    "of it."
)
SOLVED_ALREADY = "This question has already been solved. Open the list again with /gaps."
DISMISSED_ALREADY = "This question has already been dismissed. Open the list again with /gaps."
WHICH_KIND_ANSWERS = "### Add the fact that answers it\n**{question}**\nWhat is it? When it is saved, the question is solved."
DISMISSED = "### Left as it is\n**{question}**"
STAYS_UNANSWERED = "From now on, `/story check` makes sure that it stays unanswered."


class Gaps(commands.Cog):
    """Lists the questions that had no good answer."""

    @app_commands.command()
    @for_moderators
    @app_commands.describe(text="Only questions with these words")
    @requires(Permission.MODERATOR)
    @sends(respond_privately)
    async def gaps(self, interaction: Interaction, text: app_commands.Range[str, 0, 60] = "") -> ui.LayoutView:
        """See which questions were not answered, or not well (for moderators)."""
        return await _gap_list(interaction, 0, text)


@route("gaps", Permission.MODERATOR, rf"{NUMBER}(:.*)?", send=show)
async def _turn(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Show a page of the list."""
    page, _, text = given.argument.partition(":")
    return await _gap_list(interaction, int(page), text)


@route("gaps-dismiss", Permission.MODERATOR, rf"{NUMBER}(:.*)?", choice=NUMBER, send=make_change)
async def _dismiss_several(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Dismiss the chosen questions of a page, except those that somebody else has decided meanwhile."""
    numbers, signature = [int(value) for value in given.values], signature_of(interaction)

    def dismiss(session: Session) -> int:
        done = 0
        for number in numbers:
            with suppress(DecidedError, NotKnownError):
                session.gaps.dismiss(number, signature)
                done += 1
        return done

    done = await write_for(interaction, dismiss)
    page, _, text = given.argument.partition(":")
    dismissed = say_number(
        done,
        "**{number} question dismissed.** It is forgotten in time, and no longer listed here.",
        "**{number} questions dismissed.** They are forgotten in time, and no longer listed here.",
    )
    return ChangeResult(lambda: _gap_list(interaction, int(page), text, dismissed))


@route("gap-never", Permission.MODERATOR, NUMBER, send=make_change)
async def _must_stay(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Decide that the question must stay unanswered, which its story records; if there are several stories, ask which."""
    number, story = int(given.argument), next(iter(given.values), None)
    gap, stories = await read_for(interaction, lambda session: (session.gaps.get(number), session.stories()))
    if gap.story is None and story is None and len(stories) > 1:
        cancel = RouteButton("gap", number, say(fact_words.CANCEL))
        return ChangeResult(story_panel("gap-never", number, stories, cancel))
    return await _dismiss(interaction, number, record=True, story=story)


@route("gap-dismiss", Permission.MODERATOR, numbers=1, send=make_change)
async def _dismiss(interaction: Interaction, number: int, *, record: bool = False, story: str | None = None) -> ChangeResult:
    """Dismiss the question, which is forgotten in time; with ``record`` a story keeps it as one that must stay unanswered.

    Raises DecidedError, NotKnownError.
    """
    signature = signature_of(interaction)
    gap = await write_for(interaction, lambda session: session.gaps.dismiss(number, signature, record=record, story=story))
    sentence = say(DISMISSED, question=inline(gap.question, _QUESTION))
    text = f"{sentence}\n-# {say(STAYS_UNANSWERED)}" if record else sentence
    return ChangeResult(panel(text, [RouteButton("gaps", 0, say(BACK_TO_GAPS))]))


async def _gap_list(interaction: Interaction, page: int, text: str = "", done: str = "") -> ui.LayoutView:
    """Return a page of the open gaps that have the words of ``text``, under ``done``, which says what was just done."""
    text = " ".join(text.split())[:_WORDS]
    gap_page, suggestions, unreviewed = await read_for(
        interaction,
        lambda session: (session.gaps.page(page, _PAGE, text), session.proposals.count_open(), session.unreviewed.count()),
    )
    head = say(GAPS_TITLE) if gap_page.gaps else say(NO_GAP_WITH if text else NO_GAPS)
    sought = f"-# {say(GAPS_WITH, words=inline(text, _WORDS))}" if text else ""
    waiting = say_number(
        suggestions,
        "-# {number} suggestion from a member is waiting in `/review`.",
        "-# {number} suggestions from members are waiting in `/review`.",
    )
    read = say_number(
        unreviewed,
        "-# {number} sentence of an article is waiting for review in `/keep`.",
        "-# {number} sentences of articles are waiting for review in `/keep`.",
    )
    small = (waiting if suggestions else "", read if unreviewed else "")
    blocks: list[list[ui.Item[Any] | str]] = [["\n".join(filter(None, (head, sought, done, *small)))]]
    for gap in gap_page.gaps:
        question = f"**{inline(gap.question, _QUESTION)}**\n{_asked(gap)}"
        blocks.append([section(question, RouteButton("gap", gap.number, say(OPEN_GAP)))])
    pages = max(1, -(-gap_page.count // _PAGE))
    blocks[-1].append(page_foot(gap_page.page, pages, say_number(gap_page.count, "{number} question", "{number} questions")))
    several = []
    if len(gap_page.gaps) > 1:
        options = [option(gap.question, gap.number) for gap in gap_page.gaps]
        argument, most = f"{gap_page.page}:{text}", len(options)
        several = [RouteChoice("gaps-dismiss", argument, options=options, placeholder=say(DISMISS_SEVERAL), max_values=most)]
    return panel(blocks, several, page_buttons("gaps", gap_page.page, pages, lambda to: f"{to}:{text}"))


def _asked(gap: Gap) -> str:
    """Say how often a question was asked, when last, with what outcome, and how many wait to be told."""
    few = {1: say("asked once, last {last}"), 2: say("asked twice, last {last}")}
    times = few.get(gap.asked, say("asked {times} times, last {last}"))
    parts = [times.format(times=gap.asked, last=timestamp(gap.last, "R"))]
    if gap.unhelpful and gap.unanswered:
        both = say("{unanswered} without an answer, {unhelpful} with one that did not help")
        parts.append(both.format(unanswered=gap.unanswered, unhelpful=gap.unhelpful))
    elif gap.unhelpful:
        parts.append(say("the answer did not help"))
    if gap.followers:
        parts.append(
            say_number(gap.followers, "{number} reader is waiting to be told", "{number} readers are waiting to be told")
        )
    return f"-# {' · '.join(parts)}"


@route("gap", Permission.MODERATOR, numbers=1, send=show)
async def _open(interaction: Interaction, number: int) -> ui.LayoutView:
    """Open a question. Raises NotKnownError if it was deleted."""
    return await read_for(interaction, _gap_panel, number)


def _gap_panel(session: Session, number: int) -> ui.LayoutView:
    gap, near = session.gaps.get(number), session.gaps.near(number)
    if gap.status != "open":
        raise NotKnownError(say(SOLVED_ALREADY if gap.status == "solved" else DISMISSED_ALREADY))
    others = [f"- {inline(wording, _WORDING)}" for wording in gap.wordings if wording != gap.question][:_MAX_WORDINGS]
    blocks = (
        f"### {inline(gap.question, _QUESTION)}\n{_asked(gap)}",
        say("**Also asked as**\n{wordings}", wordings="\n".join(others)) if others else "",
        say(CHOOSE_ANSWER) if near else say("There are no facts yet that could answer it."),
    )
    buttons = (
        RouteButton("gap-add", number, say(ADD_FACT), style=ButtonStyle.primary),
        RouteButton("gap-dismiss", number, say(DISMISS)),
        RouteButton("gap-never", number, say(NEVER)),
        RouteButton("gaps", 0, say(BACK_TO_GAPS)),
    )
    facts = []
    if near:
        options = [option(fact_choice_name(record), record.number) for record in near]
        most = min(len(options), _MAX_ANSWERS)
        facts = [RouteChoice("gap-fact", number, options=options, placeholder=say("These facts answer it"), max_values=most)]
    return panel(blocks, facts, buttons, colour=BLUE)


@route("gap-fact", Permission.MODERATOR, NUMBER, choice=NUMBER, least=1, send=make_change)
async def _answer(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Decide that the chosen facts answer the question. Raises DecidedError, NotKnownError, UsageError."""
    number, chosen, signature = int(given.argument), [int(value) for value in given.values], signature_of(interaction)
    fact, *others = chosen
    gap, applied = await write_for(
        interaction,
        lambda session: (session.gaps.get(number), session.gaps.answered_by(number, fact, signature, others=others)),
    )

    def shown(session: Session) -> ui.LayoutView:
        now = session.ask(gap.question, story=gap.story).facts
        first = now[0].record.ref if now else None
        refs = [record.ref for record in session.facts.select(chosen)]
        sentence = f"{_answered(inline(gap.question, _QUESTION), refs)}\n{_now_first(first, refs)}"
        edited = None if others else fact
        buttons = [*saved_buttons(applied.change, edited, history=False), RouteButton("gaps", 0, say(BACK_TO_GAPS))]
        return panel(sentence, buttons, colour=GREEN)

    return ChangeResult(lambda: read_for(interaction, shown), applied)


def _answered(question: str, refs: Sequence[str]) -> str:
    """Say that facts answer a question from now on."""
    return say(
        "### Solved\n**{question}**\n{facts} is recorded as an answer to this wording from now on."
        if len(refs) == 1
        else "### Solved\n**{question}**\n{facts} are recorded as answers to this wording from now on.",
        question=question,
        facts=listed(refs),
    )


def _now_first(ref: str | None, wanted: Sequence[str]) -> str:
    """Say which fact answers the question now that it was asked again, if any does."""
    if ref in wanted:
        return say("-# Asked again just now, it is answered with {ref}.", ref=ref)
    if ref is not None:
        return say("-# Asked again just now, {ref} still comes first: look at both with `/fact show`.", ref=ref)
    return say(
        "-# Asked again just now, it is still left without an answer: look at what {ref} says with `/fact show`.", ref=wanted[0]
    )


@route("gap-add", Permission.MODERATOR, numbers=1, send=show)
async def _add(interaction: Interaction, number: int) -> ui.LayoutView:
    """Ask what kind of fact is to be added; saving it solves the question."""
    channels = channel_and_parent(interaction.channel)

    def meant(session: Session) -> tuple[Gap, str | None]:
        gap = session.gaps.get(number)
        return gap, story_for(session, gap.story, channels)

    gap, story = await read_for(interaction, meant)
    now = await store_form(interaction, TypedFact("claim", story or "", gap=number))
    text = f"{say(WHICH_KIND_ANSWERS, question=inline(gap.question, _QUESTION))}\n{say(fact_words.KIND_HELP)}"
    return panel(text, [*kind_buttons(now.key), RouteButton("gap", number, say(fact_words.CANCEL))], colour=BLUE)
