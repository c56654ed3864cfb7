"""Buttons and lists that another version has sent: whatever their custom ids say, whoever uses them gets a sentence."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord import MemberActor, ResponseMessage

from bot.client import words
from bot.client.interactions import REPLY, ROUTES
from bot.settings import Settings
from tests.client.world import TWITTER_BAN, Message, World, answer, manager, text
from tests.support.slow import slow

READABLE_ELSEWHERE = ("x", "1", "-1", "1:2", "1:2:3", "1:x:2", "a:b:c:d", "1.x:2", "1:dark:9", "apa:9:fact:F1@9", "1;2;x")
ARGUMENTS = ("", "9" * 30, *slow(READABLE_ELSEWHERE))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path, member_questions=10_000, server_questions=100_000)


async def used(world: World, who: MemberActor, reply: Message, component: dict[str, Any]) -> str:
    """Have somebody use a control that a reply of the bot's is given, and return what the bot says."""
    stored: Any = world.env.backend.get_message(world.channel.id, reply.id)
    stored.components = [{"type": 1, "components": [component]}]
    message = ResponseMessage(world.env, stored)
    if component["type"] == discord.ComponentType.button.value:
        result = await who.click(message, custom_id=component["custom_id"])
    else:
        result = await who.select(message, [option["value"] for option in component["options"]], custom_id=component["custom_id"])
    if result.modal is not None:
        return "a form"
    return text(answer(result))


def button(custom_id: str) -> dict[str, Any]:
    return {"type": 2, "style": 2, "label": "Go on", "custom_id": custom_id}


def choice(custom_id: str, value: str) -> dict[str, Any]:
    options = [{"label": "a", "value": value}]
    return {"type": 3, "custom_id": custom_id, "options": options, "min_values": 1, "max_values": 1}


@pytest.mark.parametrize("argument", ARGUMENTS)
async def test_every_route_stands_any_argument_and_any_choice(
    argument: str, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    boss = manager(world)
    for name in ROUTES:
        reply = await world.ask(TWITTER_BAN)
        for component in (
            button(f"do:{name}:{argument}"),
            choice(f"pick:{name}:{argument}", "x"),
            choice(f"pick:{name}:{argument}", "9" * 18),
        ):
            assert await used(world, boss, reply, component), component
            failed = [record.exc_info for record in caplog.records if record.levelno >= logging.ERROR]
            assert failed == [], component


@pytest.mark.parametrize("name", ["take-back", "fact-show", "approve", "cite-as", "timeline-page", "sides", "audit-undo", "gap"])
async def test_what_a_route_cannot_read_is_said_to_be_of_another_version(name: str, world: World) -> None:
    assert name in ROUTES
    assert name != REPLY
    assert await used(world, world.moderator, await world.ask(TWITTER_BAN), button(f"do:{name}:x-y")) == words.OTHER_VERSION


@pytest.mark.parametrize("component", [{**choice("fs:x", ""), "options": [], "min_values": 0}, button("fs:x")])
async def test_a_menu_of_a_reply_from_which_nothing_is_chosen_is_of_another_version(
    component: dict[str, Any], world: World
) -> None:
    assert await used(world, world.alice, await world.ask(TWITTER_BAN), component) == words.OTHER_VERSION
