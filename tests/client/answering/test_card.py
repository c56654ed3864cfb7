"""Replies as messages: what stands on a card, and Discord's limits whatever was stored."""

from __future__ import annotations

from dataclasses import replace

import pytest
from discord import ui
from hypothesis import given
from hypothesis import strategies as st
from simcord.components import walk_components

from bot.client import words
from bot.client.answering.card import Card, card_view
from bot.client.custom_ids import REPLY_BUTTON, Press, ReplyAction, ReplyKind
from bot.errors import HOW_TO_ASK
from bot.facts.models import Citation, Source
from bot.languages import LANGUAGES, say, speaking
from bot.presentation import wording
from bot.service.facts import SidesOf
from bot.service.replies import Reply
from tests.client.records import (
    CLAIM,
    EMPTY_REPLY,
    EVENT,
    LEE,
    QUOTE,
    UNSIGNED,
    assert_harmless,
    labels,
    replies,
    shown_text,
)
from tests.discord_limits import assert_within_limits, payload


@given(replies(), st.sampled_from(list(ReplyKind)), st.integers(1, 8), st.integers(0, 9), st.booleans())
def test_any_reply_is_within_limits_and_pings_nobody(reply: Reply, kind: ReplyKind, size: int, page: int, private: bool) -> None:
    view = card_view(Card(reply, kind, "k" * 22, 2**63, page, size, private))
    assert_within_limits(view)
    assert_harmless(shown_text(view))


def test_the_short_answer_comes_first_then_the_fact_then_its_sources() -> None:
    text = shown_text(card_view(Card(replace(EMPTY_REPLY, short="3 March 2021", facts=(EVENT,)), ReplyKind.REPLY, "key", 1)))
    assert text == (
        "### 3 March 2021\n"
        "The city closed the bridge. [1][2]\n"
        "-# 3 March 2021 · Harbour\n"
        "-# Reported by 2 independent sources.\n"
        "-# [1] [Bridge shut](https://example.org/a), Harbour Gazette, 4 March 2021, ¶1 ([archived](https://archive.example/b))\n"
        "-# [2] Morning news\n"
        "-# Did this answer your question?"
    )


def test_a_quote_is_verbatim_with_who_when_and_where() -> None:
    text = shown_text(card_view(Card(replace(EMPTY_REPLY, facts=(QUOTE,)), ReplyKind.REPLY, None, 1)))
    assert text.startswith(
        "> “Safety comes first.\n> It is not safe.”\n"
        "> — **Maria Lee**, Mayor of Harbour [1]\n"
        "> -# March 2021 · press conference\n"
    )


def test_a_claim_says_who_claims_it() -> None:
    alone = replace(CLAIM, number=9, speakers=(LEE,))
    text = shown_text(card_view(Card(replace(EMPTY_REPLY, facts=(CLAIM, alone, UNSIGNED)), ReplyKind.REPLY, None, 1)))
    assert "According to **Maria Lee** and **Jo Kim**:\nRepairs will cost 4.2 million dollars. [1]" in text
    assert "According to **Maria Lee** (Mayor of Harbour):\nRepairs will cost 4.2 million dollars. [1]" in text
    assert "According to **Harbour Gazette**:\nThe bridge was old. [2]" in text


def test_an_answer_says_what_stands_behind_it_and_a_list_does_not() -> None:
    for facts, says in (
        ((QUOTE,), "-# Quoted word for word by one source."),
        ((CLAIM,), "-# Claimed by Maria Lee and Jo Kim, reported by one source."),
        ((UNSIGNED, EVENT), "-# The first fact: the publisher's own statement or opinion, in one source."),
    ):
        assert says in shown_text(card_view(Card(replace(EMPTY_REPLY, facts=facts), ReplyKind.REPLY, None, 1))).splitlines()
        assert says not in shown_text(card_view(Card(replace(EMPTY_REPLY, facts=facts), ReplyKind.TIMELINE, None, 1)))


def test_a_source_is_listed_once_with_all_its_places() -> None:
    text = shown_text(card_view(Card(replace(EMPTY_REPLY, facts=(EVENT, UNSIGNED, QUOTE)), ReplyKind.REPLY, None, 1)))
    assert "The bridge was old. [1]" in text
    assert text.count("Bridge shut") == text.count("¶1") == 1
    quoted = "[¶4](https://example.org/a#:~:text=Safety%20comes%20first.%20It%20is%20not%20safe)"
    assert f"([archived](https://archive.example/b)) · [3] {quoted}\n-# [2] Morning news" in text


def test_a_speaker_is_introduced_once_on_a_card() -> None:
    text = shown_text(card_view(Card(replace(EMPTY_REPLY, facts=(QUOTE, CLAIM)), ReplyKind.REPLY, None, 1)))
    assert "> — **Maria Lee**, Mayor of Harbour [1]" in text
    assert "According to **Maria Lee** and **Jo Kim**:" in text


def test_a_question_by_command_is_repeated_on_the_card_and_one_in_a_message_is_not() -> None:
    reply = replace(EMPTY_REPLY, title="when was it **closed**?", facts=(EVENT,))
    assert "-# Question: when was it \\*\\*closed\\*\\*?" in shown_text(card_view(Card(reply, ReplyKind.ANSWER, "key", 1)))
    assert "Question" not in shown_text(card_view(Card(reply, ReplyKind.REPLY, "key", 1)))


def test_many_facts_fill_pages_with_numbers_that_last() -> None:
    reply = replace(EMPTY_REPLY, title="Facts", facts=(EVENT, QUOTE, CLAIM))
    first, last = (card_view(Card(reply, ReplyKind.TIMELINE, "key", 7, page, 2)) for page in (0, 1))
    assert "-# Page 1 of 2, 3 facts\n-# [1] [Bridge shut]" in shown_text(first)
    assert "Repairs will cost 4.2 million dollars. [4]" in shown_text(last)
    assert "-# [4] [Bridge shut]" in shown_text(last)
    assert [part["label"] for part in walk_components(payload(last)) if part.get("disabled")] == [words.NEXT]


def test_a_timeline_leads_with_the_date() -> None:
    undated = replace(EVENT, fact=replace(EVENT.fact, date=None))
    text = shown_text(
        card_view(Card(replace(EMPTY_REPLY, title="Timeline", facts=(EVENT, undated)), ReplyKind.TIMELINE, "key", 1))
    )
    assert "**3 March 2021**\nThe city closed the bridge. [1][2]\n-# Harbour" in text
    assert f"**{wording.NO_DATE}**\nThe city" in text


def test_an_actor_is_shown_under_headings() -> None:
    text = shown_text(
        card_view(Card(Reply("Maria Lee", None, "Mayor", (EVENT, QUOTE, CLAIM, UNSIGNED), ()), ReplyKind.ACTOR, "key", 1))
    )
    assert [line for line in text.split("\n") if line.startswith(("**", "###"))] == [
        "### Maria Lee", "**What happened**", "**In their words**", "**Claimed**", "**Said by others**",
    ]  # fmt: skip


def menu(view: ui.LayoutView) -> list[str]:
    """Return the labels of the options in the menu of a reply."""
    return [option["label"] for part in walk_components(payload(view)) if part["type"] == 3 for option in part["options"]]


LEES = Reply("Maria Lee", None, "Mayor", (EVENT, QUOTE, CLAIM, UNSIGNED), ())


def test_the_sections_of_an_actor_are_in_the_menu_with_counts() -> None:
    view = card_view(Card(LEES, ReplyKind.ACTOR, "key", 1))
    assert labels(view) == [wording.SOURCES, words.DELETE]
    assert menu(view)[:4] == ["What happened · 1", "In their words · 1", "Claimed · 1", "Said by others · 1"]
    assert menu(view)[4] == EVENT.fact.text
    assert len(menu(view)) == 8  # every fact of the page can be opened


def test_a_section_of_an_actor_has_its_facts_alone_and_the_way_to_all_others() -> None:
    view = card_view(Card(LEES, ReplyKind.ACTOR_OTHERS, "key", 1))
    assert "**Said by others**\nAccording to **Harbour Gazette**:\nThe bridge was old. [1]" in shown_text(view)
    assert "closed" not in shown_text(view)
    assert menu(view)[:4] == ["All · 4", "What happened · 1", "In their words · 1", "Claimed · 1"]


def test_an_actor_with_one_section_has_no_entry_for_it() -> None:
    view = card_view(Card(replace(LEES, facts=(EVENT,)), ReplyKind.ACTOR, "key", 1))
    assert labels(view) == [wording.SOURCES, words.DELETE]
    assert menu(view) == [EVENT.fact.text]


def test_a_phone_shows_the_answer_then_one_row_of_buttons_and_all_else_in_a_menu() -> None:
    reply = replace(EMPTY_REPLY, short="3 March 2021", facts=(EVENT,), suggestions=(QUOTE, replace(CLAIM, retracted=True)))
    for spoken in LANGUAGES:
        with speaking(spoken):
            view = card_view(Card(reply, ReplyKind.REPLY, "key", 1, sides=SidesOf(1, None)))
            parts = [part for part in payload(view) if part["type"] != 10]
            container, row, last = parts
            assert [container["type"], row["type"], last["type"]] == [17, 1, 1]
            assert [part["label"] for part in row["components"]][:3] == [say(words.YES), say(words.NO), say(wording.SOURCES)]
            wide = sum(32 + 7.5 * len(part["label"]) for part in row["components"]) + 8 * (len(row["components"]) - 1)
            assert wide <= 304, spoken
            assert {say(words.SIDES), say(words.WHY), say(words.DELETE)} <= {*labels(view), *menu(view)}
            (select,) = last["components"]
            near = select["options"][-1]
            assert (near["value"], near["description"]) == (str(QUOTE.number), say(wording.SEE_ALSO))
            assert select["placeholder"] == say(words.MORE)


def test_what_is_said_of_the_first_fact_is_said_of_the_first_that_is_shown() -> None:
    reply = replace(EMPTY_REPLY, facts=(EVENT, *(replace(UNSIGNED, number=number) for number in (7, 8, 9))))

    def page_text(page: int) -> str:
        return shown_text(card_view(Card(reply, ReplyKind.REPLY, "key", 1, page=page, page_size=2)))

    assert "-# The first fact: reported by 2 independent sources." in page_text(0)
    assert "-# The first fact: the publisher's own statement or opinion, in one source." in page_text(1)


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_who_asked_in_vain_has_moderators_the_question_with_one_press_in_every_language(spoken: str) -> None:
    with speaking(spoken):
        view = card_view(Card(EMPTY_REPLY, ReplyKind.REPLY, "key", 1, has_moderators=True))
        assert labels(view)[0] == say(words.TELL_ME)


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_pages_are_turned_by_two_buttons_side_by_side_in_every_language(spoken: str) -> None:
    reply = replace(EMPTY_REPLY, facts=tuple(replace(EVENT, number=number) for number in range(1, 10)))
    for page in range(3):
        with speaking(spoken):
            view = card_view(Card(reply, ReplyKind.REPLY, "key", 1, page=page))
            (row,) = (part["components"] for part in payload(view) if part["type"] == 1 and part["components"][0]["type"] == 2)
            shown = [part["label"] for part in row]
            assert shown[:4] == [say(words.YES), say(words.NO), say(words.PREVIOUS), say(words.NEXT)]
            assert sum(32 + 7.5 * len(label) for label in shown) + 8 * (len(shown) - 1) <= 304
            assert not {say(words.PREVIOUS), say(words.NEXT)} & set(menu(view))


def test_every_layout_has_one_row_and_one_menu_at_most() -> None:
    facts = tuple(replace(EVENT, number=number) for number in range(1, 20))
    for kind in ReplyKind:
        for reply in (
            Reply("Maria Lee", "2021", None, (*facts, QUOTE, CLAIM), (QUOTE, UNSIGNED)),
            Reply("why?", None, None, (), ()),
        ):
            view = card_view(Card(reply, kind, "key", 1, page=1, has_moderators=True, sides=SidesOf(1, None)))
            rows = [[component["type"] for component in part["components"]] for part in payload(view) if part["type"] == 1]
            assert len(rows) <= 2
            assert [set(row) for row in rows] in ([{2}], [{2}, {3}])


def test_a_claim_that_says_itself_whose_it_is_names_nobody_before_it() -> None:
    claim = replace(CLAIM, fact=replace(CLAIM.fact, text="According to the mayor, repairs will cost 4.2 million dollars."))
    for reply in (replace(EMPTY_REPLY, facts=(claim,)), replace(EMPTY_REPLY, suggestions=(claim,))):
        text = shown_text(card_view(Card(reply, ReplyKind.REPLY, "key", 1)))
        assert text.count("According to") == 1


def test_a_full_page_with_all_its_buttons_is_within_limits() -> None:
    facts = tuple(replace(EVENT, number=number, fact=replace(EVENT.fact, text="word " * 1000)) for number in range(1, 20))
    reply = Reply("when?", "2021", None, facts, (QUOTE, CLAIM, UNSIGNED))
    for kind in ReplyKind:
        assert_within_limits(
            card_view(Card(reply, kind, "k" * 22, 2**63, 0, 8, has_moderators=True, sides=SidesOf(2**40, 9999_12_31)))
        )


def test_a_long_fact_is_cut_at_a_word_and_can_be_read_whole() -> None:
    record = replace(EVENT, fact=replace(EVENT.fact, text="word " * 1000))
    view = card_view(Card(replace(EMPTY_REPLY, facts=(record,)), ReplyKind.REPLY, "key", 1))
    assert "word… [1][2]" in shown_text(view)
    assert labels(view)[0] == words.READ_ALL


def test_a_withdrawn_fact_is_shown_no_longer() -> None:
    text = shown_text(card_view(Card(replace(EMPTY_REPLY, facts=(replace(EVENT, retracted=True),)), ReplyKind.REPLY, "key", 1)))
    assert words.RETRACTED in text
    assert "closed" not in text


@pytest.mark.parametrize("kind", list(ReplyKind))
def test_a_fact_of_nothing_that_can_be_shown_does_not_take_the_message_with_it(kind: ReplyKind) -> None:
    unseen = replace(EVENT, sources=(), fact=replace(EVENT.fact, text="\x1b", date=None, where=None, citations=()))
    for reply in (replace(EMPTY_REPLY, facts=(unseen,)), replace(EMPTY_REPLY, suggestions=(unseen,))):
        assert_within_limits(card_view(Card(reply, kind, "key", 1)))


def test_near_facts_are_offered_where_none_answers() -> None:
    view = card_view(
        Card(
            replace(EMPTY_REPLY, title="who paid?", note="I know when, not who.", suggestions=(EVENT, QUOTE, CLAIM)),
            ReplyKind.REPLY,
            "k",
            1,
        )
    )
    assert shown_text(view) == (
        f"**{wording.NO_ANSWER}**\nI know when, not who.\n{wording.NEAREST}\nThe city closed the bridge.\n"
        "Maria Lee: “Safety comes first. It is not safe.”\n"
        "According to Maria Lee and Jo Kim: Repairs will cost 4.2 million dollars."
    )
    assert labels(view) == [words.SHOW] * 3 + [words.WHY_NOT, words.DELETE]


def test_without_a_near_fact_it_says_so_and_how_to_ask() -> None:
    view = card_view(Card(replace(EMPTY_REPLY, note="I know about bridges."), ReplyKind.REPLY, "key", 1))
    assert shown_text(view) == (
        f"**{wording.NO_ANSWER}**\nI know about bridges.\nAsk me who, when, where, why or how much, or what somebody said. "
        "Or look around with `/timeline`, `/who` and `/sources`."
    )


def test_how_to_ask_is_said_once() -> None:
    note = f"{HOW_TO_ASK} I know about bridges."
    view = card_view(Card(replace(EMPTY_REPLY, note=note), ReplyKind.REPLY, "key", 1))
    assert shown_text(view) == f"**{wording.NO_ANSWER}**\n{note}"


def test_a_reply_that_is_not_kept_has_no_buttons() -> None:
    view = card_view(Card(replace(EMPTY_REPLY, facts=(EVENT,) * 9, suggestions=(QUOTE,)), ReplyKind.REPLY, None, 1))
    assert not any("custom_id" in part for part in walk_components(payload(view)))


@pytest.mark.parametrize("action", list(ReplyAction))
def test_a_custom_id_says_everything_about_a_press(action: ReplyAction) -> None:
    press = Press(action, ReplyKind.TIMELINE, 2**63, "Zm9v-_:x", 12, 345)
    assert REPLY_BUTTON.fullmatch(press.encode())
    assert Press.decode(press.encode()) == press


@pytest.mark.parametrize("length", range(560, 700, 20))
def test_no_fact_is_cut_and_no_source_left_out_for_the_sake_of_a_longer_link(length: int) -> None:
    words = "It was bound to fall one day and everybody on the quay had known it for years"
    fact = replace(EVENT.fact, kind="passage", text=words, citations=(Citation("wire", "paragraph", "1"),), reviewed=False)
    long = [replace(EVENT, number=number, fact=replace(EVENT.fact, text="x" * length)) for number in range(50, 55)]

    def shown(page: str) -> str:
        source = Source("wire", "webpage", "Crane falls", url=f"https://wire.example/{'c' * 200}{page}")
        facts = (replace(EVENT, fact=fact, sources=(source,)), *long)
        return shown_text(card_view(Card(replace(EMPTY_REPLY, facts=facts), ReplyKind.ANSWER, None, 1, 0, 9)))

    scrolling = "#:~:text=It%20was%20bound%20to%20fall,had%20known%20it%20for%20years"
    assert shown(".html").replace(scrolling, "") == shown(".pdf").replace(".pdf", ".html")


def test_a_link_scrolls_where_there_is_room() -> None:
    fact = replace(EVENT.fact, kind="passage", text="It fell.", citations=(Citation("wire", "paragraph", "1"),), reviewed=False)
    source = Source("wire", "webpage", "Crane falls", url="https://wire.example/crane")
    facts = (replace(EVENT, fact=fact, sources=(source,)),)
    text = shown_text(card_view(Card(replace(EMPTY_REPLY, facts=facts), ReplyKind.ANSWER, None, 1)))
    assert "[Crane falls](https://wire.example/crane#:~:text=It%20fell)" in text
