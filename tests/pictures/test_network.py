"""Who speaks about whom as pictures: few and many, all of them on some page, nothing cut off."""

from __future__ import annotations

from collections import Counter
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NotKnownError
from bot.facts.base import FactBase
from bot.facts.speakers import Link, Statements
from bot.formats.export import unstored
from bot.pictures.canvas import DARK, LIGHT, MAX_ALT, WIDTH
from bot.pictures.layout import MAX_HEIGHT
from bot.pictures.network import MAX_ARROWS, MAX_NAMES, network_pages, network_picture
from bot.stories.load import load_story
from tests.pictures.reading import colours, faults, opened, written
from tests.support.paths import SHIPPED

THREE = (Link("Maria Lee", "The Bridge", 2, 1), Link("Jo Kim", "Maria Lee", 0, 1), Link("Jo Kim", "The Bridge", 1, 0))
SIXTY = tuple(Link(f"Speaker {n % 30}", f"Subject {n * 7 % 30}", n % 3, 1) for n in range(120))

names = st.sampled_from([f"Name {n}" for n in range(40)])
links = st.dictionaries(st.tuples(names, names), st.integers(1, 30), min_size=1, max_size=120)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("given_links", [THREE[:1], THREE, SIXTY], ids=["one", "three", "sixty"])
def test_every_page_fits_a_phone(given_links: tuple[Link, ...], theme: str) -> None:
    for page in range(len(network_pages(given_links))):
        picture = network_picture("Who speaks about whom", given_links, page=page, theme=theme)
        image = opened(picture)
        assert image.width == WIDTH
        assert image.height <= MAX_HEIGHT
        look = DARK if theme == "dark" else LIGHT
        assert colours(image).most_common(1)[0][0] == look.ground
        assert look.ink in colours(image)


@given(links)
def test_every_link_is_on_one_page_and_no_page_is_too_full(counts: dict[tuple[str, str], int]) -> None:
    given_links = [Link(speaker, subject, count, 0) for (speaker, subject), count in counts.items()]
    pages = network_pages(given_links)
    assert sorted(str(link) for page in pages for link in page) == sorted(map(str, given_links))
    for page in pages:
        assert len(page) <= MAX_ARROWS
        assert len({link.speaker for link in page}) <= MAX_NAMES
        assert len({link.subject for link in page}) <= MAX_NAMES


def test_whoever_more_speak_about_than_fit_on_a_page_is_on_several_full_ones() -> None:
    given_links = [Link(f"Name {number:02}", "The mayor", 1, 0) for number in range(2 * MAX_NAMES + 1)]
    pages = network_pages(given_links)
    assert [link for page in pages for link in page] == given_links
    assert {len(page) for page in pages[:-1]} == {min(MAX_NAMES, MAX_ARROWS)}


def test_who_is_spoken_about_is_kept_together() -> None:
    page_of: dict[str, set[int]] = {}
    for number, page in enumerate(network_pages(SIXTY)):
        for link in page:
            page_of.setdefault(link.subject, set()).add(number)
    assert all(len(pages) == 1 for pages in page_of.values())


def test_the_words_tell_who_speaks_about_whom_and_how_often() -> None:
    assert network_picture("Who speaks about whom", THREE).alt == (
        "Who speaks about whom. Maria Lee → The Bridge: 2 quotes, 1 claim. Jo Kim → The Bridge: 1 quote. "
        "Jo Kim → Maria Lee: 1 claim."
    )
    assert all(len(network_picture("x" * 400, SIXTY, page=page).alt) <= MAX_ALT for page in range(4))


def test_a_name_stands_out_where_somebody_was_asked_about() -> None:
    plain, focused = (opened(network_picture("T", THREE, focus=name)) for name in (None, "Jo Kim"))
    assert plain.size == focused.size
    assert plain.tobytes() != focused.tobytes()


def test_the_count_below_a_name_is_the_sum_of_the_arrows_on_its_page() -> None:
    nine = Statements(9, 9, ())

    def page(number: int, last: int) -> bytes:
        arrows = [Link("Maria Lee", f"Subject {n}", 50 - n, 0) for n in range(MAX_NAMES)]
        picture = network_picture("T", [*arrows, Link("Maria Lee", "Whoever is last", last, 0)], page=number, statements=nine)
        assert picture.pages == 2
        return picture.png

    assert page(0, 1) == page(0, 2)
    assert page(1, 1) != page(1, 2)


def test_twelve_speakers_and_more_stay_readable() -> None:
    """Names in full, nothing over another, and arrows that end apart from each other, on real stories and on the worst page."""
    crowd = tuple(
        Link(f"The {n}th Committee on Harbours and Fisheries of the Province", f"Subject {n % 2}", 2 + n, 0) for n in range(12)
    )
    shipped, both = unstored(load_story(SHIPPED[0])), Statements(1, 1, ("One story", "Another story"))
    with FactBase.memory() as base:
        base.apply(shipped.story, by="test")
        real = base.speakers.links()
    assert len({link.speaker for link in real}) >= 12
    for links in (crowd, real):
        for page, those in enumerate(network_pages(links)):
            picture, lines = written(partial(network_picture, "Who", links, statements=both, page=page))
            assert not faults(picture, lines)
            assert opened(picture).height <= MAX_HEIGHT
            text = " ".join(line.line for line in lines)
            assert all(" ".join(name.split()) in text for link in those for name in (link.speaker, link.subject))
            counts = Counter(line.line for line in lines)
            assert Counter(str(link.count) for link in those if link.count > 1) <= counts


def test_what_is_counted_is_told_and_nothing_of_which_there_is_none() -> None:
    _, lines = written(lambda: network_picture("Who", THREE[1:2], statements=Statements(0, 1, ("The bridge",))))
    texts = [line.line for line in lines]
    assert texts[:3] == ["Who", "The bridge", "1 claim"]
    assert "An arrow is one quote or claim." in " ".join(texts)


def test_where_nobody_speaks_it_is_told() -> None:
    with pytest.raises(NotKnownError, match="Who speaks"):
        network_picture("Who speaks about whom", ())


def test_names_of_any_length_are_drawn() -> None:
    long = (Link("A name " * 60, "x" * 300, 3, 0), Link("Ω", "", 1, 0))
    assert opened(network_picture("T", long)).width == WIDTH


@pytest.mark.parametrize(("given_links", "explained"), [(THREE, True), (THREE[1:], False)], ids=["with numbers", "without"])
def test_numbers_are_explained_on_a_page_that_has_some(given_links: tuple[Link, ...], explained: bool) -> None:
    _, lines = written(partial(network_picture, "Who", given_links))
    said = " ".join(line.line for line in lines)
    assert ("A number on an arrow says" in said) == explained
    assert ("An arrow is one quote or claim." in said) != explained
    assert "What is about several counts for each." in said
