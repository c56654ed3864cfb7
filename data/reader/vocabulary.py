"""Cut a pretrained encoder's table of words to the pieces that the languages it reads need.

    python -m data.reader.vocabulary FOLDER OUT [--pieces 75000] [--tokenizer FILE]

In: a folder that transformers opens, with a tokenizer of many languages (SentencePiece unigrams). Out: another such folder, with
the pieces that stand most often in the training texts and the common words of each language, and all single letters of their
scripts, so that any other word is read by its letters; with ``--tokenizer`` the pieces of a tokenizer that ships, to go on from
its weights. The encoder is trained with this table, which no training changes: it learns to read with the pieces that ship.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from transformers import PreTrainedTokenizerFast
from wordfreq import get_frequency_dict

SPACE = "\u2581"
# Latin, Cyrillic, Arabic, Devanagari; punctuation, currencies; kana and Hangul. Of Han those in the words that are kept.
LETTERS = (
    range(0x250), range(0x400, 0x530), range(0x600, 0x700), range(0x900, 0x980), range(0x2010, 0x2040), range(0x20A0, 0x20C0),
    range(0x3000, 0x3100), range(0xAC00, 0xD7A4),
)  # fmt: skip
LANGUAGES = "de es fr pt it pl ru tr ar ja hi ko en".split()
PIECES = 75_000
WORDS = 60_000  # of each language, the commonest
CAPITALIZED = 0.15  # of the uses of a word
CORPUS_WORTH = 3  # what a piece's share of the training texts counts beside its shares of all languages together
WEIGHTS, WORD_TABLE = "model.safetensors", "embeddings.word_embeddings.weight"


def training_texts(corpus: Path) -> Iterator[str]:
    """Yield the lines of a part of the corpus, and of what it has in other languages."""
    for path in sorted((*corpus.iterdir(), *(corpus.parent / "languages" / corpus.name).iterdir())):
        yield from path.read_text(encoding="utf-8").splitlines()


def pieces_by_use(tokenizer: Tokenizer, corpus: Path) -> list[int]:
    """Return the pieces that the languages and the texts of a part of the corpus are made of, those most in use first."""
    uses: dict[int, float] = defaultdict(float)
    for language in LANGUAGES:
        words = Counter(get_frequency_dict(language)).most_common(WORDS)
        forms = [*words, *((word.capitalize(), frequency * CAPITALIZED) for word, frequency in words)]
        _add_shares(uses, tokenizer, forms, 1)
    _add_shares(uses, tokenizer, [(line, 1.0) for line in training_texts(corpus)], CORPUS_WORTH * len(LANGUAGES))
    return sorted(uses, key=lambda piece: (-uses[piece], piece))


def _add_shares(uses: dict[int, float], tokenizer: Tokenizer, texts: Sequence[tuple[str, float]], worth: float) -> None:
    """Add the shares of pieces in texts that stand so often each; all of them add up to the worth."""
    counts: dict[int, float] = defaultdict(float)
    for (_, frequency), encoding in zip(
        texts, tokenizer.encode_batch([text for text, _ in texts], add_special_tokens=False), strict=True
    ):
        for piece in encoding.ids:
            counts[piece] += frequency
    total = sum(counts.values())
    for piece, count in counts.items():
        uses[piece] += worth * count / total


def kept_pieces(tokenizer: Tokenizer, corpus: Path, number: int = PIECES) -> list[int]:
    """Return which pieces are kept, in their order: those that are no words, all single letters, and those most in use."""
    definition = json.loads(tokenizer.to_str())
    kept = {token["id"] for token in definition["added_tokens"]} | {definition["model"]["unk_id"]} | _letters(definition)
    kept |= set([piece for piece in pieces_by_use(tokenizer, corpus) if piece not in kept][: max(0, number - len(kept))])
    return sorted(kept)


def _letters(definition: dict[str, Any]) -> set[int]:
    pieces = (piece.removeprefix(SPACE) for piece, _ in definition["model"]["vocab"])
    return {index for index, piece in enumerate(pieces) if not piece or (len(piece) == 1 and _is_letter(piece))}


def _is_letter(piece: str) -> bool:
    return any(ord(piece) in letters for letters in LETTERS)


def renumbered(tokenizer: Tokenizer, kept: list[int]) -> Tokenizer:
    """Return a tokenizer with the kept pieces alone, numbered in their order."""
    definition = json.loads(tokenizer.to_str())
    numbers = {piece: number for number, piece in enumerate(kept)}
    model = definition["model"]
    model["vocab"] = [model["vocab"][piece] for piece in kept]
    model["unk_id"] = numbers[model["unk_id"]]
    for token in definition["added_tokens"]:
        token["id"] = numbers[token["id"]]
    for token in definition["post_processor"]["special_tokens"].values():
        token["ids"] = [numbers[piece] for piece in token["ids"]]
    return Tokenizer.from_str(json.dumps(definition))


def cut_vocabulary(model: Path, out: Path, kept: list[int]) -> None:
    """Write the encoder of a folder with the kept pieces alone into another folder."""
    out.mkdir(parents=True, exist_ok=True)
    whole = PreTrainedTokenizerFast.from_pretrained(model)
    backend = whole.backend_tokenizer
    backend.no_padding()
    backend.no_truncation()
    names = {name: str(value) for name, value in whole.special_tokens_map.items()}
    PreTrainedTokenizerFast(tokenizer_object=renumbered(backend, kept), **names).save_pretrained(out)
    weights = load_file(model / WEIGHTS)
    save_file(weights | {WORD_TABLE: weights[WORD_TABLE][kept].contiguous()}, out / WEIGHTS, metadata={"format": "pt"})
    config = json.loads((model / "config.json").read_text(encoding="utf-8"))
    config |= {"vocab_size": len(kept), "pad_token_id": kept.index(config["pad_token_id"])}
    (out / "config.json").write_text(json.dumps(config, indent=1), encoding="utf-8")


@click.command()
@click.argument("model", type=click.Path(path_type=Path, exists=True))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--corpus", type=click.Path(path_type=Path, exists=True), default=Path(__file__).parent / "corpus")
@click.option("--pieces", default=PIECES, show_default=True)
@click.option("--tokenizer", type=click.Path(path_type=Path, exists=True), help="Keep the pieces of this one.")
def main(model: Path, out: Path, corpus: Path, pieces: int, tokenizer: Path | None) -> None:
    """Write the encoder of the folder MODEL, cut, into the folder OUT."""
    whole = Tokenizer.from_file(str(model / "tokenizer.json"))
    if tokenizer is None:
        kept = kept_pieces(whole, corpus / "train", pieces)
    else:
        vocabulary = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
        kept = [piece for word, _ in vocabulary if (piece := whole.token_to_id(word)) is not None]
    cut_vocabulary(model, out, kept)


if __name__ == "__main__":
    main()
