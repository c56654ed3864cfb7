"""A folder of articles, read as one story: each file is a source, whose id is the file's name without its ending.

A text file begins with its headline, then, each on a line of its own and each optional, ``By NAMES`` and ``OUTLET, YYYY-MM-DD``;
after a blank line come its paragraphs. A web page says these things of itself; of a PDF its largest words are the headline,
of a Word document its title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.drafting.article import Article, decode_article, read_article
from bot.drafting.coverage import read_coverage
from bot.drafting.dates import stated_day
from bot.drafting.docx import ENDING as DOCX
from bot.drafting.docx import MAX_BYTES as MAX_DOCX_BYTES
from bot.drafting.docx import read_docx
from bot.drafting.page import ENDINGS as PAGES
from bot.drafting.page import MAX_BYTES as MAX_PAGE_BYTES
from bot.drafting.page import decode_page, is_page, read_page
from bot.drafting.page_metadata import PageMetadata
from bot.drafting.pdf import ENDING as PDF
from bot.drafting.pdf import MAX_BYTES as MAX_PDF_BYTES
from bot.drafting.pdf import read_pdf
from bot.errors import UsageError
from bot.facts.models import Source, Story, StoryInfo
from bot.facts.text import host_of
from bot.languages import ENGLISH
from bot.messages import Message
from bot.stories.fields import slug_of

MARKDOWN = ".md"
ENDINGS = (".txt", MARKDOWN, *PAGES, PDF, DOCX)
MIN_PAID = 2_500
"""Characters from which the text of a page that is for subscribers is the article and not its first lines."""

STORY = StoryInfo("articles", "Articles")

_PAID = Message(
    "The site shows the whole article to subscribers only. If you are one, save the page as you see it, and give the file."
)
_HEAD = 4096  # bytes by which a web page is known
_MARKS = re.compile(
    r"^#+ +|(?<!\w)(?:\*\*|__)(?=\S)|(?<=\S)(?:\*\*|__)(?!\w)|(?<!\w)[*_](?=\w)|(?<=[\w.!?])[*_](?!\w)", re.MULTILINE
)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*(?: \"[^\"]*\")?\)")

_NONE = "No article could be read from {path}. {mend}"
_UNREADABLE = "It cannot be read ({reason}). Check its name and permissions."

ReadFile = Callable[[Path], tuple[Article, Source]]


@dataclass(frozen=True, slots=True)
class Folder:
    """What a folder holds: the story that its articles make, and a sentence for each file that could not be read."""

    story: Story
    problems: tuple[str, ...]


def read_folder(path: Path, read: ReadFile | None = None) -> Folder:
    """Read the articles in a folder and the folders in it, or one article. Raises UsageError where there is none.

    ``read`` reads one file as `read_file` does, such as in a process of its own.
    """
    files = article_files(path)
    articles: dict[str, tuple[Article, Source]] = {}
    problems = []
    for file in files:
        try:
            article, source = (read or read_file)(file)
        except UsageError as error:
            problems.append(f"{file.name} was not read: {error}")
            continue
        if source.id in articles:
            problems.append(f"{file.name} was not read: there are two files of this name; rename one.")
        else:
            articles[source.id] = article, source
    if not articles:
        mend = " ".join(problems) or f"Put files into it that end in {', '.join(ENDINGS)}."
        raise UsageError(Message(_NONE, path=str(path), mend=mend))
    languages = Counter(article.language or ENGLISH for article, _ in articles.values())
    story = replace(STORY, language=languages.most_common(1)[0][0])
    return Folder(read_coverage(story, articles.values()), tuple(problems))


def article_files(path: Path) -> list[Path]:
    """Return the files with articles in a folder and the folders in it, in order; a file is its own."""
    return [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.suffix.lower() in ENDINGS)


def read_file(file: Path) -> tuple[Article, Source]:
    """Read an article with the source that it is. Raises UsageError for what is no article."""
    try:
        with file.open("rb") as opened:
            content = opened.read(max(MAX_PAGE_BYTES, MAX_PDF_BYTES, MAX_DOCX_BYTES) + 1)
    except OSError as error:
        raise UsageError(Message(_UNREADABLE, reason=(error.strerror or "?").lower())) from None
    return read_content(content, file.name)


def read_content(content: bytes, name: str, *, url: str | None = None) -> tuple[Article, Source]:
    """Read the content of a file with an article, or of a page that was fetched from ``url``, whose source is named by its title.

    Raises as `read_file`.
    """
    stem, suffix = Path(name).stem, Path(name).suffix.lower()
    if suffix in (PDF, DOCX):
        text = read_pdf(content) if suffix == PDF else read_docx(content)
    elif len(content) <= MAX_PAGE_BYTES and is_page(content[:_HEAD].decode("utf-8", "ignore")):
        text = decode_page(content)
    else:
        text = decode_article(content, name)
    known = read_page(text) if is_page(text) else None
    metadata = known.metadata if known is not None else PageMetadata()
    if url is not None and known is not None and not metadata.is_free and len(known.text) < MIN_PAID:
        raise UsageError(_PAID)
    if url is not None and host_of(metadata.url) != host_of(url):
        metadata = replace(metadata, url=url)  # a page may not say that it is another site's
    if known is not None:
        text = known.text
    elif suffix == MARKDOWN:
        text = _MARKS.sub("", _LINK.sub(r"\1", text))
    # Of a text file whoever looks a passage up counts the blocks; a page shows its headings otherwise than its paragraphs.
    article = read_article(text, title=metadata.title or None, keep_headings=known is None)
    outlet = metadata.publisher or article.outlet
    title = metadata.title or article.title or stem
    source = Source(
        id=stem if url is None else slug_of(title, 40) or "page",
        type="article-newspaper" if outlet else "webpage",
        title=title,
        publisher=outlet,
        authors=tuple(metadata.authors) or article.authors,
        published=stated_day(metadata.published) or stated_day(article.published),
        url=metadata.url or None,
    )
    return article, source
