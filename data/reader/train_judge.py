"""Train the judge on the corpus, as the encoder that ships encodes it.

    python -m data.reader.train_judge --model FOLDER --work FOLDER [--steps 700] [--warm]

takes this training by itself, as `train.py` does within the whole. `train_encoder.py` trains the encoder beside an auxiliary
judge, which learns little in so few steps and is thrown away. Here the encoder stays as it was exported, so that a step costs a
fraction, and the judge is trained on just the vectors that it is given later, 8 bits a number; with ``--warm`` it begins as the
auxiliary judge in the same folder, which is worth it where that one began as the judge that ships.
Stories that were written since the encoder was trained are worth most: their facts lie as far apart as those of a story in use
will, while the encoder is too sure of the stories that it has read.
In: ``encoder.onnx`` and ``reader.json`` among the weights, the corpus. Out: ``judge.onnx``. What is made on the way stands in
``--work``: the encoded corpus, the checkpoint, from which the same command goes on after any interruption, and the log.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Collection
from itertools import chain, count, islice
from pathlib import Path

import click
import torch
from rich.progress import Progress
from torch import nn

from bot.answers.reader.encoder import JUDGE as JUDGE_FILE
from bot.answers.reader.encoder import Weights
from bot.answers.reader.features import FEATURES
from bot.answers.reader.reader import Reader
from bot.english.lexicon import Lexicon
from bot.resources import lexicon_file
from data.reader.encoding import BatchEncoder
from data.reader.examples import CHECKPOINT, SEEN, read_times
from data.reader.export import export_judge
from data.reader.judge import Judge
from data.reader.losses import judged, total_of
from data.reader.pairs import PairBatch, training_batch
from data.reader.recipe import JUDGE, Sitting
from data.reader.scoring import figures, score_story
from data.reader.vectors import StoryVectors, stories_of

QUESTIONS = 40  # a step
RATE = 6e-4
WARM = 60  # steps
UNSEEN = 3  # times as often as others, stories that the encoder has not read are
SCORE_EVERY = 200  # steps
SAVE_EVERY = 240  # seconds
AUXILIARY = "auxiliary_judge."
JUDGE_CHECKPOINT = "judge.pt"
HERE = Path(__file__).parent


def make_optimizer(judge: Judge) -> torch.optim.Optimizer:
    """Return the optimizer; what has one dimension is not drawn towards zero."""
    wide = [parameter for parameter in judge.parameters() if parameter.ndim > 1]
    flat = [parameter for parameter in judge.parameters() if parameter.ndim < 2]
    groups = [{"params": wide, "weight_decay": 0.02}, {"params": flat, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=RATE, betas=(0.9, 0.98))


def step(judge: Judge, optimizer: torch.optim.Optimizer, batch: PairBatch, rate: float) -> dict[str, float]:
    """Take one step and return the parts of the loss."""
    judge.train()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        verdict = judge(batch.pairs)
    parts = judged(verdict, batch.near, batch.none, batch.right, batch.real, batch.spans, batch.short, batch.yes)
    optimizer.zero_grad()
    total_of(parts).backward()
    nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
    for group in optimizer.param_groups:
        group["lr"] = rate
    optimizer.step()
    return {name: round(float(part.detach()), 3) for name, part in parts.items()}


def plan_of(stories: list[StoryVectors], sitting: Sitting, unseen: Collection[str]) -> list[tuple[int, int]]:
    """Return the questions in the order in which they are read: numbers of a story and of a question of it."""
    numbers = [
        (n, m)
        for n, story in enumerate(stories)
        for m, question in enumerate(story.asked)
        for _ in range(read_times(question.row) * (UNSEEN if story.name in unseen else 1))
    ]
    passes = (random.Random(sitting.seed + number).sample(numbers, len(numbers)) for number in count())
    return [*islice(chain.from_iterable(passes), sitting.steps * QUESTIONS)]


def train_judge(
    sitting: Sitting, model: Path, corpus: Path, work: Path, weights: Path, *, warm: bool = False, share: float = 1.0
) -> None:
    """Train the judge, or go on with its training, and write it into the folder ``weights``.

    ``warm``: it begins as the auxiliary judge in the folder ``work``. Of the questions of each story a ``share`` is encoded.
    """
    torch.manual_seed(sitting.seed)
    work.mkdir(parents=True, exist_ok=True)
    reader, lexicon, encoder = Reader(weights), Lexicon(lexicon_file()), BatchEncoder(model, weights)
    validation = stories_of(corpus / "validation", encoder, reader, lexicon, work / "validation", varied=False)
    train, options = corpus / "train", {"share": share, "facts": sitting.facts}
    stories = stories_of(train, encoder, reader, lexicon, work / "train", varied=True, **options)
    judge = Judge(len(FEATURES))
    optimizer, done = make_optimizer(judge), 0
    if (work / JUDGE_CHECKPOINT).exists():
        held = torch.load(work / JUDGE_CHECKPOINT, weights_only=True)
        judge.load_state_dict(held["judge"])
        optimizer.load_state_dict(held["optimizer"])
        done = held["done"]
    elif warm:
        beside = torch.load(work / CHECKPOINT, weights_only=True)["net"]
        own = {name: value for name, value in beside.items() if name.startswith(AUXILIARY)}
        judge.load_state_dict({name.removeprefix(AUXILIARY): value for name, value in own.items()})
    take_steps(judge, optimizer, done, sitting, (stories, validation), reader.weights, work)
    click.echo(json.dumps(measure(judge, validation, reader.weights), indent=1))
    export_judge(judge, weights / JUDGE_FILE)


def take_steps(
    judge: Judge,
    optimizer: torch.optim.Optimizer,
    done: int,
    sitting: Sitting,
    read: tuple[list[StoryVectors], list[StoryVectors]],
    weights: Weights,
    work: Path,
) -> None:
    """Take the steps that are left, on the first of two sets of stories; measure on the second, save and log."""
    stories, validation = read
    names = {story.name for story in stories}
    seen = (work / SEEN).read_text(encoding="utf-8").splitlines() if (work / SEEN).exists() else names
    unseen = names.difference(seen)
    plan, total = plan_of(stories, sitting, unseen), sitting.steps
    saved = time.monotonic()
    with Progress() as progress, (work / "judge.jsonl").open("a", encoding="utf-8") as log:
        bar = progress.add_task("training the judge", total=total, completed=done)
        while done < total:
            chosen = [(stories[n], stories[n].asked[m]) for n, m in plan[done * QUESTIONS : (done + 1) * QUESTIONS]]
            batch = training_batch(chosen, weights, random.Random(f"{sitting.seed} {done}"), unseen)
            parts = step(judge, optimizer, batch, RATE * min(1.0, (done + 1) / WARM) * max(0.02, 1 - done / total))
            done += 1
            progress.update(bar, advance=1)
            print(json.dumps({"step": done, **parts}), file=log, flush=True)
            if done % SCORE_EVERY == 0 or done == total:
                print(json.dumps({"step": done, **measure(judge, validation, weights)}), file=log, flush=True)
            if time.monotonic() - saved > SAVE_EVERY or done == total:
                held = {"judge": judge.state_dict(), "optimizer": optimizer.state_dict(), "done": done}
                torch.save(held, work / JUDGE_CHECKPOINT)
                saved = time.monotonic()


def measure(judge: Judge, stories: list[StoryVectors], weights: Weights) -> dict[str, float]:
    """Return the figures of some stories."""
    return figures([*chain.from_iterable(score_story(judge, story, weights) for story in stories)])


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path, exists=True), default=HERE / "corpus")
@click.option("--weights", type=click.Path(path_type=Path, exists=True), default=HERE / "weights")
@click.option("--model", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--work", type=click.Path(path_type=Path), required=True)
@click.option("--steps", default=JUDGE.steps, show_default=True)
@click.option("--warm", is_flag=True, help="Begin with the auxiliary judge that was trained beside the encoder.")
@click.option("--share", default=1.0, show_default=True, help="Share of the questions of each training story that is encoded.")
@click.option("--facts", default=1.0, show_default=True, help="Share of the hand-made training stories that is encoded.")
def main(corpus: Path, weights: Path, model: Path, work: Path, steps: int, warm: bool, share: float, facts: float) -> None:
    """Train the judge, or go on with its training."""
    train_judge(Sitting(JUDGE.seed, steps, facts), model, corpus, work, weights, warm=warm, share=share)


if __name__ == "__main__":
    main()
