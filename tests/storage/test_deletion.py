"""Deleting a server's data: planned, exported, taken back, and gone with everything beside the base."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import FactBaseError, HeldError, UsageError
from bot.facts.base import FactBase
from bot.facts.models import Story
from bot.formats.export import bundle
from bot.languages import say_message, speaking
from bot.service.service import Service
from bot.settings import Settings
from bot.storage import deletion
from bot.storage.bases import open_base
from bot.storage.deletion_marks import Deletion, today
from bot.storage.served_bases import ServedBases
from bot.stories.load import load_story, read_story
from tests.support.paths import HARBOUR


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path, stories=(str(HARBOUR),), grace_days=10)


def files(settings: Settings) -> set[str]:
    """All that there is but locks, in which nothing of a server is."""
    paths = (path for path in settings.home.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(settings.home)) for path in paths}


def make(settings: Settings, *servers: int) -> None:
    for server in servers:
        open_base(settings, server).close()


def test_a_deletion_is_planned_found_when_it_is_due_and_taken_back(settings: Settings) -> None:
    make(settings, 1, 2)
    assert deletion.planned(settings, 1) is None
    assert deletion.plan(settings, 1, left=True) == Deletion(today() + timedelta(days=10), left=True)
    assert deletion.plan(settings, 2, left=False, days=0).due == today()
    assert deletion.planned_servers(settings) == (1, 2)
    assert deletion.due(settings) == (2,)
    assert deletion.cancel(settings, 2)
    assert not deletion.cancel(settings, 2)
    assert deletion.due(settings) == ()
    assert files(settings) == {"servers/1.db", "servers/2.db", "servers/1.leaving"}


def test_what_was_asked_for_stays_asked_for_and_the_earlier_day_holds(settings: Settings) -> None:
    make(settings, 1)
    asked = deletion.plan(settings, 1, left=False, days=3)
    assert deletion.plan(settings, 1, left=True) == asked
    deletion.cancel(settings, 1)
    deletion.plan(settings, 1, left=True, days=3)
    assert deletion.plan(settings, 1, left=False) == asked


def test_all_that_there_is_of_a_server_is_deleted_and_nothing_of_others(settings: Settings) -> None:
    make(settings, 7, 77)
    folder = settings.home / "servers"
    for server in (7, 77):
        deletion.write_export(settings, server, b"of a server")
    for name in ("7.db-wal", "7.db-shm", "7.db.replaced-1.bak", "77.db.replaced-1.bak"):
        (folder / name).write_text("of a server")
    (folder / ".7.db-litestream" / "ltx").mkdir(parents=True)
    (folder / ".7.db-litestream" / "ltx" / "1").write_text("of a server")
    deletion.plan(settings, 7, left=True, days=0)
    deletion.delete(settings, 7)
    day = today().isoformat()
    assert files(settings) == {
        "servers/7.deleted",
        "servers/77.db",
        "servers/77.db.replaced-1.bak",
        f"exports/77-{day}.zip",
    }
    assert not (folder / ".7.db-litestream").exists()
    deletion.delete(settings, 7)


def test_a_base_that_cannot_be_written_to_is_planned_to_be_deleted_all_the_same(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.base_path(1).parent.mkdir(parents=True)
    settings.base_path(1).write_bytes(b"no base at all" * 100)
    assert deletion.plan(settings, 1, left=True, days=0) == deletion.planned(settings, 1)
    assert "The deletion of server 1 is noted on this machine alone" in caplog.text
    assert deletion.due(settings) == (1,)


def test_a_deletion_that_is_cut_short_is_due_still(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    make(settings, 7)
    deletion.plan(settings, 7, left=True, days=0)
    unlink = Path.unlink

    def fail(self: Path, missing_ok: bool = False) -> None:
        if self.suffix == ".db":
            raise PermissionError(13, "Permission denied")
        unlink(self, missing_ok=missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", fail)
        with pytest.raises(FactBaseError, match="permission denied"):
            deletion.delete(settings, 7)
    assert deletion.due(settings) == (7,)
    deletion.delete(settings, 7)
    assert files(settings) == {"servers/7.deleted"}


def test_nobody_opens_a_base_while_it_is_deleted(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither between the look whether it is open and the deletion nor during that: what is then written would be lost."""
    monkeypatch.setattr("bot.storage.served_bases.BRIEFLY", 0.0)
    make(settings, 7)
    refused: list[str] = []

    def try_to_open(*_: object) -> None:
        with pytest.raises(HeldError) as error:
            ServedBases(settings).open(7)
        refused.append(str(error.value))

    def look(path: Path) -> bool:
        try_to_open()
        return False

    monkeypatch.setattr("bot.storage.deletion.in_use", look)
    monkeypatch.setattr("bot.storage.deletion.delete_replica", try_to_open)
    assert deletion.delete_unless_open(settings, 7) == "deleted"
    assert len(refused) == 2
    deletion.delete(settings, 7)
    assert len(refused) == 3
    ServedBases(settings).open(7).close()


def test_a_base_that_a_process_serves_is_not_deleted_under_it(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.deletion.BRIEFLY", 0.0)
    with ServedBases(settings).open(7) as base:
        assert deletion.delete_unless_open(settings, 7) == "served"
        with pytest.raises(HeldError):
            deletion.delete(settings, 7)
        assert base.count() == 8
    assert "servers/7.db" in files(settings)


@pytest.mark.parametrize("said", ["", "{}", '{"due": "soon", "left": true}', "[]"])
def test_a_plan_that_cannot_be_read_deletes_nothing(said: str, settings: Settings) -> None:
    make(settings, 1, 2)
    (settings.home / "servers" / "1.leaving").write_text(said)
    deletion.plan(settings, 2, left=True, days=0)
    with pytest.raises(FactBaseError, match="plan the deletion again"):
        deletion.planned(settings, 1)
    assert deletion.due(settings) == (2,)


def test_a_plan_whose_file_cannot_be_opened_deletes_nothing(settings: Settings) -> None:
    make(settings, 1)
    (settings.home / "servers" / "1.leaving").mkdir()
    with pytest.raises(FactBaseError, match="plan the deletion again"):
        deletion.planned(settings, 1)
    assert deletion.due(settings) == ()


async def test_the_export_holds_every_story_as_a_file_that_can_be_imported(settings: Settings) -> None:
    story = load_story(HARBOUR)
    async with Service(settings) as service:
        path = await service.export(1)
    assert path.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["harbour-bridge.yaml"]
        assert read_story(archive.read("harbour-bridge.yaml"), "harbour-bridge.yaml") == story
    deletion.cancel(settings, 1)
    assert deletion.exports(settings, 1) == ()


def test_what_is_too_large_for_one_file_comes_story_by_story() -> None:
    text = HARBOUR.read_text(encoding="utf-8")
    with FactBase.memory() as base:
        for name in ("other", "x" * 300 + "1", "x" * 300 + "2"):
            base.apply(read_story(text.replace("harbour-bridge", name, 1), "x.yaml"), by="test")
        ((name, whole),) = bundle(base)
        assert name == "stories.zip"
        parts = bundle(base, len(whole) - 1)
        assert len({name for name, _ in parts}) == len(parts) == 3
        for _, content in parts:
            assert len(content) < len(whole)
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                (inner,) = archive.namelist()
                assert read_story(archive.read(inner), inner).facts
        with pytest.raises(UsageError, match="footnote story export") as refused:
            bundle(base, min(len(content) for _, content in parts) - 1)
    with speaking("de"):
        assert say_message(refused.value.message).startswith("Ein Thema ist zu groß zum Senden.")


async def test_a_server_whose_data_was_deleted_begins_anew(settings: Settings) -> None:
    async with Service(settings) as service:
        empty = Story(load_story(HARBOUR).info, (), (), ())
        await service.write(5, lambda session: session.base.apply(empty, by="test"))
        assert await service.read(5, lambda session: session.base.count()) == 0
        deletion.plan(service.settings, 5, left=False)
        await service.delete(5)
        assert deletion.planned(service.settings, 5) is None
        assert files(settings) == {"servers/5.deleted"}
        assert await service.read(5, lambda session: session.base.count()) > 0
