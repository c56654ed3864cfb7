"""Train the judge on the corpus, as the encoder that ships encodes it.

    python -m data.reader.train_judge --model FOLDER --work FOLDER [--passes 2] [--warm]

`train_encoder.py` trains the encoder together with a judge, which learns little in so few steps. Here the encoder stays as it was
exported, so that a step costs a fraction, and the judge is trained on just the vectors that it is given later, 8 bits a number;
with ``--warm`` it begins as the judge that `train_encoder.py` left in the same folder, which is worth it where that one began
warm, too.
Stories that were written since the encoder was trained are worth most: their facts lie as far apart as those of a story in use
will, while the encoder is too sure of the stories that it has read.
In: ``encoder.onnx`` and ``reader.json`` among the weights, the corpus. Out: ``judge.onnx``. What is made on the way stands in
``--work``: the encoded corpus, the checkpoint, from which the same command goes on after any interruption, and the log.
"""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Collection
from itertools import chain
from pathlib import Path

import click
import torch
from rich.progress import Progress
from torch import nn

from bot.answers.reader.encoder import JUDGE, Weights
from bot.answers.reader.features import FEATURES
from bot.answers.reader.reader import Reader
from bot.english.lexicon import Lexicon
from bot.resources import lexicon_file
from data.reader.encoding import BatchEncoder
from data.reader.examples import SEEN, read_times
from data.reader.export import export_judge
from data.reader.judge import Judge
from data.reader.losses import judged, total_of
from data.reader.pairs import PairBatch, training_batch
from data.reader.scoring import figures, score_story
from data.reader.vectors import StoryVectors, stories_of

SEED = 5
QUESTIONS = 40  # a step
RATE = 6e-4
WARM = 60  # steps
UNSEEN = 3  # times as often as others, stories that the encoder has not read are
SCORE_EVERY = 200  # steps
SAVE_EVERY = 240  # seconds
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


def plan_of(stories: list[StoryVectors], passes: float, unseen: Collection[str]) -> list[tuple[int, int]]:
    """Return the questions in the order in which they are read: numbers of a story and of a question of it."""
    numbers = [
        (n, m)
        for n, story in enumerate(stories)
        for m, question in enumerate(story.asked)
        for _ in range(read_times(question.row) * (UNSEEN if story.name in unseen else 1))
    ]
    a_pass = (random.Random(SEED + number).sample(numbers, len(numbers)) for number in range(math.ceil(passes)))
    return [*chain.from_iterable(a_pass)][: round(passes * len(numbers))]


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path, exists=True), default=HERE / "corpus")
@click.option("--weights", "folder", type=click.Path(path_type=Path, exists=True), default=HERE / "weights")
@click.option("--model", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--work", type=click.Path(path_type=Path), required=True)
@click.option("--passes", default=1.5, show_default=True, help="How often the whole corpus is read.")
@click.option("--warm", is_flag=True, help="Begin with the judge that was trained beside the encoder.")
@click.option("--share", default=1.0, show_default=True, help="Share of the questions of each training story that is encoded.")
@click.option("--facts", default=1.0, show_default=True, help="Share of the hand-made training stories that is encoded.")
def main(corpus: Path, folder: Path, model: Path, work: Path, passes: float, warm: bool, share: float, facts: float) -> None:
    """Train the judge, or go on with its training."""
    torch.manual_seed(SEED)
    work.mkdir(parents=True, exist_ok=True)
    reader, lexicon, encoder = Reader(folder), Lexicon(lexicon_file()), BatchEncoder(model, folder)
    validation = stories_of(corpus / "validation", encoder, reader, lexicon, work / "validation", varied=False)
    stories = stories_of(corpus / "train", encoder, reader, lexicon, work / "train", varied=True, share=share, facts=facts)
    judge = Judge(len(FEATURES))
    optimizer, checkpoint, done = make_optimizer(judge), work / "judge.pt", 0
    if checkpoint.exists():
        held = torch.load(checkpoint, weights_only=True)
        judge.load_state_dict(held["judge"])
        optimizer.load_state_dict(held["optimizer"])
        done = held["done"]
    elif warm:
        beside = torch.load(work / "checkpoint.pt", weights_only=True)["net"]
        judge.load_state_dict({name[6:]: value for name, value in beside.items() if name.startswith("judge.")})
    seen = (work / SEEN).read_text(encoding="utf-8").splitlines() if (work / SEEN).exists() else [story.name for story in stories]
    unseen = {story.name for story in stories}.difference(seen)
    plan = plan_of(stories, passes, unseen)
    total = len(plan) // QUESTIONS
    saved = time.monotonic()
    with Progress() as progress, (work / "judge.jsonl").open("a", encoding="utf-8") as log:
        bar = progress.add_task("training the judge", total=total, completed=done)
        while done < total:
            chosen = [(stories[n], stories[n].asked[m]) for n, m in plan[done * QUESTIONS : (done + 1) * QUESTIONS]]
            batch = training_batch(chosen, reader.weights, random.Random(f"{SEED} {done}"), unseen)
            parts = step(judge, optimizer, batch, RATE * min(1.0, (done + 1) / WARM) * max(0.02, 1 - done / total))
            done += 1
            progress.update(bar, advance=1)
            print(json.dumps({"step": done, **parts}), file=log, flush=True)
            if done % SCORE_EVERY == 0 or done == total:
                print(json.dumps({"step": done, **measure(judge, validation, reader.weights)}), file=log, flush=True)
            if time.monotonic() - saved > SAVE_EVERY or done == total:
                torch.save({"judge": judge.state_dict(), "optimizer": optimizer.state_dict(), "done": done}, checkpoint)
                saved = time.monotonic()
    click.echo(json.dumps(measure(judge, validation, reader.weights), indent=1))
    export_judge(judge, folder / JUDGE)


def measure(judge: Judge, stories: list[StoryVectors], weights: Weights) -> dict[str, float]:
    """Return the figures of some stories."""
    return figures([*chain.from_iterable(score_story(judge, story, weights) for story in stories)])


if __name__ == "__main__":
    main()
