"""A web server of our own with an article, which counts as one of the internet only where a test says so."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from bot.web import guard
from bot.web.fetching import fetch_article

TEXT = (
    "<p>A crane fell onto the quay of Harbour on Wednesday.</p><p>Harbour master Ingrid Sallow said that nobody had been hurt,"
    " and that the quay would open again in June, once the ground had been looked at by engineers of the port.</p>"
)


def page(headline: str = "Crane falls at Fish Quay", **linked: object) -> bytes:
    article = {"@type": "NewsArticle", "headline": headline, "datePublished": "2021-05-06", "publisher": {"name": "Coast Wire"}}
    head = f'<script type="application/ld+json">{json.dumps({**article, **linked})}</script>'
    return f"<!doctype html><html><head>{head}</head><body><article>{TEXT}</article></body></html>".encode()


class Site(BaseHTTPRequestHandler):
    """Answers with its pages: their code, headers and content by path; what is not there is 404."""

    pages: ClassVar[dict[str, tuple[int, dict[str, str], bytes]]] = {}
    asked: ClassVar[list[str]] = []
    agents: ClassVar[set[str]] = set()
    marks: ClassVar[list[tuple[str | None, str | None]]] = []
    done: ClassVar[threading.Event] = threading.Event()

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.agents.add(self.headers["User-Agent"])
        self.marks.append((self.headers["If-None-Match"], self.headers["If-Modified-Since"]))
        if self.path == "/slow":
            self.done.wait(30)
        code, headers, content = self.pages.get(self.path, (404, {}, b""))
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):  # whoever asks has had enough
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def own_site() -> Iterator[str]:
    """Serve on this machine, and return the address."""
    Site.asked.clear()
    Site.pages.clear()
    Site.marks.clear()
    Site.done.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def site(own_site: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let the site count as one of the internet, and the machine take its time for what is fetched."""
    assert fetch_article.__kwdefaults__ is not None
    monkeypatch.setitem(fetch_article.__kwdefaults__, "seconds", 60.0)
    really = guard.is_public
    monkeypatch.setattr(guard, "is_public", lambda address: str(address) == "127.0.0.1" or really(address))
    return own_site


def serve(path: str, content: bytes = b"", *, code: int = 200, **headers: str) -> None:
    Site.pages[path] = code, {name.replace("_", "-"): value for name, value in headers.items()}, content
