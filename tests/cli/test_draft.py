"""`footnote draft` on the real command line: the file it writes loads, and nothing enters a base."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import ROOT, Run

ARTICLE = str(ROOT / "tests" / "drafting" / "reservoir.txt")


def test_an_article_becomes_a_file_that_has_no_faults(run: Run, home: Path, tmp_path: Path) -> None:
    out = tmp_path / "draft.yaml"
    result = run("draft", ARTICLE, "--source", "https://example.org/dam", "--published", "6 March 2021", "--output", str(out))
    assert result.output.startswith(f"Wrote {out}: 25 quotes, ")
    assert "has no faults" in run("story", "check", str(out)).output
    assert not (home / "library.db").exists()
    assert "is there already" in run("draft", ARTICLE, "--published", "2021", "--output", str(out)).stderr
    assert run("draft", ARTICLE, "--published", "2021", "--output", str(out), "--force").exit_code == 0


def test_standard_input_and_output(run: Run, tmp_path: Path) -> None:
    result = run("draft", "-", "--source", "Bridge shut", stdin="“The bridge is not safe,” Maria Lee, the mayor, said on Monday.")
    assert "  lee-bridge-safe:  # review: by Maria Lee, from “said”" in result.stdout
    out = tmp_path / "piped.yaml"
    out.write_text(result.stdout, encoding="utf-8")
    assert "1 quote" in run("story", "check", str(out)).output


def test_what_cannot_be_read_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    for name, says in (
        (str(tmp_path / "none.txt"), "There is no article"),
        (str(tmp_path / "picture.txt"), "Save it as plain text"),
    ):
        result = run("draft", name, "--source", "T")
        assert result.exit_code == 2
        assert says in result.stderr
