"""How news reads: each new, corrected or retracted fact with its revision and sources; and the buttons to unfollow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from discord import ui

from bot.answers.news import LATEST_EVENTS, NOTHING_NEW
from bot.client.fact_text import Numbering, fact_text, source_lines, withdrawn_text, words_of_change
from bot.client.follows import words
from bot.client.interactions import RouteButton
from bot.client.logbook.lines import more
from bot.client.panels import BLUE, page_buttons, page_of, panel
from bot.client.text import inline, timestamp
from bot.client.words import page_foot
from bot.facts.models import FactRecord
from bot.facts.news import MAX_READ, NewsItem
from bot.facts.state.follows import Follow
from bot.languages import say
from bot.service.follows import NewsRecord
from bot.service.session import Session

PAGE = 4
"""Pieces of news in one message: as many as fit even if each is as long as it may be."""

_TEXT, _SHORT, _QUESTION = 220, 90, 200
_MAX_NEWS = 700  # characters of a piece of news, whose fact is cut to `_SHORT` where it would have more
_SOURCES, _MAX_MESSAGE = 600, 3_900
_MAX_QUESTIONS = 2
_MAX_BUTTONS = 5


@dataclass(frozen=True, slots=True)
class QuestionNews:
    """A question that is followed, with the fact that answers it now; None where none does any more."""

    question: str
    fact: FactRecord | None


def told_view(
    session: Session,
    follows: Sequence[Follow],
    items: Sequence[NewsItem],
    questions: Sequence[QuestionNews],
    server: int,
    place: str,
) -> ui.LayoutView:
    """Return the message about all that is new of what somebody, or a channel, follows, with a button to unfollow each.

    ``place`` names the server, for direct messages; what has no room is counted.
    """
    shown_questions = questions[:_MAX_QUESTIONS]
    shown = session.news.records(items[: PAGE - len(shown_questions)])
    facts = [news.fact for news in shown_questions if news.fact is not None]
    numbering = Numbering([*facts, *map(_cited, shown)])
    head = say(words.WHAT_IS_NEW, names=words.named([follow.title for follow in follows]))
    left = session.news.count(follows, items) - len(shown) + len(questions) - len(shown_questions)
    blocks = [
        f"{head}\n-# {place}" if place else head,
        *(_question_text(news, numbering) for news in shown_questions),
        *(_fitting_news(news, numbering) for news in shown),
        f"{more(left)}\n{say(words.SEE_ALL)}" if left else "",
    ]
    blocks.append(_sources(numbering, blocks))
    buttons = [unfollow_button(follow, server) for follow in follows[:_MAX_BUTTONS]]
    return panel(blocks, buttons, colour=BLUE)


def news_view(session: Session, since: str, story: str | None, page: int, number: int, owner: int) -> ui.LayoutView:
    """Return a page of what is new since a time (ISO 8601 in UTC), the latest first; ``number`` is that of the story."""
    day = timestamp(since, "D")
    items = session.news.since(since, story)
    if not items:
        return _no_news(session, day, story)
    of_page, page, pages = page_of(items, page, PAGE)
    shown = session.news.records(of_page)
    numbering = Numbering(map(_cited, shown))
    blocks = [
        say(words.NEWS_SINCE, day=day),
        *(_fitting_news(news, numbering) for news in shown),
        more(session.news.count_since(since, story) - MAX_READ) if len(items) == MAX_READ and page == pages - 1 else "",
        page_foot(page, pages),
    ]
    blocks.insert(-1, _sources(numbering, blocks))
    stamp = int(datetime.fromisoformat(since).timestamp())
    return panel(blocks, page_buttons("news-page", page, pages, lambda to: f"{to}:{owner}:{number}:{stamp}"), colour=BLUE)


def _no_news(session: Session, day: str, story: str | None) -> ui.LayoutView:
    """Say that nothing is new since a day, and show the latest events all the same."""
    events = session.news.latest_events(PAGE, story)
    if not events:
        return panel(say(NOTHING_NEW, day=day), colour=BLUE)
    numbering = Numbering(events)
    shown = (fact_text(event, numbering.marks(event), _TEXT, date_first=True) for event in events)
    blocks = [f"{say(NOTHING_NEW, day=day)}\n{say(LATEST_EVENTS)}", *shown]
    return panel([*blocks, _sources(numbering, blocks)], colour=BLUE)


def unfollow_button(follow: Follow, server: int) -> RouteButton:
    """Return the button to unfollow: it is under direct messages too, so it names the server."""
    text = say(words.UNFOLLOW, name=follow.title)
    if follow.channel is not None:
        return RouteButton("unfollow-channel", follow.number, text)
    return RouteButton("unfollow", f"{server}:{follow.number}", text)


def _cited(news: NewsRecord) -> FactRecord:
    """Return a fact as it is cited: one that was retracted as it was before."""
    return news.before if news.item.kind == "retracted" and news.before is not None else news.now


def _sources(numbering: Numbering, blocks: Sequence[str]) -> str:
    """List the sources of a message, as many as there is room for below its other blocks."""
    return source_lines(numbering.citations, min(_SOURCES, _MAX_MESSAGE - sum(map(len, blocks))), button=False)


def _fitting_news(news: NewsRecord, numbering: Numbering) -> str:
    text = _news_text(news, numbering, _TEXT)
    return text if len(text) <= _MAX_NEWS else _news_text(news, numbering, _SHORT)


def _news_text(news: NewsRecord, numbering: Numbering, limit: int) -> str:
    item, now, before = news.item, news.now, news.before
    when, marks = timestamp(item.at), numbering.marks(_cited(news))
    if item.kind == "retracted" and before is not None:
        return f"{say(words.RETRACTED, ref=now.ref)}{marks}\n{withdrawn_text(before, when, item.reason, limit)}"
    text = fact_text(now, marks, limit)
    if item.kind == "corrected" and before is not None:
        change = say("Corrected {when}: {change}", when=when, change=words_of_change(before, now, limit))
        return f"{say(words.CORRECTED, ref=now.ref)}\n{text}\n-# {change}"
    return f"{say(words.NEW, ref=now.ref)}\n{text}"


def _question_text(news: QuestionNews, numbering: Numbering) -> str:
    question = f"**{inline(news.question, _QUESTION)}**"
    if news.fact is None:
        return say(words.NOT_ANSWERED, question=question)
    text = fact_text(news.fact, numbering.marks(news.fact), _SHORT)
    return f"{say(words.ANSWERED, question=question)}\n{text}\n-# {news.fact.ref}"
