"""Who speaks about whom, as a picture: speakers on the left, those they speak about on the right, arrows with counts between.

Two columns are read on a phone where a web of crossing lines is not: each name stands once on a side, in full, and an arrow is
followed with a finger. Those spoken about are put near those who speak about them, which makes arrows cross less (the barycentre
method of Sugiyama, Tagawa and Toda, 1981).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean

from bot import phrases
from bot.errors import NotKnownError
from bot.facts.speakers import Link, Statements
from bot.facts.text import shortened
from bot.languages import say, say_message, say_number
from bot.pictures.canvas import ALT_ENDING, MAX_ALT, THEMES, WIDTH, Canvas, Colour, Head, Picture, Point, curve
from bot.pictures.letters import Letters, direction, plain
from bot.presentation import wording

MAX_NAMES = 12
"""Names on one side of a page."""

MAX_ARROWS = 24
"""Arrows on a page, above which they could not be told apart."""

_NAME, _SMALL = 27, 24
_MIN_ROW, _NAME_LINE, _NAME_LINES = 92.0, 31.0, 5
_HIGH, _LINE_LETTERS = 1290.0, 16  # pixels that the names of a side may take; letters that a line of a name has about room for
_COUNT_LINE, _BETWEEN = 24.0, 18.0  # below a name; between a name and the next
_COLUMNS = 58.0  # what heads the columns
_PORT = 15.0  # pixels between the ends of two arrows at one name, where there is room
_PORTS = 0.7  # share of the room of a name that the ends of its arrows take at most
_MARGIN, _COLUMN = 28, 238
_FROM, _TO = _MARGIN + _COLUMN + 22, WIDTH - _MARGIN - _COLUMN - 22
_HEAD_SIZE = 15.0  # of an arrow
_PLACES = (0.2, 0.27, 0.34, 0.41, 0.48, 0.13)  # where along an arrow its count may stand, the best first, from its clearer end
_APART = 34.0
_SWEEPS = 4
_ALT_NAME = 60  # characters of a name in the alternative text


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a name stands: its middle, its room from top to bottom, and its lines."""

    y: float
    room: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """The links of one page, its names from top to bottom with their places, and where each arrow begins and ends."""

    links: tuple[Link, ...]
    speakers: dict[str, _Place]
    subjects: dict[str, _Place]
    starts: dict[Link, float]
    ends: dict[Link, float]
    bottom: float

    def colours(self, canvas: Canvas) -> dict[str, Colour]:
        """Return the colour of each speaker and of the arrows that leave there."""
        series = canvas.theme.series
        return {name: series[number % len(series)] for number, name in enumerate(self.speakers)}


def network_pages(links: Sequence[Link]) -> list[tuple[Link, ...]]:
    """Deal links out on pages: the subjects most spoken about first, each with all of its speakers while there is room."""
    about, by = Counter[str](), Counter[str]()
    for link in links:
        about[link.subject] += link.count
        by[link.speaker] += link.count
    ordered = sorted(links, key=lambda link: (-about[link.subject], link.subject, -link.count, -by[link.speaker], link.speaker))
    pages: list[list[Link]] = [[]]
    for _, same in groupby(ordered, key=lambda link: link.subject):
        group = list(same)
        if pages[-1] and not _fits([*pages[-1], *group]) and _fits(group):
            pages.append([])  # all links to one subject stand on one page where they can
        for link in group:
            if _fits([*pages[-1], link]):
                pages[-1].append(link)
            else:
                pages.append([link])
    return [tuple(page) for page in pages if page]


def _fits(links: Sequence[Link]) -> bool:
    sides = ({link.speaker for link in links}, {link.subject for link in links})
    for names in sides:
        # How much room they take from top to bottom, without measuring their letters.
        high = sum(_row(min(-(-len(name) // _LINE_LETTERS), _NAME_LINES)) for name in names)
        if len(names) > MAX_NAMES or high > _HIGH:
            return False
    return len(links) <= MAX_ARROWS


def network_picture(
    title: str,
    links: Sequence[Link],
    *,
    statements: Statements | None = None,
    focus: str | None = None,
    page: int = 0,
    theme: str = "dark",
    longest: int = MAX_ALT,
) -> Picture:
    """Draw a page of who speaks about whom; ``focus`` is a name that stands out.

    ``statements`` are those that the links rest on, for its head; left out, they are added up, as where each is about one alone.
    ``longest`` is for what it says in words (characters).

    Raises NotKnownError where there are no links, UsageError where the fonts lack the letters.
    """
    pages = network_pages(links)
    if not pages:
        raise NotKnownError(say("{title}: nothing in the facts I have. Leave a field empty to see more.").format(title=title))
    letters = Letters()
    letters.check([title, *(name for link in links for name in (link.speaker, link.subject))])
    page = min(max(page, 0), len(pages) - 1)
    statements = statements or Statements(sum(link.quotes for link in links), sum(link.claims for link in links), ())
    story = say_message(phrases.stories(statements.stories))
    head = Head(title, story, letters)
    placed = _placed(pages[page], head.height + _COLUMNS, focus, letters)
    explained = say(
        "A number on an arrow says in how many quotes and claims; a thin arrow is one. What is about several counts for each."
        if any(link.count > 1 for link in pages[page])
        else "An arrow is one quote or claim. What is about several counts for each."
    )
    foot = letters.lines(explained, _SMALL, WIDTH - 72, 4)
    canvas = Canvas(placed.bottom + 32 * len(foot) + 36, THEMES[theme], letters)
    head.draw(canvas, wording.statement_counts(statements.quotes, statements.claims), page, len(pages))
    _draw_columns(canvas, head.height)
    _draw_arrows(canvas, placed)
    _draw_names(canvas, placed, focus)
    for number, line in enumerate(foot):
        canvas.text(36, placed.bottom + 36 + 32 * number, line, _SMALL, canvas.theme.soft)
    alt = _in_words(head.in_words(page, len(pages)), pages[page], longest)
    return Picture(canvas.png(), alt, page, len(pages), canvas.size)


def _placed(links: tuple[Link, ...], top: float, focus: str | None, letters: Letters) -> _Page:
    """Place the names of a page: each side in turn is put near the names that its arrows lead to."""
    speakers = list(dict.fromkeys(link.speaker for link in links))
    subjects = list(dict.fromkeys(link.subject for link in links))
    for _ in range(_SWEEPS):
        subjects = _nearest(subjects, speakers, [(link.subject, link.speaker) for link in links])
        speakers = _nearest(speakers, subjects, [(link.speaker, link.subject) for link in links])
    sides = [
        {name: tuple(letters.lines(name, _NAME, _COLUMN, _NAME_LINES, bold=name == focus)) for name in names}
        for names in (speakers, subjects)
    ]
    height = max(sum(_row(len(lines)) for lines in side.values()) for side in sides)
    left, right = (_spread(side, top, height) for side in sides)
    starts = _ports([(link, left[link.speaker], right[link.subject].y) for link in links])
    ends = _ports([(link, right[link.subject], left[link.speaker].y) for link in links])
    return _Page(links, left, right, starts, ends, top + height)


def _nearest(names: list[str], others: Sequence[str], pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Sort the names of one side by the mean place, from 0 to 1, of the names that their arrows lead to."""
    positions = {name: (number + 0.5) / len(others) for number, name in enumerate(others)}
    means = {name: fmean(positions[other] for one, other in pairs if one == name) for name in names}
    return sorted(names, key=lambda name: means[name])


def _row(lines: int) -> float:
    """Return how much room a name of so many lines takes from top to bottom."""
    return max(lines * _NAME_LINE + _COUNT_LINE + _BETWEEN, _MIN_ROW)


def _spread(names: Mapping[str, tuple[str, ...]], top: float, height: float) -> dict[str, _Place]:
    """Put names below each other, and what room is left evenly between them."""
    more = (height - sum(_row(len(lines)) for lines in names.values())) / len(names)
    places: dict[str, _Place] = {}
    for name, lines in names.items():
        room = _row(len(lines)) + more
        places[name] = _Place(top + room / 2, room, lines)
        top += room
    return places


def _ports(arrows: Sequence[tuple[Link, _Place, float]]) -> dict[Link, float]:
    """Return where arrows meet the names of one side: apart, and in the order of where they lead to."""
    at: dict[_Place, list[tuple[float, Link]]] = {}
    for link, place, other in arrows:
        at.setdefault(place, []).append((other, link))
    ports: dict[Link, float] = {}
    for place, arriving in at.items():
        step = min(_PORT, _PORTS * place.room / len(arriving))
        for number, (_, link) in enumerate(sorted(arriving, key=lambda arrow: arrow[0])):
            ports[link] = place.y + (number - (len(arriving) - 1) / 2) * step
    return ports


def _draw_columns(canvas: Canvas, y: float) -> None:
    theme, letters = canvas.theme, canvas.letters
    canvas.text(_FROM - 22, y + 34, letters.cut(say("who speaks"), _SMALL, _COLUMN), _SMALL, theme.soft, anchor="rs")
    canvas.text(_TO + 22, y + 34, letters.cut(say("about whom"), _SMALL, _COLUMN), _SMALL, theme.soft)
    canvas.line([(_FROM, y + 27), (_TO - 10, y + 27)], 2, theme.line)
    canvas.shape([(_TO, y + 27), (_TO - 12, y + 21), (_TO - 12, y + 33)], theme.line)


def _draw_arrows(canvas: Canvas, placed: _Page) -> None:
    """Draw the arrows, the thick ones below, then their counts where no other count stands."""
    colours = placed.colours(canvas)
    paths: list[tuple[Link, list[Point]]] = []
    for link in sorted(placed.links, key=lambda link: -link.count):
        end = (_TO, placed.ends[link])
        path = curve((_FROM, placed.starts[link]), (end[0] - _HEAD_SIZE, end[1]))
        width = 2.5 if link.count == 1 else min(3.5 + 1.5 * math.sqrt(link.count), 10)
        canvas.line(path, width, colours[link.speaker])
        half = 5.5 + width / 4
        canvas.shape([end, (end[0] - _HEAD_SIZE, end[1] - half), (end[0] - _HEAD_SIZE, end[1] + half)], colours[link.speaker])
        paths.append((link, path))
    taken: list[Point] = []
    leaving, arriving = Counter(link.speaker for link in placed.links), Counter(link.subject for link in placed.links)
    for link, path in paths:
        if link.count > 1:
            if leaving[link.speaker] > arriving[link.subject]:
                path.reverse()  # where many leave together, they are told apart where they arrive
            _draw_count(canvas, link.count, path, taken, colours[link.speaker])


def _draw_count(canvas: Canvas, count: int, path: Sequence[Point], taken: list[Point], colour: Colour) -> None:
    """Draw how often on an arrow, at the first place along it that is free, else at the one farthest from all others."""
    points = [path[round(share * (len(path) - 1))] for share in _PLACES]
    room = {point: min((math.dist(point, other) for other in taken), default=math.inf) for point in points}
    x, y = next((point for point in points if room[point] >= _APART), max(points, key=lambda point: room[point]))
    taken.append((x, y))
    half = max(canvas.letters.width(str(count), _SMALL, bold=True) / 2 + 8, 15)
    canvas.bar(x - half, y - 15, x + half, y + 15, colour, radius=15, hollow=3)
    canvas.text(x, y, str(count), _SMALL, canvas.theme.ink, bold=True, anchor="mm")


def _draw_names(canvas: Canvas, placed: _Page, focus: str | None) -> None:
    """Write the names beside the ends of their arrows, with the sum of those arrows."""
    theme, colours = canvas.theme, placed.colours(canvas)
    for names, ports, speaks in ((placed.speakers, placed.starts, True), (placed.subjects, placed.ends, False)):
        x, anchor = (_FROM - 22, "rs") if speaks else (_TO + 22, "ls")
        for name, place in names.items():
            mine = [link for link in placed.links if (link.speaker if speaks else link.subject) == name]
            baseline = place.y - (len(place.lines) * _NAME_LINE + _COUNT_LINE) / 2 + 24
            for line in place.lines:
                bold = name == focus
                canvas.text(x, baseline, line, _NAME, theme.ink, bold=bold, anchor=anchor, direction=direction(name))
                baseline += _NAME_LINE
            times = say_number(sum(link.count for link in mine), "{number} time", "{number} times")
            canvas.text(x, baseline - 3, times, _SMALL, theme.soft, anchor=anchor)
            top, bottom = min(ports[link] for link in mine), max(ports[link] for link in mine)
            if speaks:
                canvas.bar(_FROM - 10, top - 8, _FROM, bottom + 8, colours[name], radius=5)
            else:
                canvas.bar(_TO + 3, top - 8, _TO + 13, bottom + 8, theme.soft, radius=5)


def _in_words(head: str, links: Sequence[Link], longest: int) -> str:
    """Say who speaks about whom and how often, in ``longest`` characters at most: ``Maria Lee → Harbour Bridge: 1 quote.``"""
    parts: list[str] = []
    room = longest - len(head) - ALT_ENDING
    for link in links:
        counts = ", ".join(wording.statement_counts(link.quotes, link.claims))
        speaker, subject = (shortened(plain(name), _ALT_NAME) for name in (link.speaker, link.subject))
        part = f"{phrases.labelled(f'{speaker} → {subject}', counts)}."
        if len(part) + 1 > room:
            parts.append(f"{say('{number} more').format(number=len(links) - len(parts))}.")
            break
        parts.append(part)
        room -= len(part) + 1
    return " ".join([head, *parts])
