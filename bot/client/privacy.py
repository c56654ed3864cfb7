"""`/privacy`: what is stored about a reader, shown, and deleted by a button; and the daily deletion of what has expired."""

from __future__ import annotations

from datetime import timedelta

from discord import ButtonStyle, app_commands, ui
from discord.ext import commands

from bot.client.bot import FootnoteBot, Interaction
from bot.client.contributions.decisions import refresh
from bot.client.contributions.views import earlier_line
from bot.client.interactions import RouteButton, RouteInput, read_for, route, sends, write_for
from bot.client.jobs import confine_to_server
from bot.client.panels import panel, show
from bot.client.permissions import Permission, everywhere, signer
from bot.client.sending import respond_privately, server_of
from bot.client.text import inline
from bot.editing.typed_fact import TypedFact
from bot.facts.state.unfinished_forms import FORM_DAYS
from bot.languages import say, say_number
from bot.service.lists import StoredOfPerson
from bot.service.session import Session

_MAX_LISTED = 5
_QUESTION, _REASON = 150, 250
_JOB = "Forgetting"  # as the log and the metrics name it
_EMPTYING = "Emptying logs"

DELETE = "Delete what is kept about me…"
CONFIRM = "Yes, delete it"
KEEP = "Keep it"
TAKE_BACK = "-# Deleting also takes back your undecided suggestions; decided ones stay, without your name."

TITLE = "### What I keep about you"

KEPT_OF_ALL = """\
**When you ask**, I keep which facts my reply showed, with your question, for {reply_days}, so that its buttons work. A question \
that I could not answer, or not well, is kept for {question_days} for the moderators; if they say what answers it, or that \
nothing may, its words stay with the facts. Your name is stored with none of this.

**When you have a text checked**, I keep it for {reply_days}, so that the buttons of my reply work.

**When you want to be told** of an answer, I keep your Discord id until you have been told, and no longer than the question; \
when you follow something, until you unfollow it.

**What you write into a form** is kept for {form_days}, so that nothing is lost; **what you suggest** is kept with your id; \
that somebody made a suggestion is kept for a day, without it.

**What a moderator changes** stays signed with their id: that is the history of the facts.

I keep no other messages, and pass none of this on. This is about this place alone: every server is separate."""

NOTHING = "**I keep nothing about you here.**"
SURE = (
    "### Delete what is kept about you?\nUnsent forms, undecided suggestions, your requests to be told of answers and what you "
    "follow will be gone. Decided suggestions stay, without your name."
)
DELETED = (
    "### Deleted\nNothing is kept about you here any more. What you changed as a moderator stays in the history of the facts."
)


class Privacy(commands.Cog):
    """Says what is stored of a person."""

    @app_commands.command()
    @everywhere
    @sends(respond_privately)
    async def privacy(self, interaction: Interaction) -> ui.LayoutView:
        """See what is stored about you, and delete it."""
        return await _show(interaction, RouteInput())


@route("privacy", Permission.ANYONE, send=show)
async def _show(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Show what is stored about everybody, and about whoever pressed."""
    owner, user = signer(interaction.user), interaction.user.id
    held = await read_for(interaction, Session.stored_of, owner, user, most=_MAX_LISTED)
    kept_for = {
        "reply_days": interaction.client.service.settings.reply_days,
        "question_days": held.question_days,
        "form_days": FORM_DAYS,
    }
    days = {name: say_number(number, "{number} day", "{number} days") for name, number in kept_for.items()}
    delete = [RouteButton("privacy-ask", "", say(DELETE))] if held.data else []
    return panel([f"{say(TITLE)}\n{_about_you(held)}", say(KEPT_OF_ALL, **days)], delete, colour=None)


@route("privacy-ask", Permission.ANYONE, send=show)
async def _ask(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Ask whether it is to be deleted."""
    buttons = [
        RouteButton("privacy-delete", "", say(CONFIRM), style=ButtonStyle.danger),
        RouteButton("privacy", "", say(KEEP)),
    ]
    return panel(say(SURE), buttons)


@route("privacy-delete", Permission.ANYONE, send=show)
async def _delete(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Delete what is stored about whoever pressed."""
    owner, user = signer(interaction.user), interaction.user.id
    taken_back = await write_for(interaction, Session.delete_person, owner, user)
    bot, server = interaction.client, server_of(interaction)

    async def show_taken_back() -> None:
        """Show in the review channel that nothing is left to decide, and no name; one by one, to stay within Discord's limits."""
        for number in taken_back:
            await refresh(bot, server, number)

    bot.background.start(show_taken_back())
    bot.background.start(_checkpoint(bot, server))
    return panel(say(DELETED))


async def _checkpoint(bot: FootnoteBot, server: int | None) -> None:
    """Remove deleted text from the log beside a base (a checkpoint); if that cannot be done now, `Forgetting` tries again."""
    with confine_to_server(bot.metrics, _EMPTYING, server):
        async with bot.service.background_access(server):
            await bot.service.checkpoint(server)


def _about_you(held: StoredOfPerson) -> str:
    data = held.data
    if not data:
        return say(NOTHING)
    lines = [say("**I keep this about you here:**")]
    if data.forms:
        lines.append(say_number(data.forms, "- {number} form as you left it", "- {number} forms as you left them"))
    if data.suggestions:
        count = say_number(data.suggestions, "- {number} suggestion, the latest:", "- {number} suggestions, the latest:")
        lines.append(count)
        for proposal in held.suggestions:
            text = inline(TypedFact.decode(proposal.content).text, _QUESTION)
            reason = inline(proposal.reason or "", _REASON) if proposal.status == "rejected" else ""
            lines.append(f"  - {earlier_line(text, proposal.status, reason)}")
    if data.waiting_for:
        number = len(data.waiting_for)
        lines.append(
            say_number(
                number,
                "- your request to be told of {number} answer:",
                "- your requests to be told of {number} answers:",
            )
        )
        lines += [f"  - {inline(question, _QUESTION)}" for question in data.waiting_for[:_MAX_LISTED]]
    if data.follows:
        number = len(data.follows)
        lines.append(say_number(number, "- {number} thing that you follow:", "- {number} things that you follow:"))
        lines += [f"  - {inline(title, _QUESTION)}" for title in data.follows[:_MAX_LISTED]]
    if data.suggestions:
        lines.append(say(TAKE_BACK))
    return "\n".join(lines)


class Forgetting(commands.Cog):
    """Deletes old questions and forms; storing a new one does so too, so a day without a run does no harm."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        """Begin."""
        ready = self.bot.wait_until_ready
        self.bot.supervisor.start(_JOB, self.daily, every=timedelta(days=1), prepare=ready)
        self.bot.supervisor.start(_EMPTYING, self.minutely, every=timedelta(minutes=1), prepare=ready)

    async def daily(self) -> None:
        """Delete what has expired in every base, one after the other."""
        service = self.bot.service
        for server in (None, *filter(self.bot.serves, service.servers())):
            with confine_to_server(self.bot.metrics, _JOB, server):
                async with service.background_access(server):
                    await service.write(server, Session.forget)
                    # Daily in each base, even if nothing was deleted here: what was deleted otherwise since then is gone too,
                    # and the replica gets a change, without which it never throws away what is old.
                    await service.checkpoint(server)

    async def minutely(self) -> None:
        """Try again the checkpoints of bases that were in use."""
        for server in self.bot.service.needing_checkpoint():
            await _checkpoint(self.bot, server)
