"""Articles in other languages: their sentences, and speakers and days where these are certain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.drafting.article import read_article
from bot.drafting.coverage import read_coverage
from bot.drafting.intake import Intake, new_story
from bot.drafting.other_dates import dates_in_language
from bot.drafting.read_article import ReadArticle, read_upload
from bot.facts.base import FactBase
from bot.facts.dates import parse_date
from bot.facts.logbook import sign
from bot.facts.models import Actor, Citation, Fact, Source, Story, StoryInfo
from bot.stories.fields import slug_of

GERMAN = """Kran stürzt am Fischkai um

Am 3. März stürzte am Fischkai z. B. ein Kran um. Hr. Dr. Weber sah zu, und niemand wurde verletzt.

„Wir haben nichts gewusst“, sagte Bürgermeisterin Anna Sommer. „Niemand hat uns angerufen.“ Sie will den Kai im Juni öffnen.

Der Kai ist seit dem 1. Februar 2019 gesperrt. „Das ist schade“, sagte ein Fischer.
"""
JAPANESE = """クレーンが倒れる

2019年3月3日、港でクレーンが倒れた。けが人はいなかった。

「何も知らなかった。誰も電話をくれなかった」と佐藤市長は述べた。「残念だ」と漁師は言った。
"""
PAPER = Source("kai", "article-newspaper", "Kran stürzt am Fischkai um", published=parse_date("2019-03-06"))


def passages(text: str, source: Source = PAPER) -> list[Fact]:
    return list(read_coverage(StoryInfo("crane", "Crane"), [(read_article(text), source)]).facts)


def test_sentences_of_a_german_article_are_whole() -> None:
    assert [passage.text for passage in passages(GERMAN)] == [
        "Am 3. März stürzte am Fischkai z. B. ein Kran um.",
        "Hr. Dr. Weber sah zu, und niemand wurde verletzt.",
        "„Wir haben nichts gewusst“, sagte Bürgermeisterin Anna Sommer.",
        "„Niemand hat uns angerufen.“",
        "Sie will den Kai im Juni öffnen.",
        "Der Kai ist seit dem 1. Februar 2019 gesperrt.",
        "„Das ist schade“, sagte ein Fischer.",
    ]


def test_speakers_and_days_are_read_where_they_are_certain_and_left_open_elsewhere() -> None:
    crane, weber, sommer, nobody, quay, closed, fisher = passages(GERMAN)
    assert [passage.by for passage in (crane, weber, nobody, quay, closed, fisher)] == [()] * 6
    assert sommer.by == ("anna-sommer",)
    assert [sommer.text[start:end] for start, end in sommer.quoted] == ["Wir haben nichts gewusst"]
    assert crane.glossed == "Am 3. März [3. März 2019] stürzte am Fischkai z. B. ein Kran um."
    assert crane.date == parse_date("2019-03-03")
    assert closed.date is None  # it only limits a time
    assert quay.glosses == ()  # neither "Sie" nor June is certain
    assert not any(passage.happened for passage in (crane, closed))


def test_an_actor_of_the_story_speaks_in_japanese_and_nobody_else_does() -> None:
    with FactBase.memory() as base:
        info = StoryInfo("crane", "クレーン", language="ja")
        claim = Fact("calm", "claim", "港は静かだ。", (Citation("kai"),), by=("sato",))
        base.apply(Story(info, (PAPER,), (Actor("sato", "佐藤", "person"),), (claim,)), by="test")
        article = read_article(JAPANESE)
        assert article.language == "ja"
        source = Source("minato", "article-newspaper", "クレーンが倒れる", published=parse_date("2019-03-06"))
        taken = Intake(base, info).take(article, source, sign("test", None))
    assert [(passage.text, passage.by) for passage in taken.passages] == [
        ("2019年3月3日、港でクレーンが倒れた。", ()),
        ("けが人はいなかった。", ()),
        ("「何も知らなかった。誰も電話をくれなかった」と佐藤市長は述べた。", ("sato",)),
        ("「残念だ」と漁師は言った。", ()),
    ]
    assert taken.passages[0].date == parse_date("2019-03-03")


def test_an_article_that_is_read_again_is_the_same_in_a_script_without_blanks() -> None:
    with FactBase.memory() as base:
        article, source = read_article(JAPANESE), Source("minato", "webpage", "クレーンが倒れる")
        info = new_story(base, source.title, article.language)
        assert info.language == "ja"
        first = Intake(base, info).take(article, source, sign("test", None))
        again = Intake(base, info).take(read_article(JAPANESE.replace("残念だ", "悲しい")), source, sign("test", None))
    assert len(first.applied.added) == 4
    assert [passage.text for passage in again.comparison.put] == ["「悲しい」と漁師は言った。"]


def test_the_language_of_an_article_is_kept_with_it_and_that_of_the_story_stands_in() -> None:
    read = read_upload(GERMAN.encode(), "kai.txt")
    assert ReadArticle.decode(read.encode()).article.language == "de"
    assert read.questions == ()  # they would be asked in English
    short = read_article("Kran am Kai\n\nDer Kran fiel um 8 Uhr, z. B. Nr. 7.")
    assert short.language is None
    with FactBase.memory() as base:
        taken = Intake(base, StoryInfo("kran", "Kran", language="de")).take(short, PAPER, sign("test", None))
    assert [passage.text for passage in taken.passages] == ["Der Kran fiel um 8 Uhr, z. B. Nr. 7."]


@pytest.mark.parametrize(
    ("language", "sentence", "day"),
    [
        ("de", "Die Polizei nahm gestern am Hafen zwei Männer fest, wie sie mitteilte.", "2019-03-05"),
        ("fr", "La police a arrêté avant-hier deux hommes sur le port de la ville.", "2019-03-04"),
        ("ru", "Полиция вчера задержала в порту двух мужчин, сообщили в городе.", "2019-03-05"),
        ("tr", "Polis dün limanda iki kişiyi gözaltına aldı ve soruşturma başlattı.", "2019-03-05"),
        ("ar", "أوقفت الشرطة أول أمس رجلين في الميناء وفتحت تحقيقا في الحادث.", "2019-03-04"),
        ("ja", "警察は昨日、港で男性二人を逮捕した。", "2019-03-05"),
        ("ja", "警察は4日、港で男性二人を逮捕した。", "2019-03-04"),
        ("ja", "警察は28日、港で男性二人を逮捕した。", "2019-02-28"),
    ],
)
def test_a_day_told_from_the_publication_is_read(language: str, sentence: str, day: str) -> None:
    (dated,) = dates_in_language(sentence, date(2019, 3, 6), language)
    assert dated.date == parse_date(day)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Das ist von vorvorgestern, und er wirkt vorgestrig."),
        ("ja", "会議は3日間続き、3日目に終わった。"),
        ("ja", "警察は9日、港で男性を逮捕する。"),  # it may be to come
        ("ru", "Вчерашний день был долгим."),
    ],
)
def test_no_day_is_read_where_none_is_told(language: str, sentence: str) -> None:
    assert [dated.date for dated in dates_in_language(sentence, date(2019, 3, 6), language) if dated.date] == []


@pytest.mark.parametrize(
    ("language", "before", "text", "name"),
    [
        (
            "de",
            "Die Bürgermeisterin Anna Sommer kam um acht Uhr in die Halle.",
            "Sommer sagte: „Wir haben davon nichts gewusst.“",
            "Anna Sommer",
        ),
        (
            "de",
            "Gestern kamen Anna Sommer und Karl Sommer in die Halle am Kai.",
            "Sommer sagte: „Wir haben davon nichts gewusst.“",
            None,
        ),
        ("de", "Die Halle am Kai stand leer, und niemand war zu sehen.", "Sommer sagte: „Wir haben davon nichts gewusst.“", None),
        (
            "de",
            "Die Bürgermeisterin Anna Sommer kam um acht Uhr in die Halle.",
            "Sommers Sprecher sagte: „Wir haben davon nichts gewusst.“",
            None,
        ),
        (
            "de",
            "Die Bürgermeisterin Anna Sommer kam um acht Uhr in die Halle.",
            "„Wir haben davon nichts gewusst“, sagte Sommer.",
            "Anna Sommer",
        ),
        (
            "es",
            "La alcaldesa Ana García llegó a las ocho a la nave del puerto.",
            "García dijo que «no sabíamos nada de eso».",
            "Ana García",
        ),
        ("es", "La alcaldesa Ana García llegó a las ocho a la nave del puerto.", "Nadie dijo: «No sabíamos nada de eso».", None),
        (
            "fr",
            "La maire Marie Dubois est arrivée à huit heures dans le hangar du port.",
            "Dubois a déclaré : « Nous ne savions rien de cela. »",
            "Marie Dubois",
        ),
        (
            "fr",
            "La maire Marie Dubois est arrivée à huit heures dans le hangar du port.",
            "« Nous ne savions rien de cela », a déclaré Dubois.",
            "Marie Dubois",
        ),
        (
            "it",
            "La sindaca Anna Bianchi è arrivata alle otto nel capannone del porto.",
            "Bianchi ha detto: «Non sapevamo nulla di questo».",
            "Anna Bianchi",
        ),
        (
            "it",
            "La sindaca Anna Bianchi è arrivata alle otto nel capannone del porto.",
            "Il marito di Bianchi ha detto: «Non sapevamo nulla di questo».",
            None,
        ),
        ("pt", "A prefeita Ana Lima chegou às oito ao galpão do porto.", "Lima disse: “Não sabíamos de nada disso”.", "Ana Lima"),
        (
            "pt",
            "A prefeita Ana Lima chegou às oito ao galpão do porto.",
            "“Não sabíamos de nada disso”, disse Lima à imprensa.",
            "Ana Lima",
        ),
        (
            "pl",
            "Burmistrzyni Anna Kowalska przyszła o ósmej do hali w porcie.",
            "Kowalska powiedziała: „Nic o tym nie wiedzieliśmy”.",
            "Anna Kowalska",
        ),
        (
            "pl",
            "Burmistrzyni Anna Kowalska przyszła o ósmej do hali w porcie.",
            "„Nic o tym nie wiedzieliśmy” — powiedział rzecznik Kowalskiej.",
            None,
        ),
        (
            "ru",
            "Мэр Анна Белова пришла в восемь часов в портовый ангар.",
            "Белова сказала: «Мы ничего об этом не знали».",
            "Анна Белова",
        ),
        (
            "ru",
            "Мэр Анна Белова пришла в восемь часов в портовый ангар.",
            "«Мы ничего об этом не знали», — сказала Белова.",
            "Анна Белова",
        ),
        ("ru", "Мэр Анна Белова пришла в восемь часов в портовый ангар.", "«Мы ничего об этом не знали», — сказал Белов.", None),
        (
            "tr",
            "Belediye başkanı Ayşe Kaya saat sekizde limandaki hangara geldi.",
            "Kaya, “Bundan hiç haberimiz yoktu” dedi.",
            "Ayşe Kaya",
        ),
        (
            "tr",
            "Belediye başkanı Ayşe Kaya saat sekizde limandaki hangara geldi.",
            "Kaya'nın sözcüsü “Bundan hiç haberimiz yoktu” dedi.",
            None,
        ),
        (
            "ru",
            "Представитель Ивана Белова пришёл в восемь часов в портовый ангар.",
            "Белова сказала: «Мы ничего об этом не знали».",
            None,
        ),
        (
            "de",
            "Die Bürgermeisterin Anna Sommer kam mit Karin Holt in die Halle.",
            "Maria Holt sagte: „Wir haben davon nichts gewusst.“",
            "Maria Holt",
        ),
    ],
)
def test_a_last_name_alone_is_that_of_whom_the_article_named_whole_before(
    language: str, before: str, text: str, name: str | None
) -> None:
    article = replace(read_article(f"Title\n\n{before}\n\n{text}"), language=language)
    story = read_coverage(StoryInfo("crane", "Crane", language=language), [(article, PAPER)])
    names = {actor.id: actor.name for actor in story.actors}
    assert [names[id_] for id_ in story.facts[-1].by] == ([name] if name else [])


def test_a_last_name_alone_is_that_of_a_person_of_the_story() -> None:
    with FactBase.memory() as base:
        info = StoryInfo("crane", "Kran", language="de")
        claim = Fact("calm", "claim", "Der Hafen ist ruhig.", (Citation("kai"),), by=("sommer",))
        base.apply(Story(info, (PAPER,), (Actor("sommer", "Anna Sommer", "person"),), (claim,)), by="test")
        article = replace(read_article("Kran am Kai\n\nSommer sagte: „Wir haben davon nichts gewusst.“"), language="de")
        taken = Intake(base, info).take(article, Source("bote", "webpage", "Kran am Kai"), sign("test", None))
    assert [passage.by for passage in taken.passages] == [("sommer",)]


BODIES = {
    "en": "A crane fell over at the quay. Nobody was hurt, but the harbour was closed for long.",
    "de": "Am Fischkai stürzte ein Kran um. Niemand wurde verletzt, doch der Hafen war lange gesperrt.",
    "fr": "Une grue est tombée sur le quai. Personne n'a été blessé, mais le port est resté fermé.",
    "es": "Una grúa cayó en el muelle. Nadie resultó herido, pero el puerto estuvo cerrado.",
    "ru": "На набережной упал кран. Никто не пострадал, но порт долго был закрыт.",
    "ja": "港でクレーンが倒れた。けが人はいなかったが、港は長い間閉鎖された。",
}


@pytest.mark.parametrize(
    ("language", "lines", "day"),
    [
        ("en", "By Jane Doe\nPublished 5 March 2019, 10:30 GMT", "2019-03-05"),
        ("en", "By Jane Doe, March 5, 2019", "2019-03-05"),
        ("en", "Tuesday, 5 March 2019", "2019-03-05"),
        ("de", "Berlin, 5. März 2019", "2019-03-05"),
        ("de", "05.03.2019 | 18:04 Uhr", "2019-03-05"),
        ("fr", "Publié le 5 mars 2019 à 18h04", "2019-03-05"),
        ("ru", "Опубликовано 5 марта 2019", "2019-03-05"),
        ("ja", "2019年3月5日 18:04 配信", "2019-03-05"),
        ("en", "5 March 2019, updated 6 March 2019", "2019-03-05"),
        ("en", "Updated 6 March 2019", None),
        ("en", "The long night of 5 March 2019", None),
        ("en", "What happened on 5 March 2019 and why it matters", None),
        ("de", "Der Brand vom 5. März 2019", None),
        ("de", "Aktualisiert am 6. März 2019", None),
        ("de", "Zuletzt aktualisiert: 06.03.2019, 18:04 Uhr", None),
        ("fr", "Mis à jour le 6 mars 2019 à 18h04", None),
        ("ru", "Обновлено 6 марта 2019", None),
        ("ja", "最終更新：2019年3月6日", None),
    ],
)
def test_the_day_below_a_headline_is_that_of_publication(language: str, lines: str, day: str | None) -> None:
    article = read_article(f"The crane at the quay\n\n{lines}\n\n{BODIES[language]}\n")
    assert article.published == day
    assert article.title == "The crane at the quay"
    assert not any("2019" in name for name in article.authors)


@pytest.mark.parametrize(
    ("language", "line", "limits"),
    [
        ("de", "Aktualisiert am 6. März 2019.", True),
        ("en", "Updated 6 March 2019.", True),
        ("es", "Última actualización: 6 de marzo de 2019.", True),
        ("ru", "Обновлено 6 марта 2019 года.", True),
        ("ja", "最終更新：2019年3月6日。", True),
        ("en", "Updated rules of 6 March 2019 were ignored by the city.", False),
        ("de", "Aktualisierte Regeln galten am 6. März 2019 im Hafen.", False),
    ],
)
def test_nothing_happened_on_the_day_of_a_change(language: str, line: str, limits: bool) -> None:
    story = StoryInfo("crane", "Crane")
    article = read_article(f"The crane at the quay\n\n{BODIES[language]}\n\n{line}\n\n{BODIES[language]}\n")
    told = next(fact for fact in read_coverage(story, [(article, PAPER)]).facts if fact.text == line)
    assert (told.date is None) == limits


@pytest.mark.parametrize(
    ("title", "story"),
    [
        ("ハーバー橋が閉鎖", "habaqiao"),
        ("Кто закрыл мост", "kto-zakryl-most"),
        ("Kadın köprüyü kapattı", "kadin-kopruyu-kapatti"),
    ],
)
def test_the_id_of_a_story_is_spelt_out_of_its_title(title: str, story: str) -> None:
    assert slug_of(title).startswith(story)
