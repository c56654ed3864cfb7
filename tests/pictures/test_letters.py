"""Breaking stored text into lines of a width, whatever it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import UsageError
from bot.pictures.letters import ELLIPSIS, Letters, plain

LETTERS = Letters()


@settings(deadline=None)
@given(st.text(max_size=300), st.integers(80, 700), st.integers(1, 4))
def test_no_line_is_wider_than_its_room_and_nothing_is_lost_but_the_end(text: str, width: int, most: int) -> None:
    lines = LETTERS.lines(text, 28, width, most)
    assert len(lines) <= most
    assert all(LETTERS.width(line, 28) <= width or len(line) == 1 for line in lines)
    shown, whole = "".join("".join(lines).split()), "".join(plain(text).split())
    assert shown == whole or (shown.endswith(ELLIPSIS) and whole.startswith(shown[:-1].rstrip(" ,;:.–—-")))


def test_words_stay_whole_and_one_that_is_too_long_is_broken() -> None:
    assert LETTERS.lines("The city closed the bridge.", 28, 200, 3) == ["The city closed", "the bridge."]
    assert len(LETTERS.lines("x" * 100, 28, 200, 9)) > 5
    assert LETTERS.lines("One two three four five six", 28, 130, 2)[-1].endswith(ELLIPSIS)


def test_what_turns_text_around_or_has_no_shape_is_left_out() -> None:
    assert plain("a\u202eb\x00\ud800  c\n\nd") == "a b c d"


@pytest.mark.parametrize("text", ["Привет, мир", "Καλημέρα", "مرحبا بالعالم", "שלום", "Façade naïve Łódź", "", "12 % 🙂"])
def test_most_scripts_can_be_drawn(text: str) -> None:
    LETTERS.check([text])


def test_letters_that_the_fonts_lack_are_told() -> None:
    with pytest.raises(UsageError, match="the list has all its words"):
        LETTERS.check(["橋は閉鎖された"])
