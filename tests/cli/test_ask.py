from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.answering import open_story_to_ask
from bot.cli.ask import answer_lines
from bot.cli.entry import footnote
from bot.facts.base import FactBase
from bot.stories.load import load_story
from tests.support.command_line import Run
from tests.support.documents import count_documents
from tests.support.paths import HARBOUR

KEYS = ["question", "status", "short", "facts", "suggestions"]
OPERATORS = (
    "NOT",
    "AND",
    "OR",
    "NEAR",
    "(",
    ")",
    '"',
    "*",
    "^",
    ":",
    "-",
    "+",
    "{",
    "}",
    "\x00",
    "'",
    ";",
    "--",
    "%",
    "@",
    "who",
    "bridge",
)
ANY_TEXT = st.text(max_size=80) | st.lists(st.sampled_from(OPERATORS), max_size=12).map(" ".join)


def test_the_short_answer_comes_first_then_the_fact_then_its_sources(run: Run) -> None:
    lines = run("ask", "When", "was the bridge closed?").output.splitlines()
    assert lines[0] == "3 March 2021"
    assert lines[2].startswith("The city closed the Harbour Bridge to all traffic")
    assert "[1][2]" in lines[3]
    assert "  [1] Ann Lee, Harbour Gazette, “Bridge shut after inspection”, 4 March 2021," in lines
    assert "      https://example.org/a" in lines
    assert "\x1b" not in "".join(lines)


def test_what_is_new_since_a_day_is_answered_as_on_discord(run: Run) -> None:
    new = run("ask", "what's new since yesterday?", "--story", "harbour-bridge").output
    assert new.startswith("New since ")
    assert "Sources" in new
    with time_machine.travel(datetime.now(UTC) + timedelta(days=30)):
        nothing = run("ask", "Was gibt es seit gestern Neues?").output
        answered = json.loads(run("ask", "what's new since last Monday?", "--json").output)
    assert nothing.startswith("Nothing is new since ")
    assert "• The city closed the Harbour Bridge to all traffic" in nothing
    assert list(answered) == KEYS
    assert (answered["status"], answered["facts"]) == ("suggestions", [])
    assert answered["suggestions"]


def test_a_quote_is_a_quotation_with_its_speaker_date_and_place(run: Run) -> None:
    output = run("ask", "what did the mayor say about safety").output
    assert "  “Safety comes first, and the bridge is not safe.” [1]" in output
    assert "  — Maria Lee, Mayor of Harbour · 3 March 2021 · press conference" in output


def test_text_is_wrapped_to_the_width_and_addresses_are_left_whole(run: Run, tmp_path: Path) -> None:
    story = tmp_path / "long.yaml"
    address = "https://example.org/" + "a" * 90
    quoted = "#:~:text=Safety%20comes%20first%2C%20and%20the%20bridge%20is%20not%20safe"
    story.write_text(HARBOUR.read_text(encoding="utf-8").replace("https://example.org/a", address), encoding="utf-8")
    for line in run("ask", "--story", str(story), "when was the bridge closed").output.splitlines():
        assert len(line) <= 80 or line.strip() in (address, f"{address}{quoted}")


def test_no_answer_says_what_is_known(run: Run) -> None:
    result = run("ask", "how many tigers did Maria Lee feed?")
    assert result.output.startswith("I can't answer that from the facts I have.\nI know ")
    assert "Maria Lee" in result.output.splitlines()[1]
    assert result.exit_code == 0


def test_json_is_the_contract_to_the_letter(run: Run) -> None:
    pairs = json.loads(run("ask", "--json", "How big is the bill?").output, object_pairs_hook=list)
    assert [key for key, _ in pairs] == ["question", "status", "short", "facts", "suggestions"]
    (fact,) = dict(pairs)["facts"]
    assert [key for key, _ in fact] == ["id", "kind", "text", "by", "date", "score", "citations"]
    (citation,) = dict(fact)["citations"]
    assert citation == [
        ("n", 1),
        ("source", "gazette"),
        ("locator", "paragraph 5"),
        ("title", "Bridge shut after inspection"),
        ("publisher", "Harbour Gazette"),
        ("published", "2021-03-04"),
        ("url", "https://example.org/a"),
    ]
    assert dict(fact)["by"] == ["lee"]


def test_the_ranking_has_as_many_facts_as_asked_for_whatever_the_answer(run: Run) -> None:
    content = json.loads(run("ask", "--json", "--rank", "4", "who is the king of France?").output)
    assert list(content)[-1] == "ranking"
    assert (content["status"], len(content["ranking"])) == ("unknown", 4)
    assert list(content["ranking"][0]) == ["id", "score"]
    assert "Nearest facts, whatever the answer" in run("ask", "--rank", "2", "who is the king of France?").output


def test_explain_says_why(run: Run) -> None:
    output = run("ask", "--explain", "when was the brigde closed").output
    assert "I read “brigde” as “bridge”." in output
    assert "You asked when, and the first fact says that." in output
    assert "It is an event." in output
    assert "2 independent sources stand behind it." in output
    assert json.loads(run("ask", "--json", "--explain", "when was it closed").output)["explanation"]["slot"] == "when"


def test_a_story_file_is_asked_without_being_stored(run: Run, home: Path) -> None:
    assert run("ask", "--story", str(HARBOUR), "when was the bridge closed").output.startswith("3 March 2021")
    assert not (home / "library.db").exists()


def test_a_stored_story_is_asked_by_its_id(run: Run) -> None:
    assert run("ask", "--story", "harbour-bridge", "when was the bridge closed").output.startswith("3 March 2021")
    result = run("ask", "--story", "nowhere", "when was the bridge closed")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "harbour-bridge" in result.stderr


def test_stored_text_cannot_act_on_the_terminal(run: Run, home: Path) -> None:
    story = load_story(HARBOUR)
    acting = "[red]\x1b[2J\x9b1m\u202e"
    facts = tuple(replace(fact, text=acting + fact.text) for fact in story.facts)
    sources = tuple(
        replace(source, title=acting + source.title, url=f"https://example.org/\x1b]8;;{acting}") for source in story.sources
    )
    with FactBase.open(home / "library.db") as base:
        base.apply(replace(story, facts=facts, sources=sources), by="test")
    page = run("ask", "--rank", "9", "--explain", "when was the bridge closed").output
    assert "[red]\\x1b[2J\\x9b1m\\u202eThe city closed" in page
    line = run("ask", "--json", "when was the bridge closed").output
    assert not {"\x1b", "\x9b", "\u202e"} & {*page, *line}
    assert json.loads(line)["facts"][0]["text"].startswith(acting)


@given(question=ANY_TEXT)
def test_any_text_is_answered_or_told_in_a_sentence(question: str) -> None:
    for form in (("--json",), ("--explain", "--rank", "3")):
        result = CliRunner().invoke(footnote, ["ask", "--story", str(HARBOUR), *form, "--", question])
        assert result.exit_code in (0, 2), result.output
        assert not {"\x1b", "\x00", "\x9b"} & {*result.output}
        if result.exit_code == 0 and form == ("--json",):
            assert json.loads(result.stdout)["question"] == question


def test_a_question_of_4000_characters_is_answered(run: Run) -> None:
    assert run("ask", "bridge closed when? " * 200).exit_code == 0
    assert run("ask", "\U0001f309" * 4000).exit_code in (0, 2)


def test_an_answer_as_of_a_day_holds_what_the_sources_had_told_and_counts_what_came_later(run: Run) -> None:
    asked = ("ask", "--story", "twitter-rt-sputnik", "--json", "who supports the ban?")
    today, then = (json.loads(run(*asked, *more).output) for more in ((), ("--as-of", "27 October 2017")))
    assert [fact["id"] for fact in then["facts"]] == ["klobuchar-positive-step"]
    assert (then["as_of"], then["later"]) == ("2017-10-27", len(today["facts"]) - 1)
    assert "as_of" not in today
    page = run("ask", "--story", "twitter-rt-sputnik", "who supports the ban?", "--as-of", "2017-10-27").output
    assert "This is what the sources had reported by 27 October 2017. 2 facts came later." in page


def test_an_explained_answer_as_of_a_day_names_what_came_later(run: Run) -> None:
    asked = ("ask", "--story", "twitter-rt-sputnik", "--json", "--explain", "who supports the ban?", "--as-of", "2017-10-27")
    then = json.loads(run(*asked).output)
    assert len(then["explanation"]["came_later"]) == then["later"] == 2
    assert not {fact["id"] for fact in then["facts"]} & set(then["explanation"]["came_later"])


def test_a_batch_is_answered_as_of_a_day(run: Run) -> None:
    line = json.dumps({"question": "When did the World Socialist Web Site publish its article?"})
    then = run("ask", "--story", "twitter-rt-sputnik", "--batch", "-", "--as-of", "2017-10-27", stdin=f"{line}\n{line}\n").output
    assert [json.loads(answer)["status"] == "answered" for answer in then.splitlines()] == [False, False]


def test_a_line_of_a_batch_may_follow_others_and_have_a_day_of_its_own(run: Run) -> None:
    lines = [
        {"question": "and what will be done with it?", "after": ["how much did twitter make off rt's ads?"]},
        {"question": "When did the World Socialist Web Site publish its article?", "as_of": "2017-10-27"},
        {"question": "why?", "after": "when"},
        {"question": "why?", "as_of": 2017},
    ]
    result = run("ask", "--story", "twitter-rt-sputnik", "--batch", "-", stdin="\n".join(map(json.dumps, lines)))
    first, second, *others = map(json.loads, result.stdout.splitlines())
    assert first["facts"][0]["id"] == "donation"
    assert second["as_of"] == "2017-10-27"
    assert [other["status"] for other in others] == ["unknown", "unknown"]
    assert '"after" must be a list of questions' in result.stderr
    assert '"as_of" must be a day' in result.stderr


def test_an_answer_is_as_of_the_day_before_a_year_or_the_last_of_a_span(run: Run) -> None:
    for typed, day in (("before 2018", "2017-12-31"), ("26–28 October 2017", "2017-10-28")):
        asked = run("ask", "--story", "twitter-rt-sputnik", "--json", "who supports the ban?", "--as-of", typed)
        assert (asked.exit_code, json.loads(asked.output)["as_of"]) == (0, day)


def test_a_day_without_its_year_is_of_the_story_in_an_option_and_in_a_batch(run: Run) -> None:
    asked = ("ask", "--story", "twitter-rt-sputnik", "--json")
    answer = json.loads(run(*asked, "who supports the ban?", "--as-of", "27 October").output)
    lines = [{"question": "who supports the ban?", "as_of": "27 October"}, {"question": "who supports the ban?"}]
    batch = run(*asked, "--batch", "-", "--as-of", "26 October", stdin="\n".join(map(json.dumps, lines))).output
    days = [json.loads(line)["as_of"] for line in batch.splitlines()]
    assert [answer["as_of"], *days] == ["2017-10-27", "2017-10-27", "2017-10-26"]


def test_a_date_that_is_none_is_told_with_an_example(run: Run) -> None:
    for date in ("yesteryear", "after 2017"):
        result = run("ask", "--as-of", date, "who supports the ban?")
        assert result.exit_code != 0
        assert "Write it like 26 October 2017, October 2017 or 2017." in result.stderr


def test_where_an_answer_was_counted_from_is_said(run: Run) -> None:
    asked = ("ask", "--story", "twitter-rt-sputnik", "--json", "what happened right before the ban")
    answer = json.loads(run(*asked, "--explain").output)
    assert [fact["id"] for fact in answer["facts"]] == ["google-algorithms"]
    assert answer["explanation"]["note"].startswith("Counted from: Twitter announced on Thursday")
    assert list(json.loads(run(*asked).output)) == ["question", "status", "short", "facts", "suggestions"]


def test_one_object_a_line_in_the_order_of_the_questions(run: Run, tmp_path: Path) -> None:
    questions = ["When was the bridge closed?", "who is the king of France?", "How big is the bill?"]
    file = tmp_path / "questions.jsonl"
    file.write_text("".join(json.dumps({"question": question}) + "\n" for question in questions), encoding="utf-8")
    result = run("ask", "--batch", str(file), "--rank", "1")
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["question"] for answer in answers] == questions
    assert all(list(answer) == [*KEYS, "ranking"] for answer in answers)
    assert result.exit_code == 0


def test_standard_input_is_a_batch_too(run: Run) -> None:
    result = run("ask", "--batch", "-", stdin='\ufeff{"question": "How big is the bill?"}\r\n\r\n')
    assert json.loads(result.stdout)["short"] == "4.2 million dollars"


def test_a_bad_line_is_told_with_its_number_and_the_others_are_answered(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    good = b'{"question": "How big is the bill?"}\n'
    bad = [
        b"\xff\xfe\n",
        b"not json\n",
        b'{"ask": "when"}\n',
        b'{"question": 4}\n',
        b"[" * 9000 + b"\n",
        b'{"question": " ?! "}\n',
    ]
    file.write_bytes(good + b"".join(bad) + good)
    result = run("ask", "--batch", str(file))
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["short"] for answer in answers] == ["4.2 million dollars", *[None] * len(bad), "4.2 million dollars"]
    assert all(list(answer)[:5] == KEYS for answer in answers)
    assert [answer["question"] for answer in answers[1:-1]] == [*[None] * 5, " ?! "]
    assert [line.split(":")[0] for line in result.stderr.splitlines()[:-1]] == [f"line {number}" for number in range(2, 8)]
    assert "line 2: this is not UTF-8; save the file as UTF-8." in result.stderr
    assert result.stderr.splitlines()[-1] == "6 lines could not be answered; all others were."
    assert result.exit_code == 2


@pytest.mark.parametrize("question", ["", "  ", "?!"])
def test_a_question_without_words_is_given_back_as_it_was_and_no_others_are_spoken_of(run: Run, question: str) -> None:
    result = run("ask", "--batch", "-", stdin=json.dumps({"question": question}))
    assert json.loads(result.stdout)["question"] == question
    assert result.stderr.splitlines()[-1] == "1 line could not be answered."


def test_a_file_that_cannot_be_read_is_told(run: Run, tmp_path: Path) -> None:
    for name, reason in (
        (str(tmp_path / "no.jsonl"), "cannot be read: no such file"),
        (str(tmp_path), "is a directory"),
        ("a\x00b", "cannot be"),
    ):
        result = run("ask", "--batch", name)
        assert (result.exit_code, result.stdout) == (2, "")
        assert reason in result.stderr


def test_a_question_beside_a_batch_is_refused(run: Run) -> None:
    assert run("ask", "--batch", "-", "when?").exit_code == 2


@pytest.mark.slow
def test_many_lines_share_one_index(monkeypatch: pytest.MonkeyPatch) -> None:
    made = count_documents(monkeypatch)
    lines = [json.dumps({"question": f"what happened in {year}?"}).encode() for year in range(1900, 2020)]
    with open_story_to_ask(load_story(HARBOUR)) as ask:
        assert answer_lines(ask, lines) == (120, 0)
    assert len(made) == 1


@given(st.lists(st.binary(max_size=40) | st.text(max_size=40).map(lambda text: json.dumps({"question": text}).encode())))
def test_any_lines_give_an_object_each(lines: list[bytes]) -> None:
    read = b"\n".join(lines).split(b"\n")
    result = CliRunner().invoke(footnote, ["ask", "--story", str(HARBOUR), "--batch", "-"], input=b"\n".join(read))
    assert result.exit_code in (0, 2)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(answers) == sum(bool(line.strip()) for line in read)


ARTICLE = """\
Bridge shut
Harbour Gazette, 2021-03-04

The city closed the Harbour Bridge to all traffic on Wednesday. Nobody was hurt.
"""


def test_articles_in_a_folder_answer_without_any_base(run: Run, tmp_path: Path) -> None:
    (tmp_path / "gazette.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "post.txt").write_text(ARTICLE.replace("Harbour Gazette, 2021-03-04", "Coast Post, 2021-03-05"), encoding="utf-8")
    question = "when was the harbour bridge closed to traffic"
    answer = json.loads(run("ask", "--articles", str(tmp_path), "--json", "--rank", "2", question).output)
    (fact,) = answer["facts"]
    assert (answer["status"], answer["short"], fact["date"]) == ("answered", "3 March 2021", "2021-03-03")
    assert list(fact)[:3] == ["id", "kind", "reviewed"]
    assert (fact["id"], fact["kind"], fact["reviewed"]) == ("gazette-p1-s1", "passage", False)
    assert [(cited["source"], cited["locator"]) for cited in fact["citations"]] == [
        ("gazette", "paragraph 1"),
        ("post", "paragraph 1"),
    ]
    assert [ranked["id"] for ranked in answer["ranking"]] == ["gazette-p1-s1", "gazette-p1-s2"]
    page = run("ask", "--articles", str(tmp_path), question).output
    assert "From the article, not checked by a moderator" in page
    assert "Told by 2 sources with the same origin." in page


def test_addresses_scroll_to_what_is_cited_on_the_page_but_not_in_json(run: Run, tmp_path: Path) -> None:
    page = (
        "<html><head><link rel='canonical' href='https://wire.example/crane'><title>Crane falls</title></head><body><article>"
        "<h1>Crane falls</h1><p>A crane fell onto the quay of Skerrow in the night to Wednesday.</p>"
        "<p>Engineers had warned of its hook for years, and nobody wanted to pay for a new one.</p></article></body></html>"
    )
    (tmp_path / "crane.html").write_text(page, encoding="utf-8")
    shown = run("ask", "--articles", str(tmp_path), "what fell onto the quay?").output
    assert "https://wire.example/crane#:~:text=A%20crane%20fell%20onto%20the,in%20the%20night%20to%20Wednesday\n" in shown
    (line,) = run("ask", "--articles", str(tmp_path), "--json", "what fell onto the quay?").output.splitlines()
    assert [citation["url"] for citation in json.loads(line)["facts"][0]["citations"]] == ["https://wire.example/crane"]


def test_a_folder_without_articles_and_two_things_to_ask_are_refused(run: Run, tmp_path: Path) -> None:
    assert "Put files into it" in run("ask", "--articles", str(tmp_path), "who").output
    assert "not both" in run("ask", "--articles", str(tmp_path), "--story", "x", "who").output
