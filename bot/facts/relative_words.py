"""Days and weeks that other languages tell from today, and weekdays as they decline them, by the English words for the same."""

from __future__ import annotations

RELATIVE_WORDS = {
    "today": "heute|hoy|aujourd'hui|oggi|hoje|dziś|dzisiaj|dzisiejszego dnia"
    "|сегодня|сегодняшнего дня|bugün|bugünden|اليوم|今日|本日|きょう",
    "yesterday": "gestern|ayer|hier|ieri|ontem|wczoraj"
    "|wczorajszego dnia|вчера|вчерашнего дня|dün|dünden|أمس|الأمس|البارحة|昨日|きのう",
    "the day before yesterday": "vorgestern|anteayer|antes de ayer|antier|avant-hier|altro ieri|l'altro ieri|ieri l'altro"
    "|anteontem"
    "|przedwczoraj|позавчера|позавчерашнего дня|önceki gün|önceki günden|evvelki gün|أول أمس|أول من أمس"
    "|一昨日|おととい",
    "this week": "diese woche|dieser woche|esta semana|cette semaine|questa settimana|essa semana|tym tygodniu|tego tygodnia"
    "|этой неделе|этой недели|bu hafta|bu haftadan|هذا الأسبوع|今週",
    "last week": "letzte woche|letzter woche|vorige woche|voriger woche|vergangene woche|vergangener woche|semana pasada"
    "|semaine dernière|semaine passée|settimana scorsa|scorsa settimana|semana passada|zeszłym tygodniu|zeszłego tygodnia"
    "|прошлой неделе|прошлой недели|geçen hafta|geçen haftadan|الأسبوع الماضي|先週",
    "this month": "dieser monat|diesem monat|diesen monat|este mes|ce mois|ce mois-ci|questo mese|este mês|esse mês|tym miesiącu"
    "|tego miesiąca|этом месяце|этого месяца|bu ay|bu aydan|هذا الشهر|今月",
    "last month": "letzter monat|letztem monat|letzten monat|mes pasado|mois dernier|mois passé|mese scorso"
    "|scorso mese|mês passado|zeszłym miesiącu|zeszłego miesiąca|прошлом месяце|прошлого месяца|geçen ay"
    "|geçen aydan|الشهر الماضي|先月",
    "monday": "poniedziałku|понедельника|pazartesiden|segunda|月曜",
    "tuesday": "wtorku|вторника|salıdan|terça|火曜",
    "wednesday": "środy|среды|çarşambadan|quarta|水曜",
    "thursday": "czwartku|четверга|perşembeden|quinta|木曜",
    "friday": "piątku|пятницы|cumadan|sexta|金曜",
    "saturday": "soboty|субботы|cumartesiden|土曜",
    "sunday": "niedzieli|воскресенья|pazardan|日曜",
}
ARTICLES = frozenset("el la le lo il o a na w we в во на am den dem der die يوم".split())
"""Words that may stand before one of them and say nothing."""
