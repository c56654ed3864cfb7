"""Batches of questions and facts of one story each, ready for the reader: tokens, right facts, spans, features."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor
from transformers import PreTrainedTokenizerFast

from bot.answers.finding.documents import FactText
from bot.answers.reader.encoder import MAX_QUESTION_TOKENS, cut_fact, read_text
from bot.answers.reader.features import FEATURES
from data.reader.examples import Example, StoryExamples, read_times

QUESTIONS = 60  # a step
FACTS = 48  # a step
STRANGERS = 2  # questions of other stories a step, which no fact answers
HIDDEN = 0.08  # of the questions have their right facts hidden, so that none of the others answers them
MISTYPED = 0.06  # of the questions are typed badly once more
TURNED = 0.12  # of the questions that stand alone come after another one of their story, as if in a conversation
WORDED = 0.08  # of the facts have another question of theirs as a recorded wording


@dataclass(frozen=True, slots=True)
class Batch:
    """Questions and facts of a step.

    ``questions`` are (ids, mask), ``facts`` (ids, mask, kept). ``right`` and ``hidden`` (questions, facts) mark right facts and
    those that a question must not see; ``features`` is (questions, facts, features). ``spans`` (questions, 3): the fact's column
    and the first and last token of the short answer, -1 where there is none; ``short`` (questions): 1 there is one, 0 there is
    none, -1 not said; ``yes`` likewise.
    """

    questions: tuple[Tensor, Tensor]
    facts: tuple[Tensor, Tensor, Tensor]
    right: Tensor
    hidden: Tensor
    features: Tensor
    spans: Tensor
    short: Tensor
    yes: Tensor


class Tokens:
    """Turns lines into tokens."""

    def __init__(self, tokenizer: PreTrainedTokenizerFast) -> None:
        self.tokenizer = tokenizer

    def questions(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Return ids and mask; of a text that is too long the end is kept."""
        self.tokenizer.truncation_side = "left"
        encoded = self.tokenizer(list(texts), truncation=True, max_length=MAX_QUESTION_TOKENS, padding=True, return_tensors="pt")
        return encoded["input_ids"], encoded["attention_mask"]

    def facts(self, lines: Sequence[FactText]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return ids, mask, the mask of the tokens that are kept, and where each of these stands in its line (texts, tokens, 2).

        They are cut as `cut_fact` says.
        """
        encoded = self.tokenizer([read_text(line) for line in lines], return_offsets_mapping=True)
        pairs = zip(encoded["input_ids"], encoded["offset_mapping"], strict=True)
        read = [cut_fact(line, [*zip(*pair, strict=True)]) for line, pair in zip(lines, pairs, strict=True)]
        ids = torch.full((len(lines), max(len(tokens.ids) for tokens in read)), self.tokenizer.pad_token_id)
        mask, kept = torch.zeros_like(ids), torch.zeros_like(ids)
        offsets = torch.zeros(*ids.shape, 2, dtype=torch.long)
        for row, tokens in enumerate(read):
            own = slice(tokens.start, tokens.start + len(tokens.offsets))
            ids[row, : len(tokens.ids)], mask[row, : len(tokens.ids)] = torch.tensor(tokens.ids), 1
            kept[row, own], offsets[row, own] = 1, torch.tensor(tokens.offsets).reshape(-1, 2)
        return ids, mask, kept, offsets


def steps(stories: Sequence[StoryExamples], draw: random.Random, facts: float = 1.0) -> list[tuple[int, list[int]]]:
    """Return the steps of one pass: a story and which of its questions, each once a step, in random order.

    Of the steps about hand-made stories this share is taken, of those about stories as articles tell them all.
    """
    jobs = []
    for number, story in enumerate(stories):
        order = [index for index, question in enumerate(story.questions) for _ in range(read_times(question.row))]
        draw.shuffle(order)
        parts = max(1, round(len(order) / QUESTIONS))
        taken = (part for part in range(parts) if story.in_articles or draw.random() < facts)
        jobs += [(number, list(dict.fromkeys(order[part::parts]))) for part in taken]
    draw.shuffle(jobs)
    return jobs


def make_batch(
    stories: Sequence[StoryExamples], number: int, chosen: Sequence[int], tokens: Tokens, draw: random.Random
) -> Batch:
    """Make the batch of a step, with what is varied drawn anew."""
    story = stories[number]
    examples = [_varied(_turned(story.questions[index], story, draw), draw) for index in chosen]
    facts = _facts_of(examples, story, draw)
    lines = [_worded(story, fact, set(chosen), draw) for fact in facts]
    columns = {fact: column for column, fact in enumerate(facts)}
    strangers = [_stranger(stories, number, draw, story) for _ in range(STRANGERS)]
    ids, mask, kept, offsets = tokens.facts(lines)
    everyone = [*examples, *strangers]
    right = torch.zeros(len(everyone), len(facts), dtype=torch.bool)
    hidden = torch.zeros_like(right)
    spans = torch.full((len(everyone), 3), -1)
    short = torch.full((len(everyone),), -1)
    yes = torch.full((len(everyone),), -1)
    for row, example in enumerate(everyone):
        answers = [columns[fact] for fact in example.right]
        if answers and draw.random() < HIDDEN:
            hidden[row, answers] = True
            continue
        right[row, answers] = True
        short[row] = -1 if example.short is None else int(example.short)
        yes[row] = -1 if example.yes is None else int(example.yes)
        if example.span is not None:
            span = token_span(offsets[answers[0]], example.span)
            if span is not None:
                spans[row] = torch.tensor((answers[0], *span))
    features = np.stack([example.features[facts] for example in everyone])
    return Batch(
        tokens.questions([example.text for example in everyone]),
        (ids, mask, kept),
        right,
        hidden,
        torch.from_numpy(features),
        spans,
        short,
        yes,
    )


def token_span(offsets: Tensor, span: tuple[int, int]) -> tuple[int, int] | None:
    """Return the first and the last token of a span of characters, None where it was cut off."""
    starts, ends = offsets[:, 0], offsets[:, 1]
    inside = ((ends > span[0]) & (starts < span[1]) & (ends > starts)).nonzero()
    if not len(inside) or int(ends[inside[-1]]) < span[1]:
        return None
    return int(inside[0]), int(inside[-1])


def _facts_of(examples: Sequence[Example], story: StoryExamples, draw: random.Random) -> list[int]:
    """Return the facts of a step: the right ones, then others at random."""
    right = list(dict.fromkeys(fact for example in examples for fact in example.right))
    others = [fact for fact in range(len(story.facts)) if fact not in set(right)]
    draw.shuffle(others)
    return right + others[: max(8, FACTS - len(right))]


def _stranger(stories: Sequence[StoryExamples], number: int, draw: random.Random, story: StoryExamples) -> Example:
    other = stories[draw.choice([index for index in range(len(stories)) if index != number])]
    example = draw.choice(other.questions)
    features = np.zeros((len(story.facts), example.features.shape[1]), dtype=np.float32)
    return replace(example, right=(), span=None, short=None, yes=None, features=features)


def _worded(story: StoryExamples, fact: int, asked: set[int], draw: random.Random) -> FactText:
    """Return a fact's line, sometimes with a question of its own, that is not asked in this step, as a recorded wording."""
    line = story.facts[fact]
    if draw.random() >= WORDED:
        return line
    others = [
        question
        for index, question in enumerate(story.questions)
        if fact in question.right[:1] and index not in asked and not question.row.get("after")
    ]
    return replace(line, line=f"{line.line}; asked: {draw.choice(others).row['ask']}") if others else line


def _turned(example: Example, story: StoryExamples, draw: random.Random) -> Example:
    """Return a question that stands alone as it is asked after another one, so that the reader learns what to make of that."""
    if example.row.get("after") or draw.random() >= TURNED:
        return example
    other = draw.choice(story.questions)
    features = example.features.copy()
    features[:, FEATURES.index("earlier")] = other.features[:, FEATURES.index("cover")]
    return replace(example, text=f"{other.row['ask']} > {example.text}", features=features)


def _varied(example: Example, draw: random.Random) -> Example:
    if draw.random() >= MISTYPED or len(example.text) < 12:
        return example
    letters = list(example.text)
    index = draw.randrange(1, len(letters) - 2)
    letters[index], letters[index + 1] = letters[index + 1], letters[index]
    return replace(example, text="".join(letters))
