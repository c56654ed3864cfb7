"""The day on which an article was published, where a line between its headline and its text says so.

In: that line and the language of the article. Out: the day (EDTF). A line counts only where it is a date with hardly anything
beside it, as papers set it ("Published 5 March 2021, 10:30 GMT", "Berlin, 5. März 2021", "05.03.2021 | 18:04"): in a headline of
the second rank, the date of what happened would be taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.english.date_expressions import expressions_in
from bot.multilingual.dates import dates_in

_NUMBERS = re.compile(
    r"(?<!\d)(?:(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)|(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4}))(?!\d)"
)
_WEEKDAY = r"(?:[^\W\d_]+(?:-[^\W\d_]+)?[.,]*\s+)"
# A label, a weekday or a place stands before it; behind it the time, its zone, the place. A byline may be on the same line.
_BEFORE = re.compile(rf"(?:by\s.{{3,60}}[,|·–—-]\s*|[^\W\d_]{{3,}}\s*[:,|]\s*)?{_WEEKDAY}{{0,2}}$", re.IGNORECASE)
_BEHIND = re.compile(r"(?:[\s,|·•/()–—-]*(?:\d{1,2}[:.h]\d{2}|at|um|à|kl|[^\W\d_]{2,12})\.?){0,4}[\s)|.]*$", re.IGNORECASE)
_OF = re.compile(r"\b(?:of|vom|del?|du|from|since|after|before)\s+$", re.IGNORECASE)
_CHANGED = re.compile(
    r"\W*(?:(?:last|zuletzt|letzte|dernière|última|ultimo|ostatnia|последнее|son|laatst|آخر|अंतिम|最終|최종)\s*)?"
    r"(?:updated?\b|modified|corrected|aktualisier|geändert|korrigiert|stand:|mise? à jour|modifié|actualiz|modificad|aggiorna"
    r"|atualiza|aktualizacj|zaktualizow|обновл|изменено|güncelle|bijgewerkt|gewijzigd|تحديث|अपडेट|अद्यतन|更新|업데이트|수정)",
    re.IGNORECASE,
)
_LABEL_ENDS = re.compile(
    r"\w*(?:\s+(?:[^\W\d_]{1,3}|dnia))?\W*$"
)  # "Aktualisiert am", "Última actualización:", not "Updated rules of"


def published_in(line: str, language: str | None) -> str | None:
    """Return the day that a line above an article's text gives as that of its publication, None where it gives none surely.

    Of several days it is the first: what follows says when the article was changed.
    """
    first = min(_days(line, language), default=None)
    if first is None or _CHANGED.match(line):
        return None
    start, end, day = first
    before = line[:start]
    if not _BEFORE.match(before) or _OF.search(before) or not _BEHIND.match(line[end:].partition(",")[0]):
        return None
    return day


def is_of_change(before: str) -> bool:
    """Return whether the words of a line before its first day say that an article was changed then, so that nothing happened."""
    label = _CHANGED.match(before)
    return label is not None and _LABEL_ENDS.match(before, label.end()) is not None


def _days(line: str, language: str | None) -> Iterator[tuple[int, int, str]]:
    """Yield the days of a line with a year, each with its place."""
    for match in _NUMBERS.finditer(line):
        year, month, day = (match[name] or match[name[0]] for name in ("year", "month", "day"))
        yield match.start(), match.end(), f"{int(year):04}-{int(month):02}-{int(day):02}"
    for said in expressions_in(line):
        if said.year and said.month and said.day and said.until is None and said.last is None and not said.mark:
            yield said.start, said.end, f"{said.year:04}-{said.month:02}-{said.day:02}"
    for written in dates_in(line, language or ""):
        if written.year and written.day and not written.limits:
            yield written.start, written.end, f"{written.year:04}-{written.month:02}-{written.day:02}"
