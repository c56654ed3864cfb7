"""Routes: what a handler is given, and that what it returns is sent, or it returns nothing."""

from __future__ import annotations

from typing import Any

import pytest
from discord import ui

from bot.client import interactions
from bot.client.bot import Interaction
from bot.client.custom_ids import OtherVersionError
from bot.client.interactions import RouteInput, route
from bot.client.permissions import Permission

SHOWN = ui.LayoutView(timeout=None)
NOBODY: Any = None  # whoever pressed; none of these handlers looks


@pytest.fixture(autouse=True)
def _no_routes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interactions, "ROUTES", {})


async def handler(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    return SHOWN


async def test_what_a_handler_returns_is_sent() -> None:
    sent = []

    async def send(_: Interaction, work: Any) -> None:
        sent.append(await work)

    route("try", Permission.ANYONE, send=send)(handler)
    await interactions.ROUTES["try"].run(NOBODY, RouteInput())
    assert sent == [SHOWN]


async def test_a_handler_that_returns_what_nothing_sends_fails() -> None:
    route("try", Permission.ANYONE)(handler)
    with pytest.raises(TypeError, match="without send returned LayoutView"):
        await interactions.ROUTES["try"].run(NOBODY, RouteInput())


async def test_a_handler_that_answers_itself_returns_nothing() -> None:
    async def answers_itself(interaction: Interaction, given: RouteInput) -> None:
        pass

    route("try", Permission.ANYONE)(answers_itself)
    await interactions.ROUTES["try"].run(NOBODY, RouteInput())


async def test_a_handler_is_given_the_numbers_of_its_argument_and_no_others() -> None:
    given = []

    async def of_two(interaction: Interaction, number: int, page: int) -> None:
        given.append((number, page))

    route("try", Permission.ANYONE, numbers=2)(of_two)
    await interactions.ROUTES["try"].run(NOBODY, RouteInput("12:3"))
    for argument in ("", "12", "12:", "12:3:4", "12:-3", "12:x"):
        with pytest.raises(OtherVersionError):
            await interactions.ROUTES["try"].run(NOBODY, RouteInput(argument))
    assert given == [(12, 3)]
