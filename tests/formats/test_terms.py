"""The words of citations in the language of who reads them, and titles in their own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.facts.dates import parse_date
from bot.facts.models import Citation, Fact, FactRecord, Source, StoryInfo
from bot.formats.cite import CitedSource, cite_fact, cite_sources
from bot.formats.csl import csl_item
from bot.formats.styles import styled
from bot.languages import LANGUAGES

ARTICLE = Source(
    "hafen", "article-newspaper", "Brücke nach Prüfung gesperrt", "Hafenzeitung", ("Anna Lee", "Bo Sand"),
    parse_date("2021-03-04"), "https://example.org/a", details=(("accessed", "2021-03-05"), ("language", "de")),
)  # fmt: skip
CHAPTER = Source(
    "kais", "chapter", "Die Kais", "Das Hafenbuch", ("Ann Lee", "Bo Sand", "Cy Okoro", "Di Novak"), parse_date("2021-03"),
    details=(("language", "de"), ("editor", "Novak || Di")),
)  # fmt: skip
AT = Citation("hafen", "paragraph", "4")


def test_capitals_are_put_into_english_titles_alone() -> None:
    english = replace(ARTICLE, title="Bridge shut after inspection", details=())
    assert "“Bridge Shut after Inspection.”" in styled(csl_item(english), "mla").entry
    assert "“Brücke nach Prüfung gesperrt.”" in styled(csl_item(ARTICLE), "mla").entry
    spelt_out = replace(english, details=(("language", "English"),))
    assert "“Bridge Shut after Inspection.”" in styled(csl_item(spelt_out), "mla").entry
    assert "Brücke nach Prüfung" in cite_sources([CitedSource(replace(ARTICLE, details=()))], "mla", written_in="de")


@pytest.mark.parametrize(
    ("language", "entry", "in_text"),
    [
        ("de", "4. März 2021. Zugegriffen: 5. März 2021. [Online]. Verfügbar unter: ", "[1, Abs. 4]"),
        ("es", "4 de marzo de 2021. Accedido: 5 de marzo de 2021. [En línea]. Disponible en: ", "[1, Párr. 4]"),
        ("fr", "4 mars 2021. Consulté le: 5 mars 2021. [En ligne]. Disponible sur: ", "[1, Paragr. 4]"),
        ("pt", "4 de março de 2021. Acesso em: 5 de março de 2021. [Online]. Disponível em: ", "[1, Par. 4]"),
        ("it", "4 marzo 2021. Consultato: 5 marzo 2021. [Online]. Disponibile su: ", "[1, Par. 4]"),
        ("pl", "4 marca 2021. Dostęp: 5 marca 2021. [Online]. Dostępne na: ", "[1, Akap. 4]"),
        ("ru", "4 марта 2021 г. Просмотрено: 5 марта 2021 г. [Онлайн]. Доступно на: ", "[1, П. 4]"),
        ("tr", "04 Mart 2021. Erişim: 05 Mart 2021. [Çevrimiçi]. Erişim adresi: ", "[1, Par. 4]"),
        ("ar", "4 مارس، 2021. تاريخ الوصول: 5 مارس، 2021. [مباشر على الإنترنت]. موجود في: ", "[1, فقرة 4]"),
        ("ja", "2021年3月4日. 参照: 2021年3月5日. [オンライン]. 入手先: ", "[1, 段落 4]"),
        ("xx", "Mar. 04, 2021. Accessed: Mar. 05, 2021. [Online]. Available: ", "[1, Para. 4]"),
    ],
)
def test_a_style_speaks_the_language_of_who_reads_it(language: str, entry: str, in_text: str) -> None:
    rendered = styled(csl_item(ARTICLE), "ieee", AT, language=language)
    assert f"Hafenzeitung, {entry}https://example.org/a" in rendered.entry
    assert rendered.in_text == in_text


@pytest.mark.parametrize(
    ("language", "entry", "in_text"),
    [
        ("de", "Die Kais. In D. Novak (Hrsg.), Das Hafenbuch.", "(Lee et al., 2021)"),
        ("es", "Die Kais. En D. Novak (Ed.), Das Hafenbuch.", "(Lee et\N{NO-BREAK SPACE}al., 2021)"),
        ("ru", "Die Kais. В D. Novak (Ред.), Das Hafenbuch.", "(Lee и др., 2021)"),
        ("tr", "Die Kais. İçinde D. Novak (Ed.), Das Hafenbuch.", "(Lee vd., 2021)"),
        ("ja", "Die Kais. D. Novak (編), Das Hafenbuch.", "(Lee ほか, 2021年)"),
        ("ar", "Die Kais. في D. Novak (تحقيق), Das Hafenbuch.", "(Lee وآخرون, 2021)"),
    ],
)
def test_editors_and_others_are_named_in_the_language(language: str, entry: str, in_text: str) -> None:
    rendered = styled(csl_item(CHAPTER), "apa", language=language)
    assert entry in rendered.entry
    assert rendered.in_text == in_text


@pytest.mark.parametrize(
    ("language", "post"),
    [
        ("en", "Online post"),
        ("de", "Post"),
        ("es", "Publicación"),
        ("pl", "Wpis"),
        ("ru", "Публикация"),
        ("ar", "منشور"),
        ("ja", "投稿"),
    ],
)
def test_terms_that_the_csl_project_has_in_english_alone_are_ours(language: str, post: str) -> None:
    told = replace(ARTICLE, type="post", publisher="Chatter")
    assert f"gesperrt [{post}]. Chatter." in styled(csl_item(told), "apa", language=language).entry


@pytest.mark.parametrize(("date", "shown"), [("../2021", "… – 2021"), ("2021-03~", "~März 2021")])
def test_a_date_that_is_said_in_words_is_in_the_language_too(date: str, shown: str) -> None:
    assert shown in styled(csl_item(replace(ARTICLE, published=parse_date(date))), "harvard", language="de").entry


def test_what_no_style_says_is_in_the_language_too() -> None:
    post = Source(
        "post", "post", "Zur Brücke", "Chatter", ("Dan Okoro",), parse_date("2021-03-03"),
        archive="https://web.archive.org/x", note="As quoted by the Hafenzeitung.",
    )  # fmt: skip
    fact = Fact("f", "quote", "Sie ist sicher.", (Citation("post"), AT), date=parse_date("2021-03-03"))
    record = FactRecord(1, 1, StoryInfo("s", "S", language="de"), fact, sources=(post, ARTICLE))
    cited = cite_fact(record, "apa", language="de")
    assert "(Okoro, 2021, zitiert nach Lee & Sand, 2021, Abs. 4)" in cited
    assert "\nArchiviert unter https://web.archive.org/x\nZitiert nach Lee, A., & Sand, B. (2021, 4. März)." in cited
    message = cite_fact(record, "markdown", language="de")
    assert "— 3\\. März 2021" in message
    assert "4\\. März 2021, Absatz 4" in message
    assert "zitiert nach Hafenzeitung ([archiviert](" in message


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_of_the_interface_has_its_own_words(language: str) -> None:
    archived = replace(ARTICLE, archive="https://web.archive.org/x")
    cited = cite_sources([CitedSource(archived)], "harvard", language=language)
    assert ("Archived at" in cited) == ("Available at" in cited) == (language == "en")


@pytest.mark.parametrize(
    ("language", "edition"),
    [
        ("en", "2nd ed."),
        ("de", "2. Aufl."),
        ("es", "2.ª ed."),
        ("fr", "2ᵉ éd."),
        ("it", "2º ed."),
        ("pl", "2. wyd."),
        ("ru", "2-е изд."),
    ],
)
@pytest.mark.parametrize("style", ["apa", "mla", "chicago", "ieee"])
def test_an_edition_is_numbered_as_in_the_language(language: str, edition: str, style: str) -> None:
    book = Source("b", "book", "Harbours", "Quay Books", ("Ann Lee",), parse_date("1999"), details=(("edition", "2"),))
    assert edition in styled(csl_item(book), style, language=language).entry


@pytest.mark.parametrize(
    ("language", "title", "printed"),
    [
        ("de", '"Never again", says the mayor', "„‚Never Again‘, Says the Mayor“. Gazette 2: 11–19."),
        ("de", "Who runs the line?", "„Who Runs the Line?“ Gazette 2: 11–19."),
        ("de", "Calling it 'home'", "„Calling It ‚Home‘“. Gazette 2: 11–19."),
        ("fr", "Who runs the line?", "«\N{NO-BREAK SPACE}Who Runs the Line?\N{NO-BREAK SPACE}» Gazette 2: 11‑19."),
        ("es", "Who runs the line?", "«Who Runs the Line?» Gazette 2: 11-19."),
        ("en", "Who runs the line?", "“Who Runs the Line?” Gazette 2: 11–19."),
    ],
)
def test_the_marks_of_a_language_stand_around_and_within_titles_and_between_pages(
    language: str, title: str, printed: str
) -> None:
    details = (("page", "11-19"), ("volume", "2"))
    article = Source("a", "article-journal", title, "Gazette", ("Ann Lee",), parse_date("1999"), details=details)
    assert styled(csl_item(article), "chicago", language=language).entry == f"Lee, Ann. 1999. {printed}"
