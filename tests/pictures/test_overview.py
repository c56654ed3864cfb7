"""Overviews: a whole story on one page, wider than high, on which nothing overlaps and every fact is."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from lxml import etree

from bot.errors import NotKnownError, UsageError
from bot.facts.dates import parse_date
from bot.facts.models import FactRecord
from bot.formats.export import unstored
from bot.languages import speaking
from bot.pictures.letters import Letters
from bot.pictures.overview import BODY, overview_picture
from bot.presentation.wording import NOT_REVIEWED
from bot.stories.load import load_story
from tests.client.records import CLAIM, EVENT, QUOTE
from tests.pictures.reading import Written, written
from tests.support.paths import SHIPPED

ORDERED = pytest.mark.skipif(not Letters().ordered, reason="this Pillow cannot order letters from right to left")


def dated(number: int, edtf: str, text: str = "The city closed the bridge to all traffic.") -> FactRecord:
    return replace(EVENT, number=number, fact=replace(EVENT.fact, id=str(number), text=text, date=parse_date(edtf)))


def overlapping(lines: list[Written]) -> list[tuple[str, str]]:
    """Return which lines stand on one another, but for the tails of letters above those below."""
    lines = sorted(lines, key=lambda line: line.box[1])
    pairs = []
    for index, one in enumerate(lines):
        for other in lines[index + 1 :]:
            if other.box[1] >= one.box[3] - 1:
                break
            if one.box[0] < other.box[2] and other.box[0] < one.box[2]:
                pairs.append((one.line, other.line))
    return pairs


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_whole_story_is_on_one_wide_page_where_nothing_overlaps(theme: str) -> None:
    records = sorted(unstored(load_story(SHIPPED[0])).records, key=lambda record: (record.fact.date is None, record.number))
    picture, lines = written(partial(overview_picture, "Timeline", records, theme=theme))
    width, height = picture.size
    assert (picture.page, picture.pages) == (0, 1)
    assert height <= 0.75 * width
    assert not overlapping(lines)
    assert all(0 <= line.box[0] < line.box[2] <= width and 0 <= line.box[1] < line.box[3] <= height for line in lines)
    printed = " ".join(line.line for line in lines if line.size == BODY)
    words = (record.fact.text.split()[0] for record in records)
    assert all(word in printed for word in words)
    assert {"an event", "a quotation", "a claim", "uncertain", "a shortened period"} <= {line.line for line in lines}
    assert any(line.line.startswith("Sources: ") for line in lines)


def test_an_svg_file_tells_each_fact_where_the_pointer_rests_on_it() -> None:
    records = [EVENT, replace(QUOTE, number=2), dated(3, "2021-05", "Repairs began."), dated(4, "2021-06-01", "They ended.")]
    root = etree.fromstring(overview_picture("Timeline", records).svg())
    notes = [title.text for title in root.iter("{http://www.w3.org/2000/svg}title")]
    assert "3 March 2021: The city closed the bridge." in notes
    assert "May 2021: Repairs began." in notes


def test_a_date_stands_once_above_its_facts_and_again_at_the_head_of_a_column() -> None:
    records = [dated(number, "2021-03-03", f"Fact number {number}.") for number in range(1, 41)]
    _, lines = written(partial(overview_picture, "Timeline", records))
    heads = [line for line in lines if line.line == "3 March 2021" and line.size == BODY]
    assert len(heads) == 4
    assert len({line.box[0] for line in heads}) == 4
    assert all(f"Fact number {number}." in {line.line for line in lines} for number in range(1, 41))


def test_a_text_that_is_cut_says_so_and_who_says_it_stands_before_it() -> None:
    long = "They spoke of the bridge, its cables and its towers. " * 9
    claim = replace(CLAIM, fact=replace(CLAIM.fact, text=long, reviewed=False))
    _, lines = written(partial(overview_picture, "Timeline", [claim]))
    body = [line.line for line in lines if line.size == BODY]
    assert any(line.startswith("Maria Lee and Jo Kim: ") for line in body)
    assert NOT_REVIEWED.split()[0] in " ".join(body)
    assert body[-2].endswith("…")


def test_what_cannot_be_drawn_is_refused_in_words() -> None:
    with pytest.raises(UsageError, match="too much for a picture"):
        overview_picture("Timeline", [dated(number, f"{1000 + number}-03-03") for number in range(990)])
    with pytest.raises(NotKnownError):
        overview_picture("Timeline", [replace(EVENT, retracted=True)])


@ORDERED
def test_a_story_from_right_to_left_has_its_first_column_and_its_first_day_at_the_right() -> None:
    texts = ("أغلقت المدينة الجسر.", "بدأت الإصلاحات.", "افتُتح الجسر.")
    records = [dated(number, f"20{20 + number}-03-03", text) for number, text in enumerate(texts)]
    with speaking("ar"):
        picture, lines = written(partial(overview_picture, "Timeline", records))
    assert not overlapping(lines)
    columns = [next(line.box[2] for line in lines if line.line == text) for text in texts]
    assert columns == sorted(columns, reverse=True)
    years = [next(line.box[0] for line in lines if line.line == year) for year in ("2021", "2022")]
    assert years == sorted(years, reverse=True)
    assert columns[0] > picture.size[0] - 80
