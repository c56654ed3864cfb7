"""How many questions of time, sides, roles, follow-ups, lists and silence are answered right: python -m data.benchmarks.cases.

In: the files of ``blind``, forty questions each to stories that nothing is tuned on, by three people who had not seen the code;
what answers was mended since by the faults of the first. Out: for each file how many are right; ``--show`` lists what is wrong
with the others, after which a file is no longer blind.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import click
from ruamel.yaml import YAML

from bot.english.lexicon import Lexicon
from bot.resources import lexicon_file
from tests.support.cases import faults_of
from tests.support.paths import ROOT


@click.command()
@click.option("--show", is_flag=True, help="List what is wrong.")
def main(show: bool) -> None:
    """Ask and print."""
    for path in sorted((Path(__file__).parent / "blind").glob("*.yaml")):
        cases: dict[str, list[dict[str, Any]]] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        with closing(Lexicon(lexicon_file())) as lexicon:
            faults = faults_of(cases, ROOT / "data/reader/corpus", lexicon)
        total = sum(map(len, cases.values()))
        print(f"{path.stem:12} {total - len(faults)} of {total}", *(faults if show else ()), sep="\n    ", flush=True)


if __name__ == "__main__":
    main()
