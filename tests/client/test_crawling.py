"""Every control that anybody finds is pressed, in every language: each is answered, nothing fails, and one language is spoken."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from bot.client.errors import cause_of
from bot.errors import FootnoteError
from bot.facts.state.server_settings import TIMEZONES
from bot.formats.export import FORMATS
from bot.formats.forms import FORMS
from bot.languages import ENGLISH, LANGUAGES, catalogue, command_texts
from bot.settings import Settings
from tests.client.permission_table import MENUS
from tests.client.read_articles import CRANE, read_crane
from tests.client.suggestions import review_channel
from tests.client.world import World, choose_language, log_channel
from tests.support.crawler import ARTICLE, DEFAULT_TYPED, FAULTY_FILES, FILES, OPTIONS, QUESTIONS, TYPED, Crawler
from tests.support.layouts import LOOP, THREAD, watch_layouts
from tests.support.paths import HARBOUR, SHIPPED
from tests.support.pseudo_language import SPOKEN, Stored, speak_wide, wide
from tests.support.slow import slow

LEAST = {"reader": 55, "stranger": 45, "moderator": 95}
"""How many controls each must find: fewer would mean that the crawler no longer gets there."""

OF_STRANGER = next(language for language in LANGUAGES if language != ENGLISH)
"""The server's language where somebody asks in private, too: that is answered in English, whatever a server speaks."""

FACTS = HARBOUR.read_text(encoding="utf-8")
"""What the story says stays English; one of its sentences is an example in a form, too."""

NAMES = (
    *LANGUAGES.values(),
    *FORMS.values(),
    "The newsroom",
    "Footnote",
    "test",
    "story.yaml",
    *(name for name, _ in (*FAULTY_FILES, *FILES.values())),
    *(story_format.name for story_format in FORMATS.values()),
    *(text for (kind, _), text in command_texts(SPOKEN).items() if kind == "choice"),
)
"""Names that are the same in every language, and those of the server, of a file and of those who changed something."""

STORED = (
    FACTS,
    CRANE,
    *(path.read_text(encoding="utf-8") for path in SHIPPED),
    *NAMES,
    *MENUS,
    *TIMEZONES,
    "what did Twitter say?",
    "what did Ingrid Sallow say?",
    "What did Maria Lee say?",
)
"""What may be shown as it is: stored text, names, also of time zones, and examples of a question, which are in English."""

SHORTEST = 18  # characters of a piece of a message; shorter ones are said in facts, too


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Let everybody press as much as there is."""
    return Settings(tmp_path, member_questions=10_000, server_questions=100_000)


@lru_cache
def pieces(language: str) -> frozenset[str]:
    """Return what is said in a language between the places where something is put in."""
    said: set[str] = set()
    for message in catalogue(next(other for other in LANGUAGES if other != ENGLISH) if language == ENGLISH else language):
        texts = message.id if language == ENGLISH else message.string
        for text in texts if isinstance(texts, tuple | list) else (texts,):
            said.update(piece.strip() for line in str(text).split("\n") for piece in re.split(r"\{\w*\}|`[^`]*`|\*\*", line))
    return frozenset(piece for piece in said if len(piece) >= SHORTEST and " " in piece)


@lru_cache
def foreign_pieces(language: str) -> dict[str, list[str]]:
    """Return the pieces of all other languages that a language does not have, by their beginnings."""
    by_beginning: dict[str, list[str]] = {}
    for piece in frozenset().union(*(pieces(other) for other in LANGUAGES if other != language)) - pieces(language):
        if piece not in FACTS:
            by_beginning.setdefault(piece[:SHORTEST], []).append(piece)
    return by_beginning


def foreign(text: str, language: str) -> Iterator[str]:
    """Yield the pieces of other languages in a text."""
    plain, by_beginning = text.replace("\\", ""), foreign_pieces(language)
    for start in range(len(plain) - SHORTEST + 1):
        for piece in by_beginning.get(plain[start : start + SHORTEST], ()):
            if plain.startswith(piece, start):
                yield piece


@pytest.mark.usefixtures("offered_to_all")
@pytest.mark.parametrize("language", slow(LANGUAGES))
async def test_every_control_is_answered_in_the_language_of_the_server(
    language: str, world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out = watch_layouts(monkeypatch)
    await choose_language(world, language)
    await log_channel(world)
    await review_channel(world)
    await read_crane(world)
    crawlers = {"reader": Crawler(world, world.alice), "moderator": Crawler(world, world.moderator)}
    if language == OF_STRANGER:
        crawlers["stranger"] = Crawler(world, world.env.create_user("stranger"), private=True)
    wrong: list[object] = []
    for name, crawler in crawlers.items():
        await crawler.crawl()
        print(name, len(crawler.controls), "controls", len(crawler.shown), "texts")
        spoken = ENGLISH if crawler.private else language
        wrong += [(name, "no answer", control) for control in crawler.unanswered]
        wrong += [(name, piece, where) for text, where in crawler.shown.items() for piece in foreign(text, spoken)]
    wrong += [("log", record.name, record.getMessage()) for record in caplog.records if record.levelno >= logging.ERROR]
    wrong += [error for error in world.env.errors if not isinstance(cause_of(error), FootnoteError)]
    assert [name for name, crawler in crawlers.items() if len(crawler.controls) < LEAST[name]] == []
    assert not wrong, "\n".join(map(str, wrong))
    assert laid_out[THREAD] > 1000
    assert not laid_out[LOOP]


@pytest.mark.usefixtures("offered_to_all")
@pytest.mark.slow
async def test_every_text_of_a_server_comes_through_the_catalogue_or_is_stored(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence that no catalogue has is seen, too: in a language of the test's own all that is translated is marked."""
    speak_wide(monkeypatch)
    await choose_language(world, SPOKEN)
    taken = await read_crane(world)
    await log_channel(world)
    await review_channel(world)
    faulty = [content.decode() for _, content in FAULTY_FILES]
    glosses = [meant for passage in taken.passages for _, _, meant in passage.glosses]
    stored = Stored(
        [
            *STORED,
            *glosses,
            taken.source.id,
            *QUESTIONS,
            *TYPED.values(),
            *OPTIONS.values(),
            DEFAULT_TYPED,
            f"{DEFAULT_TYPED} {DEFAULT_TYPED}",
            ARTICLE.decode(),
            *faulty,
        ]
    )
    wrong: list[object] = []
    for who in (world.alice, world.moderator):
        crawler = Crawler(world, who)
        await crawler.crawl()
        wrong += [(piece, text, where) for text, where in crawler.shown.items() for piece in stored.untranslated(text)]
    wrong += [error for error in world.env.errors if not isinstance(cause_of(error), FootnoteError)]
    assert not wrong, "\n".join(map(str, wrong))


def test_a_sentence_of_another_language_within_a_text_is_found() -> None:
    sentence = max(pieces("de") - pieces("fr") - pieces(ENGLISH), key=len)
    assert sentence in set(foreign(f"Voici : {sentence}", "fr"))
    assert list(foreign(f"Siehe: {sentence}", "de")) == []
    assert list(foreign(FACTS, "fr")) == []


def test_what_is_neither_translated_nor_stored_is_found() -> None:
    stored = Stored(["The bridge was closed, said Maria Lee."])
    shown = f"### {wide('Changes of {day}').format(day='3. März')}\n“The bridge was closed” `/fact show` <@12> F3@1 Maria Lee"
    assert list(stored.untranslated(shown)) == []
    assert list(stored.untranslated(f"{shown}\nTaken back: Undo, bridge closed")) == ["Taken back", "Undo", "bridge closed"]
