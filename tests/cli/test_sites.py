"""A story as a static site on the command line."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.support.command_line import Run
from tests.support.paths import HARBOUR


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_stored_story_becomes_a_site_with_its_corrections(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    result = run("site", "harbour-bridge", "--out", str(folder), "--base-url", "https://news.example/bridge")
    assert (result.stdout, result.stderr) == (f"Wrote {folder}: 8 facts on 26 pages.\n", "")
    assert "https://news.example/bridge/fact/cost.html" in (folder / "sitemap.xml").read_text()
    first = contents(folder)
    run("site", "harbour-bridge", "--out", str(folder), "--base-url", "https://news.example/bridge")
    assert contents(folder) == first
    run("facts", "edit", "cost", "--text", "Repairs will cost 4.5 million dollars.", "--reason", "misheard", "--yes")
    run("site", "harbour-bridge", "--out", str(folder), "--base-url", "https://news.example/bridge")
    assert "misheard" in (folder / "corrections.html").read_text()
    assert json.loads((folder / "feed.json").read_text())["items"][0]["title"].startswith("Corrected: Maria Lee")
    assert contents(folder)["fact/ferry.html"] == first["fact/ferry.html"]


def test_a_site_of_a_story_file_is_the_same_as_long_as_the_file_is(run: Run, tmp_path: Path) -> None:
    file, folder = tmp_path / "bridge.yaml", tmp_path / "site"
    file.write_bytes(HARBOUR.read_bytes())
    os.utime(file, (1_900_000_000, 1_900_000_000))
    result = run("site", str(file), "--out", str(folder))
    assert "Without --base-url it has no sitemap" in result.stderr
    first = contents(folder)
    assert "sitemap.xml" not in first
    assert b"Added 17 March 2030." in first["fact/cost.html"]
    run("site", str(file), "--out", str(folder))
    assert contents(folder) == first


def test_a_shipped_story_and_another_language(run: Run, tmp_path: Path) -> None:
    assert run("site", "twitter-rt-sputnik", "--out", str(tmp_path / "site"), "--language", "fr").exit_code == 0
    index = (tmp_path / "site" / "index.html").read_text()
    assert '<html lang="fr">' in index
    assert "Chronologie" in index


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("no-such-story",), 'There is no story "no-such-story"'),
        (("harbour-bridge", "--base-url", "news.example"), '"news.example" is not the address of a site.'),
        (("harbour-bridge", "--server", "1"), "no fact base"),
    ],
)
def test_what_cannot_be_is_one_sentence(args: tuple[str, ...], said: str, run: Run, tmp_path: Path) -> None:
    result = run("site", *args, "--out", str(tmp_path / "site"))
    assert result.exit_code != 0
    assert said in result.stderr
    assert not (tmp_path / "site").exists()


def test_a_folder_of_somebody_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    result = run("site", "harbour-bridge", "--out", str(tmp_path))
    assert result.exit_code == 2
    assert "which is not of a site that Footnote wrote" in result.stderr
    assert (tmp_path / "mine").read_text() == "mine"
