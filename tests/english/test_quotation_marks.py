"""Where quotations begin and end, with marks of all shapes, mixed, nested, over paragraphs, and left open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.english.quotation_marks import quoted_spans


def quoted(text: str) -> list[str]:
    return [text[span.start : span.end] for span in quoted_spans(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("She said “it is so.”", ["it is so."]),
        ('He called it “wrong," adding, "we will see.”', ["wrong,", "we will see."]),
        ('They said ,"it only shows the need," on Monday', ["it only shows the need,"]),
        ("»So ist es«, sagte er. „Nein“, sagte sie. «Oui», dit-il.", ["So ist es", "Nein", "Oui"]),
        ("‘It is the workers’ choice,’ he said. ‘Nobody else’s.’", ["It is the workers’ choice,", "Nobody else’s."]),
        ("'Not now,' the workers' leader said.", ["Not now,"]),
        ('"She told me "no" twice," he said.', ['She told me "no" twice,']),
        ("‘He said “no” to me,’ she wrote.", ["He said “no” to me,"]),
        ('"Never closed. He said "fine words" though.', ["fine words"]),
        ("“The first paragraph.\n\n“The second,” she said.", ["The first paragraph.", "The second,"]),
        ("the '90s, rock 'n' roll and 'tis so", []),
        ("a board 5' by 6\" long", []),
        ("Never closed: “to the end", ["to the end"]),
        ("« Nous partons », dit-elle. «\u202fEt nous revenons.\u202f»", ["Nous partons", "Et nous revenons."]),
        ("„Wir gehen“, sagte er. „Nein.“ ", ["Wir gehen", "Nein."]),
        ("'Give us the keys' said Lee. 'They're ours.'", ["Give us the keys", "They're ours."]),
        ("'We can't,' said Lee. 'The boys' dogs won't go.'", ["We can't,", "The boys' dogs won't go."]),
        ("‘The first paragraph isn’t long.\n\n‘The second,’ she said.", ["The first paragraph isn’t long.", "The second,"]),
        ("``as typewriters do it''", ["as typewriters do it"]),
        ("", []),
    ],
)
def test_quotations_are_found_by_what_stands_around_their_marks(text: str, wanted: list[str]) -> None:
    assert quoted(text) == wanted


@given(st.text("ab ,.\n'\"“”‘’„«»\u202f", max_size=60))
def test_spans_stand_in_order_inside_the_text(text: str) -> None:
    before = 0
    for span in quoted_spans(text):
        assert before <= span.whole[0] < span.start <= span.end <= span.whole[1] <= len(text)
        before = span.whole[1]
