"""Times that other languages tell by steps from a day: what they come to, and what is left open."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.drafting.article import read_article
from bot.drafting.coverage import read_coverage
from bot.drafting.other_dates import dates_in_language
from bot.facts.dates import parse_date
from bot.facts.models import Source, StoryInfo

PUBLISHED = date(2019, 3, 6)  # a Wednesday
HELD_OUT = yaml.safe_load((Path(__file__).parent / "relative_times.yaml").read_text(encoding="utf-8"))


def told(sentence: str, language: str, near: str | None = None) -> list[str]:
    dates = dates_in_language(sentence, PUBLISHED, language, parse_date(near) if near else None)
    return [dated.date.edtf for dated in dates if dated.date is not None and not dated.limits]


def test_of_sixty_sentences_nearly_all_are_read_and_none_is_read_wrongly() -> None:
    rows = [(language, *row) for language, sentences in HELD_OUT.items() for row in sentences]
    assert len(rows) == 60
    read = {
        (language, sentence): (told(sentence, language, *near), [day] if day else []) for language, sentence, day, *near in rows
    }
    assert [row for row, (days, expected) in read.items() if days not in ([], expected)] == []
    assert [row for row, (days, expected) in read.items() if days != expected] == [
        ("it", "Il giorno dopo la società ha ritirato il prodotto.")  # or the day after it
    ]


@pytest.mark.parametrize(
    ("language", "sentence", "days"),
    [
        ("de", "Letzte Woche trat der Trainer zurück.", ["2019-02-25/2019-03-03"]),
        ("de", "Im vergangenen Jahr verkaufte die Stadt das Haus.", ["2018"]),
        ("de", "Am Freitag sagte Sommer, im vergangenen Jahr sei das Haus leer gewesen.", ["2019-03-01", "2018"]),
        ("de", "Am 20. Februar fiel der Kran um, und am nächsten Tag kam der Minister.", ["2019-02-20", "2019-02-21"]),
        ("de", "Vor einer Woche brannte das Lager.", ["2019-02-27~"]),
        ("es", "La semana pasada cerró la fábrica.", ["2019-02-25/2019-03-03"]),
        ("es", "Hace 12 días, la policía detuvo a dos hombres.", ["2019-02-22"]),
        ("fr", "L'an dernier, la ville a vendu la maison.", ["2018"]),
        ("it", "L'anno scorso il Comune ha venduto la casa.", ["2018"]),
        ("pt", "Há três semanas, a barragem rompeu.", ["2019-02-13~"]),
        ("pl", "Tydzień temu zamknięto most.", ["2019-02-27~"]),
        ("pl", "W zeszłym roku miasto sprzedało dom.", ["2018"]),
        ("ru", "Неделю назад закрыли мост.", ["2019-02-27~"]),
        ("ru", "На прошлой неделе тренер подал в отставку.", ["2019-02-25/2019-03-03"]),
        ("tr", "Geçen ay belediye evi sattı.", ["2019-02"]),
        ("ar", "انهار الجسر قبل ١١ يومًا.", ["2019-02-23"]),
        ("ar", "باعت البلدية المنزل العام الماضي.", ["2018"]),
        ("ja", "先月、市は家を売った。", ["2019-02"]),
        ("ja", "橋は１０日前に閉鎖された。", ["2019-02-24"]),
        ("ja", "先週の金曜日、会社は製品を回収した。", ["2019-03-01"]),
        ("ru", "В прошлом году 25 человек уволились.", ["2018"]),
        ("ko", "지난달 시는 집을 팔았다.", ["2019-02"]),
        ("ko", "지난주 금요일 회사는 제품을 회수했다.", ["2019-03-01"]),
        ("hi", "पिछले साल शहर ने मकान बेच दिया।", ["2018"]),
        ("nl", "De brug stortte drie dagen geleden in.", ["2019-03-03"]),
    ],
)
def test_times_are_told_from_the_publication_and_from_what_their_sentence_told_before(
    language: str, sentence: str, days: list[str]
) -> None:
    assert told(sentence, language) == days


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Vor mehr als drei Tagen war noch Ruhe."),
        ("de", "Rund drei Tage später kam die Absage."),
        ("de", "Das war drei bis vier Tage später."),
        ("de", "In der letzten Woche des Wahlkampfs wurde es still."),
        ("de", "Er kam erst vor zwei Jahren und drei Monaten."),
        ("es", "La calle está cortada hace tres semanas."),
        ("es", "Tres días después del incendio volvieron los vecinos."),
        ("es", "Volvieron treinta y tres días después."),
        ("fr", "Le lendemain de l'incendie, les voisins sont revenus."),
        ("fr", "Il y a deux ans et demi, tout allait bien."),
        ("it", "Tre giorni dopo l'incendio i vicini sono tornati."),
        ("pt", "No dia seguinte à votação, o ministro pediu desculpas."),
        ("pt", "Ele mora aqui há três anos."),
        ("pl", "Kilka dni temu było cicho."),
        ("pl", "Następnego dnia po wyborach było cicho."),
        ("ru", "Мост закрыли двадцать три дня назад."),
        ("ru", "Несколько недель назад было тихо."),
        ("ru", "Через три дня после пожара соседи вернулись."),
        ("tr", "Yangından üç gün sonra komşular döndü."),
        ("tr", "Komşular yirmi üç gün önce döndü."),
        ("ar", "بعد ثلاثة أيام من الحريق عاد الجيران."),
        ("ja", "火事の3日後、住民が戻った。"),
        ("ja", "開会3日前に印刷所が焼けた。"),
        ("ja", "株価は前日比3%高だった。"),
        ("ja", "二十三日前に橋が閉鎖された。"),
        ("ko", "화재 사흘 뒤 주민들이 돌아왔다."),
        ("hi", "आग के तीन दिन बाद पड़ोसी लौटे।"),
    ],
)
def test_a_time_that_is_told_from_something_else_or_lasts_is_left_open(language: str, sentence: str) -> None:
    assert told(sentence, language, near="2019-02-20") == []


def test_the_next_day_is_that_after_the_day_told_before_it_and_open_without_one() -> None:
    text = """Kran stürzt um

Am 20. Februar stürzte am Fischkai ein Kran um, und niemand wurde dabei verletzt.

Am nächsten Tag sperrte die Stadt den Kai. Sie will ihn im Juni öffnen.

Tags darauf war die Stimmung schlecht."""
    source = Source("kai", "article-newspaper", "Kran stürzt um", published=parse_date("2019-03-06"))
    facts = read_coverage(StoryInfo("crane", "Crane"), [(read_article(text), source)]).facts
    assert [fact.glossed for fact in facts] == [
        "Am 20. Februar [20. Februar 2019] stürzte am Fischkai ein Kran um, und niemand wurde dabei verletzt.",
        "Am nächsten Tag [21. Februar 2019] sperrte die Stadt den Kai.",
        "Sie will ihn im Juni öffnen.",
        "Tags darauf [22. Februar 2019] war die Stimmung schlecht.",
    ]
    assert told("Am nächsten Tag sperrte die Stadt den Kai.", "de") == []
