"""How the tests fill in forms and look at what is stored."""

from __future__ import annotations

import re
from typing import Any

import discord
import pytest
from simcord import InteractionResult, MemberActor

from bot.facts.models import FactRecord
from bot.service.session import Session
from tests.client.world import Message, World, answer, text

SELECT = 3
LINK = "https://example.org/news/bridge-report"
MARKS = "@everyone <@1> **bold** [x](https://evil.example) `code` # head"


def warns_of_worse(shown: str) -> bool:
    """Return whether a preview warns that recorded questions would get worse answers, alone or among other differences."""
    worse = r"questions? would get (a worse answer|another answer, \d+ of them (a worse one|worse ones))"
    return re.search(rf"⚠️ \d+ recorded {worse}\*\*", shown) is not None


def values(shown: InteractionResult) -> dict[str, str]:
    """Return what stands in a form when it opens, by field."""
    assert shown.modal is not None, text(answer(shown))
    contents: dict[str, str] = {}
    for row in shown.modal["components"]:
        field: dict[str, Any] = row["component"]
        chosen = [option["value"] for option in field.get("options") or [] if option.get("default")]
        contents[field["custom_id"]] = field.get("value") or (chosen[0] if chosen else "")
    return contents


def fields(shown: InteractionResult) -> list[dict[str, Any]]:
    """Return the labels of a form with their fields."""
    assert shown.modal is not None
    return list(shown.modal["components"])


async def send(who: MemberActor, shown: InteractionResult, **typed: str) -> InteractionResult:
    """Send a form with what stands in it already and what is typed over it."""
    lists = {field["component"]["custom_id"] for field in fields(shown) if field["component"]["type"] == SELECT}
    given = {name: value for name, value in {**values(shown), **typed}.items() if value}
    return await who.submit_modal(shown, {name: [value] if name in lists else value for name, value in given.items()})


async def look(world: World, number: int) -> FactRecord:
    """Return a fact as the server's base has it."""
    return await world.service.read(world.guild.id, lambda session: session.base.revisions.show(number))


async def count(world: World) -> int:
    """Return how many facts the server's base has."""
    return await world.service.read(world.guild.id, lambda session: session.base.count())


async def in_session(world: World, work: Any) -> Any:
    """Do work in the session of the server."""

    def run(session: Session) -> Any:
        return work(session)

    return await world.service.write(world.guild.id, run)


def count_reads(world: World, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return the list in which each read of the server's base from now on stands."""
    reads, read = list[Any](), world.service.read

    async def counted(server: int | None, work: Any, /, *args: Any, **kwargs: Any) -> Any:
        reads.append(work)
        return await read(server, work, *args, **kwargs)

    monkeypatch.setattr(world.service, "read", counted)
    return reads


def count_trips(world: World, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list in which the kind of each trip to the server's base from now on stands, but for those to its settings."""
    trips = list[str]()

    def count(kind: str) -> None:
        make = getattr(world.service, kind)

        async def counted(server: int | None, work: Any, /, *args: Any, **kwargs: Any) -> Any:
            if work is not Session.settings:
                trips.append(kind)
            return await make(server, work, *args, **kwargs)

        monkeypatch.setattr(world.service, kind, counted)

    for kind in ("read", "write", "run_briefly"):
        count(kind)
    return trips


def second_moderator(world: World) -> MemberActor:
    """Return another moderator."""
    role = world.guild.create_role("More moderators", permissions=discord.Permissions(manage_messages=True))
    return world.guild.add_member(world.env.create_user("other"), roles=[role])


async def open_settings(world: World, who: MemberActor | None = None, page: str | None = None) -> Message:
    """Open the panel of settings, or a page of it."""
    who = who or world.moderator
    opened = answer(await who.slash(world.channel, "settings"))
    if page is not None:
        await who.select(opened, [page], custom_id="pick:settings-open:")
    return opened
