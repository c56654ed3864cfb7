"""A question read against the facts of an index: which the reader ranks first, and how likely it is that the best one answers.

Facts are ordered by their scores, in which both their nearness and the judge's opinion count, of one story or of several. A story
that is named by its title, or that the conversation is about, is preferred.

How sure the best fact is comes of one calibrated probability, by a logistic regression that ``data/reader/decide.py`` fits on the
validation stories. From the threshold the question is answered; from a lower one the best fact is shown as one that may answer;
below that nothing is.

In: the question as typed and as read, the index, what came before in the conversation. Out: a `Reading`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

import numpy as np

from bot.answers.finding.documents import JOINS, Document, question_text
from bot.answers.finding.index import StoryIndex
from bot.answers.question.parsing import Question
from bot.answers.reader.encoder import FactVectors, QuestionVectors
from bot.answers.reader.features import NOT_COMPARED, PairFeatures, cover, figures_left, pair_features
from bot.answers.reader.judging import NEARNESS, Judged, Judgement
from bot.answers.reader.reader import FactStock
from bot.facts.stems import main_language

MADE_NOW = 4  # facts without vectors that are encoded while the question waits: those that share most words with it
MAX_AMONG = 60  # facts at most that are all read closely where they are named
# Fitted on the validation stories among 120 others.
PREFERRED = 6.0  # what a fact of the preferred story gains on others; which win where they are much likelier
NEARER = PREFERRED / (1 + NEARNESS)  # the same in nearness, as the score has it in it
DOUBTFUL = 4.0  # by so much another story may be less likely and be meant: of such answers three in four are wrong
_FAR = 20.0  # log odds beyond which a score is no surer


class Evidence(NamedTuple):
    """What speaks for the best fact answering. Scores are log odds of the reader's, squeezed to one scale."""

    over_none: float  # the best fact's score above that of "none of them"
    all_over_none: float  # all facts' scores together above it
    over_second: float  # the best fact's score above the second's
    near_over_none: float  # the nearest fact's score above that of "none", before the judge
    second_over_none: float  # the best fact's nearness by the second network, above that of "none"
    second_over_others: float  # the same above the nearest other fact's, below nought where that is nearer
    also: float  # log odds that the best fact answers, by itself
    unmet: float  # how far the least met of the question's telling words is from any word of the fact
    cover_names: float
    names_left: float  # share of the actors named that the fact does not have
    slot_missing: float
    figures_left: float  # share of the question's numbers in figures that the fact does not have
    follow_up: float  # it was asked after other questions
    passage: float  # the best fact is a sentence of an article
    foreign: float  # it is in another language than the question


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

    @classmethod
    def of_nothing(cls, line: str, asked: tuple[int, int], vectors: QuestionVectors, unread: Sequence[Document]) -> Self:
        """Return the reading of a question for which no fact has vectors; ``unread`` are those without."""
        return cls(
            line=line,
            asked=asked,
            vectors=vectors,
            facts=(),
            others=tuple(unread),
            evidence=None,
            confidence=0.0,
            unread=len(unread),
        )


def read(
    text: str,
    question: Question,
    index: StoryIndex,
    stock: FactStock,
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
    reader, meant = stock.reader, corrected(text, question)
    line = question_text(meant, names=names_of(question, index), after=after)
    vectors = reader.question(line)
    asked_of = [document for document in index.documents if among is None or document.number in among]
    have, unread = _with_vectors(question, asked_of, stock, earlier)
    documents = [document for document, _ in have]
    closely = range(min(len(documents), MAX_AMONG)) if among is not None else ()
    pairs: dict[int, PairFeatures] = {}

    def features_at(position: int) -> PairFeatures:
        features = pair_features(question, documents[position], earlier) if stock.compares_words else NOT_COMPARED
        return pairs.setdefault(position, features)

    stories = [document.record.story.id for document in documents]
    if story is None and not stock.compares_words:
        story = _only_story(question)
    preference = np.array([NEARER if story_id == story else 0.0 for story_id in stories], dtype=np.float32)
    judgement = reader.judge.judge(vectors, [fact_vectors for _, fact_vectors in have], features_at, closely, preference)
    judgement, meant_too = order_by_story(judgement, stories, story)
    facts = tuple(ReadFact(documents[fact.position], fact, pairs[fact.position]) for fact in judgement.facts)
    others = [documents[position] for position in (-judgement.near.both).argsort(kind="stable") if position not in pairs]
    before = sum(len(earlier_text) + len(JOINS) for earlier_text in after)
    asked = before, before + len(meant)
    if not facts:
        return Reading.of_nothing(line, asked, vectors, unread)
    best = facts[0].document
    evidence = weigh(
        judgement,
        pair_features(question, best, earlier),
        tuple(map(float, vectors.weights)),
        named=bool(question.mentions),
        figures_left=figures_left(text, best),
        follow_up=bool(after),
        passage=best.record.fact.kind == "passage",
        foreign=main_language(best.record.story.language) != question.language,
    )
    sure = probability(evidence, reader.weights.decide, reader.weights.bias)
    if not _is_likeliest_by_words(best, unread, question, earlier):
        sure = 0.0
    return Reading(
        line=line,
        asked=asked,
        vectors=vectors,
        facts=facts,
        others=(*others, *unread),
        evidence=evidence,
        confidence=sure,
        unread=len(unread),
        of_other_stories=tuple(documents[fact.position] for fact in meant_too),
    )


def corrected(text: str, question: Question) -> str:
    """Return a question with its spelling corrected and without its question mark, which few people set in a chat."""
    for typed, meant in question.corrections:
        text = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", meant, text, flags=re.IGNORECASE)
    return text.rstrip(" ?") or text


def names_of(question: Question, index: StoryIndex) -> list[str]:
    """Return the names of the actors that a question mentions, without mentions that may mean more than two."""
    return [index.actors[key].name for mention in question.mentions if len(mention.actors) <= 2 for key in sorted(mention.actors)]


def _only_story(question: Question) -> str | None:
    """Return the one story that has all the actors that a question names, None where there are several or none."""
    stories = {key.rpartition("/")[0] for key in question.actors}
    return stories.pop() if len(stories) == 1 else None


def _with_vectors(
    question: Question, documents: Sequence[Document], stock: FactStock, earlier: Question | None
) -> tuple[list[tuple[Document, FactVectors]], list[Document]]:
    """Return the facts with their vectors, and those without any; the likeliest of these are encoded first."""
    encoded = stock.of(documents)
    missing = [document for document, vectors in zip(documents, encoded, strict=True) if vectors is None]
    if missing:
        missing.sort(key=lambda document: -_shared(document, question, earlier))
        stock.make(missing[:MADE_NOW])
        encoded = stock.of(documents)
    pairs = list(zip(documents, encoded, strict=True))
    have = [(document, vectors) for document, vectors in pairs if vectors is not None]
    return have, [document for document, vectors in pairs if vectors is None]


def _is_likeliest_by_words(best: Document, unread: Sequence[Document], question: Question, earlier: Question | None) -> bool:
    """Return whether a fact shares more words with a question than any fact without vectors.

    Until all have vectors, the best of those that happen to have them answers only where words alone find it likelier than the
    others, too; else one of these may be better, and nothing can be said yet.
    """
    own = _shared(best, question, earlier)
    return all(_shared(document, question, earlier) < own for document in unread)


def _shared(document: Document, question: Question, earlier: Question | None) -> float:
    return cover(question.terms, document) + (cover(earlier.terms, document) if earlier is not None else 0.0)


def order_by_story(judgement: Judgement, stories: Sequence[str], preferred: str | None) -> tuple[Judgement, tuple[Judged, ...]]:
    """Order judged facts by their scores, those of the preferred story further up; ``stories`` has that of each place.

    Returned with them are the best facts of other stories that may be meant as well, the likeliest first.
    """
    likely = {fact.position: fact.score + (PREFERRED if stories[fact.position] == preferred else 0.0) for fact in judgement.facts}
    ordered = sorted(judgement.facts, key=lambda fact: (-likely[fact.position], fact.position))
    best: dict[str, Judged] = {}
    for fact in ordered:
        best.setdefault(stories[fact.position], fact)
    least = max(likely.values(), default=0.0) - DOUBTFUL
    of_other_stories = tuple(fact for fact in [*best.values()][1:] if likely[fact.position] > least)
    return replace(judgement, facts=tuple(ordered)), of_other_stories


def weigh(
    judgement: Judgement,
    features: PairFeatures,
    weights: tuple[float, ...],
    *,
    named: bool,
    figures_left: float,
    follow_up: bool,
    passage: bool,
    foreign: bool,
) -> Evidence:
    """Return the evidence for the best fact; ``weights`` are those of the question's tokens, ``features`` the fact's."""
    best = judgement.facts[0]
    scores = [fact.score for fact in judgement.facts]
    second = scores[1] if len(scores) > 1 else best.score - _FAR
    together = best.score + math.log(sum(math.exp(score - best.score) for score in scores))
    telling = max(weights)
    cosines = [cosine for _, cosine in best.met]
    others = np.delete(judgement.near.second, best.position)
    return Evidence(
        over_none=_squeezed(best.score - judgement.none),
        all_over_none=_squeezed(together - judgement.none),
        over_second=_squeezed(best.score - second),
        near_over_none=_squeezed(float(judgement.near.first.max()) - judgement.none),
        second_over_none=_squeezed(best.second),
        second_over_others=_squeezed(best.second - others.max(initial=best.second - _FAR)),
        also=_squeezed(best.also),
        unmet=max(weight / telling * (1 - cosine) for weight, cosine in zip(weights, cosines, strict=True)),
        cover_names=features.cover_names,
        names_left=1 - features.actor if named else 0.0,
        slot_missing=features.slot_missing,
        figures_left=figures_left,
        follow_up=float(follow_up),
        passage=float(passage),
        foreign=float(foreign),
    )


def probability(evidence: Evidence, weights: Mapping[str, float], bias: float) -> float:
    """Return how likely it is that the best fact answers."""
    total = bias + sum(weights.get(name, 0.0) * value for name, value in evidence._asdict().items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) if math.isfinite(total) else 0.0


def _squeezed(score: float) -> float:
    # A quarter brings scores to about the size of the shares between 0 and 1, so that the regression pulls on all of them alike.
    return max(-_FAR, min(_FAR, score)) / 4 if math.isfinite(score) else 0.0
