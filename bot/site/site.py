"""All files of a story's site, by name: pages, feeds, the sitemap, the style and the scripts."""

from __future__ import annotations

from bot.languages import ENGLISH, LANGUAGES, speaking
from bot.site.addresses import ATOM, JSON_FEED, SITEMAP, fact_page, site_address
from bot.site.feeds import atom, json_feed, sitemap
from bot.site.pages import STATIC, Pages
from bot.site.published import PublishedStory


def site_language(story_language: str) -> str:
    """Return the language in which a site speaks of a story: that of the story, where the interface has it, else English."""
    code = story_language.lower().partition("-")[0]
    return code if code in LANGUAGES else ENGLISH


def site_files(
    story: PublishedStory, base_url: str | None = None, *, spoken: str | None = None, unreviewed: bool = False
) -> dict[str, bytes]:
    """Return the files of a site by their names in its folder; the same story gives the same bytes.

    ``base_url`` is where the site will be, which the sitemap, whole addresses in feeds and the code for widgets need.
    ``spoken`` is the language of its own words, None for the story's. Raises UsageError for an address that is none.
    """
    address = site_address(base_url) if base_url else ""
    with speaking(spoken or site_language(story.info.language)):
        pages = Pages(story, address, unreviewed=unreviewed)
        files = dict(pages.files())
        gone = {fact_page(record.fact.id) for record in story.withdrawn}
        files[ATOM] = atom(story, address, pages.entry)
        files[JSON_FEED] = json_feed(story, address, pages.entry)
        if address:
            shown = (page for page in files if page.endswith(".html") and not page.startswith("embed/") and page not in gone)
            files[SITEMAP] = sitemap(story, address, shown)
    static = {path.name: path.read_bytes() for path in sorted(STATIC.iterdir()) if path.is_file()}
    return static | {name: text.encode() for name, text in files.items()}
