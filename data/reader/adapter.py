"""The adapter: what the second network makes of a question in any language, turned into what the first would make of it.

The first network reads English alone, and ranks facts better than the second, which reads any language. Facts in English are
stored as both have encoded them. So a question in another language is read by the lower layers of the second network, and by
upper layers of its own, which are trained to put its tokens where the first network would have them: there they are held against
facts as the first network has stored them, and its judge reads both.

A small encoder of questions beside a large one of documents is common in retrieval (Wang and Lyu 2023, "Query Encoder
Distillation via Embedding Alignment").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import normalize
from transformers.models.bert.modeling_bert import BertConfig, BertLayer

from data.reader.judge import FAR, READ, SIZE

WIDTH = 384  # of the second network, as its heads and the width within its layers
HEADS = 12
WITHIN = 1536
LOWER = 8  # layers of the second network's twelve that are read as they are
UPPER = 4  # layers that begin as its upper ones


class Adapted(NamedTuple):
    """Questions where the first network has its own: as `bot.answers.reader.encoder.QuestionVectors`, many at once."""

    tokens: Tensor
    whole: Tensor
    read: Tensor
    weights: Tensor
    none: Tensor


class Adapter(nn.Module):
    """The upper layers, and what they are projected to; ``none`` is the first network's usual score of "none of the facts"."""

    def __init__(self, none: float = 0.0) -> None:
        super().__init__()
        config = BertConfig(
            hidden_size=WIDTH,
            num_attention_heads=HEADS,
            intermediate_size=WITHIN,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            attn_implementation="eager",
        )
        self.layers = nn.ModuleList(BertLayer(config) for _ in range(UPPER))
        self.project = nn.Linear(WIDTH, SIZE)
        self.read = nn.Linear(WIDTH, READ)
        self.weigh = nn.Linear(WIDTH, 1)
        self.none = nn.Linear(WIDTH, 1)
        for layer in (self.weigh, self.none):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)
        nn.init.constant_(self.none.bias, none)

    def start_layers(self, second: Mapping[str, Tensor]) -> None:
        """Begin with the upper layers of the second network, of which these are the weights by their names."""
        names = {f"encoder.body.encoder.layer.{LOWER + number}.": f"{number}." for number in range(UPPER)}
        own = {
            name.replace(start, number): value
            for name, value in second.items()
            for start, number in names.items()
            if name.startswith(start)
        }
        self.layers.load_state_dict(own)

    def upper(self, lower: Tensor, mask: Tensor) -> Tensor:
        """Return what the upper layers make of what the lower ones made (questions, tokens, WIDTH)."""
        hidden = (1 - mask)[:, None, None, :].to(lower.dtype) * FAR
        for layer in self.layers:
            given = layer(lower, hidden)
            lower = given[0] if isinstance(given, tuple) else given
        return lower

    def forward(self, lower: Tensor, weights: Tensor, mask: Tensor) -> Adapted:
        """Adapt questions: ``lower``, and the weight that the second network gives each token (questions, tokens)."""
        x, some = self.upper(lower, mask), mask.to(weights.dtype)
        lengths = some.sum(1, keepdim=True)
        moved = self.project(x).float()
        whole = normalize((moved * some[..., None]).sum(1) / lengths, dim=-1)
        # A token begins with the weight that the second network gave it: where all weigh alike, it counts by half.
        before = torch.logit((weights * lengths / 2).clamp(0.02, 0.98))
        weighed = torch.sigmoid(self.weigh(x)[..., 0].float() + before) * some
        none = self.none((x * some[..., None]).sum(1) / lengths)[..., 0].float()
        return Adapted(normalize(moved, dim=-1), whole, self.read(x).float(), weighed / weighed.sum(-1, keepdim=True), none)
