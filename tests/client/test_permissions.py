"""Who may do what: every command, menu and route of `permission_table`, tried by every kind of person on the simulated Discord.

A command or route that is not in the table fails a test, so that whoever adds one has to say who may use it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands
from simcord import MemberActor, ResponseMessage

from bot.client import words
from bot.client.bot import FootnoteBot, Interaction
from bot.client.custom_ids import REPLY_BUTTON, Press, ReplyAction, ReplyKind
from bot.client.errors import sentence_view
from bot.client.interactions import REPLY, ROUTES, Form, Route, RouteInput
from bot.client.permissions import MANAGERS_ONLY, MODERATORS_ONLY, SERVERS_ONLY, Permission
from bot.client.sending import respond
from bot.facts.logbook import sign
from bot.languages import say
from bot.settings import Settings
from tests.client.permission_table import ANYONE, COMMANDS, MANAGER, MEMBER, MENUS, MODERATOR, ROUTE_TABLE
from tests.client.world import TWITTER_BAN, World, answer, demote, last_message, parts, text

REFUSALS = {SERVERS_ONLY, MODERATORS_ONLY, MANAGERS_ONLY}
RAN = "It ran."
PRESSED_UNDER_A_REPLY = ROUTES[REPLY]


@dataclass(frozen=True)
class Person:
    """Somebody who tries: what they may, and how they press and command."""

    name: str
    may: frozenset[Permission]
    actor: Any
    private: bool = False


async def ran(interaction: Interaction, given: RouteInput) -> None:
    """Stand in the place of what a route does: here it only matters whether it is let through."""
    await respond(interaction, sentence_view(RAN), private=True)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Let everybody try everything in one go."""
    return Settings(tmp_path, member_questions=10_000, server_questions=100_000)


@pytest.fixture(autouse=True)
def marked(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    """Have every route and every command say that it was let through, instead of doing its work."""
    for name, route in ROUTES.items():
        monkeypatch.setitem(ROUTES, name, replace(route, run=ran))

    async def command_ran(*args: Any, **_: Any) -> None:
        interaction = next(arg for arg in args if isinstance(arg, discord.Interaction))
        await respond(interaction, sentence_view(RAN), private=True)

    for command in everything(world):
        monkeypatch.setattr(command, "_callback", command_ran)


Commandlike = app_commands.Command[Any, Any, Any] | app_commands.ContextMenu


def everything(world: World) -> Iterator[Commandlike]:
    """Yield every command and every menu."""
    bot = world.env.bot
    assert isinstance(bot, FootnoteBot)
    for kind in (discord.AppCommandType.chat_input, discord.AppCommandType.message, discord.AppCommandType.user):
        for command in bot.tree.walk_commands(type=kind):
            if not isinstance(command, app_commands.Group):
                yield command


def commands(world: World) -> dict[str, app_commands.Command[Any, Any, Any]]:
    return {command.qualified_name: command for command in everything(world) if isinstance(command, app_commands.Command)}


def people(world: World) -> list[Person]:
    """Return one of each kind."""

    def member(name: str, **permissions: bool) -> MemberActor:
        roles = [world.guild.create_role(name, permissions=discord.Permissions(**permissions))] if permissions else []
        return world.guild.add_member(world.env.create_user(name), roles=roles)

    demoted = member("demoted", manage_messages=True)
    for role in list(world.env.backend.get_member(world.guild.id, demoted.id).role_ids):
        world.env.backend.remove_member_role(world.guild.id, demoted.id, role)
    members = frozenset({ANYONE, MEMBER})
    return [
        Person("a stranger in a direct message", frozenset({ANYONE}), world.env.create_user("stranger"), private=True),
        Person("a member", members, member("a-member")),
        Person("a moderator by managing messages", members | {MODERATOR}, member("mod", manage_messages=True)),
        Person("one who was demoted", members, demoted),
        Person("a manager", members | {MODERATOR, MANAGER}, member("boss", manage_guild=True)),
    ]


async def people_by_role(world: World) -> list[Person]:
    """Return who is what once the server has chosen a role of moderators."""
    role = world.guild.create_role("Keepers")
    keeper = world.guild.add_member(world.env.create_user("keeper"), roles=[role])
    signature = sign("test", None)
    await world.service.write(world.guild.id, lambda session: session.base.settings.change(signature, moderator_roles=(role.id,)))
    members = frozenset({ANYONE, MEMBER})
    boss = world.guild.create_role("Boss", permissions=discord.Permissions(manage_guild=True))
    return [
        Person("a moderator by the role", members | {MODERATOR}, keeper),
        Person("one who manages messages but has not the role", members, world.moderator),
        Person("a manager", members | {MODERATOR, MANAGER}, world.guild.add_member(world.env.create_user("top"), roles=[boss])),
    ]


async def button_for(world: World, person: Person) -> discord.Message:
    """Have the bot say something that has a button, where the person can press it."""
    if person.private:
        await person.actor.send_dm(TWITTER_BAN)
        said = last_message(person.actor.dm_channel)
    else:
        await person.actor.send(world.channel, f"{world.mention} {TWITTER_BAN}")
        said = last_message(world.channel)
    assert said is not None
    return said


def row_of(stored: Any) -> dict[str, Any]:
    """Return the first row of buttons of a stored message."""
    row: dict[str, Any] = next(part for part in stored.components if part["type"] == 1)
    return row


async def press(world: World, person: Person, said: discord.Message, custom_id: str) -> str:
    """Press a button with some custom id, and return what was answered."""
    stored = world.env.backend.get_message(said.channel.id, said.id)
    row_of(stored)["components"][0]["custom_id"] = custom_id
    return reply_text(await person.actor.click(ResponseMessage(world.env, stored), custom_id=custom_id))


def reply_text(result: Any) -> str:
    message = answer(result)
    return message.content or text(message).replace("\\", "")


def fits(person: Person, who: Permission, said: str) -> bool:
    return said == RAN if who in person.may else any(said.startswith(refusal) for refusal in REFUSALS)


def test_the_table_has_every_command_menu_and_route(world: World) -> None:
    assert set(commands(world)) == set(COMMANDS)
    assert {menu.name for menu in everything(world) if isinstance(menu, app_commands.ContextMenu)} == set(MENUS)
    assert {name: route.who for name, route in ROUTES.items()} == ROUTE_TABLE


@pytest.mark.parametrize("index", range(5))
async def test_every_route_lets_through_whom_the_table_says(index: int, world: World) -> None:
    person = people(world)[index]
    said = await button_for(world, person)
    wrong = [
        (person.name, name, reply)
        for name, who in ROUTE_TABLE.items()
        if not fits(person, who, reply := await press(world, person, said, f"do:{name}:"))
    ]
    assert wrong == []


async def test_a_route_of_each_kind_lets_through_who_has_a_role_that_was_chosen(world: World) -> None:
    routes = {who: name for name, who in ROUTE_TABLE.items()}
    for person in await people_by_role(world):
        said = await button_for(world, person)
        for who, name in routes.items():
            assert fits(person, who, await press(world, person, said, f"do:{name}:")), (person.name, name)


@pytest.mark.usefixtures("offered_to_all")
async def test_every_command_lets_through_whom_the_table_says(world: World) -> None:
    wrong = []
    for person in people(world):
        for name, who in COMMANDS.items():
            reply = await command(world, person, name)
            if not fits(person, who, reply):
                wrong.append((person.name, name, reply))
    assert wrong == []
    assert world.env.errors  # the refusals


@pytest.mark.usefixtures("offered_to_all")
async def test_every_command_lets_through_who_has_a_role_that_was_chosen(world: World) -> None:
    wrong = []
    for person in await people_by_role(world):
        for name, who in COMMANDS.items():
            reply = await command(world, person, name)
            if not fits(person, who, reply):
                wrong.append((person.name, name, reply))
    assert wrong == []
    assert world.env.errors


async def command(world: World, person: Person, name: str) -> str:
    """Use a command with what it requires, and return what was answered; one that is not offered is refused."""
    options = {parameter.name: _value(parameter) for parameter in commands(world)[name].parameters if parameter.required}
    if not person.private:
        return reply_text(await person.actor.slash(world.channel, name, **options))
    if name not in person.actor.available_commands():
        return SERVERS_ONLY
    return reply_text(await person.actor.slash(name, **options))


def _value(parameter: app_commands.Parameter) -> Any:
    if parameter.choices:
        return parameter.choices[0].value
    if parameter.type is discord.AppCommandOptionType.attachment:
        return ("story.yaml", b"story: {}")
    return "F1"


@pytest.mark.usefixtures("offered_to_all")
async def test_every_menu_lets_through_whom_the_table_says(world: World) -> None:
    message = await world.bob.send(world.channel, TWITTER_BAN)
    for person in people(world):
        for name, who in MENUS.items():
            if not person.private:
                assert fits(person, who, reply_text(await person.actor.context_menu(world.channel, name, message))), (
                    person.name,
                    name,
                )
    assert world.env.errors


@pytest.mark.parametrize("who", [MEMBER, MODERATOR, MANAGER])
async def test_a_list_and_a_form_are_checked_like_a_button(
    who: Permission, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def show_form(interaction: Interaction, given: RouteInput) -> None:
        field: Callable[..., Any] = discord.ui.TextInput
        await interaction.response.send_modal(
            Form("try", "", "Try", [discord.ui.Label(text="Say", component=field(custom_id="say"))])
        )

    monkeypatch.setitem(ROUTES, "try", Route(who, ran))
    monkeypatch.setitem(ROUTES, "open-form", Route(ANYONE, show_form))
    for person in people(world):
        said = await button_for(world, person)
        stored = world.env.backend.get_message(said.channel.id, said.id)
        row_of(stored)["components"] = [
            {"type": 3, "custom_id": "pick:try:", "options": [{"label": "a", "value": "a"}], "min_values": 1, "max_values": 1}
        ]
        reply = reply_text(await person.actor.select(ResponseMessage(world.env, stored), ["a"], custom_id="pick:try:"))
        assert fits(person, who, reply), person.name
        row_of(stored)["components"] = [{"type": 2, "style": 2, "label": "x", "custom_id": "do:open-form:"}]
        form = await person.actor.click(ResponseMessage(world.env, stored), custom_id="do:open-form:")
        assert fits(person, who, reply_text(await person.actor.submit_modal(form, {"say": "yes"}))), person.name


async def test_who_is_demoted_while_a_form_is_open_is_not_let_through(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def show_form(interaction: Interaction, given: RouteInput) -> None:
        field: Callable[..., Any] = discord.ui.TextInput
        await interaction.response.send_modal(
            Form("try", "", "Try", [discord.ui.Label(text="Say", component=field(custom_id="say"))])
        )

    monkeypatch.setitem(ROUTES, "try", Route(MODERATOR, ran))
    monkeypatch.setitem(ROUTES, "open-form", Route(MODERATOR, show_form))
    person = Person("a moderator", frozenset(), world.moderator)
    said = await button_for(world, person)
    stored = world.env.backend.get_message(said.channel.id, said.id)
    row_of(stored)["components"][0]["custom_id"] = "do:open-form:"
    form = await world.moderator.click(ResponseMessage(world.env, stored), custom_id="do:open-form:")
    demote(world)
    refused = reply_text(await world.moderator.submit_modal(form, {"say": "all that was typed"}))
    assert MODERATORS_ONLY in refused


async def test_a_route_that_there_is_not_does_nothing_and_says_so(world: World) -> None:
    person = people(world)[2]
    said = await button_for(world, person)
    assert words.OTHER_VERSION in await press(world, person, said, "do:no-such-route:")


# Who may use which button under a reply: "anyone", or only who asked and moderators.
ACTIONS = {
    **dict.fromkeys((ReplyAction.TURN, ReplyAction.SOURCES, ReplyAction.TURN_SOURCES, ReplyAction.TURN_ALL_SOURCES), ANYONE),
    **dict.fromkeys((ReplyAction.OPEN, ReplyAction.TURN_FACT, ReplyAction.WHY), ANYONE),
    ReplyAction.DELETE: MODERATOR,
}


@pytest.mark.parametrize("action", list(ReplyAction))
async def test_every_button_of_a_reply_lets_through_whom_the_table_says(
    action: ReplyAction, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ROUTES, REPLY, PRESSED_UNDER_A_REPLY)
    asker = Person("who asked", frozenset(Permission), world.alice)
    for person in (*people(world), asker):
        said = await button_for(world, asker if not person.private else person)
        key, fact = next((match["key"], match["fact"]) for match in own_ids(said))
        custom_id = Press(action, ReplyKind.REPLY, asker.actor.id, key, fact=int(fact) or 1).encode()
        stored = world.env.backend.get_message(said.channel.id, said.id)
        row_of(stored)["components"][0]["custom_id"] = custom_id
        result = await person.actor.click(ResponseMessage(world.env, stored), custom_id=custom_id)
        refused = result.response is not None and say(words.ONLY_ASKER) in text(result.response)
        assert refused == (ACTIONS[action] not in person.may), person.name


def own_ids(said: discord.Message) -> Iterator[re.Match[str]]:
    """Yield what the buttons of a reply remember."""
    for part in parts(said):
        match = REPLY_BUTTON.fullmatch(part.get("custom_id", ""))
        if match is not None and match["key"]:
            yield match
