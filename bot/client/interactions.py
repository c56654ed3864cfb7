"""What a press, a choice or a sent form does: one table of routes, each with who may use it, checked again at every use.

A button, list or form remembers nothing: its custom id names a route and carries an argument, so that it works after a restart,
and whoever uses it is checked when they do, not when it was shown. Buttons under replies have custom ids of their own
(`bot.client.custom_ids`) and share one route. The command tree checks commands the same way.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Concatenate, Final, ParamSpec, Self, TypeAlias, TypeVar

import discord
from discord import ButtonStyle, ui

from bot.client.bot import Interaction
from bot.client.custom_ids import FACT_CHOICE, REPLY_BUTTON, OtherVersionError, Press, ReplyAction, ReplyKind
from bot.client.deferring import may_respond
from bot.client.limits import RequestKind
from bot.client.permissions import Permission, check_permission
from bot.client.sending import begin_interaction, server_of
from bot.client.text import label
from bot.service.session import Session

_TEMPLATE: Final = re.compile(r"do:(?P<route>[a-z-]+):(?P<argument>.*)", re.DOTALL)
_CHOICE: Final = re.compile(r"(?P<kind>pick|channel|role|user):(?P<route>[a-z-]+):(?P<argument>.*)", re.DOTALL)
REPLY: Final = "reply"
"""The route of what is pressed under a reply; `bot.client.custom_ids` says what such a button remembers."""

_FORM: Final = re.compile(r"form:(?P<route>[a-z-]+):(?P<argument>.*)", re.DOTALL)
_CONTROLS: Final = (REPLY_BUTTON, FACT_CHOICE, _TEMPLATE, _CHOICE)
_NO_ROUTE: Final = ""  # a name that no route has


@dataclass(frozen=True, slots=True)
class RouteInput:
    """The input of a route.

    ``argument`` is what the custom id carries, ``values`` what was chosen in a list (ids of channels, roles and members as text),
    ``fields`` what was typed or chosen in a form, by the custom id of each field, and ``files`` what was attached to it.
    """

    argument: str = ""
    values: tuple[str, ...] = ()
    fields: Mapping[str, tuple[str, ...]] | None = None
    files: tuple[discord.Attachment, ...] = ()

    def text(self, field: str) -> str:
        """Return what was typed into a field of a form, or the one thing chosen in it; "" for nothing."""
        return next(iter((self.fields or {}).get(field, ())), "")

    @property
    def typed(self) -> tuple[str, ...]:
        """All that was typed or chosen in a form."""
        return tuple(value for values in (self.fields or {}).values() for value in values)

    def chosen(self, field: str) -> tuple[str, ...]:
        """Return all that was chosen in a field of a form."""
        return (self.fields or {}).get(field, ())


Handler: TypeAlias = Callable[[Interaction, RouteInput], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Route:
    """A route: who may use it and what it does."""

    name: str
    who: Permission
    run: Handler


T = TypeVar("T")
P = ParamSpec("P")

ROUTES: dict[str, Route] = {}


def route(name: str, who: Permission) -> Callable[[Handler], Handler]:
    """Register a handler under a name. Names are parts of custom ids: once released, one is never given another meaning."""

    def register(handler: Handler) -> Handler:
        if name in ROUTES:
            raise ValueError(f"the route {name} is there already")
        ROUTES[name] = Route(name, who, handler)
        return handler

    return register


async def run_route(interaction: Interaction, name: str, given: RouteInput) -> None:
    """Check limits and permission, then run a route; errors go to the error handler, which returns the input of a form."""
    try:
        await begin_interaction(interaction)
        found = ROUTES.get(name)
        if found is None:
            raise OtherVersionError
        work = RequestKind.FILE if given.files else RequestKind.PRESS
        interaction.client.limits.take(work, server_of(interaction), interaction.user.id)
        await check_permission(interaction, found.who)
        await found.run(interaction, given)
    except Exception as error:  # noqa: BLE001 - the error handler answers and logs
        await interaction.client.error_handler.interaction(interaction, error, given.typed)
    finally:
        await may_respond(interaction)  # nothing is to be deferred any more


class RouteButton(ui.DynamicItem[ui.Button[Any]], template=_TEMPLATE):
    """A button that leads to a route."""

    def __init__(
        self,
        name: str,
        argument: object = "",
        text: str = "",
        *,
        style: ButtonStyle = ButtonStyle.secondary,
        disabled: bool = False,
    ) -> None:
        custom_id = f"do:{name}:{argument}"
        super().__init__(ui.Button(label=label(text, 80), style=style, custom_id=custom_id, disabled=disabled))
        self.route = name
        self.argument = str(argument)

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """Rebuild the button for a press."""
        return cls(match["route"], match["argument"], getattr(item, "label", None) or "")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Follow the route."""
        await run_route(interaction, self.route, RouteInput(self.argument))


class ReplyButton(ui.DynamicItem[ui.Button[Any]], template=REPLY_BUTTON):
    """A button under a reply; what a press does is the route REPLY."""

    def __init__(
        self, press: Press | str, text: str = "", *, style: ButtonStyle = ButtonStyle.secondary, disabled: bool = False
    ) -> None:
        self.encoded = press if isinstance(press, str) else press.encode()
        super().__init__(ui.Button(label=label(text, 80), style=style, custom_id=self.encoded, disabled=disabled))

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """Rebuild the button for a press; what it says is read by its route, which can answer where it says nothing."""
        return cls(match[0], getattr(item, "label", None) or "")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Follow the route of presses under a reply."""
        await run_route(interaction, REPLY, RouteInput(self.encoded))


class FactChoice(ui.DynamicItem[ui.Select[Any]], template=FACT_CHOICE):
    """The menu of a reply: facts to be opened and buttons for which the row has no room.

    An option carries the number of the fact, or the custom id of the button.
    """

    def __init__(self, key: str, options: Sequence[discord.SelectOption], placeholder: str = "") -> None:
        super().__init__(ui.Select(custom_id=f"fs:{key}", placeholder=placeholder or None, options=list(options)))
        self.key = key

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """Rebuild the menu for a choice."""
        return cls(match["key"], getattr(item, "options", []))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what a press of the button would do; a number opens the fact."""
        chosen = self.item.values[0]
        if found := _TEMPLATE.fullmatch(chosen):
            await run_route(interaction, found["route"], RouteInput(found["argument"]))
            return
        if chosen.isdecimal():
            chosen = Press(ReplyAction.OPEN, ReplyKind.ANSWER, interaction.user.id, self.key, fact=int(chosen)).encode()
        await run_route(interaction, REPLY, RouteInput(chosen))


_LISTS: dict[str, Callable[..., Any]] = {
    "pick": ui.Select,
    "channel": ui.ChannelSelect,
    "role": ui.RoleSelect,
    "user": ui.UserSelect,
}


class RouteChoice(ui.DynamicItem[Any], template=_CHOICE):
    """A list (of options, channels, roles or members) whose choice leads to a route."""

    def __init__(self, name: str, argument: object = "", *, kind: str = "pick", **options: Any) -> None:
        super().__init__(_LISTS[kind](custom_id=f"{kind}:{name}:{argument}", **options))
        self.route = name
        self.argument = str(argument)

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """Rebuild the list for a choice."""
        options = {"options": getattr(item, "options", [])} if match["kind"] == "pick" else {}
        return cls(match["route"], match["argument"], kind=match["kind"], **options)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Follow the route with what was chosen."""
        data: dict[str, Any] = dict(interaction.data or {})
        await run_route(interaction, self.route, RouteInput(self.argument, tuple(map(str, data.get("values", ())))))


class Form(ui.Modal):
    """A form that leads to a route when it is sent; its fields are found by their custom ids, whoever showed it."""

    def __init__(self, name: str, argument: object, title: str, fields: Sequence[ui.Item[Any]]) -> None:
        # The library forgets it after a time; what is sent later is read all the same, from the custom id alone.
        super().__init__(title=label(title, 45), custom_id=f"form:{name}:{argument}", timeout=900)
        for each in fields:
            self.add_item(each)


async def on_interaction(interaction: Interaction) -> None:
    """Follow the route of a form that was sent; answer a press, a choice or a form whose custom id nothing else reads.

    discord.py calls the buttons and lists above itself, and leaves all others without an answer.
    """
    data: dict[str, Any] = dict(interaction.data or {})
    custom_id = str(data.get("custom_id", ""))
    if interaction.type is discord.InteractionType.modal_submit:
        await _follow_form(interaction, custom_id, data)
    elif interaction.type is discord.InteractionType.component and not any(each.fullmatch(custom_id) for each in _CONTROLS):
        await run_route(interaction, _NO_ROUTE, RouteInput())


async def _follow_form(interaction: Interaction, custom_id: str, data: dict[str, Any]) -> None:
    match = _FORM.fullmatch(custom_id)
    if match is None:
        await run_route(interaction, _NO_ROUTE, RouteInput())
        return
    resolved = data.get("resolved", {}).get("attachments", {})
    files: list[discord.Attachment] = []
    fields: dict[str, tuple[str, ...]] = {}
    for component in _fields_of(data.get("components", [])):
        values = _values(component)
        fields[component["custom_id"]] = values
        files += [discord.Attachment(data=resolved[each], state=interaction._state) for each in values if each in resolved]
    await run_route(interaction, match["route"], RouteInput(match["argument"], fields=fields, files=tuple(files)))


def _fields_of(components: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the fields of a sent form without the labels and rows around them."""
    found: list[dict[str, Any]] = []
    for component in components:
        inner = component.get("components") or ([component["component"]] if "component" in component else [])
        found += _fields_of(inner) if inner else [component] if "custom_id" in component else []
    return found


def _values(component: Mapping[str, Any]) -> tuple[str, ...]:
    if "values" in component:
        return tuple(map(str, component["values"] or ()))
    value = component.get("value")
    return () if value in (None, "", False) else (str(value),)


async def run_to_end(
    interaction: Interaction, work: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """Call a method or function with the session of the server in which somebody is, to its end."""
    return await interaction.client.service.run_to_end(server_of(interaction), work, *args, **kwargs)
