"""`footnote story archive` on the real command line, with an archive of our own on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.web import archived_copies, guard
from tests.support.command_line import Run

STORY = """
story: {id: quay, title: The quay}
sources:
  kept: {type: article-newspaper, title: The crane, url: "https://example.org/crane", published: 2019-03-06}
  lost: {type: article-newspaper, title: The pier, url: "https://example.org/pier"}
  slow: {type: webpage, title: The port, url: "https://example.org/slow"}
  elsewhere: {type: webpage, title: The town, url: "https://example.org/elsewhere"}
  done: {type: webpage, title: The sea, url: "https://example.org/sea", archive: "https://web.archive.org/web/2018/https://example.org/sea"}
events:
  fall: {date: 2019-03-05, what: A crane fell., cite: [kept#1, lost#1, slow#1, elsewhere#1, done#1]}
"""
COPY = "https://web.archive.org/web/20190307000000/https://example.org/crane"


class Archive(BaseHTTPRequestHandler):
    """Answers as the archive documents it, and keeps what it was asked."""

    asked: ClassVar[list[dict[str, list[str]]]] = []

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        self.asked.append(query)
        (page,) = query["url"]
        closest = {
            "status": "200",
            "available": True,
            "url": COPY.replace("https://web", "http://web"),
            "timestamp": "20190307000000",
        }
        answers = {
            "https://example.org/crane": {"closest": closest},
            "https://example.org/pier": {},
            "https://example.org/elsewhere": {"closest": closest | {"url": "https://evil.example/web/"}},
        }
        content = json.dumps({"url": page, "archived_snapshots": answers.get(page, {})}).encode()
        self.send_response(503 if page.endswith("slow") else 200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, list[str]]]]:
    Archive.asked.clear()
    really = guard.is_public
    monkeypatch.setattr(guard, "is_public", lambda address: str(address) == "127.0.0.1" or really(address))
    with ThreadingHTTPServer(("127.0.0.1", 0), Archive) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        monkeypatch.setattr(archived_copies, "LOOKUP", f"http://127.0.0.1:{server.server_port}/wayback/available")
        yield Archive.asked
        server.shutdown()


@pytest.fixture
def quay(run: Run, tmp_path: Path) -> str:
    file = tmp_path / "quay.yaml"
    file.write_text(STORY, encoding="utf-8")
    run("story", "import", str(file))
    return "quay"


def test_copies_are_shown_recorded_and_taken_back(run: Run, quay: str, asked: list[dict[str, list[str]]]) -> None:
    ended = run("story", "archive", "--story", quay, stdin="y\n")
    text = ended.output
    assert ended.exit_code == 1  # it did not answer for two
    assert f"kept: The crane\n  {COPY}" in text
    assert "has no copy of these; save them at https://web.archive.org/save:\n  lost: https://example.org/pier" in text
    assert "did not answer for slow, elsewhere. Try again later." in text
    assert "Recorded with 1 source." in text
    assert {query["url"][0] for query in asked} == {
        f"https://example.org/{page}" for page in ("crane", "pier", "slow", "elsewhere")
    }
    assert [query["timestamp"] for query in asked if query["url"][0].endswith("crane")] == [["20190306"]]
    assert f"archive: {COPY}" in run("story", "export", quay).output
    run("facts", "undo", "--yes")
    assert COPY not in run("story", "export", quay).output


def test_nothing_is_recorded_where_nobody_says_so(run: Run, quay: str, asked: list[dict[str, list[str]]]) -> None:
    assert "Recorded" not in run("story", "archive", "--story", quay, stdin="n\n").output
    shown = json.loads(run("story", "archive", "--story", quay, "--json").output)
    assert shown == {"story": "quay", "copies": {"kept": COPY}, "unanswered": ["slow", "elsewhere"]}
    assert COPY not in run("story", "export", quay).output
    assert len(asked) == 8


@pytest.mark.parametrize(
    "host", ["10.0.0.7", "[fd00::1]", "169.254.1.1", "wiki", "desk.newsroom.internal", "NAS.local", "localhost:8080", "box.lan."]
)
def test_the_archive_is_told_of_no_page_of_a_network_of_ones_own(
    host: str, run: Run, asked: list[dict[str, list[str]]], tmp_path: Path
) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(STORY.replace("https://example.org/pier", f"http://{host}/secret-memo"), encoding="utf-8")
    run("story", "import", str(file))
    result = run("story", "archive", "--story", "quay", "--yes")
    run("story", "report", "quay", "--check-links")
    assert "secret-memo" not in result.output
    assert asked
    assert "secret-memo" not in json.dumps(asked)


def test_a_story_whose_pages_have_copies_asks_nobody(run: Run, quay: str, asked: list[dict[str, list[str]]]) -> None:
    run("story", "archive", "--story", quay, "--yes")
    asked.clear()
    run("story", "archive", "--story", quay, "--yes")
    assert "https://example.org/crane" not in {query["url"][0] for query in asked}
