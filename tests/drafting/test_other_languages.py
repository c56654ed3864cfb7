"""Articles in other languages: their sentences, and speakers and days where these are certain."""

from __future__ import annotations

from bot.drafting.article import read_article
from bot.drafting.coverage import read_coverage
from bot.drafting.intake import Intake, new_story
from bot.drafting.read_article import ReadArticle, read_upload
from bot.facts.base import FactBase
from bot.facts.dates import parse_date
from bot.facts.logbook import sign
from bot.facts.models import Actor, Citation, Fact, Source, Story, StoryInfo

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
