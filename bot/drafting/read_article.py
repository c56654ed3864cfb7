"""An article as it was read from an upload, a link or a pasted text: all that taking it in needs, and text that can be stored."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

from bot.drafting.article import MAX_TEXT_BYTES, Article
from bot.drafting.docx import ENDING as DOCX
from bot.drafting.docx import MAX_BYTES as MAX_DOCX_BYTES
from bot.drafting.folder import read_content
from bot.drafting.page import ENDINGS as PAGES
from bot.drafting.page import MAX_BYTES as MAX_PAGE_BYTES
from bot.drafting.pdf import ENDING as PDF
from bot.drafting.pdf import MAX_BYTES as MAX_PDF_BYTES
from bot.drafting.trying import candidates
from bot.english.quotation_marks import Span
from bot.english.sentences import Paragraph
from bot.facts.dates import parse_date
from bot.facts.models import Source
from bot.stories.fields import slug_of

_MAX_TITLE = 100  # characters of a first sentence that stands for a headline
_SLUG = 40  # characters of a source's id


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article with the source that it is, and the ``link`` that it was fetched from.

    ``questions`` it should answer; whoever proposes them asks them first.
    """

    article: Article
    source: Source
    questions: tuple[str, ...] = ()
    link: str | None = None

    @property
    def text_hash(self) -> str:
        """The hash of the text that was read, paragraph by paragraph, whatever blanks are in it."""
        text = "\n".join(" ".join(paragraph.text.split()) for paragraph in self.article.paragraphs)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    def encode(self) -> str:
        """Return it as JSON text."""
        article, source = self.article, self.source
        paragraphs = [
            [
                paragraph.number,
                paragraph.text,
                paragraph.start,
                paragraph.first,
                [[span.start, span.end, *span.whole, span.closed] for span in spans],
            ]
            for paragraph in article.paragraphs
            for spans in [paragraph.quotations]
        ]
        head = {"title": article.title, "authors": article.authors, "outlet": article.outlet, "published": article.published}
        head["language"] = article.language
        about = {name: getattr(source, name) for name in ("id", "type", "title", "publisher", "authors", "url")}
        published = source.published.edtf if source.published else None
        content = {
            "article": {**head, "paragraphs": paragraphs},
            "source": {**about, "published": published},
            "questions": self.questions,
            "link": self.link,
        }
        return json.dumps(content, ensure_ascii=False)

    @classmethod
    def decode(cls, text: str) -> ReadArticle:
        """Read what `encode` wrote."""
        content: dict[str, Any] = json.loads(text)
        head, about = content["article"], content["source"]
        article = Article(
            head["title"],
            tuple(head["authors"]),
            tuple(_paragraph(*values) for values in head["paragraphs"]),
            head["outlet"],
            head["published"],
            head["language"],
        )
        published = parse_date(about["published"]) if about["published"] else None
        source = Source(**{**about, "authors": tuple(about["authors"]), "published": published})
        return cls(article, source, tuple(content["questions"]), content.get("link"))


def _paragraph(number: int, text: str, start: int, first: int, spans: list[list[int]]) -> Paragraph:
    quotations = tuple(Span(begin, end, (opens, closes), bool(closed)) for begin, end, opens, closes, closed in spans)
    return Paragraph(number, text, quotations, start, first)


def max_bytes(name: str) -> int:
    """Return how many bytes a file with an article may have, by its name."""
    ending = f".{name.lower().rpartition('.')[2]}"
    return {PDF: MAX_PDF_BYTES, DOCX: MAX_DOCX_BYTES, **dict.fromkeys(PAGES, MAX_PAGE_BYTES)}.get(ending, MAX_TEXT_BYTES)


def read_upload(content: bytes, name: str, url: str | None = None) -> ReadArticle:
    """Read a file with an article, or what a link led to; a text without a name goes by its headline or its first sentence.

    Raises UsageError for what is no article, or larger than it may be.
    """
    article, source = read_content(content, name, url=url)
    title = source.title or _first_words(article)
    source = replace(source, id=slug_of(title, _SLUG) or "article", title=title)
    return ReadArticle(article, source, candidates(article, source), url)


def _first_words(article: Article) -> str:
    texts = (paragraph.text[paragraph.first :] for paragraph in article.paragraphs)
    text = next(filter(None, texts))  # a paragraph that only names another article has none
    if len(text) <= _MAX_TITLE:
        return text
    return f"{text[:_MAX_TITLE].rsplit(' ', 1)[0]} …"
