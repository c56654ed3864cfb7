"""Questions of time and of sides are known by their form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.relations.requests import REQUEST_FORMS, RequestForm, read_requests


def asked(question: str) -> tuple[str, str | None, str | None, str | None] | None:
    request = next(read_requests(tuple(question.split())), None)
    return None if request is None else (request.wish, request.relation, request.actor, request.topic)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("what happened before the ban", ("happened", "before", None, "the ban")),
        ("so what happened right after the explosion", ("happened", "after", None, "the explosion")),
        ("what happened to rt after the ban", ("happened", "after", "rt", "the ban")),
        ("what happened next", ("happened", "next", None, None)),
        ("what happened after that", ("happened", "after", None, None)),
        ("and then what", ("happened", "next", None, None)),
        ("what happened the day after the crash", ("happened", "after", None, "the crash")),
        ("what happened between the ban and the vote", ("happened", "between", None, "the ban")),
        ("what was the last thing zakharova said", ("said", "last", "zakharova", None)),
        ("first reaction of twitter to the ban", ("said", "first", "twitter", "the ban")),
        ("who was the first to react to the ban", ("said", "first", None, "the ban")),
        ("who has commented on the ban", ("spoke", None, None, "the ban")),
        ("who disagrees with twitter", ("opposes", None, None, "twitter")),
        ("who is against the ban", ("opposes", None, None, "the ban")),
        ("who supports the ban", ("supports", None, None, "the ban")),
        ("list everyone who criticised the ban", ("opposes", None, None, "the ban")),
        ("name all those who are against the ban", ("opposes", None, None, "the ban")),
        ("tell me the people that welcomed the ban", ("supports", None, None, "the ban")),
        ("everybody who commented on the ban", ("spoke", None, None, "the ban")),
        ("what did warner say about rt", ("about", None, "warner", "rt")),
        ("what was rt response to the ban", ("about", None, "rt", "the ban")),
        ("how did rt respond to the ban", ("about", None, "rt", "the ban")),
        ("does anyone disagree with twitter", ("opposes", None, None, "twitter")),
        ("is anybody against the ban", ("opposes", None, None, "the ban")),
        ("what happened first after the ban", ("happened", "next", None, "the ban")),
        ("what happened the week before", ("happened", "before", None, None)),
        ("what did people say after the ban", ("then", "after", None, "the ban")),
        ("what did warner say within a week of the ban", ("then", "around", "warner", "the ban")),
        ("who spoke about the bill before the ban", ("then", "before", None, "the ban")),
        ("what did warner say on 3 may", ("then", "during", "warner", "3 may")),
    ],
)
def test_a_question_of_time_or_sides_is_known_by_its_form(question: str, wanted: tuple[str | None, ...]) -> None:
    assert asked(question) == wanted


@pytest.mark.parametrize(
    "question",
    [
        "when did twitter ban rt",
        "who banned rt",
        "list everyone who advertised on twitter",
        "what did people who criticised the ban want",
        "what did the captain tell them after they hit the reef",
        "what did the captain announce to passengers after they hit the reef",
        "what did varga do before he ran the authority",
        "what happened to the bridge",
        "how much was the bill after the discount",
        "what",
    ],
)
def test_every_other_question_is_one_like_any(question: str) -> None:
    assert asked(question) is None


@pytest.mark.parametrize("form", REQUEST_FORMS, ids=lambda form: form.sample)
def test_a_sample_question_is_read_by_its_own_form_first(form: RequestForm) -> None:
    assert next(other for other in REQUEST_FORMS if other.pattern.match(form.sample)) is form
    request = next(read_requests(tuple(form.sample.split())))
    assert request.wish == form.wish
    assert form.relation in (None, request.relation)


@given(
    st.lists(
        st.sampled_from("what who happened before after the last first said said that to of ban on then next".split()),
        max_size=40,
    )
)
def test_any_words_are_read(words: list[str]) -> None:
    for request in read_requests(tuple(words)):
        assert request.topic != ""
