"""What a press, a choice or a sent form does: one table of routes, each with who may use it, checked again at every use.

Nothing about a button, list or form is kept in memory: its custom id names a route and carries an argument, so that it works
after a restart, and whoever uses it is checked at that moment, not when it was shown. The buttons that turn the pages of a reply,
open what it shows or delete it have custom ids of another form (`bot.client.custom_ids`) and share one route; the others under a
reply have routes of their own. The command tree checks commands the same way.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeAlias, TypeVar
from zlib import crc32

import discord
from discord import ButtonStyle, ui

from bot.client.bot import Interaction
from bot.client.custom_ids import FACT_CHOICE, OtherVersionError, Press, ReplyAction, ReplyKind
from bot.client.limits import RequestKind
from bot.client.permissions import Permission, check_permission
from bot.client.sending import SendView, begin_interaction, may_respond, respond_to_error, server_of
from bot.client.text import label
from bot.service.session import Session

_ROUTED: Final = re.compile(r"(?:do|pick\d?|channel|role|user|form):(?P<route>[a-z-]+):(?P<argument>.*)", re.DOTALL)
"""The pattern of the custom ids that lead to a route."""

REPLY: Final = "reply"
"""The route of what is pressed under a reply; `bot.client.custom_ids` says what such a button remembers."""

NUMBER: Final = r"(?:\d{1,18}|[1-8]\d{18})"
"""A number in an argument, such as an id of Discord's or of a fact, no larger than SQLite's integers."""

_ANYTHING: Final = r".*"


@dataclass(frozen=True, slots=True)
class RouteInput:
    """The input of a route.

    ``argument`` is what the custom id carries, ``values`` what was chosen in a list (ids of channels, roles and members as text),
    ``fields`` what was typed or chosen in a form, by the custom id of each field, and ``files`` what was attached to it.
    """

    argument: str = ""
    values: tuple[str, ...] = ()
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: tuple[discord.Attachment, ...] = ()

    def text(self, name: str) -> str:
        """Return what was typed into a field of a form, or the one thing chosen in it; "" for nothing."""
        return next(iter(self.fields.get(name, ())), "")


Handler: TypeAlias = Callable[Concatenate[Interaction, ...], Awaitable[Any]]
HandlerT = TypeVar("HandlerT", bound=Handler)


@dataclass(frozen=True, slots=True)
class Route:
    """A route: who may use it and what it does."""

    who: Permission
    run: Callable[[Interaction, RouteInput], Awaitable[None]]


T = TypeVar("T")
P = ParamSpec("P")

ROUTES: dict[str, Route] = {}


async def _send_nothing(interaction: Interaction, work: Awaitable[Any]) -> None:
    made = await work
    if made is not None:
        raise TypeError(f"a handler of a route without send returned {type(made).__name__}")


def route(
    name: str,
    who: Permission,
    argument: str = _ANYTHING,
    *,
    numbers: int = 0,
    choice: str = _ANYTHING,
    least: int = 0,
    send: Callable[[Interaction, Awaitable[Any]], Awaitable[None]] = _send_nothing,
) -> Callable[[HandlerT], HandlerT]:
    """Register a handler under a name. Names are parts of custom ids: once released, one is never given another meaning.

    ``send`` sends the message that the handler returns. Without it the handler answers by itself and returns nothing; TypeError
    is raised if it returns something.

    ``argument`` and ``choice`` are patterns for its argument and for each thing chosen, of which there must be ``least`` or more.
    Anything else was sent by another version and is refused, so the handler need not check. ``numbers`` says that the argument is
    that many numbers with colons between; the handler is then called with these instead of the input.
    """
    argument = ":".join([NUMBER] * numbers) or argument
    is_argument, is_choice = (re.compile(pattern, re.DOTALL).fullmatch for pattern in (argument, choice))

    def register(handler: HandlerT) -> HandlerT:
        async def run(interaction: Interaction, given: RouteInput) -> None:
            if not is_argument(given.argument) or len(given.values) < least or not all(map(is_choice, given.values)):
                raise OtherVersionError
            await send(interaction, handler(interaction, *(map(int, given.argument.split(":")) if numbers else (given,))))

        if name in ROUTES:
            raise ValueError(f"the route {name} is there already")
        ROUTES[name] = Route(who, run)
        return handler

    return register


def sends(
    send: SendView,
) -> Callable[[Callable[P, Awaitable[ui.LayoutView]]], Callable[P, Coroutine[Any, Any, None]]]:
    """Return the decorator of a command that returns the message which ``send`` sends; it stands next to the function."""

    def decorate(command: Callable[P, Awaitable[ui.LayoutView]]) -> Callable[P, Coroutine[Any, Any, None]]:
        @wraps(command)
        async def sent(*args: P.args, **options: P.kwargs) -> None:
            interaction = next(arg for arg in args if isinstance(arg, discord.Interaction))
            await send(interaction, command(*args, **options))

        # discord.py would look for the types of the options among the names of this module.
        sent.__signature__ = inspect.signature(command, eval_str=True)  # type: ignore[attr-defined]
        return sent

    return decorate


async def run_route(interaction: Interaction, name: str, given: RouteInput) -> None:
    """Check limits and permission, then run a route; errors go to the error handler, which returns the input of a form."""
    try:
        await begin_interaction(interaction)
        registered = ROUTES.get(name)
        if registered is None:
            raise OtherVersionError
        work = RequestKind.FILE if given.files else RequestKind.PRESS
        interaction.client.limits.take(work, server_of(interaction), interaction.user.id)
        await check_permission(interaction, registered.who)
        if interaction.message is not None:
            await interaction.client.completions.end(interaction.message.id)
        await registered.run(interaction, given)
    except Exception as error:  # noqa: BLE001 - the error handler answers and logs
        await respond_to_error(interaction, error, [value for values in given.fields.values() for value in values])
    finally:
        await may_respond(interaction)  # stops the timer that would defer it


class _Control(ui.Item[Any]):
    """A part of a message that is used by way of its custom id alone, so that discord.py need not remember it."""

    def is_dispatchable(self) -> bool:
        """Say that discord.py has nothing to call: `on_interaction` follows the route."""
        return False


class RouteButton(_Control, ui.Button[Any]):
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
        super().__init__(label=label(text, 80), style=style, custom_id=f"do:{name}:{argument}", disabled=disabled)


class ReplyButton(_Control, ui.Button[Any]):
    """A button under a reply; what a press does is the route REPLY."""

    def __init__(self, press: Press, text: str, *, style: ButtonStyle = ButtonStyle.secondary, disabled: bool = False) -> None:
        super().__init__(label=label(text, 80), style=style, custom_id=press.encode(), disabled=disabled)


def _named(custom_id: str) -> dict[str, Any]:
    """Return the custom id of a list, and a number of its own by which clients recognise it when the message is edited.

    Numbered by its position, a list would show what was chosen in another list at that position on the page before.
    """
    # Discord takes numbers of 31 bits, and gives a component with 0 a number by its position.
    return {"custom_id": custom_id, "id": crc32(custom_id.encode()) & 0x7FFF_FFFF or 1}


class FactChoice(_Control, ui.Select[Any]):
    """The menu of a reply: facts to be opened and buttons for which the row has no room.

    An option carries the number of the fact, or the custom id of the button.
    """

    def __init__(self, key: str, options: Sequence[discord.SelectOption], placeholder: str) -> None:
        super().__init__(**_named(f"fs:{key}"), placeholder=placeholder, options=list(options))


class RouteChoice(_Control, ui.Select[Any]):
    """A list of options whose choice leads to a route; if one choice takes several lists, all but the first have a ``number``."""

    def __init__(self, name: str, argument: object = "", number: int = 0, **options: Any) -> None:
        super().__init__(**_named(f"pick{number or ''}:{name}:{argument}"), **options)


class ChannelChoice(_Control, ui.ChannelSelect[Any]):
    """A list of channels whose choice leads to a route."""

    def __init__(self, name: str, argument: object = "", **options: Any) -> None:
        super().__init__(**_named(f"channel:{name}:{argument}"), **options)


class RoleChoice(_Control, ui.RoleSelect[Any]):
    """A list of roles whose choice leads to a route."""

    def __init__(self, name: str, argument: object = "", **options: Any) -> None:
        super().__init__(**_named(f"role:{name}:{argument}"), **options)


class Form(ui.Modal):
    """A form that leads to a route when it is sent; its fields are identified by their custom ids, whoever showed it."""

    def __init__(self, name: str, argument: object, title: str, fields: Sequence[ui.Item[Any]]) -> None:
        # discord.py forgets the form after this time; one that is sent later is still read, from the custom ids alone.
        super().__init__(title=label(title, 45), custom_id=f"form:{name}:{argument}", timeout=900)
        for component in fields:
            self.add_item(component)


async def on_interaction(interaction: Interaction) -> None:
    """Follow the route of a press, a choice or a form; any other custom id goes to REPLY, which refuses what it cannot read."""
    data: dict[str, Any] = dict(interaction.data or {})
    custom_id = str(data.get("custom_id", ""))
    values = tuple(map(str, data.get("values") or ()))
    if menu := FACT_CHOICE.fullmatch(custom_id):
        # An option of a reply's menu is the custom id of a button, or the number of a fact, which is opened.
        custom_id, values = next(iter(values), ""), ()
        if custom_id.isdecimal():
            press = Press(ReplyAction.OPEN, ReplyKind.ANSWER, interaction.user.id, menu["key"], fact=int(custom_id))
            custom_id = press.encode()
    routed = _ROUTED.fullmatch(custom_id)
    name, argument = (routed["route"], routed["argument"]) if routed else (REPLY, custom_id)
    if interaction.type is discord.InteractionType.modal_submit:
        await run_route(interaction, name, _form_input(interaction, argument, data))
    elif interaction.type is discord.InteractionType.component:
        await run_route(interaction, name, RouteInput(argument, values))


def _form_input(interaction: Interaction, argument: str, data: Mapping[str, Any]) -> RouteInput:
    resolved = data.get("resolved", {}).get("attachments", {})
    files: list[discord.Attachment] = []
    fields: dict[str, tuple[str, ...]] = {}
    for component in _fields_of(data.get("components", [])):
        typed = component.get("value")
        chosen = component.get("values") or (() if typed in (None, "", False) else (typed,))
        values = fields[component["custom_id"]] = tuple(map(str, chosen))
        files += [discord.Attachment(data=resolved[value], state=interaction._state) for value in values if value in resolved]
    return RouteInput(argument, fields=fields, files=tuple(files))


def _fields_of(components: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the fields of a sent form without the labels and rows around them."""
    fields: list[dict[str, Any]] = []
    for component in components:
        inner = component.get("components") or ([component["component"]] if "component" in component else [])
        fields += _fields_of(inner) if inner else [component] if "custom_id" in component else []
    return fields


async def read_for(
    interaction: Interaction, work: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """Read with the session of the server in which somebody is, within the time that they would wait."""
    return await interaction.client.service.read(server_of(interaction), work, *args, **kwargs)


async def read_until_cancelled(
    interaction: Interaction, work: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """Read what takes longer the bigger a story is, such as all of it, with the session of the server in which somebody is."""
    return await interaction.client.service.read_until_cancelled(server_of(interaction), work, *args, **kwargs)


async def read_while_typing(
    interaction: Interaction, work: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """Find choices with the session of the server in which somebody types."""
    return await interaction.client.service.read_while_typing(server_of(interaction), work, *args, **kwargs)


async def write_for(
    interaction: Interaction, work: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """Change something with the session of the server in which somebody is; once begun, it is carried out to its end."""
    return await interaction.client.service.write(server_of(interaction), work, *args, **kwargs)


async def run_briefly(
    interaction: Interaction, work: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """Read or write a few rows with the session of the server in which somebody is, in a lane of their own."""
    return await interaction.client.service.run_briefly(server_of(interaction), work, *args, **kwargs)
