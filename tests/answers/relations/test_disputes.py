"""Questions about disputes are known by their form."""

from __future__ import annotations

import pytest

from bot.answers.relations.disputes import DISPUTE_FORMS, DisputeForm, read_disputes


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("who disagrees with hale about the water", ("opposes", "hale", "the water", False)),
        ("does anyone dispute that the gate was oiled", ("opposes", None, "the gate was oiled", True)),
        ("who contradicts hale claim that it held", ("opposes", "hale", "claim that it held", False)),
        ("who agrees with the board about the warning", ("supports", "the board", "the warning", False)),
    ],
)
def test_a_dispute_is_known_by_its_form(question: str, wanted: tuple[str, str | None, str, bool]) -> None:
    request = next(read_disputes(question.split()))
    assert (request.stance, request.actor, request.subject, request.clause) == wanted


@pytest.mark.parametrize("question", ["who disputes whose figure", "what does each side say of the toll", "who broke the weir"])
def test_other_questions_are_none(question: str) -> None:
    assert next(read_disputes(question.split()), None) is None


@pytest.mark.parametrize("form", DISPUTE_FORMS, ids=lambda form: form.sample)
def test_a_sample_question_is_read_by_its_own_form_first(form: DisputeForm) -> None:
    assert next(other for other in DISPUTE_FORMS if other.pattern.match(form.sample)) is form
    request = next(read_disputes(form.sample.split()))
    assert (request.stance, request.both) == (form.stance, form.both)
