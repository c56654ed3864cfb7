"""Times that are told from today in several words, as people type them in eleven languages."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import DateError
from bot.facts.relative_periods import period_in_english, plain
from bot.facts.typed_dates import typed_date, typed_period

THURSDAY = date(2026, 12, 3)

SINCE = {
    "2026-12-02": "since yesterday|seit gestern|desde ayer|depuis hier|da ieri|desde ontem|od wczoraj"
    "|со вчерашнего дня|dünden beri"
    "|منذ أمس|昨日から|past 24 hours|in den letzten 24 Stunden|las últimas 24 horas|les dernières 24 heures"
    "|nelle ultime 24 ore"
    "|nas últimas 24 horas|ostatnie 24 godziny|за последние 24 часа|son 24 saat|آخر 24 ساعة|過去24時間|od środy"
    "|с прошлой среды",
    "2026-12-01": "dall'altro ieri|depuis avant-hier|od przedwczoraj|evvelsi günden beri|منذ يومين|vor zwei Tagen"
    "|since 2 days"
    "|faz dois dias|since the beginning of the month|seit Monatsanfang|desde principios de mes|depuis le début du mois"
    "|dall'inizio del mese|desde o início do mês|od początku miesiąca|с начала месяца|ay başından beri|منذ بداية الشهر"
    "|今月の初めから",
    "2026-11-30": "since last Monday|seit letztem Montag|seit dem letzten Montag|desde el lunes pasado|el pasado lunes"
    "|lundi dernier|depuis lundi dernier|da lunedì scorso|lo scorso lunedì|desde segunda-feira passada"
    "|na última segunda-feira"
    "|od zeszłego poniedziałku|w zeszły poniedziałek|с прошлого понедельника|в прошлый понедельник|geçen pazartesiden beri"
    "|منذ الاثنين الماضي|この前の月曜日|3 days ago|last 3 days|for three days|the last few days|seit drei Tagen|vor 3 Tagen"
    "|die letzten drei Tage|seit ein paar Tagen|in den letzten Tagen|desde hace tres días|los últimos tres días"
    "|il y a 3 jours"
    "|les trois derniers jours|ces derniers jours|tre giorni fa|negli ultimi tre giorni|há três dias|3 dias atrás"
    "|trzy dni temu"
    "|przez ostatnie trzy dni|три дня назад|за последние три дня|за 3 дня|üç gün önce|üç gündür|son üç gün|قبل ثلاثة أيام"
    "|خلال الأيام الثلاثة الماضية|3日前から|三日前|過去3日間"
    "|ab dieser Woche|desde esta semana|w tym tygodniu|на этой неделе|bu hafta|هذا الأسبوع|今週",
    "2026-11-28": "since the weekend|seit dem Wochenende|desde el fin de semana|depuis le week-end|dal fine settimana"
    "|desde o fim de semana|od weekendu|с выходных|hafta sonundan beri|منذ عطلة نهاية الأسبوع|週末から",
    "2026-11-26": "seit einer Woche|hace una semana|il y a une semaine|depuis une semaine|una settimana fa|da una settimana"
    "|há uma semana|tydzień temu|od tygodnia|неделю назад|за неделю|bir hafta önce|bir haftadır|قبل أسبوع|一週間前から",
    "2026-11-24": "since Tuesday last week|seit Dienstag letzter Woche|先週の火曜日から|geçen hafta salı",
    "2026-11-23": "past week|in der letzten Woche|la última semana|la semaine passée|dalla scorsa settimana"
    "|w ubiegłym tygodniu"
    "|за последнюю неделю|geçen haftadan beri|منذ الأسبوع الماضي|先週から",
    "2026-11-19": "past 2 weeks|seit zwei Wochen|las últimas dos semanas|ces deux dernières semaines|due settimane fa"
    "|duas semanas atrás|od dwóch tygodni|две недели назад|iki haftadır|منذ أسبوعين|この2週間",
    "2026-11-18": "depuis quinze jours|depuis 15 jours",
    "2026-11-01": "seit letztem Monat|depuis un mois|miesiąc temu|за месяц|bir aydan beri|قبل شهر|1か月前",
    "2026-10-01": "seit letztem Oktober|desde octubre pasado|depuis octobre dernier|dallo scorso ottobre"
    "|od zeszłego października"
    "|с прошлого октября|geçen ekimden beri|منذ أكتوبر الماضي",
    "2026-05-03": "seit dem 3. Mai|desde el 3 de mayo|depuis le 3 mai|dal 3 maggio|desde o dia 3 de maio|od 3 maja|с 3 мая"
    "|3 Mayıs'tan beri|منذ 3 مايو|5月3日から",
    "2026-01-01": "since the start of the year|seit Jahresanfang|este año|cette année|quest'anno|desde o começo do ano"
    "|w tym roku|с начала года|bu yıl|هذا العام|今年|seit Januar|ocaktan beri|1月から",
    "2025-01-01": "seit letztem Jahr|desde el año pasado|l'an dernier|dall'anno scorso|no ano passado|od zeszłego roku"
    "|с прошлого года|geçen yıl|منذ العام الماضي|去年から",
}


@pytest.mark.parametrize(("day", "typed"), SINCE.items())
def test_the_day_since_which_somebody_asks_is_read_in_all_languages(day: str, typed: str) -> None:
    with time_machine.travel("2026-12-03T12:00:00+00:00"):
        for text in typed.split("|"):
            period = typed_period(text, None, THURSDAY, past=True, since=True)
            assert (period.first, text) == (int(day.replace("-", "")), text)


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("letzten Montag", "2026-11-30"),
        ("seit letztem Montag", "2026-11-30/.."),
        ("in den letzten drei Tagen", "2026-11-30/2026-12-03"),
        ("il y a 3 jours", "2026-11-30"),
        ("la última semana", "2026-11-23/2026-11-29"),
        ("прошлым летом", None),
        ("drei Tage", None),  # a length of time, and no date
        ("vor Montag", None),
        ("vor letzter Woche", None),
        ("do poniedziałku", None),
        ("قبل الاثنين", None),
        ("letzter gestern", None),
        ("Montag Dienstag", None),
        ("3 4 Tage vor", None),
        ("0 Tage vor", None),
        ("letzter letzter letzter letzter letzter letzter letzter letzter letzter letzter letzter letzter Montag", None),
        ("この", None),
        ("3月先週", None),
    ],
)
def test_a_date_is_read_as_it_is_in_english_or_not_at_all(typed: str, edtf: str | None) -> None:
    with time_machine.travel("2026-12-03T12:00:00+00:00"):
        if edtf is None:
            with pytest.raises(DateError):
                typed_date(typed, THURSDAY)
        else:
            assert typed_date(typed, THURSDAY).date.edtf == edtf


@given(st.lists(st.sampled_from("seit letzten 3 drei Tagen Woche 先 週 前 のMontag gestern ' 　".split(" "))), st.booleans())
def test_any_words_are_read_or_refused(words: list[str], since: bool) -> None:
    for text in (" ".join(words), "".join(words)):
        period_in_english(plain(text), {"montag": "Monday"}, since=since)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    period_in_english(plain(text), {})
