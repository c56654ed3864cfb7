"""`/review`: suggestions that wait for a decision, shown to the moderators, decided once, and their authors notified."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

from discord import app_commands, ui
from discord.ext import commands

from bot.client.bot import FootnoteBot, Interaction
from bot.client.completing import Look, in_two_steps
from bot.client.contributions.views import NOT_SENT, kind_of, shown_suggestion, suggestion_panel, typed_lines
from bot.client.errors import sentence_for, sentence_view
from bot.client.facts.forms import TypedFactForm
from bot.client.forms.fields import TextField
from bot.client.forms.panels import way_back
from bot.client.forms.records import StoredForm
from bot.client.interactions import NUMBER, Form, RouteChoice, RouteInput, read_for, route, sends, write_for
from bot.client.logbook.aftermath import ChangeResult, make_change
from bot.client.logbook.notices import tell_authors
from bot.client.panels import AMBER, MAX_CHOICES, option, panel
from bot.client.permissions import Permission, current_moderators, for_moderators, requires, signature_of, signer
from bot.client.posting import edit_message, post_in_channel
from bot.client.sending import replace_message, respond_privately, send_form, server_of, speak_when_known
from bot.editing.suggesting import Decision
from bot.editing.typed_fact import TypedFact
from bot.errors import DecidedError, EditedError, FormError, UsageError
from bot.facts.logbook import Signature
from bot.facts.state.proposals import Proposal
from bot.languages import say
from bot.phrases import labelled
from bot.service.session import Session

_REASON = 500
_SEEN = rf"{NUMBER}(\.[^:@]*)?"  # the argument that the number and the version of a suggestion are encoded in

NONE_OPEN = "No suggestion is waiting for a decision."
OPEN = "### Suggestions waiting for a decision\nChoose one to decide on; the oldest come first."
MORE_WAIT = "-# and {number} more: they come up as these are decided."
WHY_REJECT_EXAMPLE = "The source does not say so; it names another date."
NO_REASON = "Say why you reject it; whoever suggested it is shown the reason."
FORM_CHANGED = (
    "### Somebody changed this suggestion while you were writing\n"
    "None of their work was overwritten, and nothing you wrote is lost. It now says:"
)


async def post(bot: FootnoteBot, server: int | None, proposal: Proposal) -> None:
    """Show a proposal in the server's review channel, once; without a channel that can be reached, it waits in `/review`."""
    async with bot.background.alone("suggestions", server):
        stands = await bot.service.read(server, lambda session: session.proposals.get(proposal.number))
        channel = (await bot.service.read(server, Session.settings)).review_channel
        if stands.message is not None or channel is None:
            return
        _, view = await bot.service.read_until_cancelled(server, _proposal_and_panel, proposal.number)
        message = await post_in_channel(bot, server, channel, view)
        if message is not None:
            sent = message.id
            await bot.service.write(server, lambda session: session.proposals.mark_posted(proposal.number, channel, sent))


async def refresh(bot: FootnoteBot, server: int | None, number: int, *, shown: int | None = None) -> None:
    """Show in the review channel how a proposal stands, unless it was just shown there in the message ``shown``."""
    proposal, view = await bot.service.read_until_cancelled(server, _proposal_and_panel, number)
    if proposal.message is not None and proposal.message != shown:
        await edit_message(bot, server, proposal.channel, proposal.message, view)


def _proposal_and_panel(session: Session, number: int) -> tuple[Proposal, ui.LayoutView]:
    """Return a suggestion and the panel of how it stands, laid out where it is read. Raises NotKnownError."""
    suggestion = shown_suggestion(session, number)
    return suggestion.proposal, suggestion_panel(suggestion)


class Decisions(commands.Cog):
    """Lists what waits for a decision."""

    @app_commands.command()
    @for_moderators
    @requires(Permission.MODERATOR)
    @sends(respond_privately)
    async def review(self, interaction: Interaction) -> ui.LayoutView:
        """Decide on what members have suggested (for moderators)."""
        typed_facts, waiting = await read_for(interaction, _waiting)
        if not typed_facts:
            return panel(say(NONE_OPEN))
        more = waiting - len(typed_facts)
        options = [
            option(labelled(f"{number} · {kind_of(typed_fact)}", typed_fact.text), number) for number, typed_fact in typed_facts
        ]
        text = f"{say(OPEN)}\n{say(MORE_WAIT, number=more)}" if more > 0 else say(OPEN)
        return panel(text, [RouteChoice("review-open", options=options, placeholder=say("Choose a suggestion"))])


def _waiting(session: Session) -> tuple[list[tuple[int, TypedFact]], int]:
    """Return the suggestions that have waited longest, and how many wait in all."""
    proposals = session.proposals.open(limit=MAX_CHOICES)
    return [(proposal.number, TypedFact.decode(proposal.content)) for proposal in proposals], session.proposals.count_open()


@route("review-open", Permission.MODERATOR, choice=NUMBER, least=1, send=replace_message)
async def _open(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Open a suggestion that was chosen from the list."""
    return await _panel(interaction, int(given.values[0]))


async def _panel(interaction: Interaction, number: int) -> ui.LayoutView:
    def look(session: Session) -> Look:
        suggestion = shown_suggestion(session, number)
        return Look(suggestion_panel(suggestion), suggestion.look.trial if suggestion.look else None)

    return await in_two_steps(interaction, look)


@route("approve", Permission.MODERATOR, _SEEN)
@route("approve-same", Permission.MODERATOR, rf"{_SEEN}:{NUMBER}")
async def _approve(interaction: Interaction, given: RouteInput) -> None:
    """Approve a suggestion as it was seen, or give its source to a fact that says the same, where one is named.

    The first decision counts; whoever comes second is shown it.
    """
    argument, _, fact = given.argument.partition(":")
    number, seen = _read_argument(argument)
    agreed = (await read_for(interaction, lambda session: session.proposals.get(number))).approvals
    gone = frozenset(agreed) - await current_moderators(interaction, agreed)
    signature, same_as = signature_of(interaction), int(fact) if fact else None

    def approve(session: Session) -> Decision:
        return session.suggestions.approve(
            number, signature, same_as=same_as, seen=seen, is_moderator=lambda signer: signer not in gone
        )

    await _decide(interaction, number, signature, approve)


@route("reject", Permission.MODERATOR, numbers=1)
async def _ask_why(interaction: Interaction, number: int) -> None:
    """Ask why a suggestion is rejected; where it is decided already, show that."""
    async with unless_decided(interaction, number):
        await read_for(interaction, lambda session: session.proposals.check_open(number))
        asked = (say("Why"), say("Whoever suggested it is shown this."), say(WHY_REJECT_EXAMPLE))
        field = TextField("reason", asked, required=True, long=True, max_length=_REASON).shown("")
        await send_form(interaction, Form("reject-why", number, say("Reject suggestion {number}", number=number), [field]))


@route("reject-why", Permission.MODERATOR, NUMBER)
async def _reject(interaction: Interaction, given: RouteInput) -> None:
    """Reject a suggestion, for the reason that was written."""
    number, reason = int(given.argument), given.text("reason").strip()
    if not reason:
        raise UsageError(say(NO_REASON))
    signature = signature_of(interaction, reason)
    await _decide(interaction, number, signature, lambda session: Decision(session.suggestions.reject(number, signature), None))


class ReviseForm(TypedFactForm):
    """The form by which a moderator changes what is suggested."""

    name = "revise"
    steps = ("open", "sent", "cancel")

    def not_saved(self) -> str:
        """Head what is at fault."""
        return say(NOT_SENT)

    async def proceed(self, interaction: Interaction, form: StoredForm[TypedFact]) -> None:
        """Change what is suggested, unless somebody else changed it since the form was opened.

        If the fact was changed since, the suggestion stays based on the revision that the form was filled in from: its panel says
        so, and nobody undoes what they have not seen.
        """
        typed_fact, signature, owner = form.content, signature_of(interaction), signer(interaction.user)
        number = typed_fact.proposal or 0

        def revise(session: Session) -> TypedFact | None:  # returns what somebody else made of it, if they were quicker
            try:
                session.suggestions.revise(number, typed_fact, signature, seen=typed_fact.version)
            except EditedError:
                theirs = _opened(session, number)
                session.unfinished_forms.put(owner, replace(typed_fact, version=theirs.version).encode(), key=form.key)
                return theirs
            return None

        try:
            theirs = await write_for(interaction, revise)
        except FormError as error:
            await respond_privately(interaction, await self.fault_view(interaction, form, error))
            return
        if theirs is None:
            await _show_state(interaction, number)
        else:
            text = f"{say(FORM_CHANGED)}\n{typed_lines(theirs)}"
            await respond_privately(interaction, panel(text, way_back(self.name, form.key), colour=AMBER))


REVISION = ReviseForm()


@route("review-edit", Permission.MODERATOR, _SEEN)
async def _edit(interaction: Interaction, given: RouteInput) -> None:
    """Open the form of a suggestion; where it is decided already, show that."""
    number, _ = _read_argument(given.argument)
    async with unless_decided(interaction, number):
        await REVISION.begin(interaction, await read_for(interaction, _to_revise, number))


def _to_revise(session: Session, number: int) -> TypedFact:
    """Return what is suggested, based on the present revision of its fact. Raises NotKnownError, DecidedError."""
    session.proposals.check_open(number)
    return session.facts.rebase(_opened(session, number))


def _opened(session: Session, number: int) -> TypedFact:
    """Return what is suggested, to be changed. Raises NotKnownError, DecidedError where it was withdrawn."""
    # The version is read before the words, so that an edit in between is noticed and not overwritten.
    version = session.proposals.get(number).version
    return replace(session.suggestions.typed_fact(number), version=version, as_it_stands=False)


async def _decide(interaction: Interaction, number: int, signature: Signature, decide: Callable[[Session], Decision]) -> None:
    """Decide a suggestion, show how it stands, then do what follows; if somebody was quicker, say so."""

    async def decided() -> ChangeResult:
        decision = await write_for(interaction, decide)
        if decision.proposal.status != "open":  # the author hears of it once it is decided, not while others have yet to agree
            bot, server = interaction.client, server_of(interaction)
            bot.background.start(tell_authors(bot, server, number))
        _refresh_elsewhere(interaction, number)
        return ChangeResult(lambda: _panel(interaction, number), decision.applied)

    async with unless_decided(interaction, number):
        await make_change(interaction, decided(), _send_in_place)


@asynccontextmanager
async def unless_decided(interaction: Interaction, number: int) -> AsyncIterator[None]:
    """If a suggestion turns out to be decided already, show how it stands, and tell whoever came second."""
    try:
        yield
    except DecidedError as error:
        await _show_state(interaction, number)
        await interaction.followup.send(view=sentence_view(sentence_for(error)), ephemeral=True)


async def _show_state(interaction: Interaction, number: int) -> None:
    """Show how a suggestion stands where it was decided, and in the review channel."""
    await _send_in_place(interaction, _panel(interaction, number))
    await speak_when_known(interaction)  # for what is sent after it, too
    _refresh_elsewhere(interaction, number)


async def _send_in_place(interaction: Interaction, work: Awaitable[ui.LayoutView]) -> None:
    await (respond_privately if interaction.message is None else replace_message)(interaction, work)


def _refresh_elsewhere(interaction: Interaction, number: int) -> None:
    shown = interaction.message.id if interaction.message is not None else None
    interaction.client.background.start(refresh(interaction.client, server_of(interaction), number, shown=shown))


def _read_argument(text: str) -> tuple[int, str]:
    """Read the number and the version of a suggestion out of a button's argument."""
    number, _, seen = text.partition(".")
    return int(number), seen
