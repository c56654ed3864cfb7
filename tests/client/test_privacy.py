"""Privacy: what is kept of a reader is said, shown and deleted."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.answers.models import Answer
from bot.client import privacy
from bot.client import words as feedback_words
from bot.client.contributions import views
from bot.facts.state.privacy import GONE
from bot.service.session import Session
from bot.stories.dump import dump_story
from tests.client.forms import in_session
from tests.client.suggestions import SUGGESTED, posted, reread_in_review
from tests.client.world import TWITTER_BAN, World, answer, buttons, text, upload
from tests.support.leftovers import files_with

UNKNOWN = "Which cheese does the moon run on?"


async def test_it_is_said_in_plain_words_to_anybody(world: World) -> None:
    shown = await world.bob.slash(world.channel, "privacy")
    assert shown.ephemeral
    said = text(answer(shown))
    assert "for 30 days" in said
    assert "**When you have a text checked**, I keep it for 30 days" in said
    assert said.startswith(f"{privacy.TITLE}\n{privacy.NOTHING}\n")  # what is asked first, the rest below
    assert buttons(answer(shown)) == []


async def test_a_question_keeps_nothing_of_who_asked(world: World) -> None:
    await world.ask(TWITTER_BAN)
    await world.ask(UNKNOWN)
    assert privacy.NOTHING in text(answer(await world.alice.slash(world.channel, "privacy")))

    dump = await in_session(world, _everything)
    assert UNKNOWN in dump
    assert str(world.alice.id) not in dump
    assert "alice" not in dump


async def test_whoever_is_mentioned_is_named_in_the_reply_and_nowhere_stored(world: World) -> None:
    named = world.guild.add_member(world.env.create_user("zebedee"))
    asked = await world.ask(f"Did {named.mention} bake the moon's cheese?")
    assert "zebedee" in text(asked)
    await world.ask(f"{TWITTER_BAN} {named.mention}")
    await world.bob.slash(world.channel, "ask", question=f"Which cheese did {named.mention} eat?")
    await world.bob.slash(world.channel, "quote", about=f"entities {named.mention}")
    await world.bob.slash(world.channel, "check", text=f"“masts froze over”, said {named.mention}", speaker=named.mention)
    message = await world.bob.send(world.channel, f"{named.mention} said: “masts froze over in the bay”.")
    for name, by in (("Answer this", world.bob), ("Check quotes", world.bob), ("Add as fact", world.moderator)):
        assert (await by.context_menu(world.channel, name, message)).acknowledged
    dump = await in_session(world, _everything)
    assert "Did @somebody bake the moon" in dump
    assert "Which cheese did @somebody eat?" in dump
    assert "said @somebody" in dump
    assert "@somebody said" in dump
    assert "zebedee" not in dump.lower()
    assert str(named.id) not in dump


async def test_a_question_about_somebody_who_is_mentioned_is_asked_once_and_noted_without_the_name(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    named, questions, ask = world.guild.add_member(world.env.create_user("zebedee")), list[str](), world.service.ask

    async def counted(server: int | None, question: str, **options: Any) -> Answer:
        questions.append(question)
        return await ask(server, question, **options)

    monkeypatch.setattr(world.service, "ask", counted)
    asked = await world.ask(f"Which cheese does {named.mention} run on?")
    assert questions == ["Which cheese does zebedee run on?"]
    assert "mentions “zebedee”" in text(asked)
    assert "mentions “@somebody”" in await in_session(world, _everything)
    await world.alice.click(asked, label=feedback_words.TELL_ME)
    assert "Which cheese does \\@somebody run on?" in text(answer(await world.alice.slash(world.channel, "privacy")))
    (gap,) = await in_session(world, lambda session: session.gaps.page(0, 5).gaps)
    assert gap.question == "Which cheese does @somebody run on?"
    assert gap.wordings == (gap.question,)


def _everything(session: Session) -> str:
    """Return all that a base holds."""
    with session.base._connections.reading() as connection:
        return "\n".join(connection.iterdump())


async def test_what_is_kept_is_shown_and_deleted_at_a_press_after_asking(world: World) -> None:
    post = await posted(world)
    await world.alice.click(await world.ask(UNKNOWN), label=feedback_words.TELL_ME)
    shown = answer(await world.alice.slash(world.channel, "privacy"))
    said = text(shown)
    assert "- 1 suggestion, the latest:" in said
    assert views.earlier_line(SUGGESTED, "open", "") in said
    assert UNKNOWN in said
    await world.alice.click(shown, label=privacy.DELETE)
    assert text(shown) == privacy.SURE
    await world.alice.click(shown, label=privacy.KEEP)
    assert "- 1 suggestion, the latest:" in text(shown)
    await world.alice.click(shown, label=privacy.DELETE)
    await world.alice.click(shown, label=privacy.CONFIRM)
    assert text(shown) == privacy.DELETED
    assert privacy.NOTHING in text(answer(await world.alice.slash(world.channel, "privacy")))
    assert views.WITHDRAWN in text(reread_in_review(world, post))
    assert buttons(reread_in_review(world, post)) == []
    assert world.alice.mention not in text(reread_in_review(world, post))


async def test_what_is_deleted_while_another_program_reads_is_gone_from_the_files_minutes_later(world: World) -> None:
    await world.alice.click(await world.ask(UNKNOWN), label=feedback_words.TELL_ME)
    path, folder = world.service.settings.base_path(world.guild.id), world.service.settings.home
    owner = world.alice.id.to_bytes(8, "big").lstrip(b"\0")  # as SQLite stores it
    await in_session(world, lambda session: session.base.checkpoint())
    assert owner in path.read_bytes()
    cog: Any = world.env.bot.get_cog("Forgetting")  # type: ignore[attr-defined]
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM follower").fetchone()
        await world.alice.click(answer(await world.alice.slash(world.channel, "privacy")), label=privacy.DELETE)
        shown = answer(await world.alice.slash(world.channel, "privacy"))
        await world.alice.click(shown, label=privacy.DELETE)
        await world.alice.click(shown, label=privacy.CONFIRM)
        await world.env.settle()
        await cog.minutely()
        assert world.service.needing_checkpoint() == (world.guild.id,)
        assert any(owner in file.read_bytes() for file in folder.rglob("*.db*"))
    await cog.minutely()
    assert world.service.needing_checkpoint() == ()
    assert not any(owner in file.read_bytes() for file in folder.rglob("*") if file.is_file())


async def test_every_base_has_a_checkpoint_every_day(world: World) -> None:
    await world.ask(UNKNOWN)
    assert wal(world).stat().st_size
    cog: Any = world.env.bot.get_cog("Forgetting")  # type: ignore[attr-defined]
    await cog.daily()
    assert not wal(world).exists() or not wal(world).stat().st_size


def wal(world: World) -> Path:
    path = world.service.settings.base_path(world.guild.id)
    return path.with_name(f"{path.name}-wal")


async def test_deleting_touches_nobody_else(world: World) -> None:
    await posted(world)
    shown = answer(await world.bob.slash(world.channel, "privacy"))
    assert buttons(shown) == []
    proposal = await in_session(world, lambda session: session.base.proposals.get(1))
    assert (proposal.status, proposal.by) == ("open", f"discord:{world.alice.id}")


async def test_a_decided_suggestion_stays_without_the_name(world: World) -> None:
    post = await posted(world)
    await world.moderator.click(post, label=views.APPROVE)
    shown = answer(await world.alice.slash(world.channel, "privacy"))
    assert views.earlier_line(SUGGESTED, "approved", "") in text(shown)
    await world.alice.click(shown, label=privacy.DELETE)
    await world.alice.click(shown, label=privacy.CONFIRM)
    proposal = await in_session(world, lambda session: session.base.proposals.get(1))
    assert (proposal.status, proposal.by) == ("approved", GONE)
    assert world.alice.mention not in text(reread_in_review(world, post))
    assert GONE in text(reread_in_review(world, post))
    home, stored = world.service.settings.home, world.alice.id.to_bytes(8, "big").lstrip(b"\0")  # as SQLite stores it
    assert files_with([str(world.alice.id)], home) == set()
    assert not any(stored in path.read_bytes() for path in home.rglob("*") if path.is_file())


async def test_it_works_in_direct_messages(world: World) -> None:
    shown = await world.alice.user.slash("privacy")
    assert privacy.NOTHING in text(answer(shown))
    await world.service.write(None, lambda session: session.unfinished_forms.put(f"discord:{world.alice.id}", "{}"))
    assert privacy.NOTHING in text(answer(await world.alice.slash(world.channel, "privacy")))  # it is no server's
    shown = answer(await world.alice.user.slash("privacy"))
    for label in (privacy.DELETE, privacy.CONFIRM):
        await world.alice.user.click(shown, label=label)
    assert text(shown) == privacy.DELETED
    assert privacy.NOTHING in text(answer(await world.alice.user.slash("privacy")))


async def test_a_file_that_was_sent_is_shown_and_deleted_like_a_form(world: World) -> None:
    story = await in_session(world, lambda session: session.base.story(session.stories()[0].id))
    info = replace(story.info, id="another", title="The zebedee affair")
    await upload(world, dump_story(replace(story, info=info)))
    home = world.service.settings.home
    assert files_with(["zebedee affair"], home)
    shown = answer(await world.moderator.slash(world.channel, "privacy"))
    for label in (privacy.DELETE, privacy.CONFIRM):
        await world.moderator.click(shown, label=label)
    assert text(shown) == privacy.DELETED
    assert files_with(["zebedee affair"], home) == set()
