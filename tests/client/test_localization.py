"""Names and descriptions of commands are sent in every language that the bot speaks, and Discord takes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from bot.facts.state.server_settings import LANGUAGES
from bot.facts.typed_dates import typed_date
from bot.presentation.languages import ENGLISH, command_texts
from tests.client.commands import LOCALES, sent_commands
from tests.client.world import World


def sent_texts(named: dict[str, Any], what: str = "command") -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield the context, the text and the translations of all that a command says."""
    yield what, named["name"], named.get("name_localizations") or {}
    if named.get("description"):
        yield "description", named["description"], named.get("description_localizations") or {}
    for option in named.get("options") or ():
        yield from sent_texts(option, "command" if option["type"] <= 2 else "option")
    for choice in named.get("choices") or ():
        yield from sent_texts(choice, "choice")


async def test_all_that_a_command_says_is_sent_in_every_language_and_no_translation_is_left_over(world: World) -> None:
    texts = [each for command in sent_commands(world) for each in sent_texts(command)]
    assert {(what, said): translations.keys() for what, said, translations in texts if set(translations) != set(LOCALES)} == {}
    assert set(LOCALES.values()) == set(LANGUAGES) - {ENGLISH}
    for language in LOCALES.values():
        assert command_texts(language).keys() == {(what, said) for what, said, _ in texts}
    german = {(what, said): translations["de"] for what, said, translations in texts}
    assert german["command", "ask"] == "frag"
    assert german["command", "Check quotes"] == "Zitate prüfen"


@pytest.mark.parametrize("language", sorted(set(LOCALES.values())))
def test_examples_of_dates_are_ones_that_can_be_typed(language: str) -> None:
    examples = [
        example
        for (_, english), translated in command_texts(language).items()
        if re.search(r"\b20\d\d\b", english)
        for example in re.findall(r"\d[\d./-]+\d", translated)
    ]
    assert len(examples) > 5
    for example in examples:
        typed_date(example, date(2025, 11, 1))
