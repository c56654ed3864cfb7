"""Deleting everything of a server: who may, the stories delivered first, planned, taken back, done on its day.

The same where the bot has left: its owner and its operator get the stories, and its data is kept on return.
"""

from __future__ import annotations

import asyncio
import io
import json
import logging
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from simcord import InteractionResult, MemberActor

from bot.client.bot import FootnoteBot
from bot.client.permissions import MANAGERS_ONLY
from bot.client.settings import deleting, words
from bot.client.settings.deleting import Leaving
from bot.errors import DiskFullError, ReplicaError
from bot.facts.logbook import sign
from bot.service.session import Session
from bot.storage import deletion
from bot.storage.deletion_marks import today
from bot.stories.load import read_story
from tests.client.forms import in_session, open_settings
from tests.client.world import (
    TWITTER_BAN,
    World,
    answer,
    buttons,
    closed,
    invited,
    last_message,
    log_channel,
    manager,
    remove_bot,
    run_deletions,
    text,
)
from tests.support.leftovers import files_with
from tests.support.patience import PATIENCE


async def confirm(world: World, who: MemberActor, typed: str = "delete") -> InteractionResult:
    """Press the button in the panel and type into the form that opens."""
    opened = await open_settings(world, who, page="data")
    shown = await who.click(opened, label=words.DELETE_EVERYTHING)
    return await who.submit_modal(shown, {"word": typed})


async def overdue(world: World) -> None:
    """Let the day of the deletion come, and a minute of it pass."""
    settings = world.service.settings
    deletion.plan(settings, world.guild.id, left=False, days=0)
    await run_deletions(world)


def sent_files(result: InteractionResult) -> list[Any]:
    return [attachment for message in result.followups for attachment in message.attachments]


def due_day(world: World) -> str:
    day = today() + timedelta(days=world.service.settings.grace_days)
    return f"{day.day} {day:%B %Y}"


async def test_a_manager_gets_the_stories_and_only_then_the_deletion_is_planned(world: World) -> None:
    log = world.guild.create_text_channel("log")
    signature = sign("test", None)
    await in_session(world, lambda session: session.base.settings.change(signature, log_channel=log.id))
    boss = manager(world)
    result = await confirm(world, boss)
    assert result.ephemeral
    files, planned = answer(result), result.followups[-1]
    (file,) = files.attachments
    assert file.filename == "stories.zip"
    with zipfile.ZipFile(io.BytesIO(await file.read())) as archive:
        (name,) = archive.namelist()
        story = read_story(archive.read(name), name)
    assert story == await in_session(world, lambda session: session.base.story(story.info.id))
    assert f"deleted on {due_day(world)}" in text(planned)
    await world.env.settle(timeout=2)
    assert log.last_message is not None
    assert f"{boss.mention} planned to **delete everything**" in text(log.last_message)
    assert f"deleted on {due_day(world)}" in text(await open_settings(world))
    assert "### 26 October 2017" in text(await world.ask(TWITTER_BAN)), "until then it answers as before"
    audit = text(answer(await world.moderator.slash(world.channel, "audit")))
    assert f"planned to delete everything on {due_day(world)}" in audit


async def test_it_is_taken_back_where_it_was_planned_or_in_the_settings(world: World) -> None:
    boss = manager(world)
    result = await confirm(world, boss)
    await boss.click(result.followups[-1], label=words.KEEP_EVERYTHING)
    assert deletion.planned(world.service.settings, world.guild.id) is None
    await confirm(world, boss)
    opened = await open_settings(world, boss, page="data")
    assert buttons(opened)[0] == words.KEEP_EVERYTHING
    await boss.click(opened, label=words.KEEP_EVERYTHING)
    assert words.KEPT in text(opened)
    assert deletion.planned(world.service.settings, world.guild.id) is None
    assert buttons(opened)[0] == words.DELETE_EVERYTHING


async def test_the_log_channel_is_told_that_everything_is_kept(world: World) -> None:
    log = await log_channel(world)
    boss = manager(world)
    result = await confirm(world, boss)
    await boss.click(result.followups[-1], label=words.KEEP_EVERYTHING)
    await world.env.settle(timeout=2)
    assert log.last_message is not None
    assert f"{boss.mention} **kept everything**: nothing is deleted · <t:" in text(log.last_message)


async def test_what_was_not_typed_deletes_nothing(world: World) -> None:
    result = await confirm(world, manager(world), typed="yes")
    assert words.NOT_TYPED in text(answer(result))
    assert deletion.planned(world.service.settings, world.guild.id) is None


async def test_nothing_is_planned_where_the_stories_could_not_be_delivered(world: World) -> None:
    boss = manager(world)
    opened = await open_settings(world, boss, page="data")
    shown = await boss.click(opened, label=words.DELETE_EVERYTHING)
    world.env.inject_error("*", "/webhooks/*", status=500, code=0)
    await boss.submit_modal(shown, {"word": words.DELETION_WORD})
    assert deletion.planned(world.service.settings, world.guild.id) is None


async def test_moderators_see_no_button_and_who_lost_the_right_meanwhile_deletes_nothing(world: World) -> None:
    opened = await open_settings(world, page="data")
    assert words.DELETE_EVERYTHING not in buttons(opened)
    assert words.DATA_MANAGERS in text(opened)
    boss = manager(world)
    opened = await open_settings(world, boss, page="data")
    shown = await boss.click(opened, label=words.DELETE_EVERYTHING)
    for role in list(world.env.backend.get_member(world.guild.id, boss.id).role_ids):
        world.env.backend.remove_member_role(world.guild.id, boss.id, role)
    assert MANAGERS_ONLY in text(answer(await boss.submit_modal(shown, {"word": words.DELETION_WORD})))
    assert MANAGERS_ONLY in text(answer(await boss.click(opened, label=words.DELETE_EVERYTHING)))
    assert deletion.planned(world.service.settings, world.guild.id) is None


async def test_on_its_day_everything_goes_and_the_server_begins_anew(world: World) -> None:
    log = world.guild.create_text_channel("log")
    signature = sign("test", None)
    await in_session(world, lambda session: session.base.settings.change(signature, log_channel=log.id, sureness="bold"))
    reply = await world.ask(TWITTER_BAN)
    await run_deletions(world)
    assert (await in_session(world, lambda session: session.base.settings.read())).sureness == "bold"
    await overdue(world)
    assert not world.service.settings.base_path(world.guild.id).exists()
    assert text(log.last_message) == words.CHANNEL_DELETED  # type: ignore[arg-type]
    old = answer(await world.alice.click(reply, label="Sources"))
    assert "too old" in text(old), "what was said before is not known any more"
    assert "### 26 October 2017" in text(await world.ask(TWITTER_BAN))
    assert (await in_session(world, lambda session: session.base.settings.read())).sureness == "usual"


async def test_a_planned_deletion_outlasts_a_restart(world: World) -> None:
    await confirm(world, manager(world))
    await closed(world)
    await world.restart()
    await run_deletions(world)
    assert deletion.planned(world.service.settings, world.guild.id) is not None
    assert f"deleted on {due_day(world)}" in text(await open_settings(world))


def texts_to_owner(world: World, owner: Any) -> str:
    return "\n".join(text(message) for message in owner.dm_channel.history())


async def test_the_owner_and_the_operator_get_the_stories_and_the_deletion_is_planned(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await world.ask(TWITTER_BAN)
    story = await in_session(world, lambda session: session.base.story("twitter-rt-sputnik"))
    owner = world.guild.owner
    with caplog.at_level(logging.WARNING):
        await remove_bot(world)
    planned = deletion.planned(world.service.settings, world.guild.id)
    assert planned is not None
    assert planned.left
    said = texts_to_owner(world, owner)
    assert "I am no longer in **The newsroom**" in said
    assert words.deletion_day(planned) in said
    (path,) = deletion.exports(world.service.settings, world.guild.id)
    assert str(path) in caplog.text
    message = owner.dm_channel.last_message
    assert message is not None
    for content in (path.read_bytes(), await message.attachments[0].read()):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert read_story(archive.read("twitter-rt-sputnik.yaml"), "x.yaml") == story
    await run_deletions(world)
    assert world.service.settings.base_path(world.guild.id).exists(), "not before its day"


async def test_after_the_days_of_grace_all_is_gone(world: World) -> None:
    await world.ask(TWITTER_BAN)
    await remove_bot(world)
    deletion.plan(world.service.settings, world.guild.id, left=True, days=0)
    await run_deletions(world)
    home = world.service.settings.home
    left = {str(path.relative_to(home)) for path in home.rglob("*") if str(world.guild.id) in path.name}
    deleted = f"servers/{world.guild.id}.deleted"
    assert left == {deleted, f"servers/.{world.guild.id}.db.lock"}
    assert json.loads((home / deleted).read_text(encoding="utf-8")) == {"on": today().isoformat(), "term": 0}
    assert files_with([str(world.guild.id)], home) == set()
    await run_deletions(world)


async def test_who_comes_back_in_time_has_everything_and_is_told(world: World) -> None:
    log = world.guild.create_text_channel("log")
    signature = sign("test", None)
    await in_session(world, lambda session: session.base.settings.change(signature, log_channel=log.id, sureness="bold"))
    await remove_bot(world)
    planned = deletion.planned(world.service.settings, world.guild.id)
    assert planned is not None
    await invited(world)
    async with asyncio.timeout(PATIENCE):
        while not log.history():
            await asyncio.sleep(0.01)
    assert text(log.history()[-1]) == words.back_in_server(planned)
    assert deletion.planned(world.service.settings, world.guild.id) is None
    assert deletion.exports(world.service.settings, world.guild.id) == ()
    assert (await in_session(world, lambda session: session.base.settings.read())).sureness == "bold"


async def test_who_comes_back_to_a_server_without_a_log_channel_is_told_where_its_members_are_welcomed(world: World) -> None:
    await world.ask(TWITTER_BAN)
    channel = world.guild.create_text_channel("welcome")
    await remove_bot(world)
    planned = deletion.planned(world.service.settings, world.guild.id)
    assert planned is not None
    await invited(world, system_channel_id=str(channel.id))
    async with asyncio.timeout(PATIENCE):
        while (welcome := last_message(channel)) is None:
            await asyncio.sleep(0.01)
    assert text(welcome) == words.back_in_server(planned)
    assert deletion.planned(world.service.settings, world.guild.id) is None


async def damage(world: World) -> None:
    """Let the base of the server be none any more."""
    await world.ask(TWITTER_BAN)
    await closed(world)
    world.service.settings.base_path(world.guild.id).write_bytes(b"no base " * 1000)


async def test_a_damaged_base_is_not_kept_because_its_stories_cannot_be_exported(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await damage(world)
    owner = world.guild.owner
    await remove_bot(world)
    planned = deletion.planned(world.service.settings, world.guild.id)
    assert planned is not None
    assert f"The stories of server {world.guild.id} cannot be exported: " in caplog.text
    assert deletion.exports(world.service.settings, world.guild.id) == ()
    assert words.deletion_day(planned) in texts_to_owner(world, owner)


async def test_a_damaged_base_is_deleted_on_its_day(world: World, caplog: pytest.LogCaptureFixture) -> None:
    await damage(world)
    await overdue(world)
    assert f"Server {world.guild.id} is deleted unread: " in caplog.text
    assert not world.service.settings.base_path(world.guild.id).exists()


async def test_a_deletion_that_could_not_be_planned_is_planned_a_minute_later(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await world.ask(TWITTER_BAN)
    with monkeypatch.context() as out_of_reach:
        out_of_reach.setattr(world.service, "fetch", unreachable)
        await remove_bot(world)
        assert deletion.planned(world.service.settings, world.guild.id) is None
        await run_deletions(world)
        assert deletion.planned(world.service.settings, world.guild.id) is None
    await run_deletions(world)
    assert deletion.planned(world.service.settings, world.guild.id) is not None


async def test_a_server_that_is_entered_again_before_its_deletion_could_be_planned_stays(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.ask(TWITTER_BAN)
    with monkeypatch.context() as out_of_reach:
        out_of_reach.setattr(world.service, "fetch", unreachable)
        await remove_bot(world)
    await invited(world)
    await run_deletions(world)
    assert deletion.planned(world.service.settings, world.guild.id) is None


async def unreachable(*_: object, **__: object) -> None:
    raise ReplicaError("The replica is out of reach.")


async def test_what_the_bot_came_back_to_is_not_deleted_because_that_could_not_be_noted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.ask(TWITTER_BAN)
    await remove_bot(world)
    deletion.plan(world.service.settings, world.guild.id, left=True, days=0)
    with monkeypatch.context() as full_disk:
        full_disk.setattr(deletion, "cancel", unwritable)
        await invited(world)
        await run_deletions(world)
    assert world.service.settings.base_path(world.guild.id).exists()
    await run_deletions(world)
    assert world.service.settings.base_path(world.guild.id).exists()
    assert deletion.planned(world.service.settings, world.guild.id) is None


def unwritable(*_: object) -> bool:
    raise DiskFullError("The disk is full.")


async def test_what_was_asked_for_is_not_taken_back_by_coming_back(world: World) -> None:
    await world.ask(TWITTER_BAN)
    deletion.plan(world.service.settings, world.guild.id, left=False)
    await remove_bot(world)
    await invited(world)
    planned = deletion.planned(world.service.settings, world.guild.id)
    assert planned is not None
    assert not planned.left


async def test_an_outage_of_discord_plans_nothing(world: World) -> None:
    await world.ask(TWITTER_BAN)
    world.env.bot._connection.parse_guild_delete({"id": str(world.guild.id), "unavailable": True})
    await world.env.settle()
    assert deletion.planned(world.service.settings, world.guild.id) is None


async def test_a_server_that_nobody_has_asked_has_nothing_to_delete(world: World) -> None:
    await remove_bot(world)
    assert deletion.planned(world.service.settings, world.guild.id) is None
    assert deletion.exports(world.service.settings, world.guild.id) == ()


async def test_who_takes_no_direct_message_is_left_to_the_operator(world: World) -> None:
    await world.ask(TWITTER_BAN)
    world.env.inject_error("POST", "/users/@me/channels", status=403, code=50007)
    await remove_bot(world)
    assert deletion.planned(world.service.settings, world.guild.id) is not None
    assert len(deletion.exports(world.service.settings, world.guild.id)) == 1


async def test_what_happened_while_the_bot_was_away_is_noticed_when_it_starts(world: World) -> None:
    await world.ask(TWITTER_BAN)
    other = world.env.create_guild("Another")
    await world.env.settle()
    await world.service.read(other.id, Session.stories)
    prepared = 1234567890123456789
    await world.service.read(prepared, Session.stories)
    await ready(world)
    del world.env.backend.guilds[world.guild.id]
    await world.restart()
    await ready(world)
    planned = deletion.planned(world.service.settings, world.guild.id)
    assert planned is not None
    assert planned.left
    assert deletion.planned(world.service.settings, other.id) is None
    assert deletion.planned(world.service.settings, prepared) is None, "it was prepared for a server in which the bot never was"
    world.env.backend.guilds[world.guild.id] = world.guild._guild
    await world.restart()
    await ready(world)
    assert deletion.planned(world.service.settings, world.guild.id) is None


async def test_what_was_left_while_the_number_of_shards_was_changed_is_noticed(world: World) -> None:
    await world.ask(TWITTER_BAN)
    gone, prepared = 99 << 22, 98 << 22
    for server in (gone, prepared):
        await world.service.read(server, Session.stories)
    await ready(world)
    noted = world.service.settings.home / "served"
    (noted / "0-of-1.json").unlink()
    for shard, servers in ((0, []), (1, [gone, world.guild.id]), (2, [])):
        (noted / f"{shard}-of-3.json").write_text(json.dumps(servers))
    await world.restart()
    await ready(world)
    planned = deletion.planned(world.service.settings, gone)
    assert planned is not None
    assert planned.left
    assert deletion.planned(world.service.settings, world.guild.id) is None
    assert deletion.planned(world.service.settings, prepared) is None
    assert [path.name for path in noted.iterdir()] == ["0-of-1.json"]
    assert json.loads((noted / "0-of-1.json").read_text()) == [world.guild.id]


async def ready(world: World) -> None:
    """Let the bot look back, as it does when it is ready."""
    bot = world.env.bot
    assert isinstance(bot, FootnoteBot)
    cog: Any = bot.get_cog(Leaving.__name__)
    await cog.look_back()


def test_what_another_process_has_noted_stays_when_the_number_of_shards_changes(tmp_path: Path) -> None:
    (tmp_path / "1-of-3.json").write_text(json.dumps([11, 12]))
    (tmp_path / "2-of-3.json").write_text(json.dumps([11]))
    deleting._write(tmp_path, {0: [11]}, 2, lambda server: server == 11)
    left = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()}
    assert left == {"0-of-2.json": [11], "1-of-3.json": [12]}
