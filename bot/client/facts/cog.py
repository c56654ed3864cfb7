"""`/fact`, and the message command "Add as fact"; what a command does with a fact named by its number, id or words."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum

import discord
from discord import app_commands
from discord.ext import commands

from bot.client.bot import Interaction
from bot.client.facts import adding, claim_reviews, history, words
from bot.client.facts.chosen_options import Options
from bot.client.forms.records import load_text, store_text
from bot.client.incoming_messages import text_in
from bot.client.interactions import NUMBER, RouteChoice, RouteInput, read_for, route
from bot.client.options import (
    STORY,
    ActorName,
    ClaimName,
    EventName,
    FactName,
    LiveFactName,
    SourceName,
    StoryName,
    fact_choice_name,
)
from bot.client.panels import BLUE, MAX_CHOICES, option, panel, show
from bot.client.permissions import Permission, for_moderators, requires
from bot.errors import NotKnownError, UsageError
from bot.facts.models import FactKind
from bot.languages import say
from bot.service.session import Session

_SOURCE = "Where it comes from; another can be pasted as a link into the form"


class _Use(StrEnum):
    """What is done with a fact, by the name of the command."""

    EDIT = "edit"
    RETRACT = "retract"
    RATING = "rating"
    HISTORY = "history"
    UNDO = "undo"
    SHOW = "show"


_OF_LIVE = (_Use.EDIT, _Use.RETRACT, _Use.RATING)  # what is done only with facts that readers are shown


@for_moderators
class FactCommands(commands.GroupCog, group_name="fact", group_description="Add, correct and take back facts"):
    """Keeps the facts of a server."""

    add = app_commands.Group(name="add", description="Add a fact")

    @add.command(name="event")
    @app_commands.describe(who="Who takes part", who2="Who else", who3="Who else", source=_SOURCE, story=STORY)
    @requires(Permission.MODERATOR)
    async def add_event(
        self,
        interaction: Interaction,
        who: ActorName | None = None,
        who2: ActorName | None = None,
        who3: ActorName | None = None,
        source: SourceName | None = None,
        story: StoryName | None = None,
    ) -> None:
        """Add something that happened."""
        await adding.start(interaction, "event", Options(story, (who, who2, who3), source=source))

    @add.command(name="quote")
    @app_commands.describe(
        speaker="Who said it",
        about="Whom or what it is about",
        event="The event it belongs to",
        source=_SOURCE,
        speaker2="Who said it together with the first",
        story=STORY,
    )
    @requires(Permission.MODERATOR)
    async def add_quote(
        self,
        interaction: Interaction,
        speaker: ActorName,
        about: ActorName | None = None,
        event: EventName | None = None,
        source: SourceName | None = None,
        speaker2: ActorName | None = None,
        story: StoryName | None = None,
    ) -> None:
        """Add what somebody said, word for word."""
        await adding.start(interaction, "quote", Options(story, (speaker, speaker2), (about,), event, source))

    @add.command(name="claim")
    @app_commands.describe(
        by="Who claims it; if left out, the source itself",
        about="Whom or what it is about",
        event="The event it belongs to",
        source=_SOURCE,
        by2="Who claims it together with the first",
        story=STORY,
    )
    @requires(Permission.MODERATOR)
    async def add_claim(
        self,
        interaction: Interaction,
        by: ActorName | None = None,
        about: ActorName | None = None,
        event: EventName | None = None,
        source: SourceName | None = None,
        by2: ActorName | None = None,
        story: StoryName | None = None,
    ) -> None:
        """Add what somebody asserts, in your own words."""
        await adding.start(interaction, "claim", Options(story, (by, by2), (about,), event, source))

    @app_commands.command()
    @app_commands.describe(
        fact="Its number, id or words",
        speaker="Who said it or took part, instead of those named now",
        about="Whom it is about, instead of those named now",
        event="The event it belongs to, instead of the one named now",
    )
    @requires(Permission.MODERATOR)
    async def edit(
        self,
        interaction: Interaction,
        fact: LiveFactName,
        speaker: ActorName | None = None,
        about: ActorName | None = None,
        event: EventName | None = None,
    ) -> None:
        """Correct a fact."""
        options = Options(by=(speaker,), about=(about,), event=event) if speaker or about or event else None
        await _with_fact(interaction, _Use.EDIT, fact, options)

    @app_commands.command()
    @app_commands.describe(fact="Its number, id or words")
    @requires(Permission.MODERATOR)
    async def retract(self, interaction: Interaction, fact: LiveFactName) -> None:
        """Take a fact back, with a reason."""
        await _with_fact(interaction, _Use.RETRACT, fact)

    @app_commands.command()
    @app_commands.describe(fact="The claim: its number, id or words")
    @requires(Permission.MODERATOR)
    async def rating(self, interaction: Interaction, fact: ClaimName) -> None:
        """Record how a fact-checker rated a claim."""
        await _with_fact(interaction, _Use.RATING, fact)

    @app_commands.command(name="history")
    @app_commands.describe(fact="Its number, id or words")
    @requires(Permission.MODERATOR)
    async def history_(self, interaction: Interaction, fact: FactName) -> None:
        """See who changed a fact, when and why, and go back to what it was."""
        await _with_fact(interaction, _Use.HISTORY, fact)

    @app_commands.command()
    @app_commands.describe(fact="Its number, id or words; if left out, your own last change")
    @requires(Permission.MODERATOR)
    async def undo(self, interaction: Interaction, fact: FactName | None = None) -> None:
        """Take the last change back."""
        if fact is None:
            await show(interaction, history.undoing_own(interaction))
        else:
            await _with_fact(interaction, _Use.UNDO, fact)

    @app_commands.command(name="show")
    @app_commands.describe(fact="Its number, id or words; F12@3 is how F12 was at first, second, third …")
    @requires(Permission.MODERATOR)
    async def show_(self, interaction: Interaction, fact: FactName) -> None:
        """See a fact as it is, or as it was."""
        await _with_fact(interaction, _Use.SHOW, fact)


@app_commands.context_menu(name="Add as fact")
@for_moderators
@requires(Permission.MODERATOR)
async def add_as_fact(interaction: Interaction, message: discord.Message) -> None:
    """Start a fact from a message."""
    text = text_in(message, interaction.client.own_id).stored
    if not text:
        raise UsageError(say("That message has no text that I can read. Add what it says with /fact add."))
    await show(interaction, adding.from_message(interaction, text, message.jump_url))


async def _do(interaction: Interaction, use: _Use, number: int, *, revision: int | None, options: Options | None) -> None:
    """Do something with a fact: show it at a ``revision``, if one was named, or edit it by ``options``."""
    match use:
        case _Use.EDIT:
            await adding.edit(interaction, number, options)
        case _Use.RETRACT:
            await show(interaction, history.retraction_view(interaction, number))
        case _Use.RATING:
            await claim_reviews.start(interaction, number)
        case _Use.HISTORY:
            await show(interaction, history.history_page(interaction, number, 0))
        case _Use.UNDO:
            await show(interaction, history.undoing_last(interaction, number))
        case _Use.SHOW:
            await show(interaction, history.fact_page(interaction, number, revision, 0))


async def _with_fact(interaction: Interaction, use: _Use, named: str, options: Options | None = None) -> None:
    """Do something with the fact that was named: at once by its number or id; of several with the words, after a choice.

    ``options`` are what an edit changes; they are stored until a fact is chosen. Raises NotKnownError if there is none.
    """
    meant = await read_for(interaction, _meant, use, named)
    if isinstance(meant, list):
        key = await store_text(interaction, json.dumps(asdict(options))) if options is not None else ""
        argument = f"{use}:{key}" if key else use
        choice = RouteChoice("fact-meant", argument, options=meant, placeholder=say("Choose a fact"))
        await show(interaction, panel(say(words.WHICH_FACT), [choice], colour=BLUE))
        return
    number, revision = meant
    await _do(interaction, use, number, revision=revision, options=options)


def _meant(session: Session, use: _Use, named: str) -> tuple[int, int | None] | list[discord.SelectOption]:
    """Return the number of the fact that was named, and its revision if one was; if several are meant, all as choices."""
    fitting = _with_words(session, use, named)
    if len(fitting) > 1:
        return fitting
    return (int(fitting[0].value), None) if fitting else session.facts.find(named)


def _with_words(session: Session, use: _Use, named: str) -> list[discord.SelectOption]:
    """Return as choices the facts that have the typed words, the nearest first.

    There are none if the words are a fact's number or id.
    """
    if not named.strip():
        return []
    try:
        session.facts.number(named)
    except NotKnownError:
        kind: FactKind | None = "claim" if use is _Use.RATING else None
        records = session.facts.complete(named, kind=kind, retracted=use not in _OF_LIVE, limit=MAX_CHOICES)
        return [option(fact_choice_name(record), record.number) for record in records]
    return []


@route("fact-meant", Permission.MODERATOR, rf"({'|'.join(_Use)})(:.*)?", choice=NUMBER, least=1)
async def _chosen(interaction: Interaction, given: RouteInput) -> None:
    """Carry out, on the chosen fact, the command that named it."""
    use, _, key = given.argument.partition(":")
    options = Options(**json.loads(await load_text(interaction, key))) if key else None
    await _do(interaction, _Use(use), int(given.values[0]), revision=None, options=options)
