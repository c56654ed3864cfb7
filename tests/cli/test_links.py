"""`footnote story report` on the real command line, its links opened on a server of our own."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import ClassVar

import pytest

from bot.cli import links
from bot.cli.links import check_links
from bot.editing.report import Lack
from bot.web import archived_copies, guard
from tests.support.command_line import Run
from tests.support.paths import HARBOUR

LATE = (Lack.UNCHECKED, "the site did not answer in time")
UNREADABLE = (Lack.UNCHECKED, "the site's answer is not one of the web, or too long")
ANSWERS = {
    "/policy": b"HTTP/1.1 200 OK\r\nContent-Security-Policy: " + b"x" * 30_000 + b"\r\nContent-Length: 0\r\n\r\n",
    "/page-after-all": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "/many": b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 10_000,
    "/long": b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1_000_000,
    "/other": b"\x1b[31mSSH-2.0\r\n\r\n",
    "/cut": b"HTTP/1.1 200 OK\r\nX: y",
}


class Site(BaseHTTPRequestHandler):
    """Answers as its paths say, and counts what it is asked."""

    asked: ClassVar[list[str]] = []
    logins: ClassVar[list[str | None]] = []

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.logins.append(self.headers["Authorization"])
        if self.path == "/slow":
            time.sleep(1.5)
        if self.path == "/slow-no-head":
            time.sleep(0.7)
        if self.path in ANSWERS:
            self.wfile.write(ANSWERS[self.path])
            return
        if self.path == "/drip":
            with suppress(OSError):  # until whoever asks has had enough
                for byte in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 600:
                    self.wfile.write(bytes([byte]))
                    time.sleep(0.1)
            return
        code = {
            "/gone": 410,
            "/none": 404,
            "/broken": 500,
            "/away": 302,
            "/file": 302,
            "/ftp": 302,
            "/round": 302,
            "/inside": 302,
            "/login": 302,
        }.get(self.path, 200)
        if self.path in ("/no-head", "/slow-no-head") and self.command == "HEAD":
            code = 405
        self.send_response(code)
        targets = {"/away": "/here", "/file": "file:///etc/passwd", "/ftp": "ftp://127.0.0.1/x", "/round": "/round"}
        targets["/inside"] = f"http://127.0.0.2:{self.connection.getsockname()[1]}/secret"
        targets["/login"] = f"http://somebody:secret@127.0.0.1:{self.connection.getsockname()[1]}/here"
        if self.path in targets:
            self.send_header("Location", targets[self.path])
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def own_site() -> Iterator[int]:
    """Serve on this machine, and return the port."""
    Site.asked.clear()
    Site.logins.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture
def site(own_site: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let the site count as one of the internet, and return its address."""
    really = guard.is_public
    monkeypatch.setattr(guard, "is_public", lambda address: str(address) == "127.0.0.1" or really(address))
    return f"http://127.0.0.1:{own_site}"


def test_links_are_dead_or_unchecked_or_good(site: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{free.getsockname()[1]}/"
    paths = ("/here", "/no-head", "/away", "/gone", "/none", "/broken", "/slow", "/file", "/ftp", "/round", "/inside", "/a b?ü=1")
    lacks = check_links([*(site + path for path in paths), closed, "file:///etc/passwd", "http://nowhere.invalid/"], seconds=1.0)
    assert {address.removeprefix(site): lack for address, (lack, _) in lacks.items()} == {
        "/gone": Lack.DEAD,
        "/none": Lack.DEAD,
        "/broken": Lack.UNCHECKED,
        "/slow": Lack.UNCHECKED,
        "/file": Lack.UNCHECKED,
        "/ftp": Lack.UNCHECKED,
        "/round": Lack.UNCHECKED,
        "/inside": Lack.UNCHECKED,
        closed: Lack.DEAD,
        "file:///etc/passwd": Lack.UNCHECKED,
        "http://nowhere.invalid/": Lack.DEAD,
    }


def test_a_site_that_answers_a_byte_at_a_time_is_not_waited_for(site: str) -> None:
    began = time.monotonic()
    assert check_links([f"{site}/drip"], seconds=0.5) == {f"{site}/drip": (Lack.UNCHECKED, "the site did not answer in time")}
    assert time.monotonic() - began < 30  # it drips for a minute


def test_a_try_with_head_and_one_with_get_have_the_time_of_a_link_together(site: str) -> None:
    address = f"{site}/slow-no-head"
    assert check_links([address], seconds=1.0) == {address: LATE}


def test_long_policies_of_a_site_and_a_page_sent_to_head_are_no_lack(site: str) -> None:
    assert check_links([f"{site}/policy", f"{site}/page-after-all"]) == {}


def test_an_answer_that_cannot_be_read_is_said_in_a_sentence(site: str) -> None:
    assert check_links([f"{site}/{path}" for path in ("many", "long", "other", "cut")]) == {
        f"{site}/many": UNREADABLE,
        f"{site}/long": UNREADABLE,
        f"{site}/other": UNREADABLE,
        f"{site}/cut": (Lack.UNCHECKED, "the site ends the connection without an answer"),
    }


def test_names_that_are_looked_up_for_long_take_nothing_of_the_time_of_others(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(site.rpartition(":")[2])
    freed = threading.Event()

    def look_up(host: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        if host != "good.example":
            freed.wait(20)
            time.sleep(1.5)  # past what a link has, however late the others were looked up
            raise socket.gaierror
        freed.set()
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(os, "cpu_count", lambda: 1)  # by which a loop's own threads are counted
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    slow = [f"http://slow{number}.example/" for number in range(6)]
    assert check_links([*slow, f"http://good.example:{port}/here"], seconds=1.0) == dict.fromkeys(slow, LATE)


def test_all_addresses_of_a_site_have_the_time_of_a_link_together(monkeypatch: pytest.MonkeyPatch) -> None:
    async def unreached(*_: object) -> None:
        await asyncio.sleep(3600)

    addresses = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (f"8.8.8.{number}", 443)) for number in range(100)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: addresses)
    monkeypatch.setattr(asyncio.SelectorEventLoop, "sock_connect", unreached)
    for address in ("http://many.example/", "https://many.example/"):
        began = time.monotonic()
        assert check_links([address], seconds=0.3) == {address: LATE}
        assert time.monotonic() - began < 15  # they would take an hour each


def test_a_handshake_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "is_public", lambda address: True)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        began = time.monotonic()
        address = f"https://127.0.0.1:{port}/"
        assert check_links([address], seconds=0.5) == {address: LATE}
        assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "233.252.0.1"),
        *("::", "::1", "::127.0.0.1", "fe80::1", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1", "4000::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1"),
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",  # Teredo, for 192.0.2.45
    ],
)
def test_what_is_not_of_the_internet_is_not_public(address: str) -> None:
    assert not guard.is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_what_is_of_the_internet_is_public(address: str) -> None:
    assert guard.is_public(ip_address(address))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "localhost", "user@127.0.0.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_nothing_of_this_machine_is_asked_however_it_is_written(own_site: int, host: str) -> None:
    lacks = check_links([f"http://{host}:{own_site}/here"])
    assert len(lacks) == 1
    assert Site.asked == []


def test_a_certificate_that_is_not_in_order_is_said(site: str) -> None:
    address = site.replace("http:", "https:")
    assert check_links([address]) == {address: (Lack.UNCHECKED, "its certificate is not valid")}


def test_a_redirect_into_a_private_network_is_not_followed(site: str) -> None:
    assert check_links([f"{site}/inside"]) == {f"{site}/inside": (Lack.UNCHECKED, links.PRIVATE)}
    assert "/secret" not in Site.asked


def test_no_name_and_password_of_a_redirect_are_sent(site: str) -> None:
    assert check_links([f"{site}/login"]) == {}
    assert (Site.asked, Site.logins) == (["/login", "/here"], [None, None])


@pytest.mark.parametrize("address", ["https://", "http:///x", "http://[::1", "http://127.0.0.1:abc/", "http://a..invalid/"])
def test_what_is_no_address_is_said_to_be_none(address: str) -> None:
    assert check_links([address]) == {address: (Lack.UNCHECKED, "it is no web address")}


def test_a_name_is_looked_up_once_and_refused_for_any_private_address(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(site.rpartition(":")[2])
    looked_up: list[str] = []
    answers = {
        "good.example": [["127.0.0.1"], ["127.0.0.2"]],  # rebound: a second look-up would lead inside
        "inner.example": [["10.0.0.8"]],
        "both.example": [["127.0.0.1", "169.254.169.254"]],
    }

    def look_up(host: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        looked_up.append(host)
        addresses = answers[host].pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    lacks = check_links([f"http://{host}:{port}/here" for host in ("good.example", "inner.example", "both.example")])
    private = (Lack.UNCHECKED, links.PRIVATE)
    assert lacks == {f"http://{host}:{port}/here": private for host in ("inner.example", "both.example")}
    assert sorted(looked_up) == ["both.example", "good.example", "inner.example"]


def test_a_report_names_each_lack_and_what_to_do(run: Run) -> None:
    text = run("story", "report", str(HARBOUR)).output
    assert text.startswith("The Harbour Bridge closure: 8 facts, 2 sources.\n")
    assert "Facts with a single source" in text
    assert "Look for a second, independent one, and add it to cite." in text
    assert "No link was opened" in text
    assert run("story", "report", "harbour-bridge").output == text


def test_a_report_as_json_has_all_of_it(run: Run) -> None:
    report = json.loads(run("story", "report", str(HARBOUR), "--json").output)
    assert (report["story"], report["facts"], report["sources"]) == ("harbour-bridge", 8, 2)
    single = next(lack for lack in report["lacks"] if lack["lack"] == "one-source")
    assert {"id", "text", "detail"} == single["items"][0].keys()


def test_links_are_opened_only_when_that_is_asked_for(
    run: Run, site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archived_copies, "LOOKUP", f"{site}/none")
    story = tmp_path / "linked.yaml"
    text = HARBOUR.read_text(encoding="utf-8")
    url = next(line for line in text.splitlines() if line.strip().startswith("url:")).split("url:")[1].strip()
    story.write_text(text.replace(url, f"{site}/none"), encoding="utf-8")
    assert "lead nowhere" not in run("story", "report", str(story)).output
    assert f"{site}/none: the site says 404, not found" in run("story", "report", str(story), "--check-links").output
