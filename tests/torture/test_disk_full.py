"""A disk that fills up while the bot is at work: nothing is half done, reads go on, and all is well once there is room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.client import words
from bot.client.facts import words as fact_words
from bot.settings import Settings
from tests.client.forms import LINK, count, send
from tests.client.world import TWITTER_BAN, World, answer, buttons, text, upload
from tests.support.base_checks import check_whole
from tests.support.command_line import Run
from tests.support.disks import Disk, small_disk
from tests.support.paths import HARBOUR

ANSWER = "### 26 October 2017"


@pytest.fixture
def made_once() -> None:
    """Let each base be filled on this disk, and none be copied: SQLite has to find what is wrong with it."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path / "disk", 6 * 1024) as disk:
        yield disk


@pytest.fixture
def settings(disk: Disk) -> Settings:
    return Settings(disk.path, server_questions=1000, member_questions=1000)


async def test_questions_are_answered_and_saves_refused_until_there_is_room(world: World, disk: Disk) -> None:
    assert text(await world.ask(TWITTER_BAN)).startswith(ANSWER)
    before = await count(world)
    form = await world.moderator.slash(world.channel, "fact add claim")
    panel = answer(await send(world.moderator, form, text="It was said on a full disk.", cite=LINK))
    disk.fill()
    for _ in range(5):
        reply = await world.ask(TWITTER_BAN)
        assert text(reply).startswith(ANSWER)
    assert buttons(reply) == []
    await world.moderator.click(panel, label=fact_words.SAVE)
    assert words.NO_ROOM in text(panel)
    assert buttons(panel) == [fact_words.BACK_TO_FORM, fact_words.CANCEL]
    refused = [await world.moderator.slash(world.channel, "fact add claim"), await upload(world, HARBOUR.read_bytes())]
    assert [text(answer(result)) for result in refused] == [words.NO_ROOM, words.NO_ROOM]
    assert await count(world) == before
    check_whole(world.service.settings.base_path(world.guild.id))
    disk.make_room()
    form = await world.moderator.click(panel, label=fact_words.BACK_TO_FORM)
    panel = answer(await send(world.moderator, form))
    assert "It was said on a full disk." in text(panel)
    await world.moderator.click(panel, label=fact_words.SAVE)
    assert text(panel).startswith(f"### Saved as F{before + 1}@1")
    assert buttons(await world.ask(TWITTER_BAN))
    check_whole(world.service.settings.base_path(world.guild.id))
    assert world.env.errors


async def test_an_import_that_finds_no_room_changes_nothing_and_its_button_stays(world: World, disk: Disk) -> None:
    panel = answer(await upload(world, HARBOUR.read_bytes()))
    before = await count(world)
    disk.fill()
    refused = await world.moderator.click(panel, label=buttons(panel)[0])
    assert text(answer(refused)) == words.NO_ROOM
    assert await count(world) == before
    disk.make_room()
    await world.moderator.click(panel, label=buttons(panel)[0])
    assert text(panel).startswith("### Imported: The Harbour Bridge closure")
    assert await count(world) > before
    check_whole(world.service.settings.base_path(world.guild.id))


async def test_a_server_that_has_no_base_yet_is_told_and_gets_one_once_there_is_room(world: World, disk: Disk) -> None:
    disk.fill()
    assert text(await world.ask(TWITTER_BAN)) == words.NO_ROOM
    assert not list((disk.path / "servers").glob("*"))
    disk.make_room()
    assert text(await world.ask(TWITTER_BAN)).startswith(ANSWER)


@pytest.mark.slow
@pytest.mark.parametrize("room", range(0, 1_500_000, 250_000))
def test_the_command_line_says_it_plainly_and_leaves_nothing_half(
    disk: Disk, room: int, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_HOME", str(disk.path / "home"))
    assert run("story", "list").exit_code == 0
    disk.fill(leave=room)
    imported = run("story", "import", str(HARBOUR), "--yes")
    saved = run("backup", str(disk.path / "backups"))
    for done in (imported, saved):
        assert done.exit_code == 0 or "disk is full" in done.stderr or "room" in done.stderr, done.stderr
    backups = [path for path in (disk.path / "backups").glob("*") if path.is_dir()]
    assert len(backups) == (saved.exit_code == 0)
    disk.make_room()
    check_whole(disk.path / "home" / "library.db")
    assert run("story", "import", str(HARBOUR), "--yes").exit_code == 0
    assert run("backup", str(disk.path / "backups")).exit_code == 0
    check_whole(disk.path / "home" / "library.db")
