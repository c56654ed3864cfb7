"""The words that citations have beside those of a style, in the languages in which citations are given.

The words of the styles themselves ("accessed", "et al.") are those of the CSL project's locales, which come with citeproc-py.
Here are those for which it has no terms, those that are wanted without it, and the commonest that it has in English alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of a language; ``locators`` has the labels of places in a source that are not as in English."""

    as_cited_in: str = "as cited in"
    archived_at: str = "Archived at"
    archived: str = "archived"
    at: str = "at"
    locators: Mapping[str, str] = field(default_factory=dict)


def _places(page: str, paragraph: str, section: str, line: str) -> dict[str, str]:
    return {"page": page, "paragraph": paragraph, "section": section, "line": line}


ENGLISH = Terms()
TERMS = {
    "de": Terms("zitiert nach", "Archiviert unter", "archiviert", "bei", _places("Seite", "Absatz", "Abschnitt", "Zeile")),
    "es": Terms("citado en", "Archivado en", "archivado", "en", _places("página", "párrafo", "sección", "línea")),
    "fr": Terms("cité dans", "Archivé sur", "archivé", "à", _places("page", "paragraphe", "section", "ligne")),
    "pt": Terms("citado em", "Arquivado em", "arquivado", "em", _places("página", "parágrafo", "seção", "linha")),
    "it": Terms("citato in", "Archiviato su", "archiviato", "a", _places("pagina", "paragrafo", "sezione", "riga")),
    "pl": Terms("cyt. za", "Kopia archiwalna:", "kopia archiwalna", "przy", _places("strona", "akapit", "sekcja", "wiersz")),
    "ru": Terms("цит. по", "Архивная копия:", "архивная копия", "на", _places("страница", "абзац", "раздел", "строка")),
    "tr": Terms("aktaran", "Arşiv:", "arşivde", "yer:", _places("sayfa", "paragraf", "bölüm", "satır")),
    "ar": Terms("كما ورد في", "مؤرشف في", "مؤرشف", "عند", _places("صفحة", "فقرة", "قسم", "سطر")),
    "ja": Terms("引用元:", "アーカイブ:", "アーカイブ", "位置:", _places("ページ", "段落", "節", "行")),
}

_OF_MONTHS = {"ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"}
_CSL = {
    "de": {"review-of": "Rezension von"},
    "es": {
        "article-locator": "artículo", "broadcast": "emisión", "dataset": "conjunto de datos",
        "motion_picture": "grabación de vídeo", "number short": "n.º", "post": "publicación", "review-of": "reseña de",
        "song": "grabación de audio",
    },
    "it": {"broadcast": "trasmissione", "number short": "n.", "review-of": "recensione di"},
    "pl": {
        "broadcast": "audycja", "dataset": "zbiór danych", "motion_picture": "nagranie wideo", "post": "wpis",
        "song": "nagranie dźwiękowe",
    },
    "ru": {
        "article-locator": "статья", "broadcast": "передача", "dataset": "набор данных", "motion_picture": "видеозапись",
        "number short": "№", "post": "публикация", "review-of": "рецензия на", "song": "аудиозапись",
    },
    "ar": {
        "article-locator": "مقال", "broadcast": "بث", "dataset": "مجموعة بيانات", "motion_picture": "تسجيل فيديو",
        "number short": "العدد", "post": "منشور", "review-of": "مراجعة", "song": "تسجيل صوتي",
    },
    "ja": {"review-of": "書評:"},
}  # fmt: skip
"""Terms of CSL by their names, and their forms where these are not the long ones."""


def csl_term(language: str, name: str, form: str | None) -> str | None:
    """Return a common term of CSL that the CSL project's locale of a language has in English; None for any other."""
    return _CSL.get(language, {}).get(f"{name} {form}" if form else name)


def months_of_days(language: str) -> list[str]:
    """Return the names of the months beside a day, where a language has others there than CSL has; [] where it has not."""
    return _OF_MONTHS.get(language, "").split()


def terms_in(language: str) -> Terms:
    """Return the words of a language, English ones where it has none here."""
    return TERMS.get(language, ENGLISH)
