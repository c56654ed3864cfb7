"""The operator's list of servers, and the deletion of one."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.facts.base import FactBase
from bot.settings import load_settings
from bot.storage import deletion
from bot.storage.bases import lock_base, open_base
from bot.storage.deletion_marks import today
from tests.support.command_line import Run


@pytest.fixture
def servers(home: Path) -> Path:
    settings = load_settings()
    for server in (11, 22):
        open_base(settings, server).close()
    return home / "servers"


def test_the_servers_are_listed_with_what_an_operator_wants_to_know(run: Run, servers: Path) -> None:
    run("servers", "delete", "22", "--yes")
    (servers / "33.db").write_text("no base at all")
    first, second, third = run("servers", "list").stdout.splitlines()
    assert first.startswith("11 ")
    assert " 8 facts  changed 20" in first
    assert "deleted" not in first
    due = (today() + timedelta(days=30)).isoformat()
    assert second.endswith(f"is deleted on {due}")
    assert "33.db is not a fact base" in third
    rows = [json.loads(line) for line in run("servers", "list", "--json").stdout.splitlines()]
    assert [(row["server"], row["facts"], row["deleted_on"]) for row in rows] == [(11, 8, None), (22, 8, due), (33, None, None)]
    assert rows[0]["bytes"] >= (servers / "11.db").stat().st_size


def test_where_no_server_has_asked_yet_the_list_says_so(run: Run) -> None:
    done = run("servers", "list")
    assert (done.exit_code, done.stdout) == (0, "No server has a fact base yet: one is made when a server first asks the bot.\n")
    assert run("servers", "list", "--json").stdout == ""


def test_a_deletion_is_planned_and_taken_back(run: Run, servers: Path) -> None:
    planned = run("servers", "delete", "11", "--yes")
    assert "will be deleted on" in planned.stdout
    assert "footnote servers keep 11" in planned.stdout
    assert run("servers", "keep", "11").stdout == "Server 11 is kept.\n"
    assert run("servers", "keep", "11").stdout == "Nothing was planned for server 11.\n"
    assert (servers / "11.db").exists()


def test_a_server_is_deleted_at_once(run: Run, servers: Path) -> None:
    assert run("servers", "delete", "11", "--now", "--yes").stdout == "Server 11 was deleted.\n"
    assert sorted(path.name for path in servers.iterdir()) == [".11.db.lock", "11.deleted", "22.db"]


def test_a_base_that_the_bot_has_open_is_left_to_the_bot(run: Run, servers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.deletion.BRIEFLY", 0.0)
    with lock_base(servers / "11.db"), FactBase.open(servers / "11.db") as base:
        message = run("servers", "delete", "11", "--now", "--yes").stdout
        assert message == "The bot has the base of server 11 open, and deletes it within a minute.\n"
        assert base.count() == 8
    assert deletion.due(load_settings()) == (11,)


def test_a_base_that_another_program_has_open_is_left_to_the_bot_when_it_runs(run: Run, servers: Path) -> None:
    with FactBase.open(servers / "11.db") as base:
        message = run("servers", "delete", "11", "--now", "--yes").stdout
        assert message.startswith("Another program has the base of server 11 open.")
        assert "within a minute" in message
        assert base.count() == 8
    assert deletion.due(load_settings()) == (11,)


def test_nothing_is_deleted_that_was_not_agreed_to(run: Run, servers: Path) -> None:
    refused = run("servers", "delete", "11", "--now")
    assert refused.exit_code == 2
    assert "--yes" in refused.stderr
    assert (servers / "11.db").exists()


@pytest.mark.parametrize(("answer", "there"), [("n\n", True), ("\n", True), ("y\n", False)])
def test_a_person_at_a_terminal_is_asked_before_a_server_is_deleted(
    answer: str, there: bool, run: Run, servers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.servers.at_a_terminal", lambda: True)
    result = run("servers", "delete", "11", "--now", stdin=answer)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Delete all facts, sources, suggestions and settings of server 11? [y/N]" in result.stdout
    assert ("Nothing was deleted." in result.stdout) == there
    assert (servers / "11.db").exists() == there


@pytest.mark.parametrize("command", ["delete", "keep"])
def test_a_server_that_is_not_there(command: str, run: Run, servers: Path) -> None:
    refused = run("servers", command, "44", *(["--yes"] if command == "delete" else []))
    assert refused.exit_code == 2
    assert "footnote servers list" in refused.stderr
