"""Train the adapter, which turns a question in any language as the second network has it into one as the first would have it.

    python -m data.reader.train_adapter --work FOLDER [--out FOLDER]

takes an hour on one core. Both networks stay as they ship. The adapter learns from questions in English that both encode: each
token shall be what the first makes of the same letters, each fact as near; and from questions in all languages which facts answer
them, first by their nearness alone (`recipe.ADAPTER_FULL`), then by the first's judge too, which stays as it is, with the
weights of its layers read as they ship, in 4 bits (`recipe.ADAPTER_ROUNDED`).

In: the weights' folder, the corpus. Out: ``adapter.onnx`` among the weights, and its hash in ``reader.json``; ``decide.py`` fits
what is decided by. What is made on the way stands in ``--work``: the encoded corpus, the checkpoints, from which the same command
goes on after any interruption, and the log of the figures on the validation stories. Needs the extra ``reader``.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, count, islice
from pathlib import Path
from typing import Any

import click
import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import Progress
from torch import Tensor, nn

from bot.answers.reader.encoder import ADAPTER, QuestionVectors, Weights, load_weights
from bot.answers.reader.features import FEATURES
from bot.english.lexicon import Lexicon
from bot.resources import lexicon_file
from data.reader.adapter import Adapted, Adapter
from data.reader.decide import read_numbers, write_numbers
from data.reader.export import export_adapter
from data.reader.judge import FAR, Judge, Pairs
from data.reader.losses import judged, listwise, total_of
from data.reader.question_vectors import AskedQuestion, AskedStory, asked_stories_of
from data.reader.recipe import ADAPTER_FULL, ADAPTER_ROUNDED, Sitting
from data.reader.rounding import learn_rounded, refresh_grids
from data.reader.shipped import restore_judge, restore_upper

QUESTIONS = 56  # a step, of one story
ENGLISH = 0.3  # of the questions in English are read: all of them would take 4 GB
MIN_ENGLISH = 30  # questions in English that a pass takes of a story; else as many as in other languages
STRANGERS = 2  # questions of other stories a step, which no fact answers
HIDDEN = 0.08  # of the questions have their right facts hidden, so that none of the others answers them
JUDGED = 4  # facts a question that the judge reads in training
RATE = 1e-3  # of what the layers are projected to
ROUNDED_RATE = 5e-4  # the same of a sitting with rounded weights
LAYER_RATE = 0.3  # of that, of the layers
RIDGE = 1e-3  # share of the mean square of a number that draws the first projections towards zero
WARM = 60  # steps
SOFTNESS = 2.0  # by which nearness is divided where it is compared with the first network's
ALIKE = {"tokens": 4.0, "read": 1.0, "whole": 0.5, "scores": 0.5}  # what being like the first network is worth
GRID_EVERY = 25  # steps
SCORE_EVERY = 200  # steps
SAVE_EVERY = 120  # seconds
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Batch:
    """Questions of one story beside its facts. ``right`` and ``hidden`` (questions, facts) as in `batches.Batch`, and the targets
    ``spans`` (questions, 3), ``short`` and ``yes`` (questions).
    """

    story: AskedStory
    asked: Sequence[AskedQuestion]
    right: Tensor
    hidden: Tensor
    spans: Tensor
    short: Tensor
    yes: Tensor


class Padded:
    """Questions as one network has them, side by side."""

    def __init__(self, vectors: Sequence[QuestionVectors]) -> None:
        self.tokens = _padded([question.tokens for question in vectors])
        self.read = _padded([question.read for question in vectors])
        self.weights = _padded([question.weights for question in vectors])
        self.wholes = torch.from_numpy(np.stack([question.whole for question in vectors]))
        self.none = torch.tensor([question.none for question in vectors])


def adapt(net: Adapter, asked: Sequence[AskedQuestion]) -> tuple[Adapted, Tensor]:
    """Return questions as the adapter has them, and the mask of their tokens."""
    mask = _padded([np.ones(len(question.lower), np.float32) for question in asked])
    return net(_padded([q.lower for q in asked]), _padded([q.second.weights for q in asked]), mask), mask


def _padded(arrays: Sequence[NDArray[Any]]) -> Tensor:
    return nn.utils.rnn.pad_sequence([torch.from_numpy(np.asarray(array, np.float32)) for array in arrays], batch_first=True)


def nearness(tokens: Tensor, wholes: Tensor, weights: Tensor, story: AskedStory, numbers: Weights) -> Tensor:
    """Return how near each fact is to each question (questions, facts), by the late interaction of the first network."""
    cosines = torch.einsum("qid,fjd->qfij", tokens, story.facts).masked_fill(story.mask[None, :, None, :] == 0, -1.0)
    return numbers.scale * (cosines.amax(-1) * weights[:, None]).sum(-1) + numbers.whole * (wholes @ story.wholes.T)


def make_batch(
    story: AskedStory, asked: Sequence[AskedQuestion], strangers: Sequence[AskedQuestion], draw: random.Random
) -> Batch:
    """Make the batch of a step: questions of a story, then ``strangers``, which none of its facts answers."""
    number = len(asked) + len(strangers)
    right = torch.zeros(number, len(story.facts), dtype=torch.bool)
    hidden = torch.zeros_like(right)
    spans, short, yes = torch.full((number, 3), -1), torch.full((number,), -1), torch.full((number,), -1)
    for row, question in enumerate(asked):
        if question.right and draw.random() < HIDDEN:
            hidden[row, list(question.right)] = True
        elif question.right:
            right[row, list(question.right)] = True
            short[row], yes[row] = question.short, question.yes
            if question.span is not None:
                spans[row] = torch.tensor((question.right[0], *question.span))
    return Batch(story, [*asked, *strangers], right, hidden, spans, short, yes)


def loss_of(net: Adapter, judge: Judge | None, numbers: Weights, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """Return the loss of a batch, and its parts, with those of a judge if there is one."""
    adapted, mask = adapt(net, batch.asked)
    near = nearness(adapted.tokens, adapted.whole, adapted.weights, batch.story, numbers)
    alike = _unlikeness(adapted, near, numbers, batch)
    near = near.masked_fill(batch.hidden, FAR)
    parts = {"near": listwise(near, adapted.none, batch.right)}
    if judge is not None:
        parts |= _judged(judge, adapted, mask, near, numbers, batch)
    total = sum(ALIKE[name] * part for name, part in alike.items()) + (total_of(parts) if judge else parts["near"])
    parts |= {f"{name} alike": part for name, part in alike.items()}
    return total, {name: float(part.detach()) for name, part in parts.items()}


def _judged(judge: Judge, adapted: Adapted, mask: Tensor, near: Tensor, numbers: Weights, batch: Batch) -> dict[str, Tensor]:
    """Return the parts of the loss of what the judge makes of the right facts, and of the nearest others."""
    first = torch.zeros_like(near)
    some = batch.spans[:, 0] >= 0
    first[some, batch.spans[some, 0]] = 2e3
    blurred = near.detach() + torch.randn_like(near)
    chosen = (blurred + 1e3 * batch.right + first).topk(min(JUDGED, near.shape[1]), 1).indices
    none = _none_of(near, adapted.none, numbers)
    verdict = judge(pairs_of(adapted, mask, batch.story, near.detach(), none.detach(), chosen))
    column = torch.where(some, (chosen == batch.spans[:, :1]).float().argmax(1), -1)
    return judged(
        verdict, near.gather(1, chosen), none, batch.right.gather(1, chosen), ~batch.hidden.gather(1, chosen),
        torch.cat([column[:, None], batch.spans[:, 1:]], 1), batch.short, batch.yes,
    )  # fmt: skip


def _none_of(near: Tensor, none: Tensor, numbers: Weights) -> Tensor:
    """Return the judge's score of "none of the facts" (questions), as `bot.answers.reader.judging.Judge` has it."""
    own, best, other, bias = numbers.none_near
    top = near.detach().topk(min(2, near.shape[1]), 1).values
    return none + (own * none.detach() + best * top[:, 0] + other * top[:, -1]) / 10 + bias


def pairs_of(adapted: Adapted, mask: Tensor, story: AskedStory, near: Tensor, none: Tensor, chosen: Tensor) -> Pairs:
    """Return questions beside the facts that were chosen for them (questions, facts)."""
    rows = torch.arange(len(chosen))[:, None].expand_as(chosen).reshape(-1)
    facts = chosen.reshape(-1)
    return Pairs(
        adapted.read[rows], adapted.tokens[rows], mask[rows].long(), adapted.weights[rows], story.facts[facts], story.mask[facts],
        torch.zeros(len(rows), len(FEATURES)), near[rows, facts], none[rows], len(chosen),
    )  # fmt: skip


def _unlikeness(adapted: Adapted, near: Tensor, numbers: Weights, batch: Batch) -> dict[str, Tensor]:
    """Return how much what is made of questions in English differs from what the first network makes of them."""
    rows = [row for row, question in enumerate(batch.asked) if question.first is not None and not batch.hidden[row].any()]
    if not rows:
        return {}
    first = Padded([vectors for row in rows if (vectors := batch.asked[row].first) is not None])
    scores = nearness(first.tokens, first.wholes, first.weights, batch.story, numbers)
    aim = torch.softmax(torch.cat([scores, first.none[:, None]], 1) / SOFTNESS, 1)
    own = torch.log_softmax(torch.cat([near[rows], adapted.none[rows, None]], 1) / SOFTNESS, 1)
    stand = [(at, row, token, other) for at, row in enumerate(rows) for token, other in enumerate(batch.asked[row].alike)]
    at, question, token, other = torch.tensor([stood for stood in stand if stood[3] >= 0]).T
    read = first.read[at, other]
    return {
        "scores": SOFTNESS**2 * (aim * (aim.clamp_min(1e-9).log() - own)).sum(1).mean(),
        "whole": (1 - (adapted.whole[rows] * first.wholes).sum(1)).mean(),
        "tokens": (1 - (adapted.tokens[question, token] * first.tokens[at, other]).sum(-1)).mean(),
        "read": ((adapted.read[question, token] - read) ** 2).mean() / read.var(),
    }


def plan_of(stories: Sequence[AskedStory], sitting: Sitting) -> list[tuple[int, list[int]]]:
    """Return the steps: a story and which of its questions. Those with an answer in other languages come twice a pass."""

    def one_pass(draw: random.Random) -> Iterator[tuple[int, list[int]]]:
        jobs = []
        for number, story in enumerate(stories):
            english = [index for index, question in enumerate(story.asked) if question.first is not None]
            others = [index for index, question in enumerate(story.asked) if question.first is None]
            order = [index for index in others for _ in range(2 if story.asked[index].right else 1)]
            order += draw.sample(english, min(len(english), max(MIN_ENGLISH, len(order))))
            draw.shuffle(order)
            parts = max(1, round(len(order) / QUESTIONS))
            jobs += [(number, list(dict.fromkeys(order[part::parts]))) for part in range(parts)]
        draw.shuffle(jobs)
        yield from jobs

    passes = (one_pass(random.Random(sitting.seed + number)) for number in count())
    return [*islice(chain.from_iterable(passes), sitting.steps)]


@torch.inference_mode()
def measure(net: Adapter, stories: Sequence[AskedStory], numbers: Weights) -> dict[str, float]:
    """Return how often a right fact is the nearest, of questions in other languages and of those in English."""
    net.eval()
    hits: dict[str, list[bool]] = {"others": [], "english": []}
    for story in stories:
        adapted, _ = adapt(net, story.asked)
        near = nearness(adapted.tokens, adapted.whole, adapted.weights, story, numbers)
        for question, nearest in zip(story.asked, near.argmax(1).tolist(), strict=True):
            if question.right:
                hits["others" if question.first is None else "english"].append(nearest in question.right)
    net.train()
    return {name: round(float(np.mean(is_right)), 4) for name, is_right in hits.items() if is_right}


@torch.no_grad()
def start_projections(net: Adapter, stories: Sequence[AskedStory]) -> None:
    """Set the projections to what brings the upper layers' tokens nearest to the first network's, by least squares."""
    given, tokens, read = [], [], []
    some = ([question for question in story.asked if question.first is not None] for story in stories[::4])
    for asked in filter(None, some):
        mask = _padded([np.ones(len(question.lower), np.float32) for question in asked])
        upper = net.upper(_padded([question.lower for question in asked]), mask)
        for row, question in enumerate(asked):
            assert question.first is not None
            for token, other in enumerate(question.alike):
                if other >= 0:
                    given.append(upper[row, token])
                    tokens.append(torch.from_numpy(question.first.tokens[other]))
                    read.append(torch.from_numpy(question.first.read[other]))
    rows = torch.cat([torch.stack(given), torch.ones(len(given), 1)], 1)
    squares = rows.T @ rows + len(rows) * RIDGE * rows.square().mean() * torch.eye(rows.shape[1])
    for layer, aim in ((net.project, tokens), (net.read, read)):
        weights = torch.linalg.solve(squares, rows.T @ torch.stack(aim))
        layer.weight.copy_(weights[:-1].T)
        layer.bias.copy_(weights[-1])


def train_adapter(
    corpus: Path, work: Path, weights: Path, sittings: Sequence[Sitting] = (ADAPTER_FULL, ADAPTER_ROUNDED), share: float = ENGLISH
) -> None:
    """Train the adapter, or go on with its training, and write it into the folder ``weights``."""
    work.mkdir(parents=True, exist_ok=True)
    with closing(Lexicon(lexicon_file())) as lexicon:
        validation = asked_stories_of(corpus / "validation", weights, lexicon, work / "validation", strangers=False)
        stories = asked_stories_of(corpus / "train", weights, lexicon, work / "train", strangers=True, share=share)
    net = Adapter(float(np.mean([question.first.none for story in stories for question in story.asked if question.first])))
    restore_upper(net, weights)
    start_projections(net, stories)
    for number, sitting in enumerate(sittings):
        torch.manual_seed(sitting.seed)
        judge = None
        if sitting.rounded:
            judge = Judge(len(FEATURES))
            restore_judge(judge, weights)
            judge.eval().requires_grad_(False)
            learn_rounded(net)
        _take_steps(net, judge, load_weights(weights), sitting, (stories, validation), work / f"adapter-{number}.pt")
    export_adapter(net.eval(), weights / ADAPTER)
    write_numbers(weights, read_numbers(weights))


def _take_steps(
    net: Adapter,
    judge: Judge | None,
    numbers: Weights,
    sitting: Sitting,
    read: tuple[Sequence[AskedStory], Sequence[AskedStory]],
    checkpoint: Path,
) -> None:
    """Take the steps of a sitting that are left, on the first of two sets of stories; measure on the second, save and log."""
    stories, validation = read
    optimizer, done = _optimizer(net), 0
    if checkpoint.exists():
        held = torch.load(checkpoint, weights_only=True)
        net.load_state_dict(held["net"])
        optimizer.load_state_dict(held["optimizer"])
        done = held["done"]
    refresh_grids(net)
    plan, saved = plan_of(stories, sitting), time.monotonic()
    with Progress() as progress, checkpoint.with_suffix(".jsonl").open("a", encoding="utf-8") as log:
        bar = progress.add_task("training the adapter", total=sitting.steps, completed=done)
        while done < sitting.steps:
            draw = random.Random(f"{sitting.seed} {done}")
            story = stories[plan[done][0]]
            strangers = [draw.choice(draw.choice(stories).asked) for _ in range(STRANGERS)]
            batch = make_batch(story, [story.asked[index] for index in plan[done][1]], strangers, draw)
            rate = (RATE if judge is None else ROUNDED_RATE) * min(1.0, (done + 1) / WARM) * max(0.02, 1 - done / sitting.steps)
            figures = step(net, optimizer, judge, numbers, batch, rate)
            done += 1
            if done % GRID_EVERY == 0:
                refresh_grids(net)
            if done % SCORE_EVERY == 0 or done == sitting.steps:
                figures |= measure(net, validation, numbers)
            progress.update(bar, advance=1)
            print(json.dumps({"step": done, **figures}), file=log, flush=True)
            if time.monotonic() - saved > SAVE_EVERY or done == sitting.steps:
                torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "done": done}, checkpoint)
                saved = time.monotonic()


def _optimizer(net: Adapter) -> torch.optim.Optimizer:
    layers = [*net.layers.parameters()]
    own = {id(parameter) for parameter in layers}
    heads = [parameter for parameter in net.parameters() if id(parameter) not in own]
    groups = [{"params": heads, "share": 1.0}, {"params": layers, "share": LAYER_RATE}]
    return torch.optim.AdamW(groups, lr=RATE, weight_decay=0.02, betas=(0.9, 0.98))


def step(
    net: Adapter, optimizer: torch.optim.Optimizer, judge: Judge | None, numbers: Weights, batch: Batch, rate: float
) -> dict[str, float]:
    """Take one step and return the parts of the loss."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        loss, parts = loss_of(net, judge, numbers, batch)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    for group in optimizer.param_groups:
        group["lr"] = rate * group["share"]
    optimizer.step()
    return {name: round(value, 3) for name, value in parts.items()}


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path, exists=True), default=HERE / "corpus")
@click.option("--out", "weights", type=click.Path(path_type=Path, exists=True), default=HERE / "weights")
@click.option("--work", type=click.Path(path_type=Path), required=True)
def main(corpus: Path, weights: Path, work: Path) -> None:
    """Train the adapter and write it."""
    train_adapter(corpus, work, weights)
    click.echo(f"{(weights / ADAPTER).stat().st_size / 1e6:.2f} MB. Now: python -m data.reader.decide")


if __name__ == "__main__":
    main()
