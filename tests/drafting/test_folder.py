"""A folder of articles of all kinds that people save: text, Markdown, web pages, PDFs; and files that are none."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, SimpleDocTemplate

from bot.drafting.docx import MAX_BYTES, MAX_UNPACKED, read_docx
from bot.drafting.folder import read_folder
from bot.drafting.pdf import MAX_PAGES, read_pdf
from bot.errors import UsageError

SENTENCES = ("The city closed the Harbour Bridge on 3 March 2021.", "Maria Lee, the mayor, said that it was not safe.")


def pdf(path: Path, title: str, paragraphs: tuple[str, ...]) -> Path:
    """Write a PDF with a headline, and with a running head and a page number on each page."""
    styles = getSampleStyleSheet()

    def margins(canvas: object, document: object) -> None:
        canvas.drawString(60, 820, "Harbour Gazette, the archive")  # type: ignore[attr-defined]
        canvas.drawString(290, 20, str(document.page))  # type: ignore[attr-defined]

    flow = [Paragraph(title, styles["Title"]), *(Paragraph(text, styles["BodyText"]) for text in paragraphs)]
    SimpleDocTemplate(str(path)).build(flow, onFirstPage=margins, onLaterPages=margins)
    return path


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_page_whose_day_cannot_be_has_none(tmp_path: Path, day: str) -> None:
    (tmp_path / "page.html").write_text(
        f'<html><head><meta property="og:title" content="No bridge"><meta property="article:published_time" content="{day}">'
        f"</head><body><article><p>{' '.join(SENTENCES)} {'It rained. ' * 9}</p></article></body></html>"
    )
    (source,) = read_folder(tmp_path).story.sources
    assert source.published is None


def test_text_markdown_pages_and_pdfs_are_read_alike(tmp_path: Path) -> None:
    first, second = SENTENCES
    (tmp_path / "text.txt").write_text(f"Bridge closed\nBy Ann Toft\nHarbour Gazette, 2021-03-04\n\n{first} {second}\n")
    (tmp_path / "mark.md").write_text(
        f"# Bridge shut\n\n*{first}* {second.replace('Maria Lee', '[Maria Lee](https://a.example)')}\n"
    )
    (tmp_path / "page.html").write_text(
        '<html><head><meta property="og:title" content="No bridge"><meta property="article:published_time" content="2021-03-05">'
        f'<meta property="og:site_name" content="Coast Post"></head><body><article><p>{first} {second} {"It rained. " * 9}</p>'
        "</article></body></html>"
    )
    pdf(tmp_path / "print.pdf", "A bridge too old", (f"{first} {second}", "It rained. " * 9))
    story = read_folder(tmp_path).story
    sources = {
        source.id: (source.title, source.publisher, source.published and source.published.edtf) for source in story.sources
    }
    assert sources == {
        "text": ("Bridge closed", "Harbour Gazette", "2021-03-04"),
        "mark": ("Bridge shut", None, None),
        "page": ("No bridge", "Coast Post", "2021-03-05"),
        "print": ("A bridge too old", None, None),
    }
    cited = {fact.text: {citation.source for citation in fact.citations} for fact in story.facts}
    assert [cited[sentence] for sentence in SENTENCES] == [set(sources), set(sources)]


def word(path: Path, *paragraphs: tuple[str, str]) -> Path:
    """Write a Word document of texts, each with the name of its style."""
    document = Document()
    for text, style in paragraphs:
        document.add_paragraph(text, style)
    document.add_table(1, 2).rows[0].cells[0].text = "Cost: 4 million dollars"
    document.save(str(path))
    return path


def test_a_word_document_is_read_from_its_title_without_headings_and_captions(tmp_path: Path) -> None:
    first, second = SENTENCES
    word(
        tmp_path / "report.docx",
        *(("Contents", "TOC Heading"), ("Bridge closed", "Title"), ("By Ann Toft", "Normal"), ("Gazette, 2021-03-04", "Normal")),
        *((first, "Normal"), ("What the mayor says", "Heading 2"), ("The bridge at dawn.", "Caption"), (second, "Quote")),
    )
    story = read_folder(tmp_path).story
    (source,) = story.sources
    assert (source.title, source.publisher, source.authors) == ("Bridge closed", "Gazette", ("Ann Toft",))
    assert [fact.text for fact in story.facts] == [first, second, "Cost: 4 million dollars"]


def test_a_damaged_or_swollen_word_document_is_refused_in_a_sentence() -> None:
    swollen = io.BytesIO()
    with zipfile.ZipFile(swollen, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (MAX_UNPACKED + 1))
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("a.txt", "no document")
    whole = io.BytesIO()
    Document().save(whole)
    for content, sentence in (
        (b"", "is damaged"),
        (b"PK\x03\x04", "is damaged"),
        (plain.getvalue(), "is damaged"),
        (swollen.getvalue(), "is too large"),
        (b"x" * (MAX_BYTES + 1), "is too large"),
        (whole.getvalue(), "has no text"),
    ):
        with pytest.raises(UsageError, match=f"The document {sentence}" if "damaged" not in sentence else sentence):
            read_docx(content)
    for cut in range(100, len(whole.getvalue()), 1500):
        with pytest.raises(UsageError):
            read_docx(whole.getvalue()[:cut] + b"\0" * 40 + whole.getvalue()[cut + 40 :])


def test_of_a_long_pdf_neither_running_heads_nor_page_numbers_are_read(tmp_path: Path) -> None:
    text = read_pdf(pdf(tmp_path / "a.pdf", "Bridge closed", (" ".join([SENTENCES[0]] * 60),) * 2).read_bytes())
    assert text.startswith("Bridge closed\n\nThe city closed")
    assert "archive" not in text
    assert len(text.split("\n\n")) <= 4


BRIDGE = (
    " ".join(SENTENCES * 3),
    "“It was rusty,” Lee told reporters, who had waited for two hours in the rain, and “nobody had looked at it for years”.",
    "It rained.",
    " ".join(SENTENCES * 2),
)


@pytest.mark.parametrize("leading", [1.15, 1.5, 1.7, 2.2])
def test_lines_of_a_pdf_are_paragraphs_however_far_apart_they_stand(tmp_path: Path, leading: float) -> None:
    """As where a browser prints a page: its lines have half a line or more between them."""
    for align, gap, indent in ((TA_LEFT, 12, 0), (TA_JUSTIFY, 8, 0), (TA_JUSTIFY, 0, 14)):
        style = ParagraphStyle("body", fontSize=11, leading=11 * leading, alignment=align, spaceAfter=gap, firstLineIndent=indent)
        head = ParagraphStyle("head", fontSize=26, leading=26 * leading, spaceAfter=6)
        outlet = ParagraphStyle("outlet", fontSize=9, leading=9 * leading, spaceAfter=6)
        title = "Bridge closed after a night of rain and of much argument"
        body = [Paragraph(text, style) for text in BRIDGE]
        flow = [Paragraph(title, head), Paragraph("Harbour Gazette, 2021-03-04", outlet), *body]
        SimpleDocTemplate(str(tmp_path / "a.pdf")).build(flow)
        read = read_pdf((tmp_path / "a.pdf").read_bytes())
        assert read.rstrip("\n").split("\n\n") == [title, "Harbour Gazette, 2021-03-04", *BRIDGE]


def test_letters_that_a_pdf_prints_as_one_are_read_as_two(tmp_path: Path) -> None:
    registerFont(TTFont("serif", "data/fonts/DejaVuSansCondensed.ttf"))
    style = ParagraphStyle("body", fontName="serif")
    SimpleDocTemplate(str(tmp_path / "a.pdf")).build([Paragraph("The ﬁre brigade took oﬀ.", style)])
    assert read_pdf((tmp_path / "a.pdf").read_bytes()).strip() == "The fire brigade took off."


def test_a_paragraph_of_a_pdf_that_goes_on_in_the_next_column_is_one(tmp_path: Path) -> None:
    text = " ".join(["The city closed the bridge, and nobody knew for how long it would be."] * 9)
    document = BaseDocTemplate(str(tmp_path / "a.pdf"))
    document.addPageTemplates(PageTemplate(frames=[Frame(72, 480, 180, 100), Frame(270, 300, 180, 280)]))
    document.build([Paragraph(text, getSampleStyleSheet()["BodyText"])])
    assert read_pdf((tmp_path / "a.pdf").read_bytes()) == f"{text}\n"


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_pdf_whose_pages_lie_on_their_side_is_read(tmp_path: Path, degrees: int) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.setPageRotation(degrees)
    for number, sentence in enumerate(SENTENCES):
        canvas.drawString(72, 700 - 40 * number, sentence)
    canvas.save()
    assert read_pdf((tmp_path / "a.pdf").read_bytes()).split() == " ".join(SENTENCES).split()


def test_a_pdf_whose_pages_have_no_height_is_read_or_refused(tmp_path: Path) -> None:
    content = pdf(tmp_path / "a.pdf", "Bridge closed", tuple(SENTENCES)).read_bytes()
    read_pdf(re.sub(rb"/MediaBox \[[^]]*\]", b"/MediaBox [ 0 0 0 0 ]", content))


def test_what_cannot_be_read_is_named_and_stops_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Bridge closed\n\n{SENTENCES[0]}\n")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4\nnothing that anybody could read")
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "a.txt").write_text(f"Bridge shut\n\n{SENTENCES[1]}\n")
    folder = read_folder(tmp_path)
    assert [source.id for source in folder.story.sources] == ["a"]
    assert [problem.split(" was not read: ")[0] for problem in folder.problems] == ["broken.pdf", "a.txt", "empty.txt"]


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>"]
)
def test_a_damaged_pdf_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(UsageError, match="The PDF"):
        read_pdf(content)


def test_a_pdf_of_too_many_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"more than {MAX_PAGES} pages"):
        read_pdf(pdf(tmp_path / "book.pdf", "A book", (" ".join([SENTENCES[0]] * 90),) * 3 * MAX_PAGES).read_bytes())


def test_a_folder_without_articles_says_what_to_put_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"Put files into it that end in \.txt, \.md"):
        read_folder(tmp_path)
