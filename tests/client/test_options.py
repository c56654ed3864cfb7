"""What is offered while somebody types."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import discord
import pytest
from discord import AppCommandOptionType, app_commands

from bot.client import options
from bot.client.limits import Limits
from bot.facts.logbook import sign
from bot.facts.models import Source
from bot.service.session import Session
from bot.settings import Settings
from tests.client.forms import in_session, values
from tests.client.world import World, answer, demote, text

STORY = "twitter-rt-sputnik"
FERRY = """
story: {id: ferry, title: "A ferry @everyone, and a title so long that a label cannot hold it beside a name and role"}
sources: {gazette: {type: webpage, title: Ferries sail}}
actors:
  lee: {name: Captain Lee, kind: person, role: Captain of the ferry that sails across the wide water of the harbour by night}
  %s: {name: Bo Long, kind: person}
quotes:
  sailing: {by: lee, text: We sail at nine., cite: gazette}
  late: {by: %s, text: We sail at ten., cite: gazette}
""".replace("%s", "long-" * 19 + "id")


async def offered(world: World, command: str, option: str, typed: str) -> dict[str, str]:
    choices = await world.alice.autocomplete(world.channel, command, option, typed)
    assert len(choices) <= 25
    assert all(1 <= len(choice["name"]) <= 100 and 1 <= len(choice["value"]) <= 100 for choice in choices)
    return {choice["value"]: choice["name"] for choice in choices}


@pytest.mark.parametrize(("command", "option"), [("quote", "speaker"), ("who", "actor"), ("timeline", "actor")])
async def test_names_are_offered_with_roles_whatever_is_typed(world: World, command: str, option: str) -> None:
    assert (await offered(world, command, option, "warner"))[f"{STORY}/warner"].startswith("Mark Warner, ")
    assert f"{STORY}/warner" in await offered(world, command, option, "mark warnr")
    assert await offered(world, command, option, "")
    await offered(world, command, option, '*" OR (NOT @everyone')
    await offered(world, command, option, "x" * 900)


async def test_whoever_is_offered_as_a_speaker_has_said_something(world: World) -> None:
    for speaker in await offered(world, "quote", "speaker", ""):
        result = await world.alice.slash(world.channel, "quote", speaker=speaker)
        assert not result.ephemeral


async def test_what_cannot_be_offered_in_time_is_left_to_be_typed(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(options, "_PATIENCE", 0)
    assert await world.alice.autocomplete(world.channel, "who", "actor", "warner") == []
    assert "No choices could be offered" in caplog.text


async def test_stories_are_offered(world: World) -> None:
    choices = await offered(world, "ask", "story", "twiter")
    assert choices == {STORY: "Twitter's advertising ban on RT and Sputnik"}


async def test_what_is_chosen_is_understood(world: World) -> None:
    for actor in await offered(world, "who", "actor", "russia"):
        result = await world.alice.slash(world.channel, "who", actor=actor)
        assert not result.ephemeral


class TestTwoStories:
    """Two stories with an actor of the same id, and an id that no value could hold."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        path = tmp_path / "ferry.yaml"
        path.write_text(FERRY, encoding="utf-8")
        return Settings(tmp_path, stories=(str(Path(__file__).parent.parent / "harbour.yaml"), str(path)))

    @pytest.mark.parametrize(("command", "option"), [("quote", "speaker"), ("who", "actor"), ("timeline", "actor")])
    async def test_labels_tell_which_story(self, world: World, command: str, option: str) -> None:
        choices = await offered(world, command, option, "lee")
        assert choices["harbour-bridge/lee"] == "Maria Lee, Mayor of Harbour · The Harbour Bridge closure"
        assert choices["ferry/lee"].startswith("Captain Lee, Captain of the ferry")
        assert "… · A ferry" in choices["ferry/lee"]

    @pytest.mark.parametrize(("value", "name"), [("harbour-bridge/lee", "Maria Lee"), ("ferry/lee", "Captain Lee")])
    async def test_each_choice_means_its_own(self, world: World, value: str, name: str) -> None:
        shown = text(answer(await world.alice.slash(world.channel, "who", actor=value)))
        assert shown.startswith(f"### {name}\n")
        shown = text(answer(await world.alice.slash(world.channel, "quote", speaker=value)))
        assert shown.startswith(f"### Quotes by {name} · ")

    async def test_an_id_that_no_value_can_hold_is_chosen_by_its_name(self, world: World) -> None:
        assert "Bo Long" in await offered(world, "who", "actor", "bo lon")

    async def test_an_id_that_is_typed_asks_which_story_where_two_have_it(self, world: World) -> None:
        asked = text(answer(await world.moderator.slash(world.channel, "fact add quote", speaker="lee")))
        assert asked == "“lee” may be Maria Lee, Captain Lee. Write which one in full."
        named = await world.moderator.slash(world.channel, "fact add quote", speaker="lee", story="ferry")
        assert named.modal is not None
        chosen = await world.moderator.slash(world.channel, "fact add quote", speaker="ferry/lee")
        assert chosen.modal is not None
        source = text(answer(await world.moderator.slash(world.channel, "source edit", source="gazette")))
        assert source.startswith("“gazette” is in several stories")
        edited = text(answer(await world.moderator.slash(world.channel, "actor edit", actor="lee")))
        assert edited == asked
        full = await world.moderator.slash(world.channel, "actor edit", actor="Captain Lee")
        assert values(full)["name"] == "Captain Lee"
        signature = sign("test", None)
        channel = world.channel.id
        await in_session(world, lambda session: session.base.settings.change(signature, channels={str(channel): "ferry"}))
        here = await world.moderator.slash(world.channel, "actor edit", actor="lee")
        assert values(here)["name"] == "Captain Lee"
        here = await world.moderator.slash(world.channel, "source edit", source="gazette")
        assert values(here)["title"] == "Ferries sail"
        unknown = await world.moderator.slash(world.channel, "source edit", source="https://example.org/new")
        assert values(unknown)["link"] == "https://example.org/new"
        assert values(unknown)["title"] == ""
        begun = await world.moderator.slash(world.channel, "fact add quote", speaker="lee", source="gazette")
        assert begun.modal is not None
        assert world.env.errors


@pytest.mark.usefixtures("offered_to_all")
@pytest.mark.parametrize(
    ("command", "option"),
    [
        ("fact history", "fact"),
        ("fact show", "fact"),
        ("fact undo", "fact"),
        ("fact edit", "fact"),
        ("fact retract", "fact"),
        ("fact add quote", "event"),
        ("fact add event", "source"),
        ("source edit", "source"),
        ("audit", "fact"),
    ],
)
async def test_what_only_moderators_use_offers_readers_nothing(world: World, command: str, option: str) -> None:
    signature = sign("test", "wrong")
    await in_session(world, lambda session: session.editor.retract(1, signature))
    assert await offered(world, command, option, "") == {}
    assert await offered(world, command, option, "F1") == {}
    assert await world.moderator.autocomplete(world.channel, command, option, "")
    demote(world)
    assert await world.moderator.autocomplete(world.channel, command, option, "") == []


async def test_a_story_without_facts_is_offered_to_those_who_keep_them_alone(world: World) -> None:
    signature = sign("test", "all wrong")

    def retract_all(session: Session) -> None:
        for record in session.base.all_facts():
            session.editor.retract(record.number, signature)

    await in_session(world, retract_all)
    assert await offered(world, "ask", "story", "") == {}
    assert await offered(world, "who", "actor", "warner") == {}
    assert await world.moderator.autocomplete(world.channel, "story check", "story", "")
    said = text(answer(await world.alice.slash(world.channel, "help")))
    assert "advertising ban" not in said
    assert "advertising ban" not in text(await world.ask("Which cheese does the moon run on?"))


async def test_no_more_is_held_against_each_source_than_its_words_may_be(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[str] = []
    likeness = options.source_likeness

    def watched(source: Source, typed: str) -> float:
        held.append(typed)
        return likeness(source, typed)

    monkeypatch.setattr(options, "source_likeness", watched)
    await world.moderator.autocomplete(world.channel, "source edit", "source", "twitter " * 700)
    assert held
    assert max(map(len, held)) <= 200


def test_whatever_is_typed_has_a_most(world: World) -> None:
    tree = world.env.bot.tree  # type: ignore[attr-defined]
    commands = [command for command in tree.walk_commands() if isinstance(command, app_commands.Command)]
    typed = [
        (command, option) for command in commands for option in command.parameters if option.type is AppCommandOptionType.string
    ]
    free = {f"{command.qualified_name} {option.name}": option.max_value for command, option in typed if not option.choices}
    assert len(free) > 40
    assert {name for name, most in free.items() if most is None or most > 4000} == set()
    assert all(free[name] == options.MAX_TYPED for name in ("who actor", "quote about", "quote speaker", "timeline start"))


@pytest.mark.parametrize("refused", [False, True])
async def test_choices_that_discord_does_not_take_leave_no_traceback(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, refused: bool
) -> None:
    """They come too late under a flood of letters, and a traceback for each would take more of the processor than the choices."""
    sent = list[int]()

    async def broken(*choices: object) -> None:
        sent.append(len(choices))
        raise ConnectionResetError

    monkeypatch.setattr(discord.InteractionResponse, "autocomplete", broken)
    if refused:
        monkeypatch.setattr(world.env.bot, "limits", Limits(replace(world.service.settings, member_questions=0)))
    assert await world.alice.autocomplete(world.channel, "who", "actor", "warner") == []
    assert sent
    assert not [record for record in caplog.records if record.exc_info]
