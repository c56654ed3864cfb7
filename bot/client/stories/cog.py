"""`/story`: stories in and out, whether their questions are answered right, drafts from articles, and what a story lacks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

import discord
from discord import app_commands, ui
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.answers.evaluation import Case, Outcome, cases_of, evaluate
from bot.client.answering.card import MAX_TEXT
from bot.client.bot import Interaction
from bot.client.fact_text import summary
from bot.client.interactions import RouteInput, read_for, read_until_cancelled, route, sends, write_for
from bot.client.options import STORY, StoryName
from bot.client.panels import GREEN, MAX_SENT, attach, panel
from bot.client.permissions import Permission, for_moderators, requires
from bot.client.sending import respond_privately, server_of
from bot.client.stories.drafting import draft_story, story_report
from bot.client.stories.imports import import_story
from bot.client.story_scope import ask_story, of_story
from bot.client.text import first_lines, inline
from bot.client.words import NO_STORY, more_questions
from bot.drafting.draft import ArticleDetails
from bot.errors import UsageError
from bot.facts.models import FactRecord
from bot.formats.export import FORMATS
from bot.formats.exported_story import ExportedStory
from bot.languages import ENGLISH, command_texts, language, say, say_number
from bot.phrases import in_marks
from bot.presentation.wording import coverage
from bot.service.session import Session

_FILE_NAME, _TITLE = 100, 150
_LINE, _MAX_MISSED, _MAX_EXPECTED = 90, 6, 2

TOO_LARGE_TO_SEND = "This story is too large to be sent on Discord. Whoever runs the bot can write it with footnote story export."
CHANGE_IT = "Change it in any text editor and bring it back with /story import."
_AT_ONCE = 10  # questions to ask, or facts to encode, in one turn
ONLY_SOME_ASKED = "Only {asked} of the {questions} recorded questions were asked: all of them would be too much work at once."
NO_QUESTIONS = "This story has no recorded questions. They come from its file, and from gaps that you answer."
MISSED = "- “{ask}”\n  got: {got}\n  expected: {expected}"


@for_moderators
class StoryCommands(commands.GroupCog, group_name="story", group_description="Bring stories in and out, and check them"):
    """Takes stories in, gives them out and looks after them."""

    @app_commands.command(name="import")
    @app_commands.describe(file="A story file (YAML) or a pack, up to 1 MB", link="Or its address on the web")
    @requires(Permission.MODERATOR)
    @sends(respond_privately)
    async def import_(
        self, interaction: Interaction, file: discord.Attachment | None = None, link: Range[str, 0, 400] = ""
    ) -> ui.LayoutView:
        """Import a story file, after you have seen what it changes."""
        return await import_story(interaction, file, link.strip())

    @app_commands.command()
    @app_commands.describe(story=STORY, form="The format; if left out, a story file")
    @app_commands.rename(form="format")
    @app_commands.choices(form=[Choice(name=form.name, value=name) for name, form in FORMATS.items()])
    @requires(Permission.MODERATOR)
    @sends(respond_privately)
    async def export(self, interaction: Interaction, story: StoryName | None = None, form: str = "story") -> ui.LayoutView:
        """Get a story as a story file, or in the format of another program."""
        return await of_story(interaction, story, partial(_export, interaction, form), partial(ask_story, "story-export", form))

    @app_commands.command(name="list")
    @requires(Permission.MODERATOR)
    @sends(respond_privately)
    async def list_(self, interaction: Interaction) -> ui.LayoutView:
        """See which stories there are."""

        return await read_for(interaction, _list_panel)

    @app_commands.command()
    @app_commands.describe(story=STORY)
    @requires(Permission.MODERATOR)
    @sends(respond_privately)
    async def check(self, interaction: Interaction, story: StoryName | None = None) -> ui.LayoutView:
        """Ask a story its recorded questions, and see which are answered wrong."""
        return await of_story(interaction, story, partial(_check, interaction), partial(ask_story, "story-check", ""))

    @app_commands.command(description="Get a story file proposed from an article, to review")
    @app_commands.describe(
        article="The article as plain text, a blank line between paragraphs",
        source="Its title, its web address, or both: Title | https://…",
        publisher="Who published it",
        published="When: “on Thursday” is read from that day",
        author="Who wrote it",
    )
    @requires(Permission.MODERATOR)
    @sends(respond_privately)
    async def draft(
        self,
        interaction: Interaction,
        article: discord.Attachment,
        source: Range[str, 0, 500] = "",
        publisher: Range[str, 0, 200] = "",
        published: Range[str, 0, 60] = "",
        author: Range[str, 0, 200] = "",
    ) -> ui.LayoutView:
        """Send a story file that is proposed from an article."""
        details = ArticleDetails(source, publisher, published, (author,))
        return await draft_story(interaction, article, details)

    @app_commands.command(description="See what a story lacks, and what to do about it")
    @app_commands.describe(story=STORY)
    @requires(Permission.MODERATOR)
    @sends(respond_privately)
    async def report(self, interaction: Interaction, story: StoryName | None = None) -> ui.LayoutView:
        """Show what a story lacks."""
        return await story_report(interaction, story)


@route("story-export", Permission.MODERATOR, "|".join(FORMATS), least=1, send=respond_privately)
async def _export_chosen(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Return the story that was chosen as a file."""
    return await _export(interaction, given.argument, given.values[0])


async def _export(interaction: Interaction, form: str, named: str) -> ui.LayoutView:
    wanted = FORMATS[form]

    def write(session: Session) -> tuple[ExportedStory, bytes]:  # off the event loop, for a long story takes a while
        whole = session.files.to_export(named)
        return whole, wanted.write(whole)

    whole, content = await read_until_cancelled(interaction, write)
    if len(content) > MAX_SENT:
        raise UsageError(say(TOO_LARGE_TO_SEND))
    # A format has the name by which the command offers it.
    called = wanted.name if language() == ENGLISH else command_texts(language()).get(("choice", wanted.name), wanted.name)
    lines = [f"### {inline(whole.story.info.title, _TITLE)}", say(CHANGE_IT) if form == "story" else f"-# {called}"]
    if whole.undated and form in ("timelinejs", "ical"):  # neither can hold a fact without a date
        left_out = say_number(
            whole.undated,
            "-# Without a date, and so not in it: {number} fact.",
            "-# Without a date, and so not in it: {number} facts.",
        )
        lines.append(left_out)
    name = f"{re.sub('[^A-Za-z0-9_-]', '-', named)[:_FILE_NAME]}.{wanted.ending}"
    return attach(panel("\n".join(lines)), (name, content))


@route("story-check", Permission.MODERATOR, least=1, send=respond_privately)
async def _check_chosen(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Ask the story that was chosen its recorded questions."""
    return await _check(interaction, given.values[0])


async def _check(interaction: Interaction, named: str) -> ui.LayoutView:
    def begin(session: Session) -> tuple[str, Sequence[Case], Mapping[str, FactRecord]]:
        session.check_story(named)
        title = next(info.title for info in session.stories() if info.id == named)
        facts = {record.fact.id: record for record in session.facts.all(named)}
        return title, cases_of(session.recorded_questions(named)), facts

    def ask(session: Session, cases: Sequence[Case]) -> Sequence[Outcome]:
        return evaluate(lambda question, rank=0: session.ask(question, story=named, rank=rank), cases)

    title, cases, facts = await read_until_cancelled(interaction, begin)
    head = f"### {inline(title, _TITLE)}"
    if not cases:
        return panel(f"{head}\n{say(NO_QUESTIONS)}")
    # A few at a time, each batch in a turn of its own, until the asker's processor time is used up: a story may have thousands.
    limits, whose = interaction.client.limits, (server_of(interaction), interaction.user.id)
    await encode_within_limits(interaction)
    outcomes: list[Outcome] = []
    while len(outcomes) < len(cases) and not (outcomes and limits.is_overdrawn(*whose)):
        outcomes += await read_until_cancelled(interaction, ask, cases[len(outcomes) :][:_AT_ONCE])
    if len(outcomes) < len(cases):
        head += f"\n-# {say(ONLY_SOME_ASKED, asked=len(outcomes), questions=len(cases))}"
    return await interaction.client.service.run_apart(server_of(interaction), _check_panel, head, outcomes, facts)


async def encode_within_limits(interaction: Interaction) -> None:
    """Have the facts encoded that are not yet, a few in each turn, until the user's processor time is used up."""
    limits, whose = interaction.client.limits, (server_of(interaction), interaction.user.id)
    while await write_for(interaction, lambda session: session.encode(most=_AT_ONCE)) and not limits.is_overdrawn(*whose):
        pass


def _list_panel(session: Session) -> ui.LayoutView:
    """Return the stories with their facts and channels, as many as fit into a message."""
    speaking: dict[str, list[str]] = {}
    for channel, story in session.settings().channels.items():
        speaking.setdefault(story, []).append(f"<#{channel}>")
    lines: list[str] = []
    room = MAX_TEXT - 100
    for info in session.stories():
        facts = session.count_facts(info.id)
        channels = " ".join(speaking.get(info.id, ()))[:300]
        reviewed = coverage(session.unreviewed.coverage(info.id))
        about = [inline(info.id, 80), say_number(facts, "{number} fact", "{number} facts"), reviewed, channels]
        line = f"**{inline(info.title, _TITLE)}**\n-# {' · '.join(filter(None, about))}"
        room -= len(line) + 1
        if room < 0:
            lines.append(say("-# and more"))
            break
        lines.append(line)
    return panel("\n".join(lines) or say(NO_STORY))


def _check_panel(head: str, outcomes: Sequence[Outcome], facts: Mapping[str, FactRecord]) -> ui.LayoutView:
    """Return how many recorded questions are answered right, with some that are not."""
    missed = [outcome for outcome in outcomes if outcome.missed]
    right = say_number(
        len(outcomes),
        "{right} of {number} recorded question is answered as expected",
        "{right} of {number} recorded questions are answered as expected",
        right=len(outcomes) - len(missed),
    )
    if not missed:
        return panel(f"{head}\n{right}", colour=GREEN)
    lines = first_lines(missed, _MAX_MISSED, lambda outcome: _missed(outcome, facts), more_questions)
    return panel("\n".join([head, right, *lines]))


def _missed(outcome: Outcome, facts: Mapping[str, FactRecord]) -> str:
    """Say what a recorded question got and should have got; ``facts`` are the facts of its story by id."""
    case, answer = outcome.case, outcome.answer
    wanted = [facts[fact] for fact in case.expect if fact in facts][:_MAX_EXPECTED]
    got = [fact.record for fact in answer.facts[: len(wanted) or 1]]
    expected, actual = ([f"**F{record.number}** {summary(record, _LINE)}" for record in records] for records in (wanted, got))
    if outcome.right and case.short and not outcome.short_right:  # the fact is right, and only the headline is not
        expected = [in_marks(inline(case.short, _LINE))]
        actual = [in_marks(inline(answer.short, _LINE))] if answer.short else actual
    none = say("no answer")
    return say(MISSED, ask=inline(case.ask, _LINE), got=" · ".join(actual) or none, expected=" · ".join(expected) or none)
