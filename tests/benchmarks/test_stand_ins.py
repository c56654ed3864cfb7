from __future__ import annotations

from contextlib import closing
from pathlib import Path

from bot.answers.finding.index import Indexes
from bot.answers.reader.encoder import SIZE
from bot.answers.reader.reader import shipped_reader
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.resources import lexicon_file
from data.benchmarks.big_base import Sizes, big_base
from data.benchmarks.stand_ins import fill_vectors
from tests.support.paths import HARBOUR


def test_every_fact_gets_vectors_of_its_length_and_those_of_the_buried_story_are_real(tmp_path: Path) -> None:
    big, reader = big_base(tmp_path, Sizes(10, 2, 10), HARBOUR, print), shipped_reader()
    assert fill_vectors(big.library, "harbour-bridge", print) == 10
    assert fill_vectors(big.library, "harbour-bridge", print) == 0
    with FactBase.open(big.library) as base, closing(Lexicon(lexicon_file())) as lexicon:
        documents = Indexes(base, lexicon).whole().documents
        stored = base.vectors.read([(document.number, document.digest) for document in documents], reader.weights.version)
        for document in documents:
            text, vectors = document.line, stored[document.digest]
            assert len(vectors) == (sum(reader.encoder.fact_rows(text)) + 1) * SIZE
            is_real = vectors == reader.encoder.fact(text).to_bytes()
            assert is_real == (document.record.story.id == "harbour-bridge")
