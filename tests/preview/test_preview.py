"""The preview: the page of a simulated Discord, with the shipped story asked about already."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import simcord
from simcord import InteractionResult, MemberActor

from bot.client.start import make_bot
from bot.errors import SetupError
from bot.facts.logbook import sign
from bot.preview.preview import GONE_AFTERWARDS, MISSING, NO_SUCH_MENU, MessageMenus, Pages, preview_settings, serve
from bot.preview.server import BOT, clock_running, example_questions, open_server
from bot.service.service import Service
from bot.service.session import Session
from bot.settings import Settings
from bot.stories.load import load_story
from tests.client.world import answer, buttons, text
from tests.support.paths import ROOT
from tests.support.patience import PATIENCE

RUN = """
import signal, sys
from bot.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.argv = ["footnote", "preview", "--no-browser"]
main()
"""


async def test_the_channel_is_not_empty_and_a_typed_name_is_a_mention(tmp_path: Path) -> None:
    settings = Settings(tmp_path, answer_deadline=60.0)
    stories = [load_story(path) for path in settings.story_paths()]
    async with Service(settings) as service, simcord.run(make_bot(service), shard_count=1) as env:
        server = await open_server(env, service, stories)
        history = server.channel.history()
        assert f"@{BOT}" in history[0].content
        replies = [message for message in history if message.author == env.bot.user]
        assert len(replies) == 3
        assert all(text(reply) and buttons(reply) for reply in replies)
        assert [message.author.display_name for message in history[:3]] == ["Moderator", "Reader", BOT]
        await server.reader.send(server.channel, "@footnote when did Twitter ban RT and Sputnik from advertising?")
        assert server.channel.last_message is not None
        assert text(server.channel.last_message).startswith("### 26 October 2017")


async def test_messages_have_the_time_by_which_the_bot_dates_what_it_keeps(tmp_path: Path) -> None:
    settings = Settings(tmp_path, answer_deadline=60.0)
    stories = [load_story(path) for path in settings.story_paths()]
    async with Service(settings) as service, simcord.run(make_bot(service), shard_count=1) as env:
        before = datetime.now(UTC) - timedelta(seconds=1)  # more than what an id of Discord rounds away
        server = await open_server(env, service, stories)
        assert server.channel.history()[0].created_at >= before
        again = datetime.now(UTC) - timedelta(seconds=1)
        await server.reader.send(server.channel, "Hello!")
        assert server.channel.last_message is not None
        assert server.channel.last_message.created_at >= again


async def test_the_clock_runs_on_while_nobody_does_anything(tmp_path: Path) -> None:
    async with Service(Settings(tmp_path, answer_deadline=60.0)) as service, simcord.run(make_bot(service), shard_count=1) as env:
        await open_server(env, service, [])
        before = env.now()
        async with clock_running(env, 0.01), asyncio.timeout(PATIENCE):
            while env.now() <= before:
                await asyncio.sleep(0.01)
        assert env.now() > before


async def test_how_long_ago_something_was_is_shown_as_of_now(tmp_path: Path) -> None:
    async with Service(Settings(tmp_path, answer_deadline=60.0)) as service, simcord.run(make_bot(service), shard_count=1) as env:
        server, pages = await open_server(env, service, []), Pages(env)
        await pages.open(server.channel, [server.reader], None)
        (preview,) = pages._previews
        opened = preview.capture_time
        async with clock_running(env, 0.01, pages.show_time), asyncio.timeout(PATIENCE):
            while preview.capture_time <= opened:
                await asyncio.sleep(0.01)
        sent = await server.reader.send(server.channel, "Hello!")
        pages.show_time()
        assert sent.created_at - preview.capture_time < timedelta(seconds=1)
        await pages.close()


async def test_the_menu_of_a_message_is_a_command_with_the_permissions_of_each_entry(tmp_path: Path) -> None:
    bot = make_bot(Service(Settings(tmp_path, answer_deadline=60.0)))
    async with bot.service as service, simcord.run(bot, shard_count=1, check_errors=False) as env:
        await bot.add_cog(MessageMenus(bot))
        await bot.tree.sync()
        server = await open_server(env, service, [])
        asked = await server.reader.send(server.channel, "When did Twitter ban RT and Sputnik from advertising?")

        async def pick(who: MemberActor, entry: str) -> InteractionResult:
            return await who.slash(server.channel, "message-menu", entry=entry, message=str(asked.id))

        assert "### 26 October 2017" in text(answer(await pick(server.reader, "Answer this")))
        assert "Only moderators" in text(answer(await pick(server.reader, "Add as fact")))
        assert (await pick(server.moderator, "Add as fact")).acknowledged
        assert "Choose one of" in text(answer(await pick(server.reader, "Pin")))
        unknown = await server.reader.slash(server.channel, "message-menu", entry="Answer this", message="1")
        assert "There is no such message here. Choose one from the list" in text(answer(unknown))
        entries = await server.reader.autocomplete(server.channel, "message-menu", "entry", "QUOTES")
        assert [choice["value"] for choice in entries] == ["Check quotes"]
        offered = await server.reader.autocomplete(server.channel, "message-menu", "message", "reader: when")
        assert [choice["name"] for choice in offered] == [f"Reader: {asked.content}"]
        await server.reader.send(server.channel, "“yet another aggressive step”, Zakharova said.")
        await server.reader.slash(server.channel, "timeline")  # a card of the bot's own is newer
        newest = await server.reader.slash(server.channel, "message-menu", entry="Check quotes")
        assert "Exact" in text(answer(newest))
        await server.reader.user.send_dm("Hello")
        refused = await server.reader.user.slash("message-menu", entry="Add as fact")
        assert text(answer(refused)) == NO_SUCH_MENU


async def test_facts_in_a_folder_of_its_own_are_there_at_the_next_start_for_the_same_server_and_members(tmp_path: Path) -> None:
    seen: list[tuple[int, int, int, bool]] = []
    for _ in range(2):
        with preview_settings(None, tmp_path / "facts") as settings:
            bot = make_bot(Service(settings))
            async with bot.service as service, simcord.run(bot, shard_count=1) as env:
                await bot.add_cog(MessageMenus(bot))
                await bot.tree.sync()
                server = await open_server(env, service, [])
                guild = server.moderator.guild.id
                if not seen:
                    await service.write(guild, _retract, f"discord:{server.moderator.id}")
                kept = await service.read(guild, lambda session: session.facts.show(1))
                seen.append((guild, server.reader.id, server.moderator.id, kept.retracted))
                assert "ask" in server.reader.available_commands(server.channel)
    assert seen[0] == seen[1]
    assert seen[0][-1]


def _retract(session: Session, by: str) -> None:
    session.editor.retract(1, sign(by, "it was wrong"))


def test_a_folder_that_cannot_be_its_own_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path))
    (tmp_path / "file").write_text("")
    for folder in (tmp_path, tmp_path / "file" / "below"):
        with pytest.raises(SetupError, match="--folder"), preview_settings(None, folder):
            pass


async def test_the_examples_are_answered_right_a_quote_and_a_short_answer_beside_no_answer(tmp_path: Path) -> None:
    async with Service(Settings(tmp_path, answer_deadline=60.0)) as service:
        for path in service.settings.story_paths():
            story = load_story(path)
            asked = await example_questions(service, 1, story)
            recorded = {question.ask: question for question in story.questions}
            answers = [await service.ask(1, ask) for ask in asked]
            assert [answer.status == "answered" for answer in answers] == [False, True, True]
            assert [recorded[ask].expect == () for ask in asked] == [True, False, False]
            for ask, answer in zip(asked[1:], answers[1:], strict=True):
                assert answer.facts[0].record.fact.id in recorded[ask].expect
            assert answers[1].facts[0].record.fact.kind == "quote"
            assert (recorded[asked[2]].short or "").casefold() in (answers[2].short or "").casefold()


async def test_a_question_that_is_answered_wrong_is_no_example(tmp_path: Path) -> None:
    async with Service(Settings(tmp_path, answer_deadline=60.0)) as service:
        story = load_story(service.settings.story_paths()[0])
        wrong = tuple(
            replace(question, expect=tuple(fact.id for fact in story.facts if fact.id not in question.expect)[:1])
            for question in story.questions
        )
        assert await example_questions(service, 1, replace(story, questions=wrong)) == ()


async def test_it_serves_the_page_until_it_is_ended(tmp_path: Path) -> None:
    said: list[str] = []
    serving = asyncio.create_task(serve(Settings(tmp_path), port=None, browser=False, say=said.append))
    while not said and not serving.done():
        await asyncio.sleep(0.05)
    ports = re.findall(r"http://127\.0\.0\.1:(\d+)/#\S+", said[0])
    assert len(set(ports)) == 2  # of the channel and of direct messages
    for port in ports:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(port))
        writer.write(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
        assert b"200 OK" in await reader.readline()
        writer.close()
    assert GONE_AFTERWARDS in said[0]
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving


async def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SetupError, match=f"cannot use port {port}.*--port"):
            await serve(Settings(tmp_path), port=port, browser=False, say=lambda _: None)


def test_it_has_a_folder_of_its_own_and_leaves_the_real_one_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path))
    (tmp_path / "footnote.toml").write_text("page_size = 2\n")
    with preview_settings(None) as settings:
        assert settings.home.is_dir()
        assert settings.home != tmp_path
        assert settings.page_size == 2
    assert not settings.home.exists()
    (tmp_path / "other.toml").write_text('stories = ["other.yaml"]\n')
    with preview_settings(tmp_path / "other.toml") as settings:
        assert (settings.stories, settings.page_size) == (("other.yaml",), 4)
    assert {path.name for path in tmp_path.iterdir()} == {"footnote.toml", "other.toml"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals for one process")
@pytest.mark.parametrize("stop_signal", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)])
def test_it_stops_cleanly_when_told_to(tmp_path: Path, stop_signal: signal.Signals) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "FOOTNOTE_HOME"} | {"TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", RUN], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline().startswith("Starting the preview")
        assert "running" in run.stdout.readline()
        run.send_signal(stop_signal)
        out, err = run.communicate(timeout=PATIENCE)
    assert run.returncode == 0
    assert "stopped" in out
    assert "Traceback" not in err
    assert not list(tmp_path.glob("footnote-preview-*"))


def test_without_its_extra_it_says_how_to_install_it() -> None:
    code = f"import sys\nsys.modules['simcord'] = None\n{RUN}"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert MISSING in run.stderr
