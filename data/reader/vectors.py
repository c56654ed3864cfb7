"""The corpus as the judge reads it: questions and facts encoded by the encoder that ships, and which facts are near.

In: stories of the corpus, the encoder, and a `bot.answers.reader.reader.Reader`. Out: one `StoryVectors` a story. What answering
does before the judge is done by answering's own code, so that the judge is trained on just what it is given later: a mended
spelling, 8 bits a number.
"""

from __future__ import annotations

import pickle
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from bot.answers.finding.documents import FactText, question_text
from bot.answers.finding.index import StoryIndex
from bot.answers.question.parsing import Question, read_question
from bot.answers.reader.encoder import FactVectors, QuestionVectors
from bot.answers.reader.features import pair_features
from bot.answers.reader.reader import Reader
from bot.answers.reader.reading import corrected, names_of
from bot.english.lexicon import Lexicon
from data.reader.encoding import BatchEncoder
from data.reader.examples import CorpusStory, corpus_stories, find_span

NEAREST = 24  # facts a question whose features are written down, beside the right ones
VARIED = 0.5  # of the training questions are encoded once more, as a part of a conversation or typed badly
TURNED = 0.6  # of these as a part of a conversation
WORDED = 0.15  # of the training facts are encoded once more, with a question of theirs as a recorded wording
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class AskedVectors:
    """A question as encoded. ``near`` are the positions of the nearest facts, ``features`` theirs and those of ``right``."""

    row: dict[str, Any]
    vectors: QuestionVectors
    right: tuple[int, ...]
    near: tuple[int, ...]
    features: dict[int, Floats]
    span: tuple[int, int] | None  # tokens, of the first right fact
    short: int  # 1 there is a short answer, 0 there is none, -1 it is not said
    yes: int
    number: int  # of the question in its file


@dataclass(frozen=True, slots=True)
class StoryVectors:
    """A story as encoded: its facts, those with a recorded wording (and the number of the question that it is), its questions."""

    name: str
    facts: tuple[FactVectors, ...]
    worded: dict[int, tuple[int, FactVectors]]
    asked: tuple[AskedVectors, ...]


def stories_of(
    folder: Path,
    encoder: BatchEncoder,
    reader: Reader,
    lexicon: Lexicon,
    cache: Path,
    *,
    varied: bool,
    share: float = 1.0,
    facts: float = 1.0,
) -> list[StoryVectors]:
    """Encode the stories of a folder, also as articles tell them; what was encoded before is read from the folder ``cache``.

    ``varied``: some questions and facts are encoded once more, changed. Of the questions of each story this ``share`` is taken,
    of the hand-made stories ``facts``.
    """
    cache.mkdir(parents=True, exist_ok=True)
    every = corpus_stories(folder, lexicon)
    stories = [story for story in every if story.in_articles or random.Random(story.name).random() < facts]
    return [
        _cached(story, encoder, reader, cache, varied=varied, share=share) for story in track(stories, description=folder.name)
    ]


def _cached(
    story: CorpusStory, encoder: BatchEncoder, reader: Reader, cache: Path, *, varied: bool, share: float
) -> StoryVectors:
    kept = cache / f"{reader.weights.version} {share} {story.name}.pickle"
    if kept.exists():
        with kept.open("rb") as file:
            return pickle.load(file)  # written by this script
    encoded = encode_story(story, encoder, reader, varied=varied, share=share)
    with kept.open("wb") as file:
        pickle.dump(encoded, file)
    return encoded


def encode_story(story: CorpusStory, encoder: BatchEncoder, reader: Reader, *, varied: bool, share: float = 1.0) -> StoryVectors:
    """Encode a story's facts and questions; see `stories_of`."""
    draw = random.Random(story.name)
    lines, rows = story.lines, story.rows
    right = [story.right(row) for row in rows]
    facts, offsets = encoder.facts(lines)
    recorded = _recorded(story, right, draw) if varied else {}
    wordings = [
        replace(lines[position], line=f"{lines[position].line}; asked: {rows[number]['ask']}")
        for position, number in recorded.items()
    ]
    worded = encoder.facts(wordings)[0] if wordings else []
    variants = list(_variants(rows, draw, varied=varied, share=share))
    questions = [read_question(ask, story.index) for _, ask, _ in variants]
    texts = [
        question_text(corrected(ask, question), names=names_of(question, story.index), after=after)
        for (_, ask, after), question in zip(variants, questions, strict=True)
    ]
    nearness = _Nearness(reader, facts)
    asked = []
    for (number, _, after), question, vectors in zip(variants, questions, encoder.questions(texts), strict=True):
        row, best = rows[number], right[number]
        earlier = read_question(after[-1], story.index) if after else None
        near = nearness.order(vectors)[:NEAREST]
        features = {position: _features(question, story.index, position, earlier) for position in {*near, *best}}
        span = token_span_of(row, lines[best[0]], offsets[best[0]]) if best else None
        yes = {"yes": 1, "no": 0}.get(row["short"] or "", -1) if row["type"] == "yesno" and best else -1
        asked.append(AskedVectors(row, vectors, best, near, features, span, short_of(row, span), yes, number))
    by_position = {position: (number, vectors) for (position, number), vectors in zip(recorded.items(), worded, strict=True)}
    return StoryVectors(story.name, tuple(facts), by_position, tuple(asked))


def _recorded(story: CorpusStory, right: Sequence[tuple[int, ...]], draw: random.Random) -> dict[int, int]:
    """Return some facts, and the number of the question that each has as a recorded wording."""
    recorded = {}
    for position in range(len(story.index.documents)):
        own = [number for number, positions in enumerate(right) if positions[:1] == (position,)]
        if own and draw.random() < WORDED:
            recorded[position] = draw.choice(own)
    return recorded


def _variants(
    rows: Sequence[dict[str, Any]], draw: random.Random, *, varied: bool, share: float
) -> Iterator[tuple[int, str, list[str]]]:
    """Yield the questions' numbers, what is asked, and after which questions."""
    for number, row in enumerate(rows):
        if draw.random() >= share:
            continue
        yield number, row["ask"], list(row.get("after") or ())
        if varied and draw.random() < VARIED:
            yield (number, *_varied(row, rows, draw))


class _Nearness:
    """Late interaction with the facts of a story, as `bot.answers.reader.judging.Judge` has it."""

    def __init__(self, reader: Reader, facts: Sequence[FactVectors]) -> None:
        self._judge = reader.judge
        self._facts = facts

    def order(self, question: QuestionVectors) -> tuple[int, ...]:
        near = self._judge.near(question, self._facts)[0]
        return tuple(int(position) for position in np.argsort(-near, kind="stable"))


def _features(question: Question, index: StoryIndex, position: int, earlier: Question | None) -> Floats:
    return np.array(pair_features(question, index.documents[position], earlier), dtype=np.float32)


def short_of(row: dict[str, Any], span: tuple[int, int] | None) -> int:
    """Return 1 where a question has a short answer that stands in the fact, 0 where it has none, -1 where it is not said."""
    if span is not None:
        return 1
    return 0 if row["type"] in ("said", "list", "yesno") else -1


def token_span_of(row: dict[str, Any], line: FactText, offsets: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the first and the last token of a fact's short answer, None where it has none, or it was cut off."""
    if not row.get("short") or row["type"] == "yesno":
        return None
    span = find_span(line, row["short"], row["type"])
    if span is None:
        return None
    inside = [n for n, (start, end) in enumerate(offsets) if end > span[0] and start < span[1] and end > start]
    return (inside[0], inside[-1]) if inside and offsets[inside[-1]][1] >= span[1] else None


def _varied(row: dict[str, Any], rows: Sequence[dict[str, Any]], draw: random.Random) -> tuple[str, list[str]]:
    """Return a question after another one of its story, or with two letters swapped."""
    ask, after = row["ask"], list(row.get("after") or ())
    if not after and draw.random() < TURNED:
        return ask, [draw.choice(rows)["ask"]]
    if len(ask) < 12:
        return ask, after
    letters, index = list(ask), draw.randrange(1, len(ask) - 2)
    letters[index], letters[index + 1] = letters[index + 1], letters[index]
    return "".join(letters), after
