"""`/suggest`: suggestions of members: the form for a fact with its source, its preview, and how it reaches the moderators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import cast

import discord
from discord import app_commands, ui
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.client.articles.menu import MAX_LINK
from bot.client.articles.suggested import suggest_article
from bot.client.bot import Interaction
from bot.client.completing import Look
from bot.client.contributions.decisions import post
from bot.client.contributions.views import NOT_SENT, earlier_line, new_sources
from bot.client.fact_text import summary
from bot.client.facts import words as fact_words
from bot.client.facts.chosen_options import Options, likely_actors, new_fact
from bot.client.facts.forms import TypedFactForm
from bot.client.facts.views import previewed_lines
from bot.client.forms.panels import preview_buttons, trouble_panel, way_back
from bot.client.forms.records import StoredForm, drop_text, store_as_read
from bot.client.interactions import RouteChoice, RouteInput, read_for, route, write_for
from bot.client.logbook.aftermath import ChangeResult
from bot.client.options import ActorName, StoryName
from bot.client.panels import AMBER, BLUE, GREEN, actor_options, choice_lists, panel, show
from bot.client.permissions import Permission, in_servers, requires, signature_of, signer
from bot.client.sending import server_of
from bot.client.story_scope import channel_and_parent
from bot.client.text import inline
from bot.editing.suggesting import as_read
from bot.editing.typed_fact import TypedFact
from bot.errors import FootnoteError, FormError, NotKnownError, UsageError
from bot.facts.models import FactKind, StoryInfo
from bot.languages import say
from bot.service.session import Session

_TEXT = 1500
_EARLIER = 150
_LINE = 160

ARTICLE = "article"
ONLY_ARTICLES = "A link or a file is for an article. For a fact leave them out: its source has a place in the form."
SEND = "Send to the moderators"
SENT = (
    "### Sent, thank you\nA moderator looks at it. I will tell you in a direct message what comes of it; "
    "`/privacy` shows it too, and takes it back."
)
CANCELLED = "Nothing was sent, and what you wrote is forgotten."
ASK_SPEAKER = "### Who said it?"
WHO_ELSE = "-# Not in this list? Type the name at `/suggest speaker`; somebody not known yet can be named in a claim."
NEAR = "**Is it already one of these?** Then there is no need to send it."
FORM_TITLES: Mapping[FactKind, str] = {"event": "Suggest an event", "quote": "Suggest a quote", "claim": "Suggest a claim"}


class Suggesting(commands.Cog):
    """Takes what members know."""

    @app_commands.command()
    @in_servers
    @app_commands.describe(
        kind="What is it?",
        speaker="Who said it or claims it",
        story="Which story it belongs to, if there are several",
        link="The web address of an article",
        file="An article as a file: .txt, .md, .html, .pdf or .docx",
    )
    @app_commands.choices(
        kind=[
            Choice(name="an event: what happened, in your own words", value="event"),
            Choice(name="a quote: what somebody said, word for word", value="quote"),
            Choice(name="a claim: what somebody asserts, in your own words", value="claim"),
            Choice(name="an article: its sentences answer once a moderator has it read", value=ARTICLE),
        ]
    )
    @requires(Permission.MEMBER)
    async def suggest(
        self,
        interaction: Interaction,
        kind: Choice[str],
        speaker: ActorName | None = None,
        story: StoryName | None = None,
        link: Range[str, 0, MAX_LINK] = "",
        file: discord.Attachment | None = None,
    ) -> None:
        """Suggest a fact with its source, or an article; a moderator looks at it first."""
        if kind.value == ARTICLE:
            await suggest_article(interaction, link, file, story)
            return
        if link or file is not None:
            raise UsageError(say(ONLY_ARTICLES))
        options = Options(story=story, by=(speaker,), channels=channel_and_parent(interaction.channel))
        owner = signer(interaction.user)

        def begun(session: Session) -> TypedFact:
            session.suggestions.check_limit(owner)  # before the member types anything
            return new_fact(session, cast("FactKind", kind.value), options)

        await SUGGESTION.begin(interaction, await read_for(interaction, begun))


class SuggestForm(TypedFactForm):
    """The form of a member, which goes to the moderators."""

    name = "suggest"
    who = Permission.MEMBER
    steps = ("story", "open", "sent", "save", "cancel")

    def title(self, content: TypedFact) -> str:
        """Head the form."""
        return say(FORM_TITLES[content.kind])

    def not_saved(self) -> str:
        """Head what is at fault."""
        return say(NOT_SENT)

    def cancelled(self) -> str:
        """Say that nothing was sent."""
        return say(CANCELLED)

    def stories(self, session: Session) -> Iterable[StoryInfo]:
        """Return the stories that readers see, or all of them if none has facts yet."""
        return session.stories_with_facts() or session.stories()

    async def go_on(self, interaction: Interaction, form: StoredForm[TypedFact]) -> None:
        """Ask for what must be chosen before the form, or open it."""
        if form.content.story and form.content.kind == "quote" and not form.content.by:
            await show(interaction, self._speaker_asked(interaction, form))
        else:
            await super().go_on(interaction, form)

    async def _speaker_asked(self, interaction: Interaction, form: StoredForm[TypedFact]) -> ui.LayoutView:
        return panel(f"{say(ASK_SPEAKER)}\n{say(WHO_ELSE)}", *await _speakers(interaction, form), colour=BLUE)

    def look(self, session: Session, owner: str, form: StoredForm[TypedFact], first: str) -> Look:
        """Return how a suggestion would look; only moderators see which answers it would change."""
        look = session.editor.preview(form.content, trial=False)
        now = replace(form, content=as_read(form.content, look))
        near = [f"- F{record.number} {summary(record, _LINE)}" for record in look.duplicates[:4]]
        parts = (
            say("### Your suggestion\n-# This is how it would look. Nothing is sent yet."),
            previewed_lines(look, session.facts.names(form.content.story), room=_TEXT),
            new_sources(look),
            "\n".join([say(NEAR), *near]) if near else "",
            _last_decided(session, owner),
        )
        view = panel(parts, preview_buttons(self.name, form.key, say(SEND)), colour=AMBER if near else BLUE)
        return Look(view, None, lambda: store_as_read(session, owner, now))

    async def save_pressed(self, interaction: Interaction, given: RouteInput) -> ChangeResult:
        """Send it to the moderators, only once however often the button is pressed."""
        try:
            return await super().save_pressed(interaction, given)
        except NotKnownError:  # it may have been sent by an earlier press, and is then no unfinished form any more
            key = f"suggestion {given.argument}"
            before = await read_for(interaction, lambda session: session.proposals.with_key(key))
            if before is None or before.by != signer(interaction.user):
                raise
            return ChangeResult(panel(say(SENT), colour=GREEN))

    async def save(self, interaction: Interaction, form: StoredForm[TypedFact]) -> ChangeResult:
        """Send it to the moderators."""
        signature, key = signature_of(interaction), f"suggestion {form.key}"
        proposal = await write_for(interaction, lambda session: session.suggestions.suggest(form.content, signature, key=key))
        interaction.client.background.start(post(interaction.client, server_of(interaction), proposal))
        with suppress(FootnoteError):  # it is sent; a form that stays is deleted in time
            await drop_text(interaction, form.key)
        return ChangeResult(panel(say(SENT), colour=GREEN))

    async def fault_view(self, interaction: Interaction, form: StoredForm[TypedFact], error: FootnoteError) -> ui.LayoutView:
        """Return what is at fault; a missing speaker can be chosen there."""
        who = await _speakers(interaction, form) if isinstance(error, FormError) and "by" in error.faults else []
        return trouble_panel(error, way_back(self.name, form.key), *who, head=self.not_saved())


SUGGESTION = SuggestForm()


@route("suggest-who", Permission.MEMBER)
async def _speaker_chosen(interaction: Interaction, given: RouteInput) -> None:
    """Note who said it, then show the form, or the preview if the form is filled in already."""
    now = await SUGGESTION.change(interaction, given.argument, lambda typed_fact: replace(typed_fact, by=given.values))
    await (SUGGESTION.proceed if now.content.text else SUGGESTION.open)(interaction, now)


async def _speakers(interaction: Interaction, form: StoredForm[TypedFact]) -> list[list[RouteChoice]]:
    """Return lists of likely speakers to choose from; none if the story has no actors."""
    actors = await read_for(interaction, likely_actors, form.content)
    options = actor_options(actors)
    return choice_lists("suggest-who", form.key, options, say(fact_words.CHOOSE_SPEAKER))


def _last_decided(session: Session, owner: str) -> str:
    """Say what became of somebody's last suggestion: the direct message about it may not have reached them."""
    proposals = session.proposals.by_author(owner)
    last = next((proposal for proposal in proposals if proposal.status in ("approved", "rejected")), None)
    if last is None:
        return ""
    reason = inline(last.reason or "", _TEXT // 5) if last.status == "rejected" else ""
    return f"-# {earlier_line(inline(TypedFact.decode(last.content).text, _EARLIER), last.status, reason)}"
