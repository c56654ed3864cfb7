"""Which dates in a sentence are those of its quotation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot.checking.checker import CheckRequest, TextChecker
from bot.checking.provenance import saying_dates
from bot.checking.verdict import Verdict
from bot.english.lexicon import Lexicon
from bot.english.quotation_marks import MASK
from bot.facts.base import FactBase
from bot.languages import speaking
from bot.presentation.verdicts import describe
from bot.stories.load import read_story
from tests.checking.stories import Check, text_checker


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("On 7 October 2018 Voss wrote: “”", ["7 October 2018"]),
        ("“” Zakharova wrote in a tweet on 3 May 2015.", ["3 May 2015"]),
        ("“” (Brian Tolley, 4 March 2021)", ["4 March 2021"]),
        ("“”, said Maria Lee, the mayor, in a speech in Leeds in 2017.", ["2017"]),
        ("Lee told the council on 4 March 2021: “”", ["4 March 2021"]),
        ("Lee told reporters in London on 4 March 2021 that “”", ["4 March 2021"]),
        ("On 4 March 2021, Maria Lee, the mayor, said “”", ["4 March 2021"]),
        ("In her 2017 speech Lee said “”", ["2017"]),
        ("Lee, 4 March 2021: “”", ["4 March 2021"]),
        ("“” — Lee, 4 March 2021", ["4 March 2021"]),
        ("Lee called it “” in 2016", ["2016"]),
        ("Lee called the decision “” on 4 March 2021.", ["4 March 2021"]),
        ("Lee described his new rules as “” in 2016", ["2016"]),
        ("Lee called the vote of the council “” in 2016", []),
        ("Lee said the decision “” in 2016", []),
        ("Simonyan accused Twitter in 2016 of “”", ["2016"]),
        ("Simonyan accused Twitter of pushing RT to “” in 2016", []),
        ("In 2016 Twitter pushed RT to “”, Simonyan said", []),
        ("RT was banned in 2017, Simonyan said: “”", []),
        ("Simonyan said the ban of 2017 was “”", []),
        ("Lee said that in 2016 they had “”", []),
        ("“” was what Lee said of the election in 2016", []),
        ("Simonyan said Twitter sold ads in 2016 that “”", []),
        ("The “” of 2016", []),
        ("Lee said RT, which was banned in 2017, was “”", []),
    ],
)
def test_a_date_is_that_of_the_words_only_where_it_goes_with_the_saying(sentence: str, days: list[str]) -> None:
    assert [words for _, words in saying_dates(sentence.replace("“”", MASK))] == days


def test_a_year_of_an_event_makes_no_other_date(check: Check) -> None:
    (event,) = check("Simonyan accused Twitter of pushing RT to “spend big” in 2016").findings
    (saying,) = check("Simonyan said in a tweet in 2015 that Twitter pushed RT to “spend big”").findings
    assert event.verdict is Verdict.EXACT
    assert saying.verdict is Verdict.OTHER_PLACE


@pytest.mark.parametrize(
    ("spoken", "date", "said"),
    [
        ("en", "3 May 2016", "It is recorded from 26 October 2017, not from 3 May 2016."),
        ("en", "before 2017", "It is recorded from 26 October 2017, not from before 2017."),
        ("de", "3 May 2016", "26. Oktober 2017"),
        ("de", "3 May 2016", "3. Mai 2016"),
        ("de", "before 2017", "… – 2017"),
    ],
)
def test_another_date_is_named_in_the_language(spoken: str, date: str, said: str, check: Check) -> None:
    with speaking(spoken):
        (finding,) = check("we did not come to this decision lightly", None, None, date).findings
        assert said in " ".join(describe(finding).warnings)


STORY = """
story: {id: harbour, title: The harbour strike}
sources:
  post: {type: article-newspaper, title: The strike goes on, publisher: Evening Post, published: 2021-03-10}
actors:
  choi: {name: Hana Choi, kind: person, role: Minister of Transport}
  peikin: {name: Lev Peikin, kind: person}
  lind: {name: Karin Lind, kind: person}
quotes:
  cranes: {by: choi, date: 2021-03-09, context: at a news conference in Hamburg, cite: post,
    text: The cranes will move again before Easter.}
  night: {by: peikin, date: 2021-03-08, context: on the quay in Rotterdam, cite: post,
    text: Nobody has paid the night shift since January.}
  paper: {by: lind, cite: post, text: We shall not sign a paper that forgets the night shift.}
"""
CRANES = "“The cranes will move again before Easter,”"
NIGHT = "“Nobody has paid the night shift since January.”"
PAPER = "“We shall not sign a paper that forgets the night shift,”"


@pytest.fixture(scope="module")
def harbour(lexicon: Lexicon) -> Iterator[TextChecker]:
    with FactBase.memory() as base:
        base.apply(read_story(STORY, "harbour.yaml"), by="test")
        yield text_checker(base, lexicon, date(2021, 4, 1))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (f"{CRANES} Choi said in Berlin on Tuesday.", "Berlin"),
        (f"{CRANES} Choi told reporters in Berlin.", "Berlin"),
        (f"{CRANES} Choi told a news conference in Berlin.", "Berlin"),
        (f"{CRANES} Choi said at the Berlin summit.", "Berlin"),
        (f"{CRANES} Choi said on a visit to Berlin on Tuesday.", "Berlin"),
        (f"{CRANES} Choi, visiting Berlin, said.", "Berlin"),
        (f"{CRANES} Choi said in her Berlin office.", "Berlin"),
        (f"{CRANES} Choi, speaking in Oslo, said.", "Oslo"),
        (f"{CRANES} said Hana Choi in New York.", "New York"),
        (f"Speaking in Berlin, Choi said: {CRANES}", "Berlin"),
        (f"Choi said {CRANES} in Berlin.", "Berlin"),
        (f"In Berlin, Choi said: {CRANES}", "Berlin"),
    ],
)
def test_another_place_of_the_saying_is_said(text: str, named: str, harbour: TextChecker) -> None:
    (finding,) = harbour.check(CheckRequest(text)).findings
    assert finding.verdict is Verdict.OTHER_PLACE
    reason = f"It is recorded from Evening Post (at a news conference in Hamburg), not from {named}."
    assert describe(finding).warnings == (reason,)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (f"{CRANES} Choi said in Hamburg on Wednesday.", "Wednesday"),
        (f"{CRANES} Choi said last Friday.", "last Friday"),
        (f"{CRANES} Choi said Friday.", "Friday"),
        (f"On Monday, Choi said: {CRANES}", "Monday"),
        (f"Speaking in Hamburg on Monday evening, Choi said: {CRANES}", "Monday evening"),
    ],
)
def test_another_weekday_of_the_saying_is_said(text: str, named: str, harbour: TextChecker) -> None:
    (finding,) = harbour.check(CheckRequest(text)).findings
    assert finding.verdict is Verdict.OTHER_PLACE
    assert describe(finding).warnings == (f"It is recorded from 9 March 2021, not from {named}.",)


def test_another_place_and_another_weekday_are_said_with_both_of_the_record(harbour: TextChecker) -> None:
    (finding,) = harbour.check(CheckRequest(f"In Berlin on Monday, Choi said: {CRANES}")).findings
    reason = "It is recorded from Evening Post (at a news conference in Hamburg), 9 March 2021, not from Monday, Berlin."
    assert describe(finding).warnings == (reason,)


@pytest.mark.parametrize(
    "text",
    [
        f"{CRANES} Choi said in Hamburg on Tuesday.",
        f"In Hamburg on Tuesday, Choi said: {CRANES}",
        f"{CRANES} Choi said a month before Easter Monday.",
        f"{CRANES} said Choi, who arrived in Berlin on Monday.",
        f"{CRANES} Choi said, after talks in Berlin.",
        f"Peikin told Choi in Rotterdam on Monday: {NIGHT}",
        f"Peikin, who met Choi in Berlin on Friday, said: {NIGHT}",
        f"Peikin said of the strike in Berlin: {NIGHT}",
        f"Peikin said in German: {NIGHT}",
        f"After the vote in Berlin, Peikin said: {NIGHT}",
        f"Peikin told the Evening Post in Rotterdam: {NIGHT}",
        f"{PAPER} Lind said in Berlin on Friday.",  # of which neither place nor day is recorded
        f"The strike in Berlin began on Friday. {PAPER} Lind said.",
    ],
)
def test_the_recorded_place_and_weekday_and_those_of_other_things_change_nothing(text: str, harbour: TextChecker) -> None:
    (finding,) = harbour.check(CheckRequest(text)).findings
    assert finding.verdict is Verdict.EXACT


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Warner quoted Zakharova as saying “we did not come to this decision lightly”", Verdict.OTHER_SPEAKER),
        ("Warner quoted Zakharova as saying: “Naturally, a response will follow.”", Verdict.EXACT),
        ("Zakharova quoted Warner as saying: “Naturally, a response will follow.”", Verdict.OTHER_SPEAKER),
        ("“Naturally, a response will follow,” Warner quoted Zakharova as saying.", Verdict.EXACT),
        ("“Naturally, a response will follow,” Zakharova quoted Warner as saying.", Verdict.OTHER_SPEAKER),
        ("“Naturally, a response will follow,” Warner said Zakharova had told him.", Verdict.EXACT),
        ("“Naturally, a response will follow,” Zakharova said that Warner had told her.", Verdict.OTHER_SPEAKER),
        ("Warner recalled Zakharova saying: “Naturally, a response will follow.”", Verdict.EXACT),
        ("Warner repeated Zakharova's words: “Naturally, a response will follow.”", Verdict.EXACT),
        ("In Zakharova's words, “naturally, a response will follow”.", Verdict.EXACT),
        ("In Warner's words, “naturally, a response will follow”.", Verdict.OTHER_SPEAKER),
        ("“Naturally, a response will follow” were the words of Warner.", Verdict.OTHER_SPEAKER),
        ("Zakharova repeated Warner's words: “Naturally, a response will follow.”", Verdict.OTHER_SPEAKER),
    ],
)
def test_a_relayed_quotation_is_whose_it_is_relayed_as(text: str, verdict: Verdict, check: Check) -> None:
    (finding,) = check(text).findings
    assert finding.verdict is verdict


WRITTEN_RIGHT = [
    f"OSLO, March 10 (Reuters) — {CRANES} Choi said on Tuesday.",
    f"NEW YORK, March 10 (Reuters) — {CRANES} Choi said yesterday.",
    f"OSLO, March 11 (Reuters) - Hana Choi said at a news conference: {CRANES}",
    f"(AP) — {CRANES} Choi said Tuesday.",
    f"ROTTERDAM, March 10, 2021 (Reuters) — {CRANES} Choi said yesterday.",
    f"ROTTERDAM, 10 March 2021 — {CRANES} Choi said yesterday.",
    f"10 March 2021\n\n{CRANES} Choi said yesterday.",
    f"Cranes to move again\n\nBy Ann Lee, 10 March 2021\n\n{CRANES} Choi said yesterday.",
    f"Cranes to move again\n\nPublished: 9 March 2021\n\n{CRANES} Choi said today.",
    f"HAMBURG, March 12 (Reuters) — {CRANES} Choi said earlier this week.",
    f"HAMBURG, March 16 (Reuters) — {CRANES} Choi said last week.",
    f"HAMBURG, April 2 (Reuters) — {CRANES} Choi said last month.",
    f"HAMBURG, April 2, 2022 (Reuters) — {CRANES} Choi said last year.",
    f"HAMBURG, March 15 (Reuters) — {CRANES} Choi said last Tuesday.",
    f"HAMBURG, March 16 (Reuters) — {CRANES} Choi said on Tuesday.",
    f"HAMBURG, March 12 (Reuters) — {CRANES} Choi said yesterday's vote had shown.",
    f"HAMBURG, March 12 (Reuters) — The strike ended yesterday. {CRANES} Choi said.",
    f"{CRANES} Choi said Friday's vote had shown.",
    f"CHOI – {CRANES}",
    f"March 10 (Reuters) - {CRANES} Choi said on Tuesday.",
    f"Hamburg, March 10 (Reuters) – {CRANES} Choi said on Tuesday.",
    f"Hamburg (AP) – {CRANES} Choi said on Tuesday.",
    f"HAMBURG/OSLO, March 10 (Reuters) - {CRANES} Choi said on Tuesday.",
    f"St. Petersburg, 10 Mar (TASS) — {CRANES} Choi said on Tuesday.",
    f"OSLO, Feb. 30, 2021 (Reuters) — {CRANES} Choi said yesterday.",
    f"OSLO, Feb. 29 (Reuters) — {CRANES} Choi said.",
]


@pytest.mark.parametrize("text", WRITTEN_RIGHT)
def test_a_dateline_says_when_and_where_a_text_was_written_not_what_was_said(text: str, harbour: TextChecker) -> None:
    (finding,) = harbour.check(CheckRequest(text)).findings
    assert (finding.verdict, describe(finding).warnings) == (Verdict.EXACT, ())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"OSLO, March 12 (Reuters) — {CRANES} Choi said yesterday.", "“yesterday” in a text of March 12"),
        (f"OSLO, March 12 (Reuters) — Yesterday Choi told reporters: {CRANES}", "“Yesterday” in a text of March 12"),
        (f"OSLO, March 12 (Reuters) — It goes on.\n\nChoi said yesterday: {CRANES}", "“yesterday” in a text of March 12"),
        (f"Oslo, March 17 (Reuters) – {CRANES} Choi said on Tuesday.", "“Tuesday” in a text of March 17"),
        (f"OSLO, March 17 (Reuters) — {CRANES} Choi said on Tuesday.", "“Tuesday” in a text of March 17"),
        (f"OSLO, March 17, 2021 (Reuters) — {CRANES} Choi said on Tuesday.", "“Tuesday” in a text of 17 March 2021"),
        (f"OSLO, March 10, 2022 (Reuters) — {CRANES} Choi said yesterday.", "“yesterday” in a text of 10 March 2022"),
        (f"OSLO, March 10 (Reuters) — {CRANES} Choi said last week.", "“last week” in a text of March 10"),
        (f"OSLO, April 12 (Reuters) — {CRANES} Choi said this month.", "“this month” in a text of April 12"),
        (f"Published: 12 March 2021\n\n{CRANES} Choi said yesterday.", "“yesterday” in a text of 12 March 2021"),
        (
            f"12 March 2021\n\nOSLO, Dec. 30 (AP) — {CRANES} Choi said yesterday.",
            "“yesterday” in a text of 30 December 2020",
        ),
    ],
)
def test_a_day_told_from_that_of_writing_is_held_against_the_record(text: str, told: str, harbour: TextChecker) -> None:
    (finding,) = harbour.check(CheckRequest(text)).findings
    assert finding.verdict is Verdict.OTHER_PLACE
    assert describe(finding).warnings == (f"It is recorded from 9 March 2021, not from {told}.",)
    with speaking("de"):
        assert "in einem Text vom" in " ".join(describe(finding).warnings)


@pytest.mark.parametrize(
    "text",
    [
        f"{CRANES[:-2]}.” Hana Choi said on Tuesday.",
        f"{CRANES[:-2]}.” Choi said in Hamburg this month.",
        f"{NIGHT[:-2]},” Peikin said before the vote on Friday.",
        f"Lind, quoting Peikin: {NIGHT}",
        f"Karin Lind disagreed with Choi, who had said: {CRANES[:-2]}.”",
        f"@hana_choi: {CRANES}",
        f"{CRANES[:-2]}.” Lind said in March it was too late.",
    ],
)
def test_whose_words_they_are_and_when_they_were_said_is_read_around_them(text: str, harbour: TextChecker) -> None:
    (finding,) = harbour.check(CheckRequest(text)).findings
    assert (finding.verdict, describe(finding).warnings) == (Verdict.EXACT, ())


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (f"{CRANES[:-2]}.” Peikin said on Tuesday.", Verdict.OTHER_SPEAKER),
        (f"{CRANES[:-2]}.” Choi said in Berlin.", Verdict.OTHER_PLACE),
        (f"{CRANES[:-2]}.” Choi said on Friday.", Verdict.OTHER_PLACE),
        (f"Peikin, quoting Lind: {NIGHT}", Verdict.OTHER_SPEAKER),
        (f"Choi disagreed with Karin Lind, who had said: {CRANES[:-2]}.”", Verdict.OTHER_SPEAKER),
        (f"@quaywatch: {CRANES}", Verdict.OTHER_SPEAKER),
    ],
)
def test_another_speaker_place_or_day_around_the_words_is_said(text: str, verdict: Verdict, harbour: TextChecker) -> None:
    (finding,) = harbour.check(CheckRequest(text)).findings
    assert finding.verdict is verdict
