"""How well a reader in training does on stories: what it ranks first, and what it answers at the best threshold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from batches import Tokens, all_facts
from examples import Example, StoryExamples
from network import Reader
from numpy.typing import NDArray

JUDGED = 12  # facts a question that the judge reads
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scored:
    """A question as judged.

    ``near`` and ``none_near`` are the scores of late interaction, ``order`` the facts that were judged, ``final`` their scores,
    ``none`` that of none of them, ``also`` their log odds, ``span`` the short answer that each would give, ``short`` and ``yes``
    log odds.
    """

    example: Example
    near: Floats
    none_near: float
    order: tuple[int, ...]
    final: Floats
    none: float
    also: Floats
    spans: tuple[str, ...]
    short: Floats
    yes: Floats


@torch.inference_mode()
def score_story(net: Reader, story: StoryExamples, tokens: Tokens) -> list[Scored]:
    """Ask a story all its questions."""
    net.eval()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        some = [(net.encoder(ids, mask), mask, offsets) for ids, mask, offsets in all_facts(story, tokens)]
    longest = max(mask.shape[1] for _, mask, _ in some)
    facts = torch.cat([_padded(found[0], longest) for found, _, _ in some])
    whole = torch.cat([found[1] for found, _, _ in some])
    fact_mask = torch.cat([_padded(mask, longest) for _, mask, _ in some])
    offsets = torch.cat([_padded(each, longest) for _, _, each in some])
    scored = []
    for start in range(0, len(story.questions), 32):
        examples = story.questions[start : start + 32]
        ids, mask = tokens.questions([example.text for example in examples])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            questions = net.encoder(ids, mask)
        near = net.near(questions, mask, (facts, whole), fact_mask)
        none = net.none_of(near)
        for row, example in enumerate(examples):
            order = near.scores[row].topk(min(JUDGED, len(facts))).indices
            rows = torch.full_like(order, row)
            features = torch.from_numpy(example.features[order.numpy()])
            score, also, first, last, short, yes = net.judge(
                questions[2][rows],
                mask[rows],
                questions[3][rows],
                facts[order],
                fact_mask[order],
                near.cosines[row, order],
                features,
            )
            scored.append(
                Scored(
                    example,
                    near.scores[row].numpy(),
                    float(near.none[row]),
                    tuple(order.tolist()),
                    (near.scores[row, order] + score).numpy(),
                    float(none[row]),
                    also.numpy(),
                    tuple(cut(story, int(fact), first[n], last[n], offsets[fact]) for n, fact in enumerate(order)),
                    short.numpy(),
                    (yes[:, 1] - yes[:, 0]).numpy(),
                )
            )
    return scored


def cut(
    story: StoryExamples, fact: int, first: torch.Tensor, last: torch.Tensor, offsets: torch.Tensor, longest: int = 30
) -> str:
    """Return the span with the best sum of start and end, not before its start nor longer than ``longest`` tokens."""
    pairs = first[:, None] + last[None, :]
    size = len(first)
    allowed = torch.ones(size, size, dtype=torch.bool).triu().tril(longest)
    best = int(pairs.masked_fill(~allowed, -1e9).argmax())
    start, end = divmod(best, size)
    return story.facts[fact].line[int(offsets[start, 0]) : int(offsets[end, 1])]


def _padded(values: torch.Tensor, longest: int) -> torch.Tensor:
    shape = list(values.shape)
    shape[1] = longest
    wide = values.new_zeros(shape)
    wide[:, : values.shape[1]] = values
    return wide


def measure(net: Reader, stories: Sequence[StoryExamples], tokens: Tokens) -> dict[str, float]:
    """Return the mean figures of some stories."""
    return figures([score_story(net, story, tokens) for story in stories])


def figures(stories: Sequence[Sequence[Scored]]) -> dict[str, float]:
    """Return the mean figures of stories as scored; F1 and what goes with it at the best threshold for all of them."""
    rows = [each for story in stories for each in story]
    answerable = [each for each in rows if each.example.right]
    right = np.array([bool(each.example.right) and each.order[int(each.final.argmax())] in each.example.right for each in rows])
    near = [int(each.near.argmax()) in each.example.right for each in answerable]
    three = [bool({each.order[n] for n in np.argsort(-each.final)[:3]} & set(each.example.right)) for each in answerable]
    sure = np.array([chance(each) for each in rows])
    asked = len(answerable)
    best = max((2 * right[sure >= t].sum() / ((sure >= t).sum() + asked), t) for t in np.linspace(0.02, 0.98, 97))
    answered = sure >= best[1]
    with_short = [(each, n) for each, n in zip(rows, right, strict=True) if n and each.example.span is not None]
    yes = [each for each, n in zip(rows, right, strict=True) if n and each.example.yes is not None]
    several = [each for each in answerable if each.example.row["type"] == "list"]
    none = np.array([not each.example.right for each in rows])
    kinds = {
        str(kind): round(
            float(
                np.mean([n and a for each, n, a in zip(rows, right, answered, strict=True) if each.example.row["hard"] == kind])
            ),
            3,
        )
        for kind in sorted({each.example.row["hard"] for each in answerable}, key=str)
    }
    return {
        "near@1": round(float(np.mean(near)), 4),
        "first": round(float(right.sum() / asked), 4),
        "three": round(float(np.mean(three)), 4),
        "f1": round(float(best[0]), 4),
        "threshold": round(float(best[1]), 2),
        "answered_right": round(float((right & answered).sum() / asked), 4),
        "left_alone": round(float((~answered & none).sum() / max(1, none.sum())), 4),
        "short": round(float(np.mean([_same(each) for each, _ in with_short])), 4) if with_short else 0.0,
        "yes": round(float(np.mean([(each.yes[int(each.final.argmax())] > 0) == each.example.yes for each in yes])), 4)
        if yes
        else 0.0,
        "sets": round(float(np.mean([_share(each) for each in several])), 4) if several else 0.0,
        **kinds,
    }


def chance(each: Scored) -> float:
    """Return the share of the softmax that the best fact and those that stand beside it have against none."""
    top = max(float(each.final.max()), each.none)
    odds = np.exp(each.final - top)
    return float(odds.sum() / (odds.sum() + np.exp(each.none - top)))


def _same(each: Scored) -> bool:
    got = each.spans[int(each.final.argmax())]
    return str(each.example.row["short"]).casefold() in got.casefold() and len(got) <= 3 * len(each.example.row["short"]) + 12


def _share(each: Scored) -> float:
    chosen = {each.order[n] for n in range(len(each.order)) if each.also[n] > 0}
    return len(chosen & set(each.example.right)) / len(each.example.right)
