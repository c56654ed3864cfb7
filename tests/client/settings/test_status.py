from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import discord

from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.service.session import Session
from bot.storage.backup import back_up, last_backups
from tests.client.world import TWITTER_BAN, World, answer, choose_language, status_text, text

STORY = "twitter-rt-sputnik"


def retract_one(session: Session) -> None:
    fact = next(iter(session.base.all_facts())).fact
    session.base.revisions.apply(Edit(STORY, retract=(fact.id,)), sign("discord:77", "Wrong."))


async def test_a_moderator_sees_what_was_asked_and_what_came_of_it(world: World) -> None:
    assert "Last 7 days: 0 questions\nLast 30 days: 0 questions\n\n**Facts**" in await status_text(world)
    for question in (TWITTER_BAN, TWITTER_BAN, "best pizza dough recipe?"):
        await world.ask(question)
    shown = await status_text(world)
    assert shown.startswith("### How things stand\n\n**Questions**\nLast 7 days: 3 questions, 66% of them answered\n")
    assert "Last 30 days: 3 questions, 66% of them answered" in shown
    assert "half within" in shown
    facts = await world.service.read(world.guild.id, lambda session: session.base.count())
    assert f"**Facts**\n{facts}\n" in shown


async def test_a_moderator_sees_the_last_change_and_who_made_it(world: World) -> None:
    assert "**Last change**\n" in await status_text(world)
    await world.service.write(world.guild.id, retract_one)
    shown = await status_text(world)
    entry = await world.service.read(world.guild.id, lambda session: session.base.logbook.last_change())
    assert entry is not None
    assert f"**Last change**\n{entry.what}, <t:" in shown
    assert ":R> by <@77>" in shown
    signature = sign("discord:78", None)
    await world.service.write(world.guild.id, lambda session: session.base.settings.change(signature, sureness="bold"))
    assert "by <@77>" in await status_text(world)


async def test_it_speaks_the_language_of_the_server(world: World) -> None:
    await choose_language(world, "de")
    await world.ask(TWITTER_BAN)
    shown = await status_text(world)
    assert shown.startswith("### Wie es steht\n\n**Fragen**\nLetzte 7 Tage: 1 Frage, 100 % davon beantwortet\n")


async def test_one_server_sees_nothing_of_another(world: World) -> None:
    await world.ask(TWITTER_BAN)
    other = world.env.create_guild("Elsewhere")
    channel = other.create_text_channel("talk")
    role = other.create_role("Keepers", permissions=discord.Permissions(manage_messages=True))
    keeper = other.add_member(world.env.create_user("keeper"), roles=[role])
    assert "Last 7 days: 0 questions" in text(answer(await keeper.slash(channel, "status")))


async def test_a_moderator_sees_when_the_facts_were_last_backed_up(world: World, tmp_path: Path) -> None:
    assert "**Last backup**\nNo backup was made yet." in await status_text(world)
    back_up(world.service.settings, tmp_path / "backups")
    match = re.search(r"\*\*Last backup\*\*\n<t:(\d+):R>", await status_text(world))
    assert match is not None
    assert set(last_backups(world.service.settings.home).values()) == {datetime.fromtimestamp(int(match[1]), UTC)}


async def test_a_server_without_a_replica_is_told_of_none(world: World) -> None:
    assert "Copy elsewhere" not in await status_text(world)
