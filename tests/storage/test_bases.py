from __future__ import annotations

import errno
import multiprocessing
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import FactBaseError, StoryFileError, UsageError
from bot.facts.edits import Edit
from bot.settings import Settings
from bot.storage.bases import open_base, servers_of
from tests.facts.stories import ANN, DEARER, STORY
from tests.support.disks import small_disk
from tests.support.paths import HARBOUR


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path, stories=(str(HARBOUR),))


def test_a_base_is_made_from_the_default_stories_when_first_needed(settings: Settings) -> None:
    with open_base(settings, 7) as base:
        assert [info.id for info in base.stories()] == ["harbour-bridge"]
    assert os.listdir(settings.home / "servers") == ["7.db"]


def test_a_base_that_is_there_is_left_as_it_is(settings: Settings) -> None:
    with open_base(settings, None) as base:
        base.apply(base.story("harbour-bridge").__class__(base.story("harbour-bridge").info, (), (), ()), by="test")
    with open_base(settings, None) as base:
        assert base.count() == 0


def test_servers_have_bases_of_their_own(settings: Settings) -> None:
    with open_base(settings, 1) as one, open_base(settings, 2) as other:
        story = one.story("harbour-bridge")
        one.apply(story.__class__(story.info, story.sources, story.actors, story.facts[:1]), by="test")
        assert (one.count(), other.count()) == (1, len(story.facts))


def test_a_file_that_is_named_otherwise_is_no_base_of_a_server(settings: Settings) -> None:
    open_base(settings, 7).close()
    for name in ("007.db", "7 copy.db", "x.db"):
        shutil.copy(settings.base_path(7), settings.base_path(7).with_name(name))
    assert servers_of(settings) == (7,)


@pytest.mark.parametrize(("text", "error"), [("story: {id: 1 2}", StoryFileError), (None, UsageError)])
def test_a_faulty_default_story_leaves_no_base_behind(text: str | None, error: type[Exception], tmp_path: Path) -> None:
    story = tmp_path / "mine.yaml"
    if text is not None:
        story.write_text(text)
    settings = Settings(tmp_path / "home", stories=(str(story),))
    with pytest.raises(error):
        open_base(settings, 7)
    assert not settings.base_path(7).exists()


def test_a_default_story_that_was_changed_is_read_anew(tmp_path: Path) -> None:
    story = tmp_path / "mine.yaml"
    settings = Settings(tmp_path, stories=(str(story),))
    for server, title in enumerate(("The first title", "Another title")):
        story.write_text(HARBOUR.read_text(encoding="utf-8").replace("The Harbour Bridge closure", title), encoding="utf-8")
        with open_base(settings, server) as base:
            assert [info.title for info in base.stories()] == [title]


def test_a_home_that_cannot_be_made_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FactBaseError, match="FOOTNOTE_HOME"):
        open_base(Settings(tmp_path / "file" / "home", stories=(str(HARBOUR),)), None)


def test_a_base_is_made_where_there_are_no_hard_links(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def link(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", link)
    with open_base(settings, 9) as base:
        assert base.count() > 0
    assert os.listdir(settings.home / "servers") == ["9.db"]


def test_a_base_that_cannot_be_put_in_its_place_is_named_and_leaves_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "link", link)
    with pytest.raises(FactBaseError, match=r"9\.db cannot be made \(Input/output error\); make room"):
        open_base(settings, 9)
    assert os.listdir(settings.home / "servers") == []


def _open_and_count(home: Path) -> int:
    with open_base(Settings(home, stories=(str(HARBOUR),)), 9) as base:
        return base.count()


@pytest.mark.slow
def test_processes_that_make_the_same_base_at_once_all_get_the_whole_of_it(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        counts = pool.map(_open_and_count, [tmp_path] * 8)
    assert len(set(counts)) == 1
    assert os.listdir(tmp_path / "servers") == ["9.db"]


@pytest.mark.parametrize("kilobytes", range(100, 701, 50))
def test_a_disk_that_is_nearly_full_leaves_nothing_behind_and_is_no_matter_once_there_is_room(
    kilobytes: int, tmp_path: Path
) -> None:
    settings = Settings(tmp_path)
    with small_disk(tmp_path, kilobytes):
        with pytest.raises(FactBaseError, match=rf"The disk is full, so nothing was changed in {settings.library}\."):
            open_base(settings, None)
        assert os.listdir(tmp_path) == []
        subprocess.run(["mount", "-o", "remount,size=4m", str(tmp_path)], check=True)
        with open_base(settings, None) as base:
            assert base.count() > 0


def test_a_server_adds_nothing_to_a_base_that_is_as_big_as_it_may_be(tmp_path: Path) -> None:
    settings = Settings(tmp_path, stories=(), base_megabytes=10)
    with open_base(settings, 1) as base, open_base(settings, None) as library:
        for full in (base, library):
            full.apply(STORY, by="test")
        before = base.story("bridge")
        with closing(sqlite3.connect(settings.base_path(1))) as raw, raw:
            raw.execute("INSERT INTO mark VALUES ('padding', hex(zeroblob(5000000)))")
        for add in (
            lambda: base.revisions.apply(Edit("bridge", facts=(DEARER,)), ANN),
            lambda: base.revisions.import_story(replace(STORY, facts=(DEARER,)), ANN),
            lambda: base.apply(replace(STORY, facts=(DEARER,)), by="test"),
            lambda: base.proposals.add("{}", ANN),
        ):
            with pytest.raises(UsageError, match=r"holds 10 MB, the most that one server may have .* base_megabytes"):
                add()
        assert base.story("bridge") == before
        assert base.revisions.apply(Edit("bridge", retract=("cost",)), ANN).retracted == (3,)
        with closing(sqlite3.connect(settings.base_path(1))) as raw, raw:
            raw.execute("DELETE FROM mark WHERE name = 'padding'")
        assert base.revisions.apply(Edit("bridge", facts=(DEARER,)), ANN).added == (3,)
        assert library.revisions.apply(Edit("bridge", facts=(DEARER,)), ANN).revised == (3,)
