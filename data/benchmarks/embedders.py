"""What turns texts into vectors of length one, where it is on this machine; nothing is ever downloaded."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

MINILM = "sentence-transformers/all-MiniLM-L6-v2"
Embed = Callable[[list[str]], Any]
_LONGEST = 256  # tokens that MiniLM reads


class SkippedError(Exception):
    """A peer that cannot run here, with the reason."""


@lru_cache(maxsize=1)
def static_embedder() -> Embed:
    """Return what embeds with the static vectors that come inside the wordllama package."""
    package = installed("wordllama")
    folder = Path(str(package.__file__)).parent
    try:
        model = package.WordLlama.load(cache_dir=folder, disable_download=True)
    except (OSError, ValueError) as error:
        raise SkippedError(f"wordllama has no weights here ({error})") from None
    return lambda texts: model.embed(texts, norm=True)


@lru_cache(maxsize=1)
def sentence_embedder(folder: Path | None) -> Embed:
    """Return what embeds with MiniLM: from a folder with model.onnx and tokenizer.json, or one of sentence-transformers."""
    if folder is not None and (folder / "model.onnx").is_file():
        return _onnx_embedder(folder)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    package = installed("sentence_transformers")
    try:
        model = package.SentenceTransformer(MINILM if folder is None else str(folder), local_files_only=True)
    except (OSError, ValueError) as error:
        raise SkippedError(f"the model {MINILM} is not on this machine ({error})") from None
    return lambda texts: model.encode(texts, normalize_embeddings=True, show_progress_bar=False)


def installed(name: str) -> Any:
    """Import an optional package. Raises SkippedError where it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        raise SkippedError(f"{name} is not installed") from None


def _onnx_embedder(folder: Path) -> Embed:
    """Return what runs the model with ONNX Runtime and takes the mean over the tokens, as the model was trained."""
    runtime, numpy = installed("onnxruntime"), installed("numpy")
    tokenizer = installed("tokenizers").Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(_LONGEST)
    tokenizer.enable_padding()
    session = runtime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
    wanted = {node.name for node in session.get_inputs()}

    def embed(texts: list[str]) -> Any:
        read = tokenizer.encode_batch(texts)
        mask = numpy.array([encoding.attention_mask for encoding in read], dtype=numpy.int64)
        inputs = {
            "input_ids": numpy.array([encoding.ids for encoding in read], dtype=numpy.int64),
            "attention_mask": mask,
            "token_type_ids": numpy.zeros_like(mask),
        }
        states = session.run(None, {name: value for name, value in inputs.items() if name in wanted})[0]
        vectors = states if states.ndim == 2 else (states * mask[:, :, None]).sum(axis=1)
        return vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)

    return embed
