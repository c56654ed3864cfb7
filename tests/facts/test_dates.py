"""Dates: every form of EDTF level 1 loads, sorts and reads well; what is beyond is refused with its mend."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import DateError, UsageError
from bot.facts.dates import parse_date
from bot.facts.typed_dates import typed_date, typed_period

TODAY = date(2024, 5, 6)
NOON = datetime(2024, 5, 6, 12, tzinfo=UTC)
LOADS = [
    ("2021", 20210101, 20211231, "2021"),
    ("2021-03", 20210301, 20210331, "March 2021"),
    ("2021-03-04", 20210304, 20210304, "4 March 2021"),
    ("2021-03-04T10:00:00Z", 20210304, 20210304, "4 March 2021, 10:00 UTC"),
    ("2021-03-04T10:00:30", 20210304, 20210304, "4 March 2021, 10:00:30"),
    ("2021-03-3XT10:00", 20210330, 20210331, "30–31 March 2021, 10:00"),
    ("2021-03-04/2021-03-06", 20210304, 20210306, "4–6 March 2021"),
    ("2021-03-30/2021-04-02", 20210330, 20210402, "30 March – 2 April 2021"),
    ("2020-12-30/2021-01-02", 20201230, 20210102, "30 December 2020 – 2 January 2021"),
    ("2021-03/2021-05", 20210301, 20210531, "March–May 2021"),
    ("2020-12/2021-01", 20201201, 20210131, "December 2020 – January 2021"),
    ("2020/2021", 20200101, 20211231, "2020–2021"),
    ("2021-03-04/2021-03-04", 20210304, 20210304, "4 March 2021"),
    ("2021-03-04/2021-04", 20210304, 20210430, "4 March – April 2021"),
    ("2021-03~", 20210301, 20210331, "about March 2021"),
    ("2021-03-04?", 20210304, 20210304, "possibly 4 March 2021"),
    ("2021?", 20210101, 20211231, "possibly 2021"),
    ("2021%", 20210101, 20211231, "possibly about 2021"),
    ("2021~/2022?", 20210101, 20221231, "about 2021 – possibly 2022"),
    ("../2021", None, 20211231, "before 2021"),
    ("../2021-03-04", None, 20210304, "before 4 March 2021"),
    ("2021/..", 20210101, None, "from 2021"),
    ("/2021", None, 20211231, "before 2021"),
    ("2021/", 20210101, None, "from 2021"),
    ("2021-XX/2022", 20210101, 20221231, "2021 – 2022"),
    ("../..", None, None, "date unknown"),
    ("202X", 20200101, 20291231, "the 2020s"),
    ("20XX", 20000101, 20991231, "2000–2099"),
    ("2XXX", 20000101, 29991231, "2000–2999"),
    ("202X~", 20200101, 20291231, "about the 2020s"),
    ("2021-XX", 20210101, 20211231, "2021"),
    ("2021-03-XX", 20210301, 20210331, "March 2021"),
    ("2021-XX-XX", 20210101, 20211231, "2021"),
    ("2017-10-2X", 20171020, 20171029, "20–29 October 2017"),
    ("2017-02-2X", 20170220, 20170228, "20–28 February 2017"),
    ("2017-10-0X", 20171001, 20171009, "1–9 October 2017"),
    ("2017-10-3X", 20171030, 20171031, "30–31 October 2017"),
    ("2021-21", 20210301, 20210531, "spring 2021"),
    ("2021-24", 20211201, 20220228, "winter 2021"),
    ("2021-21~", 20210301, 20210531, "about spring 2021"),
    ("2021-21/2021-23", 20210301, 20211130, "spring–autumn 2021"),
    ("2024-02", 20240201, 20240229, "February 2024"),
    ("0079-08-24", 790824, 790824, "24 August AD 79"),
    ("0000", 101, 1231, "1 BC"),
    ("-0044-03-15", -439685, -439685, "15 March 45 BC"),
    ("-202X", -20289899, -20198769, "2030–2021 BC"),
    ("Y17000", 170000101, 170001231, "17000"),
    ("Y-17000", -169999899, -169998769, "17001 BC"),
    ("  2021 ", 20210101, 20211231, "2021"),
]

REFUSED = [
    ("", "not a date"),
    ("/", "not a date"),
    ("yesterday", "not a date"),
    ("2021-3-4", "not a date"),
    ("2021-13", "not a date"),
    ("2021-00", "not a date"),
    ("2021/open", "not a date"),
    ("2021/2022/2023", "not a date"),
    ("2021-03-04T25:00:00", "not a date"),
    ("٢٠٢١", "not a date"),
    ("2021-02-29", "not in the calendar"),
    ("2021-02-29/2021-03", "not in the calendar"),
    ("2021-02-29~", "not in the calendar"),
    ("2021-02-30~", "not in the calendar"),
    ("2021-02-3X", "not in the calendar"),
    ("2022/2021", "ends before it begins"),
    ("{2021,2022}", "Write a span"),
    ("[2021..2023]", "Write a span"),
    ("2021-?03", "Write it at the end"),
    ("?2021", "Write it at the end"),
    ("1950S2", "1950~"),
    ("Y1E5", "1950~"),
    ("2021-33", "Write the months instead"),
    ("156X-12-25", "leaves too much open"),
    ("2021-0X", "leaves too much open"),
    ("2021-XX-05", "leaves too much open"),
    ("2021-03-X5", "leaves too much open"),
    ("XXXX", "leaves too much open"),
    ("2" * 200, "200 characters"),
]


@pytest.mark.parametrize(("text", "earliest", "latest", "words"), LOADS)
def test_level_1_loads_sorts_and_reads(text: str, earliest: int | None, latest: int | None, words: str) -> None:
    parsed = parse_date(text)
    assert (parsed.edtf, parsed.earliest, parsed.latest) == (text.strip(), earliest, latest)
    assert parsed.words() == words


@pytest.mark.parametrize(("text", "sign"), REFUSED)
def test_what_is_no_date_is_refused_with_its_mend(text: str, sign: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DateError, match="Write") as raised:
        parse_date(text)
    assert sign in str(raised.value)
    assert capsys.readouterr() == ("", "")


@given(st.text(alphabet="0123456789-/XY?~%.T:Z+SE[]{},", max_size=24))
def test_any_text_is_a_date_or_a_plain_error(text: str) -> None:
    try:
        parsed = parse_date(text)
    except DateError:
        return
    assert parsed.earliest is None or parsed.latest is None or parsed.earliest <= parsed.latest
    for language in ("en", "de", "ja", "pt-BR", "xx"):
        assert parsed.words(language)


@given(st.dates(), st.dates())
def test_days_and_spans_sort_like_the_calendar(first: date, second: date) -> None:
    one, two = parse_date(first.isoformat()), parse_date(second.isoformat())
    assert one.earliest is not None
    assert two.earliest is not None
    assert (one.earliest < two.earliest) == (first < second)
    start, end = sorted((first, second))
    span = parse_date(f"{start.isoformat()}/{end.isoformat()}")
    assert (span.earliest, span.latest) == (parse_date(start.isoformat()).earliest, parse_date(end.isoformat()).latest)


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["2021-21", "2021~", "2021-03~", "../2021", "2021/.."]))
def test_what_is_said_can_be_typed(day: date, other: str) -> None:
    for text in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4], other):
        assert typed_date(parse_date(text).words(), TODAY).date.edtf == text


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("de", "2021-03-04", "4. März 2021"),
        ("fr", "2021-03", "mars 2021"),
        ("es", "2021-03-04/2021-03-06", "4–6 de marzo de 2021"),
        ("de", "2017-10-26/2017-10-28", "26.–28. Oktober 2017"),
        ("de", "2017-09-28/2017-10-28", "28. September – 28. Oktober 2017"),
        ("fr", "2017-10/2017-12", "octobre – décembre 2017"),
        ("fr", "2016-12-28/2017-01-02", "28 décembre 2016 – 2 janvier 2017"),
        ("fr", "2017-10-26~/2017-10-28", "~26 octobre 2017 – 28 octobre 2017"),
        ("de", "-0043-03-04/-0043-03-06", "4.–6. März 44 v. Chr."),
        ("de", "2021-03~", "~März 2021"),
        ("de", "2021-22", "Jun–Aug 2021"),  # a season, for which Babel has no name
        ("fr", "2021-24", "déc.–févr. 2021"),
        ("de", "../2021", "… – 2021"),
        ("de", "-0043", "44 v. Chr."),
        ("de", "2017-10-2X", "20. Oktober 2017 – 29. Oktober 2017"),
        ("zz-such", "2021-03", "March 2021"),
        ("en-GB", "2021-03", "March 2021"),
    ],
)
def test_other_languages_have_their_own_months(language: str, text: str, words: str) -> None:
    assert parse_date(text).words(language) == words


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("oct 2017", "2017-10"),
        ("26 October 2017", "2017-10-26"),
        ("October 26, 2017", "2017-10-26"),
        ("the 3rd of March 2021", "2021-03-03"),
        ("26.10.2017", "2017-10-26"),
        ("26/10/2017", "2017-10-26"),
        ("10/26/2017", "2017-10-26"),
        ("2017/10/26", "2017-10-26"),
        ("10.2017", "2017-10"),
        ("2017-10", "2017-10"),
        ("2017", "2017"),
        ("sept 2017", "2017-09"),
        ("spring 2017", "2017-21"),
        ("before 2021", "../2021"),
        ("since march 2021", "2021-03/.."),
        ("around 2017", "2017~"),
        ("26 oct", "2024-10-26"),
        ("1 may", "2024-05-01"),
        ("may", "2024-05"),
        ("june", "2024-06"),
        ("yesterday", "2024-05-05"),
        ("today", "2024-05-06"),
        ("Monday", "2024-05-06"),
        ("last Monday", "2024-04-29"),
        ("last Fri.", "2024-05-03"),
        ("on Sunday", "2024-05-05"),
        ("since Tuesday", "2024-04-30/.."),
        ("Thursday 26 October 2017", "2017-10-26"),
        ("26/10/17", "2017-10-26"),
        ("26.10.99", "1999-10-26"),
        ("26-10-2017", "2017-10-26"),
        ("1940s", "194X"),
        ("the 1940s", "194X"),
        ("2017-10-26T10:00", "2017-10-26"),
        ("26 October 2017, 10:00 UTC", "2017-10-26"),
        ("500 BC", "-0499"),
        ("1 BCE", "0000"),
        ("AD 500", "0500"),
        ("before 500 bc", "../-0499"),
    ],
)
def test_typed_dates_are_read(typed: str, edtf: str) -> None:
    with time_machine.travel(NOON, tick=False):
        assert typed_date(typed, TODAY).date.edtf == edtf


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "hello",
        "31 feb 2020",
        "1945s",
        "500 s",
        "0 BC",
        "bc ad",
        "99999",
        "may june 2017",
        "1 2 3 2017",
        "x" * 500,
        "\0",
        "²",
    ],
)
def test_what_cannot_be_read_gets_an_example(typed: str) -> None:
    with pytest.raises(DateError, match="26 October 2017"):
        typed_date(typed, TODAY)


@given(st.text(max_size=40))
def test_any_typed_text_is_a_date_or_a_plain_error(typed: str) -> None:
    try:
        parsed = typed_date(typed, TODAY)
    except DateError:
        return
    assert parsed.date.words()
    assert parsed.words()


@pytest.mark.parametrize(
    ("start", "end", "first", "last", "words"),
    [
        (None, None, None, None, ""),
        ("2016/2017", "2018-03/2018-04", 20160101, 20180430, "from 2016 to April 2018"),
        ("2017/..", "../2018", 20170101, 20181231, "from 2017 to 2018"),
        ("october 2017", "26 oct 2017", 20171001, 20171026, "from October 2017 to 26 October 2017"),
        ("2017", None, 20170101, None, "from 2017"),
        ("since 2017", "until 2017", 20170101, 20171231, "from 2017 to 2017"),
        (None, "2017", None, 20171231, "to 2017"),
        ("about 2017", None, 20170101, None, "from about 2017"),
        ("yesterday", "today", 20240505, 20240506, "from 5 May 2024 to 6 May 2024"),
        ("500 BC", "AD 500", -4989899, 5001231, "from 500 BC to AD 500"),
        ("april", None, 20240401, None, "from April 2024"),
        ("4–6 March 2021", None, 20210304, None, "from 4 March 2021"),
        ("4-6 March 2021", "26–28 October 2021", 20210304, 20211028, "from 4 March 2021 to 28 October 2021"),
    ],
)
def test_a_typed_period_takes_in_both_ends_and_is_said_in_full(
    start: str | None, end: str | None, first: int | None, last: int | None, words: str
) -> None:
    with time_machine.travel(NOON, tick=False):
        period = typed_period(start, end, TODAY)
    assert (period.first, period.last, period.words) == (first, last, words)


def test_before_and_after_leave_out_what_they_name() -> None:
    period = typed_period("after 2016", "before October 2017", TODAY)
    assert period.words == "after 2016 before October 2017"
    assert (period.first, period.last) == (20170101, 20170930)


@pytest.mark.parametrize(
    ("start", "end", "within", "outside"),
    [("after 31 December 9999", None, "Y10000", "9999-12-31"), (None, "before AD 1", "0000", "0001")],
)
def test_before_and_after_hold_where_the_calendar_ends(start: str | None, end: str | None, within: str, outside: str) -> None:
    period = typed_period(start, end, TODAY)
    assert [parse_date(text).meets(period.first, period.last) for text in (within, outside)] == [True, False]


@pytest.mark.parametrize(
    ("start", "end", "sign"),
    [
        ("before 2017", None, 'cannot begin with "before 2017"; give that as its end'),
        (None, "after 2017", 'cannot end with "after 2017"; give that as its beginning'),
        ("../2017-10", None, 'cannot begin with "../2017-10"'),
        (None, " 2017/.. ", 'cannot end with "2017/.."'),
        ("2018", "2017", "swap"),
        ("after 2017", "2017", "swap"),
    ],
)
def test_a_period_that_cannot_be_is_refused(start: str | None, end: str | None, sign: str) -> None:
    with pytest.raises(UsageError, match=re.escape(sign)):
        typed_period(start, end, TODAY)


@pytest.mark.parametrize(
    ("text", "first", "last", "meets"),
    [
        ("2021-03", 2021_03_31, None, True),
        ("2021-03", 2021_04_01, None, False),
        ("2021-03", None, 2021_02_28, False),
        ("2021/..", 2030_01_01, 2030_12_31, True),
        ("-0043", -429_899, -428_769, True),
        ("2021", None, None, True),
    ],
)
def test_a_date_meets_a_time_where_it_may_be_a_day_of_it(text: str, first: int | None, last: int | None, meets: bool) -> None:
    assert parse_date(text).meets(first, last) is meets
