"""Train an encoder on the corpus, beside an auxiliary judge.

    python -m data.reader.train_encoder --model FOLDER --work FOLDER [--steps 500] [--shipped FOLDER]

takes a training by itself, for what `train.py` does not: to go on from what ships, or for a learning curve. FOLDER of
``--model`` holds a pretrained encoder (see README.md beside this file). What is made stands in ``--work``: the checkpoint, from
which the same command goes on after any interruption, the names of the stories that were read, and the log of the figures on the
validation stories. Needs the extra ``reader``. One thread a core; processors with AMX or AVX-512 BF16 are several times faster
than others.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, TextIO

import click
import torch
from rich.progress import Progress
from torch import Tensor, nn
from transformers import AutoTokenizer

from bot.answers.reader.features import FEATURES
from data.reader.batches import Batch, Tokens, make_batch, steps
from data.reader.examples import CHECKPOINT, SEEN, StoryExamples, read_folder
from data.reader.judge import FAR, Pairs
from data.reader.languages import read_languages
from data.reader.losses import judged, listwise, total_of
from data.reader.network import LIGHT, Reader, encode
from data.reader.recipe import FIRST, Sitting
from data.reader.rounding import learn_rounded, refresh_grids
from data.reader.shipped import restore_second, restore_shipped

JUDGED = 5  # facts a question that the judge reads in training
FROZEN = 2  # layers that are left as they are, beside the embeddings
BODY_RATE = 4e-5
SMALL_BODY_RATE = 1e-4  # of encoders no wider than `SMALL`
SMALL = 384
HEAD_RATE = 1e-3
WEIGHT_RATE = 1e-2  # of the scales and of the tokens' weights
WARM = 30  # steps
SAVE_EVERY = 240  # seconds
SCORE_EVERY = 400  # steps
GRID_EVERY = 40  # steps: how often the grids are fitted anew of layers that learn as they ship
DROPPED = 0.1  # how often what the rules know of a question is left out, so that the reader does not lean on it


@dataclass
class Run:
    """A training under way: all that a checkpoint holds."""

    net: Reader
    optimizer: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LambdaLR
    done: int = 0


def loss_of(net: Reader, batch: Batch, draw: random.Random) -> tuple[Tensor, dict[str, float]]:
    """Return the loss of a batch, and its parts."""
    questions = encode(net.encoder, *batch.questions)
    facts = encode(net.encoder, *batch.facts)
    near = net.near(questions, batch.questions[1], facts, batch.facts[2])
    scores = near.scores.masked_fill(batch.hidden, FAR)
    parts = {"near": listwise(scores, near.none, batch.right)}
    chosen = judged_pairs(scores.detach(), batch)
    read = torch.tensor([[[float(net.reads_features and draw.random() >= DROPPED)]] for _ in range(len(batch.features))])
    features = batch.features * read
    rows = torch.arange(len(scores))[:, None].expand_as(chosen)
    q, f = rows.reshape(-1), chosen.reshape(-1)
    none = net.none_of(near)
    verdict = net.auxiliary_judge(
        Pairs(
            questions[2][q], questions[0][q], batch.questions[1][q], questions[3][q], facts[0][f], batch.facts[2][f],
            features[q, f], near.scores[q, f].detach(), none[q].detach(), len(scores),
        )
    )  # fmt: skip
    right, real = batch.right.gather(1, chosen), ~batch.hidden.gather(1, chosen)
    column = torch.where(batch.spans[:, 0] >= 0, (chosen == batch.spans[:, :1]).float().argmax(1), -1)
    spans = torch.cat([column[:, None], batch.spans[:, 1:]], 1)
    parts |= judged(verdict, near.scores.gather(1, chosen), none, right, real, spans, batch.short, batch.yes)
    return total_of(parts), {name: float(part.detach()) for name, part in parts.items()}


def judged_pairs(scores: Tensor, batch: Batch) -> Tensor:
    """Return which facts the judge reads for each question (questions, JUDGED): the right ones, then the nearest others."""
    first = torch.zeros_like(scores)
    rows = batch.spans[:, 0] >= 0
    first[rows, batch.spans[rows, 0]] = 2e3
    return (scores + 1e3 * batch.right + first).topk(min(JUDGED, scores.shape[1]), 1).indices


@torch.inference_mode()
def nearest(net: Reader, stories: Sequence[StoryExamples], tokens: Tokens) -> dict[str, float]:
    """Return how often a right fact is the nearest, and among the nearest three, of all questions that have one."""
    net.eval()
    hits = []
    for story in stories:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            ids, mask, kept, _ = tokens.facts(story.facts)
            facts = encode(net.encoder, ids, mask, kept)
            asked = tokens.questions([example.text for example in story.questions])
            questions = encode(net.encoder, *asked)
        scores = net.near(questions, asked[1], facts, kept).scores
        for example, order in zip(story.questions, scores.argsort(1, descending=True)[:, :3].tolist(), strict=True):
            if example.right:
                hits.append((order[0] in example.right, bool(set(order) & set(example.right))))
    first, three = (round(sum(counts) / len(hits), 4) for counts in zip(*hits, strict=True))
    return {"first": first, "three": three}


def start(net: Reader, sitting: Sitting) -> Run:
    """Return a training at its start."""
    for parameter in net.encoder.body.embeddings.parameters():
        parameter.requires_grad_(False)
    for layer in net.encoder.body.encoder.layer[:FROZEN]:
        for parameter in layer.parameters():
            parameter.requires_grad_(False)
    trained = {name: parameter for name, parameter in net.named_parameters() if parameter.requires_grad}
    body = [name for name in trained if name.startswith("encoder.body.")]
    quick = [
        name for name in trained if name in ("scale", "whole", "none") or name.startswith(("encoder.word.", "encoder.place."))
    ]
    heads = [name for name in trained if name not in {*body, *quick}]
    rates = (
        (body, SMALL_BODY_RATE if net.width <= SMALL else BODY_RATE, 0.01),
        (heads, HEAD_RATE, 0.01),
        (quick, WEIGHT_RATE, 0.0),
    )
    optimizer = torch.optim.AdamW(
        [
            {"params": [trained[name] for name in names], "lr": rate, "weight_decay": decay}
            for names, rate, decay in rates
            if names
        ]
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / WARM) * max(0.02, 1 - step / max(1, sitting.steps))
    )
    return Run(net, optimizer, schedule)


def save(run: Run, path: Path) -> None:
    """Write a checkpoint; one that is there is replaced only once the new one is whole."""
    held = {"net": run.net.state_dict(), "optimizer": run.optimizer.state_dict(), "schedule": run.schedule.state_dict()}
    part = path.with_suffix(".part")
    torch.save({**held, "done": run.done}, part)
    part.replace(path)


def restore(run: Run, path: Path) -> None:
    """Go on from a checkpoint."""
    held = torch.load(path, weights_only=True)
    run.net.load_state_dict(held["net"])
    run.optimizer.load_state_dict(held["optimizer"])
    run.schedule.load_state_dict(held["schedule"])
    run.done = held["done"]


def make_reader(model: Path) -> tuple[Reader, Tokens]:
    """Return an untrained reader started from a pretrained encoder, and its tokenizer."""
    tokenizer = AutoTokenizer.from_pretrained(model)
    light = {tokenizer.convert_tokens_to_ids(form) for word in LIGHT for form in (word, f"\u2581{word}")}
    net = Reader(str(model), len(tokenizer), sorted(light - {None, tokenizer.unk_token_id}), len(FEATURES))
    return net, Tokens(tokenizer)


def plan_of(stories: Sequence[StoryExamples], sitting: Sitting) -> list[tuple[int, list[int]]]:
    """Return the steps of a training, of as many passes as it takes; see `batches.steps`."""
    plan: list[tuple[int, list[int]]] = []
    for number in count():
        if len(plan) >= sitting.steps:
            break
        plan += steps(stories, random.Random(sitting.seed + number), sitting.facts)
    return plan[: sitting.steps]


def train_encoder(
    sitting: Sitting,
    model: Path,
    corpus: Path,
    work: Path,
    *,
    second: bool = False,
    after: Path | None = None,
    shipped: Path | None = None,
    share: float = 1.0,
    stop_after: float = 0.0,
) -> None:
    """Train an encoder, or go on with its training.

    It begins as the pretrained ``model``, as what another training left in its folder ``after``, or as what is ``shipped`` in a
    folder. Of the stories in English a ``share`` is read. Ends early after ``stop_after`` minutes, if that is not 0.
    """
    torch.manual_seed(sitting.seed)
    work.mkdir(parents=True, exist_ok=True)
    stories, validation = read_folder(corpus / "train")[:: round(1 / share)], read_folder(corpus / "validation")
    stories += sitting.languages * read_languages(corpus / "train") if sitting.languages else []
    (work / SEEN).write_text("\n".join(story.name for story in stories) + "\n", encoding="utf-8")
    net, tokens = make_reader(model)
    net.reads_features = not second
    if sitting.rounded:
        learn_rounded(net.encoder)
    run = start(net, sitting)
    if (work / CHECKPOINT).exists():
        restore(run, work / CHECKPOINT)
    elif after is not None:
        net.load_state_dict(torch.load(after / CHECKPOINT, weights_only=True)["net"])
    elif shipped and second:
        restore_second(net, shipped)
    elif shipped:
        restore_shipped(net, shipped)
    else:
        net.encoder.start_projection(*tokens.facts([story.facts[0] for story in stories])[:2])
    take_steps(run, plan_of(stories, sitting), (stories, validation), tokens, sitting.seed, work, stop_after)


def take_steps(
    run: Run,
    plan: Sequence[tuple[int, list[int]]],
    read: tuple[Sequence[StoryExamples], Sequence[StoryExamples]],
    tokens: Tokens,
    seed: int,
    work: Path,
    stop_after: float,
) -> None:
    """Take the steps of a plan that are left, on the first of two sets of stories; measure on the second, save and log."""
    stories, validation = read
    saved = began = time.monotonic()
    with Progress() as progress, (work / "log.jsonl").open("a", encoding="utf-8") as log:
        bar = progress.add_task("training", total=len(plan), completed=run.done)
        while run.done < len(plan):
            draw = random.Random(f"{seed} {run.done}")
            run.net.train()
            loss, parts = step(run, make_batch(stories, *plan[run.done], tokens, draw), draw)
            progress.update(bar, advance=1, description=f"loss {loss:.2f}")
            figures = {"loss": loss, **parts}
            _write(log, {"step": run.done} | {name: round(value, 3) for name, value in figures.items()})
            minutes = (time.monotonic() - began) / 60
            if run.done % SCORE_EVERY == 0 or run.done == len(plan):
                report = {"step": run.done, "minutes": round(minutes, 1), **nearest(run.net, validation, tokens)}
                _write(log, report)
                progress.console.print(report)
            stop = bool(stop_after) and minutes > stop_after
            if stop or time.monotonic() - saved > SAVE_EVERY or run.done == len(plan):
                save(run, work / CHECKPOINT)
                saved = time.monotonic()
            if stop:
                return


def _write(log: TextIO, values: dict[str, float]) -> None:
    print(json.dumps(values), file=log, flush=True)


def step(run: Run, batch: Batch, draw: random.Random) -> tuple[float, dict[str, float]]:
    """Take one step and return the loss and its parts."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        loss, parts = loss_of(run.net, batch, draw)
    run.optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_([p for p in run.net.parameters() if p.requires_grad], 1.0)
    run.optimizer.step()
    run.schedule.step()
    run.done += 1
    if run.done % GRID_EVERY == 0:
        refresh_grids(run.net.encoder)
    return float(loss.detach()), parts


@click.command()
@click.option("--model", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--corpus", type=click.Path(path_type=Path, exists=True), default=Path(__file__).parent / "corpus")
@click.option("--work", type=click.Path(path_type=Path), required=True)
@click.option("--steps", "number", default=FIRST.steps, show_default=True)
@click.option("--share", default=1.0, show_default=True, help="Share of the training stories that is read, for a learning curve.")
@click.option("--facts", default=1.0, show_default=True, help="Share of the steps about hand-made stories that is taken.")
@click.option("--languages", default=0, show_default=True, help="How often a pass reads what there is in other languages.")
@click.option("--shipped", type=click.Path(path_type=Path, exists=True), help="Go on from the weights that ship in this folder.")
@click.option("--second", is_flag=True, help="Train the second network, which compares no words.")
@click.option("--rounded", is_flag=True, help="Read with the weights as they ship, which the second network was taught to need.")
@click.option("--stop-after", default=0.0, help="Stop after so many minutes, to go on later.")
def main(model: Path, corpus: Path, work: Path, number: int, facts: float, languages: int, rounded: bool, **options: Any) -> None:
    """Train an encoder, or go on with its training."""
    train_encoder(Sitting(FIRST.seed, number, facts, languages, rounded), model, corpus, work, **options)


if __name__ == "__main__":
    main()
