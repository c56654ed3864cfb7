"""Datelines of reports, told from names and headings that look like them."""

from __future__ import annotations

import pytest

from bot.english.datelines import dateline_of


@pytest.mark.parametrize(
    ("dateline", "agency", "day"),
    [
        ("HARBOUR, March 6 (Reuters) - ", "Reuters", (None, 3, 6)),
        ("NEW LYD, Sept. 4, 2021 (AP) — ", "AP", (2021, 9, 4)),
        ("HARBOUR, 6 March 2021 — ", None, (2021, 3, 6)),
        ("HARBOUR/NEW LYD, March 6 (Reuters) - ", "Reuters", (None, 3, 6)),
        ("Harbour, March 6 (AP) – ", "AP", (None, 3, 6)),
        ("March 6 (Reuters) - ", "Reuters", (None, 3, 6)),
        ("(AP) — ", "AP", None),
        ("HARBOUR — ", None, None),
    ],
)
def test_a_dateline_is_read_up_to_the_first_sentence(
    dateline: str, agency: str | None, day: tuple[int | None, int, int] | None
) -> None:
    read = dateline_of(f"{dateline}The bridge is shut.", {"ap", "reuters"})
    assert read is not None
    assert (read.end, read.agency) == (len(dateline), agency)
    assert (read.day and (read.day.year, read.day.month, read.day.day)) == day


@pytest.mark.parametrize(
    "text",
    [
        "Lev Berg (Green Party) – “It is shut.”",
        "Lev Berg, 6 March 2021 (Gazette) – “It is shut.”",
        "Harbour – The bridge is shut.",
        "The bridge (Reuters) was shut – Again.",
        "HARBOUR, March 6 (Reuters)",
        "",
    ],
)
def test_a_speaker_with_a_party_and_a_sentence_are_no_datelines(text: str) -> None:
    assert dateline_of(text, {"ap", "reuters"}) is None
