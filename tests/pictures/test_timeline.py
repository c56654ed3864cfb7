"""Time lines as pictures: what is on them, how large they are, and what they say to who cannot see them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NotKnownError, UsageError
from bot.facts.dates import parse_date
from bot.facts.models import Actor, FactRecord
from bot.formats.export import unstored
from bot.languages import speaking
from bot.pictures.canvas import DARK, LIGHT, MAX_ALT, WIDTH, Canvas
from bot.pictures.directions import Direction, in_order
from bot.pictures.layout import BODY, MAX_HEIGHT
from bot.pictures.letters import Letters
from bot.pictures.png import png_of
from bot.pictures.timeline import timeline_picture
from bot.presentation.telling import as_events
from bot.presentation.wording import NOT_REVIEWED
from bot.stories.load import load_story
from tests.client.records import CLAIM, EVENT, QUOTE, records_of_a_story
from tests.pictures.reading import colours, faults, opened, written
from tests.support.paths import MEASURED, SHIPPED
from tests.support.slow import slow

SLACK = 4


def dated(number: int, edtf: str | None, text: str = "The city closed the bridge to all traffic.") -> FactRecord:
    date = parse_date(edtf) if edtf else None
    return replace(EVENT, number=number, fact=replace(EVENT.fact, id=str(number), text=text, date=date))


def many(count: int) -> list[FactRecord]:
    return [dated(number, f"20{number // 12:02}-{number % 12 + 1:02}-07") for number in range(1, count + 1)]


@pytest.mark.parametrize("count", [1, 2, 9, 25, 60, 90])
def test_every_page_fits_the_screen_of_a_phone_and_every_fact_is_on_one(count: int) -> None:
    records = many(count)
    first = timeline_picture("Timeline", records)
    words = ""
    for page in range(first.pages):
        picture = timeline_picture("Timeline", records, page=page)
        image = opened(picture)
        assert image.width == WIDTH
        assert image.height <= MAX_HEIGHT + SLACK
        assert picture.page == page
        words += picture.alt
    assert all(record.fact.date.words() in words for record in records if record.fact.date)


@pytest.mark.parametrize(("name", "theme"), [("dark", DARK), ("light", LIGHT)])
def test_the_ground_is_its_own_and_kinds_have_colours(name: str, theme: object) -> None:
    pixels = colours(opened(timeline_picture("Timeline", [EVENT, QUOTE, CLAIM], theme=name)))
    look = {"dark": DARK, "light": LIGHT}[name]
    assert theme is look
    assert pixels.most_common(1)[0][0] == look.ground
    assert {look.ink, *look.kinds.values()} <= set(pixels)


def test_days_longer_times_and_uncertain_dates_look_different() -> None:
    marks = []
    for edtf in ("2021-03-03", "2021-03", "2021-03-03?", None):
        image = opened(timeline_picture("Timeline", [dated(1, edtf, "Same words.")]))
        marks.append(image.crop((30, 153, 80, 205)).tobytes())
    assert len(set(marks)) == 4


def test_the_words_tell_dates_speakers_and_facts_within_what_discord_takes() -> None:
    alt = timeline_picture("Timeline of Maria Lee", [EVENT, QUOTE, CLAIM]).alt
    assert alt == (
        "Timeline of Maria Lee, The Harbour Bridge closure. 3 March 2021: The city closed the bridge. "
        "March 2021, Maria Lee: “Safety comes first. It is not safe.” "
        "Date not known. According to Maria Lee and Jo Kim: Repairs will cost 4.2 million dollars."
    )
    for count in (1, 30, 90):
        assert len(timeline_picture("T" * 300, many(count)).alt) <= MAX_ALT


def test_the_words_tell_all_where_there_is_room_and_else_how_many_are_left_out() -> None:
    long = "They spoke of the bridge, its cables and its towers, and of who should have looked at them. " * 4
    records = [dated(number, f"2021-03-{number:02}", f"{number}. {long}") for number in range(1, 5)]
    pages = timeline_picture("Timeline", records).pages
    alt = " ".join(timeline_picture("Timeline", records, page=page, longest=100_000).alt for page in range(pages))
    assert all(record.fact.text.strip() in alt for record in records)
    short = timeline_picture("Timeline", records, longest=150).alt
    assert len(short) <= 150
    assert "more." in short


ORDERED = pytest.mark.skipif(not Letters().ordered, reason="this Pillow cannot order letters from right to left")


@ORDERED
def test_a_story_from_right_to_left_begins_at_the_right_and_so_does_its_scale() -> None:
    def ink(texts: list[str], colour: object, top: int, bottom: int) -> list[int]:
        records = [dated(number, f"2021-03-{number:02}", text) for number, text in enumerate(texts, 1)]
        strip = opened(timeline_picture("Timeline", records)).crop((4, top, WIDTH - 4, bottom))
        return [x + 4 for x in range(strip.width) for y in range(strip.height) if strip.getpixel((x, y)) == colour]

    hebrew, english = ["העיר סגרה את הגשר.", "הגשר נפתח.", "RT said so."], ["The city closed it.", "It opened.", "העיר"]
    head, mark, words, scale = (34, 110), (324, 356), (360, 400), (180, 240)
    assert WIDTH / 2 < min(ink(hebrew, DARK.ink, *head)) < max(ink(hebrew, DARK.ink, *head)) < WIDTH - 30
    assert max(ink(english, DARK.ink, *head)) < WIDTH / 2
    assert min(ink(hebrew, DARK.ink, *words)) > WIDTH / 2
    assert WIDTH - 110 < max(ink(hebrew, DARK.ink, *words)) < WIDTH - 90
    assert 90 < min(ink(english, DARK.ink, *words)) < 110
    event = DARK.kinds["event"]
    assert max(ink(hebrew, event, *mark)) > WIDTH - 60
    assert min(ink(english, event, *mark)) < 60
    assert min(ink(hebrew, event, *scale)) == pytest.approx(WIDTH - max(ink(english, event, *scale)), abs=2)
    assert max(ink(hebrew, event, *scale)) == pytest.approx(WIDTH - min(ink(english, event, *scale)), abs=2)


@ORDERED
def test_a_name_in_latin_letters_leaves_the_words_before_a_claim_from_right_to_left() -> None:
    speaker = Actor("lee", "Bartholomew Featherstonehaugh of Somewhere", "person")
    claim = replace(CLAIM, speakers=(speaker,), fact=replace(CLAIM.fact, text="أغلقت المدينة الجسر."))
    with speaking("ar"):
        picture = timeline_picture("Timeline", [claim])
    (colon,) = (text for text in picture.canvas.texts if text.text.rstrip().endswith(":") and "Bartholomew" in text.text)
    assert colon.way == "rtl", "the colon stands to the left of the name"


@ORDERED
def test_a_date_from_right_to_left_is_whole_beside_a_name_from_left_to_right() -> None:
    with speaking("ar"):
        picture = timeline_picture("Timeline", [CLAIM])
    (line,) = (text.text for text in picture.canvas.texts if "Gazette" in text.text)
    backwards = [part.strip("\u200f") for _, part, way in in_order(line, [0] * len(line), "ltr") if way == "rtl"]
    assert backwards == ["4 مارس 2021"]


@ORDERED
def test_a_line_of_a_text_from_right_to_left_that_begins_with_a_name_in_latin_letters_is_still_read_so() -> None:
    def drawn(line: str, way: Direction) -> bytes:
        canvas = Canvas(60, DARK, Letters())
        canvas.text(300, 40, line, 28, DARK.ink, direction=way)
        return png_of(canvas)

    assert drawn("RT שלום", "rtl") == drawn("שלום RT", "ltr") != drawn("RT שלום", "ltr")


@pytest.mark.parametrize("path", [SHIPPED[0], *slow(MEASURED)], ids=lambda path: path.stem)
def test_a_real_story_is_written_whole_on_pages_where_nothing_overlaps(path: Path) -> None:
    letters, whole = Letters(), unstored(load_story(path))
    wrong, body = list[str](), list[str]()
    for page in range(timeline_picture("Timeline", whole.records).pages):
        picture, texts = written(partial(timeline_picture, "Timeline", whole.records, page=page))
        body += [text.line for text in texts if text.size == BODY]
        wrong += [f"page {page}: {fault}" for fault in faults(picture, texts)]
        if texts[1].line != whole.story.info.title:
            wrong.append(f"page {page} does not name the story")
    printed = " ".join(body)
    wrong += [f"{record.fact.id} is cut" for record in whole.records if letters.drawable(record.fact.text) not in printed]
    assert not wrong


def test_a_fact_longer_than_a_page_goes_on_on_the_next() -> None:
    text = " ".join(f"Sentence {number} of a {'very ' * (number % 7)}long statement." for number in range(120))
    records = [dated(1, "2021-03-03"), dated(2, "2021-03-04", text), dated(3, "2021-03-05")]
    pages = timeline_picture("Timeline", records).pages
    assert pages > 2
    lines: list[str] = []
    body: list[str] = []
    for page in range(pages):
        picture, texts = written(partial(timeline_picture, "Timeline", records, page=page))
        assert opened(picture).height <= MAX_HEIGHT + SLACK
        assert not faults(picture, texts)
        lines += [piece.line for piece in texts]
        body += [piece.line for piece in texts if piece.size == BODY]
        assert body[-1].endswith("."), "a page ends within a sentence"
    assert "4 March 2021, continued" in lines
    assert text in " ".join(body)


def test_all_who_say_something_are_named_in_full() -> None:
    people = tuple(Actor(f"a{n}", f"Bartholomew Featherstonehaugh the {n}th", "person") for n in range(4))
    _, texts = written(lambda: timeline_picture("Timeline", [replace(CLAIM, speakers=people)]))
    printed = " ".join(text.line for text in texts)
    assert all(actor.name in printed for actor in people)


def test_the_colours_and_marks_on_a_page_are_explained_in_their_colours() -> None:
    _, texts = written(lambda: timeline_picture("Timeline", [EVENT, QUOTE, CLAIM], theme="light"))
    lines = {text.line: text.colour for text in texts}
    for kind, words in (("event", "an event"), ("quote", "a quotation"), ("claim", "a claim")):
        assert lines[words] == LIGHT.kinds[kind]
    assert {"a day", "days, a month or longer", "no date"} <= lines.keys()
    assert "a shortened period" not in lines
    _, texts = written(lambda: timeline_picture("Timeline", [EVENT]))
    assert not {"a quotation", "a claim", "no date"} & {text.line for text in texts}


def test_years_without_a_fact_are_shortened_and_it_is_told() -> None:
    days = [dated(number, f"2017-10-{number:02}") for number in range(1, 20)]
    picture, texts = written(lambda: timeline_picture("Timeline", [dated(99, "1939"), *days]))
    at = {text.line: text.box for text in reversed(texts)}
    assert "a shortened period" in at
    assert at["1939"][0] < 60
    assert at["October 2017"][2] > WIDTH - 60
    assert at["1939"][0] < at["79 years"][0] < at["October 2017"][0]
    assert not faults(picture, texts)


def test_stories_together_are_all_named() -> None:
    other = replace(QUOTE, story=replace(QUOTE.story, title="The ford"))
    picture, texts = written(lambda: timeline_picture("Timeline", [EVENT, other]))
    assert texts[1].line == "The Harbour Bridge closure and The ford"
    assert picture.alt.startswith("Timeline, The Harbour Bridge closure and The ford. ")


def test_the_words_are_in_the_language_that_is_spoken() -> None:
    with speaking("de"):
        assert "3. März 2021" in timeline_picture("Zeitleiste", [EVENT]).alt


def test_withdrawn_facts_are_left_out() -> None:
    gone = replace(EVENT, retracted=True)
    assert "closed" not in timeline_picture("Timeline", [gone, QUOTE]).alt
    with pytest.raises(NotKnownError):
        timeline_picture("Timeline", [gone])


def test_a_script_without_letters_is_refused_in_words() -> None:
    with pytest.raises(UsageError):
        timeline_picture("Timeline", [dated(1, "2021", "สะพานถูกปิด")])


@st.composite
def facts_of_a_story(draw: st.DrawFn) -> list[FactRecord]:
    records = draw(records_of_a_story())
    return [draw(records(number)) for number in range(draw(st.integers(1, 6)))]


@given(facts_of_a_story(), st.integers(0, 5))
def test_any_facts_can_be_drawn(records: list[FactRecord], page: int) -> None:
    try:
        Letters().check([record.fact.text for record in records if not record.retracted])
        picture = timeline_picture("Timeline", records, page=page)
    except (NotKnownError, UsageError):
        return
    assert opened(picture).width == WIDTH
    assert 0 < len(picture.alt) <= MAX_ALT


def test_what_nobody_has_reviewed_is_marked_and_says_what_its_words_mean() -> None:
    passage = replace(
        EVENT.fact,
        kind="passage",
        text="It closed on Wednesday.",
        reviewed=False,
        glosses=((10, 22, "3 March 2021"),),
        happened=True,
    )
    picture = timeline_picture("Timeline", as_events([replace(EVENT, fact=passage)]))
    assert f"({NOT_REVIEWED}): It closed on Wednesday [3 March 2021]." in picture.alt
    checked = timeline_picture("Timeline", [replace(EVENT, fact=replace(passage, kind="event", reviewed=True))])
    assert NOT_REVIEWED not in checked.alt
    assert picture.size[1] > checked.size[1], "the mark has a line of its own"
    claim = replace(EVENT, fact=replace(passage, happened=False))
    assert "According to" not in timeline_picture("Timeline", as_events([claim])).alt


@ORDERED
@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Хронология", "Город закрыл мост для движения."),
        ("الجدول الزمني", "أغلقت المدينة جسر 東京 أمام حركة المرور."),
        ("年表", "市は港橋（Harbour Bridge）を閉鎖した。" * 9),
        ("연표", "시는 항구 다리의 모든 통행을 금지했다. " * 9),
        ("समयरेखा", "शहर ने बंदरगाह पुल को यातायात के लिए बंद कर दिया। " * 9),
    ],
)
def test_a_story_in_any_of_these_scripts_is_drawn_whole(title: str, text: str) -> None:
    records = [dated(number, f"2021-03-{number:02}", text) for number in (1, 2)]
    picture, lines = written(partial(timeline_picture, title, records))
    assert not faults(picture, lines)
    drawn = "".join(line.line for line in lines if line.size == BODY).replace(" ", "")
    assert drawn == text.replace(" ", "") * 2
    assert title in [line.line for line in lines]
