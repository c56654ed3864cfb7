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
from tests.support.paths import MEASURED, SHIPPED

GOOD = """\
story:
  id: harbour-bridge
  title: The Harbour Bridge closure
sources:
  gazette:
    type: article-newspaper
    title: Bridge shut
    published: 2021
  radio:
    type: broadcast
    title: 1.9
    author: [no, Ann Lee]
    url: https://example.org/a
actors:
  lee:
    name: Maria Lee
    kind: person
    aliases: [Mayor Lee, the mayor]
    role: Mayor of Harbour
    cite: gazette#2
  1975:
    name: yes
    kind: group
events:
  closure:
    date: 2021-03-03
    what: >-
      The city closed the bridge
      to all traffic.
    where: Harbour
    who: [lee, 1975]
    cite: [gazette#1, radio, {source: radio, timestamp: "1:02"}, gazette#5-1]
quotes:
  lee-safety:
    by: lee
    text: "Safety comes first: the bridge is not safe."
    context: press conference
    about: [lee]
    event: closure
    cite: gazette#4
claims:
  cost:
    text: |
      Repairs will cost
      4.2 million dollars.
    cite: {source: gazette, page: 12}
    asked_as:
      - What is the price?
questions:
  - ask: When was it closed?
    expect: [closure]
    short: 3 March 2021
  - ask: Who ate the fish?
    expect: []
"""


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


def test_aliases_of_yaml_are_allowed() -> None:
    text = GOOD.replace("cite: gazette#4", "cite: &c gazette#4").replace("cite: {source: gazette, page: 12}", "cite: *c")
    assert read_story(text, "x").facts[2].citations == (Citation("gazette", "paragraph", "4"),)


FAULTS = [
    ("  title: The Harbour", "  titel: The Harbour", 3, 3, '"titel" is not a key of the story. Did you mean "title"?'),
    ("  id: harbour-bridge", "  id: Harbour Bridge!", 2, 7, "Write harbour-bridge."),
    ("  id: harbour-bridge\n", "", 2, 3, "The story has no id. Add `id:`"),
    ("closure\nsources", "closure\n  language: english\nsources", 4, 13, "Write a code such as en"),
    ("    title: Bridge shut\n", "", 5, 3, 'The source "gazette" has no title.'),
    ("published: 2021", "published: last year", 8, 16, "Write it like 2021"),
    ("type: broadcast", "type: broadcst", 10, 11, 'Did you mean "broadcast"?'),
    ("https://example.org", "javascript://example.org", 13, 10, "beginning with https://"),
    ("https://example.org/a", "https:///a", 13, 10, "is not a web address"),
    ("kind: person", "kind: persn", 17, 11, 'Did you mean "person"?'),
    ("kind: person", "kind: wizard", 17, 11, "Write one of person, organization"),
    ("cite: gazette#2", "cite: gazete#2", 20, 11, 'There is no source "gazete". Did you mean "gazette"?'),
    ("  1975:", '  " 1975":', 21, 3, '"1975" cannot name an actor: it begins or ends with a space. Write 1975.'),
    ("  1975:", '  "19#75":', 21, 3, "cannot name an actor: it holds the sign #"),
    ("  1975:", '  "19\\n75":', 21, 3, "cannot name an actor: it holds a line break. Write 19-75."),
    ("  1975:", '  "19\\e75":', 21, 3, "cannot name an actor: it holds a control character."),
    ("  1975:", '  "":', 21, 3, "cannot name an actor: it is empty. Write a short word"),
    ("  closure:", '  "a#b":', 25, 3, "cannot name an event"),
    ("type: broadcast", "type: Broadcast", 10, 11, 'The type "Broadcast" is not known. Did you mean "broadcast"?'),
    ("type: broadcast", "type: Web page", 10, 11, 'Did you mean "webpage"?'),
    ("type: broadcast", "type: newspaper", 10, 11, 'Did you mean "article-newspaper"?'),
    ("  title: The Harbour", "  title:  # The Harbour", 3, 3, "The story has no title. Write it after `title:`."),
    ("  title: The Harbour Bridge closure", '  title: ""', 3, 10, "The title is empty. Write it."),
    ("date: 2021-03-03", "date: 2021-02-30", 26, 11, "is not in the calendar"),
    ("date: 2021-03-03", "date: []", 26, 11, "The date must be one text."),
    ("who: [lee, 1975]", "who: [leee, 1975]", 31, 11, 'There is no actor "leee". Did you mean "lee"?'),
    ("who: [lee, 1975]", "who: [zorro]", 31, 11, "Add it under actors"),
    ("who: [lee, 1975]", "who: {lee: 1975}", 31, 10, "must be one text"),
    ("timestamp:", "timestmp:", 32, 46, 'Did you mean "timestamp"?'),
    ('timestamp: "1:02"}', "page: 1, line: 2}", 32, 30, "more than one place"),
    ("gazette#5-1", "gazette#", 32, 66, "is not complete"),
    ("{source: gazette, page: 12}", "{page: 12}", 46, 11, "The citation has no source."),
    ("    cite: gazette#4\n", "", 34, 3, 'The quote "lee-safety" has no cite.'),
    ("cite: gazette#4", "cite: []", 40, 11, "The fact has no citation."),
    ("cite: gazette#4", "cite:", 40, 5, 'The quote "lee-safety" has no cite. Write it after `cite:`.'),
    ("    cite: gazette#4\n", "", 34, 3, 'The quote "lee-safety" has no cite. Add `cite:` with its value.'),
    ("    by: lee\n", "", 34, 3, 'The quote "lee-safety" has no by.'),
    ("by: lee", "by: []", 35, 9, "The list of speakers is empty."),
    ("event: closure", "event: clsure", 39, 12, 'Did you mean "closure"?'),
    ("event: closure", "event: cost", 39, 12, '"cost" is not an event.'),
    ("  cost:", "  closure:", 42, 3, '"closure" is already the id of another fact, in line 25.'),
    (
        "  lee-safety:\n    by: lee\n",
        "  lee-safety:\n    by: lee\n    by: lee\n",
        36,
        5,
        '"by" stands twice; the first is in line 35.',
    ),
    ("    where: Harbour", '    where: " "', 30, 12, "The where is empty. Write it, or take the line out."),
    ("    where: Harbour", '    where: "a\\0b"', 30, 12, "control character"),
    ("    where: Harbour", '    where: "a\\ud800b"', 30, 12, "control character"),
    ("    where: Harbour", "    about: [lee]", 30, 5, '"about" is not a key of the event "closure".'),
    ("expect: [closure]", "expect: [closures]", 51, 14, 'There is no fact "closures". Did you mean "closure"?'),
    ("    expect: []\n", "", 53, 5, "A question has no expect."),
    ("quotes:", "quots:", 33, 1, 'Did you mean "quotes"?'),
    ("quotes:\n  lee-safety:", "quotes:\n  - lee-safety:", 34, 3, "Quotes must be keys with values."),
    (
        "  lee-safety:\n    by: lee\n",
        "  lee-safety: hello\n  two:\n    by: lee\n",
        34,
        15,
        'The quote "lee-safety" must be keys with values',
    ),
]


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
        "The date cannot be read",
        "The tag !day has no use in a story",
        "The name after * was never given",
        "This holds itself by an alias",
        "The name after * was never given",
        "The name after * was never given",
    ]
    assert any("holds itself" in fault for fault in faults("a: &a [*a]"))


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


SYNTAX = [
    ("    where: Harbour", "\twhere: Harbour", 30, "tab"),
    ("    where: Harbour", "    where: Harbour: north", 30, "colon too many"),
    ("    short: 3", '    short: "3', 52, "quotation mark is never closed"),
    ("who: [lee, 1975]", "who: [lee, 1975", 31, "is not closed"),
    ("{source: gazette, page: 12}", "{source: gazette, page: 12", 46, "is not closed"),
    ("    where: Harbour", "    where: @harbour", 30, "in quotes"),
    ("    where: Harbour", "    where: *harbour", 30, "begins with *"),
    ("    where: Harbour", "    where: !!python/name:os.system x", 30, "The tag"),
    ("    where: Harbour", "    where: !x Harbour", 30, "The tag"),
    ("    where: Harbour", "   where: Harbour", 30, "indentation"),
    ("quotes:", "---\nquotes:", 33, "second document"),
]


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
        (b"x" * 5_000_001, "The file is too large: 5.0 MB."),
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
