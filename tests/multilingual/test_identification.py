"""Which language a text of some sentences is in."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.multilingual.identification import is_language, language_of_text

PARAGRAPHS: dict[str, list[str]] = YAML(typ="safe", pure=True).load(Path(__file__).with_name("sentences.yaml"))


@pytest.mark.parametrize("language", PARAGRAPHS)
def test_the_language_of_an_article_is_told(language: str) -> None:
    assert language_of_text("\n".join(PARAGRAPHS[language]).replace("|", " ")) == language


def test_english_is_told_and_a_few_words_are_not() -> None:
    crane = "A crane fell onto the quay of Harbour on Wednesday. Nobody had been hurt, and the quay is to open again in June."
    assert language_of_text(crane) == "en"
    assert language_of_text(f"{crane} Its name was Ласточка.") == "en"
    assert language_of_text("Fish Quay") is None


def test_codes_of_languages() -> None:
    assert [code for code in ("de", "pt-BR", "xx", "", "German") if is_language(code)] == ["de", "pt-BR"]
