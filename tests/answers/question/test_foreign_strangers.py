"""Names in questions in other languages that no fact has, and what is written like one and is none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answers.answerer import Answerer
from bot.answers.finding.index import Indexes, StoryIndex
from bot.answers.question.parsing import read_question
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.stories.load import load_story
from tests.support.paths import SHIPPED


@pytest.fixture(scope="module")
def base() -> Iterator[FactBase]:
    with FactBase.memory() as base:
        base.apply(load_story(SHIPPED[0]), by="test")
        yield base


@pytest.fixture(scope="module")
def index(base: FactBase, lexicon: Lexicon) -> StoryIndex:
    return Indexes(base, lexicon).whole()


@pytest.fixture(scope="module")
def answerer(base: FactBase, lexicon: Lexicon) -> Answerer:
    answerer = Answerer(base, lexicon)
    answerer.encode()
    return answerer


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Wann hat Netflix die Anzeigen von RT verboten?", "netflix"),
        ("Was sagte Angela Merkel zum Verbot?", "merkel"),
        ("¿En qué países probó TikTok el muro dividido?", "tiktok"),
        ("¿Qué dijo Pedro Sánchez sobre la prohibición?", "sánchez"),
        ("Pourquoi Twitter a-t-il banni Al Jazeera ?", "jazeera"),
        ("O que disse Lula sobre a proibição?", "lula"),
        ("In quale paese Facebook ha provato il feed diviso, in Norvegia o in Finlandia?", "norvegia"),
        ("Kiedy Twitter zakazał reklam agencji Xinhua?", "xinhua"),
        ("Когда Твиттер запретил рекламу Телеграма?", "телеграма"),
        ("Twitter neden BBC'nin reklamlarını yasakladı?", "bbc"),
    ],
)
def test_a_name_that_no_fact_has_is_unknown(text: str, name: str, index: StoryIndex) -> None:
    assert read_question(text, index).unknown == name


@pytest.mark.parametrize(
    "text",
    [
        "Welchen Gesetzentwurf haben Klobuchar und McCain im Senat eingebracht?",
        "Welche Zeitung nannte das Verbot am Freitag einen gefährlichen Präzedenzfall?",
        "¿Qué dijo Simonyan del Gobierno de Rusia en su tuit?",
        "¿Nació la ley en la Segunda Guerra Mundial?",
        "Que demande le ministère de la Justice des États-Unis à RT ?",
        "In quali paesi, come Slovacchia e Cambogia, Facebook ha provato il feed diviso?",
        "Kto jest rzeczniczką rosyjskiego MSZ?",
        "Co zrobiła Partia Demokratyczna w Stanach Zjednoczonych?",
        "Что сказала Захарова о запрете Твиттера в Фейсбуке?",
        "Какой законопроект внесли Клобушар и Маккейн в Сенат?",
        "ABD Adalet Bakanlığı RT'den ne istedi?",
        "¿CUÁNTO GANÓ TWITTER CON NETFLIX?",
        "O que disse a porta-voz? Quando disse?",
        "Quando surgiu a lei, na Segunda Guerra?",
    ],
)
def test_names_of_the_facts_and_of_institutions_are_none_that_no_fact_has(text: str, index: StoryIndex) -> None:
    question = read_question(text, index)
    assert question.language != "en"
    assert question.unknown is None


def test_no_fact_surely_answers_about_a_name_that_none_has(answerer: Answerer) -> None:
    of_story = answerer.ask("¿En qué países probó Facebook el muro dividido?")
    assert [fact.record.fact.id for fact in of_story.facts] == ["split-newsfeed"]
    of_none = answerer.ask("¿En qué países probó TikTok el muro dividido?")
    assert (of_none.status, of_none.facts) == ("suggestions", ())
    assert of_none.perhaps_answers
