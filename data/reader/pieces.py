"""Pieces that somebody quotes of a sentence, labelled by what the words that were cut off around them do.

In: ``corpus/pieces/PART.jsonl``, a line a case: the ``recorded`` sentence, the ``piece``, its ``label``, and the number of the
``contrast`` it belongs to: one piece in several sentences that differ by little. Out: `PieceCase`, and what is wrong with them.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "corpus" / "pieces"
PARTS = ("train", "validation")
LABELS = ("kept", "unsaid", "open")
MAX_ALIKE = 6
"""Pieces that may stand in the same words of a sentence, so that nobody is taught one wording."""


@dataclass(frozen=True, slots=True)
class PieceCase:
    """A recorded sentence and a piece of it.

    ``label``: the rest of the sentence leaves the piece standing ("kept"), takes it back, doubts, attributes or conditions it
    ("unsaid"), or leaves a careful editor unsure ("open").
    """

    recorded: str
    piece: str
    label: str
    contrast: int

    @property
    def frame(self) -> str:
        """The words around the piece, in small letters, with a sign where it stands."""
        before, _, behind = self.recorded.casefold().partition(self.piece.casefold())
        return f"{before}_{behind}"


def read_pieces(part: str) -> tuple[PieceCase, ...]:
    """Return the cases of a part, "train" or "validation"."""
    lines = (FOLDER / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(PieceCase(**json.loads(line)) for line in lines)


def faults_of(cases: Sequence[PieceCase]) -> Iterator[str]:
    """Yield what is wrong with cases: a sentence."""
    frames = Counter(case.frame for case in cases)
    yield from (f"{count} pieces stand in the same words: {frame}" for frame, count in frames.items() if count > MAX_ALIKE)
    for recorded, count in Counter(case.recorded for case in cases).items():
        if count > 1:
            yield f"it stands {count} times: {recorded}"
    contrasts: dict[int, list[PieceCase]] = defaultdict(list)
    for case in cases:
        contrasts[case.contrast].append(case)
        if case.label not in LABELS:
            yield f"no such label: {case.label}"
        if case.recorded.count(case.piece) != 1:
            yield f"it must hold the piece once: {case.recorded}"
        elif not any(map(str.isalnum, case.frame)):
            yield f"nothing is cut off: {case.recorded}"
    for number, alike in contrasts.items():
        if len({case.piece.casefold() for case in alike}) != 1 or len({case.label for case in alike}) == 1:
            yield f"contrast {number} is none: it needs one piece, and two labels"
