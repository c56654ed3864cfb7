"""Questions for what is new since a day, in ten languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.multilingual.news_questions import news_asked_for


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Was ist neu?", ""),
        ("Was gibt es seit gestern Neues?", "gestern"),
        ("Was gibt’s Neues seit dem 3. März?", "3. marz"),
        ("Gibt es etwas Neues seit Montag?", "montag"),
        ("Was hat sich seit gestern geändert?", "gestern"),
        ("¿Qué hay de nuevo desde ayer?", "ayer"),
        ("Que hay de nuevo", ""),
        ("¿Qué ha cambiado desde el 3 de marzo?", "3 de marzo"),
        ("Quoi de neuf depuis hier ?", "hier"),
        ("Qu’est-ce qui a changé depuis lundi ?", "lundi"),
        ("O que há de novo desde ontem?", "ontem"),
        ("Há novidades desde segunda-feira?", "segunda-feira"),
        ("Cosa c'è di nuovo da ieri?", "ieri"),
        ("Ci sono novità dall’altro ieri?", "altro ieri"),
        ("Co nowego od wczoraj?", "wczoraj"),
        ("Czy jest coś nowego od poniedziałku?", "poniedziałku"),
        ("Что нового со вчерашнего дня?", "вчерашнего дня"),
        ("Есть ли новости с понедельника?", "понедельника"),
        ("Какие новости сегодня?", "сегодня"),
        ("Dünden beri yeni ne var?", "dunden"),
        ("Bugün yeni bir şey var mı?", "bugun"),
        ("ما الجديد منذ أمس؟", "امس"),
        ("ماذا تغير منذ يوم الاثنين؟", "يوم الاثنين"),
        ("昨日から何か新しいことはありますか？", "昨日"),
        ("昨日から新しいことは？", "昨日"),
        ("昨日から何が新しい？", "昨日"),
        ("昨日以降、何が新しいですか", "昨日"),
        ("今日のニュースは？", "今日"),
        ("3月3日から何が変わりましたか？", "3月3日"),
        ("Was gibt es in den letzten drei Tagen Neues?", "in den letzten drei tagen"),
        ("¿Qué ha cambiado en la última semana?", "en la ultima semana"),
        ("Quoi de neuf ces trois derniers jours ?", "ces trois derniers jours"),
        ("O que há de novo nos últimos dias?", "nos ultimos dias"),
        ("Che c'è di nuovo negli ultimi tre giorni?", "negli ultimi tre giorni"),
        ("Co nowego w ostatnich dniach?", "w ostatnich dniach"),
        ("Что изменилось за неделю?", "за неделю"),
        ("Son üç günde yeni ne var?", "son uc gunde"),
        ("ما الجديد خلال الأيام الثلاثة الماضية؟", "خلال الايام الثلاثة الماضية"),
        ("この3日間で何か新しいことはありますか？", "この3日間で"),
    ],
)
def test_the_day_since_which_news_is_asked_for_is_read(question: str, day: str) -> None:
    assert news_asked_for(question) == day


@pytest.mark.parametrize(
    "question",
    [
        "Was hat sich geändert?",
        "Was ist neu bei Twitter?",
        "Was geschah seit 2016?",
        "¿Qué ha cambiado?",
        "Qu’est-ce qui a changé ?",
        "Что нового у Twitter?",
        "Co nowego w Moskwie?",
        "Was ist in Berlin neu?",
        "Quoi de neuf à Paris ?",
        "ne var?",
        "何が変わりましたか？",
        "Neuilly",
        "",
    ],
)
def test_any_other_question_is_none(question: str) -> None:
    assert news_asked_for(question) is None


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    news_asked_for(text)
