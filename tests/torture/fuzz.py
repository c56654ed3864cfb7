"""Send to a part of Footnote whatever anybody could send, and stop at the first input that it does not stand.

    python -m tests.torture.fuzz questions --runs 1000000
    python -m tests.torture.fuzz stories --runs 100000 --seed 7
    python -m tests.torture.fuzz dates --runs 100000 --guided

Inputs are real ones that were changed at random. With ``--guided`` it is libFuzzer that changes them, towards code that was not
reached before; that takes ``pip install -c config/constraints.txt -e '.[fuzz]'``. An input that fails is printed; give it as
``--input`` to run it alone.
"""

from __future__ import annotations

import ast
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import click

_TELL_EVERY = 10_000
_LONGEST = 4000  # bytes of an input that libFuzzer makes


def fuzz(name: str, runs: int, seed: int) -> float:
    """Run a target on so many inputs and return the longest time that one took, in seconds. Raises what the target raises."""
    from tests.torture.targets import TARGETS

    target = TARGETS[name]
    chance = random.Random(seed)
    slowest, began = 0.0, time.monotonic()
    with target.open() as run:
        for number in range(1, runs + 1):
            data = target.make(chance)
            start = time.perf_counter()
            try:
                run(data)
            except Exception as error:
                error.add_note(f"input {number} of seed {seed}: {data!r}")
                raise
            slowest = max(slowest, time.perf_counter() - start)
            if number % _TELL_EVERY == 0:
                took = time.monotonic() - began
                print(f"{name}: {number} in {took:.0f} s, the slowest in {slowest * 1000:.0f} ms", flush=True)
    return slowest


def guided(name: str, runs: int, seed: int) -> None:
    """Run a target on what libFuzzer makes; ends the process."""
    import atheris

    with atheris.instrument_imports(include=["bot"]):
        from tests.torture.targets import TARGETS
    target = TARGETS[name]
    with tempfile.TemporaryDirectory() as folder, target.open() as run:
        for number, data in enumerate(target.seeds()):
            Path(folder, f"{number}").write_bytes(data)
        options = [f"-runs={runs}", f"-max_len={_LONGEST}", f"-artifact_prefix={folder}/", "-rss_limit_mb=4096", "-timeout=20"]
        atheris.Setup([sys.argv[0], f"-seed={seed or 1}", *options, folder], run)
        atheris.Fuzz()


@click.command(help=__doc__)
@click.argument("name")
@click.option("--runs", default=10_000, show_default=True)
@click.option("--seed", default=0, help="Other seeds make other inputs.")
@click.option("--guided", "by_coverage", is_flag=True, help="Let libFuzzer choose the inputs.")
@click.option("--input", "one", help="An input as it was printed: b'...'")
def main(name: str, runs: int, seed: int, by_coverage: bool, one: str | None) -> None:
    """Fuzz a part."""
    if one is not None:
        _run_one(name, ast.literal_eval(one))
    elif by_coverage:
        guided(name, runs, seed)
    else:
        began = time.monotonic()
        slowest = fuzz(name, runs, seed)
        print(f"{name}: {runs} inputs in {time.monotonic() - began:.0f} s, the slowest in {slowest * 1000:.0f} ms")


def _run_one(name: str, data: Any) -> None:
    from tests.torture.targets import TARGETS

    with TARGETS[name].open() as run:
        run(data)


if __name__ == "__main__":
    main()
