"""Pictures as SVG and PDF files, read by parsers of their own: the same words at the same places, as text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from lxml import etree
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTTextLine
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

from bot.facts.models import FactRecord
from bot.pictures.canvas import WIDTH
from bot.pictures.letters import Letters
from bot.pictures.picture import Picture, pdf
from bot.pictures.timeline import timeline_picture
from tests.client.records import CLAIM, EVENT, QUOTE

SVG = "{http://www.w3.org/2000/svg}"
FACTS = [EVENT, QUOTE, CLAIM]
ORDERED = pytest.mark.skipif(not Letters().ordered, reason="this Pillow cannot order letters from right to left")


def fact(text: str) -> FactRecord:
    return replace(EVENT, fact=replace(EVENT.fact, text=text))


def texts_of(picture: Picture) -> list[etree._Element]:
    return list(etree.fromstring(picture.svg()).iter(f"{SVG}text"))


def box_of(text: etree._Element) -> tuple[float, float, float, float]:
    """Return where a text of an SVG file stands: left, top, right, bottom."""
    x, y, size, width = (float(text.get(name, "0")) for name in ("x", "y", "font-size", "textLength"))
    left = x - width if text.get("direction") == "rtl" else x
    return left, y - size * 0.75, left + width, y + size * 0.2


def fonts_of(content: bytes) -> Iterator[dict[str, object]]:
    """Yield the descriptors of the fonts of a PDF file but for the one that ReportLab names on every page and does not use."""
    for page in PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(content)))):
        for font in resolve1(page.resources.get("Font", {})).values():
            if "FontDescriptor" in resolve1(font):
                yield resolve1(resolve1(font)["FontDescriptor"])


def test_an_svg_file_has_the_words_of_the_picture_as_text() -> None:
    picture = timeline_picture("Timeline", FACTS)
    root = etree.fromstring(picture.svg())
    words = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    for said in ("Timeline", "3 March 2021", "The city closed the bridge.", "According to Maria Lee and Jo Kim:", "a quotation"):
        assert said in words
    assert (root.get("width"), root.get("height")) == tuple(map(str, picture.size))
    assert root.findtext(f"{SVG}title") == "Timeline, The Harbour Bridge closure"
    assert root.findtext(f"{SVG}desc") == picture.alt


def test_nothing_in_an_svg_file_overlaps_or_leaves_the_page_whatever_the_font() -> None:
    picture = timeline_picture("Timeline", FACTS)
    boxes = [box_of(text) for text in texts_of(picture)]
    assert all(text.get("lengthAdjust") == "spacingAndGlyphs" for text in texts_of(picture))
    assert all(0 <= left < right <= WIDTH and 0 <= top < bottom <= picture.size[1] for left, top, right, bottom in boxes)
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.parametrize("text", ['<b> & ]]> "quoted"', "\x00\x0b\ufffe bell", "emoji 🎉 and \U00020000"])
def test_any_text_makes_an_svg_file_that_can_be_parsed(text: str) -> None:
    picture = timeline_picture(text, [fact(f"It says {text}.")])
    assert etree.fromstring(picture.svg()).findtext(f"{SVG}desc")


def test_a_pdf_file_has_a_page_for_each_picture_with_its_words_and_embedded_fonts() -> None:
    records = [replace(fact(f"Fact number {number} of the story."), number=number) for number in range(1, 30)]
    first = timeline_picture("Timeline", records)
    content = pdf([first, *(timeline_picture("Timeline", records, page=page) for page in range(1, first.pages))])
    pages = list(extract_pages(io.BytesIO(content)))
    assert len(pages) == first.pages > 1
    assert pages[0].bbox == (0, 0, first.size[0] / 2, first.size[1] / 2)
    words = extract_text(io.BytesIO(content))
    assert all(f"Fact number {number} of the story." in words for number in range(1, 30))
    assert f"Page 2 of {first.pages}" in words
    fonts = list(fonts_of(content))
    assert fonts
    assert all("FontFile2" in font and b"+DejaVuSansCondensed" in str(font["FontName"]).encode() for font in fonts)
    assert len(content) < 300_000, "only the letters that are needed"
    for page in pages:
        lines = [line for box in page if hasattr(box, "__iter__") for line in box if isinstance(line, LTTextLine)]
        assert all(0 <= line.x0 < line.x1 <= page.width and 0 <= line.y0 < line.y1 <= page.height for line in lines)


@ORDERED
@pytest.mark.parametrize(
    "text", ["市は橋を閉鎖した。", "أغلقت المدينة الجسر", "नगर ने पुल बंद किया", "다리가 폐쇄되었다", "העיר סגרה את הגשר"]
)
def test_letters_that_cannot_be_embedded_are_drawn_and_found_all_the_same(text: str) -> None:
    content = pdf([timeline_picture("Timeline", [fact(text)])])
    assert b"/Image" in content
    drawn = next(PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(content))))).contents[0]
    unseen = re.findall(rb"3 Tr(.*?)(?:BT|$)", resolve1(drawn).get_data(), re.DOTALL)
    assert unseen
    assert all(re.search(rb"\bQ\b", after) for after in unseen), "what follows is seen again"
    found = "".join(extract_text(io.BytesIO(content)).split())
    assert "".join(text.split()) in found
    words = {"".join(element.itertext()) for element in texts_of(timeline_picture("Timeline", [fact(text)]))}
    assert text in words


def test_a_drawing_is_the_same_each_time() -> None:
    one, other = (timeline_picture("Timeline", FACTS) for _ in range(2))
    assert (one.png(), one.svg(), pdf([one])) == (other.png(), other.svg(), pdf([other]))
