"""The corpus as the reader is trained on it: facts as lines, questions with their right facts and spans, their features.

In: a folder of stories, each ``NAME.yaml`` beside ``NAME.questions.jsonl``. Out: one `StoryExamples` a story.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.answers.finding.documents import FactText, question_text
from bot.answers.finding.index import Indexes, StoryIndex
from bot.answers.question.parsing import Question, read_question
from bot.answers.reader.features import FEATURES, pair_features
from bot.answers.reader.reading import names_of
from bot.drafting.article import read_article
from bot.drafting.coverage import read_coverage
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.dates import parse_date
from bot.facts.models import FactRecord, Source, Story, StoryInfo
from bot.resources import lexicon_file
from bot.stories.load import load_story
from data.reader.articles import LabelledArticle, articles_of
from data.reader.strangers import Names, names_in, strangers

Floats = NDArray[np.float32]
ARTICLES = ".articles.txt"
"""How the names of files with articles end."""

CHECKPOINT = "checkpoint.pt"
"""File in the folder of a training, from which it goes on."""

SEEN = "seen.txt"
"""File beside a training's checkpoint, with the names of the stories that the encoder has read."""
TIMES_READ = {None: 3, "terse": 3, "typo": 3, "alias": 2, "chatty": 2}  # times a pass, of questions that have an answer


@dataclass(frozen=True, slots=True)
class Example:
    """A question.

    ``right`` are positions of the facts that answer it, best first; ``span`` is where the short answer stands in the line of the
    first of them (characters), ``short`` whether there is one (None: it is not said), ``yes`` the answer of a yes/no question,
    if settled; ``features`` (facts, FEATURES) are those of the question with each fact; ``row`` the question as the file has it.
    """

    text: str
    right: tuple[int, ...]
    span: tuple[int, int] | None
    short: bool | None
    yes: bool | None
    features: Floats
    row: dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoryExamples:
    """A story's facts as lines, in the order of their ids, and its questions; or the passages of articles about it."""

    name: str
    facts: tuple[FactText, ...]
    ids: tuple[str, ...]
    questions: tuple[Example, ...]
    in_articles: bool = False


def read_times(row: dict[str, Any]) -> int:
    """Return how often a pass reads a question.

    The corpus has more paraphrases and traps than a channel has: read evenly, it teaches that a question in a fact's own
    words is mostly one that the fact does not answer.
    """
    return TIMES_READ.get(row.get("hard"), 1) if row["expect"] else 1


@dataclass(frozen=True, slots=True)
class CorpusStory:
    """A story of the corpus, as it is asked, with its facts in an index, and its questions as the file has them.

    ``positions`` are, for each fact of the story file, those in the index of what tells it: of the fact itself, or, where the
    story is read from its articles, of the passages that say the same.
    """

    name: str
    story: Story
    index: StoryIndex
    rows: tuple[dict[str, Any], ...]
    positions: Mapping[str, tuple[int, ...]]
    in_articles: bool = False

    @property
    def lines(self) -> list[FactText]:
        """The facts as the encoder reads them."""
        return [document.line for document in self.index.documents]

    def right(self, row: dict[str, Any]) -> tuple[int, ...]:
        """Return the positions of the facts that answer a question, best first."""
        right = tuple(dict.fromkeys(position for fact in row["expect"] for position in self.positions.get(fact, ())))
        short = row.get("short")
        if not short or row["type"] in ("yesno", "list"):
            return right
        lines = self.lines  # of several sentences that tell a fact, not each tells all of it
        return tuple(position for position in right if find_span(lines[position], short, row["type"])) or right


def corpus_stories(folder: Path, lexicon: Lexicon) -> Iterator[CorpusStory]:
    """Yield the stories of a folder, and of those in it, that have questions beside them, then each as its articles tell it."""
    with_questions = sorted(path for path in folder.rglob("*.yaml") if path.with_suffix(".questions.jsonl").is_file())
    names = names_of_folder(folder)
    for path in with_questions:
        yield corpus_story(path, lexicon, names)
    for path in with_questions:
        if path.with_suffix(ARTICLES).is_file():
            yield _story_in_articles(path, lexicon, names)


def read_folder(folder: Path) -> list[StoryExamples]:
    """Read the stories of a folder; see `corpus_stories`."""
    with closing(Lexicon(lexicon_file())) as lexicon:
        return [examples_of(story) for story in corpus_stories(folder, lexicon)]


def names_of_folder(folder: Path) -> Names:
    """Return the names of the actors of all stories of a folder and of the folders in it."""
    return names_in(load_story(path).actors for path in sorted(folder.rglob("*.yaml")))


def questions_in(path: Path, names: Names | None = None) -> list[dict[str, Any]]:
    """Return the questions of a story; with ``names`` of other stories, some of them once more about strangers."""
    with path.with_suffix(".questions.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    if names is None:
        return rows
    text = path.read_text(encoding="utf-8").casefold()
    return [*rows, *strangers(rows, load_story(path).actors, names, text, random.Random(path.stem))]


def corpus_story(path: Path, lexicon: Lexicon, names: Names | None = None) -> CorpusStory:
    """Read a story; see `corpus_stories`. With ``names`` of other stories, it is asked about strangers too."""
    story = load_story(path)
    index = _index_of(story, lexicon)
    positions = {document.record.fact.id: (position,) for position, document in enumerate(index.documents)}
    return CorpusStory(path.stem, story, index, tuple(questions_in(path, names)), positions)


def _story_in_articles(path: Path, lexicon: Lexicon, names: Names) -> CorpusStory:
    """Return a story as its articles tell it: their sentences are the facts, and those that tell a fact answer its questions.

    A question of which the articles tell nothing is one that must not be answered.
    """
    labelled = {article.id: article for article in articles_of(path)}
    story = coverage_of(labelled.values())
    index = _index_of(story, lexicon)
    positions: dict[str, tuple[int, ...]] = {}
    for position, document in enumerate(index.documents):
        for fact in sorted(_facts_told(document.record, labelled)):
            positions[fact] = (*positions.get(fact, ()), position)
    return CorpusStory(f"{path.stem} in articles", story, index, tuple(questions_in(path, names)), positions, in_articles=True)


def coverage_of(articles: Iterable[LabelledArticle]) -> Story:
    """Return labelled articles as they are read when somebody gives them to the bot."""
    read = ((read_article(article.text, title=article.headline), _source_of(article)) for article in articles)
    return read_coverage(StoryInfo("articles", "Articles"), read)


def _source_of(article: LabelledArticle) -> Source:
    return Source(article.id, "article-newspaper", article.headline, article.outlet, published=parse_date(article.day))


def _facts_told(passage: FactRecord, articles: Mapping[str, LabelledArticle]) -> frozenset[str]:
    """Return the facts of the story that a passage tells."""
    first = passage.fact.citations[0]
    return articles[first.source].paragraphs[int(first.locator or 0) - 1].told_by(passage.fact.text)


def _index_of(story: Story, lexicon: Lexicon) -> StoryIndex:
    with FactBase.memory() as base:
        base.apply(story, by="training")
        return Indexes(base, lexicon).whole()


def examples_of(story: CorpusStory) -> StoryExamples:
    """Return a story as the networks are trained on it."""
    lines = tuple(story.lines)
    ids = tuple(document.record.fact.id for document in story.index.documents)
    examples = tuple(_example(row, story, lines) for row in story.rows)
    return StoryExamples(story.name, lines, ids, examples, story.in_articles)


def _example(row: dict[str, Any], story: CorpusStory, lines: Sequence[FactText]) -> Example:
    question, pairs = features_of(row["ask"], row.get("after") or (), story.index)
    right, short = story.right(row), row.get("short")
    yes = {"yes": True, "no": False}.get(short or "") if row["type"] == "yesno" else None
    span = find_span(lines[right[0]], short, row["type"]) if right and short and row["type"] != "yesno" else None
    has_short = True if span else False if row["type"] in ("said", "list", "yesno") else None
    text = question_text(row["ask"], names=names_of(question, story.index), after=row.get("after") or ())
    return Example(text, right, span, has_short, yes, pairs, row)


def features_of(ask: str, after: Sequence[str], index: StoryIndex) -> tuple[Question, Floats]:
    """Return a question as read, and its features with each fact (facts, FEATURES)."""
    question = read_question(ask, index)
    earlier = read_question(after[-1], index) if after else None
    rows = [pair_features(question, document, earlier) for document in index.documents]
    return question, np.array(rows, dtype=np.float32).reshape(len(rows), len(FEATURES))


def find_span(fact: FactText, short: str, kind: str) -> tuple[int, int] | None:
    """Return where a short answer stands in a fact: a date in its field first, all else in its text first; None if nowhere."""
    first = "date" if kind == "when" else "text"
    for part in sorted(fact.parts, key=lambda part: (part.field != first, part.field == "role")):
        match = re.search(re.escape(short), fact.line[part.start : part.end], re.IGNORECASE)
        if match:
            return part.start + match.start(), part.start + match.end()
    return None
