"""The way that every form takes: opened, stored as typed, refused or previewed, saved once, based anew on others' changes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Generic

from discord import ui

from bot.client.bot import Interaction
from bot.client.completing import Look, in_two_steps
from bot.client.facts import words
from bot.client.forms.fields import Field
from bot.client.forms.panels import story_panel, trouble_panel, way_back
from bot.client.forms.records import ContentT, StoredForm, TypedFields, change_stored, drop_text, load_text, store_form
from bot.client.interactions import NUMBER, Form, RouteInput, read_for, route, run_briefly, write_for
from bot.client.logbook.aftermath import ChangeResult, make_change
from bot.client.panels import panel, show
from bot.client.permissions import Permission, signer
from bot.client.sending import send_form
from bot.errors import ConflictError, FootnoteError
from bot.facts.models import StoryInfo
from bot.languages import say
from bot.service.session import Session


class FormKind(ABC, Generic[ContentT]):
    """A kind of form: a subclass says what it asks for and what becomes of that; the steps between are here.

    Its routes are named after it, such as ``fact-open`` and ``fact-sent``. Making an instance registers them.
    """

    name: ClassVar[str]
    content: type[ContentT]
    who: ClassVar[Permission] = Permission.MODERATOR
    steps: ClassVar[Sequence[str]] = ("story", "open", "sent", "save", "on-top", "cancel")

    def __init__(self) -> None:
        handlers: dict[str, tuple[Callable[[Interaction, RouteInput], Awaitable[Any]], dict[str, Any]]] = {
            "story": (self._story_chosen, {"least": 1}),
            "open": (self._opened_again, {}),
            "sent": (self._sent, {}),
            "save": (self.save_pressed, {"send": make_change}),
            "on-top": (self._put_on_top, {"argument": rf"{NUMBER}:.*"}),
            "cancel": (self._cancelled, {"send": show}),
        }
        for step in self.steps:
            handler, options = handlers[step]
            route(self.route(step), self.who, **options)(handler)

    # What a kind of form defines.

    @abstractmethod
    def title(self, content: ContentT) -> str:
        """Head the form."""

    @abstractmethod
    async def fields(self, interaction: Interaction, content: ContentT) -> Sequence[ui.Label[Any]]:
        """Return the fields of the form, filled in."""

    @abstractmethod
    def filled(self, content: ContentT, given: RouteInput) -> ContentT:
        """Return the content with what was typed; what the form did not ask for stays."""

    def look(self, session: Session, owner: str, form: StoredForm[ContentT], first: str) -> Look:
        """Return the preview of what saving would do, below the sentence ``first``. Raises FormError with all faults.

        What depends on the day on which it is read, such as a date, is stored as it was read. A kind that is saved as soon as it
        is sent has no preview.
        """
        raise NotImplementedError

    async def save(self, interaction: Interaction, form: StoredForm[ContentT]) -> ChangeResult:
        """Save the form, once for its idempotency key.

        Raises whatever stands in the way. Anything that may fail after saving belongs into the view of the result.
        """
        raise NotImplementedError

    async def conflict(self, interaction: Interaction, form: StoredForm[ContentT]) -> ui.LayoutView | None:
        """Return what others changed meanwhile, with a button to base one's own change on it; None if they changed nothing."""
        return None

    def on_top(self, session: Session, content: ContentT, revision: int) -> ContentT:
        """Return the content, based on a revision that somebody else made meanwhile."""
        raise NotImplementedError

    async def fault_view(self, interaction: Interaction, form: StoredForm[ContentT], error: FootnoteError) -> ui.LayoutView:
        """Return all that is at fault, with the way back to the form as it was left."""
        return trouble_panel(error, way_back(self.name, form.key), head=self.not_saved())

    def not_saved(self) -> str:
        """Return the heading above what is at fault."""
        return say(words.NOT_SAVED)

    def cancelled(self) -> str:
        """Say that a form was given up."""
        return say(words.CANCELLED)

    def stories(self, session: Session) -> Iterable[StoryInfo]:
        """Return the stories to choose from."""
        return session.stories()

    # What all kinds share.

    def route(self, step: str) -> str:
        """Return the name of the route of a step."""
        return f"{self.name}-{step}"

    async def begin(self, interaction: Interaction, content: ContentT) -> None:
        """Store what a form begins with, and open it."""
        await self.go_on(interaction, await store_form(interaction, content))

    async def go_on(self, interaction: Interaction, form: StoredForm[ContentT]) -> None:
        """Open a form; if its story is not known, ask for that first."""
        if form.content.story:
            await self.open(interaction, form)
        else:
            await show(interaction, self._story_asked(interaction, form.key))

    async def _story_asked(self, interaction: Interaction, key: str) -> ui.LayoutView:
        return story_panel(self.route("story"), key, await read_for(interaction, self.stories))

    async def open(self, interaction: Interaction, form: StoredForm[ContentT]) -> None:
        """Show a form, filled in as it was left."""
        fields = await self.fields(interaction, form.content)
        await send_form(interaction, Form(self.route("sent"), form.key, self.title(form.content), fields))

    async def load(self, interaction: Interaction, key: str) -> StoredForm[ContentT]:
        """Return the form stored under a key. Raises NotKnownError if it is gone, or is somebody else's."""
        return StoredForm(key, self.content.decode(await load_text(interaction, key)))

    async def change(self, interaction: Interaction, key: str, change: Callable[[ContentT], ContentT]) -> StoredForm[ContentT]:
        """Change the form stored under a key, and store it again. Raises what `load` raises."""
        return await run_briefly(interaction, change_stored, signer(interaction.user), key, self.content, change)

    async def _opened_again(self, interaction: Interaction, given: RouteInput) -> None:
        """Open a form again, as it was left."""
        await self.open(interaction, await self.load(interaction, given.argument))

    async def _story_chosen(self, interaction: Interaction, given: RouteInput) -> None:
        """Note which story it belongs to and go on."""
        story = given.values[0]
        await self.go_on(
            interaction, await self.change(interaction, given.argument, lambda content: replace(content, story=story))
        )

    async def _sent(self, interaction: Interaction, given: RouteInput) -> None:
        """Store what was typed, before anything else, and go on with it."""
        form = await self.change(interaction, given.argument, lambda content: self.filled(content, given))
        await self.proceed(interaction, form)

    async def proceed(self, interaction: Interaction, form: StoredForm[ContentT]) -> None:
        """Go on with a form that was filled in: show its preview."""
        await show(interaction, self.preview(interaction, form))

    async def preview(self, interaction: Interaction, form: StoredForm[ContentT], *, first: str = "") -> ui.LayoutView:
        """Return what saving a form would do, below the sentence ``first``, or what stands in its way."""
        owner = signer(interaction.user)
        try:
            return await in_two_steps(interaction, lambda session: self.look(session, owner, form, first))
        except FootnoteError as error:
            return await self.trouble(interaction, form, error)

    async def trouble(self, interaction: Interaction, form: StoredForm[ContentT], error: FootnoteError) -> ui.LayoutView:
        """Return what stands in the way of a form: for a conflict what others changed, else all that is at fault in it."""
        changed = await self.conflict(interaction, form) if isinstance(error, ConflictError) else None
        return changed or await self.fault_view(interaction, form, error)

    async def save_pressed(self, interaction: Interaction, given: RouteInput) -> ChangeResult:
        """Save what was previewed. Raises what `load` raises."""
        return await self.saved(interaction, await self.load(interaction, given.argument))

    async def saved(self, interaction: Interaction, form: StoredForm[ContentT]) -> ChangeResult:
        """Save a form, or say what stands in its way."""
        try:
            return await self.save(interaction, form)
        except FootnoteError as error:
            return ChangeResult(await self.trouble(interaction, form, error))

    async def _put_on_top(self, interaction: Interaction, given: RouteInput) -> None:
        """Base a change on what somebody else changed meanwhile, and open the form with it."""
        revision, _, key = given.argument.partition(":")
        owner = signer(interaction.user)

        def rebased(session: Session) -> StoredForm[ContentT]:
            return change_stored(session, owner, key, self.content, lambda mine: self.on_top(session, mine, int(revision)))

        await self.open(interaction, await write_for(interaction, rebased))

    async def _cancelled(self, interaction: Interaction, given: RouteInput) -> ui.LayoutView:
        """Delete what was typed."""
        await drop_text(interaction, given.argument)
        return panel(self.cancelled())


class PlainFormKind(FormKind[TypedFields]):
    """A kind of form that consists of nothing but the fields that it lists."""

    content = TypedFields
    asked: ClassVar[Sequence[Field]]

    async def fields(self, interaction: Interaction, content: TypedFields) -> Sequence[ui.Label[Any]]:
        """Return the fields, filled in."""
        return [field.shown(content.fields.get(field.name, "")) for field in self.asked]

    def filled(self, content: TypedFields, given: RouteInput) -> TypedFields:
        """Return the content with what was typed."""
        return replace(content, fields={field.name: given.text(field.name) for field in self.asked})
