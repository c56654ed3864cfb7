"""`footnote story report` on the real command line, its links opened on a server of our own."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot.cli.links import check_links
from bot.editing.report import Lack
from tests.cli.conftest import HARBOUR, Run


class Site(BaseHTTPRequestHandler):
    """Answers as its paths say."""

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        if self.path == "/slow":
            time.sleep(1.5)
        code = {"/gone": 410, "/none": 404, "/broken": 500, "/away": 302, "/file": 302, "/ftp": 302}.get(self.path, 200)
        if self.path == "/no-head" and self.command == "HEAD":
            code = 405
        self.send_response(code)
        target = {"/away": "/here", "/file": "file:///etc/passwd", "/ftp": "ftp://127.0.0.1/x"}.get(self.path)
        if target:
            self.send_header("Location", target)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_links_are_dead_or_unchecked_or_good(site: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{free.getsockname()[1]}/"
    paths = ("/here", "/no-head", "/away", "/gone", "/none", "/broken", "/slow", "/file", "/ftp")
    found = check_links([*(site + path for path in paths), closed, "file:///etc/passwd", "http://nowhere.invalid/"], seconds=0.5)
    assert {address.removeprefix(site): lack for address, (lack, _) in found.items()} == {
        "/gone": Lack.DEAD,
        "/none": Lack.DEAD,
        "/broken": Lack.UNCHECKED,
        "/slow": Lack.UNCHECKED,
        "/file": Lack.UNCHECKED,
        "/ftp": Lack.UNCHECKED,
        closed: Lack.DEAD,
        "file:///etc/passwd": Lack.UNCHECKED,
        "http://nowhere.invalid/": Lack.DEAD,
    }


def test_a_report_names_each_lack_and_what_to_do(run: Run) -> None:
    text = run("story", "report", str(HARBOUR)).output
    assert text.startswith("The Harbour Bridge closure: 8 facts, 2 sources.\n")
    assert "Facts with a single source" in text
    assert "Look for a second, independent one, and add it to cite." in text
    assert "No link was opened" in text
    assert run("story", "report", "harbour-bridge").output == text


def test_a_report_as_json_has_all_of_it(run: Run) -> None:
    found = json.loads(run("story", "report", str(HARBOUR), "--json").output)
    assert (found["story"], found["facts"], found["sources"]) == ("harbour-bridge", 8, 2)
    single = next(lack for lack in found["lacks"] if lack["lack"] == "one-source")
    assert {"id", "text", "detail"} == single["items"][0].keys()


def test_links_are_opened_only_when_that_is_asked_for(run: Run, site: str, tmp_path: Path) -> None:
    story = tmp_path / "linked.yaml"
    text = HARBOUR.read_text(encoding="utf-8")
    url = next(line for line in text.splitlines() if line.strip().startswith("url:")).split("url:")[1].strip()
    story.write_text(text.replace(url, f"{site}/none"), encoding="utf-8")
    assert "lead nowhere" not in run("story", "report", str(story)).output
    assert f"{site}/none: the site says 404, not found" in run("story", "report", str(story), "--check-links").output
