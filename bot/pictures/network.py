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

from bot.errors import NotKnownError
from bot.facts.speakers import Link
from bot.pictures.alt_text import LONGEST, network_in_words
from bot.pictures.canvas import THEMES, WIDTH, Canvas, Colour, Picture, Point, Theme, curve
from bot.pictures.letters import Letters, direction
from bot.presentation.languages import say, say_number

MOST_NAMES = 14
"""Names on one side of a page."""

MOST_ARROWS = 30
"""Arrows on a page, above which they could not be told apart."""

_TITLE, _NAME, _SMALL = 36, 27, 24
_ROW, _NAME_LINE = 96.0, 31.0
_MARGIN, _COLUMN = 28, 238
_FROM, _TO = _MARGIN + _COLUMN + 22, WIDTH - _MARGIN - _COLUMN - 22
_HEAD_SIZE = 15.0  # of an arrow
_PLACES = (0.2, 0.27, 0.34, 0.41, 0.48, 0.13)  # where along an arrow its count may stand, the best first, from its clearer end
_APART = 34.0
_SWEEPS = 4


@dataclass(frozen=True, slots=True)
class _Page:
    """The links of one page, its names from top to bottom, and where each of them stands."""

    links: tuple[Link, ...]
    speakers: dict[str, float]
    subjects: dict[str, float]


def network_pages(links: Sequence[Link]) -> list[tuple[Link, ...]]:
    """Deal links out on pages: whom most is said about comes first, with all who speak about them, as long as there is room."""
    about, by = Counter[str](), Counter[str]()
    for link in links:
        about[link.subject] += link.count
        by[link.speaker] += link.count
    ordered = sorted(links, key=lambda link: (-about[link.subject], link.subject, -link.count, -by[link.speaker], link.speaker))
    pages: list[list[Link]] = [[]]
    for _, those in groupby(ordered, key=lambda link: link.subject):
        group = list(those)
        if pages[-1] and not _fits([*pages[-1], *group]) and _fits(group):
            pages.append([])  # who is spoken about is kept together where that can be
        for link in group:
            if _fits([*pages[-1], link]):
                pages[-1].append(link)
            else:
                pages.append([link])
    return [tuple(page) for page in pages if page]


def _fits(links: Sequence[Link]) -> bool:
    names = ({link.speaker for link in links}, {link.subject for link in links})
    return len(links) <= MOST_ARROWS and all(len(each) <= MOST_NAMES for each in names)


def network_picture(
    title: str,
    links: Sequence[Link],
    *,
    focus: str | None = None,
    page: int = 0,
    theme: str = "dark",
    words: tuple[int, int] | None = None,
    longest: int = LONGEST,
) -> Picture:
    """Draw a page of who speaks about whom; ``focus`` is a name that stands out.

    ``words`` are the numbers of quotes and of claims for its head; left out, they are added up, as where each is about one alone.
    ``longest`` is for what it says in words (characters).

    Raises NotKnownError where there are no links, UsageError where the fonts lack the letters.
    """
    pages = network_pages(links)
    if not pages:
        raise NotKnownError(say("{title}: nothing in the facts I have. Leave a field empty to see more.").format(title=title))
    letters, look = Letters(), THEMES[theme]
    letters.check([title, *(name for link in links for name in (link.speaker, link.subject))])
    page = min(max(page, 0), len(pages) - 1)
    top = 34.0 + 44 * len(letters.lines(title, _TITLE, WIDTH - 2 * _MARGIN, 2, bold=True)) + 104
    placed = _placed(pages[page], top)
    rows = max(len(placed.speakers), len(placed.subjects))
    canvas = Canvas(top + rows * _ROW + 66, look, letters)
    _draw_head(canvas, title, words or _added_up(links), (page, len(pages)), letters, look)
    _draw_arrows(canvas, placed, letters, look)
    _draw_names(canvas, placed, focus, letters, look)
    foot = say("The number on an arrow says how often; a thin one is once.")
    canvas.text(WIDTH / 2, top + rows * _ROW + 36, letters.cut(foot, _SMALL, WIDTH - 60), _SMALL, look.soft, anchor="ms")
    alt = network_in_words(title, pages[page], page, len(pages), longest)
    return Picture(canvas.png(), alt, page, len(pages))


def _placed(links: tuple[Link, ...], top: float) -> _Page:
    """Give every name its height: each side in turn is put near those whom its arrows lead to."""
    speakers = list(dict.fromkeys(link.speaker for link in links))
    subjects = list(dict.fromkeys(link.subject for link in links))
    for _ in range(_SWEEPS):
        subjects = _nearest(subjects, speakers, [(link.subject, link.speaker) for link in links])
        speakers = _nearest(speakers, subjects, [(link.speaker, link.subject) for link in links])
    height = max(len(speakers), len(subjects)) * _ROW
    return _Page(links, _spread(speakers, top, height), _spread(subjects, top, height))


def _nearest(names: list[str], others: Sequence[str], pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Sort one side by the mean place of those whom its arrows lead to on the other, from 0 to 1."""
    place = {name: (number + 0.5) / len(others) for number, name in enumerate(others)}
    means = {name: fmean(place[other] for one, other in pairs if one == name) for name in names}
    return sorted(names, key=lambda name: means[name])


def _spread(names: Sequence[str], top: float, height: float) -> dict[str, float]:
    step = height / len(names)
    return {name: top + step * (number + 0.5) for number, name in enumerate(names)}


def _added_up(links: Sequence[Link]) -> tuple[int, int]:
    return sum(link.quotes for link in links), sum(link.claims for link in links)


def _draw_head(canvas: Canvas, title: str, words: tuple[int, int], page: tuple[int, int], letters: Letters, theme: Theme) -> None:
    y = 34.0
    for line in letters.lines(title, _TITLE, WIDTH - 2 * _MARGIN, 2, bold=True):
        y += 44
        canvas.text(_MARGIN, y - 8, line, _TITLE, theme.ink, bold=True, direction=direction(title))
    quotes, claims = words
    parts = [say_number(quotes, "{number} quote", "{number} quotes"), say_number(claims, "{number} claim", "{number} claims")]
    if page[1] > 1:
        parts.append(say("Page {page} of {pages}").format(page=page[0] + 1, pages=page[1]))
    canvas.text(_MARGIN, y + 26, " · ".join(parts), 24, theme.soft)
    canvas.text(_FROM - 22, y + 78, letters.cut(say("who speaks"), _SMALL, _COLUMN), _SMALL, theme.soft, anchor="rs")
    canvas.text(_TO + 22, y + 78, letters.cut(say("about whom"), _SMALL, _COLUMN), _SMALL, theme.soft)
    canvas.line([(_FROM, y + 71), (_TO - 10, y + 71)], 2, theme.line)
    canvas.shape([(_TO, y + 71), (_TO - 12, y + 65), (_TO - 12, y + 77)], theme.line)


def _colours(placed: _Page, theme: Theme) -> Mapping[str, Colour]:
    return {name: theme.series[number % len(theme.series)] for number, name in enumerate(placed.speakers)}


def _draw_arrows(canvas: Canvas, placed: _Page, letters: Letters, theme: Theme) -> None:
    """Draw the arrows, the thick ones below, then their counts where no other count stands."""
    colours = _colours(placed, theme)
    paths: list[tuple[Link, list[Point]]] = []
    for link in sorted(placed.links, key=lambda link: -link.count):
        start = (_FROM, placed.speakers[link.speaker])
        end = (_TO, placed.subjects[link.subject])
        path = curve(start, (end[0] - _HEAD_SIZE, end[1]))
        width = 2.5 if link.count == 1 else min(3.5 + 1.5 * math.sqrt(link.count), 12)
        canvas.line(path, width, colours[link.speaker])
        half = _HEAD_SIZE * 0.55 + width / 3
        canvas.shape([end, (end[0] - _HEAD_SIZE, end[1] - half), (end[0] - _HEAD_SIZE, end[1] + half)], colours[link.speaker])
        paths.append((link, path))
    taken: list[Point] = []
    leaving, arriving = Counter(link.speaker for link in placed.links), Counter(link.subject for link in placed.links)
    for link, path in paths:
        if link.count > 1:
            if leaving[link.speaker] > arriving[link.subject]:
                path.reverse()  # where many leave together, they are told apart where they arrive
            _draw_count(canvas, link.count, path, taken, (colours[link.speaker], theme, letters))


def _draw_count(
    canvas: Canvas, count: int, path: Sequence[Point], taken: list[Point], look: tuple[Colour, Theme, Letters]
) -> None:
    """Draw how often on an arrow, at the first place along it that is free, else at the one farthest from all others."""
    colour, theme, letters = look
    points = [path[round(share * (len(path) - 1))] for share in _PLACES]
    room = {point: min((math.dist(point, other) for other in taken), default=math.inf) for point in points}
    x, y = next((point for point in points if room[point] >= _APART), max(points, key=lambda point: room[point]))
    taken.append((x, y))
    half = max(letters.width(str(count), _SMALL, bold=True) / 2 + 8, 15)
    canvas.bar(x - half, y - 15, x + half, y + 15, colour, radius=15, hollow=3)
    canvas.text(x, y, str(count), _SMALL, theme.ink, bold=True, anchor="mm")


def _draw_names(canvas: Canvas, placed: _Page, focus: str | None, letters: Letters, theme: Theme) -> None:
    """Write the names beside the ends of their arrows, with the sum of those arrows."""
    colours = _colours(placed, theme)
    for side, names in (("speaker", placed.speakers), ("subject", placed.subjects)):
        speaks = side == "speaker"
        x, anchor = (_FROM - 22, "rs") if speaks else (_TO + 22, "ls")
        for name, y in names.items():
            bold = name == focus
            lines = letters.lines(name, _NAME, _COLUMN, 2, bold=bold)
            total = sum(link.count for link in placed.links if getattr(link, side) == name)
            baseline = y - (len(lines) * _NAME_LINE + 24) / 2 + 24
            for line in lines:
                canvas.text(x, baseline, line, _NAME, theme.ink, bold=bold, anchor=anchor, direction=direction(name))
                baseline += _NAME_LINE
            times = say_number(total, "{number} time", "{number} times")
            canvas.text(x, baseline - 3, times, _SMALL, theme.soft, anchor=anchor)
            if speaks:
                canvas.disc(_FROM - 4, y, 8, colours[name])
            else:
                canvas.ring(_TO + 7, y, 7, 3, theme.soft)
