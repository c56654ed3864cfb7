"""Deleting everything of a server: who may, the stories delivered first, planned, taken back, done on its day."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

from simcord import InteractionResult, MemberActor

from bot.client.permissions import MANAGERS_ONLY
from bot.client.settings import words
from bot.facts.logbook import note
from bot.storage import deletion
from bot.storage.deletion_marks import today
from bot.stories.load import read_story
from tests.client.forms import open_settings, run_to_end
from tests.client.world import TWITTER_BAN, World, answer, buttons, closed, manager, run_deletions, text


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
    return [each for message in result.followups for each in message.attachments]


def due_day(world: World) -> str:
    day = today() + timedelta(days=world.service.settings.grace_days)
    return f"{day.day} {day:%B %Y}"


async def test_a_manager_gets_the_stories_and_only_then_the_deletion_is_planned(world: World) -> None:
    log = world.guild.create_text_channel("log")
    signed = note("test", None)
    await run_to_end(world, lambda session: session.base.settings.change(signed, log_channel=log.id))
    boss = manager(world)
    result = await confirm(world, boss)
    assert result.ephemeral
    files, planned = answer(result), result.followups[-1]
    (file,) = files.attachments
    assert file.filename == "stories.zip"
    with zipfile.ZipFile(io.BytesIO(await file.read())) as archive:
        (name,) = archive.namelist()
        story = read_story(archive.read(name), name)
    assert story == await run_to_end(world, lambda session: session.base.story(story.info.id))
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
    signed = note("test", None)
    await run_to_end(world, lambda session: session.base.settings.change(signed, log_channel=log.id, sureness="bold"))
    reply = await world.ask(TWITTER_BAN)
    await run_deletions(world)
    assert (await run_to_end(world, lambda session: session.base.settings.read())).sureness == "bold"
    await overdue(world)
    assert not world.service.settings.base_path(world.guild.id).exists()
    assert text(log.last_message) == words.CHANNEL_DELETED  # type: ignore[arg-type]
    old = answer(await world.alice.click(reply, label="Sources"))
    assert "too old" in text(old), "what was said before is not known any more"
    assert "### 26 October 2017" in text(await world.ask(TWITTER_BAN))
    assert (await run_to_end(world, lambda session: session.base.settings.read())).sureness == "usual"


async def test_a_planned_deletion_outlasts_a_restart(world: World) -> None:
    await confirm(world, manager(world))
    await closed(world)
    await world.restart()
    await run_deletions(world)
    assert deletion.planned(world.service.settings, world.guild.id) is not None
    assert f"deleted on {due_day(world)}" in text(await open_settings(world))
