"""Lists of sources with faults of every kind: the name of each file and what is in it, and what is said of one."""

from __future__ import annotations

from bot.errors import StoryFileError
from bot.formats.source_import import MAX_SOURCES, read_sources

JSON_FAULTS = (
    "",
    "[]",
    "[1",
    "[{}]x",
    "[" * 100_000,
    '[{"id":"a","type":"webpge","title":""},\n5,\n{"id":"c","title":"C","author":"Lee"}, {"x" 1}]',
    '[{"title":"T","type":"book","URL":"foo"} {"title":"U"}]',
    '[{"type": "book", "title": "t", "issued": {"date-parts": [[' + "9" * 5000 + "]]}}]",
    '[{"type": "book", "title": "t", "issued": 5}]',
    '[{"type": "book", "title": "t", "issued": {"date-parts": [5]}}]',
    '[{"type": "book", "title": "t", "issued": {"date-parts": [["x"]]}}]',
    '[{"type": "book", "title": "t", "issued": {"date-parts": [[1e400]]}}]',
    '[{"type": "book", "title": "t", "issued": {"date-parts": [[2021]], "season": -1e400}}]',
    '[{"type": "book", "title": "t", "issued": {"date-parts": [[1], [2], [3]]}}]',
    '[{"type": "book", "title": "t", "issued": {"raw": "2021-13"}}]',
    '[{"a": }]', '[{a: 1}]', '[{"a" 1}]', '[{"a": 1 "b": 2}]', '[{"a": "\n"}]', '[{"a": "\\x"}]', '[{"a": "\\u12"}]',
    '[{"a": "b}]',
    '[{"a": 1,}]', '[{"a": [1,]}]',
    "[" + "{}," * 1500 + "{}]",
    "[" + '{"type":"book","title":"T"},' * MAX_SOURCES + '{"type":"book","title":"T"}]',
)  # fmt: skip

BIBTEX_FAULTS = (
    "",
    "@@@@",
    "@book{a, title={A}, title={B}}\n@spaceship{b, title={B}}\n@book{c, year=soon}\n@book{d, title={unclosed\n",
    "@misc{a, title={" + "{" * 5000 + "x" + "}" * 5000 + "}}",
    "@misc{a,title={x}}\n" * (MAX_SOURCES + 1),
    "@odd{k, title={T}}\n" * 1500,
)

RIS_FAULTS = (
    "",
    "hello\nTY  - NEWS\nTI  - A\nTY  - XXXX\nTI  - B\nUR  - nowhere\nER  - \nTY  - BOOK\n",
    "TY  - GEN\nTI  - x\n" + "y\n" * 3000 + "ER  - \n",
)

LISTS = (
    *(("x.json", content) for content in JSON_FAULTS),
    *(("x.bib", content) for content in BIBTEX_FAULTS),
    *(("x.ris", content) for content in RIS_FAULTS),
    ("x.txt", "hello"),
)


def faults(content: str | bytes, name: str) -> list[str]:
    """Return the faults of a file and the remarks on it; the faults of one that has no source in it are raised."""
    try:
        read = read_sources(content.encode() if isinstance(content, str) else content, name)
        listed = (*read.faults, *read.remarks)
    except StoryFileError as error:
        listed = error.faults
    return [str(fault) for fault in listed]
