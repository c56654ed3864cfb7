"""Questions as the second network encodes them, beside facts as the first one does: what the adapter is trained on.

In: the stories of a part of the corpus in English, their questions, those asked of them in other languages, and the networks that
ship. Out: one `AskedStory` a story. What answering does before a question is encoded is done by answering's own code.
"""

from __future__ import annotations

import pickle
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import track
from torch import Tensor

from bot.answers.finding.documents import question_text
from bot.answers.question.parsing import read_question
from bot.answers.reader.encoder import SIZE, Encoder, FactVectors, QuestionVectors, load_weights
from bot.answers.reader.reading import corrected, names_of
from bot.english.lexicon import Lexicon
from bot.languages import ENGLISH
from data.reader.examples import CorpusStory, corpus_story, names_of_folder
from data.reader.languages import FOLDER, questions_by_story
from data.reader.vectors import short_of, token_span_of

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question: as both networks encode it if it is in English, else as the second one does.

    ``lower`` is what the second network's lower layers make of its tokens (tokens, numbers), in 16 bits.
    ``right`` are the positions of the facts that answer, ``span`` the first and last token of the short answer in the first of
    them; ``short`` and ``yes`` are 1, 0, or -1 where it is not said. ``alike`` is, for each token of the second network, that
    of the first that stands where it does, -1 for none.
    """

    row: dict[str, Any]
    second: QuestionVectors
    lower: NDArray[np.float16]
    right: tuple[int, ...]
    span: Span | None
    short: int
    yes: int
    first: QuestionVectors | None = None
    alike: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedStory:
    """A story: its facts as the first network encodes them, (facts, tokens, SIZE) with their mask and wholes; its questions."""

    name: str
    facts: Tensor
    mask: Tensor
    wholes: Tensor
    asked: tuple[AskedQuestion, ...]


def asked_stories_of(
    part: Path, weights: Path, lexicon: Lexicon, cache: Path, *, strangers: bool, share: float = 1.0
) -> list[AskedStory]:
    """Encode the stories of a folder; what was encoded before is read from ``cache``.

    ``strangers``: they are asked about these too. Of the questions in English this ``share`` is taken.
    """
    cache.mkdir(parents=True, exist_ok=True)
    encoder, names = Encoder(load_weights(weights)), names_of_folder(part) if strangers else None
    others = questions_by_story(part.parent / FOLDER / part.name)
    paths = [path for path in sorted(part.glob("*.yaml")) if path.with_suffix(".questions.jsonl").is_file()]
    stories = []
    for path in track(paths, description=part.name):
        kept = cache / f"{path.stem}.pickle"
        if not kept.exists():
            story, draw = corpus_story(path, lexicon, names), random.Random(path.stem)
            rows = [*others.get(path.stem, ()), *(row for row in story.rows if draw.random() < share)]
            part_file = kept.with_suffix(".part")
            part_file.write_bytes(pickle.dumps(encoded(story, rows, encoder)))
            part_file.replace(kept)
        stories.append(pickle.loads(kept.read_bytes()))  # written by this function
    return stories


def encoded(story: CorpusStory, rows: Sequence[dict[str, Any]], encoder: Encoder) -> AskedStory:
    """Encode the facts of a story, and questions that are asked of it."""
    facts = [encoder.first.fact(line) for line in story.lines]
    offsets = [encoder.fact_offsets(line) for line in story.lines]
    longest = max(len(fact) for fact in facts) - 1
    tokens, mask = torch.zeros(len(facts), longest, SIZE), torch.zeros(len(facts), longest, dtype=torch.long)
    wholes = torch.zeros(len(facts), SIZE)
    for position, fact in enumerate(facts):
        directions = torch.from_numpy(FactVectors(fact, fact[:0]).directions)
        wholes[position], tokens[position, : len(fact) - 1], mask[position, : len(fact) - 1] = directions[0], directions[1:], 1
    return AskedStory(story.name, tokens, mask, wholes, tuple(_asked(story, rows, encoder, offsets)))


def _asked(
    story: CorpusStory, rows: Sequence[dict[str, Any]], encoder: Encoder, offsets: Sequence[Sequence[Span]]
) -> Iterator[AskedQuestion]:
    for row in rows:
        question, after = read_question(row["ask"], story.index), row.get("after") or ()
        text = question_text(corrected(row["ask"], question), names=names_of(question, story.index), after=after)
        (second, lower), right = encoder.second.question_with_lower(text), story.right(row)
        span = token_span_of(row, story.lines[right[0]], offsets[right[0]]) if right else None
        yes = {"yes": 1, "no": 0}.get(row.get("short") or "", -1) if row["type"] == "yesno" and right else -1
        first = encoder.first.question(text) if row.get("language", ENGLISH) == ENGLISH else None
        like = tuple(alike(second.offsets, first.offsets).tolist()) if first else ()
        short = short_of(row, span) if right else -1
        yield AskedQuestion(row, second, lower.astype(np.float16), right, span, short, yes, first, like)


def alike(of: Sequence[Span], others: Sequence[Span]) -> NDArray[np.int64]:
    """Return for each token which other token of the same text it shares most letters with, -1 for none.

    The first and the last of both frame the text, and are alike.
    """
    shared = np.minimum(np.array(of)[:, None, 1], np.array(others)[None, :, 1])
    shared = shared - np.maximum(np.array(of)[:, None, 0], np.array(others)[None, :, 0])
    nearest = np.where(shared.max(1) > 0, shared.argmax(1), -1)
    nearest[0], nearest[-1] = 0, len(others) - 1
    return nearest
