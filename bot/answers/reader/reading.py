"""A question read against the facts of an index: which the reader ranks first, and how likely it is that the best one answers.

In: the question as typed and as read, the index, what came before in the conversation. Out: a `Reading`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.finding.documents import JOINS, Document, question_text
from bot.answers.finding.index import StoryIndex
from bot.answers.question.parsing import Question
from bot.answers.reader.encoder import FactVectors, QuestionVectors
from bot.answers.reader.features import PairFeatures, cover, pair_features
from bot.answers.reader.judging import Judged
from bot.answers.reader.probability import Evidence, probability, weigh
from bot.answers.reader.reader import Reader, VectorStock
from bot.answers.reader.stories import order_by_story, preference

MADE_NOW = 4  # facts without vectors that are encoded while the question waits: those that share most words with it
MOST_AMONG = 60  # facts at most that are all read closely where they are named


@dataclass(frozen=True, slots=True)
class ReadFact:
    """A fact as read closely: its document, what the judge says of it, and its features beside the question's."""

    document: Document
    judged: Judged
    features: PairFeatures


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader made of a question: the facts that it read closely, best first, and how sure the best one is, 0 to 1.

    ``asked`` is where the question itself stands in the line. ``others`` are the remaining facts, nearest first; ``vectors`` are
    the question's, ``evidence`` is what the probability rests on; ``unread`` counts facts without vectors.
    ``of_other_stories`` are the best facts of other stories that the question may be about as well, likeliest first.
    """

    line: str
    asked: tuple[int, int]
    vectors: QuestionVectors
    facts: tuple[ReadFact, ...]
    others: tuple[Document, ...]
    evidence: Evidence | None
    confidence: float
    unread: int = 0
    of_other_stories: tuple[Document, ...] = ()


def read(
    text: str,
    question: Question,
    index: StoryIndex,
    reader: Reader,
    stock: VectorStock,
    *,
    after: Sequence[str] = (),
    earlier: Question | None = None,
    among: frozenset[int] | None = None,
    story: str | None = None,
) -> Reading:
    """Read a question; ``after`` are the earlier ones of its conversation, ``earlier`` the last of them as read.

    ``among`` are the numbers of the facts that are read, all of them closely; None: the nearest of all. ``story`` is the one that
    the question is likely about.
    """
    meant = corrected(text, question)
    line = question_text(meant, names=names_of(question, index), after=after)
    vectors = reader.question(line)
    have, unread = _with_vectors(question, index, stock, earlier)
    if among is not None:
        have = [each for each in have if each[0].number in among]
    documents = [document for document, _ in have]
    closely = range(min(len(documents), MOST_AMONG)) if among is not None else ()
    pairs: dict[int, PairFeatures] = {}

    def features_at(place: int) -> PairFeatures:
        return pairs.setdefault(place, pair_features(question, documents[place], earlier))

    stories = [document.record.story.id for document in documents]
    judgement = reader.judge.judge(vectors, [each for _, each in have], features_at, closely, preference(stories, story))
    judgement, meant_too = order_by_story(judgement, stories, story)
    facts = tuple(ReadFact(documents[each.place], each, pairs[each.place]) for each in judgement.facts)
    taken = {each.place for each in judgement.facts}
    others = [documents[place] for place in (-judgement.near).argsort(kind="stable") if place not in taken]
    before = sum(len(each) + len(JOINS) for each in after)
    asked = before, before + len(meant)
    if not facts:
        return Reading(line, asked, vectors, (), tuple(unread), None, 0.0, len(unread))
    telling, named = tuple(map(float, vectors.weights)), bool(question.mentions)
    evidence = weigh(judgement, facts[0].features, telling, named=named, follow_up=bool(after))
    sure = probability(evidence, reader.weights.decide, reader.weights.bias)
    of_other_stories = tuple(documents[each.place] for each in meant_too)
    return Reading(line, asked, vectors, facts, (*others, *unread), evidence, sure, len(unread), of_other_stories)


def corrected(text: str, question: Question) -> str:
    """Return a question with its spelling corrected and without its question mark, which few people set in a chat."""
    for typed, meant in question.corrections:
        text = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", meant, text, flags=re.IGNORECASE)
    return text.rstrip(" ?") or text


def names_of(question: Question, index: StoryIndex) -> list[str]:
    """Return the names of the actors that a question mentions, without mentions that may mean more than two."""
    return [index.actors[key].name for mention in question.mentions if len(mention.actors) <= 2 for key in sorted(mention.actors)]


def _with_vectors(
    question: Question, index: StoryIndex, stock: VectorStock, earlier: Question | None
) -> tuple[list[tuple[Document, FactVectors]], list[Document]]:
    """Return the facts with their vectors, and those without any; the likeliest of these are encoded first."""
    found = stock.of(index.documents)
    missing = [document for document, vectors in zip(index.documents, found, strict=True) if vectors is None]
    if missing:
        missing.sort(key=lambda each: -cover(question, each) - (cover(earlier, each) if earlier is not None else 0.0))
        stock.make(missing[:MADE_NOW])
        found = stock.of(index.documents)
    pairs = list(zip(index.documents, found, strict=True))
    return [(each, vectors) for each, vectors in pairs if vectors is not None], [
        each for each, vectors in pairs if vectors is None
    ]
