"""Write a trained encoder as the ONNX files that ship, with few bits a weight, and judges in 16 or 8 bits.

    python -m data.reader.export --model FOLDER --work FOLDER [--second] [--out FOLDER] [--bits 4]

Weights of matrix products are cut to 4 bits in blocks of 32 numbers with a scale each, as `rounding.py` does for texts of the
corpus, and so is the table of words. ``--second`` writes the second network and its judge; that of the first is written by
`train_judge.py`. Prints the files' sizes and hashes.
"""

from __future__ import annotations

import hashlib
import logging
import random
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click
import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer
from rich.progress import track
from torch import Tensor, nn

from bot.answers.finding.documents import FactText
from bot.answers.reader.encoder import ENCODED, ENCODER, LOWER, SECOND, SECOND_JUDGE, SECOND_TOKENIZER, TOKENIZER
from bot.answers.reader.features import FEATURES
from bot.english.lexicon import Lexicon
from bot.resources import lexicon_file
from data.reader.adapter import LOWER as LOWER_LAYERS
from data.reader.adapter import WIDTH, Adapter
from data.reader.batches import Tokens
from data.reader.decide import UNDECIDED, read_numbers, write_numbers
from data.reader.examples import CHECKPOINT, corpus_stories
from data.reader.judge import READ, SIZE, Judge, Pairs
from data.reader.network import Reader
from data.reader.recipe import ROUNDING_SEED
from data.reader.rounding import BLOCK, Inputs, Rounded, nearest_steps
from data.reader.shipped import BYTES, HALVES, SCALE
from data.reader.train_encoder import make_reader

JUDGED = ("score", "also", "short", "yes", "none_too", "start", "end")
TEXTS = 640  # facts, and as many questions, for which weights are rounded
TOGETHER = 40  # texts that are read at once
HALVED = 1_000  # numbers of an array from which on they are stored in 16 bits


class _QuestionEncoder(torch.nn.Module):
    """The encoder without what only training needs; the score of "none" has its bias added, weights are scaled."""

    def __init__(self, net: Reader) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        tokens, whole, read, weights, none, _ = self.net.encoder(ids, mask)
        return tokens, whole, read, weights, none + self.net.none


def export_encoder(net: Reader, path: Path) -> None:
    """Write the encoder in full precision."""
    ids = torch.tensor([[0, 254, 106, 202, 360, 2], [0, 243, 2, 1, 1, 1]])
    mask = torch.tensor([[1, 1, 1, 1, 1, 1], [1, 1, 1, 0, 0, 0]])
    axes = {"ids": {0: "texts", 1: "tokens"}, "mask": {0: "texts", 1: "tokens"}}
    axes |= {name: {0: "texts", 1: "tokens"} for name in ("tokens", "read", "weights")} | {
        name: {0: "texts"} for name in ("whole", "none")
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _QuestionEncoder(net).eval(), (ids, mask), str(path), input_names=["ids", "mask"], output_names=list(ENCODED),
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip


def quantize(model: onnx.ModelProto, out: Path, bits: int, rounded: Callable[[str], Rounded]) -> None:
    """Write a network with few bits a weight of its products; to 4 bits each layer is ``rounded`` by its name."""
    logging.getLogger("onnxruntime.quantization").setLevel(logging.WARNING)
    config = DefaultWeightOnlyQuantConfig(block_size=BLOCK, is_symmetric=bits == 8, accuracy_level=4, bits=bits)
    quantizer = MatMulNBitsQuantizer(model, algo_config=config, nodes_to_exclude=[])
    quantizer.process()
    graph = quantizer.model.model.graph
    arrays = {array.name: array for array in graph.initializer}
    for node in track([node for node in graph.node if node.op_type == "MatMulNBits"] if bits == 4 else [], "rounding"):
        matrix = rounded(node.name.removeprefix("/").removesuffix("/MatMul_Q4").replace("/", "."))
        steps = pack(matrix.steps.reshape(*matrix.zero.shape, BLOCK))
        packed: tuple[NDArray[Any], ...] = (steps, matrix.scale, pack(matrix.zero))
        for array, value in zip((arrays[name] for name in node.input[1:4]), packed, strict=True):
            array.CopyFrom(numpy_helper.from_array(value.reshape(tuple(array.dims)), array.name))
    halve_floats(quantizer.model.model)
    onnx.save(quantizer.model.model, out)


def show_lower(path: Path) -> None:
    """Let a network also give out what its lower layers make of each token, for the adapter."""
    model = onnx.load(path)
    within = f"layer.{LOWER_LAYERS - 1}/output/LayerNorm/"
    (last,) = (node.output[0] for node in model.graph.node if within in node.name and node.op_type == "LayerNormalization")
    model.graph.node.append(helper.make_node("Identity", [last], [LOWER]))
    model.graph.output.append(helper.make_tensor_value_info(LOWER, TensorProto.FLOAT, ["texts", "tokens", WIDTH]))
    onnx.save(model, path)


class _OneAdapted(torch.nn.Module):
    """The adapter beside one question, all of whose tokens count."""

    def __init__(self, net: Adapter) -> None:
        super().__init__()
        self.net = net

    def forward(self, lower: Tensor, weights: Tensor) -> tuple[Tensor, ...]:
        return tuple(self.net(lower, weights, torch.ones_like(weights)))


def export_adapter(net: Adapter, path: Path) -> None:
    """Write the adapter, 4 bits a weight of its products, each rounded to the nearest step, as it has learnt to be read."""
    given = torch.randn(1, 7, WIDTH), torch.full((1, 7), 1 / 7)
    axes = {name: {1: "tokens"} for name in (LOWER, "weights", "tokens", "read")}
    names = [f"{name}_too" if name == "weights" else name for name in ENCODED]  # no output may be named as an input is
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _OneAdapted(net).eval(), given, str(path), input_names=[LOWER, "weights"], output_names=names,
            dynamic_axes=axes | {"weights_too": {1: "tokens"}}, opset_version=17, dynamo=False,
        )  # fmt: skip
    quantize(onnx.load(path), path, 4, lambda name: _nearest(net, name.removeprefix("net.")))


def halve_floats(model: onnx.ModelProto) -> None:
    """Store larger arrays of floats in 16 bits; they are turned back where the model is opened."""
    graph = model.graph
    for array in [array for array in graph.initializer if array.data_type == TensorProto.FLOAT]:
        values = numpy_helper.to_array(array)
        if values.size >= HALVED:
            name = array.name
            array.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}{HALVES}"))
            graph.node.insert(0, helper.make_node("Cast", [f"{name}{HALVES}"], [name], to=TensorProto.FLOAT))


def cut_to_bytes(model: onnx.ModelProto) -> None:
    """Store the matrices of products in 8 bits, with a scale for each column; they are turned back where the model is opened."""
    graph = model.graph
    products = {node.input[1] for node in graph.node if node.op_type == "MatMul"}
    for array in [array for array in graph.initializer if array.name in products]:
        name, values = array.name, numpy_helper.to_array(array)
        scale = np.maximum(np.abs(values).max(axis=0), 1e-8).astype(np.float32) / 127
        array.CopyFrom(numpy_helper.from_array(np.rint(values / scale).astype(np.int8), f"{name}{BYTES}"))
        graph.initializer.append(numpy_helper.from_array(scale, f"{name}{SCALE}"))
        graph.node.insert(0, helper.make_node("DequantizeLinear", [f"{name}{BYTES}", f"{name}{SCALE}"], [name], axis=1))


def pack(values: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Put numbers of 4 bits in pairs, the first of a pair in the lower half of a byte."""
    even = np.pad(values, [(0, 0)] * (values.ndim - 1) + [(0, values.shape[-1] % 2)])
    return (even[..., 0::2] | (even[..., 1::2] << 4)).astype(np.uint8)


def typical_texts(folder: Path) -> tuple[list[FactText], list[str]]:
    """Return facts, passages and questions of every eighth story of a folder."""
    stories = list(corpus_stories(folder, Lexicon(lexicon_file())))[::8]
    facts = [line for story in stories for line in story.lines]
    questions = [row["ask"] for story in stories for row in story.rows]
    draw = random.Random(ROUNDING_SEED)
    return draw.sample(facts, min(TEXTS, len(facts))), draw.sample(questions, min(TEXTS, len(questions)))


def _embeddings_in_half_bytes(model: onnx.ModelProto) -> None:
    """Cut the table of words to 4 bits a number, with a scale for each `BLOCK`."""
    table = max(model.graph.initializer, key=lambda array: int(np.prod(array.dims)))
    values = numpy_helper.to_array(table)
    rounded = nearest_steps(torch.from_numpy(values.copy()))
    name, (rows, columns) = table.name, values.shape
    gather = next(node for node in model.graph.node if node.op_type == "Gather" and node.input[0] == name)
    index = list(model.graph.node).index(gather)
    arrays = [
        helper.make_tensor(f"{name}.steps", TensorProto.UINT4, (rows, columns), pack(rounded.steps).tobytes(), raw=True),
        numpy_helper.from_array(rounded.scale.astype(np.float16), f"{name}.scale"),
        helper.make_tensor(f"{name}.zero", TensorProto.UINT4, rounded.zero.shape, pack(rounded.zero).tobytes(), raw=True),
    ]
    model.graph.initializer.remove(table)
    model.graph.initializer.extend(arrays)
    nodes = [
        helper.make_node(
            "GatherBlockQuantized", [f"{name}.steps", gather.input[1], f"{name}.scale", f"{name}.zero"], [f"{name}.halves"],
            domain="com.microsoft", gather_axis=0, quantize_axis=1, block_size=BLOCK,
        ),
        helper.make_node("Cast", [f"{name}.halves"], [gather.output[0]], to=TensorProto.FLOAT),
    ]  # fmt: skip
    model.graph.node.remove(gather)
    for offset, node in enumerate(nodes):
        model.graph.node.insert(index + offset, node)


class _OneQuestion(torch.nn.Module):
    """The judge beside the facts of one question."""

    def __init__(self, judge: Judge) -> None:
        super().__init__()
        self.judge = judge

    def forward(
        self, read: Tensor, tokens: Tensor, mask: Tensor, weights: Tensor, fact: Tensor, fact_mask: Tensor, features: Tensor,
        near: Tensor, none: Tensor,
    ) -> tuple[Tensor, ...]:  # fmt: skip
        verdict = self.judge(Pairs(read, tokens, mask, weights, fact, fact_mask, features, near, none, questions=1))
        score, also, short, yes, none_too, start, end = verdict
        return score[0], also[0], short[0], yes[0], none_too, start[0], end[0]


def export_judge(judge: Judge, path: Path, *, small: bool = False) -> None:
    """Write a judge in 16 bits, or its matrices in 8 where it shall be small."""
    pairs, q, f = 2, 5, 7
    inputs = {
        "read": (torch.randn(pairs, q, READ), "pq"),
        "tokens": (torch.randn(pairs, q, SIZE), "pq"),
        "mask": (torch.ones(pairs, q, dtype=torch.long), "pq"),
        "weights": (torch.rand(pairs, q), "pq"),
        "fact": (torch.randn(pairs, f, SIZE), "pf"),
        "fact_mask": (torch.ones(pairs, f, dtype=torch.long), "pf"),
        "features": (torch.zeros(pairs, len(FEATURES)), "p"),
        "near": (torch.rand(pairs), "p"),
        "none": (torch.rand(pairs), "p"),
    }
    axes = {name: dict(enumerate(letters)) for name, (_, letters) in inputs.items()}
    axes |= {name: {0: "p"} for name in JUDGED if name != "none_too"} | {"start": {0: "p", 1: "f"}, "end": {0: "p", 1: "f"}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _OneQuestion(judge).eval(), tuple(value for value, _ in inputs.values()), str(path), input_names=list(inputs),
            output_names=list(JUDGED), dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
    model = onnx.load(path)
    if small:
        cut_to_bytes(model)
    halve_floats(model)
    onnx.save(model, path)


def _nearest(net: nn.Module, name: str) -> Rounded:
    return nearest_steps(net.get_parameter(f"{name}.weight").detach())


def _for_inputs(net: Reader, tokens: Tokens, corpus: Path) -> Callable[[str], Rounded]:
    """Return what rounds the layers of a network so that what they make of texts of the corpus changes least."""
    inputs = Inputs(net)
    facts, questions = typical_texts(corpus / "train")
    with torch.inference_mode():
        for start in range(0, max(len(facts), len(questions)), TOGETHER):
            if some := facts[start : start + TOGETHER]:
                net.encoder(*tokens.facts(some)[:2])
            if asked := questions[start : start + TOGETHER]:
                net.encoder(*tokens.questions(asked))
    inputs.close()
    return inputs.round


def export(model: Path, work: Path, corpus: Path, out: Path, *, second: bool = False, bits: int = 4) -> None:
    """Write the encoder that a training left in ``work`` into the folder ``out``, and the judge of the second network.

    The second has learnt to read with the nearest steps of its weights (`RoundedLinear`), and with no others.
    """
    net, tokens = make_reader(model)
    net.load_state_dict(torch.load(work / CHECKPOINT, weights_only=True)["net"])
    net.eval()
    rounded = partial(_nearest, net) if second else _for_inputs(net, tokens, corpus)
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = tokens.tokenizer.backend_tokenizer
    tokenizer.no_padding()
    tokenizer.no_truncation()
    full = work / "encoder.full.onnx"
    export_encoder(net, full)
    quantized = out / (SECOND if second else ENCODER)
    model_whole = onnx.load(full)
    _embeddings_in_half_bytes(model_whole)
    quantize(model_whole, quantized, bits, rounded)
    if second:
        show_lower(quantized)
    tokenizer.save(str(out / (SECOND_TOKENIZER if second else TOKENIZER)), pretty=False)
    if second:
        export_judge(net.auxiliary_judge, out / SECOND_JUDGE, small=True)
    write_late_interaction(net, out, second=second)


def write_late_interaction(net: Reader, out: Path, *, second: bool) -> None:
    """Write the numbers by which nearness is computed; what is decided by is fitted to them anew (`decide.py`)."""
    written = read_numbers(out)
    numbers = {"scale": net.scale.item(), "whole": net.whole.item()}
    none_near = {"none_near": [*net.none_near.weight[0].tolist(), *net.none_near.bias.tolist()]}
    if second:
        write_numbers(out, written | {"second": numbers | {"weight": 0.0}, "alone": UNDECIDED | none_near})
    else:
        write_numbers(out, UNDECIDED | numbers | none_near | {name: written[name] for name in ("second", "alone")})


@click.command()
@click.option("--model", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--work", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--out", type=click.Path(path_type=Path), default=Path(__file__).parent / "weights")
@click.option("--corpus", type=click.Path(path_type=Path, exists=True), default=Path(__file__).parent / "corpus")
@click.option("--bits", default=4, show_default=True)
@click.option("--second", is_flag=True, help="Write the second network.")
def main(model: Path, work: Path, out: Path, corpus: Path, bits: int, second: bool) -> None:
    """Write what was trained."""
    export(model, work, corpus, out, second=second, bits=bits)
    for path in sorted(out.iterdir()):
        click.echo(f"{path.stat().st_size / 1e6:8.2f} MB  {hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}")


if __name__ == "__main__":
    main()
