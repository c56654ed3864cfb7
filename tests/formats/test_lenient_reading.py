"""What is taken in of lists that are not as they should be: dates, types, encodings, signs of web pages."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts.limits import MAX_LINE
from bot.facts.models import Source
from bot.formats.source_import import ReadSources, read_sources
from tests.formats.faulty import faults

IN_EACH = pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("x.bib", "@book{lee, title={Bridges}, publisher={Quay}, year={%s}}"),
        ("x.ris", "TY  - BOOK\nID  - lee\nTI  - Bridges\nPB  - Quay\nPY  - %s\nER  - \n"),
        ("x.json", '[{"id": "lee", "type": "book", "title": "Bridges", "publisher": "Quay", "issued": {"raw": "%s"}}]'),
    ],
)
"""An entry of each format, with room for a date."""


@pytest.mark.parametrize("date", ["in press", "soon", "2021-13-45", "the year of the flood", "????"])
@IN_EACH
def test_an_entry_whose_date_cannot_be_read_is_taken_without_it(name: str, entry: str, date: str) -> None:
    read = read_sources((entry % date).encode(), name)
    (source,) = read.sources
    status = (("status", "in press"),) if date == "in press" else ()
    assert source == Source("lee", "book", "Bridges", "Quay", details=status)
    assert read.faults == ()
    (remark,) = read.remarks
    assert (remark.line, f'The date cannot be read: "{date}"' in str(remark)) == (1, True)


@pytest.mark.parametrize("date", ["n.d.", "n. d.", "[n.d.]", "nd", "No date", "undated", "s.d.", "s. f.", "o. J.", "(o.D.)"])
@IN_EACH
def test_an_entry_that_says_it_has_no_date_lacks_nothing(name: str, entry: str, date: str) -> None:
    read = read_sources((entry % date).encode(), name)
    assert (read.sources, read.faults, read.remarks) == ((Source("lee", "book", "Bridges", "Quay"),), (), ())


def test_an_item_without_a_date_among_its_numbers_lacks_nothing() -> None:
    item = {"id": "lee", "type": "book", "title": "Bridges", "issued": {"date-parts": [["n.d."]]}}
    assert read_sources(json.dumps([item]).encode(), "x.json") == ReadSources((Source("lee", "book", "Bridges"),))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("x.bib", "@spaceship{lee, title={Bridges}}", "document"),
        ("x.bib", "@spaceship{lee, title={Bridges}, url={https://example.org/b}}", "webpage"),
        ("x.ris", "TY  - XXXX\nID  - lee\nTI  - Bridges\nER  - \n", "document"),
        ("x.json", '[{"id": "lee", "type": "webpge", "title": "Bridges"}]', "document"),
    ],
)
def test_an_entry_of_an_unknown_type_is_taken_as_a_document(name: str, content: str, kind: str) -> None:
    read = read_sources(content.encode(), name)
    assert ([source.type for source in read.sources], read.faults) == ([kind], ())
    (remark,) = read.remarks
    assert (remark.line, " is not a " in str(remark)) == (1, True)


UMLAUTS = "Fähre über die Öre, 5 %: „São Paulo“ – d’été"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["x.bib", "x.ris", "x.txt"])
def test_lists_of_older_programs_are_read_in_their_encoding(name: str, encoding: str) -> None:
    content = f"TY  - BOOK\nTI  - {UMLAUTS}\nER  - \n"
    if name == "x.bib":
        content = f"@book{{a, title = {{{{{UMLAUTS}}}}}}}".replace("%", r"\%")
    (source,) = read_sources(content.encode(encoding), name).sources
    assert source.title == UMLAUTS


@given(title=st.text(st.characters(min_codepoint=0xA1, max_codepoint=0xFF, exclude_characters="\xad"), min_size=1, max_size=40))
def test_any_title_in_latin_1_is_read(title: str) -> None:
    content = f"TY  - BOOK\nTI  - É {title}!\nER  - \n".encode("latin-1")  # É and a blank are no UTF-8
    (source,) = read_sources(content, "x.ris").sources
    assert source.title == f"É {title}!"


def test_json_is_utf_8_or_refused() -> None:
    assert "This is not UTF-8 text" in faults('[{"type": "book", "title": "Fähre"}]'.encode("latin-1"), "x.txt")[0]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.bib", r"@book{a, title={Holm \&amp; Sons&#39; &quot;dock&quot;}, publisher={R\&amp;D}, author={Lee &amp; Co.}}"),
        ("x.ris", "TY  - BOOK\nTI  - Holm &amp; Sons&#39; &quot;dock&quot;\nPB  - R&amp;D\nAU  - Lee &amp; Co.\nER  - \n"),
        (
            "x.json",
            """[{"type": "book", "title": "Holm &amp; Sons&#39; &quot;<i>dock</i>&quot;", "publisher": "R&amp;D",
            "author": [{"literal": "Lee &amp; Co."}]}]""",
        ),
    ],
)
def test_signs_that_are_written_as_in_web_pages_become_themselves(name: str, content: str) -> None:
    (source,) = read_sources(content.encode(), name).sources
    assert (source.title, source.publisher, source.authors) == ('Holm & Sons\' "dock"', "R&D", ("Lee & Co.",))


def test_an_ampersand_of_an_address_or_of_a_text_stays() -> None:
    address = "https://example.org/?a=1&lt;b=2"
    content = json.dumps([{"type": "webpage", "title": "AT&T; Q&A", "URL": address, "archive_location": address}])
    (source,) = read_sources(content.encode(), "x.json").sources
    assert (source.title, source.url, source.archive) == ("AT&T; Q&A", address, address)


@pytest.mark.parametrize("content", ["[]", " [ ]\n"])
def test_an_empty_list_is_refused_with_what_to_do(content: str) -> None:
    assert faults(content, "x.json") == ["line 1, column 1: There is no entry in the file. Export the list again."]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.bib", "@article{a, title={A}, doi={10.1000/xyz}}"),
        ("x.bib", "@article{a, title={A}, doi={https://doi.org/10.1000/xyz}}"),
        ("x.ris", "TY  - JOUR\nTI  - A\nDO  - doi:10.1000/xyz\nER  - \n"),
        ("x.json", '[{"type": "article-journal", "title": "A", "DOI": "10.1000/xyz"}]'),
    ],
)
def test_a_source_without_an_address_has_that_of_its_doi(name: str, content: str) -> None:
    (source,) = read_sources(content.encode(), name).sources
    assert source.url == "https://doi.org/10.1000/xyz"


def test_an_ampersand_between_words_of_bibtex_stays() -> None:
    (source,) = read_sources(rb"@book{a, title={Law & {Structure}, 5\% & more}}", "x.bib").sources
    assert source.title == "Law & Structure, 5% & more"


@pytest.mark.parametrize("address", ["www.example.org/bridges", "nowhere", "ftp//x"])
@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("x.bib", "@book{lee, title={Bridges}, url={%s}}"),
        ("x.ris", "TY  - BOOK\nID  - lee\nTI  - Bridges\nUR  - %s\nER  - \n"),
        ("x.json", '[{"id": "lee", "type": "book", "title": "Bridges", "URL": "%s"}]'),
    ],
)
def test_an_entry_whose_address_is_none_is_taken_without_it(name: str, entry: str, address: str) -> None:
    read = read_sources((entry % address).encode(), name)
    assert (read.sources, read.faults) == ((Source("lee", "book", "Bridges"),), ())
    (remark,) = read.remarks
    assert f'The URL "{address}" is not a web address.' in str(remark)


def test_an_item_whose_names_are_no_list_is_taken_without_them() -> None:
    read = read_sources(b'[{"id": "lee", "type": "book", "title": "Bridges", "author": "Ann Lee"}]', "x.json")
    assert (read.sources, read.faults, len(read.remarks)) == ((Source("lee", "book", "Bridges"),), (), 1)


@pytest.mark.parametrize(
    ("name", "content", "counts"),
    [
        (
            "x.json",
            '[{"type": "book", "title": "A", "issued": "soon", "URL": "x"}, {"type": "odd", "issued": "soon"}, 5]',
            (2, 1),
        ),
        ("x.json", '[{"type": "book", "title": "A"}, {"type": "book" "title": "B"}, {"type": "odd", "title": "C"}]', (1, 1)),
        ("x.json", '[{"type": "book", "title": "A"} {"type": "book", "title": "B"}]', (1, 0)),
        ("x.json", '[{"type": "book", "title": "A"}', (1, 0)),
        (
            "x.bib",
            "@odd{a, title={A}, year={soon}}\n@odd{b, year={soon}}\n@book{c, title={C}, title={D}}\n@book{d, title={",
            (3, 1),
        ),
        ("x.ris", "AU  - Lee\nTI  - A\nER  - \nTY  - ODD\nTI  - B\nPY  - soon\nER  - \nTY  - BOOK\nPY  - soon\nER  - \n", (2, 1)),
        ("x.ris", "Made by hand\n\nTY  - BOOK\nTI  - A\nER  - \n\nhello\nTY  - BOOK\nTI  - B\n", (3, 0)),
    ],
)
def test_entries_are_counted_not_what_is_wrong_with_them(name: str, content: str, counts: tuple[int, int]) -> None:
    read = read_sources(content.encode(), name)
    assert (read.left_out, read.lessened) == counts


@pytest.mark.parametrize(
    ("date", "read_as"),
    [("2016a", "2016"), ("2020/21", "2020/2021"), ("1999/00", "1999/2000"), ("2020/12", "2020-12"), ("2011/12", "2011-12")],
)
@IN_EACH
def test_a_year_with_a_letter_and_a_season_over_two_years_are_read(name: str, entry: str, date: str, read_as: str) -> None:
    read = read_sources((entry % date).encode(), name)
    assert [source.published.edtf if source.published else None for source in read.sources] == [read_as]


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("x.bib", "@book{%s, title={%s}}\n"),
        ("x.ris", "TY  - BOOK\nID  - %s\nTI  - %s\nER  - \n"),
        ("x.json", '{"id": "%s", "type": "book", "title": "%s"}'),
    ],
)
def test_an_entry_that_holds_more_than_a_story_takes_refuses_no_other(name: str, entry: str) -> None:
    entries = [entry % ("lee", "Bridges"), entry % ("long", "x" * (MAX_LINE + 1)), entry % ("quay", "Quays")]
    content = f"[{', '.join(entries)}]" if name == "x.json" else "".join(entries)
    read = read_sources(content.encode(), name)
    assert ([source.id for source in read.sources], read.left_out) == (["lee", "quay"], 1)
    (fault,) = read.faults
    assert '"long": `title`: This has 2,001 characters, and the limit is 2,000. Shorten it.' in str(fault)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.bib", "@book{lee, title={Bri\x0bdges\x02}, note={No\x07te}, author={Lee\x08, Ann}}\n\x1a"),
        ("x.ris", "TY  - BOOK\r\nID  - lee\r\nTI  - Bri\x0bdges\x02\r\nN1  - No\x07te\r\nAU  - Lee\x08, Ann\r\nER  - \r\n\x1a"),
        (
            "x.json",
            r"""[{"id": "lee\u0001", "type": "book", "title": "Bri\u0000dges\ud800", "note": "No\u0007te",
            "author": [{"family": "Lee\udc00", "given": "Ann"}]}]""",
        ),
    ],
)
def test_control_characters_and_halves_of_signs_are_left_out(name: str, content: str) -> None:
    read = read_sources(content.encode(), name)
    (source,) = read.sources
    assert (source.id, source.title, source.authors, source.note) == ("lee", "Bridges", ("Ann Lee",), "Note")
    assert (read.faults, read.remarks) == ((), ())


def test_a_list_as_the_web_service_of_zotero_wraps_it_is_read() -> None:
    read = read_sources(b'{\n "items": [{"id": "lee", "type": "book", "title": "Bridges"},\n  {"type": "book"}]\n}\n', "x.json")
    assert read.sources == (Source("lee", "book", "Bridges"),)
    assert [str(fault) for fault in read.faults] == ["line 3, column 3: Item 2: It has no title. Give it one."]
