"""What ``footnote story report --check-links`` learns from the web: links that are dead, pages that changed, archived copies."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from bot.cli.links import check_links
from bot.drafting.read_article import read_upload
from bot.editing.report import LinkChecks, links_of, pages_without_copy
from bot.errors import UsageError
from bot.facts.models import Story
from bot.facts.state.read_pages import ReadPage
from bot.uploads import AT_THE_COMMAND_LINE, call_limited
from bot.web.archived_copies import find_copies
from bot.web.fetching import Fetched, fetch_article
from bot.web.guard import is_of_public_web

_MAX_AT_ONCE = 6  # pages that are fetched; each waits for its site


def open_links(story: Story, pages: Sequence[ReadPage]) -> LinkChecks:
    """Open the links of a story, compare the ``pages`` from which it was read, and ask the Internet Archive for copies."""
    lacks = check_links(links_of(story))
    copies, unanswered = find_copies({page: day for page, day in pages_without_copy(story).items() if is_of_public_web(page)})
    there = {source.id for source in story.sources}
    return LinkChecks(lacks, copies, unanswered, _changed([page for page in pages if page.source in there]))


def _changed(pages: Sequence[ReadPage]) -> list[str]:
    """Return the sources whose pages say something else now; one that cannot be read now is none of them."""
    with ThreadPoolExecutor(_MAX_AT_ONCE) as fetching:
        fetched = list(fetching.map(_fetched, pages))
    changed = []
    for page, content in zip(pages, fetched, strict=True):
        with suppress(UsageError):
            if content is not None and _text_hash(content) != page.hash:
                changed.append(page.source)
    return changed


def _fetched(page: ReadPage) -> Fetched | None:
    with suppress(UsageError):
        return fetch_article(page.url)
    return None


def _text_hash(page: Fetched) -> str:
    """Return the hash of the text of a page. Raises UsageError where there is no article in it."""
    return call_limited(AT_THE_COMMAND_LINE, read_upload, page.content, page.name, page.url).text_hash
