"""The chart over the time line in a real browser: zoom, rows, keys, fingers, the overview; and the page without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.site.browser import BROWSER, opened
from tests.site.made import site_of, site_of_text
from tests.support.paths import HARBOUR, SHIPPED

pytestmark = pytest.mark.skipif(BROWSER is None, reason="needs Chromium")

LONG = "story: {id: long, title: Long}\nsources: {log: {type: webpage, title: Log}}\nactors:\n" + "".join(
    f"  a{number}: {{name: Actor {number}, kind: person}}\n" for number in range(12)
)
LONG += "events:\n" + "".join(
    f"  e{number}: {{what: Event {number} began., date: 2021-{number + 1:02}-15, who: [a{number}], cite: log}}\n"
    for number in range(12)
)
LONG += "  old: {what: It was built., date: 1890-05-01, cite: log}\n  unknown: {what: Nobody knows when., cite: log}\n"
TOGETHER = 14
ENDS = "all => all.map(one => one.getBoundingClientRect()).map(box => [box.left, box.right])"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:"


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Any]:
    """The time line of a long story, on a phone."""
    with opened(tmp_path, site_of_text(LONG)) as page:
        yield page


def in_list(page: Any) -> list[str]:
    """Return the ids of the facts that the list shows, once it shows what is in view."""
    page.wait_for_selector(".timeline:not([aria-busy])")
    return list(page.eval_on_selector_all(".timeline article", "all => all.filter(one => one.offsetParent).map(one => one.id)"))


def settle(page: Any, shown: int, all_facts: int = TOGETHER) -> None:
    page.wait_for_function(
        "said => document.querySelector('.in-view').textContent.startsWith(said)", arg=f"{shown} of {all_facts} facts"
    )


def rows(page: Any) -> list[str]:
    return [text.strip() for text in page.locator(".row label").all_inner_texts()]


def test_the_whole_story_is_in_view_at_first_with_its_break(page: Any) -> None:
    settle(page, TOGETHER)
    assert page.inner_text(".in-view") == "14 of 14 facts · 1890 – 2021"
    assert page.locator(".grid .break").all_inner_texts() == ["131 years"]
    assert page.locator(".overview .break").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert not page.is_visible(".filter")


def test_what_the_rows_are_is_no_choice_where_all_facts_are_of_one_actor(tmp_path: Path) -> None:
    lone = "\n".join(line for line in LONG.splitlines() if not line.startswith("  a") or line.startswith("  a1:"))
    lone = re.sub(r"who: \[a\d+\]", "who: [a1]", lone)
    for text, has_choice in ((LONG, True), (lone, False)):
        with opened(tmp_path / str(has_choice), site_of_text(text)) as page:
            settle(page, TOGETHER)
            assert page.is_visible(".rows-by") is has_choice
            assert rows(page) == ["What happened"]


def test_zooming_shows_fewer_facts_in_the_chart_and_in_the_list_and_back(page: Any) -> None:
    settle(page, TOGETHER)
    page.click("[data-do=in]")
    page.click("[data-do=in]")
    shown = in_list(page)
    assert 0 < len(shown) < 6
    assert "unknown" not in shown
    assert page.inner_text(".in-view").startswith(f"{len(shown)} of 14 facts · ")
    page.click("[data-do=whole]")
    settle(page, TOGETHER)
    assert page.is_disabled("[data-do=out]")


def test_moving_shows_what_is_later(page: Any) -> None:
    for _ in range(3):
        page.click("[data-do=in]")
    before = in_list(page)
    page.click("[data-do=later]")
    assert before[0] not in in_list(page)
    assert int(in_list(page)[-1][1:]) > int(before[-1][1:])


def test_rows_are_of_kinds_or_of_actors_more_of_them_on_demand(page: Any) -> None:
    assert rows(page) == ["What happened"]
    page.check("#by-actor")
    assert rows(page) == [*(f"Actor {number}" for number in range(8)), "All others"]
    page.click("[data-do=rows]")
    assert rows(page) == [*(f"Actor {number}" for number in range(12)), "All others"]
    assert not page.is_visible("[data-do=rows]")
    page.check("#by-kind")
    assert rows(page) == ["What happened"]


def test_a_row_that_is_switched_off_takes_its_facts_out_of_the_list(page: Any) -> None:
    page.check("#by-actor")
    page.uncheck("text=Actor 3")
    settle(page, 13)
    assert "e3" not in in_list(page)
    assert not page.is_visible("text=15 April 2021")
    page.uncheck("text=All others")
    settle(page, 7)
    assert in_list(page) == [f"e{number}" for number in (0, 1, 2, 4, 5, 6, 7)]


def test_the_keyboard_goes_from_fact_to_fact_zooms_and_opens(page: Any) -> None:
    page.check("#by-actor")
    page.focus(".row input >> nth=2")
    page.keyboard.press("Tab")  # the marks are one stop, in whichever row
    page.evaluate("document.querySelector('.mark').focus()")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent.trim()") == "15 February 2021: Event 1 began."
    for _ in range(4):
        page.keyboard.press("+")
    page.wait_for_function("document.querySelectorAll('.timeline .moment:not([hidden])').length === 1")
    assert page.evaluate("document.activeElement.textContent.trim()") == "15 February 2021: Event 1 began."
    page.keyboard.press("Enter")
    assert page.url.endswith("#e1")
    page.focus(".mark")
    page.keyboard.press("0")
    settle(page, TOGETHER)


def test_arrow_keys_bring_the_next_fact_into_view(page: Any) -> None:
    for _ in range(4):
        page.click("[data-do=in]")
    page.wait_for_function("document.querySelectorAll('.timeline .moment:not([hidden])').length < 3")
    page.focus(".mark")
    page.keyboard.press("Home")
    assert "It was built." in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("End")
    assert "Event 11 began." in page.evaluate("document.activeElement.textContent")
    page.wait_for_function("document.getElementById('e11').offsetParent && !document.getElementById('old').offsetParent")


def test_the_wheel_scrolls_the_page_and_zooms_with_ctrl(page: Any) -> None:
    page.locator(".plot").scroll_into_view_if_needed()
    box = page.locator(".plot").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + 40)
    page.mouse.wheel(0, 50)
    settle(page, TOGETHER)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -400)
    page.keyboard.up("Control")
    page.wait_for_function("document.querySelectorAll('.timeline .moment:not([hidden])').length < 8")


def test_a_mouse_moves_the_chart_and_a_press_in_the_overview_shows_that_part(page: Any) -> None:
    page.locator(".overview").click(position={"x": 6, "y": 10})
    page.wait_for_function("!document.getElementById('e11').offsetParent")
    assert in_list(page)[0] == "old"
    box = page.locator(".plot").bounding_box()
    page.mouse.move(box["x"] + 300, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + 40, box["y"] + 50, steps=4)
    page.mouse.up()
    page.wait_for_function("!document.getElementById('old').offsetParent")
    assert page.url.endswith("index.html")


def test_two_fingers_zoom(page: Any) -> None:
    settle(page, TOGETHER)
    touch = """([dx, kind]) => document.querySelector('.plot').dispatchEvent(new PointerEvent(kind, {
        pointerId: dx[0], pointerType: 'touch', clientX: dx[1], clientY: 300, bubbles: true, cancelable: true }))"""
    page.evaluate("document.querySelector('.plot').setPointerCapture = () => {}")  # made-up fingers cannot be captured
    for pointer, kind in (
        ([1, 180], "pointerdown"),
        ([2, 220], "pointerdown"),
        ([1, 60], "pointermove"),
        ([2, 340], "pointermove"),
    ):
        page.evaluate(touch, [pointer, kind])
    page.wait_for_function("document.querySelectorAll('.timeline .moment:not([hidden])').length < 6")


def test_a_link_to_a_fact_shows_it_whatever_was_in_view(page: Any) -> None:
    for _ in range(4):
        page.click("[data-do=in]")
    page.wait_for_function("!document.getElementById('old').offsetParent")
    page.evaluate("location.hash = '#old'")
    page.wait_for_function("document.getElementById('old').offsetParent")


def test_marks_that_would_stand_upon_one_another_are_one_with_their_number(page: Any) -> None:
    many = page.locator(".mark.many").first
    assert many.get_attribute("aria-label").startswith(f"{many.inner_text()} of 14 facts · ")
    before = page.locator(".mark").count()
    many.click()
    page.wait_for_function("document.querySelectorAll('.timeline .moment:not([hidden])').length < 12")
    assert page.locator(".mark").count() <= before
    assert page.locator(".mark").count() >= 1


def test_without_scripts_the_page_has_all_facts_and_its_filter(tmp_path: Path) -> None:
    with opened(tmp_path, site_of(HARBOUR), scripts=False) as page:
        assert not page.is_visible(".chart")
        assert page.is_visible(".filter")
        assert len(in_list(page)) == 8
        page.uncheck("#show-event")
        assert not page.is_visible("#closure")
        assert not page.is_visible("text=26 February 2021")
        assert page.is_visible("#lee-safety")


@pytest.mark.parametrize("spoken", ["ar", "ja", "ru"])
def test_the_chart_speaks_the_language_and_reads_in_its_direction(spoken: str, tmp_path: Path) -> None:
    with opened(tmp_path, site_of(SHIPPED[0], spoken)) as page:
        page.wait_for_function("document.querySelector('.in-view').textContent")
        first, last = page.locator(".overview .point").first.bounding_box(), page.locator(".overview .point").last.bounding_box()
        assert (first["x"] > last["x"]) == (spoken == "ar")
        assert "facts" not in page.inner_text(".chart")
        ends = page.eval_on_selector_all(".grid .date", ENDS)
        assert all(right <= left for (_, right), (left, _) in pairwise(sorted(ends))), ends
        assert len(ends) > 1
        page.check("#by-actor")
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_widget_of_the_time_line_has_the_chart(tmp_path: Path) -> None:
    with opened(tmp_path, site_of_text(LONG), "embed/timeline.html") as page:
        settle(page, TOGETHER)
        page.click("[data-do=in]")
        page.wait_for_function("!document.getElementById('old').offsetParent")


def test_a_strict_policy_of_a_web_server_lets_the_pages_work(tmp_path: Path) -> None:
    with opened(
        tmp_path, site_of(SHIPPED[0]), policy="default-src 'none'; script-src 'self'; style-src 'self'; img-src data:"
    ) as page:
        page.click("[data-do=in]")
        page.wait_for_selector(".timeline .moment[hidden]", state="attached")
        assert page.locator(".overview .view").bounding_box()["width"] < 300


def test_a_story_of_one_day_or_without_dates_has_no_chart() -> None:
    story = (
        LONG[: LONG.index("events:")]
        + "events: {one: {what: It began., cite: log}, two: {what: It ended., date: 2021, cite: log}}\n"
    )
    assert b"data-chart" in site_of_text(story)["index.html"]
    assert b"data-chart" not in site_of_text(story.replace(", date: 2021", ""))["index.html"]
