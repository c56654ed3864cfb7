"""``footnote doctor``: every fault of an installation is found, said in words and comes with its mend."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.doctor import discord_api, installation
from bot.facts.base import FactBase
from bot.facts.logbook import sign
from bot.facts.state.follows import FollowTarget
from bot.settings import load_settings
from bot.storage.backup import LAST_BACKUP
from tests.support.command_line import Run, made_once
from tests.support.disks import small_disk
from tests.support.paths import HARBOUR

TOKEN = "a.good.token"
VIEW, SEND, ADMINISTRATOR, IN_THREADS = 1 << 10, 1 << 11, 1 << 3, 1 << 38


class Discord:
    """A server that stands for Discord: what it says by path, to those who have the token."""

    def __init__(self) -> None:
        self.said: dict[str, Any] = {"/users/@me": {"id": "99", "username": "footnote"}, "/applications/@me": {"flags": 0}}
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.skew = timedelta()

    def has_server(self, number: int, *, everybody: int = 0, own: int = VIEW | SEND) -> None:
        """Have the bot in a server, with what all may do there, and what its own role may do."""
        self.said[f"/guilds/{number}/members/99"] = {"roles": ["5"]}
        roles = [(str(number), everybody), ("5", own), ("6", ADMINISTRATOR)]
        self.said[f"/guilds/{number}/roles"] = [{"id": role, "permissions": str(may)} for role, may in roles]

    def has_channel(self, number: int, *overwrites: tuple[str, int, int], **more: Any) -> None:
        """Have a channel, with what is allowed and denied to whom in it."""
        said = [{"id": who, "allow": str(allow), "deny": str(deny)} for who, allow, deny in overwrites]
        self.said[f"/channels/{number}"] = {"type": 0, "permission_overwrites": said, **more}


@pytest.fixture
def discord(monkeypatch: pytest.MonkeyPatch) -> Iterator[Discord]:
    discord = Discord()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            discord.asked.append(self.path)
            discord.agents.add(self.headers["User-Agent"])
            said = discord.said.get(self.path, 404)
            if self.headers["Authorization"] != f"Bot {TOKEN}":
                said = 401
            self.send_response_only(said if isinstance(said, int) else 200)
            self.send_header("Date", format_datetime(datetime.now(UTC) + discord.skew, usegmt=True))
            self.end_headers()
            self.wfile.write(said if isinstance(said, bytes) else json.dumps(said).encode())

        def log_message(self, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        monkeypatch.setattr(discord_api, "DISCORD", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
        yield discord
        server.shutdown()
        thread.join()


@pytest.fixture
def well(run: Run, home: Path, tmp_path: Path, discord: Discord, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which nothing is wrong: the library and a server, backed up."""

    def make() -> None:
        run("ask", "When was the bridge closed?")
        run("story", "import", str(HARBOUR), "--server", "7", "--yes")
        run("backup", str(tmp_path / "backups"))

    made_once("well", tmp_path, tmp_path_factory, make)
    return home


def choose(home: Path, **settings: Any) -> None:
    with FactBase.open(home / "servers" / "7.db") as base:
        base.settings.change(sign("ann", None), **settings)


def checks(run: Run, *options: str, code: int) -> dict[str, dict[str, Any]]:
    """Return what the doctor found that is not well, by name; what it prints for people says the same."""
    result = run("doctor", "--json", *options)
    assert result.exit_code == code, result.output
    listed = json.loads(result.stdout)["checks"]
    assert all(check["mend"] for check in listed if check["state"] in ("warning", "wrong"))
    faults = {check["check"]: check for check in listed if check["state"] != "ok"}
    printed = " ".join(run("doctor", *options).stdout.split())
    for name, fault in faults.items():
        says = "" if name == "clock" else fault["says"]  # a minute may have passed
        assert " ".join(f"{fault['state']} {name} {says}".split()) in printed
        assert (fault["mend"] or "") in printed
    return faults


def test_where_nothing_is_wrong_it_says_so(run: Run, well: Path, discord: Discord) -> None:
    before = {path: path.read_bytes() for path in well.rglob("*") if path.is_file()}
    result = run("doctor")
    assert result.exit_code == 0
    assert result.output.endswith("Nothing is wrong.\n")
    assert "2 bases are sound." in result.output
    assert "Discord knows the bot as footnote." in result.output
    assert {path: path.read_bytes() for path in well.rglob("*") if path.is_file()} == before
    assert checks(run, "--server", "7", code=0) == {}


def test_it_looks_while_the_bot_has_the_bases_open(run: Run, well: Path) -> None:
    with FactBase.open(well / "servers" / "7.db"):
        assert run("doctor").output.endswith("Nothing is wrong.\n")


def test_a_home_in_which_nothing_is_yet(run: Run, home: Path, discord: Discord) -> None:
    assert checks(run, code=0) == {}


def test_an_index_that_is_out_of_step_is_mended(run: Run, well: Path) -> None:
    with closing(sqlite3.connect(well / "servers" / "7.db")) as raw:
        raw.execute("DELETE FROM fact_search WHERE rowid < 3")
        raw.commit()
    fault = checks(run, code=1)["servers/7.db"]
    assert (fault["state"], "that it does not hold as they are: 2" in fault["says"]) == ("wrong", True)
    assert "--mend" in fault["mend"]
    assert checks(run, "--mend", code=0) == {}
    assert "Mended" not in run("doctor", "--mend").output


def test_mending_leaves_a_base_that_cannot_be_read_as_it_is_and_says_so(run: Run, well: Path) -> None:
    path = well / "servers" / "7.db"
    another(path)
    assert "is not a fact base" in checks(run, "--mend", code=1)["servers/7.db"]["says"]
    assert path.read_bytes() == b"a letter"


def damaged(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:8192] + bytes(len(content) - 16384) + content[-8192:])


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])


def loose(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE citation SET source_id = 99")
        raw.commit()


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 2")
        raw.commit()


def another(path: Path) -> None:
    path.write_bytes(b"a letter")


@pytest.mark.parametrize(
    ("harm", "said", "mend"),
    [
        (damaged, "damaged", "footnote restore BACKUP --server 7."),
        (cut_short, "cut short", "footnote restore BACKUP --server 7."),
        (loose, "rows of citation that point at no source: ", "footnote restore BACKUP --server 7."),
        (newer, "newer version", "Update Footnote"),
        (another, "is not a fact base", "footnote restore BACKUP --server 7."),
    ],
)
def test_what_is_wrong_with_a_base_is_said_and_the_others_are_looked_at(
    run: Run, well: Path, harm: Callable[[Path], None], said: str, mend: str
) -> None:
    harm(well / "servers" / "7.db")
    faults = checks(run, code=1)
    assert list(faults) == ["servers/7.db"]
    assert said in faults["servers/7.db"]["says"]
    assert mend in faults["servers/7.db"]["mend"]
    assert "1 base is sound." in run("doctor").output
    run("restore", str(next((well.parent / "backups").iterdir())), "--server", "7")
    assert checks(run, code=0) == {}


def test_what_lies_about_is_named_and_what_is_unfinished_is_cleared_away(run: Run, well: Path) -> None:
    for name, days in (("7.db.123.new", 0), ("8.db.123.new", 1), ("8.db.123.new-journal", 1), ("9.db-wal", 1)):
        path = well / "servers" / name
        path.write_bytes(b"")
        then = (datetime.now(UTC) - timedelta(days=days)).timestamp()
        os.utime(path, (then, then))
    says = [check["says"] for check in json.loads(run("doctor", "--json").output)["checks"] if check["check"] == "leftovers"]
    assert says == [
        "Left by a program that was killed: 8.db.123.new, 8.db.123.new-journal.",
        "Logs of bases that do not exist: 9.db-wal.",
    ]
    run("doctor", "--mend")
    assert sorted(os.listdir(well / "servers")) == ["7.db", "7.db.123.new", "9.db-wal"]
    (well / "servers" / "9.db-wal").unlink()
    replaced = well / "library.db.replaced-20200101T000000Z.bak"
    replaced.write_bytes(b"")
    os.utime(replaced, (0, 0))
    assert "library.db.replaced" in checks(run, code=0)["leftovers"]["says"]


@pytest.mark.parametrize(
    ("settings", "name", "said"),
    [
        ("lisening = true", "settings", "did you mean 'listening'?"),
        ("page_size = 900\nreply_days = 0", "settings", "2 faults"),
        ('stories = ["/nowhere.yaml"]', "stories", "/nowhere.yaml"),
    ],
)
def test_faulty_settings_and_stories_are_named(run: Run, well: Path, settings: str, name: str, said: str) -> None:
    (well / "footnote.toml").write_text(settings, encoding="utf-8")
    faults = checks(run, code=1)
    assert list(faults) == [name]
    assert said in faults[name]["says"]


def test_a_disk_that_gets_full_is_told(run: Run, well: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, state, code in ((1_000_000, "wrong", 1), (100_000_000, None, 0)):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: SimpleNamespace(free=free))
        assert checks(run, code=code).get("disk", {}).get("state") == state
    monkeypatch.setattr(installation, "_MIN_FREE", 1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=100_000))
    assert checks(run, code=0)["disk"]["state"] == "warning"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to(run: Run, well: Path) -> None:
    (well / "servers").chmod(0o500)
    try:
        assert "may not be written to" in checks(run, code=1)["folder"]["says"]
    finally:
        (well / "servers").chmod(0o700)


def test_a_disk_that_is_read_only_is_told_once_and_for_nobodys_permissions(run: Run, well: Path, tmp_path: Path) -> None:
    shutil.copytree(well / "servers", tmp_path / "copied")
    with small_disk(well / "servers", 16 * 1024) as disk:
        shutil.copy(tmp_path / "copied" / "7.db", disk.path)
        shutil.copy(tmp_path / "copied" / "7.db", disk.path / "8.db")
        (disk.path / "8.db-wal").write_bytes(b"what was written last")
        disk.make_read_only()
        faults = checks(run, code=1)
        assert faults.keys() == {"folder", "servers/8.db", "backup"}, "8.db is in no backup"
        assert "is on a disk that is read-only, so nothing can be saved" in faults["folder"]["says"]
        assert "holds changes that cannot be read there" in faults["servers/8.db"]["says"]
        assert faults["servers/8.db"]["mend"].startswith("Copy both files to a disk that may be written to")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_files_that_the_superuser_made_in_the_folder_of_another_are_told(run: Run, well: Path) -> None:
    for path in (well, *well.rglob("*")):
        os.chown(path, 12345, -1)
    assert checks(run, code=0) == {}
    os.chown(well / "servers" / "7.db", 0, -1)
    assert "7.db" in checks(run, code=0)["owners"]["says"]


def test_a_backup_that_is_missing_or_old_is_told(run: Run, well: Path) -> None:
    (well / LAST_BACKUP).write_text(json.dumps({"library.db": "2020-01-02T03:04:05+00:00"}))
    said = "There is none of the last 7 days of library.db; the last one was made on 2020-01-02."
    assert checks(run, code=0)["backup"]["says"] == said
    (well / LAST_BACKUP).unlink()
    assert checks(run, code=0)["backup"]["says"] == "No backup has ever been made."


def test_a_base_that_backups_leave_out_is_told_but_not_one_that_was_made_since(run: Run, well: Path) -> None:
    run("story", "import", str(HARBOUR), "--server", "9", "--yes")
    assert checks(run, code=0) == {}
    assert "No backup" not in run("doctor", "--server", "9").stdout
    with closing(sqlite3.connect(well / "servers" / "9.db")) as raw:
        raw.execute(
            "INSERT INTO revision(kind, item_id, number, action, content, change, at, by)"
            " VALUES ('fact', 1, 9, 'revise', '{}', 9, '2020-01-02T03:04:05+00:00', 'ann')"
        )
        raw.commit()
    assert checks(run, code=0)["backup"]["says"].startswith("There is none of the last 7 days of 9.db; ")


def test_a_server_without_a_base_is_not_to_be_restored(run: Run, well: Path) -> None:
    assert checks(run, "--server", "99", code=1)["servers/99.db"]["mend"].startswith("Check the name")


def test_a_change_from_the_future_is_told(run: Run, well: Path) -> None:
    with closing(sqlite3.connect(well / "servers" / "7.db")) as raw:
        raw.execute(
            "INSERT INTO revision(kind, item_id, number, action, content, change, at, by)"
            " VALUES ('fact', 1, 9, 'revise', '{}', 9, '2999-01-01T00:00:00+00:00', 'ann')"
        )
        raw.commit()
    assert "2999-01-01" in checks(run, code=0)["clock"]["says"]


def test_a_clock_is_compared_with_none_where_discord_does_not_say_the_time(
    run: Run, well: Path, discord: Discord, monkeypatch: pytest.MonkeyPatch
) -> None:
    discord.skew = timedelta(hours=2)
    monkeypatch.setattr("tests.cli.test_doctor.format_datetime", lambda *_, **__: "soon")
    assert "clock" not in checks(run, code=0)


def test_a_clock_that_is_not_discords_is_told(run: Run, well: Path, discord: Discord) -> None:
    discord.skew = timedelta(hours=2)
    assert "behind Discord's" in checks(run, code=0)["clock"]["says"]


def test_a_token_that_is_missing_or_wrong(run: Run, well: Path, discord: Discord, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "a.bad.token")
    result = run("doctor")
    assert "Discord does not accept the token" in result.output
    assert "a.bad.token" not in result.output
    assert checks(run, code=1)["token"]["state"] == "wrong"
    monkeypatch.delenv("DISCORD_TOKEN")
    discord.asked.clear()
    assert "There is no Discord token" in checks(run, code=1)["token"]["says"]
    assert discord.asked == []
    file = well / "token"
    monkeypatch.setenv("DISCORD_TOKEN_FILE", str(file))
    assert f"The file {file} with Discord's token cannot be read" in checks(run, code=1)["token"]["says"]
    file.write_text(TOKEN)
    assert checks(run, code=0) == {}


def test_without_a_network_what_discord_would_say_is_not_checked(run: Run, well: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discord_api, "DISCORD", "http://127.0.0.1:1")
    assert checks(run, code=0) == {"Discord": {"check": "Discord", "state": "not checked", "says": "No network.", "mend": None}}


@pytest.mark.parametrize("said", [500, 503, 429, 403, b"<html>"])
def test_a_discord_that_answers_otherwise_is_not_taken_for_a_fault_of_the_bot(
    run: Run, well: Path, discord: Discord, said: object
) -> None:
    discord.said["/users/@me"] = said
    assert checks(run, code=0)["Discord"]["state"] == "not checked"


@pytest.mark.parametrize(
    ("flags", "listening", "good"), [(0, True, False), (1 << 18, True, True), (1 << 19, True, True), (0, False, True)]
)
def test_listening_needs_the_message_content_intent(
    run: Run, well: Path, discord: Discord, flags: int, listening: bool, good: bool
) -> None:
    with (well / "footnote.toml").open("a") as file:
        file.write(f"listening = {str(listening).lower()}\n")
    discord.said["/applications/@me"] = {"flags": flags}
    faults = checks(run, code=0 if good else 1)
    assert ("intents" in faults) is not good


def test_channels_in_which_the_bot_may_write(run: Run, well: Path, discord: Discord) -> None:
    choose(well, review_channel=1, log_channel=2)
    discord.has_server(7)
    discord.has_channel(1)
    discord.has_channel(2, ("7", 0, VIEW), ("5", VIEW, 0))
    assert checks(run, code=0) == {}
    assert "In server 7 the bot may write in the channels that were chosen for it." in run("doctor").output


@pytest.mark.parametrize(
    ("overwrites", "lacks"),
    [
        ([("7", 0, VIEW)], "View Channel"),
        ([("7", 0, SEND)], "Send Messages"),
        ([("5", 0, VIEW | SEND)], "View Channel and Send Messages"),
        ([("5", VIEW, 0), ("99", 0, VIEW)], "View Channel"),
        ([("7", 0, VIEW), ("5", 0, VIEW), ("99", VIEW, 0)], ""),
        ([("6", 0, VIEW), ("98", 0, VIEW)], ""),
    ],
)
def test_permissions_are_counted_as_discord_counts_them(
    run: Run, well: Path, discord: Discord, overwrites: list[tuple[str, int, int]], lacks: str
) -> None:
    choose(well, review_channel=1)
    discord.has_server(7)
    discord.has_channel(1, *overwrites)
    faults = checks(run, code=1 if lacks else 0)
    assert [fault["says"] for fault in faults.values()] == (
        [f"In server 7 the bot lacks {lacks} in the review channel."] if lacks else []
    )
    discord.has_server(7, own=ADMINISTRATOR)
    assert checks(run, code=0) == {}


def test_a_channel_that_follows_something_is_one_to_write_in(run: Run, well: Path, discord: Discord) -> None:
    with FactBase.open(well / "servers" / "7.db", create=False) as base:
        story = base.stories()[0].id
        base.follows.add(FollowTarget("story", story), channel=4, daily=True)
        base.follows.add(FollowTarget("story", story), user=5, daily=True)
    discord.has_server(7)
    discord.has_channel(4, ("7", 0, SEND))
    lacking = checks(run, code=1)["channels"]["says"]
    assert lacking == "In server 7 the bot lacks Send Messages in the channel 4 that follows something."
    discord.has_channel(4)
    assert checks(run, code=0) == {}


def test_threads_have_the_permissions_of_their_channel(run: Run, well: Path, discord: Discord) -> None:
    choose(well, log_channel=3)
    discord.has_server(7)
    discord.has_channel(1)
    discord.has_channel(3, type=11, parent_id="1")
    assert "Send Messages in Threads in the log channel" in checks(run, code=1)["channels"]["says"]
    discord.has_server(7, everybody=IN_THREADS)
    assert checks(run, code=0) == {}


@pytest.mark.parametrize(("said", "lacks"), [(404, "the channel itself, which was deleted,"), (403, "View Channel")])
def test_channels_that_are_gone_or_hidden(run: Run, well: Path, discord: Discord, said: int, lacks: str) -> None:
    choose(well, review_channel=1)
    discord.has_server(7)
    discord.said["/channels/1"] = said
    assert f"lacks {lacks} in the review channel" in checks(run, code=1)["channels"]["says"]


def test_a_server_that_the_bot_has_left(run: Run, well: Path, discord: Discord) -> None:
    choose(well, review_channel=1)
    assert checks(run, code=0)["channels"]["says"] == "The bot is not in server 7."


@pytest.mark.parametrize("path", ["/applications/@me", "/guilds/7/members/99", "/guilds/7/roles", "/channels/1"])
def test_what_discord_is_too_busy_to_say_is_not_checked(run: Run, well: Path, discord: Discord, path: str) -> None:
    with (well / "footnote.toml").open("a") as file:
        file.write("listening = true\n")
    choose(well, review_channel=1)
    discord.said["/applications/@me"] = {"flags": 1 << 18}
    discord.has_server(7)
    discord.has_channel(1)
    assert checks(run, code=0) == {}
    discord.said[path] = 503
    says = "Discord answers with 503."
    assert checks(run, code=0) == {"Discord": {"check": "Discord", "state": "not checked", "says": says, "mend": None}}


def test_it_names_itself_to_discord_in_discords_form(run: Run, well: Path, discord: Discord) -> None:
    run("doctor")
    assert discord.agents
    assert all(re.fullmatch(r"DiscordBot \(https://[a-z./]+, [0-9][^ )]*\)", agent) for agent in discord.agents)


def test_only_some_servers_are_asked_about_unless_they_are_named(
    run: Run, well: Path, discord: Discord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord_api, "_MAX_SERVERS", 0)
    choose(well, review_channel=1)
    assert checks(run, code=0)["channels"]["says"] == "1 more servers; name one with --server."
    assert load_settings().base_path(7).exists()
