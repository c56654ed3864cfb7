"""Counting how many facts answering makes ready, by which tests see that little of a big base is read."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.answers.finding.documents import Document, DocumentMaker
from bot.facts.models import FactRecord


def count_documents(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list to which the number of facts is added each time that some are made ready."""
    made: list[int] = []
    make = DocumentMaker.make_all

    def counted(self: DocumentMaker, records: Sequence[FactRecord], among: Sequence[FactRecord]) -> list[Document]:
        made.append(len(records))
        return make(self, records, among)

    monkeypatch.setattr(DocumentMaker, "make_all", counted)
    return made
