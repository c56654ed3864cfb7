"""Batches of questions beside the facts nearest to them, as the judge is trained and measured on them.

In: stories as encoded (`vectors.StoryVectors`). Out: a `PairBatch`, for scoring just what answering gives to the judge, for
training with what is varied drawn anew.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from bot.answers.reader.encoder import Weights
from bot.answers.reader.features import FEATURES
from bot.answers.reader.judging import JUDGED
from data.reader.judge import READ, SIZE, Pairs
from data.reader.vectors import AskedVectors, StoryVectors

TRAINED = 7  # facts a question that the judge reads in training
HIDDEN = 0.08  # of the questions have their right facts hidden, so that none of the others answers them
SKIPPED = 0.15  # of the wrong facts are left out for one that is less near
DROPPED = 0.1  # of the questions go without their features, so that the judge does not lean on them
NOISY = 0.7  # of the questions have their nearness blurred: the encoder has seen the training stories, and there it is too sure
NOISE = 2.0  # of that, in log odds
NOWHERE = -30.0  # nearness of a fact that only fills a row
Asked = tuple[StoryVectors, AskedVectors]


@dataclass(frozen=True, slots=True)
class PairBatch:
    """Questions beside facts. ``near``, ``right`` and ``real`` are (questions, facts): nearness, which facts answer, which are
    facts at all; ``none`` (questions) the score of "none of them"; ``spans`` (questions, 3) the right fact's column and the first
    and last token of the short answer, ``short`` and ``yes`` (questions) 1, 0, or -1 where it is not said. ``positions`` are
    those of the facts in their story, in the order of the columns.
    """

    pairs: Pairs
    near: Tensor
    none: Tensor
    right: Tensor
    real: Tensor
    spans: Tensor
    short: Tensor
    yes: Tensor
    positions: tuple[tuple[int, ...], ...]


def training_batch(
    asked: Sequence[Asked], weights: Weights, draw: random.Random, unseen: Collection[str] = frozenset()
) -> PairBatch:
    """Return questions as they are trained on; nothing is blurred of stories that the encoder has not read (``unseen``)."""
    chosen = [_drawn(question, draw) for _, question in asked]
    facts = [
        [_fact(story, question, position, draw) for position in positions]
        for (story, question), (positions, _) in zip(asked, chosen, strict=True)
    ]
    plain = [draw.random() < DROPPED for _ in asked]
    seen = torch.tensor([story.name not in unseen for story, _ in asked])
    blurred = seen & (torch.rand(len(asked)) < NOISY)
    return _batch(asked, chosen, facts, weights, plain, blurred * NOISE)


def scoring_batch(asked: Sequence[Asked], weights: Weights) -> PairBatch:
    """Return questions beside the facts that the judge reads in answering."""
    chosen = [(question.near[:JUDGED], question.right) for _, question in asked]
    facts = [
        [torch.from_numpy(story.facts[position].directions) for position in positions]
        for (story, _), (positions, _) in zip(asked, chosen, strict=True)
    ]
    return _batch(asked, chosen, facts, weights, [False] * len(asked), torch.zeros(len(asked)))


def _drawn(question: AskedVectors, draw: random.Random) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the facts beside a question, and those of them that answer it."""
    wrong = [position for position in question.near if position not in question.right]
    if question.right and draw.random() < HIDDEN:
        return tuple(wrong[:TRAINED]), ()
    near = [position for position in question.near if position in question.right]
    right = list(dict.fromkeys([*question.right[:1], *near]))[: TRAINED // 2 + 1]
    left = [position for position in wrong if draw.random() >= SKIPPED]
    others = [*left, *(position for position in wrong if position not in left)]
    return tuple([*right, *others][:TRAINED]), question.right


def _fact(story: StoryVectors, question: AskedVectors, position: int, draw: random.Random) -> Tensor:
    """Return a fact's directions, sometimes with a recorded wording that is not this question."""
    vectors = story.facts[position]
    if position in story.worded and story.worded[position][0] != question.number and draw.random() < 0.5:
        vectors = story.worded[position][1]
    return torch.from_numpy(vectors.directions)


def _batch(
    asked: Sequence[Asked],
    chosen: Sequence[tuple[tuple[int, ...], tuple[int, ...]]],
    facts: Sequence[Sequence[Tensor]],
    weights: Weights,
    plain: Sequence[bool],
    noise: Tensor,
) -> PairBatch:
    questions, columns = [question for _, question in asked], max(len(positions) for positions, _ in chosen)
    fact, fact_mask, whole = _facts(facts, columns)
    read, tokens, mask, telling = _questions(questions)
    features = torch.zeros(len(asked), columns, len(FEATURES))
    right, real = torch.zeros(len(asked), columns, dtype=torch.bool), torch.zeros(len(asked), columns, dtype=torch.bool)
    spans, short, yes = torch.full((len(asked), 3), -1), torch.full((len(asked),), -1), torch.full((len(asked),), -1)
    for row, (question, (positions, answers)) in enumerate(zip(questions, chosen, strict=True)):
        real[row, : len(positions)] = True
        for column, position in enumerate(positions):
            right[row, column] = position in answers
            if not plain[row]:
                features[row, column] = torch.from_numpy(question.features[position])
            if question.span is not None and answers and position == answers[0]:
                spans[row] = torch.tensor([column, *question.span])
        if answers:
            short[row], yes[row] = question.short, question.yes
    wholes = torch.stack([torch.from_numpy(question.vectors.whole) for question in questions])
    best = torch.einsum("qpfd,qtd->qptf", fact, tokens).masked_fill(fact_mask[:, :, None, :] == 0, -1.0).amax(-1)
    near = weights.scale * (best * telling[:, None]).sum(-1) + weights.whole * (whole * wholes[:, None]).sum(-1)
    near = near.masked_fill(~real, NOWHERE)
    none = torch.tensor([question.vectors.none for question in questions])
    top = near.topk(min(2, columns), 1).values
    w = weights.none_near
    none = none + (w[0] * none + w[1] * top[:, 0] + w[2] * top[:, -1]) / 10 + w[3]
    near = near + torch.randn_like(near) * noise[:, None]
    read, tokens, mask, telling = (values.repeat_interleave(columns, 0) for values in (read, tokens, mask, telling))
    pairs = Pairs(
        read, tokens, mask, telling, fact.flatten(0, 1), fact_mask.flatten(0, 1), features.flatten(0, 1), near.flatten(0, 1),
        none.repeat_interleave(columns), len(asked),
    )  # fmt: skip
    return PairBatch(pairs, near, none, right, real, spans, short, yes, tuple(positions for positions, _ in chosen))


def _questions(questions: Sequence[AskedVectors]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return what the judge reads (questions, tokens, READ), tokens (.., SIZE), their mask and their weights."""
    count, length = len(questions), max(len(question.vectors.tokens) for question in questions)
    read, tokens = torch.zeros(count, length, READ), torch.zeros(count, length, SIZE)
    mask, telling = torch.zeros(count, length, dtype=torch.long), torch.zeros(count, length)
    for row, vectors in enumerate(question.vectors for question in questions):
        size = len(vectors.tokens)
        read[row, :size], tokens[row, :size] = torch.from_numpy(vectors.read), torch.from_numpy(vectors.tokens)
        mask[row, :size], telling[row, :size] = 1, torch.from_numpy(vectors.weights)
    return read, tokens, mask, telling


def _facts(facts: Sequence[Sequence[Tensor]], columns: int) -> tuple[Tensor, Tensor, Tensor]:
    """Return tokens (questions, columns, tokens, SIZE), their mask, and the wholes (questions, columns, SIZE)."""
    longest = max(len(fact) for row in facts for fact in row) - 1
    tokens = torch.zeros(len(facts), columns, longest, SIZE)
    mask, whole = torch.zeros(tokens.shape[:3], dtype=torch.long), torch.zeros(len(facts), columns, SIZE)
    for row, some in enumerate(facts):
        for column, fact in enumerate(some):
            size = len(fact) - 1
            tokens[row, column, :size], mask[row, column, :size], whole[row, column] = fact[1:], 1, fact[0]
        mask[row, len(some) :, 0] = 1  # a row that only fills has one token, of zeros
    return tokens, mask, whole
