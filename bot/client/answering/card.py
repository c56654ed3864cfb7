"""How a reply looks: the answer first, its facts, their sources, one row of buttons and a menu; always within Discord's limits.

The page of an actor has sections: what they did, what they said and claim, and what others say of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import discord
from discord import ui

from bot import phrases
from bot.client import words
from bot.client.custom_ids import SECTIONS, Press, ReplyAction, ReplyKind
from bot.client.fact_text import Numbering, corrected_text, fact_text, head_note, is_cut, plain_summary, source_lines, summary
from bot.client.interactions import FactChoice, ReplyButton, RouteButton
from bot.client.panels import AMBER, BLUE, GREY, Block, Button, option, page_of, panel, section, side_by_side, turn_buttons
from bot.client.sending import SentView
from bot.client.sites.sharing import share_buttons
from bot.client.text import inline, label, wikidata_link
from bot.errors import HOW_TO_ASK
from bot.facts.models import FactRecord
from bot.languages import language, say, say_number, speaking
from bot.presentation import wording
from bot.presentation.telling import as_events, as_quotes, as_said_or_done
from bot.service.facts import SidesOf
from bot.service.replies import Reply, unreviewed_in

MAX_TEXT = 3900
"""Characters of text in one message; Discord takes 4000."""

ROOMS = ((700, 1400), (450, 1400), (300, 1200), (200, 1000), (120, 600), (60, 300), (30, 150), (15, 150))
"""Characters that each fact, and all sources together, may take: the first pair with which the page fits is used."""

_MAX_OPENED = 7  # facts on a page with a button of their own; a message takes 40 parts
# Characters of the short answer, the question, the note and a publisher: beside them the facts must fit into MAX_TEXT.
_SHORT, _TITLE, _NOTE, _NAME = 300, 240, 700, 60
_PERHAPS = 1200  # characters of a fact that may answer, and of its sources
_NEAR = 60  # characters of a fact in the menu: two lines of a phone

_SECTION_TITLES = {
    ReplyKind.ACTOR: words.ALL,
    ReplyKind.ACTOR_DID: wording.HAPPENED,
    ReplyKind.ACTOR_QUOTES: words.IN_THEIR_WORDS,
    ReplyKind.ACTOR_CLAIMS: words.CLAIMED,
    ReplyKind.ACTOR_OTHERS: wording.SAID_ABOUT,
}


@dataclass(frozen=True, slots=True)
class Card:
    """A reply to be shown: its key (none: no buttons), whose it is, and which page of it.

    ``has_moderators``: some are there to find an answer for whoever got none, and to keep what nobody has reviewed.
    ``sides``: the event that the facts belong to, if several sides speak of it. ``on_web``: the facts of the page, by number,
    that have a page on the web.
    """

    reply: Reply
    kind: ReplyKind
    key: str | None
    asker: int
    page: int = 0
    page_size: int = 4
    private: bool = False
    has_moderators: bool = False
    sides: SidesOf | None = None
    on_web: tuple[int, ...] = ()

    @property
    def is_courtesy(self) -> bool:
        """Whether it answers a greeting or thanks."""
        return self.kind.answers and not self.reply.is_question and not self.reply.facts and not self.reply.suggestions

    @property
    def facts(self) -> tuple[FactRecord, ...]:
        """The facts of all pages: of one section of an actor's page, else all of the reply."""
        if self.kind not in SECTIONS:
            return self.reply.facts
        return tuple(record for record in self.reply.facts if _section_of(record, self.reply) is self.kind)

    @property
    def turned(self) -> tuple[Sequence[FactRecord], int, int]:
        """The facts of this page, which page it is, and how many there are."""
        return page_of(self.facts, self.page, self.page_size)

    @property
    def shown(self) -> Sequence[FactRecord]:
        """The facts of this page."""
        return self.turned[0]


def card_view(card: Card) -> SentView:
    """Return the message for a card, in the language that the question was asked in where it has one of its own."""
    with speaking(card.reply.language or language()):
        return _card_view(replace(card, reply=as_listed(card.reply, card.kind)))


def _card_view(card: Card) -> SentView:
    if card.reply.facts:
        view = panel(_fact_blocks(card), colour=AMBER if card.reply.corrected else BLUE)
    else:
        view = panel(_nearest_blocks(card), colour=AMBER if card.reply.suggestions else GREY)
    for row in _rows(card):
        view.add_item(row)
    return view


def as_listed(reply: Reply, kind: ReplyKind) -> Reply:
    """Return a reply that lists facts with its passages as the kind of fact that the list is of; an answer as it is."""
    if kind.answers:
        return reply
    listed = as_quotes if kind is ReplyKind.QUOTES else as_events if kind is ReplyKind.TIMELINE else as_said_or_done
    return replace(reply, facts=listed(reply.facts))


def _fact_blocks(card: Card) -> list[Block]:
    """Show the facts of a page with their sources, all cut so that they fit."""
    reply, (_, page, pages) = card.reply, card.turned
    short, sentence = "", ""
    if card.kind.answers:
        short = inline(wording.headline(reply.short, reply.facts) or "", _SHORT)
        sentence = wording.standing(card.shown, lambda name: inline(name, _NAME))
    head, standing = _head(card, f"### {short}" if short else ""), f"-# {sentence}" if sentence else ""
    foot = words.page_foot(page, pages, say_number(len(card.facts), "{number} fact", "{number} facts"))
    room = MAX_TEXT - len(head) - len(standing) - len(foot)
    numbering = Numbering(reply.facts)
    cited = numbering.of(record for record in card.shown if not record.retracted)
    for (limit, sources_room), scrolling in product(ROOMS, (True, False)):  # plain links before shorter facts
        texts = _fact_texts(card, numbering, limit)
        sources = source_lines(cited, sources_room, scrolling=scrolling)
        if sum(map(len, texts)) + len(sources) <= room:
            break
    shown: list[str | ui.Item[Any]] = [head]
    for number, (record, text) in enumerate(zip(card.shown, texts, strict=True)):
        opens = is_cut(record, limit) and not record.retracted and number < _MAX_OPENED
        shown.append(_openable(card, record, text, say(words.READ_ALL)) if opens else text)
    # The page number comes first: below the sources it would look like a part of the last one. Between the two stands what the
    # answer rests on: of several facts on this page, the first.
    small = "\n".join(filter(None, (foot, standing, sources)))
    return [*shown, small] if len(card.shown) <= 4 else [shown, small]


def _perhaps_blocks(card: Card) -> list[Block]:
    """Show the fact that may answer whole, with its sources, then the others that are near."""
    first, *others = card.reply.suggestions[:3]
    numbering = Numbering([first])
    text = corrected_text(card.reply, first, fact_text(first, numbering.marks(first), _PERHAPS), _PERHAPS)
    sources = source_lines(numbering.of([first]), _PERHAPS)
    shown = _openable(card, first, text, say(words.READ_ALL)) if is_cut(first, _PERHAPS) else text
    also = [f"-# {say(wording.ALSO_NEAR)}"] if others else []
    return [_head(card, f"**{say(wording.NOT_SURE)}**"), (shown, sources), [*also, *(_near(card, other) for other in others)]]


def _near(card: Card, record: FactRecord) -> ui.Item[Any]:
    """Return a fact near to a question, on one line with a button to open it; if nobody has reviewed it, that is said."""
    text = corrected_text(card.reply, record, summary(record, 180), 180)
    marked = text if record.fact.reviewed or record.retracted else f"{text}\n-# {say(wording.NOT_REVIEWED)}"
    return _openable(card, record, marked, say(words.SHOW))


def _nearest_blocks(card: Card) -> list[Block]:
    """Say that there is no answer, and show the facts nearest to one."""
    if card.reply.perhaps and card.reply.suggestions and not card.reply.suggestions[0].retracted:
        return _perhaps_blocks(card)
    if card.is_courtesy:
        return [inline(card.reply.note or "", _NOTE)]
    head = _head(card, f"**{say(wording.NO_ANSWER)}**")
    last = say(wording.NEAREST)
    if not card.reply.suggestions:
        how_to_ask = say(HOW_TO_ASK)
        last = "" if how_to_ask in head else say(words.OR_LOOK_AROUND, how_to_ask=how_to_ask)  # once is enough
    text = "\n".join(filter(None, (head, last)))
    return [text, *(_near(card, suggestion) for suggestion in card.reply.suggestions[:3])]


def _fact_texts(card: Card, numbering: Numbering, limit: int) -> list[str]:
    """Return the facts of the page, each cut at the limit; those on the page of an actor under the headings of its sections."""
    texts = []
    before = ""
    heads = card.kind.of_actor
    introduced = {speaker for record in card.shown for speaker in record.speakers if heads and speaker.name == card.reply.title}
    for record in card.shown:
        text = fact_text(
            record, numbering.marks(record), limit, introduced=introduced, date_first=card.kind is ReplyKind.TIMELINE
        )
        text = corrected_text(card.reply, record, text, limit)
        if len(record.speakers) == 1:  # several are named without their roles
            introduced.update(record.speakers)
        heading = say(_SECTION_TITLES[_section_of(record, card.reply)]) if heads else ""
        texts.append(f"**{heading}**\n{text}" if heading and heading != before else text)
        before = heading
    return texts


def _head(card: Card, sentence: str) -> str:
    """Return what was asked or is listed, whether it was corrected, the sentence that answers, and what is said beside it."""
    title = inline(card.reply.title or "", _TITLE)
    if not card.kind.answers:
        title = f"### {title}"
    elif card.kind is ReplyKind.ANSWER and title:
        title = f"-# {phrases.labelled(say(words.QUESTION), title)}"
    else:  # the question stands above already, in the message that is answered
        title = ""
    note = inline(card.reply.note or "", _NOTE)
    item = f"-# {wikidata_link(card.reply.wikidata)}" if card.reply.wikidata else ""
    return "\n".join(filter(None, (title, head_note(card.reply), sentence, note, item)))


def _openable(card: Card, record: FactRecord, text: str, button: str) -> ui.Item[Any]:
    if card.key is None:
        return section(text)
    press = Press(ReplyAction.OPEN, card.kind, card.asker, card.key, fact=record.number)
    return section(text, ReplyButton(press, button))


def _rows(card: Card) -> Iterable[ui.Item[Any]]:
    """Yield one row of buttons, as many as a phone shows side by side, and a menu of all else that can be done.

    Questions to go on with have a row each, for their buttons are wide.
    """
    yield from (ui.ActionRow(RouteButton("ask-this", question, question)) for question in card.reply.questions)
    if card.key is None:
        return
    press = Press(ReplyAction.TURN, card.kind, card.asker, card.key)
    feedback = list(_feedback(card, card.key))
    row, left = side_by_side([*feedback, *turn_buttons(press, *card.turned[1:]), *_actions(card, press)])
    if feedback and card.reply.facts:
        yield ui.TextDisplay(f"-# {say(words.DID_IT_ANSWER)}")
    if row:
        yield ui.ActionRow(*row)
    if menu := list(_menu(card, press, left)):
        yield ui.ActionRow(FactChoice(card.key, menu, say(words.MORE)))


def _feedback(card: Card, key: str) -> Iterable[RouteButton]:
    """Return the buttons that say whether an answer helped; only under the reply itself, not under a private copy of it."""
    if not card.kind.answers or card.private or (card.reply.facts and all(fact.retracted for fact in card.reply.facts)):
        return
    if card.reply.facts:
        yield RouteButton("helped", key, say(words.YES))
        yield RouteButton("unhelpful", key, say(words.NO))
    elif card.has_moderators and not card.is_courtesy:
        yield RouteButton("follow", key, say(words.TELL_ME))


def _actions(card: Card, press: Press) -> Iterable[Button]:
    if card.kind is ReplyKind.TIMELINE and any(not fact.retracted for fact in card.reply.facts):
        yield RouteButton("timeline-picture", f"0:dark:{card.key}", say(words.AS_PICTURE))
    if card.reply.facts:
        yield ReplyButton(replace(press, action=ReplyAction.SOURCES), say(wording.SOURCES))
    yield from share_buttons(card.on_web)
    if card.has_moderators and card.kind.answers and unreviewed_in(card.reply):
        yield RouteButton("keep-answer", card.key, say(words.KEEP))
    if card.sides is not None:
        yield sides_button(card.sides)
    if card.kind.answers and not card.is_courtesy:
        yield ReplyButton(replace(press, action=ReplyAction.WHY), say(words.WHY) if card.reply.facts else say(words.WHY_NOT))
    if not card.private:
        yield ReplyButton(replace(press, action=ReplyAction.DELETE), say(words.DELETE))


def sides_button(sides: SidesOf) -> RouteButton:
    """Return the button that shows what each side says of an event, or had said of it by a day."""
    return RouteButton("sides", sides_argument(sides, 0), say(words.SIDES))


def sides_argument(sides: SidesOf, page: int) -> str:
    """Return the argument of a button that shows a page of the sides: event, page, and the day as of which they are."""
    return ":".join(str(part) for part in (sides.event, page, sides.day) if part is not None)


def _menu(card: Card, press: Press, left: Iterable[discord.SelectOption]) -> Iterable[discord.SelectOption]:
    """Yield the other sections of an actor's page, what is ``left`` of the buttons, and facts to be opened.

    The sections are those with facts, such as ``What happened · 5``, and the whole page; the facts are those beside an answer, or
    those on this page of an actor.
    """
    counts = Counter(_section_of(record, card.reply) for record in card.reply.facts) if card.kind.of_actor else Counter()
    if len(counts) > 1:
        counts[ReplyKind.ACTOR] = len(card.reply.facts)
        for kind in _SECTION_TITLES:
            if counts[kind] and kind is not card.kind:
                yield option(f"{say(_SECTION_TITLES[kind])} · {counts[kind]}", replace(press, kind=kind).encode())
    yield from left
    if card.reply.facts and (card.kind.answers or card.kind.of_actor):
        purpose = say(wording.SEE_ALSO if card.kind.answers else words.SHOW)
        for suggestion in card.reply.suggestions[:3] if card.kind.answers else card.shown:
            if not suggestion.retracted:
                yield option(label(plain_summary(suggestion, _NEAR), _NEAR), suggestion.number, purpose)


def _section_of(record: FactRecord, reply: Reply) -> ReplyKind:
    """Return the section of an actor's page that a fact belongs to."""
    if record.fact.kind == "event":
        return ReplyKind.ACTOR_DID
    if not any(speaker.name == reply.title for speaker in record.speakers):
        return ReplyKind.ACTOR_OTHERS
    return ReplyKind.ACTOR_QUOTES if record.fact.kind == "quote" else ReplyKind.ACTOR_CLAIMS
