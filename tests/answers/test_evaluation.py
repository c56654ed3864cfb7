from __future__ import annotations

from bot.answers.answerer import Answerer
from bot.answers.evaluation import Case, cases_of, evaluate, figures
from bot.answers.models import Answer, ScoredFact
from bot.facts.base import FactBase
from bot.languages import speaking
from bot.presentation.wording import worded


def answers(base: FactBase, **given: tuple[str, tuple[str, ...], str | None]) -> dict[str, Answer]:
    """Return answers by question: the status, the ids of the facts or suggestions, and the short answer."""
    facts = {record.fact.id: ScoredFact(record, 0.5) for record in base.all_facts()}
    made = {}
    for question, (status, ids, short) in given.items():
        chosen = tuple(facts[key] for key in ids)
        if status == "answered":
            made[question] = Answer(question, "answered", facts=chosen, short=short, ranking=chosen[:1])
        else:
            made[question] = Answer(question, "suggestions", suggestions=chosen, ranking=chosen[:1])
    return made


def test_each_figure_counts_what_it_says(base: FactBase) -> None:
    given = answers(
        base,
        right=("answered", ("closure", "ferry"), "on 3 MARCH 2021"),
        wrong=("answered", ("ferry", "closure"), "4 March 2021"),
        left=("near", ("ferry", "cost", "closure"), None),
        late=("near", ("ferry", "cost", "crossings"), None),
        silly=("answered", ("cost",), None),
        silent=("near", (), None),
    )
    cases = [
        Case("right", ("closure",), "3 March 2021"),
        Case("wrong", ("closure",), "3 March 2021"),
        Case("left", ("closure", "inspection"), "3 March 2021"),
        Case("late", ("closure",)),
        Case("silly"),
        Case("silent"),
    ]
    outcomes = evaluate(lambda question, rank: given[question], cases)
    result = figures(outcomes)
    assert (result.hits.part, result.hits.whole) == (1, 4)
    assert (result.precision.part, result.precision.whole) == (1, 3)
    assert (result.recall.part, result.recall.whole) == (1, 4)
    assert result.f1 == 2 / (3 + 4)
    assert (result.left_alone.part, result.left_alone.whole) == (1, 2)
    assert (result.in_three.part, result.in_three.whole) == (3, 4)
    assert (result.short.part, result.short.whole) == (1, 3)
    assert (result.sets.part, result.sets.whole) == (0, 1)
    assert result.uncited == 0
    assert (result.wrong.part, result.wrong.whole) == (2, 6)
    assert (result.headlines.part, result.headlines.whole) == (1, 2)
    assert (result.further.part, result.further.whole) == (0, 1)
    assert [outcome.missed for outcome in outcomes] == [False, True, True, True, True, False]


def test_yes_and_no_are_counted_by_themselves(base: FactBase) -> None:
    given = answers(
        base,
        yes=("answered", ("closure",), "Yes, according to Noor"),
        no=("answered", ("closure",), "No"),
        day=("answered", ("closure",), "November"),
        strange=("answered", ("ferry", "cost"), "Yes"),
    )
    cases = [
        Case("yes", ("closure",), "no"),
        Case("no", ("closure",), "no"),
        Case("day", ("closure",), "no"),
        Case("strange", ("closure",), "yes"),
    ]
    result = figures(evaluate(lambda question, rank: given[question], cases))
    assert (result.yes_no.part, result.yes_no.whole) == (1, 3)
    assert (result.settled.part, result.settled.whole) == (1, 4)
    assert (result.headlines.part, result.headlines.whole) == (0, 1)


def test_of_nothing_there_are_no_shares() -> None:
    result = figures([])
    assert (result.hits.value, result.f1, result.left_alone.value) == (None, None, None)


def test_questions_are_asked_of_a_real_base(answerer: Answerer, base: FactBase) -> None:
    cases = (
        *cases_of(base.questions("harbour-bridge")),
        Case("when was the bridge closed", ("closure",), "3 March 2021"),
        Case("?!"),
    )
    outcomes = evaluate(answerer.ask, cases)
    assert [outcome.missed for outcome in outcomes[-2:]] == [False, False]


def test_short_answers_are_right_whatever_language_is_spoken(answerer: Answerer) -> None:
    with speaking("de"):
        (outcome,) = evaluate(answerer.ask, [Case("When was the bridge closed?", ("closure",), "3 March 2021")])
        assert worded(answerer.ask("When was the bridge closed?")).short == "3. März 2021"
    assert outcome.short_right
