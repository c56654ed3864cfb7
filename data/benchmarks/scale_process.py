"""What processes of their own take on a big base: memory of the bot, and processor time of one question on the command line."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from data.benchmarks.big_base import BigBase
from data.benchmarks.table import figure
from data.benchmarks.timing import Times

_ROOT = Path(__file__).parents[2]
Row = tuple[str, str, str, str]


def resident_memory(big: BigBase, questions: Sequence[str]) -> list[Row]:
    """Measure the memory of a process that has the bot loaded, before and after questions."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "questions.jsonl"
        path.write_text("".join(f"{json.dumps({'ask': question})}\n" for question in questions), encoding="utf-8")
        output = _run(big, "-m", "data.benchmarks.resident", str(big.library), str(path))
    megabytes = json.loads(output.splitlines()[-1])
    labels = {"rest": "at rest", "one": "after one question", "all": f"after {len(questions)} questions"}
    late = ("memory: given up at the deadline | asked", str(megabytes["given up"]), str(len(questions)), "")
    return [*((f"memory {label}, MB", figure(megabytes[name], 0), "", "") for name, label in labels.items()), late]


def processor_time(big: BigBase, questions: Sequence[str]) -> list[Row]:
    """Measure ``footnote ask`` from its start to its end, in processor time."""
    taken = []
    for question in questions:
        before = _children()
        _run(big, "-m", "bot", "ask", question)
        taken.append(_children() - before)
    times = Times(tuple(taken))
    return [(f"footnote ask, processor time, p{percent} s", figure(times.at(percent), 2), "", "") for percent in (50, 99)]


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(big: BigBase, *arguments: str) -> str:
    environment = {**os.environ, "FOOTNOTE_HOME": str(big.home)}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=_ROOT, env=environment, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return done.stdout
