"""Which language a question is in, and what a question in another one than English asks for."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from bot.answers.question import language
from bot.answers.question.asking_words import asked_type
from bot.answers.question.expected_answer import QuestionType
from bot.answers.question.language import language_of
from bot.multilingual.identification import RECOGNISED, identifier
from tests.support.memory import bytes_of
from tests.support.paths import ROOT

CORPUS = ROOT / "data" / "reader" / "corpus"
LEAST_TOLD = {"hi": 0.85, "de": 0.85, "pt": 0.85, "pl": 0.85, "tr": 0.85}
"""Share of the questions of the corpus in a language that are taken for it, where it is not 0.9."""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("wie viel wird die Reparatur der Brücke kosten", "de"),
        ("wer hat die Brücke gesperrt?", "de"),  # short, and without an English function word
        ("¿cuándo volverá a abrir el puente para los coches?", "es"),
        ("cuando prohibio twitter a rt", "es"),
        ("Pourquoi Twitter a-t-il interdit RT ?", "fr"),  # "a" and "t" are English too
        ("quanto costerà la riparazione del ponte vecchio", "it"),
        ("когда твиттер забанил RT", "ru"),
        ("ツイッターはいつRTを禁止した？", "ja"),
        ("لماذا منعت تويتر الاعلانات", "ar"),
        ("kisne RT ko ban kiya tha", "hi"),
        ("왜?", "ko"),
        ("kiedy?", "pl"),
        ("when will the bridge open again", "en"),
        ("why", "en"),
        ("bridge cost", "en"),
        ("Theranosa", "en"),
        ("who's gonna pay for all of this lol", "en"),
        ("RT Sputnik Twitter", "en"),  # names are the same in all languages
        ("Who is Hua", "en"),
        ("what did Hua Chunying say to the press", "en"),
        ("when did the ship reach Hai Phong", "en"),
        ("what did Владимир Путин say about the bridge", "en"),
        ("Kim Jong Un sanctions", "en"),
        ("Dover bridge closure", "en"),
        ("Chi Minh City flood", "en"),
        ("quantum chip price", "en"),
        ("Deutsche Bank profit 2019", "en"),
        ("PQ leader resigns", "en"),
        ("πότε έκλεισε η γέφυρα", "el"),
    ],
)
def test_a_language_is_told_by_its_letters_its_words_or_the_words_that_ask(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "earlier", "language"),
    [
        ("und warum?", ("wer hat die Brücke gesperrt?",), "de"),
        ("und was?", ("wer hat die Brücke gesperrt?",), "de"),  # "was" is English too
        ("Dan Okoro?", ("wer hat die Brücke gesperrt?", "und warum?"), "de"),
        ("¿y por qué?", ("¿cuándo volverá a abrir el puente para los coches?",), "es"),
        ("et pourquoi ?", ("qui a fermé le pont aux voitures ?",), "fr"),
        ("e perché?", ("quanto costerà la riparazione del ponte vecchio",), "it"),
        ("i dlaczego?", ("kiedy zamknięto most dla samochodów",), "pl"),
        ("а RT?", ("когда твиттер забанил RT",), "ru"),
        ("why?", ("wer hat die Brücke gesperrt?",), "en"),
        ("and the mayor", ("wer hat die Brücke gesperrt?",), "en"),
        ("bridge repair cost estimate", ("wer hat die Brücke gesperrt?",), "en"),
        ("Dan Okoro?", ("wer hat die Brücke gesperrt?", "who closed the bridge to traffic?"), "en"),
        ("und warum?", (), "en"),
    ],
)
def test_what_is_too_short_to_tell_is_in_the_language_of_the_questions_before(
    text: str, earlier: tuple[str, ...], language: str
) -> None:
    assert language_of(text, earlier) == language


def test_english_questions_are_taken_for_english_and_others_for_their_language() -> None:
    files = sorted((CORPUS / "validation").glob("*.questions.jsonl"))
    english = [json.loads(line)["ask"] for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    assert [text for text in english if language_of(text) != "en"] == []
    for file in sorted((CORPUS / "languages" / "validation").glob("??.jsonl")):
        texts = [json.loads(line)["ask"] for line in file.read_text(encoding="utf-8").splitlines()]
        languages = Counter(map(language_of, texts))
        assert languages[file.stem] / len(texts) >= LEAST_TOLD.get(file.stem, 0.9), (file.stem, languages)


def test_a_plainly_english_question_is_known_without_loading_what_tells_languages_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(language, "_chances")
    assert language_of("when did twitter ban RT") == "en"
    assert language_of("what does the mayor say about the bridge?") == "en"
    with pytest.raises(NameError):
        language_of("come ha replicato il giudice alla storia dell'olio per finimenti?")


def test_languages_are_told_apart_without_holding_what_tells_all_others() -> None:
    made = identifier()
    assert set(made.nb_classes) == set(RECOGNISED)
    assert bytes_of(made) < 50_000_000


@pytest.mark.parametrize(
    ("text", "language", "asked"),
    [
        ("wieviele leute waren da", "de", QuestionType.HOW_MUCH),
        ("um wieviel uhr ist das passiert", "de", QuestionType.WHEN),
        ("por que cerraron el puente", "es", QuestionType.WHY),
        ("qué dijo la alcaldesa", "es", QuestionType.SAID),
        ("c'est quand que ça a fermé", "fr", QuestionType.WHEN),
        ("quem disse que era seguro", "pt", QuestionType.WHO_SAID),
        ("Kaç kişi vardı?", "tr", QuestionType.HOW_MUCH),
        ("кто закрыл мост", "ru", QuestionType.WHO),
        ("橋はどこ？", "ja", QuestionType.WHERE),
        ("工事は何年かかった？", "ja", QuestionType.HOW_MUCH),
        ("أين وقع الحادث", "ar", QuestionType.WHERE),
        ("chi dovrebbe pagare", "it", QuestionType.WHO),
        ("quem foi que disse isso", "pt", QuestionType.WHO_SAID),
        ("во сколько закрыли мост", "ru", QuestionType.WHEN),
        ("कबीर कौन है", "hi", QuestionType.WHO),
        ("कब बंद हुआ", "hi", QuestionType.WHEN),
        ("was ist passiert", "de", QuestionType.WHAT),
        ("hvem lukket broen", "no", QuestionType.WHAT),  # a language whose words are not known
    ],
)
def test_what_is_asked_is_read_off_the_words_that_ask(text: str, language: str, asked: QuestionType) -> None:
    assert asked_type(text, language) is asked
