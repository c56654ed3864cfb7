"""The operator takes an editor's newer packs by hand: shown, asked for, merged with what was changed here, and undone."""

from __future__ import annotations

from pathlib import Path

import pytest
import time_machine

from bot.stories.packs import write_pack
from bot.stories.signing import SecretKey, make_key
from tests.support.command_line import Run
from tests.support.paths import HARBOUR
from tests.support.web_site import Site, own_site, serve, site

__all__ = ["own_site", "site"]

KEY, OTHER = make_key(), make_key()
STORY = HARBOUR.read_text(encoding="utf-8").replace("id: harbour-bridge", "id: the-bridge")
CORRECTED = STORY.replace("4.2 million", "5 million")


def packed(address: str, story: str = STORY, day: str = "2026-03-01", key: SecretKey = KEY) -> bytes:
    with time_machine.travel(day):
        return write_pack("the-bridge.yaml", story.encode(), key, f"{address}/bridge.pack")


@pytest.fixture
def followed(run: Run, site: str, tmp_path: Path) -> str:
    """Import a pack that says where the next one will be, and return the address of its site."""
    (tmp_path / "bridge.pack").write_bytes(packed(site))
    done = run("story", "import", str(tmp_path / "bridge.pack")).stdout
    assert done.endswith("Its editor says where the next pack will be: footnote story update takes it.\n")
    return site


def test_a_newer_pack_is_shown_and_taken_and_undone(run: Run, followed: str) -> None:
    serve("/bridge.pack", packed(followed))
    assert run("story", "update").stdout == f"the-bridge: nothing newer at {followed}/bridge.pack.\n"
    serve("/bridge.pack", packed(followed, CORRECTED, "2026-03-02"))
    shown = run("story", "update", "the-bridge", stdin="n\n").stdout
    assert f"A newer pack from {followed}/bridge.pack, signed with the key {KEY.public}, as before.\n" in shown
    assert "1 fact would be revised: cost" in shown
    assert shown.endswith("Nothing was changed. Take it with --yes.\n")
    assert "4.2 million" in run("facts", "list", "--story", "the-bridge").stdout
    assert "1 fact revised: cost" in run("story", "update", "--yes").stdout
    assert "5 million" in run("facts", "list", "--story", "the-bridge").stdout
    assert f"import of the-bridge.pack ({KEY.public})" in run("facts", "log").stdout
    assert run("facts", "undo", "--yes").exit_code == 0
    assert "4.2 million" in run("facts", "list", "--story", "the-bridge").stdout
    assert "nothing newer" in run("story", "update", "--yes").stdout


def test_what_was_changed_here_stays_and_is_named(run: Run, followed: str) -> None:
    (cost,) = [line.split()[0] for line in run("facts", "list", "--story", "the-bridge").stdout.splitlines() if " cost " in line]
    assert run("facts", "retract", cost, "--reason", "wrong", "--yes").exit_code == 0
    serve("/bridge.pack", packed(followed, CORRECTED.replace("Safety comes first", "Safety first"), "2026-03-02"))
    done = run("story", "update", "--yes").stdout
    assert "as changed here, though the pack says otherwise: cost\n" in done
    assert "1 fact revised: lee-safety" in done
    facts = run("facts", "list", "--story", "the-bridge").stdout
    assert "Safety first" in facts
    assert "million" not in facts


def test_what_is_not_the_editors_next_pack_is_not_taken(run: Run, followed: str) -> None:
    for content, problem in (
        (
            packed(followed, CORRECTED, "2026-03-02", OTHER),
            f"signed with the key {OTHER.public}, but the story came with",
        ),
        (packed(followed, CORRECTED, "2026-02-02"), "was signed before the one that was imported last"),
        (packed(followed, CORRECTED, "2026-03-02")[:-40], "not a whole pack"),
        (b"Moved", "not a whole pack"),
    ):
        serve("/bridge.pack", content)
        refused = run("story", "update", "--yes")
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert problem in refused.stderr
    serve("/bridge.pack", code=404)
    assert "there is no such page" in run("story", "update", "--yes").stderr
    assert "4.2 million" in run("facts", "list", "--story", "the-bridge").stdout


def test_it_is_no_longer_looked_for_once_that_is_stopped(run: Run, followed: str) -> None:
    assert run("story", "update", "--stop").exit_code == 2
    assert run("story", "update", "the-bridge", "--stop").stdout.startswith("the-bridge: newer packs are no longer looked for.")
    stopped = run("story", "update")
    assert (stopped.exit_code, Site.asked) == (2, [])
    assert "Import a pack that was made with --home" in stopped.stderr
    assert "8 facts" in run("story", "list").stdout
    assert run("story", "update", "nowhere").exit_code == 2
