"""Questions for what is new since a day in other languages than English: “Was gibt es seit gestern Neues?”, «Что нового?».

In: a question, whole. Out: the day as it was typed, which `bot.facts.typed_dates` reads. One that asks for more, as for what is
new about somebody, is none of these.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_FOLDED = re.compile("[\u0300-\u036f\u0653-\u0655]")  # accents and hamzas, which are often left out
_AROUND = "¿¡?!.,;:…؟。、？！ \u200f\u200e"
_SLOT = "{since}"


@dataclass(frozen=True, slots=True)
class _Forms:
    """How a language asks: ``since`` are the words before a day, ``behind`` those after it, ``near`` days that need neither.

    ``lasting`` begin a time up to now, such as the last three days.

    ``new`` are whole questions, with the places where the day may stand; those of ``changed`` need one.
    """

    since: str
    near: str
    lasting: str
    new: str
    changed: str
    behind: str = ""


_FORMS = (
    _Forms(  # German
        since="seit dem|seit der|seit|ab",
        near="heute|gestern|diese woche",
        lasting="(?:in|während) (?:den|der|dem|dieser|diesem)|im|diesen|dieses|letzte|letzten|vorige",
        new="was (?:ist|gibt es|gibt's|gibts|gibt es denn){since} (?:alles )?neue?s?{since}"
        "|(?:gibt es|gibt's|gibts|ist){since} (?:etwas |was |irgendwas |irgendetwas )?(?:neues|neuigkeiten|neu){since}"
        "|(?:etwas |was )?neue?s{since}|(?:welche )?neuigkeiten(?: gibt es)?{since}",
        changed="was hat sich{since} (?:geändert|verändert|getan){since}",
    ),
    _Forms(  # Spanish
        since="desde el|desde la|desde",
        near="hoy|ayer|esta semana",
        lasting="en (?:los|las|el|la|esta|este)|este|la semana|el mes",
        new="qué (?:hay|ha habido){since} de (?:nuevo|novedades){since}|(?:hay )?(?:algo|algo de) nuevo{since}"
        "|(?:hay |qué )?(?:alguna )?(?:novedad|novedades|noticias)(?: hay)?{since}|qué (?:es lo|hay) nuevo{since}",
        changed="qué (?:ha cambiado|cambió){since}",
    ),
    _Forms(  # French
        since="depuis le|depuis la|depuis",
        near="aujourd'hui|hier|cette semaine",
        lasting="(?:dans|pendant|durant|au cours) (?:les|des|la|le|de la|du|cette|ce)|ces|cette|ce|la semaine|le mois",
        new="(?:quoi|qu'y a-t-il|qu'est-ce qu'il y a){since} de (?:neuf|nouveau){since}"
        "|(?:y a-t-il |il y a |est-ce qu'il y a )?(?:eu )?"
        "(?:du nouveau|du neuf|des nouveautés|des nouvelles|quelque chose de nouveau)"
        "{since}|quelles sont les (?:nouvelles|nouveautés){since}|qu'est-ce qui est nouveau{since}",
        changed="qu'est-ce qui a changé{since}",
    ),
    _Forms(  # Portuguese
        since="desde o|desde a|desde",
        near="hoje|ontem|esta semana|essa semana",
        lasting="n[oa]s?|nest[ea]|est[ea]",
        new="(?:o )?que (?:há|tem|houve){since} de (?:novo|novidades){since}"
        "|(?:há |tem )?(?:algo|alguma coisa) (?:de )?nov[oa]{since}"
        "|(?:há |tem |que )?(?:alguma )?(?:novidade|novidades|notícias)(?: há)?{since}|quais (?:são )?as novidades{since}",
        changed="(?:o )?que mudou{since}",
    ),
    _Forms(  # Italian
        since="dal|dalla|dallo|dagli|dall'|da",
        near="oggi|ieri|questa settimana",
        lasting="ne(?:gli|i|lle|lla|ll'|l)|quest[oa]",
        new="(?:che )?(?:cosa )?c'è{since} di nuovo{since}|(?:c'è )?qualcosa di nuovo{since}"
        "|(?:ci sono |che |quali )?(?:sono le )?(?:novità|notizie)(?: ci sono)?{since}|c'è qualche novità{since}",
        changed="(?:che )?cosa è cambiato{since}",
    ),
    _Forms(  # Polish
        since="od",
        near="dziś|dzisiaj|wczoraj|w tym tygodniu",
        lasting="w (?:ostatnich|ostatnim|tym|tej|zeszlym|zeszłym|ciągu)|przez|w ciągu",
        new="co{since} (?:jest )?nowego{since}|(?:czy )?(?:jest |są )?(?:coś nowego|jakieś nowości|nowości){since}"
        "|jakie są nowości{since}",
        changed="co się{since} zmieniło{since}",
    ),
    _Forms(  # Russian
        since="с|со",
        near="сегодня|вчера|на этой неделе",
        lasting="за|в (?:последние|этом|прошлом|течение)|на (?:этой|прошлой)",
        new="(?:а )?что(?: есть)?{since} нов(?:ого|енького){since}"
        "|(?:есть )?(?:ли )?(?:что-то новое|что-нибудь новое|новости){since}"
        "|(?:есть|появилось)(?: ли)? что-(?:то|нибудь) новое{since}|какие (?:есть )?новости{since}",
        changed="что{since} изменилось{since}",
    ),
    _Forms(  # Turkish
        since="",
        behind=" beri| bu yana",
        near="bugün|dün|bu hafta",
        lasting="son|bu|geçen",
        new="{since}(?:yeni ne var|yeni neler var|ne yeni|neler yeni|yenilik var mı|yeni bir şey var mı|yeni haber var mı)",
        changed="{since}(?:ne|neler) değişti",
    ),
    _Forms(  # Arabic
        since="منذ|من",
        near="اليوم|أمس|هذا الأسبوع",
        lasting="خلال|في|هذا|هذه|آخر",
        new="(?:ما|ماذا|ايش|شو)(?: هو| يوجد من| من)? (?:ال)?جديد{since}"
        "|هل (?:هناك|يوجد|من) (?:شيء |أي )?(?:جديد|أخبار|مستجدات){since}"
        "|ما (?:هي )?(?:آخر )?(?:ال)?(?:أخبار|مستجدات){since}",
        changed="(?:ماذا|ما الذي) تغير{since}",
    ),
    _Forms(  # Japanese
        since="",
        behind="からの?|以来の?|以降の?|以後の?",
        near="今日の?|昨日の?|今週の?|きょうの?|きのうの?",
        lasting="この|ここ|過去|今|先",
        new="{since}(?:何か)?(?:新しい(?:こと|情報|ニュース|事実|もの)|新着(?:情報)?|新情報|最新情報|ニュース|変わったこと)"
        "(?:は|が)?(?:何)?(?:か)?(?:ありますか|ありましたか|あるか|ある|あった|ですか|何ですか)?"
        "|{since}何が新しい(?:の|んですか|のですか|ですか)?",
        changed="{since}(?:何が)(?:変わりましたか|変わった|変わりました)(?:か|の)?",
    ),
)


def news_asked_for(question: str) -> str | None:
    """Return the day since which a question asks what is new, as typed: "" where it names none; None for another question."""
    folded = _folded(question)
    for pattern, needs_day in _patterns():
        match = pattern.fullmatch(folded)
        if match is not None:
            day = next(filter(None, match.groups()), "")
            if day or not needs_day:
                return day.removesuffix("の")
    return None


def _folded(text: str) -> str:
    """Return a text as it is compared: in lower case, without accents, and without the marks around it."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("ı", "i")
    plain = unicodedata.normalize("NFC", _FOLDED.sub("", unicodedata.normalize("NFD", plain)))
    return " ".join(plain.split()).strip(_AROUND)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Return the patterns of all questions, and of each whether it needs a day."""
    return tuple(_compiled())


def _compiled() -> Iterator[tuple[re.Pattern[str], bool]]:
    for forms in _FORMS:
        near = rf"{_in_pattern(forms.near)}|(?:{_in_pattern(forms.lasting)}){'' if '今' in forms.near else ' '}.+?"
        if forms.behind:
            slot = rf"(?:(.+?)(?:{_in_pattern(forms.behind)})[ 、,]*|({near})[ 、,]*)?"
        else:
            slot = rf"(?: (?:{_in_pattern(forms.since)})(?: |(?<='))(.+?)| ({near}))?"
        for questions, needs_day in ((forms.new, False), (forms.changed, True)):
            yield re.compile(f"(?:{_in_pattern(questions).replace(_SLOT, slot)})"), needs_day


def _in_pattern(words: str) -> str:
    """Return alternatives of a pattern as `_folded` leaves words, with their blanks and marks as they are."""
    plain = unicodedata.normalize("NFD", words.casefold().replace("ı", "i"))
    return unicodedata.normalize("NFC", _FOLDED.sub("", plain))
