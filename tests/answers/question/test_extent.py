"""How far a thing goes: bounds and shares that questions ask about, held against what facts say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.answers.question.bounds import amounts_of
from bot.answers.question.extent import asks_how_far, is_met, says_as_far
from bot.english.search_words import words_of

VOTES = "She was elected by 71 votes, with eleven blank papers."
CUT = "Contact was lost for twenty-two minutes while the smith held the wound."
LETTER = "Letters went out eleven days after the discovery, in four languages."
REACHED = "Twenty years later the canals reached no more than 172,000 acres."
CRANES = "At 03:20 nine of the eleven gantry cranes came to rest."
CLUBS = "Eleven new clubs joined in seven weeks, nine of them at one address."
SIGNED = "The company offered every household 9,000 euros, which 12 of 310 signed."
BOARD = "The board chose the middle site by seven votes to two, since it needed less masonry."
BANS = "The bans were lifted, all but 37 that concerned real cheats."
KEY = "The key opened only a third of the computers."


@pytest.mark.parametrize(
    ("question", "fact", "met"),
    [
        ("did she get more than 70 votes", VOTES, True),
        ("did she get more than 80 votes", VOTES, False),
        ("were they cut off for more than a quarter of an hour", CUT, True),
        ("were they cut off for over half an hour", CUT, False),
        ("did the guests get a letter inside two weeks", LETTER, True),
        ("did the guests get a letter within a week", LETTER, False),
        ("did the canals get to more than 200,000 acres", REACHED, False),
        ("did the canals get to at least 100,000 acres", REACHED, None),
        ("was it under 300 million", "The mission cost 212 million dollars in all.", True),
        ("did it cost more than a million", "In six years it took $1.9 million from advertising.", True),
        ("is it over 30 million knots", "There cannot be more than 21 million knots in it.", False),
        ("is it over 20 million knots", "There cannot be more than 21 million knots in it.", None),
        ("did Luz get more than 28 points", "Gab beat Luz by 29 points to 28.", None),  # one of the two did
        ("did she wait more than three weeks", "She waited for ten miles.", None),
        ("did it open before more than 20 people", "It opened on 12 May 1987.", None),
    ],
)
def test_a_bound_is_compared_with_the_amount_that_the_fact_says(question: str, fact: str, met: bool | None) -> None:
    assert is_met(words_of(question), words_of(fact)) is met


@pytest.mark.parametrize(
    ("question", "fact", "met"),
    [
        ("did every crane come to rest", CRANES, False),
        ("did most of the cranes come to rest", CRANES, True),
        ("were all the new clubs at that address", CLUBS, False),
        ("were most of the new clubs at that address", CLUBS, True),
        ("did at least half the households sign", SIGNED, False),
        ("did any of the households sign", SIGNED, True),
        ("was everyone on the board for the middle site", BOARD, False),
        ("was most of the board for the middle site", BOARD, True),
        ("was every single ban lifted", BANS, False),
        ("was nearly every ban lifted", BANS, True),
        ("did it open most of the computers", KEY, False),
        ("did it open more than half of the computers", KEY, False),
        ("was it more than half of the sum", "The fees were more than half of the sum that it was to save.", True),
        ("did every moderator stop work", "All 26 volunteer moderators stopped work.", True),
        ("did every household sign", "The company offered every goat 212 euros.", None),
        ("did all the cranes come to rest", "The cranes came to rest.", None),
    ],
)
def test_a_share_is_compared_with_the_part_that_the_fact_tells(question: str, fact: str, met: bool | None) -> None:
    assert is_met(words_of(question), words_of(fact)) is met


def test_words_for_how_far_are_met_by_words_of_their_kind() -> None:
    assert says_as_far(words_of("was it locked every night"), words_of("The doors were locked every night from seven to six."))
    assert not says_as_far(words_of("was it locked every night"), words_of("The doors were locked on the night of the fire."))
    assert not says_as_far(words_of("was she the only one"), words_of("She was fined."))
    assert not says_as_far(words_of("did it pass by just one vote"), words_of("It passed by 14 votes to 9."))
    assert not asks_how_far(words_of("did she get the money after all"))


def test_dates_and_shares_are_no_amounts() -> None:
    amounts = amounts_of(words_of("On 12 May 1987 about half of the 200 men walked nine miles."))
    assert [(amount.kind, amount.least) for amount in amounts] == [(None, 200), ("distance", Decimal("14484.096"))]
