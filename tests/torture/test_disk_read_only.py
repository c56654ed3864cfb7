"""A disk that can only be read: everything stored there is still told, listed, exported and backed up, and nothing is changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import ReadOnlyDiskError
from bot.facts.base import FactBase
from bot.facts.edits import Edit
from bot.facts.files import READ_ONLY
from bot.facts.logbook import sign
from bot.service.service import Service
from bot.service.session import Session
from bot.settings import Settings
from bot.storage.backup import back_up
from bot.storage.bases import open_base
from bot.storage.served_bases import ServedBases
from tests.facts.stories import ANN, DEARER, STORY
from tests.support.bot_on_discord import PATIENT
from tests.support.disks import Disk, small_disk
from tests.support.paths import HARBOUR

ASKED = "When was the bridge closed?"


@pytest.fixture
def made_once() -> None:
    """Let each base be filled on this disk, and none be copied: SQLite has to find what is wrong with it."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path / "disk", 16 * 1024) as disk:
        yield disk


@pytest.fixture
def settings(disk: Disk) -> Settings:
    return Settings(disk.path, stories=(str(HARBOUR),), answer_deadline=PATIENT)


async def test_a_bot_answers_from_it_and_says_of_a_change_that_it_cannot_be_made(disk: Disk, settings: Settings) -> None:
    open_base(settings, 1).close()
    disk.make_read_only()
    async with Service(settings, ServedBases(settings)) as service:
        assert (await service.ask(1, ASKED)).facts
        before = await service.read(1, lambda session: session.base.story("harbour-bridge"))
        facts = (replace(before.facts[0], text="It is open."),)
        for change in (
            lambda session: session.base.revisions.apply(Edit("harbour-bridge", facts=facts), sign("ann", None)),
            lambda session: session.base.settings.change(sign("ann", None), sureness="bold"),
            lambda session: session.unfinished_forms.put("ann", "{}"),
            lambda session: session.gaps.note(ASKED, "unanswered"),
        ):
            with pytest.raises(ReadOnlyDiskError) as refused:
                await service.write(1, change)
            assert refused.value.message == READ_ONLY
        assert await service.read(1, lambda session: session.base.story("harbour-bridge")) == before


async def test_once_it_can_be_written_to_a_busy_bot_changes_facts_again(disk: Disk, settings: Settings) -> None:
    open_base(settings, 1).close()
    disk.make_read_only()
    async with Service(settings, ServedBases(settings)) as service:
        assert (await service.ask(1, ASKED)).facts
        service._sessions.close_idle()
        assert service.opened() == (1,)
        disk.make_writable()
        service._sessions.close_idle()  # as each minute, however often it is asked
        await service.write(1, lambda session: session.base.settings.change(sign("ann", None), sureness="bold"))
        assert (await service.read(1, Session.settings)).sureness == "bold"


def test_it_is_backed_up_to_another_disk(disk: Disk, settings: Settings, tmp_path: Path) -> None:
    for server in (1, None):
        open_base(settings, server).close()
    disk.make_read_only()
    backup = back_up(settings, tmp_path / "backups")
    assert [saved.base for saved in backup.manifest.bases] == ["library.db", "servers/1.db"]
    assert backup.manifest.left_out == ()


def with_log(disk: Disk, tmp_path: Path, *endings: str) -> Path:
    """Put a base on the disk as a killed process leaves it: with its last change in the log alone."""
    whole = tmp_path / "whole.db"
    with FactBase.open(whole) as base:
        base.apply(STORY, by="test")
        base.checkpoint()
        base.revisions.apply(Edit("bridge", facts=(DEARER,)), ANN)
        for ending in ("", *endings):
            shutil.copy(f"{whole}{ending}", f"{disk.path / 'left.db'}{ending}")
    return disk.path / "left.db"


def test_what_stands_in_the_log_alone_is_never_passed_over(disk: Disk, tmp_path: Path) -> None:
    path = with_log(disk, tmp_path, "-wal")
    disk.make_read_only()
    with pytest.raises(ReadOnlyDiskError, match=r"left\.db-wal beside it holds changes .* Copy both files to a disk"):
        FactBase.open(path, create=False)
    for ending in ("", "-wal"):
        shutil.copy(f"{path}{ending}", tmp_path / f"copied.db{ending}")
    with FactBase.open(tmp_path / "copied.db", create=False) as base:
        assert base.revisions.show(3).fact == DEARER


def test_the_log_of_a_disk_that_can_be_written_to_is_read_as_ever(disk: Disk, tmp_path: Path) -> None:
    path = with_log(disk, tmp_path, "-wal")
    with FactBase.open(path, create=False) as base:
        assert base.revisions.show(3).fact == DEARER
