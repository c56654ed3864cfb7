"""Six reports, written before they were drafted from, each held against what a reader finds in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.drafting.article import read_article
from bot.drafting.draft import ArticleDetails, make_draft
from bot.drafting.reading import read
from bot.facts.models import Story
from tests.drafting.gold_reports import REPORTS, Gold

HERE = Path(__file__).parent
SPEAKERS, ACTORS, DATES = 0.9, 0.8, 0.5  # shares that have to be right at least

reports = pytest.mark.parametrize("gold", REPORTS, ids=[gold.name for gold in REPORTS])


def story_of(gold: Gold) -> Story:
    text = (HERE / gold.name).read_text(encoding="utf-8")
    return make_draft(text, ArticleDetails(published=gold.published), today=date(2025, 1, 1)).story


@reports
def test_every_quotation_is_found_and_nearly_all_with_the_right_speaker(gold: Gold) -> None:
    quotes = read(read_article((HERE / gold.name).read_text(encoding="utf-8"))).quotations
    assert [quote.text[: len(begins)] for quote, (begins, _) in zip(quotes, gold.quotes, strict=True)] == [
        begins for begins, _ in gold.quotes
    ]
    right = [
        tuple(speaker.name for speaker in quote.speakers) == wanted
        for quote, (_, wanted) in zip(quotes, gold.quotes, strict=True)
    ]
    assert sum(right) >= SPEAKERS * len(right)


@reports
def test_who_acts_or_speaks_is_an_actor(gold: Gold) -> None:
    names = {actor.name for actor in story_of(gold).actors}
    assert len(gold.actors & names) >= ACTORS * len(gold.actors), gold.actors - names


@reports
def test_no_date_is_wrong_and_most_are_found(gold: Gold) -> None:
    dates = {fact.date.edtf for fact in story_of(gold).facts if fact.date}
    assert dates <= gold.dates
    assert len(dates) >= DATES * len(gold.dates)
