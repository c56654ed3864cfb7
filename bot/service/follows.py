"""What those who follow something are told: the news since they were told last, and answers that changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answers.models import Answer
from bot.cancellation import check_cancelled
from bot.facts.base import FactBase
from bot.facts.models import FactRecord
from bot.facts.news import MAX_READ, NewsItem, told_of
from bot.facts.state.follows import Follow


@dataclass(frozen=True, slots=True)
class NewsRecord:
    """A piece of news with the fact as it is ``now`` and as it was ``before``; the latter is None for a new one."""

    item: NewsItem
    now: FactRecord
    before: FactRecord | None


@dataclass(frozen=True, slots=True)
class PendingNews:
    """The ``last`` change, the ``follows`` that were not told of all up to it, and their news by their numbers.

    Questions have no news here: they have to be asked again. ``refusing`` are the channels that refused the last message,
    ``timezone`` is that of the server.
    """

    last: int
    follows: tuple[Follow, ...]
    news: dict[int, tuple[NewsItem, ...]]
    refusing: frozenset[int]
    timezone: str


class NewsReader:
    """Reads the news of one base for lists and for those who follow something."""

    def __init__(self, base: FactBase) -> None:
        self._base = base

    def pending(self) -> PendingNews:
        """Return what is to be told, as of one change: what another program changes meanwhile is told the next time."""
        while True:
            last = self._base.news.last_change()
            follows = self._base.follows.behind(last)
            news = self._of_follows(follow for follow in follows if follow.target.kind != "question")
            if self._base.news.last_change() == last:
                refusing = frozenset(self._base.refusals.since())
                return PendingNews(last, follows, news, refusing, self._base.settings.read().timezone)

    def last_change(self) -> int:
        """Return the number of the last change; 0 where there was none."""
        return self._base.news.last_change()

    def time_after(self, change: int) -> str | None:
        """Return when the first change after a change was made (ISO 8601 in UTC); None where there was none."""
        return self._base.news.time_after(change)

    def _of_follows(self, follows: Iterable[Follow]) -> dict[int, tuple[NewsItem, ...]]:
        read: dict[tuple[int, str, str | None], tuple[NewsItem, ...]] = {}
        news = {}
        for follow in follows:
            target = follow.target
            actor = target.named if target.kind == "actor" else None
            own = actor if actor is not None and self._base.news.is_more_than_read(follow.told) else None
            key = (follow.told, target.story, own)
            if key not in read:
                check_cancelled()
                read[key] = self._base.news.since(follow.told, target.story, actor=own)
            news[follow.number] = tuple(item for item in read[key] if actor is None or actor in item.actors)
        return news

    def since(self, at: str, story: str | None) -> tuple[NewsItem, ...]:
        """Return the news of all stories, or of one, since a time (ISO 8601 in UTC), the latest first."""
        return self._base.news.since(self._base.news.change_before(at), story, latest_first=True)

    def count(self, follows: Iterable[Follow], items: Sequence[NewsItem]) -> int:
        """Return of how many facts there is news for whoever follows some things, of which ``items`` were read."""
        if len(items) < MAX_READ:
            return len(items)
        facts = {item.fact for item in items}
        for follow in follows:
            target = follow.target
            if target.kind != "question":
                check_cancelled()
                actor = target.named if target.kind == "actor" else None
                facts |= self._base.news.facts_since(follow.told, target.story, actor=actor)
        return len(facts)

    def count_since(self, at: str, story: str | None) -> int:
        """Return of how many facts there is news since a time (ISO 8601 in UTC), also of those that are not read."""
        return len(self._base.news.facts_since(self._base.news.change_before(at), story))

    def latest_events(self, most: int, story: str | None) -> tuple[FactRecord, ...]:
        """Return the reviewed events of the latest days, latest first."""
        return self._base.facts(self._base.news.latest_events(most, story))

    def records(self, items: Sequence[NewsItem]) -> tuple[NewsRecord, ...]:
        """Return pieces of news with their facts."""
        show = self._base.revisions.show
        return tuple(
            NewsRecord(
                item, show(item.fact, item.now), show(item.fact, item.before) if item.kind != "new" and item.before else None
            )
            for item in items
        )

    def is_same_answer(self, follow: Follow, now: FactRecord | None) -> bool:
        """Return whether a question that is followed has the answer that it had: the same fact, as it was told.

        If not all facts could answer when it was followed, the answer that was there already is the one that it had.
        """
        before = follow.answer
        if not follow.asked and now is not None:
            revision = self._base.news.revision_at(now.number, follow.told)
            before = (now.number, revision) if revision is not None else None
        if before is None or now is None:
            return before is None and now is None
        number, revision = before
        return number == now.number and told_of(self._base.revisions.show(number, revision).fact) == told_of(now.fact)


def sure_answer(answer: Answer) -> FactRecord | None:
    """Return the first fact of a sure answer; None where there is none, or where nobody has reviewed that fact."""
    first = answer.facts[0].record if answer.facts else None
    return first if first is not None and first.fact.reviewed else None
