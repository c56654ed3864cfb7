"""Feeds that a server follows: which of their items fit a story, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answers.finding.story_likeness import StoryLanguage
from bot.drafting.feed import ReadFeed, ReadItem
from bot.drafting.read_article import ReadArticle
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.logbook import Signature
from bot.facts.state.feeds import Feed, ItemSeen
from bot.facts.text import page_key
from bot.service.articles import Articles, TakenArticle

if TYPE_CHECKING:  # what fetches takes a while to load, and most commands of the terminal fetch nothing
    from bot.web.fetching import FeedState

MAX_FIRST = 5
"""How many items, the newest, are offered of those that a feed has when it is added; later ones are offered as they come."""


@dataclass(frozen=True, slots=True)
class AddedFeed:
    """A feed that was added, how many items it has now, how many of these fit, and how many of these will be offered."""

    feed: Feed
    items: int
    fitting: int
    offered: int


class FollowedFeeds:
    """Takes in what the feeds of one base give; `Feeds` stores them and what became of their items."""

    def __init__(self, base: FactBase, lexicon: Lexicon) -> None:
        self._base, self._lexicon = base, lexicon

    def add(self, story: str, url: str, read: ReadFeed, state: FeedState, signature: Signature) -> AddedFeed:
        """Follow a feed that was just read. Raises NotKnownError (story), UsageError where it cannot be added."""
        seen = list(self._seen(story, read.items))
        fitting = [item for item in seen if item.fits]
        first = {item.key for item in fitting[:MAX_FIRST]}
        items = (item if item.key in first else _unfit(item) for item in seen)
        feed = self._base.feeds.add(story, url, read.title or url, signature, items, etag=state.etag, modified=state.modified)
        return AddedFeed(feed, len(seen), len(fitting), len(first))

    def note_answer(self, feed: Feed, read: ReadFeed, state: FeedState) -> None:
        """Take in what a feed gave: each item that it has not given before is compared with its story."""
        keys = [item.key for item in read.items]
        new = self._base.feeds.new_of(feed.number, keys)
        items = self._seen(feed.story, (item for item in read.items if item.key in new)) if new else ()
        # Feeds list the newest first, and items are offered in the order in which they are stored, so the oldest goes first.
        self._base.feeds.note_answer(
            feed.number, reversed(list(items)), keys, title=read.title, etag=state.etag, modified=state.modified
        )

    def take(self, number: int, articles: Articles, read: ReadArticle, signature: Signature) -> TakenArticle:
        """Take in the article of an item, once. Raises DecidedError, NotKnownError, and what `Articles.take` raises."""
        with self._base.transaction():
            return articles.take(read, signature, story=self._base.feeds.mark(number, "read").story)

    def _seen(self, story: str, items: Iterable[ReadItem]) -> Iterable[ItemSeen]:
        """Yield items with why they fit a story; one whose article the story has, or that was offered before, does not.

        Newspapers list one article in several feeds, and some give it a new id each time they change it.
        """
        language = StoryLanguage(self._base, self._lexicon, story)
        urls = (*(source.url for _, source, _ in self._base.sources(story)), *self._base.feeds.urls(story))
        known = {page_key(url) for url in urls} - {None}
        for item in items:
            page, likeness = page_key(item.url), language.likeness(f"{item.title}. {item.summary}")
            fits = likeness.fits and page not in known
            known |= {page} if fits else set()
            yield ItemSeen(item.key, item.url, item.title, item.outlet, item.published, likeness.names, likeness.words, fits)


def _unfit(item: ItemSeen) -> ItemSeen:
    return ItemSeen(item.key, item.url, item.title)
