"""Breaking stored text into lines of a width, whatever it is."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import features

from bot.errors import UsageError
from bot.pictures.directions import Direction, direction
from bot.pictures.fonts import FAMILIES, Fonts
from bot.pictures.letters import ELLIPSIS, LEFT_OUT, Letters, plain
from bot.resources import fonts_folder

LETTERS = Letters()
FONTS = Fonts()
IN_THE_FONTS = set.union(
    *(
        set.intersection(*(set(map(chr, TTFont(fonts_folder() / name)["cmap"].getBestCmap())) for name in family))
        for family in FAMILIES
    )
)
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


@pytest.mark.parametrize(
    "text", ["Привет, мир", "Καλημέρα", "Façade naïve Łódź", "橋は閉鎖された。", "다리가 폐쇄되었다.", "", "12 % 🙂"]
)
def test_most_scripts_can_be_drawn(text: str) -> None:
    LETTERS.check([text])


@pytest.mark.parametrize("text", ["مرحبا بالعالم", "שלום", "नमस्ते दुनिया"])
def test_scripts_whose_letters_change_places_are_drawn_only_where_they_can_be_put_in_order(text: str) -> None:
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
    seen = {char for char in shown if not char.isspace() and FONTS.font(0, 20, bold=False).getmask(char).getbbox()}
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
        ("The paper ไทย รัฐ agreed.", "The paper […] agreed."),
        ("東京都庁舎の騙し絵", "東京都庁舎の騙し絵"),
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
        LETTERS.check(["สะพานถูกปิด"])


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("安全が第一だ。橋は「閉鎖」した。", 28 * 0.93 * 5, ["安全が第一", "だ。橋は", "「閉鎖」し", "た。"]),
        ("港のチェック", 28 * 0.93 * 3, ["港の", "チェッ", "ク"]),
        ("다리는 안전하지 않다.", 28 * 0.93 * 6, ["다리는", "안전하지", "않다."]),
    ],
)
def test_japanese_is_broken_between_characters_but_for_signs_and_korean_between_words(
    text: str, width: float, lines: list[str]
) -> None:
    assert LETTERS.lines(text, 28, width, 9) == lines


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The 東京 Times, 12 日", ["The ", "東京 ", "Times, 12 ", "日"]),
        ("पुल (Bridge) बंद", ["पुल ", "(Bridge) ", "बंद"]),
        ("جسر 東京 Steel مغلق", [" مغلق", "東京 ", "Steel", "جسر "]),
        ("see 東 שלום עולם now", ["see ", "東 ", "שלום עולם", " now"]),
        ("RT שלום 12", ["RT שלום 12"]),
    ],
)
def test_each_part_of_a_line_stands_where_its_letters_are_read(text: str, parts: list[str]) -> None:
    runs = Letters(ordered=True).runs(text, 28)
    assert [run.text for run in runs] == parts
    ends = [run.x + run.font.getlength(run.text) for run in runs]
    assert [run.x for run in runs] == [0, *ends[:-1]]


@given(st.text(st.sampled_from("aB東日 .(」12שלवप"), max_size=30), st.sampled_from(["ltr", "rtl"]))
def test_no_character_is_lost_or_drawn_twice_where_a_line_takes_several_fonts(text: str, way: Direction) -> None:
    assert sorted("".join(run.text for run in LETTERS.runs(text, 28, way=way))) == sorted(text)
