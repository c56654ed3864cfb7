"""Questions that were not asked before, of a big base: with the reader, apart from it, and beside plain full-text search.

*The reader* is what its two networks take: encoding the question, and reading the nearest facts closely. *Apart from it* is all
the rest: candidates by words and by meaning, their sifting, and what is made of the reader's evidence. Each question is asked in
several rounds, before each of which all that was held of questions and facts is dropped; its time is the median.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from bot.answers.answerer import Answerer
from bot.answers.reader.reader import Reader
from bot.english.lexicon import Lexicon
from bot.errors import BusyError
from bot.facts.base import FactBase
from bot.resources import lexicon_file, reader_folder
from data.benchmarks.big_base import BigBase
from data.benchmarks.plain import Plain
from data.benchmarks.table import figure, ratio
from data.benchmarks.timing import median, time_all, time_once

_ASKED_TO_WARM = 5
_PERCENTS = (50, 95, 99)
Row = tuple[str, ...]


class NetworkClock:
    """The milliseconds of processor time that the networks of a reader take."""

    def __init__(self, reader: Reader) -> None:
        self.milliseconds = 0.0
        for part in (reader.encoder.first, reader.encoder.second, reader.judge):
            part.__dict__["_session"] = _Watched(part._session, self)


class _Watched:
    """A session of onnxruntime whose runs are timed."""

    def __init__(self, session: Any, clock: NetworkClock) -> None:
        self._session, self._clock = session, clock

    def run(self, *given: Any) -> Any:
        """Run the network."""
        start = time.process_time()
        try:
            return self._session.run(*given)
        finally:
            self._clock.milliseconds += (time.process_time() - start) * 1000


def new_questions(big: BigBase, questions: Sequence[str], rounds: int, label: str) -> list[Row]:
    """Measure questions to a base that is open and was asked before, none of which was asked before."""
    reader = Reader(reader_folder())
    clock = NetworkClock(reader)
    with FactBase.open(big.library) as base, closing(Lexicon(lexicon_file())) as lexicon, closing(Plain(big.plain)) as plain:
        answerer = Answerer(base, lexicon, reader)
        for question in questions[:_ASKED_TO_WARM]:
            _asked(answerer, question, clock)
        time_all(plain.find, questions[:_ASKED_TO_WARM])
        gc.collect()
        gc.freeze()  # as the bot does once it has started
        results = []
        for _ in range(rounds):
            forget(answerer, reader)
            results.append([_asked(answerer, question, clock) for question in questions])
        theirs = time_all(plain.find, questions, rounds)
    late = sum(given_up for asked in results for *_, given_up in asked)
    whole, apart = (median([[times[column] for times in asked] for asked in results]) for column in (0, 1))
    asked_about = f"{label}: given up at the deadline | asked"
    return [
        *((f"{label}, p{at}", *(figure(times.at(at), 1) for times in (whole, apart, theirs))) for at in _PERCENTS),
        (asked_about, str(late), str(rounds * len(questions)), ratio(late, rounds * len(questions))),
    ]


def _asked(answerer: Answerer, question: str, clock: NetworkClock) -> tuple[float, float, bool]:
    """Return the milliseconds that a question takes, those apart from the networks, and whether it was given up."""
    before, given_up = clock.milliseconds, False

    def ask() -> None:
        nonlocal given_up
        try:
            answerer.ask(question)
        except BusyError:
            given_up = True

    whole = time_once(ask)
    return whole, whole - (clock.milliseconds - before), given_up


def forget(answerer: Answerer, reader: Reader) -> None:
    """Drop what is held of questions and facts that were asked about; what is held of the whole base stays."""
    reader._questions.clear()
    for index in answerer._indexes._indexes.values():
        index.answers.clear()
    if answerer.is_big():
        reader._facts.clear()
        answerer._indexes._indexes.clear()
        answerer._indexes._documents.clear()
