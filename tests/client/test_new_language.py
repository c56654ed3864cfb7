"""A language is a folder of catalogues and a line in a table: one that is added so is offered, spoken and sent to Discord."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from bot import languages
from bot.client.settings import words
from bot.languages import LANGUAGES, say_number, speaking
from bot.resources import locale_folder
from tests.client.commands import sent_commands
from tests.client.world import TWITTER_BAN, World, answer, buttons, choose_language, text

CACHED = (languages._messages, languages._plural, languages.command_texts)


@pytest.fixture
def dutch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Add a language: the German catalogues with a few words of Dutch, and a plural rule of three forms."""
    copytree(locale_folder(), tmp_path / "locale")
    folder = copytree(tmp_path / "locale" / "de", tmp_path / "locale" / "nl")
    said = (folder / "messages.po").read_text(encoding="utf-8")
    for german, other in (
        ("Language: de", "Language: nl"),
        ("nplurals=2; plural=(n != 1)", "nplurals=3; plural=(n == 1 ? 0 : n == 2 ? 1 : 2)"),
        ('msgstr "Quellen"', 'msgstr "Bronnen"'),
        ('msgstr[1] "{number} Fakten"', 'msgstr[1] "een paar feiten"\nmsgstr[2] "{number} feiten"'),
    ):
        assert german in said
        said = said.replace(german, other)
    (folder / "messages.po").write_text(said, encoding="utf-8")
    monkeypatch.setattr(languages, "locale_folder", lambda: tmp_path / "locale")
    monkeypatch.setitem(LANGUAGES, "nl", "Nederlands")
    yield
    for function in CACHED:
        function.cache_clear()


@pytest.mark.usefixtures("dutch")
def test_how_many_things_there_are_is_said_by_the_rule_of_the_catalogue() -> None:
    with speaking("nl"):
        assert [say_number(number, "{number} fact", "{number} facts") for number in (2, 3)] == ["een paar feiten", "3 feiten"]


async def test_a_folder_and_a_line_make_a_language(dutch: None, world: World) -> None:
    asked = next(command for command in sent_commands(world) if command["name"] == "ask")
    assert asked["name_localizations"]["nl"] == "frag"
    assert ("nl", "Nederlands", "") in words.options("language")
    await choose_language(world, "nl")
    reply = await world.ask(TWITTER_BAN)
    assert text(reply).startswith("### 26 oktober 2017\n")
    assert "Bronnen" in buttons(reply)
    said = text(answer(await world.alice.slash(world.channel, "ask", question="wanneer heeft Twitter RT verboden?")))
    assert "oktober 2017" in said
