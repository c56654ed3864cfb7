"""BibTeX, RIS and CSL-JSON: out and in again, read by readers that are not ours, and every fault of a bad file named."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from citeproc import CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import DateError, StoryFileError
from bot.facts.dates import parse_date
from bot.facts.models import Source
from bot.formats import bibtex, csl, ris
from bot.formats.csl import csl_date, csl_item, read_csl_date, read_date_text
from bot.formats.csl_names import csl_name, plain_name
from bot.formats.source_import import MAX_SOURCES, read_sources, sort_sources
from bot.formats.source_list import MAX_FAULTS
from bot.stories.load import load_story
from tests.formats.faulty import faults
from tests.formats.sources import DATES, sources
from tests.support.paths import HARBOUR, MEASURED, SHIPPED
from tests.support.slow import slow

STORIES = [HARBOUR, *SHIPPED, *slow(MEASURED)]
WRITERS: dict[str, Callable[..., str]] = {"x.bib": bibtex.write, "x.ris": ris.write, "x.json": csl.write}
LEES = (("lee", "A"), ("reed", "B"), ("lee", "C"))
GOOD_ITEM = '{"type": "webpage", "title": "Good"},'
FULL = Source(
    "gazette", "article-newspaper", "Bridge & “quay” shut: 100% of {it} $5 #1 a_b ~ ^ \\", "Harbour Gazette",
    ("Ann Lee", "Ludwig van Beethoven", "Harbour Council"), parse_date("2021-03-04"), "https://example.org/a?b=c%20d&e=f_g;h",
    "https://web.archive.org/web/2021/https://example.org/a", "Retrieved by the city library.",
)  # fmt: skip


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", WRITERS)
def test_the_sources_of_a_story_come_back_as_they_went(name: str, path: Path) -> None:
    story = load_story(path)
    assert read_sources(WRITERS[name](story.sources, story.actors).encode(), name).sources == story.sources


@pytest.mark.parametrize("name", WRITERS)
def test_every_field_comes_back(name: str) -> None:
    assert read_sources(WRITERS[name]([FULL]).encode(), name).sources == (FULL,)


@pytest.mark.parametrize("name", WRITERS)
@given(made=st.lists(sources(), min_size=1, max_size=3, unique_by=lambda source: source.id))
def test_any_source_comes_back_with_its_title_type_date_and_addresses(name: str, made: list[Source]) -> None:
    back = read_sources(WRITERS[name](made).encode(), name).sources
    for before, after in zip(made, back, strict=True):
        assert (after.type, after.published, after.archive) == (before.type, before.published, before.archive)
        assert after.url == before.url
        if name != "x.bib":  # TeX prints some signs as others, such as two hyphens as a dash
            assert after.title == before.title


def test_bibtexparser_reads_what_is_written() -> None:
    entry = parse_string(bibtex.write([FULL])).entries[0]
    assert (entry.entry_type, entry.key) == ("article", "gazette")
    assert entry["author"] == "Lee, Ann and van Beethoven, Ludwig and {Harbour Council}"
    assert entry["date"] == "2021-03-04"
    assert entry["url"] == FULL.url
    assert r"\&" in entry["title"]
    assert rf"Archived at \url{{{FULL.archive}}}" in entry["note"]


def test_rispy_reads_what_is_written() -> None:
    entry = rispy.loads(ris.write([FULL]), delimiter_tags_mapping={})[0]
    assert entry["type_of_reference"] == "NEWS"
    assert entry["authors"] == ["Lee, Ann", "van Beethoven, Ludwig", "Harbour Council"]
    assert entry["urls"] == [FULL.url]
    assert (entry["year"], entry["date"]) == ("2021", "2021/03/04/")


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_readers_that_are_not_ours_read_the_sources_of_every_story(path: Path) -> None:
    story = load_story(path)
    addresses = [source.url for source in story.sources if source.url]
    library = parse_string(bibtex.write(story.sources, story.actors))
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [source.id for source in story.sources]
    assert [entry["url"] for entry in library.entries if "url" in entry] == addresses
    listed = rispy.loads(ris.write(story.sources, story.actors), delimiter_tags_mapping={})
    titles = [source.title for source in story.sources]
    assert [entry.get("title") or entry.get("primary_title") for entry in listed] == titles
    assert [entry["urls"][0] for entry in listed if "urls" in entry] == addresses


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_citeproc_reads_the_sources_of_every_story(path: Path) -> None:
    sources = load_story(path).sources
    read = CiteProcJSON(json.loads(csl.write(sources)))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    known = CitationStylesBibliography(style, read, formatter.plain).source
    for source in sources:
        item = known[source.id]
        assert str(item["title"]) == source.title
        assert "".join(item.get("archive_location", "")) == (source.archive or "")


@pytest.mark.parametrize("text", DATES)
def test_every_date_comes_back_from_csl(text: str) -> None:
    date = parse_date(text)
    content = csl_date(date)
    assert read_csl_date(json.loads(json.dumps(content))) == date
    assert "date-parts" in content or content["literal"] == date.words()


@pytest.mark.parametrize(
    ("content", "edtf"),
    [
        ({"date-parts": [["2017", "10", 27]]}, "2017-10-27"),
        ({"date-parts": [[2017, 10, 27], [2017, 10, 28]]}, "2017-10-27/2017-10-28"),
        ({"date-parts": [[2017]], "circa": True}, "2017~"),
        ({"date-parts": [[2017]], "season": 2}, "2017-22"),
        ({"date-parts": [[-44]]}, "-0044"),
        ({"literal": "March 2021"}, "2021-03"),
        ({"raw": "4 March 2021"}, "2021-03-04"),
        ({"raw": "2021/3/4"}, "2021-03-04"),
        ({"raw": "2021/03"}, "2021-03"),
        ({"raw": " "}, None),
        ("2021-03", "2021-03"),
        ({}, None),
    ],
)
def test_dates_of_other_programs_are_read(content: object, edtf: str | None) -> None:
    day = read_csl_date(content)
    assert (day.edtf if day else None) == edtf


def test_a_date_without_a_year_is_not_guessed() -> None:
    with pytest.raises(DateError, match="is not a date"):
        read_date_text("March 4")


@pytest.mark.parametrize(
    ("name", "particle", "family"),
    [
        ("Annika van der Berg", "van der", "Berg"),
        ("Karel Van der Berg", None, "Van der Berg"),
        ("Jeanne d’Arc", "d’", "Arc"),
        ("Huda al-Masri", "al-", "Masri"),
        ("Ann Lee", None, "Lee"),
    ],
)
def test_a_particle_in_small_letters_is_no_part_of_the_familys_name(name: str, particle: str | None, family: str) -> None:
    parts = csl_name(name)
    assert (parts.get("non-dropping-particle"), parts["family"]) == (particle, family)


@pytest.mark.parametrize(
    "name",
    [
        "Ann Lee",
        "Ludwig van Beethoven",
        "Martin King Jr.",
        "Reuters",
        "Harbour Council",
        "Ministry of Silly Walks",
        "BBC",
        "李 明",
    ],
)
def test_names_come_back(name: str) -> None:
    assert plain_name(csl_name(name)) == name


def test_zotero_files_are_read() -> None:
    zotero = read_sources((Path(__file__).parent / "zotero.json").read_bytes(), "zotero.json").sources
    assert zotero[0] == Source(
        id="http://zotero.org/users/1/items/ABCD2345", type="article-newspaper", title="Bridge shut, again",
        publisher="Harbour Gazette",
        authors=("Ann Lee", "Reuters"), published=parse_date("2021-03-05"), url="https://example.org/again",
        details=(("edition", "2"), ("page", "A1"), ("language", "en-GB"), ("ISSN", "1234-5678"), ("accessed", "2024-01-02")),
    )  # fmt: skip
    assert zotero[1].url == "https://doi.org/10.1000/xyz123"
    assert zotero[2].published == parse_date("2020~")
    exported = read_sources((Path(__file__).parent / "zotero.bib").read_bytes(), "zotero.bib").sources
    assert exported[0].title == "The Quay of München & São Paulo"
    assert exported[0].authors == ("Ann Lee", "Harbour Council", "Ludwig van Beethoven")
    assert exported[0].published == parse_date("2021-03")
    assert (exported[1].type, exported[1].publisher) == ("webpage", "Radio Harbour")
    assert exported[1].url == "https://example.org/a_b%20c"
    listed = read_sources((Path(__file__).parent / "zotero.ris").read_bytes(), "zotero.ris").sources
    assert [source.type for source in listed] == ["article-newspaper", "article-journal"]
    assert listed[1].details == (("volume", "3"), ("issue", "2"), ("page", "10-12"), ("DOI", "10.1000/abc"))


def test_an_address_where_bibtex_has_who_publishes_is_the_address_alone() -> None:
    (page,) = read_sources(b"@misc{page, title={A page}, howpublished={\\url{https://example.org/x}}}", "x.bib").sources
    assert (page.type, page.publisher, page.url) == ("webpage", None, "https://example.org/x")


def test_years_with_a_dash_between_them_are_a_span() -> None:
    for dash in ("--", "-", "–"):
        (book,) = read_sources(f"@book{{b, title={{A book}}, year={{2020{dash}2021}}}}".encode(), "x.bib").sources
        assert book.published == parse_date("2020/2021")


def test_every_fault_of_a_file_is_named_with_its_line() -> None:
    content = (
        '[{"id":"a","type":"webpge","title":""},\n{"id":"b","type":"book","title":"T","issued":{"date-parts":[[2021,13]]},"URL":"foo"},\n'
        ' 5,\n {"id":"c","title":"C","author":"Lee"}, {"x" 1}]'
    )
    read = read_sources(content.encode(), "x.json")
    assert [str(fault).split(":")[0] for fault in read.faults] == [
        "line 1, column 2", "line 1, column 2", "line 3, column 2", "line 4, column 2", "line 4, column 2",
        "line 4, column 46",
    ]  # fmt: skip
    assert [str(remark).split(":")[0] for remark in read.remarks] == ["line 2, column 1", "line 2, column 1"]


def test_items_on_one_line_are_told_apart() -> None:
    content = '[{"type":"book","title":"A"},{"id":"b","type":"book"},5]'
    assert faults(content, "x.json") == [
        'line 1, column 30: Item 2, "b": It has no title. Give it one.',
        'line 1, column 55: Item 3 is not an object. Write each as `{"type": "webpage", "title": "…"}`.',
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.bib", "@book{lee, title={A}}\n@book{reed, title={B}}\n@misc{lee, title={C}}\n"),
        ("x.json", "[" + ",".join(f'{{"id": "{key}", "type": "book", "title": "{title}"}}' for key, title in LEES) + "]"),
    ],
)
def test_entries_with_one_key_get_ids_of_their_own(name: str, content: str) -> None:
    read = read_sources(content.encode(), name)
    assert (read.faults, read.remarks) == ((), ())
    new = sort_sources(read.sources, ()).new
    assert [source.title for source in new] == ["A", "B", "C"]
    assert [source.id for source in new][:2] == ["lee", "reed"]
    assert len({source.id for source in new}) == 3


ARCHIVED = "https://web.archive.org/web/2021/https://example.org/a"


@pytest.mark.parametrize(
    ("fields", "archive", "note", "details"),
    [
        ({"archive": "Internet Archive", "archive_location": ARCHIVED}, ARCHIVED, None, {}),
        ({"archive": ARCHIVED}, ARCHIVED, None, {}),
        ({"note": f"Seen.\nArchive Location: {ARCHIVED}\narchive: Internet Archive"}, ARCHIVED, "Seen.", {}),
        ({"archive": "City Archive", "archive_location": "Box 3"}, None, None, None),
        ({"archive": "City Archive", "archive_location": ARCHIVED}, ARCHIVED, None, {"archive": "City Archive"}),
    ],
)
def test_the_archived_copy_is_read_where_zotero_has_it(
    fields: dict[str, str], archive: str | None, note: str | None, details: dict[str, str] | None
) -> None:
    (source,) = read_sources(json.dumps([{"id": "a", "type": "webpage", "title": "A", **fields}]).encode(), "x.json").sources
    assert (source.archive, source.note) == (archive, note)
    assert dict(source.details) == (fields if details is None else details)


def test_the_archived_copy_goes_where_zotero_has_it() -> None:
    (item,) = json.loads(csl.write([FULL]))
    assert (item["archive"], item["archive_location"]) == ("Internet Archive", FULL.archive)


def test_every_fault_of_a_bibtex_file_is_named() -> None:
    content = "@book{a, title={A}, title={B}}\n@spaceship{b, title={B}}\n@book{c, year=soon}\n@book{d, title={unclosed\n"
    read = read_sources(content.encode(), "x.bib")
    assert [fault.line for fault in read.faults] == [1, 3, 3, 4]
    assert "`title` twice" in str(read.faults[0])
    (remark,) = read.remarks
    assert str(remark).startswith('line 2, column 1: "b": @spaceship is not a type of BibTeX. Write a type such as `@article`')


def test_every_fault_of_a_ris_file_is_named() -> None:
    content = "hello\nTY  - NEWS\nTI  - A\nTY  - XXXX\nTI  - B\nUR  - nowhere\nER  - \nTY  - BOOK\n"
    assert [fault.split(".")[0] for fault in faults(content, "x.ris")] == [
        'line 1, column 1: "hello" belongs to no entry',
        "line 2, column 1: The entry does not end",
        "line 8, column 1: The entry does not end",
        'line 4, column 1: "B": "XXXX" is not a type of RIS',
        'line 4, column 1: "B": The URL "nowhere" is not a web address',
    ]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "x.json"), (b"", "x.bib"), (b"", "x.ris"), (b"\xff\xfe", "x.bib"), (b"hello", "x.txt"), (b"[1", "x.json"),
        (b"[{}]x", "x.json"), (b"[" * 100_000, "x.json"), (b"{" * 10_000, "x.bib"), (b"@@@@", "x.bib"), (b"\x00", "x.ris"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_in_a_sentence(content: bytes, name: str) -> None:
    assert faults(content, name)


@pytest.mark.parametrize("name", WRITERS)
@given(content=st.text(st.sampled_from('@{}[],:="\\\n TYER-abc012articlmso#%$&~'), max_size=120) | st.text(max_size=80))
def test_no_content_breaks_the_reader(name: str, content: str) -> None:
    with suppress(StoryFileError):
        read_sources(content.encode("utf-8", "surrogatepass"), name)


@pytest.mark.parametrize(
    ("name", "entry"),
    [("x.ris", "TY  - ODD\nTI  - T{}\nER  - \n"), ("x.bib", "@odd{{k{}, title={{T}}}}\n"), ("x.json", '{{"title": "T{}"}},')],
)
@pytest.mark.parametrize("good", ["", "one"])
def test_the_faults_of_a_bad_list_are_named_up_to_a_thousand_and_the_rest_counted(name: str, entry: str, good: str) -> None:
    first = {"x.ris": "TY  - NEWS\nTI  - Good\nER  - \n", "x.bib": "@misc{good, title={Good}}\n", "x.json": GOOD_ITEM}[name]
    content = (first if good else "") + "".join(entry.format(number) for number in range(1500))
    listed = faults(f"[{content.rstrip(',')}]" if name == "x.json" else content, name)
    assert len(listed) == MAX_FAULTS
    rest = "nothing was read, after 999 faults" if name == "x.json" else "501 more faults are not listed"
    assert f"From here on {rest}" in listed[-1]


def test_too_many_sources_are_refused() -> None:
    items = [{"type": "webpage", "title": f"T{number}"} for number in range(MAX_SOURCES + 1)]
    assert "5001 sources" in faults(json.dumps(items), "x.json")[0]


def test_the_format_is_told_by_the_content_where_the_ending_does_not() -> None:
    for writer in WRITERS.values():
        assert read_sources(writer([FULL]).encode(), "export.txt").sources[0].title == FULL.title


@pytest.mark.parametrize(
    ("other", "by"),
    [
        (Source("x", "webpage", "Other", url="http://www.example.org/a?b=c%20d&e=f_g;h&utm_source=x#top"), "address"),
        (Source("x", "webpage", "Other", url=FULL.archive), "address"),
        (replace(FULL, id="x", url=None, archive=None, title=FULL.title.upper()), "title and publisher"),
        (Source("x", "webpage", "Other", note="DOI: 10.1000/xyz"), "DOI"),
    ],
)
def test_a_source_that_is_there_already_is_seen(other: Source, by: str) -> None:
    stored = [FULL, Source("doi", "article-journal", "D", url="https://doi.org/10.1000/XYZ")]
    sorted_ = sort_sources([other], stored)
    assert sorted_.new == ()
    assert sorted_.known[0].by == by


def test_new_sources_get_ids_of_their_own_and_twins_in_the_file_are_one() -> None:
    page = Source("", "webpage", "Morning news", "Radio Harbour")
    sorted_ = sort_sources([replace(FULL, id="gazette", title="New", url=None, archive=None), page, page], [FULL], {"gone"})
    assert len({source.id for source in sorted_.new} | {"gazette", "gone"}) == 4
    assert [twin.by for twin in sorted_.known] == ["title and publisher"]
    assert sort_sources([replace(page, id="gone")], [], {"gone"}).new[0].id != "gone"


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("x.json", '[{"type": "webpage", "title": "t", "issued": {"date-parts": [[' + "9" * 5000 + "]]}}]", "too many digits"),
        ("x.json", "[" + "{}," * 300_000 + "{}]", "no title"),
        ("x.json", "[" * 100_000, "nested too deeply"),
        ("x.bib", "@misc{a, title={" + "{" * 5000 + "x" + "}" * 5000 + "}}", "nested too deeply"),
        ("x.bib", "@misc{a, title={" + r"\textbf{" * 3000 + "x" + "}" * 3000 + "}}", "nested too deeply"),
        ("x.bib", "@misc{a,title={x}}\n" * (MAX_SOURCES + 1), "more than 5000 entries"),
        ("x.ris", "TY  - GEN\nTI  - x\n" + "y\n" * 400_000 + "ER  - \n", "400,003 lines"),
    ],
    ids=["digits", "faults", "deep json", "braces", "commands", "entries", "lines"],
)
def test_a_list_made_to_do_harm_is_refused_in_words(name: str, content: str, problem: str) -> None:
    with pytest.raises(StoryFileError, match=problem):
        read_sources(content.encode(), name)


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("x.bib", "@book{bad, title={A}, title={B}}"),
        ("x.bib", "@book{bad, title={never closed,"),
        ("x.bib", "@book{bad}"),
        ("x.bib", "@book{bad, year=soon}"),
        ("x.bib", "@spaceship{bad}"),
        ("x.bib", "@book{bad, title=}"),
        ("x.bib", "@misc{bad, title={" + "{" * 5000 + "x" + "}" * 5000 + "}}"),
        ("x.ris", "TY  - BOOK\nTI  - Bad\n"),
        ("x.ris", "TY  - XXXX\nER  - "),
        ("x.ris", "stray"),
        ("x.json", '{"type": "book", "title": "Bad" "x"}'),
        ("x.json", '{"type": "book"}'),
        ("x.json", '"stray"'),
        ("x.json", '{"type": "book", "title": "Bad", "author": [{"family": "Lee"}, {"family" 1}]}'),
    ],
)
def test_a_bad_entry_is_named_with_its_line_and_refuses_no_other(name: str, bad: str) -> None:
    one, two = (WRITERS[name]([Source(key, "book", f"The {key}")]).strip() for key in ("first", "second"))
    if name == "x.json":
        content = f"[{one.strip('[]').strip()},\n{bad},\n{two.strip('[]').strip()}]"
    else:
        content = f"{one}\n\n{bad}\n\n{two}\n"
    imported = read_sources(content.encode(), name)
    assert [source.id for source in imported.sources] == ["first", "second"]
    line = content[: content.index(bad)].count("\n") + 1
    assert {fault.line for fault in imported.faults} == {line}


def test_what_biblatex_says_an_article_stands_in_is_its_type() -> None:
    content = "@article{a, title={A}, entrysubtype={newspaper}}\n@article{b, title={B}, entrysubtype={magazine}}\n"
    assert [source.type for source in read_sources(content.encode(), "x.bib").sources] == [
        "article-newspaper",
        "article-magazine",
    ]


def test_an_address_without_a_macro_is_found_where_old_styles_have_it() -> None:
    (source,) = read_sources(b"@misc{a, title={A}, howpublished={https://example.org/a}}", "x.bib").sources
    assert (source.type, source.url) == ("webpage", "https://example.org/a")


def test_a_date_of_ris_that_is_none_is_named() -> None:
    assert faults("TY  - NEWS\nTI  - A\nDA  - soon\nER  - \n", "x.ris")[0].startswith(
        'line 1, column 1: "A": The date cannot be read: "soon" is not a date.'
    )


def test_what_bibtex_says_of_dates_and_names() -> None:
    content = r"""
@book{a, title = {The {bell hooks} reader of {NASA}}, author = {Lee, Ann and others}, year = {n.d.}}
@book{b, title = {{A whole title}}, author = {{Ministry of Health and Care}}, year = {forthcoming}}
@incollection{c, title = {C}, booktitle = {D}, editor = {van der Berg, Ann and Garc{\'i}a M{\'a}rquez, Gabriel}, pages = {1--9},
  urldate = {2024-01-02}, year = 2020}
""".replace("\\\\", "\\")
    first, second, third = read_sources(content.encode(), "x.bib").sources
    assert first.title == "The bell hooks reader of NASA"
    assert first.details == (("title", 'The <span class="nocase">bell hooks</span> reader of NASA'),)
    assert (first.authors, first.published) == (("Ann Lee", "et al."), None)
    assert "author = {Lee, Ann and others}" in bibtex.write([first])
    assert "{The {bell hooks} reader of NASA}" in bibtex.write([first])
    assert (second.title, second.authors) == ("A whole title", ("Ministry of Health and Care",))
    assert second.details == (("status", "forthcoming"),)
    assert third.details == (
        ("editor", "van der Berg || Ann"), ("editor", "García Márquez || Gabriel"), ("page", "1-9"), ("accessed", "2024-01-02"),
    )  # fmt: skip


def test_who_publishes_a_case_of_ris_is_its_court() -> None:
    content = b"TY  - CASE\nTI  - Lee v. Quay Books\nPB  - Lydmouth Court of Appeal\nPY  - 2007\nER  - \n"
    (case,) = read_sources(content, "x.ris").sources
    assert csl_item(case)["authority"] == "Lydmouth Court of Appeal"
    assert "publisher" not in csl_item(case)
    assert rispy.loads(ris.write([case]), delimiter_tags_mapping={})[0]["publisher"] == "Lydmouth Court of Appeal"
