"""Train the network that judges whether a piece of a sentence still says alone what it says there.

    python -m data.reader.train_pieces [--out FOLDER]

takes a few minutes on one core. It reads the vectors that the first network makes of the whole sentence, as it ships, with where
the piece stands, by two layers of attention; the tokens outside are weighed, and put beside the mean of those inside. Prints
how many pieces of the validation part would be called kept from some likelihoods on, by label, and how well all are ordered.

In: the weights' folder, ``corpus/pieces``. Out: ``pieces.onnx`` among the weights, and its hash in ``reader.json``.
"""

from __future__ import annotations

import random
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click
import numpy as np
import onnx
import torch
from rich.progress import track
from torch import Tensor, nn

from bot.answers.reader.encoder import ENCODER, PIECES, TOKENIZER, Network, load_weights
from bot.answers.reader.pieces import MAX_TOKENS, ReadPiece, read_piece
from bot.resources import reader_folder
from data.reader.decide import read_numbers, write_numbers
from data.reader.export import halve_floats
from data.reader.judge import READ, SIZE
from data.reader.pieces import LABELS, PieceCase, read_pieces
from data.reader.recipe import PIECES_SEED

WIDTH = 96  # numbers a token
LAYERS, HEADS = 2, 4
ROUNDS = 24  # times that all cases are read
CASES = 32  # a step
RATE = 1e-3
LIKELIHOODS = (0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 0.99)  # from which pieces are counted


class Example(NamedTuple):
    """A piece as it is read, and the number of its label."""

    read: ReadPiece
    label: int


class Attention(nn.Module):
    """A layer of attention and what follows it (Vaswani et al. 2017), each normed before; for texts of any length."""

    def __init__(self) -> None:
        super().__init__()
        self.norm, self.norm_after = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.mix, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.wide, self.narrow = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.drop = nn.Dropout(0.2)

    def forward(self, read: Tensor, mask: Tensor) -> Tensor:
        """Read texts (texts, tokens, numbers)."""
        mixed = self.mix(self.norm(read)).reshape(read.shape[0], -1, 3, HEADS, WIDTH // HEADS)
        query, key, value = mixed.permute(2, 0, 3, 1, 4)
        scores = query @ key.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5 - 1e4 * (1 - mask[:, None, None])
        near = (self.drop(scores.softmax(-1)) @ value).transpose(1, 2).reshape(read.shape[0], -1, WIDTH)
        read = read + self.drop(self.out(near))
        return read + self.drop(self.narrow(self.drop(self.wide(self.norm_after(read)).relu())))


class PieceNetwork(nn.Module):
    """Judges pieces: for each the log odds of LABELS."""

    def __init__(self) -> None:
        super().__init__()
        self.narrow = nn.Linear(READ + SIZE + 1, WIDTH)
        self.position = nn.Embedding(MAX_TOKENS, WIDTH)
        self.side = nn.Embedding(3, WIDTH)  # before the piece, in it, behind it
        self.layers = nn.ModuleList(Attention() for _ in range(LAYERS))
        self.weight = nn.Linear(WIDTH, 1)
        self.drop = nn.Dropout(0.3)
        self.label = nn.Linear(2 * WIDTH, len(LABELS))

    def forward(self, vectors: Tensor, inside: Tensor, mask: Tensor) -> Tensor:
        """Judge texts (texts, tokens, numbers), of which ``inside`` marks the pieces and ``mask`` the tokens that there are."""
        is_in = inside.to(torch.int64)
        behind = (is_in.cumsum(1) > 0).to(torch.int64) * (1 - is_in)
        read = self.narrow(self.drop(torch.cat([vectors, inside[..., None]], -1)))
        positions = torch.ones_like(is_in).cumsum(1) - 1
        read = read + self.side(is_in + 2 * behind) + self.position(positions)
        for layer in self.layers:
            read = layer(read, mask)
        outside = mask * (1 - inside)
        weights = (self.weight(read)[..., 0] - 1e4 * (1 - outside)).softmax(1)
        mean = (read * inside[..., None]).sum(1) / inside.sum(1, keepdim=True).clamp(min=1)
        judged: Tensor = self.label(self.drop(torch.cat([(weights[..., None] * read).sum(1), mean], -1)))
        return judged


class _OnePiece(nn.Module):
    """The network as it ships: how likely each piece is kept, of texts of one length."""

    def __init__(self, net: PieceNetwork) -> None:
        super().__init__()
        self.net = net

    def forward(self, vectors: Tensor, inside: Tensor) -> Tensor:
        return self.net(vectors, inside, torch.ones_like(inside)).softmax(1)[:, 0]


def read_examples(part: str, folder: Path) -> list[Example]:
    """Return the cases of a part as the first network reads them."""
    network = Network(load_weights(folder), ENCODER, TOKENIZER)

    def example(case: PieceCase) -> Example:
        start = case.recorded.index(case.piece)
        return Example(read_piece(network, case.recorded, start, start + len(case.piece)), LABELS.index(case.label))

    return [example(case) for case in track(read_pieces(part), part)]


def batch_of(examples: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return examples as arrays of one length: vectors, inside, mask, labels."""
    size = max(len(example.read.inside) for example in examples)
    vectors = np.zeros((len(examples), size, READ + SIZE), dtype=np.float32)
    inside, mask = np.zeros((2, len(examples), size), dtype=np.float32)
    for row, (read, _) in enumerate(examples):
        vectors[row, : len(read.inside)], inside[row, : len(read.inside)], mask[row, : len(read.inside)] = *read, 1
    labels = torch.tensor([example.label for example in examples])
    return torch.from_numpy(vectors), torch.from_numpy(inside), torch.from_numpy(mask), labels


def _steps(examples: Sequence[Example], rounds: int) -> Iterator[Sequence[Example]]:
    for _ in range(rounds):
        mixed = random.sample(examples, len(examples))
        yield from (mixed[start : start + CASES] for start in range(0, len(mixed), CASES))


def train(examples: Sequence[Example], rounds: int = ROUNDS) -> PieceNetwork:
    """Train a new network."""
    torch.manual_seed(PIECES_SEED)
    random.seed(PIECES_SEED)
    net = PieceNetwork()
    optimizer = torch.optim.AdamW(net.parameters(), RATE, weight_decay=0.05)
    steps = [*_steps(examples, rounds)]
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=len(steps))
    for step in track(steps, "steps"):
        *read, labels = batch_of(step)
        loss = nn.functional.cross_entropy(net(*read), labels, label_smoothing=0.05)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    return net.eval()


def likelihoods(net: PieceNetwork, examples: Sequence[Example]) -> list[float]:
    """Return how likely each piece is kept."""
    with torch.no_grad():
        *read, _ = batch_of(examples)
        kept: list[float] = net(*read).softmax(1)[:, 0].tolist()
    return kept


def figures_of(examples: Sequence[Example], kept: Sequence[float]) -> Iterator[str]:
    """Yield in how many pairs the kept piece is the likelier one, and how many pieces of each label are called kept."""
    pairs = [(one, other) for one, case in zip(kept, examples, strict=True) if not case.label
             for other, another in zip(kept, examples, strict=True) if another.label]  # fmt: skip
    yield f"kept ones likelier than others in {sum(one > other for one, other in pairs) / len(pairs):.3f} of the pairs"
    for least in LIKELIHOODS:
        called = [example.label for example, likelihood in zip(examples, kept, strict=True) if likelihood >= least]
        yield f"from {least}: " + ", ".join(f"{called.count(number)} {label}" for number, label in enumerate(LABELS))


def export_pieces(net: PieceNetwork, path: Path) -> None:
    """Write the network, its larger arrays in 16 bits."""
    axes = {"vectors": {0: "texts", 1: "tokens"}, "inside": {0: "texts", 1: "tokens"}, "kept": {0: "texts"}}
    inside = torch.zeros(2, 9)
    inside[:, 3:6] = 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _OnePiece(net).eval(), (torch.randn(2, 9, READ + SIZE), inside), str(path), input_names=["vectors", "inside"],
            output_names=["kept"], dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
    model = onnx.load(path)
    halve_floats(model)
    onnx.save(model, path)


def train_pieces(out: Path) -> None:
    """Train on what the first network in a folder makes of the cases, print the figures, and write the network there."""
    torch.set_num_threads(1)
    net = train(read_examples("train", out))
    validation = read_examples("validation", out)
    print(*figures_of(validation, likelihoods(net, validation)), sep="\n")
    export_pieces(net, out / PIECES)
    write_numbers(out, read_numbers(out))


@click.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=reader_folder(), show_default=True)
def main(out: Path) -> None:
    """Train, print the figures, and write the network."""
    train_pieces(out)


if __name__ == "__main__":
    main()
