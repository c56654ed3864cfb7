"""Dates with the names of months in other languages, and what is left open of them."""

from __future__ import annotations

import pytest

from bot.multilingual.dates import WrittenDate, dates_in

Parts = tuple[int | None, int, int | None]


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        ("de", "Am 3. März 2019 fiel der Kran um.", (2019, 3, 3)),
        ("de", "Am 3. März fiel der Kran um.", (None, 3, 3)),
        ("de", "Im März 2019 fiel der Kran um.", (2019, 3, None)),
        ("es", "El 3 de marzo de 2019 cayó la grúa.", (2019, 3, 3)),
        ("fr", "Le 1er mars 2019, la grue est tombée.", (2019, 3, 1)),
        ("it", "Il 3 marzo 2019 la gru è caduta.", (2019, 3, 3)),
        ("pt", "Em 3 de março de 2019 o guindaste caiu.", (2019, 3, 3)),
        ("pl", "Dźwig upadł 3 marca 2019 r.", (2019, 3, 3)),
        ("ru", "Кран упал 3 марта 2019 года.", (2019, 3, 3)),
        ("tr", "Vinç 3 Mart 2019'da devrildi.", (2019, 3, 3)),
        ("ar", "سقطت الرافعة في 3 مارس 2019.", (2019, 3, 3)),
        ("hi", "क्रेन 3 फ़रवरी 2019 को गिरी।", (2019, 2, 3)),
        ("ja", "クレーンは2019年3月3日に倒れた。", (2019, 3, 3)),
        ("ko", "크레인이 2019년 3월 3일에 쓰러졌다.", (2019, 3, 3)),
    ],
)
def test_a_date_is_read_as_it_is_written(language: str, text: str, parts: Parts) -> None:
    (written,) = dates_in(text, language)
    assert (written.year, written.month, written.day) == parts
    assert not written.limits


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Weg ist seit dem 3. März 2019 gesperrt."),
        ("es", "La calle está cerrada desde el 3 de marzo de 2019."),
        ("fr", "La rue est fermée depuis le 3 mars 2019."),
        ("ru", "Улица закрыта с 3 марта 2019 года."),
        ("tr", "Sokak 3 Mart 2019'dan beri kapalı."),
        ("ja", "道は2019年3月3日から閉鎖されている。"),
        ("hi", "सड़क 3 मार्च 2019 से बंद है।"),
    ],
)
def test_a_date_that_only_limits_a_time_says_so(language: str, text: str) -> None:
    (written,) = dates_in(text, language)
    assert written.limits


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Markt war vom 3. bis 5. März 2019 offen."),
        ("de", "Im März war der Markt offen."),
        ("es", "El mar estaba en calma."),
        ("xx", "3 mars 2019"),
    ],
)
def test_what_is_no_single_date_is_left_open(language: str, text: str) -> None:
    assert list[WrittenDate](dates_in(text, language)) == []
