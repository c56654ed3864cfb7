"""The reader's files: where they are, that they are whole, and the numbers that go with them.

`reader.json` names the version, each file's SHA-256 and the fitted numbers; a file with another hash is refused.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from bot.errors import SetupError

ENCODER, JUDGE, TOKENIZER, NUMBERS = "encoder.onnx", "judge.onnx", "tokenizer.json", "reader.json"
_BROKEN = "The reader's file {path} is missing or damaged. Install Footnote anew."


@dataclass(frozen=True, slots=True)
class Weights:
    """The fitted numbers of a reader.

    ``version`` is stored beside the vectors that it made. ``scale`` and ``whole`` weigh late interaction, ``none_near`` (none,
    best, second, bias) moves the score of "none of the facts"; ``decide`` and ``bias`` are the logistic regression that makes a
    probability of `bot.answers.reader.probability.Evidence`; from ``threshold`` a question is answered, from ``perhaps`` the
    best fact is shown as one that may answer; ``also`` is the least log odds of a further fact of an answer; ``short`` that of a
    short answer, ``yes`` that of Yes or No.
    """

    folder: Path
    version: str
    scale: float
    whole: float
    none_near: tuple[float, ...]
    decide: dict[str, float]
    bias: float
    threshold: float
    perhaps: float
    also: float
    short: float
    yes: float


def load_weights(folder: Path) -> Weights:
    """Read the numbers, and hold every file against its hash. Raises SetupError where one is missing or damaged."""
    numbers = folder / NUMBERS
    try:
        values = json.loads(numbers.read_text(encoding="utf-8"))
        hashes = values.pop("sha256")
        weights = Weights(folder=folder, **values | {"none_near": tuple(values["none_near"])})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SetupError(_BROKEN.format(path=numbers)) from error
    for name in (ENCODER, JUDGE, TOKENIZER):
        if hashes.get(name) != _hash(folder / name):
            raise SetupError(_BROKEN.format(path=folder / name))
    return weights


def _hash(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
