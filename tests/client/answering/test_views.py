"""What buttons open: within Discord's limits whatever was stored, and nothing of a fact is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.models import Answer, Explanation, ScoredFact
from bot.client import words
from bot.client.answering.views import all_sources_panel, fact_panel, sources_panel, why_panel
from bot.client.custom_ids import Press, ReplyAction, ReplyKind
from bot.client.words import CITE
from bot.errors import NotKnownError
from bot.presentation import wording
from bot.service.service import Reply, SourceUse
from tests.client.records import (
    EMPTY_REPLY,
    EVENT,
    GAZETTE,
    QUOTE,
    STORY,
    assert_harmless,
    labels,
    replies,
    shown_text,
    sources,
    texts,
)
from tests.discord_limits import assert_within_limits

PRESS = Press(ReplyAction.SOURCES, ReplyKind.ANSWER, 1, "key")


@given(replies(), st.integers(0, 30))
def test_sources_and_facts_of_any_reply_are_within_limits(reply: Reply, page: int) -> None:
    views = [sources_panel(reply, replace(PRESS, page=page))]
    views += [fact_panel(reply, replace(PRESS, page=page, fact=each.number)) for each in (*reply.facts, *reply.suggestions)]
    for view in views:
        assert_within_limits(view)
        assert_harmless(shown_text(view))


@given(st.lists(sources.map(lambda source: SourceUse(STORY, source, 3)), max_size=30), st.integers(0, 9))
def test_any_list_of_sources_is_within_limits(uses: list[SourceUse], page: int) -> None:
    view = all_sources_panel(uses, page, 1)
    assert_within_limits(view)
    assert_harmless(shown_text(view))


@given(st.lists(texts).map(tuple), st.lists(st.tuples(texts, texts)).map(tuple), st.none() | texts)
def test_any_reason_is_within_limits(found: tuple[str, ...], corrections: tuple[tuple[str, str], ...], slot: str | None) -> None:
    view = why_panel(Answer("?", "unknown", explanation=Explanation(found, found, found, found, slot, False, corrections)))
    assert_within_limits(view)
    assert_harmless(shown_text(view))


def test_sources_are_in_full() -> None:
    assert shown_text(sources_panel(replace(EMPTY_REPLY, facts=(EVENT, QUOTE)), PRESS)).startswith(
        "### Sources\n"
        "**[Bridge shut](https://example.org/a)**\n"
        "Ann Lee, Harbour Gazette, 4 March 2021, newspaper article\n"
        "<https://example.org/a>\n"
        "Archived: <https://archive.example/b>\n"
        "Seen in the library.\n"
        "-# [1] ¶1 · [3] ¶4\n"
        "**Morning news**"
    )


def test_many_sources_fill_pages() -> None:
    uses = [SourceUse(STORY, replace(GAZETTE, id=str(number)), number) for number in range(30)]
    assert labels(all_sources_panel(uses, 0, 1)) == [words.PREVIOUS, words.NEXT, CITE]
    assert "cited by 1 fact\n" in shown_text(all_sources_panel(uses, 0, 1))
    assert "cited by 29 facts" in shown_text(all_sources_panel(uses, 99, 1))


def test_a_fact_that_the_reply_has_no_longer_is_said_so() -> None:
    with pytest.raises(NotKnownError):
        fact_panel(replace(EMPTY_REPLY, facts=(EVENT,)), replace(PRESS, fact=99))


def test_why_says_what_decided() -> None:
    why = Explanation(("bridge",), ("ferry",), ("Harbour",), ("Atlantis",), "when", True, (("brigde", "bridge"),), 0.874, 2)
    found = shown_text(why_panel(Answer("?", "answered", explanation=why)))
    for part in (
        "“brigde” as “bridge”",
        "when, and",
        "“Harbour”",
        "“Atlantis”",
        "other words for: “bridge”",
        "have: “ferry”",
        "87 of 100",
    ):
        assert part in found


def test_why_no_answer_does_not_say_that_the_nearest_fact_has_what_was_asked_for() -> None:
    for filled in (True, False):
        why = Explanation(matched=("bridge",), missing=("founded",), slot="when", slot_filled=filled, confidence=0.13, sources=1)
        found = shown_text(why_panel(Answer("?", "suggestions", suggestions=(ScoredFact(EVENT, 0.13),), explanation=why)))
        assert found.startswith(f"### {wording.WHY_NOT}\n- You asked when")
        assert "says that" not in found
        assert ("does not say that" in found) is not filled
        assert "Words that it does not have: “founded”." in found
