"""Time lines and who speaks about whom on the command line: as text; the former as pictures that another program opens."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from PIL import Image

from bot.cli.pictures import page_file
from bot.presentation.wording import NOT_REVIEWED
from bot.settings import load_settings
from bot.storage.bases import open_base
from tests.support.command_line import Run
from tests.support.paths import HARBOUR

SHIPPED = "twitter-rt-sputnik"
COUNCIL = """
story: {id: council, title: Council}
sources:
  log: {type: webpage, title: Log, url: https://example.org/log, archive: https://archive.example/log}
actors:
"""


def test_a_time_line_is_what_happened_by_date(run: Run) -> None:
    lines = run("timeline").output.splitlines()
    dates = [line for line in lines if line.endswith("2021") and not line.startswith(" ")]
    assert dates == ["26 February 2021", "3 March 2021", "4 March 2021"]


def test_it_is_of_an_actor_a_period_and_a_kind(run: Run) -> None:
    output = run("timeline", "Mayor", "Lee", "--from", "4 March 2021", "--kind", "all").output
    assert "Repairs will cost 4.2 million" in output
    assert "I am sorry" in output
    assert "Safety comes first" not in output
    assert output.startswith("Timeline of Maria Lee from 4 March 2021\n\n")
    quotes = run("timeline", "--kind", "quotes", "--to", "March 3").output
    assert quotes.startswith("Timeline to 3 March 2021\n\n")  # the year is the story's
    assert "Safety comes first" in quotes
    assert "cost" not in quotes


@pytest.mark.parametrize("args", [("nobody known",), ("--from", "soon"), ("--from", "2022", "--to", "2021"), ("--kind", "songs")])
def test_what_cannot_be_is_one_sentence(run: Run, args: tuple[str, ...]) -> None:
    result = run("timeline", *args)
    assert result.exit_code == 2
    assert result.output.strip()


def test_a_picture_is_written_and_told_in_words(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "line.png"
    result = run("timeline", "--out", str(file), "--theme", "dark")
    with Image.open(file) as image:
        message = f"Wrote {file}, 780 × {image.height} pixels. Timeline, The Harbour Bridge closure. 26 February 2021: Divers"
        assert result.output.startswith(message)
        assert image.format == "PNG"
        assert image.width == 780
        image.load()
    assert run("timeline", "lee", "--out", str(file)).exit_code == 2
    assert run("timeline", "lee", "--out", str(file), "--force").exit_code == 0


def test_a_picture_is_not_written_under_the_name_of_another_format(run: Run, tmp_path: Path) -> None:
    result = run("timeline", "--out", str(tmp_path / "line.jpg"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Give it a name that ends in .png, .svg, .pdf or .txt." in result.stderr
    assert not (tmp_path / "line.jpg").exists()
    assert run("timeline", "--out", str(tmp_path / "LINE.PNG")).exit_code == 0


def test_the_ending_of_the_name_says_the_format(run: Run, tmp_path: Path) -> None:
    svg, pdf = tmp_path / "line.svg", tmp_path / "line.pdf"
    assert "pixels. Timeline, The Harbour Bridge closure. 26 February 2021" in run("timeline", "--out", str(svg)).output
    assert "Divers" in svg.read_text(encoding="utf-8")
    assert run("timeline", "--out", str(pdf)).output.startswith(f"Wrote {pdf}, 1 page. Timeline, The Harbour Bridge closure.")
    assert pdf.read_bytes().startswith(b"%PDF")
    assert run("timeline", "--out", str(tmp_path / "plain")).exit_code == 0
    with Image.open(tmp_path / "plain.png") as image:
        assert image.format == "PNG"


def test_a_time_line_is_written_as_text_as_the_terminal_shows_it(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "line.txt"
    shown = run("timeline", "lee").stdout
    written = run("timeline", "lee", "--out", str(file))
    assert re.fullmatch(rf"Wrote {file}, \d+ facts?\.\n", written.stdout)
    assert file.read_text(encoding="utf-8") == shown
    other = run("timeline", "--kind", "all", "--out", str(file))
    assert (other.exit_code, "already exists" in other.stderr) == (2, True)
    assert run("timeline", "--kind", "all", "--out", str(file), "--force").exit_code == 0
    assert len(file.read_text(encoding="utf-8")) > len(shown)
    nothing = run("timeline", "--to", "1999", "--out", str(tmp_path / "none.txt"))
    assert (nothing.exit_code, (tmp_path / "none.txt").exists()) == (2, False)
    assert "overview.svg" in run("timeline", "--overview", "--out", str(file)).stderr


def test_an_overview_is_one_wide_page(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "all.png"
    assert run("timeline", "--story", SHIPPED, "--kind", "all", "--overview", "--out", str(file)).exit_code == 0
    with Image.open(file) as image:
        assert image.width > image.height
    without = run("timeline", "--overview")
    assert (without.exit_code, without.stdout) == (2, "")
    assert "--out overview.svg" in without.stderr


@pytest.mark.slow
def test_more_facts_than_a_page_holds_make_more_files_named_by_page(run: Run, tmp_path: Path) -> None:
    result = run("timeline", "--story", SHIPPED, "--kind", "all", "--out", str(tmp_path / "all.png"))
    assert result.exit_code == 0, result.output
    files = sorted(tmp_path.glob("*.png"))
    assert len(files) > 2
    assert files == [page_file(tmp_path / "all.png", page, len(files)) for page in range(len(files))]
    for file in files:
        assert f"Wrote {file}, 780 × " in result.output
        with Image.open(file) as image:
            image.load()
            assert image.width == 780
            assert image.height < 1700
    assert run("timeline", "--story", SHIPPED, "--out", str(tmp_path / "all")).exit_code == 0
    assert (tmp_path / "all-1-of-3.png").exists()


def test_the_words_of_a_picture_tell_every_fact_in_full(run: Run, tmp_path: Path) -> None:
    listed = list(map(json.loads, run("facts", "list", "--json").output.splitlines()))
    result = run("timeline", "--kind", "all", "--out", str(tmp_path / "line.png"))
    assert len(listed) > 2
    assert all(fact["text"] in result.output for fact in listed)


def test_pages_sort_by_their_names() -> None:
    names = [page_file(Path("line.png"), page, 12).name for page in range(12)]
    assert names == sorted(names)
    assert names[0] == "line-01-of-12.png"
    assert page_file(Path("line.png"), 0, 1) == Path("line.png")


def test_a_picture_that_cannot_be_written_is_told(run: Run, tmp_path: Path) -> None:
    result = run("timeline", "--out", str(tmp_path / "none" / "line.png"))
    assert result.exit_code == 2
    assert "cannot be written" in result.output


def test_no_file_is_written_where_a_folder_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "within"
    folder.mkdir()
    monkeypatch.chdir(folder)
    run("story", "import", SHIPPED, "--yes")
    for name in (".", "..", str(folder), "/"):
        for command in (
            ("timeline", "--story", SHIPPED, "--out", name),  # of several pages
            ("story", "export", SHIPPED, name, "--format", "csv"),
        ):
            for forced in ((), ("--force",)):
                result = run(*command, *forced)
                assert result.exit_code == 2, (command, result.output)
                assert result.output.strip() == f"{name} cannot be written: it is a directory. Name a file in it."
    assert list(folder.iterdir()) == []
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".png"] == []


def test_where_there_is_nothing_to_draw_the_list_and_the_picture_say_the_same(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "none.png"
    listed, drawn = run("timeline", "--to", "1999"), run("timeline", "--to", "1999", "--out", str(file))
    assert drawn.exit_code == 2
    assert drawn.output.strip() == listed.output.splitlines()[-1]
    assert not file.exists()


def test_a_story_file_is_looked_at_without_being_stored(run: Run) -> None:
    assert "cracks" in run("timeline", "--story", str(HARBOUR)).output
    assert "Twitter announced" in run("timeline", "--story", SHIPPED).output
    assert "Twitter" not in run("timeline").output


def test_who_speaks_about_whom_is_listed_with_counts(run: Run) -> None:
    assert run("network").output.splitlines() == [
        "Who speaks about whom",
        "• Maria Lee → Harbour Bridge (1 quote, 1 claim)",
        "• Harbour Gazette → Harbour Bridge (1 claim)",
    ]
    assert "Gazette" not in run("network", "mayor", "lee").output
    assert run("network", "nobody known").exit_code == 2


def test_who_is_not_known_is_told_with_the_command_that_lists_names(run: Run) -> None:
    unknown = run("timeline", "Xyzzy")
    assert "footnote network" in unknown.stderr
    assert "Start typing" not in unknown.stderr


def test_a_role_is_told_at_the_first_quote_of_a_speaker(run: Run) -> None:
    quotes = run("timeline", "--kind", "quotes").output
    assert (quotes.count("— Maria Lee, Mayor of Harbour"), quotes.count("— Maria Lee ·")) == (1, 1)


def test_many_speakers_and_an_archived_copy_are_listed(run: Run, tmp_path: Path) -> None:
    actors = "".join(f"  a{number}: {{name: Member {number}, kind: person}}\n" for number in range(9))
    quote = "quotes:\n  all: {by: [a0, a1, a2, a3, a4, a5, a6, a7], text: We resign., cite: log}\n"
    (tmp_path / "council.yaml").write_text(COUNCIL + actors + quote, encoding="utf-8")
    page = run("timeline", "--story", str(tmp_path / "council.yaml"), "--kind", "quotes").output
    assert "— Member 0, Member 1, Member 2, Member 3, Member 4, Member 5 and 2 others" in page
    assert "archived: https://archive.example/log" in page


def test_what_an_article_quotes_and_tells_is_listed_and_marked(run: Run, tmp_path: Path) -> None:
    article = tmp_path / "crane.txt"
    article.write_text(
        "Crane falls\nCoast Wire, 2021-05-06\n\nA crane fell onto the quay of Skerrow on Wednesday.\n\n"
        "“The crane was forty years old,” the engineer Ingrid Sallow told reporters.\n"
    )
    run("read", str(article))
    quote = f"  “The crane was forty years old” [1]\n  — Ingrid Sallow, Engineer · {NOT_REVIEWED}\n"
    assert quote in run("timeline", "sallow", "--kind", "quotes").stdout
    day = f"5 May 2021\n  A crane fell onto the quay of Skerrow on Wednesday [5 May 2021]. [1]\n  {NOT_REVIEWED}\n"
    assert day in run("timeline", "--from", "2021-05-01", "--story", "crane-falls").stdout
    for command in ("timeline", "network"):
        asked_back = run(command)
        assert asked_back.exit_code == 2
        assert "Name it with --story: harbour-bridge, crane-falls." in asked_back.stderr


@pytest.mark.parametrize("command", [("timeline",), ("network",), ("check", "Safety comes first"), ("facts", "list")])
def test_a_look_at_a_servers_base_leaves_its_replies_their_buttons(command: tuple[str, ...], run: Run) -> None:
    with open_base(load_settings(), 7) as base, time_machine.travel(datetime.now(UTC) - timedelta(days=29)):
        key = base.replies.store("{}")
    assert run(*command, "--server", "7").exit_code == 0
    with open_base(load_settings(), 7) as base:
        assert base.replies.content(key) == "{}"
