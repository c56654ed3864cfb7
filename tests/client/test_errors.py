"""The one door: what a person is told, what the log says, and that nothing crashes."""

from __future__ import annotations

import ast
import logging
from collections.abc import AsyncIterator, Iterator
from importlib import import_module
from inspect import get_annotations
from types import ModuleType
from typing import Any

import discord
import pytest

from bot.answers.models import Answer
from bot.client import words
from bot.client.errors import sentence_for
from bot.errors import (
    BusyError,
    ConflictError,
    DateError,
    FactBaseError,
    FormError,
    LockedError,
    ReplicaError,
    SetupError,
    StoryFileError,
    UsageError,
)
from bot.facts.files import READ_ONLY
from bot.languages import speaking
from bot.messages import Message
from bot.presentation import wording
from bot.service.replies import Reply
from bot.service.service import Service
from bot.settings import Settings
from bot.stories.load import read_story
from tests.client.world import TWITTER_BAN, World, answer, bot_of, buttons, closed, text
from tests.support.disks import small_disk
from tests.support.paths import ROOT

BELOW = ("answers", "checking", "drafting", "editing", "facts", "formats", "pictures", "service", "stories", "storage", "uploads")
"""The parts of the bot whose errors come to Discord."""
COMMAND_LINE = ("bot.answers.evaluation", "bot.stories.load", "bot.stories.signing", "bot.storage.restore", "bot.storage.backup")
"""Modules that raise errors about files of whoever runs them, which nobody on Discord can name."""
SHOWN = (UsageError, BusyError, ReplicaError)
"""Errors in the place of which Discord has no other sentence."""
LEFT_OUT = (LockedError, FormError, DateError, ConflictError)
"""Of these the one that Discord has another sentence for, and those that are made of messages, as types hold."""

SECRET = "SELECT secret FROM somewhere"


class FaultyService(Service):
    """The real service with faults that a question or a press can set off."""

    async def ask(self, server: int | None, question: str, **options: Any) -> Answer:
        if "explode" in question:
            raise RuntimeError(SECRET)
        if "unset" in question:
            raise SetupError("The file /srv/weights is missing. Install Footnote again.")
        if "busy" in question:
            raise BusyError("That took too long; ask again.")
        return await super().ask(server, question, **options)

    async def store_reply(self, server: int | None, reply: Reply) -> str:
        if "!!" in (reply.title or ""):
            raise FactBaseError("The disk is full.")
        return await super().store_reply(server, reply)

    async def reply(self, server: int | None, key: str) -> Reply:
        reply = await super().reply(server, key)
        if "press" in (reply.title or ""):
            raise RuntimeError(SECRET)
        return reply


@pytest.fixture
async def service(settings: Settings) -> AsyncIterator[Service]:
    async with FaultyService(settings) as service:
        yield service


def reference_in(log: pytest.LogCaptureFixture) -> str:
    """Return the reference of the one unexpected error in the log, which has its traceback there."""
    records = [record for record in log.records if record.levelno == logging.ERROR and record.name == "bot.client.errors"]
    assert len(records) == 1
    assert records[0].exc_info
    assert isinstance(records[0].args, tuple)
    return str(records[0].args[0])


async def test_an_unexpected_error_in_a_message_is_told_with_a_reference(world: World, caplog: pytest.LogCaptureFixture) -> None:
    reply = await world.ask("explode")
    assert text(reply) == words.unexpected(reference_in(caplog))


async def test_an_unexpected_error_in_a_command_is_told_to_its_user_alone(world: World, caplog: pytest.LogCaptureFixture) -> None:
    result = await world.alice.slash(world.channel, "ask", question="explode")
    assert result.ephemeral
    assert text(answer(result)) == words.unexpected(reference_in(caplog))
    assert world.env.errors


async def test_an_unexpected_error_in_a_press_is_told_to_who_pressed(world: World, caplog: pytest.LogCaptureFixture) -> None:
    result = await world.bob.click(await world.ask(f"{TWITTER_BAN} press"), label=wording.SOURCES)
    assert result.ephemeral
    assert text(answer(result)) == words.unexpected(reference_in(caplog))


async def test_a_known_error_is_its_sentence(world: World) -> None:
    assert text(await world.ask("busy")) == "That took too long; ask again."


def test_several_faults_are_each_worded_in_the_language() -> None:
    with pytest.raises(StoryFileError) as caught:
        read_story("story: {id: s}\nevents: 1\n", "x.yaml")
    faults = {"text": Message("Write the claim."), "by": Message("A quote needs who said it. Choose the speaker.")}
    with speaking("de"):
        one, other = sentence_for(caught.value).splitlines()
        assert one == "Zeile 1, Spalte 8: Das Thema hat kein `title`. Ergänze `title:` mit dem Wert."
        assert other.startswith("Zeile 2, Spalte 9: `events` braucht Schlüssel mit Werten. ")
        assert sentence_for(FormError(faults)).startswith("Schreib die Behauptung. ")


async def test_what_is_not_installed_is_for_the_operator_who_reads_it_once_in_the_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        assert text(await world.ask("unset")) == words.NOT_SET_UP
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == [
        "Told somebody why it cannot be done: The file /srv/weights is missing. Install Footnote again."
    ]


async def test_on_a_disk_that_is_read_only_questions_are_answered_and_changes_refused_with_the_reason(
    world: World, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    await world.ask(TWITTER_BAN)
    await closed(world)
    base = settings.base_path(world.guild.id)
    content = base.read_bytes()
    with small_disk(settings.servers_folder, 16 * 1024) as disk:
        base.write_bytes(content)
        disk.make_read_only()
        assert text(await world.ask(TWITTER_BAN)).startswith("### 26 October 2017")
        for _ in range(2):
            assert text(answer(await world.moderator.slash(world.channel, "fact add event"))) == READ_ONLY
        assert world.env.errors
        await closed(world)
    records = [record for record in caplog.records if record.message.startswith("Told somebody why")]
    assert [record.levelname for record in records if record.levelno >= logging.WARNING] == ["WARNING"]


async def test_an_answer_that_cannot_be_kept_goes_out_without_buttons(world: World) -> None:
    reply = await world.ask(f"{TWITTER_BAN} !!")
    assert text(reply).startswith("### 26 October 2017")
    assert buttons(reply) == []


async def test_a_channel_where_it_may_not_send_is_logged_once(world: World, caplog: pytest.LogCaptureFixture) -> None:
    closed = world.guild.create_text_channel(
        "closed", overwrites={world.env.bot.user: discord.PermissionOverwrite(send_messages=False)}  # type: ignore[dict-item]
    )  # fmt: skip
    for _ in range(3):
        await world.alice.send(closed, f"{world.mention} {TWITTER_BAN}")
    assert len(closed.history()) == 3
    assert len([record for record in caplog.records if "does not let me answer" in record.getMessage()]) == 1


async def test_without_the_right_to_read_history_it_answers_below(world: World) -> None:
    channel = world.guild.create_text_channel(
        "no-history", overwrites={world.env.bot.user: discord.PermissionOverwrite(read_message_history=False)}  # type: ignore[dict-item]
    )  # fmt: skip
    await world.alice.send(channel, f"{world.mention} {TWITTER_BAN}")
    assert channel.last_message is not None
    assert text(channel.last_message).startswith("### 26 October 2017")


async def test_where_replying_needs_a_permission_that_is_missing_it_answers_below(world: World) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=400, code=160002, times=1)
    reply = await world.ask(TWITTER_BAN)
    assert text(reply).startswith("### 26 October 2017")
    assert reply.reference is None


async def test_a_command_of_another_version_is_answered_with_what_to_do(world: World) -> None:
    bot_of(world).tree.remove_command("quote")
    shown = await world.alice.slash(world.channel, "quote")
    assert text(answer(shown)) == words.COMMAND_CHANGED
    assert world.env.errors


@pytest.mark.parametrize("status", [403, 404, 429, 500, 503])
async def test_a_failing_send_is_logged_and_the_next_question_is_answered(
    world: World, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=status, times=1 if status == 403 else 2)
    await world.ask(TWITTER_BAN)
    assert any(record.levelno >= logging.WARNING for record in caplog.records)
    assert not any(record.exc_info for record in caplog.records)
    assert text(await world.ask(TWITTER_BAN)).startswith("### 26 October 2017")


@pytest.mark.parametrize("status", [403, 404, 429, 500])
async def test_a_failing_interaction_does_not_crash(world: World, caplog: pytest.LogCaptureFixture, status: int) -> None:
    world.env.inject_error("POST", "/interactions/*/callback", status=status, times=1 if status == 403 else 2)
    await world.alice.slash(world.channel, "ask", question=TWITTER_BAN)
    assert world.env.errors
    assert not any(record.exc_info for record in caplog.records)
    result = await world.alice.slash(world.channel, "ask", question=TWITTER_BAN)
    assert "### 26 October 2017" in text(answer(result))


@pytest.mark.parametrize("status", [403, 404, 500])
async def test_a_failing_delete_is_told(world: World, caplog: pytest.LogCaptureFixture, status: int) -> None:
    reply = await world.ask(TWITTER_BAN)
    world.env.inject_error("DELETE", "/webhooks/*", status=status)
    await world.alice.click(reply, label=words.DELETE)
    assert reply.id in {message.id for message in world.channel.history()}
    assert not any(record.exc_info for record in caplog.records)


async def test_no_text_on_discord_holds_a_traceback_or_sql(world: World) -> None:
    await world.ask("explode")
    await world.alice.slash(world.channel, "ask", question="explode")
    for message in world.channel.history():
        assert "Traceback" not in text(message)
        assert "SELECT" not in text(message)
    assert world.env.errors


def raised(module: ModuleType, tree: ast.Module) -> Iterator[ast.expr]:
    """Yield what errors of ours are raised with in a module, but for those that another sentence stands for."""
    for node in ast.walk(tree):
        call = node.exc if isinstance(node, ast.Raise) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.args:
            kind = getattr(module, call.func.id, None)
            if isinstance(kind, type) and issubclass(kind, SHOWN) and not issubclass(kind, LEFT_OUT):
                yield call.args[0]


def is_worded(said: ast.expr, module: ModuleType, tree: ast.Module) -> bool:
    """Return whether a sentence is a message or said in the language spoken, or all that a function of the module returns is."""
    if isinstance(said, ast.Name):
        return isinstance(getattr(module, said.id, None), Message)
    if not isinstance(said, ast.Call):
        return False
    if isinstance(said.func, ast.Attribute):  # filled in
        return is_worded(said.func.value, module, tree)
    if ast.unparse(said.func) in ("Message", "CountedMessage", "say", "say_number"):
        return True
    function = getattr(module, ast.unparse(said.func), None)
    if function is not None and get_annotations(function).get("return") == "Message":  # mypy holds it to that
        return True
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == ast.unparse(said.func)]
    returned = [node.value for function in functions for node in ast.walk(function) if isinstance(node, ast.Return)]
    return bool(returned) and all(value is not None and is_worded(value, module, tree) for value in returned)


def test_every_error_that_comes_to_discord_can_be_worded_in_every_language() -> None:
    total, loose = 0, []
    for path in sorted((ROOT / "bot").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if name.split(".")[1] in BELOW and name not in COMMAND_LINE:
            module, tree = import_module(name), ast.parse(path.read_text(encoding="utf-8"))
            sentences = list(raised(module, tree))
            total += len(sentences)
            loose += [f"{name}: {ast.unparse(sentence)}" for sentence in sentences if not is_worded(sentence, module, tree)]
    assert total > 80
    assert loose == [], "\n".join(loose)
