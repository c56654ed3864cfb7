"""The corpus as the judge reads it: questions and facts encoded by the encoder that ships, and which facts are near.

In: stories with their questions, and a `bot.answers.reader.reader.Reader`. Out: one `StoryVectors` a story. What answering does
before the judge is done by answering's own code, so that the judge is trained on just what it is given later: a mended spelling,
8 bits a number.
"""

from __future__ import annotations

import pickle
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from examples import find_span, names_of_folder, questions_in
from numpy.typing import NDArray
from rich.progress import track
from strangers import Names

from bot.answers.finding.documents import question_text
from bot.answers.finding.index import Indexes, StoryIndex
from bot.answers.question.parsing import Question, read_question
from bot.answers.reader.encoder import FactVectors, QuestionVectors
from bot.answers.reader.features import pair_features
from bot.answers.reader.reader import Reader
from bot.answers.reader.reading import corrected, names_of
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.stories.load import load_story

NEAREST = 24  # facts a question whose features are written down, beside the right ones
VARIED = 0.5  # of the training questions are encoded once more, as a part of a conversation or typed badly
TURNED = 0.6  # of these as a part of a conversation
WORDED = 0.15  # of the training facts are encoded once more, with a question of theirs as a recorded wording
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class AskedVectors:
    """A question as encoded. ``near`` are the places of the nearest facts, ``features`` theirs and those of ``right``."""

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


def stories_of(folder: Path, reader: Reader, lexicon: Lexicon, cache: Path, *, varied: bool) -> list[StoryVectors]:
    """Encode the stories of a folder; what was encoded by this encoder before is read from the folder ``cache``."""
    paths = sorted(path for path in folder.rglob("*.yaml") if path.with_suffix(".questions.jsonl").is_file())
    names = names_of_folder(folder)
    return [_cached(path, reader, lexicon, names, cache, varied=varied) for path in track(paths, description=folder.name)]


def _cached(path: Path, reader: Reader, lexicon: Lexicon, names: Names, cache: Path, *, varied: bool) -> StoryVectors:
    cache.mkdir(parents=True, exist_ok=True)
    kept = cache / f"{path.stem}.pickle"
    newest = max(path.stat().st_mtime, path.with_suffix(".questions.jsonl").stat().st_mtime)
    if kept.exists() and kept.stat().st_mtime > newest:
        with kept.open("rb") as file:
            return pickle.load(file)  # written by this script
    story = encode_story(path, reader, lexicon, names, varied=varied)
    with kept.open("wb") as file:
        pickle.dump(story, file)
    return story


def encode_story(path: Path, reader: Reader, lexicon: Lexicon, names: Names, *, varied: bool) -> StoryVectors:
    """Encode a story's facts and questions, some about strangers of those ``names``; ``varied``: some of them changed, too."""
    draw = random.Random(path.stem)
    rows = questions_in(path, names)
    with FactBase.memory() as base:
        base.apply(load_story(path), by="training")
        index = Indexes(base, lexicon).whole()
    lines = [document.line for document in index.documents]
    places = {document.record.fact.id: place for place, document in enumerate(index.documents)}
    facts = tuple(reader.encoder.fact(line.line) for line in lines)
    worded = {}
    for place in range(len(facts)) if varied else ():
        own = [n for n, row in enumerate(rows) if row["expect"][:1] == [index.documents[place].record.fact.id]]
        if own and draw.random() < WORDED:
            number = draw.choice(own)
            worded[place] = (number, reader.encoder.fact(f"{lines[place].line}; asked: {rows[number]['ask']}"))
    nearness = _Nearness(reader, facts)
    asked = []
    for number, row in enumerate(rows):
        variants = [(row["ask"], list(row.get("after") or ()))]
        if varied and draw.random() < VARIED:
            variants.append(_varied(row, rows, draw))
        for ask, after in variants:
            question = read_question(ask, index)
            earlier = read_question(after[-1], index) if after else None
            text = question_text(corrected(ask, question), names=names_of(question, index), after=after)
            vectors = reader.encoder.question(text)
            right = tuple(places[each] for each in row["expect"])
            near = nearness.order(vectors)[:NEAREST]
            asked.append(
                AskedVectors(
                    row,
                    vectors,
                    right,
                    near,
                    {place: _features(question, index, place, earlier) for place in {*near, *right}},
                    _token_span(row, lines[right[0]], reader) if right else None,
                    _short(row),
                    {"yes": 1, "no": 0}.get(row["short"] or "", -1) if row["type"] == "yesno" else -1,
                    number,
                )
            )
    return StoryVectors(path.stem, facts, worded, tuple(asked))


class _Nearness:
    """Late interaction with the facts of a story, as `bot.answers.reader.judging.Judge` has it."""

    def __init__(self, reader: Reader, facts: Sequence[FactVectors]) -> None:
        self._judge = reader.judge
        self._facts = facts

    def order(self, question: QuestionVectors) -> tuple[int, ...]:
        near = self._judge.near(question, self._facts)[0]
        return tuple(int(place) for place in np.argsort(-near, kind="stable"))


def _features(question: Question, index: StoryIndex, place: int, earlier: Question | None) -> Floats:
    return np.array(pair_features(question, index.documents[place], earlier), dtype=np.float32)


def _short(row: dict[str, Any]) -> int:
    if row.get("span"):
        return 1
    return 0 if row["type"] in ("said", "list", "yesno") else -1


def _token_span(row: dict[str, Any], line: Any, reader: Reader) -> tuple[int, int] | None:
    if not row.get("short") or row["type"] == "yesno":
        return None
    span = find_span(line, row["short"], row["type"])
    if span is None:
        return None
    offsets = reader.encoder.fact_offsets(line.line)
    inside = [n for n, (start, end) in enumerate(offsets) if end > span[0] and start < span[1] and end > start]
    return (inside[0], inside[-1]) if inside and offsets[inside[-1]][1] >= span[1] else None


def _varied(row: dict[str, Any], rows: Sequence[dict[str, Any]], draw: random.Random) -> tuple[str, list[str]]:
    """Return a question after another one of its story, or with two letters swapped."""
    ask, after = row["ask"], list(row.get("after") or ())
    if not after and draw.random() < TURNED:
        return ask, [draw.choice(rows)["ask"]]
    if len(ask) < 12:
        return ask, after
    letters, place = list(ask), draw.randrange(1, len(ask) - 2)
    letters[place], letters[place + 1] = letters[place + 1], letters[place]
    return "".join(letters), after
