"""Breaking stored text into lines of a width, whatever it is."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import features

from bot.errors import UsageError
from bot.pictures.letters import ELLIPSIS, LEFT_OUT, Letters, direction, plain
from bot.resources import fonts_folder

LETTERS = Letters()
FONTS = ("DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf")
IN_THE_FONTS = set.intersection(*(set(map(chr, TTFont(fonts_folder() / name)["cmap"].getBestCmap())) for name in FONTS))
emoji = st.characters(min_codepoint=0x1F300, max_codepoint=0x1FAFF)
marks = st.characters(categories=["M"])


@given(st.text(max_size=300), st.integers(80, 700), st.integers(1, 4))
def test_no_line_is_wider_than_its_room_and_nothing_is_lost_but_the_end(text: str, width: int, most: int) -> None:
    lines = LETTERS.lines(text, 28, width, most)
    assert len(lines) <= most
    assert all(LETTERS.width(line, 28) <= width or len(line) == 1 for line in lines)
    shown, whole = "".join("".join(lines).split()), "".join(LETTERS.drawable(text).split())
    assert shown == whole or (shown.endswith(ELLIPSIS) and whole.startswith(shown[:-1].rstrip(" ,;:.–—-")))


def test_words_stay_whole_and_one_that_is_too_long_is_broken() -> None:
    assert LETTERS.lines("The city closed the bridge.", 28, 200, 3) == ["The city closed", "the bridge."]
    assert len(LETTERS.lines("x" * 100, 28, 200, 9)) > 5
    assert LETTERS.lines("One two three four five six", 28, 130, 2)[-1].endswith(ELLIPSIS)


def test_what_turns_text_around_or_has_no_shape_is_left_out() -> None:
    assert plain("a\u202eb\x00\ud800  c\n\nd") == "a b c d"


@pytest.mark.parametrize("text", ["Привет, мир", "Καλημέρα", "Façade naïve Łódź", "", "12 % 🙂"])
def test_most_scripts_can_be_drawn(text: str) -> None:
    LETTERS.check([text])


@pytest.mark.parametrize("text", ["مرحبا بالعالم", "שלום"])
def test_right_to_left_scripts_are_drawn_only_where_they_can_be_put_in_order(text: str) -> None:
    Letters(ordered=True).check([text])
    with pytest.raises(UsageError):
        Letters(ordered=False).check([text])
    assert Letters().ordered == features.check("raqm")
    assert Letters(ordered=False).drawable(f"It says {text}, twice.") == f"It says {LEFT_OUT}, twice."


@given(st.text(st.one_of(st.characters(), emoji, marks), max_size=40))
@example("\U00011a8a")
@example("\u08a0\U00012544\u0dc0")
@example("\u0816")  # a mark that the font lacks, which Raqm sets on a dotted circle
@example("e\u0816\u0301")  # and one that keeps two characters from composing
@example("\u06c0")  # a letter that the font has in two parts
def test_nothing_is_drawn_that_the_font_lacks(text: str) -> None:
    shown = LETTERS.drawable(text)
    seen = {char for char in shown if not char.isspace() and LETTERS.font(20).getmask(char).getbbox()}
    assert seen <= IN_THE_FONTS
    assert bool(shown) == bool(plain(text))
    assert LETTERS.drawable(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Great news 🎉🎉 from the team 👨‍👩‍👧! 👍🏽", "Great news from the team!"),
        ("“Well done 🙂”", "“Well done”"),
        ("one🙂two", "one two"),
        ("❤️ 1️⃣ → ★", "❤ 1 → ★"),
        ("𝐁𝐨𝐥𝐝 𝟐", "Bold 2"),
        ("𝖲𝖺𝗇𝗌", "Sans"),  # which the bold font lacks
        ("The paper 人民 日报 agreed.", "The paper […] agreed."),
        ("e\u0301cole", "école"),
        ("e\u0816cole", "ecole"),
        ("🙂", LEFT_OUT),
        ("", ""),
    ],
)
def test_emoji_go_and_words_without_letters_are_marked(text: str, shown: str) -> None:
    assert LETTERS.drawable(text) == shown


@pytest.mark.parametrize(
    ("text", "read"),
    [("שלום RT", "rtl"), ("“مرحبا” 12", "rtl"), ("RT שלום", "ltr"), ("12 %", "ltr"), ("", "ltr")],
)
def test_a_text_is_read_as_its_first_letter_is(text: str, read: str) -> None:
    assert direction(text) == read


def test_letters_that_the_fonts_lack_are_told() -> None:
    with pytest.raises(UsageError, match="the list has all its words"):
        LETTERS.check(["橋は閉鎖された"])
