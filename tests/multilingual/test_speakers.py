"""Whose a quotation is: named where a pattern makes it certain, open where anything else may be meant."""

from __future__ import annotations

import pytest

from bot.english.quotation_marks import quoted_spans
from bot.multilingual.speakers import speakers_of

NAMES = ("佐藤", "آنا سالم", "अनीता राव", "김민수", "Летова", "Ruiz", "Anne Leroy")

CERTAIN = [
    ("de", "„Wir haben nichts gewusst“, sagte Anna Sommer.", "Anna Sommer"),
    ("de", "„Wir haben nichts gewusst“, sagte Bürgermeisterin Anna Sommer am Dienstag.", "Anna Sommer"),
    ("de", "»Wir haben nichts gewusst«, erklärte Hans von der Heide.", "Hans von der Heide"),
    ("de", "Anna Sommer: „Wir haben nichts gewusst.“", "Anna Sommer"),
    ("de", "Anna Sommer sagte: „Wir haben nichts gewusst.“", "Anna Sommer"),
    ("es", "«No sabíamos nada», dijo Ana García.", "Ana García"),
    ("es", "«No sabíamos nada», dijo la alcaldesa Ana García el martes.", "Ana García"),
    ("es", "«No sabíamos nada», dijo Ruiz.", "Ruiz"),
    ("fr", "« Nous ne savions rien », a déclaré Anne Leroy.", "Anne Leroy"),
    ("fr", "« Nous ne savions rien », a déclaré la maire Marie Dubois à la presse.", "Marie Dubois"),
    ("it", "«Non sapevamo nulla», ha detto la sindaca Anna Bianchi.", "Anna Bianchi"),
    ("pt", "“Não sabíamos de nada”, disse a prefeita Ana Lima.", "Ana Lima"),
    ("pl", "„Nic nie wiedzieliśmy” — powiedziała Anna Kowalska.", "Anna Kowalska"),
    ("ru", "«Мы ничего не знали», — сказала Анна Белова.", "Анна Белова"),
    ("ru", "«Мы ничего не знали», — сказала Летова.", "Летова"),
    ("ru", "«Мы ничего не знали», — заявил Сергей Белов.", "Сергей Белов"),
    ("de", "Bürgermeisterin Anna Sommer sagte: „Wir haben nichts gewusst.“", "Anna Sommer"),
    ("es", "Ana García: «No sabíamos nada».", "Ana García"),
    ("tr", "“Hiçbir şey bilmiyorduk” dedi Ayşe Kaya.", "Ayşe Kaya"),
    ("tr", "Ayşe Kaya “Hiçbir şey bilmiyorduk” dedi.", "Ayşe Kaya"),
    ("ja", "「何も知らなかった」と佐藤市長は述べた。", "佐藤"),
    ("ja", "佐藤氏は「何も知らなかった」と語った。", "佐藤"),
    ("ko", "“아무것도 몰랐다”고 김민수 시장은 말했다.", "김민수"),
    ("ko", "김민수 씨는 “아무것도 몰랐다”고 밝혔다.", "김민수"),
    ("ar", "«لم نكن نعلم شيئا»، قالت آنا سالم.", "آنا سالم"),
    ("ar", "قالت آنا سالم: «لم نكن نعلم شيئا».", "آنا سالم"),
    ("hi", "“हमें कुछ पता नहीं था,” अनीता राव ने कहा।", "अनीता राव"),
    ("hi", "अनीता राव ने कहा, “हमें कुछ पता नहीं था।”", "अनीता राव"),
]

OPEN = [
    ("de", "„Wir haben nichts gewusst“, sagte sie."),
    ("de", "„Wir haben nichts gewusst“, sagte die Polizei."),
    ("de", "„Wir haben nichts gewusst“, sagte Bürgermeister Müller."),
    ("de", "„Wir haben nichts gewusst“, sagte Annas Sprecher."),
    ("de", "„Wir haben nichts gewusst“, sagte der Sprecher von Anna Sommer."),
    ("de", "„Wir haben nichts gewusst“, sagten Anna Sommer und Hans Klein."),
    ("de", "„Wir haben nichts gewusst“, sagte Anna Sommer und Hans Klein nickte."),
    ("es", "«No sabíamos nada», dijo el portavoz de Ana García."),
    ("es", "«No sabíamos nada», dijo a Ana García."),
    ("es", "«No sabíamos nada», dijo Ana García y Juan Pérez."),
    ("fr", "« Nous ne savions rien », a déclaré le porte-parole de Marie Dubois."),
    ("fr", "« Nous ne savions rien », a déclaré Mme Dubois."),
    ("fr", "« Nous ne savions rien », a-t-elle dit."),
    ("it", "«Non sapevamo nulla», ha detto a Anna Bianchi."),
    ("pt", "“Não sabíamos de nada”, disse a Ana Lima."),
    ("pl", "„Nic nie wiedzieliśmy” — powiedział Annie Kowalskiej."),
    ("ru", "«Мы ничего не знали», — сказал представитель Анны Беловой."),
    ("ru", "«Мы ничего не знали», — сказал Анне Беловой."),
    ("tr", "Ayşe Kaya'nın sözcüsü “Hiçbir şey bilmiyorduk” dedi."),
    ("tr", "Belediye Başkanı “Hiçbir şey bilmiyorduk” dedi."),
    ("ja", "「何も知らなかった」と佐藤市長の広報官は述べた。"),
    ("ja", "「何も知らなかった」と市長は述べた。"),
    ("ja", "「何も知らなかった」と佐藤市長夫人は述べた。"),
    ("ko", "“아무것도 몰랐다”고 김민수 시장의 대변인은 말했다."),
    ("ar", "«لم نكن نعلم شيئا»، قال متحدث باسم آنا سالم."),
    ("hi", "“हमें कुछ पता नहीं था,” अनीता राव के प्रवक्ता ने कहा।"),
    ("de", "An Anna Sommer: „Wir haben nichts gewusst.“"),
    ("es", "Según Ana García: «No sabíamos nada»."),
    ("ru", "Потом Анна Белова: «Мы ничего не знали»."),
    ("nl", "‘Wij wisten van niets’, zei Anna Jansen."),
]


def speaker(language: str, text: str) -> str | None:
    (name,) = speakers_of(text, quoted_spans(text), language, NAMES)
    return name


@pytest.mark.parametrize(("language", "text", "name"), CERTAIN)
def test_a_name_beside_a_verb_of_saying_speaks(language: str, text: str, name: str) -> None:
    assert speaker(language, text) == name


@pytest.mark.parametrize(("language", "text"), OPEN)
def test_whatever_may_mean_somebody_else_is_left_open(language: str, text: str) -> None:
    assert speaker(language, text) is None
