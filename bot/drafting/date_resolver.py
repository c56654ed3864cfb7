"""What the words of a date in an article come to, by the day of publication, or by the date that was told before them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from bot.english.calendar import latest_weekday
from bot.english.date_expressions import DateExpression
from bot.english.date_values import DAYS, from_day, in_year, moved
from bot.facts.dates import StoryDate, day_of

MAX_RECENT = 60
"""Days before the publication within which what was told last is news, so that "on Thursday" is told from the publication."""

MAX_BACK = 330
"""Days before the publication from which a day without a year may as well be one that is to come."""

MAX_PASSING = 10
"""Years before a date back to which a year may be told of only in passing."""

MIN_LAST = 5
"""Months from which "last May" is that of the year before, or this year's, without doubt."""

_TO_THE_DAY = DAYS.keys() - {"week", "fortnight"}
_WINTER = 24
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

    def edtf(self, said: DateExpression, *, future: bool, by_speaker: bool = False) -> str | None:
        """Return a date in EDTF, None where it is not sure. Raises ValueError for a day that no calendar has.

        ``future``: what is told is to come. ``by_speaker``: somebody speaks then, which is news, whatever was told before.
        """
        year = self._year_given(said)
        if said.season is not None:
            return self._season(said, year)
        if said.month is not None:
            return self._month(said, year, future=future)
        if year is not None:
            return in_year(said, year)
        if said.told:
            return self._from_near_date(said)
        if said.day is not None:
            return self._day_only(said, said.day, future=future)
        if self.published is None:
            return None
        if said.weekday is not None and said.week is None:
            return self._weekday(said, said.weekday, self.published, future=future, by_speaker=by_speaker)
        return from_day(said, self.published)

    def _year_given(self, said: DateExpression) -> int | None:
        if said.short is not None:
            latest = self.published.year if self.published is not None else date.max.year
            return latest - (latest - said.short) % 100
        if said.unit == "year" and said.month is not None:  # in May of last year
            return self.published.year - 1 if self.published is not None else None
        return said.year

    @property
    def _looks_back(self) -> bool:
        """Whether the day that was told last is long past, so that what is told next may be, too."""
        return self.near is not None and _day(self.near) is not None and self._is_old(self.near)

    def _is_old(self, day: StoryDate) -> bool:
        """Return whether a date is long before the publication."""
        if day.latest is None or self.published is None:
            return False
        return day_of(day.latest) < self.published - timedelta(days=MAX_RECENT)

    def _month(self, said: DateExpression, year: int | None, *, future: bool) -> str | None:
        if said.told and said.month is not None:
            year = self._year_from_near_date(said.month, said.step or 0)
        elif year is None:
            year = self._year_of(said, future=future)
        return in_year(said, year) if year is not None else None

    def _year_from_near_date(self, month: int, step: int) -> int | None:
        """Return the year of that December, of the June before, of the following May, by the date that was told before."""
        near = self.near
        if near is None or near.earliest is None or (near.latest or 0) - near.earliest > _A_YEAR:
            return None
        then = day_of(near.earliest)
        if not step:
            return then.year
        if (near.latest or 0) - near.earliest > _A_MONTH:  # only a year was told
            return None if step < 0 else then.year + 1
        return then.year - (month >= then.month) if step < 0 else then.year + (month <= then.month)

    def _year_of(self, said: DateExpression, *, future: bool) -> int | None:
        """Return the year of a month without one: the latest that has come, or the next where it is to come.

        A weekday beside a day decides between the years around. None where what was told before is of another year.
        """
        published = self.published
        if published is None or said.month is None:
            return None
        month_day, today = (said.month, said.day or 1), (published.month, published.day)
        if said.step == 0 and said.weekday is None:
            return published.year
        coming = future or said.step == 1
        likely = published.year + (month_day < today) if coming else published.year - (month_day > today)
        if said.weekday is not None and said.day is not None:
            for year in (likely, published.year, published.year - 1, published.year + 1):
                with suppress(ValueError):  # 29 February
                    if date(year, *month_day).weekday() == said.weekday:
                        return year
        if said.step == -1:
            return self._year_of_last(likely, said.month, published)
        if said.day is not None and not coming and self._days_back(likely, month_day) > MAX_BACK:
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

    def _season(self, said: DateExpression, year: int | None) -> str | None:
        if year is None and said.told:
            year = day_of(self.near.earliest).year if self.near is not None and self.near.earliest else None
        elif year is None and said.season is not None and self.published is not None:
            if said.season == _WINTER and self.published.month in (12, 1, 2):
                return None
            begun = self.published.month >= 3 * (said.season - 20)
            # "This summer" may be to come, and "last summer" in the autumn is this year's or not.
            year = self.published.year - (not begun or said.step == -1) if said.step == 0 or not begun else None
        return in_year(said, year) if year is not None else None

    def _from_near_date(self, said: DateExpression) -> str | None:
        """Return a day told from the day that was told before: the next day, two weeks later, the Monday after."""
        day, step, unit = _day(self.near or self.above), said.step or 0, said.unit
        if said.weekday is not None:
            if day is None:
                return None
            if step < 0:
                return latest_weekday(day, said.weekday, before=True).isoformat()
            ahead = (said.weekday - day.weekday()) % 7
            return (day + timedelta(days=ahead or 7 * step)).isoformat()
        if unit is None:
            return None
        if day is None:
            return self._about_near_date(said, unit)
        if not step:
            return day.isoformat() if unit in DAYS and unit != "week" else f"{day:%Y-%m}" if unit == "month" else None
        count = 1 if said.count is None else said.count
        if unit in DAYS:
            then = day + timedelta(days=step * count * DAYS[unit])
            return then.isoformat() if unit in _TO_THE_DAY or (unit == "week" and count == 1) else f"{then}~"
        then = moved(day, unit, step * count)
        return f"{then:%Y-%m}~" if unit == "month" else f"{then:%Y}~"

    def _about_near_date(self, said: DateExpression, unit: str) -> str | None:
        """Return months or years told from a month or a year that was told before."""
        near = self.near
        if near is None or not near.earliest or not near.latest or not said.step or unit in DAYS:
            return None
        span, count = near.latest - near.earliest, said.step * (1 if said.count is None else said.count)
        if unit == "year" and span <= _A_YEAR:
            return f"{day_of(near.earliest).year + count:04}~"
        return f"{moved(day_of(near.earliest), unit, count):%Y-%m}~" if unit == "month" and span < _A_MONTH else None

    def _day_only(self, said: DateExpression, number: int, *, future: bool) -> str | None:
        """Return the day of a month that was told before, or of the publication's: on the 13th."""
        near = self.near
        if said.weekday is not None and self.published is not None:
            for months in range(13):
                then = moved(self.published, "month", -months)
                with suppress(ValueError):
                    day = then.replace(day=number)
                    if day.weekday() == said.weekday and day <= self.published:
                        return day.isoformat()
            return None
        if near is not None and near.earliest and near.latest and near.latest - near.earliest < _A_MONTH:
            day = day_of(near.earliest).replace(day=number)
            return day.isoformat() if self.published is None or future or day <= self.published else None
        if self.published is None or (near is not None and self._is_old(near)):
            return None
        if future:
            return moved(self.published, "month", number < self.published.day).replace(day=number).isoformat()
        then = self.published if number <= self.published.day else moved(self.published, "month", -1)
        day = then.replace(day=number)
        return day.isoformat() if self._in_month_of_previous(number) in (None, day) else None

    def _in_month_of_previous(self, number: int) -> date | None:
        """Return such a day of the month that was told last, in any paragraph; None where that is no month, or it is to come."""
        previous, published = self.previous, self.published
        if previous is None or not previous.earliest or not previous.latest or previous.latest - previous.earliest >= _A_MONTH:
            return None
        day = day_of(previous.earliest).replace(day=number)
        return day if published is None or day <= published else None

    def _weekday(self, said: DateExpression, weekday: int, published: date, *, future: bool, by_speaker: bool) -> str | None:
        """Return the latest of such a weekday that has come, or the next where it is to come."""
        latest, last = latest_weekday(published, weekday), said.step == -1
        if said.step == 1 or (future and not last and latest != published):
            return (latest + timedelta(days=7)).isoformat()
        if self._looks_back and not last and not by_speaker:
            return None
        # Nobody calls yesterday last Friday.
        until = published - timedelta(days=1) if last else published
        return latest_weekday(until, weekday, before=last).isoformat()


def _day(when: StoryDate | None) -> date | None:
    """Return the day that was told, None where it was none."""
    return day_of(when.earliest) if when is not None and when.earliest and when.earliest == when.latest else None
