"""The encoder that ships, as a network that encodes many texts at once: several times faster than one text after another.

In: the weights that ship, and the pretrained model that gives the network its shape. Out: the same `QuestionVectors` and
`FactVectors` that answering has, but for what bfloat16 rounds away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from bot.answers.finding.documents import FactText
from bot.answers.reader.encoder import SIZE, FactVectors, QuestionVectors
from data.reader.shipped import restore_shipped
from data.reader.train_encoder import make_reader

TOGETHER = 32  # texts that are encoded at once, of like lengths


class BatchEncoder:
    """Encodes questions and facts of the corpus, many at once."""

    def __init__(self, model: Path, weights: Path) -> None:
        self._net, self._tokens = make_reader(model)
        restore_shipped(self._net, weights, exact=True)
        self._net.eval()

    def questions(self, texts: Sequence[str]) -> list[QuestionVectors]:
        """Encode questions."""
        ids, mask = self._tokens.questions(texts)
        encoded: dict[int, QuestionVectors] = {}
        for indices, (tokens, whole, read, weights, none, _) in self._encode(ids, mask):
            for row, index in enumerate(indices):
                size = int(mask[index].sum())
                encoded[index] = QuestionVectors(
                    tokens[row, :size].numpy(),
                    whole[row].numpy(),
                    read[row, :size].numpy(),
                    weights[row, :size].numpy(),
                    float(none[row] + self._net.none),
                    (),
                )
        return [encoded[index] for index in range(len(texts))]

    def facts(self, lines: Sequence[FactText]) -> tuple[list[FactVectors], list[list[tuple[int, int]]]]:
        """Encode facts; return with them where each token stands in its line."""
        ids, mask, kept, offsets = self._tokens.facts(lines)
        encoded: dict[int, FactVectors] = {}
        for indices, (tokens, whole, *_) in self._encode(ids, mask):
            for row, index in enumerate(indices):
                own = tokens[row, kept[index, : tokens.shape[1]].bool()].numpy()
                start = own.mean(0, keepdims=True) if lines[index].before else whole[row : row + 1].numpy()
                rows = np.concatenate([start, own])
                scaled = rows * (127 / np.abs(rows).max(axis=1, keepdims=True))
                encoded[index] = FactVectors(np.rint(scaled).astype(np.int8), np.zeros((0, SIZE), dtype=np.int8))
        stand = [
            [(int(start), int(end)) for start, end in own[is_own.bool()].tolist()]
            for own, is_own in zip(offsets, kept, strict=True)
        ]
        return [encoded[index] for index in range(len(lines))], stand

    @torch.inference_mode()
    def _encode(self, ids: Tensor, mask: Tensor) -> Iterator[tuple[list[int], tuple[Tensor, ...]]]:
        """Encode texts of like lengths together; yield their numbers and what the network makes of them."""
        for indices in mask.sum(1).argsort().split(TOGETHER):
            longest = int(mask[indices].sum(1).max())
            with torch.autocast("cpu", dtype=torch.bfloat16):
                encoded = self._net.encoder(ids[indices, :longest], mask[indices, :longest])
            yield indices.tolist(), tuple(values.detach().float() for values in encoded)
