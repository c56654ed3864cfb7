"""Which dates in a sentence are those of its quotation."""

from __future__ import annotations

import pytest

from bot.checking.provenance import saying_dates
from bot.checking.verdict import Verdict
from bot.english.quotation_marks import MASK
from bot.languages import speaking
from bot.presentation.verdicts import describe
from tests.checking.stories import Check


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


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Warner quoted Zakharova as saying “we did not come to this decision lightly”", Verdict.OTHER_SPEAKER),
        ("Warner quoted Zakharova as saying: “Naturally, a response will follow.”", Verdict.EXACT),
        ("Zakharova quoted Warner as saying: “Naturally, a response will follow.”", Verdict.OTHER_SPEAKER),
    ],
)
def test_a_relayed_quotation_is_whose_it_is_relayed_as(text: str, verdict: Verdict, check: Check) -> None:
    (finding,) = check(text).findings
    assert finding.verdict is verdict
