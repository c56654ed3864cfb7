"""Weekdays in other languages: which of their name they are, by the words around them and the tense of their clause."""

from __future__ import annotations

from datetime import date

import pytest

from bot.drafting.other_dates import dates_in_language
from bot.facts.dates import parse_date

PUBLISHED = date(2019, 3, 6)  # a Wednesday


def days(sentence: str, language: str, published: date = PUBLISHED, near: str | None = None) -> list[str | None]:
    told = dates_in_language(sentence, published, language, parse_date(near) if near else None)
    return [dated.date.edtf if dated.date is not None else None for dated in told]


@pytest.mark.parametrize(
    ("language", "sentence", "day"),
    [
        ("de", "Am Freitag stürzte am Fischkai ein Kran um.", "2019-03-01"),
        ("de", "Die Polizei nahm am Montagabend zwei Männer fest.", "2019-03-04"),
        ("de", "Der Minister ist am Dienstag zurückgetreten.", "2019-03-05"),
        ("de", "Zwei Menschen wurden am Samstag verletzt, wie die Stadt mitteilte.", "2019-03-02"),
        ("de", "Sommer sagte am Freitag, sie wisse von nichts.", "2019-03-01"),
        ("de", "Am vergangenen Freitag tagte der Rat.", "2019-03-01"),
        ("de", "Die Sitzung ist am kommenden Freitag.", "2019-03-08"),
        ("es", "El domingo fueron detenidas tres personas en el puerto.", "2019-03-03"),
        ("pt", "O conselho aprovou na segunda-feira o orçamento.", "2019-03-04"),
        ("ru", "Совет в понедельник утвердил бюджет.", "2019-03-04"),
        ("tr", "Polis pazar günü üç kişiyi gözaltına aldı.", "2019-03-03"),
        ("nl", "Vrijdag werd de brug gesloten.", "2019-03-01"),
        ("nl", "De brug is afgelopen vrijdag gesloten.", "2019-03-01"),
        ("es", "El viernes cayó una grúa en el muelle.", "2019-03-01"),
        ("es", "La alcaldesa dimitió el lunes pasado.", "2019-03-04"),
        ("es", "La grúa cayó el pasado viernes.", "2019-03-01"),
        ("es", "El ministro dijo que el viernes detuvieron a dos personas.", "2019-03-01"),
        ("es", "El sábado, dos personas murieron en el muelle.", "2019-03-02"),
        ("es", "La reunión será el próximo viernes.", "2019-03-08"),
        ("fr", "La maire a démissionné vendredi.", "2019-03-01"),
        ("fr", "Vendredi, une grue est tombée sur le quai.", "2019-03-01"),
        ("fr", "La police a arrêté deux hommes vendredi dernier.", "2019-03-01"),
        ("it", "La gru è caduta venerdì sul molo.", "2019-03-01"),
        ("it", "Venerdì sera la polizia ha arrestato due uomini.", "2019-03-01"),
        ("it", "Lo scorso sabato la sindaca si è dimessa.", "2019-03-02"),
        ("pt", "O guindaste caiu na sexta-feira.", "2019-03-01"),
        ("pt", "Na última sexta-feira a prefeita renunciou.", "2019-03-01"),
        ("pt", "Duas pessoas foram presas no sábado.", "2019-03-02"),
        ("pl", "W piątek dźwig przewrócił się na nabrzeżu.", "2019-03-01"),
        ("pl", "W sobotę zatrzymano dwóch mężczyzn.", "2019-03-02"),
        ("pl", "We wtorek burmistrz zrezygnowała.", "2019-03-05"),
        ("ru", "В пятницу на набережной упал кран.", "2019-03-01"),
        ("ru", "Полиция задержала двоих в минувшую субботу.", "2019-03-02"),
        ("ru", "Во вторник мэр подала в отставку.", "2019-03-05"),
        ("tr", "Vinç cuma günü iskelede devrildi.", "2019-03-01"),
        ("tr", "Belediye başkanı geçen cuma istifa etti.", "2019-03-01"),
        ("ar", "سقطت الرافعة الجمعة على الرصيف.", "2019-03-01"),
        ("ar", "استقالت رئيسة البلدية يوم الجمعة الماضي.", "2019-03-01"),
        ("hi", "क्रेन शुक्रवार को घाट पर गिर गई।", "2019-03-01"),
        ("ja", "クレーンは金曜日に岸壁で倒れた。", "2019-03-01"),
        ("ja", "先週の金曜日、市長が辞任した。", "2019-03-01"),
        ("ko", "크레인이 금요일에 부두에서 쓰러졌다.", "2019-03-01"),
        ("ko", "지난 금요일 시장이 사임했다.", "2019-03-01"),
    ],
)
def test_a_weekday_is_the_one_that_its_sentence_makes_certain(language: str, sentence: str, day: str) -> None:
    assert days(sentence, language) == [day]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Am Freitag will der Rat entscheiden."),
        ("de", "Am Freitag entscheidet der Rat."),
        ("de", "Sie sagte, sie komme am Freitag."),
        ("de", "Die für Freitag geplante Sitzung wurde abgesagt."),
        ("de", "Der Markt war bis Freitag offen und jeden Montag geschlossen."),
        ("de", "Der Kran stürzte am Freitag vergangener Woche um."),
        ("de", "Der am Freitag gewählte Rat trifft sich bald."),
        ("ja", "土曜日に学校が休みになると市が発表した。"),
        ("ko", "토요일에 학교가 쉰다고 시가 밝혔다."),
        ("es", "El lunes o el martes cayó la grúa."),
        ("de", "Am nächsten Freitag tagte der Rat."),
        ("es", "El viernes habrá una reunión."),
        ("es", "El viernes se reúne el consejo, que aplazó la votación."),
        ("es", "La huelga prevista el viernes fue cancelada."),
        ("es", "El viernes, según la alcaldesa, se reúne el consejo."),
        ("es", "El viernes, el consejo vota, dijo Ruiz."),
        ("es", "El Viernes Santo cayó una grúa."),
        ("fr", "Le conseil se réunira vendredi."),
        ("fr", "Le vendredi, le marché était fermé."),
        ("fr", "La réunion prévue vendredi a été annulée."),
        ("fr", "Elle l'avait annoncé samedi soir à la presse."),  # it may be what is announced
        ("fr", "Il a promis qu'il viendrait vendredi."),
        ("it", "Il consiglio si riunisce venerdì."),
        ("it", "Ha detto che venerdì incontrerà la sindaca."),
        ("pt", "A votação será na sexta-feira."),
        ("pt", "Disse que na sexta-feira encontrará a prefeita."),
        ("pl", "W piątek rada zagłosuje."),
        ("pl", "W piątek odbędzie się sesja, którą zapowiedziała burmistrz."),
        ("ru", "В пятницу суд рассмотрит дело."),
        ("ru", "В пятницу суд рассмотрит жалобу, которую подала Орлова."),
        ("ru", "Каждую пятницу рынок был закрыт."),
        ("ru", "Представители города в пятницу встретятся с водителями."),
        ("tr", "Meclis cuma günü toplanacak."),
        ("tr", "Cuma günü yapılacak toplantı ertelendi."),
        ("ar", "سيجتمع المجلس الجمعة."),
        ("hi", "परिषद शुक्रवार को बैठक करेगी।"),
        ("ja", "金曜日に市議会が開かれる。"),
        ("ja", "金曜日に開かれる会議が延期された。"),
        ("ja", "毎週金曜日に市場が開かれた。"),
        ("ko", "금요일에 회의가 열린다."),
        ("ko", "금요일에 열릴 회의가 연기됐다."),
    ],
)
def test_a_weekday_that_may_be_to_come_or_is_one_of_many_is_left_open(language: str, sentence: str) -> None:
    assert not any(days(sentence, language))


def test_last_friday_is_open_in_the_week_of_a_friday_where_it_may_be_the_one_before() -> None:
    sunday = date(2019, 3, 10)
    assert days("Am letzten Freitag fiel der Kran um.", "de", sunday) == [None]
    assert days("Le conseil a voté vendredi dernier.", "fr", sunday) == ["2019-03-08"]
    assert days("Am letzten Freitag fiel der Kran um.", "de", date(2019, 3, 11)) == ["2019-03-08"]


def test_a_weekday_behind_an_old_date_is_left_open_and_so_is_one_without_a_publication() -> None:
    assert days("Am Freitag stürzte der Kran um.", "de", near="2018-05-01") == []
    assert days("Am Freitag stürzte der Kran um.", "de", near="2019-02-27") == ["2019-03-01"]
    assert dates_in_language("Am Freitag stürzte der Kran um.", None, "de") == ()


def test_a_weekday_beside_a_date_is_that_date() -> None:
    assert days("Am Freitag, dem 1. März, stürzte der Kran um.", "de") == ["2019-03-01"]
    assert days("Mardi 5 mars, la grue est tombée.", "fr") == ["2019-03-05"]
