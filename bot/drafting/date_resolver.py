"""What the words of a date come to, by the day of publication, or by the date that was told before them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.drafting.date_forms import COUNTS, FEASTS, ORDINALS, SEASONS
from bot.english.calendar import WEEKDAYS, latest_weekday, month_number
from bot.facts.dates import StoryDate, day_of

MAX_RECENT = 60
"""Days before the publication within which what was told last is news, so that "on Thursday" is told from the publication."""

MAX_BACK = 330
"""Days before the publication from which a day without a year may as well be one that is to come."""

MAX_PASSING = 10
"""Years before a date back to which a year may be told of only in passing."""

MIN_LAST = 5
"""Months from which "last May" is that of the year before, or this year's, without doubt."""

_NEAR = {"the day before yesterday": -2, "yesterday": -1, "tomorrow": 1, "to-morrow": 1}  # days from today or tonight
_DAYS = {"day": 1, "night": 1, "morning": 1, "afternoon": 1, "evening": 1, "week": 7, "fortnight": 14}
_TO_THE_DAY = _DAYS.keys() - {"week", "fortnight"}
_FEW = 3
_A_MONTH, _A_YEAR = 100, 10_000  # by which two days differ as keys, such as 20170301 and 20170401


@dataclass(frozen=True, slots=True)
class DateResolver:
    """Resolves dates in a text of a day; ``previous`` is the date that was told last before them, ``near`` if in their paragraph.

    ``above`` is that of the paragraph before, where "the next day" or "the day before" may be told from it.
    """

    published: date | None
    previous: StoryDate | None = None
    near: StoryDate | None = None
    above: StoryDate | None = None

    def edtf(self, given: Mapping[str, str], *, future: bool, said: bool = False) -> str | None:
        """Return what a form holds in EDTF, None where that is not sure. Raises ValueError for a day that no calendar has.

        ``future``: what is told is to come. ``said``: somebody says something then, which is news, whatever was told before.
        """
        if "iso" in given:
            return date.fromisoformat(given["iso"]).isoformat()
        year = self._year_given(given)
        if "feast" in given:
            return self._feast(given, year, future=future)
        if "season" in given:
            return self._season(given, year)
        if "month" in given:
            return self._month(given, year, future=future)
        if given.keys() == {"year"}:
            return given["year"]
        if "side" in given or (given.get("rel", "").lower() in ("the", "that", "that same", "the same")):
            return self._from_near_date(given)
        if "dayonly" in given:
            return self._day_only(given, future=future)
        if self.published is None:
            return None
        if "weekday" in given:
            return self._weekday(given, self.published, future=future, said=said)
        return self._from_publication(given, self.published)

    def _year_given(self, given: Mapping[str, str]) -> int | None:
        if "year" in given:
            return int(given["year"])
        if "short" in given:
            latest = self.published.year if self.published is not None else date.max.year
            short = int(given["short"])
            return latest - (latest - short) % 100
        if "before" in given and self.published is not None:
            return self.published.year - 1
        return None

    @property
    def _looks_back(self) -> bool:
        """Whether the day that was told last is long past, so that what is told next may be, too."""
        return self.near is not None and _day(self.near) is not None and self._is_old(self.near)

    def _is_old(self, day: StoryDate) -> bool:
        """Return whether a date is long before the publication."""
        if day.latest is None or self.published is None:
            return False
        return day_of(day.latest) < self.published - timedelta(days=MAX_RECENT)

    def _month(self, given: Mapping[str, str], year: int | None, *, future: bool) -> str | None:
        rel, month = given.get("rel", "").lower(), month_number(given["month"])
        if rel or "side" in given or "that" in given:
            year = self._year_from_near_date(month, given.get("side") or rel or "that")
        elif year is None:
            year = self._year_of(given, future=future)
        if year is None:
            return None
        if "nth" in given:
            return self._nth_weekday(given, year, month)
        if "day" not in given:
            return f"{year:04}-{month:02}"
        day = date(year, month, _number(given["day"])).isoformat()
        return f"{day}/{date(year, month, int(given['last'])).isoformat()}" if "last" in given else day

    def _nth_weekday(self, given: Mapping[str, str], year: int, month: int) -> str:
        weekday = WEEKDAYS.index(given["weekday"])
        if given["nth"].lower() == "last":
            return latest_weekday(date(year, month, 1) + relativedelta(months=1, days=-1), weekday).isoformat()
        first = latest_weekday(date(year, month, 7), weekday)
        day = first + timedelta(weeks=ORDINALS[given["nth"].lower()] - 1)
        return day.isoformat()

    def _year_from_near_date(self, month: int, rel: str) -> int | None:
        """Return the year of that December, of the June before, of the following May, by the date that was told before."""
        near = self.near
        if near is None or near.earliest is None or (near.latest or 0) - near.earliest > _A_YEAR:
            return None
        then = day_of(near.earliest)
        if rel in ("that", "the same"):
            return then.year
        if (near.latest or 0) - near.earliest > _A_MONTH:  # only a year was told
            return None if rel == "before" else then.year + 1
        return then.year - (month >= then.month) if rel == "before" else then.year + (month <= then.month)

    def _year_of(self, given: Mapping[str, str], *, future: bool) -> int | None:
        """Return the year of a month without one: the latest that has come, or the next where it is to come.

        A weekday beside a day decides between the years around. None where what was told before is of another year.
        """
        published = self.published
        if published is None:
            return None
        day = _number(given["day"]) if "day" in given else 1
        month_day, today = (month_number(given["month"]), day), (published.month, published.day)
        lead = given.get("lead", "").lower()
        if lead == "this" and "weekday" not in given:
            return published.year
        coming = future or lead == "next"
        likely = published.year + (month_day < today) if coming else published.year - (month_day > today)
        if "weekday" in given and "day" in given:
            for year in (likely, published.year, published.year - 1, published.year + 1):
                with suppress(ValueError):  # 29 February
                    if WEEKDAYS[date(year, *month_day).weekday()] == given["weekday"]:
                        return year
        if lead == "last" or "lastly" in given:
            return self._year_of_last(likely, month_day[0], published)
        if "day" in given and not coming and self._days_back(likely, month_day) > MAX_BACK:
            return None  # it may as well be to come
        return likely if coming or self._goes_on_to(likely, month_day) else None

    def _year_of_last(self, likely: int, month: int, published: date) -> int | None:
        """Return the year of "last May" by its latest year, None where it may be that or the one before."""
        if month == published.month:
            return published.year - 1
        return likely if likely < published.year or published.month - month >= MIN_LAST else None

    def _goes_on_to(self, year: int, month_day: tuple[int, int]) -> bool:
        """Return whether a text that told of an older date goes on to this year with a day of no year, rather than stay there.

        It does where the day is the next of its kind after the older one, or where another paragraph told of no more than a year,
        and of none so long ago that the text may be all about it.
        """
        previous = self.previous
        if previous is None or previous.earliest is None or previous.latest is None or not self._is_old(previous):
            return True
        then = day_of(previous.earliest)
        if then.year >= year:
            return True
        if previous.latest - previous.earliest > _A_MONTH:
            return self.near is None and year - then.year <= MAX_PASSING
        return year == then.year + (month_day <= (then.month, then.day))

    def _days_back(self, year: int, month_day: tuple[int, int]) -> int:
        """Return how many days before the publication a day is; 0 where the year has no such day."""
        with suppress(ValueError):
            return (self.published - date(year, *month_day)).days if self.published is not None else 0
        return 0

    def _feast(self, given: Mapping[str, str], year: int | None, *, future: bool) -> str | None:
        month, day = FEASTS[given["feast"].lower().replace("’", "'")]
        names = {"month": date(2000, month, 1).strftime("%B"), "day": str(day)}
        year = year if year is not None else self._year_of(names, future=future)
        return date(year, month, day).isoformat() if year is not None else None

    def _season(self, given: Mapping[str, str], year: int | None) -> str | None:
        number, rel = SEASONS[given["season"]], given.get("rel", "").lower()
        if year is None and rel == "that":
            year = day_of(self.near.earliest).year if self.near is not None and self.near.earliest else None
        elif year is None and self.published is not None:
            if number == SEASONS["winter"] and self.published.month in (12, 1, 2):
                return None
            begun = self.published.month >= 3 * (number - 20)
            # "This summer" may be to come, and "last summer" in the autumn is this year's or not.
            year = self.published.year - (not begun or rel == "last") if rel == "this" or not begun else None
        return f"{year:04}-{number}" if year is not None else None

    def _from_near_date(self, given: Mapping[str, str]) -> str | None:
        """Return a day told from the day that was told before: the next day, two weeks later, the Monday after."""
        day, side = _day(self.near or self.above), given.get("side", "").lower()
        if "weekday" in given:
            if day is None:
                return None
            weekday = WEEKDAYS.index(given["weekday"])
            if side == "before":
                return latest_weekday(day, weekday, before=True).isoformat()
            ahead = (weekday - day.weekday()) % 7
            return (day + timedelta(days=ahead or (7 if side else 0))).isoformat()
        unit = given["unit"].lower()
        if day is None:
            return self._about_near_date(given, unit, side)
        if not side:
            return day.isoformat() if unit in _DAYS and unit != "week" else f"{day:%Y-%m}" if unit == "month" else None
        count = _count(given.get("count", "one"))
        back = -1 if side in ("before", "earlier") else 1
        if unit in _DAYS:
            then = day + timedelta(days=back * count * _DAYS[unit])
            return then.isoformat() if unit in _TO_THE_DAY or (unit == "week" and count == 1) else f"{then}~"
        then = _moved(day, unit, back * count)
        return f"{then:%Y-%m}~" if unit == "month" else f"{then:%Y}~"

    def _about_near_date(self, given: Mapping[str, str], unit: str, side: str) -> str | None:
        """Return months or years told from a month or a year that was told before."""
        near = self.near
        if near is None or not near.earliest or not near.latest or not side or unit in _DAYS:
            return None
        span = near.latest - near.earliest
        count = _count(given.get("count", "one")) * (-1 if side in ("before", "earlier") else 1)
        if unit == "year" and span <= _A_YEAR:
            return f"{day_of(near.earliest).year + count:04}~"
        return f"{_moved(day_of(near.earliest), unit, count):%Y-%m}~" if unit == "month" and span < _A_MONTH else None

    def _day_only(self, given: Mapping[str, str], *, future: bool) -> str | None:
        """Return the day of a month that was told before, or of the publication's: on the 13th."""
        number = _number(given["dayonly"])
        near = self.near
        if "weekday" in given and self.published is not None:
            for months in range(13):
                then = _moved(self.published, "month", -months)
                with suppress(ValueError):
                    day = then.replace(day=number)
                    if WEEKDAYS[day.weekday()] == given["weekday"] and day <= self.published:
                        return day.isoformat()
            return None
        if near is not None and near.earliest and near.latest and near.latest - near.earliest < _A_MONTH:
            day = day_of(near.earliest).replace(day=number)
            return day.isoformat() if self.published is None or future or day <= self.published else None
        if self.published is None or (near is not None and self._is_old(near)):
            return None
        if future:
            return _moved(self.published, "month", number < self.published.day).replace(day=number).isoformat()
        then = self.published if number <= self.published.day else _moved(self.published, "month", -1)
        day = then.replace(day=number)
        return day.isoformat() if self._in_month_of_previous(number) in (None, day) else None

    def _in_month_of_previous(self, number: int) -> date | None:
        """Return such a day of the month that was told last, in any paragraph; None where that is no month, or it is to come."""
        previous, published = self.previous, self.published
        if previous is None or not previous.earliest or not previous.latest or previous.latest - previous.earliest >= _A_MONTH:
            return None
        day = day_of(previous.earliest).replace(day=number)
        return day if published is None or day <= published else None

    def _weekday(self, given: Mapping[str, str], published: date, *, future: bool, said: bool) -> str | None:
        """Return the latest of such a weekday that has come, or the next where it is to come."""
        weekday, lead = WEEKDAYS.index(given["weekday"]), given.get("lead", "").lower()
        week = given.get("week", "")
        latest = latest_weekday(published, weekday)
        if week == "last":
            return latest_weekday(published, weekday, before=True).isoformat()
        if week:
            return (published - timedelta(days=published.weekday() + 7 - weekday)).isoformat() if "last" in week else None
        if lead == "next" or (future and lead != "last" and latest != published):
            return (latest + timedelta(days=7)).isoformat()
        if self._looks_back and lead != "last" and not said:
            return None
        # Nobody calls yesterday last Friday.
        until = published - timedelta(days=1) if lead == "last" else published
        return latest_weekday(until, weekday, before=lead == "last").isoformat()

    def _from_publication(self, given: Mapping[str, str], published: date) -> str | None:
        """Return a time told from the day of publication: yesterday, last month, over the past three weeks, two years ago."""
        if "weekago" in given:
            return (latest_weekday(published, WEEKDAYS.index(given["weekago"]), before=True) - timedelta(days=7)).isoformat()
        if "near" in given and "count" in given:
            return _moved(published, "year", -_count(given["count"])).isoformat()
        if "near" in given:
            return (published + timedelta(days=_NEAR.get(given["near"].lower(), 0))).isoformat()
        if "weekend" in given:
            return _weekend(published, before="rel" in given)
        unit = given["unit"].lower()
        if "rel" in given:
            step = {"last": -1, "this": 0, "next": 1}[given["rel"].lower()]
            if unit in _DAYS and unit != "week":
                return (published + timedelta(days=step)).isoformat()
            if unit == "year":
                return f"{published.year + step:04}"
            if unit == "month":
                return f"{published + relativedelta(months=step):%Y-%m}"
            monday = published - timedelta(days=published.weekday()) + timedelta(weeks=step)
            return f"{monday}/{monday + timedelta(days=6)}"
        count = _count(given.get("count") or given.get("span") or "one")
        days = _DAYS.get(unit)
        then = published - timedelta(days=days * count) if days else _moved(published, unit, -count)
        if "ago" not in given:
            return f"{then}/{published}"
        # A day to the day, more than that about so.
        return f"{then}" if unit == "day" else f"{then}~" if days else f"{then:%Y-%m}~" if unit == "month" else f"{then:%Y}~"


def _weekend(day: date, *, before: bool) -> str:
    """Return the weekend that has come last by a day; with ``before`` not the one that the day is of."""
    saturday = latest_weekday(day, WEEKDAYS.index("Saturday"))
    if before and (day - saturday).days <= 1:
        saturday -= timedelta(days=7)
    return f"{saturday}/{saturday + timedelta(days=1)}"


def _day(when: StoryDate | None) -> date | None:
    """Return the day that was told, None where it was none."""
    return day_of(when.earliest) if when is not None and when.earliest and when.earliest == when.latest else None


def _moved(day: date, unit: str, count: int) -> date:
    """Return the day so many months or years off; the last of its month where that is shorter."""
    moved: date = day + relativedelta(**{f"{unit}s": count})
    return moved


def _number(word: str) -> int:
    return int(digits) if (digits := "".join(sign for sign in word if sign.isdecimal())) else ORDINALS[word.lower()]


def _count(word: str) -> int:
    return int(word) if word.isdecimal() else COUNTS.get(word.lower(), _FEW)
