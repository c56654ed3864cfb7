"""Whatever is stored as a link, and whatever text looks like one: what is shown leads to web pages alone.

A story of nothing but traps is asked and kept with every command, and every button and list of what is shown is used.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord import InteractionResult, MemberActor, ResponseMessage

from bot.facts.dates import parse_date
from bot.facts.models import Actor, Citation, Fact, RecordedQuestion, Source, Story, StoryInfo
from bot.settings import Settings
from tests.client.world import World, options, parts

TRAPS = (
    "javascript:alert(1)",
    "file:///etc/passwd",
    "discord://-/settings",
    "https://ann:secret@evil.example/",
    "https://evil.example/) [more](javascript:alert(1)",
    "data:text/html,<script>",
)
WORDS = "bridge [click](javascript:alert(1)) <javascript:x> [](file:///x) https://evil.example/words discord://x <@1> closed"
BUTTON, LIST = 2, 3  # Discord's numbers of their kinds


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path, member_questions=10_000, server_questions=100_000)


def trapped() -> Story:
    """Return a story that has a trap in every field; a story file could not be loaded with some of them."""
    sources = tuple(
        Source(f"s{number}", "webpage", f"{WORDS} {number}", WORDS, (WORDS,), parse_date("2021"), trap, trap, WORDS)
        for number, trap in enumerate(TRAPS)
    )
    cited = tuple(Citation(source.id, "page", WORDS) for source in sources)
    day = parse_date("2021-03-03")
    lee, kim = Actor("lee", f"Lee {WORDS}", "person", (WORDS,), WORDS, cited[:1]), Actor("kim", f"Kim {WORDS}", "person")
    by, about = ("lee",), ("kim",)
    passages = [
        Fact(f"s0-p1-s{number}", "passage", f"{text} {WORDS}", cited, day, None, WORDS, by, about=about, reviewed=False)
        for number, text in enumerate(("It creaked.", "It shook."))
    ]
    return Story(
        StoryInfo("traps", f"Traps {WORDS}", WORDS),
        sources,
        (lee, kim),
        (
            Fact("closure", "event", f"The bridge closed. {WORDS}", cited, day, WORDS, who=("lee",)),
            Fact("said", "quote", f"We closed it. {WORDS}", cited, day, None, WORDS, ("lee",), about=("kim",), event="closure"),
            *passages,
            Fact("claimed", "claim", f"It broke. {WORDS}", cited, day, None, None, ("kim",), about=("lee",), event="closure"),
        ),
        (RecordedQuestion(f"When was the bridge closed? {WORDS}", ("closure",), WORDS),),
    )


def faults(message: discord.Message | ResponseMessage) -> list[str]:
    """Return what in a message leads anywhere but to a web page that may be shown."""
    return [fault for part in parts(message) for fault in (*_addresses(part), *_in_text(part))]


def _addresses(part: Any) -> Iterator[str]:
    """Yield the addresses of a component, such as a link button's, that are none of the web or of a file sent with it."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name == "url" and not str(value).startswith(("https://", "http://", "attachment://")):
                yield str(value)
            yield from _addresses(value)
    elif isinstance(part, list):
        for inner in part:
            yield from _addresses(inner)


def _in_text(part: dict[str, Any]) -> Iterator[str]:
    if part["type"] != 10:
        return
    code = re.sub(r"```.*?```", "", part["content"], flags=re.DOTALL)  # to be copied; nothing in it is a link
    bare = re.sub(r"\\[^0-9A-Za-z\s]", "", code)  # without what is escaped
    targets = re.findall(r"\[[^\]\n]+\]\(<?([^)\s>]*)", bare)
    yield from (target for target in targets if not target.startswith(("https://", "http://")) or "@" in target)
    rest = re.sub(r"\]\([^)\s]*\)", "", re.sub(r"`[^`]*`", "", bare))
    yield from re.findall(r"\w+://\S+|<\w+:[^>\s]*>", re.sub(r"<t:\d+:\w>|<https?://[^>\s@]*>", "", rest))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[a](javascript:alert(1))", "javascript:alert(1"),
        ("[a](<file:///x>)", "file:///x"),
        ("[a](https://ann:secret@evil.example/)", "https://ann:secret@evil.example/"),
        ("see https://evil.example/", "https://evil.example/"),
    ],
)
def test_the_look_itself_sees_faults(text: str, fault: str) -> None:
    assert list(_in_text({"type": 10, "content": text})) == [fault]
    assert list(_addresses({"type": 2, "url": "discord://x"})) == ["discord://x"]
    assert list(_in_text({"type": 10, "content": f"[a](https://example.org/a) {chr(92)}[b{chr(92)}](javascript:x)"})) == []


COMMANDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("ask", {"question": "When was the bridge closed?", "story": "traps"}),
    ("ask", {"question": f"Who painted the bridge? {WORDS}", "story": "traps"}),
    ("who", {"actor": "traps/lee"}),
    ("check", {"text": f"“We closed it. {WORDS}”"}),
    ("sources", {}),
    ("fact edit", {"fact": "F1"}),
    ("fact retract", {"fact": "F1"}),
    ("fact history", {"fact": "F1"}),
    ("fact show", {"fact": "F2"}),
    ("story list", {}),
    ("story report", {"story": "traps"}),
    ("gaps", {}),
    ("keep", {"story": "traps"}),
    ("audit", {}),
)


@pytest.mark.parametrize(("name", "chosen"), COMMANDS, ids=[f"{index}-{name}" for index, (name, _) in enumerate(COMMANDS)])
async def test_nothing_that_is_shown_leads_astray(name: str, chosen: dict[str, Any], world: World) -> None:
    await world.service.write(world.guild.id, lambda session: session.base.apply(trapped(), by="test"))
    first = await world.moderator.slash(world.channel, name, **chosen)
    wrong = [fault async for fault in walked(world.moderator, first)]
    assert wrong == [], wrong[:5]


async def walked(who: MemberActor, first: InteractionResult) -> AsyncIterator[str]:
    """Yield the faults of what is shown, and of what its buttons and lists lead to, one of each kind."""
    waiting, used = shown_by(first), set[str]()
    while waiting:
        message = waiting.pop()
        controls = [part for part in parts(message) if part["type"] in (BUTTON, LIST) and not part.get("disabled")]
        for control in [None, *(chosen for one in controls for chosen in chosen_apart(one))]:
            if control is not None:
                custom_id = control.get("custom_id", "")
                value = control["options"][0]["value"] if custom_id.startswith("fs:") else ""
                kind = ":".join((value if ":" in value else custom_id).split(":")[:2])
                there = {part.get("custom_id") for part in parts(message)} | {option["value"] for option in options(message)}
                if kind in used or kind.startswith("fn:d") or not {custom_id, value or custom_id} <= there:
                    continue  # "Delete" would leave nothing to look at, and an earlier press may have changed the message
                used.add(kind)
                waiting += shown_by(await use(who, message, control))
            for fault in faults(message):
                yield fault


def chosen_apart(control: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the menu of a reply once for each of its options, any other control as it is."""
    if not control.get("custom_id", "").startswith("fs:"):
        return [control]
    return [{**control, "options": [option]} for option in control["options"]]


async def use(who: MemberActor, message: ResponseMessage, control: dict[str, Any]) -> InteractionResult:
    if control["type"] == BUTTON:
        return await who.click(message, custom_id=control["custom_id"])
    return await who.select(message, [control["options"][0]["value"]], custom_id=control["custom_id"])


def shown_by(result: InteractionResult) -> list[ResponseMessage]:
    return [*([result.response] if result.response else []), *result.followups]
