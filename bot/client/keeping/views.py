"""How a card looks, below a line that says what was done before; and the list of what waits, most asked first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from discord import ButtonStyle, ui

from bot import phrases
from bot.client.fact_text import fact_text, summary
from bot.client.interactions import RouteButton
from bot.client.keeping import words
from bot.client.panels import BLUE, GREEN, GREY, Block, page_buttons, panel, section
from bot.client.permissions import shown_signer
from bot.client.text import clean, fitting, inline, link, timestamp
from bot.client.words import locator, page_foot
from bot.editing.keeping import KEEP, Outcome, SentenceCard
from bot.facts.models import Actor, FactRecord
from bot.facts.unreviewed import Waiting
from bot.languages import language, say
from bot.presentation import wording
from bot.service.session import Session

PAGE = 6
"""Sentences on a page of the list."""

_TEXT, _BESIDE, _DONE, _LINE, _TITLE, _NAME = 1500, 220, 110, 200, 160, 60  # characters
_MAX_NAMES, _MAX_SOURCES = 8, 3

Line = str | ui.Item[Any]


def card_panel(card: SentenceCard, done: Line = "") -> ui.LayoutView:
    """Return a card, below the line ``done``, which says what was done before."""
    record = card.record
    number, seen = record.number, record.revision
    head = " · ".join(filter(None, (words.position(card.position, card.total), words.asked(card.asked))))
    blocks: list[Block] = [done, [f"-# {head}", say(words.AGAIN) if card.again else "", *_sentences(card)], _details(record)]
    acts = [
        RouteButton("keep", f"{number}:{seen}", say(words.KEEP), style=ButtonStyle.success),
        RouteButton("keep-edit", f"{number}:{seen}", say(words.EDIT)),
        RouteButton("keep-drop", f"{number}:{seen}", say(words.DROP), style=ButtonStyle.danger),
        RouteButton("keep-skip", number, say(words.SKIP)),
    ]
    return panel(blocks, acts, [RouteButton("keep-list", 0, say(words.LIST))], colour=BLUE)


def _sentences(card: SentenceCard) -> list[str]:
    """Return what a fact says; a sentence of an article stands between its neighbours."""
    record = card.record
    if record.fact.kind != "passage":
        return [fact_text(record, "", _TEXT)]
    before, after = (f"-# {inline(text, _BESIDE)}" if text else "" for text in (card.before, card.after))
    return ["\n".join(filter(None, (before, f"**{fitting(clean(record.fact.glossed), _TEXT)}**", after)))]


def _details(record: FactRecord) -> str:
    """Say where a fact is from, who speaks, of which day it is, and who is named."""
    fact = record.fact
    lines = []
    for citation, source in record.cited[:_MAX_SOURCES]:
        about = [*(inline(part, _NAME) for part in wording.published(source)), inline(locator(citation), _NAME)]
        named = ", ".join(filter(None, [link(source.title, source.url, _TITLE), *about]))
        lines.append(phrases.labelled(say(words.SOURCE), named))
    if record.speakers:
        lines.append(phrases.labelled(say(words.SPEAKER), _names(record.speakers)))
    if fact.date is not None:
        lines.append(phrases.labelled(say(words.DAY), inline(fact.date.words(language()), _NAME)))
    if others := (*record.participants, *record.subjects):
        lines.append(phrases.labelled(say(words.PEOPLE), _names(others)))
    return "\n".join(f"-# {line}" for line in lines)


def _names(actors: Sequence[Actor]) -> str:
    named = [inline(actor.name, _NAME) for actor in actors[:_MAX_NAMES]]
    return phrases.listed([*named, *(["…"] if len(actors) > _MAX_NAMES else [])])


def next_panel(session: Session, by: str, done: Line = "") -> ui.LayoutView:
    """Return the next card of a moderator, or why there is none."""
    card = session.keeping.next(by)
    return end_panel(session, by, done) if card is None else card_panel(card, done)


def opened_panel(session: Session, by: str, number: int, done: Line = "") -> ui.LayoutView:
    """Return the card of one fact, or the next one if another moderator has it. Raises NotKnownError."""
    card = session.keeping.open(by, number)
    return card_panel(card, done) if card is not None else next_panel(session, by, done)


def end_panel(session: Session, by: str, done: Line = "") -> ui.LayoutView:
    """Say why a moderator has no further card."""
    story = session.keeping.story_of(by)
    if session.unreviewed.count(story):
        return panel([done, say(words.OTHERS_HAVE_THEM)], [RouteButton("keep-list", 0, say(words.LIST))])
    reviewed = session.unreviewed.coverage(story)
    if not reviewed.sentences:
        return panel([done, say(words.NOTHING_WAITS)])
    return panel([done, f"{say(words.ALL_REVIEWED)}\n-# {wording.coverage(reviewed)}"], colour=GREEN)


def list_panel(session: Session, by: str, page: int) -> ui.LayoutView:
    """Return a page of what waits in the story that a moderator goes through, or in all; most asked first, with buttons."""
    story = session.keeping.story_of(by)
    count = session.unreviewed.count(story)
    pages = max(1, -(-count // PAGE))
    page = max(0, min(page, pages - 1))
    waiting = session.unreviewed.waiting(story, limit=PAGE, skip=page * PAGE)
    if not waiting:
        return end_panel(session, by)
    foot = page_foot(page, pages, words.waiting(count))
    blocks: list[Block] = [say(words.LIST_TITLE), *waiting_lines(waiting), foot]
    return panel(blocks, page_buttons("keep-list", page, pages, lambda to: to), colour=GREY)


def waiting_lines(waiting: Iterable[Waiting]) -> list[ui.Item[Any]]:
    """Return a line for each thing that waits, with the button that leads to its card."""
    lines = []
    for fact in waiting:
        citation, source = fact.record.cited[0]
        where = ", ".join(filter(None, (inline(source.publisher or source.title, _NAME), inline(locator(citation), _NAME))))
        about = " · ".join(filter(None, (where, words.asked(fact.asked))))
        text = f"{summary(fact.record, _LINE)}\n-# {about}"
        lines.append(section(text, RouteButton("keep-open", fact.record.number, say(words.OPEN))))
    return lines


def done_line(outcome: Outcome, action: str) -> Line:
    """Return a line that says what keeping or dropping did, with a button to undo it; or that somebody else was quicker."""
    if outcome.applied is None:
        return outdated_line(outcome)
    text = summary(outcome.record, _DONE, also_retracted=True)
    shown = say(words.KEPT if action == KEEP else words.DROPPED, text=text)
    change = outcome.applied.change
    return shown if change is None else section(shown, RouteButton("keep-undo", change, say(words.UNDO)))


def outdated_line(outcome: Outcome) -> str:
    """Say who changed the fact of a card since it was seen, how and when."""
    record, last = outcome.record, outcome.last
    who, when = shown_signer(last.by), timestamp(last.at, "R")
    if record.retracted:
        return say(words.DROPPED_BY, who=who, when=when)
    if outcome.waits:
        return say(words.CHANGED_BY, who=who, when=when)
    return say(words.KEPT_BY if record.fact.kind == "passage" else words.EDITED_BY, who=who, when=when)
