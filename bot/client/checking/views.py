"""How checked quotations look: for each, the verdict, what must not be overlooked, how it differs, and the recorded quote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from discord import Colour, ui

from bot.checking.checker import CheckedText
from bot.checking.differences import differences, surrounding_sentences
from bot.checking.verdict import VERBATIM, Finding, Verdict
from bot.checking.wording import IN_SENTENCE, LONG, describe, is_repeated, passed_over
from bot.client import words
from bot.client.fact_text import Numbering, fact_text, source_lines
from bot.client.interactions import ReplyButton, RouteButton
from bot.client.messages import Press, ReplyAction, ReplyKind
from bot.client.panels import AMBER, GREEN, GREY, RED, page_buttons
from bot.client.text import ELLIPSIS, clean, escape, fitting, inline
from bot.facts.models import FactRecord
from bot.presentation.languages import say, say_number
from bot.presentation.word_diff import marked
from bot.presentation.wording import in_marks, labelled, page_number, separated

QUOTED = "Checked"
WORD_BY_WORD = "Word by word"
STRUCK_OUT = "struck out: recorded, but not quoted"
BOLD = "**bold**: quoted, but not recorded"
UNMARKED = "I found no quotation marks, so I checked all of it as one quotation."
SHOW_ALL = "Show everybody"
NOTHING_TO_CHECK = "That message has no text that I can read; pick one that quotes somebody."

_PAGE = 3800  # characters of text; Discord takes 4000
_MOST_ON_PAGE = 4
_QUOTED, _DIFF, _FACT, _SOURCES, _WORD, _LOUD = 350, 700, 500, 450, 60, 6


@dataclass(frozen=True, slots=True)
class CheckReply:
    """A checked text to be shown: the key under which it is stored (None: no pages to turn to), the asker, and the page."""

    checked: CheckedText
    key: str | None
    asker: int
    page: int = 0
    private: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """One finding on a page: its text, its sources, its colour."""

    text: str
    sources: str
    colour: Colour


def check_view(reply: CheckReply) -> ui.LayoutView:
    """Return the message for a checked text."""
    pages = _pages([_part(finding) for finding in reply.checked.findings])
    page = min(reply.page, len(pages) - 1)
    view = ui.LayoutView(timeout=None)
    head = _head(reply, page, len(pages))
    if head:
        view.add_item(ui.TextDisplay(head))
    for part in pages[page]:
        items: list[ui.Item[Any]] = [ui.TextDisplay(part.text)]
        items += [ui.TextDisplay(part.sources)] if part.sources else []
        view.add_item(ui.Container(*items, accent_colour=part.colour))
    buttons = _buttons(reply, page, len(pages))
    if buttons:
        view.add_item(ui.ActionRow(*buttons))
    return view


def _head(reply: CheckReply, page: int, pages: int) -> str:
    checked = reply.checked
    lines = []
    if len(checked.findings) > 1:
        checked_now = say_number(len(checked.findings), "{number} quotation checked", "{number} quotations checked")
        lines.append(f"-# {' · '.join([checked_now, *page_number(page, pages)])}")
    if checked.unmarked and len(checked.findings[0].quoted.split()) > LONG:
        lines.append(f"-# {say(UNMARKED)}")
    if checked.passed_over and page == pages - 1:
        lines.append(f"-# {passed_over(checked.passed_over)}")
    return "\n".join(lines)


def _buttons(reply: CheckReply, page: int, pages: int) -> list[RouteButton | ReplyButton]:
    turning = page_buttons("check-next", page, pages, lambda to: f"{reply.asker}:{to}:{reply.key}")
    found: list[RouteButton | ReplyButton] = [*turning] if reply.key is not None else []
    if reply.private and reply.key is not None:
        found.append(RouteButton("check-share", reply.key, say(SHOW_ALL)))
    if not reply.private:
        found.append(ReplyButton(Press(ReplyAction.DELETE, ReplyKind.ANSWER, reply.asker, reply.key or ""), say(words.DELETE)))
    return found


def _pages(parts: Sequence[_Part]) -> list[list[_Part]]:
    """Put as many findings on a page as fit."""
    pages: list[list[_Part]] = [[]]
    for part in parts:
        room = sum(len(each.text) + len(each.sources) for each in pages[-1])
        if pages[-1] and (len(pages[-1]) >= _MOST_ON_PAGE or room + len(part.text) + len(part.sources) > _PAGE - 300):
            pages.append([])
        pages[-1].append(part)
    return pages


def _part(finding: Finding) -> _Part:
    described = describe(finding, lambda text: inline(text, _WORD))
    lines = [f"### {described.sign} {described.verdict}"]
    if not is_repeated(finding):
        quoted = fitting(" ".join(clean(finding.quoted).split()), _QUOTED) or ELLIPSIS
        lines.append(labelled(say(QUOTED), in_marks(quoted)))
    lines += [f"❗ **{sentence}**" for sentence in described.warnings[:_LOUD]]
    if finding.verdict is Verdict.DIFFERS:
        lines += _diff(finding)
    # That what is not in the facts may be true all the same is no small print.
    lines += [sentence if finding.verdict is Verdict.UNKNOWN else f"-# {sentence}" for sentence in described.notes]
    if sentence := surrounding_sentences(finding):
        shown = fitting(clean(sentence), _FACT) or ELLIPSIS
        lines.append(say(IN_SENTENCE, sentence=shown))
    cards, sources = _cards(_records(finding))
    lines += cards
    return _Part("\n".join(lines), sources, _colour(finding))


def _diff(finding: Finding) -> list[str]:
    """Return how a quotation differs, word by word, and what its marks mean."""
    pieces = differences(finding)
    if all(piece.state == "same" for piece in pieces):
        return []
    states = {piece.state for piece in pieces}
    legend = [
        *([say(STRUCK_OUT)] if "gone" in states else []),
        *([say(BOLD)] if "new" in states else []),
    ]
    return [labelled(say(WORD_BY_WORD), marked(pieces, escape, room=_DIFF)), f"-# {separated(legend)}"]


def _records(finding: Finding) -> list[FactRecord]:
    """Return the recorded quotes that a finding is shown with: of one that joins two, both."""
    parts = finding.joined or (finding,)
    return [record for part in parts if (record := part.record or part.nearest)]


def _cards(records: Sequence[FactRecord]) -> tuple[list[str], str]:
    numbering = Numbering(records)
    room = _FACT // max(len(records), 1)
    cards = [fact_text(record, numbering.marks(record), room) for record in records]
    return cards, source_lines(numbering.of(records), _SOURCES) if records else ""


def _colour(finding: Finding) -> Colour:
    if finding.verdict in VERBATIM:
        return GREEN
    if finding.verdict is Verdict.UNKNOWN:
        return GREY
    return RED if finding.misleads else AMBER
