"""Articles that were fetched from pages and are read again from there for some weeks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.drafting.comparison import StaleCitation
from bot.drafting.coverage import sentence_key
from bot.drafting.intake import Intake, Taken
from bot.drafting.read_article import ReadArticle
from bot.drafting.reading import read
from bot.drafting.stored_story import HALF
from bot.facts.base import FactBase
from bot.facts.logbook import READ_AGAIN, sign
from bot.facts.models import FactRecord, Source
from bot.facts.state.watched_pages import WatchedPage
from bot.service.articles import take_article

BY_ITSELF = "Footnote"
"""The signer of what the bot does unasked."""


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """What became of reading a page again.

    ``other``: it is hardly the same article any more, so nothing was changed and the page is no longer read. ``dropped``: nothing
    of the article is left in the story, so its page is no longer read either. ``stale`` are the facts that people wrote or kept
    and that cite what is gone, with the reason.
    """

    outcome: Literal["same", "changed", "other", "dropped"]
    source: Source | None = None
    taken: Taken | None = None
    stale: tuple[tuple[FactRecord, StaleCitation], ...] = ()


class WatchedArticles:
    """Reads the articles of one base again from their pages; `WatchedPages` stores which are due."""

    def __init__(self, base: FactBase) -> None:
        self._base = base

    def read_again(self, page: WatchedPage, article: ReadArticle) -> ReadAgain:
        """Take in what a page says now, and note when it is read again. Raises what `Intake.take` raises."""
        story = self._base.story(page.story)
        known = next((known for known in story.sources if known.id == page.source), None)
        passages = [
            fact for fact in story.facts
            if fact.kind == "passage" and any(citation.source == page.source for citation in fact.citations)
        ]  # fmt: skip
        if known is None or not passages:
            self._base.watched_pages.forget(page.number)
            return ReadAgain("dropped")
        intake, reading = Intake(self._base, story.info), read(article.article, story.info.language)
        there = {_key(sentence.text()) for sentence in reading.sentences}
        stayed = sum(_key(passage.text) in there for passage in passages)
        source = intake.find(reading, article.source)
        if source is None or source.id != page.source or stayed < HALF * len(passages):
            self._base.watched_pages.forget(page.number)
            return ReadAgain("other", known)
        taken = take_article(self._base, intake, article, sign(BY_ITSELF, READ_AGAIN), watched=False)
        if taken.applied.change is None:
            self._base.watched_pages.note_look(page.number, failed=False)
            return ReadAgain("same", known, taken)
        self._base.watched_pages.watch(page.story, page.source, page.url)
        return ReadAgain("changed", known, taken, self._stale_facts(page.story, taken))

    def _stale_facts(self, story: str, taken: Taken) -> tuple[tuple[FactRecord, StaleCitation], ...]:
        if not taken.stale:
            return ()
        records = {record.fact.id: record for record in self._base.all_facts(story)}
        return tuple((records[stale.fact.id], stale) for stale in taken.stale if stale.fact.id in records)


def _key(text: str) -> str:
    return sentence_key(text) or " ".join(text.casefold().split())
