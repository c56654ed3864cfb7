from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from bot.client.limits import RequestKind
from bot.settings import Settings
from bot.stories.load import read_story
from data.benchmarks.bot_process import longest_gap
from data.benchmarks.hostile import calls_table, played_table, ranking_table
from data.benchmarks.hostile_bases import HONEST_STORY, Sizes, hostile_base
from data.benchmarks.hostile_calls import DEAREST, calls
from data.benchmarks.hostile_files import article, bibliography, page_of_tags, story_file
from data.benchmarks.hostile_play import Play, Played
from data.benchmarks.hostile_ranking import ANSWERED, GIVEN_UP, REFUSED, SILENT, Cost
from data.benchmarks.hostile_servers import Servers, two_servers
from data.benchmarks.new_questions import new_questions
from data.benchmarks.watched_bot import TICK
from tests.support.paths import ROOT

QUESTION, PRESS = RequestKind.QUESTION, RequestKind.PRESS


@pytest.mark.slow
async def test_what_is_counted_is_what_was_sent(tmp_path: Path) -> None:
    base = tmp_path / "hostile.db"
    hostile_base(base, Sizes.of(30))
    async with two_servers(tmp_path / "home", base, 2, Settings(tmp_path, member_questions=3)) as servers:
        played = await Play(servers, 0.1, Settings(tmp_path, member_questions=3)).run()
        assert servers.discord.faults == []
        assert played.honest.total() == len(played.times) == 6
        assert _sent_by_hostile(servers) == played.hostile.total()
        assert played.connections == 1
        refused = sum(count for (_, kind, outcome), count in played.hostile.items() if (kind, outcome) == (QUESTION, REFUSED))
        assert refused == 3  # each member and the moderator have sent one question too many
    assert played.memory[0] <= played.memory[1]
    assert 0 < played.processor < played.clock


def _sent_by_hostile(servers: Servers) -> int:
    """Count what came from the hostile server: commands, presses, forms and completions, mentions, and what is said unasked."""
    backend, place = servers.discord.backend, servers.place
    hostile = servers.moderator.guild.id
    used = sum(interaction.guild_id == hostile for interaction in backend.interactions.values())
    said = [
        message
        for message in backend.messages[place.channel.id].values()
        if message.content.startswith(f"<@{backend.bot_user.id}>")
    ]
    people = {member.id for member in (*servers.members, servers.moderator)}
    unasked = [message for message in backend.messages.get(place.listening.id, {}).values() if message.author_id in people]
    return used + len(said) + len(unasked)


def test_every_call_is_named_once_and_the_dearest_are_among_them() -> None:
    names = [call.name for call in calls()]
    assert len(set(names)) == len(names) > 100
    assert set(names) >= DEAREST
    assert {call.name.split()[0].rstrip(",") for call in calls(("/who", "/network"))} == {"/who", "/network", "typing"}
    assert all(call.moderator for call in calls(("/story", "/audit")))


def test_no_question_is_asked_twice() -> None:
    asked = [*islice(new_questions(HONEST_STORY), 10_000)]
    assert len(set(asked)) == len(asked) == 10_000


def test_files_are_as_large_as_they_may_be_and_can_be_read() -> None:
    for made in (story_file, bibliography, article, page_of_tags):
        assert 19_000 < len(made(1, 20_000)) <= 20_000
        assert made(1, 20_000) != made(2, 20_000)
    story = read_story(story_file(3, 20_000), "story.yaml")
    assert story.info.id == "import-3"
    assert len(story.facts) > 200


def test_a_probe_is_as_late_as_its_longest_gap_also_at_the_end() -> None:
    assert longest_gap("1.0\n1.1\n3.1\n3.2\n3.", 0.9, 3.3) == pytest.approx(2.0 - TICK)
    assert longest_gap("1.0\n1.1\n", 1.0, 5.1) == pytest.approx(4.0 - TICK)
    assert longest_gap("1.0\n9.0\n9.05\n9.1\n", 9.0, 9.1) == pytest.approx(0.0)


def test_calls_are_counted_by_name_and_cost_what_was_let_through() -> None:
    played = Played()
    played.hostile = Counter(
        {("/check", QUESTION, ANSWERED): 3, ("/check", QUESTION, REFUSED): 4, ("/who", QUESTION, GIVEN_UP): 1}
    )
    head, rows = calls_table(played, [Cost("/check", QUESTION, False, ANSWERED, 2.5, 0.0, 0.0)])
    assert head == ("sent", ANSWERED, REFUSED, GIVEN_UP, SILENT, "processor, s")
    assert rows == [("/check", "7", "3", "4", "0", "0", "7.5"), ("/who", "1", "0", "0", "1", "0", "-")]


def test_goals_are_met_or_missed() -> None:
    played = Played(honest=Counter({ANSWERED: 2, SILENT: 1}), times=[100.0, 200.0, 75_000.0], heartbeat=5.5)
    rows = {row[0].strip(): row[1:] for row in played_table(played)[1]}
    assert rows["honest questions asked"] == ("3", "")
    assert rows["not answered"] == ("1", "MISSED: at most 0")
    assert rows["p99 on the clock, s"] == ("75.00", "MISSED: at most 3")
    assert rows["latest heartbeat, s"] == ("0.50", "met: at most 10")


def test_calls_are_ranked_by_what_a_member_may_take_of_the_processor_in_a_minute(tmp_path: Path) -> None:
    dear = Cost("/check", QUESTION, False, GIVEN_UP, 2.0, 1.0, 2.0, rested=False)
    pressed = Cost("/timeline > cite", PRESS, False, ANSWERED, 1.0, 0.5, 0.6)
    _, rows = ranking_table([dear, pressed], Settings(tmp_path))
    assert [(row[0], row[3], row[4]) for row in rows] == [("/timeline > cite", "60", "60.0"), ("/check", "20", "40.0")]
    assert rows[1][1] == "given up, goes on"


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="the system has no groups of processes")
def test_what_was_halved_goes_on_at_the_end() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, start_new_session=True) as halved:
        command = [sys.executable, "-m", "data.benchmarks.halving", str(halved.pid)]
        with subprocess.Popen(command, cwd=ROOT) as halving:
            while os.waitid(os.P_PID, halved.pid, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is None:
                time.sleep(0.005)
            halving.send_signal(signal.SIGTERM)
            assert halving.wait(20) == 0
        halved.communicate(b"\n", timeout=20)
        assert halved.returncode == 0
