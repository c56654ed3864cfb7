"""Figures that articles of several days give: all with their days, newest first, and only where that is sure."""

from __future__ import annotations

import pytest

from bot.answers.models import Answer
from bot.english.lexicon import Lexicon
from bot.languages import speaking
from bot.presentation.wording import worded
from tests.answers.articles import LATER, LOCAL, WIRE, answering, coverage

QUESTION = "how many people had to be brought home by bus?"
CHANGED = "340 people (12 March 2021); About 300 people (4 March 2021)"


def shown(answer: Answer) -> list[str]:
    return [fact.record.fact.id for fact in answer.facts]


def another(day: str, sentence: str) -> str:
    return f"What was said later\nHill Echo, {day}\n\n{sentence}\n"


def test_a_figure_that_changed_is_shown_with_its_days_newest_first(lexicon: Lexicon) -> None:
    with answering(coverage(WIRE, LOCAL, LATER), lexicon) as answerer:
        answer = answerer.ask(QUESTION)
        assert (answer.short, shown(answer)) == (CHANGED, ["lake-p2-s1", "coast-p2-s1"])
        with speaking("de"):
            assert worded(answerer.ask(QUESTION)).short == "340 people (12. März 2021); About 300 people (4. März 2021)"


def test_as_of_a_day_it_is_the_figure_of_then(lexicon: Lexicon) -> None:
    with answering(coverage(WIRE, LOCAL, LATER), lexicon) as answerer:
        then = answerer.ask(QUESTION, as_of=20210306)
        assert (then.short, shown(then), then.later) == ("About 300 people", ["coast-p2-s1"], 1)
        assert answerer.ask(QUESTION, as_of=20210312).short == CHANGED


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (another("2021-03-12", "Some 40 people had to sleep in the gym that night, the police said."), "of another thing"),
        (another("2021-03-04", "Some 340 people had to be brought home by bus that night, the police said."), "of the same day"),
        (another("2021-03-12", "About 300 people had to be brought home by bus that night, the police said."), "the same"),
    ],
)
def test_what_is_no_later_figure_of_the_same_thing_is_not_shown_as_one(lexicon: Lexicon, other: str, why: str) -> None:
    with answering(coverage(WIRE, LOCAL, other), lexicon) as answerer:
        assert ";" not in (answerer.ask(QUESTION).short or ""), why


def test_where_a_later_article_goes_back_to_an_earlier_number_nothing_is_sure(lexicon: Lexicon) -> None:
    back = another("2021-03-15", "About 300 people had to be brought home by bus in the night, as police said.")
    with answering(coverage(WIRE, LATER, back), lexicon) as answerer:
        answer = answerer.ask(QUESTION)
    assert ";" not in (answer.short or "")


SUNK = "Ferry sinks off Lea\nCoast Wire, 2021-05-03\n\nThe ferry Aurora sank in the night. {figure}\n"
AFTER = "Owner questioned\nLake Herald, 2021-05-20\n\nThe owner of the ferry Aurora was questioned about its doors.{figure}\n"
DROWNED = "how many passengers drowned?"


@pytest.mark.parametrize(
    ("early", "late", "short"),
    [
        ("At least twelve passengers drowned.", "", "At least twelve passengers (3 May 2021)"),
        ("Twelve passengers drowned.", "", "Twelve passengers"),
        (
            "At least twelve passengers drowned. Nineteen passengers drowned in the night, it was said on the pier.",
            "",
            "At least twelve passengers (3 May 2021)",
        ),
        (
            "At least twelve passengers drowned.",
            " Nineteen passengers drowned when she sank, the coroner found.",
            "Nineteen passengers (20 May 2021); At least twelve passengers (3 May 2021)",
        ),
        (
            "Hundreds of passengers are feared to have drowned.",
            " In all 219 passengers drowned when she sank, the coroner found.",
            "219 passengers (20 May 2021); Hundreds of passengers (3 May 2021)",
        ),
    ],
)
def test_a_figure_that_was_not_sure_has_its_day(lexicon: Lexicon, early: str, late: str, short: str) -> None:
    with answering(coverage(SUNK.format(figure=early), AFTER.format(figure=late)), lexicon) as answerer:
        answer = answerer.ask(DROWNED)
    assert answer.short == short


def test_the_newest_article_needs_no_day(lexicon: Lexicon) -> None:
    with answering(coverage(SUNK.format(figure="At least twelve passengers drowned.")), lexicon) as answerer:
        assert answerer.ask(DROWNED).short == "At least twelve passengers"
