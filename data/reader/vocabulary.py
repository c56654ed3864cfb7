"""Cut an encoder's table of words to the pieces that the languages it reads need.

In: a network and its tokenizer of many languages (SentencePiece unigrams). Out: both with the pieces that the training texts, the
words of the lexicon and the commonest words of each language are made of, and all single letters of their scripts, so that any
other word is read by its letters.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import nn
from wordfreq import top_n_list

from bot.resources import lexicon_file
from data.reader.network import Encoder

SPACE = "\u2581"
# Latin, Cyrillic, Arabic, Devanagari; punctuation, currencies; kana and Hangul. Of Han those in the words that are kept.
LETTERS = (
    range(0x250), range(0x400, 0x530), range(0x600, 0x700), range(0x900, 0x980), range(0x2010, 0x2040), range(0x20A0, 0x20C0),
    range(0x3000, 0x3100), range(0xAC00, 0xD7A4),
)  # fmt: skip
LANGUAGES = "de es fr pt it pl ru tr ar ja hi ko".split()
WORDS = 2_000  # of each language, the commonest


def needed_texts(corpus: Path) -> Iterable[str]:
    """Yield the texts whose pieces are kept: those of a folder, and each word of the lexicon, also with a capital."""
    for path in sorted((*corpus.iterdir(), *(corpus.parent / "languages" / corpus.name).iterdir())):
        yield from path.read_text(encoding="utf-8").splitlines()
    for language in LANGUAGES:
        for word in top_n_list(language, WORDS):
            yield word
            yield word.capitalize()
    with closing(sqlite3.connect(f"{lexicon_file().as_uri()}?mode=ro", uri=True)) as lexicon:
        for (word,) in lexicon.execute("SELECT word FROM word"):
            yield word
            yield word.capitalize()


def cut_vocabulary(encoder: Encoder, tokenizer: Tokenizer, texts: Iterable[str]) -> Tokenizer:
    """Cut an encoder to the pieces that some texts need; return the tokenizer that numbers them as it then does."""
    definition = json.loads(tokenizer.to_str())
    kept = sorted(_special(definition) | _letters(definition) | {id for text in texts for id in tokenizer.encode(text).ids})
    with torch.no_grad():
        words = encoder.body.embeddings.word_embeddings
        encoder.body.embeddings.word_embeddings = nn.Embedding.from_pretrained(words.weight[kept])
        encoder.word = nn.Embedding.from_pretrained(encoder.word.weight[kept])
    return Tokenizer.from_str(json.dumps(_renumbered(definition, kept)))


def _special(definition: dict[str, Any]) -> set[int]:
    return {token["id"] for token in definition["added_tokens"]} | {definition["model"]["unk_id"]}


def _letters(definition: dict[str, Any]) -> set[int]:
    pieces = (piece.removeprefix(SPACE) for piece, _ in definition["model"]["vocab"])
    return {index for index, piece in enumerate(pieces) if not piece or (len(piece) == 1 and _is_letter(piece))}


def _is_letter(piece: str) -> bool:
    return any(ord(piece) in letters for letters in LETTERS)


def _renumbered(definition: dict[str, Any], kept: list[int]) -> dict[str, Any]:
    """Return a tokenizer's definition with the kept pieces alone, numbered in their order."""
    numbers = {id: number for number, id in enumerate(kept)}
    model = definition["model"]
    model["vocab"] = [model["vocab"][id] for id in kept]
    model["unk_id"] = numbers[model["unk_id"]]
    for token in definition["added_tokens"]:
        token["id"] = numbers[token["id"]]
    for token in definition["post_processor"]["special_tokens"].values():
        token["ids"] = [numbers[id] for id in token["ids"]]
    return definition
