"""What the networks are trained to do, as losses."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from data.reader.judge import FAR, Verdict

WORTH = {"near": 0.7, "judge": 1.0, "also": 0.5, "span": 0.4, "short": 0.1, "yes": 0.2}


def total_of(parts: dict[str, Tensor]) -> Tensor:
    """Return the parts of a loss added up, each by its worth."""
    return torch.stack([WORTH[name] * part for name, part in parts.items()]).sum()


def listwise(scores: Tensor, none: Tensor, right: Tensor) -> Tensor:
    """Return the mean of minus the log of the share that right facts have (questions, facts), or "none" where none is right."""
    aim = torch.cat([right, ~right.any(1, keepdim=True)], 1)
    return -torch.logsumexp(torch.log_softmax(torch.cat([scores, none[:, None]], 1), 1).masked_fill(~aim, FAR), 1).mean()


def judged(
    verdict: Verdict, near: Tensor, none: Tensor, right: Tensor, real: Tensor, spans: Tensor, short: Tensor, yes: Tensor
) -> dict[str, Tensor]:
    """Return the parts of the judge's loss; the targets are those of a `pairs.PairBatch`."""
    final = (near + verdict.score).masked_fill(~real, FAR)
    parts = {
        "judge": listwise(final, none + verdict.none, right),
        "also": binary_cross_entropy_with_logits(verdict.also[real], right[real].float()),
    }
    rows = torch.arange(len(right))
    asked = spans[:, 0] >= 0
    if asked.any():
        at = rows[asked], spans[asked, 0]
        parts["span"] = (cross_entropy(verdict.start[at], spans[asked, 1]) + cross_entropy(verdict.end[at], spans[asked, 2])) / 2
    first = final.detach().masked_fill(~right, FAR).argmax(1)
    some = short >= 0
    if some.any():
        parts["short"] = binary_cross_entropy_with_logits(verdict.short[rows[some], first[some]], short[some].float())
    some = yes >= 0
    if some.any():
        parts["yes"] = cross_entropy(verdict.yes[rows[some], first[some]], yes[some])
    return parts
