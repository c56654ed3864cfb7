"""Quotations in other languages than English: what is exact is called so, and nothing that is altered is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.checking.checker import CheckRequest, TextChecker
from bot.checking.flags import Flag
from bot.checking.verdict import Finding, Verdict
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.models import Actor, Citation, Fact, Source, Story, StoryInfo
from bot.presentation.differences import differences
from tests.checking.stories import text_checker

SPOKEN: dict[str, dict[str, Any]] = YAML(typ="safe", pure=True).load(Path(__file__).with_name("other_languages.yaml"))
SPEAKERS = {"de": "Anna Sommer", "es": "Ana García", "ja": "佐藤", "ru": "Анна Белова"}
RIVALS = {"de": "Karin Holt", "es": "Lucía Robles", "ru": "Ирина Орлова"}
WANTED = {"exact": Verdict.EXACT, "differs": Verdict.DIFFERS, "unknown": Verdict.UNKNOWN}
CASES = [(language, kind, words) for language, spoken in SPOKEN.items() for kind in WANTED for words in spoken[kind]]


@pytest.fixture(scope="module")
def checker(lexicon: Lexicon) -> Iterator[TextChecker]:
    """Check against one base with a story of each language."""
    with FactBase.memory() as base:
        for language, spoken in SPOKEN.items():
            actors = (
                Actor("speaker", SPEAKERS.get(language, f"Speaker {language}"), "person"),
                Actor("other", f"Other {language}", "person"),
                *([Actor("rival", RIVALS[language], "person")] if language in RIVALS else []),
            )
            quote = Fact("said", "quote", spoken["quote"], (Citation("paper"),), by=("speaker",))
            source = Source("paper", "article-newspaper", f"Paper {language}")
            base.apply(Story(StoryInfo(language, f"Story {language}", language=language), (source,), actors, (quote,)), by="test")
        yield text_checker(base, lexicon, date(2021, 3, 5))


def finding(checker: TextChecker, text: str, **options: str) -> Finding:
    (only,) = checker.check(CheckRequest(text, **options)).findings
    return only


def test_there_are_cases_of_ten_languages() -> None:
    assert len(SPOKEN) >= 10
    assert len(CASES) >= 60


@pytest.mark.parametrize(("language", "kind", "words"), CASES)
def test_what_is_altered_is_never_exact_and_the_verdict_is_right(
    checker: TextChecker, language: str, kind: str, words: str
) -> None:
    result = finding(checker, words)
    assert result.verdict is WANTED[kind], differences(result)
    assert result.record is None or result.record.story.id == language


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        ("Wir haben in Maßen gespart und am 3. März 1.300 Euro verloren.", Flag.NUMBER),
        ("am 3. März 1.200 Euro verloren. Ist das schön.", Flag.QUESTION),
        ("橋が危ないとは知らなかった？", Flag.QUESTION),
        ("لم نغلق الجسر أبدا، وكلّف العمل 3.5 مليون دينار.", Flag.NUMBER),
    ],
)
def test_figures_and_question_marks_mislead_in_any_language(checker: TextChecker, words: str, flag: Flag) -> None:
    result = finding(checker, words)
    assert flag in result.flags
    assert result.misleads


@pytest.mark.parametrize("kind", ["differs", "exact", "unknown"])
def test_words_that_english_has_too_are_not_read_as_english(checker: TextChecker, kind: str) -> None:
    """A German "die", a Polish "most" and a Spanish "no" are no English words: nothing is said of what they mean."""
    told = {Flag.NEGATION, Flag.CUT_NEGATION, Flag.FRAME, Flag.HEDGE, Flag.SURER, Flag.SENSE, Flag.SUBJECT, Flag.OPPOSITE}
    for language, spoken in SPOKEN.items():
        for words in spoken[kind]:
            assert not told & set(finding(checker, words).flags), (language, words)


def test_the_words_that_differ_are_shown_whole(checker: TextChecker) -> None:
    result = finding(checker, "私たちは港が危ないとは知らなかった。誰も電話をくれなかった。")
    assert [(piece.text.strip(), piece.state) for piece in differences(result)] == [
        ("私たちは", "same"),
        ("橋", "gone"),
        ("港", "new"),
        ("が危ないとは知らなかった。誰も電話をくれなかった。", "same"),
    ]
    assert result.changes[Flag.REPLACED] == (("橋", "港"),)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("„Wir haben in Maßen gespart“, sagte Anna Sommer gestern vor dem Rathaus.", Verdict.EXACT),
        ("„Wir haben in Maßen gespart“, sagte Hans Klein gestern vor dem Rathaus.", Verdict.OTHER_SPEAKER),
        ("„Wir haben in Maßen gespart“, sagte sein Sprecher gestern vor dem Rathaus.", Verdict.EXACT),
        ("«Nadie nos llamó», dijo la alcaldesa Ana García el martes.", Verdict.EXACT),
        ("佐藤氏は「橋が危ないとは知らなかった」と述べた。", Verdict.EXACT),
        ("«Мы никогда не закрывали мост», — сказала Анна Белова.", Verdict.EXACT),
        ("«Мы никогда не закрывали мост», — сказал Сергей Летов.", Verdict.OTHER_SPEAKER),
        ("«Мы никогда не закрывали мост», — сказал представитель Сергея Летова.", Verdict.EXACT),
        ("Белова заявила: «Мы никогда не закрывали мост».", Verdict.EXACT),
        ("Орлова заявила: «Мы никогда не закрывали мост».", Verdict.OTHER_SPEAKER),
        ("«Мы никогда не закрывали мост», — заявила Орлова.", Verdict.OTHER_SPEAKER),
        ("Holt sagte: „Wir haben in Maßen gespart“.", Verdict.OTHER_SPEAKER),
        ("Ministerin Sommer sagte: „Wir haben in Maßen gespart“.", Verdict.EXACT),
        ("Robles dijo: «Nadie nos llamó».", Verdict.OTHER_SPEAKER),
        ("Robles afirmó que «nadie nos llamó».", Verdict.OTHER_SPEAKER),
        ("García afirmó que «nadie nos llamó».", Verdict.EXACT),
        ("Орлова утверждает: «Мы никогда не закрывали мост».", Verdict.OTHER_SPEAKER),
        ("Орлова сказала, что «мы никогда не закрывали мост».", Verdict.OTHER_SPEAKER),
        ("«Мы никогда не закрывали мост», — заявила Смирнова.", Verdict.OTHER_SPEAKER),
        ("«Мы никогда не закрывали мост», — заявила представитель Смирнова.", Verdict.EXACT),
        ("«Nadie nos llamó», dijo Montero el martes.", Verdict.OTHER_SPEAKER),
        ("«Nadie nos llamó», dijo Montero y colgó.", Verdict.EXACT),
    ],
)
def test_the_speaker_of_a_text_counts_where_it_is_certain(checker: TextChecker, text: str, verdict: Verdict) -> None:
    assert finding(checker, text).verdict is verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Белова заявила: «The bridge was never closed».", Verdict.EXACT),
        ("«The bridge was never closed», — заявила Анна Белова.", Verdict.EXACT),
        ("Орлова заявила: «The bridge was never closed».", Verdict.OTHER_SPEAKER),
        ("«The bridge was never closed», — заявила Ирина Орлова.", Verdict.OTHER_SPEAKER),
        ("«The bridge was never closed», — заявила Ирина Белова.", Verdict.OTHER_SPEAKER),
        ("قالت أورلوفا: «The bridge was never closed».", Verdict.OTHER_SPEAKER),
        ("قالت آنا بيلوفا: «The bridge was never closed».", Verdict.EXACT),
        ("ओरलोवा ने कहा, “The bridge was never closed.”", Verdict.OTHER_SPEAKER),
    ],
)
def test_a_speaker_is_known_by_the_last_name_in_another_script(lexicon: Lexicon, text: str, verdict: Verdict) -> None:
    with FactBase.memory() as base:
        actors = (Actor("belova", "Anna Belova", "person"), Actor("orlova", "Irina Orlova", "person"))
        quote = Fact("said", "quote", "The bridge was never closed.", (Citation("paper"),), by=("belova",))
        base.apply(Story(StoryInfo("bridge", "Bridge"), (Source("paper", "webpage", "Paper"),), actors, (quote,)), by="test")
        assert finding(text_checker(base, lexicon, date(2021, 3, 5)), text).verdict is verdict


def test_a_family_name_in_chinese_characters_is_known(lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        actors = (Actor("sato", "佐藤花子", "person"), Actor("tanaka", "田中美咲", "person"))
        quote = Fact("said", "quote", "橋が危ないとは知らなかった。", (Citation("paper"),), by=("sato",))
        story = Story(StoryInfo("hashi", "橋", language="ja"), (Source("paper", "webpage", "Paper"),), actors, (quote,))
        base.apply(story, by="test")
        checker = text_checker(base, lexicon, date(2021, 3, 5))
        assert finding(checker, "佐藤氏は「橋が危ないとは知らなかった」と述べた。").verdict is Verdict.EXACT
        assert finding(checker, "田中氏は「橋が危ないとは知らなかった」と述べた。").verdict is Verdict.OTHER_SPEAKER


def test_the_speaker_of_the_option_counts_in_any_language(checker: TextChecker) -> None:
    words = "Мы никогда не закрывали мост"
    assert finding(checker, words, speaker="Анна Белова").verdict is Verdict.EXACT
    assert finding(checker, words, speaker="Other ru").verdict is Verdict.OTHER_SPEAKER
