"""Train both networks from the pretrained encoders to the files that ship, in the order of `STEPS`.

    python -m data.reader.train --all --pretrained FOLDER --work FOLDER
    python -m data.reader.train languages export-second decide --pretrained FOLDER --work FOLDER

In: the folder ``all-mpnet-base-v2`` and the file ``e5-small-q4.bin`` (README.md beside this file says where they are from), the
corpus, and the weights that ship, which are replaced one by one. What is made on the way stands in ``--work``: a training goes on
from its last checkpoint, and what is finished there is not trained again. Needs the extra ``reader``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from data.reader.recipe import FIRST, JUDGE, LANGUAGES, SECOND

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Folders:
    """Where a training finds what it starts from, and puts what it makes."""

    pretrained: Path
    work: Path
    corpus: Path
    weights: Path

    @property
    def mpnet(self) -> Path:
        """The pretrained encoder of the first network."""
        return self.pretrained / "all-mpnet-base-v2"

    @property
    def e5(self) -> Path:
        """The pretrained encoder of the second network, unpacked."""
        return self.work / "e5"

    @property
    def cut(self) -> Path:
        """The same with the words that it ships with."""
        return self.work / "e5-cut"


# What needs torch is imported where a step begins, so that the order can be read without it.


def _unpack(folders: Folders) -> None:
    from data.reader.unpack import unpack

    if not (folders.e5 / "config.json").exists():
        unpack(folders.pretrained / "e5-small-q4.bin", folders.e5)


def _vocabulary(folders: Folders) -> None:
    from tokenizers import Tokenizer

    from data.reader.vocabulary import cut_vocabulary, kept_pieces

    if not (folders.cut / "config.json").exists():
        tokenizer = Tokenizer.from_file(str(folders.e5 / "tokenizer.json"))
        cut_vocabulary(folders.e5, folders.cut, kept_pieces(tokenizer, folders.corpus / "train"))


def _first(folders: Folders) -> None:
    from data.reader.train_encoder import train_encoder

    train_encoder(FIRST, folders.mpnet, folders.corpus, folders.work / "first")


def _export_first(folders: Folders) -> None:
    from data.reader.export import export

    export(folders.mpnet, folders.work / "first", folders.corpus, folders.weights)


def _judge(folders: Folders) -> None:
    from data.reader.train_judge import train_judge

    train_judge(JUDGE, folders.mpnet, folders.corpus, folders.work / "first", folders.weights)


def _pieces(folders: Folders) -> None:
    from data.reader.train_pieces import train_pieces

    train_pieces(folders.weights)


def _second(folders: Folders) -> None:
    from data.reader.train_encoder import train_encoder

    train_encoder(SECOND, folders.cut, folders.corpus, folders.work / "second", second=True)


def _languages(folders: Folders) -> None:
    from data.reader.train_encoder import train_encoder

    train_encoder(LANGUAGES, folders.cut, folders.corpus, folders.work / "languages", second=True, after=folders.work / "second")


def _export_second(folders: Folders) -> None:
    from data.reader.export import export

    export(folders.cut, folders.work / "languages", folders.corpus, folders.weights, second=True)


def _adapter(folders: Folders) -> None:
    from data.reader.train_adapter import train_adapter

    train_adapter(folders.corpus, folders.work / "adapter", folders.weights)


def _decide(folders: Folders) -> None:
    from data.reader.decide import decide

    decide(folders.corpus, folders.weights)


STEPS: dict[str, Callable[[Folders], None]] = {
    "unpack": _unpack,
    "vocabulary": _vocabulary,
    "first": _first,
    "export-first": _export_first,
    "judge": _judge,
    "pieces": _pieces,
    "second": _second,
    "languages": _languages,
    "export-second": _export_second,
    "adapter": _adapter,
    "decide": _decide,
}
"""The steps of a training in their order; each needs what those before it made."""


@click.command()
@click.argument("steps", nargs=-1, type=click.Choice([*STEPS]))
@click.option("--all", "every", is_flag=True, help="Take all steps.")
@click.option("--pretrained", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--work", type=click.Path(path_type=Path), required=True)
@click.option("--corpus", type=click.Path(path_type=Path, exists=True), default=HERE / "corpus")
@click.option("--weights", type=click.Path(path_type=Path, exists=True), default=HERE / "weights")
def main(steps: tuple[str, ...], every: bool, pretrained: Path, work: Path, corpus: Path, weights: Path) -> None:
    """Take STEPS of a training, in its order."""
    if bool(steps) is every:
        raise click.UsageError("Name the steps, or take them with --all.")
    work.mkdir(parents=True, exist_ok=True)
    for name, take in STEPS.items():
        if every or name in steps:
            click.echo(f"== {name}")
            take(Folders(pretrained, work, corpus, weights))


if __name__ == "__main__":
    main()
