"""`footnote story report --check-links` on a web server of our own: pages that changed, and what the Internet Archive has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.facts.base import FactBase
from bot.web import archived_copies
from tests.support.command_line import Run, home, run
from tests.support.web_site import Site, own_site, page, serve, site

__all__ = ["home", "own_site", "run", "site"]

STORY = "crane-falls-at-fish-quay"


@pytest.fixture
def crane(run: Run, site: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read an article from its page, and return the page's address."""
    monkeypatch.setattr(archived_copies, "LOOKUP", f"{site}/available")
    serve("/crane", page(), Content_Type="text/html")
    assert run("read", f"{site}/crane").exit_code == 0
    return f"{site}/crane"


def change_page(old: bytes = b"June", new: bytes = b"July", headline: str = "Crane falls at Fish Quay") -> None:
    serve("/crane", page(headline).replace(old, new), Content_Type="text/html")


def lacks(run: Run) -> dict[str, list[dict[str, Any]]]:
    report = json.loads(run("story", "report", STORY, "--check-links", "--json").stdout)
    return {lack["lack"]: lack["items"] for lack in report["lacks"]}


def test_a_page_that_changed_after_it_was_read_is_named_with_the_facts_that_cite_it(run: Run, crane: str) -> None:
    assert "changed" not in lacks(run)
    run("facts", "keep", f"{STORY}-p2-s1")
    change_page()
    text = run("story", "report", "--check-links", STORY).stdout
    assert "This article changed after it was read (1)\n  Read it again with footnote read" in text
    (item,) = lacks(run)["changed"]
    assert item["id"] == STORY
    assert item["detail"] == f"cited by {STORY}-p2-s1; sentences of it that nobody has checked: 1"
    assert "This article changed after it was read." in run("read", crane).stdout
    assert "changed" not in lacks(run)


def test_the_hash_is_that_of_the_text_whose_facts_are_kept(run: Run, crane: str, home: Path) -> None:
    change_page()
    run("read", crane)
    assert "changed" not in lacks(run)
    run("facts", "undo", "--yes")  # the rereading: the facts are those of the first text again
    assert "changed" in lacks(run)
    with FactBase.open(home / "library.db") as base:
        (undo,) = base.logbook.entries(limit=1)
    run("facts", "undo", "--change", str(undo.change), "--yes")  # the undo itself: the facts are those of the second text
    assert "changed" not in lacks(run)
    change_page(b"June", b"June")
    assert "changed" in lacks(run)


def test_another_headline_or_other_blanks_are_no_other_text(run: Run, crane: str) -> None:
    change_page(b"of Harbour", b"of \n  Harbour", headline="Crane felled")
    assert "changed" not in lacks(run)


def test_a_page_that_is_gone_or_holds_no_article_is_not_said_to_have_changed(run: Run, crane: str) -> None:
    serve("/crane", code=404)
    assert lacks(run).keys() & {"changed", "dead"} == {"dead"}
    serve("/crane", b"<html><body><div id='app'></div></body></html>", Content_Type="text/html")
    assert not lacks(run).keys() & {"changed", "dead"}
    serve("/crane", page().replace(b"June", b"July"), Content_Type="text/html")
    serve("/robots.txt", b"User-agent: *\nDisallow: /\n")
    assert "changed" not in lacks(run)


def test_an_article_of_a_file_has_no_page_that_could_change(run: Run, crane: str, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "pier.txt"
    file.write_text("Pier falls at Fish Quay\n\nThe pier of Harbour fell into the sea on Wednesday, the town says.\n", "utf-8")
    run("read", str(file), "--story", STORY)
    with FactBase.open(home / "library.db") as base:
        assert [(read.source, read.url) for read in base.read_pages.of(STORY)] == [(STORY, crane)]
        assert base.read_pages.of("nowhere") == ()


def test_copies_of_the_internet_archive_are_named_and_whether_it_answered(run: Run, crane: str) -> None:
    (item,) = lacks(run)["no-archive"]
    assert item["detail"] == f"{crane}: the Internet Archive did not answer"
    (asked,) = {path for path in Site.asked if path.startswith("/available?")}
    assert parse_qs(urlsplit(asked).query) == {"url": [crane], "timestamp": ["20210506"]}
    serve(asked, json.dumps({"url": crane, "archived_snapshots": {}}).encode())
    (item,) = lacks(run)["no-archive"]
    assert item["detail"] == crane
    copy = f"https://web.archive.org/web/20210507000000/{crane}"
    closest = {"status": "200", "available": True, "url": copy, "timestamp": "20210507000000"}
    serve(asked, json.dumps({"url": crane, "archived_snapshots": {"closest": closest}}).encode())
    found = lacks(run)
    assert "no-archive" not in found
    assert [item["detail"] for item in found["copy-found"]] == [copy]
    assert "footnote story archive records them" in run("story", "report", STORY, "--check-links").stdout
    run("story", "archive", "--story", STORY, "--yes")
    assert not lacks(run).keys() & {"copy-found", "no-archive"}
