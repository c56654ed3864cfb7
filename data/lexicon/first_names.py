"""Build ``first_names.txt`` from ``name_data.json`` of the Python package nomquamgender: python first_names.py NAME_DATA.

A name is taken that several sources have often enough, or else it may be a word or a slip. Each line of the file holds the
names of one kind: ``women``, ``men``, or ``both`` where one bearer in twenty at least is of the other sex. Of these, words that
``english.db`` has are left out: what begins with one, such as Low Farm or Day River, need not be a person's name.
"""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import click

MIN_SOURCES = 5
MIN_BEARERS = 30
MAX_OTHERS = 0.05
"""The share of bearers of the other sex up to which a name tells the sex."""

LEXICON = Path(__file__).resolve().with_name("english.db")
OUTPUT = Path(__file__).with_name("first_names.txt")


@click.command()
@click.argument("name_data", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(name_data: Path) -> None:
    """Write the first names of NAME_DATA with the sex of those who bear them."""
    kinds: dict[str, list[str]] = {"women": [], "men": [], "both": []}
    for name, (sources, bearers, share_of_women, *_) in sorted(json.loads(name_data.read_text(encoding="utf-8")).items()):
        if sources < MIN_SOURCES or bearers < MIN_BEARERS or not re.fullmatch(r"[a-z]{2,}(?:-[a-z]+)*", name):
            continue
        kind = "women" if share_of_women >= 1 - MAX_OTHERS else "men" if share_of_women <= MAX_OTHERS else "both"
        kinds[kind].append(name)
    with closing(sqlite3.connect(f"{LEXICON.as_uri()}?mode=ro", uri=True)) as lexicon:
        words = {word for (word,) in lexicon.execute("SELECT word FROM related")}
    kinds["both"] = [name for name in kinds["both"] if name not in words]
    OUTPUT.write_text("".join(f"{kind}: {' '.join(names)}\n" for kind, names in kinds.items()), encoding="utf-8")
    click.echo(", ".join(f"{len(names)} {kind}" for kind, names in kinds.items()))


if __name__ == "__main__":
    main()
