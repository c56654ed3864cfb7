"""Headings inside articles: blocks of a text file that count, none of a page."""

from __future__ import annotations

from pathlib import Path

from bot.drafting.folder import read_folder

HEAD = "The dam at Lea\nBy Dana Roth\nLea Courier, 2018-11-09\n\n"
BLOCKS = ("The dam was closed.", "What comes next", "The repair takes a year.")


def located(path: Path) -> list[tuple[str, str | None]]:
    """Return the passages of an article with the paragraphs that they are cited to."""
    facts = read_folder(path).story.facts
    return [(fact.text, fact.citations[0].locator) for fact in facts if fact.kind == "passage"]


def test_each_block_of_a_text_file_counts_as_a_paragraph(tmp_path: Path) -> None:
    (tmp_path / "dam.txt").write_text(HEAD + "\n\n".join(BLOCKS), encoding="utf-8")
    assert located(tmp_path) == [(block, str(number)) for number, block in enumerate(BLOCKS, start=1)]


def test_headings_of_a_page_do_not_count(tmp_path: Path) -> None:
    body = f"<p>{BLOCKS[0]}</p><h2>{BLOCKS[1]}</h2><p>{BLOCKS[2]}</p>"
    page = f"<html><head><title>The dam at Lea</title></head><body><article>{body}</article></body></html>"
    (tmp_path / "dam.html").write_text(page, encoding="utf-8")
    assert located(tmp_path) == [(BLOCKS[0], "1"), (BLOCKS[2], "2")]


def test_lines_that_name_another_article_are_left_out(tmp_path: Path) -> None:
    lines = ("Related: Five questions to put to a dam.", "READ MORE | Lea under water.", "See also: How dams are built.")
    sentence = "Related costs: the council paid 5 million euros for the road."
    blocks = (BLOCKS[0], lines[0], "Related works on the road begin in May, the mayor said.", *lines[1:], sentence, BLOCKS[2])
    (tmp_path / "dam.txt").write_text(HEAD + "\n\n".join(blocks), encoding="utf-8")
    assert located(tmp_path) == [(BLOCKS[0], "1"), (blocks[2], "3"), (sentence, "6"), (BLOCKS[2], "7")], "but they count"
