"""Writing a site into a folder: whole, in place of the last one, and of nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.errors import UsageError
from bot.site import writing
from bot.site.writing import CONTENTS, write_site

FILES = {"index.html": b"one", "fact/a.html": b"two"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_site_takes_the_place_of_the_last_one_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "site"
    write_site(folder, FILES)
    assert contents(folder) == {**FILES, CONTENTS: b"fact/a.html\nfootnote-site.txt\nindex.html\n"}
    write_site(folder, {"index.html": b"one", "fact/b.html": b"three"})
    assert set(contents(folder)) == {"index.html", "fact/b.html", CONTENTS}
    assert [path.name for path in folder.parent.iterdir()] == ["site"]
    assert folder.stat().st_mode & 0o777 == 0o755


def test_a_file_that_did_not_change_keeps_its_time(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_site(folder, FILES)
    for name in FILES:
        os.utime(folder / name, (1_000_000_000, 1_000_000_000))
    write_site(folder, FILES | {"fact/a.html": b"changed"})
    assert (folder / "index.html").stat().st_mtime == 1_000_000_000
    assert (folder / "fact/a.html").stat().st_mtime > 1_000_000_000


def test_a_run_that_is_stopped_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "site"
    write_site(folder, FILES)
    before = contents(folder)

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(writing, "_replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_site(folder, {"index.html": b"new"})
    assert contents(folder) == before
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("name", ["notes.txt", ".git/HEAD", "fact/mine.html"])
def test_a_folder_with_anything_else_in_it_is_left_alone(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_site(folder, FILES)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("mine")
    before = contents(folder)
    with pytest.raises(UsageError, match=f"site holds {name}, which is not of a site that Footnote wrote"):
        write_site(folder, {"index.html": b"new"})
    assert contents(folder) == before


def test_no_file_is_replaced_by_a_site(tmp_path: Path) -> None:
    file = tmp_path / "site"
    file.write_text("mine")
    with pytest.raises(UsageError, match="site is a file"):
        write_site(file, FILES)
    with pytest.raises(UsageError, match="cannot be written"):
        write_site(file / "within", FILES)
    assert file.read_text() == "mine"


def test_an_empty_folder_becomes_a_site(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    write_site(tmp_path / "site", FILES)
    assert (tmp_path / "site" / "index.html").read_bytes() == b"one"


def test_a_file_that_did_not_change_is_not_written_again_where_files_can_be_linked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "site"
    write_site(folder, FILES)
    before = {name: (folder / name).stat() for name in FILES}
    write_site(folder, FILES | {"fact/a.html": b"changed"})
    assert (folder / "index.html").stat().st_ino == before["index.html"].st_ino
    assert (folder / "index.html").stat().st_nlink == 1
    assert (folder / "fact/a.html").stat().st_ino != before["fact/a.html"].st_ino

    def unable(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "hardlink_to", unable)
    write_site(folder, FILES)
    assert contents(folder) == {**FILES, CONTENTS: b"fact/a.html\nfootnote-site.txt\nindex.html\n"}
    assert (folder / "index.html").stat().st_mtime == before["index.html"].st_mtime
