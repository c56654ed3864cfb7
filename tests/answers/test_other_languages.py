"""Questions and stories in other languages than English: what answers, in whose words, and what is left alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answers.answerer import Answerer
from bot.answers.finding.index import Indexes
from bot.answers.question.parsing import read_question
from bot.answers.selection import beyond_doubt
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.languages import speaking
from bot.presentation.wording import worded
from bot.stories.load import load_story, read_story
from tests.support.paths import HARBOUR, SHIPPED

BAKERY = """
story: {id: mittelgasse, title: Der Streit um die Bäckerei Mittelgasse, language: de}
sources:
  bote: {type: article-newspaper, title: Die Bäckerei schliesst, publisher: Talbote, published: 2019-05-04}
actors:
  huber: {name: Franziska Huber, kind: person, role: Bäckerin}
  amt: {name: Lebensmittelamt Talheim, kind: organization}
events:
  schliessung:
    date: 2019-05-02
    what: Franziska Huber schloss die Bäckerei in der Mittelgasse nach 31 Jahren.
    who: [huber]
    cite: bote#1
  ofen:
    date: 2018-11-20
    what: Ein Brand im Holzofen zerstörte die Backstube und richtete einen Schaden von 84'000 Franken an.
    cite: bote#2
quotes:
  amt-nein: {by: amt, text: "Ohne neuen Abzug gibt es keine Bewilligung.", date: 2019-03-11, cite: bote#3}
"""


@pytest.fixture(scope="module")
def two_stories(lexicon: Lexicon) -> Iterator[Answerer]:
    with FactBase.memory() as base:
        base.apply(load_story(HARBOUR), by="test")
        base.apply(read_story(BAKERY, "mittelgasse.yaml"), by="test")
        answerer = Answerer(base, lexicon)
        answerer.encode()
        yield answerer


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("wann wurde die brücke gesperrt?", "3. März 2021"),
        ("¿cuándo cerraron el puente?", "3 de marzo de 2021"),
        ("когда закрыли мост", "3 марта 2021\u202fг."),
        ("橋はいつ閉鎖された？", "2021年3月3日"),
    ],
)
def test_an_english_fact_answers_in_the_language_of_the_question_where_the_interface_has_it(
    two_stories: Answerer, question: str, short: str
) -> None:
    answer = two_stories.ask(question)
    assert answer.facts[0].record.fact.id == "closure"
    assert worded(answer).short == short


@pytest.mark.parametrize(
    "question", ["wie hoch war der Schaden durch das Feuer in der Bäckerei", "how much did the bakery fire cost?"]
)
def test_a_story_in_another_language_answers_in_its_own_words(two_stories: Answerer, question: str) -> None:
    answer = two_stories.ask(question)
    assert answer.facts[0].record.fact.text.startswith("Ein Brand im Holzofen zerstörte die Backstube")
    assert answer.short == "84'000 Franken"


def test_a_recorded_wording_is_known_in_other_forms_of_its_words(lexicon: Lexicon) -> None:
    text = BAKERY.replace("cite: bote#2", "cite: bote#2\n    asked_as: [Wessen Katze verschwand?]")
    with FactBase.memory() as base:
        base.apply(read_story(text, "mittelgasse.yaml"), by="test")
        index = Indexes(base, lexicon).whole()
        worded = beyond_doubt(read_question("wessen Katzen verschwanden", index), index)
        assert [document.record.fact.id for document in worded] == ["ofen"]
        assert beyond_doubt(read_question("wessen Hunde verschwanden", index), index) == []


def test_it_is_said_which_words_a_question_shares_with_a_fact_of_its_language(two_stories: Answerer) -> None:
    explanation = two_stories.ask("wie hoch waren die Schäden durch das Feuer in der Bäckerei").explanation
    assert explanation is not None
    assert ("schäden", "schaden") in explanation.met
    assert explanation.missing == ()


def test_the_nearest_fact_of_either_language_is_shown_where_none_answers(two_stories: Answerer) -> None:
    answer = two_stories.ask("when did Huber shut the bakery?")
    facts = answer.facts or answer.suggestions
    assert facts[0].record.fact.text == "Franziska Huber schloss die Bäckerei in der Mittelgasse nach 31 Jahren."


def test_a_short_question_is_answered_in_the_language_of_those_before_it(two_stories: Answerer) -> None:
    answer = two_stories.ask("und wann?", after=["warum wurde die Hafenbrücke gesperrt?"])
    assert answer.facts[0].record.fact.id == "closure"
    assert worded(answer).short == "3. März 2021"


@pytest.mark.parametrize(
    ("question", "after", "fact"),
    [
        (
            "что нашли водолазы?",
            ["сколько стоит ремонт моста?", "сколько машин ездило по мосту?", "почему закрыли мост?"],
            "inspection",
        ),
        ("ماذا وجد الغواصون؟", ["كم تكلفة إصلاح الجسر؟", "لماذا أغلق الجسر؟"], "inspection"),
        ("а когда это было?", ["почему закрыли мост?"], "closure"),
        ("¿y cuándo fue eso?", ["¿por qué cerraron el puente?"], "closure"),
        ("ومتى حدث ذلك؟", ["لماذا أغلق الجسر؟"], "closure"),
    ],
)
def test_what_was_asked_before_draws_no_question_away_that_is_sure_alone(
    two_stories: Answerer, question: str, after: list[str], fact: str
) -> None:
    answer = two_stories.ask(question, story="harbour-bridge", after=after)
    assert answer.facts[0].record.fact.id == fact


def test_no_piece_stands_above_a_fact_where_none_can_be_told_to_be_what_is_asked_for(two_stories: Answerer) -> None:
    answer = two_stories.ask("was ist mit der Hafenbrücke passiert?")
    assert answer.facts
    assert answer.short is None


def test_english_facts_come_first_for_an_english_question(two_stories: Answerer) -> None:
    answer = two_stories.ask("when was the bridge closed?")
    assert answer.facts[0].record.story.id == "harbour-bridge"
    assert answer.explanation.stories == ()


def test_a_story_in_another_language_that_answers_as_surely_is_named_beside_the_english_one(two_stories: Answerer) -> None:
    answer = two_stories.ask("who closed it?")
    assert answer.explanation.stories == ("The Harbour Bridge closure", "Der Streit um die Bäckerei Mittelgasse")
    assert [answer.facts[0].record.fact.id, answer.suggestions[0].record.fact.id] == ["closure", "schliessung"]
    assert two_stories.ask("who closed it?", story="harbour-bridge").explanation.stories == ()


@pytest.mark.parametrize("question", ["wie heißt die Hauptstadt von Australien", "¿qué tiempo hará mañana en Lisboa?"])
def test_what_no_fact_tells_is_left_alone(two_stories: Answerer, question: str) -> None:
    answer = two_stories.ask(question)
    assert not answer.facts
    assert answer.known is None


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("¿Por qué cerraron el puente en 2021?", "¿Por qué cerraron el puente en 2018?"),
        ("Por que fecharam a ponte em 2021?", "Por que fecharam a ponte em 2017?"),
        ("De quantos em quantos minutos sai a balsa gratuita?", "A balsa gratuita sai de 45 em 45 minutos?"),
    ],
)
def test_another_year_or_number_than_that_of_the_fact_is_no_sure_answer(two_stories: Answerer, question: str, other: str) -> None:
    assert two_stories.ask(question, story="harbour-bridge").facts
    assert not two_stories.ask(other, story="harbour-bridge").facts


def test_the_servers_language_is_spoken_again_after_a_question_in_another(two_stories: Answerer) -> None:
    with speaking("fr"):
        two_stories.ask("wann wurde die Hafenbrücke gesperrt?")
        assert worded(two_stories.ask("when was the bridge closed?")).short == "3 mars 2021"


@pytest.mark.parametrize("question", ["кто такой Карнович-Валуа", "カルノヴィチ＝ヴァルアって誰"])
def test_who_somebody_is_is_not_answered_by_whom_they_work_for(lexicon: Lexicon, question: str) -> None:
    with FactBase.memory() as base:
        base.apply(load_story(SHIPPED[0]), by="test")
        answerer = Answerer(base, lexicon)
        answerer.encode()
        answer = answerer.ask(question)
    assert (*answer.facts, *answer.suggestions)[0].record.fact.id == "karnovich-post"
    assert answer.short is None


STRIKE = """
story: {id: grev, title: Liman grevi, language: tr}
sources:
  haber: {type: article-newspaper, title: Limanda grev, publisher: Haber, published: 2024-05-04}
actors:
  yilmaz: {name: Ayşe Yılmaz, kind: person, role: Liman müdürü}
events:
  gozalti: {date: 2024-05-02, what: "Polis, limandaki gösteride 12 kişiyi gözaltına aldı.", cite: haber#1}
  istifa: {date: 2024-05-03, what: "Liman müdürü Ayşe Yılmaz görevinden istifa etti.", who: [yilmaz], cite: haber#2}
"""


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("kaç kişi gözaltına alındı", "12 kişiyi"),  # whole words
        ("Ayşe Yılmaz ne zaman istifa etti?", "3 May 2024"),
        ("göstericileri kim gözaltına aldı?", "Polis"),  # the first word of a fact
        ("Kim Ayşe Yılmaz'ı görevden aldı?", None),  # not the one whom the question names
    ],
)
def test_a_short_answer_is_of_whole_words_and_of_the_kind_that_is_asked_for(
    lexicon: Lexicon, question: str, short: str | None
) -> None:
    with FactBase.memory() as base:
        base.apply(read_story(STRIKE, "grev.yaml"), by="test")
        answerer = Answerer(base, lexicon)
        answerer.encode()
        assert answerer.ask(question).short == short


PIER = """
story: {id: pier, title: The pier of Tarnmouth}
sources:
  paper: {type: article-newspaper, title: Pier closed, publisher: The Paper, published: 2024-05-04}
actors:
  dunn: {name: Alma Dunn, kind: person, role: Harbour master}
events:
  closed:
    date: 2024-05-02
    what: Alma Dunn closed the pier of Tarnmouth because two planks had rotted through.
    who: [dunn]
    cite: paper#1
  regatta: {date: 2024-05-03, what: The regatta was put off to June., cite: paper#2}
quotes:
  sorry: {date: 2024-05-03, by: dunn, text: Nobody should drown for a view of the sea., cite: paper#3}
"""


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("warum wurde der pier gesperrt?", "because two planks had rotted through"),
        ("por que o píer foi fechado", "because two planks had rotted through"),
        ("wer hat den pier gesperrt?", "Alma Dunn"),
        ("wer fand dass für die aussicht keiner ertrinken sollte", "Alma Dunn"),  # whose words they are
    ],
)
def test_an_english_fact_gives_its_reason_and_its_first_words_to_questions_in_other_languages(
    lexicon: Lexicon, question: str, short: str
) -> None:
    with FactBase.memory() as base:
        base.apply(read_story(PIER, "pier.yaml"), by="test")
        answerer = Answerer(base, lexicon)
        answerer.encode()
        assert answerer.ask(question).short == short
