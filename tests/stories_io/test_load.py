"""Loading story files: what the contract allows is read as it was written, and every fault is named at its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StoryFileError, UsageError
from bot.facts.models import Actor, Citation, RecordedQuestion, Source, Story
from bot.stories.load import load_story, read_story
from tests.stories_io.faulty import FAULTS, GOOD, SYNTAX
from tests.support.paths import MEASURED, SHIPPED


def faults(text: str | bytes) -> list[str]:
    with pytest.raises(StoryFileError) as raised:
        read_story(text, "bridge.yaml")
    assert str(raised.value).startswith("bridge.yaml has ")
    assert list(raised.value.faults) == sorted(raised.value.faults)
    return [str(fault) for fault in raised.value.faults]


def only(text: str | bytes) -> str:
    (fault,) = faults(text)
    return fault


def test_a_story_is_read_as_it_was_written() -> None:
    story = read_story(GOOD, "bridge.yaml")
    gazette, radio = story.sources
    assert gazette.published is not None
    assert gazette.published.edtf == "2021"
    assert radio == Source("radio", "broadcast", "1.9", authors=("no", "Ann Lee"), url="https://example.org/a")
    assert story.info.language == "en"
    assert story.actors[0] == Actor(
        "lee", "Maria Lee", "person", ("Mayor Lee", "the mayor"), "Mayor of Harbour", (Citation("gazette", "paragraph", "2"),)
    )
    assert story.actors[1] == Actor("1975", "yes", "group")
    closure, quote, cost = story.facts
    assert closure.text == "The city closed the bridge to all traffic."
    assert closure.citations == (
        Citation("gazette", "paragraph", "1"),
        Citation("radio"),
        Citation("radio", "timestamp", "1:02"),
        Citation("gazette", "paragraph", "5-1"),
    )
    assert closure.who == ("lee", "1975")
    assert (quote.by, quote.event, quote.context) == (("lee",), "closure", "press conference")
    assert cost.text == "Repairs will cost\n4.2 million dollars."
    assert cost.citations == (Citation("gazette", "page", "12"),)
    assert cost.asked_as == ("What is the price?",)
    assert story.questions[1] == RecordedQuestion("Who ate the fish?")


@pytest.mark.parametrize("path", [*SHIPPED, *MEASURED], ids=lambda path: path.stem)
def test_the_stories_of_the_project_are_without_fault(path: Path) -> None:
    assert load_story(path).facts


@pytest.mark.parametrize(
    "make", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n"), lambda text: text + "...\n"]
)
def test_what_other_programs_do_to_a_file_does_no_harm(make: object) -> None:
    assert callable(make)
    assert read_story(make(GOOD), "x") == read_story(GOOD, "x")


def test_json_is_read_and_its_escapes_are_text(tmp_path: Path) -> None:
    content = {
        "story": {"id": "s", "title": "T\u00e9 \U0001f600"},
        "sources": {"a": {"type": "book", "title": "tab\there", "published": 1975}},
        "events": {"e": {"what": "line\r\nbreak ", "cite": ["a"], "date": None}},
    }
    path = tmp_path / "story.json"
    path.write_text(json.dumps(content))
    story = load_story(path)
    assert story.info.title == "Té 😀"
    assert story.sources[0].title == "tab\there"
    assert (story.facts[0].text, story.facts[0].date) == ("line\nbreak", None)


def test_a_title_or_a_name_stands_on_one_line_and_a_text_keeps_its_lines() -> None:
    story = read_story(
        "story: {id: h, title: 'High\n\n  water'}\n"
        'sources: {s: {type: book, title: "T\\r\\n U", publisher: "P\\nQ", author: ["A\\u2028B"]}}\n'
        'actors: {a: {name: "Ann\\n\\nOak", kind: person, aliases: ["A\\nO"], role: "Mayor\\nof Lea"}}\n'
        'events: {e: {what: "One.\\nTwo.", where: "Lea\\nMill", cite: s}}\n',
        "x",
    )
    (source,), (actor,), (event,) = story.sources, story.actors, story.facts
    assert (story.info.title, source.title, source.publisher, source.authors) == ("High water", "T U", "P Q", ("A B",))
    assert (actor.name, actor.aliases, actor.role) == ("Ann Oak", ("A O",), "Mayor of Lea")
    assert (event.text, event.where) == ("One.\nTwo.", "Lea Mill")


def test_a_place_without_a_value_cites_the_source_as_a_whole() -> None:
    (*_, cost) = read_story(GOOD.replace("page: 12", "page: "), "x").facts
    assert cost.citations == (Citation("gazette"),)


def test_aliases_of_yaml_are_allowed() -> None:
    text = GOOD.replace("cite: gazette#4", "cite: &c gazette#4").replace("cite: {source: gazette, page: 12}", "cite: *c")
    assert read_story(text, "x").facts[2].citations == (Citation("gazette", "paragraph", "4"),)


@pytest.mark.parametrize(("old", "new", "line", "column", "sign"), FAULTS)
def test_a_fault_is_named_at_its_place(old: str, new: str, line: int, column: int, sign: str) -> None:
    assert GOOD.count(old) == 1 or old in ("by: lee", "    by: lee\n", "event: closure")
    named = [fault for fault in faults(GOOD.replace(old, new, 1)) if sign in fault]
    assert [fault.partition(": ")[0] for fault in named] == [f"line {line}, column {column}"]
    assert all(fault.endswith((".", "?")) for fault in named)


def test_every_fault_is_reported_at_once() -> None:
    text = GOOD
    for old, new in (("title: The", "titel: The"), ("2021-03-03", "soon"), ("gazette#4", "gazete#4"), ("[closure]", "[never]")):
        text = text.replace(old, new, 1)
    assert len(faults(text)) == 4


def test_faults_of_tags_and_aliases_hide_no_others() -> None:
    text = GOOD
    for old, new in (
        ("  title: The", "  titel: The"),
        ("where: Harbour", "where: *harbour"),
        ("who: [lee, 1975]", "who: &who [lee, *who, *one]"),
        ("date: 2021-03-03", "date: !day soon"),
        ("event: closure", "event: *closure"),
    ):
        text = text.replace(old, new, 1)
    assert [fault.partition(": ")[2].partition(".")[0] for fault in faults(text)] == [
        '"titel" is not a key of the story',
        "The tag `!day` has no use in a story",
        '`date` cannot be read: "soon" is not a date',
        "The name after * was never given",
        "This contains itself through an alias",
        "The name after * was never given",
        "The name after * was never given",
    ]
    assert any("contains itself" in fault for fault in faults("a: &a [*a]"))


def test_any_text_on_one_line_is_an_id_but_for_the_sign_of_a_paragraph() -> None:
    text = GOOD
    for old, new in (("gazette", "NYT/2021 a"), ("1975", "ev:1"), ("closure", "it's, [so]"), ("lee-safety", "Été?")):
        text = text.replace(f"  {old}:", f"  {json.dumps(new)}:").replace(f"[{old}]", f"[{json.dumps(new)}]")
        text = text.replace(f"event: {old}", f"event: {json.dumps(new)}").replace(f" {old}]", f" {json.dumps(new)}]")
        text = text.replace(f"source: {old}", f"source: {new}").replace(f"{old}#", f"{new}#")
    story = read_story(text, "x")
    assert [source.id for source in story.sources] == ["NYT/2021 a", "radio"]
    assert [fact.id for fact in story.facts] == ["it's, [so]", "Été?", "cost"]
    assert story.facts[0].who == ("lee", "ev:1")
    assert story.facts[1].event == "it's, [so]"
    assert story.facts[0].citations[0] == Citation("NYT/2021 a", "paragraph", "1")


@pytest.mark.parametrize(("old", "new", "line", "sign"), SYNTAX)
def test_broken_yaml_is_one_fault_at_its_place(old: str, new: str, line: int, sign: str) -> None:
    fault = only(GOOD.replace(old, new, 1))
    assert sign in fault
    assert fault.startswith(f"line {line},")


@pytest.mark.parametrize(
    ("content", "sign"),
    [
        (b"", "line 1, column 1: The file is empty."),
        (b"# nothing\n", "The file is empty."),
        (b"hello", "A story file must be keys with values"),
        (b"- a\n", "A story file must be keys with values"),
        (b"story:\n  id: caf\xe9\n", "line 2, column 10: This is not UTF-8 text."),
        ("story: x".encode("utf-16"), "line 1, column 1: This is not UTF-8 text."),
        (b"story:\n  id: a\0b\n", "line 2, column 8: There is a control character here (U+0000)."),
        (b"story:\n  id: \x1b[31m\n", "(U+001B)"),
        (b"x" * 10_000_001, "The file is too large: 10.0 MB."),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" * 30 + b"]" * 30, "nested too deeply"),
    ],
)
def test_what_is_no_story_is_one_fault(content: bytes, sign: str) -> None:
    assert sign in only(content)


def test_aliases_that_explode_are_refused_quickly() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 10)}]" for n in range(20)]
    assert "far too large" in only("\n".join(lines))


@pytest.mark.parametrize(
    ("make", "sign"),
    [
        (lambda folder: folder / "none.yaml", "There is no story file"),
        (lambda folder: folder, "is a folder"),
        (lambda folder: folder / ("x" * 400), "cannot be read"),
        (lambda folder: folder / "a\0b", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_opened_is_a_plain_sentence(tmp_path: Path, make: object, sign: str) -> None:
    assert callable(make)
    with pytest.raises(UsageError, match=sign) as raised:
        load_story(make(tmp_path))
    assert "\n" not in str(raised.value)


@given(st.data())
def test_a_damaged_file_is_a_story_or_a_list_of_faults(data: st.DataObject) -> None:
    text = GOOD
    pieces = st.sampled_from(
        [*":[]{}\"'#&*!|>%@`,?-\n\t\\~=", "  ", "- ", ": ", "---\n", "<<: ", "\x85", "\u2028", "null", "é", "\0"]
    )
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        text = text[:start] + data.draw(pieces) + text[start + data.draw(st.integers(0, 12)) :]
    try:
        story: Story | None = read_story(text, "x")
    except StoryFileError:
        story = None
    assert story is None or story.info.id


@given(st.one_of(st.text(max_size=200), st.binary(max_size=200)))
def test_any_content_is_a_list_of_faults(content: str | bytes) -> None:
    with pytest.raises(StoryFileError):
        read_story(content, "x")


def test_a_fault_that_names_half_a_character_can_be_printed(tmp_path: Path) -> None:
    with pytest.raises(StoryFileError) as caught:
        read_story('{"story": {"id": "s", "title": "t", "half \\ud83d": "x"}}', "x")
    assert any('"half ?" is not a key of the story' in line for line in str(caught.value).encode().decode().splitlines())
