"""An article read from an upload, and what of it is stored until it is taken in."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.drafting.read_article import ReadArticle, max_bytes, read_upload
from bot.drafting.reading import read
from bot.errors import UsageError

FILES = sorted(Path(__file__).parent.glob("*.txt"))
REPORT = (
    "PORT ELLIN, March 14 (Interwire) – The council closed the bridge on Thursday. “It is unsafe,” said Mayor Maria Lee.\n\n"
    "She added: “We were warned.”"
)


@pytest.mark.parametrize("content", [*(file.read_bytes() for file in FILES), REPORT.encode()])
def test_an_article_is_the_same_after_it_was_stored(content: bytes) -> None:
    article = read_upload(content, "a.txt", "https://example.org/a")
    again = ReadArticle.decode(article.encode())
    assert again == article
    assert [sentence.text() for sentence in read(again.article).sentences] == [
        sentence.text() for sentence in read(article.article).sentences
    ]


def test_a_text_without_a_headline_goes_by_its_first_words() -> None:
    article = read_upload(REPORT.encode(), "")
    assert article.source.title == "The council closed the bridge on Thursday. “It is unsafe,” said Mayor Maria Lee."
    assert article.source.id == "the-council-closed-the-bridge-on"
    long = read_upload(f"{'The council closed the bridge and ' * 5}went home.".encode(), "").source.title
    assert long == "The council closed the bridge and The council closed the bridge and The council closed the bridge …"
    with pytest.raises(UsageError):
        read_upload(b"", "")


@pytest.mark.parametrize(
    ("name", "most"), [("a.txt", 200_000), ("A.HTML", 5_000_000), ("a.pdf", 5_000_000), ("a.docx", 5_000_000), ("a", 200_000)]
)
def test_a_file_may_have_what_its_kind_may_have(name: str, most: int) -> None:
    assert max_bytes(name) == most
