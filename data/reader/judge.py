"""The judge: a small transformer that reads a question beside each of the facts nearest to it, then compares these facts.

It reads the stored tokens of a fact beside the tokens of the question, with how well each token is met, how near the fact is, and
the features of the pair. What it made of each fact (one row of `WIDTH` numbers) then meets what it made of the others and of
"none of them", since whether a fact answers depends on whether another one answers better.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn

SIZE = 96  # numbers a token, as the encoder gives them
READ = 128  # numbers a token of the question that the encoder makes for the judge alone
WIDTH = 192
LAYERS = 3  # over the tokens of a question and a fact
HEADS = 4
FAR = -1e4  # a score that no softmax sees
PARTS = 4  # pairs of like lengths are read together in training, so that little is spent on padding


@dataclass(frozen=True, slots=True)
class Pairs:
    """Questions beside facts, as many facts a question for each: ``pairs`` = questions x facts rows.

    ``read`` (pairs, tokens, READ), ``tokens`` (pairs, tokens, SIZE), ``mask`` and ``weights`` (pairs, tokens) are the question's,
    ``fact`` (pairs, tokens, SIZE) and ``fact_mask`` the fact's; ``features`` (pairs, features); ``near`` and ``none`` (pairs)
    are the scores of late interaction, of the fact and of "none of them"; ``questions`` is how many questions there are.
    """

    read: Tensor
    tokens: Tensor
    mask: Tensor
    weights: Tensor
    fact: Tensor
    fact_mask: Tensor
    features: Tensor
    near: Tensor
    none: Tensor
    questions: int


class Verdict(NamedTuple):
    """Pairs as judged (questions, facts): ``score`` is added to the nearness, ``also`` is the log odds that the fact answers,
    ``short`` the log odds that it has a short answer, ``yes`` (.., 2) the scores of no and yes, ``start`` and ``end`` (.., tokens
    of the fact) the scores of where the short answer is; ``none`` (questions) is added to the score of "none of them".
    """

    score: Tensor
    also: Tensor
    short: Tensor
    yes: Tensor
    none: Tensor
    start: Tensor
    end: Tensor


class Layer(nn.Module):
    """A layer: attention, then a wider layer, each added to what came in. Its shapes survive the export to ONNX."""

    def __init__(self) -> None:
        super().__init__()
        self.mix = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.wide = nn.Linear(WIDTH, 2 * WIDTH)
        self.narrow = nn.Linear(2 * WIDTH, WIDTH)
        self.before_mix = nn.LayerNorm(WIDTH)
        self.before_wide = nn.LayerNorm(WIDTH)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Return the rows (sets, members, WIDTH) after the layer; ``mask`` (sets, members) marks those that count."""
        parts = self.mix(self.before_mix(x)).unflatten(-1, (3, HEADS, WIDTH // HEADS))
        query, key, value = parts.permute(2, 0, 3, 1, 4).unbind(0)
        scores = (query @ key.transpose(-1, -2)) / (WIDTH // HEADS) ** 0.5
        if mask is not None:
            scores = scores.masked_fill(mask[:, None, None, :] == 0, FAR)
        mixed = scores.softmax(-1) @ value
        x = x + self.out(mixed.transpose(1, 2).flatten(-2))
        return x + self.narrow(nn.functional.gelu(self.wide(self.before_wide(x))))


class Judge(nn.Module):
    """Reads questions and facts together, from their tokens."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.question = nn.Linear(READ + SIZE, WIDTH)
        self.fact = nn.Linear(SIZE, WIDTH)
        self.met = nn.Linear(2, WIDTH)
        self.kind = nn.Parameter(torch.randn(3, WIDTH) * 0.02)
        self.features = nn.Sequential(nn.Linear(features + 1, 64), nn.GELU(), nn.Linear(64, WIDTH))
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.read = nn.LayerNorm(WIDTH)
        self.none_start = nn.Parameter(torch.randn(WIDTH) * 0.02)
        self.none_near = nn.Linear(3, WIDTH)
        self.compare = Layer()
        self.last = nn.LayerNorm(WIDTH)
        self.verdict = nn.Linear(WIDTH, 5)
        self.none = nn.Linear(WIDTH, 1)
        self.span = nn.Linear(WIDTH, 2)
        for layer in (self.verdict, self.none, self.span):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, pairs: Pairs) -> Verdict:
        """Judge pairs."""
        x, mask = self._start(pairs)
        length = 1 + pairs.mask.shape[1]
        heads, spans = self._read(x, mask, length)
        rows = heads.unflatten(0, (pairs.questions, -1))
        near, none = (scores.unflatten(0, (pairs.questions, -1)) / 10 for scores in (pairs.near, pairs.none))
        of_none = self.none_start + self.none_near(torch.stack([none[:, 0], near.amax(1), near.mean(1)], -1))
        together = self.last(self.compare(torch.cat([of_none[:, None], rows], 1), None))
        score, also, short, no, yes = self.verdict(together[:, 1:]).float().unbind(-1)
        spans = spans.float().masked_fill(pairs.fact_mask[..., None] == 0, FAR).unflatten(0, (pairs.questions, -1))
        return Verdict(
            score,
            also,
            short,
            torch.stack([no, yes], -1),
            self.none(together[:, 0])[:, 0].float(),
            spans[..., 0],
            spans[..., 1],
        )

    def _start(self, pairs: Pairs) -> tuple[Tensor, Tensor]:
        """Return the rows that the layers begin with, the pair's own row first, and which of them count."""
        cosines = (pairs.tokens @ pairs.fact.transpose(1, 2)).masked_fill(pairs.fact_mask[:, None, :] == 0, 0.0)
        met = cosines.amax(2)
        meets = (cosines * pairs.mask[:, :, None]).amax(1)
        question = self.question(torch.cat([pairs.read, pairs.tokens * SIZE**0.5], -1)) + self.kind[0]
        question = question + self.met(torch.stack([met, pairs.weights * 10], -1))
        fact = self.fact(pairs.fact * SIZE**0.5) + self.kind[1]
        fact = fact + self.met(torch.stack([meets, torch.zeros_like(meets)], -1))
        over = ((pairs.near - pairs.none) / 10)[:, None]
        head = self.features(torch.cat([pairs.features, over], -1)) + self.kind[2]
        mask = torch.cat([torch.ones_like(pairs.mask[:, :1]), pairs.mask, pairs.fact_mask], 1)
        return torch.cat([head[:, None], question, fact], 1), mask

    def _read(self, x: Tensor, mask: Tensor, length: int) -> tuple[Tensor, Tensor]:
        """Return each pair's own row, and the scores of start and end for each token of its fact."""
        if not self.training:
            return self._read_alike(x, mask, length)
        some = mask[:, length:].sum(1).argsort().chunk(PARTS)
        parts = []
        for rows in some:
            longest = length + int(mask[rows, length:].sum(1).max())
            heads, spans = self._read_alike(x[rows, :longest], mask[rows, :longest], length)
            parts.append((heads, nn.functional.pad(spans, (0, 0, 0, x.shape[1] - longest))))
        back = torch.cat(some).argsort()
        return torch.cat([heads for heads, _ in parts])[back], torch.cat([spans for _, spans in parts])[back]

    def _read_alike(self, x: Tensor, mask: Tensor, length: int) -> tuple[Tensor, Tensor]:
        for layer in self.layers:
            x = layer(x, mask)
        x = self.read(x)
        return x[:, 0], self.span(x[:, length:])
