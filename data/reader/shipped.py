"""Turn the weights that ship back into a network, so that a training can go on from them.

    python -m data.reader.train_encoder --model FOLDER --work FOLDER --steps 500 --shipped data/reader/weights

The encoder ships with 4 bits a weight, and a further training moves a weight by far less than one step of that grid: started
on the grid itself, nearly all that it learns would be rounded away by the next export. So each weight is the pretrained model's
own number plus the difference between the shipped step and the step that this number would have had. On the validation part
this puts a right fact first slightly more often than the grid (0.833 against 0.827). The judge, however, is trained on what the
encoder gives as it ships: there the grid's own numbers are taken.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import NodeProto, numpy_helper

from bot.answers.reader.encoder import ENCODER, JUDGE, NUMBERS, SECOND, SECOND_JUDGE
from data.reader.adapter import Adapter
from data.reader.judge import Judge
from data.reader.network import Reader
from data.reader.rounding import BLOCK

AUXILIARY = "auxiliary_judge."
HALVES = ".halves"  # how the names of arrays that are stored in 16 bits end
BYTES, SCALE = ".bytes", ".scale"  # the same of those in 8 bits, and of what each column of them is multiplied by
HEADS = ("encoder.project.", "encoder.place.", "encoder.read.")  # layers that the pretrained model lacks
Floats = NDArray[np.float32]
Arrays = dict[str, NDArray[Any]]


def restore_shipped(net: Reader, folder: Path, *, exact: bool = False) -> None:
    """Set an untrained reader's weights to those that ship in a folder; ``exact``: to the numbers of the grid.

    Raises `ValueError` where the files lack a weight of the network.
    """
    state = net.state_dict()
    numbers = json.loads((folder / NUMBERS).read_text(encoding="utf-8"))
    values = dict(_encoder(folder / ENCODER, {} if exact else state)) | dict(_judge(folder / JUDGE))
    _set(net, values | _late_interaction(numbers), folder)


def restore_second(net: Reader, folder: Path) -> None:
    """Set an untrained network's weights to those of the second network that ships in a folder, of the same pieces."""
    values = dict(_encoder(folder / SECOND, net.state_dict())) | dict(_judge(folder / SECOND_JUDGE))
    numbers = json.loads((folder / NUMBERS).read_text(encoding="utf-8"))
    _set(net, values | _late_interaction(numbers["second"] | numbers["alone"]), folder)


def restore_judge(judge: Judge, folder: Path) -> None:
    """Set an untrained judge's weights to those of the first network's that ships in a folder."""
    values = {name.removeprefix(AUXILIARY): value for name, value in _judge(folder / JUDGE)}
    judge.load_state_dict({name: torch.tensor(np.ascontiguousarray(value, np.float32)) for name, value in values.items()})


def restore_upper(net: Adapter, folder: Path) -> None:
    """Let an untrained adapter begin with the upper layers of the second network that ships in a folder."""
    values = dict(_encoder(folder / SECOND, {}))
    net.start_layers({name: torch.tensor(np.ascontiguousarray(value, np.float32)) for name, value in values.items()})


def _set(net: Reader, values: Arrays, folder: Path) -> None:
    state = net.state_dict()
    left = [name for name in state if name not in values and "embeddings" not in name]
    if left:
        raise ValueError(f"The weights in {folder} lack {', '.join(left)}: they are of another version of this network.")
    state |= {name: torch.tensor(np.ascontiguousarray(value, dtype=np.float32)) for name, value in values.items()}
    net.load_state_dict(state)


def _encoder(path: Path, state: dict[str, torch.Tensor]) -> Iterator[tuple[str, NDArray[Any]]]:
    nodes, arrays = _read(path)
    for node in nodes:
        if node.op_type == "MatMulNBits":
            name = f"{node.name.removeprefix('/').removesuffix('/MatMul_Q4').replace('/', '.')}.weight"
            start = state[name].numpy() if name in state and not name.startswith(HEADS) else None
            yield name, _weights(node, arrays, start)
    for name, value in arrays.items():
        if name.startswith("net.") and "word_embeddings" not in name:
            yield name.removeprefix("net."), value


def _judge(path: Path) -> Iterator[tuple[str, NDArray[Any]]]:
    nodes, arrays = _read(path)
    yield from ((f"auxiliary_{name}", value) for name, value in arrays.items() if name.startswith("judge."))
    for node in nodes:
        if node.op_type == "MatMul" and node.input[1] in arrays:
            yield (
                f"auxiliary_{node.name.removeprefix('/').removesuffix('/MatMul').replace('/', '.')}.weight",
                arrays[node.input[1]].T,
            )
    kinds = [arrays[name] for node in nodes if node.op_type == "Add" for name in node.input if name.startswith("onnx::Add")]
    yield "auxiliary_judge.kind", np.stack(kinds)


def _late_interaction(values: Mapping[str, Any]) -> Arrays:
    *weights, bias = values["none_near"]
    near = {"none_near.weight": np.array([weights]), "none_near.bias": np.array([bias])}
    return {"scale": np.array(values["scale"]), "whole": np.array(values["whole"]), **near}


def _weights(node: NodeProto, arrays: Arrays, start: Floats | None) -> Floats:
    """Return a matrix (outputs, inputs) as it ships, or the pretrained one moved by as many steps as the training moved it."""
    size = {attribute.name: attribute.i for attribute in node.attribute}
    rows, blocks = size["N"], size["K"] // BLOCK
    cut, scale, zero = (arrays[name] for name in node.input[1:4])
    steps = np.stack([cut & 15, cut >> 4], -1).reshape(rows, blocks, BLOCK).astype(np.float32)
    zero = np.stack([zero & 15, zero >> 4], -1).reshape(rows, -1)[:, :blocks, None].astype(np.float32)
    scale = scale.reshape(rows, blocks, 1).astype(np.float32)
    if start is None:
        return ((steps - zero) * scale).reshape(rows, -1)
    given = start.reshape(rows, blocks, BLOCK)
    before = np.clip(np.round(given / np.where(scale == 0, 1, scale)) + zero, 0, 15)
    return (given + (steps - before) * scale).reshape(rows, -1)


def _read(path: Path) -> tuple[list[NodeProto], Arrays]:
    graph = onnx.load(path).graph
    arrays = {array.name.removesuffix(HALVES): numpy_helper.to_array(array) for array in graph.initializer}
    for name in [name.removesuffix(BYTES) for name in arrays if name.endswith(BYTES)]:
        arrays[name] = arrays.pop(f"{name}{BYTES}").astype(np.float32) * arrays.pop(f"{name}{SCALE}")
    return list(graph.node), arrays
