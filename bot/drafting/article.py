"""An article as it is read: its title, its paragraphs as a reader counts them, and the quotations in each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.drafting.page import ENDINGS, decode_page, is_page
from bot.english.datelines import dateline_of
from bot.english.quotation_marks import quoted_spans
from bot.english.sentences import Paragraph, paragraphs_of
from bot.errors import UsageError
from bot.facts.sourcing import AGENCIES
from bot.messages import Message
from bot.multilingual.identification import language_of_text
from bot.multilingual.published_lines import published_in

MAX_TEXT_BYTES = 200_000
"""Bytes of an article; the longest reports in newspapers have half of that."""

MAX_PAGE_BYTES = 1_000_000
"""Bytes of a web page, of which its article is a small part."""

MAX_SIGNS, MAX_QUOTATIONS = 5000, 60
"""Signs and quotations of one paragraph. Each word is held against all others in it: ten times as many would take minutes."""

_LONG_PARAGRAPH = (
    "Paragraph {number} is too long: it may have {signs} characters and {quotations} quotations. Split it with a blank line."
)

_HEAD = 4096  # bytes by which a web page is known
_MAX_HEADING = 160  # signs; a headline has half of that
_MAX_BYLINE = 12  # words
_ENDS = re.compile(r"[.!?:;…。！？؟।][\"'“”‘’«»‹›」』)\]\s]*$")
_BYLINE = re.compile(r"^by\s+(?P<names>[^\W\d_].{1,100})$", re.IGNORECASE)
_OUTLET = re.compile(r"(?P<outlet>.{1,100}), (?P<day>\d{4}-\d\d-\d\d)$")
_RELATED = re.compile(
    r"(?:related(?: (?:articles?|content|coverage|links?|news|posts?|reading|reports?|stor(?:y|ies)|topics?|videos?))?"
    r"|read (?:more|also|next)|also read|see also|more on this(?: story)?) ?[:|–—]",
    re.IGNORECASE,
)
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Article:
    """An article: ``title``, ``authors``, ``outlet`` and ``published`` (EDTF) as far as it states them itself.

    ``language`` is that of its text (ISO 639-1), None where it is not sure.
    """

    title: str | None
    authors: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    outlet: str | None = None
    published: str | None = None
    language: str | None = None


def most_bytes(name: str) -> int:
    """Return how many bytes a file with an article may have, by its name: a web page more than plain text."""
    return MAX_PAGE_BYTES if name.lower().endswith(ENDINGS) else MAX_TEXT_BYTES


def decode_article(content: bytes, name: str) -> str:
    """Return an article's text, or the web page that it is.

    Raises UsageError where the file is too large, or neither a page nor text in UTF-8.
    """
    head = content[:_HEAD].decode("utf-8", "ignore")
    if len(content) <= MAX_PAGE_BYTES and is_page(head):
        return decode_page(content)
    if len(content) > MAX_TEXT_BYTES:
        raise UsageError(
            Message(
                "{name} is too large: an article may have {most} kB. Cut out what is not text.",
                name=name,
                most=MAX_TEXT_BYTES // 1000,
            )
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UsageError(
            Message("{name} is not text in UTF-8 (line {line}). Save it as plain text in UTF-8.", name=name, line=line)
        ) from None
    if "\x00" in text:
        raise UsageError(Message("{name} is not a text file. Save the article as plain text in UTF-8.", name=name))
    return text


def read_article(text: str, *, title: str | None = None, keep_headings: bool = False) -> Article:
    """Read an article; ``title`` is that of its source.

    Lines that look like headings inside the text are no paragraphs, unless ``keep_headings`` says that each block counts as one.

    Raises UsageError where nothing in it is a sentence, or it or a paragraph is too long.
    """
    if len(text) > MAX_TEXT_BYTES:
        raise UsageError(
            Message(
                "The article is too large: it may have {most} kB of text. Cut out what is not part of it.",
                most=MAX_TEXT_BYTES // 1000,
            )
        )
    blocks = list(_blocks(text))
    head = _head(blocks, title)
    prose = [block for block in blocks[head.lines :] if not (_is_related(block) or _is_heading(block)) or _quotes_in_words(block)]
    body = blocks[head.lines :] if keep_headings else prose
    if not prose:
        raise UsageError(
            Message("The article has no sentence to draft from. Give its text, with a blank line between paragraphs.")
        )
    whole = "\n\n".join(body)
    paragraphs = tuple(paragraphs_of(whole, quoted_spans(whole)))
    too_long = (
        paragraph for paragraph in paragraphs if len(paragraph.text) > MAX_SIGNS or len(paragraph.quotations) > MAX_QUOTATIONS
    )
    full = next(too_long, None)
    if full is not None:
        raise UsageError(Message(_LONG_PARAGRAPH, number=full.number, signs=MAX_SIGNS, quotations=MAX_QUOTATIONS))
    read = []
    for paragraph in paragraphs:
        # Left out are the dateline, what names another article, and quotation marks without a word between: they quote nobody.
        dateline = dateline_of(paragraph.text, AGENCIES)
        first = len(paragraph.text) if _is_related(paragraph.text) else dateline.end if dateline else 0
        words = [
            quotation
            for quotation in paragraph.quotations
            if any(map(str.isalnum, paragraph.text[quotation.start : quotation.end]))
        ]
        read.append(replace(paragraph, quotations=tuple(words), first=first))
    return Article(head.title, head.authors, tuple(read), head.outlet, head.published, language_of_text("\n".join(prose)))


def _blocks(text: str) -> Iterator[str]:
    """Return the paragraphs of a text: parted by blank lines, or where there are none, each line one."""
    text = _HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n").replace("\u2029", "\n\n"))
    parts = re.split(r"\n\s*\n", text)
    if len([part for part in parts if part.strip()]) == 1:
        parts = text.split("\n")
    for part in parts:
        lines = [" ".join(line.split()) for line in part.split("\n") if line.strip()]
        # A headline and the lines with its authors, its outlet and day stand together, without a blank line between.
        head = all(map(_is_heading, lines)) or any(_BYLINE.match(line) or _OUTLET.match(line) for line in lines[1:3])
        yield from lines if head else [" ".join(lines)]


@dataclass(slots=True)
class _Head:
    """What stands above the text of an article, in so many ``lines``."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    published: str | None = None
    lines: int = 0


def _head(blocks: Sequence[str], title: str | None) -> _Head:
    """Read what stands above the text."""
    language = language_of_text("\n".join(block for block in blocks if not _is_heading(block)))
    head = _Head()
    while head.lines < len(blocks) - 1:
        block = blocks[head.lines]
        byline = _BYLINE.match(block) if len(block.split()) <= _MAX_BYLINE else None
        outlet = _OUTLET.match(block)
        if byline is not None:
            head.published = head.published or published_in(block, language)
            names = (name.strip(" |·–—-") for name in re.split(r",| and |[|·]", byline["names"]))
            head.authors = tuple(name for name in names if name and not any(map(str.isdigit, name)))
        elif head.title is not None and head.outlet is None and outlet is not None:
            head.outlet, head.published = outlet["outlet"], outlet["day"]
        elif head.title is not None and head.published is None and (day := published_in(block, language)) is not None:
            head.published = day
        elif head.title is None and (
            _is_heading(block) or _begins_head(blocks) or (title and block.casefold() == title.casefold())
        ):
            head.title = block
        elif not _is_heading(block) or _quotes_in_words(block):
            break
        head.lines += 1
    return head


def _begins_head(blocks: Sequence[str]) -> bool:
    """Return whether a byline, or an outlet with its day, stands right below the first line, which then is the headline."""
    return any(_BYLINE.match(line) or _OUTLET.match(line) for line in blocks[1:2])


def _is_heading(block: str) -> bool:
    return len(block) <= _MAX_HEADING and not _ENDS.search(block)


def _is_related(block: str) -> bool:
    """Return whether a block names another article, as papers do among their paragraphs: it tells nothing, but may be counted."""
    return len(block) <= _MAX_HEADING and _RELATED.match(block) is not None


def _quotes_in_words(block: str) -> bool:
    """Return whether a block quotes somebody among words of its own, as a heading inside a text does not."""
    spans = [span.whole for span in quoted_spans(block)]
    return bool(spans) and spans[0] != (0, len(block))
