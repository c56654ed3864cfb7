"""Dates as people type them in other languages than English."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editing.form_fields import read_date
from bot.errors import DateError
from bot.facts.typed_dates import leaves_year_out, typed_date

TODAY = date(2021, 12, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "3. März 2021",
        "Mittwoch, den 3. März 2021",
        "3 de marzo de 2021",
        "miércoles 3 de marzo de 2021",
        "le 3 mars 2021",
        "3 de março de 2021",
        "3 marzo 2021",
        "3 marca 2021 r.",
        "3 марта 2021 г.",
        "3 Mart 2021",
        "3 آذار 2021",
        "٣ مارس ٢٠٢١",
        "3 मार्च 2021",
        "३ मार्च २०२१",
        "2021年3月3日",
        "2021년 3월 3일",
    ],
)
def test_a_form_reads_a_day_in_twelve_languages(typed: str) -> None:
    day = read_date(typed, TODAY)
    assert day is not None
    assert day.edtf == "2021-03-03"


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("3.–5. März 2021", "2021-03-03/2021-03-05"),
        ("vom 3. März bis 2. April 2021", "2021-03-03/2021-04-02"),
        ("del 3 al 5 de marzo de 2021", "2021-03-03/2021-03-05"),
        ("du 1er au 5 mars 2021", "2021-03-01/2021-03-05"),
        ("с 3 по 5 марта 2021", "2021-03-03/2021-03-05"),
        ("2021年3月3日から2021年5月2日まで", "2021-03-03/2021-05-02"),
        ("Jänner 2020", "2020-01"),
        ("كانون الثاني 2021", "2021-01"),
        ("2021年3月", "2021-03"),
        ("2021年", "2021"),
    ],
)
def test_spans_months_and_years_are_read_too(typed: str, edtf: str) -> None:
    assert typed_date(typed, TODAY).date.edtf == edtf


DAYS = {
    "yesterday": "gestern|ayer|hier|ieri|ontem|wczoraj|вчера|вчерашнего дня|dün|أمس|昨日",
    "today": "heute|hoy|aujourd’hui|oggi|hoje|dziś|сегодня|bugün|اليوم|今日",
    "the day before yesterday": "vorgestern|anteayer|avant-hier|l’altro ieri|anteontem|przedwczoraj|позавчера|önceki gün|أول أمس"
    "|一昨日",
    "last week": "letzte Woche|la semana pasada|la semaine dernière|la settimana scorsa|a semana passada|w zeszłym tygodniu"
    "|на прошлой неделе|geçen hafta|الأسبوع الماضي|先週",
    "last month": "letzten Monat|el mes pasado|le mois dernier|il mese scorso|o mês passado|zeszłego miesiąca|прошлом месяце"
    "|geçen ay|الشهر الماضي|先月",
    "monday": "Montag|am Montag|el lunes|lundi|lunedì|segunda-feira|poniedziałek|poniedziałku|понедельник|понедельника"
    "|pazartesi|يوم الاثنين|月曜日",
}


@pytest.mark.parametrize(("english", "typed"), DAYS.items())
def test_days_told_from_today_are_those_of_english(english: str, typed: str) -> None:
    assert {typed_date(day, TODAY).date.edtf for day in typed.split("|")} == {typed_date(english, TODAY).date.edtf}


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(DateError):
        typed_date(text, TODAY)


def test_a_year_that_is_left_out_is_the_nearest() -> None:
    assert typed_date("3. März", date(2021, 4, 1)).date.edtf == "2021-03-03"
    assert leaves_year_out("3 марта")
    assert not leaves_year_out("3 марта 2021")


@pytest.mark.parametrize("typed", ["demnächst", "30. Februar 2021", "2021年13月", "seit 2017", "bis", "de", "Marta", "から"])
def test_what_is_no_date_or_not_surely_read_is_refused(typed: str) -> None:
    with pytest.raises(DateError):
        typed_date(typed, TODAY)
