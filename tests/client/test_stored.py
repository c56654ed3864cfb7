"""What of a person is in any file, in what the bot sends and in what it hands out, and where it connects to."""

from __future__ import annotations

import ast
import io
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import bot
from bot.client import privacy
from bot.client.custom_ids import custom_ids
from bot.client.facts import words as fact_words
from tests.client.forms import LINK, in_session, send
from tests.client.world import TWITTER_BAN, World, answer, press, text, upload
from tests.support.leftovers import files_with

UNKNOWN = "Which cheese does the moon run on?"
NETWORK = {"aiohttp", "asyncio.streams", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "ssl", "urllib.request"}


async def ask_in_every_way(world: World) -> None:
    for question in (TWITTER_BAN, UNKNOWN):
        reply = await world.ask(question)
        if question == TWITTER_BAN:
            await press(world.alice, reply, "Sources")
        await world.alice.slash(world.channel, "ask", question=question)
        await world.alice.context_menu(world.channel, "Answer this", await world.bob.send(world.channel, question))
        await world.alice.user.send_dm(question)
    await world.alice.slash(world.channel, "check", text="“Masts froze over”, said Ann.")
    await world.env.settle()


async def add_fact(world: World) -> None:
    form = await world.moderator.slash(world.channel, "fact add event")
    shown = answer(await send(world.moderator, form, text="The Wren ferry sank.", date="3 May 2019", cite=LINK))
    await world.moderator.click(shown, label=fact_words.SAVE)


def bytes_of_files(folder: Path) -> Iterator[tuple[Path, bytes]]:
    return ((path, path.read_bytes()) for path in folder.rglob("*") if path.is_file())


async def test_who_asks_is_in_no_file(world: World) -> None:
    await ask_in_every_way(world)
    home, stored = world.service.settings.home, world.alice.id.to_bytes(8, "big").lstrip(b"\0")  # as SQLite stores it
    assert files_with([UNKNOWN], home)
    assert files_with([str(world.alice.id), "alice"], home) == set()
    assert [path for path, content in bytes_of_files(home) if stored in content] == []


async def test_buttons_under_a_reply_hold_the_id_of_who_asked_and_no_name(world: World) -> None:
    ids = list(custom_ids((await world.ask(TWITTER_BAN)).components))
    assert any(f":{world.alice.id}:" in id_ for id_ in ids)
    assert not any("alice" in id_ for id_ in ids)


async def test_what_a_moderator_changed_stays_signed(world: World) -> None:
    await add_fact(world)
    form = await world.moderator.slash(world.channel, "fact add event")
    await send(world.moderator, form, text="The Wren sails again.", date="4 May 2019", cite=LINK)  # which leaves a draft
    shown = answer(await world.moderator.slash(world.channel, "privacy"))
    await world.moderator.click(shown, label=privacy.DELETE)
    await world.moderator.click(shown, label=privacy.CONFIRM)
    assert text(shown) == privacy.DELETED
    (last,) = await in_session(world, lambda session: session.base.logbook.entries(limit=1))
    assert last.by == f"discord:{world.moderator.id}"


async def test_exported_stories_name_no_moderator(world: World) -> None:
    await add_fact(world)
    written = ""
    for _, content in await in_session(world, lambda session: session.files.bundle(10_000_000)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            written += "".join(archive.read(name).decode() for name in archive.namelist())
    assert "The Wren ferry sank." in written
    assert str(world.moderator.id) not in written
    assert world.moderator.user.name not in written


async def test_the_name_of_a_file_is_only_shown(world: World, tmp_path: Path) -> None:
    before = files_below(tmp_path)
    name = "../../{0.__class__}${HOME}evil.yaml"
    for content in ("story: [", "a: " * 10):
        sent: tuple[tuple[str, dict[str, Any]], ...] = (
            ("story import", {"file": (name, content.encode())}),
            ("source import", {"file": (name, content.encode())}),
            ("story draft", {"article": (name, b"It rained. It stopped."), "source": "T"}),
            ("article", {"file": (name, b"It rained. It stopped.")}),
        )
        for command, options in sent:
            shown = text(answer(await world.moderator.slash(world.channel, command, **options)))
            assert "<class" not in shown
            assert str(Path.home()) + "evil" not in shown
    assert not [path for path in files_below(tmp_path) - before if "evil" in str(path)]
    assert not list(tmp_path.parent.glob("*evil*"))


def files_below(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


connected: list[tuple[Any, ...]] = []


def record(event: str, details: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.getaddrinfo", "socket.sendto"}:
        connected.append((event, *details))


@contextmanager
def recording() -> Iterator[list[tuple[Any, ...]]]:
    """Record where this process connects to, and which names it looks up; an audit hook stays for good."""
    if "added" not in record.__dict__:
        sys.addaudithook(record)
        record.__dict__["added"] = True
    connected.clear()
    yield connected


async def test_the_bot_connects_nowhere_but_to_discord(world: World) -> None:
    """Discord is simulated without a network, so there is no connection at all, with links in all that is sent."""
    with recording() as connections:
        await ask_in_every_way(world)
        await add_fact(world)
        await world.ask(f"What does {LINK} say?")
        await upload(world, f"sources:\n  - id: a\n    url: {LINK}\n")
        shown = await world.alice.slash(world.channel, "sources")
        assert text(answer(shown))
    assert connections == []


def test_few_modules_can_connect_to_anything() -> None:
    """None of those that read what people send is among them."""
    folder = Path(bot.__file__).parent
    modules = {str(path.relative_to(folder)) for path in folder.rglob("*.py") if imported(path) & NETWORK}
    assert modules == {
        "cli/links.py",  # opens the links of a story where that is asked for
        "client/errors.py",  # these five know the errors of the connection to Discord
        "client/discord_failures.py",
        "client/retrying.py",
        "client/start.py",
        "client/stories/sent_files.py",
        "doctor/discord_api.py",
        "web/guard.py",  # lets these connect to the public internet alone
        "web/archived_copies.py",  # looks up copies of pages where somebody asks for that
        "web/fetching.py",  # fetches an article where somebody asks for that
        "metrics.py",  # counts what discord.py asks, and serves that
    }


def imported(path: Path) -> set[str]:
    names = set[str]()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names | {name.split(".")[0] for name in names if name.startswith(("http.", "aiohttp."))}
