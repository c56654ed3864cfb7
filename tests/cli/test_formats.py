"""`footnote cite`, `footnote sources import` and `footnote story export`, on the real command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import rispy
from bibtexparser.entrypoint import parse_string
from icalendar import Calendar

from bot.cli.formats import FORMATS
from bot.formats import export
from bot.formats.forms import FORMS
from bot.settings import load_settings
from bot.stories.load import load_story
from bot.stories.yaml_tree import MAX_BYTES
from tests.support.command_line import Run
from tests.support.paths import HARBOUR

LISTS = Path(__file__).parents[1] / "formats"


def test_the_command_line_offers_every_form(run: Run) -> None:
    assert f"[{'|'.join(FORMS)}]" in "".join(run("cite", "--help").output.split())
    assert tuple(export.FORMATS) == FORMATS


def test_a_fact_is_cited_with_its_place_and_revision(run: Run) -> None:
    result = run("cite", "F4", "--style", "mla")
    assert result.output == (
        "Maria Lee: “Safety comes first, and the bridge is not safe.” (Lee, par. 4)\n\n"
        "Lee, Ann. “Bridge Shut after Inspection.” Harbour Gazette, 4 Mar. 2021, https://example.org/a.\n\nF4@1\n"
    )
    assert run("cite", "lee-safety", "--style", "mla").output == result.output
    assert run("cite", "F4", "--style", "ieee").output.startswith(
        "Maria Lee: “Safety comes first, and the bridge is not safe.” [1, Para. 4]\n\n[1] A. Lee, “Bridge shut after inspection,”"
    )


def test_a_list_of_sources_that_is_too_large_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.bib"
    path.write_bytes(b"x" * (MAX_BYTES + 1))
    result = run("sources", "import", str(path))
    assert result.exit_code == 2
    assert result.stderr == f"{path} is larger than 10 MB. Split it.\n"


def test_an_earlier_revision_is_cited_as_it_was(run: Run) -> None:
    run("facts", "edit", "F4", "--text", "Safety first.", "--yes")
    assert run("cite", "F4").output.startswith("Maria Lee: “Safety first.”")
    assert run("cite", "F4@1").output.startswith("Maria Lee: “Safety comes first, and")


def test_what_was_withdrawn_since_is_cited_and_shown_with_a_mark(run: Run) -> None:
    run("facts", "retract", "F4", "--reason", "She did not\nsay so.", "--yes")
    mark = r"Withdrawn \d+ \w+ \d{4}: She did not say so\."
    assert re.match(rf"F4@1: {mark}\n\nMaria Lee: “Safety comes first", run("cite", "F4@1").output)
    assert run("cite", "F4@1", "--style", "bibtex").output.startswith("@")
    assert re.match(rf"F4@1 .*\nF4@2: {mark}\n.*Safety comes first", run("facts", "show", "F4@1").output)
    run("facts", "undo", "F4", "--yes")
    assert "Withdrawn" not in run("cite", "F4@1").output + run("facts", "show", "F4@1").output


def test_a_source_is_cited_by_its_id_and_its_address(run: Run) -> None:
    expected = "Lee, A. (2021, March 4). Bridge shut after inspection. Harbour Gazette. https://example.org/a\n"
    assert run("cite", "gazette").output == expected
    assert run("cite", "https://example.org/a").output == expected
    assert parse_string(run("cite", "gazette", "--style", "bibtex").output).entries[0].key == "gazette"
    assert rispy.loads(run("cite", "gazette", "--style", "ris").output)[0]["title"] == "Bridge shut after inspection"
    assert json.loads(run("cite", "gazette", "--style", "csl-json").output)[0]["type"] == "article-newspaper"
    markdown = "[Bridge shut after inspection](<https://example.org/a>), Ann Lee, Harbour Gazette, 4 March 2021\n"
    assert run("cite", "gazette", "--style", "markdown").output == markdown


def test_what_there_is_not_or_no_longer_is_not_cited(run: Run) -> None:
    missing = run("cite", "nothing")
    assert (missing.exit_code, missing.output) == (
        2, 'There is no fact and no source "nothing". Name a fact such as F12, or a source by its id.\n',
    )  # fmt: skip
    run("facts", "retract", "F4", "--reason", "wrong", "--yes")
    assert "is retracted" in run("cite", "F4").output


def test_sources_come_in_from_zotero_once_and_can_be_taken_back(run: Run) -> None:
    dry = run("sources", "import", str(LISTS / "zotero.json"), "--dry-run")
    assert dry.output.startswith("harbour-bridge: 3 sources would be added:\n")
    assert not load_settings().base_path(None).exists()
    done = run("sources", "import", str(LISTS / "zotero.json"))
    assert done.output.startswith("harbour-bridge: 3 sources added:\n")
    again = run("sources", "import", str(LISTS / "zotero.json"))
    assert again.output.startswith("harbour-bridge: 0 sources added.\n3 sources are already known:\n")
    assert run("cite", "https://example.org/again", "--style", "harvard").output.startswith(
        "Lee, A. and Reuters (2021) ‘Bridge shut, again’"
    )
    assert "import of zotero.json" in run("facts", "log").output
    run("facts", "undo", "--change", "2")
    assert run("cite", "https://example.org/again").exit_code == 2


def test_bibtex_and_ris_come_in_too(run: Run) -> None:
    output = run("sources", "import", str(LISTS / "zotero.bib"), "--story", "harbour-bridge").output
    assert "1 source added" in output
    assert "Morning news: radio has the same title and publisher" in output
    assert "2 sources added" in run("sources", "import", str(LISTS / "zotero.ris")).output


def test_what_cannot_be_read_in_a_list_is_left_out_and_named(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('[{"type":"webpage","title":"Good"},\n{"type":"webpge"},\n{"type":"webpge","title":"T","URL":"x"}, 5]')
    for extra in (["--dry-run"], []):
        result = run("sources", "import", str(bad), *extra)
        assert result.exit_code == 3
        assert result.stderr.startswith("1 entry is taken in without what cannot be read and 2 entries are left out.\n")
        assert "\nLeft out:\n  line 2, " in result.stderr
        assert result.output.count("\n  line ") == 5
        assert f"2 sources {'would be ' if extra else ''}added" in result.output
    assert "Good" in run("story", "export", "harbour-bridge", "--format", "bibtex").output


def test_a_list_with_nothing_that_can_be_read_adds_nothing(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('[{"type":"webpage"},\n{"type":"webpge","URL":"x"}]')
    result = run("sources", "import", str(bad))
    assert (result.exit_code, result.output.count("\n  line ")) == (3, 4)
    assert "nothing was stored" in result.output


def test_what_cannot_be_read_or_told_is_a_sentence(run: Run, tmp_path: Path) -> None:
    assert "cannot be read" in run("sources", "import", str(tmp_path / "none.bib")).output
    assert run("sources", "import", str(LISTS / "zotero.bib"), "--story", "nope").exit_code == 2
    run("story", "import", "twitter-rt-sputnik")
    assert "which story gets the sources" in run("sources", "import", str(LISTS / "zotero.bib")).output


def test_a_story_is_exported_to_a_file_and_to_the_output(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "bridge.ics"
    result = run("story", "export", "harbour-bridge", str(file), "--format", "ical")
    assert result.output == f"Wrote {file}.\nWithout a date, and so not in it: 1 of 8 facts.\n"
    assert len(Calendar.from_ical(file.read_bytes()).walk("VEVENT")) == 7
    run("facts", "edit", "F4", "--text", "Safety first.", "--yes")
    refused = run("story", "export", "harbour-bridge", str(file), "--format", "csv")
    assert "already exists" in refused.output
    assert run("story", "export", "harbour-bridge", "--format", "csv").output.splitlines()[4].startswith("F4@2,lee-safety,quote")


def test_a_story_that_a_server_has_not_is_not_taken_from_elsewhere(run: Run) -> None:
    assert run("story", "import", str(HARBOUR), "--server", "7", "--yes").exit_code == 0
    refused = run("story", "export", "twitter-rt-sputnik", "--server", "7", "--format", "csv")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "twitter-rt-sputnik" in refused.stderr


def test_a_story_file_is_exported_without_being_stored(run: Run, tmp_path: Path) -> None:
    assert json.loads(run("story", "export", str(HARBOUR), "--format", "timelinejs").output)["events"][0]["unique_id"] == "F1-1"
    file = tmp_path / "again.yaml"
    run("story", "export", str(HARBOUR), str(file))
    assert load_story(file) == load_story(HARBOUR)
    assert "twitter" in run("story", "export", "twitter-rt-sputnik", "--format", "ris").output.lower()
    assert run("story", "export", "nope").exit_code == 2


def test_what_a_source_is_taken_without_is_named_and_it_is_taken(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "old.bib"
    path.write_bytes("@book{faehre, title = {Die Fähre}, year = {in press}}\n@odd{quay, title = {Quay}}\n".encode("latin-1"))
    result = run("sources", "import", str(path))
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "harbour-bridge: 2 sources added:")
    assert "  faehre: Die Fähre" in result.stdout
    said, head, date, kind = result.stderr.splitlines()
    assert said == "2 entries are taken in without what cannot be read."
    assert head == "Taken in without what cannot be read:"
    assert date.startswith('  line 1, column 1: "faehre": The date cannot be read: "in press" is not a date.')
    assert kind.startswith('  line 2, column 1: "quay": @odd is not a type of BibTeX.')


def test_an_empty_list_says_what_to_do(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "empty.json"
    path.write_text("[]")
    result = run("sources", "import", str(path))
    assert result.exit_code == 3
    assert "There is no entry in the file. Export the list again." in result.stderr


def test_what_is_too_long_or_no_text_in_a_list_is_foreseen_and_keeps_nothing_else_out(run: Run, tmp_path: Path) -> None:
    path, again = tmp_path / "odd.json", tmp_path / "again.yaml"
    titles = ["Good", "x" * 2001, "Half \ud800and\x00 end"]
    path.write_text(json.dumps([{"type": "book", "title": title} for title in titles]))
    for extra in (["--dry-run"], []):
        result = run("sources", "import", str(path), *extra)
        assert (result.exit_code, "2 sources" in result.stdout) == (3, True)
        assert "Item 2" in result.stderr
        assert "the limit is 2,000" in result.stderr
    run("story", "export", "harbour-bridge", str(again))
    assert "has no faults" in run("story", "check", str(again)).output
