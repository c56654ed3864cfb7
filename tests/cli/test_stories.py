from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bot.cli import opening
from bot.facts.base import FactBase
from tests.support.command_line import Run
from tests.support.paths import HARBOUR, ROOT

QUESTIONS = """
questions:
  - ask: when was the bridge closed
    expect: [closure]
    short: 3 March 2021
  - ask: who is the king
    expect: [cost]
"""


def changed(tmp_path: Path) -> Path:
    """Return the story with a fact added, one revised and one gone."""
    text = HARBOUR.read_text(encoding="utf-8")
    text = text.replace("4.2 million", "5 million").replace("  crossings:\n", "  traffic:\n")
    story = tmp_path / "changed.yaml"
    story.write_text(text, encoding="utf-8")
    return story


def with_questions(tmp_path: Path) -> str:
    story = tmp_path / "asked.yaml"
    story.write_text(HARBOUR.read_text(encoding="utf-8").split("\nquestions:")[0] + QUESTIONS, encoding="utf-8")
    return str(story)


def test_check_reports_every_fault_with_its_place(run: Run, tmp_path: Path) -> None:
    story = tmp_path / "faulty.yaml"
    story.write_text(
        HARBOUR.read_text(encoding="utf-8").replace("2021-03-03", "2021-13-03").replace("by: lee", "by: leee"), encoding="utf-8"
    )
    result = run("story", "check", str(story))
    assert (result.exit_code, result.stdout) == (3, "")
    faults = result.stderr.splitlines()[1:]
    assert len(faults) > 3
    assert all(fault.startswith("  line ") for fault in faults)


def test_check_reports_broken_yaml_and_a_missing_file(run: Run, tmp_path: Path) -> None:
    story = tmp_path / "broken.yaml"
    story.write_text("story: {id: [", encoding="utf-8")
    assert run("story", "check", str(story)).exit_code == 3
    result = run("story", "check", str(tmp_path / "none.yaml"))
    assert result.exit_code == 2
    assert "There is no story file" in result.stderr


def test_check_asks_the_storys_own_questions(run: Run, tmp_path: Path) -> None:
    story = with_questions(tmp_path)
    result = run("story", "check", story)
    assert "has no faults: 3 events, 3 quotes, 2 claims, 4 actors and 2 sources." in result.output
    assert "answered right                          0.50   1 of 2" in result.output
    assert "who is the king\n  expected: cost\n  got:      no answer" in result.output
    assert result.exit_code == 0
    assert run("story", "check", "--strict", story).exit_code == 1


def test_check_says_how_a_misspelt_question_was_read(run: Run, tmp_path: Path) -> None:
    story = tmp_path / "misspelt.yaml"
    asked = "\nquestions:\n  - {ask: when was the brigde closed, expect: [cost]}\n"
    story.write_text(HARBOUR.read_text(encoding="utf-8").split("\nquestions:")[0] + asked, encoding="utf-8")
    output = run("story", "check", str(story)).output
    assert "when was the brigde closed\n  expected: cost\n  got:      closure" in output
    assert "read brigde as bridge" in output


@pytest.mark.slow
@pytest.mark.parametrize("name", ["twitter-rt-sputnik", "twitter-rt-sputnik.yaml"])
def test_a_shipped_story_is_named_by_its_file_or_its_id(run: Run, name: str) -> None:
    assert f"{name} has no faults: " in run("story", "check", name).output
    assert "26 October 2017" in run("story", "list", name).output
    assert run("story", "export", name).output.startswith("story:\n  id: twitter-rt-sputnik\n")
    assert run("ask", "--story", name, "When did Twitter ban RT?").output.startswith("26 October 2017")
    assert "new story" in run("story", "import", "--dry-run", name).output
    assert run("story", "list").output.count("\n") == 1


def test_a_file_of_that_name_is_meant_before_the_shipped_story(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "twitter-rt-sputnik.yaml").write_text(HARBOUR.read_text(encoding="utf-8"), encoding="utf-8")
    assert "closure" in run("story", "list", "twitter-rt-sputnik.yaml").output
    assert run("story", "list", str(tmp_path / "elsewhere" / "twitter-rt-sputnik.yaml")).exit_code == 2


def test_a_stored_story_is_checked_by_its_id(run: Run) -> None:
    assert "harbour-bridge has no faults: 3 events" in run("story", "check", "harbour-bridge").output
    result = run("story", "check", "nowhere")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "harbour-bridge" in result.stderr


def test_a_first_import_is_told_as_a_new_story(run: Run) -> None:
    would = run("story", "import", "--dry-run", "twitter-rt-sputnik").output
    done = run("story", "import", "twitter-rt-sputnik").output
    assert re.fullmatch(r"twitter-rt-sputnik: would be a new story: \d+ facts, \d+ actors, \d+ sources\n", would)
    assert done == would.replace("would be a new story", "new story")
    assert run("story", "import", "twitter-rt-sputnik").output == "twitter-rt-sputnik: nothing changed.\n"


def test_an_import_for_a_server_that_was_never_served_leaves_it_its_first_stories(run: Run) -> None:
    run("story", "import", "twitter-rt-sputnik", "--server", "7")
    stories = run("story", "list", "--server", "7").output.splitlines()
    assert sorted(line.split()[0] for line in stories) == ["harbour-bridge", "twitter-rt-sputnik"]


def test_import_says_what_it_did(run: Run, tmp_path: Path, home: Path) -> None:
    story = str(changed(tmp_path))
    before = "harbour-bridge: 1 fact would be added: traffic\n"
    assert run("story", "import", "--dry-run", story).output.startswith(before)
    assert not (home / "library.db").exists()
    output = run("story", "import", story).output
    assert output.splitlines() == [
        "harbour-bridge: 1 fact added: traffic",
        "harbour-bridge: 1 fact revised: cost",
        "harbour-bridge: 1 fact retracted: crossings",
    ]
    assert run("story", "import", "--dry-run", story).output == "harbour-bridge: nothing would change.\n"
    assert run("story", "import", story).output == "harbour-bridge: nothing changed.\n"


def test_import_names_the_actors_and_sources_that_change(run: Run, tmp_path: Path) -> None:
    run("story", "list")
    story = tmp_path / "renamed.yaml"
    file = HARBOUR.read_text(encoding="utf-8").replace("Chief engineer of the port", "Engineer")
    story.write_text(file.replace("Bridge shut after inspection", "Bridge closed"), encoding="utf-8")
    for dry_run, would in (("--dry-run", "would be "), ("--yes", "")):
        lines = run("story", "import", dry_run, str(story)).output.splitlines()
        assert f"harbour-bridge: 1 actor {would}changed: okoro" in lines
        assert f"harbour-bridge: 1 source {would}changed: gazette" in lines


def test_a_large_story_file_is_read_as_a_small_one_is(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_LARGE", 100)
    assert "3 events, 3 quotes, 2 claims" in run("story", "check", with_questions(tmp_path)).output
    story = tmp_path / "faulty.yaml"
    story.write_text(HARBOUR.read_text(encoding="utf-8").replace("2021-03-03", "2021-13-03"), encoding="utf-8")
    faulty = run("story", "check", str(story))
    assert (faulty.exit_code, "2021-13-03" in faulty.stderr) == (3, True)


def test_a_faulty_file_changes_nothing(run: Run, tmp_path: Path) -> None:
    story = changed(tmp_path)
    run("story", "list")
    story.write_text(story.read_text(encoding="utf-8") + "\nnonsense: 1\n", encoding="utf-8")
    assert run("story", "import", str(story)).exit_code == 3
    assert run("ask", "How big is the bill?").output.startswith("4.2 million dollars")


def test_a_server_has_facts_of_its_own(run: Run, tmp_path: Path, home: Path) -> None:
    assert run("story", "list", "--server", "7").exit_code == 4
    assert not (home / "servers").exists()
    run("story", "import", str(changed(tmp_path)), "--server", "7")
    assert "5 million" in run("story", "list", "harbour-bridge", "--server", "7").output
    assert "4.2 million" in run("story", "list", "harbour-bridge").output


def test_export_then_import_changes_nothing_and_export_is_stable(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "out.yaml"
    assert run("story", "export", "harbour-bridge", str(file)).output == f"Wrote {file}.\n"
    assert run("story", "import", str(file)).output == "harbour-bridge: nothing changed.\n"
    assert run("story", "export", "harbour-bridge").stdout_bytes == file.read_bytes()
    assert run("story", "export", str(file)).stdout_bytes == file.read_bytes()


def test_export_writes_over_nothing_unless_forced(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("my own words", encoding="utf-8")
    result = run("story", "export", "harbour-bridge", str(file))
    assert (result.exit_code, file.read_text(encoding="utf-8")) == (2, "my own words")
    assert run("story", "export", "harbour-bridge", str(file), "--force").exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("story:")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["mine.yaml"]
    assert run("story", "export", "harbour-bridge", str(tmp_path / "no" / "out.yaml")).exit_code == 2


def test_list_shows_stories_and_facts(run: Run) -> None:
    assert run("story", "list").output.split() == ["harbour-bridge", "8", "facts", "The", "Harbour", "Bridge", "closure"]
    lines = run("story", "list", str(HARBOUR)).output.splitlines()
    assert lines == run("story", "list", "harbour-bridge").output.splitlines()
    assert len(lines) == 8
    assert run("story", "list", "nowhere").exit_code == 2


def test_an_empty_base_says_how_to_fill_it(run: Run, home: Path) -> None:
    FactBase.open(home / "library.db").close()
    assert "footnote story import FILE" in run("story", "list").output


def test_an_import_that_worsens_answers_says_so_and_needs_to_be_agreed_to(run: Run, tmp_path: Path) -> None:
    story = Path(with_questions(tmp_path))
    assert run("story", "import", str(story), "--yes").exit_code == 0
    worse = tmp_path / "worse.yaml"
    worse.write_text(
        story.read_text(encoding="utf-8").replace("date: 2021-03-03\n    what", "date: 2021-03-13\n    what"), encoding="utf-8"
    )
    would = run("story", "import", "--dry-run", str(worse)).output
    assert "1 fact would be revised: closure" in would
    assert "when was the bridge closed (worse)" in would.replace("”", "").replace("“", "").replace('"', "")
    refused = run("story", "import", str(worse))
    assert refused.exit_code == 2
    assert "Nothing was imported" in refused.stderr
    assert run("ask", "when was the bridge closed").output.startswith("3 March 2021")
    done = run("story", "import", str(worse), "--yes")
    assert done.exit_code == 0
    assert "harbour-bridge: 1 fact revised: closure" in done.output
    assert run("ask", "when was the bridge closed").output.startswith("13 March 2021")


def test_recorded_questions_that_an_older_file_lacks_are_named(run: Run, tmp_path: Path) -> None:
    older = tmp_path / "older.yaml"
    older.write_text(HARBOUR.read_text(encoding="utf-8").split("\nquestions:")[0], encoding="utf-8")
    run("story", "import", with_questions(tmp_path), "--yes")
    for args in (("--dry-run",), ()):
        output = run("story", "import", str(older), *args).output
        assert "Recorded questions that would be lost:" in output
        assert "who is the king" in output
    assert run("story", "import", str(older)).exit_code == 2


def test_whoever_sits_at_a_terminal_is_asked(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older = tmp_path / "older.yaml"
    older.write_text(HARBOUR.read_text(encoding="utf-8").split("\nquestions:")[0], encoding="utf-8")
    run("story", "import", with_questions(tmp_path), "--yes")
    monkeypatch.setattr("bot.cli.importing.at_a_terminal", lambda: True)
    result = run("story", "import", str(older), stdin="n\n")
    assert (result.exit_code, "Nothing was imported." in result.output) == (0, True)
    assert "would be lost" in run("story", "import", "--dry-run", str(older)).output
    assert run("story", "import", str(older), stdin="y\n").exit_code == 0
    assert "nothing would change" in run("story", "import", "--dry-run", str(older)).output


ARTICLE = str(ROOT / "tests" / "drafting" / "reservoir.txt")


def test_an_article_becomes_a_file_that_has_no_faults(run: Run, home: Path, tmp_path: Path) -> None:
    out = tmp_path / "draft.yaml"
    result = run("draft", ARTICLE, "--source", "https://example.org/dam", "--published", "6 March 2021", "--output", str(out))
    assert result.output.startswith(f"Wrote {out}: 25 quotes, ")
    assert "has no faults" in run("story", "check", str(out)).output
    assert not (home / "library.db").exists()
    assert "already exists" in run("draft", ARTICLE, "--published", "2021", "--output", str(out)).stderr
    assert run("draft", ARTICLE, "--published", "2021", "--output", str(out), "--force").exit_code == 0


def test_a_saved_page_fills_in_its_source_and_the_check_does_not_ask_it_its_own_words(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "bridge.html"
    page.write_text(
        """<!DOCTYPE html><html><head><title>Bridge shut | Gazette</title><meta property="og:site_name" content="Harbour Gazette">
        <meta property="article:published_time" content="2021-03-04T08:00:00Z"></head><body><nav><p>Our news.</p></nav><article>
        <h1>Bridge shut</h1><p>“The bridge is not safe at all,” Maria Lee, the mayor, said on Wednesday, March 3.</p></article>
        </body></html>""",
        encoding="utf-8",
    )
    out = tmp_path / "draft.yaml"
    assert run("draft", str(page), "--output", str(out)).exit_code == 0
    draft = out.read_text(encoding="utf-8")
    assert "title: Bridge shut\n    publisher: Harbour Gazette\n    published: 2021-03-04\n" in draft
    assert "date: 2021-03-03" in draft
    checked = run("story", "check", str(out)).output
    assert "6 entries have a comment “review:” yet: look at each, and take the comment away.\n" in checked
    assert "3 proposed questions not asked: they are made of the story's own words.\n" in checked
    assert "answered right" not in checked
    assert "6 entries have a comment “review:” yet" in run("story", "import", str(out)).output
    out.write_text(draft.replace("  # review: would readers ask this, and do these facts answer it?", ""), encoding="utf-8")
    checked = run("story", "check", str(out)).output
    assert "3 entries have a comment “review:” yet" in checked
    assert "Of its 3 questions:\n  answered right                          1.00   3 of 3" in checked


def test_a_draft_without_a_day_says_that_relative_dates_are_not_read(run: Run, tmp_path: Path) -> None:
    article, out = tmp_path / "dam.txt", tmp_path / "dam.yaml"
    article.write_text("The dam\n\nThe dam was closed on Thursday. It has been empty since Friday.\n", encoding="utf-8")
    said = run("draft", str(article), "--output", str(out)).output
    assert "The day of publication is not known, so 2 dates such as “on Thursday” are not read. Give it with --published" in said
    said = run("draft", str(article), "--published", "6 March 2021", "--output", str(out), "--force").output
    assert "not read" not in said


def test_standard_input_and_output(run: Run, tmp_path: Path) -> None:
    result = run("draft", "-", "--source", "Bridge shut", stdin="“The bridge is not safe,” Maria Lee, the mayor, said on Monday.")
    assert "  lee-bridge-safe:  # review: by Maria Lee, from “said”" in result.stdout
    out = tmp_path / "piped.yaml"
    out.write_text(result.stdout, encoding="utf-8")
    assert "1 quote" in run("story", "check", str(out)).output


def test_what_cannot_be_read_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    for name, says in (
        (str(tmp_path / "none.txt"), "cannot be read"),
        (str(tmp_path / "picture.txt"), "Save it as plain text"),
    ):
        result = run("draft", name, "--source", "T")
        assert result.exit_code == 2
        assert says in result.stderr


CASES: tuple[dict[str, object], ...] = (
    {"ask": "when was the bridge closed", "expect": ["closure"], "short": "3 March 2021", "type": "when", "hard": None},
    {"ask": "what did Lee say", "expect": ["lee-safety", "lee-sorry"], "short": None, "type": "said", "hard": "terse"},
    {"ask": "how big is the bill", "expect": ["cost"], "short": "9 million", "type": "howmuch", "hard": None},
    {"ask": "who is the king of France", "expect": [], "short": None, "type": "none", "hard": "offtopic"},
    {"ask": "?!", "expect": []},
)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(map(json.dumps, CASES)), encoding="utf-8")
    return file


def test_the_table_has_every_measure_by_type_and_by_difficulty(run: Run, questions: Path) -> None:
    lines = run("evaluate", str(HARBOUR), str(questions)).output.splitlines()
    assert lines[0] == "harbour-bridge: 5 questions, 2 of them must not be answered"
    assert "  a right fact first (hit@1)              1.00   3 of 3" in lines
    assert "  unanswerable questions left alone       1.00   2 of 2" in lines
    assert "  answer F1                               1.00   precision 1.00 (3 of 3), recall 1.00 (3 of 3)" in lines
    assert "  short answer right                      0.50   1 of 2" in lines
    assert "  sets with every fact                    1.00   1 of 1" in lines
    assert "  answered wrong, of all questions        0.00   0 of 5" in lines
    assert "  short answers shown that are right      0.50   1 of 2" in lines
    assert "  Yes and No said that are right             –   0 of 0" in lines
    assert "  yes-or-no questions settled correctly      –   0 of 0" in lines
    assert "  further facts shown that answer too     1.00   1 of 1" in lines
    assert "  facts shown without a citation             0" in lines
    assert "  share of the facts of such sets         1.00" in lines
    sure = next(index for index, line in enumerate(lines) if line.startswith("sure of its best fact"))
    assert all(" on average " in line for line in lines[sure + 1 : lines.index("", sure)])
    table = lines[lines.index("", sure) + 1 :]
    rows = [line.split()[0] for line in table if line]
    assert {"when", "said", "howmuch", "none", "terse", "plain", "offtopic"} <= set(rows)
    assert all(len(line) <= 80 for line in lines[9:])
    assert all(len(line[16:].split()) == 7 for line in table if line and not line.startswith("by "))


@pytest.mark.parametrize("story", ["harbour-bridge", "twitter-rt-sputnik", "twitter-rt-sputnik.yaml"])
def test_a_stored_or_shipped_story_is_evaluated_by_its_name(run: Run, questions: Path, story: str) -> None:
    questions.write_text('{"ask": "who is the king of France", "expect": []}', encoding="utf-8")
    result = run("evaluate", story, str(questions))
    assert result.output.startswith(f"{story.removesuffix('.yaml')}: 1 question, 1 of them must not be answered")


def test_misses_are_listed_on_request(run: Run, questions: Path) -> None:
    assert "expected:" not in run("evaluate", str(HARBOUR), str(questions)).output
    output = run("evaluate", str(HARBOUR), str(questions), "--misses").output
    assert (
        "how big is the bill\n  expected: cost, short “9 million”\n  got:      cost, short “4.2 million dollars”\n  why:"
        in output
    )
    assert output.count("expected:") == 1


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"expect": []}', '{"ask": 1}', '{"ask": "a", "expect": "closure"}', '{"ask": "a", "expect": [1]}']
)
def test_a_bad_line_is_named(run: Run, questions: Path, line: str) -> None:
    questions.write_text('{"ask": "when?"}\n' + line, encoding="utf-8")
    result = run("evaluate", str(HARBOUR), str(questions))
    assert result.exit_code == 2
    assert "line 2: expected an object such as" in result.stderr


def test_an_expected_fact_that_is_not_there_is_named(run: Run, questions: Path) -> None:
    questions.write_text('{"ask": "when?", "expect": ["nothing"]}', encoding="utf-8")
    result = run("evaluate", str(HARBOUR), str(questions))
    assert result.exit_code == 2
    assert "nothing" in result.stderr


def test_files_that_cannot_be_read_are_told(run: Run, tmp_path: Path, questions: Path) -> None:
    for story, file in (
        (HARBOUR, tmp_path / "no.jsonl"),
        (tmp_path / "no.yaml", questions),
        (HARBOUR, tmp_path),
        (tmp_path, questions),
    ):
        result = run("evaluate", str(story), str(file))
        assert (result.exit_code, result.stdout) == (2, "")
    questions.write_bytes(b"\xff")
    assert "UTF-8" in run("evaluate", str(HARBOUR), str(questions)).stderr


def test_a_report_where_there_is_no_story_says_how_to_add_one(run: Run, home: Path) -> None:
    (home / "footnote.toml").write_text("stories = []\n", encoding="utf-8")
    refused = run("story", "report")
    assert refused.exit_code == 2
    assert "There is no story yet. Name a story file, or add one: footnote story import FILE" in refused.stderr


def test_a_report_names_a_dozen_of_each_and_counts_the_rest_and_says_where_nothing_lacks(run: Run, tmp_path: Path) -> None:
    head = "story: {id: log, title: Log}\nsources: {log: {type: webpage, title: Log}}\nevents:\n"
    story = tmp_path / "log.yaml"
    story.write_text(head + "".join(f"  e{number}: {{what: Thing {number} fell., cite: log}}\n" for number in range(15)))
    assert "    and 3 more: --json lists them all" in run("story", "report", str(story)).output.splitlines()
    story.write_text("story: {id: log, title: Log}\n")
    assert run("story", "report", str(story)).output.splitlines()[1] == "Nothing is missing."


def test_a_report_needs_no_id_where_there_is_one_story_and_lists_the_ids_of_several(run: Run, tmp_path: Path) -> None:
    one = run("story", "report")
    assert one.exit_code == 0
    assert "facts with a single source" in one.output.lower()
    (tmp_path / "ferry.yaml").write_text("story: {id: ferry, title: The ferry}\n", encoding="utf-8")
    assert run("story", "import", str(tmp_path / "ferry.yaml"), "--yes").exit_code == 0
    several = run("story", "report")
    assert several.exit_code == 2
    assert "ferry" in several.output
    assert "Name one:" in several.output
