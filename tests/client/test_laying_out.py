"""What is shown of facts and sources is laid out in threads, in turns: how long that takes depends on what is stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.client import words
from bot.client.facts import words as fact_words
from bot.presentation import wording
from bot.settings import Settings
from tests.client.forms import send, warns_of_worse
from tests.client.suggestions import review_channel, suggested
from tests.client.world import TWITTER_BAN, UNANSWERED, World, answer, log_channel, press, text
from tests.support.layouts import FREE, LOOP, THREAD, watch_layouts

COMMANDS: tuple[tuple[str, dict[str, str]], ...] = (
    ("quote", {}),
    ("quote", {"about": "Twitter"}),
    ("who", {"actor": "Twitter"}),
    ("timeline", {"kind": "all"}),
    ("network", {}),
    ("sources", {}),
    ("check", {"text": "“highly regrettable”, said Simonyan."}),
    ("ask", {"question": TWITTER_BAN}),
    ("ask", {"question": "who was angry?", "as_of": "27 October 2017"}),
    ("fact show", {"fact": "F2"}),
    ("fact history", {"fact": "F2"}),
    ("fact undo", {"fact": "F3"}),
    ("fact retract", {"fact": "F2"}),
    ("fact edit", {"fact": "Twitter"}),
    ("audit", {}),
    ("gaps", {}),
    ("review", {}),
    ("keep", {}),
    ("settings", {}),
    ("setup", {}),
    ("feed list", {}),
    ("news", {"since": "2017"}),
    ("follow story", {}),
    ("following", {}),
    ("story list", {}),
    ("story check", {}),
    ("story report", {}),
    ("story export", {}),
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Let everybody ask as much as they like."""
    return Settings(tmp_path, member_questions=1000, server_questions=1000)


async def test_commands_lay_out_nothing_in_the_loop(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await review_channel(world)
    await suggested(world)
    await world.ask(UNANSWERED)
    laid_out = watch_layouts(monkeypatch)
    elsewhere = []
    for command, chosen in COMMANDS:
        before = laid_out[LOOP] + laid_out[FREE]
        assert (await world.moderator.slash(world.channel, command, **chosen)).acknowledged
        elsewhere += [command] * (laid_out[LOOP] + laid_out[FREE] - before)
    assert elsewhere == []
    assert laid_out[THREAD] > 50


async def test_buttons_lay_out_nothing_in_the_loop(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    said = await world.ask(TWITTER_BAN)
    listed = answer(await world.alice.slash(world.channel, "timeline", kind="all"))
    laid_out = watch_layouts(monkeypatch)
    for message, labels in (
        (said, (words.SIDES, wording.SOURCES, words.WHY)),
        (listed, (wording.SOURCES, words.AS_PICTURE, words.NEXT)),
    ):
        for label in labels:
            opened = answer(await press(world.alice, message, label))
            if label in (words.SIDES, wording.SOURCES):
                await press(world.alice, opened, words.CITE if label == wording.SOURCES else words.NEXT)
    assert laid_out[THREAD] > 20
    assert not laid_out[LOOP] + laid_out[FREE]


async def test_changes_and_suggestions_lay_out_nothing_in_the_loop(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await log_channel(world)
    await review_channel(world)
    await world.ask(TWITTER_BAN)
    laid_out = watch_layouts(monkeypatch)
    form = await world.moderator.slash(world.channel, "fact edit", fact="F1")
    preview = answer(await send(world.moderator, form, text="Twitter announced that it bans RT."))
    await press(world.moderator, preview, fact_words.SAVE_ANYWAY if warns_of_worse(text(preview)) else fact_words.SAVE)
    shown = answer(await world.moderator.slash(world.channel, "fact retract", fact="F2"))
    await send(world.moderator, await press(world.moderator, shown, fact_words.RETRACT), reason="wrong")
    await world.moderator.slash(world.channel, "fact undo")
    await suggested(world)
    for typed in ("", "tw"):
        await world.moderator.autocomplete(world.channel, "source edit", "source", typed)
        await world.moderator.autocomplete(world.channel, "fact edit", "fact", typed)
    assert laid_out[THREAD] > 20
    assert not laid_out[LOOP] + laid_out[FREE]
