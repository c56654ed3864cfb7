"""Forms: stored as typed, filled in with a fact that reads back as the same fact, and read in every field.

Any typed text is read, or refused with a sentence for each field; what is read can be exported and imported.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from bot.editing.fact_reading import PLACE_ALONE, StoryContext, read_typed_fact
from bot.editing.typed_fact import NewSource, TypedFact, citation_words
from bot.english.lexicon import Lexicon
from bot.errors import FormError
from bot.facts.base import FactBase
from bot.facts.edits import Edit, with_edit
from bot.facts.models import WRITTEN_KINDS, Citation, Fact, Story
from bot.service.session import Session
from bot.stories.dump import dump_story
from bot.stories.load import load_story, read_story
from tests.stories_io.stories import AWKWARD
from tests.support.paths import HARBOUR, MEASURED, SHIPPED
from tests.support.slow import slow


@pytest.mark.parametrize("path", [*SHIPPED, *slow(MEASURED)], ids=lambda path: path.stem)
def test_the_form_of_every_fact_reads_back_as_the_same_fact(path: Path, lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(load_story(path), by="test")
        editor = Session(base, lexicon, reply_days=1).editor
        known = editor._known(load_story(path).info.id)
        for record in base.all_facts():
            assert read_typed_fact(TypedFact.of(record), known, fact_id=record.fact.id).facts == (record.fact,)


def test_what_was_typed_comes_back_from_its_text() -> None:
    full = TypedFact(
        "quote", "harbour-bridge", "“Ünï” \n x", ("lee",), "3 march", "", "by radio", ("bridge",), "closure", "gazette#4\nradio",
        NewSource("A title", "webpage", "P", "2021", "https://example.org", ""), ("Why?", "What for?"), "a reason", 3, 2, 5, 7,
    )  # fmt: skip
    assert TypedFact.decode(full.encode()) == full
    empty = TypedFact("event", "harbour-bridge")
    assert TypedFact.decode(empty.encode()) == empty
    assert "reason" not in empty.encode()


def test_a_typed_fact_of_another_version_is_read_as_far_as_it_goes() -> None:
    text = '{"kind": "claim", "story": "s", "colour": "red", "new_source": {"title": "T", "shape": "round"}}'
    assert TypedFact.decode(text) == TypedFact("claim", "s", new_source=NewSource("T"))


@pytest.mark.parametrize(
    ("citation", "words"),
    [
        (Citation("gazette"), "gazette"),
        (Citation("gazette", "paragraph", "4"), "gazette#4"),
        (Citation("gazette", "page", "12"), "gazette page 12"),
    ],
)
def test_a_citation_is_written_as_a_form_has_it(citation: Citation, words: str) -> None:
    assert citation_words(citation) == words


def test_a_rebased_fact_keeps_what_each_changed() -> None:
    seen = TypedFact("event", "s", text="a", date="2017", where="x", fact=3, seen=1)
    mine, theirs = replace(seen, text="b", reason="r"), replace(seen, date="2018", where="y", seen=2)
    assert mine.rebased(seen, theirs) == replace(mine, date="2018", where="y", seen=2)
    both = replace(theirs, text="c")
    assert mine.rebased(seen, both).text == "b"


STORY = load_story(HARBOUR)
KNOWN = StoryContext(
    sources={source.id: source for source in STORY.sources},
    actors={actor.id: actor for actor in STORY.actors},
    events={fact.id: fact for fact in STORY.facts if fact.kind == "event"},
    taken=frozenset(fact.id for fact in STORY.facts),
    taken_sources=frozenset(source.id for source in STORY.sources),
    today=date(2021, 3, 4),
)
CLAIM = TypedFact("claim", STORY.info.id, text="It will be painted.", cite="gazette#2")
EVENT = replace(CLAIM, kind="event")
QUOTE = replace(CLAIM, kind="quote", by=("lee",))


def read(typed_fact: TypedFact) -> Fact:
    return read_typed_fact(typed_fact, KNOWN).facts[0]


def tried(typed_fact: TypedFact) -> Edit | dict[str, str]:
    """Return the edit of a form, or its faults."""
    try:
        return read_typed_fact(typed_fact, KNOWN)
    except FormError as error:
        return error.faults


def faults(typed_fact: TypedFact) -> dict[str, str]:
    with pytest.raises(FormError) as caught:
        read_typed_fact(typed_fact, KNOWN)
    return caught.value.faults


MARKS = ("<@1>", "@everyone", "[a](b)", "\x00\x07", "\ud800", "\ud83d\ude00", "a\r\nb", "“", '""', "‮abc", "9" * 40, "-" * 30)
FIELD = st.one_of(
    st.sampled_from((*AWKWARD, *MARKS, "", " ")), st.text(max_size=40), st.text("0123456789-/~?.T: ofMarch", max_size=16)
)
LINES = st.one_of(
    FIELD,
    st.sampled_from(
        ["gazette", "gazette#", "gazette page", "radio, p. 3", "https://", "http://[", "https://a.b/c#1", "nobody#1"]
    ),
    st.text("htps:/#.gazte 14[]@?\n", max_size=30).map("https://".__add__),
)
TYPED_FACTS = st.builds(
    TypedFact,
    kind=st.sampled_from(WRITTEN_KINDS),
    story=st.just(STORY.info.id),
    text=st.one_of(FIELD, st.just("x" * 5000)),
    by=st.lists(st.one_of(st.sampled_from(["lee", "okoro"]), FIELD), max_size=3).map(tuple),
    date=FIELD,
    where=st.one_of(st.just(""), FIELD),
    context=st.one_of(st.just(""), FIELD),
    about=st.one_of(st.just(()), st.tuples(FIELD)),
    event=st.one_of(st.just(""), st.just("closure"), FIELD),
    cite=st.one_of(st.just("gazette#4"), LINES),
    new_source=st.one_of(st.none(), st.builds(NewSource, FIELD, FIELD, FIELD, FIELD, LINES, LINES)),
    asked_as=st.lists(FIELD, max_size=2).map(tuple),
    reason=FIELD,
)


@given(TYPED_FACTS)
def test_any_form_is_read_or_refused_and_what_is_read_can_be_exported(typed_fact: TypedFact) -> None:
    edit = tried(typed_fact)
    if isinstance(edit, Edit):
        story = with_edit(STORY, edit)
        assert read_story(dump_story(story), "story.yaml") == _as_exported(story)
    else:
        assert edit
        assert all(sentence.strip() for sentence in edit.values())


@given(text=FIELD, date_=FIELD, cite=LINES, link=LINES)
def test_each_field_by_itself_is_read_or_refused(text: str, date_: str, cite: str, link: str) -> None:
    for typed_fact in (
        replace(QUOTE, text=text),
        replace(EVENT, date=date_),
        replace(CLAIM, cite=cite),
        replace(CLAIM, cite="https://example.org/a-page", new_source=NewSource(title=text, published=date_, archive=link)),
    ):
        edit = tried(typed_fact)
        if isinstance(edit, Edit):
            assert edit.facts[0].text == edit.facts[0].text.strip() != ""
        else:
            lines = {f"cite {number}" for number in range(2, len(cite.splitlines()) + 1)}
            assert set(edit) <= {"text", "date", "cite", "published", "archive", *lines}


def _as_exported(story: Story) -> Story:
    """Return the story as a file has it: events first, then quotes, then claims."""
    return replace(story, facts=tuple(sorted(story.facts, key=lambda fact: WRITTEN_KINDS.index(fact.kind))))


def test_all_faults_are_told_at_once_by_field() -> None:
    bad = TypedFact(
        "quote", STORY.info.id, " ", ("nobody",), "the day after", "there", "", ("noone",), "nothing", "mars#1",
    )  # fmt: skip
    assert set(faults(bad)) == {"text", "by", "date", "where", "about", "event", "cite"}


@pytest.mark.parametrize(
    ("typed_fact", "field", "sentence"),
    [
        (replace(CLAIM, text=""), "text", "Write the claim."),
        (replace(EVENT, text=" \n"), "text", "Write what happened."),
        (replace(CLAIM, text="x" * 5000), "text", "5,000 characters"),
        (replace(EVENT, where="x" * 2001), "where", "This has 2,001 characters, and the limit is 2,000. Shorten it."),
        (replace(CLAIM, asked_as=tuple(map(str, range(101)))), "asked_as", "There are 101 of these, and the limit is 100."),
        (replace(CLAIM, cite="\n".join(f"gazette#{paragraph}" for paragraph in range(1001))), "cite", "There are 1,001 of these"),
        (replace(QUOTE, by=()), "by", "Choose the speaker"),
        (replace(QUOTE, by=("Maria Lee",)), "by", 'no actor "Maria Lee"'),
        (replace(CLAIM, date="the day after"), "date", "Write it like 26 October 2017"),
        (replace(CLAIM, date="31 February 2021"), "date", "."),
        (replace(CLAIM, event="cost"), "event", 'no event "cost"'),
        (replace(CLAIM, where="Harbour"), "where", "A claim has no place"),
        (replace(EVENT, context="on the radio"), "context", "An event has no context"),
        (replace(EVENT, about=("bridge",)), "about", "Name those who took part"),
        (replace(CLAIM, cite=""), "cite", "Say where it comes from"),
        (replace(CLAIM, cite="gazette#"), "cite", "#4 or page 12"),
        (replace(CLAIM, cite="gazette chapterish 4"), "cite", "#4 or page 12"),
        (replace(CLAIM, cite="javascript:alert(1)"), "cite", "paste its link"),
        (replace(CLAIM, cite="ftp://example.org/a"), "cite", "paste its link"),
        (replace(CLAIM, cite=f"https://example.org/{'a' * 500}"), "cite", "the limit is 400"),
        (replace(CLAIM, cite="https://ann:secret@example.org/a"), "cite", "a password"),
        (replace(CLAIM, cite="https://example.org:99999/a"), "cite", "an impossible host or port"),
        (replace(CLAIM, text="\u200b\u200d\ufeff"), "text", "Write the claim."),
        (replace(CLAIM, cite="https://x.org", new_source=NewSource(type="web page")), "type", "Did you mean webpage"),
        (replace(CLAIM, cite="https://x.org", new_source=NewSource(archive="x.org")), "archive", "begins with https://"),
        (replace(CLAIM, cite="https://x.org", new_source=NewSource(published="someday")), "published", "Write it like"),
        (replace(CLAIM, cite="https://x.org", new_source=NewSource(published="9 March 2099")), "published", "still to come"),
    ],
)
def test_each_fault_says_how_to_mend_it(typed_fact: TypedFact, field: str, sentence: str) -> None:
    sentences = faults(typed_fact)
    assert set(sentences) == {field}
    assert sentence in sentences[field]


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("3 March 2021", "2021-03-03"),
        ("3.3.2021", "2021-03-03"),
        ("2021-03", "2021-03"),
        ("march", "2021-03"),
        ("about 2020", "2020~"),
        ("../2021", "../2021"),
        ("26 october", "2020-10-26"),
        ("yesterday", "2026-11-24"),
        ("today", "2026-11-25"),
        ("Wednesday", "2026-11-25"),
        ("last Wednesday", "2026-11-18"),
        ("on Monday", "2026-11-23"),
        ("last fri", "2026-11-20"),
        ("Thursday, 4 March 2021", "2021-03-04"),
        ("monday to wednesday", "2026-11-23/2026-11-25"),
    ],
)
def test_a_date_in_any_usual_form_is_read(typed: str, edtf: str) -> None:
    with time_machine.travel(datetime(2026, 11, 25, 12, tzinfo=UTC), tick=False):  # a Wednesday
        parsed = read(replace(CLAIM, date=typed)).date
    assert parsed is not None
    assert parsed.edtf == edtf


def test_a_link_that_no_source_has_becomes_a_source_and_one_that_has_is_cited() -> None:
    edit = read_typed_fact(replace(CLAIM, cite="https://www.example.net/news/bridge-opens-again.html page 2"), KNOWN)
    (made,) = edit.sources
    assert (made.title, made.publisher, made.url) == (
        "Bridge opens again", "example.net", "https://www.example.net/news/bridge-opens-again.html",
    )  # fmt: skip
    assert [(citation.source, citation.label, citation.locator) for citation in edit.facts[0].citations] == [
        (made.id, "page", "2")
    ]


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/a",
        "http://example.org/a",
        "https://example.org/a/",
        "https://EXAMPLE.org/a?utm_source=x&utm_medium=y",
        "https://example.org/a#comments",
        "https://example.org:443/a#4",
    ],
)
def test_a_link_to_the_page_of_a_source_cites_that_source(link: str) -> None:
    known = read_typed_fact(replace(CLAIM, cite=link), KNOWN)
    assert known.sources == ()
    (citation,) = known.facts[0].citations
    assert (citation.source, citation.locator) == ("gazette", "4" if link.endswith("#4") else None)


@pytest.mark.parametrize("link", ["https://example.org/b", "https://example.org/a?page=2", "https://example.org/#!/a"])
def test_a_link_to_another_page_is_another_source(link: str) -> None:
    assert len(read_typed_fact(replace(CLAIM, cite=link), KNOWN).sources) == 1


def test_one_link_on_two_lines_is_one_source_with_two_places() -> None:
    edit = read_typed_fact(replace(CLAIM, cite="https://x.org/a#4\nhttps://x.org/a page 5\nhttps://x.org/a#4"), KNOWN)
    assert len(edit.sources) == 1
    assert [citation.locator for citation in edit.facts[0].citations] == ["4", "5"]
    same = read_typed_fact(replace(CLAIM, cite="https://x.org/a/\nhttp://x.org/a?utm_id=1 page 5"), KNOWN)
    assert len(same.sources) == 1


def test_what_has_no_shape_is_left_out_and_the_words_stay() -> None:
    assert read(replace(CLAIM, text=" It\x07 is\x00 \ud800so.\r\n ")).text == "It is so."
    assert read(replace(QUOTE, text="“It is so.”")).text == "It is so."
    assert read(replace(QUOTE, text="“It” is “so”")).text == "“It” is “so”"
    assert read(replace(CLAIM, text="**bold** <@1> @everyone")).text == "**bold** <@1> @everyone"


def test_an_id_is_made_of_words_and_like_no_other() -> None:
    assert read(replace(QUOTE, text="The piers were painted.")).id == "lee-piers-painted"
    taken = replace(KNOWN, taken=KNOWN.taken | {read(CLAIM).id})
    assert read_typed_fact(CLAIM, taken).facts[0].id == f"{read(CLAIM).id}-2"


def test_every_line_of_sources_that_is_at_fault_is_named() -> None:
    sentences = faults(replace(CLAIM, cite="nowhere\ngazette x9 y\npage 12\nhttps://user@example.org"))
    assert list(sentences.values()) == [
        'There is no source "nowhere". Choose one that is known, or paste its link (https://…).',
        'I cannot read the source "gazette x9 y". Write its id or its link, then #4 or page 12.',
        PLACE_ALONE,
        "This link has a name or a password before the @. Take it out: every reader would see it.",
    ]


@pytest.mark.parametrize("place", ["page 12", "p. 12", "¶4", "#6", "section 3"])
def test_a_place_without_a_source_is_no_source_of_that_name(place: str) -> None:
    assert faults(replace(CLAIM, cite=place)) == {"cite": PLACE_ALONE}
