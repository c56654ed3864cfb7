"""One grammar of dates and its three readers: what a form, a question and an article read in the same words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.question.asked_dates import AskedDate, find_dates
from bot.drafting.dates import dates_in
from bot.english.search_words import words_of
from bot.errors import DateError
from bot.facts.dates import StoryDate, parse_date
from bot.facts.typed_dates import typed_date

FRIDAY = date(2024, 3, 15)  # the last day of the story, and the day on which the article was published
TYPED_ON = datetime(2024, 5, 6, 12, tzinfo=UTC)  # a Monday

# What is written, and what the form, the question and the article read in it; "-" for nothing, "?" for a date that is not sure.
TABLE = """
on 18 March                        | 2024-03-18            | -03-18                | ?
on 18th March                      | 2024-03-18            | -03-18                | ?
on March 18th, 2024                | 2024-03-18            | 2024-03-18            | 2024-03-18
on March 18                        | 2024-03-18            | -03-18                | ?
the 18th of March 2024             | 2024-03-18            | 2024-03-18            | 2024-03-18
on 18 March 2024                   | 2024-03-18            | 2024-03-18            | 2024-03-18
on Mar. 18, 2024                   | 2024-03-18            | 2024-03-18            | 2024-03-18
on Monday 18 March                 | 2024-03-18            | -03-18                | 2024-03-18
on Friday, 18 March 2022           | 2022-03-18            | 2022-03-18            | 2022-03-18
18/3/2024                          | 2024-03-18            | 2024-03-18            | -
3/18/2024                          | 2024-03-18            | 2024-03-18            | -
3/4/2024                           | 2024-04-03            | 2024-04-03            | -
2024/3/18                          | 2024-03-18            | 2024-03-18            | -
2024-03-18                         | 2024-03-18            | 2024-03-18            | 2024-03-18
18.3.24                            | 2024-03-18            | -                     | -
3.2024                             | 2024-03               | -                     | -
in March                           | 2024-03               | -03                   | 2024-03
June                               | 2024-06               | -06                   | -
October                            | 2023-10               | -10                   | -
in March 2024                      | 2024-03               | 2024-03               | 2024-03
March of 2024                      | 2024-03               | 2024-03               | 2024-03
2024 March 18                      | 2024-03-18            | 2024; -03-18          | ?
in April                           | 2024-04               | -04                   | 2023-04
last April                         | 2024-04               | -04                   | 2023-04
this April                         | 2024-04               | -04                   | 2024-04
next April                         | 2025-04               | -04                   | 2024-04
late April 2023                    | 2023-04               | 2023-04               | 2023-04
in mid-June                        | 2024-06               | -06                   | 2023-06
the end of May                     | 2024-05               | -05                   | 2023-05
the beginning of June 2023         | 2023-06               | 2023-06               | 2023-06
in the last week of May            | 2024-05-25/2024-05-31 | -05-25/-05-31         | 2023-05-25/2023-05-31
in the first week of February 2023 | 2023-02-01/2023-02-07 | 2023-02-01/2023-02-07 | 2023-02-01/2023-02-07
in the third week of July          | 2024-07-15/2024-07-21 | -07-15/-07-21         | 2023-07-15/2023-07-21
on the first Sunday of May 2023    | 2023-05-07            | 2023-05-07            | 2023-05-07
the last Friday in February        | 2024-02-23            | -02                   | 2024-02-23
30 April last year                 | 2023-04-30            | -04-30                | 2023-04-30
in 2021                            | 2021                  | 2021                  | 2021
in spring 2021                     | 2021-21               | 2021-03-01/2021-05-31 | 2021-21
in the spring of 2021              | 2021-21               | 2021-03-01/2021-05-31 | 2021-21
winter 2020                        | 2020-24               | 2020-12-01/2021-02-28 | 2020-24
spring                             | 2024-21               | -                     | -
last spring                        | 2023-21               | -                     | ?
in the 1980s                       | 198X                  | 1980/1989             | -
the early 1980s                    | 198X                  | 1980/1989             | -
the 1700s                          | 170X                  | 1700/1799             | -
500 BC                             | -0499                 | -                     | -
AD 79                              | 0079                  | -                     | -
about 2021                         | 2021~                 | 2021                  | -
possibly about March 2021          | 2021-03%              | 2021-03               | 2021-03
between 3 and 5 May                | 2024-05-03/2024-05-05 | -05-03/-05-05         | 2023-05-03/2023-05-05
on 3-5 May 2023                    | 2023-05-03/2023-05-05 | 2023-05-03/2023-05-05 | 2023-05-03/2023-05-05
3 to 5 May                         | 2024-05-03/2024-05-05 | -05-03/-05-05         | 2023-05-03/2023-05-05
on May 3-5, 2023                   | 2023-05-03/2023-05-05 | 2023-05-03/2023-05-05 | 2023-05-03/2023-05-05
from 6 April to 29 May             | 2024-04-06/2024-05-29 | -04-06/-05-29         | ?
from 26 October to 3 November 2017 | 2017-10-26/2017-11-03 | 2017-10-26/2017-11-03 | 2017-10-26/2017-11-03
between 24 April and 2 May 2023    | 2023-04-24/2023-05-02 | 2023-04-24/2023-05-02 | 2023-04-24/2023-05-02
from November to March 2017        | 2016-11/2017-03       | 2016-11/2017-03       | 2016-11/2017-03
March to May 2021                  | 2021-03/2021-05       | 2021-05               | 2021-05
2014-2017                          | 2014/2017             | 2014; 2017            | -
since March 2021                   | 2021-03/..            | since 2021-03         | 2021-03
before 2021                        | ../2021               | before 2021           | -
until 3 March                      | ../2024-03-03         | until -03-03          | 2024-03-03
on Christmas Day 2023              | 2023-12-25            | 2023                  | 2023-12-25
Christmas                          | 2023-12-25            | -                     | 2023-12-25
on Monday                          | 2024-05-06            | -                     | 2024-03-11
last Thursday                      | 2024-05-02            | -                     | 2024-03-07
next Monday                        | 2024-05-13            | -                     | 2024-03-18
on the Thursday                    | 2024-05-02            | -                     | ?
Tuesday of last week               | 2024-04-30            | -                     | 2024-03-05
yesterday                          | 2024-05-05            | -                     | 2024-03-14
today                              | 2024-05-06            | -                     | 2024-03-15
last week                          | 2024-04-29/2024-05-05 | -                     | 2024-03-04/2024-03-10
last month                         | 2024-04               | -                     | 2024-02
two weeks ago                      | 2024-04-22~           | -                     | 2024-03-01~
three years ago                    | 2021~                 | -                     | 2021~
over the past two weeks            | 2024-04-22/2024-05-06 | -                     | 2024-03-01/2024-03-15
a year later                       | -                     | -                     | ?
the next day                       | -                     | -                     | ?
that December                      | -                     | -12                   | ?
on the 13th                        | -                     | -                     | 2024-03-13
on the first of May                | 2024-05-01            | -05-01                | 2023-05-01
on 31 February 2020                | -                     | 2020-02-31            | ?
on 40 March                        | -                     | -                     | -
"""
ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in TABLE.strip().splitlines()]


def _typed(text: str) -> str:
    try:
        with time_machine.travel(TYPED_ON, tick=False):
            return typed_date(text, FRIDAY).date.edtf
    except DateError:
        return "-"


def _asked(text: str) -> str:
    def words(date: AskedDate) -> str:
        parts = (f"{part:02}" if part else "" for part in (date.year, date.month, date.day))
        return "-".join(parts).rstrip("-") + (f"/{words(date.until)}" if date.until else "")

    dates = find_dates(words_of(text))
    return "; ".join(words(date) if date.relation == "in" else f"{date.relation} {words(date)}" for date in dates) or "-"


def _told(text: str) -> str:
    return "; ".join(dated.date.edtf if dated.date else "?" for dated in dates_in(f"It closed {text}.", FRIDAY)) or "-"


@pytest.mark.parametrize(("written", "form", "question", "article"), ROWS, ids=[row[0] for row in ROWS])
def test_the_same_words_are_read_by_each_by_its_own_rules(written: str, form: str, question: str, article: str) -> None:
    assert (_typed(written), _asked(written), _told(written)) == (form, question, article)


@pytest.mark.parametrize(
    ("words", "meets", "misses"),
    [
        ("what happened in the winter of 2020", ["2020-12", "2021-02-03"], ["2020-06", "2021-10"]),
        ("what happened in the 1980s", ["1980", "1989-12-31"], ["1979", "1990-01"]),
        ("what happened between november and march", ["2019-11-02", "2021-02-03", "2020-12"], ["2020-06", "2021-10"]),
    ],
)
def test_a_question_about_a_time_is_met_by_the_dates_in_it(words: str, meets: list[str], misses: list[str]) -> None:
    (asked,) = find_dates(words.split())
    assert [text for text in (*meets, *misses) if asked.agrees(parse_date(text))] == meets


_DAYS = st.dates(min_value=date(1, 1, 1)).map(date.isoformat)
_PARTS = st.one_of(_DAYS, _DAYS.map(lambda day: day[:7]), _DAYS.map(lambda day: day[:4]))
_SEASONS = st.builds(lambda year, season: f"{year:04}-{season}", st.integers(1, 9998), st.integers(21, 24))
_DECADES = st.integers(100, 999).map(lambda tens: f"{tens}X")
_EARLY = st.builds(lambda year, end: f"-{year:04}{end}", st.integers(1, 9998), st.sampled_from(["", "-03", "-03-15"]))
_ENDS = st.builds(
    lambda end, mark: end + mark, st.one_of(_PARTS, _SEASONS, _DECADES, _EARLY), st.sampled_from(["", "~", "?", "%"])
)
# In words these are spans themselves, "2000–2099" and "1–9 May 2000", so that they cannot be an end of another.
_SPANS = st.integers(10, 99).map(lambda century: f"{century}XX") | st.builds(
    lambda day, tens: f"{day[:8]}{tens}X", _DAYS, st.integers(0, 2)
)


@st.composite
def _story_dates(draw: st.DrawFn) -> StoryDate:
    one, other = draw(_ENDS), draw(_ENDS)
    written = draw(st.sampled_from([one, f"../{one}", f"{one}/..", f"{one}/{other}", draw(_SPANS)]))
    try:
        return parse_date(written)
    except DateError:  # the span ends before it begins
        return parse_date(one)


@given(_story_dates())
def test_whatever_a_date_is_called_in_english_is_typed_as_the_same(written: StoryDate) -> None:
    read = typed_date(written.words(), FRIDAY).date
    assert (read.earliest, read.latest, read.words()) == (written.earliest, written.latest, written.words())
